"""Somebody at the console, without a browser: cookies, forms and their tokens."""

import html
import re
import urllib.parse

from support.program import run


def admin(program, *words, **given):
    """`wenzheng admin …` against the running program: what it prints."""
    program.request("GET", "/readyz")
    done = run("admin", *words, folder=program.folder, **(program.settings | given))
    return (done.stdout + done.stderr).strip()


def invite(program, role="owner", name="王科长"):
    """The path of a one-time address that makes somebody known to the console."""
    told = admin(program, "invite", "--role", role, "--name", name)
    return re.search(r"/admin/in/[0-9A-Z]+", told).group()


class Visitor:
    """A browser profile: one cookie, and what browsers say of a request."""

    def __init__(self, program, **headers):
        self.program = program
        self.headers = {"Sec-Fetch-Site": "same-origin"} | headers
        self.cookie = None

    def request(self, method, path, body=None, **headers):
        """Status, headers (names in lower case) and text."""
        sent = {name: value for name, value in (self.headers | headers).items() if value}
        if self.cookie:
            sent["Cookie"] = f"wenzheng_console={self.cookie}"
        if isinstance(body, dict):
            body = urllib.parse.urlencode(body)
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        status, got, text = self.program.request(method, path, body, sent)
        got = {name.lower(): value for name, value in dict(got).items()}
        given = re.search(r"wenzheng_console=([0-9A-Z]*)", got.get("set-cookie", ""))
        if given:
            self.cookie = given.group(1) or None
        return status, got, text

    def get(self, path, **headers):
        return self.request("GET", path, **headers)

    def enter(self, link):
        """Opens a one-time address and presses its button."""
        status, _, page = self.get(link)
        assert status == 200 and "进入后台" in page, page
        status, headers, page = self.request("POST", link, {})
        assert status == 303, page
        return headers

    def token(self):
        """The token of this session's forms."""
        _, _, page = self.get("/admin/me")
        return re.search(r'name="token" value="([0-9a-f]+)"', page).group(1)

    def send(self, path, form, **headers):
        """Sends a form as the page would."""
        form = {"token": self.token()} | form
        return self.request("POST", path, form, **headers)

    def says(self, command):
        """What a command says, as the page shows it."""
        status, _, page = self.send("/admin/do", {"command": command})
        assert status == 200, page
        return text_of(page)


def text_of(page):
    """The words of a page's main part."""
    main = page.split("<main", 1)[1].split(">", 1)[1].split("</main>", 1)[0]
    return html.unescape(re.sub(r"<[^>]+>", "\n", main))
