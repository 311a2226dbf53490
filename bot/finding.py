"""One way for search and answers alike: understand, narrow, search, and loosen what leaves nothing.

Filters that were given by hand always hold and are never loosened. What was understood is added to
them where it does not go against them, and let go of, the least certain first, where nothing would
be left; what could be kept after all is taken back.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields

from bot.ordinance_lookup import Lookup, look_up
from bot.question import Question, understand
from bot.restricting import ORDER, Restriction, Sort, merged
from bot.understood_words import label
from index.passage import Filters
from index.searching import Searcher, SearchResult, Signals

_AT_ODDS = {
    "since": Sort.TIME,
    "until": Sort.TIME,
    "as_of": Sort.TIME,
    "body": Sort.BODY,
    "session": Sort.SESSION,
    "kind": Sort.KIND,
    "speaker": Sort.PERSON,
    "person": Sort.PERSON,
    "asker": Sort.ASKER,
}
"""Which understood restriction gives way to a filter given by hand."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was searched for and found.

    ``kept`` narrowed the search, ``dropped`` had to be let go of; ``filters`` are those in force.
    ``lookup`` is there where an article was named. ``outside`` are the signals of the best hit that
    there is without what was narrowed to.
    """

    asked: Question
    filters: Filters
    result: SearchResult
    kept: tuple[Restriction, ...] = ()
    dropped: tuple[Restriction, ...] = ()
    lookup: Lookup | None = None
    outside: Signals | None = None

    def understood(self, language: str) -> tuple[str, ...]:
        """Return what it was narrowed to, in short labels."""
        return self._labels(self.kept, language)

    def loosened(self, language: str) -> tuple[str, ...]:
        """Return what was let go of, in short labels."""
        return self._labels(self.dropped, language)

    def _labels(self, parts: Sequence[Restriction], language: str) -> tuple[str, ...]:
        asks = self.asked.wants_question
        return tuple(label(part, language, wants_question=asks) for part in parts)


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds passages for questions. ``today`` is what relative times count from; else the clock."""

    searcher: Searcher
    today: dt.date | None = None

    def find(
        self, text: str, filters: Filters | None = None, limit: int = 10, *, narrow: bool = True
    ) -> Found:
        """Return the ``limit`` best hits of what the question means.

        With ``narrow`` false nothing that was understood narrows the search.
        """
        given = filters or Filters()
        asked = understand(text, self.searcher.names if narrow else None, self.today)
        kept, dropped = self._settled(given, asked.restrictions)
        in_force = merged(given, kept)
        result = self.searcher.search(asked.query(in_force), limit)
        lookup = look_up(self.searcher, asked, in_force, self.today)
        if lookup is not None:
            result = lookup.put_first(result, limit)
        outside = None
        if kept:
            wide = self.searcher.search(asked.query(given), 1)
            outside = wide.signals[0] if wide.signals else None
        return Found(asked, in_force, result, kept, dropped, lookup, outside)

    def _settled(
        self, given: Filters, parts: Sequence[Restriction]
    ) -> tuple[tuple[Restriction, ...], tuple[Restriction, ...]]:
        """Return which restrictions hold, and which would leave nothing."""
        set_by_hand = {_AT_ODDS.get(f.name) for f in fields(Filters) if _is_set(given, f.name)}
        kept = [part for part in parts if part.sort not in set_by_hand]
        everything = self.searcher.leaves(given)
        if not kept or not everything:
            return (), ()
        kept.sort(key=lambda part: ORDER.index(part.sort))
        dropped: list[Restriction] = []
        while kept and not self.searcher.leaves(merged(given, kept)):
            dropped.append(kept.pop(0))
        for part in reversed(dropped):
            if self.searcher.leaves(merged(given, [*kept, part])):
                kept.append(part)
        told = [part for part in kept if self.searcher.leaves(merged(given, [part])) < everything]
        lost = [part for part in dropped if part not in kept]
        return _shown(told), _shown(lost)


def _is_set(filters: Filters, name: str) -> bool:
    return getattr(filters, name) is not None


def _shown(parts: Sequence[Restriction]) -> tuple[Restriction, ...]:
    """Order as they are shown: when, where, which meeting, who."""
    return tuple(sorted(parts, key=lambda part: _SHOWN.index(part.sort)))


_SHOWN = (Sort.TIME, Sort.BODY, Sort.SESSION, Sort.KIND, Sort.ASKER, Sort.PERSON)
