"""A digest as Slack shows it: what fits a phone's screen, and the rest in its thread. Pure."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.history.meetings import Decided
from bot.news.digest import Digest
from bot.slack.messages.blocks import Part, Run
from bot.slack.messages.layout import Message, first_fitting_layout
from bot.slack.messages.shortening import shorten_line, shorten_question
from bot.texts import date_text, place_text, wording
from bot.texts.news import NewsWording, news_wording
from index.passage import Hit

_AT_FIRST = (3, 3, 2)
"""Decisions, promises and questions in the first message."""
_LONGEST = 90
"""Characters of a line there; in the thread twice as many."""
_REST = (60, 30, 15, 8, 4)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line with the passage that it cites; a question has none of its own."""

    text: str
    hit: Hit | None


def digest_messages(digest: Digest, language: str) -> list[Message]:
    """Return the message, and the one for its thread where that has more."""
    words, frame = news_wording(language), wording(language)
    heads = (words.digest_decided, words.digest_promised, words.digest_asked)
    short, long = (_sections(digest, language, longest) for longest in (_LONGEST, 2 * _LONGEST))
    numbers = itertools.count(1)
    parts = [*_head(digest, language)]
    for head, lines, most in zip(heads, short, _AT_FIRST, strict=True):
        parts += _section(head, lines[:most], numbers)
    left = sum(max(0, len(lines) - most) for lines, most in zip(short, _AT_FIRST, strict=True))
    if left:
        parts.append(Part((Run(words.digest_more.format(count=left), italic=True),)))
    parts.append(Part((Run(words.digest_as_read, italic=True),)))
    first = first_fitting_layout([parts], quotes=frame.quotes)
    if not left:
        return [first]
    rest = [lines[most:] for lines, most in zip(long, _AT_FIRST, strict=True)]
    after = next(numbers)
    layouts = [_thread(heads, rest, most, after, words) for most in _REST]
    return [first, first_fitting_layout(layouts, quotes=frame.quotes)]


def _head(digest: Digest, language: str) -> Iterator[Part]:
    document, frame = digest.document, wording(language)
    title = shorten_line(document.title or document.document, 2 * _LONGEST)
    day = date_text(document.date, frame) if document.date else ""
    facts = [day if day not in title else "", document.body or ""]
    more = " / ".join(fact for fact in facts if fact and fact not in title)
    yield Part((Run(news_wording(language).digest_head),))
    yield Part((Run(title, bold=True), Run(f" / {more}" if more else "")))


def _sections(digest: Digest, language: str, longest: int) -> list[list[list[_Line]]]:
    """Return the lines of each section, those of one entry together."""
    words, frame = news_wording(language), wording(language)

    def cited(text: str, hit: Hit) -> _Line:
        place = place_text(hit.passage, frame)
        return _Line(f"{shorten_line(text, longest)}" + (f" / {place}" if place else ""), hit)

    decided = [
        [cited(_matter(each, each.hit), each.hit)]
        for each in digest.decided
        if each.hit is not None
    ]
    promised = [
        [cited(": ".join(filter(None, (each.hit.passage.speaker, each.text))), each.hit)]
        for each in digest.promised
    ]
    asked = []
    for each in digest.exchanged:
        what = " ".join(shorten_question(each.question, longest).split())
        question = words.digest_question.format(who=each.asker, what=what)
        answer = words.digest_answer.format(who=each.answerer, what=each.answer)
        asked.append([_Line(question, None), cited(answer, each.hit)])
    return [decided, promised, asked]


def _matter(decided: Decided, hit: Hit) -> str:
    """Return a vote in words; of one that names no matter, what it stands under or was said."""
    if decided.vote.item or decided.vote.title:
        return decided.told
    passage = hit.passage
    what = passage.heading[-1] if passage.heading else passage.text
    return f"{decided.told}: {what}"


def _section(
    head: str, entries: Sequence[Sequence[_Line]], numbers: Iterator[int]
) -> Iterator[Part]:
    if not entries:
        return
    yield Part((Run(head, bold=True),), divided=True)
    for entry in entries:
        for line in entry:
            yield Part((*_number(line.hit, numbers), Run(line.text)))


def _thread(
    heads: Sequence[str],
    sections: Sequence[Sequence[Sequence[_Line]]],
    most: int,
    first: int,
    words: NewsWording,
) -> list[Part]:
    numbers = itertools.count(first)
    parts = [Part((Run(words.digest_rest, bold=True),))]
    for head, entries in zip(heads, sections, strict=True):
        parts += _section(head, entries[:most], numbers)
    left = sum(max(0, len(entries) - most) for entries in sections)
    if left:
        parts.append(Part((Run(words.digest_left.format(count=left), italic=True),)))
    return parts


def _number(hit: Hit | None, numbers: Iterator[int]) -> Iterator[Run]:
    if hit is not None:
        link = hit.url if hit.url and hit.url.startswith(("https://", "http://")) else None
        yield Run(f"[{next(numbers)}] ", bold=True, url=link)
