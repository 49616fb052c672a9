"""How much was asked, as a picture with its text."""

from conftest import ADMIN


def test_figures_come_as_a_picture_with_the_text_below(new_world):
    world = new_world(WENZHENG_SEMANTIC__BACKEND="off", WENZHENG_ADMIN__REPLAY_SHIPPED="false")
    person, owner = world.person(), world.person(ADMIN)
    person.says("今年要硬化自然村组道路多少公里")
    for typed in ("/stats", "/统计 30天"):
        for _ in range(20):
            # The log of questions is written in batches.
            calls = owner.sends(owner.text(typed))
            if "没有人提问" not in calls[0].text:
                break
        assert [call.method for call in calls] == ["sendPhoto"], [call.method for call in calls]
        assert calls[0].status == 200
        files = [value for value in calls[0].fields.values() if isinstance(value, bytes)]
        assert [file[:4] for file in files] == [b"\x89PNG"]
        assert "提问 1 次" in calls[0].text and "渠道：Telegram 1" in calls[0].text
    # Telegram takes no picture: the text comes alone.
    world.tap.fail("sendPhoto", 400, description="Bad Request: IMAGE_PROCESS_FAILED")
    calls = owner.sends(owner.text("/stats"))
    assert [call.method for call in calls] == ["sendMessage"], [call.method for call in calls]
    assert "提问 1 次" in calls[0].text
    # A stranger hears nothing of it.
    assert "提问 1 次" not in person.says("/stats").text
