"""The threads of the bot, by what they do, so that nothing stands behind what it does not need."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Self
from weakref import WeakSet

from bot.slack.pace.lanes import Lanes
from bot.slack.pace.schedule import Schedule

_READERS = 16
_POSTERS = 16
_AT_BUTTONS = 8


class Threads:
    """The threads that all work is done on; within its block it is done.

    What is left at its end is begun no more.
    """

    def __init__(self, log: logging.Logger) -> None:
        counts = {"reading": _READERS, "answering": 1, "posting": _POSTERS, "alone": _AT_BUTTONS}
        self.pools = [ThreadPoolExecutor(count, name) for name, count in counts.items()]
        self.schedule = Schedule(log)
        self.log = log
        self._workers: WeakSet[Workers] = WeakSet()

    def workers(self) -> "Workers":
        """Return lanes of their own on these threads: channels of other lanes delay none of them.

        For each workspace some, as channels of several may have the same id.
        """
        made = Workers(self)
        self._workers.add(made)
        return made

    def __enter__(self) -> Self:
        """Be ready."""
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        """Wait for what is under way, and for nothing else."""
        for workers in self._workers:
            workers.close()
        self.schedule.close()
        for pool in self.pools:
            pool.shutdown(cancel_futures=True)


class Workers:
    """The lanes in which work stands.

    ``reading`` asks Slack what a question is about, ``answering`` is for what uses all of a
    processor, ``posting`` has a lane for each channel, ``alone`` one for each person: what only one
    person sees, and waits for with a window open, never stands behind answers.
    """

    def __init__(self, threads: Threads) -> None:
        self._schedule = threads.schedule
        self._lanes = [Lanes(pool, threads.schedule, threads.log) for pool in threads.pools]
        self.reading, self.answering, self.posting, self.alone = self._lanes

    def close(self) -> None:
        """Begin nothing any more."""
        for lanes in self._lanes:
            lanes.close()

    def after(self, seconds: float, begin: Callable[[], None]) -> None:
        """Call what hands work over, once that many seconds are over."""
        self._schedule.after(seconds, begin)
