"""一太郎 files, built by hand from what is known of the format."""

import struct

import pytest

from index.errors import ReadingError
from ingest.readers.find import read_source
from tests.ingest.isolation.compound import write_compound

_BLOCK = 256


def units(text):
    """Return the UTF-16 units of a text."""
    content = text.encode("utf-16-be")
    return struct.unpack(f">{len(content) // 2}H", content)


def record(kind, *payload):
    """Return a record that a program which does not know it can skip."""
    length = len(payload) + 7
    return (0x1C, kind, length, *payload, length, 0, kind, 0x1F)


def inline(first, second, text):
    """Return text inside a record: ruby, or what is hidden."""
    return (0x1C, 1, 7, 0, first, second, 0x1D, *units(text), 0x1E, 5, 0, 1, 0x1F)


def cell(text):
    """Return a cell of a ruled line."""
    return (0x1C, 0x30, 12, 0, 0, 9, 0, 0, 12, 0, 0x30, 0x1F, *units(text))


def rules(*numbers):
    """Return the header of a ruled line."""
    values = (0xA0, 0, 0, *numbers)
    length = 4 + 2 + len(values) + 2 + 4
    return (0x1C, 0x10, length, 0, 0x8F, len(values), *values, 0xFFFF, 0, length, 0, 0x10, 0x1F)


def part(*text):
    """Return a sub-stream of text."""
    return b"TextV.01" + struct.pack(f">I{len(text)}H", len(text), *text) + b"\x00\x00\x00\x01\xff"


def document_text(*parts):
    """Return the stream in which the sub-streams stand in blocks, the last blocks first."""
    blocks, entries = [], []
    for content in parts:
        pieces = [content[at : at + _BLOCK] for at in range(0, len(content), _BLOCK)]
        entries.append((len(content), range(len(blocks), len(blocks) + len(pieces))))
        blocks += [piece.ljust(_BLOCK, b"\x00") for piece in pieces]
    last = len(blocks) - 1
    stream = b"SsmgV.01" + struct.pack(">III", len(parts), _BLOCK, len(blocks))
    stream += b"".join(reversed(blocks))
    for index, (length, numbers) in enumerate(entries):
        count = len(numbers)
        stream += struct.pack(">IIIII", index, 0, length, count, count)
        stream += struct.pack(f">{count}I", *(last - number for number in numbers))
    return stream + bytes(4)


def jtd(tmp_path, *text, name="minutes.jtd", **streams):
    """Write a file whose body has these units."""
    body = document_text(part(*text))
    return write_compound(tmp_path / name, {"DocumentText": body, **streams})


def test_the_paragraphs_of_the_body_are_read(tmp_path):
    """Paragraphs end where they are marked; a text over many blocks comes out in order."""
    long = "本日の議題は、防災計画の改定についてである。" * 30
    path = jtd(tmp_path, 0x1F, *units(f"○会長　開会する。\n{long}\n終わり"), 0, *units("屑"))
    source = read_source(path)
    assert [line.text for line in source.lines] == ["○会長　開会する。", long, "終わり"]
    assert source.pages is None
    assert source.warnings[0].startswith("一太郎: only the body text was read")


def test_unknown_records_are_skipped_by_their_length(tmp_path):
    """A record that nobody knows is no text, whatever is in it."""
    path = jtd(tmp_path, *units("前"), *record(0x77, *units("秘密")), *units("後\n"))
    assert [line.text for line in read_source(path).lines] == ["前後"]


def test_readings_and_hidden_instructions_are_left_out(tmp_path):
    """The base of ruby and a placeholder are text; a reading and an instruction are not."""
    path = jtd(
        tmp_path,
        *inline(0, 3, "中嶋"),
        *inline(1, 0x82, "なかじま"),
        *units("会長は、"),
        *inline(0, 1, "日付"),
        *inline(1, 0, "ここに日付を記入"),
        *units("に述べた。\n"),
    )
    assert [line.text for line in read_source(path).lines] == ["中嶋会長は、日付に述べた。"]


def test_ruled_lines_are_rows_of_a_table(tmp_path):
    """Cells are parted by rules; lines go together until a rule is drawn below them."""
    row_end = (0x0E,)
    path = jtd(
        tmp_path,
        *units("予算\n"),
        *(*rules(0x1B, 0, 8, 9), *cell(""), *cell("款"), *cell("予算額"), *cell(""), *row_end),
        *(*rules(0x13, 0, 0, 9), *cell(""), *cell("道路の維"), *cell("100"), *cell(""), *row_end),
        *(*rules(0x1B, 0, 8, 9), *cell(""), *cell("持管理費"), *cell(""), *cell(""), *row_end),
        *(*rules(0x1B, 0, 8, 9), *cell(""), *cell("河川費"), *cell("50"), *cell(""), *row_end),
        *units("以上\n"),
    )
    assert [(line.cells or line.text, line.header) for line in read_source(path).lines] == [
        ("予算", False),
        (("款", "予算額"), True),
        (("道路の維持管理費", "100"), False),
        (("河川費", "50"), False),
        ("以上", False),
    ]


def test_a_large_body_is_put_together_from_its_pieces(tmp_path):
    """A list of pieces names the sub-streams in the order of the text."""
    first, second = units("最初の文である。\n次の"), units("文である。\n")
    body = b"QLSTV.01" + struct.pack(">IIIII", 2, len(first), 2, len(second), 1)
    pieces = [struct.pack(f">{len(text)}H", *text) + b"\xff" for text in (second, first)]
    path = write_compound(tmp_path / "large.jtd", {"DocumentText": document_text(body, *pieces)})
    assert [line.text for line in read_source(path).lines] == [
        "最初の文である。",
        "次の文である。",
    ]


def test_further_sheets_follow_the_first(tmp_path):
    """A file may have several sheets; where a line stands says which."""
    sheet = document_text(part(*units("別紙の文である。\n")))
    path = jtd(
        tmp_path,
        *units("本文である。\n"),
        **{"ObjectSheets/DocSheet/DOCS_0001/DocumentText": sheet},
    )
    lines = read_source(path).lines
    assert [line.text for line in lines] == ["本文である。", "別紙の文である。"]
    assert lines[1].locator.chapter == "DOCS_0001"


def test_the_file_is_known_by_what_is_in_it(tmp_path):
    """A 一太郎 file under another name is read as what it is."""
    path = jtd(tmp_path, *units("本文である。\n"), name="minutes.doc")
    assert [line.text for line in read_source(path).lines] == ["本文である。"]


def test_a_packed_file_is_refused_with_what_to_do(tmp_path):
    """.jttc is packed in a way that is not read."""
    path = write_compound(tmp_path / "minutes.jttc", {"JSCompDocument": b"JustCompressedDocument"})
    with pytest.raises(ReadingError, match=r"packed 一太郎 file.*save it as PDF or Word"):
        read_source(path)


@pytest.mark.parametrize(
    "stream",
    [
        b"",
        b"SsmgV.01" + b"\xff" * 100,
        b"SsmgV.01" + struct.pack(">III", 1, 256, 1) + bytes(256) + b"\xff" * 40,
        document_text(b"OtherV.01" + bytes(20)),
        document_text(b"TextV.01" + b"\xff" * 20),
        document_text(b"QLSTV.01" + struct.pack(">III", 1, 9, 7)),
        document_text(part()),
    ],
)
def test_a_broken_file_is_refused_with_what_to_do(tmp_path, stream):
    """Whatever its numbers claim, a broken file ends in a message and nothing else."""
    path = write_compound(tmp_path / "broken.jtd", {"DocumentText": stream})
    with pytest.raises(ReadingError, match="save it as PDF or Word"):
        read_source(path)


def test_records_that_never_end_are_no_harm(tmp_path):
    """A record cut off and a reading that is never closed end with the text and the paragraph."""
    path = jtd(tmp_path, *(0x1C, 1, 7, 0, 1, 0x82, 0x1D), *units("よみ\n次の文。\n"), 0x1C, 0x30)
    assert [line.text for line in read_source(path).lines] == ["次の文。"]
