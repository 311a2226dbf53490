"""Minutes: the head, the speeches, and what the sitting decided."""

from collections.abc import Sequence
from dataclasses import replace

from index.passage import DocumentId, Passage, PassageKind
from ingest.header import body_start, read_header
from ingest.parsed import Parsed
from ingest.source import Line, Source
from ingest.speeches import header_passages, read_body
from ingest.turns import Opening

_HEAD = 8
_MOST_NAMED = 5


def parse_minutes(source: Source, document: DocumentId, openings: Sequence[Opening]) -> Parsed:
    """Return the passages of minutes, and what they say of the sitting.

    ``openings`` say where the speeches begin.
    """
    lines = source.lines
    first = openings[0].index if openings else _first_sentence(lines)
    start = body_start(lines, first)
    # what stands between the call to order and the first speech may still name those present
    header = read_header(lines[:first], source.title, document)
    if start < first:
        head = read_header(lines[:start], source.title, document)
        header = replace(header, sections=head.sections, agenda=head.agenda)
    shifted = [replace(opening, index=opening.index - start) for opening in openings]
    body = read_body(lines[start:], shifted, header)
    return Parsed(
        passages=(*header_passages(header), *body.passages),
        answers=body.answers,
        body=header.body,
        date=header.date,
        place=header.place,
        attendees=header.attendees,
        agenda=header.agenda,
        warnings=_warnings(body.passages, dated=header.date is not None),
    )


def _first_sentence(lines: Sequence[Line]) -> int:
    """Return where the body of minutes without speakers begins."""
    found = (at for at, line in enumerate(lines) if at and line.text.rstrip().endswith("。"))
    return next(found, min(len(lines), _HEAD))


def _warnings(passages: Sequence[Passage], *, dated: bool) -> tuple[str, ...]:
    warnings = [] if dated else ["no date was found"]
    spoken = [passage for passage in passages if passage.kind is not PassageKind.HEADER]
    if not any(passage.speaker for passage in spoken):
        warnings.append("no speakers were found")
    unknown = {p.speaker for p in spoken if p.speaker and p.role is None}
    if unknown:
        warnings.append(f"role unknown: {', '.join(sorted(unknown)[:_MOST_NAMED])}")
    return tuple(warnings)
