"""The light markup that the sources are written in.

A manuscript opens with ``key: value`` lines up to a line ``---``; then one line is one block:
``= title``, ``# heading``, ``## smaller heading``, ``| cell | cell |`` (a row of a table, the first
row being its heads), ``<page>`` (a new page), an empty line, or else a paragraph.
"""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from unicodedata import east_asian_width, normalize

# what may not begin a line in Japanese typesetting: it hangs at the end of the line before
_NEVER_FIRST = frozenset(
    "、。，．・：；？！）」』】〕〉》ー々ゃゅょっぁぃぅぇぉャュョッァィゥェォ％"
)


class BlockKind(Enum):
    """What one line of a manuscript is."""

    TITLE = "title"
    HEADING = "heading"
    SUBHEADING = "subheading"
    ROW = "row"
    PAGE = "page"
    BLANK = "blank"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True)
class Block:
    """One line of a manuscript: its text, or the cells of a table's row."""

    kind: BlockKind
    text: str = ""
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Manuscript:
    """One document to be built: where to, how it is laid out, and its blocks."""

    path: str
    form: str
    layout: dict[str, str]
    blocks: tuple[Block, ...]

    @property
    def width(self) -> int:
        """Width of a line in half-width columns."""
        return 2 * int(self.layout.get("chars", "40"))

    @property
    def by_words(self) -> bool:
        """Whether lines break between words (English) rather than between characters."""
        return self.layout.get("wrap") == "words"


def read_manuscript(source: Path) -> Manuscript:
    """Read one source file.

    Raises:
        ValueError: the file has no ``---`` line, or names no path or form.
    """
    head, separator, body = source.read_text("utf-8").partition("\n---\n")
    if not separator:
        message = f"{source}: no line '---' between the layout and the text"
        raise ValueError(message)
    layout = dict(line.split(": ", 1) for line in head.splitlines() if line.strip())
    if not {"path", "form"} <= layout.keys():
        message = f"{source}: the layout must name 'path' and 'form'"
        raise ValueError(message)
    blocks = tuple(_block(line) for line in body.rstrip("\n").split("\n"))
    return Manuscript(normalize("NFC", layout["path"]), layout["form"], layout, blocks)


def _block(line: str) -> Block:
    marks = {
        "= ": BlockKind.TITLE,
        "# ": BlockKind.HEADING,
        "## ": BlockKind.SUBHEADING,
    }
    for mark, kind in marks.items():
        if line.startswith(mark):
            return Block(kind, line.removeprefix(mark))
    if line.startswith("|"):
        return Block(
            BlockKind.ROW, cells=tuple(cell.strip() for cell in line.strip("|").split("|"))
        )
    if line == "<page>":
        return Block(BlockKind.PAGE)
    if not line.strip():
        return Block(BlockKind.BLANK)
    return Block(BlockKind.PARAGRAPH, line)


def columns(text: str) -> int:
    """Width of a text in half-width columns: a Japanese character takes two."""
    return sum(2 if east_asian_width(character) in "WFA" else 1 for character in text)


def wrap(text: str, width: int, *, by_words: bool) -> list[str]:
    """Break a paragraph into lines of at most ``width`` columns, a hanging mark apart."""
    lines: list[str] = []
    line = ""
    for piece in text.split(" ") if by_words else text:
        grown = f"{line} {piece}" if by_words and line else line + piece
        if line and columns(grown) > width and piece not in _NEVER_FIRST:
            lines.append(line)
            grown = piece
        line = grown
    return [*lines, line]
