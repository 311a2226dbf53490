"""Ordinances: by article, long ones by paragraph and item, each with its address (第10条第2項)."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from index.language.dates import find_dates
from index.passage import DocumentId, Passage, PassageKind
from ingest.document.articles import APPENDIX, ARTICLE, SUPPLEMENT, number_of
from ingest.document.dating import day_in_file_name
from ingest.document.parsed_document import ParsedDocument
from ingest.document.source import Line
from ingest.document.title import find_title
from ingest.ordinances.amendments import amended_title, clause_passages, is_repeal
from ingest.ordinances.comparison import compared_title, comparison_heads, comparison_passages
from ingest.ordinances.enactment import read_enactment
from ingest.ordinances.english import (
    ENGLISH_NAME,
    RECITALS,
    SECTION,
    count_sections,
    parse_english,
)
from ingest.ordinances.passages import Frame, cut_article, cut_table, cut_text
from ingest.ordinances.walk import MAIN_PART, PREAMBLE, Unit, read_units
from ingest.references.resolve import resolve_references

__all__ = [
    "ARTICLE",
    "changes_another",
    "count_articles",
    "is_without_articles",
    "opens_article",
    "parse_ordinance",
]

_HEAD = 8
_EARLY = 12
_FORM = 2
_TITLE = re.compile(r"[○◯〇●◎ \u3000]*[^。、：:]{2,60}(?:条例|規則|規程)")
_HEAD_WITHOUT_ARTICLES = 4
_LONGEST_WITHOUT_ARTICLES = 60
"""Lines: what is longer has articles."""


def count_articles(lines: Sequence[Line]) -> int:
    """Return how many lines begin an article, counting those whose numbers rise.

    Sections of an English ordinance (``Section 2.``) count as articles.
    """
    numbers = [
        number_of(match["number"])
        for line in lines
        if not line.cells and (match := ARTICLE.match(line.text))
    ]
    rising = sum(1 for at, number in enumerate(numbers) if at == 0 or number >= numbers[at - 1])
    return rising or (count_sections(lines) if _is_english(lines) else 0)


def opens_article(text: str) -> bool:
    """Say whether a line begins an article, or a section of an English ordinance."""
    return ARTICLE.match(text) is not None or SECTION.match(text) is not None


def changes_another(lines: Sequence[Line]) -> bool:
    """Say whether the text belongs to an ordinance though it may have no article of its own.

    It is an amendment (改め文), a 新旧対照表 with its heads, or a form (様式第1号（第6条関係）).
    """
    early = lines[:_EARLY]
    if any(APPENDIX.match(line.text) and "条関係" in line.text for line in lines[:_FORM]):
        return True
    compared = any(compared_title(line.text) for line in early)
    return (compared and any(comparison_heads(line) for line in early)) or any(
        is_repeal(line.text) or (amended_title(line.text) and line.text.rstrip().endswith("。"))
        for line in early
    )


def is_without_articles(lines: Sequence[Line]) -> bool:
    """Say whether the lines are an ordinance that has no articles: a title, sentences, a 附則."""
    titled = any(_TITLE.fullmatch(line.text.strip()) for line in lines[:_HEAD_WITHOUT_ARTICLES])
    supplement = next((at for at, line in enumerate(lines) if SUPPLEMENT.match(line.text)), 0)
    provides = any(line.text.rstrip().endswith("。") for line in lines[:supplement])
    return titled and provides and supplement <= _LONGEST_WITHOUT_ARTICLES


def parse_ordinance(lines: Sequence[Line], document: DocumentId) -> ParsedDocument:
    """Return the passages of an ordinance, and what it says of itself and its history."""
    title = find_title(lines, None, document)
    if _is_english(lines):
        passages = parse_english(lines)
    else:
        passages = resolve_references(read_ordinance(lines), title)
    enactment = read_enactment(lines, title, _amended_title(lines, title))
    day, printed = _text_of(lines)
    return ParsedDocument(
        tuple(passages),
        date=day or enactment.promulgated or day_in_file_name(document),
        date_text=printed,
        enactment=enactment,
    )


def _is_english(lines: Sequence[Line]) -> bool:
    """Sections count only if the document calls itself an ordinance; minutes have them too."""
    called = any(ENGLISH_NAME.search(line.text) for line in lines[:_HEAD])
    return called and not any(ARTICLE.match(line.text) for line in lines)


def read_ordinance(lines: Sequence[Line]) -> list[Passage]:
    """Return the passages of an ordinance, unnumbered: head, articles, supplements, appendices."""
    compared = next((name for line in lines[:_HEAD] if (name := compared_title(line.text))), None)
    return [passage for unit in read_units(lines, compared) for passage in _passages(unit)]


def _passages(unit: Unit) -> list[Passage]:
    head = Frame(_kind(unit), unit.heading, unit.address)
    if unit.appendix:
        passages = cut_table(unit.lines, head)
    elif unit.address in {None, PREAMBLE, MAIN_PART}:
        passages = cut_text(unit.lines, head)
    else:
        passages = cut_article(unit.lines, head) if unit.lines else []
    if unit.amending:
        frame = Frame(PassageKind.ARTICLE, unit.heading, unit.address)
        passages += clause_passages(unit.amending, frame)
    if unit.comparison:
        passages += comparison_passages(unit.comparison)
    return passages


def _kind(unit: Unit) -> PassageKind:
    if unit.appendix:
        rows = any(line.cells for line in unit.lines)
        return PassageKind.TABLE if rows else PassageKind.ARTICLE
    return PassageKind.ARTICLE if unit.address or unit.heading else PassageKind.HEADER


def _amended_title(lines: Sequence[Line], title: str) -> str | None:
    """Return the first ordinance that the main part (not a supplement) changes."""
    for unit in read_units(lines, next(_compared_titles(lines, title), None)):
        if unit.address and unit.address.startswith("附則"):
            return None
        if unit.amending:
            return unit.amending.title
        if unit.comparison:
            return unit.comparison.title
    return None


def _compared_titles(lines: Sequence[Line], title: str) -> Iterator[str]:
    texts = (title, *(line.text for line in lines[:_HEAD]))
    return (name for text in texts if (name := compared_title(text)))


def _text_of(lines: Sequence[Line]) -> tuple[dt.date | None, str | None]:
    """Return the day of this version of an ordinance, and the day as printed.

    It is the latest day in the head: promulgation, amendments and 「…現在」 come before the first
    article. Of two versions of one ordinance, the later day is the newer version.
    """
    first = next((at for at, line in enumerate(lines) if opens_article(line.text)), _HEAD)
    days = [
        (found.start, line.text[slice(*found.span)])
        for line in lines[:first]
        # a day in what it provides, where it has no articles, is none of its own
        if not line.text.rstrip().endswith(("。", ";")) or "公布" in line.text
        if not line.text.startswith(RECITALS)
        for found in find_dates(line.text)
        if found.start == found.end
    ]
    return max(days, key=lambda day: day[0], default=(None, None))
