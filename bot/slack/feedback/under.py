"""What is under a pressed button: the question, what the reply showed, whether one may see it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from bot.feedback.given import ReplyId, ShownReply
from bot.feedback.store import FeedbackStore
from bot.slack.access.gate import Closed
from bot.slack.access.guard import Guard
from bot.slack.buttons import Press
from bot.slack.threads.asked import Asked
from bot.slack.threads.conversations import Conversations
from bot.slack.trouble import NotNow
from bot.texts import wording
from index.passage import Collection


@dataclass(frozen=True, slots=True)
class Under:
    """The question, what who pressed may see, and what the reply showed, where that is known."""

    asked: Asked
    own: frozenset[Collection]
    shown: ShownReply | None


@dataclass(slots=True)
class UnderButton:
    """Finds it, for one press of a person under a reply at a time."""

    conversations: Conversations
    guard: Guard
    store: FeedbackStore
    _in_hand: set[str] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def find(self, press: Press, language: str) -> Under | str:
        """Return what is under the button, or the sentence that says why who pressed gets nothing.

        Who pressed has to be let in to all that was shown. Raises
        :class:`index.errors.StorageError`.
        """
        words = wording(language)
        asked = self.conversations.asked_under(press.incoming)
        if isinstance(asked, NotNow):
            return words.not_now
        if asked is None:
            return words.gone
        let_in = self.guard.under_button(asked, press.user, press.channel)
        if isinstance(let_in, Closed):
            return let_in.line(words)
        asked, own = let_in
        shown = self.store.shown(reply_of(press))
        if shown is not None and not shown.collections <= own:
            return Closed.NOTHING.line(words)
        return Under(asked, own, shown)

    @contextmanager
    def held(self, press: Press) -> Iterator[bool]:
        """Hold a press while it is worked on; ``False`` where the same one is held already."""
        key = f"{press.do}:{press.incoming.key}"
        with self._lock:
            mine = key not in self._in_hand
            self._in_hand.add(key)
        try:
            yield mine
        finally:
            if mine:
                with self._lock:
                    self._in_hand.discard(key)


def reply_of(press: Press) -> ReplyId:
    """Return the state of the reply that a button stands under."""
    return ReplyId(press.channel, press.ts, press.asking.turn)
