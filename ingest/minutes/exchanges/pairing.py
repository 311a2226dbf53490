"""Which speech answers which, for single and for bundled questions.

At most one question is open. Speeches of the answering side belong to it until the next question
is asked or the chair turns to another matter.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.language.asking import asks
from index.language.text import sentences
from index.passage import PassageKind
from index.record import Role
from ingest.minutes.exchanges.presiding import (
    closes_matter,
    confirms_what_was_put,
    decides,
    ends_meeting,
    find_presider,
    is_own_view,
    opens_meeting,
    opens_or_closes,
    runs_meeting,
)
from ingest.minutes.exchanges.sentence_purpose import (
    asking_sentences,
    calls_for_explanation,
    is_procedural,
)
from ingest.minutes.speakers import speakers

_ANSWERERS = (Role.EXECUTIVE, Role.WITNESS)
_CALLS_ANSWER = re.compile("答弁を?、?(?:求め|お?願い)")
_MAYOR = re.compile(r"(?<!vice )(?<!vice-)(?<!deputy )\bmayor\b(?! pro[ -]?tem)", re.IGNORECASE)
_VIEWS = re.compile(
    r"(?<![各皆])(?:委員|議員|先生|さん)(?:から|より|に[はも]?)、?[^。]{0,22}"
    r"(?:意見|感想|見解|考え|状況|紹介)[^。]{0,6}(?:を|いただ|頂|伺)"
)
_ANSWERS = re.compile(r"お答え|答弁(?:いた|申し|し)|ご質問に")
_OPENING_WORDS = 40
_NEAR = 2
"""An unknown speaker may answer a question up to this many turns after it."""
_ADDRESS = 9
"""A sentence of up to this many characters only calls a speaker."""
_BUNDLED = 1500
"""A speech this long asks so much that its answers may come under several headings."""
_MEMBERS_ONLY_SHARE = 0.5
_LEAST_TURNS = 2


@dataclass(frozen=True, slots=True)
class Turn:
    """One speech.

    ``role`` is ``None`` if unknown; ``kind`` and ``answers`` (the number of the turn
    that it answers) are set by :func:`pair_answers`.
    """

    number: int
    speaker: str
    text: str
    role: Role | None = None
    heading: tuple[str, ...] = ()
    kind: PassageKind = PassageKind.STATEMENT
    answers: int | None = None


def pair_answers(turns: Sequence[Turn]) -> list[Turn]:
    """Return the turns with their roles completed, their kinds, and what they answer."""
    return _Pairing().run(_with_roles(turns))


class _Pairing:
    """Goes through the turns and keeps track of the open question."""

    def __init__(self) -> None:
        self.done: dict[int, Turn] = {}
        self.open: Turn | None = None
        self.put = False
        """The chair has just put something to the vote."""
        self.presided = False

    def run(self, turns: Sequence[Turn]) -> list[Turn]:
        for turn in turns:
            self.done[turn.number] = turn
            if self.open and self.open.heading != turn.heading and len(self.open.text) < _BUNDLED:
                self.open = None
            if turn.role in _ANSWERERS:
                self._read_answerer(turn)
            elif turn.role is Role.CHAIR:
                self._read_chair(turn)
                self.presided = True
            else:
                self._read_member(turn)
        return [self.done[turn.number] for turn in turns]

    def _read_answerer(self, turn: Turn) -> None:
        if ends_meeting(turn.text):
            self.open = None
        if self.open is None:
            if opens_or_closes(turn.text):
                self.done[turn.number] = replace(turn, kind=PassageKind.PROCEDURE)
            return
        asked = self.done[self.open.number]
        if asked.kind is not PassageKind.QUESTION:
            # whatever its wording, a speech that the answering side replies to is a question
            self.done[asked.number] = replace(asked, kind=PassageKind.QUESTION)
        self.done[turn.number] = replace(turn, kind=PassageKind.ANSWER, answers=asked.number)

    def _read_chair(self, turn: Turn) -> None:
        questions = [part for part in asking_sentences(turn.text) if not is_procedural(part)]
        settles = decides(turn.text) or (self.put and confirms_what_was_put(turn.text))
        self.put = decides(turn.text)
        if settles:
            self.done[turn.number] = replace(turn, kind=PassageKind.VOTE)
            self.open = None
        elif _asks_for_views(turn.text) or (questions and _asks_in_substance(turn.text)):
            self.open = turn
            self.done[turn.number] = replace(turn, kind=PassageKind.QUESTION)
        elif is_own_view(turn.text):
            self.done[turn.number] = replace(turn, kind=PassageKind.STATEMENT)
        else:
            self.done[turn.number] = replace(turn, kind=PassageKind.PROCEDURE)
            if calls_for_explanation(turn.text) or closes_matter(turn.text):
                self.open = None

    def _read_member(self, turn: Turn) -> None:
        questions = asking_sentences(turn.text)
        answers = self._is_called_on(turn) or self._is_unknown_after_question(turn)
        if not questions and (answers or self._announces_answer(turn)):
            self._read_answerer(turn)
            return
        self.open = turn
        if questions:
            self.done[turn.number] = replace(turn, kind=PassageKind.QUESTION)

    def _is_unknown_after_question(self, turn: Turn) -> bool:
        """Tell whether a speaker of unknown role may be answering the open question."""
        if turn.role is not None or self.open is None or self.open.role is not Role.MEMBER:
            return False
        asked = self.done[self.open.number].kind is PassageKind.QUESTION
        return asked and turn.number - self.open.number <= _NEAR

    def _announces_answer(self, turn: Turn) -> bool:
        """Tell whether a member who was asked (委員長, 提案者) opens with 「お答えします」."""
        return self.open is not None and _ANSWERS.search(turn.text[:_OPENING_WORDS]) is not None

    def _is_called_on(self, turn: Turn) -> bool:
        """Tell whether the open question, just before, names this member."""
        if self.open is None or self.open.number != turn.number - 1:
            return False
        name = speakers.surname(turn.speaker)
        tail = sentences(self.open.text)[-2:]
        return bool(name) and any(
            f"{name}{post}" in part for part in tail for post in ("委員", "議員", "さん")
        )


def _asks_for_views(text: str) -> bool:
    """Tell whether the chair asks a named member for an opinion or a report."""
    return _VIEWS.search(text) is not None


def _asks_in_substance(text: str) -> bool:
    """Tell whether the chair asks a real question rather than only calling a speaker."""
    if _CALLS_ANSWER.search(text):
        return False
    asked = [part.strip() for part in sentences(text) if asks(part) and not is_procedural(part)]
    return any(len(part) > _ADDRESS for part in asked)


def _with_roles(turns: Sequence[Turn]) -> list[Turn]:
    known: dict[str, Role] = {}
    turns = _with_one_chair(turns)
    for turn in turns:
        if turn.role:
            known.setdefault(speaker_key(turn.speaker), turn.role)
    if turns and not any(turn.role is Role.CHAIR for turn in turns):
        # in transcripts that print only names, the chair opens the meeting and speaks first
        if turns[0].role is not Role.EXECUTIVE and opens_meeting(turns[0].text):
            key = speaker_key(turns[0].speaker)
            turns = [
                replace(t, role=Role.CHAIR) if speaker_key(t.speaker) == key else t for t in turns
            ]
            known[key] = Role.CHAIR
        else:
            # a mayor who is named among council members presides
            turns = [replace(t, role=Role.CHAIR) if _MAYOR.search(t.speaker) else t for t in turns]
            known.update(
                {speaker_key(t.speaker): Role.CHAIR for t in turns if t.role is Role.CHAIR}
            )
    presides = any(turn.role is Role.CHAIR for turn in turns)
    acting = _acting_chairs(turns)
    guessed = _roles_by_behaviour(
        [turn for turn in turns if speaker_key(turn.speaker) not in known], turns
    )
    completed: list[Turn] = []
    for turn in turns:
        key = speaker_key(turn.speaker)
        role = turn.role or known.get(key) or guessed.get(key)
        if speakers.is_deputy_chair(turn.speaker) and (not presides or key in acting):
            role = Role.CHAIR
        completed.append(replace(turn, role=role))
    return completed


def _with_one_chair(turns: Sequence[Turn]) -> Sequence[Turn]:
    """Settle who presides: 議長 rather than 委員長, or else whoever runs the meeting."""
    chairs = {turn.speaker for turn in turns if turn.role is Role.CHAIR}
    if any(speakers.is_speaker_of_the_house(label) for label in chairs):
        reporting = {x for x in chairs if not speakers.is_speaker_of_the_house(x)}
        return [replace(t, role=Role.MEMBER) if t.speaker in reporting else t for t in turns]
    if chairs or not any(speakers.is_japanese_label(turn.speaker) for turn in turns):
        return turns
    own = find_presider(
        [(turn.speaker, turn.text) for turn in turns if not _is_group(turn.speaker)]
    )
    return [replace(t, role=Role.CHAIR) if t.speaker == own else t for t in turns]


def _is_group(label: str) -> bool:
    """Tell whether a label names a group, which may open a meeting but does not chair it."""
    return speakers.is_question_or_answer(label) or label in {"委員", "事務局"}


def speaker_key(label: str) -> str:
    """Return the constant part of a label: ``Hon. X (Minister)`` is later only ``Hon. X``."""
    name = speakers.fold_label(label)
    return re.sub(r"[（(].*[）)]$", "", name) if name[:1].isascii() else name


def _acting_chairs(turns: Sequence[Turn]) -> set[str]:
    """Return the vice chairs who run the meeting in most of their speeches."""
    acting: set[str] = set()
    vices = {speaker_key(turn.speaker) for turn in turns if speakers.is_deputy_chair(turn.speaker)}
    for key in vices:
        own = [turn for turn in turns if speaker_key(turn.speaker) == key]
        running = sum(1 for turn in own if runs_meeting(turn.text))
        if running > len(own) / 2:
            acting.add(key)
    return acting


def _roles_by_behaviour(unknown: Sequence[Turn], turns: Sequence[Turn]) -> dict[str, Role]:
    """Infer the roles of bare names: members ask, executives speak after questions."""
    asked: dict[str, list[bool]] = {}
    after: dict[str, list[bool]] = {}
    previous_asks = False
    names = {speaker_key(turn.speaker) for turn in unknown}
    for turn in turns:
        key = speaker_key(turn.speaker)
        question = any(asks(part) for part in sentences(turn.text)[-4:])
        if key in names:
            asked.setdefault(key, []).append(question)
            after.setdefault(key, []).append(previous_asks)
        if turn.role is not Role.CHAIR or (question and _asks_in_substance(turn.text)):
            previous_asks = question
    roles: dict[str, Role] = {}
    for key in names:
        asking = sum(asked[key]) / len(asked[key])
        answering = sum(after[key]) / len(after[key])
        enough = len(asked[key]) >= _LEAST_TURNS
        if enough and answering > asking and answering >= _MEMBERS_ONLY_SHARE:
            roles[key] = Role.EXECUTIVE
        elif asking > 0:
            roles[key] = Role.MEMBER
    return roles
