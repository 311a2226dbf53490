"""From a history to what Slack shows: a message that fits a phone, pages of it; pure functions.

A message shows the newest meetings first: how a matter stands is what is asked for most. All others
stand behind its buttons, a few meetings a page.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.history.meetings import Decided, Entry, History, Meeting
from bot.history.prior_discussions import newest_first
from bot.slack.buttons import Asking, Do, Press, button
from bot.slack.messages.blocks import Part, Run, text_of
from bot.slack.messages.layout import LONGEST_BLOCKS, Message, first_fitting_layout, length_of
from bot.slack.messages.shortening import shorten
from bot.texts import Wording, date_text, place_text, wording
from index.passage import DocumentKind, Hit

MOST_SHOWN = 3
"""Meetings in a message; the rest is paged through."""
A_PAGE = 5
LONGEST_AT_FIRST = 1_200
"""Characters of a message: some two screens of a phone."""


@dataclass(frozen=True, slots=True)
class _Room:
    """How much is shown: characters of a quotation and of a title, entries a meeting."""

    quote: int
    title: int
    entries: int


_ROOMS = (
    _Room(quote=600, title=200, entries=3),
    _Room(quote=300, title=150, entries=3),
    _Room(quote=150, title=100, entries=3),
    _Room(quote=200, title=60, entries=2),
    _Room(quote=150, title=60, entries=1),
    _Room(quote=80, title=40, entries=1),
    _Room(quote=60, title=30, entries=1),
)


@dataclass(frozen=True, slots=True)
class Below:
    """What stands at the end of the message of a history.

    ``notes`` are sentences of our own, ``parts`` what stands under them. ``asking`` is how it was
    asked for; ``timeline``: there is a button for the picture.
    """

    notes: Sequence[str] = ()
    parts: Sequence[Part] = ()
    asking: Asking = field(default_factory=Asking)
    timeline: bool = False


def history_message(history: History, below: Below | None = None) -> Message:
    """Return the message for a history, in its language; one that holds nothing says so."""
    below = below or Below()
    words = wording(history.language)
    shown = first_shown(history)
    left = history.count + history.others - len(shown)
    last = [Part((Run(note, italic=True),)) for note in below.notes]
    if left:
        last.insert(0, Part((Run(words.history_others.format(count=left), italic=True),)))
    layouts = [
        [*_head(history, words, room), *_meetings(shown, words, room), *last, *below.parts]
        for room in _ROOMS
    ]
    short = [parts for parts in layouts if len(text_of(parts)) <= LONGEST_AT_FIRST]
    chosen = short or layouts[-1:]
    cut = chosen[0] != layouts[0]
    row = _row(below, words, earlier=left > 0, cut=cut) if shown else ()
    message = first_fitting_layout(chosen, LONGEST_BLOCKS - length_of(row), words.quotes)
    return replace(message, blocks=(*message.blocks, *row))


def first_shown(history: History) -> tuple[Meeting, ...]:
    """Return the meetings that the message of a history shows, the newest first."""
    return newest_first(history).meetings[:MOST_SHOWN]


def page_of(history: History, after: int) -> tuple[Meeting, ...]:
    """Return the meetings of a page: those behind the ``after`` newest ones."""
    return newest_first(history).meetings[after : after + A_PAGE]


def meeting_layouts(meetings: Sequence[Meeting], words: Wording) -> list[list[Part]]:
    """Return the paragraphs of some meetings, from all there is to what is short in any case."""
    return [_meetings(meetings, words, room) for room in _ROOMS]


def history_view(history: History, press: Press) -> dict[str, Any]:
    """Return the modal with the page that ``press`` asks for, and the buttons to the others.

    It carries under which message the first of these buttons stood: its question is read again.
    """
    words, after = wording(history.language), press.asking.after
    shown, all_of_them = page_of(history, after), len(history.meetings)
    first, last = after + 1, after + len(shown)
    where = words.history_page.format(count=all_of_them, first=first, last=last)
    ways = [
        button(Do.HISTORY, label, replace(press.asking, after=at), suffix)
        for at, label, suffix in (
            (max(0, after - A_PAGE), words.history_later, "_later"),
            (after + A_PAGE, words.history_earlier, "_earlier"),
        )
        if at != after and at < all_of_them
    ]
    row = [{"type": "actions", "elements": ways}] if ways else []
    head = [
        Part((Run(shorten(history.topic, 200), bold=True),)),
        Part((Run(where),)),
    ]
    layouts = [[*head, *_meetings(shown, words, room)] for room in _ROOMS]
    message = first_fitting_layout(layouts, LONGEST_BLOCKS - length_of(row), words.quotes)
    return {
        "type": "modal",
        "private_metadata": json.dumps(
            {"channel": press.channel, "ts": press.ts, "root": press.root}
        ),
        "title": {"type": "plain_text", "text": words.history_title},
        "close": {"type": "plain_text", "text": words.close},
        "blocks": [*message.blocks, *row],
    }


def head(history: History, words: Wording, order: str, most: int = 200) -> list[str]:
    """Return the sentences that say how often the topic came up, and in which order that stands."""
    topic = shorten(history.topic, most)
    if not history.count and not history.others:
        return [words.history_none.format(topic=topic)]
    if not history.count:
        alone = words.history_only_documents
        return [alone.format(topic=topic, count=history.others, order=order)]
    more = [words.history_documents.format(count=history.others)] if history.others else []
    return [words.history_head.format(topic=topic, count=history.count, order=order), *more]


def _row(below: Below, words: Wording, *, earlier: bool, cut: bool) -> tuple[dict[str, Any], ...]:
    """Return the row of buttons: the other meetings or the same in full, the table, the picture."""
    asking = below.asking
    row = []
    if earlier:
        further = replace(asking, after=MOST_SHOWN)
        row.append(button(Do.HISTORY, words.history_earlier, further))
    elif cut:
        row.append(button(Do.HISTORY, words.history_whole, asking))
    row.append(button(Do.TABLE, words.history_table, asking))
    if below.timeline:
        row.append(button(Do.TIMELINE, words.history_timeline, asking))
    return ({"type": "actions", "elements": row},)


def _head(history: History, words: Wording, room: _Room) -> list[Part]:
    lines = head(history, words, words.history_newest_first, room.title)
    return [Part((Run(line),)) for line in lines]


def _meetings(shown: Sequence[Meeting], words: Wording, room: _Room) -> list[Part]:
    return [part for meeting in shown for part in _meeting(meeting, words, room)]


def _meeting(meeting: Meeting, words: Wording, room: _Room) -> Iterator[Part]:
    document = meeting.document
    day = date_text(document.date, words) if document.date else words.history_undated
    kind = None if document.kind is DocumentKind.MINUTES else words.kinds[document.kind]
    named = [part for part in (day, document.body or kind) if part]
    title = shorten(" ".join((document.title or document.document).split()), room.title)
    where = Run(f" / {title}")
    yield Part((Run("  ".join(named), bold=True), where), divided=True)
    best = sorted(meeting.entries, key=lambda entry: -entry.hit.score)[: room.entries]
    for entry in meeting.entries:
        if entry in best:
            yield from _entry(entry, words, room)
    for decided in meeting.decided:
        yield _decided(decided, words, room)


def _decided(decided: Decided, words: Wording, room: _Room) -> Part:
    text = f"{words.history_decided}: {shorten(decided.told, room.quote)}"
    page = place_text(decided.hit.passage, words) if decided.hit else None
    return Part((_number(decided.hit), Run(" / ".join(part for part in (text, page) if part))))


def _entry(entry: Entry, words: Wording, room: _Room) -> Iterator[Part]:
    quote = shorten(entry.quote, room.quote)
    passage = entry.hit.passage
    heading = None if entry.people else (passage.heading or (None,))[-1]
    told = (entry.people, passage.article or heading, place_text(passage, words))
    line = " / ".join(shorten(part, room.title) for part in told if part)
    mark = f" ({words.history_promises})" if entry.says_what_will_be_done else ""
    yield Part((_number(entry.hit), Run(line + mark)))
    yield Part((Run(quote),), quoted=True)
    for promise in entry.promised_beside[:1]:
        said = (shorten(promise.text, room.quote), place_text(promise.passage, words))
        line = " / ".join(part for part in said if part)
        yield Part((Run(f"{words.history_promised}: {line}", italic=True),))


def _number(hit: Hit | None) -> Run:
    if hit is None:
        return Run("")
    link = hit.url if hit.url and hit.url.startswith(("https://", "http://")) else None
    return Run(f"[{hit.rank}] ", bold=True, url=link)
