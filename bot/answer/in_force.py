"""What holds now before what held once: of two texts of one article the later, the newest minutes.

A question that names no time, and does not ask how it was before, means today.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from bot.lookup.finder import Found, words_of
from bot.question.filters import Sort
from bot.question.matter_words import matter_words
from bot.question.question import Question
from index.council.in_force import applies_from, have_one_number, is_replaced, title_of
from index.language import cues
from index.language.text import fold
from index.language.tokens import words
from index.passage import Document, DocumentKind, Hit, Passage
from index.search.query import SearchResult, Signals, only
from index.search.searcher import Searcher

_NOW = re.compile(
    r"今(?=の|は|も|、|い|何)|現在|現時点|最新|いま(?=の|は)|\b(?:now|current(?:ly)?|today|latest)\b",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"変わ[っり]|変更|上[がげ]|下[がげ]|増え|減[っり]|値上|値下|比べ|比較|差|推移|違い|から.{1,12}に"
    r"|\b(?:change|changed|increase|increased|decrease|raise|raised|compare|compared|differ)"
)
"""Who asks what changed wants both what holds now and what held before."""
_NEXT = re.compile(
    r"次回|(?:次|今度)の[^\W\d_ぁ-ん]{0,12}(?:会議|会合|委員会|審議会|議会|定例会|臨時会|協議会|部会)"
    r"|\bnext (?:[a-z]+ ){0,3}?(?:meeting|session)\b"
)
_AS_WELL = 0.1
"""A newer passage on the same matter is shown where its odds are this part of the best one's, or
where it answers by itself."""
_NUMBER = 1 << cues.NAMES.index("number")
_HALF = 0.5
_MOST = 3


def newest_first(hits: Sequence[Hit], asked: Question) -> tuple[Hit, ...]:
    """Return the hits, those of the newest documents first where a question says that it means now.

    A question that names no time means today, but not so surely that the order must give way.
    """
    return tuple(sorted(hits, key=_day, reverse=True) if _asks_for_now(asked) else hits)


def without_replaced(
    result: SearchResult, asked: Question, today: dt.date | None = None
) -> SearchResult:
    """Leave out what an amendment replaced (the old side of a 新旧対照表), where now is meant."""
    if not _means_today(asked):
        return result
    day = today or dt.datetime.now().astimezone().date()
    gone = {
        place
        for place, hit in enumerate(result.hits)
        if is_replaced(hit.document, hit.passage, day)
    }
    if not gone:
        return result
    kept = [place for place in range(len(result.hits)) if place not in gone]
    shares = {place: result.signals[place].share for place in kept}
    for place in gone:
        # the new words of an article are as likely meant as the old ones that they replace
        pair = next((k for k in kept if _pair(result.hits[k]) == _pair(result.hits[place])), None)
        if pair is not None:
            shares[pair] = min(1.0, shares[pair] + result.signals[place].share)
    return replace(
        result,
        hits=tuple(result.hits[place] for place in kept),
        signals=tuple(replace(result.signals[place], share=shares[place]) for place in kept),
    )


def of_texts_meant(
    result: SearchResult, asked: Question, searcher: Searcher, today: dt.date | None = None
) -> SearchResult:
    """Return the articles of the text that is meant, in the place of those of another one.

    That is the text in force, or an older one where that is asked for. They have the odds of both.
    Where the older text lacks an article, that is left out.
    """
    text = fold(asked.text).lower()
    older = cues.earlier_text(text)
    means_one = (older and not _CHANGE.search(text)) or _means_today(asked)
    if not means_one or not any(map(_is_article, result.hits)):
        return result
    texts = _texts_by_title(searcher.documents())
    day = today or dt.datetime.now().astimezone().date()
    meant: dict[str, tuple[Hit, Signals]] = {}
    for hit, signals in zip(result.hits, result.signals, strict=True):
        alike = texts.get(title_of(hit.document), ()) if _is_article(hit) else ()
        of_one = [text for text in alike if have_one_number(text, hit.document)]
        instead = (
            _older(hit, of_one, first=cues.earliest(text)) if older else _in_force(hit, of_one, day)
        )
        passage = (
            _same_article(hit, searcher.passages(instead.document)) if instead else hit.passage
        )
        if passage is None and older:
            continue
        if instead is None or passage is None:
            instead, passage = None, hit.passage
        one = hit if instead is None else replace(hit, document=instead, passage=passage)
        known = meant.get(passage.passage_id)
        share = min(1.0, signals.share + (known[1].share if known else 0.0))
        own = known[1] if known and instead else signals
        meant[passage.passage_id] = one, replace(own, share=share)
    pairs = meant.values()
    return replace(result, hits=tuple(h for h, _ in pairs), signals=tuple(s for _, s in pairs))


def _texts_by_title(documents: Iterable[Document]) -> dict[str, list[Document]]:
    """Return the texts of each ordinance; what amends one is none."""
    texts: dict[str, list[Document]] = {}
    for document in documents:
        life = document.enactment
        if document.kind is DocumentKind.ORDINANCE and not (life and life.amends):
            texts.setdefault(title_of(document), []).append(document)
    return texts


def _older(hit: Hit, texts: Sequence[Document], *, first: bool) -> Document | None:
    """Return the text that is meant instead of a newer one: the first, or the one before it all."""
    by_day = {start: text for text in texts if (start := applies_from(text))}
    days = sorted(by_day)
    own = applies_from(hit.document)
    if not days or own not in by_day:
        return None
    meant = days[0 if first else max(len(days) - 2, 0)]
    return by_day[meant] if own > meant else None


def _in_force(hit: Hit, texts: Sequence[Document], day: dt.date) -> Document | None:
    """Return the text in force whose article holds instead of a hit's; ``None`` for its own."""
    names = {text.document for text in texts}
    if _start(hit) is None or hit.document.document not in names:
        return None
    starts = ((applies_from(text, hit.passage.article), text) for text in texts)
    begun = [(start, text) for start, text in starts if start is not None and start <= day]
    _, newest = max(begun, key=lambda each: each[0], default=(None, hit.document))
    return None if newest.document == hit.document.document else newest


def _same_article(hit: Hit, passages: Sequence[Passage]) -> Passage | None:
    """Return the passage of another text that has most of a hit's article."""
    article, own = fold(hit.passage.article or ""), set(words(hit.passage.text))
    same = [each for each in passages if each.article and fold(each.article) == article]
    return max(same, key=lambda each: len(own & set(words(each.text))), default=None)


def _pair(hit: Hit) -> tuple[str, str | None]:
    """Return what the two sides of one article in a 新旧対照表 share."""
    return hit.document.document, next(iter(hit.passage.heading[-1:]), None)


def with_newer(found: Found, shown: Sequence[Hit], rarity: Callable[[str], float]) -> list[Hit]:
    """Return the hits to be shown with newer ones on the same matter, where now is meant.

    That is so where it is said, and of figures where no time is named. The words of an older
    passage may fit better, and it then leads so clearly that it would be shown alone, and taken for
    what holds. A newer one must hold the sort of thing that is asked for, and half of the matter.
    """
    asked = found.asked
    if not shown or not (_asks_for_now(asked) or _asks_for_a_figure(asked)):
        return list(shown)
    best, result = shown[0], found.result
    pairs = list(zip(result.hits, result.signals, strict=True))
    odds = {hit.passage.passage_id: signals.share for hit, signals in pairs}
    least = _AS_WELL * odds.get(best.passage.passage_id, 1.0)
    wanted = {word: rarity(word) for word in matter_words(asked.text)}
    newer = [
        hit
        for hit, signals in pairs
        if (signals.share >= least or _answers(signals))
        and not (signals.unmet or signals.unit_unmet)
        and hit not in shown
        and hit.document.kind is best.document.kind
        and _day(hit) > _day(best)
        and sum(wanted[w] for w in wanted.keys() & words_of(hit)) >= _HALF * sum(wanted.values())
    ]
    return [*shown, *newer][:_MOST]


def _asks_for_now(asked: Question) -> bool:
    return _means_today(asked) and _NOW.search(fold(asked.text)) is not None


def _asks_for_a_figure(asked: Question) -> bool:
    """Tell whether a number or an amount is asked for, which holds until the next one is told."""
    number = bool(cues.wanted(asked.text) & _NUMBER)
    return number and asked.period is None and not cues.earlier(fold(asked.text).lower())


def _answers(signals: Signals) -> bool:
    """Tell whether the reranker holds that a passage answers, whatever others do beside it."""
    return signals.reading is not None and signals.reading.answers > 0


def without_past_announcements(
    found: Found, documents: Callable[[], Sequence[Document]]
) -> SearchResult:
    """Return the hits; where the next meeting is asked for, without what an older one told of it.

    「次回は11月ごろ」 is no answer once that meeting was held. ``documents`` returns all there are.
    """
    result, placed = found.to_the_matter, {part.sort for part in found.meant.kept}
    named = found.asked.period is not None or placed & {Sort.TIME, Sort.SESSION}
    if named or not _NEXT.search(fold(found.asked.text).lower()):
        return result
    newest: dict[str, dt.date] = {}
    for document in documents():
        if document.body and document.date and document.kind is DocumentKind.MINUTES:
            newest[document.body] = max(newest.get(document.body, document.date), document.date)
    ahead = [
        place
        for place, hit in enumerate(result.hits)
        if hit.document.kind is not DocumentKind.MINUTES
        or _day(hit) >= newest.get(hit.document.body or "", dt.date.min)
    ]
    return only(result, ahead)


def _means_today(asked: Question) -> bool:
    text = fold(asked.text).lower()
    return asked.period is None and not cues.earlier(text) and not _CHANGE.search(text)


def _day(hit: Hit) -> dt.date:
    return hit.document.date or dt.date.min


def _start(hit: Hit) -> dt.date | None:
    return applies_from(hit.document, hit.passage.article)


def _is_article(hit: Hit) -> bool:
    return hit.document.kind is DocumentKind.ORDINANCE and hit.passage.article is not None
