"""Roll calls of English minutes as data: which motion, and how each member voted on it.

What was voted on is told by the vote that stands beside it (:mod:`ingest.minutes.english.votes`)
and has the same counts. A roll call without such a vote tells nothing.
"""

from collections.abc import Iterator, Sequence

from index.passage import Passage, PassageKind
from index.record import Cast, MemberVote, RollCall, Vote
from ingest.minutes.english.ballots import Ballots, ballots_in

_NEAR = 3
"""Passages between a vote and its roll call at most."""


def read_english_roll_calls(
    passages: Sequence[Passage], votes: Sequence[Vote]
) -> tuple[RollCall, ...]:
    """Return the roll calls in the order of the text."""
    found: list[RollCall] = []
    left = list(votes)
    for ordinal, call in _calls_of(passages):
        vote = next((each for each in left if _is_of(each, call, ordinal)), None)
        if vote is not None:
            left = left[left.index(vote) + 1 :]
        title = call.matter or (vote.title if vote else None)
        if title:
            members = tuple(MemberVote(m.name, m.cast, m.mark, ordinal) for m in call.members)
            found.append(RollCall(vote.item if vote else None, title, members, call.partial))
    return tuple(found)


def _calls_of(passages: Sequence[Passage]) -> Iterator[tuple[int, Ballots]]:
    for ordinal, passage in enumerate(passages):
        if passage.kind is not PassageKind.HEADER:
            yield from ((ordinal, call) for call in ballots_in(passage.text))


def _is_of(vote: Vote, call: Ballots, ordinal: int) -> bool:
    """Tell whether a vote stands near a roll call and has its counts."""
    if vote.passage is None or abs(vote.passage - ordinal) > (0 if call.partial else _NEAR):
        return False
    return all(
        counted in {None, call.count(cast)} or (call.partial and not call.count(cast))
        for counted, cast in ((vote.ayes, Cast.FOR), (vote.nays, Cast.AGAINST))
    )
