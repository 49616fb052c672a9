"""The program at a terminal."""

import json

from support.program import run

QUESTION = "今年要硬化自然村组道路多少公里"


def test_ask_prints_the_answer_with_its_source(tmp_path):
    ran = run("ask", QUESTION, folder=tmp_path)
    assert ran.returncode == 0, ran.stderr
    assert "2024年计划" in ran.stdout.split("\n", 1)[0]
    assert "150公里" in ran.stdout and "《2024年通渭县政府工作报告》" in ran.stdout


def test_ask_gives_the_same_as_data(tmp_path):
    record = json.loads(run("ask", "--json", QUESTION, folder=tmp_path).stdout)
    assert record["status"] == "answered"
    assert record["citations"][0]["period"] == {"kind": "planned", "year": 2024}


def test_a_batch_gives_one_line_for_each_question_in_order(tmp_path):
    questions = [{"id": str(n), "q": q} for n, q in enumerate([QUESTION, "三抓三促是什么意思", ""])]
    lines = "\n".join(json.dumps(q, ensure_ascii=False) for q in questions)
    ran = run("ask", "--batch", "-", folder=tmp_path, stdin=lines)
    records = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [record["id"] for record in records] == ["0", "1", "2"]


def test_settings_in_force_never_show_the_token(tmp_path):
    ran = run("config", folder=tmp_path, TELOXIDE_TOKEN="123456789:" + "s" * 35)
    assert ran.returncode == 0
    assert "TELOXIDE_TOKEN" in ran.stdout and "sssss" not in ran.stdout + ran.stderr


def test_mistakes_in_the_settings_are_told_together_with_their_origin(tmp_path):
    ran = run("serve", folder=tmp_path, WENZHENG_HTTP__LISTEN="nowhere",
              WENZHENG_ANSWER__QUESTION_CHARS="0")
    assert ran.returncode != 0
    assert "WENZHENG_HTTP__LISTEN" in ran.stderr
    assert "WENZHENG_ANSWER__QUESTION_CHARS" in ran.stderr


def test_a_broken_corpus_keeps_it_from_starting_with_file_and_line(tmp_path):
    report = tmp_path / "corpus" / "town" / "report.md"
    report.parent.mkdir(parents=True)
    report.write_text("---\ntitle: 某县政府工作报告\n---\n\n正文。\n", encoding="utf-8")
    ran = run("serve", folder=tmp_path, WENZHENG_HTTP__LISTEN="127.0.0.1:0")
    assert ran.returncode != 0
    assert "report.md" in ran.stderr and "place" in ran.stderr
    assert "panicked" not in ran.stderr
