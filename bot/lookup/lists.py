"""Lists and counts that the minutes hold as data: people present, votes, meetings.

Answered only where the question asks for nothing else, and where it is certain which meetings it
means and that all of them were read; else the question is searched for as any other.
"""

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import replace

from bot.lookup.attendance import asks_for_people, people_present
from bot.lookup.lookup_result import Listed
from bot.lookup.meetings_counted import meetings_counted
from bot.lookup.meetings_meant import meetings_meant
from bot.lookup.vote_lists import votes_of_meetings
from bot.question.filters import Restriction
from bot.question.question import Question
from index.passage import Document, Filters
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

    That is where a question asks who attended and does not say when; the minutes of each of them
    tell it. Empty elsewhere.
    """
    meetings = meetings_meant(searcher, asked, filters, dropped, today)
    if meetings is None or not asks_for_people(meetings):
        return ()
    newest_first = (group for group in reversed(meetings.by_meeting()) if group[0].date)
    told = (
        group[0]
        for group in newest_first
        if people_present(searcher, replace(meetings, documents=tuple(group)))
    )
    chosen = tuple(itertools.islice(told, _MOST_MEETINGS))
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
    if people := people_present(searcher, meetings):
        return Listed(people)
    return votes_of_meetings(searcher, meetings) or meetings_counted(searcher, meetings, filters)
