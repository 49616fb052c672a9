"""Disks and files: what is kept is checked, and what the corpus lacks is said."""

import json
import os
import random
import shutil
import stat
import subprocess
import time
from urllib.parse import quote

import pytest

from support.program import Program, run

#: Single bits flipped, one a start; 2,000 before a release.
FLIPS = int(os.environ.get("WENZHENG_FLIPS", "100"))
QUESTIONS = ("今年修哪几条高速", "甲县今年新架桥梁多少座", "三抓三促是什么意思", "红烧肉怎么做")
BRIDGES = """---
title: 甲县2024年政府工作报告
place: 甲县
year: 2024
---
## 2024年重点工作

新架桥梁{bridges}座，改造老旧小区12个。
"""
BROKEN = "---\ntitle: 某县政府工作报告\n---\n\n正文。\n"


@pytest.fixture
def program(tmp_path):
    """The program with two reports, not yet started."""
    program = Program(tmp_path)
    program.bridges = program.corpus / "jia" / "2024.md"
    program.bridges.parent.mkdir()
    program.bridges.write_text(BRIDGES.format(bridges=3), encoding="utf-8")
    yield program
    if program.running:
        program.stop()


def ready(program, until=lambda page: True):
    """The status of /readyz and what it says, once search by meaning is complete and `until` holds."""
    end = time.monotonic() + 30
    while True:
        status, _, body = program.request("GET", "/readyz")
        page = json.loads(body)
        if page["semantic"]["state"] == "ready" and until(page):
            return status, page
        assert time.monotonic() < end, page
        time.sleep(0.02)


def metric(program, line):
    """The value of a line of /metrics."""
    page = program.request("GET", "/metrics")[2]
    values = [row.rsplit(" ", 1)[1] for row in page.splitlines() if row.startswith(line + " ")]
    assert len(values) == 1, (line, page)
    return int(values[0])


def start(program):
    program.start().wait_until_http()
    return ready(program)[1]


def restart(program):
    assert program.stop()[0] == 0
    return start(program)


def answers(program):
    """What is answered, without what no two answers share."""
    told = []
    for question in QUESTIONS:
        answer = program.ask(question) | {"answer_id": None, "took_us": None, "edition": None}
        answer["display"] = answer["display"] | {"vote_on": None}
        told.append(json.dumps(answer, sort_keys=True))
    return told


def says(program, words):
    query = quote("新架桥梁多少座")
    status, _, found = program.request("GET", f"/api/search?q={query}&limit=3")
    assert status == 200, found
    return words in found


def test_a_flipped_bit_changes_no_answer_and_refuses_no_start(program, tmp_path):
    start(program)
    before = answers(program)
    assert program.stop()[0] == 0
    data, good = tmp_path / "data", tmp_path / "good"
    data.rename(good)
    files = sorted(file.relative_to(good) for file in good.rglob("*") if file.is_file())
    files = [file for file in files if (good / file).stat().st_size]
    assert any(file.name == "meta.json" for file in files)
    seed = int(os.environ.get("WENZHENG_SEED", "15"))
    chosen = random.Random(seed)
    for n in range(FLIPS):
        shutil.copytree(good, data)
        file = chosen.choice(files)
        content = bytearray((data / file).read_bytes())
        at = chosen.randrange(len(content) * 8)
        content[at // 8] ^= 1 << at % 8
        (data / file).write_bytes(content)
        flipped = f"flip {n} of seed {seed}: bit {at} of {file}"
        program.start()
        try:
            program.wait_until_http()
            ready(program)
            assert answers(program) == before, flipped
        except (AssertionError, OSError) as error:
            raise AssertionError(f"{flipped}\n{program.log[-1500:]}") from error
        finally:
            program.process.kill()
            program.process.wait()
        shutil.rmtree(data)
        program.log_file.unlink()


def test_what_is_kept_is_for_this_account_only(program, tmp_path):
    old = os.umask(0o022)
    try:
        start(program)
    finally:
        os.umask(old)
    answers(program)
    assert program.stop()[0] == 0
    data = tmp_path / "data"
    for path in [data, *data.rglob("*")]:
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600), (path, oct(mode))


def test_while_a_file_has_errors_a_start_serves_exactly_what_was_served_last(program):
    start(program)
    version = ready(program)[1]["corpus_version"]
    # One file is broken, another was edited meanwhile: neither is taken, nor is the edit.
    program.bridges.write_text(BRIDGES.format(bridges=4), encoding="utf-8")
    broken = program.corpus / "yi" / "2024.md"
    broken.parent.mkdir()
    broken.write_text(BROKEN, encoding="utf-8")
    page = restart(program)
    assert (page["status"], page["corpus_version"]) == ("degraded", version)
    assert page["corpus"] == {"serves": "last_whole", "errors": 1, "files": ["yi/2024.md"]}
    assert metric(program, 'wenzheng_corpus_degraded{serves="last_whole"}') == 1
    assert says(program, "3座") and not says(program, "4座")
    assert str(program.corpus) not in json.dumps(page)
    # Again, and when the whole folder is away.
    assert restart(program)["corpus_version"] == version
    program.corpus.rename(program.folder / "away")
    page = restart(program)
    assert (page["corpus_version"], page["corpus"]["files"]) == (version, ["."])
    (program.folder / "away").rename(program.corpus)
    broken.unlink()
    page = restart(program)
    assert page["status"] == "ready" and "corpus" not in page
    assert says(program, "4座")


def test_where_nothing_was_served_before_the_files_without_error_are(program):
    broken = program.corpus / "yi.md"
    broken.write_text(BROKEN, encoding="utf-8")
    page = start(program)
    assert (page["status"], page["documents"]) == ("degraded", 2)
    assert page["corpus"] == {"serves": "sound_files", "errors": 1, "files": ["yi.md"]}
    assert says(program, "3座")
    asked = run("ask", "甲县架了几座桥", folder=program.folder, **program.settings)
    assert asked.returncode != 0 and "yi.md" in asked.stderr, "a command says what is wrong"


def test_a_folder_that_was_served_is_never_replaced_by_the_report_inside_the_program(program):
    del program.settings["WENZHENG_CORPUS__DIR"]
    (program.corpus / "tongwei" / "2024-work-report.md").unlink()
    start(program)
    program.corpus.rename(program.folder / "away")
    page = restart(program)
    assert (page["status"], page["documents"]) == ("degraded", 1)
    assert says(program, "3座") and page["corpus"]["files"] == ["."]
    assert program.stop()[0] == 0
    # Nothing is known of it any more: it is said that the program helps itself.
    shutil.rmtree(program.folder / "data")
    assert start(program)["status"] == "ready"
    assert "no folder corpus/" in program.log


def test_an_edit_that_keeps_size_and_time_is_seen(program):
    start(program)
    assert says(program, "3座")
    was = program.bridges.stat()
    program.bridges.write_text(BRIDGES.format(bridges=5), encoding="utf-8")
    os.utime(program.bridges, ns=(was.st_atime_ns, was.st_mtime_ns))
    assert program.bridges.stat().st_size == was.st_size
    restart(program)
    assert says(program, "5座")


@pytest.fixture
def small_disk(tmp_path):
    """A folder on a disk of one megabyte."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder],
                             capture_output=True, text=True)
    if mounted.returncode:
        pytest.skip(f"a disk cannot be mounted here: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def test_on_a_full_disk_answers_go_on_and_what_is_not_written_is_counted(program, small_disk):
    start(program)
    before = answers(program)
    assert program.stop()[0] == 0
    program.settings["WENZHENG_DATA__DIR"] = str(small_disk / "data")
    with pytest.raises(OSError), (small_disk / "full").open("wb", buffering=0) as full:
        while True:
            full.write(bytes(4096))
    page = start(program)
    assert answers(program) == before
    page = ready(program, lambda page: page.get("unwritten"))[1]
    assert page["status"] == "ready" and set(page["unwritten"]) >= {"documents", "index"}
    assert metric(program, 'wenzheng_unwritten_total{kept="index"}') > 0
    assert "not written to disk" in program.log
    # With room again, everything is kept.
    assert program.stop()[0] == 0
    subprocess.run(["mount", "-o", "remount,size=64m", small_disk], check=True)
    page = start(program)
    assert answers(program) == before and "unwritten" not in page


def admin(program, *words):
    """`wenzheng admin …` against the running program: what it prints."""
    done = run("admin", *words, folder=program.folder, **program.settings)
    return (done.stdout + done.stderr).strip()


def test_on_a_read_only_disk_the_last_edition_is_served(program, small_disk):
    subprocess.run(["mount", "-o", "remount,size=64m", small_disk], check=True)
    program.settings["WENZHENG_DATA__DIR"] = str(small_disk / "data")
    edition = start(program)["edition"]
    before = answers(program)
    assert program.stop()[0] == 0
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    page = start(program)
    assert (page["store"], page["edition"]) == ("read_only", edition)
    assert answers(program) == before
    # What the folder has changed cannot be written down, and waits.
    program.bridges.write_text(BRIDGES.format(bridges=6), encoding="utf-8")
    page = restart(program)
    assert (page["store"], page["edition"]) == ("read_only", edition)
    assert says(program, "3座") and not says(program, "6座")
    # It can be written again: the store is found without a restart, and takes what waits.
    subprocess.run(["mount", "-o", "remount,rw", small_disk], check=True)
    ready(program, lambda page: page["store"] == "ready")
    assert says(program, "6座")
    assert ready(program)[1]["edition"] == edition + 1
    end = time.monotonic() + 20
    while "记录完整" not in (told := admin(program, "audit", "verify")):
        assert time.monotonic() < end, told
        time.sleep(0.5)


@pytest.mark.parametrize("killed", [False, True])
def test_a_disk_that_becomes_full_loses_no_act(program, small_disk, killed):
    """Killed, SQLite's index of its log is left and the store opens, though nothing can be written; without that index it
    can only be read."""
    program.settings |= {"WENZHENG_DATA__DIR": str(small_disk / "data"),
                         "WENZHENG_SEMANTIC__BACKEND": "off", "WENZHENG_ADMIN__REPLAY_SHIPPED": "false"}
    subprocess.run(["mount", "-o", "remount,size=64m", small_disk], check=True)
    program.start().wait_until_http()
    state = lambda: json.loads(program.request("GET", "/readyz")[2])
    assert state()["store"] == "ready"
    assert "第 2 版" in admin(program, "synonym", "看病", "=", "就医")

    def fill():
        with pytest.raises(OSError), (small_disk / "full").open("ab", buffering=0) as full:
            while True:
                full.write(bytes(4096))

    fill()
    acknowledged, refused = 2, None
    for n in range(40):
        told = admin(program, "synonym", f"词语{n}", "=", "就医")
        if "版已生效" not in told:
            refused = told
            break
        acknowledged += 1
        fill()
    assert refused and "硬盘满了" in refused and "什么都没有改动" in refused, refused
    for command in (["rollback", "1"], ["notice", "停水"]):
        assert "硬盘满了" in admin(program, *command), command
    program.bridges.write_text(BRIDGES.format(bridges=9), encoding="utf-8")
    assert "硬盘满了" in admin(program, "reload")
    assert says(program, "3座") and state()["edition"] == acknowledged
    if killed:
        program.process.kill()
        program.process.wait()
    else:
        assert program.stop()[0] == 0
        (small_disk / "data" / "store.db-shm").unlink(missing_ok=True)
    fill()
    program.start().wait_until_http()
    page = state()
    assert page["edition"] == acknowledged, page
    assert page["store"] == ("ready" if killed else "read_only"), page
    assert says(program, "3座")
    told = admin(program, "rollback", "1")
    assert "没有可用的数据库" in told or "硬盘满了" in told, told
    (small_disk / "full").unlink()
    end = time.monotonic() + 60
    while state()["store"] != "ready":
        assert time.monotonic() < end, state()
        time.sleep(0.5)
    live = state()["edition"]
    assert live >= acknowledged
    assert f"第 {live + 1} 版已生效" in admin(program, "rollback", "1")
    assert "记录完整" in admin(program, "audit", "verify")
    audit = admin(program, "audit")
    assert audit.count("词语") >= min(acknowledged - 2, 10), audit
