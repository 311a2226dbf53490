"""What openpyxl does not say of a workbook, read from its parts beforehand.

The number of cells, the extent of merged cells (openpyxl makes an object for each cell), formulas
without a value, and the text of text boxes.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree
from openpyxl.utils import range_boundaries

_PREFIX = rb"(?:[A-Za-z0-9]+:)?"
_CELL = re.compile(rb"<" + _PREFIX + rb"c[ />]")
_NO_VALUE = re.compile(
    rb"(?:</PREf>|<PREf(?: [^<>]*)?/>)\s*(?:<PREv\s*/>|<PREv>\s*</PREv>)?\s*</PREc>".replace(
        b"PRE", _PREFIX
    )
)
_REACHING = re.compile(rb"<" + _PREFIX + rb"(?:mergeCell|hyperlink) [^<>]*?\bref=\"([A-Z0-9:]+)\"")
_BLOCK = 4 << 20
_TAIL = 4096
_MOST_COLUMNS, _MOST_ROWS = 16_384, 1_048_576
_SHEETS = "xl/worksheets"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_XDR = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_ID = "/relationships}id"


@dataclass(slots=True)
class Parts:
    """The findings.

    ``cells``: how many cells the sheets have, empty ones too; ``spread``: how many cells merged
    ranges and links cover; ``uncalculated``: formulas without a value. ``drawn`` has, by sheet,
    the texts of its text boxes and the rows at which they begin; ``pictured`` are the sheets with
    pictures or charts.
    """

    cells: int = 0
    spread: int = 0
    uncalculated: int = 0
    drawn: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    pictured: set[str] = field(default_factory=set)


def scan_parts(content: io.BytesIO) -> Parts:
    """Return the findings; raises what zipfile and lxml raise on broken files."""
    found = Parts()
    with zipfile.ZipFile(content) as archive:
        for name in archive.namelist():
            if posixpath.dirname(name) == _SHEETS and name.endswith(".xml"):
                _count(archive, name, found)
        for sheet, part in _sheets(archive):
            for drawing in _related_parts(archive, part, "drawing"):
                _read_drawing(archive, drawing, sheet, found)
    content.seek(0)
    return found


def _count(archive: zipfile.ZipFile, name: str, found: Parts) -> None:
    rest = b""
    with archive.open(name) as part:
        while block := part.read(_BLOCK):
            block = rest + block
            # what may continue in the next block is left for it
            end = max(block.rfind(b"c>") + 2, len(block) - _TAIL)
            rest, block = block[end:], block[:end]
            _count_block(block, found)
    _count_block(rest, found)


def _count_block(block: bytes, found: Parts) -> None:
    found.cells += sum(1 for _ in _CELL.finditer(block))
    found.uncalculated += sum(1 for _ in _NO_VALUE.finditer(block))
    for match in _REACHING.finditer(block):
        left, top, right, bottom = range_boundaries(match[1].decode())
        # whole columns (A:C) have no rows, whole rows no columns
        across = (right or _MOST_COLUMNS) - (left or 1) + 1
        found.spread += across * ((bottom or _MOST_ROWS) - (top or 1) + 1)


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    parts = dict(_relations(archive, "xl/workbook.xml", "worksheet"))
    for element in _parse(archive, "xl/workbook.xml").iter("{*}sheet"):
        key = next((value for name, value in element.items() if name.endswith(_ID)), "")
        if key in parts:
            yield element.get("name", ""), parts[key]


def _related_parts(archive: zipfile.ZipFile, part: str, kind: str) -> list[str]:
    return [target for _, target in _relations(archive, part, kind)]


def _relations(archive: zipfile.ZipFile, part: str, kind: str) -> Iterator[tuple[str, str]]:
    folder, _, name = part.rpartition("/")
    listed = f"{folder}/_rels/{name}.rels"
    if listed not in archive.namelist():
        return
    for element in _parse(archive, listed).iter("{*}Relationship"):
        if element.get("Type", "").endswith(f"/{kind}") and element.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, element.get("Target", "")))
            if target[1:] in archive.namelist():
                yield element.get("Id", ""), target[1:]


def _parse(archive: zipfile.ZipFile, part: str) -> Any:  # noqa: ANN401 (lxml is untyped)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(archive.read(part), parser)


def _read_drawing(archive: zipfile.ZipFile, part: str, sheet: str, found: Parts) -> None:
    for anchor in _parse(archive, part):
        if not isinstance(anchor.tag, str):
            continue
        row = anchor.find(f"{_XDR}from/{_XDR}row")
        at = int(row.text) + 1 if row is not None and (row.text or "").isdigit() else 1
        texts = [
            (at, text)
            for paragraph in anchor.iter(f"{_A}p")
            if next(paragraph.iterancestors(f"{_MC}Fallback"), None) is None
            and (text := "".join(piece.text or "" for piece in paragraph.iter(f"{_A}t")).strip())
        ]
        found.drawn.setdefault(sheet, []).extend(texts)
        pictures = (f"{_XDR}pic", f"{_XDR}graphicFrame")
        if not texts and next(anchor.iter(*pictures), None) is not None:
            found.pictured.add(sheet)
