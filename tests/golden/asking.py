"""`ask --batch`: every question file over its own reports, by words and with the model."""

import shutil
from concurrent.futures import ThreadPoolExecutor

from program import BY_WORDS


def corpora_of(binary, files, folder):
    """Imports the reports of every corpus into `folder`; once, for both binaries."""
    for corpus in files.corpora.values():
        into = folder / corpus.name
        if not corpus.files or into.exists():
            continue
        making = folder / "making"
        shutil.rmtree(making, ignore_errors=True)
        for path, arguments in corpus.files:
            binary.run("import", path, "--out", making, *arguments)
        into.parent.mkdir(parents=True, exist_ok=True)
        making.rename(into)


def data_of(binary, corpus):
    """The data folder of a corpus: each has its own, so that two can be used at once."""
    return binary.folder / "data" / corpus.name


def hand_vectors(corpus, data, known):
    """Copies vectors that another binary made for this corpus."""
    data.mkdir(parents=True, exist_ok=True)
    if known and not corpus.own_vectors:
        for file in (known / "data" / corpus.name).glob("*.vectors"):
            shutil.copy(file, data)


def run(binary, files, corpora, known):
    """Case to answer; the folder `known` holds vectors that may be used."""
    by_corpus = {}
    for questions in files.questions:
        by_corpus.setdefault(questions.corpus, []).append(questions)

    def ask(name):
        corpus = files.corpora[name]
        hand_vectors(corpus, data_of(binary, corpus), known)
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
