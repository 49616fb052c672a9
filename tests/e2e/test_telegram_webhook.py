"""Webhook mode: what Telegram is told, who is let in, and what happens around a restart."""

import json

import pytest

from conftest import World
from support.program import run
from support.telegram import HOOK

QUESTION = "今年要硬化自然村组道路多少公里"
ANSWER = "150公里"


@pytest.fixture(scope="module")
def hooked(tmp_path_factory):
    """A world with a webhook, for tests that leave it as it was."""
    world = World(tmp_path_factory.mktemp("hooked"), "webhook").start()
    yield world
    world.stop()


def test_telegram_is_told_where_with_which_secret_and_what_for(hooked):
    told = hooked.tap.webhook
    assert told["url"] == hooked.tap.url + HOOK
    assert len(told["secret_token"]) >= 32
    assert hooked.token.split(":")[1] not in told["url"] + told["secret_token"]
    kinds = ["callback_query", "edited_message", "inline_query", "message"]
    assert sorted(json.loads(told["allowed_updates"])) == kinds
    assert "drop_pending_updates" not in told


@pytest.mark.parametrize("secret", [None, "", "wrong", "x" * 10_000])
def test_a_call_without_the_right_secret_is_refused_and_not_read(hooked, secret):
    person = hooked.person(31)
    since = len(hooked.tap.calls)
    update = {"update_id": 900_001, **person.text(QUESTION)}
    assert hooked.tap.post_to_webhook(json.dumps(update).encode(), secret) == 401
    assert hooked.tap.settle(since, person.chat, wait=1) == []


def test_calls_that_are_no_updates_are_refused_and_the_bot_goes_on(hooked):
    secret = hooked.tap.webhook["secret_token"]
    post = hooked.tap.post_to_webhook
    assert post(b"nonsense", secret) == 400
    assert post(b"", secret) == 400
    assert post(b"\xff\xfe", secret) == 400
    assert post(b"", secret, method="GET") == 405
    assert post(b"{}", secret, path=f"/telegram/{hooked.token}") == 404
    # What Telegram invents tomorrow is taken, or it would be delivered forever.
    assert post(b'{"update_id": 900002, "invented_tomorrow": {}}', secret) == 200
    assert ANSWER in hooked.person(32).says(QUESTION).text


def test_a_body_beyond_the_limit_is_refused(hooked):
    try:
        status = hooked.tap.post_to_webhook(b" " * 2_000_000, hooked.tap.webhook["secret_token"])
    except (BrokenPipeError, ConnectionResetError):
        status = 413  # refused before all of it was sent
    assert status == 413
    assert ANSWER in hooked.person(33).says(QUESTION).text


def test_the_web_page_is_served_beside_it(hooked):
    assert hooked.program.request("GET", "/healthz")[0] == 200


def test_a_webhook_that_telegram_does_not_take_at_once_is_set_later(new_world):
    world = new_world(start=False, mode="webhook")
    world.tap.fail("setWebhook", 429, retry_after=1)
    world.tap.fail("setWebhook", "drop")
    world.start()
    assert ANSWER in world.person(8).says(QUESTION).text
    assert world.tap.faults_left == 0


def test_what_is_written_while_the_program_is_away_is_answered_after_the_start(new_world):
    world = new_world(mode="webhook")
    person = world.person(8)
    assert ANSWER in person.says(QUESTION).text
    first = world.tap.webhook
    assert world.program.stop()[0] == 0
    assert person.is_ignored(QUESTION)
    since = len(world.tap.calls)
    world.tap.connected.clear()
    world.program.start()
    # Setting the webhook makes the emulator deliver what waits, as Telegram does.
    world.connected()
    assert [ANSWER in call.text for call in world.tap.settle(since, person.chat)] == [True]
    # Other copies behind a load balancer go by the same secret.
    assert world.tap.webhook == first


def test_a_secret_can_be_given(new_world):
    world = new_world(mode="webhook", WENZHENG_TELEGRAM__WEBHOOK_SECRET="given-in-the-environment")
    assert world.tap.webhook["secret_token"] == "given-in-the-environment"
    assert ANSWER in world.person(8).says(QUESTION).text


def test_polling_takes_over_from_a_webhook(new_world):
    world = new_world(mode="webhook")
    assert ANSWER in world.person(8).says(QUESTION).text
    assert world.program.stop()[0] == 0
    world.tap.connected.clear()
    world.program.settings["WENZHENG_TELEGRAM__MODE"] = "polling"
    world.program.start()
    world.connected()
    assert ANSWER in world.person(8).says(QUESTION).text
    assert any(call.method == "deleteWebhook" for call in world.tap.calls)


def test_sigterm_ends_it_in_seconds_while_a_message_waits(new_world):
    world = new_world(mode="webhook")
    world.tap.fail("sendMessage", 502, times=9, description="Bad Gateway")
    person = world.person(8)
    world.tap.deliver(person.text(QUESTION))
    with world.tap.changed:
        assert world.tap.changed.wait_for(lambda: world.tap.faults_left < 9, timeout=10)
    status, seconds = world.program.stop()
    assert status == 0 and seconds < 8


def test_settings_that_cannot_work_are_named_at_the_start(tmp_path):
    done = run("serve", folder=tmp_path, TELOXIDE_TOKEN="1:hunter2hunter2",
               WENZHENG_TELEGRAM__MODE="webhook",
               WENZHENG_TELEGRAM__WEBHOOK_URL="http://wz.example.cn/hook")
    assert done.returncode != 0
    assert "telegram.webhook_url" in done.stderr and "https://" in done.stderr
    assert "hunter2" not in done.stderr
