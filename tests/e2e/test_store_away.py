"""A store that is away: at the start, in the middle, or changed by another program. Answers go on, and nobody restarts
anything."""

import json
import subprocess
import time

import pytest

from support.program import REPOSITORY, Program, run

ROADS = "今年要硬化自然村组道路多少公里"
POSTGRES = REPOSITORY / "tests" / "support" / "postgres"
SETTINGS = {"WENZHENG_SEMANTIC__BACKEND": "off", "WENZHENG_LOG__FILTER": "info",
            "WENZHENG_ADMIN__REPLAY_SHIPPED": "false"}


@pytest.fixture
def server(tmp_path):
    """A PostgreSQL of its own: its address, and what halts and starts it."""
    if subprocess.run([POSTGRES, "installed"]).returncode:
        pytest.skip("PostgreSQL is not installed")
    # Root's own folders are closed to the user postgres.
    folder = f"/tmp/wenzheng-away-{tmp_path.parent.name}-{time.monotonic_ns()}"

    def does(what):
        done = subprocess.run([POSTGRES, what, folder], capture_output=True, text=True, timeout=90)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    does.url = does("start")
    yield does
    does("stop")


def program(folder, url, **settings):
    folder.mkdir(exist_ok=True)
    return Program(folder, **SETTINGS, WENZHENG_STORE__URL=url, **settings)


def start(program):
    program.start().wait_until_http()
    return ready(program)


def ready(program):
    return json.loads(program.request("GET", "/readyz")[2])


def admin(program, *words):
    """`wenzheng admin …` against the running program: what it prints."""
    done = run("admin", *words, folder=program.folder, **program.settings)
    return (done.stdout + done.stderr).strip()


def soon(what, seconds=60):
    """Once `what()` holds, what it gave."""
    end = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < end
        time.sleep(0.5)
    return found


def test_a_server_that_was_away_at_the_start_is_found_again(tmp_path, server):
    wz = program(tmp_path / "a", server.url)
    assert start(wz)["store"] == "ready"
    assert "第 2 版" in admin(wz, "synonym", "看病", "=", "就医")
    assert wz.stop()[0] == 0
    server("halt")
    page = start(wz)
    assert (page["store"], page["edition"]) == ("unreachable", 2)
    for command in (["rollback"], ["reload"], ["synonym", "低保", "=", "最低生活保障"]):
        assert "没有可用的数据库" in admin(wz, *command), command
    assert wz.ask(ROADS)["edition"] == 2
    server("again")
    soon(lambda: ready(wz)["store"] == "ready")
    # What is asked is kept again, and whoever may acts.
    assert wz.ask(ROADS)["edition"] == 2
    assert "第 3 版" in admin(wz, "rollback")
    assert wz.ask(ROADS)["edition"] == 3
    assert "看病 = 就医" in admin(wz, "audit")
    assert "记录完整" in admin(wz, "audit", "verify")
    assert wz.stop()[0] == 0


def test_a_first_start_without_the_server_serves_the_folder_until_it_comes(tmp_path, server):
    server("halt")
    wz = program(tmp_path / "a", server.url)
    page = start(wz)
    assert page["store"] == "unreachable" and "edition" not in page
    assert "150公里" in wz.ask(ROADS)["text"]
    server("again")
    soon(lambda: ready(wz)["store"] == "ready")
    assert wz.ask(ROADS)["edition"] == 1
    assert "第 2 版" in admin(wz, "synonym", "看病", "=", "就医")
    assert wz.stop()[0] == 0


def test_a_server_that_restarts_stops_no_answer(tmp_path, server):
    wz = program(tmp_path / "a", server.url)
    start(wz)
    assert "第 2 版" in admin(wz, "synonym", "看病", "=", "就医")
    server("halt")
    for _ in range(10):
        asked = time.monotonic()
        assert wz.ask(ROADS)["status"] == "answered"
        assert time.monotonic() - asked < 2
    refused = admin(wz, "rollback", "1")
    assert "连不上数据库" in refused and "什么都没有改动" in refused, refused
    soon(lambda: ready(wz)["store"] == "failing")
    server("again")
    soon(lambda: "第 3 版已生效" in admin(wz, "rollback", "1"))
    soon(lambda: ready(wz)["store"] == "ready")
    assert wz.ask(ROADS)["edition"] == 3
    assert "记录完整" in admin(wz, "audit", "verify")
    assert wz.stop()[0] == 0


def test_what_one_program_makes_live_another_of_the_same_server_serves(tmp_path, server):
    one, other = program(tmp_path / "a", server.url), program(tmp_path / "b", server.url)
    start(one)
    key = (one.folder / "data" / "secret.key").read_bytes()
    (other.folder / "data").mkdir(mode=0o700)
    (other.folder / "data" / "secret.key").write_bytes(key)
    (other.folder / "data" / "secret.key").chmod(0o600)
    assert start(other)["edition"] == 1
    assert "第 2 版" in admin(one, "synonym", "看病", "=", "就医")
    # Without waiting: an act looks first.
    assert "第 3 版" in admin(other, "synonym", "低保", "=", "最低生活保障")
    soon(lambda: ready(one)["edition"] == 3)
    assert one.ask(ROADS)["edition"] == 3
    assert "记录完整" in admin(one, "audit", "verify")
    assert one.stop()[0] == 0 and other.stop()[0] == 0
