"""Questions that are edited or deleted after they were put: what becomes of the reply.

An edited question is answered anew in the same place; the reply to a deleted one is withdrawn. Both
stand in the inbox until that is done. Slack tells of both with ``message_changed``: a message that
others reply to leaves a tombstone. It sends no ``app_mention`` for a mention that an edit adds.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt import BoltContext, BoltResponse

from bot.slack.inbox import Inbox
from bot.slack.incoming import (
    Incoming,
    Way,
    incoming_from,
    kept,
    mentions,
    mentions_others,
    plain_text,
)
from bot.slack.listeners import HELD
from bot.slack.threads.follow_ups import FollowUps
from bot.slack.threads.read import TOMBSTONE, Identity
from bot.slack.threads.speakers import Spoken
from index.errors import StorageError


def edit_from(body: Mapping[str, Any], bot_user: str) -> Incoming | None:
    """Return an edit that changes what a person says, one row for each; ``None`` for all else.

    Slack tells of links that it has unfolded, and of our own changes, in the same way.
    """
    event = body.get("event") or {}
    message = _changed(event)
    edited = (message.get("edited") or {}).get("ts")
    before = (event.get("previous_message") or {}).get("text")
    new = _as_new(body, bot_user)
    if not edited or new is None:
        return None
    text = plain_text(message.get("text") or "", bot_user)
    if before is not None and plain_text(before, bot_user) == text:
        return None
    ts = f"{new.ts}/edit/{edited}"
    key = f"{new.channel}:{ts}"
    cut = new.cut
    return Incoming(new.channel, ts, new.root, new.user, kept(text), Way.EDIT, key, cut)


def added_mention(body: Mapping[str, Any], bot_user: str) -> Incoming | None:
    """Return the message whose edit mentions the bot for the first time, as if it came now."""
    event = body.get("event") or {}
    before = (event.get("previous_message") or {}).get("text") or ""
    new = _as_new(body, bot_user)
    added = new is not None and new.way is Way.MENTION and not mentions(before, bot_user)
    return new if added else None


def deletion_from(body: Mapping[str, Any]) -> Incoming | None:
    """Return that a message was deleted; ``None`` for all else."""
    event = body.get("event") or {}
    message = _changed(event)
    if message.get("subtype") == TOMBSTONE:
        ts, root = message.get("ts"), message.get("thread_ts")
    elif event.get("type") == "message" and event.get("subtype") == "message_deleted":
        ts = event.get("deleted_ts")
        root = (event.get("previous_message") or {}).get("thread_ts")
    else:
        return None
    channel = event.get("channel")
    if not channel or not ts:
        return None
    row = f"{ts}/deleted"
    return Incoming(channel, row, root or ts, "", "", Way.DELETION, f"{channel}:{row}")


def _changed(event: Mapping[str, Any]) -> Mapping[str, Any]:
    is_one = event.get("type") == "message" and event.get("subtype") == "message_changed"
    message = event.get("message") if is_one else None
    return message if isinstance(message, Mapping) else {}


def _as_new(body: Mapping[str, Any], bot_user: str) -> Incoming | None:
    """Return the message of an edit as if it had been written as it stands."""
    event = body.get("event") or {}
    message = {k: v for k, v in _changed(event).items() if k not in {"edited", "hidden"}}
    where = {"channel": event.get("channel"), "channel_type": event.get("channel_type")}
    written = {"type": "message", **message, **where}
    return incoming_from({"event": written}, bot_user) if message else None


@dataclass(frozen=True, slots=True)
class Edits:
    """Writes down what becomes of questions that are in the inbox, or are put by an edit."""

    inbox: Inbox
    follow_ups: FollowUps
    identity: Identity
    log: logging.Logger

    def write_down(
        self,
        body: Mapping[str, Any],
        context: BoltContext,
        next: Callable[[], BoltResponse],  # noqa: A002  Bolt passes arguments by name
    ) -> BoltResponse:
        """Write an edit or a deletion into the inbox before Slack's delivery is acknowledged."""
        try:
            incoming = self._news(body)
        except StorageError as error:
            self.log.error("an edit is not taken, Slack will send it again: %s", error)  # noqa: TRY400  the message says it all
            return BoltResponse(status=503)
        if incoming is not None:
            context[HELD] = incoming
        return next()

    def _news(self, body: Mapping[str, Any]) -> Incoming | None:
        """Return what is news, written down. Raises :class:`StorageError`."""
        if (deleted := deletion_from(body)) is not None:
            if not self.inbox.knows(deleted.channel, deleted.since):
                return None
            self.inbox.close_question(deleted.channel, deleted.since, "deleted")
            return deleted if self.inbox.add(deleted) else None
        edit = edit_from(body, self.identity.user)
        if edit is not None and self.inbox.knows(edit.channel, edit.since):
            return edit if self.inbox.add(edit) else None
        new = added_mention(body, self.identity.user)
        if new is None:
            return None
        text = str(body["event"]["message"].get("text") or "")
        calls = mentions_others(text, self.identity.user)
        spoken = Spoken(new.channel, new.root, new.user, calls)
        return new if self.follow_ups.add(new, spoken) else None
