"""From a file's text to a document and its passages."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from index.dates import find_dates
from index.passage import (
    Document,
    DocumentId,
    DocumentKind,
    Passage,
    PassageKind,
    passage_id,
)
from index.text import is_japanese
from ingest import speakers
from ingest.coverage import coverage
from ingest.dating import day_of_name, first_day, first_month
from ingest.header import Header, body_start, read_header
from ingest.linking import link
from ingest.minutes import header_passages, read_body
from ingest.ordinance import ARTICLE, count_articles, read_ordinance
from ingest.report import read_report
from ingest.source import Line, Source
from ingest.title import find_body, find_title
from ingest.turns import Opening, find_openings

_MINUTES_WORD = re.compile(
    r"議[ 　]*事[ 　]*録|会[ 　]*議[ 　]*録|議事要旨|会議要旨|議事概要|会議概要"
    r"|要点記録|会議記録|速記録|委員会記録"
    r"|\bminutes\b|\btranscript\b|\bproceedings\b|\bmeeting\b",
    re.IGNORECASE,
)
_ORDINANCE_TITLE = re.compile(
    r"(?:条例|規則|規程|要綱|要領|訓令|内規|基準|憲章|約款)(?:[（(].*[）)])?$"
)
_ENACTED = re.compile(r"(?:公布|制定|条例第|規則第|訓令第|告示第|要綱第|規程第)")
_LEAST_TURNS = 4
_LEAST_ARTICLES = 2
_ENOUGH = 0.99
_HEAD = 8
_LONGEST_NAME = 60


def understand(
    source: Source, document: DocumentId, content_hash: str
) -> tuple[Document, tuple[Passage, ...]]:
    """Return what the file is and its passages, in the order of the text.

    ``content_hash`` is the SHA-256 of the file's bytes in hexadecimal; nothing is read from disk.
    """
    lines = source.lines
    title = find_title(lines, source.title, document)
    head = [line.text for line in lines[:_HEAD] if _may_name(line.text)]
    listed = [
        speakers.plain(person.name)
        for person in read_header(lines[:80], source.title, document).attendees
    ]
    openings = find_openings(lines, [name for name in listed if len(name) > 1])
    kind = _kind(lines, openings, (title, document, *head[:3]))
    if kind is DocumentKind.MINUTES:
        read, drafts, answers = _minutes(source, document, openings)
        body, date = read.body, read.date
    else:
        read, answers = None, {}
        is_law = kind is DocumentKind.ORDINANCE
        drafts = read_ordinance(lines) if is_law else read_report(lines)
        body = None if is_law else find_body(title, ())
        date = _text_of(lines, document) if is_law else _reported(lines, title, document)
    passages = link(_numbered(document, drafts), answers)
    share = coverage(lines, passages)
    return (
        Document(
            document=document,
            title=title,
            kind=kind,
            content_hash=content_hash,
            body=body,
            date=date,
            place=read.place if read else None,
            attendees=read.attendees if read else (),
            agenda=read.agenda if read else (),
            pages=source.pages,
            language="ja" if is_japanese("".join(line.text for line in lines)[:20000]) else "en",
            coverage=share,
            warnings=(*source.warnings, *_warnings(passages, share, date, kind)),
        ),
        tuple(passages),
    )


def _may_name(text: str) -> bool:
    """A sentence in which 議事録 is mentioned does not say what the document is."""
    return len(text) <= _LONGEST_NAME and "。" not in text and "、" not in text


def _kind(lines: Sequence[Line], openings: Sequence[Opening], names: Sequence[str]) -> DocumentKind:
    """Tell the kind from the content; the names (title, file, first lines) only weigh in."""
    articles = count_articles(lines)
    called_minutes = any(_MINUTES_WORD.search(name) for name in names)
    called_law = any(_ORDINANCE_TITLE.search(name.strip()) for name in names)
    if articles >= _LEAST_ARTICLES or (articles and called_law):
        opens_early = any(ARTICLE.match(line.text) for line in lines[: max(60, len(lines) // 3)])
        if opens_early and articles > len(openings) and not (called_minutes and openings):
            return DocumentKind.ORDINANCE
    if called_minutes and (openings or len(lines) >= _LEAST_TURNS):
        return DocumentKind.MINUTES
    if len(openings) >= _LEAST_TURNS and len(openings) * 12 >= len(lines):
        return DocumentKind.MINUTES
    return DocumentKind.REPORT


def _minutes(
    source: Source, document: DocumentId, openings: Sequence[Opening]
) -> tuple[Header, list[Passage], dict[int, int]]:
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
    return header, [*header_passages(header), *body.passages], dict(body.answers)


def _first_sentence(lines: Sequence[Line]) -> int:
    """Return where the body of minutes without speakers begins."""
    found = (at for at, line in enumerate(lines) if at and line.text.rstrip().endswith("。"))
    return next(found, min(len(lines), _HEAD))


def _numbered(document: DocumentId, drafts: Sequence[Passage]) -> list[Passage]:
    return [
        replace(draft, passage_id=passage_id(document, ordinal))
        for ordinal, draft in enumerate(drafts)
    ]


def _text_of(lines: Sequence[Line], document: DocumentId) -> dt.date | None:
    """Return the day from which an ordinance reads so: the latest day that its head prints.

    The head (before the first article) gives promulgation, amendments and 「…現在」. Of two texts
    of one ordinance the later day tells which is the newer.
    """
    first = next((at for at, line in enumerate(lines) if ARTICLE.match(line.text)), _HEAD)
    days = [
        found.start
        for line in lines[:first]
        for found in find_dates(line.text)
        if found.start == found.end
    ]
    return max(days, default=None) or day_of_name(document)


def _reported(lines: Sequence[Line], title: str, document: DocumentId) -> dt.date | None:
    """Return the day or month on a report's first lines, else what its file name says."""
    return first_month(lines[:_HEAD]) or first_day([title]) or day_of_name(document)


def _warnings(
    passages: Sequence[Passage], share: float, date: dt.date | None, kind: DocumentKind
) -> list[str]:
    warnings: list[str] = []
    if not passages:
        warnings.append("no text was found")
    elif share < _ENOUGH:
        warnings.append(f"{1 - share:.1%} of the words are in no passage")
    if kind is DocumentKind.MINUTES:
        if date is None:
            warnings.append("no date was found")
        spoken = [passage for passage in passages if passage.kind is not PassageKind.HEADER]
        if not any(passage.speaker for passage in spoken):
            warnings.append("no speakers were found")
        unknown = {p.speaker for p in spoken if p.speaker and p.role is None}
        if unknown:
            warnings.append(f"role unknown: {', '.join(sorted(unknown)[:5])}")
    return warnings
