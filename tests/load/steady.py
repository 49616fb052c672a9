"""As many questions a second as the program is meant to bear, over all its channels at once.

The clock does not wait for answers, and the time of a question counts from the moment it was due: whatever
holds up the script itself makes the figures worse, never better. How much that is, is measured and told.
"""

import asyncio
import gc
import json
import math
import os
import random
import re
import resource
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bot_api import BotApi
from channels import ANSWERED, ERROR, LOST, REFUSED, Mcp, Reply, Telegram, Web, Wechat, exchange
from support.program import REPOSITORY, Program

RATE = 120
BAR_MS = 150
#: The channels in turn. Telegram allows a bot 30 messages a second, and the bot keeps to that: it gets 20.
TURNS = ("http", "wechat", "telegram", "http", "wechat", "mcp")
#: A question that has no reply by then is lost, in seconds.
PATIENCE = 10
LONGEST = 60
#: The questions of the files come again behind these, when more are wanted than there are.
OPENINGS = ("", "请问", "您好，我想问一下，", "麻烦问一下")


def different_questions(count):
    """`count` questions, all different, that people ask without having asked before."""
    found = {}
    for file in sorted((REPOSITORY / "tests" / "quality").rglob("*.jsonl")):
        for line in filter(None, file.read_text(encoding="utf-8").splitlines()):
            record = json.loads(line)
            if "q" in record and not record.get("history"):
                found[record["q"]] = None
    found = list(found)
    # Kinds and places mixed, the same way each time.
    random.Random(7).shuffle(found)
    questions = [opening + question for opening in OPENINGS for question in found][:count]
    assert len(set(questions)) == count, f"there are only {len(set(questions))} different questions"
    return questions


@dataclass
class Asked:
    """A question, when it was due and sent, and its reply."""
    channel: str
    due: float
    sent: float = 0.0
    reply: Reply | None = None

    @property
    def took_ms(self):
        return 1000 * (self.reply.at - self.due)


def worked(process):
    """Seconds of a processor that a process has taken."""
    fields = Path(f"/proc/{process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Watch:
    """How long the script's own loop is busy with other things when something has happened, and who
    takes the processors."""
    STEP = 0.005

    def __init__(self, process):
        self.late, self.process = [], process
        self._begun, self._worked = time.monotonic(), (time.process_time(), worked(process))

    async def run(self):
        while True:
            due = time.monotonic() + self.STEP
            await asyncio.sleep(self.STEP)
            self.late.append(1000 * (time.monotonic() - due))

    def figures(self, asked):
        passed = time.monotonic() - self._begun
        own, its = self._worked
        sent_late = [1000 * (one.sent - one.due) for one in asked]
        return {"sent_late_p99_ms": quantile(sent_late, 0.99), "sent_late_max_ms": quantile(sent_late, 1),
                "loop_late_p99_ms": quantile(self.late, 0.99), "loop_late_max_ms": quantile(self.late, 1),
                "processors": round((time.process_time() - own) / passed, 2),
                "processors_of_the_program": round((worked(self.process) - its) / passed, 2)}


def quantile(values, share):
    """Nearest rank, one decimal; None of nothing."""
    values = sorted(values)
    return round(values[max(0, math.ceil(share * len(values)) - 1)], 1) if values else None


async def on_the_clock(channels, questions):
    """Asks them, `RATE` a second; all that came of it."""
    asked, running = [], []
    begun = time.monotonic() + 0.2

    async def one(n, channel, request, record):
        record.sent = time.monotonic()
        record.reply = await channel.ask(n, request)

    for n, question in enumerate(questions):
        record = Asked(TURNS[n % len(TURNS)], begun + n / RATE)
        channel = channels[record.channel]
        request = channel.request(n, question)
        asked.append(record)
        await asyncio.sleep(max(0.0, record.due - time.monotonic()))
        running.append(asyncio.create_task(one(n, channel, request, record)))
    await asyncio.gather(*running)
    return asked


def tally(asked, verdicts):
    """The figures of some questions."""
    took = [one.took_ms for one in asked]
    counts = {name: verdicts.count(name) for name in (ANSWERED, REFUSED, ERROR, LOST)}
    return {"questions": len(asked), **counts, "p50_ms": quantile(took, 0.5), "p99_ms": quantile(took, 0.99),
            "max_ms": quantile(took, 1)}


def metric(program, pattern):
    """The sum of the lines of /metrics that begin like `pattern`."""
    _, _, page = program.request("GET", "/metrics")
    return sum(float(line.rsplit(" ", 1)[1]) for line in page.splitlines() if re.match(pattern, line))


async def ready(program, bot_api):
    """Waits until it searches by meaning and Telegram knows it, then asks a little to warm it up."""
    end = time.monotonic() + 120
    while not await asyncio.to_thread(metric, program, r'wenzheng_semantic_state\{state="ready"\}'):
        assert program.running and time.monotonic() < end, f"it does not search by meaning:\n{program.log}"
        await asyncio.sleep(0.2)
    await asyncio.wait_for(bot_api.connected.wait(), 60)
    web = Web(program.port, PATIENCE)
    for n in range(20):
        request = web.request((1 << 17) - 1 - n, "今年修哪几条高速")
        await exchange(program.port, request, PATIENCE)
        await asyncio.sleep(0.05)


async def measure(program, bot_api, questions):
    channels = {"http": Web(program.port, PATIENCE), "wechat": Wechat(program.port, PATIENCE),
                "telegram": Telegram(program.port, PATIENCE, bot_api), "mcp": Mcp(program.port, PATIENCE)}
    name = "wenzheng_questions_total"
    before = await asyncio.to_thread(metric, program, name)
    gc.collect()
    gc.freeze()
    watch = Watch(program.process)
    watching = asyncio.create_task(watch.run())
    asked = await on_the_clock(channels, questions)
    watching.cancel()
    harness = watch.figures(asked)
    counted = await asyncio.to_thread(metric, program, name) - before
    verdicts = [channels[one.channel].verdict(n, one.reply) for n, one in enumerate(asked)]
    figures = tally(asked, verdicts) | {"counted_by_program": round(counted), "channels": {}}
    for channel in channels:
        mine = [n for n, one in enumerate(asked) if one.channel == channel]
        figures["channels"][channel] = tally([asked[n] for n in mine], [verdicts[n] for n in mine])
    figures["channels"]["telegram"]["messages"] = bot_api.messages
    return figures | {"harness": harness}


async def run(seconds):
    """The figures of `seconds` on a program of its own, and whether they are good enough."""
    assert 0 < seconds <= LONGEST, f"at most {LONGEST} seconds"
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    questions = different_questions(round(RATE * seconds))
    with tempfile.TemporaryDirectory() as folder:
        bot_api = await BotApi().start()
        settings = bot_api.settings | Wechat.SETTINGS
        program = Program(folder, WENZHENG_LOG__FILTER="warn", **settings).start()
        try:
            await asyncio.to_thread(program.wait_until_http)
            await ready(program, bot_api)
            figures = await measure(program, bot_api, questions)
        finally:
            await asyncio.to_thread(program.stop)
            bot_api.stop()
        complaints = [line for line in program.log.splitlines() if re.search(r"\b(WARN|ERROR)\b", line)]
        figures |= {"complaints": len(complaints), "first_complaint": complaints[0] if complaints else None}
    good = figures[ANSWERED] == len(questions) and figures["p99_ms"] <= BAR_MS
    return figures, good
