"""The console beside those who ask.

    python3 tests/load/console.py million STORE [RATE] | sign-ins

`million` serves a copy of STORE, which `tests/it/figures_of_a_million.rs` leaves. See README.md beside it; runs in the
environment of the end-to-end tests.
"""

import asyncio
import json
import re
import shutil
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from steady import different_questions  # noqa: E402
from store import Load, serving  # noqa: E402
from support.console import Visitor, invite  # noqa: E402

#: What a look at a page may take.
PAGE_MS = 500
#: Looks at each page alone, and seconds of questions with and without somebody looking.
LOOKS, SECONDS = 20, 20
PAGES = {
    "overview": "/admin?days=90",
    "overview_of_a_place": "/admin?days=90&place=%E9%80%9A%E6%B8%AD%E5%8E%BF",
    "topics": "/admin/questions",
    "topics_further_on": "/admin/questions?offset=400",
}


def wait_for_meaning(program):
    while json.loads(program.request("GET", "/readyz")[2])["semantic"]["state"] != "ready":
        time.sleep(0.2)


def look(owner, path):
    begun = time.monotonic()
    status, _, page = owner.get(path)
    assert status == 200, page
    return 1000 * (time.monotonic() - begun)


async def beside(program, owner, questions, rate):
    """Questions while somebody opens one page after the other: the figures of both."""
    load, looks = Load(program, questions), []
    asking = asyncio.create_task(load.for_seconds(SECONDS, rate))
    while not asking.done():
        for path in PAGES.values():
            looks.append(await asyncio.to_thread(look, owner, path))
    await asking
    return load.figures(), {"looks": len(looks), "max_ms": round(max(looks))}


def million(store, rate="20", *_):
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder, "data")
        data.mkdir(mode=0o700)
        shutil.copy(store, data / "store.db")
        (data / "store.db").chmod(0o600)
        program = serving(folder)
        wait_for_meaning(program)
        owner = Visitor(program)
        owner.enter(invite(program))
        # What the program does with a log that it has not seen is over by then.
        time.sleep(30)
        alone = {}
        for name, path in PAGES.items():
            took = sorted(look(owner, path) for _ in range(LOOKS))
            alone[name] = {"p50_ms": round(took[LOOKS // 2]), "max_ms": round(took[-1])}
        questions = different_questions(1000)
        quiet = Load(program, questions)
        asyncio.run(quiet.for_seconds(SECONDS, float(rate)))
        asked, looked = asyncio.run(beside(program, owner, questions, float(rate)))
        megabytes = sum(file.stat().st_size for file in data.glob("store.db*")) / 1e6
        program.stop()
    figures = {"pages": alone, "asked_alone": quiet.figures(), "asked_beside": asked, "pages_beside": looked,
               "store_mb": round(megabytes)}
    slow = [name for name, took in alone.items() if took["max_ms"] > PAGE_MS]
    return figures, not slow and asked["p99_ms"] <= 300 and not asked["refused"] and megabytes <= 1000


def sign_ins(*_):
    """A hundred sign-ins at once, with the model loaded."""
    with tempfile.TemporaryDirectory() as folder:
        program = serving(folder, WENZHENG_ADMIN__ALLOW="127.0.0.0/8,10.0.0.0/8", WENZHENG_ADMIN__PLAIN_HTTP="true")
        wait_for_meaning(program)
        owner = Visitor(program)
        owner.enter(invite(program))
        password = "a long enough password"
        owner.send("/admin/me", {"what": "password", "new": password, "again": password})

        def one(n):
            visitor = Visitor(program, **{"X-Forwarded-For": f"10.0.{n}.1"})
            form = {"name": "王科长", "password": password, "code": ""}
            return visitor.request("POST", "/admin/sign-in", form)[0]

        with ThreadPoolExecutor(100) as crowd:
            statuses = list(crowd.map(one, range(100)))
        status = Path("/proc", str(program.process.pid), "status").read_text()
        program.stop()
    resident = {name: round(int(re.search(rf"{name}:\s+(\d+)", status).group(1)) / 1024) for name in ("VmHWM", "VmRSS")}
    figures = {"statuses": {status: statuses.count(status) for status in set(statuses)},
               "peak_mb": resident["VmHWM"], "after_mb": resident["VmRSS"]}
    return figures, resident["VmHWM"] <= 250 and statuses.count(303) >= 20


def main():
    what, *arguments = sys.argv[1:] or ["sign-ins"]
    figures, good = {"million": million, "sign-ins": sign_ins}[what](*arguments)
    print(json.dumps(figures, ensure_ascii=False))
    sys.exit(not good)


if __name__ == "__main__":
    main()
