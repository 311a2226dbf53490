"""Markdown: headings, tables, fences, front matter."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.document.source import Line

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t\u3000]+(.*?))?(?:[ \t]+#+)?[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(=+|-{2,})[ \t]*$")
_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_RULE_ROW = re.compile(r"\s*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?\s*$")
_PIPE = re.compile(r"(?<!\\)\|")
_MOST_FRONT = 100


def markdown_lines(texts: Sequence[str]) -> tuple[list[Line], str | None]:
    """Return the lines of a Markdown text with levels and cells, and its front matter's title."""
    front, title = _front_matter(texts)
    lines: list[Line] = []
    fence = ""
    columns = 0
    rest = texts[front:]
    for at, text in enumerate(rest):
        if opened := _FENCE.match(text):
            if not fence:
                fence = opened[1]
                continue
            if opened[1].startswith(fence):
                fence = ""
                continue
        if fence:
            lines.append(Line(text))
            continue
        following = rest[at + 1] if at + 1 < len(rest) else ""
        if not columns and "|" in text and "-" in following and _RULE_ROW.match(following):
            columns = len(_cells(text))
            if columns == len(_cells(following)):
                lines.append(_row(text, columns, header=True))
                continue
            columns = 0
        if columns and at and _RULE_ROW.match(text) and lines[-1].header:
            continue
        columns = columns if "|" in text else 0
        lines.append(_row(text, columns) if columns else _line(text, lines))
    return [line for line in lines if line.text is not _GONE], title


_GONE = "\x00"


def _line(text: str, above: list[Line]) -> Line:
    if heading := _HEADING.match(text):
        return Line((heading[2] or "").strip(), level=len(heading[1]))
    underline = _UNDERLINE.match(text)
    if underline and above and _may_be_heading(above):
        above[-1] = replace(above[-1], level=1 if underline[1][0] == "=" else 2)
        return Line(_GONE)
    return Line(text)


def _may_be_heading(above: Sequence[Line]) -> bool:
    """Say whether the last line, above a rule of = or -, is a heading: it must stand alone."""
    line = above[-1]
    alone = len(above) == 1 or not above[-2].text.strip() or above[-2].level is not None
    return bool(line.text.strip()) and line.level is None and not line.cells and alone


def _row(text: str, columns: int, *, header: bool = False) -> Line:
    cells = (_cells(text) + [""] * columns)[:columns]
    return Line("\t".join(cells), cells=tuple(cells), header=header)


def _cells(text: str) -> list[str]:
    inner = text.strip().removeprefix("|")
    inner = re.sub(r"(?<!\\)\|$", "", inner)
    return [cell.strip().replace("\\|", "|") for cell in _PIPE.split(inner)]


def _front_matter(texts: Sequence[str]) -> tuple[int, str | None]:
    """Return how many lines the front matter takes, and the title that it gives."""
    if not texts or texts[0].rstrip() != "---":
        return 0, None
    title = None
    for at, text in enumerate(texts[1:_MOST_FRONT], start=1):
        if text.rstrip() in {"---", "..."}:
            return at + 1, title
        key, _, value = text.partition(":")
        if key.rstrip().lower() == "title":
            title = title or value.strip().strip("\"'")
    return 0, None
