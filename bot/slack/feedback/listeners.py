"""What is heard of feedback: a press, and a modal that is sent. The work is done elsewhere.

A press is in the inbox before it is acknowledged, for Slack sends none twice.
"""

import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from slack_bolt import Ack, App, BoltContext, BoltResponse

from bot.slack.buttons import Do
from bot.slack.desk import Desk
from bot.slack.feedback.ask_channel import AskChannel
from bot.slack.feedback.buttons import VOTES
from bot.slack.feedback.presses import Judged, judged_from, judged_of
from bot.slack.feedback.reasons import CALLBACK, read_reasons
from bot.slack.feedback.votes import Votes
from bot.slack.inbox import Inbox
from bot.slack.incoming import Incoming
from bot.slack.pace.workers import Workers
from index.errors import StorageError

_HELD = "kiroku_judged"
_MOST_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class FeedbackListeners:
    """Hands over. ``staff`` is there where a channel is set for what was not answered."""

    votes: Votes
    staff: AskChannel | None
    inbox: Inbox
    desk: Desk
    workers: Workers
    _live: dict[str, Judged] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def register(self, app: App) -> None:
        """Hang the listeners on the app, before those that take all that is left."""
        app.middleware(self.write_down)
        app.action(re.compile(f"^({VOTES}|{Do.STAFF})"))(self.pressed)
        app.view(CALLBACK)(self.reasoned)

    def write_down(
        self,
        body: Mapping[str, Any],
        context: BoltContext,
        next: Callable[[], BoltResponse],  # noqa: A002  Bolt passes arguments by name
    ) -> BoltResponse:
        """Write a press into the inbox before it is acknowledged."""
        judged = judged_from(body)
        if judged is None or (judged.press.do is Do.STAFF and self.staff is None):
            return next()
        row = judged.row
        try:
            if not self.inbox.add(row):
                return BoltResponse(status=200)
        except StorageError as error:
            self.desk.log.error("%s: not taken: %s", row.key, error)  # noqa: TRY400  the message says it all
            return BoltResponse(status=503)
        with self._lock:
            self._live[row.key] = judged
        context[_HELD] = row
        return next()

    def pressed(self, ack: Ack, context: BoltContext) -> None:
        """Keep a vote, or hand a question on."""
        ack()
        row = context.get(_HELD)
        if isinstance(row, Incoming):
            self.desk.take_up(row)

    def reasoned(self, ack: Ack, body: Mapping[str, Any]) -> None:
        """Keep why a reply was bad."""
        ack()
        if reasons := read_reasons(body):
            self.workers.alone.put(reasons.press.user, lambda: self.votes.reasoned(reasons))

    def begin(self, row: Incoming, attempts: int, over: Callable[[], None]) -> None:
        """Work on a press of the inbox, on other threads; call ``over`` when it is let go."""
        with self._lock:
            judged = self._live.pop(row.key, None) or judged_of(row)
        if attempts > _MOST_ATTEMPTS:
            self.desk.log.error("%s: given up: it never came to an end before", row.key)
            judged = None
        self.workers.alone.put(row.user, partial(self._work, row, judged, over))

    def _work(self, row: Incoming, judged: Judged | None, over: Callable[[], None]) -> None:
        try:
            if judged is not None and judged.press.do is not Do.STAFF:
                self.votes.pressed(judged.press, judged.language)
            elif judged is not None and self.staff is not None:
                self.staff.pressed(judged.press, judged.language)
            self.inbox.done(row, "judged")
        except StorageError as error:
            self.desk.log.error("%s: waits in the inbox: %s", row.key, error)  # noqa: TRY400  the message says it all
        finally:
            over()
