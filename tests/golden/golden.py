"""The comparison as a whole: which binary runs when, and what is kept of it."""

import argparse
import hashlib
import json
import shutil
import sys
import tempfile
import time
from pathlib import Path

import asking
import commands
import compare
import importing
import serving
from files import BUNDLED, collect
from program import Binary, digest, keep

PARTS = ("ask", *serving.PARTS, "command", "import")
#: Answers that every channel shows, in each script.
_ANSWERS = 300
_HERE = Path(__file__).resolve().parent


def main():
    """Exit status 0 when NEW does what OLD does."""
    parser = argparse.ArgumentParser(prog="tests/golden/run", description="Compares two builds; see README.md.")
    parser.add_argument("old", type=Path, metavar="OLD")
    parser.add_argument("new", type=Path, metavar="NEW")
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep what OLD gave here")
    parser.add_argument("--part", action="append", choices=PARTS, help="only this part; may be repeated")
    parser.add_argument("--show", type=int, default=20, metavar="N", help="differences shown for each part")
    parser.add_argument("--full", action="store_true", help="write whole outputs of what differs")
    arguments = parser.parse_args()
    for path in (arguments.old, arguments.new, *arguments.folders):
        if not path.exists():
            print(f"{path} does not exist", file=sys.stderr)
            return 2
    scratch = Path(tempfile.mkdtemp(prefix="golden-"))
    try:
        return Comparison(arguments, scratch).run()
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


class Comparison:
    """One run of this script."""

    def __init__(self, arguments, scratch):
        self.arguments, self.scratch = arguments, scratch
        self.parts = arguments.part or list(PARTS)
        self.files = collect(arguments.folders)
        kept = arguments.keep or scratch
        name = f"{digest(arguments.old)}-{self._digest_of_files()}"
        self.kept = kept.resolve() / name
        self.corpora = self.kept / "corpora"
        self.vectors = self.kept / "vectors"
        self.questions = self._chosen()

    def _digest_of_files(self):
        """Of all that OLD's results depend on, the year included: programs know what year it is."""
        told = [str(time.localtime().tm_year)]
        told += [digest(path) for path in sorted(_HERE.glob("*.py")) + self.files.read]
        return hashlib.sha256(" ".join(told).encode()).hexdigest()[:12]

    def _chosen(self):
        """Questions for the channels, evenly from all that are asked of the bundled report."""
        asked, lines = set(), []
        for questions in self.files.questions:
            for line in questions.lines if questions.corpus == BUNDLED else []:
                if line["q"] not in asked:
                    asked.add(line["q"])
                    lines.append(line | {"id": f"{questions.name.split('/')[-1]}:{line['id']}"})
        return [lines[n * len(lines) // _ANSWERS] for n in range(min(_ANSWERS, len(lines)))]

    def run(self):
        """Compares and reports; the exit status."""
        first, again = (self._old(name) for name in ("first", "again"))
        unstable = {part: compare.Unstable(first[part], again[part]) for part in self.parts}
        for part in self.parts:
            for name in sorted(unstable[part].names):
                print(f"left out, differs between two runs of OLD: {part} {name}")
                print("\n".join(compare.first_difference(first[part].get(name, ""), again[part].get(name, ""))[:2]))
        binary = Binary(self.arguments.new, self.scratch / "new")
        different = 0
        for part, found in self._produce(binary, self.parts):
            names = compare.report(part, first[part], found, unstable[part], self.arguments.show)
            different += len(names)
            if self.arguments.full:
                self._write(part, names, first[part], found)
        print(f"{different} differences" if different else "equal")
        return 1 if different else 0

    def _old(self, name):
        """What OLD gives: read when it was kept, else made."""
        folder = self.kept / name
        results, missing = {}, []
        for part in self.parts:
            file = folder / f"{part}.json"
            if file.exists():
                results[part] = json.loads(file.read_text(encoding="utf-8"))
            else:
                missing.append(part)
        if missing:
            # In a folder of its own: two runs may keep in the same place.
            binary = Binary(self.arguments.old, self.scratch / name)
            asking.corpora_of(binary, self.files, self.corpora, self.scratch / "making")
            for part, found in self._produce(binary, missing):
                results[part] = found
                keep(folder / f"{part}.json", json.dumps(found, ensure_ascii=False).encode())
                asking.keep_vectors(binary, self.files, self.vectors)
        return results

    def _produce(self, binary, parts):
        """Yields each part with what `binary` gives."""
        begun = time.monotonic()

        def done(part):
            nonlocal begun
            print(f"# {binary.folder.name}: {part} took {time.monotonic() - begun:.0f} s", flush=True)
            begun = time.monotonic()

        if "ask" in parts:
            found = asking.run(binary, self.files, self.corpora, self.vectors)
            done("ask")
            yield "ask", found
        served = [part for part in serving.PARTS if part in parts]
        if served:
            results = serving.run(binary, self.files, self.corpora, self.vectors, self.questions, served)
            done("serve")
            yield from results.items()
        if "command" in parts:
            found = commands.run(binary, self.files, self.corpora, self.questions)
            done("command")
            yield "command", found
        if "import" in parts:
            found = importing.run(binary, self.files)
            done("import")
            yield "import", found

    def _write(self, part, names, old, new):
        folder = (self.arguments.keep or Path(".")) / "differences" / part
        shutil.rmtree(folder, ignore_errors=True)
        for n, name in enumerate(names):
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{n}.txt").write_text(
                f"{name}\n=== OLD\n{old.get(name)}\n=== NEW\n{new.get(name)}\n", encoding="utf-8")
