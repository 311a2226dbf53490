"""The threads of the bot, by what they do, so that nothing stands behind what it does not need."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Self

from bot.slack.pace.lanes import Lanes
from bot.slack.pace.schedule import Schedule

_READERS = 16
_POSTERS = 16
_AT_BUTTONS = 8


class Workers:
    """Within its block work is done; what is left at its end is begun no more.

    ``reading`` asks Slack what a question is about, ``answering`` is for what uses all of a
    processor, ``posting`` has a lane for each channel, ``alone`` one for each person: what only one
    person sees, and waits for with a window open, never stands behind answers.
    """

    def __init__(self, log: logging.Logger) -> None:
        counts = {"reading": _READERS, "answering": 1, "posting": _POSTERS, "alone": _AT_BUTTONS}
        self._pools = [ThreadPoolExecutor(count, name) for name, count in counts.items()]
        self._schedule = Schedule(log)
        self._lanes = [Lanes(pool, self._schedule, log) for pool in self._pools]
        self.reading, self.answering, self.posting, self.alone = self._lanes

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
        for lanes in self._lanes:
            lanes.close()
        self._schedule.close()
        for pool in self._pools:
            pool.shutdown(cancel_futures=True)

    def after(self, seconds: float, begin: Callable[[], None]) -> None:
        """Call what hands work over, once that many seconds are over."""
        self._schedule.after(seconds, begin)
