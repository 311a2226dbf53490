"""What stands in a conversation: who speaks there, what was asked before, what a button is under.

Every method gives :class:`NotNow` where Slack cannot be asked at present.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.conversation.reading import read_message
from bot.slack.buttons import read_value
from bot.slack.incoming import Incoming, plain_text
from bot.slack.threads.asked import Asked, asked_by_edit, asked_under
from bot.slack.threads.earlier import earlier_questions, of_this_hour
from bot.slack.threads.read import (
    Identity,
    only_asker_and_bot,
    read_conversation,
    read_thread,
)
from bot.slack.trouble import (
    SLACK_TROUBLE,
    TOKEN_REFUSED,
    NotNow,
    is_rate_limit,
    may_pass,
    reason_of,
    retry_after,
)

_LOOKED_BACK = 50
"""Messages of a conversation that are looked through for questions."""

_Messages = Sequence[Mapping[str, Any]]


class Conversations:
    """Reads conversations, one call or two at a time; nothing of them is kept."""

    def __init__(self, client: WebClient, identity: Identity, log: logging.Logger) -> None:
        self._client = client
        self._identity = identity
        self._log = log

    def is_between_us(self, incoming: Incoming) -> bool | NotNow | None:
        """Say whether only the asker and the bot speak in the thread of ``incoming``.

        ``None`` where we may not look.
        """
        thread = self._thread(incoming)
        if thread is None or isinstance(thread, NotNow):
            return thread
        return only_asker_and_bot(thread, incoming.user, self._identity)

    def asked_before(self, incoming: Incoming) -> tuple[str, ...] | NotNow:
        """Return what was asked before a message, oldest first; nothing where we may not look.

        In a direct conversation also outside of threads, as far as the last hour.
        """
        direct = incoming.channel.startswith("D")
        if incoming.ts != incoming.root:
            thread = self._thread(incoming)
        elif direct:
            thread = self._conversation(incoming, incoming.ts)
        else:
            return ()
        if isinstance(thread, NotNow):
            return thread
        return earlier_questions(thread or (), incoming.ts, self._identity, direct=direct)

    def asked_under(self, press: Incoming) -> Asked | NotNow | None:
        """Return what was asked above a pressed button; ``None`` where that is gone."""
        read = read_value(press.text)
        if read is None:
            return None
        thread: _Messages | NotNow | None = self._thread(press)
        if thread is None or isinstance(thread, NotNow):
            return thread
        asked = asked_under(thread, self._identity, press, read[1], read[0])
        if asked is None or not read_message(asked.text).looks_back:
            return asked
        direct = press.channel.startswith("D")
        if direct and asked.ts == press.root:
            thread = self._conversation(press, asked.ts)
        if isinstance(thread, NotNow):
            return thread
        before = earlier_questions(thread or (), asked.ts, self._identity, direct=direct)
        return replace(asked, before=before)

    def edited(self, edit: Incoming) -> Asked | NotNow | None:
        """Return what an edited question asks now; ``None`` where it or its reply is gone."""
        thread = self._thread(edit)
        if thread is None or isinstance(thread, NotNow):
            return thread
        asked = asked_by_edit(thread, self._identity, edit)
        if asked is None or not read_message(asked.text).looks_back:
            return asked
        before = self.asked_before(replace(edit, ts=edit.since))
        return before if isinstance(before, NotNow) else replace(asked, before=before)

    def asked_lately(self, channel: str, user: str, most: int) -> list[tuple[str, str]]:
        """Return the last questions of a direct conversation with their ``ts``, newest first.

        Those that stand in no thread; none where Slack cannot be asked at present.
        """
        try:
            messages = read_conversation(self._client, channel, most=_LOOKED_BACK)
        except SLACK_TROUBLE as error:
            self._log.info("%s: not looked back: %s", channel, reason_of(error))
            return []
        said = (
            (str(each["ts"]), plain_text(str(each.get("text") or ""), self._identity.user))
            for each in reversed(messages)
            if each.get("user") == user and not each.get("bot_id")
        )
        return list(islice((each for each in said if read_message(each[1]).questions), most))

    def link_to(self, channel: str, ts: str) -> str | None:
        """Return the address of a message; ``None`` where Slack does not tell it."""
        try:
            told = self._client.chat_getPermalink(channel=channel, message_ts=ts)
        except SLACK_TROUBLE as error:
            self._log.info("%s:%s: no link to it: %s", channel, ts, reason_of(error))
            return None
        return str(told["permalink"])

    def _thread(self, incoming: Incoming) -> _Messages | NotNow | None:
        """Return the messages of a thread; ``None`` where Slack does not let us look."""
        try:
            return read_thread(self._client, incoming.channel, incoming.root)
        except SLACK_TROUBLE as error:
            return self._unread(incoming, error)

    def _conversation(self, incoming: Incoming, ts: str) -> _Messages | NotNow | None:
        """Return what stands in a direct conversation within an hour before ``ts``."""
        try:
            return of_this_hour(read_conversation(self._client, incoming.channel, ts), ts)
        except SLACK_TROUBLE as error:
            return self._unread(incoming, error)

    def _unread(self, incoming: Incoming, error: Exception) -> NotNow | None:
        if not isinstance(error, SlackApiError):
            return NotNow(reason_of(error))
        if is_rate_limit(error):
            return NotNow(reason_of(error), retry_after(error))
        if may_pass(error) or reason_of(error) in TOKEN_REFUSED:
            return NotNow(reason_of(error))
        self._log.warning("%s: not to be read: %s", incoming.key, reason_of(error))
        return None
