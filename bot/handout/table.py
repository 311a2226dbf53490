"""A history as CSV that a spreadsheet opens with a double click: one line an entry or a vote. Pure.

UTF-8 with a byte order mark, without which Excel takes Japanese for another encoding.
"""

import csv
import io
from collections.abc import Iterator

from bot.history.meetings import Decided, Entry, History, Meeting
from bot.texts import Wording, place_text, wording
from index.language.visible import visible
from index.passage import Hit, Passage

_BEGINS_A_FORMULA = tuple("=+-@＝＋－＠")
"""What a spreadsheet takes for a formula where a cell begins with it (OWASP, CSV injection)."""


def table(history: History) -> bytes:
    """Return all meetings of a history, in its order and with heads in its language."""
    words = wording(history.language)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(words.history_columns)
    for meeting in history.meetings:
        writer.writerows(map(harmless, row) for row in _rows(meeting, words))
    return text.getvalue().encode("utf-8-sig", "replace")


def harmless(cell: str) -> str:
    """Return the text of a cell so that no spreadsheet reckons with it: behind an apostrophe."""
    shown = visible(cell).replace("\t", " ").strip()
    return f"'{shown}" if shown.startswith(_BEGINS_A_FORMULA) else shown


def _rows(meeting: Meeting, words: Wording) -> Iterator[tuple[str, ...]]:
    for entry in meeting.entries:
        yield (*_of(meeting, entry.hit, words), *_said(entry), "", *_last(entry.hit, entry))
    for decided in meeting.decided:
        yield (*_of(meeting, decided.hit, words), *_voted(decided), *_last(decided.hit))


def _of(meeting: Meeting, hit: Hit | None, words: Wording) -> tuple[str, ...]:
    document = hit.document if hit else meeting.document
    return (
        document.date.isoformat() if document.date else "",
        document.body or "",
        document.title or "",
        document.document,
        _page(hit.passage, words) if hit else "",
    )


def _page(passage: Passage, words: Wording) -> str:
    """Return the page as a number, which can be sorted; where it is more, or none, the place."""
    one = passage.last_page in {None, passage.page} and not passage.by_machine
    return str(passage.page) if passage.page and one else place_text(passage, words) or ""


def _said(entry: Entry) -> tuple[str, ...]:
    return entry.hit.passage.speaker or "", entry.asker or "", entry.quote


def _voted(decided: Decided) -> tuple[str, ...]:
    return "", "", "", decided.told


def _last(hit: Hit | None, entry: Entry | None = None) -> tuple[str, ...]:
    promised = "\n".join(each.text for each in entry.promised) if entry else ""
    return (hit.url if hit and hit.url else ""), promised
