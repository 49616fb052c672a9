"""`import`: the text, the report and the exit status, for every fixture and report."""

import hashlib
import shutil
from concurrent.futures import ThreadPoolExecutor

#: Tried where the year is not in the text.
_TOLD = ("--year", "2024", "--place", "通渭县", "--source", "https://www.example.gov.cn/1.html")


def run(binary, files):
    """Case to what was written and said."""
    folder = binary.folder / "imported"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()

    def one(job):
        n, (name, path) = job
        told = [("", ())] if n % 5 else [("", ()), (" told", _TOLD)]
        found = {}
        for label, arguments in told:
            shown = _import(binary, f"imported/{n}", path, arguments)
            if not label and shown.startswith("exit status 0") is False:
                found[name + " (told)"] = _import(binary, f"imported/{n}-told", path, _TOLD)
            found[name + label] = shown
        return found

    def damaged(job):
        name, raw = job
        label = hashlib.sha256(name.encode()).hexdigest()[:12]
        return {f"damaged {name}": _import(binary, f"imported/{label}", "-", _TOLD, stdin=raw)}

    def whole(path):
        return {f"folder {path.name}": _import(binary, f"imported/all-{path.name}", path, ())}

    with ThreadPoolExecutor(2) as pool:
        jobs = [pool.submit(one, job) for job in enumerate(files.imports)]
        jobs += [pool.submit(damaged, job) for job in files.damaged.items()]
        results = {}
        for job in jobs:
            results |= job.result()
    for path in files.import_folders:
        # It keeps both processors busy by itself.
        results |= whole(path)
    shutil.rmtree(folder, ignore_errors=True)
    return dict(sorted(results.items()))


def _import(binary, out, path, arguments, stdin=""):
    shown = [binary.shown("import", path, "--out", out, *arguments, stdin=stdin)]
    written = binary.folder / out
    for file in sorted(written.rglob("*")) if written.is_dir() else []:
        if file.is_file():
            text = file.read_text(encoding="utf-8", errors="replace")
            shown.append(f"=== {file.relative_to(written)}\n{text}")
    return "\n".join(shown)
