"""What stands at the desk: the gate before a question is answered, what writes down after."""

from dataclasses import dataclass, replace

from bot.slack.access.gate import Closed, Gate
from bot.slack.access.record import Record
from bot.slack.feedback.memory import ReplyMemory
from bot.slack.threads.asked import Asked
from index.passage import Collection


@dataclass(frozen=True, slots=True)
class Guard:
    """The gate, the record of who was shown what, and the memory of what each reply showed."""

    gate: Gate
    record: Record
    memory: ReplyMemory

    def under_button(
        self, asked: Asked, user: str, channel: str
    ) -> tuple[Asked, frozenset[Collection]] | Closed:
        """Return what was asked, as its asker may see it now, and what who presses may see."""
        own = self.gate.sees(user, channel)
        theirs = own if asked.user == user else self.gate.sees(asked.user, channel)
        if isinstance(own, Closed):
            return own
        if isinstance(theirs, Closed):
            return theirs
        return replace(asked, sees=theirs), own
