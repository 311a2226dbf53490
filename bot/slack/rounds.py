"""What is done again and again while the bot runs."""

import logging
import math
import threading
import time
from concurrent.futures import Executor
from dataclasses import dataclass

from bot.slack.health import Activity, write_health
from bot.slack.receiving.connection import Connection
from bot.slack.recent_errors import RecentErrors
from bot.slack.workspaces.workspaces import Workspaces
from index.errors import StorageError
from index.settings import Settings

_BEAT_S = 1.0
_TAKE_UP_S = 15.0
_FORGET_S = 3600.0
_LOOK_S = 60.0
_LOOK_AGAIN_S = 10.0
"""Between two looks at the bot's tokens, as long as Slack takes all, and while it does not."""


@dataclass(frozen=True, slots=True)
class Rounds:
    """The parts that are looked after."""

    settings: Settings
    connection: Connection
    workspaces: Workspaces
    executor: Executor
    errors: RecentErrors

    def go(self, stopping: threading.Event, log: logging.Logger) -> None:
        """Tell the state, take up what was left, forget what is old, until told to stop."""
        take_up_at = forget_at = -math.inf
        data = self.settings.data
        look_at = math.inf
        trouble: str | None = None
        age = 0.0  # at start all that is in the inbox is left from before
        while not stopping.is_set():
            # by a clock that nobody sets: set back by a year, the other would stop all of this
            now, today = time.monotonic(), time.time()
            self.connection.receiver.look_after()
            try:
                trouble = self.connection.refusals.told()
                connected, activity = self.connection.receiver.is_open(), self._activity(today)
                write_health(data, connected=connected, trouble=trouble, activity=activity)
                for workspace in self.workspaces.all():
                    workspace.newsroom.beat(today)
                if now >= forget_at:
                    for workspace in self.workspaces.all():
                        workspace.forget_old(today, self.settings.audit_days)
                    forget_at = now + _FORGET_S
            except (OSError, StorageError) as error:
                log.warning("the data folder %s cannot be written: %s", data, error)
            look_at = min(look_at, now + (_LOOK_AGAIN_S if trouble else _LOOK_S))
            if now >= look_at:
                self.executor.submit(self.workspaces.look_at_tokens)
                look_at = math.inf
            if now >= take_up_at:
                for workspace in self.workspaces.all():
                    self.executor.submit(workspace.take_up_waiting, today - age)
                take_up_at, age = now + _TAKE_UP_S, _TAKE_UP_S
            stopping.wait(_BEAT_S)

    def _activity(self, now: float) -> Activity:
        count, since = self.workspaces.queue()
        oldest = round(max(0.0, now - since)) if count else 0
        queue = {"waiting": count, "oldest_s": oldest}
        return Activity(queue, self.connection.refusals.states(), self.errors.last())
