"""Who qualifies, by the rules of the invented county: Telegram, the JSON API, MCP, the terminal and a browser."""

import asyncio
import json
import os
import re
import shutil
import subprocess

import pytest
from mcp import Client

from support.program import REPOSITORY, Program, clean_environment, run

ADMIN = 99
EXAMPLES = REPOSITORY / "corpus" / "examples"
QUESTION = "我妈82岁能领高龄补贴不"
MET = "按您说的情况，符合已核对的3条；另有1条要由部门认定。"


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    """The program with the documents of the invented county."""
    folder = tmp_path_factory.mktemp("county")
    corpus = folder / "examples"
    shutil.copytree(EXAMPLES, corpus)
    program = Program(folder, **{
        "WENZHENG_ANSWER__QUESTIONS_PER_MINUTE": "100000",
        "WENZHENG_SEMANTIC__BACKEND": "off",
        "WENZHENG_CORPUS__DIR": str(corpus),
    })
    program.start().wait_until_http()
    yield program
    status, _ = program.stop()
    assert status == 0, program.log[-3000:]
    for said in ("82岁", "八十二", "不是五保"):
        assert said not in program.log, "what somebody says of themselves is logged"


def ask(program, text, **more):
    status, _, body = program.request("POST", "/api/ask", {"question": text, "dialogue": "d1", **more})
    assert status == 200, body
    return json.loads(body)


def test_a_dialogue_over_the_api_leaves_no_words_in_the_store(county):
    first = ask(county, QUESTION)
    assert first["kind"] == "eligibility" and first["eligibility"]["outcome"] == "asking"
    yes = next(it["pick"] for it in first["display"]["check"]["choices"] if it["label"] == "是")
    second = ask(county, "是", pick=yes)
    assert "特困供养" in second["eligibility"]["next"]["ask"]
    assert second["eligibility"]["next"]["private"]
    end = ask(county, "不是")
    assert end["eligibility"]["outcome"] == "met" and end["eligibility"]["checked"] == 3
    assert end["text"].startswith(MET)
    for line in end["eligibility"]["lines"]:
        for quote in line["quotes"]:
            assert quote["text"] in end["citations"][quote["citation"]]["passage"]
    kept = county.stored("SELECT * FROM questions")
    assert "82" not in str(kept), "the question is kept without what it tells of the person"


def test_judging_without_a_dialogue(county):

    def judge(about, **answers):
        status, _, body = county.request("POST", "/api/eligibility", {"about": about, "answers": answers})
        return status, json.loads(body)

    status, reply = judge("高龄津贴")
    assert status == 200 and reply["eligibility"]["outcome"] == "undecided"
    assert reply["eligibility"]["next"]["variable"] == "age"
    status, reply = judge("高龄津贴", age="八十二", hukou="是", tekun="不是", other="1")
    assert reply["eligibility"]["outcome"] == "met" and reply["misread"] == ["other"]
    assert reply["eligibility"]["amounts"][0]["pays"] == "每人每月50元"
    status, reply = judge("高龄津贴", age="79岁")
    assert reply["eligibility"]["outcome"] == "not_met"
    assert judge("没有这样的补贴")[0] == 404
    assert judge(" ")[0] == 400


def test_the_tool_of_mcp_takes_answers_and_gives_the_next_question(county):
    async def talk():
        async with Client(f"http://127.0.0.1:{county.port}/mcp", read_timeout_seconds=20) as client:
            tools = (await client.list_tools()).tools
            assert "check_eligibility" in {tool.name for tool in tools}
            first = await client.call_tool("check_eligibility", {"about": "高龄津贴"})
            then = await client.call_tool("check_eligibility", {
                "about": "高龄津贴", "answers": {"age": "82岁", "hukou": "不是", "lived": "3年", "tekun": "不是"}})
            none = await client.call_tool("check_eligibility", {"about": "没有这样的补贴"})
            return first, then, none

    first, then, none = asyncio.run(talk())
    assert first.structured_content["eligibility"]["next"]["variable"] == "age"
    assert then.structured_content["eligibility"]["outcome"] == "met"
    assert then.content[0].text.startswith(MET)
    assert none.is_error and "高龄津贴" in none.content[0].text


def test_in_the_terminal_rules_are_checked_looked_through_and_signed(tmp_path):
    corpus = tmp_path / "examples"
    shutil.copytree(EXAMPLES, corpus)
    file = corpus / "gaoling.rules.toml"
    checked = run("check", str(corpus), folder=tmp_path)
    assert "gaoling.rules.toml：高龄津贴，3 条条件，5 个情形" in checked.stdout
    all_of_them = run("factcheck", str(file), folder=tmp_path)
    assert all_of_them.returncode == 0, all_of_them.stderr
    assert "共 135 种组合" in all_of_them.stdout, all_of_them.stdout[-300:]
    document = corpus / "gaoling.md"
    document.write_text(document.read_text().replace("每月50元", "每月60元"))
    refused = run("check", str(corpus), folder=tmp_path)
    assert refused.returncode != 0 and "gaoling.rules.toml:" in refused.stdout
    rules = file.read_text().replace("每人每月50元", "每人每月60元").replace("每月50元", "每月60元")
    file.write_text(rules)
    signed = run("factcheck", str(file), "--sign", "安和县民政局", folder=tmp_path)
    assert signed.returncode == 0, signed.stdout[-500:]
    assert "gaoling.rules.toml：高龄津贴" in run("check", str(corpus), folder=tmp_path).stdout
    talk = run("--corpus", str(corpus), "chat", folder=tmp_path,
               stdin=f"{QUESTION}\n1\n2\n", **{"WENZHENG_SEMANTIC__BACKEND": "off"})
    assert MET in talk.stdout


def test_in_telegram_answers_are_buttons(new_world):
    world = new_world(**{"WENZHENG_CORPUS__DIR": str(EXAMPLES), "WENZHENG_SEMANTIC__BACKEND": "off"})
    person = world.person(31)
    asked = person.says(QUESTION)
    assert list(asked.buttons) == ["是", "不是", "不知道", "改", "停", "直接看条件"]
    calls = person.presses("是", below=asked)
    assert [call.method for call in calls] == [
        "answerCallbackQuery", "editMessageReplyMarkup", "sendMessage"]
    assert "特困供养（五保）吗" in calls[-1].text
    end = person.presses("不是", below=calls[-1])[-1]
    assert end.first_line == MET
    # The button of a step that is over tells only whoever pressed it.
    assert [call.method for call in person.presses("是", below=asked)] == ["answerCallbackQuery"]
    assert "82岁" not in world.program.log


def test_in_a_group_what_is_private_leads_to_the_private_chat(new_world):
    world = new_world(**{"WENZHENG_CORPUS__DIR": str(EXAMPLES), "WENZHENG_SEMANTIC__BACKEND": "off"})
    member = world.person(32, -1_000_000_000_032)
    from support.telegram import USERNAME
    asked = member.says(f"@{USERNAME} {QUESTION}")
    private = member.presses("是", below=asked)[-1]
    assert "不在群里问" in private.text
    link = private.buttons["到私聊里继续"]["url"]
    payload = link.split("?start=")[1]
    there = world.person(32).says(f"/start {payload}")
    assert "特困供养（五保）吗" in there.text


def test_rules_are_put_in_like_documents(new_world, tmp_path):
    corpus = tmp_path / "corpus-of-examples"
    shutil.copytree(EXAMPLES, corpus)
    rules = (corpus / "gaoling.rules.toml").read_bytes()
    (corpus / "gaoling.rules.toml").unlink()
    world = new_world(**{"WENZHENG_CORPUS__DIR": str(corpus), "WENZHENG_SEMANTIC__BACKEND": "off"})
    owner = world.person(ADMIN)
    assert "按《安和县高龄津贴发放办法》的条件" not in owner.says(QUESTION).text
    preview = owner.sends_file("高龄津贴.rules.toml", rules).text
    assert "规则：安和县高龄津贴发放办法" in preview, preview
    draft = re.search(r"/confirm (\d+)", preview)[1]
    told = [call.text for call in owner.sends(owner.text(f"/confirm {draft}"))]
    assert any("已生效" in text for text in told), told
    assert "按《安和县高龄津贴发放办法》的条件" in owner.says(QUESTION).text
    owner.says("停")
    broken = owner.sends_file("gaoling.rules.toml", rules.replace(b"value = 80,", b"value = 81,")).text
    assert "gaoling.rules.toml:" in broken, broken


def test_in_a_browser(county):
    environment = clean_environment(
        WENZHENG_URL=f"http://127.0.0.1:{county.port}",
        WENZHENG_NODE=os.environ["WENZHENG_NODE"],
        WENZHENG_CHROMIUM=shutil.which("chromium"),
    )
    files = sorted((REPOSITORY / "tests" / "browser" / "policies").glob("*.test.mjs"))
    done = subprocess.run(["node", "--test", "--test-reporter=spec", *files],
                          env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
