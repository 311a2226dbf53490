"""The head of minutes: title, body, date, place, attendees, agenda, and where the body begins."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.record import Attendee, Role
from ingest import speakers
from ingest.attendance import read_attendee_rows, read_attendees
from ingest.dating import day_and_year_apart, day_of_name, first_day
from ingest.fields import Section, read_field, read_sections
from ingest.headings import read_heading
from ingest.source import Line
from ingest.title import find_body, find_title, one_line

_BODY_STARTS = re.compile(
    r"(?:主な)?(?:審議|議事|会議|協議)の?(?:内容|要旨|概要|経過|録|結果|大要)"
    r"|発言(?:内容|要旨)|質疑(?:応答|の概要)?$|主な(?:意見|質疑|発言)|意見交換"
)
_CALL_TO_ORDER = re.compile(
    r"(?:[0-9IVXA-Z]{1,4}[.)]?[ \t]+)?(?:call(?:ed)? to order|opening)\b", re.IGNORECASE
)
_HOUR = re.compile(r"[（(〔\[]?[ 　]*[○◯〇]?[ 　]*(?:開[ 　]*[会議]|午[ 　]*[前後]|再[ 　]*開)")
_FIRST_NUMBER = re.compile(
    r"[-−・*•]?[ 　]*(?:[（(]?(?:1|１|一|ア|ｱ|a|A|I|Ⅰ)[)）．.、 　\t]|①|⑴"
    r"|第[1１一](?![0-9０-９十])|(?:日程|議題|議案|案件)第?[1１一](?![0-9０-９十])"
    r"|[○◯〇●◎■◆□【＜《])"
)
_BULLET = re.compile(r"^[-・*•][ \u3000]+")
_SHORT = 30
_LOOK_FOR_BODY = 6
_LOOK_FOR_DATE = 40


@dataclass(frozen=True, slots=True)
class Header:
    """What the head of the document says."""

    title: str
    body: str | None
    date: dt.date | None
    place: str | None
    attendees: tuple[Attendee, ...]
    agenda: tuple[str, ...]
    sections: tuple[Section, ...]


def read_header(lines: Sequence[Line], title: str | None, document: str) -> Header:
    """Read the lines before the first speech.

    ``title`` is what the file's metadata says, ``document`` its path.
    """
    sections = read_sections(lines)
    found = find_title(lines, title, document)
    return Header(
        title=found,
        body=find_body(found, [line.text for line in lines[:_LOOK_FOR_BODY]]),
        date=_date(sections, lines, found, document),
        place=_place(sections),
        attendees=_attendees(sections),
        agenda=_agenda(sections),
        sections=tuple(sections),
    )


def body_start(lines: Sequence[Line], first_turn: int) -> int:
    """Return where the body begins: headings and hours that lead to the first speech are its own.

    A heading whose number goes on from the agenda (``（３）その他``) belongs to the head.
    """
    for at in range(first_turn):
        if _CALL_TO_ORDER.match(lines[at].text.strip()):
            return at
    start = first_turn
    rank: int | None = None
    while start > 0:
        line = lines[start - 1]
        text = line.text.strip()
        if _BODY_STARTS.search(text) and len(text) <= _SHORT:
            return start - 1
        heading = read_heading(line) if _FIRST_NUMBER.match(text) else None
        deeper = heading is not None and rank is not None and heading.rank >= rank
        leads = heading and not deeper and not read_field(text) and not _in_agenda(lines, start - 1)
        if heading and leads:
            rank = heading.rank
        elif not (_HOUR.match(text) and len(text) < _SHORT):
            break
        start -= 1
    return start


def _in_agenda(lines: Sequence[Line], at: int) -> bool:
    """The first item under 議事日程 is the agenda's, though it leads to the first speech."""
    above = read_field(lines[at - 1].text.strip()) if at else None
    return above is not None and above.name == "agenda" and not above.value


def _date(
    sections: Sequence[Section], lines: Sequence[Line], title: str, document: str
) -> dt.date | None:
    """Return the day: of the 日時 line, else the first of the head, the title, the file's name."""
    dated = [section.value for section in sections if section.name == "date"]
    head = [line.text for line in lines[:_LOOK_FOR_DATE]]
    texts = (*dated, *head, title)
    return first_day(texts) or day_and_year_apart((title, *head)) or day_of_name(document)


def _place(sections: Sequence[Section]) -> str | None:
    values = (section.value for section in sections if section.name == "place")
    return one_line(next(values, "").strip().split("\n")[0]) or None


def _attendees(sections: Sequence[Section]) -> tuple[Attendee, ...]:
    found: list[Attendee] = []
    for section in sections:
        if section.name in {"attendees", "staff"}:
            side = Role.EXECUTIVE if section.name == "staff" else None
            rest = [line.text for line in section.lines[1:] if not line.cells]
            text = "\n".join([section.value.split("\n")[0], *rest])
            post = "委員" if section.label.endswith(("委員", "議員")) else None
            if speakers.role_of(section.label) is Role.CHAIR:
                text = f"{section.label} {text}"
            found.extend(read_attendees(text, side, post))
            found.extend(read_attendee_rows(section.lines, side))
    unique = {(person.name, person.post): person for person in found}
    return tuple(unique.values())


def _agenda(sections: Sequence[Section]) -> tuple[str, ...]:
    items = (
        _BULLET.sub("", text.strip())
        for section in sections
        if section.name == "agenda"
        for text in section.value.split("\n")
    )
    return tuple(item for item in items if re.search(r"\w", item))
