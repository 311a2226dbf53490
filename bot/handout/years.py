"""The axis of a timeline: where a day stands on it, and which years or months are written. Pure."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.texts import Wording, years_text

_SHORTEST = 420
_EDGE = 92
"""Pixels above the first day and below the last."""
_MOST_TICKS = 12
_LONGEST_IN_MONTHS = 500
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis from one day to another, some pixels long."""

    first: dt.date
    last: dt.date
    length: int

    def at(self, day: dt.date) -> int:
        """Return how many pixels below the top a day stands."""
        days = (self.last - self.first).days
        if not days:
            return self.length // 2
        share = (day - self.first).days / days
        return round(_EDGE + share * (self.length - 2 * _EDGE))

    def ticks(self, words: Wording) -> Iterator[tuple[dt.date, str]]:
        """Yield the first days of years, or of months where that is all there is, with names."""
        days = (self.last - self.first).days
        if days <= _LONGEST_IN_MONTHS:
            yield from self._months()
            return
        years = range(self.first.year + 1, self.last.year + 1)
        step = 1 + len(years) // _MOST_TICKS
        for year in years[::step]:
            yield dt.date(year, 1, 1), years_text(year, year, words)

    def _months(self) -> Iterator[tuple[dt.date, str]]:
        first, last = (day.year * _MONTHS + day.month - 1 for day in (self.first, self.last))
        months = range(first + 1, last + 1)
        step = 1 + len(months) // _MOST_TICKS
        for month in months[::step]:
            day = dt.date(month // _MONTHS, month % _MONTHS + 1, 1)
            yield day, f"{day.year}-{day.month:02}"


def scale_of(days: Sequence[dt.date], length: int) -> Scale:
    """Return the axis on which some days stand, in order; it is no shorter than can be read."""
    return Scale(days[0], days[-1], max(length, _SHORTEST))
