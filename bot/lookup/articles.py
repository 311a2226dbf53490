"""Articles that a question names by their address: 公共交通条例の第10条第2項, 犬猫条例11条.

And other parts: 附則, 別表第2, 様式第1号, 前文, 第3章, the last also of reports.
The article named comes first, whatever the ranking says; the articles that its text refers to come
next. Of several texts of one ordinance it is the newest in force, or that of the time named. Where
two ordinances that have the part fit alike, the hits of the search tell; else it is ambiguous.
"""

import datetime as dt
import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.lookup.lookup_result import with_first
from bot.lookup.ordinance_nicknames import find_by_nickname, is_told_of_elsewhere
from bot.lookup.ordinances_named import (
    MOST_LAWS,
    fitting_laws,
    names_a_law,
    names_of_laws,
    nickname,
    title_of_none,
)
from bot.question.filters import Sort
from bot.question.question import Question
from index.council.addresses import Address, is_article
from index.council.in_force import applies_from, title_of
from index.language import cues
from index.language.text import fold
from index.language.tokens import words
from index.passage import Document, DocumentKind, Filters, Passage
from index.search.query import SearchResult
from index.search.references import (
    item_within,
    lacks_part,
    order_of_texts,
    paragraph_of,
    paragraph_within,
    passages_at,
    resolve,
)
from index.search.searcher import Searcher

_CAPTION = r"[ \u3000]*[（(][^（）()\n]{1,40}[）)][ \u3000]*"
_FROM_WHEN = re.compile(
    r"いつ.{0,8}(?:施行|適用)|(?:施行|適用)(?:日|期日|され)?.{0,6}いつ|施行(?:日|期日)"
)
_CAPTION_BELOW = re.compile(rf"\n{_CAPTION}\s*$")
_CAPTION_ABOVE = re.compile(rf"(?:^|(?<=\n)){_CAPTION}\n$")
_ITEM = re.compile(r"条.*第(\d+)号$")
_REPORT_NAME = re.compile(r"(?P<name>[^\s、。「」『』()?!・はがをにでとの]{2,40})の?$")
_MOST_PIECES = 3
_MOST_REFERRED = 2
_LEADS = 2.0
_At = tuple[Document, Sequence[Passage]]
_SPEECH = {Sort.PERSON, Sort.PARTY, Sort.ASKER, Sort.SESSION}


@dataclass(frozen=True, slots=True)
class ArticleLookup:
    """What was found at an address.

    ``pieces`` are the passages of the article, ``referred`` those that it refers to. Where several
    ordinances fit alike, ``pieces`` is empty and ``documents`` holds them, two or more. ``lacking``
    is the address where the one ordinance that is named certainly has no such part.
    """

    documents: tuple[Document, ...]
    pieces: tuple[Passage, ...] = ()
    referred: tuple[tuple[Document, Passage], ...] = ()
    lacking: str | None = None

    def part(self, asked: Question, passage: Passage) -> tuple[str, ...]:
        """Return the paragraph that was named, as it stands in a passage, or the item.

        The item comes with the words that lead into it. Nothing where neither was named.
        """
        if asked.address is None or passage not in self.pieces:
            return ()
        address = asked.address.article
        paragraph = _with_own_caption(paragraph_of(address, passage.text), passage.text)
        item = _ITEM.search(address)
        if item is None:
            return (paragraph,) if paragraph else ()
        within = paragraph or paragraph_within(passage.text, 1) or passage.text
        return item_within(within, int(item[1])) or ()

    def put_first(self, result: SearchResult, limit: int) -> SearchResult:
        """Return the hits with the article in front, then what it refers to, then the others."""
        if not self.pieces:
            return result
        found = [(self.documents[0], piece) for piece in self.pieces]
        return with_first(result, [*found, *self.referred], limit)


def _wants_more_than(asked: Question, address: Address) -> bool:
    """Tell whether words said about an article are wanted, or from when: its supplement tells."""
    from_when = is_article(address.article) and _FROM_WHEN.search(fold(asked.text))
    return bool(from_when) or any(part.sort in _SPEECH for part in asked.restrictions)


def _with_own_caption(paragraph: str | None, text: str) -> str | None:
    """Return a paragraph with the caption above it (附則 has some), without that of the next."""
    if paragraph is None:
        return None
    own = _CAPTION_BELOW.sub("", paragraph)
    above = _CAPTION_ABOVE.search(text[: text.index(paragraph)])
    return f"{above[0]}{own}" if above else own


def look_up_article(
    searcher: Searcher, asked: Question, filters: Filters, today: dt.date | None = None
) -> ArticleLookup | None:
    """Return what stands at the address that the question names, ``None`` where it names none."""
    if asked.address is None or asked.wants_question:
        return None
    if _wants_more_than(asked, asked.address):
        return None
    chosen = _chosen(searcher, asked, asked.address, filters, today)
    if not chosen:
        return _lacking(searcher, asked, asked.address, filters, today)
    chosen = [at for at in chosen if not lacks_part(asked.address.article, at[1])] or chosen
    if len(chosen) > 1:
        return ArticleLookup(tuple(law for law, _ in chosen))
    law, pieces = chosen[0]
    if lacks_part(asked.address.article, pieces):
        return ArticleLookup((law,), tuple(pieces), lacking=asked.address.article)
    return ArticleLookup((law,), tuple(pieces), _referred(searcher, law, pieces, today))


def names_unknown_law(searcher: Searcher, asked: Question, filters: Filters) -> bool:
    """Tell whether a question names an article of an ordinance that is not here, by its title."""
    if asked.address is None or any(part.sort in _SPEECH for part in asked.restrictions):
        return False
    folded = fold(asked.text)
    laws = searcher.documents_under(replace(filters, kind=DocumentKind.ORDINANCE))
    if title_of_none(folded, laws):
        return True
    name = None if fitting_laws(folded, laws) else nickname(folded)
    return name is not None and is_told_of_elsewhere(*name, laws, searcher)


def _lacking(
    searcher: Searcher, asked: Question, address: Address, filters: Filters, today: dt.date | None
) -> ArticleLookup | None:
    """Return that the ordinance whose name the question holds has no such article."""
    folded = fold(asked.text)
    named = bool(names_of_laws(folded))
    if not named or not is_article(address.article) or address.article.startswith("附則"):
        return None
    laws = searcher.documents_under(replace(filters, kind=DocumentKind.ORDINANCE))
    fitting = _in_force(fitting_laws(folded, laws), asked, filters, today, searcher)
    if len(fitting) != 1:
        return None
    articles = {p.article for p in searcher.passages(fitting[0].document) if p.article}
    read = any(is_article(article) for article in articles)
    return ArticleLookup((fitting[0],), lacking=address.article) if read else None


def _chosen(
    searcher: Searcher, asked: Question, address: Address, filters: Filters, today: dt.date | None
) -> Sequence[_At]:
    """Return what may be meant by an address, the one alone where it is clear."""
    folded = fold(asked.text)
    if filters.kind in (None, DocumentKind.ORDINANCE):
        laws = searcher.documents_under(replace(filters, kind=DocumentKind.ORDINANCE))
        fitting = fitting_laws(folded, laws)
        found = _having(address, _in_force(fitting, asked, filters, today, searcher), searcher)
        if not fitting and (name := nickname(folded)):
            if is_told_of_elsewhere(*name, laws, searcher):
                return ()
            typed = [law for law in laws if title_of(law).endswith(name[1])]
            having = _having(address, _in_force(typed, asked, filters, today, searcher), searcher)
            called = find_by_nickname(*name, [law for law, _ in having], searcher, filters)
            return [one for one in having if one[0] in called]
        chosen = found if len(found) <= 1 else _leading(found, asked, searcher)
        told = is_article(address.article) or names_a_law(folded)
        if len(chosen) == 1 or (chosen and told):
            return chosen
    if filters.kind in (None, DocumentKind.REPORT):
        reports = searcher.documents_under(replace(filters, kind=DocumentKind.REPORT))
        return _having(address, _reports(folded[: address.span[0]], reports), searcher)
    return ()


def _having(address: Address, documents: Sequence[Document], searcher: Searcher) -> Sequence[_At]:
    """Return the documents that have the address, with what stands there."""
    within = ((d, passages_at(address.article, searcher.passages(d.document))) for d in documents)
    return [(document, pieces[:_MOST_PIECES]) for document, pieces in within if pieces]


def _reports(before: str, reports: Sequence[Document]) -> list[Document]:
    """Return the reports whose title is the name before an address: 総合計画の第3章."""
    name = _REPORT_NAME.search(before)
    if name is None or names_a_law(before):
        return []
    return [report for report in reports if name["name"] in title_of(report)]


def _in_force(
    laws: Sequence[Document],
    asked: Question,
    filters: Filters,
    today: dt.date | None,
    searcher: Searcher,
) -> list[Document]:
    """Return one text of each ordinance: the newest in force, or that of the time asked about.

    The article that is named may apply from another day than the rest of its text. Where several
    files are extracts of one law, it is the one that holds the article.
    """
    article = asked.address.article if asked.address else None

    def start(law: Document) -> dt.date:
        return applies_from(law, article) or dt.date.min

    groups: dict[str, list[Document]] = {}
    for law in laws:
        groups.setdefault(title_of(law), []).append(law)
    day = today or dt.datetime.now().astimezone().date()
    chosen = []
    for texts in groups.values():
        dated = sorted(texts, key=start)
        until = filters.as_of or (asked.period.until if asked.period else None)
        then = [law for law in dated if until and dt.date.min < start(law) <= until]
        if then:
            chosen.append(then[-1])
        elif cues.earlier(asked.text) and len(dated) > 1:
            chosen.append(dated[0 if cues.earliest(asked.text) else -2])
        else:
            newest = max(texts, key=lambda law: order_of_texts(law, day))
            chosen.append(_extract(newest, texts, article, searcher) or newest)
    return chosen


def _extract(
    newest: Document, texts: Sequence[Document], article: str | None, searcher: Searcher
) -> Document | None:
    """Return the extract that holds an article which the newest text lacks.

    A text that shares articles with the newest one is an earlier version of it: what it alone
    holds was taken out.
    """
    if article is None or not 1 < len(texts) <= MOST_LAWS:
        return None
    of_newest = searcher.passages(newest.document)
    if passages_at(article, of_newest):
        return None
    own = {passage.article for passage in of_newest if passage.article}
    for text in reversed(texts):
        passages = searcher.passages(text.document)
        theirs = {passage.article for passage in passages if passage.article}
        if passages_at(article, passages) and 2 * len(theirs & own) < min(len(theirs), len(own)):
            return text
    return None


def _leading(found: Sequence[_At], asked: Question, searcher: Searcher) -> Sequence[_At]:
    """Return the one ordinance whose article holds what else the question says, else all."""
    telling = [w for w in asked.words if w not in _plain() and not w.isdecimal()]
    scored = []
    for number, (_, pieces) in enumerate(found):
        held = {word for piece in pieces for word in words("\n".join((*piece.heading, piece.text)))}
        scored.append((sum(searcher.rarity(word) for word in telling if word in held), number))
    scored.sort(key=lambda one: -one[0])
    (best, number), (second, _) = scored[:2]
    return [found[number]] if best > 0 and best >= _LEADS * second else found


@functools.cache
def _plain() -> frozenset[str]:
    """Return the words that tell no ordinance from another."""
    return frozenset(
        words(
            "条例、規則、法律、第、条、項、号、内容、規定、条文、定める、書く、改正、前、現行、年、何"
        )
    )


def _referred(
    searcher: Searcher, law: Document, pieces: Sequence[Passage], today: dt.date | None
) -> tuple[tuple[Document, Passage], ...]:
    """Return the other articles that the article refers to, in the order of the text."""
    passages = searcher.passages(law.document)
    by_id = {passage.passage_id: passage for passage in passages}
    own = {piece.passage_id for piece in pieces}
    references = [reference for piece in pieces for reference in piece.references]
    found: dict[str, tuple[Document, Passage]] = {}
    for target in resolve(references, law, passages, (), today):
        if target.passage is not None and target.passage not in own:
            found.setdefault(target.passage, (law, by_id[target.passage]))
    return tuple(found.values())[:_MOST_REFERRED]
