"""Who is who in the local Slack: people, user groups, and channels that are shared."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

_FLAGS = ("deleted", "is_bot", "is_restricted", "is_ultra_restricted")
_SHARED = ("is_shared", "is_ext_shared", "is_org_shared", "is_pending_ext_shared")


@dataclass
class People:
    """Everybody is a full member of ``team``, apart from what ``users`` says of their user object.

    A user of whom ``users`` says ``None`` is not known to Slack. ``shared`` names channels that are
    shared, each with the flag that says how; ``groups`` holds the members of each user group, and
    ``group_messages`` those of each direct message among several, without the bot.
    """

    team: str
    users: dict[str, dict[str, Any] | None] = field(default_factory=lambda: defaultdict(dict))
    shared: dict[str, str] = field(default_factory=dict)
    groups: dict[str, list[str]] = field(default_factory=dict)
    group_messages: dict[str, list[str]] = field(default_factory=dict)

    def user(self, user: str) -> dict[str, Any] | None:
        """Return a user object; ``None`` for nobody."""
        known = self.users[user]
        return (
            None
            if known is None
            else {"id": user, "team_id": self.team, **dict.fromkeys(_FLAGS, False), **known}
        )

    def channel(self, channel: str) -> dict[str, Any]:
        """Return a channel object."""
        told = {flag: self.shared.get(channel) == flag for flag in _SHARED}
        kind = self.kind(channel)
        return {"id": channel, "is_im": kind == "im", "is_mpim": kind == "mpim", **told}

    def kind(self, channel: str) -> str:
        """Return what Slack calls the kind of a conversation in its events."""
        if channel in self.group_messages:
            return "mpim"
        return {"D": "im", "G": "group"}.get(channel[0], "channel")
