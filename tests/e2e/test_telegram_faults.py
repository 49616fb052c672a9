"""What Telegram, the network and impatient people do to a bot."""

import signal
import time

QUESTION = "今年要硬化自然村组道路多少公里"
ANSWER = "150公里"


def test_twenty_questions_a_minute_then_one_friendly_line(new_world):
    world = new_world()
    hasty, other = world.person(8), world.person(9)
    for _ in range(26):
        world.tap.deliver(hasty.text("今年修哪几条高速"))
    world.tap.settle(0, 8, wait=2)
    end = time.monotonic() + 40
    while time.monotonic() < end:
        sent = [c.text for c in world.tap.calls if str(c.fields.get("chat_id")) == "8"]
        if len(sent) >= 21:
            break
        time.sleep(0.1)
    # Somebody else is answered all the same.
    assert ANSWER in other.says(QUESTION).text
    time.sleep(1)
    sent = [c.text for c in world.tap.calls if str(c.fields.get("chat_id")) == "8"]
    assert len(sent) == 21
    assert sum("问得有点快" in text for text in sent) == 1
    # A button of theirs is still answered.
    hasty.last = next(c for c in world.tap.calls if c.buttons)
    assert "谢谢" in hasty.presses("有用")[0].fields["text"]


def test_a_flood_of_one_chat_does_not_stall_the_others(new_world):
    world = new_world()
    hasty, other = world.person(8), world.person(9)
    # Longer than the queue that teloxide keeps for a chat by default.
    for _ in range(150):
        world.tap.deliver(hasty.text("/help"))
    begun = time.monotonic()
    assert ANSWER in other.says(QUESTION).text
    assert time.monotonic() - begun < 10


def test_an_update_that_comes_twice_is_answered_once(new_world):
    world = new_world()
    person = world.person(8)
    world.tap.repeat_next_updates()
    assert ANSWER in person.says(QUESTION).text
    time.sleep(1.5)
    assert len([c for c in world.tap.calls if c.method == "sendMessage"]) == 1
    assert ANSWER in person.says(QUESTION).text


def test_an_update_that_cannot_be_read_is_skipped_and_its_words_are_not_logged(new_world):
    world = new_world()
    person = world.person(8)
    broken = person.text("身份证号六二一一二三")
    del broken["message"]["chat"]
    world.tap.add_update({"update_id": 900_003, **broken})
    assert ANSWER in person.says(QUESTION).text
    world.program.wait_for_log("cannot be read")
    assert "身份证号" not in world.program.log


def test_what_people_write_is_never_logged(new_world):
    world = new_world()
    person = world.person(8)
    person.says("我家住在马营镇想问问修路")
    person.says("/ask 我家住在什川镇想问问修路")
    person.sends(person.message(location={"latitude": 35.21, "longitude": 105.24}))
    log = world.program.log
    for words in ("马营镇想问", "什川镇想问", "105.24", "我家住在"):
        assert words not in log
    # The bot's own messages repeat the words of people at times.
    assert "没有找到能回答" not in log


def test_too_many_requests_are_waited_out(new_world):
    world = new_world()
    person = world.person(8)
    world.tap.fail("sendMessage", 429, retry_after=2)
    assert ANSWER in person.says(QUESTION).text
    world.tap.fail("answerCallbackQuery", 429, retry_after=1)
    assert "谢谢" in person.presses("有用")[0].fields["text"]


def test_a_message_is_sent_again_when_the_connection_breaks(new_world):
    world = new_world()
    world.tap.fail("sendMessage", "drop")
    assert ANSWER in world.person(8).says(QUESTION).text


def test_a_message_is_sent_again_after_a_502(new_world):
    world = new_world()
    person = world.person(8)
    world.tap.fail("sendMessage", 502, description="Bad Gateway")
    # teloxide itself waits ten seconds after any 5xx.
    calls = person.sends(person.text(QUESTION), wait=20)
    assert [ANSWER in call.text for call in calls] == [True]


def test_polls_that_fail_are_repeated(new_world):
    world = new_world(start=False)
    world.tap.fail("getUpdates", "drop", times=2)
    world.start()
    assert ANSWER in world.person(8).says(QUESTION).text
    assert "telegram poll failed" in world.program.log


def test_a_second_program_with_the_same_token_is_named_in_the_log(new_world):
    world = new_world(start=False)
    world.tap.fail("getUpdates", 409, description="Conflict: terminated by other getUpdates "
                   "request; make sure that only one bot instance is running")
    world.start()
    world.program.wait_for_log("another program uses this telegram token")
    assert ANSWER in world.person(8).says(QUESTION).text


def test_a_start_without_telegram_waits_for_it(new_world):
    world = new_world(start=False)
    world.program.start()
    world.program.wait_for_log("telegram cannot be reached")
    assert world.program.running
    world.tap.start()
    world.connected()
    assert ANSWER in world.person(8).says(QUESTION).text


def test_a_wrong_token_is_named_in_the_log_and_does_not_end_the_program(new_world):
    world = new_world(start=False)
    world.tap.fail("getMe", 401, description="Unauthorized")
    world.start()
    assert "TELOXIDE_TOKEN" in world.program.log
    assert ANSWER in world.person(8).says(QUESTION).text


def test_somebody_who_blocked_the_bot_is_no_error(new_world):
    world = new_world()
    world.tap.fail("sendMessage", 403, description="Forbidden: bot was blocked by the user")
    person = world.person(8)
    assert person.is_ignored(QUESTION)
    assert "ERROR" not in world.program.log
    assert ANSWER in person.says(QUESTION).text


def test_an_edit_that_changes_nothing_is_no_error(new_world):
    world = new_world()
    person = world.person(8)
    person.says(QUESTION)
    passage = person.last.buttons["有用"]["callback_data"].split(":")[1]
    world.tap.fail("editMessageText", 400, description="Bad Request: message is not modified: "
                   "specified new message content and reply markup are exactly the same as a "
                   "current content and reply markup of the message")
    calls = person.presses_data(f"p:{passage}:0", person.last.message_id)
    assert [c.method for c in calls] == ["answerCallbackQuery"]
    assert "ERROR" not in world.program.log


def test_sigterm_ends_it_in_seconds_while_it_polls(new_world):
    world = new_world()
    world.person(8).says(QUESTION)
    status, seconds = world.program.stop()
    assert status == 0 and seconds < 5


def test_sigint_ends_it_too(new_world):
    world = new_world()
    status, seconds = world.program.stop(signal.SIGINT)
    assert status == 0 and seconds < 5


def test_sigterm_ends_it_in_seconds_while_a_message_waits(new_world):
    world = new_world()
    world.tap.fail("sendMessage", 502, times=9, description="Bad Gateway")
    world.tap.deliver(world.person(8).text(QUESTION))
    time.sleep(1)
    status, seconds = world.program.stop()
    assert status == 0 and seconds < 8


def test_sigterm_ends_it_in_seconds_while_telegram_is_away(new_world):
    world = new_world(start=False)
    world.program.start()
    world.program.wait_for_log("telegram cannot be reached")
    status, seconds = world.program.stop()
    assert status == 0 and seconds < 5


def test_links_are_sent_when_the_public_address_is_known(new_world):
    world = new_world(WENZHENG_HTTP__PUBLIC_URL="https://wz.example.cn")
    buttons = world.person(8).says(QUESTION).buttons
    assert buttons["网页原文"]["url"].startswith("https://wz.example.cn/p/")
    assert "callback_data" in buttons["查看整节"]
