"""A corpus whose passages stay on disk, under a running program."""

import json
import shutil

import pytest

from support.program import Program

#: More than what is held in memory.
BYTES = 8_500_000
PLACES = [f"{a}{b}县" for a in "甲乙丙丁戊己庚辛壬癸" for b in "山水河川原岭坪沟湾滩坡岗店桥塔泉湖林田石"]


@pytest.fixture
def large(tmp_path):
    """The program with many counties that all have the same report, by words alone."""
    program = Program(tmp_path, WENZHENG_SEMANTIC__BACKEND="off")
    report = program.report.read_text(encoding="utf-8")
    shutil.rmtree(program.corpus)
    for n, place in enumerate(PLACES[:BYTES // len(report.encode()) + 1]):
        file = program.corpus / f"county-{n}" / "2024-work-report.md"
        file.parent.mkdir(parents=True)
        file.write_text(report.replace("通渭县", place), encoding="utf-8")
    program.start().wait_until_http()
    yield program
    status, _ = program.stop()
    assert status == 0, program.log[-3000:]


def quotes(program, places):
    """Every quote of some answers, and the pages they stand on."""
    found = []
    for place in places:
        for question in ("今年修哪几条高速", "三抓三促是什么意思", "十件民生实事"):
            record = program.ask(f"{place}{question}")
            assert record["citations"], (place, question)
            for citation in record["citations"]:
                status, _, page = program.request("GET", f"/p/{citation['passage_id']}")
                found.append((citation["passage"], citation["quote"], status, page))
    return found


def test_quotes_are_those_of_the_corpus_that_is_served(large):
    places = [PLACES[n] for n in (3, 50, 111)]
    document = json.loads(large.request("GET", "/api/documents?limit=1")[2])[0]["id"]
    report = large.request("GET", f"/report/{document}")[2]
    before = quotes(large, places[:1])
    # Neither what was read before nor what was not.
    shutil.rmtree(large.corpus)
    for file in (large.folder / "data").rglob("*.doc"):
        file.write_bytes(b"something else" * 9000)
    assert quotes(large, places[:1]) == before
    shutil.rmtree(large.folder / "data")
    for place in places:
        for passage, quote, status, page in quotes(large, [place]):
            assert quote in passage and status == 200 and place in page
    assert large.request("GET", f"/report/{document}")[2] == report
    assert "cannot be read" not in large.log and "damaged" not in large.log
