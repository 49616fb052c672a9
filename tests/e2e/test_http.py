"""The web channel of the real program; its details are tested in Rust (tests/it/web.rs)."""

import concurrent.futures


def test_health_and_readiness(program):
    assert program.request("GET", "/healthz")[0] == 200
    assert program.request("GET", "/readyz")[0] == 200


def test_an_answer_is_verbatim_and_cited(program):
    record = program.ask("今年修哪几条高速")
    assert record["status"] == "answered"
    first = record["citations"][0]
    assert first["quote"] in first["passage"]
    assert first["passage"] in program.report.read_text(encoding="utf-8").replace("**", "")
    assert first["period"] == {"kind": "planned", "year": 2024}
    assert "2024年计划" in record["text"].split("\n", 1)[0]


def test_what_the_report_does_not_say_is_not_found(program):
    record = program.ask("怎么修理安卓手机的屏幕")
    assert record["status"] == "not_found" and record["citations"] == []
    assert "12345" in record["text"]


def test_a_passage_can_be_looked_up_by_the_id_of_its_citation(program):
    passage = program.ask("今年修哪几条高速")["citations"][0]["passage_id"]
    status, _, page = program.request("GET", f"/p/{passage}")
    assert status == 200 and "高速" in page
    assert program.request("GET", "/p/gone")[0] == 404


def test_the_page_needs_nothing_from_elsewhere(program):
    status, headers, page = program.request("GET", "/")
    assert status == 200 and "text/html" in headers["content-type"]
    assert "https://" not in page and "src=\"//" not in page


def test_bad_requests_are_refused_in_words(program):
    for body in ("", "{", "[]", '{"question": 7}'):
        status, headers, text = program.request(
            "POST", "/api/ask", body, {"content-type": "application/json"})
        assert 400 <= status < 500 and "json" in headers["content-type"], (body, status)
        assert text
    assert program.request("GET", "/nowhere")[0] == 404


def test_many_at_once_are_all_served(program):
    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        statuses = list(pool.map(lambda _: program.request("GET", "/readyz")[0], range(200)))
    assert set(statuses) == {200}


def test_what_people_ask_is_never_logged(program):
    program.ask("我家住在马营镇想问问修路")
    assert "马营镇想问" not in program.log
