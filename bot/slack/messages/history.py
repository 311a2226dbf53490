"""From a history to the message that Slack shows, one paragraph a meeting; pure functions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.history.meetings import Decided, Entry, History, Meeting
from bot.history.prior_discussions import keep_newest
from bot.slack.messages.blocks import Part, Run
from bot.slack.messages.layout import Message, first_fitting_layout
from bot.slack.messages.shortening import shorten
from bot.texts import Wording, date_text, place_text, wording
from index.passage import DocumentKind, Hit

MOST_SHOWN = 10
"""Meetings in one message: the newest; more than a person reads there."""


@dataclass(frozen=True, slots=True)
class _Room:
    """How much is shown: characters of a quotation and of a title, entries, meetings."""

    quote: int
    title: int
    entries: int
    meetings: int


_ROOMS = (
    _Room(quote=600, title=200, entries=3, meetings=MOST_SHOWN),
    _Room(quote=300, title=150, entries=3, meetings=MOST_SHOWN),
    _Room(quote=150, title=100, entries=3, meetings=MOST_SHOWN),
    _Room(quote=150, title=80, entries=2, meetings=MOST_SHOWN),
    _Room(quote=120, title=80, entries=1, meetings=MOST_SHOWN),
    _Room(quote=80, title=60, entries=1, meetings=MOST_SHOWN),
    _Room(quote=60, title=40, entries=1, meetings=6),
    _Room(quote=60, title=40, entries=1, meetings=1),
)


def history_message(
    history: History, notes: Sequence[str] = (), below: Sequence[Part] = ()
) -> Message:
    """Return the message for a history, in its language; one that holds nothing says so.

    ``notes`` are sentences of our own shown at the end, ``below`` what stands under them.
    """
    last = [*(Part((Run(note, italic=True),)) for note in notes), *below]
    layouts = [[*_parts(history, room), *last] for room in _ROOMS]
    return first_fitting_layout(layouts, quotes=wording(history.language).quotes)


def head(history: History, words: Wording, most: int = 200) -> list[str]:
    """Return the sentences that say how often the topic came up."""
    topic = shorten(history.topic, most)
    if not history.count and not history.others:
        return [words.history_none.format(topic=topic)]
    if not history.count:
        return [words.history_only_documents.format(topic=topic, count=history.others)]
    more = [words.history_documents.format(count=history.others)] if history.others else []
    return [words.history_head.format(topic=topic, count=history.count), *more]


def people(entry: Entry) -> str:
    """Return who asked and who answered, or who spoke, as far as the document says."""
    names = (entry.asker, entry.answerer)
    return " → ".join(name for name in names if name) or entry.hit.passage.speaker or ""


def decision(decided: Decided) -> str:
    """Return a vote in the words of the minutes: what, how it ended, how it was reached."""
    vote = decided.vote
    counts = f"{vote.ayes}–{vote.nays}" if vote.ayes is not None and vote.nays is not None else None
    manner = ", ".join(part for part in (vote.manner, counts) if part)
    what = " ".join(part for part in (vote.item, vote.title, vote.result) if part)
    return f"{what} ({manner})" if manner else what


def _parts(history: History, room: _Room) -> list[Part]:
    words = wording(history.language)
    parts = [Part((Run(line),)) for line in head(history, words, room.title)]
    shown = keep_newest(history.meetings, room.meetings, lambda meeting: meeting.document)
    for meeting in shown:
        parts += _meeting(meeting, words, room)
    left = history.count + history.others - len(shown)
    if left:
        parts.append(Part((Run(words.history_more.format(count=left), italic=True),), divided=True))
    return parts


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
        text = f"{words.history_decided}: {shorten(decision(decided), room.quote)}"
        page = place_text(decided.hit.passage, words) if decided.hit else None
        told = " / ".join(part for part in (text, page) if part)
        yield Part((_number(decided.hit), Run(told)))


def _entry(entry: Entry, words: Wording, room: _Room) -> Iterator[Part]:
    quote = shorten(entry.quote, room.quote)
    passage = entry.hit.passage
    heading = None if people(entry) else (passage.heading or (None,))[-1]
    told = (people(entry), passage.article or heading, place_text(passage, words))
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
