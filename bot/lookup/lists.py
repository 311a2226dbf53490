"""Lists and counts that the minutes hold as data: people present, agendas, votes, speeches.

Answered only where the question asks for nothing else, and where it is certain which meetings it
means and that all of them were read; else the question is searched for as any other.
"""

import datetime as dt
import itertools
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.lookup.attendance import asks_for_people, people_present
from bot.lookup.lookup_result import Listed
from bot.lookup.meeting_heads import (
    agenda_told,
    asks_for_agenda,
    asks_when_and_where,
    when_and_where,
)
from bot.lookup.meetings_counted import meetings_counted
from bot.lookup.meetings_meant import MeantMeetings, meetings_meant
from bot.lookup.speeches import speeches_of
from bot.lookup.vote_lists import asks_for_last_votes, asks_for_votes, has_votes, votes_of_meetings
from bot.question.filters import Restriction
from bot.question.question import Question
from index.passage import Document, DocumentKind, Filters
from index.search.searcher import Searcher

_MOST_MEETINGS = 5


def meetings_to_choose(
    searcher: Searcher,
    asked: Question,
    filters: Filters,
    dropped: Sequence[Restriction],
    today: dt.date,
) -> tuple[Document, ...]:
    """Return the newest meetings, one document each, where one of several must be chosen.

    That is where a question asks who attended, when it was, for the agenda or for what was decided
    last, and does not say where and when; the minutes of each of them tell it. Empty elsewhere.
    """
    meetings = meetings_meant(searcher, asked, filters, dropped, today)
    if meetings is None:
        return ()
    if asks_for_people(meetings):
        chosen = _newest(meetings, lambda one: people_present(searcher, one))
    elif asks_for_agenda(meetings):
        meetings = _until_now(searcher, meetings, asked, filters, today)
        chosen = _newest_of_each(meetings, lambda one: agenda_told(searcher, one))
    elif asks_when_and_where(meetings):
        chosen = _newest(meetings, lambda one: when_and_where(searcher, one))
    elif asks_for_last_votes(meetings):
        chosen = _newest_of_each(meetings, has_votes)
    else:
        return ()
    return chosen if len(chosen) > 1 else ()


def list_from_data(
    searcher: Searcher,
    asked: Question,
    filters: Filters,
    dropped: Sequence[Restriction],
    today: dt.date,
) -> Listed | None:
    """Return the list that a question asks for, where the minutes hold it as data."""
    meetings = meetings_meant(searcher, asked, filters, dropped, today)
    if meetings is None or not meetings.documents:
        return None
    heads = (people_present, agenda_told, when_and_where)
    if told := next(filter(None, (tell(searcher, meetings) for tell in heads)), ()):
        return Listed(told)
    return (
        votes_of_meetings(searcher, meetings)
        or meetings_counted(searcher, meetings, filters)
        or speeches_of(searcher, meetings, asked, filters)
    )


def of_decisions(
    searcher: Searcher,
    asked: Question,
    filters: Filters,
    dropped: Sequence[Restriction],
    today: dt.date,
) -> bool:
    """Tell whether a question asks for decisions alone, of which no list could be told whole."""
    meetings = meetings_meant(searcher, asked, filters, dropped, today)
    return meetings is not None and asks_for_votes(meetings)


def _until_now(
    searcher: Searcher,
    meetings: MeantMeetings,
    asked: Question,
    filters: Filters,
    today: dt.date,
) -> MeantMeetings:
    """Return the meetings without the time where that is today: of that there are no minutes."""
    period = asked.period
    ahead = period is not None and period.since is not None and period.since >= today
    if meetings.documents or not ahead:
        return meetings
    minutes = searcher.documents_under(replace(filters, kind=DocumentKind.MINUTES))
    of_body = [d for d in minutes if not meetings.bodies or d.body in meetings.bodies]
    of_body.sort(key=lambda document: str(document.date or ""))
    return replace(meetings, documents=tuple(of_body))


def _newest(
    meetings: MeantMeetings, tells: Callable[[MeantMeetings], object]
) -> tuple[Document, ...]:
    """Return the newest meetings whose minutes tell what is asked, the newest first."""
    newest_first = (group for group in reversed(meetings.by_meeting()) if group[0].date)
    told = (group[0] for group in newest_first if tells(replace(meetings, documents=tuple(group))))
    return tuple(itertools.islice(told, _MOST_MEETINGS))


def _newest_of_each(
    meetings: MeantMeetings, tells: Callable[[MeantMeetings], object]
) -> tuple[Document, ...]:
    """Return the newest such meeting of each body; of one body alone its newest ones."""
    of_body: dict[str | None, list[Document]] = {}
    for document in meetings.documents:
        of_body.setdefault(document.body, []).append(document)
    if len(of_body) < 2:  # noqa: PLR2004  one body
        return _newest(meetings, tells)
    each = (_newest(replace(meetings, documents=tuple(own)), tells) for own in of_body.values())
    chosen = sorted((one[0] for one in each if one), key=lambda document: str(document.date))
    return tuple(reversed(chosen))[:_MOST_MEETINGS]
