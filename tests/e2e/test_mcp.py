"""The tools of the Model Context Protocol, called by the official client over both transports."""

import asyncio
import json

import pytest
from mcp import Client, MCPError, StdioServerParameters

from support.program import Program, binary, clean_environment, run

TITLE = "2024年通渭县政府工作报告"
LINK = "https://wz.example.gov.cn"
TOOLS = {"ask_policy", "check_eligibility", "define_term", "list_documents", "search_passages"}


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """The program with its public address."""
    folder = tmp_path_factory.mktemp("mcp")
    program = Program(folder, WENZHENG_HTTP__PUBLIC_URL=LINK,
                      WENZHENG_ANSWER__QUESTIONS_PER_MINUTE="1000").start().wait_until_http()
    yield program
    status, _ = program.stop()
    assert status == 0, program.log[-3000:]
    assert "马营镇想问" not in program.log, "what somebody asked is logged"
    assert "panicked" not in program.log


@pytest.fixture(params=["stdio", "http"])
def server(request, served):
    """What the client connects to."""
    if request.param == "http":
        return f"http://127.0.0.1:{served.port}/mcp"
    environment = clean_environment(WENZHENG_CORPUS__DIR=str(served.corpus),
                                    WENZHENG_HTTP__PUBLIC_URL=LINK)
    return StdioServerParameters(command=str(binary()), args=["mcp"], env=environment,
                                 cwd=served.folder)


def conversation(server, talk, **options):
    """Runs `talk(client)` in a conversation."""
    async def whole():
        async with Client(server, read_timeout_seconds=20, **options) as client:
            return await talk(client)
    return asyncio.run(whole())


def call(server, tool, **arguments):
    return conversation(server, lambda client: client.call_tool(tool, arguments))


def text(result):
    assert [block.type for block in result.content] == ["text"]
    return result.content[0].text


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_a_client_is_told_what_there_is(server, mode):
    async def talk(client):
        tools = (await client.list_tools()).tools
        return client.server_info, client.instructions, tools
    info, instructions, tools = conversation(server, talk, mode=mode)
    assert info.name == "wenzheng" and "逐字引用" in instructions
    assert {tool.name for tool in tools} == TOOLS
    for tool in tools:
        assert tool.description and tool.annotations.read_only_hint
        for name, schema in tool.input_schema.get("properties", {}).items():
            assert schema.get("description"), f"{tool.name}.{name} is not described"


def test_an_answer_can_be_quoted_with_its_citation(server):
    result = call(server, "ask_policy", question="今年要硬化自然村组道路多少公里")
    assert not result.is_error
    answer = result.structured_content
    assert answer["status"] == "answered"
    first = answer["citations"][0]
    assert "150公里" in first["quote"] and first["quote"] in first["passage"]
    assert first["document_title"] == TITLE and first["path"]
    assert first["period"] == {"kind": "planned", "year": 2024}
    assert first["url"].startswith(f"{LINK}/p/{first['passage_id']}")
    # A model that reads text only has all of it too.
    assert first["quote"] in text(result) and first["url"] in text(result)
    assert f"《{TITLE}》{' › '.join(first['path'])}" in text(result)


def test_what_the_report_does_not_say_is_no_error_and_no_answer(server):
    result = call(server, "ask_policy", question="怎么修理安卓手机的屏幕")
    assert not result.is_error
    assert result.structured_content["status"] == "not_found"
    assert result.structured_content["citations"] == []


def test_a_follow_up_needs_the_questions_before(server):
    before = ["去年新增了多少个学位"]
    alone = call(server, "ask_policy", question="那今年呢").structured_content
    told = call(server, "ask_policy", question="那今年呢", history=before).structured_content
    assert told["citations"] and told["citations"] != alone["citations"]


def test_a_slogan_is_defined_as_the_report_has_it(server):
    for name in ("三抓三促", "sanzhuasancu"):
        answer = call(server, "define_term", term=name).structured_content
        assert answer["kind"] == "definition"
        assert "三抓三促" in answer["citations"][0]["quote"]


def test_passages_are_found_within_limits(server):
    result = call(server, "search_passages", query="农村公路", limit=3)
    found = result.structured_content["passages"]
    assert len(found) == 3
    assert [p["score"] for p in found] == sorted((p["score"] for p in found), reverse=True)
    for passage in found:
        assert passage["quote"] in passage["passage"] and passage["document_title"] == TITLE
        assert f"《{TITLE}》{' › '.join(passage['path'])}" in text(result)
    document = found[0]["document_id"]
    inside = call(server, "search_passages", query="农村公路", document_id=document)
    assert len(inside.structured_content["passages"]) == 5
    many = call(server, "search_passages", query="工作", limit=1000)
    assert len(many.structured_content["passages"]) <= 20


def test_documents_are_listed(server):
    result = call(server, "list_documents")
    [document] = result.structured_content["documents"]
    assert document["title"] == TITLE and document["year"] == 2024
    assert document["passages"] > 50 and document["terms"] > 10
    assert TITLE in text(result)


def test_bad_arguments_are_refused_in_words_and_the_conversation_goes_on(server):
    async def talk(client):
        complaints = [await client.call_tool(tool, arguments) for tool, arguments in (
            ("ask_policy", {"question": " "}), ("define_term", {"term": ""}),
            ("search_passages", {"query": ""}),
            ("search_passages", {"query": "路", "document_id": "../etc"}))]
        assert all(result.is_error and text(result) for result in complaints)
        for tool, arguments in (("ask_policy", {}), ("ask_policy", {"question": 7}),
                                ("no_such_tool", {})):
            try:
                assert (await client.call_tool(tool, arguments)).is_error
            except MCPError:
                pass
        return await client.call_tool("ask_policy", {"question": "路" * 20_000})
    assert conversation(server, talk).structured_content["status"]


def test_many_calls_at_once_are_all_answered(server):
    async def talk(client):
        return await asyncio.gather(*(
            client.call_tool("ask_policy", {"question": "今年修哪几条高速"}) for _ in range(50)))
    answers = conversation(server, talk)
    assert {result.structured_content["status"] for result in answers} == {"answered"}


def test_what_is_asked_is_not_logged(served):
    call(f"http://127.0.0.1:{served.port}/mcp", "ask_policy", question="我家住在马营镇想问问修路")
    served.wait_for_log("question answered")


def test_standard_output_holds_nothing_but_the_protocol(tmp_path):
    hello = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
        "protocolVersion": "2025-06-18", "capabilities": {},
        "clientInfo": {"name": "t", "version": "1"}}}
    ready = {"jsonrpc": "2.0", "method": "notifications/initialized"}
    said = "".join(json.dumps(message) + "\n" for message in (hello, ready))
    ended = run("mcp", folder=tmp_path, stdin=said, WENZHENG_LOG__FILTER="trace")
    assert ended.returncode == 0, ended.stderr
    lines = [json.loads(line) for line in ended.stdout.splitlines()]
    assert lines[0]["id"] == 1 and lines[0]["result"]["serverInfo"]["name"] == "wenzheng"


def test_an_input_that_ends_at_once_or_is_no_mcp_ends_the_program(tmp_path):
    assert run("mcp", folder=tmp_path, stdin="").returncode == 0
    ended = run("mcp", folder=tmp_path, stdin="hello?\n")
    assert "Traceback" not in ended.stderr and "panicked" not in ended.stderr


def post(program, headers, body=None):
    hello = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
    body = json.dumps(hello) if body is None else body
    usual = {"content-type": "application/json",
             "accept": "application/json, text/event-stream"}
    return program.request("POST", "/mcp", body, usual | headers)[0]


def test_only_known_hosts_and_no_foreign_pages_are_served(served):
    assert post(served, {}) < 300
    assert post(served, {"host": "wz.example.gov.cn"}) < 300
    assert post(served, {"host": "evil.example"}) == 403
    assert post(served, {"origin": "https://evil.example"}) == 403


def test_junk_is_refused_and_too_much_is_too_much(served, tmp_path):
    assert 400 <= post(served, {}, "{") < 500
    assert 400 <= post(served, {}, "x" * 100_000) < 500
    program = Program(tmp_path, WENZHENG_ANSWER__QUESTIONS_PER_MINUTE="2")
    program.start().wait_until_http()
    assert [post(program, {}) for _ in range(8)].count(429) == 2
    assert program.stop()[0] == 0
