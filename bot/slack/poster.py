"""Putting a reply into Slack once, whatever becomes of the connection while it is sent.

A post whose answer is lost may have been made. So each reply carries the question's key in its
metadata, and before a post is repeated the thread is looked through for it.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.feedback.buttons import plainer
from bot.slack.incoming import Incoming
from bot.slack.messages.blocks import escape
from bot.slack.messages.layout import Message
from bot.slack.threads.asked import EVENT_TYPE, Asked, asked_by, reply_payload
from bot.slack.threads.read import Identity, read_thread
from bot.slack.trouble import (
    SLACK_TROUBLE,
    TOKEN_REFUSED,
    NotNow,
    is_rate_limit,
    may_have_worked,
    may_pass,
    reason_of,
)

_TRIES = 5
_LONGEST_WAIT_S = 60.0
_MOST_STATUSES = 8
"""Status calls under way at once; a Slack that is slow to take them gets no more."""
_TOO_MUCH = {
    "invalid_blocks",
    "invalid_blocks_format",
    "msg_blocks_too_long",
    "msg_too_long",
    "block_mismatch",
}
_CANNOT_UPDATE = {"cant_update_message", "edit_window_closed", "message_not_found"}


@dataclass(frozen=True, slots=True)
class Posted:
    """The reply stands in Slack under this ``ts``."""

    ts: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Slack will never take the reply there: the bot left the channel, it is archived …."""

    reason: str


@dataclass(frozen=True, slots=True)
class _Again:
    """The next try: after how long (s), whether to look first, without blocks, or to post anew."""

    wait: float
    look_first: bool = False
    plain: bool = False
    anew: bool = False


class Poster:
    """Posts replies. ``stopping`` ends every wait, so that the process can stop."""

    def __init__(
        self, client: WebClient, identity: Identity, stopping: threading.Event, log: logging.Logger
    ) -> None:
        self._client = client
        self._identity = identity
        self._stopping = stopping
        self._log = log
        self._statuses = threading.Semaphore(_MOST_STATUSES)

    def show_status(self, incoming: Incoming, status: str | None) -> Callable[[], None]:
        """Show that the bot is at work (``None``: show nothing), and wait for nothing.

        A nicety: where Slack refuses it, or many are under way, the answer comes bare. Call what is
        returned once the reply stands: a status that comes after it is taken back.
        """
        over = threading.Event()
        if status is not None and self._statuses.acquire(blocking=False):
            given = (incoming, status, over)
            threading.Thread(target=self._show, args=given, name="status", daemon=True).start()
        return over.set

    def _show(self, incoming: Incoming, status: str, over: threading.Event) -> None:
        try:
            self._set_status(incoming, status)
            if over.is_set():
                self._set_status(incoming, "")
        except SLACK_TROUBLE as error:
            self._log.info("no status shown for %s: %s", incoming.key, reason_of(error))
        finally:
            self._statuses.release()

    def _set_status(self, incoming: Incoming, status: str) -> None:
        self._client.assistant_threads_setStatus(
            channel_id=incoming.channel, thread_ts=incoming.root, status=status
        )

    def tell(self, press: Incoming, text: str) -> None:
        """Say something to the one who pressed a button, and to nobody else. A nicety."""
        self.tell_marked(press, escape(text))

    def tell_marked(self, press: Incoming, text: str) -> None:
        """Say the same with Slack's markup in it."""
        try:
            self._client.chat_postEphemeral(
                channel=press.channel, user=press.user, thread_ts=press.root, text=text
            )
        except SLACK_TROUBLE as error:
            self._log.info("%s: not told: %s", press.key, reason_of(error))

    def tell_alone(self, incoming: Incoming, text: str) -> None:
        """Say something to the asker in a direct message, where the channel takes nothing."""
        try:
            self._client.chat_postMessage(channel=incoming.user, text=escape(text), mrkdwn=False)
        except SLACK_TROUBLE as error:
            self._log.info("%s: not told alone: %s", incoming.key, reason_of(error))

    def open_view(self, trigger: str, view: dict[str, Any]) -> str | None:
        """Open a modal for the one who pressed a button; return its id, ``None`` if refused."""
        try:
            return str(self._client.views_open(trigger_id=trigger, view=view)["view"]["id"])
        except SLACK_TROUBLE as error:
            self._log.warning("no view opened: %s", reason_of(error))
            return None

    def change_view(self, view_id: str, view: dict[str, Any]) -> None:
        """Show something else in an open modal; who has closed it is not bothered."""
        try:
            self._client.views_update(view_id=view_id, view=view)
        except SLACK_TROUBLE as error:
            self._log.info("view not changed: %s", reason_of(error))

    def post(
        self,
        incoming: Incoming,
        message: Message,
        asked: Asked | None = None,
        *,
        look_first: bool,
    ) -> Posted | Refused | NotNow:
        """Post the reply to ``incoming`` unless it stands there already, or replace the old one.

        ``asked`` is the question, where that is another message; ``look_first`` says that an
        earlier attempt may have posted the reply.
        """
        asked = asked or asked_by(incoming)
        blocks: list[dict[str, Any]] | None = list(message.blocks)
        reason = "stopping"
        for attempt in range(_TRIES):
            if self._stopping.is_set():
                break
            try:
                if look_first and not asked.instead and (ts := self.find(incoming)):
                    return Posted(ts)
                return Posted(self._send(incoming, message.text, blocks, asked))
            except SLACK_TROUBLE as error:
                reason, after = reason_of(error), _after(error, attempt, plain=blocks is None)
            if asked.instead and reason in _CANNOT_UPDATE:
                after = _Again(0.0, look_first=True, anew=True)
            if not isinstance(after, _Again):
                return after
            self._log.warning("%s: not posted yet (%s)", incoming.key, reason)
            look_first = look_first or after.look_first
            asked = replace(asked, instead=None) if after.anew else asked
            blocks = plainer(blocks) if after.plain else blocks
            self._stopping.wait(after.wait)
        return NotNow(reason)

    def _send(
        self,
        incoming: Incoming,
        text: str,
        blocks: list[dict[str, Any]] | None,
        asked: Asked,
    ) -> str:
        key = asked.instead.key if asked.instead else incoming.key
        metadata = {
            "event_type": EVENT_TYPE,
            "event_payload": {"question": key, "asked": asked.ts},
        }
        if asked.instead:
            response = self._client.chat_update(
                channel=incoming.channel,
                ts=asked.instead.ts,
                text=text,
                blocks=blocks or [],  # without any, the old ones would stay
                metadata=metadata,
            )
        else:
            response = self._client.chat_postMessage(
                channel=incoming.channel,
                thread_ts=incoming.root,
                text=text,
                blocks=blocks,
                metadata=metadata,
                mrkdwn=False,
                unfurl_links=False,
                unfurl_media=False,
            )
        return str(response["ts"])

    def find(self, incoming: Incoming) -> str | None:
        """Return the ``ts`` of our reply to ``incoming`` where it stands in Slack already.

        Raises what the client raises, apart from a refusal to let us look.
        """
        try:
            thread = read_thread(self._client, incoming.channel, incoming.root, incoming.since)
        except SlackApiError as error:
            if may_pass(error):
                raise
            self._log.warning("%s: the thread cannot be read: %s", incoming.key, reason_of(error))
            return None
        for message in thread:
            if reply_payload(message, self._identity).get("question") == incoming.key:
                return str(message["ts"])
        return None


def _after(error: Exception, attempt: int, *, plain: bool) -> _Again | Refused | NotNow:
    """Decide what to do after an attempt (from 0) to post that did not succeed."""
    reason, backoff = reason_of(error), 0.5 * 2**attempt
    if not isinstance(error, SlackApiError):
        return _Again(backoff, look_first=True, plain=plain)
    if reason in _TOO_MUCH and not plain:
        return _Again(0.0, plain=True)
    if is_rate_limit(error):
        wait = float(error.response.headers.get("Retry-After", 1))
        return _Again(wait, plain=plain) if wait <= _LONGEST_WAIT_S else NotNow(reason)
    if reason in TOKEN_REFUSED:
        return NotNow(reason)
    if may_have_worked(error):
        return _Again(backoff, look_first=True, plain=plain)
    return Refused(reason)
