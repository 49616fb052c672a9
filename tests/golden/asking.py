"""`ask --batch`: every question file over its own reports, by words and with the model."""

import contextlib
import os
import shutil
from concurrent.futures import ThreadPoolExecutor

from program import BY_WORDS, keep


def corpora_of(binary, files, folder, making):
    """Imports the reports of every corpus into `folder`; once, for both binaries."""
    for corpus in files.corpora.values():
        into = folder / corpus.name
        if not corpus.files or into.exists():
            continue
        shutil.rmtree(making, ignore_errors=True)
        for path, arguments in corpus.files:
            binary.run("import", path, "--out", making, *arguments)
        into.parent.mkdir(parents=True, exist_ok=True)
        moving = into.with_name(f"{into.name}.{os.getpid()}")
        shutil.copytree(making, moving)
        with contextlib.suppress(OSError):
            moving.rename(into)
        shutil.rmtree(moving, ignore_errors=True)


def data_of(binary, corpus):
    """The data folder of a corpus: each has its own, so that two can be used at once."""
    return binary.folder / "data" / corpus.name


def hand_vectors(corpus, data, vectors):
    """Copies the vectors that OLD made for this corpus, if there are any."""
    data.mkdir(parents=True, exist_ok=True)
    if not corpus.own_vectors:
        for file in (vectors / corpus.name).glob("*.vectors"):
            shutil.copy(file, data)


def keep_vectors(binary, files, vectors):
    """Keeps the vectors that OLD made."""
    for corpus in files.corpora.values():
        for file in data_of(binary, corpus).glob("*.vectors"):
            if not (vectors / corpus.name / file.name).exists():
                keep(vectors / corpus.name / file.name, file.read_bytes())


def run(binary, files, corpora, vectors):
    """Case to answer; the folder `vectors` holds those that may be used."""
    by_corpus = {}
    for questions in files.questions:
        by_corpus.setdefault(questions.corpus, []).append(questions)

    def ask(name):
        corpus = files.corpora[name]
        hand_vectors(corpus, data_of(binary, corpus), vectors)
        found = {}
        for questions in by_corpus[name]:
            modes = [("words", BY_WORDS)] + [("model", {})] * corpus.with_model
            for mode, settings in modes:
                found |= _batch(binary, corpus, corpora, questions, mode, settings)
        return found

    # The longest first, so that both processors are busy until the end.
    names = sorted(by_corpus, key=lambda name: -sum(len(q.lines) for q in by_corpus[name]))
    with ThreadPoolExecutor(2) as pool:
        results = {}
        for found in pool.map(ask, names):
            results |= found
    return dict(sorted(results.items()))


def _batch(binary, corpus, corpora, questions, mode, settings):
    named = ["--corpus", corpora / corpus.name] if corpus.files else []
    status, out, err = binary.run(*named, "ask", "--batch", "-", stdin=questions.batch,
                                  WENZHENG_DATA__DIR=str(data_of(binary, corpus)), **settings)
    case = f"{mode} {questions.name} @{corpus.name}"
    found = {f"{case}: end": f"{status}, {out.count(chr(10))} lines\n{err}"}
    for line, answer in zip(questions.lines, out.splitlines()):
        found[f"{case}: {line['id']} {line['q'][:40]}"] = answer
    return found
