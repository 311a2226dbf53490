"""Putting a post into Slack once: as one message, and others in its thread.

Before each message it is written down that it is about to be sent, and afterwards that it stands. A
message that was sent without being confirmed carries its key in its metadata: it is looked for
before it is sent again, for half a minute, also by the next process.
"""

import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.news.post import Post
from bot.news.store import NewsStore
from bot.slack.messages.layout import Message
from bot.slack.threads.read import Identity, read_thread
from bot.slack.trouble import (
    SLACK_TROUBLE,
    TOKEN_REFUSED,
    NotNow,
    is_rate_limit,
    may_have_worked,
    reason_of,
    retry_after,
)

EVENT_TYPE = "kiroku_news"
"""The type of the metadata of what is posted unasked."""
_MAY_COME_LATE_S = 30.0
"""For so long Slack may still make a message that it did not confirm."""
_LOOK_AGAIN_S = 3.0
_PAGE = 200
_MOST_PAGES = 5
_CLOCKS_DIFFER_S = 3600.0


@dataclass(frozen=True, slots=True)
class Refusal:
    """Slack takes it neither now nor later, as things are there."""

    reason: str


@dataclass(frozen=True, slots=True)
class Sender:
    """Makes the calls, and waits for nothing."""

    client: WebClient
    identity: Identity
    store: NewsStore
    log: logging.Logger

    def send(self, post: Post, messages: Sequence[Message]) -> Post | NotNow | Refusal:
        """Send what does not stand yet; return the post once all of it stands.

        Raises :class:`index.errors.StorageError`.
        """
        while post.part < len(messages):
            try:
                found = self._find(post) if post.tried_at is not None else None
            except SLACK_TROUBLE as error:
                return NotNow(reason_of(error), _wait(error))
            if found is not None:
                post = self.store.stands(post, *found)
                continue
            if wait := self._may_come(post):
                return NotNow("not there yet", wait)
            result = self._post(post, messages[post.part])
            if not isinstance(result, Post):
                return result
            post = result
        return post

    def _may_come(self, post: Post) -> float:
        """Return for how long to wait for a message that may still be made; 0: no longer."""
        if post.tried_at is None or (post.place is None and not _is_channel(post.to)):
            return 0.0
        waited = time.time() - post.tried_at
        if waited < 0:  # the clock was set back since, nobody knows how long ago
            return 0.0
        left = _MAY_COME_LATE_S - waited
        return min(left, _LOOK_AGAIN_S) if left > 0 else 0.0

    def _post(self, post: Post, message: Message) -> Post | NotNow | Refusal:
        again = post.tried_at is not None
        post = self.store.sending(post, time.time())
        try:
            told = self._call(post, message)
        except SlackApiError as error:
            if may_have_worked(error):
                return NotNow(reason_of(error), _LOOK_AGAIN_S)
            self.store.not_sent(post)
            if is_rate_limit(error) or reason_of(error) in TOKEN_REFUSED:
                return NotNow(reason_of(error), _wait(error))
            return Refusal(reason_of(error))
        except SLACK_TROUBLE as error:
            return NotNow(reason_of(error), _LOOK_AGAIN_S)
        post = self.store.stands(post, str(told["ts"]), str(told["channel"]))
        if again:
            self._tidy(post)
        return post

    def _call(self, post: Post, message: Message) -> SlackResponse:
        return self.client.chat_postMessage(
            channel=post.place or post.to,
            thread_ts=post.ts,
            text=message.text,
            blocks=list(message.blocks),
            metadata={"event_type": EVENT_TYPE, "event_payload": {"news": _name(post)}},
            mrkdwn=False,
            unfurl_links=False,
            unfurl_media=False,
        )

    def _find(self, post: Post) -> tuple[str, str] | None:
        """Return ``ts`` and channel of the next message, where it stands already.

        A direct conversation that is not known yet cannot be read. Raises what the client raises.
        """
        place = post.place or (post.to if _is_channel(post.to) else None)
        if place is None:
            return None
        since = (post.tried_at or 0.0) - _CLOCKS_DIFFER_S
        found = sorted(self._standing(post, place, since), key=float)
        return (found[0], place) if found else None

    def _standing(self, post: Post, place: str, since: float) -> Iterator[str]:
        messages: Sequence[Mapping[str, Any]]
        if post.ts is not None and post.part:
            messages = read_thread(self.client, place, post.ts)
        else:
            messages = list(self._history(place, since))
        for message in messages:
            metadata = message.get("metadata") or {}
            payload = metadata.get("event_payload") or {}
            ours = message.get("bot_id") == self.identity.bot
            ours = ours and metadata.get("event_type") == EVENT_TYPE
            if ours and payload.get("news") == _name(post):
                yield str(message["ts"])

    def _history(self, place: str, since: float) -> Iterator[Mapping[str, Any]]:
        cursor: str | None = None
        for _ in range(_MOST_PAGES):
            page = self.client.conversations_history(
                channel=place,
                oldest=f"{max(0.0, since):.6f}",
                limit=_PAGE,
                include_all_metadata=True,
                cursor=cursor,
            )
            yield from page.get("messages") or []
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return

    def _tidy(self, post: Post) -> None:
        """Delete the newer of two messages, where an earlier one was made after all. A nicety."""
        last = replace(post, part=post.part - 1)
        place = post.place or post.to
        try:
            found = sorted(self._standing(last, place, 0.0), key=float)
            for ts in found[1:]:
                self.client.chat_delete(channel=place, ts=ts)
                self.log.info("%s: a second message is deleted", post.key)
        except SLACK_TROUBLE as error:
            self.log.warning("%s: not looked at again: %s", post.key, reason_of(error))


def _name(post: Post) -> str:
    return f"{post.key}#{post.part}"


def _is_channel(recipient: str) -> bool:
    return recipient.startswith(("C", "G", "D"))


def _wait(error: Exception) -> float:
    if isinstance(error, SlackApiError) and is_rate_limit(error):
        return retry_after(error)
    return _LOOK_AGAIN_S
