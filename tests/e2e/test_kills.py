"""Killed at any moment: what was asked is answered in the end, and what is kept stays whole.

One program serves Telegram, WeChat and HTTP. It is killed (SIGKILL) while it starts, while it serves and while it
reloads, and started again on what it left behind, while people go on writing.
"""

import bisect
import collections
import concurrent.futures
import json
import os
import random
import signal
import socket
import threading
import time

from conftest import ADMIN, World
from support.kills import SETTLED, TOKEN, Editions, TelegramPeople, Visitor, Voter, WechatPerson
from support.program import run

#: Kills of all tests here together; 500 before a release.
KILLS = int(os.environ.get("WENZHENG_KILLS", "100"))
MOMENTS = ("starting", "serving", "reloading")
WAYS = ("command", "signal", "telegram")
#: What a power failure in the middle of a write leaves of a line; a kill does not cut one.
HALF_A_LINE = '{"v":1,"update_id":1,"at":"2026-11-'


class Deployment(World):
    """A world whose program is killed and started again."""

    def __init__(self, folder, mode, editions):
        self.editions = Editions(folder, editions)
        super().__init__(folder, mode, **{
            "WENZHENG_LOG__FILTER": "info",
            "WENZHENG_ADMIN__REPLAY_SHIPPED": "false",
            "WENZHENG_WECHAT_OA__TOKEN": TOKEN,
            "WENZHENG_WECHAT_OA__MODE": "plain",
        })
        #: Set while somebody accepts connections.
        self.listening = threading.Event()
        #: When each run of the program began, and when it was killed, noted before it happens.
        self.starts, self.kills = [], []
        #: When the run began that was killed last, in the time of files.
        self.begun_at, self.last_killed = 0.0, 0.0
        self.reloads, self.reloads_by_chat = [], 0

    def begin(self):
        self.starts.append(time.monotonic())
        self.begun_at = time.time()
        self.program.start()

    def look(self):
        """Notices when somebody accepts connections."""
        with socket.socket() as probe:
            if not self.listening.is_set() and probe.connect_ex(("127.0.0.1", self.program.port)) == 0:
                self.listening.set()

    def watch(self, seconds):
        """Lets it run for so long."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.look()
            time.sleep(0.003)

    def is_ready(self):
        """Waits until it serves exactly what is on disk; the seconds that the start took."""
        end = self.starts[-1] + 30
        while not self.listening.is_set():
            assert self.program.running, f"the start is refused:\n{self.program.log[-3000:]}"
            assert time.monotonic() < end, f"it does not listen:\n{self.program.log[-3000:]}"
            self.watch(0.01)
        status, _, body = self.program.request("GET", "/readyz")
        page = json.loads(body)
        assert (status, page["status"], page["documents"]) == (200, "ready", 2), page
        assert not {"corpus", "unwritten"} & set(page), page
        took = time.monotonic() - self.starts[-1]
        self.editions.served = self.editions.on_disk
        return took

    def reload(self, way):
        """Asks for a reload, and waits for nothing."""
        if way == "signal":
            self.program.process.send_signal(signal.SIGHUP)
        elif way == "telegram":
            self.reloads_by_chat += 1
            self._at_once(self.tap.deliver, self.person(ADMIN).text("/reload"))
        else:
            self._at_once(self._reload_by_command, self.editions.on_disk)

    def _at_once(self, act, argument):
        self.reloads.append(threading.Thread(target=act, args=[argument], daemon=True))
        self.reloads[-1].start()

    def _reload_by_command(self, edition):
        told = run("reload", folder=self.program.folder, **self.program.settings)
        if told.returncode == 0:
            self.editions.served = max(self.editions.served, edition)

    def kill(self):
        assert self.program.running, f"it ended by itself:\n{self.program.log[-3000:]}"
        self.listening.clear()
        self.last_killed = self.begun_at
        self.kills.append(time.monotonic())
        self.program.process.kill()
        self.program.process.wait()

    def must_be_a_kill(self, kills, error):
        """A connection may break for no other reason; `kills` is how many there were before it was made."""
        assert len(self.kills) > kills, f"a connection broke without a kill: {error!r}"


def rounds(deployment, clients, chance, kills):
    """The kills, and what has to hold at each start."""
    data = deployment.program.folder / "data"
    start, reload = deployment.is_ready(), reloads(deployment)
    for number in range(kills):
        if number:
            deployment.begin()
        moment = chance.choice(MOMENTS)
        if moment == "starting":
            deployment.watch(chance.uniform(0, 1.2 * start))
        else:
            start = deployment.is_ready()
            if moment == "reloading":
                deployment.editions.next()
                deployment.reload(chance.choice(WAYS))
                deployment.watch(chance.uniform(0, 1.2 * reload))
            else:
                deployment.watch(chance.uniform(0, 0.6))
        deployment.kill()
        for client in clients:
            client.check()
        if chance.random() < 0.3:
            deployment.editions.next()
        if chance.random() < 0.2:
            for file in data.rglob("*.jsonl"):
                with file.open("a", encoding="utf-8") as lines:
                    lines.write(HALF_A_LINE)
    deployment.begin()
    deployment.is_ready()
    reloads(deployment)


def reloads(deployment):
    """Reloads another edition; the seconds that takes."""
    deployment.editions.next()
    begun = time.monotonic()
    deployment.reload("command")
    deployment.reloads.pop().join()
    assert deployment.editions.served == deployment.editions.on_disk, "it is not reloaded"
    return time.monotonic() - begun


def test_killed_at_any_moment_it_answers_everybody_in_the_end_and_keeps_what_it_kept(tmp_path):
    """Two programs at the same time: a start occupies one processor."""
    seed = int(os.environ.get("WENZHENG_SEED", str(random.randrange(10**6))))
    by_webhook = KILLS // 3
    with concurrent.futures.ThreadPoolExecutor() as pool:
        both = [pool.submit(killed, tmp_path / mode, mode, seed, kills)
                for mode, kills in (("polling", KILLS - by_webhook), ("webhook", by_webhook))]
    for one in both:
        one.result()


def killed(folder, mode, seed, kills):
    folder.mkdir()
    deployment = Deployment(folder, mode, 2 * kills + 3)
    try:
        keeps_on(deployment, random.Random(seed), kills)
    except BaseException as error:
        raise AssertionError(f"{mode}, seed {seed}, kill {len(deployment.kills)}: {error}") from error
    finally:
        if deployment.program.running:
            deployment.program.stop(signal.SIGKILL)
        deployment.tap.stop()
        deployment.emulator.stop()


def test_all_that_was_written_while_it_was_away_is_answered(new_world):
    """More than what may ask at once."""
    world = new_world(start=False, WENZHENG_LOG__FILTER="info", WENZHENG_SEMANTIC__BACKEND="off")
    world.tap.start()
    people = [world.person(10_000 + n) for n in range(400)]
    for person in people:
        world.tap.deliver(person.text("今年要硬化自然村组道路多少公里"))
    world.program.start()
    with world.tap.changed:
        world.tap.changed.wait_for(lambda: len(told(world.tap)) >= len(people), timeout=60)
    answers = collections.Counter("150公里" in call.text or call.text for call in told(world.tap))
    assert answers == {True: len(people)}


def told(tap):
    return [call for call in tap.calls if call.method == "sendMessage"]


def keeps_on(deployment, chance, kills):
    """Kills and starts it with people writing, then counts what has to hold in the end."""
    clients = [kind(deployment, random.Random(chance.random()))
               for kind in (Voter, Visitor, WechatPerson, WechatPerson, TelegramPeople)]
    deployment.tap.start()
    deployment.begin()
    for client in clients:
        client.start()
    rounds(deployment, clients, chance, kills)
    time.sleep(SETTLED)
    for client in clients:
        client.finish()
    for act in deployment.reloads:
        act.join(20)
        assert not act.is_alive(), "a reload waits and waits"
    voter, visitor, *wechat, telegram = clients
    lost = all_answered(deployment, telegram)
    assert deployment.program.stop()[0] == 0
    deployment.check_log()
    figures = {
        "mode": deployment.program.settings["WENZHENG_TELEGRAM__MODE"], "kills": len(deployment.kills),
        "http": voter.told + visitor.told,
        "votes": len(voter.written),
        "wechat": sum(person.told for person in wechat),
        "wechat told again": sum(person.told_again for person in wechat),
        "wechat given up": sum(person.given_up for person in wechat),
        "telegram": len(telegram.updates), "lost": len(lost),
        "twice": sum(len(update.answers) - 1 for update in telegram.updates if update.answers),
        "only just sent": sum(only_just_sent(answer, deployment)
                              for update in telegram.updates for answer in update.answers),
        "editions": deployment.editions.on_disk, "files": len(kept_files(deployment)),
        "left behind": leftovers(deployment),
    }
    print(json.dumps(figures, ensure_ascii=False))
    assert not lost, f"{len(lost)} of {len(telegram.updates)} messages in Telegram are lost: {figures}"
    for update in telegram.updates:
        again = [answer for answer in update.answers[:-1] if not only_just_sent(answer, deployment)]
        assert not again, f"answered twice without need: {course(update, deployment)}"
    votes_are_whole(deployment, voter)
    assert not figures["left behind"], figures


def all_answered(deployment, telegram):
    """Waits until everybody in Telegram has an answer, and returns who still has none when nothing comes any
    more; so for those who asked for a reload."""
    end = time.monotonic() + 10
    seen = 0
    while time.monotonic() < end:
        telegram.read()
        told = sum(call.fields.get("chat_id") in (ADMIN, str(ADMIN)) and call.method == "sendMessage"
                   for call in deployment.tap.calls)
        lost = telegram.unanswered + [ADMIN] * max(0, deployment.reloads_by_chat - told)
        if not lost:
            break
        if len(deployment.tap.calls) > seen:
            seen, end = len(deployment.tap.calls), time.monotonic() + 10
        time.sleep(0.1)
    return lost


def only_just_sent(answer, deployment):
    """True when the run that sent it was killed so soon afterwards that it may not know."""
    # What it sent last may be read after it is dead.
    run = bisect.bisect(deployment.starts, answer) - 1
    return run < len(deployment.kills) and deployment.kills[run] - answer < SETTLED


def course(update, deployment):
    """What happened around an update, in seconds since it was delivered."""
    since = {"starts": deployment.starts, "kills": deployment.kills, "answers": update.answers}
    return {what: [round(at - update.delivered, 3) for at in times if -3 < at - update.delivered < 20]
            for what, times in since.items()}


def votes_are_whole(deployment, voter):
    kept = deployment.program.stored("SELECT answer FROM votes")
    votes = collections.Counter(answer for (answer,) in kept)
    assert voter.written <= set(votes) and set(votes.values()) == {1}
    assert len(voter.written) > 0


def kept_files(deployment):
    data = deployment.program.folder / "data"
    return [path for path in data.rglob("*") if not path.is_dir()]


def leftovers(deployment):
    """Halves of files that a kill before the last left behind."""
    half = [path for path in kept_files(deployment)
            if path.suffix == ".new" or path.name.startswith((".tmp", "admin.sock."))]
    return sorted(str(path.relative_to(deployment.program.folder)) for path in half
                  if path.stat().st_mtime < deployment.last_killed)
