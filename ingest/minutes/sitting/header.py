"""The head of minutes: title, body, date, place, attendees, agenda, and where the body begins."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.record import Attendee, Role
from ingest.document.headings import read_heading
from ingest.document.source import Line
from ingest.document.title import find_body, find_title, one_line
from ingest.minutes.sitting.attendance import read_absentees
from ingest.minutes.sitting.day import SittingDay, sitting_day
from ingest.minutes.sitting.fields import Section, read_field, read_sections
from ingest.minutes.sitting.membership import read_member_rows, read_members
from ingest.minutes.speakers import speakers
from ingest.minutes.speakers.mark_legend import legend_line

_BODY_STARTS = re.compile(
    r"(?:審議|議事|会議|協議)の?(?:内容|要旨|概要|経過|録|結果|大要)"
    r"|発言(?:内容|要旨)|質疑(?:応答|の概要)?[》≫】＞>]?$|主な(?:意見|質疑|発言)|意見交換"
)
_EXPLAINED = re.compile(
    r"[（(【]?(?:[^。、]{1,16}(?:から|より)|資料)[^。]{0,50}説明[^。]{0,24}。?[）)】]?$"
)
"""「事務局から資料1により説明」: what the clerk tells before the first question is of the body."""
_CALL_TO_ORDER = re.compile(
    r"(?:[0-9IVXA-Z]{1,4}[.)]?[ \t]+)?(?:call(?:ed)? to order|opening)\b", re.IGNORECASE
)
_HOUR = re.compile(r"[（(〔\[]?[ 　]*[○◯〇]?[ 　]*(?:開[ 　]*[会議]|午[ 　]*[前後]|再[ 　]*開)")
_FIRST_NUMBER = re.compile(
    r"[-−・*•]?[ 　]*(?:[（(]?[1１一アｱaAIⅠ][)）．.、 　\t]"
    r"|(?:第|(?:日程|議題|議案|案件)第?)[1１一](?![0-9０-９十])|[①⑴○◯〇●◎■◆□【＜《≪])"
)
_FIRST_MATTER = re.compile(r"(?P<what>[■◆【]?(?:議題|案件|議案|日程)第?)[1１一](?![0-9０-９十])")
_CALLED = re.compile("招集")
_SHORT = 30
_LONGEST = 300
"""How many characters of a line are searched for a body; its name comes first."""
_LOOK_FOR_BODY = 6
_LOOK_FOR_DATE = 40


@dataclass(frozen=True, slots=True)
class Header:
    """The head of the document.

    ``date_text`` is the date as printed; ``attendees`` are those present only;
    ``warnings`` say what of the head contradicts itself.
    """

    title: str
    body: str | None
    date: dt.date | None
    place: str | None
    attendees: tuple[Attendee, ...]
    agenda: tuple[str, ...]
    sections: tuple[Section, ...]
    date_text: str | None = None
    absentees: tuple[Attendee, ...] = ()
    warnings: tuple[str, ...] = ()


def read_header(lines: Sequence[Line], title: str | None, document: str) -> Header:
    """Read the head from the lines before the first speech.

    ``title`` is what the file's metadata says, ``document`` its path.
    """
    sections = read_sections(lines)
    found = find_title(lines, title, document)
    day = _day(sections, lines, found, document)
    listed, absentees = _persons(sections)
    missing = {_key(person) for person in absentees}
    return Header(
        title=found,
        body=find_body(found, [line.text[:_LONGEST] for line in lines[:_LOOK_FOR_BODY]]),
        date=day.date,
        place=_place(sections),
        attendees=tuple(person for person in listed if _key(person) not in missing),
        agenda=_agenda(sections),
        sections=tuple(sections),
        date_text=day.printed,
        absentees=absentees,
        warnings=day.warnings,
    )


def body_start(lines: Sequence[Line], first_turn: int) -> int:
    """Return where the body begins; headings and times just before the first speech belong to it.

    A heading that continues the numbering of the agenda (``（３）その他``) belongs to the head.
    """
    for at in range(first_turn):
        if _CALL_TO_ORDER.match(lines[at].text.strip()):
            return at
    legend = legend_line(lines[:first_turn])
    if legend is not None and not any(
        read_field(line.text) for line in lines[legend + 1 : first_turn]
    ):
        return legend
    start = first_turn
    rank: int | None = None
    while start > 0:
        line = lines[start - 1]
        text = line.text.strip()
        begins = len(text) <= _SHORT and _BODY_STARTS.search(text) is not None
        heading = read_heading(line) if begins or _FIRST_NUMBER.match(text) else None
        deeper = heading is not None and rank is not None and heading.rank >= rank
        listed = read_field(text) or _in_agenda(lines, start - 1)
        leads = heading and not deeper
        if listed and not _opens_matter(text, lines[start:first_turn], lines[first_turn:]):
            leads = False
        if heading and (begins or leads):
            rank = heading.rank
        elif not (begins or _EXPLAINED.match(text) or (_HOUR.match(text) and len(text) < _SHORT)):
            break
        start -= 1
    return start


def _opens_matter(text: str, below: Sequence[Line], body: Sequence[Line]) -> bool:
    """Tell whether 議題1 opens what is dealt with first: 主な意見 below, or 議題2 follows."""
    first = _FIRST_MATTER.match(text)
    if first is None:
        return False
    second = tuple(first["what"] + number for number in "2２二")
    return bool(below and _BODY_STARTS.search(below[0].text)) or any(
        line.text.strip().startswith(second) for line in body
    )


def _in_agenda(lines: Sequence[Line], at: int) -> bool:
    """Tell whether a line is the first item under 議事日程, which belongs to the agenda."""
    above = read_field(lines[at - 1].text.strip()) if at else None
    if above is None or above.value:
        return False
    # 議事 and its first item, right before the speeches, are headings of the body
    return above.name == "agenda" and above.label != "議事"


def _day(
    sections: Sequence[Section], lines: Sequence[Line], title: str, document: str
) -> SittingDay:
    """Return the day from the 日時 line, or else from the head, the title or the file name."""
    dated = [section for section in sections if section.name == "date"]
    called = [section.value for section in dated if not _CALLED.match(section.label)]
    head = [line.text for line in lines[:_LOOK_FOR_DATE]]
    return sitting_day(called, head, title, document)


def _place(sections: Sequence[Section]) -> str | None:
    values = (section.value for section in sections if section.name == "place")
    return one_line(next(values, "").strip().split("\n")[0]) or None


def _persons(sections: Sequence[Section]) -> tuple[list[Attendee], tuple[Attendee, ...]]:
    """Return the people listed, and those marked as absent."""
    present: list[Attendee] = []
    absent: list[Attendee] = []
    for section in sections:
        if section.name in {"attendees", "staff"}:
            lists = _persons_in_section(section)
            present.extend(lists)
            absent.extend(read_absentees(section.lines, lists))
        elif section.name == "absent":
            absent.extend(_persons_in_section(section))
    return list(_unique(present)), _unique(absent)


def _persons_in_section(section: Section) -> list[Attendee]:
    side = Role.EXECUTIVE if section.name == "staff" else None
    rest = [line.text for line in section.lines[1:] if not line.cells]
    text = "\n".join([section.value.split("\n")[0], *rest])
    post = "委員" if section.label.endswith(("委員", "議員")) else None
    if section.name == "absent" and "議員" in section.label:
        post = "議員"
    if speakers.role_of(section.label) is Role.CHAIR:
        text = f"{section.label} {text}"
    return [*read_members(text, side, post), *read_member_rows(section.lines, side)]


def _unique(persons: Sequence[Attendee]) -> tuple[Attendee, ...]:
    return tuple({_key(person): person for person in persons}.values())


def _key(person: Attendee) -> tuple[str, str | None]:
    return speakers.fold_label(person.name), person.post


def _agenda(sections: Sequence[Section]) -> tuple[str, ...]:
    items = (
        text.strip().removeprefix("-").lstrip("・*• \u3000")
        for section in sections
        if section.name == "agenda"
        for text in section.value.split("\n")
    )
    return tuple(item for item in items if re.search(r"\w", item))
