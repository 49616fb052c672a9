"""Compares outputs and says where they differ."""

import difflib
import json

from mask import rounded

#: Characters shown of a line, from just before the first that differs.
WIDTH = 160


def lines(text):
    """`text` in lines; JSON on one line is spread over many, so that a difference has a name."""
    try:
        value = json.loads(text)
    except ValueError:
        return text.splitlines()
    return json.dumps(value, ensure_ascii=False, indent=1).splitlines()


def cut(old, new):
    """Two lines, each from shortly before where they part."""
    start = next((i for i, (a, b) in enumerate(zip(old, new)) if a != b), min(len(old), len(new)))
    start = max(0, start - 40)
    return [("…" if start else "") + line[start:start + WIDTH] for line in (old, new)]


def first_difference(old, new):
    """A few lines that show how `new` differs from `old`."""
    a, b = lines(old), lines(new)
    if a == b:
        return ["      the same but for white space or the order of keys"]
    matcher = difflib.SequenceMatcher(None, a, b, autojunk=False)
    if len(a) * len(b) > 4_000_000:
        at = next((i for i, pair in enumerate(zip(a, b)) if pair[0] != pair[1]),
                  min(len(a), len(b)))
        gone, come = a[at:at + 2], b[at:at + 2]
    else:
        block = next(code for code in matcher.get_opcodes() if code[0] != "equal")
        _, i, j, k, m = block
        gone, come = a[i:j][:2], b[k:m][:2]
    if gone and come:
        gone[0], come[0] = cut(gone[0], come[0])
    return [f"    - {line[:WIDTH + 1]}" for line in gone] + [f"    + {line[:WIDTH + 1]}" for line in come]


def differing(old, new):
    """The names of what is not the same in both, in order."""
    names = list(old) + [name for name in new if name not in old]
    return [name for name in names if old.get(name) != new.get(name)]


def group(name):
    """What a case belongs to: a question file over one corpus, or nothing but itself."""
    return name.split(": ")[0] if "@" in name.split(": ")[0] else None


class Unstable:
    """Where OLD differs from itself. In such a group of cases NEW may differ as often as OLD does: a
    corpus of many passages that score alike is not searched alike twice."""

    def __init__(self, first, again):
        self.names = set(differing(first, again))
        self.often = {}
        for name in self.names:
            often = rounded(first.get(name, "")) != rounded(again.get(name, ""))
            self.often[group(name)] = self.often.get(group(name), 0) + often
        self.often.pop(None, None)

    def excuses(self, old, new, names):
        """Those of `names` that differ no more, or in no more cases, than OLD from itself."""
        excused = set()
        for unstable, often in self.often.items():
            inside = [name for name in names if group(name) == unstable]
            close = {name for name in inside if rounded(old.get(name, "")) == rounded(new.get(name, ""))}
            far = [name for name in inside if name not in close]
            excused |= close | set(far if len(far) <= often + 2 else ())
        return excused


def report(part, old, new, unstable, show):
    """Prints how `new` differs from `old` in one part; the names that differ."""
    names = [name for name in differing(old, new) if name not in unstable.names]
    excused = unstable.excuses(old, new, names)
    for name in names:
        if name in excused:
            print(f"left out, OLD differs from itself as often there: {part} {name}")
    names = [name for name in names if name not in excused]
    for name in names[:show]:
        print(f"  {part} {name}")
        if name not in new:
            print("    only OLD has it")
        elif name not in old:
            print("    only NEW has it")
        else:
            print("\n".join(first_difference(old[name], new[name])))
    if len(names) > show:
        print(f"  … and {len(names) - show} more")
    left_out = len(unstable.names) + len(excused)
    compared = len(old.keys() - unstable.names - excused)
    verdict = f"{len(names)} differ" if names else "equal"
    print(f"{part:9} {compared:6} compared, {verdict}" + (f", {left_out} left out" if left_out else ""), flush=True)
    return names
