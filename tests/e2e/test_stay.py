"""What the program lives through: logs that cannot be written, signals, and who may tell it what."""

import json
import os
import pty
import signal
import socket
import sqlite3
import stat
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from support.ports import free_port
from support.program import Program, binary, clean_environment

QUESTION = "高血压买药能多报多少"
ESCAPE = "\x1b["


@pytest.fixture
def program(tmp_path):
    program = Program(tmp_path, WENZHENG_SEMANTIC__BACKEND="off", WENZHENG_LOG__FILTER="info",
                      WENZHENG_ADMIN__REPLAY_SHIPPED="false")
    yield program
    if program.running:
        program.stop()


def started(program, stderr, **settings):
    """The program with its log somewhere else, and ready."""
    environment = clean_environment(**program.settings | settings)
    program.process = subprocess.Popen([binary(), "serve"], cwd=program.folder, env=environment,
                                       stdin=subprocess.DEVNULL, stdout=stderr, stderr=stderr)
    program.wait_until_http()


def ready(program):
    """Started, and past the loading of its corpus, before which nobody is let in anywhere."""
    program.start().wait_until_http()
    assert program.request("GET", "/readyz")[0] == 200


def metric(program, name):
    _, _, page = program.request("GET", "/metrics")
    return next(float(line.split()[1]) for line in page.splitlines() if line.startswith(name + " "))


def reload(program, **settings):
    return subprocess.run([binary(), "reload"], cwd=program.folder, capture_output=True, text=True,
                          env=clean_environment(**program.settings | settings), timeout=60)


def add_report(program, year=2023):
    report = program.report.read_text(encoding="utf-8")
    copy = program.report.with_name(f"{year}-work-report.md")
    copy.write_text(report.replace("year: 2024", f"year: {year}", 1), encoding="utf-8")


def documents(program):
    return json.loads(program.request("GET", "/readyz")[2])["documents"]


def until(true, seconds=15):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "not in time"
        time.sleep(0.05)


def asks_three_times(program):
    for _ in range(3):
        assert program.ask(QUESTION)["citations"]


@pytest.mark.parametrize("form", ["text", "json", "auto"])
def test_a_log_whose_reader_went_away_costs_lines_and_nothing_else(program, form):
    read, write = os.pipe()
    started(program, write, WENZHENG_LOG__FORMAT=form)
    os.close(write)
    os.close(read)
    asks_three_times(program)
    until(lambda: metric(program, "wenzheng_log_lines_lost_total") >= 3)
    assert program.stop()[0] == 0


def test_a_log_on_a_full_disk_costs_lines_and_nothing_else(program):
    with open("/dev/full", "w") as full:
        started(program, full)
    asks_three_times(program)
    until(lambda: metric(program, "wenzheng_log_lines_lost_total") >= 3)
    assert program.stop()[0] == 0


def test_a_log_that_nobody_reads_delays_nobody(program):
    read, write = os.pipe()
    started(program, write, WENZHENG_LOG__FILTER="trace")
    os.close(write)
    # More than a pipe and the queue before it hold.
    end = time.monotonic() + 60
    while metric(program, "wenzheng_log_lines_lost_total") == 0:
        assert time.monotonic() < end, "it is all kept somewhere"
        for _ in range(20):
            assert program.request("GET", "/healthz")[0] == 200
    assert program.stop()[1] < 10
    os.close(read)


def test_a_log_in_a_file_is_json_and_without_escape_codes(program):
    started(program, program.log_file.open("ab"), WENZHENG_LOG__FORMAT="auto")
    asks_three_times(program)
    program.stop()
    assert ESCAPE not in program.log
    lines = [line for line in program.log.splitlines() if not line.startswith("网页：")]
    assert len(lines) > 3
    assert all("level" in json.loads(line) for line in lines)


def test_a_log_in_a_file_may_be_text_still_without_escape_codes(program):
    started(program, program.log_file.open("ab"), WENZHENG_LOG__FORMAT="text")
    asks_three_times(program)
    program.stop()
    assert "question answered" in program.log
    assert ESCAPE not in program.log and '"level"' not in program.log


@pytest.mark.parametrize(("form", "plain"), [("auto", ""), ("auto", "1"), ("json", "")])
def test_a_log_on_a_terminal_is_text_in_colours_unless_told_otherwise(program, form, plain):
    ours, theirs = pty.openpty()
    started(program, theirs, WENZHENG_LOG__FORMAT=form, NO_COLOR=plain, TERM="xterm")
    os.close(theirs)
    seen = b""
    while b"corpus ready" not in seen:
        seen += os.read(ours, 65536)
    assert (ESCAPE.encode() in seen) == (form == "auto" and not plain)
    assert (b'"level"' in seen) == (form == "json")
    program.stop()
    os.close(ours)


@pytest.mark.parametrize("sent", [signal.SIGUSR1, signal.SIGUSR2, signal.SIGPIPE])
def test_a_signal_that_means_nothing_does_nothing(program, sent):
    ready(program)
    program.process.send_signal(sent)
    time.sleep(0.3)
    asks_three_times(program)
    assert program.stop()[0] == 0


def test_sighup_reloads_and_the_log_says_so(program):
    ready(program)
    add_report(program)
    program.process.send_signal(signal.SIGHUP)
    until(lambda: documents(program) == 2)
    program.wait_for_log("reload done")
    line = next(line for line in program.log.splitlines() if "reload done" in line)
    assert json.loads(line)["fields"]["channel"] == "signal"


def test_reload_tells_a_running_server_and_says_what_became_of_it(program):
    ready(program)
    add_report(program)
    told = reload(program)
    assert told.returncode == 0 and "现在共 2 份文件" in told.stdout, told
    assert documents(program) == 2
    uid = os.getuid()
    assert f'"uid":{uid}' in program.log and "reload asked for" in program.log
    program.report.write_text("no report", encoding="utf-8")
    told = reload(program)
    assert told.returncode == 1 and "2024-work-report.md" in told.stderr, told
    assert documents(program) == 2


def test_reload_without_a_server_says_where_it_looked(program, tmp_path):
    told = reload(program)
    assert told.returncode == 1 and "没有找到正在运行的服务" in told.stderr
    ready(program)
    elsewhere = tmp_path / "elsewhere"
    told = reload(program, WENZHENG_DATA__DIR=str(elsewhere))
    assert told.returncode == 1 and str(elsewhere) in told.stderr and "--config" in told.stderr


def test_after_a_kill_the_socket_is_replaced_and_a_second_server_is_refused(program, tmp_path):
    ready(program)
    program.stop(signal.SIGKILL)
    sock = program.folder / "data" / "admin.sock"
    assert sock.exists()
    ready(program)
    assert stat.S_IMODE(sock.stat().st_mode) == 0o600
    second = Program(tmp_path, **program.settings | {"WENZHENG_HTTP__LISTEN": f"127.0.0.1:{(port := free_port())}"})
    second.port, second.log_file = port, tmp_path / "second.txt"
    assert second.start().process.wait(20) == 1
    assert "正被另一个 wenzheng 使用" in second.log
    assert "没有变化" in reload(program).stdout


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become somebody else")
def test_another_user_is_refused(program):
    ready(program)
    data = program.folder / "data"
    for folder in [data, *data.parents]:
        if str(folder).startswith("/tmp/"):
            folder.chmod(folder.stat().st_mode | 0o055)
    read, write = os.pipe()
    if os.fork() == 0:
        outcome = b"let in"
        try:
            os.setgid(65534)
            os.setuid(65534)
            with socket.socket(socket.AF_UNIX) as connection:
                connection.connect(str(data / "admin.sock"))
        except PermissionError:
            outcome = b"refused"
        finally:
            os.write(write, outcome)
            os._exit(0)
    os.wait()
    assert os.read(read, 100) == b"refused"
    # Should the mode of the file be widened, the server still asks who it is.
    (data / "admin.sock").chmod(0o666)
    if os.fork() == 0:
        answer = b""
        try:
            os.setgid(65534)
            os.setuid(65534)
            with socket.socket(socket.AF_UNIX) as connection:
                connection.connect(str(data / "admin.sock"))
                connection.sendall(b'{"v":1,"do":"reload"}\n')
                answer = connection.recv(4096)
        finally:
            os.write(write, answer)
            os._exit(0)
    os.wait()
    assert json.loads(os.read(read, 4096))["error"] == "not_allowed"
    program.wait_for_log("administration refused")
    assert '"uid":65534' in program.log


def test_a_watched_folder_is_reloaded_and_a_growing_file_is_left_to_grow(program):
    program.settings["WENZHENG_CORPUS__WATCH_SECONDS"] = "1"
    ready(program)
    report = program.report.read_text(encoding="utf-8").replace("year: 2024", "year: 2023", 1)
    growing = program.report.with_name("2023-work-report.md")
    with growing.open("w", encoding="utf-8") as file:
        for at in range(8):
            file.write(report[at * len(report) // 8:(at + 1) * len(report) // 8])
            file.flush()
            time.sleep(0.5)
            assert documents(program) == 1, "half a report is served"
    until(lambda: documents(program) == 2)
    program.wait_for_log('"channel":"watch"')
    # The same size and the same time.
    before = growing.stat()
    growing.write_text(report.replace("通渭", "渭通"), encoding="utf-8")
    os.utime(growing, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert growing.stat().st_size == before.st_size
    until(lambda: program.log.count('"channel":"watch"') == 2)


def test_a_vote_is_kept_and_a_second_one_replaces_it(program):
    ready(program)
    answer = program.ask(QUESTION)
    body = {"answer_id": answer["answer_id"], "passage_id": answer["citations"][0]["passage_id"]}
    for vote in ({"vote": "up"}, {"vote": "down", "reason": "beside"}):
        assert program.request("POST", "/api/feedback", body | vote)[0] == 204
    assert metric(program, "wenzheng_votes_lost_total") == 0
    other = program.ask(QUESTION)
    assert other["answer_id"] != answer["answer_id"]
    program.request("POST", "/api/feedback", {"answer_id": other["answer_id"], "vote": "up"})
    assert program.request("POST", "/api/feedback", {"answer_id": "?", "vote": "up"})[0] == 400
    program.stop()
    file = program.folder / "data" / "store.db"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    votes = program.stored("SELECT vote, reason, ballot, channel, person FROM votes ORDER BY id")
    assert [vote[:2] for vote in votes] == [("useless", "beside"), ("useful", None)]
    assert votes[0][2] != votes[1][2] and {vote[3:] for vote in votes} == {("web", None)}
    assert b"127.0.0.1" not in file.read_bytes()


def test_a_store_that_takes_nothing_costs_no_answer_and_no_vote(program):
    ready(program)
    other = sqlite3.connect(program.folder / "data" / "store.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    answer = program.ask(QUESTION)
    vote = {"answer_id": answer["answer_id"], "vote": "up"}
    assert program.request("POST", "/api/feedback", vote)[0] == 204
    until(lambda: json.loads(program.request("GET", "/readyz")[2])["store"] == "failing", 20)
    assert program.ask(QUESTION)["took_us"] < 1_000_000
    other.execute("ROLLBACK")
    until(lambda: metric(program, "wenzheng_votes_kept_total") == 1)
    assert metric(program, "wenzheng_votes_lost_total") == 0
    until(lambda: metric(program, "wenzheng_questions_kept_total") >= 2)
    assert json.loads(program.request("GET", "/readyz")[2])["store"] == "ready"


class Echo(BaseHTTPRequestHandler):
    """An embeddings service that fails and repeats all it was sent: body, key and address."""

    status = 500

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        told = json.dumps({"error": f"{self.headers['Authorization']} {self.headers['Host']} {body}"})
        self.send_response(self.status)
        self.send_header("Content-Length", str(len(told.encode())))
        self.end_headers()
        self.wfile.write(told.encode())

    def log_message(self, *args):
        pass


@pytest.mark.parametrize("status", [500, 401, 200])
@pytest.mark.parametrize("talkative", ["trace", "trace,rmcp::service=trace,reqwest=trace"])
def test_nothing_of_a_failing_service_is_in_logs_or_public_answers(tmp_path, status, talkative):
    handler = type("Failing", (Echo,), {"status": status})
    service = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=service.serve_forever, daemon=True).start()
    key, port = "a-secret-key-of-ours", service.server_address[1]
    program = Program(tmp_path, WENZHENG_SEMANTIC__BACKEND="openai",
                      WENZHENG_SEMANTIC__URL=f"http://127.0.0.1:{port}/v1-of-ours",
                      WENZHENG_SEMANTIC__MODEL="a-model", WENZHENG_SEMANTIC__KEY=key,
                      WENZHENG_LOG__FILTER=talkative)
    ready(program)
    until(lambda: '"failed"' in program.request("GET", "/readyz")[2], seconds=30)
    word = "糖尿病"
    answer = program.ask(f"{word}买药能多报多少")
    assert answer["status"]
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call",
            "params": {"name": "ask_policy", "arguments": {"question": f"{word}买药能多报多少"}}}
    headers = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
    assert program.request("POST", "/mcp", call, headers)[0] == 200
    public = [program.request("GET", path)[2] for path in
              ("/healthz", "/readyz", "/metrics", "/", "/api/documents", "/about")]
    program.stop()
    service.shutdown()
    for text in [program.log, *public]:
        for secret in (key, f"127.0.0.1:{port}", f":{port}", "v1-of-ours", "Bearer", '"input"'):
            assert secret not in text, f"{secret!r} is told: {text[max(0, text.find(secret) - 300):][:600]}"
        assert word not in text, text[max(0, text.find(word) - 300):][:600]
    assert "by words alone" in program.log
