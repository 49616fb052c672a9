"""The web pages in headless Chromium: runs tests/browser, one file at a time."""

import os
import shutil
import subprocess

import pytest

from support.ports import free_port
from support.program import REPOSITORY, Program, clean_environment

FILES = sorted(path.name for path in (REPOSITORY / "tests" / "browser").glob("*.test.mjs"))


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The program, with one other site that may show the chat in its pages."""
    other = free_port()
    program = Program(tmp_path_factory.mktemp("site"), **{
        "WENZHENG_ANSWER__QUESTIONS_PER_MINUTE": "100000",
        # Pages look the same without the model; the tests are about pages.
        "WENZHENG_SEMANTIC__BACKEND": "off",
        "WENZHENG_HTTP__WIDGET_ORIGINS": f"http://127.0.0.1:{other}",
    })
    program.other = other
    program.start().wait_until_http()
    yield program
    status, _ = program.stop()
    assert status == 0, program.log[-3000:]


@pytest.mark.parametrize("file", FILES)
def test_in_a_browser(site, file):
    environment = clean_environment(
        WENZHENG_URL=f"http://127.0.0.1:{site.port}",
        WENZHENG_HOST_PORT=str(site.other),
        WENZHENG_NODE=os.environ["WENZHENG_NODE"],
        WENZHENG_CHROMIUM=shutil.which("chromium"),
    )
    done = subprocess.run(
        ["node", "--test", "--test-reporter=spec", REPOSITORY / "tests" / "browser" / file],
        env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
