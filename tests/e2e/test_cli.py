"""The program at a terminal."""

import json

from support.program import Program, run

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


def test_a_mistyped_command_is_told_in_chinese_and_ends_with_2(tmp_path):
    ran = run("srve", folder=tmp_path)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "没有“srve”这个命令，是不是 serve？" in ran.stderr
    asked = run("ask", "--help", folder=tmp_path)
    assert asked.returncode == 0 and "用法：wenzheng ask" in asked.stdout


def test_serve_tells_the_address_to_open_on_standard_output(tmp_path):
    program = Program(tmp_path).start().wait_until_http()
    program.wait_for_log(f"网页：http://127.0.0.1:{program.port}/\n")
    assert program.stop()[0] == 0


def test_a_broken_corpus_keeps_it_from_starting_with_file_and_line(tmp_path):
    report = tmp_path / "corpus" / "town" / "report.md"
    report.parent.mkdir(parents=True)
    report.write_text("---\ntitle: 某县政府工作报告\n---\n\n正文。\n", encoding="utf-8")
    ran = run("serve", folder=tmp_path, WENZHENG_HTTP__LISTEN="127.0.0.1:0")
    assert ran.returncode != 0
    assert "report.md" in ran.stderr and "place" in ran.stderr
    assert "panicked" not in ran.stderr


def test_an_explanation_shows_how_the_question_was_understood_and_what_each_score_is_made_of(tmp_path):
    out = run("ask", "--explain", "去年村里修了多少公里路", folder=tmp_path).stdout
    assert "Done(2023)" in out and "公里" in out
    block = out.split("\n\n")[1].splitlines()
    score = float(block[0].split()[1])
    shares = [float(line.rsplit("=", 1)[1]) for line in block[1:] if "×" in line]
    assert abs(sum(shares) - score) < 0.02


GOLD = [
    {"id": "a", "q": "今年修哪几条高速", "kind": "resident-formal", "gold": ["4条高速开工建设"],
     "answer": ["通秦"], "period": "plan-2024", "answerable": True},
    {"id": "b", "q": "高血压买药能多报多少", "kind": "resident-colloquial",
     "gold": ["门诊用药报销比例提高10%"], "answer": ["10%"], "period": "plan-2024",
     "answerable": True},
    {"id": "c", "q": "温泉门票多少钱", "kind": "unanswerable-near", "gold": [], "answer": [],
     "period": "none", "answerable": False},
    {"id": "d", "q": "红烧肉怎么做", "kind": "unanswerable-far", "gold": [], "answer": [],
     "period": "none", "answerable": False},
]


def gold_file(folder):
    file = folder / "gold.jsonl"
    lines = [json.dumps(question, ensure_ascii=False) for question in GOLD]
    file.write_text("\n".join(lines), encoding="utf-8")
    return str(file)


def test_an_evaluation_is_saved_and_compared_with_an_earlier_one(tmp_path):
    file, saved = gold_file(tmp_path), str(tmp_path / "old.json")
    ran = run("eval", file, "--save", saved, folder=tmp_path)
    assert ran.returncode == 0, ran.stderr
    figures = {line.split()[0]: line.split()[-1] for line in ran.stdout.splitlines() if line.strip()}
    assert figures["hit@1"] == "1.000" and figures["nDCG@10"] == "1.000"
    rows = json.loads((tmp_path / "old.json").read_text(encoding="utf-8"))
    for row in rows["rows"]:
        if row["id"] == "a":
            row["right"] = row["hit1"] = False
    (tmp_path / "old.json").write_text(json.dumps(rows), encoding="utf-8")
    compared = run("eval", file, "--compare", saved, folder=tmp_path).stdout
    assert "better: a" in compared
    hit = next(line for line in compared.splitlines() if line.startswith("hit@1") and "+" in line)
    assert hit.split()[1:] == ["0.500", "1.000", "+0.500"]


REPLIES = [
    {"id": "a", "q": "今年修哪几条高速", "role": "resident", "kind": "road", "holds": "full",
     "lead": ["4条高速开工建设"], "status": ["answered"], "answer": ["通秦"]},
    {"id": "b", "q": "那去年呢", "history": ["今年完成造林封育多少亩"], "role": "cadre", "kind": "follow-up",
     "holds": "full", "lead": ["完成造林封育8.6万亩"], "status": ["answered"]},
    {"id": "c", "q": "三抓三促是什么意思", "role": "cadre", "kind": "slogan", "holds": "full",
     "lead": ["这句话报告里没有"], "status": ["answered"]},
]


def test_whole_replies_are_judged_with_floors_and_from_a_batch(tmp_path):
    file = tmp_path / "replies.jsonl"
    file.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in REPLIES), encoding="utf-8")
    ran = run("eval", str(file), "--by-kind", "--misses", "--save", "old.jsonl", folder=tmp_path)
    assert ran.returncode == 0, ran.stderr
    figures = {line.split()[0]: line.split()[1] for line in ran.stdout.splitlines() if "n=" in line}
    assert figures["lead"] == "0.667" and figures["answer"] == "1.000"
    assert "follow-up" in ran.stdout and "MISS c [cadre/full/slogan]" in ran.stdout
    short = run("eval", str(file), "--floor", "lead=.66,full=.9", "--compare", "old.jsonl", folder=tmp_path)
    assert short.returncode == 1 and "\nfalls short: full=" in short.stdout
    assert "better: \nworse:  \n" in short.stdout
    batch = run("ask", "--batch", str(file), folder=tmp_path).stdout
    (tmp_path / "answers.jsonl").write_text(batch, encoding="utf-8")
    again = run("eval", str(file), "--by-kind", "--misses", "--answers", "answers.jsonl", folder=tmp_path)
    assert again.stdout == ran.stdout
    both = run("eval", str(file), gold_file(tmp_path), folder=tmp_path)
    assert both.returncode == 1 and "分开检验" in both.stderr


def test_weights_are_fitted_and_printed_as_the_file_has_them(tmp_path):
    out = run("eval", gold_file(tmp_path), "--tune", folder=tmp_path).stdout
    assert "[weights]" in out and "[decision.speaks.words]" in out
    assert any(line.startswith("sentence_similarity = ") for line in out.splitlines())


def test_each_component_is_left_out_in_turn(tmp_path):
    out = run("eval", gold_file(tmp_path), "--ablate", folder=tmp_path).stdout
    rows = [line for line in out.splitlines() if line.startswith("| ")]
    assert rows[1].startswith("| (nothing) | 1.000 |")
    assert any(row.startswith("| lexicon |") for row in rows)


def test_a_public_collection_is_measured_and_written_as_a_trec_run(tmp_path):
    collection = tmp_path / "set"
    (collection / "qrels").mkdir(parents=True)
    passages = ["硬化自然村组道路150公里。", "全面建成县城天然气管网。", "义务植树220万株以上。"]
    with (collection / "corpus.jsonl").open("w", encoding="utf-8") as file:
        for n, text in enumerate(passages):
            file.write(json.dumps({"_id": f"p{n}", "title": "", "text": text}) + "\n")
    (collection / "queries.jsonl").write_text(
        json.dumps({"_id": "q1", "text": "天然气管子什么时候接通"}) + "\n", encoding="utf-8")
    (collection / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq1\tp1\t1\n")
    ran = run("eval", "--beir", str(collection), "--run", "out.trec", folder=tmp_path)
    assert ran.returncode == 0, ran.stderr
    assert "nDCG@10   1.0000" in ran.stdout
    assert (tmp_path / "out.trec").read_text().startswith("q1 Q0 p1 1 ")


def test_a_mistake_among_the_weights_is_told_with_its_line(tmp_path):
    weights = tmp_path / "config" / "ranking.toml"
    weights.parent.mkdir()
    weights.write_text("[bm25]\nwords = viel\n", encoding="utf-8")
    ran = run("ask", QUESTION, folder=tmp_path)
    assert ran.returncode != 0
    assert "config/ranking.toml:2：" in ran.stderr


def test_vectors_are_made_beforehand(tmp_path):
    ran = run("embed", "--bundle", "all.vectors", folder=tmp_path)
    assert ran.returncode == 0, ran.stderr
    assert (tmp_path / "all.vectors").read_bytes().startswith(b"wenzheng-vectors 1 ")
