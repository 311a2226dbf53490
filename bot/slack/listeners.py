"""What the bot does at each of Slack's events: a few lines each; the work is done elsewhere."""

import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt import Ack, App, BoltContext, BoltResponse
from slack_sdk import WebClient

from bot.slack.access.gate import Closed
from bot.slack.buttons import Do, press_from
from bot.slack.desk import Desk
from bot.slack.inbox import Inbox
from bot.slack.incoming import Incoming, Way, incoming_from
from bot.slack.messages.home import closed_view, home_view, suggested_prompts
from bot.slack.replies import Collections, Replies
from bot.slack.threads.read import Identity
from index.errors import StorageError

_HELD = "kiroku_incoming"


@dataclass(frozen=True, slots=True)
class Listeners:
    """The parts that listeners hand on to."""

    inbox: Inbox
    desk: Desk
    identity: Identity
    replies: Replies
    language: str
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

    def write_down(
        self,
        body: Mapping[str, Any],
        context: BoltContext,
        next: Callable[[], BoltResponse],  # noqa: A002  Bolt passes arguments by name
    ) -> BoltResponse:
        """Write a question into the inbox before Slack's delivery is acknowledged."""
        incoming = self._incoming(body)
        if incoming is None:
            return next()
        try:
            if not self._is_news(incoming):
                return BoltResponse(status=200)
        except StorageError as error:
            self.log.error("%s: not taken, Slack will send it again: %s", incoming.key, error)  # noqa: TRY400  the message says it all
            return BoltResponse(status=503)
        context[_HELD] = incoming
        return next()

    def _incoming(self, body: Mapping[str, Any]) -> Incoming | None:
        """Return the question in a delivery: a message, or a button that asks again."""
        press = press_from(body)
        if press is None:
            return incoming_from(body, self.identity.user)
        return None if press.do in {Do.MORE, Do.ORIGINAL} else press.incoming

    def _is_news(self, incoming: Incoming) -> bool:
        follow_up = incoming.way is Way.FOLLOW_UP
        if follow_up and not self.inbox.speaks_in(incoming.channel, incoming.root):
            return False
        return self.inbox.add(incoming)

    def question(self, context: BoltContext) -> None:
        """Answer a mention, a direct message or a follow-up."""
        incoming = context.get(_HELD)
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
            self.desk.show_whole(press)

    def original(self, ack: Ack, body: Mapping[str, Any]) -> None:
        """Send the pages that are cited."""
        ack()
        if press := press_from(body):
            self.desk.send_original(press)

    def old_button(self, ack: Ack) -> None:
        """Acknowledge a button that there is no more; Slack would show a warning beside it."""
        ack()

    def home(self, event: Mapping[str, Any], client: WebClient) -> None:
        """Show the Home tab, or questions to begin with in the Messages tab."""
        user = event["user"]
        sees = self.desk.seen_alone(user)
        at_home = event.get("tab") == "home"
        if isinstance(sees, Closed):
            if at_home:
                view = closed_view(self.language, sees.line)
                client.views_publish(user_id=user, view=view)
        elif at_home:
            view = home_view(self.language, self.replies.shelf.documents(sees))
            client.views_publish(user_id=user, view=view)
        elif prompts := self._prompts(sees):
            # with a thread_ts these fail silently in today's agent experience
            client.assistant_threads_setSuggestedPrompts(
                channel_id=event["channel"], prompts=prompts
            )

    def _prompts(self, sees: Collections) -> list[dict[str, str]]:
        documents = self.replies.shelf.documents(sees)
        return suggested_prompts(self.language, documents, self.replies.discussed(sees))

    def anything_else(self) -> None:
        """Do nothing: being called is what acknowledges the event."""
