"""Reading an ordinance line by line: divisions, captions, articles, supplements, appendices."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.document.articles import (
    APPENDIX,
    ARTICLE,
    DELETED_ARTICLES,
    DIVISION,
    DIVISION_UNITS,
    LONGEST_APPENDIX_HEAD,
    SUPPLEMENT,
    address_of,
    deleted_range,
    half_width,
    is_caption,
    number_of,
    paragraph_number,
)
from ingest.document.source import Line
from ingest.ordinances.amendments import AmendingRun, amended_title
from ingest.ordinances.comparison import Comparison, comparison_heads, has_both_sides

PREAMBLE = "前文"
MAIN_PART = "本則"
"""The address of what an ordinance without articles provides."""
_OPENS_NOTHING = re.compile(r"(?:公布する|改正する|制定する|定める|廃止する)。$|^[（(〔]|[：:]")
_ENACTS = re.compile(r"公布する。$|ここに.*?定める。$|^[（(〔]")
_LEAST_PREAMBLE = 30


@dataclass(slots=True)
class Unit:
    """An article, the text before the first one, a supplement or an appendix.

    ``amending`` are its clauses that change other ordinances, ``comparison`` its rows with old and
    new text side by side.
    """

    address: str | None
    heading: tuple[str, ...]
    lines: list[Line] = field(default_factory=list)
    appendix: bool = False
    amending: AmendingRun | None = None
    comparison: Comparison | None = None


def read_units(lines: Sequence[Line], compared: str | None = None) -> list[Unit]:
    """Return the units of an ordinance in the order of the text.

    ``compared`` is the title of the ordinance that the document's 新旧対照表 compares.
    """
    return _Walk(lines, compared).run()


class _Walk:
    """Reads line after line; the open unit takes the line, or a new one begins."""

    def __init__(self, lines: Sequence[Line], compared: str | None) -> None:
        self.lines = lines
        self.compared = compared
        self.found = [Unit(None, ())]
        self.divisions: dict[int, str] = {}
        self.caption: str | None = None
        self.prefix = ""

    def run(self) -> list[Unit]:
        contents = _contents(self.lines)
        for at, line in enumerate(self.lines):
            following = self.lines[at + 1] if at + 1 < len(self.lines) else None
            if at in contents:
                self.found[-1].lines.append(line)
            elif not (self._compare(line) or self._amend(line, following)):
                self._read(line, following)
        held = [unit for unit in self.found if unit.lines or unit.amending or unit.comparison]
        if not any(unit.address and unit.address.startswith("第") for unit in held):
            return _with_main_part(held)
        return _with_preamble(held, self.lines[contents.stop - 1] if contents else None)

    def _compare(self, line: Line) -> bool:
        """Take a row of a comparison; a row of two heads begins one."""
        sides = comparison_heads(line)
        open_now = self.found[-1].comparison
        if sides is not None and (line.cells or self.compared):
            title = self._subject()
            self.found[-1].lines.append(line)
            opened = self._open(None, (), keep=True)
            opened.comparison = Comparison(sides, title, celled=bool(line.cells))
            return True
        if open_now is None:
            return False
        goes_on = not SUPPLEMENT.match(line.text) and (not open_now.celled or has_both_sides(line))
        if line.cells or goes_on:
            open_now.rows.append(line)
            open_now.celled = open_now.celled or bool(line.cells)
            return True
        return False

    def _subject(self) -> str | None:
        amending = self.found[-1].amending
        return amending.title if amending else self.compared

    def _amend(self, line: Line, following: Line | None) -> bool:
        """Take a line of an open amendment; 「…の一部を次のように改正する」 may begin the next."""
        unit = self.found[-1]
        if unit.amending is None:
            return False
        if not unit.amending.owns(line, following):
            # a supplement continues after its clauses
            self._open(unit.address, unit.heading, keep=True)
            return False
        title = amended_title(line.text)
        if title and not unit.address:
            self._open_amending(line, title)
        else:
            unit.amending.take(line)
        return True

    def _read(self, line: Line, following: Line | None) -> None:
        text = line.text.strip()
        opened = ARTICLE.match(text)
        division = DIVISION.match(text)
        short = len(text) <= LONGEST_APPENDIX_HEAD and not line.cells
        supplement = SUPPLEMENT.match(text) if not line.cells else None
        appendix = APPENDIX.match(text) if short else None
        if supplement:
            self._supplement(text, supplement)
        elif appendix:
            self._open(half_width(appendix["name"]), (text,)).appendix = True
            self.divisions, self.prefix = {0: text}, ""
        elif DELETED_ARTICLES.match(text) or (opened and not line.cells):
            self._article(line, opened)
        elif division and not line.cells:
            self._division(text, division)
        elif is_caption(text) and following is not None and _opens_article(following):
            self.caption = text
        else:
            self.found[-1].lines.append(line)
        title = amended_title(text)
        if title:
            self._begin_amending(text, title)

    def _open(self, address: str | None, heading: tuple[str, ...], *, keep: bool = False) -> Unit:
        if self.caption and not keep:
            # a caption without an article is dropped from the path
            self.caption = None
        self.found.append(Unit(address, heading))
        return self.found[-1]

    def _begin_amending(self, text: str, title: str) -> None:
        unit = self.found[-1]
        article = ARTICLE.match(text)
        paragraph = None if article else paragraph_number(text)
        number = number_of(article["number"]) if article else paragraph or 0
        unit.amending = AmendingRun(title, number, in_paragraph=paragraph is not None)

    def _open_amending(self, line: Line, title: str) -> None:
        """Begin the amendment of the next ordinance where the clauses have no articles."""
        self._open(None, self.found[-1].heading).lines.append(line)
        self._begin_amending(line.text.strip(), title)

    def _supplement(self, text: str, match: re.Match[str]) -> None:
        note = (match["note"] or match["note2"] or "").strip("（）()〔〕［］[] ")
        self.prefix = f"附則（{half_width(note)}）" if note else "附則"
        self.divisions = {0: "".join(text.split())}
        self._open(self.prefix, tuple(self.divisions.values()))

    def _division(self, text: str, match: re.Match[str]) -> None:
        level = DIVISION_UNITS.index(match["unit"])
        self.divisions = {key: words for key, words in self.divisions.items() if key < level}
        self.divisions[level] = " ".join(text.split())
        self._open(None, tuple(self.divisions.values()))

    def _article(self, line: Line, match: re.Match[str] | None) -> None:
        gone = DELETED_ARTICLES.match(line.text.strip())
        own = (match["caption"] if match else None) or self.caption
        address = deleted_range(gone) if gone else address_of(match) if match else ""
        heading = (*self.divisions.values(), *((own,) if own else ()))
        self._open(self.prefix + address, heading, keep=True).lines.append(line)
        self.caption = None


def _opens_article(line: Line) -> bool:
    return ARTICLE.match(line.text) is not None or DELETED_ARTICLES.match(line.text) is not None


def _contents(lines: Sequence[Line]) -> range:
    """Return the lines of the table of contents: from 目次 until an entry is repeated."""
    start = next(
        (at for at, line in enumerate(lines) if "".join(line.text.split()) == "目次"), None
    )
    if start is None:
        return range(0)
    entries: set[str] = set()
    for at in range(start + 1, len(lines)):
        text = lines[at].text.strip()
        name = re.sub(r"[（(].*|[ \u3000…‥・.]+", "", text)
        body = is_caption(text) or (ARTICLE.match(text) and not DIVISION.match(text))
        if name in entries or body:
            return range(start, at)
        if not (DIVISION.match(text) or "".join(text.split()).startswith(("附則", "別表"))):
            return range(start, at)
        entries.add(name)
    return range(start, len(lines))


def _with_main_part(found: Sequence[Unit]) -> list[Unit]:
    """Separate what an ordinance without articles provides from its head: title, number, day."""
    if not found or found[0].address or any(unit.amending or unit.comparison for unit in found):
        return list(found)
    head = found[0]
    for at, line in enumerate(head.lines):
        text = line.text.strip()
        if at and text.endswith("。") and not _ENACTS.search(text):
            main = Unit(MAIN_PART, head.heading, head.lines[at:])
            head.lines = head.lines[:at]
            return [head, main, *found[1:]]
    return list(found)


def _with_preamble(found: Sequence[Unit], contents_end: Line | None) -> list[Unit]:
    """Separate the preamble (前文) from the head: the sentences before the first article."""
    if len(found) < 2 or found[0].address or found[0].heading or found[0].amending:  # noqa: PLR2004 (two make a pair)
        return list(found)
    head = found[0]
    after = head.lines.index(contents_end) + 1 if contents_end in head.lines else 0
    for at, line in enumerate(head.lines):
        text = line.text.strip()
        ends = text.endswith("。") and len(text) >= _LEAST_PREAMBLE
        formal = text.count("。") == 1 and _OPENS_NOTHING.search(text)
        if at >= max(after, 1) and ends and not formal:
            preamble = Unit(PREAMBLE, (), head.lines[at:])
            head.lines = head.lines[:at]
            return [head, preamble, *found[1:]]
    return list(found)
