"""What differs between two runs of one program: times, ports, dates, numbers of requests."""

import re

#: Response headers that are not compared.
HEADERS = {"date", "x-request-id", "content-length", "connection", "keep-alive"}

_RULES = [
    (re.compile(r'("took_us":\s?)\d+'), r"\1TOOK"),
    (re.compile(r"(127\.0\.0\.1|localhost):\d{4,5}\b"), r"\1:PORT"),
    (re.compile(r"<CreateTime>\d+</CreateTime>"), "<CreateTime>TIME</CreateTime>"),
    # A file of the repository that has moved, named in `embed --help`.
    (re.compile(r"\b(corpus|models/wenzheng-e5-small)/bundled\.vectors"), "BUNDLED.vectors"),
    (re.compile(r"(用时 )[\d.]+ ?(ns|µs|ms|s)"), r"\1TOOK"),
]


def mask(text):
    """`text` without what no two runs have in common."""
    for pattern, instead in _RULES:
        text = pattern.sub(instead, text)
    return text


def rounded(text):
    """`text` with its scores to three decimals."""
    return re.sub(r'("score":\s?)(-?[\d.]+)', lambda found: f"{found[1]}{float(found[2]):.3f}", text)


def metrics(text):
    """The series of a Prometheus page; values only where they count things."""
    lines = []
    for line in text.splitlines():
        name = line.split("{")[0].split(" ")[0]
        # How often this script asks whether the program is ready is up to the machine.
        is_polled = "/readyz" in line
        if not line.startswith("#") and (is_polled or re.search(r"_(bucket|sum|seconds|bytes)$", name)):
            line = line.rsplit(" ", 1)[0] + " VALUE"
        lines.append(line)
    return "\n".join(lines)
