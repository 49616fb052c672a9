"""WeChat Official Accounts and WeCom: the real program against the platform's side by wechatpy."""

import concurrent.futures
import json
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlencode

import pytest

from support import wechat_load
from support.program import Program, clean_environment
from support.wechat import Account, Platform, suite

TOKEN = "Token4Tests"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
APP_ID, CORP_ID = "wx2c2769f8efd9abc2", "ww5823bf96d3bd56c7"
ADMIN = "oAdmin00000000000000000000001"
LINK = "https://wz.example.gov.cn"
HEAD = "《2024年通渭县政府工作报告》"


def settings(mode):
    """Both accounts, the official one in `mode`."""
    return {
        "WENZHENG_WECHAT_OA__TOKEN": TOKEN,
        "WENZHENG_WECHAT_OA__MODE": mode,
        "WENZHENG_WECHAT_OA__AES_KEY": AES_KEY,
        "WENZHENG_WECHAT_OA__APP_ID": APP_ID,
        "WENZHENG_WECOM__TOKEN": TOKEN,
        "WENZHENG_WECOM__AES_KEY": AES_KEY,
        "WENZHENG_WECOM__CORP_ID": CORP_ID,
        "WENZHENG_ADMIN__WECHAT_OPENIDS": ADMIN,
        "WENZHENG_ADMIN__WECOM_USERS": ADMIN,
        "WENZHENG_HTTP__PUBLIC_URL": LINK,
    }


class Host:
    """The program with its accounts."""

    def __init__(self, folder, mode, **more):
        self.program = Program(folder, **settings(mode) | more).start().wait_until_http()
        self.mode = mode
        self.users = iter(range(10**6))

    def platform(self, wecom=False, user=None):
        """The official account or WeCom, as somebody nobody has heard of yet."""
        account = Account(f"http://127.0.0.1:{self.program.port}/wechat/oa", TOKEN,
                          {"safe": "aes"}.get(self.mode, self.mode), aes_key=AES_KEY,
                          receiver=APP_ID)
        if wecom:
            account = Account(f"http://127.0.0.1:{self.program.port}/wechat/wecom", TOKEN, "aes",
                              wecom=True, aes_key=AES_KEY, receiver=CORP_ID, to=CORP_ID,
                              max_reply_bytes=2048)
        return Platform(account, user or f"oPerson{next(self.users):021}")

    def stop(self):
        status, _ = self.program.stop()
        log = self.program.log
        assert status == 0, log[-3000:]
        assert TOKEN not in log and AES_KEY not in log, "a secret is logged"
        assert "oPerson" not in log and ADMIN not in log, "somebody's id is logged"
        assert "panicked" not in log, "something panicked"


@pytest.fixture(scope="module")
def hosts(tmp_path_factory):
    """The program in each mode, started when it is first asked for."""
    running = {}

    def host(mode):
        if mode not in running:
            running[mode] = Host(tmp_path_factory.mktemp(mode), mode)
        return running[mode]

    yield host
    for host in running.values():
        host.stop()


@pytest.fixture(params=["oa", "wecom"])
def person(request, hosts):
    """Somebody who writes to the official account (in safe mode), and to WeCom."""
    return hosts("safe").platform(wecom=request.param == "wecom")


@pytest.mark.parametrize("mode", ["plain", "compat", "safe", "wecom"])
def test_the_protocol_is_kept(hosts, mode):
    wecom = mode == "wecom"
    platform = hosts("safe" if wecom else mode).platform(wecom)
    checks = list(suite(platform))
    failed = [(name, seen) for name, passed, seen in checks if not passed]
    assert failed == [] and len(checks) > 40


def test_an_answer_names_its_period_its_source_and_what_is_next(person):
    reply = person.says("今年要硬化自然村组道路多少公里")
    assert reply.startswith("【2024年计划】") and "150公里" in reply
    assert re.search(rf"—— {HEAD}2024年重点工作 › .+", reply)
    assert re.search(rf"网页原文：{LINK}/p/[A-Za-z0-9_-]+", reply)
    assert "回复 1 看整节" in reply


def test_numbers_stand_for_buttons_and_more_turns_the_page(person):
    answer = person.says("今年修哪几条高速")
    section = person.says("1")
    assert section.startswith(HEAD) and "▶ " in section
    pages = int(re.search(r"（\d+/(\d+)）", section).group(1))
    assert pages > 1
    seen = {section}
    while "上一页" in (page := person.says("上一页")):
        seen.add(page)
    while "更多" in (page := person.says("更多")) and HEAD in page:
        seen.add(page)
    seen.add(page)
    assert len([page for page in seen if page.startswith(HEAD)]) == pages
    assert person.says("更多").startswith("没有更多内容了")
    # The numbers below the answer still hold.
    assert "看相关内容" in answer
    related = person.says("回复 2")
    assert related.startswith("1. ") and f"—— {HEAD}" in related and "回复数字看整节" in related
    assert person.says("②").startswith(HEAD)
    assert person.says("99").startswith("没有这个选项")
    assert person.as_user("oPersonElse").says("1").startswith("没有这个选项")


def test_a_follow_up_is_understood_from_the_question_before(person):
    person.says("去年新增了多少个学位")
    alone = person.as_user("oPersonAlone").says("那今年呢")
    assert person.says("那今年呢") != alone


def test_the_reply_is_in_the_script_of_the_question(person):
    reply = person.says("今年要硬化自然村組道路多少公里")
    assert reply.startswith("【2024年計劃】") and "工作報告》" in reply and "看整節" in reply


def test_events(hosts):
    person = hosts("safe").platform()
    greeting = person.does("subscribe", EventKey="qrscene_7")
    assert "欢迎关注" in greeting and "今年修哪几条高速" in greeting
    assert person.does("CLICK", EventKey="三抓三促是什么意思").startswith("“三抓三促”")
    assert "使用说明" in person.does("CLICK", EventKey="/help")
    assert "请直接说" in person.does("SCAN", EventKey="7")
    assert person.push("event", {"Event": "VIEW", "EventKey": LINK})["kind"] == "ack"
    person.says("今年修哪几条高速")
    assert person.push("event", {"Event": "unsubscribe"})["kind"] == "ack"
    assert person.says("1").startswith("没有这个选项")


def test_what_was_said_is_answered_like_what_was_written(person):
    voice = {"MediaId": "m", "Format": "amr", "Recognition": "今年要硬化自然村组道路多少公里。"}
    assert "150公里" in person.replied(person.push("voice", voice, person.next_id()))
    picture = {"MediaId": "m", "PicUrl": "http://127.0.0.1/x.jpg"}
    assert "请用文字告诉我" in person.replied(person.push("image", picture, person.next_id()))


def test_what_is_delivered_three_times_is_worked_on_once(hosts):
    host = hosts("safe")
    person = host.platform()
    fields, msg_id = {"Content": "今年修哪几条高速"}, person.next_id()
    before = host.program.log.count("question answered")
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        got = list(pool.map(lambda _: person.push("text", fields, msg_id), range(24)))
    assert len({person.replied(reply) for reply in got}) == 1
    assert host.program.log.count("question answered") == before + 1


def test_a_push_whose_connection_broke_is_answered_at_the_next_delivery(hosts):
    host = hosts("plain")
    person = host.platform()
    msg_id = person.next_id()
    query, body = person.envelope(
        person.inner("text", {"Content": "今年要硬化自然村组道路多少公里"}, msg_id))
    head = (f"POST /wechat/oa?{urlencode(query)} HTTP/1.1\r\nhost: x\r\n"
            f"content-length: {len(body.encode())}\r\n\r\n")
    before = host.program.log.count("question answered")
    with socket.create_connection(("127.0.0.1", host.program.port)) as connection:
        connection.sendall(head.encode() + body.encode())
    got = person.push("text", {"Content": "今年要硬化自然村组道路多少公里"}, msg_id)
    assert "150公里" in person.replied(got)
    assert host.program.log.count("question answered") == before + 1


def test_who_asks_too_fast_is_told_once(hosts):
    person = hosts("safe").platform()
    got = [person.push("text", {"Content": f"低保{n}"}, person.next_id()) for n in range(23)]
    assert [reply["kind"] for reply in got] == ["text"] * 21 + ["ack"] * 2
    assert "有点快" in got[20]["text"]


@pytest.mark.parametrize("wecom", [False, True])
def test_an_administrator_reloads_and_nobody_else_does(tmp_path, wecom):
    host = Host(tmp_path, "safe", WENZHENG_SEMANTIC__BACKEND="off",
                WENZHENG_ADMIN__REPLAY_SHIPPED="false")
    resident, admin = host.platform(wecom), host.platform(wecom, ADMIN)
    assert "只有管理员" in resident.says("/reload")
    assert "/reload" in admin.says("/help") and "/reload" not in resident.says("/help")
    text = host.program.report.read_text(encoding="utf-8")
    changed = text.replace("硬化自然村组道路150公里", "硬化自然村组道路151公里")
    assert changed != text
    host.program.report.write_text(changed, encoding="utf-8")
    assert "150公里" in resident.says("今年要硬化自然村组道路多少公里")
    report = admin.says("/reload")
    assert "新增 1 段" in report and "删去 1 段" in report
    assert "151公里" in resident.says("今年要硬化自然村组道路多少公里")
    host.program.report.write_text("no front matter", encoding="utf-8")
    complaint = admin.says("/reload")
    assert "仍在使用原来的内容" in complaint and "2024-work-report.md" in complaint
    assert "151公里" in resident.says("今年要硬化自然村组道路多少公里")
    host.stop()


def test_a_command_delivered_again_after_a_restart_is_performed_once(tmp_path):
    host = Host(tmp_path, "plain", WENZHENG_SEMANTIC__BACKEND="off")
    admin = host.platform(user=ADMIN)
    pin, question = [({"Content": typed}, admin.next_id()) for typed in ["/pin 今年修哪几条高速", "低保"]]
    assert "已固定" in admin.replied(admin.push("text", *pin))
    answer = admin.replied(admin.push("text", *question))
    host.program.stop(signal.SIGKILL)
    host.program.start().wait_until_http()
    assert "已经收到过" in admin.replied(admin.push("text", *pin))
    assert admin.replied(admin.push("text", *question)) == answer
    assert host.program.stored("SELECT count(*) FROM pins") == [(1,)]
    host.stop()


def test_a_conversation_goes_on_after_a_restart_and_is_forgotten_on_demand(tmp_path):
    host = Host(tmp_path, "plain", WENZHENG_SEMANTIC__BACKEND="off")
    person = host.platform()
    person.says("去年粮食产量是多少")
    host.program.stop()
    host.program.start().wait_until_http()
    assert "粮食" in person.says("那今年呢")
    assert "已删除您的 2 个问题" in person.says("/forgetme")
    assert host.program.stored("SELECT count(*) FROM turns") == [(0,)]
    assert "粮食" not in person.says("那今年呢")
    host.stop()


def test_without_an_account_there_is_no_address(program):
    assert program.request("GET", "/wechat/oa")[0] == 404
    assert program.request("POST", "/wechat/wecom", "<xml></xml>")[0] == 404


def test_many_at_once_are_all_answered(hosts):
    """Figures are printed, not judged: the machine may be busy. Nothing may be lost."""
    host = hosts("plain")
    rate, seconds = os.environ.get("WECHAT_LOAD", "100 2").split()
    load = subprocess.run(
        [sys.executable, Path(wechat_load.__file__), host.platform().a.url, TOKEN, rate, seconds],
        capture_output=True, text=True, timeout=120, env=clean_environment(), check=True)
    figures = json.loads(load.stdout)
    print(figures)
    assert figures["lost"] == 0 and figures["answered_differently"] == 0, figures
    assert figures["people"] > 0.7 * figures["pushes"]
