"""The matters before a sitting: the title of each and its place in the order of business."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from index.council.items import item_key, items_in, title_after, title_of_line
from index.language.dates import kanji_number
from index.language.text import fold, sentences
from index.passage import Passage
from ingest.minutes.sitting.fields import read_field
from ingest.minutes.votes.in_words import (
    are_kin,
    bare_number,
    heading_words,
    is_heading,
    matter_of_heading,
    words_behind,
)

_N = "[0-9０-９〇一二三四五六七八九十百]+"
_PLACE = re.compile(rf"(?:追加)?日程第?[ \u3000]*(?P<n>{_N})")
_MARK = re.compile(
    rf"(?:議題)?(?P<n>[（(]?[0-9０-９]{{1,2}}[)）.．]?|[①-⑳]|第{_N}号(?=[ \u3000]))"
    r"[ \u3000、]*(?P<title>[^0-9０-９ \u3000].{1,80})$"
)
_NO_MATTER = ("name", "date", "place", "attendees", "staff", "absent", "observers")
"""Fields of the head that are numbered as matters are: １　日時."""
_TO = re.compile(r"[^。]{0,12}?(?:から|ないし|乃至|[～〜~])")

_VOTES_CAST = re.compile(r"(?:^|[ \u3000\t])[○◯〇×✕✖●△▲－―]+(?=$|[ \u3000\t])")
"""A row of a list of votes by member has no title behind its number."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What is dealt with: matters by their numbers, or one that has words alone."""

    items: tuple[str, ...] = ()
    words: str | None = None

    def __bool__(self) -> bool:
        """Tell whether anything is dealt with."""
        return bool(self.items or self.words)


@dataclass(frozen=True, slots=True)
class Matters:
    """``titles`` by key of the number; ``scheduled`` holds the matters of each 日程第N.

    ``printed`` holds each number as it was printed first.
    """

    titles: dict[str, str] = field(default_factory=dict)
    printed: dict[str, str] = field(default_factory=dict)
    scheduled: dict[int, tuple[str, ...]] = field(default_factory=dict)

    @staticmethod
    def of(passages: Sequence[Passage], agenda: Iterable[str]) -> "Matters":
        """Collect the matters; the agenda and headings take precedence over speeches."""
        matters = Matters()
        lines = [*agenda]
        heading: tuple[str, ...] = ()
        for passage in passages:
            if passage.heading != heading:
                heading = passage.heading
                lines.extend(heading)
            if passage.speaker is None:
                lines.extend(passage.text.split("\n"))
        for line in lines:
            mark = _MARK.match(line.strip())
            field = read_field(line.strip())
            if mark and (field is None or field.name not in _NO_MATTER):
                matters.titles.setdefault(_place_in_agenda(mark["n"]), mark["title"].strip())
        matters._read_lines(lines)
        for passage in passages:
            for sentence in sentences(passage.text):
                for item in items_in(sentence):
                    matters._add(item, title_after(sentence, item))
        return matters

    def title(self, item: str | None) -> str | None:
        """Return the title of the matter with that number."""
        if not item:
            return None
        title = self.titles.get(item_key(item))
        if title or ("号" in item and "議案" not in item):
            return title
        return self.titles.get(_place_in_agenda(item))

    def items_named_in(self, text: str) -> list[str]:
        """Return the matters that the text names by number or place (``日程第５``)."""
        items = items_in(text)
        if items:
            return items
        return [
            item
            for place in _agenda_places(text)
            for item in self.scheduled.get(place, (f"日程第{place}",))
        ]

    def of_heading(self, text: str, above: Taken) -> Taken:
        """Return what a heading takes up below that of ``above``; nothing for a part of it."""
        items = self.items_named_in(text)
        words = matter_of_heading(text) if above and not items else None
        if words:
            return self.called(words, above)
        return Taken(tuple(items)) or self.opened_by(text)

    def opened_by(self, line: str) -> Taken:
        """Return the matters that a line of its own opens, if it does: 「■第52号（宿泊税）」."""
        bare = bare_number(line)
        if bare:
            words = words_behind(line)
            item = self._of_bare(bare, words) or bare
            self._add(item, words)
            return Taken((item,))
        if not is_heading(line):
            return Taken()
        items = self.items_named_in(line)
        return Taken(tuple(items)) if items else Taken(words=heading_words(line))

    def amended(self, taken: Taken) -> str:
        """Return what an amendment to the matter is called."""
        title = self.title(taken.items[0]) if len(taken.items) == 1 else None
        return f"{title or '、'.join(taken.items) or taken.words or '原案'}に対する修正案"

    def called(self, words: str, last: Taken) -> Taken:
        """Return what is meant by the words of a sentence, where ``last`` is dealt with."""
        exact = [item for item in last.items if words in (self.title(item) or "")]
        if len(exact) == 1:
            return Taken((exact[0],))
        others = [
            self.printed[key]
            for key, title in self.titles.items()
            if key in self.printed and words in title
        ]
        if len(others) == 1 and not exact:
            return Taken((others[0],))
        titles = [self.title(item) for item in last.items] or [last.words]
        if exact or any(title is None or are_kin(words, title) for title in titles):
            return last
        return Taken(words=words)

    def _of_bare(self, number: str, words: str | None) -> str | None:
        """Return the one matter of that number, or of those that have it the one so called."""
        having = [item for key, item in self.printed.items() if key.endswith(item_key(number))]
        if len(having) == 1:
            return having[0]
        titles = ((item, self.title(item)) for item in having)
        called = [item for item, title in titles if words and title and are_kin(words, title)]
        return called[0] if len(called) == 1 else None

    def _read_lines(self, lines: Iterable[str]) -> None:
        place: int | None = None
        for line in lines:
            items = items_in(line)
            for item in items:
                self._add(item, title_of_line(line, item))
            places = _agenda_places(line)
            if len(places) == 1:
                place = places[0]
            if items and place is not None and "。" not in line:
                self.scheduled.setdefault(place, tuple(items))
                place = None

    def _add(self, item: str, title: str | None) -> None:
        self.printed.setdefault(item_key(item), item)
        if title and not _VOTES_CAST.search(title):
            self.titles.setdefault(item_key(item), title)


def _place_in_agenda(mark: str) -> str:
    """Return one key for 議題（１） and （１） of the agenda, another for 第１号議案 and 第１号."""
    number = re.sub(r"[^0-9①-⑳一二三四五六七八九十]", "", fold(mark))
    return f"number {kanji_number(number) or number}" if "号" in mark else f"place {number}"


def _agenda_places(text: str) -> list[int]:
    found: list[int] = []
    end = 0
    for match in _PLACE.finditer(text):
        number = kanji_number(match["n"])
        if number is None:
            continue
        if found and _TO.fullmatch(text[end : match.start()]) and "まで" in text[match.end() :]:
            found.extend(range(found[-1] + 1, number))
        found.append(number)
        end = match.end()
    return found
