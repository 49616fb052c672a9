"""The real program, as a process."""

import http.client
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

from support.ports import free_port, wait_for_port

REPOSITORY = Path(__file__).resolve().parents[2]
#: Variables that would change what the program does or whom it talks to.
_FOREIGN = ("WENZHENG_", "TELOXIDE_", "RUST_LOG", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY",
            "http_proxy", "https_proxy", "all_proxy")


def binary():
    """The program under test: `WENZHENG_BIN`, else what `cargo build` leaves."""
    target = Path(os.environ.get("CARGO_TARGET_DIR", REPOSITORY / "target"))
    path = Path(os.environ.get("WENZHENG_BIN", target / "debug" / "wenzheng"))
    assert path.exists(), f"{path} is missing: run tests/run, or cargo build"
    return path


def clean_environment(**settings):
    """The environment without settings of this machine, with those given."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_FOREIGN)}
    return kept | settings


class Program:
    """`wenzheng serve` in a folder of its own, with a copy of the corpus in it."""

    def __init__(self, folder, **settings):
        self.folder = Path(folder)
        self.corpus = self.folder / "corpus"
        if not self.corpus.exists():
            shutil.copytree(REPOSITORY / "corpus", self.corpus)
        self.report = self.corpus / "tongwei" / "2024-work-report.md"
        self.port = free_port()
        self.log_file = self.folder / "log.txt"
        self.settings = {
            "WENZHENG_HTTP__LISTEN": f"127.0.0.1:{self.port}",
            "WENZHENG_CORPUS__DIR": str(self.corpus),
            "WENZHENG_DATA__DIR": str(self.folder / "data"),
            "WENZHENG_LOG__FILTER": "trace",
        } | settings
        self.process = None

    def start(self):
        self.process = subprocess.Popen(
            [binary(), "serve"], cwd=self.folder, env=clean_environment(**self.settings),
            stdin=subprocess.DEVNULL, stdout=self.log_file.open("ab"), stderr=subprocess.STDOUT)
        return self

    def wait_until_http(self):
        wait_for_port(self.port)
        return self

    @property
    def running(self):
        return self.process is not None and self.process.poll() is None

    @property
    def log(self):
        return self.log_file.read_text(encoding="utf-8", errors="replace")

    def wait_for_log(self, words, seconds=15):
        """Returns once `words` are in the log."""
        end = time.monotonic() + seconds
        while words not in self.log:
            assert self.running, f"the program ended:\n{self.log[-2000:]}"
            assert time.monotonic() < end, f"{words!r} was not logged within {seconds} s"
            time.sleep(0.05)

    def stop(self, sent=signal.SIGTERM):
        """Ends it with a signal: its exit status and the seconds it took."""
        begun = time.monotonic()
        self.process.send_signal(sent)
        try:
            status = self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError("it did not stop within 20 s") from None
        return status, time.monotonic() - begun

    def request(self, method, path, body=None, headers=None):
        """One HTTP request: status, headers, body as text."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = dict(headers or {})
        if body is not None and not isinstance(body, (str, bytes)):
            body = json.dumps(body, ensure_ascii=False).encode()
            headers.setdefault("content-type", "application/json")
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            return response.status, dict(response.getheaders()), response.read().decode()
        finally:
            connection.close()

    def stored(self, sql):
        """What a query of its store gives."""
        database = sqlite3.connect(f"file:{self.folder}/data/store.db?mode=ro", uri=True, timeout=10)
        try:
            return database.execute(sql).fetchall()
        finally:
            database.close()

    def ask(self, question):
        """The record that POST /api/ask gives."""
        status, _, body = self.request("POST", "/api/ask", {"question": question})
        assert status == 200, body
        return json.loads(body)


def run(*arguments, folder, stdin="", wrap=(), **settings):
    """Runs a command of the program to its end."""
    return subprocess.run([*wrap, binary(), *arguments], cwd=folder, input=stdin, text=True,
                          capture_output=True, timeout=60, env=clean_environment(**settings))
