"""The questions and reports there are, in this repository and in the folders given."""

import json
from dataclasses import dataclass, field
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
_REPORTS = (".md", ".txt", ".html", ".htm", ".docx", ".pdf")
#: The corpus inside the program.
BUNDLED = "bundled"
#: All reports of tests/fixtures/reports and the bundled one.
SEVERAL = "several"
#: What questions about a service guide ask.
_GUIDE_QUESTIONS = ("{}需要什么材料", "{}在哪里办", "{}要多少天", "{}的咨询电话是多少", "谁可以办{}", "{}有什么条件")
#: What is asked about each place of a large collection.
_PLACE_QUESTIONS = ("{place}{year}年地区生产总值增长多少", "{place}今年修哪些路", "{place}去年新增就业多少人",
                    "{place}在教育上做了什么", "{place}今年要办哪些民生实事", "{place}低保标准是多少")


@dataclass
class Corpus:
    """Reports that are loaded together."""

    name: str
    #: Files to import, each with further arguments for `import`.
    files: list = field(default_factory=list)
    with_model: bool = True
    #: True where each binary makes its own vectors, so that the model itself is compared.
    own_vectors: bool = False


@dataclass
class Questions:
    """Questions that are asked of one corpus."""

    name: str
    corpus: str
    lines: list = field(default_factory=list)

    @property
    def batch(self):
        """As `ask --batch` reads them."""
        return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in self.lines)


@dataclass
class Files:
    """Everything that is read."""

    corpora: dict = field(default_factory=dict)
    questions: list = field(default_factory=list)
    imports: list = field(default_factory=list)
    import_folders: list = field(default_factory=list)
    #: Damaged lines, by name.
    damaged: dict = field(default_factory=dict)
    read: list = field(default_factory=list)

    def corpus(self, name, *files, **more):
        """The corpus `name`, made when there is none yet."""
        if name not in self.corpora:
            self.corpora[name] = Corpus(name, list(files), **more)
        return name


def _lines(path):
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.strip():
                try:
                    yield json.loads(line)
                except ValueError:
                    return


def collect(folders):
    """All that is found, in a fixed order."""
    files = Files()
    files.corpus(BUNDLED)
    reports = sorted((REPOSITORY / "tests/fixtures/reports").glob("*-*.md"))
    bundled = sorted((REPOSITORY / "corpus").rglob("*.md"))
    files.corpus(SEVERAL, *((path, ()) for path in reports + bundled))
    roots = [(REPOSITORY / name).resolve() for name in ("tests/quality", "tests/fixtures", "corpus")]
    for root in roots + [Path(folder).resolve() for folder in folders]:
        for path in sorted(root.rglob("*")):
            if path.is_file() and ".git" not in path.parts:
                _take(files, path, path.relative_to(root.parent))
    files.import_folders = [REPOSITORY / "tests/fixtures/reports", REPOSITORY / "tests/fixtures/whole"]
    files.import_folders += sorted({path.parent for path in files.read if path.name == "gold.jsonl"})
    return files


def _take(files, path, name):
    label = str(name.with_suffix(""))
    if path.suffix in _REPORTS:
        files.imports.append((str(name), path))
    elif path.suffix == ".jsonl":
        if not _take_lines(files, path, label):
            return
    else:
        return
    files.read.append(path)


def _take_lines(files, path, label):
    first = next(_lines(path), None)
    if not isinstance(first, dict):
        return False
    if "q" in first:
        _questions(files, path, label)
    elif "matter_name" in first:
        files.imports.append((label + ".jsonl", path))
        corpus = files.corpus(label, (path, ("--year", "2024", "--place", "广东省")))
        lines = [{"id": f"s{n}", "q": _GUIDE_QUESTIONS[n % len(_GUIDE_QUESTIONS)].format(guide["matter_name"])}
                 for n, guide in enumerate(_lines(path))]
        files.questions += [Questions(label, corpus, lines), Questions(label, BUNDLED, lines)]
    elif path.name == "queries.jsonl" and (path.parent / "corpus.jsonl").exists():
        collection = path.parent / "corpus.jsonl"
        corpus = files.corpus(label, (collection, ("--year", "2022", "--place", "江苏省")))
        lines = [{"id": query["_id"], "q": query["text"]} for query in _lines(path)]
        files.questions += [Questions(label, corpus, lines), Questions(label, BUNDLED, lines)]
    elif "_id" in first and "title" in first:
        files.imports.append((label + ".jsonl", path))
    elif "file" in first and "place" in first:
        _collection(files, path, label)
    elif "raw" in first:
        for n, line in enumerate(_lines(path)):
            files.damaged[f"{label}:{n + 1}"] = line["raw"]
    else:
        return False
    return True


def _questions(files, path, label):
    """Questions; those that name a report are asked of that one and of all reports together."""
    by_corpus = {}
    for line in _lines(path):
        asked = {"id": line["id"], "q": line["q"]}
        if line.get("history"):
            asked["history"] = line["history"]
        report = line.get("document") or line.get("report")
        corpus = BUNDLED
        if report:
            corpus = files.corpus(f"report/{report}", (_report(path, report), ()),
                                  own_vectors="report" in line)
            by_corpus.setdefault(SEVERAL, []).append(asked)
        by_corpus.setdefault(corpus, []).append(asked)
    if BUNDLED in by_corpus and len(by_corpus[BUNDLED]) < 300:
        by_corpus.setdefault(SEVERAL, []).extend(by_corpus[BUNDLED])
    files.questions += [Questions(label, corpus, lines) for corpus, lines in by_corpus.items()]


def _report(path, name):
    for folder in (path.parent, REPOSITORY / "tests/fixtures/reports"):
        if (folder / f"{name}.md").exists():
            return folder / f"{name}.md"
    raise SystemExit(f"{path}: there is no report {name}.md beside it or below tests/fixtures/reports")


def _collection(files, path, label):
    """A large collection: all of it is loaded, and each place is asked about."""
    corpus = files.corpus(label, (path.parent, ()), with_model=False)
    lines = []
    for n, entry in enumerate(_lines(path)):
        for k in range(2):
            template = _PLACE_QUESTIONS[(2 * n + k) % len(_PLACE_QUESTIONS)]
            text = template.format(place=entry["place"], year=entry.get("year") or 2024)
            lines.append({"id": f"c{n}-{k}", "q": text})
    files.questions.append(Questions(label, corpus, lines))
