"""Compares outputs and says where they differ."""

import difflib
import json

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


def report(part, old, new, unstable, show):
    """Prints how `new` differs from `old` in one part; the names that differ."""
    names = [name for name in differing(old, new) if name not in unstable]
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
    compared = len([name for name in old if name not in unstable])
    verdict = f"{len(names)} differ" if names else "equal"
    left_out = f", {len(unstable)} left out" if unstable else ""
    print(f"{part:9} {compared:6} compared, {verdict}{left_out}", flush=True)
    return names
