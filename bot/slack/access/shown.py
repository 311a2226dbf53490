"""What a button shows to the one who presses it: read anew, let through, and written down.

A button only says how to ask again. Each press reads the question from its thread, asks the gate
for the asker and for who presses, and is written into the audit log.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.slack.access.gate import Closed
from bot.slack.access.guard import Guard
from bot.slack.buttons import Press
from bot.slack.edge import Edge, Fault
from bot.slack.threads.asked import Asked
from bot.slack.threads.conversations import Conversations
from bot.slack.trouble import NotNow
from index.passage import Collection, Hit

R = TypeVar("R")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found(Generic[R]):
    """What stands under a button now, and the hits that are shown of it."""

    what: R
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """What a button showed, how that ended, and the hits in it."""

    shown: T
    outcome: str
    hits: tuple[Hit, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownUnder:
    """Shows it."""

    conversations: Conversations
    edge: Edge
    guard: Guard

    def show(
        self,
        press: Press,
        way: str,
        find: Callable[[Asked], Found[R] | Done[str]],
        show: Callable[[R], T],
    ) -> T | str:
        """Return what ``show`` makes of what is found under a button, or a sentence instead.

        ``find`` is given the question as its asker may see it now; who presses has to be let in to
        all that it finds. ``way`` is what the audit log calls it.
        """
        replies = self.edge.replies
        asked = self.conversations.asked_under(press.incoming)
        if not isinstance(asked, Asked):
            words = replies.words("", press.user)
            return words.unread if isinstance(asked, NotNow) else words.gone
        let_in = self.guard.under_button(asked, press.user, press.channel)
        told: Done[T | str] | Fault
        if isinstance(let_in, Closed):
            told = self._closed(let_in, asked)
        else:
            seen, own = let_in
            told = self.edge.at(press.incoming.key, seen, lambda: self._work(seen, own, find, show))
            asked = seen
        hits = told.hits if isinstance(told, Done) else ()
        self.guard.record.write(press.incoming, asked, told.outcome, hits, way)
        return told.shown if isinstance(told, Done) else told.text

    def _work(
        self,
        asked: Asked,
        own: frozenset[Collection],
        find: Callable[[Asked], Found[R] | Done[str]],
        show: Callable[[R], T],
    ) -> Done[T | str]:
        found = find(asked)
        if isinstance(found, Done):
            return Done(found.shown, found.outcome)
        if not {hit.document.collection for hit in found.hits} <= own:
            return self._closed(Closed.NOTHING, asked)
        return Done(show(found.what), "shown", found.hits)

    def _closed(self, closed: Closed, asked: Asked) -> Done[T | str]:
        return Done(self.edge.replies.closed_line(closed, asked.text), closed.value)
