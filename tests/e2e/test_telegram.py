"""What people see in Telegram: commands, questions, buttons, groups."""

import json
import time

import pytest

from support.telegram import USERNAME

REPORT = "《2024年通渭县政府工作报告》"


def test_polls_are_short_and_ask_for_nothing_that_is_not_handled(world):
    poll = world.tap.first_poll
    kinds = ["callback_query", "edited_message", "inline_query", "message"]
    assert sorted(poll["allowed_updates"]) == kinds
    assert poll["timeout"] <= 10


# -- commands ---------------------------------------------------------------


def test_everybody_gets_the_menu_that_is_of_use(world):
    calls = [call for call in world.tap.calls if call.method == "setMyCommands"]
    names = [[command["command"] for command in call.fields["commands"]] for call in calls]
    everybody = ["start", "help", "ask", "term", "sources", "lang"]
    assert names[:2] == [everybody, everybody[1:]]
    assert names[2][:len(everybody)] == everybody
    assert {"corpus", "reload", "rollback", "audit"} <= set(names[2][len(everybody):])
    scopes = [call.fields.get("scope") for call in calls]
    assert scopes == [None, {"type": "all_group_chats"}, {"type": "chat", "chat_id": 99}]


def test_start_greets_and_explains(person):
    reply = person.says("/start")
    assert "您好" in reply.text and "直接用自己的话问" in reply.text


def test_start_from_a_link_with_a_payload_works_too(person):
    assert "您好" in person.says("/start ref_1").text


def test_help_says_that_answers_decide_nothing(person):
    text = person.says("/help").text
    assert "不能决定任何人能否享受" in text and "12345" in text
    for command in ("/ask", "/term", "/sources"):
        assert command in text
    assert "/reload" not in text


def test_help_shows_administrators_their_command(world, lint):
    assert "/reload" in world.person(99).says("/help").text


def test_ask_answers_with_quote_and_source(person):
    reply = person.says("/ask 今年修哪几条高速")
    assert REPORT in reply.text


def test_ask_alone_says_how_to_use_it(person):
    assert "/ask 今年" in person.says("/ask").text


def test_term_gives_the_definition(person):
    assert "抓学习促提升、抓执行促落实、抓效能促发展" in person.says("/term 三抓三促").text


def test_term_alone_lists_the_glossary(person):
    text = person.says("/term").text
    assert "三抓三促" in text and "一核三带" in text


def test_sources_lists_the_reports(person):
    text = person.says("/sources").text
    assert REPORT in text and "通渭县" in text and "2024 年" in text and "段" in text


@pytest.mark.parametrize("text", ["/weather", "/", "/今年修哪几条高速"])
def test_an_unknown_command_gets_a_hint_and_no_answer(person, text):
    reply = person.says(text)
    assert "/help" in reply.text and REPORT not in reply.text


def test_commands_are_read_as_telephones_write_them(person):
    assert "您好" in person.says("/Start").text
    assert REPORT in person.says("/ask\n今年修哪几条高速").text


# -- questions --------------------------------------------------------------


def test_a_plan_is_called_a_plan_in_the_first_line_with_its_year(person):
    reply = person.says("今年要硬化自然村组道路多少公里")
    assert "2024年计划" in reply.first_line
    assert "150公里" in reply.text and REPORT in reply.text


def test_a_result_is_called_a_result_in_the_first_line_with_its_year(person):
    reply = person.says("去年改造了多少座农村土坯房")
    assert "2023年已完成" in reply.first_line
    assert "1970座" in reply.text


def test_what_the_report_does_not_say_is_said_plainly(person):
    reply = person.says("怎么修理安卓手机的屏幕")
    assert "没有" in reply.text and "12345" in reply.text
    assert list(reply.buttons) == ["有用", "没用"]


def test_a_traditional_question_is_answered_in_traditional_script(person):
    reply = person.says("去年改造農村土坯房多少座")
    assert "2023年已完成" in reply.text and "農村土坯房" in reply.text


def test_a_long_question_is_cut_with_a_friendly_line(person):
    reply = person.says("今年修哪几条高速？" * 200)
    assert "500" in reply.text


def test_markup_in_a_question_does_no_harm(person):
    person.says("<b>今年修哪几条高速</b> & <script>")


def test_an_answer_is_one_message_without_a_link(person):
    reply = person.says("今年修哪几条高速")
    assert "http" not in reply.fields["text"]
    assert all("callback_data" in button for button in reply.buttons.values())


def test_a_follow_up_is_understood(person):
    person.says("今年硬化自然村组道路多少公里")
    assert "2023年已完成" in person.says("那去年呢").text


@pytest.mark.parametrize("fields", [
    {"sticker": {"file_id": "f", "file_unique_id": "u", "type": "regular", "width": 9, "height": 9,
                 "is_animated": False, "is_video": False, "emoji": "🙂"}},
    {"voice": {"file_id": "f", "file_unique_id": "u", "duration": 3}},
    {"photo": [{"file_id": "f", "file_unique_id": "u", "width": 9, "height": 9}]},
    {"location": {"latitude": 35.2, "longitude": 105.2}},
], ids=lambda fields: next(iter(fields)))
def test_a_message_without_words_gets_a_polite_line(person, fields):
    calls = person.sends(person.message(**fields))
    assert ["请用文字" in call.text for call in calls] == [True]


def test_a_picture_with_a_caption_is_a_question(person):
    photo = [{"file_id": "f", "file_unique_id": "u", "width": 9, "height": 9}]
    calls = person.sends(person.message(photo=photo, caption="今年修哪几条高速"))
    assert [REPORT in call.text for call in calls] == [True]


# -- buttons ----------------------------------------------------------------


@pytest.fixture
def answered(person):
    person.says("今年要硬化自然村组道路多少公里")
    return person


def test_the_whole_section_is_shown_with_the_passage_in_bold(answered):
    calls = answered.presses("查看整节")
    assert [c.method for c in calls] == ["answerCallbackQuery", "sendMessage"]
    section = calls[1]
    assert "2024年计划" in section.first_line and REPORT in section.first_line
    bold = [line for line in section.fields["text"].split("\n") if line.startswith("<b>")]
    assert any("硬化自然村组道路150公里" in line for line in bold)


def test_pages_turn_within_the_same_message(world, answered):
    calls = answered.presses("查看整节")
    section = calls[1]
    while "下一页 ▶" in section.buttons:
        calls = answered.presses("下一页 ▶", below=section)
        assert [c.method for c in calls] == ["answerCallbackQuery", "editMessageText"]
        section.fields = calls[1].fields
    # Also when there is one page only: a page beyond the last is the last.
    data = answered_passage(answered)
    calls = answered.presses_data(f"p:{data}:99", section.message_id)
    assert calls[0].method == "answerCallbackQuery"
    assert REPORT in calls[-1].text


def answered_passage(person):
    """The id of the passage that was cited, from the button that carries it."""
    call = next(c for c in reversed(person.tap.calls) if "有用" in c.buttons)
    return call.buttons["有用"]["callback_data"].split(":")[1]


def test_more_like_it_lists_further_passages(answered):
    calls = answered.presses("更多相关")
    assert [c.method for c in calls] == ["answerCallbackQuery", "sendMessage"]
    more = calls[1]
    assert REPORT in more.text
    label = next(iter(more.buttons))
    assert label.startswith("查看整节")
    assert REPORT in answered.presses(label, below=more)[1].text


def test_more_like_it_works_for_an_answer_from_before_a_restart(answered):
    calls = answered.presses_data(f"m:{answered_passage(answered)}", message_id=424242)
    assert [c.method for c in calls] == ["answerCallbackQuery", "sendMessage"]
    assert REPORT in calls[1].text


@pytest.mark.parametrize(("label", "vote"), [("有用", "useful"), ("没用", "useless")])
def test_a_vote_is_thanked_for_and_logged_without_question_or_user(world, answered, label, vote):
    passage = answered_passage(answered)
    calls = answered.presses(label)
    assert calls[0].method == "answerCallbackQuery"
    assert ("谢谢" if vote == "useful" else "抱歉") in calls[0].fields["text"]
    world.program.wait_for_log("feedback")
    line = next(line for line in reversed(world.program.log.splitlines()) if "feedback" in line)
    assert passage in line and vote in line
    assert str(answered.user) not in line and "道路" not in line
    last, deadline = "SELECT channel, vote, passage, answer, ballot FROM votes ORDER BY id DESC LIMIT 1", time.time() + 5
    while not (kept := world.program.stored(last)) or kept[0][1] != vote:
        assert time.time() < deadline, kept
        time.sleep(0.05)
    assert kept[0][:3] == ("telegram", vote, passage)
    assert len(kept[0][3]) == 11 and kept[0][4]


@pytest.mark.parametrize("data", ["s:gone", "p:gone:1", "m:gone", "nonsense", "x:y:z:1", "s:", "🙂"])
def test_a_button_that_leads_nowhere_is_answered_politely(person, data):
    calls = person.presses_data(data)
    assert [c.method for c in calls] == ["answerCallbackQuery"]
    assert "请再问一次" in calls[0].fields["text"]


def test_a_button_below_a_message_that_is_too_old_to_read_still_works(answered):
    passage = answered_passage(answered)
    query = {"id": "old1", "from": answered._profile, "chat_instance": "1",
             "message": {"message_id": 5, "date": 0, "chat": answered._chat},
             "data": f"p:{passage}:0"}
    calls = answered.sends({"callback_query": query}, query="old1")
    assert [c.method for c in calls] == ["answerCallbackQuery", "sendMessage"]


# -- groups -----------------------------------------------------------------


def test_in_a_group_a_command_is_answered_as_a_reply(member):
    reply = member.says(f"/ask@{USERNAME} 今年修哪几条高速")
    assert REPORT in reply.text
    assert reply.fields["reply_parameters"]["message_id"] > 0


def test_in_a_group_a_reply_to_the_bot_is_a_question(member):
    bot = {"id": 1, "is_bot": True, "first_name": "Bot", "username": USERNAME}
    answered = {"message_id": 3, "date": 1, "chat": member._chat, "from": bot, "text": "好"}
    reply = member.says("今年修哪几条高速", reply_to_message=answered)
    assert REPORT in reply.text


def test_in_a_group_a_mention_is_a_question(member):
    assert REPORT in member.says(f"@{USERNAME} 今年修哪几条高速").text


@pytest.mark.parametrize("text", ["今年修哪几条高速", "/help@other_bot", "/ask@other_bot 修路", "/weather",
                                  f"@{USERNAME}2 今年修哪几条高速"])
def test_in_a_group_what_is_meant_for_others_is_ignored(member, text):
    assert member.is_ignored(text)


def test_in_a_private_chat_a_command_for_another_bot_is_ignored(person):
    assert person.is_ignored("/help@other_bot")


def test_buttons_work_in_groups(member):
    member.says(f"/ask@{USERNAME} 今年要硬化自然村组道路多少公里")
    calls = member.presses("查看整节")
    assert [c.method for c in calls] == ["answerCallbackQuery", "sendMessage"]


# -- administration ---------------------------------------------------------


@pytest.mark.parametrize("command", ["/reload", "/corpus"])
def test_only_administrators_may(person, command):
    assert "只有管理员" in person.says(command).text
