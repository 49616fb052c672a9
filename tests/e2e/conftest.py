"""Worlds: an emulated Telegram and the real program in it."""

import os
import random
import string
import subprocess

import pytest

from support.program import Program
from support.telegram import HOOK, Emulator, Person, Tap

ADMIN = 99


class World:
    """The program, connected to its own bot."""

    def __init__(self, folder, mode="polling", **settings):
        # One emulator each: it takes 16 tokens at most.
        self.emulator = Emulator()
        letters = string.ascii_letters + string.digits
        secret = "".join(random.choices(letters, k=35))
        self.token = f"{random.randrange(10**8, 10**9)}:{secret}"
        self.tap = Tap(self.emulator, self.token)
        self.program = Program(folder, **{
            "TELOXIDE_TOKEN": self.token,
            "WENZHENG_TELEGRAM__API_URL": self.tap.url,
            "WENZHENG_TELEGRAM__MODE": mode,
            "WENZHENG_TELEGRAM__WEBHOOK_URL": self.tap.url + HOOK,
            "WENZHENG_ADMIN__TELEGRAM_USERS": str(ADMIN),
        } | settings)
        self.tap.program = self.program

    def start(self):
        self.tap.start()
        self.program.start()
        self.connected()
        return self

    def connected(self, seconds=60):
        assert self.tap.connected.wait(seconds), f"it does not connect:\n{self.program.log[-3000:]}"

    def person(self, user=7, chat=None):
        return Person(self.tap, user, chat)

    def stop(self):
        if self.program.running:
            status, _ = self.program.stop()
            assert status == 0, self.program.log[-3000:]
        self.tap.stop()
        self.emulator.stop()
        self.check_log()

    def check_log(self):
        """Holds for whatever was done in this world, at the most talkative level."""
        log = self.program.log
        assert self.token not in log and self.token.split(":")[1] not in log, "the token is logged"
        secret = (self.tap.webhook or {}).get("secret_token")
        assert secret is None or secret not in log, "the secret of the webhook is logged"
        assert "Zhangsan" not in log and "zhangsan_" not in log, "a name is logged"
        assert "Qunliao" not in log, "the title of a chat is logged"
        assert "panicked" not in log, "something panicked"


@pytest.fixture(scope="session")
def world(tmp_path_factory):
    """One world for all tests that leave it as it was."""
    world = World(tmp_path_factory.mktemp("world")).start()
    yield world
    world.stop()


@pytest.fixture
def new_world(tmp_path):
    """Makes a world of its own for tests that change it."""
    made = []

    def make(start=True, mode="polling", **settings):
        world = World(tmp_path, mode, **settings)
        made.append(world)
        return world.start() if start else world

    yield make
    for world in made:
        world.stop()
        assert world.tap.lint == []


@pytest.fixture
def lint(world):
    """Every message of a test is one that the real server takes."""
    since = len(world.tap.calls)
    yield
    calls = world.tap.calls[since:]
    assert [what for call in calls for what in call.lint] == []
    assert [f"{c.method} {c.status}" for c in calls if c.status >= 400] == []


_users = iter(range(1000, 9000))


@pytest.fixture
def person(world, lint):
    """Somebody nobody has heard of yet, in a private chat."""
    return world.person(next(_users))


@pytest.fixture
def member(world, lint):
    """The same in a group."""
    user = next(_users)
    return world.person(user, -1_000_000_000_000 - user)


@pytest.fixture(scope="session")
def program(tmp_path_factory):
    """The program without Telegram."""
    program = Program(tmp_path_factory.mktemp("program")).start().wait_until_http()
    yield program
    status, _ = program.stop()
    assert status == 0, program.log[-3000:]


@pytest.fixture(scope="session")
def postgres():
    """The server that tests/run names in POSTGRES_FOR_TESTS: runs SQL there, gives what psql prints."""
    server = os.environ.get("POSTGRES_FOR_TESTS")
    if not server:
        pytest.skip("POSTGRES_FOR_TESTS is not set: tests/run starts a PostgreSQL and sets it")

    def execute(sql, url=server):
        done = subprocess.run(
            ["psql", url, "--no-psqlrc", "--quiet", "--tuples-only", "--no-align",
             "--set=ON_ERROR_STOP=1", f"--command={sql}"],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=30)
        assert done.returncode == 0, f"{sql}\n{done.stderr}"
        return done.stdout.strip()

    execute.server = server
    return execute


@pytest.fixture
def postgres_url(postgres):
    """An empty database of its own, gone after the test."""
    name = "test_" + "".join(random.choices(string.ascii_lowercase, k=16))
    postgres(f"CREATE DATABASE {name}")
    # postgres://…/DATABASE?…; urlunsplit loses the // before an empty host.
    address, mark, parameters = postgres.server.partition("?")
    yield f"{address.rpartition('/')[0]}/{name}{mark}{parameters}"
    postgres(f"DROP DATABASE {name} WITH (FORCE)")
