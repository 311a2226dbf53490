"""From a file's text to a document and its passages."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from index.language.text import is_japanese
from index.passage import Document, DocumentId, DocumentKind, Passage, passage_id
from index.record import Role
from ingest.document.articles import begins_with_article
from ingest.document.boxes import with_boxes
from ingest.document.characters import NUMBER
from ingest.document.coverage import Coverage, coverage
from ingest.document.headings import read_heading
from ingest.document.page_names import named_pages
from ingest.document.parsed_document import ParsedDocument
from ingest.document.remainder import with_remainder
from ingest.document.source import Line, Source
from ingest.document.title import RECORD_WORDS, find_body, find_title
from ingest.minutes.english.time_codes import without_time_codes
from ingest.minutes.exchanges.linking import link_answers
from ingest.minutes.parser import parse_minutes
from ingest.minutes.sitting.header import read_header
from ingest.minutes.sitting.session import read_session
from ingest.minutes.speakers import speakers
from ingest.minutes.speakers.turns import Opening, find_openings
from ingest.minutes.votes.listed import results_of_report
from ingest.minutes.votes.result_columns import with_result_rows
from ingest.ordinances.parser import (
    changes_another,
    count_articles,
    is_without_articles,
    opens_article,
    parse_ordinance,
)
from ingest.references.resolve import with_references
from ingest.reports.parser import parse_report

_MINUTES_WORD = re.compile(
    rf"{RECORD_WORDS}|会記録"
    rf"|第[ 　]*{NUMBER}[ 　]*回[^、。]{{0,40}}(?<!定例)(?<!臨時)会議?[）)]?"
    r"[ 　の（(]*(?:開催|会議の?)?(?:結果|概要|要旨|摘録)"
    r"|\b(?:minutes|transcript|proceedings|meeting)\b",
    re.IGNORECASE,
)
_ORDINANCE_TITLE = re.compile(
    r"(?:条例|規則|規程|要綱|要領|訓令|内規|基準|憲章|約款|規約|告示|(?<!方)法律?)(?:[（(].*[）)])?案?$"
    r"|\b(?:ordinance|by-?law|municipal code)\b",
    re.IGNORECASE,
)
_LEAST_TURNS = 4
_LEAST_NAMED = 2
_LEAST_ARTICLES = 2
_ENOUGH = 0.99
_ENOUGH_OF_PAGE = 0.98
_HEAD = 8
_LONGEST_NAME = 60


def understand(
    source: Source, document: DocumentId, content_hash: str
) -> tuple[Document, tuple[Passage, ...]]:
    """Return what the file is and its passages, in the order of the text.

    ``content_hash`` is the SHA-256 of the file's bytes in hexadecimal; nothing is read from disk.
    """
    source = replace(source, lines=with_result_rows(without_time_codes(source.lines)))
    lines = source.lines
    title = find_title(lines, source.title, document)
    head = [line.text for line in lines[:_HEAD] if _may_name(line.text)]
    openings = find_openings(lines, _names_listed(source, document))
    called = (title, document, *head[:3])
    asked = None if _called_minutes(called) else _questions_and_answers(lines, openings, called)
    kind = _kind(lines, openings if asked is None else (), called)
    match kind:
        case DocumentKind.MINUTES:
            parsed = parse_minutes(source, document, openings)
        case DocumentKind.ORDINANCE:
            parsed = parse_ordinance(lines, document)
        case DocumentKind.REPORT:
            parsed = parse_report(lines, title, document, asked or {})
            parsed = replace(parsed, sitting=results_of_report(parsed.passages, title))
    passages = _passages(source, document, parsed)
    covered = coverage(source, passages)
    return (
        Document(
            document=document,
            title=title,
            kind=kind,
            content_hash=content_hash,
            body=parsed.body,
            date=source.promulgated or parsed.date,
            place=parsed.place,
            attendees=parsed.attendees,
            agenda=parsed.agenda,
            pages=source.pages,
            language="ja" if is_japanese("".join(line.text for line in lines)[:20000]) else "en",
            coverage=covered.share,
            warnings=(*source.warnings, *_warnings(passages, covered), *parsed.warnings),
            date_text=parsed.date_text,
            sitting=parsed.sitting,
            enactment=parsed.enactment,
            labels=source.labels,
        ),
        tuple(passages),
    )


def _names_listed(source: Source, document: DocumentId) -> list[str]:
    """Return the names of the list of those present, folded."""
    listed = read_header(source.lines[:80], source.title, document).attendees
    names = (speakers.fold_label(person.name) for person in listed)
    return [name for name in names if len(name) > 1]


def _passages(source: Source, document: DocumentId, parsed: ParsedDocument) -> Sequence[Passage]:
    """Return all passages of a document, numbered, with their answers, references and boxes."""
    drafts = with_remainder(source.lines, parsed.passages)
    passages = link_answers(_with_ids(document, drafts), parsed.answers)
    return with_boxes(with_references(passages), source.glyphs)


def _may_name(text: str) -> bool:
    """Say whether a line may name the document; a sentence that mentions 議事録 does not."""
    return len(text) <= _LONGEST_NAME and "。" not in text and "、" not in text


def _called_minutes(names: Sequence[str]) -> bool:
    return any(_MINUTES_WORD.search(name) for name in names)


def _questions_and_answers(
    lines: Sequence[Line], openings: Sequence[Opening], names: Sequence[str]
) -> Mapping[str, Role | None] | None:
    """Return the lines of a FAQ that ask or answer, by their text; ``None`` where people speak.

    Q1 and A1 number what is asked; 問 and 答 alone mark the speeches of a sitting as well. A
    question that is a heading (■問1 of a survey) has a section below it, not an answer.
    """
    marked = [o for o in openings if speakers.is_question_or_answer(o.speaker)]
    people = {opening.speaker for opening in openings} - {opening.speaker for opening in marked}
    if len(people) >= _LEAST_NAMED or len(marked) < _LEAST_TURNS:
        return None
    sat = read_session(names) or find_body(names[0], ())
    if sat and not any(speakers.is_numbered(opening.speaker) for opening in marked):
        return None
    said = ((lines[opening.index], opening) for opening in marked)
    return {
        line.text: speakers.role_of(opening.speaker)
        for line, opening in said
        if line.text.strip().startswith(opening.speaker) or read_heading(line) is None
    }


def _kind(lines: Sequence[Line], openings: Sequence[Opening], names: Sequence[str]) -> DocumentKind:
    """Return the kind by the content; the names (title, file, first lines) only weigh in."""
    articles = count_articles(lines)
    called_minutes = _called_minutes(names)
    called_law = any(_ORDINANCE_TITLE.search(name.strip()) for name in names)
    if not openings and begins_with_article(line.text for line in lines):
        return DocumentKind.ORDINANCE
    if articles >= _LEAST_ARTICLES or (articles and called_law):
        opens_early = any(opens_article(line.text) for line in lines[: max(60, len(lines) // 3)])
        if opens_early and articles > len(openings) and not (called_minutes and openings):
            return DocumentKind.ORDINANCE
    if changes_another(lines) and not called_minutes and len(openings) < _LEAST_TURNS:
        return DocumentKind.ORDINANCE
    if not (articles or openings or called_minutes) and is_without_articles(lines):
        return DocumentKind.ORDINANCE
    called_minutes = called_minutes and bool(openings or len(lines) >= _LEAST_TURNS)
    if called_minutes or _consists_of_speeches(lines, openings):
        return DocumentKind.MINUTES
    return DocumentKind.REPORT


def _consists_of_speeches(lines: Sequence[Line], openings: Sequence[Opening]) -> bool:
    """Say whether there are enough speeches, or hardly anything else from the first one on.

    Two questions and answers without people may as well be advice.
    """
    if len(openings) >= _LEAST_TURNS and len(openings) * 12 >= len(lines):
        return True
    named = [opening for opening in openings if not speakers.is_question_or_answer(opening.speaker)]
    return len(named) >= _LEAST_NAMED and 2 * len(named) >= len(lines) - named[0].index


def _with_ids(document: DocumentId, drafts: Sequence[Passage]) -> list[Passage]:
    return [
        replace(draft, passage_id=passage_id(document, ordinal))
        for ordinal, draft in enumerate(drafts)
    ]


def _warnings(passages: Sequence[Passage], covered: Coverage) -> list[str]:
    if not passages:
        return ["no text was found"]
    poor = {page: share for page, share in covered.pages.items() if share < _ENOUGH_OF_PAGE}
    if poor:
        most = f"{1 - min(poor.values()):.1%}"
        upto = "" if len(poor) == 1 else "up to "
        return [f"{named_pages(poor)}: {upto}{most} of the words are in no passage"]
    if covered.share < _ENOUGH:
        return [f"{1 - covered.share:.1%} of the words are in no passage"]
    return []
