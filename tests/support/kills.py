"""A program that is killed again and again, and people who go on writing meanwhile.

Every client is a thread that knows nothing of rounds. What it is told has to be right and of one edition of the
corpus; a connection may break when the program was killed meanwhile, and at no other time.
"""

import http.client
import itertools
import json
import os
import re
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import requests

from support.program import REPOSITORY
from support.wechat import Account, Platform

TOKEN = "Token4Kills"
QUESTION = "今年通渭县要硬化自然村组道路多少公里？甲县今年新架桥梁多少座？"
BRIDGES_ONLY = "甲县今年新架桥梁多少座"
#: What stands in the reports of edition 0; each edition has the next figures.
ROADS, BRIDGES = 1000, 5000
SECOND_REPORT = """---
title: 甲县2024年政府工作报告
place: 甲县
year: 2024
---
## 2024年重点工作

新架桥梁{bridges}座，改造老旧小区12个。
"""
#: An update that was answered so long before a kill, in seconds, is not answered again.
SETTLED = 0.25


class Editions:
    """The corpus in numbered editions, each of which differs from the one before in both reports.

    What is served is a link to one of them, so that the corpus changes as a whole. All are made beforehand:
    a reload waits while files are new.
    """

    def __init__(self, folder, count):
        self.folder, self.link = Path(folder) / "editions", Path(folder) / "corpus"
        report = (REPOSITORY / "corpus" / "tongwei" / "2024-work-report.md").read_text(encoding="utf-8")
        was = "硬化自然村组道路150公里"
        assert report.count(was) == 1
        for n in range(count):
            (self.folder / str(n) / "jia").mkdir(parents=True)
            (self.folder / str(n) / "tongwei").mkdir()
            text = report.replace(was, f"硬化自然村组道路{ROADS + n}公里")
            (self.folder / str(n) / "tongwei" / "2024-work-report.md").write_text(text, encoding="utf-8")
            text = SECOND_REPORT.format(bridges=BRIDGES + n)
            (self.folder / str(n) / "jia" / "2024.md").write_text(text, encoding="utf-8")
        self.on_disk, self.served = 0, 0
        self._show()

    def next(self):
        """Puts the next edition on disk."""
        # Counted first: from here on it may be served.
        self.on_disk += 1
        self._show()

    def _show(self):
        fresh = self.link.with_name("corpus.next")
        fresh.symlink_to(self.folder / str(self.on_disk))
        os.replace(fresh, self.link)

    def of(self, text, since=0, question=QUESTION):
        """The one edition that an answer to `question` is of, by its figures; not older than `since`."""
        roads = {int(n) - ROADS for n in re.findall(r"硬化自然村组道路(\d{4})公里", text)}
        bridges = {int(n) - BRIDGES for n in re.findall(r"新架桥梁(\d{4})座", text)}
        assert bridges and (roads or question != QUESTION), f"not answered: {text}"
        assert len(roads | bridges) == 1, f"a mixture of editions {roads} and {bridges}: {text}"
        edition = bridges.pop()
        assert since <= edition <= self.on_disk, f"edition {edition}, not {since} to {self.on_disk}"
        return edition


class Client(threading.Thread):
    """Somebody who writes one thing after the other until it is over."""

    #: Seconds between two, at most.
    pause = 0.1

    def __init__(self, deployment, chance):
        super().__init__(daemon=True)
        self.deployment, self.chance = deployment, chance
        self.over, self.failure = threading.Event(), None

    def run(self):
        try:
            while not self.over.is_set():
                self.write()
                # Nobody writes without a pause, and the program should be seen to start in time.
                self.over.wait(self.chance.uniform(0, self.pause))
        except BaseException as failure:  # told by the thread of the test
            self.failure = failure

    def finish(self):
        """Ends what is begun, and begins nothing more."""
        self.over.set()
        self.join(60)
        assert not self.is_alive(), f"{type(self).__name__} waits and waits"
        self.check()

    def check(self):
        if self.failure:
            raise self.failure

    def attempt(self, act):
        """What `act` gives; None when the program was killed meanwhile."""
        kills = len(self.deployment.kills)
        if not self.deployment.listening.wait(0.05):
            return None
        try:
            return act()
        except (OSError, http.client.HTTPException, requests.RequestException) as error:
            self.deployment.must_be_a_kill(kills, error)
            return None


class Visitor(Client):
    """Asks over HTTP."""

    _addresses = itertools.count()

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.told = 0
        self.versions = {}

    def request(self, method, path, body=None):
        # Each from an address of its own: how fast one may ask is no matter here.
        n = next(self._addresses)
        headers = {"x-forwarded-for": f"203.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}"}
        return self.attempt(lambda: self.deployment.program.request(method, path, body, headers))

    def write(self):
        editions = self.deployment.editions
        since = editions.served
        got = self.request("POST", "/api/ask", {"question": QUESTION})
        if got is None:
            return
        status, _, body = got
        assert status == 200, body
        answer = json.loads(body)
        edition = editions.of(answer["text"], since)
        assert self.versions.setdefault(answer["corpus_version"], edition) == edition
        self.told += 1
        self.think_about(answer)

    def think_about(self, answer):
        """Does nothing more."""


class Voter(Visitor):
    """Votes on what is told; the only one who does."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        #: Answers voted on in one run of the program; `None` when not all of them are known.
        self.of_run, self.run_number = [], 0
        #: Answers whose votes stand in the file for certain.
        self.written = set()

    def think_about(self, answer):
        kills = self.deployment.kills
        run = len(kills)
        if run != self.run_number:
            self.of_run, self.run_number = [], run
        got = self.request("POST", "/api/feedback", {"answer_id": answer["answer_id"], "vote": "up"})
        if len(kills) != run:
            # Which run has it?
            self.of_run, self.run_number = None, len(kills)
        elif got:
            assert got[0] == 204, got
            if self.of_run is not None:
                self.of_run.append(answer["answer_id"])
        # Not for those who come by a proxy.
        got = self.attempt(lambda: self.deployment.program.request("GET", "/metrics"))
        if got and self.of_run is not None and len(kills) == self.run_number:
            self.written |= set(self.of_run[:self.metric(got, "kept")])
            assert self.metric(got, "lost") == 0

    @staticmethod
    def metric(got, name):
        return int(re.search(rf"^wenzheng_votes_{name}_total (\d+)$", got[2], re.M).group(1))


class WechatPerson(Client):
    """Somebody whose messages WeChat pushes: again when no reply comes, at most three times."""

    _users = itertools.count()

    def __init__(self, *arguments):
        super().__init__(*arguments)
        url = f"http://127.0.0.1:{self.deployment.program.port}/wechat/oa"
        self.platform = Platform(Account(url, TOKEN))
        self.told = self.told_again = self.given_up = 0

    def write(self):
        person = self.platform.as_user(f"oPerson{next(self._users):021}")
        msg_id, created = person.next_id(), int(time.time())
        since = self.deployment.editions.served
        for n in range(3):
            got = self.push(person, msg_id, created)
            if got is None:
                continue
            assert got["kind"] == "text" and not got["bad"], got
            self.deployment.editions.of(got["text"], since)
            self.told += 1
            self.told_again += n > 0
            return
        # Killed three times: WeChat tells the person that the account is out of service.
        self.given_up += 1

    def push(self, person, msg_id, created):
        # The platform waits longer than the program is away.
        while not self.deployment.listening.wait(0.05):
            if self.over.is_set() and not self.deployment.program.running:
                return None
        kills = len(self.deployment.kills)
        got = self.attempt(lambda: person.push("text", {"Content": QUESTION}, msg_id, created))
        if got and got["status"] in ("broken", "timeout"):
            self.deployment.must_be_a_kill(kills, got)
            return None
        return got


@dataclass
class Update:
    """A message of somebody in Telegram, and what became of it."""

    chat: int
    question: str
    #: The oldest edition that may answer.
    since: int
    delivered: float = field(default_factory=time.monotonic)
    answers: list = field(default_factory=list)


class TelegramPeople(Client):
    """Many people in Telegram, one after the other; some write twice."""

    pause = 0.2
    #: So many wait for an answer at most: fewer than may ask at once.
    WAITING = 100

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.updates, self.users = [], itertools.count(10_000)
        self.answered, self.seen = set(), 0

    def write(self):
        if len({update.chat for update in self.updates} - self.answered_chats()) >= self.WAITING:
            return
        person = self.deployment.person(next(self.users))
        questions = [QUESTION, BRIDGES_ONLY] if person.user % 4 == 0 else [QUESTION]
        for question in questions:
            self.updates.append(Update(person.chat, question, self.deployment.editions.served))
            self.deployment.tap.deliver(person.text(question))

    def answered_chats(self):
        calls = self.deployment.tap.calls[self.seen:]
        self.seen += len(calls)
        self.answered |= {int(call.fields["chat_id"]) for call in calls if call.method == "sendMessage"}
        return self.answered

    def read(self):
        """Notes the answers among the calls of the bot."""
        waiting = {}
        for update in self.updates:
            update.answers = []
            waiting.setdefault(str(update.chat), []).append(update)
        for call in self.deployment.tap.calls[:]:
            mine = waiting.get(str(call.fields.get("chat_id")))
            if call.method != "sendMessage" or not mine or call.status != 200:
                continue
            # Who wrote twice asked about roads first, and not again.
            update = mine[0] if "硬化" in call.text else mine[-1]
            self.deployment.editions.of(call.text, update.since, update.question)
            update.answers.append(call.at)

    @property
    def unanswered(self):
        return [update for update in self.updates if not update.answers]
