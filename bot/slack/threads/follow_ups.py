"""Messages in a thread without a mention: which are put to the bot, and what becomes of the others.

What nobody put to the bot is never written to disk, not even for a moment.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from bot.slack.inbox import Inbox
from bot.slack.incoming import Incoming, Way
from bot.slack.pace.workers import Workers
from bot.slack.threads.conversations import Conversations
from bot.slack.threads.speakers import Speakers, Spoken
from bot.slack.trouble import NotNow
from index.errors import StorageError

_LEAST_S = 1.0
_MOST_S = 15.0


@dataclass(frozen=True, slots=True)
class FollowUps:
    """Decides, from what was heard wherever that is enough.

    Where it is not (a thread that was begun among people, or before the bot was started), the
    message is acknowledged and kept in memory until the thread is read: a crash between the two
    loses a message of which nobody knew yet whether it was put to the bot. A message of the one
    person who is known to be alone with the bot is decided, and written down, before it is
    acknowledged.
    """

    inbox: Inbox
    speakers: Speakers
    conversations: Conversations
    workers: Workers
    take_up: Callable[[Incoming], None]
    log: logging.Logger

    def add(self, incoming: Incoming, spoken: Spoken | None) -> bool:
        """Write a message into the inbox if it is put to the bot and is news; say whether it was.

        Raises :class:`StorageError`.
        """
        follow_up = incoming.way is Way.FOLLOW_UP
        if follow_up and not self._hears(incoming, spoken):
            return False
        news = self.inbox.add(incoming)
        if not follow_up and spoken is not None and incoming.way is Way.MENTION:
            self.speakers.hear(spoken)
            if news:
                self.speakers.begin(incoming)
        return news

    def overhear(self, spoken: Spoken) -> None:
        """Take note of somebody who speaks without asking the bot: another app."""
        if self.inbox.speaks_in(spoken.channel, spoken.root):
            self.speakers.hear(spoken)

    def _hears(self, incoming: Incoming, spoken: Spoken | None) -> bool:
        if not self.inbox.speaks_in(incoming.channel, incoming.root):
            return False
        if spoken is not None:
            self.speakers.hear(spoken)
        alone = self.speakers.alone(incoming)
        if alone is None:
            self._decide_later(incoming)
        return bool(alone)

    def _decide_later(self, incoming: Incoming, wait: float = _LEAST_S) -> None:
        thread = incoming.channel, incoming.root  # one at a time: the first reads for all
        self.workers.reading.put(thread, partial(self._decide, incoming, wait))

    def _decide(self, incoming: Incoming, wait: float) -> None:
        again: str | None = None
        try:
            alone = self._read(incoming)
            if isinstance(alone, NotNow):
                again, wait = alone.reason, max(wait, alone.seconds)
            elif alone and self.inbox.add(incoming):
                self.take_up(incoming)
        except StorageError as error:
            again = str(error)
        if again is not None:
            self.log.warning("%s: not known yet whether it is for the bot: %s", incoming.key, again)
            later = partial(self._decide_later, incoming, min(wait * 2, _MOST_S))
            self.workers.after(wait, later)

    def _read(self, incoming: Incoming) -> bool | NotNow:
        alone = self.speakers.alone(incoming)
        if alone is not None:
            return alone
        read = self.conversations.is_between_us(incoming)
        if isinstance(read, NotNow):
            return read
        if read is None:
            self.speakers.leave(incoming)
            return False
        self.speakers.read(incoming, alone=read)
        return bool(self.speakers.alone(incoming))
