"""The body of minutes as stretches: the lines of one speech, or of nobody, below one heading."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from index.passage import PassageKind
from ingest.document.cutting import is_answered
from ingest.document.headings import Heading, HeadingPath, path_after_run
from ingest.document.source import Line
from ingest.minutes.clerk import corrects, is_bulleted
from ingest.minutes.exchanges.sentence_purpose import is_vote
from ingest.minutes.sitting.day import begins_sitting
from ingest.minutes.speakers import speakers
from ingest.minutes.speakers.opening import TOLD_BY_CLERK, Opening

_FIRST_ITEM = re.compile(r"[（(]?[1１一アｱa①⑴][)）．.、 　]?(?![0-9０-９])")
_COLUMN_RANK = 4
_LONGEST_HEADLINE = 40


@dataclass(frozen=True, slots=True)
class Stretch:
    """Consecutive lines of one speech under one heading, or of no speaker."""

    lines: tuple[Line, ...]
    turn: int | None
    speaker: str | None
    heading: tuple[str, ...]
    kind: PassageKind | None = None


@dataclass(slots=True)
class BodyReader:
    """Goes through the body and collects its stretches.

    ``noted`` if items are the clerk's, ``tabled`` if all that is said stands in rows of tables.
    """

    noted: bool
    tabled: bool
    stretches: list[Stretch] = field(default_factory=list)
    path: HeadingPath = field(default_factory=HeadingPath)
    headings: list[tuple[Heading, Line]] = field(default_factory=list)
    pending: list[Line] = field(default_factory=list)
    turn: int | None = None
    speaker: str | None = None
    spoken: int = 0

    def add_opening(self, opening: Opening, line: Line) -> None:
        """Begin a speech, or go on with it where a row names nobody."""
        if opening.topic:
            self.add_heading(Heading("column", _COLUMN_RANK, opening.topic), line)
        self.close_headings()
        if opening.continues:
            self.pending.append(_with_text(line, opening.speech))
            return
        self.close_speech()
        self.turn = self.spoken
        self.spoken += 1
        self.speaker = opening.speaker
        if opening.speech:
            self.pending.append(_with_text(line, opening.speech))

    def add_heading(self, heading: Heading, line: Line) -> None:
        """Add a heading to the run of headings that is not closed yet."""
        self.close_speech()
        self.headings.append((heading, line))

    def further_day(self, text: str) -> Heading | None:
        """Return the day of a further sitting in one file: it stands above all that follows."""
        begins = self.speaker is None and self.spoken and begins_sitting(text)
        return Heading("day", 0, text) if begins else None

    def headline(self, text: str, below: Sequence[Opening]) -> Heading | None:
        """Return what stands above the name of the next who asks, where marks speak (問, 答)."""
        named = bool(below) and not below[0].speech and len(text) <= _LONGEST_HEADLINE
        marks = speakers.is_question_or_answer(speakers.without_brackets(self.speaker or ""))
        return Heading("headline", 2, text) if named and marks and "。" not in text else None

    def extend_heading(self, line: Line) -> None:
        """Add a line to the last heading."""
        heading, first = self.headings[-1]
        text = f"{heading.text} {line.text.strip()}"
        joined = replace(first, text=f"{first.text}\n{line.text.strip()}")
        self.headings[-1] = (replace(heading, text=text), joined)

    def add_stage_direction(self, line: Line) -> None:
        """Add what the clerk tells; it may stand in place of a speech."""
        instead = TOLD_BY_CLERK.fullmatch(line.text.strip()) and self.is_silent()
        if instead or (self.pending and corrects(line.text)):
            self.pending.append(line)
            return
        self.close_headings()
        self.close_speech()
        kind = PassageKind.VOTE if is_vote(line.text) else PassageKind.PROCEDURE
        self.stretches.append(Stretch((line,), None, None, self.path.texts, kind))

    def is_silent(self) -> bool:
        """Say whether the one who has the floor has said nothing yet."""
        spoken = self.pending or any(stretch.turn == self.turn for stretch in self.stretches)
        return self.speaker is not None and not spoken

    def add_line(self, line: Line, *, apart: bool = False) -> None:
        """Add a line of text; ``apart`` if it is English, or bears no mark where speeches do."""
        if self.tabled:
            # all that is said stands in rows
            self.leave()
        note = self.noted and self.speaker is not None and is_bulleted(line.text)
        if note or ((apart or self.ends_answer()) and self.headings):
            # under a new heading it is narration, not speech
            self.leave()
        self.close_headings()
        if self.pending and is_answered(self.pending[-1].text, line.text):
            self.close_speech()
        self.pending.append(line)

    def ends_answer(self) -> bool:
        """Say whether a new heading is no item of an answer (答), where only such marks speak."""
        asks = speakers.is_question_or_answer(self.speaker or "")
        return asks and not any(_FIRST_ITEM.match(line.text.strip()) for _, line in self.headings)

    def close_headings(self) -> None:
        """Close a run of headings; those that are replaced at once still need a passage."""
        if not self.headings:
            return
        self.path = path_after_run(self.path, [heading for heading, _ in self.headings])
        in_force = set(self.path.texts)
        lost = tuple(line for heading, line in self.headings if heading.text not in in_force)
        if lost:
            kind = PassageKind.PROCEDURE
            self.stretches.append(Stretch(lost, None, None, self.path.texts, kind))
        self.headings.clear()

    def close_speech(self) -> None:
        """End the stretch."""
        if self.pending:
            kind = None if self.speaker else PassageKind.PROCEDURE
            self.stretches.append(
                Stretch(tuple(self.pending), self.turn, self.speaker, self.path.texts, kind)
            )
            self.pending.clear()

    def leave(self) -> None:
        """End the speech: what follows is nobody's."""
        self.close_speech()
        self.turn = self.speaker = None

    def close(self) -> list[Stretch]:
        """End the body and return its stretches."""
        if self.headings:
            self.close_speech()
            lines = tuple(line for _, line in self.headings)
            self.stretches.append(
                Stretch(lines, None, None, self.path.texts, PassageKind.PROCEDURE)
            )
            self.headings.clear()
        self.close_speech()
        return self.stretches


def _with_text(line: Line, text: str) -> Line:
    return replace(line, text=text, cells=())
