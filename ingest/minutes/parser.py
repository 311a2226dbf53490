"""Minutes: the head, the speeches, and what the sitting decided."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from index.passage import DocumentId, Passage, PassageKind
from index.record import Affiliation, Sitting
from ingest.document.cutting import ARROWS
from ingest.document.headings import read_heading
from ingest.document.parsed_document import ParsedDocument
from ingest.document.source import Line, Source
from ingest.minutes.english.head import (
    english_body_start,
    read_english_head,
    read_english_hours,
)
from ingest.minutes.english.roll_calls import read_english_roll_calls
from ingest.minutes.english.votes import read_english_votes
from ingest.minutes.sitting.day import further_days
from ingest.minutes.sitting.header import Header, body_start, read_header
from ingest.minutes.sitting.materials import read_materials
from ingest.minutes.sitting.session import read_hours, read_session
from ingest.minutes.speakers.parties import (
    PartyLabels,
    is_assembly,
    read_affiliations,
    read_party_labels,
)
from ingest.minutes.speakers.persons import name_persons
from ingest.minutes.speakers.turns import Opening
from ingest.minutes.speeches import header_passages, read_body
from ingest.minutes.votes.roll_calls import read_roll_calls
from ingest.minutes.votes.votes import read_votes, with_matter_headings

_HEAD = 8
_SESSION_LINES = 40
_MOST_NAMED = 5
_MOST_MATTERS = 12


def parse_minutes(
    source: Source, document: DocumentId, openings: Sequence[Opening]
) -> ParsedDocument:
    """Parse minutes into passages and facts of the sitting.

    ``openings`` say where the speeches begin.
    """
    lines = source.lines
    first = openings[0].index if openings else _first_body_line(lines)
    start = min(body_start(lines, first), english_body_start(lines) or first)
    # attendance may still be listed between the call to order and the first speech
    header = read_header(lines[:first], source.title, document)
    header = read_english_head(header, lines[: first if openings else _SESSION_LINES])
    if start < first:
        head = read_header(lines[:start], source.title, document)
        agenda = head.agenda or _dealt_with(lines, range(start, first), header.agenda)
        header = replace(header, sections=head.sections, agenda=agenda)
    shifted = [replace(opening, index=opening.index - start) for opening in openings]
    labels = PartyLabels({}, {})
    if is_assembly(header.body, header.title):
        labels = read_party_labels((opening.speaker for opening in openings), header.attendees)
    else:
        # members of an advisory council come from societies and speak for no party
        listed = (replace(person, party=None) for person in header.attendees)
        header = replace(header, attendees=tuple(listed))
    body = read_body(lines[start:], shifted, header, labels.names)
    named = _with_full_names(body.passages, header, labels)
    passages = (*header_passages(header), *named)
    votes = read_votes(passages, header.agenda)
    passages = with_matter_headings(passages, votes)
    votes = votes or read_english_votes(passages)
    return ParsedDocument(
        passages=passages,
        answers=body.answers,
        body=header.body,
        date=header.date,
        date_text=header.date_text,
        place=header.place,
        attendees=header.attendees,
        agenda=header.agenda,
        sitting=replace(
            _read_sitting(header, lines, passages),
            votes=votes,
            roll_calls=read_roll_calls(passages) or read_english_roll_calls(passages, votes),
            parties=_read_parties(named, header, labels),
        ),
        warnings=(*_about_days(header, lines[start:]), *_warnings(body.passages, header)),
    )


def _dealt_with(lines: Sequence[Line], above: range, listed: Collection[str]) -> tuple[str, ...]:
    """Return the matters where the agenda is nothing but the headings of the body.

    ``above`` are the lines before the first speech, ``listed`` what was taken for the agenda.
    """
    opened = [at for at in above if lines[at].text.strip() in listed and read_heading(lines[at])]
    first = read_heading(lines[opened[0]]) if opened else None
    if first is None:
        return ()
    found = [heading for line in lines[opened[0] :] if (heading := read_heading(line))]
    matters = [heading.text for heading in found if heading.style == first.style]
    return tuple(dict.fromkeys(matters)) if len(set(matters)) <= _MOST_MATTERS else (first.text,)


def _about_days(header: Header, body: Sequence[Line]) -> tuple[str, ...]:
    days = further_days([line.text for line in body], header.date)
    if not days:
        return header.warnings
    told = ", ".join(day.isoformat() for day in (header.date, *days) if day)
    several = f"the file holds sittings of several days ({told}): all of it is dated {header.date}"
    return (*header.warnings, several)


def _with_full_names(
    passages: Sequence[Passage], header: Header, labels: PartyLabels
) -> list[Passage]:
    """Add the speakers' full names; a party in a label is not part of the name."""
    bare = [
        replace(passage, speaker=labels.name_in(passage.speaker)) if passage.speaker else passage
        for passage in passages
    ]
    named = name_persons(bare, header.attendees)
    return [replace(p, speaker=q.speaker) for p, q in zip(named, passages, strict=True)]


def _read_parties(
    passages: Sequence[Passage], header: Header, labels: PartyLabels
) -> tuple[Affiliation, ...]:
    if not is_assembly(header.body, header.title):
        return ()
    return read_affiliations(passages, header.attendees, labels)


def _read_sitting(header: Header, lines: Sequence[Line], passages: Sequence[Passage]) -> Sitting:
    when = [section.value for section in header.sections if section.name == "date"]
    top = [line for section in header.sections for line in section.lines]
    hours = read_english_hours(top, passages) or read_hours(when, passages)
    return Sitting(
        session=read_session([header.title, *(line.text for line in lines[:_SESSION_LINES])]),
        opened=hours.opened,
        adjourned=hours.adjourned,
        absentees=header.absentees,
        materials=read_materials(header.sections, passages),
    )


def _first_body_line(lines: Sequence[Line]) -> int:
    """Return the index at which the body begins in minutes without speakers."""
    below = [*(line.text for line in lines[1:]), ""]
    found = (
        at
        for at, line in enumerate(lines)
        if at and (line.text.rstrip().endswith("。") or below[at].lstrip().startswith(ARROWS))
    )
    english = english_body_start(lines)
    return next(found, min(len(lines), _HEAD)) if english is None else english


def _warnings(passages: Sequence[Passage], header: Header) -> tuple[str, ...]:
    warnings = [] if header.date else ["no date was found"]
    spoken = [passage for passage in passages if passage.kind is not PassageKind.HEADER]
    if not any(passage.speaker for passage in spoken):
        warnings.append("no speakers were found")
    unknown = {p.speaker for p in spoken if p.speaker and p.role is None}
    if unknown:
        warnings.append(f"role unknown: {', '.join(sorted(unknown)[:_MOST_NAMED])}")
    return tuple(warnings)
