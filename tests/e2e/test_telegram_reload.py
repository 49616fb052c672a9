"""An administrator changes the corpus from the chat."""


def test_a_changed_corpus_is_served_after_reload_and_the_difference_is_told(new_world):
    world = new_world(WENZHENG_SEMANTIC__BACKEND="off", WENZHENG_ADMIN__REPLAY_SHIPPED="false")
    admin, resident = world.person(99), world.person(8)
    assert "没有变化" in admin.says("/reload").text

    text = world.program.report.read_text(encoding="utf-8")
    changed = text.replace("硬化自然村组道路150公里", "硬化自然村组道路151公里")
    assert changed != text
    world.program.report.write_text(changed, encoding="utf-8")
    assert "150公里" in resident.says("今年要硬化自然村组道路多少公里").text
    old = resident.last

    report = admin.says("/reload").text
    assert "新增 1 段" in report and "删去 1 段" in report
    assert "151公里" in resident.says("今年要硬化自然村组道路多少公里").text

    # A button from before the change leads to a passage that is gone.
    calls = resident.presses("查看整节", below=old)
    assert [c.method for c in calls] == ["answerCallbackQuery"]
    assert "报告已经更新" in calls[0].fields["text"]


def test_a_broken_corpus_is_refused_with_file_and_line_and_the_old_one_serves(new_world):
    world = new_world(WENZHENG_SEMANTIC__BACKEND="off", WENZHENG_ADMIN__REPLAY_SHIPPED="false")
    admin, resident = world.person(99), world.person(8)
    good = world.program.report.read_text(encoding="utf-8")
    lines = good.split("\n")
    at = next(n for n, line in enumerate(lines) if line.startswith("### ")) + 1
    lines[at - 1] = "##### 跳级的标题"
    world.program.report.write_text("\n".join(lines), encoding="utf-8")

    # Owners hear of it besides, whoever asked for it.
    told = [call.text for call in admin.sends(admin.text("/reload")) if call.method == "sendMessage"]
    report = next(text for text in told if "2024-work-report.md" in text)
    assert f"2024-work-report.md:{at}:" in report
    assert "仍在使用原来的内容" in report
    assert "150公里" in resident.says("今年要硬化自然村组道路多少公里").text

    world.program.report.write_text(good, encoding="utf-8")
    assert "没有变化" in admin.says("/reload").text


def test_a_refused_reload_changes_nothing(new_world):
    world = new_world()
    stranger = world.person(8)
    text = world.program.report.read_text(encoding="utf-8")
    world.program.report.write_text(text.replace("150公里", "151公里"), encoding="utf-8")
    assert "只有管理员" in stranger.says("/reload").text
    assert "150公里" in stranger.says("今年要硬化自然村组道路多少公里").text
