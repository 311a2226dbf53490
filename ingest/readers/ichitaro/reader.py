"""一太郎 (.jtd): the body text, as far as others have reverse-engineered the format.

The file is an OLE2 file. Its stream ``DocumentText`` holds sub-streams cut into blocks
(:mod:`ingest.readers.ichitaro.stream`); further sheets have their own streams.
"""

import io
import struct
from collections.abc import Iterator, Sequence
from pathlib import Path

import olefile

from index.errors import ReadingError
from index.place import Locator
from ingest.document.source import Line, Source
from ingest.readers.ichitaro.stream import JtdError, body_units
from ingest.readers.ichitaro.text import Paragraph, paragraphs
from ingest.repair.plain_tables import is_head_row_first
from ingest.repair.repair import repair_paragraphs

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BODY = "DocumentText"
_PACKED = "JSCompDocument"
_SHEETS = ("ObjectSheets", "DocSheet")
_OUTER = 2
_MOST_STREAM = 100_000_000
_BROKEN = (
    *(JtdError, OSError, ValueError, LookupError, struct.error, TypeError, AttributeError),
    *(RecursionError, OverflowError),
)
_ONLY_BODY = "一太郎: only the body text was read (no headers, notes, boxes or numbering)"
_SAVE = "save it as PDF or Word (.docx)"


class IchitaroReader:
    """一太郎 files since version 8."""

    name = "一太郎"
    suffixes: tuple[str, ...] = (".jtd", ".jtt", ".jttc", ".jtdc")

    def recognises(self, path: Path, head: bytes) -> bool:
        """Say whether it is an OLE2 file with a 一太郎 document in it, or is named as one."""
        if not head.startswith(_OLE):
            return False
        try:
            with olefile.OleFileIO(io.BytesIO(path.read_bytes())) as ole:
                return bool(ole.exists(_BODY) or ole.exists(_PACKED))
        except _BROKEN:
            return path.suffix.lower() in self.suffixes

    def read(self, path: Path) -> Source:
        """Read the text of the body.

        Raises :class:`ReadingError` if it is packed, broken or has no text.
        """
        try:
            with olefile.OleFileIO(io.BytesIO(path.read_bytes())) as ole:
                if ole.exists(_PACKED):
                    message = f"it is a packed 一太郎 file, which is not read: {_SAVE}"
                    raise ReadingError(message)
                lines = list(_lines(ole))
        except _BROKEN as error:
            message = f"the 一太郎 file is not understood: {_SAVE}"
            raise ReadingError(message) from error
        if not lines:
            message = f"no text was found in the 一太郎 file: {_SAVE}"
            raise ReadingError(message)
        return Source(repair_paragraphs(lines), warnings=(_ONLY_BODY,))


def _lines(ole: "olefile.OleFileIO[bytes]") -> Iterator[Line]:
    yield from _lines_of_stream(ole, [_BODY], None)
    for name in sorted(ole.listdir()):
        if tuple(name[:2]) == _SHEETS and name[-1] == _BODY:
            yield from _lines_of_stream(ole, name, name[2])


def _lines_of_stream(
    ole: "olefile.OleFileIO[bytes]", name: list[str], sheet: str | None
) -> Iterator[Line]:
    if ole.get_size(name) > _MOST_STREAM:
        message = f"the 一太郎 file is too large: split it, or {_SAVE}"
        raise ReadingError(message)
    locator = None if sheet is None else Locator(chapter=sheet)
    ruled: list[Paragraph] = []
    for paragraph in paragraphs(body_units(ole.openstream(name).read())):
        if paragraph.cells:
            ruled.append(paragraph)
            continue
        yield from _table(ruled, locator)
        ruled = []
        yield Line(paragraph.text, locator=locator)
    yield from _table(ruled, locator)


def _table(ruled: Sequence[Paragraph], locator: Locator | None) -> Iterator[Line]:
    """Yield the rows of a table from its ruled lines: lines are joined until a rule is drawn."""
    rows: list[list[str]] = []
    goes_on = False
    for line in ruled:
        if goes_on and len(rows[-1]) == len(line.cells):
            rows[-1] = [above + below for above, below in zip(rows[-1], line.cells, strict=True)]
        else:
            rows.append(list(line.cells))
        goes_on = not line.closes
    rows = _without_outer_cells([row for row in rows if any(row)])
    for number, row in enumerate(rows):
        if len(row) == 1:
            yield Line(row[0], locator=locator)
        else:
            head = number == 0 and is_head_row_first(rows)
            yield Line("\t".join(row), cells=tuple(row), header=head, locator=locator)


def _without_outer_cells(rows: list[list[str]]) -> list[list[str]]:
    """Drop the cells before the first rule and after the last one."""
    if len({len(row) for row in rows}) != 1 or len(rows[0]) <= _OUTER:
        return rows
    first = 0 if any(row[0] for row in rows) else 1
    last = len(rows[0]) if any(row[-1] for row in rows) else -1
    return [row[first:last] for row in rows]
