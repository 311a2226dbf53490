"""From what Slack sends to a question put to the bot, or to nothing. Pure.

A question is a mention, a direct message, or a message in a channel thread that may be a
follow-up (whether it is one depends on who else spoke there: see :mod:`bot.slack.threads`).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

LONGEST_QUESTION = 4_000
"""Characters of a message that are kept; what is longer is a pasted document, not a question."""
_KEPT_HEAD = 1_000
"""Of these stand at the beginning; the question of a long message more often stands at its end."""

_KEPT_SUBTYPES = {None, "file_share", "thread_broadcast"}
_MARKUP = re.compile(r"<([^<>]*)>")
_EMOJI = re.compile(r":[\w+'\-]+(?:::skin-tone-\d)?:")


class Way(StrEnum):
    """How a question reached the bot."""

    MENTION = "mention"
    DIRECT = "direct"
    FOLLOW_UP = "follow_up"
    PRESS = "press"
    """A button under a reply was pressed; ``text`` is what it carries."""
    COMMAND = "command"
    """``/kiroku``; seen by the asker only, as the two that follow."""
    LOOK_UP = "look_up"
    """The shortcut at somebody's message."""
    HOME = "home"
    """A button of the Home tab."""
    EDIT = "edit"
    """A question was edited; ``text`` is what it says now."""
    DELETION = "deletion"
    """A question was deleted; there is no ``text``."""
    FEEDBACK = "feedback"
    """A reply was judged, or handed on to the staff; ``text`` is what the button carries."""

    @property
    def is_private(self) -> bool:
        """Whether only the asker sees the answer."""
        return self in {Way.COMMAND, Way.LOOK_UP, Way.HOME}


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message that the bot may have to answer. ``text`` is cleaned of Slack's markup.

    ``ts`` is Slack's id of the message in its channel; ``root`` that of the thread it stands in,
    which is its own where it begins one. ``cut`` tells that the message was longer, ``files`` that
    there were some beside it, which the inbox does not keep.
    """

    channel: str
    ts: str
    root: str
    user: str
    text: str
    way: Way
    event_id: str
    cut: bool = False
    files: bool = False

    @property
    def key(self) -> str:
        """The name of this message, the same in every delivery of it."""
        return f"{self.channel}:{self.ts}"

    @property
    def since(self) -> str:
        """The message after which its reply stands: itself, or the one whose button was pressed."""
        return self.ts.partition("/")[0]


def incoming_from(body: Mapping[str, Any], bot_user: str) -> Incoming | None:
    """Return the message in an Events API ``body`` that may want an answer, or ``None``.

    ``None`` stands for everything the bot is silent on: other bots and itself, edits, deletions,
    joins, and messages in channels that neither mention it nor stand in a thread.
    """
    event = body.get("event") or {}
    if event.get("type") not in {"app_mention", "message"} or not _is_a_persons(event, bot_user):
        return None
    way = _way(event, bot_user)
    if way is None or not event.get("channel") or not event.get("ts"):
        return None
    raw = event.get("text") or ""
    text = plain_text(raw, bot_user)
    return Incoming(
        channel=event["channel"],
        ts=event["ts"],
        root=event.get("thread_ts") or event["ts"],
        user=event["user"],
        text=kept(text),
        way=way,
        event_id=body.get("event_id") or f"{event['channel']}:{event['ts']}",
        cut=len(text) > LONGEST_QUESTION,
        files=bool(event.get("files")),
    )


def kept(text: str) -> str:
    """Return a message's beginning and end, where it is too long to be kept whole."""
    if len(text) <= LONGEST_QUESTION:
        return text
    tail = LONGEST_QUESTION - _KEPT_HEAD - 1
    return f"{text[:_KEPT_HEAD]}\n{text[-tail:]}"


def _is_a_persons(event: Mapping[str, Any], bot_user: str) -> bool:
    return (
        event.get("subtype") in _KEPT_SUBTYPES
        and not event.get("bot_id")
        and not event.get("edited")
        and not event.get("hidden")
        and event.get("user") not in {None, "", bot_user, "USLACKBOT"}
    )


def _way(event: Mapping[str, Any], bot_user: str) -> Way | None:
    if event["type"] == "message" and event.get("channel_type") == "im":
        return Way.DIRECT
    if event["type"] == "app_mention" or mentions(event.get("text") or "", bot_user):
        return Way.MENTION
    if event.get("thread_ts") and event["thread_ts"] != event.get("ts"):
        return Way.FOLLOW_UP
    return None


def mentions(text: str, user: str) -> bool:
    """Say whether Slack's ``text`` mentions ``user``."""
    return f"<@{user}>" in text or f"<@{user}|" in text


def mentions_others(text: str, bot_user: str) -> bool:
    """Say whether Slack's ``text`` calls anybody but the bot: a person, a group, the channel."""
    called = (inner.split("|", 1)[0] for inner in _MARKUP.findall(text))
    return any(
        (inner.startswith("@") and inner != f"@{bot_user}")
        or inner.startswith(("!subteam", "!here", "!channel", "!everyone"))
        for inner in called
    )


def plain_text(text: str, bot_user: str) -> str:
    """Return what a person wrote: mentions of the bot gone, links by their label, no entities."""

    def shown(match: re.Match[str]) -> str:
        target, _, label = match.group(1).partition("|")
        if target.startswith("@"):
            return "" if target == f"@{bot_user}" or not label else f"@{label}"
        if target.startswith("#"):
            return f"#{label}" if label else ""
        return label if label or target.startswith("!") else target.removeprefix("mailto:")

    plain = _MARKUP.sub(shown, text)
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        plain = plain.replace(entity, character)
    return plain.strip()


def without_emoji(text: str) -> str:
    """Return ``text`` without ``:emoji:`` names, which are English whatever the language."""
    return _EMOJI.sub(" ", text)
