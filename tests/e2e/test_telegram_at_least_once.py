"""Every update is answered at least once, whatever ends the program; nobody waits for another chat."""

import signal
import stat
import time

import pytest

QUESTION = "今年要硬化自然村组道路多少公里"
ANSWER = "150公里"
#: Telegram takes 30 messages a second: most of these are in hand a second later.
PEOPLE = range(2000, 2060)


def answers(world):
    """How many right answers each chat was sent."""
    sent = [c for c in world.tap.calls if c.method == "sendMessage" and c.status == 200]
    assert [c.text for c in sent if ANSWER not in c.text] == []
    chats = [int(c.fields["chat_id"]) for c in sent]
    return {chat: chats.count(chat) for chat in PEOPLE}


def ask_all(world):
    for user in PEOPLE:
        world.tap.deliver(world.person(user).text(QUESTION))


def wait_until(true, otherwise, seconds=10):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, otherwise
        time.sleep(0.02)


def restart(world):
    world.tap.connected.clear()
    world.program.start()
    world.connected()


@pytest.mark.parametrize("mode", ["polling", "webhook"])
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM], ids=lambda how: how.name)
def test_what_is_in_hand_when_the_program_ends_is_answered_after_the_start(new_world, mode, how):
    world = new_world(mode=mode)
    ask_all(world)
    wait_until(lambda: sum(answers(world).values()) >= 5, "nothing is sent")
    if how == signal.SIGKILL:
        world.program.process.kill()
        world.program.process.wait()
    else:
        status, seconds = world.program.stop()
        assert status == 0 and seconds < 10
    before = answers(world)
    restart(world)
    if mode == "webhook":
        world.tap.deliver_again()
    wait_until(lambda: all(answers(world).values()), "some updates are lost", seconds=30)
    time.sleep(1.5)
    twice = [chat for chat, count in answers(world).items() if count > 1]
    # Only messages whose response had not been read yet; at most 30 a second are sent.
    assert len(twice) <= (30 if how == signal.SIGKILL else 0), (twice, before)
    assert max(answers(world).values()) <= 2


def test_who_is_told_to_wait_is_answered_however_often_the_program_is_killed(new_world):
    world = new_world()
    chat = PEOPLE[0]
    world.tap.fail("sendMessage", 429, times=2, retry_after=60, chat=chat)
    world.tap.deliver(world.person(chat).text(QUESTION))
    for left in (1, 0):
        wait_until(lambda: world.tap.faults_left == left, "nothing is sent")
        world.program.process.kill()
        world.program.process.wait()
        restart(world)
    wait_until(lambda: answers(world)[chat], "the update is lost")


def test_a_chat_that_has_to_wait_delays_no_other(new_world):
    world = new_world()
    slow = world.person(8)
    world.tap.fail("sendMessage", 429, retry_after=8, chat=8)
    begun = time.monotonic()
    world.tap.deliver(slow.text(QUESTION))
    for user in range(20, 30):
        since = time.monotonic()
        assert ANSWER in world.person(user).says(QUESTION).text
        assert time.monotonic() - since < 2
    assert [ANSWER in call.text for call in world.tap.settle(0, 8, wait=15)] == [True]
    assert time.monotonic() - begun >= 8


@pytest.mark.parametrize("mode", ["polling", "webhook"])
def test_without_a_disk_an_update_is_confirmed_once_it_is_answered(new_world, mode):
    world = new_world(start=False, mode=mode)
    # A file where the folder should be: root may write anywhere.
    (world.program.folder / "data").mkdir()
    (world.program.folder / "data" / "telegram").write_text("")
    world.start()
    assert ANSWER in world.person(7).says(QUESTION).text
    world.program.wait_for_log("not written to disk")
    world.tap.fail("sendMessage", 429, retry_after=60, chat=PEOPLE[0])
    world.tap.deliver(world.person(PEOPLE[0]).text(QUESTION))
    wait_until(lambda: world.tap.faults_left == 0, "nothing is sent")
    if mode == "polling":
        # Others are served meanwhile. (The emulator calls a webhook once at a time, unlike Telegram.)
        assert ANSWER in world.person(9).says(QUESTION).text
    world.program.process.kill()
    world.program.process.wait()
    restart(world)
    if mode == "webhook":
        world.tap.deliver_again()
    wait_until(lambda: answers(world)[PEOPLE[0]], "the update is lost")
    # What was confirmed is not answered again.
    assert len([c for c in world.tap.calls if str(c.fields.get("chat_id")) == "7"]) == 1


def test_the_words_of_messages_stay_on_disk_only_while_they_wait(new_world):
    world = new_world()
    folder = world.program.folder / "data" / "telegram"
    world.tap.fail("sendMessage", 429, retry_after=2, chat=8)
    world.tap.deliver(world.person(8).text(QUESTION))
    wait_until(lambda: world.tap.faults_left == 0, "nothing is sent")
    (journal,) = folder.iterdir()
    assert stat.S_IMODE(journal.stat().st_mode) == 0o600
    assert QUESTION in journal.read_text(encoding="utf-8")
    assert world.token.split(":")[1] not in journal.read_text(encoding="utf-8") + journal.name
    wait_until(lambda: QUESTION not in journal.read_text(encoding="utf-8"), "the words stay")
