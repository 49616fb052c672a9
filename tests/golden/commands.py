"""Commands that people type: help, check, config, term, chat, ask."""

import re
import shutil

from files import SEVERAL, REPOSITORY

#: One line of a sound report and what becomes of it.
_FAULTS = {
    "no front matter": (r"\A---.*?\n---\n", ""),
    "a key twice": (r"\A---\n", "---\nyear: 2023\n"),
    "a bad year": (r"(?m)^year: .*$", "year: soon"),
    "no title": (r"(?m)^title: .*\n", ""),
    "a heading that skips": (r"(?m)^### ", "##### "),
    "a part without a name": (r"(?m)^## .*$", "##"),
    "damaged characters": (r"。", "。\ufffd"),
    "an empty file": (r"(?s)\A.*\Z", ""),
    "only words": (r"(?s)\A.*\Z", "这不是报告。\n"),
}


def run(binary, files, corpora, questions):
    """Case to what the command shows."""
    shown = {"--version": binary.shown("--version"), "--help": binary.shown("--help")}
    commands = re.findall(r"(?m)^  ([a-z]+) ", shown["--help"].split("Options:")[0])
    for command in commands:
        shown[f"{command} --help"] = binary.shown(command, "--help")
        shown[f"{command} --nonsense"] = binary.shown(command, "--nonsense")
    shown["config"] = binary.shown("config")
    shown["config of the repository"] = binary.shown("--config", REPOSITORY / "config/wenzheng.toml", "config")
    shown |= _check(binary, files, corpora)
    several = ("--corpus", corpora / SEVERAL)
    by_words = {"WENZHENG_SEMANTIC__BACKEND": "off"}
    terms = binary.run("term")[1].splitlines()
    shown["term"] = binary.shown("term")
    for name in terms[::6] + ["sanzhuasancu", "没有这个用语", "三抓"]:
        shown[f"term {name}"] = binary.shown("term", name)
    shown["term of several"] = binary.shown(*several, "term", **by_words)
    talk = "\n".join(line["q"] for line in questions[:40])
    shown["chat"] = binary.shown("chat", stdin=talk + "\n那今年呢\n去年呢\n/quit\n")
    shown["chat of several"] = binary.shown(*several, "chat", stdin=talk + "\n那定西呢\n", **by_words)
    for line in questions[::30]:
        shown[f"ask {line['q']}"] = binary.shown("ask", line["q"])
        shown[f"ask --json {line['q']}"] = binary.shown("ask", "--json", line["q"])
    shown["ask"] = binary.shown("ask")
    shown["ask --batch nowhere"] = binary.shown("ask", "--batch", "nowhere.jsonl")
    bad = '{"id":"a"}\nno JSON\n\n{"id":7,"q":"x"}\n{"id":"b","q":"你好","history":["低保标准是多少"]}\n'
    shown["ask --batch of bad lines"] = binary.shown("ask", "--batch", "-", stdin=bad)
    shown["import nowhere"] = binary.shown("import", "nowhere.txt")
    shown["check nowhere"] = binary.shown("check", "nowhere")
    return shown


def _check(binary, files, corpora):
    """`check` of every corpus, of files that were never imported, and of reports with one fault."""
    shown = {f"check {corpus.name}": binary.shown("check", corpora / corpus.name)
             for corpus in files.corpora.values() if corpus.files}
    shown["check"] = binary.shown("check")
    for folder in ("corpus", "tests/fixtures/whole", "tests/fixtures/reports"):
        shown[f"check {folder}"] = binary.shown("check", REPOSITORY / folder)
    report = next((REPOSITORY / "corpus").rglob("*.md")).read_text(encoding="utf-8")
    for name, (pattern, instead) in _FAULTS.items():
        folder = binary.folder / "faulty"
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "place").mkdir(parents=True)
        flags = re.S if pattern.startswith(r"\A---.") else 0
        (folder / "place" / "report.md").write_text(re.sub(pattern, instead, report, flags=flags), "utf-8")
        shown[f"check, {name}"] = binary.shown("check", "faulty")
        shown[f"ask, {name}"] = binary.shown("--corpus", "faulty", "ask", "今年修哪几条高速")
    shutil.rmtree(binary.folder / "faulty")
    return shown
