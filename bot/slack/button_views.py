"""What one person alone gets to see of a reply: passages in full, pages of the original."""

import threading

from bot.answer.answer import Reply
from bot.slack.access.guard import Guard
from bot.slack.access.shown import Done, Found, ShownUnder
from bot.slack.answering.told import hits_in
from bot.slack.buttons import Press
from bot.slack.edge import Edge
from bot.slack.messages.cited import cited_by
from bot.slack.messages.full_text import full_text_view, sentence_view
from bot.slack.original_page import OriginalPages
from bot.slack.pace.workers import Workers
from bot.slack.posting.poster import Poster
from bot.slack.threads.asked import Asked
from bot.slack.threads.conversations import Conversations


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
        self._edge = edge
        self._shown = ShownUnder(conversations, edge, guard)
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
        words = self._edge.replies.words("", press.user)
        view = self._poster.open_view(press.trigger, sentence_view(words.opening, words))
        if view is None:
            return
        shown = self._shown.show(
            press, "more", self._found, lambda under: full_text_view(under[0], as_cited=under[1])
        )
        self._poster.change_view(
            view, sentence_view(shown, words) if isinstance(shown, str) else shown
        )

    def _send_original(self, press: Press, originals: OriginalPages) -> None:
        try:
            told = self._shown.show(
                press, "original", self._found, lambda under: originals.send(press, under[0])
            )
        finally:  # before it is told: whoever reads that may press again at once
            with self._lock:
                self._sending.discard(press.incoming.key)
        if told is not None:
            self._poster.tell(press.incoming, told)

    def _found(self, asked: Asked) -> Found[tuple[Reply, bool]] | Done[str]:
        """Return the reply that a button stands under, and whether another would be given now."""
        replies = self._edge.replies
        now = replies.found(asked)
        same = asked.cited is None or cited_by(now) == asked.cited
        reply = now if same else replies.as_cited(asked, now)
        if reply is None:
            return Done(replies.words(asked.text).changed, "changed")
        return Found((reply, not same), hits_in(reply))
