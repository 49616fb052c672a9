"""No network at all: no download at the start, no service that answering needs."""

import json
import shutil
import subprocess
import sys

import pytest

from support.program import REPOSITORY, binary, clean_environment


def cut_off():
    """How to run something without network here; None when that is not allowed."""
    for command in (["unshare", "-n"], ["unshare", "-rn"]):
        if shutil.which("unshare") and subprocess.run([*command, "true"], check=False,
                                                      capture_output=True).returncode == 0:
            return command
    return None


@pytest.mark.skipif(cut_off() is None, reason="this machine does not let us unshare the network")
def test_it_answers_and_serves_without_network(tmp_path):
    script = REPOSITORY / "tests" / "support" / "offline.py"
    ran = subprocess.run([*cut_off(), sys.executable, str(script), str(binary()), str(tmp_path)],
                         env=clean_environment(), text=True, capture_output=True, timeout=180,
                         check=False)
    assert ran.returncode == 0, ran.stderr
    seen = json.loads(ran.stdout)
    assert seen["cut_off"]
    assert seen["ask"]["status"] == 0, seen["ask"]["err"]
    assert "《2024年通渭县政府工作报告》" in seen["ask"]["out"]
    assert seen["readyz"] == 200
    assert seen["api"]["record"]["status"] == "answered"
    assert seen["running"] and seen["exit"] == 0
