"""Many questions, and long ones: memory, refusals and times.

    python3 tests/load/questions.py at-once | alone | steady [SECONDS]

See README.md beside it; runs in the environment of the end-to-end tests.
"""

import asyncio
import json
import random
import sys
import tempfile
import time
import urllib.parse
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support.program import REPOSITORY, Program  # noqa: E402
from support.wechat import Account, Platform  # noqa: E402

#: U+FDFA becomes eighteen characters when it is folded.
WIDEST = "\ufdfa"
TOKEN = "load"


def report():
    """The bundled report as one line."""
    text = (REPOSITORY / "corpus" / "tongwei" / "2024-work-report.md").read_text(encoding="utf-8")
    return "".join(text.split())


def long_questions(count):
    """`count` stretches of 500 characters of the report, all different, and two of the widest character."""
    text, drawn = report(), random.Random(7)
    starts = [drawn.randrange(len(text) - 500) for _ in range(count - 2)]
    return [text[start:start + 500] for start in starts] + [WIDEST * 500] * 2


def different_questions():
    lines = (REPOSITORY / "tests" / "quality" / "tongwei-blind.jsonl").read_text(encoding="utf-8")
    return [json.loads(line)["q"] for line in lines.splitlines() if line]


def resident(process):
    """Megabytes in memory now and at most."""
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
    fields = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
    return tuple(int(fields[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM"))


async def post(port, path, body, address, kind="application/json"):
    """The status of a POST and the seconds it took; status 0 for a broken connection."""
    begun = time.monotonic()
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        head = (f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {kind}\r\n"
                f"X-Forwarded-For: {address}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n")
        writer.write(head.encode() + body)
        await writer.drain()
        answer = await asyncio.wait_for(reader.read(), 60)
        writer.close()
        status = int(answer.split(b" ", 2)[1])
    except (OSError, ValueError, IndexError, asyncio.TimeoutError):
        status = 0
    return status, time.monotonic() - begun


def ask(port, question, address):
    body = json.dumps({"question": question}).encode()
    return post(port, "/api/ask", body, address)


async def at_once(program):
    questions = long_questions(500)
    calls = [ask(program.port, question, f"198.51.100.{n % 25}") for n, question in enumerate(questions)]
    results = await asyncio.gather(*calls)
    now, most = resident(program.process)
    statuses = [status for status, _ in results]
    counts = {status: statuses.count(status) for status in sorted(set(statuses))}
    figures = {"statuses": counts, "slowest_s": round(max(took for _, took in results), 2),
               "resident_mb": round(now), "most_resident_mb": round(most)}
    return figures, set(counts) <= {200, 429, 503} and most <= 250


async def alone(program, bar):
    took = []
    for n, question in enumerate(long_questions(40)):
        status, seconds = await ask(program.port, question, f"198.51.100.{n}")
        assert status == 200, status
        took.append(1000 * seconds)
    return {"slowest_ms": round(max(took)), "median_ms": round(sorted(took)[20])}, max(took) <= bar


async def steady(program, seconds):
    rate, results, calls = 120, [], []
    questions = different_questions()
    platform = Platform(Account(f"http://127.0.0.1:{program.port}/wechat/oa", TOKEN), "oLoad")
    begun = time.monotonic() + 0.2

    async def one(n, due):
        question, address = questions[n % len(questions)], f"203.0.113.{n % 250}"
        if n % 3 == 0:
            person = platform.as_user(f"oLoad{n}")
            query, body = person.envelope(person.inner("text", {"Content": question}, str(10**15 + n)))
            path = f"/wechat/oa?{urllib.parse.urlencode(query)}"
            call = post(program.port, path, body.encode(), "203.0.113.251", "text/xml")
        else:
            call = ask(program.port, question, address)
        status, _ = await call
        results.append((status, time.monotonic() - due))

    for n in range(int(rate * seconds)):
        due = begun + n / rate
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        calls.append(asyncio.create_task(one(n, due)))
    await asyncio.gather(*calls)
    took = sorted(1000 * seconds for _, seconds in results)
    statuses = [status for status, _ in results]
    p99 = took[int(0.99 * len(took))]
    figures = {"questions": len(took), "p50_ms": round(took[len(took) // 2], 1), "p99_ms": round(p99, 1),
               "statuses": {status: statuses.count(status) for status in sorted(set(statuses))}}
    return figures, p99 <= 150 and set(statuses) <= {200}


def measured(run, **settings):
    """The figures of `run` on a program of its own, once its vectors are there."""
    with tempfile.TemporaryDirectory() as folder:
        program = Program(folder, WENZHENG_LOG__FILTER="warn", **settings).start().wait_until_http()
        try:
            asyncio.run(warmed(program))
            return asyncio.run(run(program))
        finally:
            program.stop()


async def warmed(program):
    """Waits until a question is answered by meaning, when there is a model."""
    for n in range(20):
        await ask(program.port, "今年修哪几条高速", f"192.0.2.{n}")
        await asyncio.sleep(0.1)


def main(what, seconds="20"):
    wechat = {"WENZHENG_WECHAT_OA__TOKEN": TOKEN, "WENZHENG_WECHAT_OA__MODE": "plain"}
    runs = {
        "at-once": {"model": lambda: measured(at_once)},
        "alone": {"model": lambda: measured(lambda program: alone(program, 150)),
                  "words": lambda: measured(lambda program: alone(program, 60), WENZHENG_SEMANTIC__BACKEND="off")},
        "steady": {"model": lambda: measured(lambda program: steady(program, float(seconds)), **wechat)},
    }
    met = True
    for name, run in runs[what].items():
        figures, good = run()
        print(json.dumps({"run": what, "by": name, "met": good, **figures}, ensure_ascii=False))
        met = met and good
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
