"""The kind of each turn in English minutes: motion, vote, answer to a question by name.

Runs after questions and answers are paired, and corrects them by the English wording.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from index.language.text import sentences
from index.passage import PassageKind
from index.record import Role
from ingest.minutes.english.roles import bears_party, last_name
from ingest.minutes.exchanges.pairing import Turn
from ingest.minutes.speakers import speakers

_MOVES = re.compile(
    r"\b(?:I|we)(?:['’]ll|['’]d| will| would)?(?: like to)?(?: \w+){0,2} (?:move|second)\b"
    r"|\bmake (?:a|the|that) motion\b|^so moved\b|^(?:second(?:ed)?|here|present)\b[.!]?$"
    r"|\bpoint of (?:order|privilege|information)\b|^moved by\b",
    re.IGNORECASE,
)
_PUTS = re.compile(
    r"\ball (?:those )?in favou?r\b"
    r"|\b(?:call|take|have) (?:for )?(?:the|a) (?:roll|vote|question)\b"
    r"|\broll[- ]call\b|\b(?:motion|amendment|resolution|ordinance|item|bill)s? (?:\w+ ){0,3}?"
    r"(?:carrie[sd]|pass(?:es|ed)|fail(?:s|ed)|(?:is|was|are) (?:agreed|adopted|approved|carried"
    r"|defeated|lost))\b|\bthe (?:ayes|noes|yeas|nays) have it\b",
    re.IGNORECASE,
)
_BALLOT = re.compile(
    r"(?:I vote |votes? )?(?:yes|no|aye|nay|yea|in favou?r|against|for|abstain(?:ed)?|opposed)"
    r"(?:,? (?:sir|ma['’]am|madam (?:chair|clerk)))?[.!]?",
    re.IGNORECASE,
)
_RUNS = re.compile(
    r"\b(?:(?:is|are) there|do (?:I|we) (?:have|hear)|may (?:I|we) have|shall we|seeing n(?:o|one)"
    r"|any (?:other |further |more )?(?:\w+ )?(?:changes|corrections|additions|questions?|comments?"
    r"|discussion|debate|objections?|motion|second)|anyone (?:from|in|else|wish)|hear from)\b"
    r"|^(?:thank you[.,]? )?(?:mrs?|ms|dr|madam|council\w*|member|supervisor|commissioner"
    r"|director)\.? (?:\w+[ ,]*){1,3}\?$",
    re.IGNORECASE,
)
_CALLED = re.compile(r"^[A-Z][\w'’-]+(?:[ -][A-Z][\w'’-]+)?\?(?:\s+And the chair votes.*)?$")
_MOVES_ON = re.compile(
    r"\b(?:next (?:item|speaker|question)|item [0-9]|mov(?:e|ing) on|turn(?:ing)? to"
    r"|(?:first|second|third) reading|public hearing|is there a motion"
    r"|we (?:will |now )*(?:go|proceed|hear)|hear from)\b",
    re.IGNORECASE,
)
_CLERKS = re.compile(
    r"[\s*(]*(?:(?:ayes?|yeas?|noes|nos|nays?|absent|abstain\w*|abstentions?|recused?|excused"
    r"|not voting)\s*(?:\([0-9]+\))?[\s*]*[:–—-]"
    r"|(?:a )?motions? (?:was |were )?(?:made )?by\b|moved(?: by\b|\s*:)|vote\b[^:.]{0,30}:"
    r"|roll[- ]call vote\b"
    r"|(?:the )?motion (?:was )?(?:carried|passed|failed|approved|agreed)\b.{0,40}$"
    r"|(?:the )?(?:regular )?(?:meeting|council|committee|board) (?:was |were )?"
    r"(?:adjourned|recessed|reconvened)\b"
    r"|respectfully submitted|minutes (?:taken|prepared|recorded|submitted) by|attest\b)",
    re.IGNORECASE,
)
_NARRATED = re.compile(
    r"(?:(?:the )?motions?|moved|seconded|roll call|ayes|nays|noes"
    r"|the (?:resolution|ordinance|amendment))\b",
    re.IGNORECASE,
)
_SHORT = 3


def is_clerks_line(line: str) -> bool:
    """Tell whether the clerk wrote this line of English minutes, so that it ends a speech."""
    return _CLERKS.match(line) is not None


def is_narration(line: str) -> bool:
    """Tell whether a line of English minutes is narrated, though the speech may go on after it."""
    return _NARRATED.match(line) is not None


def is_english_vote(text: str) -> bool:
    """Tell whether the words put a matter to the vote, announce it, or are a vote cast."""
    text = text.strip()
    called = _BALLOT.fullmatch(text) or _CALLED.match(text)
    return called is not None or _puts_to_vote(text)


def _puts_to_vote(text: str) -> bool:
    return _PUTS.search(text) is not None and "to order" not in text.lower()


def with_english_kinds(turns: Sequence[Turn]) -> list[Turn]:
    """Return the turns with kinds and answers corrected for English procedure."""
    if all(speakers.is_japanese_label(turn.speaker) for turn in turns if turn.speaker):
        return list(turns)
    done: list[Turn] = []
    voting = False
    for turn in turns:
        updated = turn
        if not speakers.is_japanese_label(turn.speaker):
            updated = _with_kind(turn, done, voting=voting)
        voting = updated.kind is PassageKind.VOTE
        done.append(updated)
    return _without_false_answers(done)


def _with_kind(turn: Turn, before: Sequence[Turn], *, voting: bool) -> Turn:
    text = turn.text.strip()
    if turn.role is None and bears_party(turn.speaker):
        turn = replace(turn, role=Role.MEMBER)
    if turn.role is Role.CHAIR:
        return _with_chair_kind(turn, text, voting=voting)
    if voting and _BALLOT.fullmatch(text):
        return replace(turn, kind=PassageKind.VOTE, answers=None)
    if _MOVES.search(text) and turn.role is not Role.CITIZEN:
        return replace(turn, kind=PassageKind.PROCEDURE, answers=None)
    asked = _asked_by_name(turn, before)
    if asked is not None:
        return replace(turn, kind=PassageKind.ANSWER, answers=asked)
    wishes = turn.role is Role.CITIZEN and turn.kind is PassageKind.QUESTION and "?" not in text
    return replace(turn, kind=PassageKind.STATEMENT) if wishes else turn


def _with_chair_kind(turn: Turn, text: str, *, voting: bool) -> Turn:
    if _puts_to_vote(text):
        return replace(turn, kind=PassageKind.VOTE, answers=None)
    if voting and _CALLED.match(text):
        return replace(turn, kind=PassageKind.VOTE, answers=None)
    if turn.kind is PassageKind.QUESTION:
        asking = [part for part in sentences(text) if part.strip().endswith("?")]
        if all(_RUNS.search(part.strip()) or _CALLED.match(part.strip()) for part in asking):
            return replace(turn, kind=PassageKind.PROCEDURE)
    return turn


def _asked_by_name(turn: Turn, before: Sequence[Turn]) -> int | None:
    """Return the number of the previous turn if it is a question that names this speaker."""
    last = before[-1] if before else None
    if last is None or last.kind is not PassageKind.QUESTION or turn.kind is PassageKind.QUESTION:
        return None
    if turn.role in {Role.CITIZEN, Role.WITNESS, None, Role.MEMBER} and turn.answers is None:
        name = last_name(turn.speaker)
        if name and re.search(rf"\b{re.escape(name)}\b", last.text, re.IGNORECASE):
            return last.number
        if turn.role is Role.WITNESS and last.role is Role.CITIZEN:
            return last.number
    return None


def _without_false_answers(turns: Sequence[Turn]) -> list[Turn]:
    """Drop answers to turns that are not questions, or that belong to an earlier matter."""
    by_number: Mapping[int, Turn] = {turn.number: turn for turn in turns}
    return [_drop_false_answer(turn, by_number) for turn in turns]


def _drop_false_answer(turn: Turn, by_number: Mapping[int, Turn]) -> Turn:
    if turn.answers is None or speakers.is_japanese_label(turn.speaker):
        return turn
    asked = by_number[turn.answers]
    between = [by_number[n] for n in range(turn.answers + 1, turn.number) if n in by_number]
    interrupted = any(t.kind is PassageKind.VOTE for t in between) or any(
        t.role is Role.CHAIR and _MOVES_ON.search(t.text) and not _gives_floor(t, turn)
        for t in between
    )
    if asked.kind is PassageKind.QUESTION and not interrupted:
        return turn
    return replace(turn, kind=PassageKind.STATEMENT, answers=None)


def _gives_floor(chair: Turn, turn: Turn) -> bool:
    """Tell whether the chair only gives this speaker the floor."""
    name = last_name(turn.speaker)
    named = name is not None and name.casefold() in chair.text.casefold()
    return named or len(chair.text.split()) <= _SHORT
