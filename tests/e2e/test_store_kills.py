"""An office whose program is killed again and again while it changes what answers: no start without a corpus, no
half edition, no acknowledged change lost, an audit that is whole. WENZHENG_STORE_KILLS says how often (100)."""

import itertools
import json
import os
import random
import re
import signal
import socket
import threading
import time
from http.client import HTTPException

import pytest

from support.program import Program
from test_administration import SECOND, form

KILLS = int(os.environ.get("WENZHENG_STORE_KILLS", "100"))
QUESTION = "2024年计划硬化自然村组道路多少公里"
#: What may be asked for; every one of them is refused or makes an edition.
COMMANDS = ("/reload", "/reload 文件夹", "/rollback", "/undo {live}", "/synonym 看病{n} = 就医",
            "/faq 问题{n} = 办公室的回答{n}。", "/rollback {before}", "/confirm {draft}")


class Office:
    """Gives commands over the socket until the program is gone, and notes what was acknowledged."""

    def __init__(self, program):
        self.program = program
        self.socket = str(program.folder / "data" / "admin.sock")
        self.numbers = itertools.count()
        #: The newest edition that was said to be live, and how many were.
        self.live, self.acknowledged = 1, 0
        #: The newest upload that waits, and how many were received.
        self.draft, self.uploaded = 0, 0
        self.token = ""

    def says(self, typed):
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(60)
            connection.connect(self.socket)
            line = json.dumps({"v": 1, "do": "command", "text": typed}, ensure_ascii=False)
            connection.sendall(line.encode() + b"\n")
            answer = b""
            while not answer.endswith(b"\n"):
                piece = connection.recv(65536)
                if not piece:
                    raise ConnectionError("it hung up")
                answer += piece
        return json.loads(answer)["message"]

    def uploads(self, n):
        """Sends a report that differs from those before."""
        body, kind = form(f"报告{n}.txt", SECOND.replace("37个", f"{n + 37}个"))
        headers = {"content-type": kind, "authorization": f"Bearer {self.token}"}
        status, _, answer = self.program.request("POST", "/api/admin/uploads", body, headers)
        told = json.loads(answer)["message"]
        waits = re.search(r"/confirm (\d+)", told)
        if status == 200 and waits:
            self.draft = int(waits.group(1))
            self.uploaded += 1

    def works(self, ended):
        while not ended.is_set():
            n = next(self.numbers)
            if n % 3 == 0:
                text = self.program.report.read_text(encoding="utf-8")
                changed = re.sub(r"道路\d+公里", f"道路{150 + n % 50}公里", text, count=1)
                self.program.report.write_text(changed, encoding="utf-8")
            command = random.choice(COMMANDS).format(live=self.live, n=n, before=max(1, self.live - 2),
                                                     draft=self.draft)
            try:
                if n % 4 == 1:
                    self.uploads(n)
                told = self.says(command)
            except (OSError, HTTPException, ValueError, KeyError):
                return
            live = re.search(r"第 (\d+) 版已生效", told)
            if live:
                self.live = max(self.live, int(live.group(1)))
                self.acknowledged += 1


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_killed_at_any_moment_it_serves_the_last_good_edition(tmp_path, kind, request):
    settings = {"WENZHENG_SEMANTIC__BACKEND": "off", "WENZHENG_LOG__FILTER": "info",
                "WENZHENG_ADMIN__REPLAY_SHIPPED": "false"}
    if kind == "postgres":
        settings["WENZHENG_STORE__URL"] = request.getfixturevalue("postgres_url")
    program = Program(tmp_path, **settings)
    office = Office(program)
    random.seed(KILLS)
    for kill in range(KILLS // 2):
        program.start().wait_until_http()
        ready = json.loads(program.request("GET", "/readyz")[2])
        assert ready["store"] == "ready", (kill, ready)
        assert ready["edition"] >= office.live, (kill, ready, office.live)
        office.live = ready["edition"]
        if not office.token:
            office.token = re.search(r"wz_[0-9A-Z]{26}", office.says("/token owner portal 30")).group()
        answer = program.ask(QUESTION)
        assert answer["status"] == "answered" and answer["edition"] == office.live, (kill, answer["text"])
        ended = threading.Event()
        work = threading.Thread(target=office.works, args=(ended,))
        work.start()
        time.sleep(random.uniform(0, 1.2))
        program.process.send_signal(signal.SIGKILL)
        program.process.wait()
        ended.set()
        work.join(60)
        assert not work.is_alive()
    program.start().wait_until_http()
    program.request("GET", "/readyz")
    verified = office.says("/audit 检查")
    rows = int(re.search(r"共 (\d+) 条", verified).group(1))
    assert "记录完整" in verified and rows >= office.acknowledged > 0, (verified, office.acknowledged)
    assert program.stop()[0] == 0
    print(f"{kind}: {KILLS // 2} kills, {office.acknowledged} editions acknowledged, {office.uploaded} uploads, "
          f"{rows} rows of the audit")
