"""An office at work: it changes what answers, takes it back, and knows who did what. Over HTTP, in Telegram and in
WeChat, on SQLite and on PostgreSQL."""

import json
import re
import sqlite3
import time
import uuid

import pytest

from support.program import Program, run
from support.wechat import Account, Platform
from test_wechat import ADMIN as WECHAT_ADMIN
from test_wechat import AES_KEY, APP_ID, TOKEN
from test_wechat import settings as wechat_settings

SECOND = """2025年通渭县政府工作报告
——2025年1月8日在通渭县第十九届人民代表大会第五次会议上
通渭县人民政府县长 张三
各位代表：
现在，我代表县人民政府，向大会报告工作，请予审议。
一、2024年工作回顾
过去一年，全县建成温泉康养小镇一处，硬化村道88公里。
二、2025年重点工作
今年，新建乡村书屋37个，改造农家小院420户。
"""
ROADS, BOOKS = "今年要硬化自然村组道路多少公里", "新建乡村书屋多少个"


@pytest.fixture(params=["sqlite", "postgres"])
def store(request):
    """The settings of a store of either kind. By words alone: with the model each change takes some seconds, which
    one test spends."""
    settings = {"WENZHENG_SEMANTIC__BACKEND": "off"}
    if request.param == "postgres":
        settings["WENZHENG_STORE__URL"] = request.getfixturevalue("postgres_url")
    return settings


def admin(program, *words):
    """`wenzheng admin …` against the running program: what it prints."""
    program.request("GET", "/readyz")
    done = run("admin", *words, folder=program.folder, **program.settings)
    return (done.stdout + done.stderr).strip()


def finished(told, jobs):
    """What a command says once it has ended: one that takes more than a moment goes on as a job."""
    job = re.search(r"任务 (\d+)）", told)
    if "已开始" not in told or not job:
        return told
    for _ in range(120):
        listed = jobs()
        if f"任务 {job.group(1)} 的结果" in listed:
            return listed.split("的结果：", 1)[1]
        time.sleep(0.5)
    raise AssertionError(listed)


class Http:
    """An office over HTTP, with a token."""

    def __init__(self, program, token=None):
        self.program = program
        # Served: before that nobody listens at the socket.
        program.request("GET", "/readyz")
        made = token or admin(program, "token", "owner", "portal", "30")
        self.token = re.search(r"wz_[0-9A-Z]{26}", made).group()

    def call(self, path, body, **headers):
        headers |= {"authorization": f"Bearer {self.token}"}
        status, _, text = self.program.request("POST", path, body, headers)
        return status, json.loads(text)

    def says(self, typed):
        status, done = self.call("/api/admin/commands", {"command": typed})
        assert status == 200, done
        return finished(done["message"], lambda: self.says("/jobs"))


def form(name, text):
    """A form with a file: body and content type."""
    boundary = uuid.uuid4().hex
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = head.encode() + text.encode() + f"\r\n--{boundary}--\r\n".encode()
    return body, f"multipart/form-data; boundary={boundary}"


def story(office, ask):
    """What every channel can do. `office` says commands and uploads files, `ask` gives an answer."""
    assert "第 1 版" in office.says("/corpus")
    assert "150公里" in ask(ROADS)

    preview = office.uploads("2025年报告.txt", SECOND)
    assert "2025年通渭县政府工作报告" in preview and "还没有生效" in preview, preview
    assert "37个" not in ask(BOOKS)
    draft = re.search(r"/confirm (\d+)", preview).group(1)
    live = office.says(f"/confirm {draft}")
    assert "第 2 版已生效" in live and "新增文件 1 份" in live, live
    assert "37个" in ask(BOOKS)
    assert "150公里" in ask("2024年计划硬化自然村组道路多少公里")

    broken = office.uploads("empty.docx", "PK\x03\x04 no archive")
    assert "没有导入" in broken, broken
    assert "37个" in ask(BOOKS)

    assert "第 3 版已生效" in office.says("/rollback 1")
    assert "37个" not in ask(BOOKS)
    assert "第 4 版已生效" in office.says("/undo 3")
    assert "37个" in ask(BOOKS)

    assert "第 5 版已生效" in office.says("/synonym 看病 = 就医")
    refused = office.says("/synonym 低保 = 道路")
    assert "变差了" in refused and "低保" in refused, refused
    assert "第 5 版" in office.says("/corpus")
    audit = office.says("/audit")
    for part in ("上传", "回退", "撤销", "同义词", "refused"):
        assert part in audit, audit
    assert "记录完整" in office.says("/audit 检查")


def is_told_once(command, office, ask):
    """What the office has to say comes with the next answer in each chat, and with no other."""
    assert "周六停机维护" not in ask(BOOKS)
    assert "已发布" in office.says(command)
    assert "【通知】周六停机维护" in ask(BOOKS)
    assert "周六停机维护" not in ask(BOOKS)


def test_over_http(tmp_path, store):
    program = Program(tmp_path, **store).start().wait_until_http()
    office = Http(program)

    def ask(question):
        record = program.ask(question)
        assert record["edition"] >= 1 and record["corpus_version"]
        return record["text"]

    story(Office(office), ask)
    for token in ("", "Bearer nonsense", "Bearer wz_" + "0" * 26):
        status, _, _ = program.request("POST", "/api/admin/commands", {"command": "/corpus"},
                                       {"authorization": token})
        assert status == 401
    assert "好的" in office.says("/token 收回 " + re.search(r"^(\w{6})　", office.says("/tokens")).group(1))
    assert office.call("/api/admin/commands", {"command": "/corpus"})[0] == 401
    status, _ = program.stop()
    assert status == 0, program.log[-3000:]
    assert office.token not in program.log


class Office:
    """Commands and uploads over HTTP."""

    def __init__(self, http):
        self.says = http.says
        self.http = http

    def uploads(self, name, text):
        body, kind = form(name, text)
        status, done = self.http.call("/api/admin/uploads", body, **{"content-type": kind})
        assert status == 200, done
        return done["message"]


class WeChat:
    """An administrator of the official account, who uploads on the page that the chat names."""

    def __init__(self, program, user=WECHAT_ADMIN):
        self.program = program
        account = Account(f"http://127.0.0.1:{program.port}/wechat/oa", TOKEN, "plain",
                          aes_key=AES_KEY, receiver=APP_ID)
        self.platform = Platform(account, user)

    def says(self, typed):
        reply = self.platform.says(typed)
        pages = [reply]
        while "回复“更多”" in pages[-1] or "回复“下一页”" in pages[-1]:
            pages.append(self.platform.says("更多"))
        return finished("\n".join(pages), lambda: self.says("/进度"))

    def uploads(self, name, text):
        page = re.search(r"/upload/[0-9A-Z]{26}", self.says("/upload")).group()
        for _ in range(2):
            # Chats fetch addresses to show what is behind them.
            status, headers, html = self.program.request("GET", page)
            assert status == 200 and "multipart/form-data" in html
            assert headers["cache-control"] == "no-store"
        body, kind = form(name, text)
        status, _, html = self.program.request("POST", page, body, {"content-type": kind})
        assert status == 200, html
        assert self.program.request("POST", page, body, {"content-type": kind})[0] == 404
        assert self.program.request("GET", page)[0] == 404
        return html


def test_in_wechat(tmp_path, store):
    program = Program(tmp_path, **(wechat_settings("plain") | store)).start().wait_until_http()
    office = WeChat(program)
    story(office, lambda question: program.ask(question)["text"])
    is_told_once("/notice 周六停机维护", office, office.platform.says)
    status, _ = program.stop()
    assert status == 0, program.log[-3000:]
    assert WECHAT_ADMIN not in program.log and "/upload/" not in program.log.replace("/upload/{secret}", "")


class Telegram:
    """An administrator in a private chat, who sends files there. What takes longer is told in a message of its own."""

    def __init__(self, world):
        self.person = world.person(99)

    def says(self, typed):
        since = len(self.person.tap.calls)
        texts = [c.text for c in self.person.sends(self.person.text(typed), wait=20)
                 if c.method == "sendMessage"]
        told = "\n".join(texts)
        job = re.search(r"任务 (\d+)）", told)
        if "已开始" not in told or not job:
            return told
        end = f"任务 {job.group(1)} 结束了。"
        for _ in range(240):
            calls = [c for c in self.person.tap.calls[since:] if c.method == "sendMessage"]
            ended = [c.text for c in calls if end in c.text]
            if ended:
                return ended[0].split(end, 1)[1]
            time.sleep(0.25)
        raise AssertionError(self.person.says("/jobs").text)

    def uploads(self, name, text):
        assert "发到这里" in self.says("/upload")
        return self.person.sends_file(name, text.encode()).text


def test_in_telegram(new_world, store):
    world = new_world(**store)
    resident = world.person(8)

    def ask(question):
        return "\n".join(c.text for c in resident.sends(resident.text(question))
                         if c.method == "sendMessage")

    office = Telegram(world)
    story(office, ask)
    is_told_once("/notice 周六停机维护", office, ask)
    # Of a stranger no file is fetched.
    assert "读不了文件" in resident.sends_file("a.txt", SECOND.encode(), wait=10).text


def test_whoever_begins_a_job_in_a_chat_hears_how_it_ends(new_world):
    world = new_world()
    owner = world.person(99)
    # One after the other, each with some hundred questions: the last begins long after it was asked for.
    for n in range(3):
        owner.tap.deliver(owner.text(f"/faq 第{n}个窗口几点上班 = 第{n}个窗口八点半上班。"))
    for _ in range(240):
        texts = [c.text for c in owner.tap.calls if c.method == "sendMessage"]
        begun = {number for text in texts for number in re.findall(r"已开始（任务 (\d+)）", text)}
        ended = {number for text in texts for number in re.findall(r"任务 (\d+) 结束了", text)}
        if len(begun) and begun == ended:
            break
        time.sleep(0.5)
    assert begun and begun == ended, texts
    told = "\n".join(text for text in texts if "结束了" in text)
    assert told.count("版已生效") + told.count("没有变化") + told.count("变差了") == len(ended), told
    jobs = owner.says("/jobs").text
    assert "进行中" not in jobs, jobs


def test_what_an_editor_uploads_somebody_else_confirms(tmp_path):
    settings = wechat_settings("plain") | {"WENZHENG_SEMANTIC__BACKEND": "off",
                                           "WENZHENG_ADMIN__REPLAY_SHIPPED": "false",
                                           "WENZHENG_ADMIN__SECOND_PERSON": "true"}
    program = Program(tmp_path, **settings).start().wait_until_http()
    owner, editor = WeChat(program), WeChat(program, "oEditor0000000000000000000001")
    code = re.search(r"/join (\S+)", owner.says("/grant 编辑 小李")).group(1)
    assert "编辑" in editor.says(f"/join {code}")

    def is_confirmed_by_another(told, by, other, edition):
        draft = re.search(r"/confirm (\d+)", told).group(1)
        assert "另一位编辑或所有者" in told, told
        assert "另一个人确认" in by.says(f"/confirm {draft}")
        assert "另一个人确认" in by.says(f"/schedule {draft} 2030-01-01 08:00")
        assert f"第 {edition} 版已生效" in other.says(f"/confirm {draft}")

    is_confirmed_by_another(editor.uploads("2025年报告.txt", SECOND), editor, owner, 2)
    # By a program of theirs as well.
    token = re.search(r"wz_[0-9A-Z]{26}", admin(program, "token", "editor", "portal", "30")).group()
    http = Http(program, token)
    uploaded = Office(http).uploads("2025年报告.txt", SECOND.replace("37个", "38个"))
    is_confirmed_by_another(uploaded, http, owner, 3)
    # Somebody looks at it once another edition is live: it stays theirs.
    told = editor.uploads("2025年报告.txt", SECOND.replace("37个", "39个"))
    draft = re.search(r"/confirm (\d+)", told).group(1)
    assert "第 4 版已生效" in owner.says("/synonym 看病 = 就医")
    rebased = re.search(r"草稿 (\d+) 会改动", owner.says(f"/draft {draft}")).group(1)
    assert rebased != draft
    assert "另一个人确认" in editor.says(f"/confirm {rebased}")
    assert "第 5 版已生效" in owner.says(f"/confirm {rebased}")
    assert program.stop()[0] == 0


def test_an_upload_that_a_restart_interrupts_is_taken_up_again(tmp_path):
    program = Program(tmp_path, WENZHENG_SEMANTIC__BACKEND="off").start().wait_until_http()
    office = Http(program)
    assert "还没有生效" in Office(office).uploads("2025年报告.txt", SECOND)
    assert program.stop()[0] == 0
    # As a killed program leaves it: a file that waits, and the job that is to convert it.
    text = SECOND.replace("37个", "38个").encode()
    spool = tmp_path / "data" / "uploads"
    assert list(spool.iterdir()) == []
    name = "0" * 32 + ".upload"
    (spool / name).write_bytes(text)
    (spool / ("1" * 32 + ".upload")).write_bytes(b"half of a fi")
    ticket = [{"file": name, "label": "2025年报告.txt", "bytes": len(text)}]
    gone = [{"file": "2" * 32 + ".upload", "label": "b.txt", "bytes": 3}]
    database = sqlite3.connect(tmp_path / "data" / "store.db")
    with database:
        for number, detail in ((2, ticket), (3, gone)):
            database.execute(
                "INSERT INTO jobs SELECT ?, kind, author, author_name, made_at, NULL, 'running', 0, 0, ?, '' "
                "FROM jobs WHERE number = 1", (number, json.dumps(detail)))
    database.close()
    program.start().wait_until_http()
    jobs = office.says("/jobs")
    for _ in range(60):
        if "进行中" not in jobs and "等待中" not in jobs:
            break
        time.sleep(0.5)
        jobs = office.says("/jobs")
    assert re.search(r"任务 2　.*：已完成", jobs) and re.search(r"任务 3　.*：没有成功", jobs), jobs
    assert "重新发送" in jobs
    assert "草稿 2" in office.says("/drafts")
    assert "第 2 版已生效" in office.says("/confirm 2")
    assert "38个" in program.ask(BOOKS)["text"]
    assert [file.name[0] for file in spool.iterdir()] == ["1"], "what no job names goes once it is an hour old"
    assert program.stop()[0] == 0


def test_what_was_done_survives_a_restart_and_a_folder_takes_nothing_back(tmp_path):
    program = Program(tmp_path, WENZHENG_SEMANTIC__BACKEND="off").start().wait_until_http()
    assert "第 1 版" in admin(program, "corpus")
    text = program.report.read_text(encoding="utf-8")
    program.report.write_text(text.replace("硬化自然村组道路150公里", "硬化自然村组道路151公里"),
                              encoding="utf-8")
    assert "第 2 版" in admin(program, "reload")
    assert "151公里" in program.ask(ROADS)["text"]
    assert "第 3 版" in admin(program, "rollback")
    assert program.stop()[0] == 0
    program.start().wait_until_http()
    assert "150公里" in program.ask(ROADS)["text"], "the folder still has 151, as it was taken"
    program.report.write_text(text.replace("硬化自然村组道路150公里", "硬化自然村组道路152公里"),
                              encoding="utf-8")
    assert program.stop()[0] == 0
    program.start().wait_until_http()
    assert "150公里" in program.ask(ROADS)["text"]
    both = admin(program, "reload")
    assert "没有自动合并" in both, both
    assert "第 4 版" in admin(program, "reload", "文件夹")
    assert "152公里" in program.ask(ROADS)["text"]
    assert program.stop()[0] == 0


def test_a_store_is_copied_to_a_server_and_goes_on_there(tmp_path, postgres_url):
    program = Program(tmp_path, WENZHENG_SEMANTIC__BACKEND="off").start().wait_until_http()
    assert "第 2 版" in admin(program, "synonym", "看病", "=", "就医")
    assert program.stop()[0] == 0
    copied = run("store", "copy", "--to", postgres_url, folder=program.folder, **program.settings)
    assert copied.returncode == 0, copied.stderr
    program.settings["WENZHENG_STORE__URL"] = postgres_url
    program.start().wait_until_http()
    assert program.ask(ROADS)["edition"] == 2
    assert "看病 = 就医" in admin(program, "audit")
    assert "记录完整" in admin(program, "audit", "verify")
    assert program.stop()[0] == 0
    # Without the server the last edition is served, and nothing can be changed.
    program.settings["WENZHENG_STORE__URL"] = "postgres://wz@127.0.0.1:1/none"
    program.start().wait_until_http()
    assert program.ask(ROADS)["edition"] == 2
    assert json.loads(program.request("GET", "/readyz")[2])["store"] == "unreachable"
    assert "没有可用的数据库" in admin(program, "rollback")
    assert program.stop()[0] == 0


def test_questions_are_kept_masked_shown_and_erased(new_world):
    world = new_world()
    person = world.person(8)
    person.says("我的手机13812345678，今年修哪几条高速")
    shown = person.says("/mydata").text
    assert "〔手机号〕" in shown and "13812345678" not in shown, shown
    assert "1 个问题" in person.says("/forgetme").text
    assert "没有保存" in person.says("/mydata").text
    told = person.says("谁能看到我的问题").text
    assert "90 天" in told and "/forgetme" in told, told
    database = sqlite3.connect(world.program.folder / "data" / "store.db")
    texts = [text for (text,) in database.execute("SELECT question FROM questions")]
    assert all("13812345678" not in text for text in texts)


def test_a_role_is_given_in_private_and_void_in_a_group(new_world):
    world = new_world()
    owner, li = world.person(99), world.person(8)
    invited = owner.says("/grant 编辑 小李").text
    code = re.search(r"/join (\S+)", invited).group(1)
    group = world.person(8, -1_000_000_000_008)
    assert "作废" in group.says(f"/join {code}").text
    assert "邀请码不对" in li.says(f"/join {code}").text
    code = re.search(r"/join (\S+)", owner.says("/grant 编辑 小李").text).group(1)
    assert "编辑" in li.says(f"/join {code}").text
    assert "没有变化" in li.says("/reload").text
    assert "要所有者" in li.says("/audit").text
    stranger = world.person(9)
    assert "只有管理员" in stranger.says("/rollback").text
    audit = owner.says("/audit").text
    assert "邀请码作废" in audit and "加入" in audit and audit.count("没有权限") == 2, audit
