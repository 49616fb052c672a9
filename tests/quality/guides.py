#!/usr/bin/env python3
"""Real service guides: is a field that is asked for answered, and is a guide found by its everyday name?

    tests/quality/guides.py write  GUIDES DIR [--also-called]
    tests/quality/guides.py facets GUIDES WORDINGS PROGRAM [--half first|second] [--misses FILE] [--replies FILE]
    tests/quality/guides.py names  GUIDES PROGRAM [--also-called] [--misses FILE] [--replies FILE]
    tests/quality/guides.py times  GUIDES PROGRAM

GUIDES has a record a line, as a province publishes them (matter_name, accept_standard, …); PROGRAM is a built
`wenzheng`. All but `write` serve the guides with it on a free port of this machine and ask over its JSON API. Which
questions are asked depends on nothing but the files. Exit status 1 when a bar is missed.

write   the corpus: half of the guides as lines `label：value`, half as tables of two columns, in turn; an empty field has
        no line. The everyday name (matter_daily) is left out unless --also-called is given.
facets  title × field × wording. WORDINGS: `{"材料": ["{X}要带啥", …], …}`, eight a field. Only guides whose title no other
        has are asked about. The first half takes every other guide with the wordings of odd number, the second the rest.
names   the everyday names that neither hold the title of their guide nor stand in it; guides of one title are one.
times   seconds until the guides are imported, answered by words and searched by meaning; milliseconds a question.

A field that a guide has is answered rightly when the reply is `answered`, its first card is of that guide and below that
label and holds the whole value, and neither another field nor another guide is in the reply. 时限 has two labels: a
question that names one of them wants that one, any other wants all that the guide has, in any order. Not asked for are
values of more than 300 characters and conditions that end in a colon, since their items were lost before us.

A field that a guide lacks is answered rightly when the reply is `partial`, names the guide and the field, quotes
nothing, and tells the number to ask where the guide has one.

--misses writes what is wrong, for reading; --replies every reply with its verdict, a JSON record a line.
"""

import argparse
import itertools
import json
import math
import os
import random
import re
import sys
import tempfile
import time
import unicodedata
import urllib.parse
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from support.program import Program, run  # noqa: E402

#: Labels as guides write them, in their usual order, and the key of a record that each is filled from.
LABELS = {"事项类型": "matter_type", "实施主体": "DEPT_NAME", "服务对象": "service_object_name",
          "受理条件": "accept_standard", "申请材料": "material_intro", "办理地点": "handle_location",
          "法定办结时限": "handle_time", "承诺办结时限": "handle_time_limit", "咨询电话": "consult_phone",
          "投诉电话": "complain_phone"}
#: Facets that people ask for: their labels, and what a reply may call them, in either script.
FACETS = {"条件": (("受理条件",), "[条條]件"), "材料": (("申请材料",), "材料"), "地点": (("办理地点",), "地[点點]"),
          "时限": (("承诺办结时限", "法定办结时限"), "[时時]限|期限|多久|几天|幾天"),
          "咨询": (("咨询电话",), "咨询|諮詢|电话|電話"), "投诉": (("投诉电话",), "投[诉訴]|[监監]督"),
          "对象": (("服务对象",), "[对對]象"), "收费": ((), "收[费費]|[费費]用"), "截止": ((), "截止"),
          "流程": ((), "流程|程序|步[骤驟]"), "标准": ((), "[标標][准準]|金[额額]")}
PRESENT = {"条件": 200, "材料": 200, "地点": 200, "时限": 200, "咨询": 200, "投诉": 200, "对象": 200}
ABSENT = {"条件": 200, "材料": 200, "时限": 200, "咨询": 200, "投诉": 200,
          "收费": 100, "截止": 100, "流程": 100, "标准": 100}
LONGEST = 300  # characters of a value that a card has to hold
#: A value or title shorter than this stands in a reply by chance.
TELLING = 4
AT_ONCE = 2
BARS = {"average": 0.95, "lowest": 0.90, "hit@1": 0.86, "hit@3": 0.96, "hit@1, also called": 0.98,
        "import s": 5, "by meaning s": 60, "p99 ms": 15}


# The guides.

@dataclass
class Guide:
    """A record, and its fields by label: texts, or lists of them."""
    id: str
    title: str
    place: str
    everyday: str
    fields: dict

    def has(self, labels):
        return [label for label in labels if label in self.fields]


def read_guides(path):
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    return [guide(n, json.loads(line)) for n, line in enumerate(filter(None, lines), 1)]


def guide(n, record):
    filled = {label: value(label, record.get(key)) for label, key in LABELS.items()}
    filled = {label: held for label, held in filled.items() if held}
    # 广东省广州市: the narrowest of the places named.
    place = re.split(r"(?<=[省区])(?=.)", one_line(record["AREA_CODE_TEXT"]))[-1]
    return Guide(f"guide-{n:04}", one_line(record["matter_name"]), place,
                 one_line(record.get("matter_daily") or ""), filled)


def value(label, raw):
    """What a record holds for a label, without the label itself (办理地点：…)."""
    if isinstance(raw, list):
        return [item for item in (one_line(item).rstrip("；;。") for item in raw) if item]
    return re.sub(rf"^{label}[：:]", "", one_line(raw or ""))


def one_line(text):
    return " ".join(text.split())


def told(label, held):
    """A value as a guide writes it: materials with numbers, other lists with 、."""
    if isinstance(held, str):
        return held
    if label == "申请材料":
        return "；".join(f"{n}.{item}" for n, item in enumerate(held, 1))
    return "、".join(held)


def markdown(guide, as_table, also_called):
    quoted = lambda text: json.dumps(text, ensure_ascii=False)  # noqa: E731
    head = ["---", "kind: policy", f"title: {quoted(guide.title)}", f"issuer: {quoted(guide.fields['实施主体'])}",
            f"place: {guide.place}", f"department: {quoted(guide.fields['实施主体'])}"]
    if also_called and guide.everyday:
        head.append(f"also_called: [{quoted(guide.everyday)}]")
    rows = [("事项名称", guide.title)] + [(label, told(label, held)) for label, held in guide.fields.items()]
    if as_table:
        rows = [f"| {label} | {text.replace('|', '｜')} |" for label, text in rows]
        body = "\n".join([rows[0], "| --- | --- |", *rows[1:]])
    else:
        body = "\n\n".join(f"{label}：{text}" for label, text in rows)
    return "\n".join(head) + f"\n---\n\n# {guide.title}\n\n{body}\n"


def write(guides, folder, also_called=False):
    folder.mkdir(parents=True, exist_ok=True)
    for n, one in enumerate(guides):
        (folder / f"{one.id}.md").write_text(markdown(one, n % 2 == 1, also_called), encoding="utf-8")


# What is asked.

@dataclass
class Question:
    """What is asked, of which guide, and for which labels; none of them: the guide lacks what is asked for."""
    text: str
    guide: Guide
    facet: str
    labels: list = field(default_factory=list)

    @property
    def row(self):
        return f"{self.facet}{'有' if self.labels else '无'}"


def only_of_its_title(guides):
    """Guides whose title no other has."""
    titles = Counter(bare(one.title) for one in guides)
    return [one for one in guides if titles[bare(one.title)] == 1]


def in_order(guides, seed):
    """Shuffled, the same way each time."""
    guides = list(guides)
    random.Random(seed).shuffle(guides)
    return guides


def can_be_asked(guide, facet):
    """True unless a value is too long or was cut off."""
    values = [told(label, guide.fields[label]) for label in guide.has(FACETS[facet][0])]
    return all(len(text) <= LONGEST and not text.endswith(("：", ":")) for text in values)


def wanted(wording, guide, facet):
    """The labels of a guide that a wording asks for: those it names, else all of the facet."""
    labels = FACETS[facet][0]
    named = [label for label in labels if len(labels) > 1 and label[:2] in wording]
    return guide.has(named or labels)


def questions_of(guides, facet, wordings, present, count, half):
    """Questions on one facet; the n-th guide takes the n-th wording, or the next of its half that asks for what it has."""
    fit = [one for one in guides if bool(one.has(FACETS[facet][0])) == present and can_be_asked(one, facet)]
    for n, one in enumerate(in_order(fit, f"{facet} {present}")[:count]):
        if half and n % 2 != ("first", "second").index(half):
            continue
        mine = (wordings[(n + step) % len(wordings)] for step in range(0, len(wordings), 2))
        wording = next(wording for wording in mine if wanted(wording, one, facet) or not present)
        yield Question(wording.replace("{X}", one.title), one, facet, wanted(wording, one, facet))


def facet_questions(guides, wordings, half):
    guides = only_of_its_title(guides)
    for present, counts in ((True, PRESENT), (False, ABSENT)):
        for facet, count in counts.items():
            yield from questions_of(guides, facet, wordings[facet], present, count, half)


def everyday_names(guides):
    """Everyday name to the titles that it stands for, without those that a title gives away."""
    titles = defaultdict(set)
    for one in guides:
        if one.everyday:
            titles[one.everyday].add(one.title)
    return {name: of for name, of in titles.items() if not any(name in title or title in name for title in of)}


# What is right.

def bare(text):
    """For comparison: one form of each character, no white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def holds(text, held):
    """Whether a text holds a value whole: of a list each item."""
    return all(bare(item) in bare(text) for item in ([held] if isinstance(held, str) else held))


def names_guide(text, title):
    """Whether a text has a title in 《》, in either script: most characters of a title are the same in both."""
    if bare(title) in bare(text):
        return True
    quoted = re.findall(r"《(.+)》", bare(text.split("\n")[0]))
    alike = [sum(map(str.__eq__, one, bare(title))) for one in quoted if len(one) == len(bare(title))]
    return any(2 * same > len(bare(title)) for same in alike)


def label_of(card):
    """The label of a card: before the colon of its quote, else the last heading above it."""
    before, colon, _ = bare(card["quote"]).partition(":")
    known = [label for label in [*LABELS, "事项名称"] if colon and before == label]
    return known[0] if known else (card["path"] or [""])[-1]


class Judge:
    """Tells what is wrong with a reply; knows all titles."""

    def __init__(self, guides):
        self.titles = {one.title for one in guides}

    def faults(self, question, reply):
        return self.of_present(question, reply) if question.labels else self.of_absent(question, reply)

    def of_present(self, question, reply):
        guide, cards = question.guide, reply["citations"]
        if reply["status"] != "answered":
            return [f"status {reply['status']}"]
        if not cards:
            return ["no card"]
        faults = []
        first = label_of(cards[0])
        if cards[0]["document_id"] != guide.id:
            faults.append(f"first card of another guide: {cards[0]['document_title']}")
        elif first not in question.labels:
            faults.append(f"first card of another field: {first}")
        elif not holds(cards[0]["quote"], guide.fields[first]):
            faults.append("first card does not hold the whole value")
        # By the cards and not by the text, which is in traditional characters where the question is.
        faults += [f"value not in the reply: {label}" for label in question.labels
                   if not any(holds(card["quote"], guide.fields[label]) for card in cards if label_of(card) == label)]
        return faults + self.beside(question, reply)

    def beside(self, question, reply):
        """Other fields and other guides in a reply."""
        allowed = FACETS[question.facet][0]
        cards = [card for card in reply["citations"][1:] if card["document_id"] == question.guide.id]
        faults = [f"another field: {label_of(card)}" for card in cards if label_of(card) not in allowed]
        faults += [f"another guide: {card['document_title']}" for card in reply["citations"][1:]
                   if card["document_id"] != question.guide.id]
        rest = self.without_what_belongs(question, reply["text"])
        faults += [f"another field in the text: {label}" for label, held in question.guide.fields.items()
                   if label not in allowed and len(told(label, held)) >= TELLING and holds(rest, held)]
        return faults + self.other_titles(rest)

    def without_what_belongs(self, question, text):
        """The text without the title, the values asked for, and what the question says itself."""
        rest, guide = bare(text), question.guide
        owned = [told(label, guide.fields[label]) for label in guide.has(FACETS[question.facet][0])]
        for own in sorted([*owned, question.text, guide.title], key=len, reverse=True):
            rest = rest.replace(bare(own), "\n")
        # Who issued it and of which place it is belongs to the citation.
        return rest.replace(bare(f"{guide.place}《\n》"), "\n")

    def other_titles(self, rest):
        return [f"another guide in the text: {title}" for title in self.titles if f"《{bare(title)}》" in rest]

    def of_absent(self, question, reply):
        guide = question.guide
        faults = []
        if reply["status"] != "partial":
            faults.append(f"status {reply['status']}")
        faults += [f"a quote: {label_of(card)} of {card['document_title']}" for card in reply["citations"]]
        # What names the field must not be the title, or the question repeated.
        rest = self.without_what_belongs(question, reply["text"])
        if not re.search(FACETS[question.facet][1], rest):
            faults.append("does not name the field")
        if not names_guide(reply["text"], guide.title):
            faults.append("does not name the guide")
        phone = re.search(r"\d[\d\-— ]{3,}\d", guide.fields.get("咨询电话", ""))
        if phone and bare(phone[0]) not in bare(reply["text"]):
            faults.append("does not tell the number to ask")
        return faults + self.other_titles(rest)


# The program.

class Served:
    """The guides, served; each question comes from an address of its own, since the questions of a person are counted."""

    def __init__(self, program):
        self.program = program
        self._addresses = (f"198.{18 + n // 65025}.{n // 255 % 255}.{1 + n % 254}" for n in itertools.count())

    def request(self, method, path, body=None):
        status, _, text = self.program.request(method, path, body, {"X-Forwarded-For": next(self._addresses)})
        assert status == 200, f"{path}: {status} {text}"
        return json.loads(text)

    def ask(self, question):
        return self.request("POST", "/api/ask", {"question": question})

    def ask_all(self, questions):
        with ThreadPoolExecutor(AT_ONCE) as pool:
            return list(pool.map(self.ask, questions))

    def titles_found(self, reply):
        """Titles of the guides that a reply cites or keeps as related, best first, each once."""
        passages = [self.request("GET", f"/api/passages/{one}") for one in reply["related"]]
        found = [card["document_title"] for card in reply["citations"]]
        return list(dict.fromkeys(found + [one["document_title"] for one in passages]))

    def titles_ranked(self, query):
        query = urllib.parse.urlencode({"q": query, "limit": 50})
        ranked = self.request("GET", f"/api/search?{query}")["passages"]
        return list(dict.fromkeys(one["document_title"] for one in ranked))

    def wait(self, done, seconds=900):
        """Seconds until `done` says so of /readyz."""
        begun = time.monotonic()
        while True:
            try:
                if done(json.loads(self.program.request("GET", "/readyz")[2])):
                    return time.monotonic() - begun
            except (OSError, ValueError):
                pass  # not yet
            assert self.program.running, f"the program ended:\n{self.program.log[-2000:]}"
            assert time.monotonic() - begun < seconds, f"not ready after {seconds} s"
            time.sleep(0.05)


def by_meaning(ready):
    return ready["semantic"]["state"] == "ready"


@contextmanager
def serving(guides, program, also_called=False, until=by_meaning):
    """The guides, served by a program at this path, from a folder that is gone afterwards."""
    os.environ["WENZHENG_BIN"] = str(Path(program).resolve())
    with tempfile.TemporaryDirectory() as folder:
        write(guides, Path(folder) / "corpus", also_called)
        running = Program(folder, WENZHENG_LOG__FILTER="warn").start()
        try:
            served = Served(running.wait_until_http())
            served.wait(until)
            yield served
        finally:
            running.stop()


# The commands.

@dataclass
class Verdict:
    """What was asked, what is wrong with the reply to it, and what would have been right."""
    row: str
    question: str
    right: str
    faults: list
    reply: dict


def keep(verdicts, misses, replies):
    if misses:
        wrong = [one for one in verdicts if one.faults]
        text = "\n".join(f"## {one.row}：{one.question}\nright: {one.right}\nwrong: {'; '.join(one.faults)}\n"
                         f"{one.reply['text']}\n" for one in wrong)
        Path(misses).write_text(text, encoding="utf-8")
    if replies:
        lines = (json.dumps(vars(one), ensure_ascii=False) + "\n" for one in verdicts)
        Path(replies).write_text("".join(lines), encoding="utf-8")


def share(verdicts):
    return sum(not one.faults for one in verdicts) / len(verdicts)


def expected(question):
    if not question.labels:
        return f"no {question.facet}; ask {question.guide.fields.get('咨询电话', 'nobody')}"
    return "；".join(f"{label}：{told(label, question.guide.fields[label])}" for label in question.labels)


def facets(options):
    guides = read_guides(options.guides)
    wordings = json.loads(Path(options.wordings).read_text(encoding="utf-8"))
    questions, judge = list(facet_questions(guides, wordings, options.half)), Judge(guides)
    with serving(guides, options.program) as served:
        replies = served.ask_all([question.text for question in questions])
    verdicts = [Verdict(question.row, question.text, expected(question), judge.faults(question, reply), reply)
                for question, reply in zip(questions, replies, strict=True)]
    keep(verdicts, options.misses, options.replies)
    rows = defaultdict(list)
    for verdict in verdicts:
        rows[verdict.row].append(verdict)
    for row, of in rows.items():
        print(f"{row} {sum(not one.faults for one in of)}/{len(of)} {share(of):.3f}")
    shares = [share(of) for of in rows.values()]
    present, absent = ([share(of) for row, of in rows.items() if row[-1] == kind] for kind in "有无")
    print(f"average of present {mean(present):.3f}, of absent {mean(absent):.3f}")
    print(f"average {mean(shares):.3f}, lowest {min(shares):.3f}; of all questions {share(verdicts):.3f}")
    return mean(shares) >= BARS["average"] and min(shares) >= BARS["lowest"]


def mean(values):
    return sum(values) / len(values)


def names(options):
    """By replies, which is what people read, and by search alone beside it."""
    guides = read_guides(options.guides)
    asked = everyday_names(guides)
    with serving(guides, options.program, options.also_called) as served:
        replies = served.ask_all(asked)
        found = [served.titles_found(reply) for reply in replies]
        ranked = [served.titles_ranked(name) for name in asked]
    verdicts = []
    for (name, right), reply, titles in zip(asked.items(), replies, found, strict=True):
        faults = [] if titles[:1] and titles[0] in right else [f"found: {'、'.join(titles[:3]) or 'nothing'}"]
        verdicts.append(Verdict("名", name, "、".join(sorted(right)), faults, reply))
    keep(verdicts, options.misses, options.replies)
    cards = [list(dict.fromkeys(card["document_title"] for card in reply["citations"])) for reply in replies]
    hits = {kind: hit_shares(lists, asked.values()) for kind, lists in
            (("replies", found), ("cards of replies alone", cards), ("search", ranked))}
    for kind, (first, three) in hits.items():
        print(f"{len(asked)} names, {kind}: hit@1 {first:.3f}, hit@3 {three:.3f}")
    print("status of the replies:", dict(Counter(reply["status"] for reply in replies)))
    first, three = hits["replies"]
    if options.also_called:
        return first >= BARS["hit@1, also called"]
    return first >= BARS["hit@1"] and three >= BARS["hit@3"]


def hit_shares(lists, rights):
    """Shares of lists whose first is right, and with a right one among the first three."""
    pairs = list(zip(lists, rights, strict=True))
    return tuple(mean([bool(right.intersection(titles[:most])) for titles, right in pairs]) for most in (1, 3))


def times(options):
    guides = read_guides(options.guides)
    figures = {"guides": len(guides), "import s": import_seconds(guides, options.program)}
    begun = time.monotonic()
    since = lambda: round(time.monotonic() - begun, 1)  # noqa: E731
    with serving(guides, options.program, until=lambda ready: ready["documents"] == len(guides)) as served:
        served.ask(f"{guides[0].title}去哪办")
        figures["answered by words s"] = since()
        served.wait(by_meaning)
        figures["by meaning s"] = since()
        took = sorted(question_ms(served, guides))
    figures |= {"p50 ms": at(took, 0.5), "p99 ms": at(took, 0.99), "max ms": at(took, 1)}
    print(json.dumps(figures, ensure_ascii=False))
    return all(figures[name] <= BARS[name] for name in ("import s", "by meaning s", "p99 ms"))


def import_seconds(guides, program):
    """Seconds of `wenzheng import`, which writes files of the same content once and says so by its exit status."""
    os.environ["WENZHENG_BIN"] = str(Path(program).resolve())
    with tempfile.TemporaryDirectory() as folder:
        given, imported = Path(folder) / "given", Path(folder) / "imported"
        write(guides, given)
        different = {file.read_text(encoding="utf-8") for file in given.iterdir()}
        begun = time.monotonic()
        done = run("import", given, "--out", imported, folder=folder)
        took = time.monotonic() - begun
        assert len(list(imported.rglob("*.md"))) == len(different), done.stdout[-2000:] + done.stderr[-2000:]
    return round(took, 1)


def question_ms(served, guides):
    """Milliseconds of questions one after the other, as the program counts them: fields of guides and everyday names."""
    questions = [f"{one.title}要带什么材料" for one in in_order(guides, "times")[:300]] + list(everyday_names(guides))
    for question in questions[:20]:
        served.ask(question)  # to warm it up
    return [served.ask(question)["took_us"] / 1000 for question in questions]


def at(values, part):
    """Nearest rank, of sorted values."""
    return round(values[max(0, math.ceil(part * len(values)) - 1)], 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    for name, does, arguments in (("write", write_corpus, ["guides", "folder"]),
                                  ("facets", facets, ["guides", "wordings", "program"]),
                                  ("names", names, ["guides", "program"]), ("times", times, ["guides", "program"])):
        command = commands.add_parser(name)
        command.set_defaults(does=does)
        for argument in arguments:
            command.add_argument(argument)
        if name in ("write", "names"):
            command.add_argument("--also-called", action="store_true")
        if name == "facets":
            command.add_argument("--half", choices=("first", "second"))
        if name in ("facets", "names"):
            command.add_argument("--misses")
            command.add_argument("--replies")
    options = parser.parse_args()
    sys.exit(not options.does(options))


def write_corpus(options):
    write(read_guides(options.guides), Path(options.folder), options.also_called)
    return True


if __name__ == "__main__":
    main()
