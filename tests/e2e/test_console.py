"""The console: who gets in, who does not, and what browsers are told. What people see there: tests/browser/console."""

import html
import json
import os
import re
import shutil
import subprocess
import time
import urllib.parse
from concurrent.futures import ThreadPoolExecutor

import pytest

from support.console import Visitor, admin, invite, text_of
from support.ports import free_port
from support.program import REPOSITORY, Program, clean_environment, run

PASSWORD = "一县一策 2024 年"
BY_WORDS = {"WENZHENG_SEMANTIC__BACKEND": "off"}


@pytest.fixture
def program(tmp_path):
    return Program(tmp_path, **BY_WORDS).start().wait_until_http()


@pytest.fixture
def owner(program):
    """Somebody who has signed in by the first invitation."""
    visitor = Visitor(program)
    visitor.enter(invite(program))
    return visitor


def test_there_is_no_console_before_somebody_is_invited(program):
    visitor = Visitor(program)
    for path in ("/admin", "/admin/sign-in", "/admin/editions"):
        status, _, page = visitor.get(path)
        assert status == 404 and "没有网页" in page, path
    link = invite(program)
    assert visitor.get("/admin/sign-in")[0] == 200
    visitor.enter(link)
    status, _, page = visitor.get("/admin")
    assert status == 200 and "第 1 版" in text_of(page), page


def test_an_address_is_spent_by_its_button_and_once(program):
    link = invite(program)
    for agent in ("TelegramBot (like TwitterBot)", "Mozilla/5.0 WeChat", "curl/8"):
        status, headers, page = Visitor(program).get(link, **{"User-Agent": agent, "Sec-Fetch-Site": ""})
        assert status == 200 and "进入后台" in page and "set-cookie" not in headers
    assert Visitor(program).request("HEAD", link)[0] == 200
    # A button on a page of another site.
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "", "Origin": "https://evil.example"},
                    {"Sec-Fetch-Site": ""}):
        assert Visitor(program).request("POST", link, {}, **headers)[0] == 403, headers
    one = Visitor(program)
    headers = one.enter(link)
    cookie = headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and "Path=/admin" in cookie
    assert len(one.cookie) >= 52
    assert Visitor(program).request("POST", link, {})[0] == 404
    assert Visitor(program).get(link)[0] == 404
    assert link.rsplit("/", 1)[1] not in program.log and one.cookie not in program.log


def test_addresses_are_not_guessed(program):
    link = invite(program)
    for wrong in range(5):
        assert Visitor(program).get(f"/admin/in/AAAAAAAAA{wrong}")[0] == 404
    assert Visitor(program).get(link)[0] == 404, "after five wrong ones no right one is taken from there"


def test_without_a_session_every_page_leads_to_the_sign_in(owner, program):
    _, _, menu = owner.get("/admin")
    pages = set(re.findall(r'href="(/admin/?[a-z]*)"', menu))
    assert len(pages) >= 10, pages
    for cookie in (None, "0" * 52, owner.cookie[::-1], owner.cookie.lower()):
        stranger = Visitor(program)
        stranger.cookie = cookie
        for page in pages:
            status, headers, text = stranger.get(page)
            assert (status, headers.get("location")) == (303, "/admin/sign-in"), (page, cookie)
        stranger.cookie = cookie
        status, _, _ = stranger.request("POST", "/admin/do", {"command": "/rollback 1", "token": "x"})
        assert status == 303
    # From a link in a chat the cookie is not sent: the page asks again from here.
    status, _, page = Visitor(program).get("/admin/editions", **{"Sec-Fetch-Site": "cross-site"})
    assert status == 200 and 'url=/admin/editions"' in page


def test_a_form_is_taken_from_our_pages_only(owner, program):
    token = owner.token()
    form = {"token": token, "command": "/notice 被伪造的公告"}
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Sec-Fetch-Site": "none"},
                    {"Sec-Fetch-Site": ""}, {"Sec-Fetch-Site": "", "Origin": "null"},
                    {"Sec-Fetch-Site": "", "Origin": "https://evil.example"},
                    {"Sec-Fetch-Site": "", "Origin": f"http://127.0.0.1:{program.port}.evil.example"}):
        status, _, page = owner.request("POST", "/admin/do", form, **headers)
        assert status == 403 and "没有改动" in page, headers
    for wrong in ("", "0" * 64, token[:-1], token.upper()):
        assert owner.request("POST", "/admin/do", form | {"token": wrong})[0] == 403
    assert owner.request("POST", f"/admin/import/upload/?token={'0' * 64}", "x")[0] == 403
    assert "没有公告" in owner.says("/notices")
    # An older browser says where from, and no more.
    origin = {"Sec-Fetch-Site": "", "Origin": f"http://127.0.0.1:{program.port}"}
    status, _, page = owner.request("POST", "/admin/do", {"token": token, "command": "/notices"}, **origin)
    assert status == 200, page


def test_browsers_keep_nothing_and_show_nothing_in_frames(owner):
    for path in ("/admin", "/admin/sign-in", "/admin/audit", "/admin/nowhere"):
        _, headers, _ = owner.get(path, Origin="https://www.example.gov.cn")
        assert headers["cache-control"] == "no-store", path
        policy = headers["content-security-policy"]
        assert "frame-ancestors 'none'" in policy and "unsafe" not in policy
        assert headers["referrer-policy"] == "no-referrer"
        assert not [name for name in headers if name.startswith("access-control")]


def test_a_session_ends_at_once_with_its_role_or_by_hand(owner, program):
    editor = Visitor(program)
    editor.enter(invite(program, "editor", "小李"))
    assert "第 1 版" in editor.says("/corpus")
    # By hand, from elsewhere.
    _, _, page = owner.get("/admin/people")
    sessions = re.findall(r'name="session" value="([0-9A-Z]+)"', page)
    assert len(sessions) == 2
    own = re.search(r'value="([0-9A-Z]{6})"', owner.get("/admin/me")[2]).group(1)
    other = next(session for session in sessions if session != own)
    assert editor.send("/admin/me", {"what": "end", "session": own})[0] == 200
    assert owner.get("/admin")[0] == 200, "nobody ends the session of somebody else"
    owner.send("/admin/me", {"what": "end", "session": other})
    assert editor.get("/admin")[0] == 303
    # With the role.
    again = Visitor(program)
    again.enter(invite(program, "viewer", "小王"))
    assert again.get("/admin")[0] == 200
    people = owner.says("/people").splitlines()
    number = next(line.split()[0] for line in people if "小王" in line)
    owner.says(f"/revoke {number}")
    assert again.get("/admin")[0] == 303
    # Of one's own will.
    cookie = owner.cookie
    owner.send("/admin/out", {})
    owner.cookie = cookie
    assert owner.get("/admin")[0] == 303


def test_who_may_what_is_asked_of_every_page(program):
    Visitor(program).enter(invite(program))
    viewer, editor = Visitor(program), Visitor(program)
    viewer.enter(invite(program, "viewer", "小王"))
    editor.enter(invite(program, "editor", "小李"))
    for path in ("/admin/people", "/admin/audit", "/admin/settings"):
        assert (viewer.get(path)[0], editor.get(path)[0]) == (403, 403), path
    for path in ("/admin/import", "/admin/try?q=x&draft=1"):
        assert viewer.get(path)[0] == 403, path
    for command in ("/rollback 1", "/notice 停机", "/grant owner 我", "/synonym 看病 = 就医"):
        assert "才能做" in viewer.says(command), command
    assert "才能做" in editor.says("/grant owner 我")
    form = {"what": "invite", "name": "我", "role": "owner"}
    assert "才能做" in text_of(editor.send("/admin/people", form)[2])


def sign_in(visitor, name="王科长", password=PASSWORD, code=""):
    return visitor.request("POST", "/admin/sign-in", {"name": name, "password": password, "code": code})


def set_password(program, owner, password=PASSWORD):
    form = {"what": "password", "new": password, "again": password}
    status, _, page = owner.send("/admin/me", form)
    assert status == 200 and "密码已设置" in page, page


def test_signing_in_by_password(owner, program):
    before = owner.cookie
    bad = owner.send("/admin/me", {"what": "password", "new": "short", "again": "short"})
    assert "太短" in bad[2]
    set_password(program, owner)
    assert owner.get("/admin")[0] == 303, "all sessions end with a new password"
    visitor = Visitor(program)
    visitor.cookie = before
    assert sign_in(visitor)[0] == 303
    assert visitor.cookie and visitor.cookie != before, "a new session at every sign-in"
    assert visitor.get("/admin")[0] == 200
    assert sign_in(Visitor(program), password=PASSWORD + "！")[0] == 403
    assert sign_in(Visitor(program), name="没有这个人")[0] == 403
    assert sign_in(Visitor(program, **{"Sec-Fetch-Site": "cross-site"}))[0] == 403
    wrong = visitor.send("/admin/me", {"what": "password", "old": "不是这个密码吧", "new": "x" * 5 + "abcdefgh",
                                       "again": "x" * 5 + "abcdefgh"})
    assert "现在的密码不对" in wrong[2]
    assert PASSWORD not in program.log


def test_the_password_of_a_member_is_set_at_the_machine(owner, program):
    done = run("admin", "password", "王科长", folder=program.folder, stdin=PASSWORD + "\n", **program.settings)
    assert "用户名是：王科长" in done.stdout, done.stderr
    assert sign_in(Visitor(program))[0] == 303
    done = run("admin", "password", "王科长", folder=program.folder, stdin="short\n", **program.settings)
    assert done.returncode != 0 and "太短" in done.stderr
    assert "没有找到" in admin(program, "password", "别人", stdin=PASSWORD)


def test_whoever_guesses_waits_and_the_owner_still_gets_in(owner, program):
    set_password(program, owner)
    statuses = [sign_in(Visitor(program), password=f"guessed {n} times")[0] for n in range(8)]
    assert statuses[:3] == [403] * 3 and 429 in statuses, statuses
    status, headers, page = sign_in(Visitor(program))
    assert status == 429 and int(headers["retry-after"]) >= 1 and "请等" in page
    # From elsewhere it takes a moment longer, and no more.
    elsewhere = Visitor(program, **{"X-Forwarded-For": "10.0.0.7", "X-Forwarded-Proto": "https"})
    assert sign_in(elsewhere)[0] == 403, "without encryption nobody signs in from elsewhere"
    time.sleep(int(headers["retry-after"]))
    assert sign_in(Visitor(program))[0] == 303
    owner.enter(invite(program, "owner", "另一位"))
    audit = owner.says("/audit")
    assert audit.count("登录") >= 5 and "guessed" not in audit


def test_a_hundred_sign_ins_at_once_take_no_two_gigabytes(tmp_path):
    program = Program(tmp_path, **BY_WORDS, WENZHENG_ADMIN__ALLOW="127.0.0.0/8,10.0.0.0/8",
                      WENZHENG_ADMIN__PLAIN_HTTP="true").start().wait_until_http()
    owner = Visitor(program)
    owner.enter(invite(program))
    set_password(program, owner)

    def one(n):
        visitor = Visitor(program, **{"X-Forwarded-For": f"10.0.{n}.1"})
        return sign_in(visitor)[0]

    with ThreadPoolExecutor(100) as crowd:
        statuses = list(crowd.map(one, range(100)))
    assert set(statuses) <= {303, 503} and statuses.count(303) >= 20, statuses
    status = (os.path.join("/proc", str(program.process.pid), "status"))
    peak = int(re.search(r"VmHWM:\s+(\d+)", open(status).read()).group(1)) / 1024
    assert peak <= 250, f"{peak:.0f} MB"


def test_it_opens_from_the_networks_of_the_settings_only(tmp_path):
    program = Program(tmp_path, WENZHENG_ADMIN__ALLOW="10.1.0.0/16,127.0.0.1", **BY_WORDS).start().wait_until_http()
    link = invite(program)
    for address, status in [("10.1.2.3", 403), ("10.2.0.1", 404), ("192.168.1.1", 404), ("8.8.8.8", 404)]:
        got, _, page = Visitor(program, **{"X-Forwarded-For": address}).get(link)
        assert got == status, (address, page)
    assert "不安全" in Visitor(program, **{"X-Forwarded-For": "10.1.2.3"}).get("/admin/sign-in")[2]
    assert Visitor(program).get(link)[0] == 200


def test_over_plain_http_every_page_warns_where_that_is_let_through(tmp_path):
    program = Program(tmp_path, WENZHENG_ADMIN__PLAIN_HTTP="true", **BY_WORDS).start().wait_until_http()
    visitor = Visitor(program, **{"X-Forwarded-For": "192.168.1.5"})
    headers = visitor.enter(invite(program))
    assert "Secure" not in headers["set-cookie"]
    for path in ("/admin", "/admin/me", "/admin/sign-in"):
        assert "没有加密" in visitor.get(path)[2], path


def test_under_https_the_cookie_goes_over_nothing_else(tmp_path):
    program = Program(tmp_path, WENZHENG_HTTP__PUBLIC_URL="https://www.example.gov.cn/zhengce",
                      **BY_WORDS).start().wait_until_http()
    told = admin(program, "invite")
    link = re.search(r"https://www.example.gov.cn(/zhengce/admin/in/\w+)", told).group(1)
    visitor = Visitor(program, **{"X-Forwarded-For": "192.168.1.5"})
    cookie = visitor.enter(link)["set-cookie"]
    assert "Secure" in cookie and "Path=/zhengce/admin" in cookie
    status, _, page = visitor.get("/zhengce/admin")
    assert status == 200 and 'href="/zhengce/admin/editions"' in page


def test_it_has_an_address_of_its_own_where_the_settings_say(tmp_path):
    port = free_port()
    program = Program(tmp_path, WENZHENG_ADMIN__LISTEN=f"127.0.0.1:{port}", **BY_WORDS).start().wait_until_http()
    told = admin(program, "invite")
    link = re.search(rf"http://127.0.0.1:{port}(/admin/in/\w+)", told).group(1)
    assert Visitor(program).get(link)[0] == 404, "not among the public pages"
    public, program.port = program.port, port
    visitor = Visitor(program)
    visitor.enter(link)
    assert visitor.get("/admin")[0] == 200 and visitor.get("/ask?q=1")[0] == 404
    program.port = public


def test_the_console_in_a_browser(tmp_path):
    program = Program(tmp_path, **BY_WORDS, WENZHENG_ANSWER__QUESTIONS_PER_MINUTE="100000").start().wait_until_http()
    # So that the overview has something to draw.
    for question in ("今年要硬化自然村组道路多少公里", "低保标准是多少", "你好", "怎么用手机录屏"):
        program.ask(question)
    for file in sorted((REPOSITORY / "tests" / "browser" / "console").glob("*.test.mjs")):
        environment = clean_environment(
            WENZHENG_URL=f"http://127.0.0.1:{program.port}",
            WENZHENG_LINK=invite(program, "owner", f"所有者{file.name.split('.')[0]}"),
            WENZHENG_NODE=os.environ["WENZHENG_NODE"],
            WENZHENG_CHROMIUM=shutil.which("chromium"),
            WENZHENG_SHOTS=os.environ.get("WENZHENG_SHOTS", ""),
        )
        done = subprocess.run(["node", "--test", "--test-reporter=spec", file], env=environment,
                              capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stdout + done.stderr


def test_the_overview_shows_figures_and_they_can_be_taken_away(owner, program):
    program.request("POST", "/api/ask", {"question": "今年要硬化自然村组道路多少公里"})
    for _ in range(50):
        _, headers, page = owner.get("/admin?days=7")
        if re.search(r"提问</dt><dd><b>1</b>", page):
            break
        time.sleep(0.1)
    assert re.search(r"提问</dt><dd><b>1</b>", page), page
    assert "<svg" in page and "<style" not in page and " style=" not in page
    assert '<option value="7" selected>' in page and "看数字" in page
    for query in ("days=9999&place=x%22y&channel=%3Cb%3E", "days=-1", "channel=web&days=90"):
        status, _, page = owner.get(f"/admin?{query}")
        assert status == 200 and 'x"y' not in page, query
    status, headers, table = owner.get("/admin/export.csv?days=7&channel=web")
    assert status == 200 and headers["content-type"] == "text/csv; charset=utf-8"
    assert "attachment" in headers["content-disposition"] and table.startswith("\ufeff类别,名称,提问")
    status, headers, figures = owner.get("/admin/export.json?days=7")
    assert status == 200 and json.loads(figures)["total"]["answered"] == 1
    assert "导出" in text_of(owner.get("/admin/audit")[2])
    assert Visitor(program).get("/admin/export.csv")[0] == 303, "nobody takes them without a session"


def rows_of(page):
    """The rows of the page's table, each as the words of its cells."""
    table = page.split("<tbody>", 1)[1].split("</tbody>", 1)[0] if "<tbody>" in page else ""
    rows = re.findall(r"<tr>(.*?)</tr>", table, re.S)
    return [[text_of(f"<main>{cell}</main>").strip() for cell in re.findall(r"<td>(.*?)</td>", row, re.S)]
            for row in rows]


def test_the_audit_is_narrowed_by_person_role_place_and_day(owner, program):
    local = Visitor(program)
    told = admin(program, "invite", "--role", "editor", "--name", "小李", "通渭县")
    local.enter(re.search(r"/admin/in/[0-9A-Z]+", told).group())
    assert "才能做" in local.says("/grant owner 我")
    for _ in range(20):
        owner.says("/notice 停水")
    _, _, page = owner.get("/admin/audit?role=editor")
    mine = rows_of(page)
    assert mine and all("编辑" in row[2] and "通渭县" in row[2] for row in mine), mine
    person = re.search(r'<option value="(小李（[0-9a-f]+）)"', page).group(1)
    for query in ({"person": person}, {"place": "通渭县"}, {"person": person, "role": "editor", "place": "通渭县"}):
        _, _, page = owner.get("/admin/audit?" + urllib.parse.urlencode(query))
        assert rows_of(page) == mine, query
        assert f'value="{person}"' in page
    assert not rows_of(owner.get("/admin/audit?" + urllib.parse.urlencode({"place": "陇西县"}))[2])
    # What was chosen stays when the page is turned.
    chosen = urllib.parse.urlencode({"role": "owner", "from": "2020-01-01", "until": "2099-12-31"})
    _, _, page = owner.get(f"/admin/audit?{chosen}")
    assert len(rows_of(page)) == 15
    older = html.unescape(re.search(r'href="(/admin/audit\?[^"]*before=[^"]*)"', page).group(1))
    _, _, page = owner.get(older)
    assert rows_of(page) and all("所有者" in row[2] for row in rows_of(page))
    assert 'value="2099-12-31"' in page and '<option value="owner" selected>' in page
    assert "没有这样的记录" in owner.get("/admin/audit?until=2020-01-01")[2]


def test_what_cannot_be_read_in_an_address_is_told(owner):
    for page in ("audit", "questions"):
        for query, told in [("from=2026-02-30", "日期看不懂"), ("until=%27%3B--", "日期看不懂"),
                            ("from=2026-11-30&until=2026-11-29", "开始的日期在结束的日期之后"),
                            ("from=%FF", "看不懂"), ("from=2026-11-01&from=2026-11-02", "看不懂")]:
            status, headers, text = owner.get(f"/admin/{page}?{query}")
            assert status == 400 and told in text, (page, query, text)
            assert headers["content-type"].startswith("text/html")
    for address, told in [("audit?role=king", "没有这个角色"), ("audit?before=x", "从第一页看起"),
                          ("questions?state=x", "没有这个状态"), ("questions?channel=fax", "没有这个渠道"),
                          ("questions?offset=-1", "从第一页看起")]:
        status, _, text = owner.get(f"/admin/{address}")
        assert status == 400 and told in text, (address, text)
    # Too far, and nothing more.
    assert owner.get("/admin/questions?offset=99999999")[0] == 200
    assert owner.get("/admin/audit?before=1&from=0001-01-01&until=9999-12-31")[0] == 200


def test_pinned_questions_show_how_they_fared(owner, program):
    owner.says("/pin 今年要硬化自然村组道路多少公里")
    assert "还没有检验过" in owner.get("/admin/pins")[2]
    owner.says("/synonym 看病 = 就医")
    for _ in range(100):
        page = text_of(owner.get("/admin/pins")[2])
        if "上次检验" in page:
            break
        time.sleep(0.2)
    assert re.search(r"第 2 版\s*：\s*回答正常", page), page
