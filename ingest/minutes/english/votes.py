"""Decisions in English minutes: motions, roll calls and their results.

Reads narrated lines (``Motion carried 4-0``), roll calls (``AYES: …``) and announcements by the
chair. What others say about decisions is ignored.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from index.language.text import sentences
from index.passage import Passage, PassageKind
from index.record import Outcome, Role, Vote
from ingest.minutes.english.counts import read_counts, read_roll_call_line

_WORDS = r"(?:[^.]|(?<=No)\.|\.(?=[0-9])|(?<=[ap])\.(?=m\b)|(?<=[ap]\.m)\.(?= [a-z]))*"
"""Words up to the end of a sentence; the full stops in ``No. 12`` and ``5 p.m.`` do not end it."""
_NO_STOP = r"(?:[^.]|(?<=\bMr)\.|(?<=\bMs)\.|(?<=\bMrs)\.|(?<=\bDr)\.)"
_MATTER = (
    r"(?:motion|amendment|resolution|ordinance|by-?law|bill|item|agenda|minute|consent calendar"
    r"|application|request|proposal|measure|budget|proclamation)s?\b"
    r"(?:(?!\b(?:be|that)\b)(?:[^.;:]|(?<=No)\.)){0,80}?"
)
_PASSED = (
    r"carrie[sd]|pass(?:es|ed)|adopted|approved|agreed(?: to)?|accepted|prevail(?:s|ed)"
    r"|succeed(?:s|ed)|enacted"
)
_FAILED = r"fail(?:s|ed)|defeated|lost|denied|rejected|negatived|not (?:agreed|carried|adopted)"
_RESULT = re.compile(
    rf"(?:^|[\s(*\"“])(?:{_MATTER}\s*(?:(?:was|were|is|are|has|have|been)\s+)*"
    rf"(?:unanimously\s+)?(?P<result>{_FAILED}|{_PASSED})\b|(?P<ordered>so ordered)\b)",
    re.IGNORECASE,
)
_ALONE = re.compile(
    rf"[\s*]*(?:motion )?(?P<result>{_FAILED}|{_PASSED})(?: unanimously| on a tie"
    r"| by (?:a )?[\w ]{1,30})?"
    r"(?:[, ]*\(?\b[0-9]{1,2}(?:(?:\s?[-–—]\s?|\s+to\s+)[0-9]{1,2}){1,2}"
    r"(?:[.,;:]?\s*(?:with\b|(?-i:[(A-Z])).*)?)?[\s*.!]*",
    re.IGNORECASE,
)
"""A result without its matter: ``CARRIED.``, ``Carried 3-1 with Hall opposed``."""
_RESOLVED = re.compile(
    r"\b(?:(?P<result>RESOLVED)\b|[Ii]t was (?:unanimously )?(?P<said>resolved|agreed)\b)"
    r"(?: unanimously)?\W*(?:\(?[0-9a-z]{1,2}[).]\W*)?(?P<what>(?:[Tt]hat|[Tt]o|THAT)\b"
    f"{_WORDS})?"
)
_PRESENT = re.compile(r"(?:Here|Present)[.!]?", re.IGNORECASE)
_RESOLVED_BELOW = re.compile(r"\b(?:RESOLVED|[Ii]t was (?:resolved|agreed))\W*$")
_ITEM = re.compile(r"\s*\(?[0-9a-z]{1,4}[).]\s+(?=(?:[Tt]hat|[Tt]o|THAT)\b)")
_SUBJECT_ID = r"(?:Ordinance|Resolution|Bill|Bylaw|By-law|Motion|Application|Proclamation)"
_NUMBERED = re.compile(
    rf"\b{_SUBJECT_ID}s?\s+(?:No\.?\s*|Number\s+|#\s*)?[0-9][\w/.-]*\w", re.IGNORECASE
)
_NOT_YET = re.compile(
    r"\b(?:if|would|will|should|could|once|when|had|until|unless|last (?:year|month|week))\b"
    r"|\b(?:in|on) (?:[A-Z]\w+ )?(?:19|20)[0-9]{2}\b|[?]",
)
_MOTION = re.compile(
    rf"\b(?:^(?:motion|amendment)\s*:|motions?\b{_NO_STOP}{{0,120}}?\b(?:to|that)\b"
    rf"|moved?s?\b(?:\s+by\b{_NO_STOP}{{0,80}}?)?{_NO_STOP}{{0,60}}?\s"
    r"(?:to|that|for|approval of)\b|I\s+(?:\w+\s+){0,3}?move\b|make a motion\b"
    rf"|(?-i:^(?=(?:BE IT RESOLVED )?THAT\b)))\s*(?P<what>{_WORDS})",
    re.IGNORECASE,
)
_CONTINUES = re.compile(
    r"(?:.*\bbe )?(?:to )?\b(?:continue|continued|table|tabled|postponed?|defer(?:red)?"
    r"|refer(?:red)?"
    r"|lay(?: it)? on the table|adjourn debate)\b",
    re.IGNORECASE,
)
_AMENDS = re.compile(
    r"^(?:to )?amend\b(?! (?:the )?(?:municipal |city |town )?(?:code|charter))"
    r"|\bamendment (?:was |is )?(?:carrie[sd]|pass|fail|defeated|lost|agreed)",
    re.IGNORECASE,
)
_ENDS_BUSINESS = ("adjourn", "recess", "closed session")
_MANNER = re.compile(
    r"roll[- ]call(?: vote)?|call the roll|voice vote|show of hands|unanimous(?:ly)?"
    r"|acclamation|on division|without objection",
    re.IGNORECASE,
)
_NEAR = 3


@dataclass(frozen=True, slots=True)
class _Sentence:
    """One sentence or roll-call line, with what its passage says of the speaker."""

    ordinal: int
    text: str
    presides: bool
    speaks: str | None
    heading: tuple[str, ...]


def read_english_votes(passages: Sequence[Passage]) -> tuple[Vote, ...]:
    """Return the decisions in the order of the text; ``Vote.passage`` counts from 0."""
    reader = _VoteReader()
    for sentence in _sentences_of(passages):
        reader.read(sentence)
    return reader.close()


def _sentences_of(passages: Sequence[Passage]) -> Iterator[_Sentence]:
    for ordinal, passage in enumerate(passages):
        if passage.kind is PassageKind.HEADER or passage.kind is PassageKind.TABLE:
            continue
        presides = passage.speaker is None or passage.role is Role.CHAIR
        for line in _with_items_resolved(passage.text.split("\n")):
            for text in [line] if read_roll_call_line(line) else sentences(line):
                yield _Sentence(ordinal, text.strip(), presides, passage.speaker, passage.heading)


def _with_items_resolved(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines; of items below ``RESOLVED:`` each says that it was resolved."""
    resolved = False
    for line in lines:
        item = _ITEM.match(line)
        if resolved and item:
            yield f"RESOLVED {line[item.end() :]}"
            continue
        resolved = _RESOLVED_BELOW.search(line) is not None
        if not resolved:
            yield line


@dataclass(slots=True)
class _VoteReader:
    """Collects the votes: the motion in hand, how it is voted on, and the result."""

    votes: list[Vote] = field(default_factory=list)
    motion: str | None = None
    moved_at: int | None = None
    manner: str | None = None
    heading: tuple[str, ...] = ()
    decided_under: tuple[str, ...] = ()
    ayes: int | None = None
    nays: int | None = None
    listed_at: int | None = None

    def read(self, sentence: _Sentence) -> None:
        if sentence.heading != self.heading:
            self.close_roll_call()
            self.heading = sentence.heading
            self.motion = self.manner = None
        listed = read_roll_call_line(sentence.text) if sentence.presides else None
        if listed:
            self.add_roll_call_line(listed.side, listed.number, sentence.ordinal)
            return
        self.note_manner(sentence)
        found = self.result_in(sentence)
        if self.listed_at is not None and not found:
            self.close_roll_call()
        at = max(found.start("result"), found.start()) if found else None
        before = sentence.text[:at]
        moved = _MOTION.search(before)
        if moved:
            self.motion, self.moved_at = _motion_words(moved), sentence.ordinal
            if self.listed_at is None:
                self.ayes = self.nays = None
        if found:
            self.announce(sentence, found)
        elif sentence.presides and "vot" in sentence.text.lower():
            counts = read_counts(sentence.text)
            if self.motion and counts[0] is not None:
                self.ayes, self.nays = counts
            self.add_counts(sentence.ordinal, counts)

    def note_manner(self, sentence: _Sentence) -> None:
        """Keep how a vote is taken; who answers Here shows that the roll was of those present."""
        manner = _MANNER.search(sentence.text) if sentence.presides else None
        self.manner = manner[0] if manner else self.manner
        if _PRESENT.fullmatch(sentence.text):
            self.manner = None

    def result_in(self, sentence: _Sentence) -> re.Match[str] | None:
        """Return the match for the result of a vote, if the sentence announces one."""
        if not sentence.presides or _NOT_YET.search(sentence.text):
            return None
        behind = sentence.text.rfind("). ") + 2  # VOTE: 5-1 (Hall no). CARRIED.
        if alone := _ALONE.fullmatch(sentence.text, behind if behind > 1 else 0):
            return alone
        found = _RESULT.search(sentence.text)
        return found or (_RESOLVED.search(sentence.text) if sentence.speaks is None else None)

    def add_counts(self, ordinal: int, counts: tuple[int | None, int | None]) -> None:
        """Add counts that follow their vote."""
        last = self.votes[-1] if self.votes else None
        if last is None or last.ayes is not None or counts[0] is None or self.motion:
            return
        if ordinal - (last.passage or 0) <= _NEAR:
            self.votes[-1] = replace(last, ayes=counts[0], nays=counts[1])

    def add_roll_call_line(self, side: str, number: int, ordinal: int) -> None:
        if side == "for":
            if self.ayes is not None:
                self.close_roll_call()
            self.ayes = number
        elif side == "against":
            self.nays = number
        self.listed_at = ordinal

    def announce(self, sentence: _Sentence, found: re.Match[str]) -> None:
        words = found.groupdict()
        result = words["result"] or words.get("said") or found[0].strip()
        if words.get("what"):
            self.motion, self.moved_at = found["what"].strip(), sentence.ordinal
        ayes, nays = read_counts(sentence.text)
        ayes = self.ayes if ayes is None else ayes
        nays = self.nays if nays is None else nays
        self.add(sentence.ordinal, sentence.text, result, (ayes, nays))

    def close_roll_call(self) -> None:
        """Turn a roll call without an announced result into a vote decided by its counts."""
        near = self.votes and (self.listed_at or 0) - (self.votes[-1].passage or 0) <= _NEAR
        if near and self.motion is None and self.votes[-1].ayes is None:
            self.add_counts(self.listed_at or 0, (self.ayes, self.nays))
        elif self.listed_at is not None and self.ayes is not None:
            passed = self.ayes > (self.nays or 0)
            self.add(self.listed_at, "", "Ayes" if passed else "Noes", (self.ayes, self.nays))
        self.ayes = self.nays = self.listed_at = None

    def add(
        self, ordinal: int, text: str, result: str, counts: tuple[int | None, int | None]
    ) -> None:
        words = " ".join((text, self.motion or ""))
        outcome = _outcome(result, self.motion)
        numbered = _NUMBERED.search(words) or self.numbered_heading()
        if any(_AMENDS.search(words) for words in (self.motion or "", text)):
            numbered = None  # only the amendment was voted on, not the matter itself
        vote = Vote(
            item=numbered[0] if numbered else None,
            title=self.motion or (self.heading[-1] if self.heading else None),
            result=result,
            outcome=outcome,
            manner=self.manner,
            ayes=counts[0],
            nays=counts[1],
            passage=ordinal,
        )
        self.ayes = self.nays = self.listed_at = None
        again = self.motion is None or self.moved_at is None
        repeated = self.votes and self.heading == self.decided_under
        self.decided_under = self.heading
        if repeated and _is_same(self.votes[-1], vote, fresh=not again):
            self.votes[-1] = _merged(self.votes[-1], vote)
        elif not any(word in (self.motion or "").lower() for word in _ENDS_BUSINESS):
            self.votes.append(vote)
        self.motion = self.moved_at = self.manner = None

    def numbered_heading(self) -> re.Match[str] | None:
        found = (match for text in reversed(self.heading) if (match := _NUMBERED.search(text)))
        return next(found, None)

    def close(self) -> tuple[Vote, ...]:
        self.close_roll_call()
        return tuple(self.votes)


def _motion_words(match: re.Match[str]) -> str | None:
    return match["what"].strip(" ,;:?") or None


def _outcome(result: str, motion: str | None) -> Outcome:
    if re.fullmatch(_FAILED, result, re.IGNORECASE) or result == "Noes":
        return Outcome.REJECTED
    return Outcome.CONTINUED if _CONTINUES.match(motion or "") else Outcome.PASSED


def _is_same(known: Vote, vote: Vote, *, fresh: bool) -> bool:
    """Tell whether two votes are one: the chair often repeats what the clerk counted."""
    near = (vote.passage or 0) - (known.passage or 0) <= _NEAR
    counts = (vote.ayes, vote.nays) in {(None, None), (known.ayes, known.nays)}
    return (
        near
        and not fresh
        and counts
        and known.outcome is not Outcome.CONTINUED
        and (known.outcome is vote.outcome)
    )


def _merged(known: Vote, vote: Vote) -> Vote:
    return replace(
        known,
        manner=known.manner or vote.manner,
        ayes=vote.ayes if known.ayes is None else known.ayes,
        nays=vote.nays if known.nays is None else known.nays,
    )
