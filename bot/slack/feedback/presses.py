"""A press that judges a reply, or hands it on: as a row of the inbox, and read from one. Pure."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.slack.buttons import Do, Press, press_from, read_value
from bot.slack.feedback.buttons import language_of_press
from bot.slack.incoming import Incoming, Way

_KEPT = {Do.GOOD, Do.BAD, Do.STAFF}
_ROW = "feedback"


@dataclass(frozen=True, slots=True)
class Judged:
    """A press, and the language of the reply that it is under."""

    press: Press
    language: str

    @property
    def row(self) -> Incoming:
        """What is written into the inbox: each press anew, for people change their mind."""
        press = self.press
        once = hashlib.sha256(press.trigger.encode()).hexdigest()[:16]
        ts = f"{_ROW}/{press.ts}/{press.user}/{once}"
        text = json.dumps({"value": press.value, "language": self.language}, ensure_ascii=False)
        key = f"{press.channel}:{ts}"
        return Incoming(press.channel, ts, press.root, press.user, text, Way.FEEDBACK, key)


def judged_from(body: Mapping[str, Any]) -> Judged | None:
    """Return such a press in a ``block_actions`` payload; ``None`` for all else."""
    press = press_from(body)
    if press is None or press.do not in _KEPT:
        return None
    return Judged(press, language_of_press(body))


def judged_of(row: Incoming) -> Judged | None:
    """Return the press of a row; a modal can no longer be opened for it."""
    try:
        carried = json.loads(row.text)
        value, language, ts = carried["value"], carried["language"], row.ts.split("/")[1]
    except (ValueError, TypeError, KeyError, IndexError):
        return None
    read = read_value(value)
    if read is None:
        return None
    do, asking = read
    press = Press(do, asking, row.channel, ts, row.root, row.user, value, trigger="")
    return Judged(press, str(language))
