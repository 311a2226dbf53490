"""Who has spoken in the threads that the bot was asked in: heard from the events, not read.

A thread is followed without mentions as long as one person is alone there with the bot. Once
somebody else speaks or is called, it is closed, for good and over restarts. After a restart it is
not known who spoke meanwhile: then an open thread has to be read, once.
"""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.private_file import PrivateFile
from bot.slack.incoming import Incoming, Way, mentions_others
from bot.slack.threads.read import Identity

KEPT_S = 7 * 24 * 3600.0
_SPOKEN_SUBTYPES = {None, "file_share", "thread_broadcast", "bot_message", "me_message"}

_SCHEMA = """
CREATE TABLE IF NOT EXISTS thread (
    channel  TEXT NOT NULL,
    root     TEXT NOT NULL,
    speaker  TEXT,
    known_at REAL NOT NULL,
    PRIMARY KEY (channel, root)
) STRICT;
"""

_Thread = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Spoken:
    """That somebody spoke in a thread: ``user``, or another app; ``calls`` others than the bot."""

    channel: str
    root: str
    user: str | None
    calls: bool = False


@dataclass(frozen=True, slots=True)
class _Known:
    """The one ``speaker``, ``None`` where there are more; ``sure``: nobody can have been missed."""

    speaker: str | None
    sure: bool
    at: float


def spoken_in(body: Mapping[str, Any], identity: Identity) -> Spoken | None:
    """Return who speaks in a thread by an Events API ``body``; ``None`` where nobody does."""
    event = body.get("event") or {}
    channel, root = event.get("channel"), event.get("thread_ts") or event.get("ts")
    ours = event.get("user") == identity.user or event.get("bot_id") == identity.bot
    told = event.get("subtype") in _SPOKEN_SUBTYPES and not event.get("hidden")
    if event.get("type") not in {"app_mention", "message"} or not told or ours:
        return None
    if not channel or not root or event.get("edited"):
        return None
    user = None if event.get("bot_id") else event.get("user")
    return Spoken(channel, root, user, mentions_others(event.get("text") or "", identity.user))


class Speakers:
    """What is known of threads. Safe to be used from several threads of the process.

    Its methods raise :class:`index.errors.StorageError`.
    """

    def __init__(self, file: PrivateFile) -> None:
        self._file = file
        self._lock = threading.Lock()
        file.make(_SCHEMA)
        rows = file.read("SELECT channel, root, speaker, known_at FROM thread")
        self._known: dict[_Thread, _Known] = {
            (channel, root): _Known(speaker, sure=speaker is None, at=at)
            for channel, root, speaker, at in rows
        }

    def begin(self, mention: Incoming) -> None:
        """Take note of a mention that is news: where it begins a thread, nobody spoke before."""
        if mention.way is Way.MENTION and mention.ts == mention.root:
            with self._lock:
                known = self._known.get((mention.channel, mention.root))
                if known is not None and known.speaker == mention.user:
                    self._note((mention.channel, mention.root), mention.user, sure=True)

    def hear(self, spoken: Spoken) -> None:
        """Take note that somebody spoke in a thread that the bot is asked in."""
        thread = spoken.channel, spoken.root
        with self._lock:
            known = self._known.get(thread)
            if known is None:
                self._note(thread, None if spoken.calls else spoken.user, sure=False)
            elif known.speaker is not None and (spoken.calls or spoken.user != known.speaker):
                self._note(thread, None, sure=True)

    def alone(self, incoming: Incoming) -> bool | None:
        """Say whether only its author and the bot spoke in a message's thread, if it is known."""
        with self._lock:
            known = self._known.get((incoming.channel, incoming.root))
        if known is None or (known.speaker == incoming.user and not known.sure):
            return None
        return known.speaker == incoming.user

    def read(self, incoming: Incoming, *, alone: bool) -> None:
        """Take note of what was read of a thread, unless more has been heard meanwhile."""
        thread = incoming.channel, incoming.root
        with self._lock:
            known = self._known.get(thread)
            if known is None or known.speaker is not None:
                self._note(thread, incoming.user if alone else None, sure=True)

    def leave(self, incoming: Incoming) -> None:
        """Leave a thread that may not be read alone, until the bot is started again."""
        with self._lock:
            self._known[incoming.channel, incoming.root] = _Known(None, sure=True, at=time.time())

    def forget_old(self, now: float) -> None:
        """Forget what was noted a week before ``now`` (seconds since 1970)."""
        with self._lock:
            self._known = {k: v for k, v in self._known.items() if v.at >= now - KEPT_S}
        self._file.write("DELETE FROM thread WHERE known_at < ?", (now - KEPT_S,))

    def _note(self, thread: _Thread, speaker: str | None, *, sure: bool) -> None:
        now = time.time()
        self._file.write(
            "INSERT OR REPLACE INTO thread VALUES (?, ?, ?, ?)", (*thread, speaker, now)
        )
        self._known[thread] = _Known(speaker, sure or speaker is None, now)
