"""Putting a reply into Slack once, whatever becomes of the connection while it is sent.

A post whose answer is lost may have been made, or be made late. So each reply carries the
question's key in its metadata; before a post is repeated the thread is looked through for it, for
half a minute, and a while after it once more, for the two that may stand there then.
"""

import logging
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.incoming import Incoming
from bot.slack.messages.blocks import escape
from bot.slack.posting.draft import Again, Draft, Posted, Refused, after_trouble
from bot.slack.threads.asked import EVENT_TYPE, reply_payload
from bot.slack.threads.read import Identity, read_thread
from bot.slack.trouble import SLACK_TROUBLE, TOKEN_REFUSED, may_pass, reason_of

_MOST_STATUSES = 8
"""Status calls under way at once; a Slack that is slow to take them gets no more."""


class Poster:
    """Makes the calls that put something into Slack: each once, and waits for nothing."""

    def __init__(self, client: WebClient, identity: Identity, log: logging.Logger) -> None:
        self._client = client
        self._identity = identity
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

    def show_home(self, user: str, view: dict[str, Any]) -> None:
        """Show a person's Home tab. A nicety."""
        try:
            self._client.views_publish(user_id=user, view=view)
        except SLACK_TROUBLE as error:
            self._log.warning("no Home tab shown: %s", reason_of(error))

    def suggest(self, channel: str, prompts: Sequence[Mapping[str, str]]) -> None:
        """Show questions to begin with in a direct conversation. A nicety."""
        try:
            # with a thread_ts these fail silently in today's agent experience
            self._client.assistant_threads_setSuggestedPrompts(
                channel_id=channel, prompts=[dict(each) for each in prompts]
            )
        except SLACK_TROUBLE as error:
            self._log.info("no questions suggested: %s", reason_of(error))

    def attempt(self, draft: Draft) -> Posted | Refused | Again:
        """Try once to post a reply unless it stands there already, or to replace the old one."""
        looking = draft.look_first and not draft.asked.instead
        try:
            if looking:
                if ts := self._find(draft.incoming):
                    return Posted(ts)
                if draft.looks:
                    return Again(draft.looks[0], replace(draft, looks=draft.looks[1:]))
            looking = False
            return Posted(self._send(draft), repeated=draft.look_first)
        except SLACK_TROUBLE as error:
            return after_trouble(error, draft, looking=looking)

    def tidy(self, incoming: Incoming) -> None:
        """Delete the newer of two replies to ``incoming``.

        An earlier post that seemed to fail may have been made after all. A nicety: what goes wrong
        is told to the log.
        """
        try:
            thread = read_thread(self._client, incoming.channel, incoming.root, incoming.since)
            ours = sorted(self._replies_in(thread, incoming), key=float)
            for ts in ours[1:]:
                self._client.chat_delete(channel=incoming.channel, ts=ts)
                self._log.info("%s: a second reply is deleted", incoming.key)
        except SLACK_TROUBLE as error:
            self._log.warning("%s: not looked at again: %s", incoming.key, reason_of(error))

    def _send(self, draft: Draft) -> str:
        incoming, asked, text = draft.incoming, draft.asked, draft.message.text
        key = asked.instead.key if asked.instead else incoming.key
        blocks = None if draft.plain else list(draft.message.blocks)
        payload = {"question": key, "asked": asked.ts, "cited": draft.cited}
        metadata = {
            "event_type": EVENT_TYPE,
            "event_payload": {name: value for name, value in payload.items() if value},
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

    def _find(self, incoming: Incoming) -> str | None:
        """Return the ``ts`` of our reply to ``incoming`` where it stands in Slack already.

        Raises what the client raises, apart from a refusal to let us look.
        """
        try:
            thread = read_thread(self._client, incoming.channel, incoming.root, incoming.since)
        except SlackApiError as error:
            if may_pass(error) or reason_of(error) in TOKEN_REFUSED:
                raise
            self._log.warning("%s: the thread cannot be read: %s", incoming.key, reason_of(error))
            return None
        return next(self._replies_in(thread, incoming), None)

    def _replies_in(self, thread: Sequence[Mapping[str, Any]], incoming: Incoming) -> Iterator[str]:
        for message in thread:
            if reply_payload(message, self._identity).get("question") == incoming.key:
                yield str(message["ts"])
