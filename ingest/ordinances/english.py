"""English ordinances and bylaws: by section, with addresses such as ``Section 2-3(a)(1)``."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from index.language.dates import find_dates
from index.passage import Passage, PassageKind
from index.record import Enactment, Reference
from ingest.document.cutting import SOFT_LIMIT_LISTED
from ingest.document.source import Line
from ingest.ordinances.passages import LONGEST_WHOLE, Frame, cut_text

SECTION = re.compile(
    r"[ \u3000]*(?:(?:Section|SECTION|Sec\.|SEC\.|§+)[ \u00a0]*"
    r"(?P<number>\d+[A-Z]?(?:[-.]\d+[A-Z]?)*)"
    r"|(?P<code>\d+\.\d{2,3}\.\d{2,4}))(?:[.:)]|(?=[ \u00a0\u3000—–-]|$))"
    r"[ \u00a0\u3000—–-]*(?P<rest>.*)$",
    re.DOTALL,
)
ENGLISH_NAME = re.compile(
    r"\b(?:ordinance|by-?law|municipal code|code of ordinances)\b", re.IGNORECASE
)
_DIVISION = re.compile(
    r"[ \u3000]*(?P<unit>TITLE|PART|ARTICLE|CHAPTER|DIVISION|Title|Part|Article|Chapter|Division)"
    r"[ \u00a0]+(?:[IVXLC]+|\d+(?:\.\d+)?|[A-Z])\b[^;,]{0,80}$"
)
_CAPTION = re.compile(r"(?P<caption>[A-Z][^.;:]{2,80})\.(?=[ \u00a0\u3000—–-]|$)")
_ITEM = re.compile(
    r"[ \u3000]*(?P<label>\((?:[a-z]{1,2}|[A-Z]|\d{1,2}|[ivx]{1,5})\))[ \u00a0\u3000]*\S"
)
RECITALS = ("WHEREAS", "NOW, THEREFORE", "NOW THEREFORE")
_REFERENCE = re.compile(
    r"(?:\b(?:[Ss]ections?|Sec\.)|§+)[ \u00a0]*(?P<number>\d+[A-Z]?(?:[-.]\d+[A-Z]?)*)"
    r"(?P<parts>(?:\([a-zA-Z0-9]{1,4}\))*)"
    r"(?:[ \u00a0]+of[ \u00a0]+the[ \u00a0]+(?P<title>(?:[A-Z][\w'’-]*[ \u00a0]+){0,6}"
    r"(?:Code|Charter|Act|Ordinance|Bylaw|Statutes|Constitution)\b))?"
)
_NUMBER = re.compile(
    r"\b(?:ordinance|by-?law)[ \u00a0]+(?:no\.?|number|#)[ \u00a0]*[A-Z]*\d[\w-]*", re.IGNORECASE
)
_EVENT = re.compile(
    r"\b(?:(?P<passed>passed|adopted|enacted|approved)|(?P<amended>amended)"
    r"|(?P<force>(?:take|takes|taking|come|comes|in)\b.{0,20}\b(?:effect|force)|effective)"
    r"|(?P<expires>(?:expires?|sunsets?|is repealed)\b.{0,12}\bon))\b",
    re.IGNORECASE,
)
"""What happens to an ordinance on the day named after it."""
_REPEALED = re.compile(r"[\[(]repealed\b|^repealed\b", re.IGNORECASE)
_HEAD = 8
_LONGEST_NAME = 60


@dataclass(slots=True)
class _Section:
    address: str | None
    heading: tuple[str, ...]
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class _Part:
    path: str
    lines: list[Line]


def count_sections(lines: Sequence[Line]) -> int:
    """Return how many lines open a section."""
    return sum(1 for line in lines if not line.cells and SECTION.match(line.text))


def parse_english(lines: Sequence[Line]) -> list[Passage]:
    """Return the passages of an English ordinance: head, recitals, sections and their parts."""
    passages: list[Passage] = []
    for section in _sections(lines):
        passages.extend(_cut_section(section))
    return [_with_references(passage) for passage in passages]


def read_english_enactment(lines: Sequence[Line]) -> Enactment:
    """Return number, passage, amendment, effective date and repeal of an English ordinance."""
    texts = [line.text for line in lines]
    number = next((match[0] for text in texts[:_HEAD] if (match := _NUMBER.search(text))), None)
    days = _days_of_events(texts)
    amended = _days_of_events(texts[:_HEAD]).get("amended")
    in_force, repealed_on = days.get("force"), days.get("expires")
    repealed = any(_REPEALED.search(text) for text in texts[:_HEAD])
    return Enactment(
        number=number,
        promulgated=days.get("passed"),
        amended=amended,
        in_force=in_force,
        repealed=repealed_on,
        is_repealed=repealed or repealed_on is not None,
        text_from=max((day for day in (amended, in_force) if day), default=None),
    )


def _days_of_events(texts: Sequence[str]) -> dict[str, dt.date]:
    """Return the first day named after each kind of event."""
    days: dict[str, dt.date] = {}
    for text in texts:
        for match in _EVENT.finditer(text):
            found = find_dates(text[match.end() :])
            if found and found[0].start == found[0].end:
                days.setdefault(match.lastgroup or "", found[0].start)
    return days


def _sections(lines: Sequence[Line]) -> list[_Section]:
    found = [_Section(None, ())]
    divisions = _Divisions()
    for line in lines:
        text = line.text.strip()
        opened = None if line.cells else SECTION.match(text)
        if opened:
            caption = _CAPTION.match(opened["rest"])
            own = (caption["caption"],) if caption else ()
            number = opened["number"]
            address = f"Section {number}" if number else opened["code"]
            found.append(_Section(address, (*divisions.names, *own), [line]))
        elif not line.cells and divisions.enter(text):
            found.append(_Section(None, divisions.names))
        elif not found[-1].lines and divisions.name_last(text):
            found[-1].heading = divisions.names
        elif text.startswith(RECITALS) and found[-1].address is None:
            if found[-1].heading != ("Recitals",):
                found.append(_Section(None, ("Recitals",)))
            found[-1].lines.append(line)
        else:
            found[-1].lines.append(line)
    return [section for section in found if section.lines]


@dataclass(slots=True)
class _Divisions:
    """The divisions in force, the outermost first: which holds which, each code says by itself."""

    units: list[str] = field(default_factory=list)
    in_force: dict[int, str] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.in_force.values())

    def enter(self, text: str) -> bool:
        """Enter the division that a line opens; say whether it opens one."""
        division = _DIVISION.match(text)
        if division is None:
            return False
        unit = division["unit"].lower()
        if unit not in self.units:
            self.units.append(unit)
        level = self.units.index(unit)
        self.in_force = {key: words for key, words in self.in_force.items() if key < level}
        self.in_force[level] = text
        return True

    def name_last(self, text: str) -> bool:
        """Add the name of a division, in capitals on the line below its number."""
        last = max(self.in_force, default=None)
        if last is None or not text.isupper() or len(text) > _LONGEST_NAME:
            return False
        self.in_force[last] += f" {text}"
        return True


def _cut_section(section: _Section) -> Iterator[Passage]:
    kind = PassageKind.ARTICLE if section.address or section.heading else PassageKind.HEADER
    frame = Frame(kind, section.heading, section.address)
    size = sum(len(line.text) for line in section.lines)
    if section.address is None or size <= LONGEST_WHOLE:
        yield from cut_text(section.lines, frame)
        return
    parts = _parts(section.lines)
    lead = " ".join(line.text.strip() for line in parts[0].lines)
    lead = lead if len(lead) <= LONGEST_WHOLE // 2 else ""
    group: list[_Part] = []
    for part in parts:
        if group and _size(group) + _size([part]) > SOFT_LIMIT_LISTED:
            yield from _group_passages(group, frame, lead)
            group = []
        group.append(part)
    yield from _group_passages(group, frame, lead)


def _group_passages(group: Sequence[_Part], frame: Frame, lead: str) -> Iterator[Passage]:
    """Yield some parts: a single one has its own address, several have that of the section."""
    lines = [line for part in group for line in part.lines]
    label = group[0].path if len(group) == 1 else ""
    below = frame.below(label, lead if group[0].path and lines[0].text.strip() != lead else "")
    yield from cut_text(lines, below)


def _size(group: Sequence[_Part]) -> int:
    return sum(len(line.text) for part in group for line in part.lines)


def _parts(lines: Sequence[Line]) -> list[_Part]:
    """Split a section at (a), (1), (i); a kind of label that is open continues, a new one nests."""
    parts = [_Part("", [])]
    open_labels: list[str] = []
    for line in lines:
        match = None if line.cells else _ITEM.match(line.text)
        if match is None:
            parts[-1].lines.append(line)
            continue
        label = match["label"]
        kinds = [_kind_of(one) for one in open_labels]
        kind = _kind_of(label)
        if (
            kind == "i"
            and "a" in kinds
            and "i" not in kinds
            and _is_next_letter(open_labels, label)
        ):
            kind = "a"
        at = kinds.index(kind) if kind in kinds else len(open_labels)
        open_labels = [*open_labels[:at], label]
        parts.append(_Part("".join(open_labels), [line]))
    return [part for part in parts if part.lines]


def _kind_of(label: str) -> str:
    inner = label.strip("()")
    if inner.isdigit():
        return "1"
    if inner.isupper():
        return "A"
    return "i" if set(inner) <= set("ivx") else "a"


def _is_next_letter(open_labels: Sequence[str], label: str) -> bool:
    """Say whether the label follows an open one: (i) after (h) is a letter, not Roman."""
    inner = label.strip("()")
    return any(len(inner) == 1 and one.strip("()") == chr(ord(inner) - 1) for one in open_labels)


def _with_references(passage: Passage) -> Passage:
    own = passage.article or ""
    found = dict.fromkeys(
        Reference(match[0], f"Section {match['number']}{match['parts']}", match["title"])
        for match in _REFERENCE.finditer(passage.text)
        if not (match.start() == 0 and own.startswith(f"Section {match['number']}"))
    )
    return replace(passage, references=tuple(found))
