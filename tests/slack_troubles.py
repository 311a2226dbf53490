"""What a call of the local Slack's Web API can be made to meet."""

import math
import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Trouble:
    """What a call meets instead of its answer: made by the functions below."""

    kind: str
    value: Any = None


def refused(error: str) -> Trouble:
    """``{"ok": false, "error": error}``."""
    return Trouble("refused", error)


def rate_limited(seconds: int = 1) -> Trouble:
    """429 with ``Retry-After``."""
    return Trouble("rate_limited", seconds)


def server_error(status: int = 500) -> Trouble:
    """A page of HTML."""
    return Trouble("server_error", status)


def reply_lost() -> Trouble:
    """The call is carried out, and the connection breaks before its answer."""
    return Trouble("reply_lost")


def made_late(seconds: float) -> Trouble:
    """The connection breaks at once, and the call is carried out that much later all the same."""
    return Trouble("made_late", seconds)


def late(seconds: float) -> Trouble:
    """The answer comes that much later."""
    return Trouble("late", seconds)


@dataclass
class PostLimits:
    """How much a channel takes: nothing while it is frozen, else a burst and then so many a second.

    Without ``a_second`` it takes all.
    """

    a_second: float | None = None
    burst: int = 5
    _frozen: dict[str, float] = field(default_factory=dict)
    _posts: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def freeze(self, channel: str, seconds: float) -> None:
        """Let a channel take no post for so many seconds."""
        self._frozen[channel] = time.monotonic() + seconds

    def met_by(self, channel: str) -> Trouble:
        """Return what a post in a channel meets now."""
        now = time.monotonic()
        if (left := self._frozen.get(channel, now) - now) > 0:
            return rate_limited(math.ceil(left))
        if self.a_second is not None:
            window = self.burst / self.a_second
            recent = [at for at in self._posts[channel] if now - at < window]
            if len(recent) >= self.burst:
                return rate_limited(math.ceil(1 / self.a_second))
            self._posts[channel] = [*recent, now]
        return Trouble("none")
