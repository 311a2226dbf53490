"""From which day to which a text of an ordinance holds, for each of its parts.

Of several texts of one ordinance each holds until the next one applies; a part that a newer text
brings into force later goes on as the older text has it until then.
"""

import datetime as dt
import functools
import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from index.language.dates import kanji_number
from index.language.text import fold
from index.passage import Document, DocumentKind, Passage, PassageKind
from index.record import PartInForce

_SIDE = re.compile(
    r"(?P<old>現行|改正前|旧|現在)?(?:改正案|改正後|新|改正)?(?:（.+になし）)?(?: \| .+)?"
)
"""The heads of the sides of a 新旧対照表, as its passages carry them."""
FOR_EVER = dt.date.max.toordinal()
_NOTE = re.compile(r"\(.*?\)|\s")
"""What titles of two texts of one ordinance differ in: （令和6年10月1日現在）."""


def title_of(document: Document) -> str:
    """Return what two texts of one ordinance are both called."""
    return _bare(document.title)


def have_one_number(one: Document, other: Document) -> bool:
    """Tell whether two texts called alike print one number, or not both print any.

    The 手数料条例 of two towns have numbers of their own.
    """
    numbers = [_number(text) for text in (one, other)]
    return numbers[0] == numbers[1] or not all(numbers)


def _number(document: Document) -> list[int]:
    """Return the figures of the number of an ordinance, whatever they are written in."""
    printed = fold((document.enactment and document.enactment.number) or "")
    signs = groupby(printed, lambda sign: kanji_number(sign) is not None)
    return [kanji_number("".join(run)) or 0 for counts, run in signs if counts]


@functools.lru_cache(maxsize=1 << 12)  # asked for again with each passage
def _bare(title: str) -> str:
    return _NOTE.sub("", fold(title))


def applies_from(document: Document, article: str | None = None) -> dt.date | None:
    """Return the day from which a text, or the part at an address, applies; its date otherwise.

    A passage that holds a part which is not in force yet is not in force as it stands.
    """
    life = document.enactment
    if life is None or document.kind is not DocumentKind.ORDINANCE:
        return document.date
    touched = (part.day for part in life.parts if article and _touches(article, part.address))
    whole = life.text_from or max(
        (day for day in (document.date, document.date and life.in_force) if day), default=None
    )
    return max(touched, default=whole)


def compared_side(document: Document, passage: Passage) -> str | None:
    """Return the side of a 新旧対照表 that a passage is of, as printed; ``None`` for any other."""
    life = document.enactment
    if life is None or not life.amends or passage.kind is not PassageKind.TABLE:
        return None
    return next((part for part in passage.heading if part and _SIDE.fullmatch(part)), None)


def is_replaced(document: Document, passage: Passage, today: dt.date) -> bool:
    """Tell whether a passage is the old side of a 新旧対照表 whose new side holds by ``today``.

    So is one of which nobody knows the side. Where no day is told, the new one is taken to hold.
    """
    side = compared_side(document, passage)
    if side is None or not ("|" in side or ((found := _SIDE.fullmatch(side)) and found["old"])):
        return False
    day = document.enactment.in_force if document.enactment else None
    return day is None or day <= today


def _touches(article: str, address: str) -> bool:
    shorter, longer = sorted((article, address), key=len)
    return longer == shorter or longer.startswith(f"{shorter}第")


def titles_touched(document: Document) -> Iterator[str]:
    """Yield what the ordinances are called on whose days a document has a bearing."""
    life = document.enactment
    if document.kind is DocumentKind.ORDINANCE:
        yield title_of(document)
        if life and life.amends:
            yield _bare(life.amends)


class Validity:
    """The days of all texts of an index."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._texts: dict[str, list[Document]] = {}
        self._repeals: dict[str, dt.date] = {}
        for document in documents:
            life = document.enactment
            if document.kind is not DocumentKind.ORDINANCE:
                continue
            if life is None or not life.amends:
                self._texts.setdefault(title_of(document), []).append(document)
            elif "廃止" in document.title and (day := life.in_force):
                self._repeals[_bare(life.amends)] = day

    def of(self, document: Document, article: str | None = None) -> tuple[int, int]:
        """Return the first day and the first on which it does not hold any more, as ordinals.

        Without a day it is not known to hold at all (0, 0). What is repealed, nobody knows when,
        holds on no day.
        """
        start = applies_from(document, article)
        return (start.toordinal(), self._end(document, article, start)) if start else (0, 0)

    def around(self, document: Document) -> tuple[int, int]:
        """Return the first day and the end of what holds longest of a document."""
        life = document.enactment
        newer = (part.address for text in self._newer(document) for part in _parts(text))
        own = (part.address for part in life.parts) if life else ()
        spans = [self.of(document, article) for article in (None, *own, *newer)]
        return min(start for start, _ in spans), max(end for _, end in spans)

    def _end(self, document: Document, article: str | None, start: dt.date) -> int:
        life = document.enactment
        if document.kind is not DocumentKind.ORDINANCE:
            return FOR_EVER
        if life and life.is_repealed and life.repealed is None:
            return start.toordinal()
        days = [applies_from(text, article) for text in self._newer(document)]
        days += [life.repealed if life else None, self._repeals.get(title_of(document))]
        return min((day.toordinal() for day in days if day), default=FOR_EVER)

    def _newer(self, document: Document) -> list[Document]:
        """Return the texts of the same ordinance that apply from a later day."""
        life, own = document.enactment, applies_from(document)
        if own is None or (life and life.amends) or document.kind is not DocumentKind.ORDINANCE:
            return []
        return [
            text
            for text in self._texts.get(title_of(document), ())
            if (day := applies_from(text)) and day > own
        ]


def _parts(document: Document) -> Iterable[PartInForce]:
    return document.enactment.parts if document.enactment else ()
