"""The JSON API keeps to its own description: Schemathesis asks what the description allows, and
what it does not."""

import subprocess
import sys
from pathlib import Path

import pytest

from support.program import Program, clean_environment

#: Requests of each kind that are made up for each operation; with 30 it takes about 20 s.
EXAMPLES = "30"


@pytest.fixture(scope="module")
def patient(tmp_path_factory):
    """The program, with limits that Schemathesis does not reach."""
    program = Program(tmp_path_factory.mktemp("patient"), **{
        "WENZHENG_ANSWER__QUESTIONS_PER_MINUTE": "1000000",
        "WENZHENG_LOG__FILTER": "info",
        # Hundreds of made-up questions: what matters is their form.
        "WENZHENG_SEMANTIC__BACKEND": "off",
    })
    program.start().wait_until_http()
    yield program
    status, _ = program.stop()
    assert status == 0, program.log[-3000:]
    assert "panicked" not in program.log


def test_the_api_keeps_to_its_description(patient, tmp_path):
    # All checks; always the same requests, so that a red run can be run again.
    done = subprocess.run(
        [Path(sys.executable).parent / "schemathesis", "--no-color", "run",
         f"http://127.0.0.1:{patient.port}/api/openapi.json",
         "--checks", "all", "--max-examples", EXAMPLES, "--seed", "1",
         "--generation-database", "none", "--request-timeout", "20"],
        cwd=tmp_path, env=clean_environment(), capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert "Unresolvable" not in done.stdout
