"""The program under comparison, as a process."""

import contextlib
import hashlib
import http.client
import json
import os
import signal
import socket
import subprocess
import time
from pathlib import Path

from mask import mask

#: Variables that would change what the program does or whom it talks to.
_FOREIGN = ("WENZHENG_", "TELOXIDE_", "RUST_", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY",
            "http_proxy", "https_proxy", "all_proxy")
BY_WORDS = {"WENZHENG_SEMANTIC__BACKEND": "off"}


def digest(path):
    """The hash of a file, 12 digits."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:12]


def keep(path, content):
    """Writes a file so that nobody reads half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    writing = path.with_name(f"{path.name}.{os.getpid()}")
    writing.write_bytes(content)
    writing.rename(path)


def environment(**settings):
    """The environment without settings of this machine, with those given."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_FOREIGN)}
    return kept | {"LANG": "C.UTF-8", "TZ": "UTC", "COLUMNS": "100", "NO_COLOR": "1"} | settings


class Binary:
    """One build, with a folder to run in. It is always called `wenzheng`, since it prints its name."""

    def __init__(self, path, folder):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "bin").mkdir(exist_ok=True)
        self.path = self.folder / "bin" / "wenzheng"
        with contextlib.suppress(FileNotFoundError):
            self.path.unlink()
        self.path.symlink_to(Path(path).resolve())

    def run(self, *arguments, stdin="", **settings):
        """Runs a command to its end: exit status, standard output, standard error."""
        ended = subprocess.run([self.path, *map(str, arguments)], cwd=self.folder,
                               input=stdin.encode(), capture_output=True, timeout=900,
                               env=environment(**settings))
        out, err = (mask(stream.decode("utf-8", "replace")) for stream in (ended.stdout, ended.stderr))
        return ended.returncode, out, err

    def shown(self, *arguments, stdin="", **settings):
        """What a command shows, as one text."""
        status, out, err = self.run(*arguments, stdin=stdin, **settings)
        return f"exit status {status}\n{out}--- standard error\n{err}"


def free_port():
    """A port nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """`wenzheng serve`, until the `with` block ends."""

    def __init__(self, binary, data, **settings):
        self.port = free_port()
        self.log = (binary.folder / "serve.log").open("wb")
        self.process = subprocess.Popen(
            [binary.path, "serve"], cwd=binary.folder, stdin=subprocess.DEVNULL,
            stdout=self.log, stderr=self.log,
            env=environment(WENZHENG_HTTP__LISTEN=f"127.0.0.1:{self.port}",
                            WENZHENG_DATA__DIR=str(data),
                            WENZHENG_ANSWER__QUESTIONS_PER_MINUTE="100000", **settings))

    def __enter__(self):
        end = time.monotonic() + 600
        while True:
            if self.process.poll() is not None:
                raise RuntimeError(f"serve ended with {self.process.returncode}: {self.log.name}")
            with contextlib.suppress(OSError):
                state = json.loads(self.connection().get("/readyz")[2])["semantic"]["state"]
                # Until then questions are answered by words alone; it is "off" before it begins.
                if state in ("ready", "failed"):
                    return self
            if time.monotonic() > end:
                raise RuntimeError("serve was not ready within 10 minutes")
            time.sleep(0.1)

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()

    def connection(self):
        """A connection of its own, for one thread."""
        return Connection(self.port)


class Connection:
    """HTTP requests one after the other."""

    def __init__(self, port):
        self.http = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def request(self, method, path, body=None, headers=()):
        """Status, headers, body as text."""
        headers = dict(headers)
        if body is not None and not isinstance(body, (str, bytes)):
            body = json.dumps(body, ensure_ascii=False)
            headers.setdefault("content-type", "application/json")
        if isinstance(body, str):
            body = body.encode()
        self.http.request(method, path, body, headers)
        response = self.http.getresponse()
        raw = response.read()
        if response.status >= 400:
            # A body that was refused unread ends the connection.
            self.http.close()
        try:
            text = raw.decode()
        except UnicodeDecodeError:
            text = hashlib.sha256(raw).hexdigest()
        return response.status, response.getheaders(), text

    def get(self, path, headers=()):
        """`GET path`"""
        return self.request("GET", path, headers=headers)
