"""Parties in an attendance list: ``【公明党】``, ``公明党　山田``, ``山田太郎（公明党）``."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.record import Attendee, Role
from ingest.document.source import Line
from ingest.minutes.sitting.attendance import find_column, read_attendee_rows, read_attendees
from ingest.minutes.speakers import speakers
from ingest.minutes.speakers.parties import SHORT_PARTY, is_party, may_be_party

_HEADED = re.compile(
    r"^[ \u3000]*(?:[【＜<〔\[《（(](?P<closed>[^】＞>〕\]》）()]{2,20})[】＞>〕\]》）)]"
    r"|[・•○◯◎◇◆□■●]?[ \u3000]*(?P<plain>[^\s：:、，（(]{2,20}))[ \u3000]*(?:[：:]|[ \u3000]+|$)"
    r"(?P<rest>.*)$"
)
_BEHIND_NAME = r"[ \u3000]*(?:君|議員|委員|氏|さん)?[ \u3000]*[（(]([^（）()]{2,24})[）)]"
_PARTY_HEADS = ("会派", "党派", "政党", "party", "group")
_TWICE = 2


def read_members(text: str, side: Role | None, post: str | None) -> list[Attendee]:
    """Return the people named, as ``read_attendees`` does, with their parties."""
    found: list[Attendee] = []
    for party, part in _split_by_party(text):
        default = post or ("議員" if party else None)
        found += [replace(person, party=party) for person in read_attendees(part, side, default)]
    return with_parties(found, text)


def read_member_rows(lines: Sequence[Line], side: Role | None) -> list[Attendee]:
    """Return the people in a table, as ``read_attendee_rows`` does, with their parties."""
    rows = [line.cells for line in lines if line.cells]
    at = find_column(rows, _PARTY_HEADS)
    if at is None:
        return read_attendee_rows(lines, side)
    cut = [replace(line, cells=_drop_cell(line.cells, at)) for line in lines if line.cells]
    beside = {
        speakers.fold_label("".join(_drop_cell(row, at))): row[at].strip()
        for row in rows[1:]
        if at < len(row)
    }
    return [
        replace(person, party=_party_of(person, beside)) for person in read_attendee_rows(cut, side)
    ]


def _party_of(person: Attendee, beside: dict[str, str]) -> str | None:
    name = speakers.fold_label(person.name)
    return next((party for row, party in beside.items() if name in row and party), None)


def _drop_cell(cells: Sequence[str], at: int) -> tuple[str, ...]:
    return tuple(cell for place, cell in enumerate(cells) if place != at)


def _split_by_party(text: str) -> Iterator[tuple[str | None, str]]:
    """Split a list at lines that open with a party; one alone on a line applies to those below."""
    party: str | None = None
    pending: list[str] = []
    for line in text.split("\n"):
        headed = _HEADED.match(line)
        name = (headed["closed"] or headed["plain"]) if headed else None
        if headed is None or name is None or not is_party(name):
            pending.append(line)
            continue
        if pending:
            yield party, "\n".join(pending)
        party, pending = name, [headed["rest"]]
    yield party, "\n".join(pending)


def with_parties(found: Sequence[Attendee], text: str) -> list[Attendee]:
    """Add the parties in brackets after names; a short form counts if several people bear it."""
    folded = unicodedata.normalize("NFKC", text)
    beside = [_party_after_name(person, folded) for person in found]
    return [
        replace(person, party=party)
        if party
        and (is_party(party) or (beside.count(party) >= _TWICE and SHORT_PARTY.fullmatch(party)))
        else person
        for person, party in zip(found, beside, strict=True)
    ]


def _party_after_name(person: Attendee, text: str) -> str | None:
    name = r"[ \u3000]*".join(re.escape(sign) for sign in speakers.fold_label(person.name))
    match = re.search(name + _BEHIND_NAME, text)
    return match[1].strip() if match and may_be_party(match[1]) else None
