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
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import steady  # noqa: E402
from channels import exchange, http_request  # noqa: E402
from support.program import REPOSITORY, Program  # noqa: E402

#: U+FDFA becomes eighteen characters when it is folded.
WIDEST = "\ufdfa"


def report():
    """The bundled report as one line."""
    text = (REPOSITORY / "corpus" / "tongwei" / "2024-work-report.md").read_text(encoding="utf-8")
    return "".join(text.split())


def long_questions(count):
    """`count` stretches of 500 characters of the report, all different, and two of the widest character."""
    text, drawn = report(), random.Random(7)
    starts = [drawn.randrange(len(text) - 500) for _ in range(count - 2)]
    return [text[start:start + 500] for start in starts] + [WIDEST * 500] * 2


def resident(process):
    """Megabytes in memory now and at most."""
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
    fields = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
    return tuple(int(fields[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM"))


async def ask(port, question, address):
    """The status of a question and the seconds it took; status 0 for a broken connection or no answer."""
    begun = time.monotonic()
    body = json.dumps({"question": question}).encode()
    reply = await exchange(port, http_request("/api/ask", body, address), 60)
    return reply.status or 0, reply.at - begun


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
    runs = {
        "at-once": {"model": lambda: measured(at_once)},
        "alone": {"model": lambda: measured(lambda program: alone(program, 150)),
                  "words": lambda: measured(lambda program: alone(program, 60), WENZHENG_SEMANTIC__BACKEND="off")},
        "steady": {"model": lambda: asyncio.run(steady.run(float(seconds)))},
    }
    met = True
    for name, run in runs[what].items():
        figures, good = run()
        print(json.dumps({"run": what, "by": name, "met": good, **figures}, ensure_ascii=False))
        met = met and good
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
