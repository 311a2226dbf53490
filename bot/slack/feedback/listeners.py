"""What is heard of feedback: a press, and a modal that is sent. The work is done elsewhere."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt import Ack, App

from bot.slack.buttons import Do, press_from
from bot.slack.feedback.ask_channel import AskChannel
from bot.slack.feedback.buttons import VOTES, language_of_press
from bot.slack.feedback.reasons import CALLBACK, read_reasons
from bot.slack.feedback.votes import Votes
from bot.slack.pace.workers import Workers


@dataclass(frozen=True, slots=True)
class FeedbackListeners:
    """Hands over. ``staff`` is there where a channel is set for what was not answered."""

    votes: Votes
    staff: AskChannel | None
    workers: Workers

    def register(self, app: App) -> None:
        """Hang the listeners on the app, before those that take all that is left."""
        app.action(re.compile(f"^{VOTES}"))(self.voted)
        app.action(re.compile(f"^{Do.STAFF}"))(self.to_staff)
        app.view(CALLBACK)(self.reasoned)

    def voted(self, ack: Ack, body: Mapping[str, Any]) -> None:
        """Keep a vote."""
        ack()
        press = press_from(body)
        if press is not None and press.do in {Do.GOOD, Do.BAD}:
            language = language_of_press(body)
            self.workers.alone.put(press.user, lambda: self.votes.pressed(press, language))

    def reasoned(self, ack: Ack, body: Mapping[str, Any]) -> None:
        """Keep why a reply was bad."""
        ack()
        if reasons := read_reasons(body):
            self.workers.alone.put(reasons.press.user, lambda: self.votes.reasoned(reasons))

    def to_staff(self, ack: Ack, body: Mapping[str, Any]) -> None:
        """Hand a question on."""
        ack()
        press = press_from(body)
        staff = self.staff
        if staff is not None and press is not None and press.do is Do.STAFF:
            language = language_of_press(body)
            self.workers.alone.put(press.user, lambda: staff.pressed(press, language))
