"""What the bot does at each of Slack's events: a few lines each; the work is done elsewhere."""

import logging
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from slack_bolt import App, BoltContext, BoltResponse
from slack_sdk import WebClient

from bot.home import home_view, suggested_prompts
from bot.inbox import Inbox
from bot.incoming import Incoming, Way, incoming_from
from bot.replying import Desk
from bot.threads import Identity
from index.errors import StorageError
from index.passage import Document

_HELD = "kiroku_incoming"


@dataclass(frozen=True, slots=True)
class Listeners:
    """The parts that listeners hand on to."""

    inbox: Inbox
    desk: Desk
    identity: Identity
    documents: Callable[[], Sequence[Document]]
    language: str
    log: logging.Logger

    def register(self, app: App) -> None:
        """Hang the listeners on the app."""
        app.middleware(self.write_down)
        app.event("app_mention")(self.question)
        app.event("message")(self.question)
        app.event("app_home_opened")(self.home)
        # an event that nothing listens to is never acknowledged, and Slack would send it again
        app.event(re.compile(".*"))(self.anything_else)

    def write_down(
        self,
        body: Mapping[str, Any],
        context: BoltContext,
        next: Callable[[], BoltResponse],  # noqa: A002  Bolt passes arguments by name
    ) -> BoltResponse:
        """Write a question into the inbox before Slack's delivery is acknowledged."""
        incoming = incoming_from(body, self.identity.user)
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

    def home(self, event: Mapping[str, Any], client: WebClient) -> None:
        """Show the Home tab, or questions to begin with in the Messages tab."""
        if event.get("tab") == "home":
            view = home_view(self.language, self.documents())
            client.views_publish(user_id=event["user"], view=view)
        elif prompts := suggested_prompts(self.language, self.documents()):
            # with a thread_ts these fail silently in today's agent experience
            client.assistant_threads_setSuggestedPrompts(
                channel_id=event["channel"], prompts=prompts
            )

    def anything_else(self) -> None:
        """Do nothing: being called is what acknowledges the event."""
