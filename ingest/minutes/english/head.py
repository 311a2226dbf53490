"""The head of English minutes: body, place, opening and closing times, attendance."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from index.language.text import is_japanese
from index.passage import Passage
from index.record import Attendee, Role
from ingest.document.source import Line
from ingest.document.title import one_line
from ingest.minutes.english.counts import read_roll_call_line
from ingest.minutes.english.people import is_list_entry, read_english_people
from ingest.minutes.sitting.header import Header
from ingest.minutes.sitting.membership import with_parties
from ingest.minutes.sitting.session import Hours

_ORGAN = (
    r"(?:Council|Committee|Subcommittee|Commission|Board|Authority|Assembly|Panel|Cabinet|Senate"
    r"|Task Force|Select Board|Selectboard|Court)"
)
_WORD = r"(?:[A-Z][\w.'’&-]*|of|on|for|and|the|&|de|la)"
_BODY = re.compile(
    rf"(?:[A-Z][\w.'’&-]*[ ,]+(?:{_WORD}[ ,]+){{0,7}})?{_ORGAN}\b"
    r"(?:\s+(?:of|on|for)(?:\s+(?:the\s+)?[A-Z][\w'’&-]*(?:,)?(?:\s+and)?)+)?"
)
_BEFORE = re.compile(
    r"^(?:(?:Draft|(?:Un)?approved|Official|Minutes|Proceedings|Transcript|Record|Regular|Special"
    r"|Joint|Adjourned|Emergency|Annual|Ordinary|Meetings?|Session|of|the|a|for)\b[\s,:]*)+",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    rf"^(?:the\s+)?(?:City|Town|County|Village|Township|Borough|Parish|District|Common)?\s*{_ORGAN}$",
    re.IGNORECASE,
)
_MUNICIPALITY = r"(?:City|Town|Village|County|Township|Borough|District|Municipality|Parish)"
_PLACE_NAME = re.compile(
    r"^(?:The\s+)?(?:(?:Municipal\s+)?Corporation\s+of\s+(?:the\s+)?)?"
    rf"(?P<name>{_MUNICIPALITY}\s+of\s+[A-Z][\w.'’ -]+|[A-Z][\w.'’ -]+?\s+{_MUNICIPALITY})$",
    re.IGNORECASE,
)
_ROOM = re.compile(
    r"\b(?:Chambers?|Room|Hall|Cent(?:er|re)|Building|Library|Court ?house|Annex|School|Auditorium"
    r"|Zoom|Teams|Street|Avenue|via video)\b",
    re.IGNORECASE,
)
_HELD = re.compile(
    r"\b(?:held|met|meeting|[ap]\.?m\.?|[0-9]{4})\b[^;]*?\b(?:in|at) "
    r"(?P<place>(?:the )?[A-Z][^;]*)$"
)
_WHEN = re.compile(
    r"^(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\W*)?(?:[A-Z][a-z]+ [0-9]{1,2},? [0-9]{4}"
    r"|[0-9]{1,2} [A-Z][a-z]+ [0-9]{4})?[\s,|–—-]*(?:at )?"
    r"(?:[0-9]{1,2}[:.][0-9]{2}\s*(?:[ap]\.?m\.?)?)?",
    re.IGNORECASE,
)
_NO_PLACE = re.compile(rf"\b(?:Meeting|Minutes|Transcript|Agenda)\b|^{_BODY.pattern}$")
_FIELD = re.compile(
    r"[\s*#•-]*(?P<label>(?:[A-Za-z]+ ){0,4}[A-Za-z]+)[\s*]*[:：][\s*]*(?P<value>.*)$", re.DOTALL
)
_LABEL = re.compile(
    r"(?P<absent>(?:[a-z]+ )*(?:absent|excused|apologies(?: for absence)?|regrets))"
    r"|(?P<staff>(?:[a-z]+ )*staff(?: (?:members )?(?:present|in attendance))?|in attendance"
    r"|(?:also|others?)(?: (?:present|in attendance))?|officers(?: present)?)"
    r"|(?P<present>(?:(?:council|board|committee|voting) ?)?(?:members? )?"
    r"(?:present|attending|attendance)|attendees?|roll call|members)"
    r"|(?P<place>(?:meeting )?(?:place|location|venue)|where|held at)",
    re.IGNORECASE,
)
"""The labels of the fields we read."""
_FIELDS_APART = re.compile(
    r"\.\s+(?=(?:Absent|Excused|Also present|Apologies|Regrets|Staff(?: present)?):)"
)
"""「Present: Hall, Chair Lowe. Absent: None.」"""
_CLOCK = (
    r"(?P<hour>[0-9]{1,2})(?:[:.](?P<minute>[0-9]{2}))?\s*(?P<half>[ap])\.?\s?m\b\.?"
    r"|(?P<hour24>[0-2]?[0-9])[:.](?P<minute24>[0-9]{2})(?:\s*(?:hours|hrs))?|(?P<noon>noon)"
)
_OPENED = re.compile(
    rf"(?:call(?:ed|s|ing)?\s[^.]{{0,90}}?\bto order\b|convened|commenced"
    r"|opened the (?:regular )?meeting"
    rf"|meeting (?:was )?(?:opened|began|started)|recording starts|start(?:ed)?\s*time)"
    rf"[^.;]{{0,60}}?(?:{_CLOCK})",
    re.IGNORECASE,
)
_OPENED_BEFORE = re.compile(rf"\bat (?:{_CLOCK})[^.]{{0,90}}?\bto order\b", re.IGNORECASE)
_CLOSED = re.compile(
    rf"(?:adjourn(?:ed|ment|s)?|(?:meeting|session) (?:was )?(?:closed|ended|concluded|rose))\b"
    rf"(?!\s+(?:to|until))[^.;]{{0,60}}?(?:{_CLOCK})",
    re.IGNORECASE,
)
_PRINTED_CLOCK = re.compile(_CLOCK, re.IGNORECASE)
_STAMP = re.compile(r"\((?P<hour>[0-2][0-9])(?P<minute>[0-5][0-9])\)")
_SLASHED = re.compile(r"\b(?P<a>[0-9]{1,2})/(?P<b>[0-9]{1,2})/(?P<year>(?:19|20)[0-9]{2})\b")
_REGION = re.compile(
    r"\b(?:(?P<american>township|county|council ?(?:member|man|woman)|supervisors?|aldermen"
    r"|trustees|planning board|select ?board|[ap]\.?m\b)|councillors?|borough|parish|apologies)\b",
    re.IGNORECASE,
)
"""Words that distinguish American minutes from British ones, which put the day before the month."""
_HEAD = 12
_WIDTH = 90
_LONGEST = 300
_BUSINESS = re.compile(
    r"[#*\s]*(?:(?:item )?(?:[0-9]{1,2}|[IVX]{1,4}|[A-Z])[.):]\s+\S|[0-9]{2,4}/[0-9]{1,4}\b"
    r"|(?:the )?(?:[\w ]{0,40} )?call(?:ed)?\b[^.]{0,60}\bto order\b)",
    re.IGNORECASE,
)
_MONTHS = 12
_NOON = 12


def read_english_head(header: Header, lines: Sequence[Line]) -> Header:
    """Return the header completed from English minutes; unchanged if the lines are Japanese.

    ``lines`` are those before the first speech.
    """
    if not lines or is_japanese("".join(line.text for line in lines)):
        return header
    present, absent = _read_people(lines)
    gone = {person.name for person in absent}
    return replace(
        header,
        body=_body(header.title, lines) or header.body,
        place=_place(lines) or header.place,
        date=header.date or _date(lines),
        attendees=tuple(each for each in present if each.name not in gone) or header.attendees,
        absentees=absent or header.absentees,
    )


def english_body_start(lines: Sequence[Line]) -> int | None:
    """Return where the business begins in minutes without speakers; ``None`` if unknown."""
    if not lines or is_japanese("".join(line.text for line in lines)):
        return None
    found = (at for at, line in enumerate(lines) if at and _BUSINESS.match(line.text.strip()))
    return next(found, None)


def read_english_hours(lines: Iterable[Line], passages: Sequence[Passage]) -> Hours | None:
    """Return when the meeting opened and closed; ``None`` if the text is not English.

    ``lines`` are those of the head, where a lone time is the opening time.
    """
    head = [line.text for line in lines]
    texts = [*head, *(passage.text for passage in passages)]
    if is_japanese("".join(texts)[:20000]):
        return None
    opened = (
        _first_time(_OPENED, texts) or _first_time(_OPENED_BEFORE, texts) or _first_stamp(texts)
    )
    if opened is None:
        opened = _first_time(_PRINTED_CLOCK, [text for text in head if len(text) <= 2 * _WIDTH])
    closed = [time for text in texts if (match := _CLOSED.search(text)) and (time := _time(match))]
    return Hours(opened, closed[-1] if closed else None)


def _body(title: str, lines: Sequence[Line]) -> str | None:
    head = [one_line(line.text).strip("* ") for line in lines[:_HEAD]]
    # a title may begin with the line above it, which names the council
    title = title.removeprefix(head[0]).strip() if head else title
    near = [_title_case(text) for text in (title, *head) if len(text) <= _WIDTH]
    found = (name for text in near if (name := _organ_in(text)))
    name = next(found, None)
    if name and _GENERIC.match(name):
        places = (match["name"] for text in near if (match := _PLACE_NAME.match(text)))
        place = next(places, None)
        full = (own for text in near if (own := _organ_in(text)) and own.endswith(name))
        longer = max(full, key=len, default=name)
        if place is None and longer == name and " " not in name:
            return None
        return f"{place} {name}" if place else longer
    return name


def _organ_in(text: str) -> str | None:
    match = _BODY.search(_BEFORE.sub("", text))
    return _BEFORE.sub("", match[0]).strip(" ,") or None if match else None


def _title_case(text: str) -> str:
    """Turn text in capitals into title case, so that one rule reads both."""
    if text != text.upper():
        return text
    small = {"Of", "On", "For", "And", "The"}
    words = text.title().replace("’S", "’s").replace("'S", "'s").split(" ")
    return " ".join(word.lower() if at and word in small else word for at, word in enumerate(words))


def _place(lines: Sequence[Line]) -> str | None:
    fields = [field for line in lines if (field := _FIELD.match(line.text.strip()))]
    named = next((f["value"] for f in fields if _label_kind(f) == "place"), None)
    if named:
        return one_line(named).strip("* ") or None
    for line in lines[:_HEAD]:
        text = one_line(line.text).strip("* ")
        if len(text) > _LONGEST:
            continue
        held = _HELD.search(text)
        if held and _ROOM.search(held["place"]):
            return held["place"].strip(" ,.")
        text = _WHEN.sub("", text).strip(" ,;|-–—")
        alone = len(text) <= _WIDTH and not text.endswith(".") and not _FIELD.match(text)
        if alone and _ROOM.search(text) and not _NO_PLACE.search(_title_case(text)):
            return text
    return None


def _read_people(lines: Sequence[Line]) -> tuple[tuple[Attendee, ...], tuple[Attendee, ...]]:
    """Return those present and those absent."""
    present: list[Attendee] = []
    absent: list[Attendee] = []
    lists: dict[str, tuple[list[Attendee], Role | None]] = {
        "absent": (absent, None),
        "staff": (present, Role.EXECUTIVE),
        "present": (present, Role.MEMBER),
    }
    current: tuple[list[Attendee], Role | None] | None = None
    for text in (part for line in lines for part in _FIELDS_APART.split(line.text.strip())):
        listed = read_roll_call_line(text)
        if listed and listed.side != "neither":
            break  # from the first roll call on, lists of names are votes
        field = _FIELD.match(text)
        if field is None:
            if current and is_list_entry(text):
                current[0].extend(read_english_people(text, current[1]))
            else:
                current = None
            continue
        current = lists.get(_label_kind(field) or "")
        if current:
            value = field["value"].replace("*", "")
            current[0].extend(read_english_people(value, current[1]))
    partied = with_parties(present, "\n".join(line.text for line in lines))
    return tuple(partied), tuple(absent)


def _label_kind(field: re.Match[str]) -> str | None:
    match = _LABEL.fullmatch(field["label"].strip())
    return match.lastgroup if match else None


def _date(lines: Sequence[Line]) -> dt.date | None:
    """Read a date such as 02/12/2024 if the order of day and month is clear."""
    texts = [line.text for line in lines]
    match = next((found for text in texts if (found := _SLASHED.search(text))), None)
    if match is None:
        return None
    first, second = int(match["a"]), int(match["b"])
    regions = {found.lastgroup for found in _REGION.finditer(" ".join(texts))}
    american, british = regions == {"american"}, None in regions
    if first > _MONTHS or (second <= _MONTHS and british):
        first, second = second, first
    elif second <= _MONTHS and first != second and not american:
        return None
    try:
        return dt.date(int(match["year"]), first, second)
    except ValueError:
        return None


def _first_time(pattern: re.Pattern[str], texts: Iterable[str]) -> dt.time | None:
    times = (_time(match) for text in texts if (match := pattern.search(text)))
    return next((time for time in times if time), None)


def _first_stamp(texts: Iterable[str]) -> dt.time | None:
    """Return the first time stamp on a line of its own, as Hansard prints them: ``(1105)``."""
    stamps = (match for text in texts if (match := _STAMP.fullmatch(text.strip())))
    first = next(stamps, None)
    hour = int(first["hour"]) if first else 24
    return dt.time(hour, int(first["minute"])) if first and hour < _NOON * 2 else None


def _time(match: re.Match[str]) -> dt.time | None:
    if match["noon"]:
        return dt.time(_NOON)
    hour = int(match["hour"] or match["hour24"])
    minute = int(match["minute"] or match["minute24"] or 0)
    half = (match["half"] or "").lower()
    if half:
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    try:
        return dt.time(hour, minute)
    except ValueError:
        return None
