"""Load on a WeChat callback, from a process of its own: how long replies take, and what is lost.

    python wechat_load.py URL TOKEN [REQUESTS_A_SECOND] [SECONDS]

The account is in plain mode. Pushes start on a clock, whether or not earlier ones were answered; each
comes from another person; every tenth is delivered three times at once. Prints one JSON object.
"""

import concurrent.futures
import json
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support.wechat import Account, Platform  # noqa: E402

QUESTIONS = ["今年修哪几条高速", "三抓三促是什么意思", "去年新增了多少个学位", "低保",
             "今年要硬化自然村组道路多少公里", "怎么修理安卓手机的屏幕"]


def main(url, token, rate=200, seconds=5):
    platform = Platform(Account(url, token), "oLoad")
    pushes = []
    for n in range(int(rate * seconds)):
        person = platform.as_user(f"oLoad{n}")
        fields = {"Content": QUESTIONS[n % len(QUESTIONS)]}
        deliveries = 3 if n % 10 == 0 else 1
        pushes += [(n, person, person.inner("text", fields, str(10**15 + n)))] * deliveries
    pushes = pushes[:int(rate * seconds)]
    times, replies, lost = [], {}, []
    lock = threading.Lock()
    shared = threading.local()

    def push(number, person, body, due):
        # Many persons, few connections, as from WeChat's servers.
        if not hasattr(shared, "local"):
            shared.local = person._local
        person._local = shared.local
        query, _ = person.envelope(body)
        got = person.read(*person.post(query, body))
        took = time.monotonic() - due
        with lock:
            times.append(took)
            if got["kind"] == "text" and not got["bad"]:
                replies.setdefault(number, []).append(got["text"])
            else:
                lost.append(got)

    begun = time.monotonic() + 0.1
    with concurrent.futures.ThreadPoolExecutor(64) as pool:
        for at, (number, person, body) in enumerate(pushes):
            due = begun + at / rate
            time.sleep(max(0, due - time.monotonic()))
            pool.submit(push, number, person, body, due)
    times.sort()
    quantile = lambda q: round(1000 * times[min(len(times) - 1, int(q * len(times)))], 1)  # noqa: E731
    print(json.dumps({
        "pushes": len(pushes), "people": len(replies), "lost": len(lost), "first_lost": lost[:1],
        "answered_differently": sum(len(set(texts)) > 1 for texts in replies.values()),
        "asked_a_second": rate, "reached_a_second": round(len(pushes) / (time.monotonic() - begun)),
        "p50_ms": quantile(0.5), "p99_ms": quantile(0.99), "max_ms": quantile(1),
    }, ensure_ascii=False))


if __name__ == "__main__":
    main(*sys.argv[1:3], *map(float, sys.argv[3:]))
