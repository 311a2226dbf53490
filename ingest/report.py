"""Reports, budgets, notices: by heading, tables row by row."""

import datetime as dt
import re
from collections.abc import Sequence

from index.passage import DocumentId, Passage, PassageKind
from ingest.cutting import SOFT, Piece, cut, together
from ingest.dating import day_of_name, first_day, first_month
from ingest.headings import Heading, Path, after_run, read_heading
from ingest.parsed import Parsed
from ingest.source import Line
from ingest.title import find_body

_CAPTION = re.compile(
    r"[【＜〈（(]?(?:表|図|別表|資料|Table|Figure)[ 　]*[0-9０-９一二三四五六七八九十]*"
    r"|.{0,40}(?:一覧|内訳|推移|状況|予算|決算|単位)"
)
_LONGEST_CAPTION = 60
_HEAD = 8


class _Report:
    """The walk through a report: the headings in force, the prose and the table in hand."""

    def __init__(self) -> None:
        self.passages: list[Passage] = []
        self.path = Path()
        self.run: list[Heading] = []
        self.prose: list[Line] = []
        self.rows: list[Line] = []
        self.heads: tuple[str, ...] = ()
        self.caption: str | None = None

    def heading(self, heading: Heading) -> None:
        self.flush()
        self.run.append(heading)

    def text(self, line: Line) -> None:
        self.settle()
        self.flush_table()
        self.prose.append(line)

    def row(self, line: Line) -> None:
        self.settle()
        if not self.rows and not self.heads:
            self.caption = self._caption_above()
            self.flush_prose()
            if line.header or _looks_like_heads(line):
                self.heads = line.cells
        elif line.header:
            self.flush_table()
            self.heads = line.cells
        self.rows.append(line)

    def settle(self) -> None:
        if not self.run:
            return
        self.path = after_run(self.path, self.run)
        lost = [heading.text for heading in self.run if heading.text not in self.path.texts]
        self.prose.extend(Line(text) for text in lost)
        self.run = []

    def flush(self) -> None:
        self.settle()
        self.flush_table()
        self.flush_prose()

    def flush_prose(self) -> None:
        for piece in cut(self.prose):
            self._add(piece, PassageKind.SECTION)
        self.prose = []

    def flush_table(self) -> None:
        if not self.rows:
            return
        above = tuple(part for part in (self.caption, " | ".join(self.heads)) if part)
        group: list[Line] = []
        size = 0
        for row in self.rows:
            if group and size + len(row.text) > SOFT:
                self._table(group, above)
                group, size = [], 0
            group.append(row)
            size += len(row.text) + 1
        self._table(group, above)
        self.rows, self.heads, self.caption = [], (), None

    def close(self) -> list[Passage]:
        for heading in self.run:
            self.prose.append(Line(heading.text))
        self.run = []
        self.flush()
        return self.passages

    def _caption_above(self) -> str | None:
        if not self.prose:
            return None
        text = self.prose[-1].text.strip()
        short = len(text) <= _LONGEST_CAPTION and not text.endswith("。")
        return text if short and _CAPTION.match(text) else None

    def _table(self, rows: Sequence[Line], above: tuple[str, ...]) -> None:
        if len(rows) == 1 and len(rows[0].text) > SOFT:
            for piece in cut(rows):
                self._add(piece, PassageKind.TABLE, above)
        else:
            text = "\n".join(row.text for row in rows)
            self._add(together(rows, text), PassageKind.TABLE, above)

    def _add(self, piece: Piece, kind: PassageKind, above: tuple[str, ...] = ()) -> None:
        self.passages.append(piece.passage(kind, (*self.path.texts, *above)))


def parse_report(lines: Sequence[Line], title: str, document: DocumentId) -> Parsed:
    """Return the passages of a report, and what it says of itself."""
    return Parsed(
        tuple(read_report(lines)),
        body=find_body(title, ()),
        date=_reported(lines, title, document),
    )


def read_report(lines: Sequence[Line]) -> list[Passage]:
    """Return the passages of a report, unnumbered.

    A table passage holds rows as the source says them; the title of the table and its column
    heads stand in ``heading``.
    """
    report = _Report()
    for line in lines:
        if line.cells:
            report.row(line)
        elif heading := read_heading(line):
            report.heading(heading)
        else:
            report.text(line)
    return report.close()


def _looks_like_heads(line: Line) -> bool:
    return not any(re.search(r"[0-9０-９]", cell) for cell in line.cells[1:])


def _reported(lines: Sequence[Line], title: str, document: DocumentId) -> dt.date | None:
    """Return the day or month on a report's first lines, else what its file name says."""
    return first_month(lines[:_HEAD]) or first_day([title]) or day_of_name(document)
