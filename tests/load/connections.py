#!/usr/bin/env python3
"""Connections that harm: does the service still say that it lives, and answer the next visitor?

    tests/load/connections.py [BINARY] [silent] [unread] [crawl] [callers]

Starts the program on a free port of this machine and nothing else; ends by itself after about two minutes.

silent   2,100 sockets that send nothing
unread   2,100 sockets that send 200 requests each and read nothing
crawl    as many as may wait besides, opened again as soon as they are turned away
callers  12,000 addresses within a minute, as a proxy reports them

While they are held, /healthz is asked over a new connection ten times a second. Exit status 1 when it took
longer than a second, when silent or unread sockets were not ended in time, or when pages were not served
within half a minute after the others were gone.
"""

import contextlib
import http.client
import json
import os
import resource
import socket
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from support.program import Program  # noqa: E402

SOCKETS = 2_100
HELD = 28  # seconds: longer than clients that read nothing are kept
BAR = 1.0  # seconds
PIPELINED = 200


def once(port, path="/healthz", headers=None, seconds=10.0):
    """Status and seconds of one request over a new connection."""
    begun = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)
    try:
        connection.request("GET", path, headers=headers or {})
        response = connection.getresponse()
        response.read()
        return response.status, time.monotonic() - begun
    except OSError:
        return 0, time.monotonic() - begun
    finally:
        connection.close()


class Watch(threading.Thread):
    """Asks whether the service lives."""

    def __init__(self, port):
        super().__init__(daemon=True)
        self.port, self.took, self.failed, self.over = port, [], 0, threading.Event()
        self.begun, self.worst = time.monotonic(), (0, 0)

    def run(self):
        while not self.over.wait(0.1):
            status, took = once(self.port)
            self.took.append(took)
            self.worst = max(self.worst, (took, time.monotonic() - self.begun))
            self.failed += status != 200


def open_sockets(port, count, sent=b""):
    """`count` connections, each of which was sent `sent` as far as it was taken."""
    held = []
    for _ in range(count):
        one = socket.socket()
        one.settimeout(5)
        with contextlib.suppress(OSError):
            one.connect(("127.0.0.1", port))
            one.setblocking(False)
            if sent:
                one.send(sent)
        held.append(one)
    return held


def hold(program, sent):
    """Holds the sockets and tells how long /healthz took meanwhile."""
    watch = Watch(program.port)
    watch.start()
    held = open_sockets(program.port, SOCKETS, sent)
    time.sleep(1)
    page, _ = once(program.port, "/terms")
    time.sleep(HELD)
    # They hold on, but their time was up.
    late, _ = once(program.port, "/terms")
    watch.failed += late != 200
    watch.over.set()
    watch.join()
    for one in held:
        one.close()
    return watch, f"/terms meanwhile: {page}, in the end: {late}"


def silent(program):
    return hold(program, b"")


def unread(program):
    requests = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n" * PIPELINED
    return hold(program, requests)


def crawl(program):
    """The places are taken, and silent newcomers knock without end."""
    held = open_sockets(program.port, SOCKETS)
    watch = Watch(program.port)
    watch.start()
    end, knocks = time.monotonic() + 12, 0
    newcomers = []
    while time.monotonic() < end:
        newcomers += open_sockets(program.port, 100)
        knocks += 100
        while len(newcomers) > 1_000:
            newcomers.pop(0).close()
    watch.over.set()
    watch.join()
    for one in held + newcomers:
        one.close()
    return watch, f"{knocks} newcomers"


def callers(program):
    """Each address asks for a completion, which is counted like a question."""
    watch = Watch(program.port)
    watch.start()
    connection = http.client.HTTPConnection("127.0.0.1", program.port, timeout=10)
    took, statuses = [], {}
    for n in range(12_000):
        begun = time.monotonic()
        address = f"203.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}"
        connection.request("GET", "/api/suggest?q=x", headers={"X-Forwarded-For": address})
        response = connection.getresponse()
        response.read()
        took.append(time.monotonic() - begun)
        statuses[response.status] = statuses.get(response.status, 0) + 1
    connection.close()
    watch.over.set()
    watch.join()
    first, last = statistics.median(took[1_000:2_000]), statistics.median(took[-1_000:])
    return watch, (f"{sum(took):.0f} s, statuses {statuses}; median of the second thousand "
                   f"{first * 1e3:.2f} ms, of the last {last * 1e3:.2f} ms")


def resident(program):
    """Mebibytes."""
    for line in Path(f"/proc/{program.process.pid}/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) // 1024
    return 0


def main():
    arguments = sys.argv[1:]
    cases = {case.__name__: case for case in (silent, unread, crawl, callers)}
    if arguments and arguments[0] not in cases:
        os.environ["WENZHENG_BIN"] = arguments.pop(0)
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    failed = False
    for name in arguments or cases:
        with tempfile.TemporaryDirectory() as folder:
            program = Program(folder, WENZHENG_LOG__FILTER="warn", WENZHENG_SEMANTIC__BACKEND="off")
            # It listens before it has read the corpus.
            program.start().wait_until_http()
            once(program.port)
            try:
                watch, more = cases[name](program)
                slowest = max(watch.took)
                deadline = time.monotonic() + 30
                while once(program.port, "/terms")[0] != 200 and time.monotonic() < deadline:
                    time.sleep(0.5)
                after, _ = once(program.port, "/terms")
                good = slowest <= BAR and not watch.failed and after == 200
                failed |= not good
                print(json.dumps({
                    "case": name, "good": good, "healthz asked": len(watch.took),
                    "failed": watch.failed, "slowest s": round(slowest, 3), "at s": round(watch.worst[1], 1),
                    "median s": round(statistics.median(watch.took), 4), "more": more,
                    "peak MiB": resident(program),
                }, ensure_ascii=False), flush=True)
            finally:
                program.stop()
    sys.exit(failed)


if __name__ == "__main__":
    main()
