"""Which messages of a thread are follow-up questions to the bot."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk import WebClient

from bot.slack.incoming import mentions_others

TOMBSTONE = "tombstone"
"""The subtype of what stands for a deleted message that others replied to."""
_PAGE = 200
_MOST_PAGES = 10
_FEW = 15
"""Messages looked back at in a conversation without a thread."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot is in this workspace, and which that is, as ``auth.test`` says."""

    user: str
    bot: str
    team: str = ""


def only_asker_and_bot(
    messages: Sequence[Mapping[str, Any]], asker: str, identity: Identity
) -> bool:
    """Say whether nobody but ``asker`` and the bot spoke, or was called, in these messages.

    Once a third person is in, a thread is a conversation between people: the bot is silent there
    until it is mentioned, and then answers that mention only.
    """
    return all(
        (message.get("user") == asker and not message.get("bot_id"))
        or message.get("user") == identity.user
        or message.get("bot_id") == identity.bot
        for message in messages
    ) and not any(
        mentions_others(message.get("text") or "", identity.user)
        for message in messages
        if message.get("user") == asker
    )


def read_conversation(
    client: WebClient, channel: str, latest: str | None = None, most: int = _FEW
) -> list[Mapping[str, Any]]:
    """Return the newest messages of a channel up to ``latest``, oldest first, those of no thread.

    Raises what the client raises.
    """
    page = client.conversations_history(
        channel=channel, latest=latest, inclusive=True, limit=most, include_all_metadata=True
    )
    return _standing(reversed(page.get("messages") or []))


def read_thread(
    client: WebClient, channel: str, root: str, oldest: str | None = None
) -> list[Mapping[str, Any]]:
    """Return a thread's messages with their metadata, from ``oldest`` on where it is given.

    Slack puts the root first in any case. Raises what the client raises.
    """
    messages: list[Mapping[str, Any]] = []
    cursor: str | None = None
    for _ in range(_MOST_PAGES):
        page = client.conversations_replies(
            channel=channel,
            ts=root,
            oldest=oldest,
            inclusive=True,
            include_all_metadata=True,
            limit=_PAGE,
            cursor=cursor,
        )
        messages += page.get("messages") or []
        cursor = (page.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            break
    return _standing(messages)


def _standing(messages: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Leave out what stands for a deleted message: its words are Slack's, and nobody's."""
    return [message for message in messages if message.get("subtype") != TOMBSTONE]
