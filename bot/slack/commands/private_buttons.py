"""What the buttons under a private reply do: read on, ask again another way, share.

Every press looks it up anew, past the gate: what is shown alone by what who pressed may see, what
is shared by what the channel may. A press is not kept, only that an answer was shared: whoever sees
nothing come presses again.
"""

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.slack.access.gate import Closed
from bot.slack.access.guard import Guard
from bot.slack.answering.told import Told, hits_in
from bot.slack.buttons import Do, Press
from bot.slack.commands.asking import Reach
from bot.slack.commands.delivery import Delivery, Refusal
from bot.slack.commands.private_message import (
    PrivatePress,
    digest_of,
    private_message,
    shared_message,
)
from bot.slack.commands.private_replies import PrivateReplies
from bot.slack.edge import Edge, Fault
from bot.slack.incoming import Incoming, Way, without_emoji
from bot.slack.messages.full_text import full_text_view, sentence_view
from bot.slack.messages.layout import plain_message
from bot.slack.original_page import OriginalPages
from bot.slack.pace.workers import Workers
from bot.slack.posting.poster import Poster
from bot.slack.threads.asked import Asked
from bot.texts import language_of
from bot.texts.private import PrivateWording, private_wording
from index.errors import StorageError
from index.passage import Collection

_NOT_IN = {"not_in_channel", "channel_not_found"}


class PrivateButtons:
    """Does it, on threads that wait for nothing else; ``pressed`` only hands the work over."""

    def __init__(
        self, poster: Poster, edge: Edge, guard: Guard, workers: Workers, delivery: Delivery
    ) -> None:
        self._poster = poster
        self._edge = edge
        self._replies = PrivateReplies(edge)
        self._guard = guard
        self._workers = workers
        self._delivery = delivery
        self.originals: OriginalPages | None = None
        self._lock = threading.Lock()
        self._in_hand: set[str] = set()

    def pressed(self, press: PrivatePress) -> None:
        """Do what a button says, once at a time."""
        with self._lock:
            if press.name in self._in_hand:
                return
            self._in_hand.add(press.name)
        self._workers.alone.put(press.user, lambda: self._work(press))

    def _work(self, press: PrivatePress) -> None:
        try:
            ways: dict[Do | None, Callable[[PrivatePress], None]] = {
                None: self._share,
                Do.MORE: self._more,
                Do.ORIGINAL: self._original,
            }
            ways.get(press.do, self._again)(press)
        finally:
            with self._lock:
                self._in_hand.discard(press.name)

    def _more(self, press: PrivatePress) -> None:
        words = self._edge.replies.words(press.question)
        view = self._poster.open_view(press.trigger, sentence_view(words.opening, words))
        if view is not None:
            shown = self._shown(press, "more", full_text_view)
            as_view = sentence_view(shown, words) if isinstance(shown, str) else shown
            self._poster.change_view(view, as_view)

    def _original(self, press: PrivatePress) -> None:
        originals = self.originals
        if originals is None:
            return
        # a message that nobody else sees begins no thread: the pages come as a direct message
        as_press = Press(
            Do.ORIGINAL, press.asking, press.user, press.ts, press.ts, press.user, press.value, ""
        )
        told = self._shown(press, "original", lambda reply: originals.send(as_press, reply))
        if told is not None:
            self._tell(press, told)

    def _shown(
        self, press: PrivatePress, way: str, show: Callable[[Any], dict[str, Any] | str | None]
    ) -> Any:  # noqa: ANN401  a view, a sentence, or nothing to be told
        """Return what a button shows of the reply, or a sentence where that is another by now."""
        sees = self._sees(press)
        if isinstance(sees, str):
            return sees
        asked, replies = self._asked(press, sees), self._edge.replies
        found = self._edge.at(press.name, asked, lambda: replies.found(asked))
        if isinstance(found, Fault):
            self._guard.record.write(_row_of(press), asked, found.outcome, (), way)
            return found.text
        same = digest_of(hits_in(found)) == press.shown
        hits, outcome = (hits_in(found), "shown") if same else ((), "changed")
        self._guard.record.write(_row_of(press), asked, outcome, hits, way)
        return show(found) if same else replies.words(press.question).changed

    def _again(self, press: PrivatePress) -> None:
        """Ask again in another way; where a choice was made, the reply stands below."""
        sees = self._sees(press)
        if isinstance(sees, str):
            self._tell(press, sees)
            return
        asked = self._asked(press, sees)
        told = self._replies.reply(press.name, asked, 0, None)
        language, shares = self._language(press), not press.channel.startswith("D")
        message = private_message(told, asked, language, shares=shares)
        instead = press.do is not Do.CHOOSE
        result = self._delivery.put(_reach(press), press.user, message, instead=instead)
        hits, outcome = ((), "not_posted") if result else (told.hits, told.outcome)
        self._guard.record.write(_row_of(press), asked, outcome, hits, Way.PRESS)

    def _share(self, press: PrivatePress) -> None:
        """Post question and answer into the channel, once, if all of it may be seen there."""
        try:
            if self._delivery.has_posted(press.channel, press.name):
                return
        except StorageError as error:
            self._edge.log.error("%s: not shared: %s", press.name, error)  # noqa: TRY400  the message says it all
            self._tell(press, private_wording(self._language(press)).share_failed)
            return
        replies, language = self._edge.replies, self._language(press)
        words = private_wording(language)
        sees = self._guard.gate.sees(press.user, press.channel)
        if isinstance(sees, Closed):
            self._tell(press, sees.line(replies.words(press.question)))
            return
        asked = self._asked(press, sees)
        told = self._replies.reply(press.name, asked, 0, None)
        if digest_of(told.hits, told.outcome) != press.shown:
            self._guard.record.write(_row_of(press), asked, "not_shared", (), "share")
            self._tell(press, words.share_differs)
            return
        self._post(press, asked, told, words)

    def _post(self, press: PrivatePress, asked: Asked, told: Told, words: PrivateWording) -> None:
        message = shared_message(told, asked, self._language(press))
        result = self._delivery.post(press.name, press.channel, press.thread, message)
        outcome, hits = (told.outcome, told.hits) if result is None else ("not_posted", ())
        self._guard.record.write(_row_of(press), asked, outcome, hits, "share")
        if result is None:
            self._tell(press, words.shared)
        elif isinstance(result, Refusal) and result.reason in _NOT_IN:
            self._tell(press, words.share_not_in)
        else:
            self._tell(press, words.share_failed)

    def _sees(self, press: PrivatePress) -> frozenset[Collection] | str:
        """Return what who presses may see alone, or the sentence that says why nothing."""
        sees = self._guard.gate.sees(press.user, f"D{press.user}")
        if isinstance(sees, Closed):
            return sees.line(self._edge.replies.words(press.question))
        return sees

    def _asked(self, press: PrivatePress, sees: frozenset[Collection]) -> Asked:
        return replace(Asked(press.question, press.ts, press.user), asking=press.asking, sees=sees)

    def _language(self, press: PrivatePress) -> str:
        return language_of(without_emoji(press.question), self._edge.replies.language)

    def _tell(self, press: PrivatePress, text: str) -> None:
        self._delivery.put(_reach(press), press.user, plain_message(text))


def _reach(press: PrivatePress) -> Reach:
    return Reach(press.response_url, press.channel, press.thread)


def _row_of(press: PrivatePress) -> Incoming:
    """Return the press as the audit log takes it."""
    ts = f"{press.ts}/{press.user}"
    return Incoming(press.channel, ts, ts, press.user, "", Way.PRESS, press.name)
