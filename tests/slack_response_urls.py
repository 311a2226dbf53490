"""The addresses with which Slack lets an app answer a command, a shortcut or a click: its rules."""

import time
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

MOST_USES = 5
KEPT_S = 30 * 60.0


@dataclass
class ResponseUrl:
    """Whom it reaches, and where; ``ts`` is the message that was clicked, if one was."""

    channel: str
    user: str
    ts: str | None = None
    thread: str | None = None
    uses: int = 0
    made_at: float = field(default_factory=time.monotonic)


@dataclass
class ResponseUrls:
    """All that were given out, each good for five uses within half an hour."""

    address: str = ""
    given: dict[str, ResponseUrl] = field(default_factory=dict)

    def give(
        self, channel: str, user: str, ts: str | None = None, thread: str | None = None
    ) -> str:
        """Return a new address."""
        name = uuid4().hex
        self.given[name] = ResponseUrl(channel, user, ts, thread)
        return f"{self.address}{name}"

    def expire(self) -> None:
        """Let half an hour pass for all that were given."""
        for each in self.given.values():
            each.made_at -= KEPT_S

    def use(self, name: str) -> ResponseUrl | str:
        """Return whom an address reaches, or what Slack says where it is no longer good."""
        held = self.given.get(name)
        if held is None or time.monotonic() - held.made_at >= KEPT_S:
            return "expired_url"
        held.uses += 1
        return "used_url" if held.uses > MOST_USES else held


def stands(ephemerals: list[dict[str, Any]], shown: dict[str, Any], ts: str | None) -> None:
    """Put a message that one person sees among the others, in the place of that at ``ts``."""
    for at, each in enumerate(ephemerals):
        if ts is not None and each.get("ts") == ts:
            ephemerals[at] = {**shown, "ts": ts}
            return
    ephemerals.append(shown)
