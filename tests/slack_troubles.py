"""What a call of the local Slack's Web API can be made to meet."""

from dataclasses import dataclass
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


def late(seconds: float) -> Trouble:
    """The answer comes that much later."""
    return Trouble("late", seconds)
