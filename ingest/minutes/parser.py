"""Minutes: the head, the speeches, and what the sitting decided."""

from collections.abc import Sequence
from dataclasses import replace

from index.passage import DocumentId, Passage, PassageKind
from index.record import Affiliation, Sitting
from ingest.document.parsed_document import ParsedDocument
from ingest.document.source import Line, Source
from ingest.minutes.english.head import (
    first_of_english_body,
    read_english_head,
    read_english_hours,
)
from ingest.minutes.english.votes import read_english_votes
from ingest.minutes.sitting.header import Header, body_start, read_header
from ingest.minutes.sitting.materials import read_materials
from ingest.minutes.sitting.sitting import read_hours, read_session
from ingest.minutes.speakers.parties import Labels, affiliations, is_assembly, read_labels
from ingest.minutes.speakers.persons import name_persons
from ingest.minutes.speakers.turns import Opening
from ingest.minutes.speeches import header_passages, read_body
from ingest.minutes.votes.votes import read_votes, under_matters

_HEAD = 8
_SESSION_LINES = 40
_MOST_NAMED = 5


def parse_minutes(
    source: Source, document: DocumentId, openings: Sequence[Opening]
) -> ParsedDocument:
    """Return the passages of minutes, and what they say of the sitting.

    ``openings`` say where the speeches begin.
    """
    lines = source.lines
    first = openings[0].index if openings else _first_of_body(lines)
    start = body_start(lines, first)
    # what stands between the call to order and the first speech may still name those present
    header = read_header(lines[:first], source.title, document)
    header = read_english_head(header, lines[: first if openings else _SESSION_LINES])
    if start < first:
        head = read_header(lines[:start], source.title, document)
        header = replace(header, sections=head.sections, agenda=head.agenda)
    shifted = [replace(opening, index=opening.index - start) for opening in openings]
    labels = Labels({}, {})
    if is_assembly(header.body, header.title):
        labels = read_labels((opening.speaker for opening in openings), header.attendees)
    else:
        # who sits on an advisory council comes from a society, and speaks for no party
        listed = (replace(person, party=None) for person in header.attendees)
        header = replace(header, attendees=tuple(listed))
    body = read_body(lines[start:], shifted, header, labels.bare)
    said = _named(body.passages, header, labels)
    passages = (*header_passages(header), *said)
    votes = read_votes(passages, header.agenda)
    passages = under_matters(passages, votes)
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
            _sitting(header, lines, passages),
            votes=votes,
            parties=_parties(said, header, labels),
        ),
        warnings=_warnings(body.passages, dated=header.date is not None),
    )


def _named(passages: Sequence[Passage], header: Header, labels: Labels) -> list[Passage]:
    """Name the speakers; a party in a label is no part of the name."""
    bare = [
        replace(passage, speaker=labels.without(passage.speaker)) if passage.speaker else passage
        for passage in passages
    ]
    named = name_persons(bare, header.attendees)
    return [replace(p, speaker=q.speaker) for p, q in zip(named, passages, strict=True)]


def _parties(
    passages: Sequence[Passage], header: Header, labels: Labels
) -> tuple[Affiliation, ...]:
    if not is_assembly(header.body, header.title):
        return ()
    return affiliations(passages, header.attendees, labels)


def _sitting(header: Header, lines: Sequence[Line], passages: Sequence[Passage]) -> Sitting:
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


def _first_of_body(lines: Sequence[Line]) -> int:
    """Return where the body of minutes without speakers begins."""
    found = (at for at, line in enumerate(lines) if at and line.text.rstrip().endswith("。"))
    english = first_of_english_body(lines)
    return next(found, min(len(lines), _HEAD)) if english is None else english


def _warnings(passages: Sequence[Passage], *, dated: bool) -> tuple[str, ...]:
    warnings = [] if dated else ["no date was found"]
    spoken = [passage for passage in passages if passage.kind is not PassageKind.HEADER]
    if not any(passage.speaker for passage in spoken):
        warnings.append("no speakers were found")
    unknown = {p.speaker for p in spoken if p.speaker and p.role is None}
    if unknown:
        warnings.append(f"role unknown: {', '.join(sorted(unknown)[:_MOST_NAMED])}")
    return tuple(warnings)
