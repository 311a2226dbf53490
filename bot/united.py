"""Answers from several collections: each is asked alone, and the best reply is given.

Nothing of one collection has a part in what another says: neither its names nor how rare its words
are. So a reply depends on nothing but what its asker may see, and quotes one collection only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.answer.answer import Answer, Declined, DeclineReason, Reply
from bot.answerer import Answerer
from bot.history.meetings import History, Meeting
from bot.history.prior_discussions import MOST_MEETINGS, keep_newest, numbered
from index.passage import Collection, Filters, Hit, PassageId

_ORDER = (DeclineReason.AMBIGUOUS, DeclineReason.UNSURE, DeclineReason.NOT_COVERED)
"""Of several declines the one that helps on most comes first."""


class UnitedAnswerer:
    """Answers from the collections of ``answerers``, one at least; those that are empty are passed.

    Use it from one thread at a time.
    """

    def __init__(self, answerers: Mapping[Collection, Answerer]) -> None:
        filled = {name: each for name, each in answerers.items() if not each.is_empty()}
        self._answerers = tuple((filled or answerers).values())

    def answer(
        self,
        question: str,
        filters: Filters | None = None,
        limit: int = 3,
        *,
        narrow: bool = True,
        before: Sequence[str] = (),
    ) -> Reply:
        """Answer in the materials' own words with citations, or decline: see :class:`Answerer`.

        Where a question names a person, a body or a time, it is put to those that know most of it.
        """
        asked = self._answerers
        if len(asked) > 1 and narrow:
            met = [each.names_met(question, filters, before) for each in asked]
            asked = tuple(each for each, n in zip(asked, met, strict=True) if n == max(met))
        replies = [
            each.answer(question, filters, limit, narrow=narrow, before=before) for each in asked
        ]
        return best_of(replies, limit)

    def history(
        self, topic: str, filters: Filters | None = None, most: int = MOST_MEETINGS
    ) -> History:
        """Return the prior discussions of a topic in all of them: its newest ``most`` meetings."""
        found = [each.history(topic, filters, most) for each in self._answerers]
        if len(found) == 1:
            return found[0]
        meetings = sorted((m for each in found for m in each.meetings), key=_when)
        kept = keep_newest(meetings, most, lambda meeting: meeting.document)
        return replace(
            found[0],
            meetings=numbered(kept),
            count=sum(each.count for each in found),
            others=sum(each.others for each in found),
        )

    def rarity(self, word: str) -> float:
        """Return how rare a word is in the first of them."""
        return self._answerers[0].rarity(word)

    def told_in(self, topic: str, names: Sequence[PassageId]) -> History:
        """Return what some passages of the first of them say of a topic, meeting by meeting."""
        return self._answerers[0].told_in(topic, names)

    def held(self, names: Sequence[PassageId]) -> list[Hit]:
        """Return the passages of these ids that any of them has, each once."""
        hits = (hit for each in self._answerers for hit in each.held(names))
        once = {(hit.passage.passage_id, hit.passage.text): hit for hit in hits}
        return list(once.values())

    def matter(self, questions: Sequence[str]) -> str | None:
        """Return the matter of a conversation, as its nouns; ``None`` where it names none."""
        found = (each.matter(questions) for each in self._answerers)
        return next((matter for matter in found if matter is not None), None)


def best_of(replies: Sequence[Reply], limit: int) -> Reply:
    """Return the surest answer, else the decline that helps on most."""
    answers = [reply for reply in replies if isinstance(reply, Answer)]
    if answers:
        return max(answers, key=_confidence)
    declines = [reply for reply in replies if isinstance(reply, Declined)]
    for reason in _ORDER:
        found = [each for each in declines if each.reason is reason]
        if not found:
            continue
        best = max(found, key=_confidence)
        return best if reason is not DeclineReason.NOT_COVERED else _both(best, found, limit)
    return declines[0]


def _both(best: Declined, declines: Sequence[Declined], limit: int) -> Declined:
    """Return a decline of all: what is nearest in any, and the words that none of them holds."""
    hits = sorted((hit for each in declines for hit in each.nearest), key=lambda hit: -hit.score)
    nearest = tuple(replace(hit, rank=rank) for rank, hit in enumerate(hits[:limit], start=1))
    absent = tuple(word for word in best.absent if all(word in each.absent for each in declines))
    return replace(best, nearest=nearest, absent=absent)


def _confidence(reply: Reply) -> float:
    return reply.confidence or 0.0


def _when(meeting: Meeting) -> tuple[bool, str]:
    date = meeting.document.date
    return date is None, "" if date is None else date.isoformat()
