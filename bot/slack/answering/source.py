"""What answers, and what it answers from: what the bot needs of the index, and no more."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.answer.answer import Reply
from bot.history.meetings import History
from bot.history.prior_discussions import MOST_MEETINGS
from index.passage import Collection, Document, Filters, Hit, Passage, PassageId

Collections = frozenset[Collection]


class AnswersQuestions(Protocol):
    """What the bot needs of an answerer."""

    def answer(
        self,
        question: str,
        filters: Filters | None = None,
        *,
        narrow: bool = True,
        before: Sequence[str] = (),
    ) -> Reply:
        """Answer ``question`` or decline; ``narrow`` it to what it names or not.

        ``before`` are the earlier questions of the conversation, oldest first.
        """
        ...

    def history(self, topic: str, *, most: int = MOST_MEETINGS) -> History:
        """Return the prior discussions of ``topic``: its newest ``most`` meetings."""
        ...

    def matter(self, questions: Sequence[str]) -> str | None:
        """Return the matter of a conversation, ``None`` where its questions name none."""
        ...

    def held(self, names: Sequence[PassageId]) -> Sequence[Hit]:
        """Return the passages of these ids that there are, each once."""
        ...

    def rarity(self, word: str) -> float:
        """Return how rare a word is in the documents (0: it is in all of them, or in none)."""
        ...

    def told_in(self, topic: str, names: Sequence[PassageId]) -> History:
        """Return what some passages say of a topic, meeting by meeting."""
        ...


@dataclass(frozen=True, slots=True)
class Shelf:
    """What some collections hold, asked anew each time, and of nothing but these.

    Their documents, when they were last changed, the published generation of each, and the passages
    of one document, in order.
    """

    documents: Callable[[Collections], Sequence[Document]]
    ingested: Callable[[Collections], dt.datetime | None] = lambda _: None
    generations: Callable[[Collections], Mapping[Collection, int]] = lambda _: {}
    passages: Callable[[Document], Sequence[Passage]] = lambda _: ()
