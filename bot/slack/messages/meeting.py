"""A meeting at a glance, from what its minutes hold as data: agenda, attendees, votes. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.slack.messages.blocks import Part, Run
from bot.slack.messages.layout import Message, first_fitting_layout, plain_message
from bot.slack.messages.shortening import shorten_line
from bot.slack.messages.sources import source_runs
from bot.texts import date_text, wording
from bot.texts.private import private_wording
from index.language.dates import find_dates
from index.language.text import fold
from index.passage import Document, DocumentKind, Hit
from index.record import Attendee, Vote

_MOST_OTHERS = 5
_LONGEST_LINE = 200
_ROOMS = (60, 20, 8, 3)
_PARTS = re.compile(r"[\s　のでは]+|(?<=[回日度])")


@dataclass(frozen=True, slots=True)
class Meeting:
    """The minutes that are meant, what shows where they stand, and the others that may be meant."""

    minutes: Document
    source: Hit | None = None
    others: tuple[Document, ...] = ()


def minutes_of(documents: Sequence[Document], what: str) -> list[Document]:
    """Return the minutes that a name, a date or both mean, the newest first.

    Of a name every part has to stand in title or body: 「第7回」 and 「公共交通審議会」.
    """
    dates = find_dates(what)
    rest = what
    for date in reversed(dates):
        rest = rest[: date.span[0]] + " " + rest[date.span[1] :]
    parts = [folded for part in _PARTS.split(rest) if (folded := _folded(part))]
    if not (dates or parts):
        return []
    found = [
        each
        for each in documents
        if each.kind is DocumentKind.MINUTES
        and each.readable
        and all(part in _folded(f"{each.title} {each.body or ''}") for part in parts)
        and all(each.date and date.start <= each.date <= date.end for date in dates)
    ]
    return sorted(found, key=lambda each: (each.date is not None, str(each.date)), reverse=True)


def meeting_message(meeting: Meeting, language: str) -> Message:
    """Return the message; what the minutes do not hold as data is said to be so."""
    layouts = [list(_parts(meeting, language, most)) for most in _ROOMS]
    return first_fitting_layout(layouts, quotes=wording(language).quotes)


def no_meeting_message(what: str, language: str) -> Message:
    """Return the message where no minutes are meant."""
    shown = shorten_line(what, _LONGEST_LINE)
    return plain_message(private_wording(language).meeting_none.format(what=shown))


def _folded(text: str) -> str:
    return "".join(fold(text).split())


def _parts(meeting: Meeting, language: str, most: int) -> Iterator[Part]:
    minutes, words, own = meeting.minutes, wording(language), private_wording(language)
    sitting = minutes.sitting
    told = [
        (own.meeting_agenda, minutes.agenda),
        (own.meeting_present, [_person(each) for each in minutes.attendees]),
        (own.meeting_absent, [_person(each) for each in sitting.absentees] if sitting else []),
        (own.meeting_votes, [_vote(each) for each in sitting.votes] if sitting else []),
    ]
    yield Part((Run(shorten_line(minutes.title or minutes.document, _LONGEST_LINE), bold=True),))
    facts = [date_text(minutes.date, words) if minutes.date else None, minutes.place]
    yield Part((Run(" / ".join(fact for fact in facts if fact)),))
    for label, lines in told:
        if lines:
            yield Part((Run(label, bold=True),))
            shown = "\n".join(shorten_line(line, _LONGEST_LINE) for line in lines[:most])
            yield Part((Run(shown),), quoted=True)
            if len(lines) > most:
                yield Part((Run(own.meeting_more.format(count=len(lines) - most), italic=True),))
    unread = [label for label, lines in told if not lines and label != own.meeting_absent]
    yield from _below(meeting, unread, language)


def _below(meeting: Meeting, unread: Sequence[str], language: str) -> Iterator[Part]:
    """Yield what the lists leave open, which other meetings may be meant, and the source."""
    words, own = wording(language), private_wording(language)
    if unread:
        line = own.meeting_unread.format(what=words.list_separator.join(unread))
        yield Part((Run(line, italic=True),))
    yield Part((Run(own.meeting_as_read, italic=True),))
    if meeting.others:
        named = [_named(each, language) for each in meeting.others[:_MOST_OTHERS]]
        more = words.and_others if len(meeting.others) > _MOST_OTHERS else ""
        line = own.meeting_others.format(what=words.list_separator.join(named) + more)
        yield Part((Run(line, italic=True),))
    if meeting.source is not None:
        yield Part((Run(words.sources, bold=True),), divided=True)
        yield Part(tuple(source_runs(meeting.source, words)))


def _person(attendee: Attendee) -> str:
    return f"{attendee.name}（{attendee.post}）" if attendee.post else attendee.name


def _vote(vote: Vote) -> str:
    matter = " ".join(part for part in (vote.item, vote.title) if part)
    manner = f"（{vote.manner}）" if vote.manner else ""
    return f"{matter}: {vote.result}{manner}" if matter else f"{vote.result}{manner}"


def _named(document: Document, language: str) -> str:
    date = date_text(document.date, wording(language)) if document.date else ""
    return date or shorten_line(document.title, _LONGEST_LINE)
