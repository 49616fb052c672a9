"""Files that mean harm: each costs the importer at most 30 s and 500 MB, and is read or refused.

The limits are set on the process by the system, so that nothing the program does can get around
them.
"""

import io
import json
import os
import random
import resource
import subprocess
import time
import zipfile
import zlib

import pytest

from support.program import binary, clean_environment

SECONDS = 30
RESIDENT = 500 * 2**20
#: Addresses are not memory: stacks and files that are only mapped count as well.
ADDRESSES = 1200 * 2**20

HEAD = "2024年清水县政府工作报告\n各位代表：\n2023年工作回顾\n"
SENTENCE = "坚持稳中求进工作总基调，全面贯彻新发展理念，新建农村公路120公里。"


def docx(document, **others):
    """A Word file whose body is `document`, written in pieces so that bombs take no memory here."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("word/document.xml", "w") as entry:
            for piece in ([document] if isinstance(document, bytes) else document):
                entry.write(piece)
        for name, data in others.items():
            archive.writestr(name, data)
    return out.getvalue()


def word(text, before=b"", after=b""):
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.splitlines())
    return b"<w:document><w:body>" + before + paragraphs.encode() + after + b"</w:body></w:document>"


def zipped(**entries):
    """A ZIP of these entries, whose names have __ for / and _ for a dot, each in pieces or whole."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            name = name.replace("__", "/").replace("_xml", ".xml")
            with archive.open(name, "w") as entry:
                for piece in ([data] if isinstance(data, bytes) else data):
                    entry.write(piece)
    return out.getvalue()


def xlsx(*sheets, **others):
    """A workbook of these sheets."""
    named = "".join(f'<sheet name="{n}"/>' for n in range(len(sheets)))
    parts = {f"xl__worksheets__sheet{n}_xml": sheet for n, sheet in enumerate(sheets, 1)}
    return zipped(xl__workbook_xml=f"<workbook><sheets>{named}</sheets></workbook>".encode(),
                  **parts, **others)


def ofd(page, count=1):
    """An OFD that shows `page` so many times."""
    return zipped(OFD_xml=b"<OFD><DocRoot>D/D.xml</DocRoot></OFD>",
                  D__D_xml=b"<D>" + b'<Page BaseLoc="P.xml"/>' * count + b"</D>", D__P_xml=page)


def formats(count):
    """Styles with so many formats, each as long as may be."""
    codes = "".join(f"<numFmt numFmtId='{n + 200}' formatCode='{n}{'0;' * 120}'/>" for n in range(count))
    styles = "".join(f"<xf numFmtId='{n + 200}'/>" for n in range(count))
    return f"<styleSheet>{codes}<cellXfs>{styles}</cellXfs></styleSheet>".encode()


def pdf(*objects, tail=b""):
    """A PDF of these objects, numbered from 1, with a correct table."""
    out = b"%PDF-1.5\n"
    places = []
    for n, data in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, data)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer<</Root 1 0 R/Size %d%s>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1, tail, table)


def stream(data, keys=b"", length=None):
    length = len(data) if length is None else length
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (keys, length, data)


def packed(size, of=b" "):
    """`size` bytes that all are `of`, deflated."""
    packer = zlib.compressobj(9)
    pieces = [packer.compress(of * 2**20) for _ in range(size >> 20)]
    return b"".join(pieces) + packer.flush()


CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGES = b"<</Type/Pages/Count 1/Kids[3 0 R]>>"
PAGE = b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/MediaBox[0 0 595 842]>>"


def object_stream(body, count=2):
    """A PDF whose catalogue is inside of a packed object stream, with a table as a stream."""
    out = b"%PDF-1.5\n"
    at_objects = len(out)
    out += b"1 0 obj\n" + stream(body, b"/Type/ObjStm/N %d/First 10/Filter/FlateDecode" % count)
    out += b"\nendobj\n"
    at_table = len(out)
    rows = b"\0\0\0\0\0\xff\xff" + b"\1%s\0\0" % at_objects.to_bytes(4, "big")
    rows += b"\1%s\0\0" % at_table.to_bytes(4, "big") + b"\2\0\0\0\1\0\0"
    keys = b"/Type/XRef/Size 4/Root 3 0 R/W[1 4 2]"
    return out + b"2 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF" % (stream(rows, keys), at_table)


def damaged(size):
    """Text read as GBK from the wrong byte on, and bytes lost at random."""
    data = (HEAD + (SENTENCE + "\n") * (size // 60)).encode("gb18030")[:size]
    chance = random.Random(7)
    lost = sorted({chance.randrange(len(data)) for _ in range(size // 100)})
    begins = [0] + [at + 1 for at in lost]
    return BIG(data[begin:end] for begin, end in zip(begins, lost + [len(data)]))


def rare(chars):
    """Characters that nobody writes: each looks like damage."""
    chance = random.Random(7)
    return "".join(chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(chars))


def zip_of_zips():
    inner = docx(word(SENTENCE))
    for _ in range(30):
        inner = docx(word(SENTENCE), **{f"{n}.docx": inner for n in range(3)})
        if len(inner) > 10 * 2**20:
            break
    return inner


MB = 2**20
BIG = b"".join
CASES = {
    # Archives and XML.
    "bomb.docx": lambda: docx(b"<w:t>" + b" " * MB if n == 0 else b" " * MB for n in range(600)),
    "bomb-below-the-limit.docx": lambda: docx(
        [b"<w:document>", *[b"<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 30_000] * 40, b"</w:document>"]),
    "bomb-in-styles.docx": lambda: docx(word(HEAD), **{"word/styles.xml": b" " * (200 * MB)}),
    "many-styles.docx": lambda: docx(word(HEAD), **{"word/styles.xml": b"<s>" + b"".join(
        b'<style styleId="%d"><basedOn val="%d"/></style>' % (n, n + 1)
        for n in range(500_000)) + b"</s>"}),
    "styles-in-a-circle.docx": lambda: docx(
        word(HEAD + SENTENCE, b'<w:p><w:pPr><w:pStyle w:val="a"/></w:pPr></w:p>'),
        **{"word/styles.xml": b'<s><style styleId="a"><basedOn val="b"/></style>'
           b'<style styleId="b"><basedOn val="a"/></style></s>'}),
    "slip.docx": lambda: docx(word(HEAD + SENTENCE), **{"../../../slipped": b"x",
                                                        "/tmp/slipped-wenzheng": b"x"}),
    "zips-in-zips.docx": zip_of_zips,
    "entities.docx": lambda: docx(
        b'<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">' + b"".join(
            b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10 if n else b"&a;" * 10)
            for n in range(12)) + b"]>" + word("&a11;")),
    "foreign-entity.docx": lambda: docx(
        b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + word(HEAD + "&x;")),
    "deep.docx": lambda: docx([b"<w:p>" * 100_000] * 10),
    "long-attribute.docx": lambda: docx([b'<w:document a="', *[b"a" * MB] * 40, b'"/>']),
    "one-paragraph.docx": lambda: docx(
        [b"<w:document><w:p>", *["<w:r><w:t>稳中求进，</w:t></w:r>".encode() * 20_000] * 25]),
    # Workbooks.
    "bomb.xlsx": lambda: xlsx([b" " * MB] * 600),
    "bomb-of-sheets.xlsx": lambda: xlsx(*[[b" " * MB] * 40] * 20),
    "cells.xlsx": lambda: xlsx([b"<row>", *[b"<c><v>1</v></c>" * 10_000 + b"</row><row>"] * 150]),
    "rows.xlsx": lambda: xlsx([b"<row><c><v>1</v></c></row>" * 10_000] * 150),
    "empty-rows.xlsx": lambda: xlsx([b'<row hidden="1"/>' * 10_000] * 200),
    "diagonal.xlsx": lambda: xlsx(*["".join(
        f'<row r="{n * 7 + 1}"><c r="{chr(65 + n % 26)}{chr(65 + n // 26)}{n * 7 + 1}"><v>1</v></c></row>'
        for n in range(600)).encode()] * 100),
    "merges.xlsx": lambda: xlsx([b"<row><c><v>1</v></c></row>" * 50_000,
                                 b'<mergeCell ref="A1:XFD1048576"/>' * 90_000]),
    "columns.xlsx": lambda: xlsx([b"<row><c><v>1</v></c></row>" * 50_000,
                                  b'<col min="1" max="16384" hidden="1"/>' * 500_000]),
    "strings.xlsx": lambda: xlsx(b"<row/>", xl__sharedStrings_xml=[b"<si/>" * 100_000] * 80),
    "one-string.xlsx": lambda: xlsx(
        b'<row><c t="s"><v>0</v></c></row>' * 90_000,
        xl__sharedStrings_xml=b"<si><t>" + b"a" * 32_000 + b"</t></si>"),
    "formats.xlsx": lambda: xlsx(
        "".join(f'<row><c s="{n % 1_900}"><v>1</v></c></row>' for n in range(90_000)).encode(),
        xl__styles_xml=formats(1_900)),
    "many-formats.xlsx": lambda: xlsx(b"<row/>", xl__styles_xml=formats(60_000)),
    "attributes.xlsx": lambda: xlsx([b"<row><c ", *[b"".join(
        b"a%d='1' " % (n + part * 100_000) for n in range(100_000)) for part in range(30)], b"/>"]),
    "deep.xlsx": lambda: xlsx(b"<c>" * 1_000_000),
    "workbook.xls": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + os.urandom(20 * MB),
    # OFD.
    "bomb.ofd": lambda: ofd([b" " * MB] * 600),
    "bomb-on-each-page.ofd": lambda: ofd([b" " * MB] * 40, 2_000),
    "pages.ofd": lambda: ofd(b"<Page/>", 1_000_000),
    "objects.ofd": lambda: ofd([
        '<TextObject Boundary="1 1 9 9" Size="4"><TextCode>修路。</TextCode></TextObject>'.encode() * 10_000] * 50),
    "objects-below-the-limit.ofd": lambda: ofd(
        '<TextObject Boundary="1 1 9 9" Size="4"><TextCode>修路。</TextCode></TextObject>'.encode() * 190_000, 3),
    "steps.ofd": lambda: ofd([b"<TextObject Size='4'>", *[
        "<TextCode DeltaX='g 999999999 9'>修路。</TextCode>".encode() * 10_000] * 50, b"</TextObject>"]),
    "one-text.ofd": lambda: ofd([b"<TextObject Size='4'><TextCode DeltaX='9'>", *["修路。".encode() * 100_000] * 50,
                                 b"</TextCode></TextObject>"]),
    "lines.ofd": lambda: ofd([b"<PathObject><AbbreviatedData>", *[b"M 0 0 L 9 9 L 9 0 " * 10_000] * 200,
                              b"</AbbreviatedData></PathObject>"]),
    # Pages.
    "open-tags.html": lambda: b"<html>" + b"<div><p><b><a>" * (20 * MB // 14),
    "open-tags-with-text.html": lambda: ("<html>" + HEAD + f"<div><p>{SENTENCE}" * 200_000).encode(),
    "deep.html": lambda: b"<html>" + b"<div>" * 2_000_000 + SENTENCE.encode() + b"</div>" * 2_000_000,
    "attributes.html": lambda: b"<html><p " + b"".join(b"a%d=1 " % n for n in range(1_500_000)) + b">",
    "same-attribute.html": lambda: b"<html><p " + b"a=1 " * 5_000_000 + b">",
    "comments.html": lambda: b"<html>" + b"<!--" * 5_000_000,
    "entities.html": lambda: b"<html>" + b"&" * (20 * MB),
    "one-tag.html": lambda: b"<html><" + b"a" * (30 * MB),
    "closing-tags.html": lambda: b"<html>" + b"<i>" * 500 + b"</b>" * (20 * MB // 4),
    # PDF.
    "lying-length.pdf": lambda: pdf(CATALOG, PAGES, PAGE, stream(b"BT (a) Tj ET", length=2**31 - 1)),
    "lying-size.pdf": lambda: pdf(CATALOG, PAGES, PAGE, stream(b"BT ET")).replace(
        b"/Size 5", b"/Size 99999999999"),
    "lying-table.pdf": lambda: pdf(CATALOG, PAGES, PAGE, stream(b"BT ET")).replace(
        b"xref\n0 5", b"xref\n0 2147483647"),
    "lying-count.pdf": lambda: pdf(CATALOG, PAGES.replace(b"Count 1", b"Count 2147483647"), PAGE,
                                   stream(b"BT ET")),
    "bomb.pdf": lambda: pdf(CATALOG, PAGES, PAGE,
                            stream(packed(1024 * MB), b"/Filter/FlateDecode")),
    "bomb-twice-packed.pdf": lambda: pdf(CATALOG, PAGES, PAGE, stream(
        zlib.compress(packed(1024 * MB), 9), b"/Filter[/FlateDecode/FlateDecode]")),
    "bomb-on-each-page.pdf": lambda: pdf(
        CATALOG, b"<</Type/Pages/Count 1000/Kids[" + b"3 0 R " * 1000 + b"]>>", PAGE,
        stream(packed(15 * MB, b"q "), b"/Filter/FlateDecode")),
    "predictor.pdf": lambda: pdf(CATALOG, PAGES, PAGE, stream(
        packed(15 * MB), b"/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 2147483647>>")),
    "bomb-of-objects.pdf": lambda: object_stream(packed(1024 * MB)),
    "lying-objects.pdf": lambda: object_stream(zlib.compress(b"3 0 4 99  " + CATALOG), 2**31 - 1),
    "pages-in-a-circle.pdf": lambda: pdf(
        CATALOG, b"<</Type/Pages/Count 9/Kids[2 0 R 3 0 R 2 0 R]/Parent 2 0 R>>",
        PAGE.replace(b"4 0 R", b"[3 0 R 4 0 R 5 0 R]"), b"5 0 R", b"4 0 R"),
    "page-of-pages.pdf": lambda: pdf(CATALOG, *[
        b"<</Type/Pages/Count 9/Kids[%s]>>" % (b"%d 0 R " % (n + 3) * 50) for n in range(40)], PAGE),
    "length-in-a-circle.pdf": lambda: pdf(CATALOG, PAGES, PAGE,
                                          b"<</Length 4 0 R>>stream\nBT ET\nendstream"),
    "deep.pdf": lambda: pdf(CATALOG, PAGES, PAGE, b"[" * 3_000_000),
    "deep-dictionary.pdf": lambda: pdf(CATALOG, PAGES, PAGE, b"<</a" * 2_000_000),
    "deep-content.pdf": lambda: pdf(CATALOG, PAGES, PAGE, stream(b"[" * 3_000_000 + b"] TJ")),
    "deep-strings.pdf": lambda: pdf(CATALOG, PAGES, PAGE, stream(b"(" * 5_000_000 + b"Tj")),
    "many-objects.pdf": lambda: pdf(CATALOG, PAGES, PAGE, stream(b"BT ET"), *[b"[]"] * 600_000),
    "many-operations.pdf": lambda: pdf(CATALOG, PAGES, PAGE, stream(
        zlib.compress(b"BT " + b"(a)Tj " * 2_000_000), b"/Filter/FlateDecode")),
    "previous-table.pdf": lambda: pdf(CATALOG, PAGES, PAGE, stream(b"BT ET"), tail=b"/Prev 0"),
    "map.pdf": lambda: pdf(
        CATALOG, PAGES, PAGE.replace(b"/MediaBox", b"/Resources<</Font<</F 5 0 R>>>>/MediaBox"),
        stream(b"BT /F 9 Tf <0001> Tj ET"),
        b"<</Type/Font/Subtype/Type0/Encoding/Identity-H/ToUnicode 6 0 R>>",
        stream(b"begincmap 1 begincodespacerange <0000> <ffffffff> endcodespacerange "
               b"1 beginbfrange <00000000> <ffffffff> <0000> endbfrange "
               b"1 begincidrange <0000> <ffff> 0 endcidrange endcmap")),
    # Text.
    "one-line.txt": lambda: (HEAD + SENTENCE * (50 * MB // 97)).encode(),
    "one-line-without-an-end.txt": lambda: (HEAD + "稳中求进，" * (8 * MB // 15)).encode(),
    "one-line-of-marks.txt": lambda: (HEAD + "!?,:;()" * 400_000).encode(),
    "one-line-of-spaces.txt": lambda: (HEAD + "？ " * 1_400_000).encode(),
    "short-lines.txt": lambda: (HEAD + "工作\n" * 900_000).encode(),
    "headings.txt": lambda: (HEAD + "一、2023年工作\n" * 250_000).encode(),
    "numbers.txt": lambda: (HEAD + "名词解释\n" + "1.甲：乙。2.丙：丁。" * 200_000).encode(),
    "entries.txt": lambda: (HEAD + "名词解释\n" + "".join(
        f"{n}.甲乙：指丙丁戊己庚辛。\n" for n in range(1, 150_000))).encode(),
    "glossaries.txt": lambda: (HEAD + "名词解释\n甲\n" * 300_000).encode(),
    "items.txt": lambda: (HEAD + "办好10件民生实事：一是修路；" * 150_000).encode(),
    "quotes.txt": lambda: (HEAD + "“（《" * 900_000).encode(),
    "readings.txt": lambda: (HEAD + "报(bào)告(gào)" * 200_000).encode(),
    "spaced.txt": lambda: (HEAD + "政 府 工 作 " * 350_000).encode(),
    "noise.txt": lambda: os.urandom(100 * MB),
    "noise-below-the-limit.txt": lambda: os.urandom(60 * MB),
    "zeros.txt": lambda: bytes(60 * MB),
    "letters.txt": lambda: (HEAD + "lorem ipsum, " * 230_000).encode(),
    "rare.txt": lambda: (HEAD + "\n".join(rare(200) for _ in range(14_000))).encode(),
    "rare-line.txt": lambda: (HEAD + rare(2_900_000)).encode(),
    "rare-short.txt": lambda: (HEAD + "\n".join(rare(200) for _ in range(100))).encode(),
    "folded.txt": lambda: (HEAD + ("巴ㄎ键S芪?!叭┮粯I" * 20 + "\n") * 2_000).encode(),
    "widows.txt": lambda: (HEAD + "心態加??;植?1571万株" * 100_000).encode(),
    "damaged.txt": lambda: damaged(20 * MB),
    "damaged-below-the-limit.txt": lambda: damaged(5 * MB),
    "hashes.md": lambda: HEAD.encode() + b"#" * (10 * MB),
    "hashes-in-lines.md": lambda: HEAD.encode() + b"# #\n" * (10 * MB // 4),
    "stars.md": lambda: HEAD.encode() + b"**" * (5 * MB // 2),
    "links.md": lambda: HEAD.encode() + b"[a](" * (8 * MB // 4),
    "tags.md": lambda: HEAD.encode() + b"<b <b " * (8 * MB // 6),
    "table.md": lambda: HEAD.encode() + b"|" * (8 * MB),
    "front-matter.md": lambda: b"---\n" + b"title: a\n" * MB,
    # Passages.
    "one-record.jsonl": lambda: json.dumps({"answer": "修路。" * 15_000_000}).encode()[:60 * MB],
    "long-record.jsonl": lambda: json.dumps({"answer": "修路。" * 900_000}).encode(),
    "deep.jsonl": lambda: b'{"answer":"a","x":' + b"[" * (20 * MB),
    "many-records.jsonl": lambda: b'{"question":"a","answer":"b"}\n' * 900_000,
    "open-string.jsonl": lambda: b'{"answer":"a"}\n{"answer":"' + b"a" * (50 * MB),
}


def limit():
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))
    # What would be written beside the report is cut short, not the disk filled.
    resource.setrlimit(resource.RLIMIT_FSIZE, (200 * MB, 200 * MB))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_file_is_read_or_refused_within_the_limits(name, tmp_path):
    file = tmp_path / "inbox" / name
    file.parent.mkdir()
    file.write_bytes(CASES[name]())
    out = tmp_path / "out"
    said = tmp_path / "said"
    begun = time.monotonic()
    with said.open("wb") as log:
        # Place and year are given: what names neither is refused before much is done.
        process = subprocess.Popen(
            [binary(), "import", file, "--out", out, "--place", "清水县", "--year", "2024"],
            cwd=tmp_path, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
            preexec_fn=limit, env=clean_environment())
        killer = subprocess.Popen(["sleep", str(SECONDS)])
        status = None
        while status is None and killer.poll() is None:
            pid, waited, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                status = os.waitstatus_to_exitcode(waited)
            else:
                time.sleep(0.02)
        killer.kill()
        killer.wait()
        if status is None:
            process.kill()
            process.wait()
            pytest.fail(f"not done after {SECONDS} s")
        process.returncode = status
    took, resident = time.monotonic() - begun, usage.ru_maxrss * 1024
    text = said.read_bytes()[:5000].decode(errors="replace")
    print(f"{name}: {file.stat().st_size / MB:.0f} MB, {took:.1f} s, {resident / MB:.0f} MB resident")
    assert resident <= RESIDENT, f"{resident / MB:.0f} MB"
    assert status in (0, 1), f"{status}: {text}"
    assert "panicked" not in text and "程序出错" not in text, text
    if status:
        # Refused with what is wrong and what to do.
        assert text.startswith("错误：") or "无法导入" in text, text
        assert any(word in text for word in ("请", "可以导入", "没有文字")), text
    beside = sorted(path.name for path in tmp_path.iterdir())
    assert beside in (["inbox", "said"], ["inbox", "out", "said"])
    assert not os.path.exists("/tmp/slipped-wenzheng")
    written = [path for path in out.rglob("*") if path.is_file()]
    assert all(path.suffix == ".md" for path in written)
