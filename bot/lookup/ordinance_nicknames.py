"""Ordinances that go by another name than their title: 学童条例, where none is titled so.

The materials tell which is meant: a text that gives the ordinance the name (以下「学童条例」),
the ordinance's own words, and what is said of the name and of the title's matter in one breath.
Where they tell of several, all are returned, and where they tell nothing, none: the article of
another ordinance is never a guess.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from index.council.in_force import title_of
from index.language.text import fold
from index.language.tokens import words
from index.passage import Document, DocumentKind, Filters, Hit
from index.search.names import short_name
from index.search.query import Query
from index.search.searcher import Searcher

_DEEP = 30
_GIVES_NAME = 10.0
_LEADS = 2.0
_MATTER = 0.7
_HALF = 0.5
_LAW_END = re.compile(r"(?:に関する|を定める|の)?(?:条例施行規則|条例|規則|規程|要綱|要領)$")


def find_by_nickname(
    stem: str, kind: str, laws: Sequence[Document], searcher: Searcher, filters: Filters
) -> list[Document]:
    """Return which of ``laws`` may be called ``stem`` + ``kind``; one alone where it is clear.

    ``laws`` are those that come into question, ``filters`` what is searched.
    """
    name = f"{stem}{kind}"
    own = replace(filters, kind=DocumentKind.ORDINANCE)
    hits = {
        hit.passage.passage_id: hit
        for text, where in ((name, filters), (stem, filters), (stem, own))
        for hit in searcher.search(Query(text, where, fast=True), _DEEP).hits
    }
    told = [(sum(_tells(hit, law, stem, kind, searcher) for hit in hits.values()), law)
            for law in laws]  # fmt: skip
    told.sort(key=lambda one: -one[0])
    best = told[0][0] if told else 0.0
    return [law for weight, law in told if weight * _LEADS > best]


def is_told_of_elsewhere(
    stem: str, kind: str, laws: Sequence[Document], searcher: Searcher
) -> bool:
    """Tell whether an agenda or a vote names an ordinance that ends so and is none of ``laws``.

    「図書館条例の一部を改正する条例」: 図書館条例 is the end of its title then, and no other name
    of one that is here.
    """
    name, titles = _plain(stem + kind), [_title(law) for law in laws]
    named = (
        _plain(text)
        for document in searcher.documents()
        for text in (
            *document.agenda,
            *(vote.title or "" for vote in (document.sitting.votes if document.sitting else ())),
        )
    )
    return any(name in text and not any(title in text for title in titles) for text in named)


def _tells(hit: Hit, law: Document, stem: str, kind: str, searcher: Searcher) -> float:
    """Return how much a hit says that the ordinance goes by the name."""
    passage = hit.passage
    said = (passage.text, passage.question or "", *passage.heading, hit.document.title)
    text = _plain("\n".join(said))
    title = _title(law)
    if re.search(rf"{re.escape(title)}[^。]{{0,40}}?以下「{re.escape(stem + kind)}」", text):
        return _GIVES_NAME
    if hit.document.document == law.document:
        wanted = set(words(stem))
        held = wanted & set(words(text))
        return float(stem in text or _share(held, wanted, searcher) >= _HALF)
    return float(stem in text and _is_about(text, title, searcher))


def _is_about(text: str, title: str, searcher: Searcher) -> bool:
    """Tell whether a text names an ordinance's matter, whole or most of its words."""
    matter = _LAW_END.sub("", title)
    wanted = set(words(matter))
    return matter in text or _share(wanted & set(words(text)), wanted, searcher) >= _MATTER


def _share(held: set[str], wanted: set[str], searcher: Searcher) -> float:
    whole = sum(map(searcher.rarity, wanted))
    return sum(map(searcher.rarity, held)) / whole if whole else 0.0


def _title(law: Document) -> str:
    return short_name(title_of(law))


def _plain(text: str) -> str:
    return "".join(fold(text).split())
