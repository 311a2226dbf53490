"""Writes a manuscript as a Word file with heading styles and real tables."""

from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO
from itertools import groupby
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as WordDocument

from samples.build.manuscript import Block, BlockKind, Manuscript

_STYLES = {
    BlockKind.TITLE: "Title",
    BlockKind.HEADING: "Heading 1",
    BlockKind.SUBHEADING: "Heading 2",
}
# zip cannot say an earlier time; a fixed one makes the bytes the same at every build
_EPOCH = (1980, 1, 1, 0, 0, 0)


def write_word(manuscript: Manuscript, target: Path) -> None:
    """Write the manuscript to ``target``; the same manuscript always gives the same bytes."""
    document = Document()
    properties = document.core_properties
    properties.title = manuscript.layout.get("title", target.stem)
    properties.author = properties.last_modified_by = ""
    properties.created = properties.modified = datetime(*_EPOCH, tzinfo=UTC)
    for is_table, blocks in groupby(manuscript.blocks, lambda block: block.kind is BlockKind.ROW):
        if is_table:
            _add_table(document, list(blocks))
        else:
            _add_paragraphs(document, blocks)
    buffer = BytesIO()
    document.save(buffer)
    target.write_bytes(_without_times(buffer.getvalue()))


def _add_paragraphs(document: WordDocument, blocks: Iterable[Block]) -> None:
    for block in blocks:
        if block.kind is BlockKind.PAGE:
            document.add_paragraph().paragraph_format.page_break_before = True
        elif block.kind is not BlockKind.BLANK:
            document.add_paragraph(block.text, _STYLES.get(block.kind))


def _add_table(document: WordDocument, rows: list[Block]) -> None:
    table = document.add_table(len(rows), max(len(row.cells) for row in rows), "Table Grid")
    for row, line in zip(rows, table.rows, strict=True):
        for text, cell in zip(row.cells, line.cells, strict=False):
            cell.text = text


def _without_times(content: bytes) -> bytes:
    buffer = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(buffer, "w") as new:
        for entry in old.infolist():
            info = ZipInfo(entry.filename, _EPOCH)
            info.compress_type = ZIP_DEFLATED
            new.writestr(info, old.read(entry))
    return buffer.getvalue()
