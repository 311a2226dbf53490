"""Zips and Office files that lie, lead elsewhere, or unfold to more than there is room for."""

import io
import re
import struct
import zipfile
import zlib

from tests.ingest.isolation import mutating, seeds
from tests.ingest.isolation.contorted import SPEECH, laughing

OUTSIDE_NAMES = (
    f"../{mutating.OUTSIDE}",
    f"a/../../../../../../../{mutating.OUTSIDE}",
    f"/{mutating.OUTSIDE}",
    f"C:\\{mutating.OUTSIDE}",
    f"..\\..\\{mutating.OUTSIDE}",
    f"//server/share/{mutating.OUTSIDE}",
    f"a\0/../{mutating.OUTSIDE}",
)
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINK = re.compile(rb'((?:Target|href)=")[^"]*')
_OUTER = '<!DOCTYPE x [<!ENTITY e9 SYSTEM "file:///etc/hostname">]>'


def zips():
    """Return zips by name."""
    text = SPEECH.encode()
    deep = mutating.zipped({"a.txt": text})
    for _ in range(1_000):
        deep = mutating.zipped({"inner.zip": deep})
    wide = mutating.zipped({"zeros.txt": bytes(9_000_000)})
    for _ in range(5):
        wide = mutating.zipped({f"{number}.zip": wide for number in range(16)})
    whole = mutating.zipped({f"{number}.txt": text + str(number).encode() for number in range(9)})
    made = {
        "outside": mutating.zipped(dict.fromkeys(OUTSIDE_NAMES, text) | {"good.txt": text}),
        "levels": deep,
        "levels-wide": wide,
        "twice": _twice(text),
        "many": mutating.zipped({f"{number}": b"" for number in range(20_000)}),
        "overlapping": _overlapping(),
        "sizes-huge": _patched(
            whole, b"PK\x01\x02", 20, struct.pack("<II", 0xFFFFFFF0, 0xFFFFFFF0)
        ),
        "sizes-zero": _patched(whole, b"PK\x01\x02", 20, bytes(8)),
        "offsets-huge": _patched(whole, b"PK\x01\x02", 42, b"\xf0\xff\xff\xff"),
        "names-long": _patched(whole, b"PK\x01\x02", 28, b"\xff\xff"),
        "local-names-long": _patched(whole, b"PK\x03\x04", 26, b"\xff\xff"),
        "end-astray": _patched(whole, b"PK\x05\x06", 12, b"\xf0\xff\xff\xff\xf0\xff\xff\xff"),
        "end-64": whole[:-22] + b"PK\x06\x07" + b"\xff" * 16 + whole[-22:],
        "ends-many": b"PK\x03\x04" + b"PK\x05\x06" + bytes(18) + b"PK\x05\x06" * 10_000,
        "name-nul": _patched(whole, b"0.txt", 0, b"0\0../"),
        "name-is-steering": mutating.zipped({"a\u202etxt.\x1b[2J\n.txt": text}),
    }
    return {f"{name}.zip": content for name, content in made.items()}


def offices():
    """Return Office files and books by name."""
    made = {}
    for name, part, ways in (
        ("minutes.docx", "word/document.xml", documents()),
        ("table.xlsx", "xl/worksheets/sheet1.xml", sheets()),
        ("slides.pptx", "ppt/slides/slide1.xml", parts("p:sld")),
        ("book.epub", "a.xhtml", parts("html")),
    ):
        whole = seeds.seeds()[name]
        stem, _, suffix = name.rpartition(".")
        for way, content in ways.items():
            made[f"{stem}-{way}.{suffix}"] = _with(whole, {part: content})
        for way, changed in _elsewhere(whole).items():
            made[f"{stem}-{way}.{suffix}"] = _with(whole, changed)
        made[f"{stem}-bomb.{suffix}"] = _with(whole, {part: bytes(300_000_000)})
    for way, content in parts("Law").items():
        made[f"law-{way}.xml"] = content
    return made


def parts(root):
    """Return XML that any reader may meet, by name."""
    deep = 50_000
    attributes = " ".join(f'a{number}="1"' for number in range(200_000))
    return {
        "deep": f"<{root}>{'<a>' * deep}{'</a>' * deep}</{root}>".encode(),
        "deep-open": f"<{root}>{'<a>' * 1_000_000}".encode(),
        "attribute": f'<{root} a="{"x" * 20_000_000}"/>'.encode(),
        "attributes": f"<{root} {attributes}/>".encode(),
        "laughing": f"<!DOCTYPE x [{laughing()}]><{root}><p>&e9;</p></{root}>".encode(),
        "outer": f"{_OUTER}<{root}><p>{SPEECH}&e9;</p></{root}>".encode(),
        "outer-dtd": f'<!DOCTYPE x SYSTEM "file:///dev/zero"><{root}/>'.encode(),
        "parameters": f'<!DOCTYPE x [<!ENTITY % a SYSTEM "http://127.0.0.1:9/">%a;]><{root}/>'.encode(),
        "names": f'<{root} xmlns:a="{"u" * 100_000}">{"<a:b/>" * 10_000}</{root}>'.encode(),
        "bytes": f'<?xml version="1.0" encoding="UTF-7"?><{root}/>'.encode(),
        "comments": b"<!--" + b"-" * 5_000_000,
    }


def documents():
    """Return main parts of Word files by name."""

    def body(content, head=""):
        return f'{head}<w:document xmlns:w="{_W}"><w:body>{content}</w:body></w:document>'.encode()

    words = f"<w:p><w:r><w:t>{SPEECH}</w:t></w:r></w:p>"
    cell, end = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
    return parts("w:document") | {
        "laughing": body("<w:p><w:r><w:t>&e9;</w:t></w:r></w:p>", f"<!DOCTYPE x [{laughing()}]>"),
        "outer": body(f"{words}<w:p><w:r><w:t>&e9;</w:t></w:r></w:p>", _OUTER),
        "tables-deep": body(cell * 2_000 + words + end * 2_000),
        "tables-some-deep": body(cell * 60 + words + end * 60),
        "columns": body(
            "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='99999999'/></w:tcPr>"
            f"{words}</w:tc></w:tr></w:tbl>" * 9
        ),
        "levels": body(
            f"<w:p><w:pPr><w:numPr><w:ilvl w:val='-99999999999'/><w:numId w:val='1e9'/></w:numPr>"
            f"</w:pPr></w:p>{words}"
        ),
        "paragraphs-many": body(words * 30_000),
        "runs-many": body(f"<w:p>{'<w:r><w:t>一</w:t></w:r>' * 200_000}</w:p>"),
    }


def sheets():
    """Return sheets of workbooks by name."""

    def sheet(rows, more="", head=""):
        return (
            f'{head}<worksheet xmlns="{_S}"><dimension ref="A1:XFD1048576"/>'
            f"<sheetData>{rows}</sheetData>{more}</worksheet>"
        ).encode()

    def row(cell, number="1"):
        return f'<row r="{number}">{cell}</row>'

    text = f'<c r="A1" t="inlineStr"><is><t>{SPEECH}</t></is></c>'
    wide = "".join(f'<mergeCell ref="A{n}:XFD{n + 900}"/>' for n in range(1, 900_000, 90))
    return parts("worksheet") | {
        "laughing": sheet(row(text.replace(SPEECH, "&e9;")), head=f"<!DOCTYPE x [{laughing()}]>"),
        "outer": sheet(row(text + text.replace(SPEECH, "&e9;")), head=_OUTER),
        "corner": sheet(row(text) + row('<c r="XFD1048576"><v>1</v></c>', "1048576")),
        "far": sheet(row(text) + row('<c r="ZZZZZZ99999999999"><v>1</v></c>', "99999999999")),
        "row-negative": sheet(row(text, "-1") + row(text, "x") + row(text.replace("A1", "?"))),
        "strings": sheet(row('<c r="A1" t="s"><v>99999999999</v></c>' + text.replace("A1", "B1"))),
        "merged": sheet(row(text), f"<mergeCells>{wide}</mergeCells>"),
        "merged-whole": sheet(
            row(text), '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        ),
        "numbers": sheet(
            row(
                text
                + '<c r="B1"><v>1e308</v></c><c r="C1"><v>NaN</v></c>'
                + '<c r="D1" s="99"><v>-1e99</v></c>'
                + f'<c r="E1"><v>{"9" * 100_000}</v></c><c r="F1" t="d"><v>9999-99-99</v></c>'
            )
        ),
        "rows-many": sheet("".join(row(f"<c><v>{n}</v></c>", str(n)) for n in range(1, 90_000))),
    }


def _elsewhere(whole):
    """Return changes of a whole file, by name: its links lead out of it, or in circles."""
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        names = [name for name in archive.namelist() if name.endswith((".rels", ".opf"))]
        parts = {name: archive.read(name) for name in names}
    return {
        f"leads-{way}": {name: _LINK.sub(target, part) for name, part in parts.items()}
        for way, target in (
            ("file", rb"\1file:///etc/hostname"),
            ("up", rb"\1../../../../../../../../etc/hostname"),
            ("circle", rb"\1#"),
            ("web", rb"\1http://127.0.0.1:9/x"),
        )
    }


def _with(whole, changed):
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return mutating.zipped(parts | changed)


def _twice(text):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("a.txt", "a.txt ", "A.TXT", "./a.txt", "b//a.txt"):
            archive.writestr(name, text + name.encode())
    return out.getvalue().replace(b"a.txt ", b"a.txt\0")


def _overlapping():
    """Return a zip whose entries are all the same bytes."""
    body = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = body.compress(bytes(9_000_000)) + body.flush()
    about = struct.pack(
        "<HHHHHIII", 20, 0, 8, 0, 0, zlib.crc32(bytes(9_000_000)), len(packed), 9_000_000
    )
    local = b"PK\x03\x04" + about + struct.pack("<HH", 5, 0) + b"a.txt" + packed
    entries = b"".join(
        b"PK\x01\x02\x14\x00"
        + about
        + struct.pack("<HHHHHII", 9, 0, 0, 0, 0, 0, 0)
        + b"%05d.txt" % n
        for n in range(9_000)
    )
    return (
        local
        + entries
        + struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 9_000, 9_000, len(entries), len(local), 0)
    )


def _patched(content, mark, at, new):
    """Overwrite what stands ``at`` bytes behind the second place of a mark, or the only one."""
    first = content.index(mark)
    place = content.find(mark, first + 1)
    start = (first if place < 0 else place) + at
    return content[:start] + new + content[start + len(new) :]
