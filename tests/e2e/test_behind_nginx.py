"""The program below a path of a host that others share, behind nginx, which may take the path off or not."""

import http.client
import os
import shutil
import subprocess

import pytest

from support.ports import free_port, wait_for_port
from support.program import REPOSITORY, Program, clean_environment

PREFIX = "/zhengce"
CONFIG = """\
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/nginx-errors.txt;
events {{ worker_connections 256; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    proxy_set_header Host $http_host;
    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    server {{
        listen 127.0.0.1:{port};
        location {prefix}/ {{ proxy_pass http://127.0.0.1:{program}{handed_on}; }}
        location / {{ return 404; }}
    }}
}}
"""


class Nginx:
    """In front of `program`, which it hands requests on to with their path, or without its beginning."""

    def __init__(self, folder, program, port, keeps_the_path):
        self.port = port
        config = folder / "nginx.conf"
        config.write_text(CONFIG.format(
            folder=folder, port=port, prefix=PREFIX, program=program,
            handed_on="" if keeps_the_path else "/"))
        nginx = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
        self.process = subprocess.Popen([nginx, "-c", config, "-p", folder],
                                        stderr=(folder / "nginx.txt").open("wb"))
        wait_for_port(port)

    def get(self, path, visitor=None):
        """Status, headers and text of a page."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {"X-Forwarded-For": visitor} if visitor else {}
        try:
            connection.request("GET", path, headers=headers)
            response = connection.getresponse()
            return response.status, dict(response.getheaders()), response.read().decode()
        finally:
            connection.close()

    def stop(self):
        self.process.terminate()
        self.process.wait(10)


@pytest.fixture(params=["path taken off", "path kept"])
def behind(request, tmp_path):
    """Starts the program with settings, and nginx in front of it."""
    started = []

    def start(**settings):
        port = free_port()
        program = Program(tmp_path, **{
            "WENZHENG_SEMANTIC__BACKEND": "off",
            "WENZHENG_HTTP__PUBLIC_URL": f"http://127.0.0.1:{port}{PREFIX}",
        } | settings)
        program.start().wait_until_http()
        nginx = Nginx(tmp_path, program.port, port, request.param == "path kept")
        started.extend([nginx, program])
        return nginx

    yield start
    for one in started:
        one.stop()


def test_the_pages_in_a_browser(behind):
    other = free_port()
    nginx = behind(WENZHENG_HTTP__WIDGET_ORIGINS=f"http://127.0.0.1:{other}",
                   WENZHENG_ANSWER__QUESTIONS_PER_MINUTE="1000")
    environment = clean_environment(
        WENZHENG_URL=f"http://127.0.0.1:{nginx.port}",
        WENZHENG_HOST_PORT=str(other),
        WENZHENG_NODE=os.environ["WENZHENG_NODE"],
        WENZHENG_CHROMIUM=shutil.which("chromium"),
    )
    script = REPOSITORY / "tests" / "browser" / "behind-proxy.mjs"
    done = subprocess.run(["node", "--test", "--test-reporter=spec", script],
                          env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr


def test_visitors_are_counted_each_for_itself_and_cannot_choose_who_they_are(behind):
    nginx = behind(WENZHENG_ANSWER__QUESTIONS_PER_MINUTE="1")
    search = f"{PREFIX}/api/search?q=x"
    # nginx adds its own visitor: this machine, as if it were another proxy in front.
    for visitor in ("203.0.113.1", "203.0.113.2", "203.0.113.1, 203.0.113.3"):
        assert nginx.get(search, visitor)[0] == 200, visitor
        assert nginx.get(search, visitor)[0] == 429, visitor
    assert nginx.get(search, "198.51.100.9, 203.0.113.1")[0] == 429


def test_redirects_stay_below_the_path(behind):
    nginx = behind()
    status, headers, _ = nginx.get(f"{PREFIX}/report")
    assert status == 307 and headers["location"].startswith(f"{PREFIX}/report/")
    assert nginx.get(headers["location"])[0] == 200
    assert nginx.get("/report")[0] == 404
