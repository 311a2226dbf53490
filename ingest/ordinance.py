"""Ordinances: by article, long ones by paragraph, each with its address (第10条第2項)."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from index.dates import find_dates, kanji_number
from index.passage import DocumentId, Passage, PassageKind
from ingest.cutting import SOFT, cut, together
from ingest.dating import day_of_name
from ingest.parsed import Parsed
from ingest.source import Line

_D = "0-9０-９〇一二三四五六七八九十百"
ARTICLE = re.compile(
    rf"[ 　]*第(?P<number>[{_D}]+)条(?P<branch>(?:の[{_D}]+)*)(?:[ 　]*"
    rf"(?P<caption>[（(][^（）()]{{1,40}}[）)]))?(?=[ 　]|$|[^の中第及、。からにでをはが])"
)
_DIVISION = re.compile(rf"[ 　]*第[{_D}]+(?P<unit>編|章|節|款)(?:の[{_D}]+)*(?:[ 　]+\S.*|$)")
_CAPTION = re.compile(r"[ 　]*[（(][^（）()]{1,40}[）)][ 　]*$")
_PARAGRAPH = re.compile(
    r"[ 　]*(?P<number>[0-9０-９]{1,2})[ 　.．]*(?=[^0-9０-９.．、,条項号年月日円人万])"
)
_SUPPLEMENT = re.compile(
    r"[ 　]*附[ 　]*則[ 　]*(?P<note>[（(].{1,60}[）)])?[ 　]*$"
    r"|[ 　]*附[ 　]*則[ 　]*[（(](?P<note2>[^（）]{1,60})[）)]?"
)
_APPENDIX = re.compile(
    rf"[ 　]*(?P<name>別[ 　]*表(?:[ 　]*第[ 　]*[{_D}]+)?"
    rf"|(?:別記)?様[ 　]*式(?:[ 　]*第[ 　]*[{_D}]+号?)?)(?=[ 　（(]|$)"
)
_CONTENTS = re.compile(r"[ 　]*目[ 　]*次[ 　]*$")
_JOINED = re.compile(rf"(?<=。)(?=[2-9２-９][ 　]+[^ 　])|(?<=[。）)])(?=第[{_D}]+条[ 　])")
_UNITS = {"編": 0, "章": 1, "節": 2, "款": 3}
_LONGEST_TITLE = 60
_LONGEST_LEAD = 200
_WHOLE = 420
"""An article up to this long stays one passage."""


_HEAD = 8


@dataclass(slots=True)
class _Article:
    """An article (or what stands before the first, a supplement, an appendix) in hand."""

    address: str | None
    heading: tuple[str, ...]
    lines: list[Line] = field(default_factory=list)


def count_articles(lines: Sequence[Line]) -> int:
    """Return how many lines open an article, as far as the numbers go up from the first."""
    numbers = [
        kanji_number(match["number"]) or 0 for line in lines if (match := ARTICLE.match(line.text))
    ]
    return sum(1 for at, number in enumerate(numbers) if at == 0 or number >= numbers[at - 1])


def parse_ordinance(lines: Sequence[Line], document: DocumentId) -> Parsed:
    """Return the passages of an ordinance, and what it says of itself."""
    return Parsed(tuple(read_ordinance(lines)), date=_text_of(lines, document))


def read_ordinance(lines: Sequence[Line]) -> list[Passage]:
    """Return the passages of an ordinance, unnumbered: head, articles, supplements, appendices."""
    passages: list[Passage] = []
    for article in _Walk([part for line in lines for part in _parted(line)]).run():
        passages.extend(_passages(article))
    return passages


def address_of(match: re.Match[str]) -> str:
    """Return ``第10条の2`` in half-width digits for a line that opens an article."""
    branches = re.findall(rf"の([{_D}]+)", match["branch"])
    tail = "".join(f"の{kanji_number(branch)}" for branch in branches)
    return f"第{kanji_number(match['number'])}条{tail}"


def _parted(line: Line) -> list[Line]:
    """Part a line in which a paragraph or article was joined to the one before it."""
    if line.cells:
        return [line]
    return [replace(line, text=text) for text in _JOINED.split(line.text) if text.strip()]


class _Walk:
    """The walk through an ordinance: divisions in force, the caption in hand, the articles met."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.found = [_Article(None, ())]
        self.divisions: dict[int, str] = {}
        self.caption: str | None = None
        self.prefix = ""

    def run(self) -> list[_Article]:
        contents = _contents(self.lines)
        for at, line in enumerate(self.lines):
            text = line.text.strip()
            opened = ARTICLE.match(text)
            division = _DIVISION.match(text)
            appendix = _APPENDIX.match(text) if len(text) <= _LONGEST_TITLE else None
            if at in contents:
                self.found[-1].lines.append(line)
            elif supplement := _SUPPLEMENT.match(text):
                self._supplement(text, supplement)
            elif appendix:
                self._open(re.sub(r"[ 　]+", "", appendix["name"]), (text,))
                self.divisions, self.prefix = {0: text}, ""
            elif opened:
                self._article(line, opened)
            elif division:
                self._division(text, division)
            elif _CAPTION.match(text) and _article_follows(self.lines, at):
                self.caption = text
            else:
                self.found[-1].lines.append(line)
        return [article for article in self.found if article.lines]

    def _open(self, address: str | None, heading: tuple[str, ...]) -> _Article:
        self.found.append(_Article(address, heading))
        return self.found[-1]

    def _supplement(self, text: str, match: re.Match[str]) -> None:
        note = (match["note"] or match["note2"] or "").strip("（）() ")
        self.prefix = f"附則（{note}）" if note else "附則"
        self.divisions = {0: re.sub(r"[ 　]+", "", text)}
        self._open(self.prefix, tuple(self.divisions.values()))

    def _division(self, text: str, match: re.Match[str]) -> None:
        level = _UNITS[match["unit"]]
        self.divisions = {key: words for key, words in self.divisions.items() if key < level}
        self.divisions[level] = re.sub(r"[ 　]+", " ", text)
        self._open(None, tuple(self.divisions.values()))

    def _article(self, line: Line, match: re.Match[str]) -> None:
        own = match["caption"] or self.caption
        heading = (*self.divisions.values(), *((own,) if own else ()))
        self._open(self.prefix + address_of(match), heading).lines.append(line)
        self.caption = None


def _contents(lines: Sequence[Line]) -> range:
    """Return the lines of the table of contents: from 目次 to before an entry comes again."""
    start = next((at for at, line in enumerate(lines) if _CONTENTS.match(line.text)), None)
    if start is None:
        return range(0)
    entries: set[str] = set()
    for at in range(start + 1, len(lines)):
        text = lines[at].text.strip()
        name = re.sub(r"[（(].*|[ 　…‥・.]+", "", text)
        body = _CAPTION.match(text) or (ARTICLE.match(text) and not _DIVISION.match(text))
        if name in entries or body:
            return range(start, at)
        if not (_DIVISION.match(text) or re.match(r"[ 　]*附[ 　]*則|[ 　]*別[ 　]*表", text)):
            return range(start, at)
        entries.add(name)
    return range(start, len(lines))


def _article_follows(lines: Sequence[Line], at: int) -> bool:
    return at + 1 < len(lines) and ARTICLE.match(lines[at + 1].text) is not None


def _passages(article: _Article) -> list[Passage]:
    kind = PassageKind.ARTICLE if article.address else PassageKind.HEADER
    if article.address and article.address.startswith(("別表", "別記", "様式")):
        kind = PassageKind.TABLE if any(line.cells for line in article.lines) else kind
    if article.address is None and article.heading:
        kind = PassageKind.ARTICLE
    size = sum(len(line.text) for line in article.lines)
    paragraphs = _paragraphs(article.lines)
    if article.address is None or len(paragraphs) == 1 or size <= _WHOLE:
        if size <= _WHOLE:
            return [_passage(article, article.lines, kind, article.address)]
        return _cut(article, article.lines, kind, article.address)
    passages: list[Passage] = []
    for number, lines in paragraphs:
        address = f"{article.address}第{number}項" if number else article.address
        passages.extend(_cut(article, lines, kind, address))
    return passages


def _paragraphs(lines: Sequence[Line]) -> list[tuple[int, list[Line]]]:
    """Part an article's lines at its paragraph numbers 2, 3, …; paragraph 1 has no number."""
    opened = ARTICLE.match(lines[0].text)
    parts: list[tuple[int, list[Line]]] = [(1 if opened else 0, [])]
    for line in lines:
        match = _PARAGRAPH.match(line.text)
        number = kanji_number(match["number"]) if match else None
        if number is not None and number == parts[-1][0] + 1:
            # the caption of a paragraph, as supplements have them, goes with it
            caption = [parts[-1][1].pop()] if _ends_in_caption(parts[-1][1]) else []
            parts.append((number, [*caption, line]))
        else:
            parts[-1][1].append(line)
    return [part for part in parts if part[1]]


def _ends_in_caption(lines: Sequence[Line]) -> bool:
    return bool(lines) and _CAPTION.match(lines[-1].text) is not None


def _cut(
    article: _Article, lines: Sequence[Line], kind: PassageKind, address: str | None
) -> list[Passage]:
    """Cut a long paragraph; what comes after the first piece has the lead-in as a heading."""
    size = sum(len(line.text) for line in lines)
    if size <= _WHOLE:
        return [_passage(article, lines, kind, address)]
    passages = [piece.passage(kind, article.heading, address) for piece in cut(lines, SOFT)]
    lead = lines[0].text.strip()
    if len(lines) > 1 and len(lead) <= _LONGEST_LEAD and address:
        passages[1:] = [
            replace(passage, heading=(*passage.heading, lead)) for passage in passages[1:]
        ]
    return passages


def _passage(
    article: _Article, lines: Sequence[Line], kind: PassageKind, address: str | None
) -> Passage:
    return together(lines).passage(kind, article.heading, address)


def _text_of(lines: Sequence[Line], document: DocumentId) -> dt.date | None:
    """Return the day from which an ordinance reads so: the latest day that its head prints.

    The head (before the first article) gives promulgation, amendments and 「…現在」. Of two texts
    of one ordinance the later day tells which is the newer.
    """
    first = next((at for at, line in enumerate(lines) if ARTICLE.match(line.text)), _HEAD)
    days = [
        found.start
        for line in lines[:first]
        for found in find_dates(line.text)
        if found.start == found.end
    ]
    return max(days, default=None) or day_of_name(document)
