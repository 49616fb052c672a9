"""What people ask and nobody could answer: grouped, taught, answered; and handed over to a person."""

import json
import re
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from support.console import Visitor, admin, invite, text_of
from support.program import Program
from support.telegram import USERNAME
from support.wechat import Account, Platform
from test_administration import Telegram
from test_wechat import AES_KEY, APP_ID, TOKEN
from test_wechat import settings as wechat_settings

REPORT = """2026年通渭县政府工作报告
——2026年1月8日在通渭县第十九届人民代表大会第六次会议上
通渭县人民政府县长 张三
各位代表：
现在，我代表县人民政府，向大会报告工作，请予审议。
一、2025年工作回顾
过去一年，全县建成温泉康养小镇一处，硬化村道88公里。
二、2026年重点工作
今年，新建村级幸福食堂16处，栽植文冠果2万亩。
"""
ASKED = ["2026年要栽多少崖木瓜", "2026年崖木瓜栽多少", "请问2026年要栽多少崖木瓜呢？"]
NOWHERE, ELSE = "哪里能修手表", "怎么修理安卓手机的屏幕"
BY_WORDS = {"WENZHENG_SEMANTIC__BACKEND": "off"}
GROUP = -1001234567890


def eventually(look, wanted, seconds=40):
    """What `look` gives once that is as it should be: questions are sorted every few seconds."""
    end = time.monotonic() + seconds
    while True:
        seen = look()
        if wanted(seen):
            return seen
        assert time.monotonic() < end, seen
        time.sleep(0.5)


def topic_of(office, label):
    """The number of the topic in which a word stands, and its line."""
    listed = eventually(lambda: office.says("/unanswered"), lambda told: label in told)
    line = next(line for line in listed.splitlines() if label in line)
    return int(line.split()[0]), line


def test_an_office_learns_a_word_in_telegram(new_world):
    world = new_world(**BY_WORDS)
    office = Telegram(world)
    draft = re.search(r"/confirm (\d+)", office.uploads("2026年报告.txt", REPORT)).group(1)
    assert "第 2 版已生效" in office.says(f"/confirm {draft}")

    for user, question in enumerate(ASKED):
        person = world.person(20 + user)
        assert "2万亩" not in person.says(question).text
    world.person(30).says(NOWHERE)
    number, line = topic_of(office, "崖木瓜")
    eventually(lambda: topic_of(office, "崖木瓜")[1], lambda line: "×3" in line)
    told = office.says(f"/topic {number}")
    assert "待处理" in told and told.count("崖木瓜") >= 3, told
    assert "处理中" in office.says(f"/topic {number} 处理中 等林草局回话")
    assert "等林草局回话" in office.says(f"/topic {number}")

    live = office.says("/synonym 崖木瓜 = 文冠果")
    assert "第 3 版已生效" in live, live
    assert "2万亩" in world.person(21).says(ASKED[0]).text
    told = eventually(lambda: office.says(f"/topic {number}"), lambda told: "已解决" in told.splitlines()[0])
    assert "第 3 版能回答了" in told
    assert "崖木瓜" not in office.says("/unanswered")

    # What is taken back is asked anew, and the topic is open again.
    assert "第 4 版已生效" in office.says("/synonym 崖木瓜 =")
    world.person(22).says(ASKED[1])
    told = eventually(lambda: office.says("/unanswered"), lambda told: "崖木瓜" in told)
    assert "解决后又问了 1 次" in told, told

    # Not ours: people are told whom to ask.
    other, _ = topic_of(office, "手表")
    told = office.says(f"/refer {other} = 修手表请问县城钟表店，电话 0932-5550000。")
    assert "第 5 版已生效" in told, told
    assert "0932-5550000" in world.person(31).says(NOWHERE).text
    assert "不归我们" in office.says(f"/topic {other}")
    audit = office.says("/audit")
    for part in ("同义词", "问答", "问题组", "看单个问题"):
        assert part in audit, audit


def test_a_viewer_reads_no_single_question(new_world):
    world = new_world(**BY_WORDS)
    office = Telegram(world)
    world.person(30).says(NOWHERE)
    number, _ = topic_of(office, "手表")
    code = re.search(r"/join (\S+)", office.says("/grant viewer 小王")).group(1)
    viewer = world.person(40)
    assert "查看者" in viewer.says(f"/join {code}").text
    told = viewer.says(f"/topic {number}").text
    assert "共 1 次" in told and NOWHERE not in told, told
    assert NOWHERE not in viewer.says("/unanswered").text
    assert "才能做" in viewer.says(f"/topic {number} 忽略").text


def test_topics_in_the_console(tmp_path):
    program = Program(tmp_path, **BY_WORDS).start().wait_until_http()
    owner = Visitor(program)
    owner.enter(invite(program))
    evil = "<script>alert(1)</script>怎么修理安卓手机的屏幕"
    for question in (NOWHERE, evil, ELSE):
        program.ask(question)
    page = eventually(lambda: owner.get("/admin/questions")[2], lambda page: page.count("/admin/questions/") >= 2)
    assert "<script>alert" not in page
    numbers = re.findall(r'name="topic_(\d+)"', page)
    # By channel and day.
    for query, found in [("channel=web", True), ("channel=telegram", False), ("from=2020-01-01&channel=web", True),
                         ("from=2099-01-01", False), ("until=2020-01-01", False)]:
        _, _, narrowed = owner.get(f"/admin/questions?{query}")
        assert bool(re.findall(r'name="topic_(\d+)"', narrowed)) == found, query
    # Several at once.
    form = {f"topic_{number}": "on" for number in numbers} | {"state": "ignored", "note": "不是政策问题"}
    assert "忽略" in text_of(owner.send("/admin/questions", form)[2])
    _, _, page = owner.get("/admin/questions")
    assert "没有。" in text_of(page), page
    _, _, page = owner.get("/admin/questions?state=ignored")
    assert len(re.findall(r'name="topic_(\d+)"', page)) == len(numbers)
    _, _, page = owner.get(f"/admin/questions/{numbers[0]}")
    assert "<script>alert" not in page and "不是政策问题" in page
    questions = re.findall(r"拆 (\d+)\"", page)
    # Merged into one, and one question of it split off again.
    if len(numbers) > 1:
        form = {f"topic_{number}": "on" for number in numbers[:2]} | {"state": "merge"}
        assert "已并入" in text_of(owner.send("/admin/questions", form)[2])
        first = sorted(numbers[:2], key=str)[0]
        _, _, page = owner.get(f"/admin/questions/{first}")
        questions = re.findall(r"拆 (\d+)\"", page)
        assert len(questions) >= 2
        told = owner.says(f"/topic {first} 拆 {questions[0]}")
        assert "新的一组" in told
    # What is kept of a question can be erased by its asker, and is gone from topics.
    assert questions


def test_a_question_is_answered_by_a_person_of_the_staff(new_world):
    world = new_world(**BY_WORDS, WENZHENG_ADMIN__STAFF_GROUP=str(GROUP))
    person = world.person(50)
    first = person.says(ELSE)
    assert "转人工" not in first.text
    second = person.says(NOWHERE)
    assert "发送“转人工”" in second.text, second.text
    since = len(world.tap.calls)
    opened = person.says("转人工")
    number = int(re.search(r"第 (\d+) 号", opened.text).group(1))

    def posted():
        calls = [call for call in world.tap.calls[since:]
                 if call.method == "sendMessage" and str(call.fields["chat_id"]) == str(GROUP)]
        return calls[0] if calls else None

    post = eventually(posted, bool, 10)
    assert "手表" in post.text and f"第 {number} 号" in post.text
    assert "50" not in post.text, "who asked is not told"

    staff = world.person(60, chat=GROUP)
    bot = {"id": 1, "is_bot": True, "first_name": "Bot", "username": USERNAME}
    posted_message = {"message_id": post.message_id, "date": 1, "chat": staff._chat, "from": bot, "text": post.text}
    calls = staff.sends(staff.text("修手表请到东街 15 号，电话 0932-5551111。", reply_to_message=posted_message))
    told = [call for call in calls if call.method == "sendMessage" and str(call.fields["chat_id"]) == str(GROUP)]
    assert "已回复" in told[0].text and "留作以后的回答" in told[0].buttons

    def given():
        return [call for call in world.tap.calls[since:]
                if call.method == "sendMessage" and str(call.fields["chat_id"]) == "50" and "0932-5551111" in call.text]

    assert len(eventually(given, bool, 10)) == 1
    # A stranger of the group may not change what is answered; an owner may.
    refused = staff.presses("留作以后的回答", below=told[0])
    assert any("才能" in call.text or "管理员" in call.text for call in refused if call.method == "sendMessage"), refused
    owner = world.person(99)
    assert "第 2 版已生效" in Telegram(world).says(f"/keep {number}")
    assert "0932-5551111" in owner.says(NOWHERE).text


def test_numbers_are_passed_on_only_when_the_asker_agrees(tmp_path):
    settings = wechat_settings("safe") | BY_WORDS | {"WENZHENG_ADMIN__TICKETS": "true"}
    program = Program(tmp_path, **settings).start().wait_until_http()
    account = Account(f"http://127.0.0.1:{program.port}/wechat/oa", TOKEN, "aes", aes_key=AES_KEY, receiver=APP_ID)
    one = Platform(account, "oAsker000000000000000000001")
    told = one.says("转人工 我家低保停了，电话 13800138000")
    assert "第 1 号" in told and "没有转过去" in told, told
    assert "第 2 号" in one.says("转人工 同意 我家低保停了，电话 13800138000")
    one.says("转人工 低保停了")
    assert "已经有几个" in one.says("转人工 低保又停了")
    tickets = admin(program, "tickets")
    assert tickets.count("13800138000") == 1, tickets
    assert not [row for row in program.stored("SELECT question FROM tickets") if "13800138000" in row[0]]

    assert "已回复" in admin(program, "reply", "1", "=", "请带户口簿到民政局。")
    other = Platform(account, "oOther000000000000000000001")
    assert "民政局。" not in other.says("今年修哪几条高速")
    told = one.says("今年修哪几条高速")
    assert "第 1 号" in told and "请带户口簿到民政局。" in told and "高速" in told
    assert "请带户口簿" not in one.says("今年修哪几条高速"), "once"
    admin(program, "close", "2")
    assert program.stored("SELECT address, unmasked FROM tickets WHERE number = 2") == [(None, None)]
    one.says("/forgetme")
    assert program.stored("SELECT count(*) FROM tickets") == [(0,)]


def test_a_visitor_of_the_web_reads_the_reply_by_an_address_nobody_guesses(tmp_path):
    program = Program(tmp_path, **BY_WORDS, WENZHENG_ADMIN__TICKETS="true").start().wait_until_http()
    visitor = Visitor(program)
    _, _, page = visitor.get("/ask?q=" + "%E4%BF%AE%E6%89%8B%E8%A1%A8%E5%93%AA%E9%87%8C%E6%9C%89")
    assert "/ticket?q=" in page
    status, headers, _ = visitor.request("POST", "/ticket", {"question": NOWHERE + " <b>13900139000</b>"})
    assert status == 303
    own = headers["location"]
    assert re.fullmatch(r"/ticket/[0-9A-Z]{26}", own)
    status, _, page = visitor.get(own)
    assert status == 200 and "还没有回复" in page and "13900139000" not in page
    assert "&lt;b&gt;" in page and "<b>" not in page
    for wrong in (own[:-1] + ("0" if own[-1] != "0" else "1"), "/ticket/1", "/ticket/00000000000000000000000000"):
        assert visitor.get(wrong)[0] == 404, wrong
    assert "已回复" in admin(program, "reply", "1", "=", "<i>东街</i> 15 号。")
    _, _, page = visitor.get(own)
    assert "&lt;i&gt;东街" in page and own.rsplit("/", 1)[1] not in program.log
    # Where nobody looks at them there is no such page.
    program.stop()
    program.settings["WENZHENG_ADMIN__TICKETS"] = "false"
    program.start().wait_until_http()
    assert visitor.get("/ticket")[0] == 404
    assert "/ticket" not in visitor.get("/ask?q=%E4%BF%AE%E6%89%8B%E8%A1%A8")[2]


class Robot:
    """What a WeCom group robot is sent."""

    def __init__(self):
        heard = self.heard = []

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                heard.append(json.loads(body)["text"]["content"])
                self.send_response(200)
                self.end_headers()
                self.wfile.write(b'{"errcode":0}')

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/cgi-bin/webhook/send?key=secret-of-the-robot"


def test_owners_hear_of_trouble_at_once(new_world):
    robot = Robot()
    world = new_world(**BY_WORDS, WENZHENG_ADMIN__WECOM_ROBOT=robot.url)
    office = Telegram(world)
    since = len(world.tap.calls)

    def told(chat, part):
        return [call for call in world.tap.calls[since:]
                if call.method == "sendMessage" and str(call.fields["chat_id"]) == chat and part in call.text]

    code = re.search(r"/join (\S+)", office.says("/grant owner 新主任")).group(1)
    new = world.person(70)
    new.says(f"/join {code}")
    eventually(lambda: told("99", "新主任 现在是所有者"), bool, 10)
    world.program.report.write_text("没有题头", encoding="utf-8")
    assert "没有采用" in office.says("/reload")
    eventually(lambda: [text for text in robot.heard if "重新加载没有成功" in text], bool, 10)
    eventually(lambda: told("70", "重新加载没有成功"), bool, 10)
    assert not told("99", "重新加载没有成功"), "whoever asked has the reply"
    # The new one hears it as well from now on, though nobody has written their id anywhere.
    since = len(world.tap.calls)
    office.says("/grant viewer 小王")
    code = re.search(r"/join (\S+)", office.says("/grant viewer 小王")).group(1)
    world.person(71).says(f"/join {code}")
    eventually(lambda: [call for call in world.tap.calls[since:] if str(call.fields.get("chat_id")) == "70"
                        and "小王 现在是查看者" in call.text], bool, 10)
    assert "secret-of-the-robot" not in world.program.log
