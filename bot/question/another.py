"""A follow-up that only names another person, body or time: 「浦部さんは？」「令和4年は？」. Pure.

It asks what the question before it asked, of another: with that one's name in the place of the
first. Taken over as a matter alone it would be narrowed to the person that it turns away from.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from bot.question.leaning import leans, says_nothing
from bot.question.names_in_question import body_mentions, speaker_mentions
from bot.question.parties_in_question import party_mentions
from index.language import cues
from index.language.text import fold
from index.language.times import find_times
from index.search.names import Names

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Turned:
    """``text`` is the whole question; ``source`` is where the earlier one stands that it is of."""

    text: str
    source: int


def turned_to_another(
    text: str, before: Sequence[str], names: Names | None, today: dt.date
) -> Turned | None:
    """Return what a question asks that names nothing but another who, where or when.

    ``before`` are the earlier questions, oldest first; those that name none of the sort are passed
    by where they lean on others themselves. ``None`` where it says more, or which of several names
    it takes the place of is not plain. Without ``names`` nobody is known to be named.
    """
    if names is None or not before:
        return None
    folded = fold(text)
    own = _named(folded, names, today)
    if sum(map(len, own.values())) != 1:
        return None
    sort, ((start, end),) = next(iter(own.items()))
    rest = f"{folded[:start]} {folded[end:]}".strip()
    if not says_nothing(rest):
        return None
    for at in reversed(range(len(before))):
        earlier = fold(before[at])
        places = _named(earlier, names, today).get(sort, [])
        if len(places) == 1 and not cues.wanted(rest) & ~cues.wanted(earlier):
            first, last = places[0]
            return Turned(f"{earlier[:first]}{folded[start:end]}{earlier[last:]}", at)
        if places or not leans(before[at]):
            return None
    return None


def without_names(folded: str, names: Names | None, today: dt.date) -> str:
    """Return a folded question without who, where and when it names."""
    named = _named(folded, names, today) if names else {}
    spans = [span for found in named.values() for span in found]
    for start, end in sorted(spans, reverse=True):
        folded = f"{folded[:start]} {folded[end:]}"
    return folded


def _named(folded: str, names: Names, today: dt.date) -> dict[str, list[Span]]:
    """Return where a folded question names who, where and when; what it names none of is absent."""
    parties = [party.span for party in party_mentions(folded, names)]
    people = [mention.span for mention in speaker_mentions(folded, names)]
    bodies = [body.span for body in body_mentions(folded, names)]
    times = [time.span for time in find_times(folded, today)]
    found = {"who": [*parties, *people], "where": bodies, "when": times}
    return {sort: spans for sort, spans in found.items() if spans}
