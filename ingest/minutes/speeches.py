"""The body of minutes: from lines to the passages of the speeches; and those of the head."""

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from index.language.text import is_japanese
from index.passage import Passage, PassageKind
from index.record import Role
from ingest.document.cutting import cut
from ingest.document.headings import Heading, HeadingPath, path_after_run, read_heading
from ingest.document.source import Line
from ingest.minutes.english.kinds import ends_speech, is_english_vote, with_english_kinds
from ingest.minutes.english.roles import with_english_roles
from ingest.minutes.exchanges.exchanges import Turn, pair
from ingest.minutes.exchanges.presiding import confirms_what_was_put, decides
from ingest.minutes.exchanges.sentence_purpose import is_vote
from ingest.minutes.sitting.header import Header
from ingest.minutes.speakers import speakers
from ingest.minutes.speakers.turns import Opening

_RULE = re.compile(r"[^\w]+")
_STAGE = re.compile(
    r"[ 　・-]*(?:(?:（[^（）]*(?:（[^（）]*）[^（）]*)*）|\([^()]*\)|〔[^〔〕]*〕"
    r"|\[[^\[\]]*\])[ 　]*)+$"
)


_NARRATED = re.compile(
    r"(?:motions?|moved|seconded|roll call|ayes|nays|noes|the (?:motion|resolution|ordinance"
    r"|amendment)\b"
    r"|the (?:meeting|council|committee|board) (?:was |were )?(?:adjourned|recessed"
    r"|reconvened))\b",
    re.IGNORECASE,
)
_NARRATED_VOTE = re.compile(
    r"[ 　]*[^。、]{0,20}(?:採決|表決|裁決|諮)[^。、]{0,10}結果、?[^「」]+(?<!まし)た。$"
)
"""「採決の結果、…と決した。」 on a line of its own: what came of it, told by who wrote it down."""
_HOUR = re.compile(
    r"[○◯〇]?[ 　]*(?:休憩|再開|散会|閉会|開会)?[ 　]*(?:午[前後]|正午)[^。、]{0,16}(?:開会|開議"
    r"|休憩|再開|散会|閉会|延会|分|時)?$"
)
_SIGNED = re.compile(r"[（(]([^（）()]{1,20}(?:[（(][^（）()]{1,8}[）)])?)[）)]。?[ 　]*$")
_LISTED = re.compile(r"[ \u3000]*[・•*‣][ \u3000]*")
_HEADING_LINES = 8
_COLUMN_RANK = 4
_HEADING_WIDTH = 60


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Lines that stand together: of one speech under one heading, or of no speaker."""

    lines: tuple[Line, ...]
    turn: int | None
    speaker: str | None
    heading: tuple[str, ...]
    kind: PassageKind | None = None


@dataclass(slots=True)
class _Walk:
    """The walk through the body: what is open, and what has been closed."""

    stretches: list[_Stretch] = field(default_factory=list)
    path: HeadingPath = field(default_factory=HeadingPath)
    run: list[tuple[Heading, Line]] = field(default_factory=list)
    held: list[Line] = field(default_factory=list)
    turn: int | None = None
    speaker: str | None = None
    spoken: int = 0

    def opening(self, opening: Opening, line: Line) -> None:
        if opening.topic:
            self.heading(Heading("column", _COLUMN_RANK, opening.topic), line)
        if opening.goes_on:
            self.speech(_with_text(line, opening.speech))
            return
        self.settle()
        self.flush()
        self.turn = self.spoken
        self.spoken += 1
        self.speaker = opening.speaker
        if opening.speech:
            self.held.append(_with_text(line, opening.speech))

    def heading(self, heading: Heading, line: Line) -> None:
        self.flush()
        self.run.append((heading, line))

    def heading_goes_on(self, line: Line) -> None:
        heading, first = self.run[-1]
        text = f"{heading.text} {line.text.strip()}"
        joined = replace(first, text=f"{first.text}\n{line.text.strip()}")
        self.run[-1] = (replace(heading, text=text), joined)

    def stage(self, line: Line) -> None:
        self.settle()
        self.flush()
        kind = PassageKind.VOTE if is_vote(line.text) else PassageKind.PROCEDURE
        self.stretches.append(_Stretch((line,), None, None, self.path.texts, kind))

    def speech(self, line: Line, *, apart: bool = False) -> None:
        """Add a line; ``apart``: it is English, or no item of the list that the speeches make."""
        if apart and self.run:
            # under a new heading it tells what was done, and nobody says it
            self.flush()
            self.turn = self.speaker = None
        self.settle()
        self.held.append(line)

    def settle(self) -> None:
        """Close a run of headings: what is no longer in force must still stand in a passage."""
        if not self.run:
            return
        self.path = path_after_run(self.path, [heading for heading, _ in self.run])
        in_force = set(self.path.texts)
        lost = tuple(line for heading, line in self.run if heading.text not in in_force)
        if lost:
            kind = PassageKind.PROCEDURE
            self.stretches.append(_Stretch(lost, None, None, self.path.texts, kind))
        self.run.clear()

    def flush(self) -> None:
        if self.held:
            kind = None if self.speaker else PassageKind.PROCEDURE
            self.stretches.append(
                _Stretch(tuple(self.held), self.turn, self.speaker, self.path.texts, kind)
            )
            self.held.clear()

    def close(self) -> list[_Stretch]:
        if self.run:
            self.flush()
            lines = tuple(line for _, line in self.run)
            self.stretches.append(
                _Stretch(lines, None, None, self.path.texts, PassageKind.PROCEDURE)
            )
            self.run.clear()
        self.flush()
        return self.stretches


def header_passages(header: Header) -> list[Passage]:
    """Return the head as passages, one or more for each of its sections."""
    return [
        piece.passage(PassageKind.HEADER)
        for section in header.sections
        for piece in cut([line for line in section.lines if not _RULE.fullmatch(line.text)])
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

    ``openings`` count the lines from the first of ``lines``; ``bare`` are labels without the party
    that they print.
    """
    stretches = _signed(_walk(lines, openings))
    names = [person.name for person in header.attendees]
    turns = pair(with_english_roles(_turns(stretches, header, bare), names))
    turns = with_english_kinds(turns)
    passages: list[Passage] = []
    for stretch in stretches:
        turn = None if stretch.turn is None else turns[stretch.turn]
        for piece in cut(stretch.lines):
            kind = stretch.kind or (turn.kind if turn else PassageKind.PROCEDURE)
            if not openings and kind is PassageKind.PROCEDURE and "。" in piece.text:
                # minutes in summary form name nobody: what they say is still said
                kind = PassageKind.STATEMENT
            votes = _votes(piece.text) or is_english_vote(piece.text)
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
    return Body(tuple(passages), answers)


def _votes(text: str) -> bool:
    return is_vote(text) or decides(text) or confirms_what_was_put(text)


def _walk(lines: Sequence[Line], openings: Sequence[Opening]) -> list[_Stretch]:
    by_line: dict[int, list[Opening]] = {}
    for opening in openings:
        by_line.setdefault(opening.index, []).append(opening)
    walk = _Walk()
    listed = all(_LISTED.match(lines[index].text) for index in by_line)
    for index, line in enumerate(lines):
        if index in by_line:
            for opening in by_line[index]:
                walk.opening(opening, line)
            continue
        text = line.text.strip()
        if _RULE.fullmatch(text):
            continue
        ends = ends_speech(text) or (_NARRATED_VOTE.match(text) and is_vote(text))
        if ends or _STAGE.match(text) or _NARRATED.match(text) or _HOUR.match(text):
            walk.stage(line)
            if ends:
                walk.turn = walk.speaker = None
            continue
        heading = read_heading(line)
        if heading:
            walk.heading(heading, line)
        elif walk.run and _before_rule(lines, index, by_line):
            walk.heading_goes_on(line)
        else:
            walk.speech(line, apart=not is_japanese(text) or (listed and not _LISTED.match(text)))
    return walk.close()


def _signed(stretches: Sequence[_Stretch]) -> list[_Stretch]:
    """Where a summary marks only 問 and 答, the post in brackets at the end is the speaker."""
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


def _before_rule(lines: Sequence[Line], index: int, openings: Container[int]) -> bool:
    """A short line between a heading and a ruled line is the rest of that heading."""
    for at in range(index, min(index + _HEADING_LINES, len(lines))):
        text = lines[at].text.strip()
        if _RULE.fullmatch(text):
            return True
        if at in openings or len(text) > _HEADING_WIDTH or text.endswith(("。", "、")):
            return False
    return False


def _turns(stretches: Iterable[_Stretch], header: Header, bare: Mapping[str, str]) -> list[Turn]:
    texts: dict[int, list[str]] = {}
    labels: dict[int, str] = {}
    headings: dict[int, tuple[str, ...]] = {}
    for stretch in stretches:
        if stretch.turn is not None and stretch.speaker:
            labels[stretch.turn] = bare.get(stretch.speaker, stretch.speaker)
            headings.setdefault(stretch.turn, stretch.heading)
            texts.setdefault(stretch.turn, []).extend(line.text for line in stretch.lines)
    listed = {
        speakers.plain(person.name): person.role for person in header.attendees if person.role
    }
    last = max(labels, default=-1)
    return [
        Turn(
            number,
            labels.get(number, ""),
            "\n".join(texts.get(number, [])),
            _role(labels.get(number, ""), listed),
            headings.get(number, ()),
        )
        for number in range(last + 1)
    ]


def _role(label: str, listed: dict[str, Role]) -> Role | None:
    role = speakers.role_of(label)
    if role is None or speakers.plain(label).endswith("君"):
        name = speakers.surname(label)
        for known, side in listed.items():
            if name and (known.startswith(name) or name.startswith(known)):
                return side
    return role


def _with_text(line: Line, text: str) -> Line:
    return replace(line, text=text, cells=())
