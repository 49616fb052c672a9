"""What the store costs those who ask, and what a change does to them meanwhile.

    python3 tests/load/store.py throughput | rate [QUESTIONS A SECOND] | replay | reload

See README.md beside it; runs in the environment of the end-to-end tests.
"""

import asyncio
import json
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from channels import address  # noqa: E402
from steady import different_questions  # noqa: E402
from support.program import Program, run  # noqa: E402

#: Connections that ask at the same time.
CLIENTS = 16
BY_WORDS = {"WENZHENG_SEMANTIC__BACKEND": "off"}


class Client:
    """A connection that stays open."""

    def __init__(self, port):
        self.port = port

    async def __aenter__(self):
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        return self

    async def __aexit__(self, *_):
        self.writer.close()

    async def ask(self, n, question):
        """Status and body of the answer to `question`, from an address of its own."""
        body = json.dumps({"question": question}).encode()
        head = (f"POST /api/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                f"X-Forwarded-For: {address(n)}\r\nContent-Length: {len(body)}\r\n\r\n")
        self.writer.write(head.encode() + body)
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = int(re.search(r"content-length: (\d+)", head).group(1))
        return int(head.split()[1]), await self.reader.readexactly(length)


class Load:
    """Questions to a program: as many as it takes, or so many a second."""

    def __init__(self, program, questions):
        self.program, self.questions = program, questions
        self.asked, self.refused, self.took, self.answers = 0, 0, [], []
        self.keeps_answers = False

    async def one(self, client, due):
        n = self.asked
        self.asked += 1
        status, body = await client.ask(n, self.questions[n % len(self.questions)])
        self.took.append(time.monotonic() - due)
        if status != 200:
            self.refused += 1
        elif self.keeps_answers:
            self.answers.append(body)

    async def for_seconds(self, seconds, rate=None):
        """Asks for `seconds`; without a rate each client asks as soon as it was answered. The clock does not wait
        for answers: the time of a question counts from when it was due."""
        begun = time.monotonic()
        due = iter(begun + n / rate for n in range(int(seconds * rate))) if rate else None

        async def asks():
            async with Client(self.program.port) as client:
                while True:
                    at = next(due, None) if due else time.monotonic()
                    if at is None or at > begun + seconds:
                        return
                    await asyncio.sleep(max(0, at - time.monotonic()))
                    await self.one(client, at)

        await asyncio.gather(*(asks() for _ in range(CLIENTS if rate is None else 4 * CLIENTS)))
        return self.asked / (time.monotonic() - begun)

    def figures(self):
        took = sorted(1000 * seconds for seconds in self.took)
        at = lambda share: round(took[min(len(took) - 1, int(share * len(took)))], 1)  # noqa: E731
        return {"asked": self.asked, "refused": self.refused, "p50_ms": at(0.5), "p99_ms": at(0.99), "max_ms": at(1)}


def serving(folder, **settings):
    program = Program(folder, WENZHENG_LOG__FILTER="warn", **settings).start().wait_until_http()
    # It listens before it has read the reports, which are changed below.
    program.request("GET", "/readyz")
    return program


def counted(program, name):
    metrics = program.request("GET", "/metrics")[2]
    return sum(float(value) for value in re.findall(rf"^{name}(?:{{[^}}]*}})? (\S+)$", metrics, re.MULTILINE))


def throughput(*_):
    """Questions a second with the store and without, in turn."""
    questions, found = different_questions(2000), {"with": [], "without": []}
    for _ in range(5):
        for kind, days in (("with", "90"), ("without", "0")):
            with tempfile.TemporaryDirectory() as folder:
                program = serving(folder, WENZHENG_PRIVACY__QUESTION_DAYS=days, **BY_WORDS)
                asyncio.run(Load(program, questions).for_seconds(1))
                found[kind].append(asyncio.run(Load(program, questions).for_seconds(4)))
                program.stop()
    ratios = [one / other for one, other in zip(found["with"], found["without"], strict=True)]
    figures = {kind: [round(rate) for rate in rates] for kind, rates in found.items()}
    return figures | {"ratio": round(statistics.median(ratios), 3)}, statistics.median(ratios) >= 0.95


def rate(a_second="1000", *_):
    """Nothing that is asked is lost to the log."""
    questions = different_questions(2000)
    with tempfile.TemporaryDirectory() as folder:
        program = serving(folder, **BY_WORDS)
        load = Load(program, questions)
        reached = asyncio.run(load.for_seconds(15, float(a_second)))
        time.sleep(2)
        kept, lost = (counted(program, f"wenzheng_questions_{what}_total") for what in ("kept", "lost"))
        program.stop()
    figures = load.figures() | {"a_second": round(reached), "kept": kept, "lost": lost}
    return figures, lost == 0 and kept >= load.asked - load.refused


async def meanwhile(load, a_second, program, *command):
    """Asks until `command` has ended: what it printed and the seconds it took."""
    begun = time.monotonic()
    work = asyncio.to_thread(run, "admin", *command, folder=program.folder, **program.settings)
    work = asyncio.create_task(work)
    while not work.done():
        await load.for_seconds(1, a_second)
    done = await work
    return (done.stdout + done.stderr).strip(), time.monotonic() - begun


def changed(program, n):
    text = program.report.read_text(encoding="utf-8")
    program.report.write_text(re.sub(r"道路\d+公里", f"道路{150 + n}公里", text, count=1), encoding="utf-8")


def replay(*_):
    """A reload that asks all shipped questions, with the model, while people ask."""
    with tempfile.TemporaryDirectory() as folder:
        program = serving(folder)
        while json.loads(program.request("GET", "/readyz")[2])["semantic"]["state"] != "ready":
            time.sleep(0.2)
        load = Load(program, different_questions(1000))
        changed(program, 7)
        told, seconds = asyncio.run(meanwhile(load, 20, program, "reload"))
        program.stop()
    figures = load.figures() | {"seconds": round(seconds, 1), "live": "已生效" in told}
    return figures, figures["live"] and seconds <= 60 and figures["p99_ms"] <= 300 and not load.refused


def reload(*_):
    """Reloads while 300 questions a second are asked: each answer is of one edition."""
    with tempfile.TemporaryDirectory() as folder:
        program = serving(folder, WENZHENG_ADMIN__REPLAY_SHIPPED="false", **BY_WORDS)
        load = Load(program, ["今年要硬化自然村组道路多少公里"])
        load.keeps_answers = True
        lives = 0
        for n in range(8):
            changed(program, n + 1)
            told, _ = asyncio.run(meanwhile(load, 300, program, "reload"))
            lives += "已生效" in told
        program.stop()
    said = {}
    for body in load.answers:
        answer = json.loads(body)
        roads = tuple(sorted(set(re.findall(r"道路(\d+)公里", body.decode()))))
        said.setdefault(answer["edition"], set()).add((answer["corpus_version"], roads))
    mixed = {edition: len(kinds) for edition, kinds in said.items() if len(kinds) != 1}
    figures = load.figures() | {"editions": len(said), "mixed": mixed, "live": lives}
    return figures, lives == 8 and not mixed and not load.refused and len(said) >= 8


def main():
    what, *arguments = sys.argv[1:] or ["throughput"]
    figures, good = {"throughput": throughput, "rate": rate, "replay": replay, "reload": reload}[what](*arguments)
    print(json.dumps(figures, ensure_ascii=False))
    sys.exit(not good)


if __name__ == "__main__":
    main()
