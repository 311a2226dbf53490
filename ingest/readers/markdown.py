"""Markdown: headings, tables, fences, front matter, and the words without marks within lines."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.document.source import Line
from ingest.readers.markdown_inline import has_star_notes, words_alone

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t\u3000]+(.*?))?(?:[ \t]+#+)?[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(=+|-{2,})[ \t]*$")
_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_RULE_ROW = re.compile(r"\s*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?\s*$")
_PIPE = re.compile(r"(?<!\\)\|")
_OWN_BLOCK = re.compile(r"[ \t\u3000]*(?:[-+*>]|\d{1,9}[.)])(?:[ \t\u3000]|$)")
_MOST_FRONT = 100


@dataclass(frozen=True, slots=True)
class Markdown:
    """Lines with levels and cells, the front matter's title, and how often words are struck out."""

    lines: tuple[Line, ...]
    title: str | None
    struck: int


def read_markdown(texts: Sequence[str]) -> Markdown:
    """Read the lines of a Markdown text; what is struck out is left out."""
    front, title = _front_matter(texts)
    lines: list[Line] = []
    struck = 0
    notes = has_star_notes("\n".join(texts))
    for block, verbatim in _blocks(_lines(texts[front:])):
        words, times = (block, 0) if verbatim else _without_marks(block, star_notes=notes)
        lines += words
        struck += times
    return Markdown(tuple(lines), title, struck)


def _without_marks(block: Sequence[Line], *, star_notes: bool) -> tuple[list[Line], int]:
    """Return a paragraph's lines, a heading or a row without what is layout within lines."""
    if block[0].cells:
        told = [words_alone(cell, star_notes=star_notes) for cell in block[0].cells]
        cells = tuple(words for words, _ in told)
        row = replace(block[0], text="\t".join(cells), cells=cells)
        return [row], sum(times for _, times in told)
    words, struck = words_alone("\n".join(line.text for line in block), star_notes=star_notes)
    texts = words.split("\n")
    return [replace(line, text=text) for line, text in zip(block, texts, strict=True)], struck


def _blocks(lines: Iterable[tuple[Line, bool]]) -> Iterator[tuple[list[Line], bool]]:
    """Yield the lines of each paragraph together, and whether they stand as typed."""
    block: list[Line] = []
    for line, verbatim in lines:
        alone = verbatim or line.cells or line.level is not None or not line.text.strip()
        if block and (alone or _OWN_BLOCK.match(line.text)):
            yield block, False
            block = []
        if alone:
            yield [line], verbatim
        else:
            block.append(line)
    if block:
        yield block, False


def _lines(texts: Sequence[str]) -> list[tuple[Line, bool]]:
    """Return the lines with levels and cells, and whether each stands in a fence."""
    lines: list[Line] = []
    fenced: set[int] = set()
    fence = ""
    columns = 0
    for at, text in enumerate(texts):
        if opened := _FENCE.match(text):
            if not fence:
                fence = opened[1]
                continue
            if opened[1].startswith(fence):
                fence = ""
                continue
        if fence:
            fenced.add(len(lines))
            lines.append(Line(text))
            continue
        following = texts[at + 1] if at + 1 < len(texts) else ""
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
    return [(line, at in fenced) for at, line in enumerate(lines) if line.text is not _GONE]


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
