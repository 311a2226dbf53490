"""Where it is put together: a look now and then, and each post taken up until it stands."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

from bot.news.post import Kind, Post
from bot.news.rows import folded_topic
from bot.news.store import NewsStore
from bot.slack.access.record import Record
from bot.slack.news.looking import Looking
from bot.slack.news.making import Made, Making
from bot.slack.news.sending import Refusal, Sender
from bot.slack.pace.limits import POST
from bot.slack.pace.workers import Workers
from bot.slack.trouble import NotNow
from index.errors import KirokuError

_LOOK_S = 1.0
_LEAST_WAIT_S = 1.0
_CHANNEL_CLOSED_S = 300.0
"""After which a channel is tried again that takes nothing: the bot may be invited meanwhile."""
_BROKEN_OFF_S = 60.0
_KEPT_TRYING_S = 7 * 24 * 3600.0


@dataclass(slots=True)
class Newsroom:
    """Tells what is new. ``beat`` is called again and again and only hands over."""

    looking: Looking
    making: Making
    sender: Sender
    store: NewsStore
    record: Record
    workers: Workers
    log: logging.Logger
    _due: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _in_hand: set[str] = field(default_factory=set)

    def beat(self, now: float) -> None:
        """Look and take up what waits, at ``now`` (seconds since 1970). Raises StorageError."""
        if 0 <= self._due - now <= _LOOK_S:
            return
        self._due = now + _LOOK_S
        self.looking.begin(self.take_up)
        self.take_up()

    def take_up(self) -> None:
        """Take up what waits and is not in hand. Raises :class:`index.errors.StorageError`."""
        for post in self.store.waiting():
            with self._lock:
                if post.key in self._in_hand:
                    continue
                self._in_hand.add(post.key)
            self.workers.reading.put(("news", post.to), partial(self._check, post))

    def _check(self, post: Post) -> None:
        with self._held(post):
            why = "unfollowed" if self._is_unfollowed(post) else self.making.check(post)
            if isinstance(why, NotNow):
                self._again(post, why)
            elif why is not None:
                self._over(post, why)
            else:
                self.workers.answering.put(("news", post.to), partial(self._make, post))

    def _is_unfollowed(self, post: Post) -> bool:
        folded = folded_topic(post.about.topic)
        wanted = {each.folded for each in self.store.follows(post.to)}
        return post.kind is Kind.NOTICE and folded not in wanted

    def _make(self, post: Post) -> None:
        with self._held(post):
            made = self.making.made(post)
            if isinstance(made, str):
                self._over(post, made)
            else:
                lane = POST, post.place or post.to
                self.workers.posting.put(lane, partial(self._send, post, made))

    def _send(self, post: Post, made: Made) -> None:
        with self._held(post):
            result = self.sender.send(post, made.messages)
            if isinstance(result, Post):
                where = result.place or result.to
                user = post.to if post.kind is Kind.NOTICE else ""
                told = result.ts or "", post.kind.value
                self.record.write_told(user, where, told, post.about.collection, made.hits)
                self._over(result, "shown")
            elif isinstance(result, NotNow):
                self._again(post, result)
            elif self._may_mend(post, result):
                self._again(post, NotNow(result.reason, _CHANNEL_CLOSED_S))
            else:
                self._over(post, f"refused {result.reason}")

    def _may_mend(self, post: Post, refusal: Refusal) -> bool:
        """Say whether a channel that refuses is tried again; for a week it is."""
        if post.kind is Kind.NOTICE:
            return False
        self.log.error(
            "KIROKU_REPORT_CHANNEL %s takes nothing (%s): invite the bot there (/invite @kiroku), "
            "or set another channel",
            post.to,
            refusal.reason,
        )
        return time.time() - post.made_at < _KEPT_TRYING_S

    def _over(self, post: Post, outcome: str) -> None:
        self.store.done(post, outcome)
        self.log.info("news %s: %s", post.kind, outcome)
        self._let_go(post)

    def _again(self, post: Post, why: NotNow) -> None:
        """Take it up anew after a while: rights and documents may be others then."""
        self.log.info("news %s waits: %s", post.kind, why.reason)
        self.workers.after(max(why.seconds, _LEAST_WAIT_S), partial(self._let_go, post))

    def _let_go(self, post: Post) -> None:
        with self._lock:
            self._in_hand.discard(post.key)

    @contextmanager
    def _held(self, post: Post) -> Iterator[None]:
        """Let a post go where the work on it breaks off: it is taken up again later."""
        whole = False
        try:
            yield
            whole = True
        except KirokuError as error:
            self.log.warning("news %s: %s", post.kind, error)
        finally:
            if not whole:
                self._again(post, NotNow("the work on it broke off", _BROKEN_OFF_S))
