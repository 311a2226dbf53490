"""When a folder is ingested by the clock: ``--every 15m``, ``--at 02:30``."""

import datetime as dt
import re
from dataclasses import dataclass

import click

_DURATION = re.compile(r"(\d+)\s*([smhd])")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_LEAST_S = 10


class Duration(click.ParamType[float]):
    """A time span as ``90s``, ``15m``, ``2h`` or ``1d``; becomes seconds."""

    name = "duration"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Read it; click tells what is wrong with it, and ends with 2."""
        if isinstance(value, float):
            return value
        found = _DURATION.fullmatch(str(value).strip().lower())
        seconds = int(found[1]) * _SECONDS[found[2]] if found else 0
        if seconds < _LEAST_S:
            self.fail(
                f"{value!r} is no span of {_LEAST_S} s or more, such as 15m or 2h", param, ctx
            )
        return float(seconds)


class Clock(click.ParamType[dt.time]):
    """A time of day as ``02:30``."""

    name = "time"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.time:
        """Read it; click tells what is wrong with it, and ends with 2."""
        if isinstance(value, dt.time):
            return value
        try:
            return dt.datetime.strptime(str(value).strip(), "%H:%M").time()  # noqa: DTZ007  a time of the machine's own day
        except ValueError:
            self.fail(f"{value!r} is no time of day, such as 02:30", param, ctx)


@dataclass(frozen=True, slots=True)
class Timetable:
    """When it is time: ``every`` so many seconds, or ``at`` these times of the machine's day."""

    every: float | None = None
    at: tuple[dt.time, ...] = ()

    def begins_at(self, started: dt.datetime) -> dt.datetime:
        """Return when the first ingest is due: at once, but for one that has a time of its own."""
        return self.next_after(started) if self.at else started

    def next_after(self, last: dt.datetime) -> dt.datetime:
        """Return when the next ingest is due after one at ``last`` (without a zone)."""
        due = [last + dt.timedelta(seconds=self.every)] if self.every else []
        for time in self.at:
            today = dt.datetime.combine(last.date(), time)
            due.append(today if today > last else today + dt.timedelta(days=1))
        return min(due)

    def is_due(self, last: dt.datetime, now: dt.datetime) -> bool:
        """Tell whether it is time. A clock that was set back over an hour counts anew."""
        return now >= self.next_after(last) or now < last - dt.timedelta(hours=1)
