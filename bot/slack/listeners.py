"""What the bot does at each of Slack's events: a few lines each; the work is done elsewhere."""

import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt import Ack, App, BoltContext, BoltResponse
from slack_bolt.error import BoltUnhandledRequestError

from bot.slack.button_views import ButtonViews
from bot.slack.buttons import Do, press_from
from bot.slack.desk import Desk
from bot.slack.home_tab import HomeTab
from bot.slack.incoming import Incoming, incoming_from
from bot.slack.threads.follow_ups import FollowUps
from bot.slack.threads.read import Identity
from bot.slack.threads.speakers import spoken_in
from index.errors import StorageError

HELD = "kiroku_incoming"
"""Where the middleware leaves a question for its listener."""


@dataclass(frozen=True, slots=True)
class Listeners:
    """The parts that listeners hand on to."""

    follow_ups: FollowUps
    desk: Desk
    views: ButtonViews
    home_tab: HomeTab
    identity: Identity
    log: logging.Logger

    def register(self, app: App) -> None:
        """Hang the listeners on the app."""
        app.middleware(self.write_down)
        app.event("app_mention")(self.question)
        app.event("message")(self.question)
        app.event("app_home_opened")(self.home)
        app.action(re.compile(f"^{Do.MORE}"))(self.more)
        app.action(re.compile(f"^{Do.ORIGINAL}"))(self.original)
        app.action(re.compile(f"^({Do.WIDEN}|{Do.NARROW}|{Do.ALONE}|{Do.CHOOSE})"))(self.pressed)
        app.action(re.compile(".*"))(self.old_button)
        # an event that nothing listens to is never acknowledged, and Slack would send it again
        app.event(re.compile(".*"))(self.anything_else)
        app.error(self.fallen_through)

    def write_down(
        self,
        body: Mapping[str, Any],
        context: BoltContext,
        next: Callable[[], BoltResponse],  # noqa: A002  Bolt passes arguments by name
    ) -> BoltResponse:
        """Write a question into the inbox before Slack's delivery is acknowledged."""
        incoming, spoken = self._incoming(body), spoken_in(body, self.identity)
        try:
            if incoming is None:
                if spoken is not None:
                    self.follow_ups.overhear(spoken)
                return next()
            if not self.follow_ups.add(incoming, spoken):
                return BoltResponse(status=200)
        except StorageError as error:
            key = incoming.key if incoming else "a message"
            self.log.error("%s: not taken, Slack will send it again: %s", key, error)  # noqa: TRY400  the message says it all
            return BoltResponse(status=503)
        context[HELD] = incoming
        return next()

    def _incoming(self, body: Mapping[str, Any]) -> Incoming | None:
        """Return the question in a delivery: a message, or a button that asks again."""
        press = press_from(body)
        if press is None:
            return incoming_from(body, self.identity.user)
        return press.incoming if press.do.asks_again else None

    def question(self, context: BoltContext) -> None:
        """Answer a mention, a direct message or a follow-up."""
        incoming = context.get(HELD)
        if incoming is not None:
            self.desk.take_up(incoming)

    def pressed(self, ack: Ack, context: BoltContext) -> None:
        """Ask again: narrowed or not, going on or not, or with what the question means."""
        ack()
        self.question(context)

    def more(self, ack: Ack, body: Mapping[str, Any]) -> None:
        """Show the passages in full."""
        ack()
        if press := press_from(body):
            self.views.show_whole(press)

    def original(self, ack: Ack, body: Mapping[str, Any]) -> None:
        """Send the pages that are cited."""
        ack()
        if press := press_from(body):
            self.views.send_original(press)

    def old_button(self, ack: Ack) -> None:
        """Acknowledge a button that there is no more; Slack would show a warning beside it."""
        ack()

    def home(self, event: Mapping[str, Any]) -> None:
        """Show the Home tab, or questions to begin with in the Messages tab."""
        self.home_tab.show(event)

    def fallen_through(self, error: Exception, body: Mapping[str, Any]) -> BoltResponse | None:
        """Acknowledge what nothing listens to, a command or a view say; tell the log of an error.

        Needs an app that raises an error for what it does not handle.
        """
        if isinstance(error, BoltUnhandledRequestError):
            kind = body.get("type") or ("command" if "command" in body else "payload")
            self.log.info("acknowledged, and nothing done: %s", kind)
            return BoltResponse(status=200)
        self.log.error("a listener broke off: %s", type(error).__name__, exc_info=error)
        return None

    def anything_else(self) -> None:
        """Do nothing: being called is what acknowledges the event."""
