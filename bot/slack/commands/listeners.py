"""What is heard in private: a command, a shortcut, a press. The work is done elsewhere."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt import Ack, App, BoltContext, BoltResponse

from bot.slack.buttons import ASK
from bot.slack.commands.asking import COMMAND, LOOK_UP, private_question_from
from bot.slack.commands.private_answers import PrivateAnswers
from bot.slack.commands.private_buttons import PrivateButtons
from bot.slack.commands.private_message import PRIVATE, private_press_from
from bot.slack.desk import Desk
from bot.slack.incoming import Incoming
from bot.slack.threads.read import Identity
from index.errors import StorageError

_HELD = "kiroku_private"


@dataclass(frozen=True, slots=True)
class PrivateListeners:
    """Hands over."""

    answers: PrivateAnswers
    buttons: PrivateButtons
    desk: Desk
    identity: Identity
    language: str

    def register(self, app: App) -> None:
        """Hang the listeners on the app, before those that take all that is left."""
        app.middleware(self.write_down)
        app.command(COMMAND)(self.asked)
        app.message_shortcut(LOOK_UP)(self.asked)
        app.action(re.compile(f"^{ASK}"))(self.asked)
        app.action(re.compile(f"^{PRIVATE}"))(self.pressed)

    def write_down(
        self,
        body: Mapping[str, Any],
        context: BoltContext,
        next: Callable[[], BoltResponse],  # noqa: A002  Bolt passes arguments by name
    ) -> BoltResponse:
        """Write a question into the inbox before Slack's delivery is acknowledged."""
        question = private_question_from(body, self.identity.user, self.language)
        if question is None:
            return next()
        try:
            if not self.answers.add(question):
                return BoltResponse(status=200)
        except StorageError as error:
            self.desk.log.error("%s: not taken: %s", question.incoming.key, error)  # noqa: TRY400  the message says it all
            return BoltResponse(status=503)
        context[_HELD] = question.incoming
        return next()

    def asked(self, ack: Ack, context: BoltContext) -> None:
        """Answer a command, a shortcut or a button of the Home tab."""
        ack()
        incoming = context.get(_HELD)
        if isinstance(incoming, Incoming):
            self.desk.take_up(incoming)

    def pressed(self, ack: Ack, body: Mapping[str, Any]) -> None:
        """Do what a button under a private reply says."""
        ack()
        if press := private_press_from(body):
            self.buttons.pressed(press)
