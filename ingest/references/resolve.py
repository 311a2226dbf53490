"""References to articles: found in any text, and resolved to addresses inside an ordinance."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from index.passage import Passage, PassageKind
from index.record import Reference
from ingest.document.articles import (
    ARTICLE,
    DELETED_ARTICLES,
    address_of,
    item_mark,
    number_of,
    paragraph_number,
)
from ingest.references.names import short_names
from ingest.references.scan import ReferenceScan
from ingest.references.words import ADDRESS, Place, place_of


def references_in(text: str) -> tuple[Reference, ...]:
    """Return the articles of named ordinances that any text refers to.

    「条例第5条」 is resolved if the ordinance was named before in the same text; what stays unknown
    is left out.
    """
    reading = ReferenceScan(short_names([text]))
    for line in text.split("\n"):
        reading.read(line)
    return tuple(reading.found)


def references_to(text: str, title: str) -> tuple[Reference, ...]:
    """Return what an amending clause changes in the ordinance ``title``, or just the title."""
    reading = ReferenceScan({}, subject=title)
    reading.read(text)
    return tuple(reading.found) or (Reference(title, None, title),)


def with_references(passages: Sequence[Passage]) -> list[Passage]:
    """Return passages of minutes or a report with references to the ordinances that they name."""
    return [
        passage
        if passage.references or passage.kind is PassageKind.ARTICLE
        else replace(passage, references=references_in(passage.text))
        for passage in passages
    ]


def resolve_references(passages: Sequence[Passage], title: str | None = None) -> list[Passage]:
    """Return the passages of an ordinance with their references resolved to addresses.

    ``title`` is the ordinance's own; it says which 条例 a 条例施行規則 means. Passages that have
    references already (amending clauses) keep them.
    """
    names = dict(short_names(passage.text for passage in passages))
    if title and "条例施行" in title:
        names.setdefault("条例", title[: title.index("条例施行") + 2].lstrip("○◯〇◎ \u3000"))
    order = _article_order(passages)
    return [
        passage
        if passage.references
        else replace(passage, references=_references_of(passage, names, order))
        for passage in passages
    ]


def _references_of(
    passage: Passage, names: Mapping[str, str], order: Sequence[str]
) -> tuple[Reference, ...]:
    own = place_of(passage.article or "") if passage.article else None
    reading = ReferenceScan(names, order, own)
    for number, line in enumerate(passage.text.split("\n")):
        text = line
        if own is not None:
            opened = ARTICLE.match(line)
            if DELETED_ARTICLES.match(line):
                continue
            if opened:
                own.article, own.paragraph, own.item = address_of(opened), 1, 0
                text = " " * opened.end() + line[opened.end() :]
            elif number or own.paragraph == 0:
                _enter_paragraph_or_item(own, line)
        reading.read(text)
    return tuple(reading.found)


def _enter_paragraph_or_item(own: Place, line: str) -> None:
    """Move on where a line begins the next paragraph or an item."""
    number, mark = paragraph_number(line), item_mark(line)
    if number == own.paragraph + 1 and not (mark and mark.style == "circled"):
        own.paragraph, own.item, own.shown = number, 0, True
    elif mark and "kana" not in mark.style and mark.place in {own.item + 1, 1}:
        own.item = mark.place


def _article_order(passages: Sequence[Passage]) -> list[str]:
    """Return the addresses of all articles, in the order of the text."""
    order: dict[str, None] = {}
    for passage in passages:
        steps = ADDRESS.match(passage.article or "")
        if steps is None or not steps["article"] or passage.kind is not PassageKind.ARTICLE:
            continue
        prefix = steps["prefix"] or ""
        order[prefix + steps["article"]] = None
        gone = DELETED_ARTICLES.match(passage.text)
        if gone:
            numbers = range(number_of(gone["number"]) + 1, number_of(gone["last"]) + 1)
            order |= dict.fromkeys(f"{prefix}第{number}条" for number in numbers)
    return list(order)
