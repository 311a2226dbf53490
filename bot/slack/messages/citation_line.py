"""The line with which a passage is cited in a paper of one's own, to be copied. Pure."""

from collections.abc import Iterator

from bot.texts import Wording, date_text, place_text
from bot.texts.places import what_it_is
from index.language.visible import visible
from index.passage import DocumentKind, Hit

_SAYS_ITS_KIND = ("会議録", "議事録", "minutes")


def citation_line(hit: Hit, words: Wording) -> str:
    """Return day, title, kind, place and speaker: 「令和5年8月3日 第7回… 2ページ 事務局」.

    What the title says already is not said twice.
    """
    return " ".join(visible(" ".join(fact.split())) for fact in _facts(hit, words) if fact)


def _facts(hit: Hit, words: Wording) -> Iterator[str | None]:
    document, passage = hit.document, hit.passage
    title = document.title or document.document
    date = date_text(document.date, words) if document.date else None
    if date and date not in title:
        yield date
    if document.body and document.body not in title:
        yield document.body
    yield title
    named = any(kind in title.lower() for kind in _SAYS_ITS_KIND)
    if document.kind is DocumentKind.MINUTES and not named:
        yield words.kinds[document.kind]
    yield place_text(passage, words)
    yield what_it_is(hit)
    yield passage.speaker
