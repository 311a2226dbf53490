"""What one person alone gets to see of a reply: passages in full, pages of the original."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.answer.answer import Reply
from bot.slack.access.gate import Closed
from bot.slack.access.guard import Guard
from bot.slack.buttons import Press
from bot.slack.edge import Edge, Fault
from bot.slack.messages.cited import cited_by
from bot.slack.messages.full_text import full_text_view, sentence_view
from bot.slack.original_page import OriginalPages
from bot.slack.pace.workers import Workers
from bot.slack.posting.poster import Poster
from bot.slack.replies import hits_in
from bot.slack.threads.asked import Asked
from bot.slack.threads.conversations import Conversations
from bot.slack.trouble import NotNow
from index.passage import Collection, Hit

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Done(Generic[T]):
    """What a button showed, how that ended, and the hits in it."""

    shown: T
    outcome: str
    hits: tuple[Hit, ...] = ()


class ButtonViews:
    """Shows them, on threads that wait for nothing else; each method only hands the work over.

    ``guard`` says what each may see, and writes down what was shown. ``originals`` sends pages
    where citations do not link to them.
    """

    def __init__(
        self,
        poster: Poster,
        conversations: Conversations,
        edge: Edge,
        guard: Guard,
        workers: Workers,
    ) -> None:
        self._poster = poster
        self._conversations = conversations
        self._edge = edge
        self._guard = guard
        self._workers = workers
        self.originals: OriginalPages | None = None
        self._sending: set[str] = set()
        self._lock = threading.Lock()

    def show_whole(self, press: Press) -> None:
        """Open the passages of a reply in full, for the one who pressed its button only."""
        self._workers.alone.put(press.user, lambda: self._show_whole(press))

    def send_original(self, press: Press) -> None:
        """Send the pages that a reply cites to the one who pressed its button, and nobody else.

        A second press while they are under way is none.
        """
        key, originals = press.incoming.key, self.originals
        with self._lock:
            if originals is None or key in self._sending:
                return
            self._sending.add(key)
        self._workers.alone.put(press.user, lambda: self._send_original(press, originals))

    def _show_whole(self, press: Press) -> None:
        words = self._edge.replies.words("")
        view = self._poster.open_view(press.trigger, sentence_view(words.opening, words))
        if view is None:
            return
        asked = self._conversations.asked_under(press.incoming)
        if not isinstance(asked, Asked):
            line = words.unread if isinstance(asked, NotNow) else words.gone
            self._poster.change_view(view, sentence_view(line, words))
            return
        shown = self._shown_under(
            press, asked, "more", lambda reply, old: full_text_view(reply, as_cited=old)
        )
        self._poster.change_view(
            view, sentence_view(shown, words) if isinstance(shown, str) else shown
        )

    def _send_original(self, press: Press, originals: OriginalPages) -> None:
        try:
            asked = self._conversations.asked_under(press.incoming)
            words = self._edge.replies.words("")
            told: str | None = words.unread if isinstance(asked, NotNow) else words.gone
            if isinstance(asked, Asked):
                told = self._shown_under(
                    press, asked, "original", lambda reply, _: originals.send(press, reply)
                )
        finally:  # before it is told: whoever reads that may press again at once
            with self._lock:
                self._sending.discard(press.incoming.key)
        if told is not None:
            self._poster.tell(press.incoming, told)

    def _shown_under(
        self, press: Press, asked: Asked, way: str, show: Callable[[Reply, bool], T]
    ) -> T | str:
        """Return what a button shows of the reply that it stands under, or a sentence instead.

        The reply is what its asker may see now; who presses has to be let in to all that it shows.
        ``show`` is told whether another reply would be given now.
        """
        replies = self._edge.replies
        let_in = self._guard.under_button(asked, press.user, press.channel)
        told: _Done[T | str] | Fault
        if isinstance(let_in, Closed):
            told = _Done(replies.closed_line(let_in, asked.text), let_in.value)
        else:
            asked, own = let_in
            told = self._edge.at(press.incoming.key, asked, lambda: self._work(asked, own, show))
        hits = told.hits if isinstance(told, _Done) else ()
        self._guard.record.write(press.incoming, asked, told.outcome, hits, way)
        return told.shown if isinstance(told, _Done) else told.text

    def _work(
        self, asked: Asked, own: frozenset[Collection], show: Callable[[Reply, bool], T]
    ) -> _Done[T | str]:
        replies = self._edge.replies
        now = replies.found(asked)
        same = asked.cited is None or cited_by(now) == asked.cited
        reply = now if same else replies.as_cited(asked, now)
        if reply is None:
            return _Done(replies.words(asked.text).changed, "changed")
        hits = hits_in(reply)
        if not {hit.document.collection for hit in hits} <= own:
            closed = Closed.NOTHING
            return _Done(replies.closed_line(closed, asked.text), closed.value)
        return _Done(show(reply, not same), "shown", hits)
