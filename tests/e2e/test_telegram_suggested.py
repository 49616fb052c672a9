"""Suggested questions in Telegram: buttons that ask them."""

import pytest

from support.telegram import USERNAME

REPORT = "《2024年通渭县政府工作报告》"
#: Answered, with a related question.
ASKED = "养老床位"


def suggested(message):
    """The labels of the buttons that ask, by their data."""
    data = {button["callback_data"]: label for label, button in message.buttons.items()
            if button.get("callback_data", "").startswith("q:")}
    assert data and list(data) == [f"q:{n}" for n in range(len(data))], message.buttons
    return data


def asked_by(calls):
    """The message that follows the answer to a button."""
    assert [call.method for call in calls] == ["answerCallbackQuery", "sendMessage"]
    assert not calls[0].fields.get("text")
    return calls[1]


def test_a_press_asks_after_a_restart_too_and_the_talk_goes_on(new_world):
    world = new_world()
    person = world.person(21)
    answer = person.says(ASKED)
    question = suggested(answer)["q:0"]
    rows = answer.fields["reply_markup"]["inline_keyboard"]
    assert [button["text"] for button in rows[-1]] == [question]
    assert "相关问题" not in answer.text and question not in answer.text

    world.program.stop()
    world.program.start()
    reply = asked_by(person.presses(question, below=answer))
    assert reply.first_line == f"问：{question}"
    assert REPORT in reply.text and "2个" in reply.text
    assert "reply_parameters" not in reply.fields
    # A press is a question of the conversation, as a typed one is.
    assert "2023年已完成" in person.says("那去年呢").text


def test_in_a_group_whoever_presses_asks_and_everybody_sees_what(world, member):
    answer = member.says(f"/ask@{USERNAME} {ASKED}")
    question = suggested(answer)["q:0"]
    other = world.person(member.user + 100_000, member.chat)
    reply = asked_by(other.presses(question, below=answer))
    assert reply.first_line == f"问：{question}"
    assert reply.fields["reply_parameters"]["message_id"] == answer.message_id


def test_a_traditional_label_is_asked_and_answered_in_traditional_script(person):
    question = suggested(person.says("養老床位"))["q:0"]
    reply = asked_by(person.presses(question))
    assert reply.first_line == f"問：{question}" and "計劃" in reply.text


@pytest.mark.parametrize("data", ["q:99", "q:1", "q:", "q:0:t", "q:-1"])
def test_data_that_is_on_no_button_asks_nothing(person, data):
    markup = {"inline_keyboard": [[{"text": ASKED, "callback_data": "q:0"}]]}
    calls = person.presses_data(data, reply_markup=markup)
    assert [call.method for call in calls] == ["answerCallbackQuery"]
    assert "请再问一次" in calls[0].fields["text"]


def test_below_a_message_too_old_to_read_the_question_has_to_be_typed(person):
    query = {"id": "old2", "from": person._profile, "chat_instance": "1",
             "message": {"message_id": 5, "date": 0, "chat": person._chat}, "data": "q:0"}
    calls = person.sends({"callback_query": query}, query="old2")
    assert [call.method for call in calls] == ["answerCallbackQuery"]
    assert "请把问题直接发给我" in calls[0].fields["text"]


def test_a_card_of_inline_mode_asks_nothing(person):
    cards = person.looks_up(ASKED).cards
    assert cards and not any("callback_data" in button
                             for card in cards for button in card.buttons.values())
