"""Prints the characters that the font of the charts is cut down to: data/README.md.

Run from the root of the repository: python3 crates/chart/data/characters.py > crates/chart/data/characters.txt
"""

from pathlib import Path

# Whose Chinese characters are drawn although GB 2312 has them in its second level, or not at all.
OURS = ["corpus", "config", "crates/import/data"]


def gb2312(first_row, last_row):
    """The characters of some rows of GB 2312."""
    for row in range(first_row, last_row + 1):
        for cell in range(1, 95):
            yield bytes([0xA0 + row, 0xA0 + cell]).decode("gb2312", errors="ignore")


def ours():
    """The Chinese characters in the files of this project."""
    for folder in OURS:
        for file in sorted(Path(folder).rglob("*")):
            if file.suffix in {".md", ".txt", ".toml"}:
                yield from (c for c in file.read_text("utf-8") if "\u4e00" <= c <= "\u9fff")


characters = {chr(code) for code in range(0x20, 0x7F)}
characters.update("·—…“”‘’℃°¥€")
characters.update(gb2312(1, 3))  # signs, numerals, fullwidth ASCII
characters.update(gb2312(16, 55))  # level 1
characters.update(ours())
characters.discard("")
# A line for each row of Unicode, so that a change can be read.
line = ""
for c in sorted(characters):
    if line and ord(c) // 256 != ord(line[0]) // 256:
        print(line)
        line = ""
    line += c
print(line)
