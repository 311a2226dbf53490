"""The passages of minutes: the speeches of the body, and the sections of the head."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from index.language.text import is_japanese
from index.passage import Passage, PassageKind
from ingest.document.cutting import cut, cut_with_ballots
from ingest.document.headings import (
    RULE,
    continues_heading,
    read_heading,
)
from ingest.document.source import Line
from ingest.minutes.clerk import (
    ends_speech,
    has_risen,
    is_bulleted,
    is_stage_direction,
    notes_in_bullets,
)
from ingest.minutes.english.kinds import (
    is_english_vote,
    is_narration,
    with_english_kinds,
)
from ingest.minutes.english.motions import with_motions_whole
from ingest.minutes.english.roles import with_english_roles
from ingest.minutes.exchanges.pairing import Turn, pair_answers
from ingest.minutes.exchanges.presiding import confirms_what_was_put, decides
from ingest.minutes.exchanges.sentence_purpose import is_vote
from ingest.minutes.sitting.header import Header
from ingest.minutes.speakers import speakers
from ingest.minutes.speakers.opening import Opening
from ingest.minutes.stretches import BodyReader, Stretch

_SIGNED = re.compile(r"[（(]([^（）()]{1,20}(?:[（(][^（）()]{1,8}[）)])?)[）)]。?[ 　]*$")


def header_passages(header: Header) -> list[Passage]:
    """Return the head as passages, one or more for each section."""
    return [
        piece.passage(PassageKind.HEADER)
        for section in header.sections
        for piece in cut([line for line in section.lines if not RULE.fullmatch(line.text)])
    ]


@dataclass(frozen=True, slots=True)
class Body:
    """The passages of the body, unnumbered, and which turn answers which."""

    passages: tuple[Passage, ...]
    answers: Mapping[int, int]


def read_body(
    lines: Sequence[Line],
    openings: Sequence[Opening],
    header: Header,
    bare: Mapping[str, str] = MappingProxyType({}),
) -> Body:
    """Return the passages of the body with speakers, roles, kinds and headings, unnumbered.

    The indexes of ``openings`` refer to ``lines``; ``bare`` maps labels that print a party to the
    same labels without it.
    """
    stretches = _with_signed_speakers(_read_stretches(lines, openings))
    names = [person.name for person in header.attendees]
    turns = pair_answers(with_english_roles(_turns_of(stretches, header, bare), names))
    turns = with_english_kinds(turns)
    passages: list[Passage] = []
    for stretch in stretches:
        turn = None if stretch.turn is None else turns[stretch.turn]
        for piece in cut_with_ballots(stretch.lines):
            kind = stretch.kind or (turn.kind if turn else PassageKind.PROCEDURE)
            if not openings and kind is PassageKind.PROCEDURE and "。" in piece.text:
                # summaries name nobody, but still report statements
                kind = PassageKind.STATEMENT
            votes = _is_any_vote(piece.text) or is_english_vote(piece.text)
            if kind is PassageKind.VOTE and stretch.turn is not None and not votes:
                kind = PassageKind.PROCEDURE
            passages.append(
                replace(
                    piece.passage(kind, stretch.heading),
                    speaker=stretch.speaker,
                    role=turn.role if turn else None,
                    turn=stretch.turn,
                )
            )
    answers = {turn.number: turn.answers for turn in turns if turn.answers is not None}
    return Body(tuple(with_motions_whole(passages)), answers)


def _is_any_vote(text: str) -> bool:
    return is_vote(text) or decides(text) or confirms_what_was_put(text)


def _read_stretches(lines: Sequence[Line], openings: Sequence[Opening]) -> list[Stretch]:
    by_line: dict[int, list[Opening]] = {}
    for opening in openings:
        by_line.setdefault(opening.index, []).append(opening)
    reader = BodyReader(
        noted=notes_in_bullets(lines, by_line),
        tabled=bool(by_line) and all(lines[index].cells for index in by_line),
    )
    listed = all(is_bulleted(lines[index].text) for index in by_line)
    implied = any(opening.implied for opening in openings)
    for index, line in enumerate(lines):
        if index in by_line:
            for opening in by_line[index]:
                reader.add_opening(opening, line)
            continue
        text = line.text.strip()
        if RULE.fullmatch(text):
            continue
        ends = ends_speech(text)
        if ends or is_stage_direction(text) or (is_narration(text) and not line.cells):
            reader.add_stage_direction(line)
            if ends or has_risen(text):
                reader.leave()
            continue
        heading = reader.further_day(text) or read_heading(line)
        heading = heading or reader.headline(text, by_line.get(index + 1, ()))
        if heading:
            reader.add_heading(heading, line)
        elif reader.headings and continues_heading(lines, index, by_line):
            reader.extend_heading(line)
        else:
            outside = implied or (listed and not is_bulleted(text))
            reader.add_line(line, apart=outside or not is_japanese(text))
    return reader.close()


def _with_signed_speakers(stretches: Sequence[Stretch]) -> list[Stretch]:
    """Take the speaker from brackets at the end if a summary marks only 問 and 答."""
    signed: dict[int, str] = {}
    for stretch in stretches:
        if stretch.turn is None or not speakers.is_question_or_answer(stretch.speaker or ""):
            continue
        match = _SIGNED.search(stretch.lines[-1].text)
        if match and speakers.is_possible_label(match[1]) and speakers.has_post(match[1]):
            signed[stretch.turn] = match[1]
    return [
        replace(stretch, speaker=signed[stretch.turn])
        if stretch.turn is not None and stretch.turn in signed
        else stretch
        for stretch in stretches
    ]


def _turns_of(stretches: Iterable[Stretch], header: Header, bare: Mapping[str, str]) -> list[Turn]:
    texts: dict[int, list[str]] = {}
    labels: dict[int, str] = {}
    headings: dict[int, tuple[str, ...]] = {}
    for stretch in stretches:
        if stretch.turn is not None and stretch.speaker:
            labels[stretch.turn] = bare.get(stretch.speaker, stretch.speaker)
            headings.setdefault(stretch.turn, stretch.heading)
            texts.setdefault(stretch.turn, []).extend(line.text for line in stretch.lines)
    listed = {
        speakers.fold_label(person.name): person.role for person in header.attendees if person.role
    }
    last = max(labels, default=-1)
    return [
        Turn(
            number,
            labels.get(number, ""),
            "\n".join(texts.get(number, [])),
            speakers.role_among(labels.get(number, ""), listed),
            headings.get(number, ()),
        )
        for number in range(last + 1)
    ]


def _with_text(line: Line, text: str) -> Line:
    return replace(line, text=text, cells=())
