"""From a line that opens a speech to the speaker as it is shown.

A label that is set wide (``町　　　　長``) is shown in one piece. Where the mark only says what the
speech is (``○再質問　山田花子議員「題」``, ``答　（建設部長）…``), who speaks is named behind it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.record import Role
from ingest.document.source import Line
from ingest.minutes.speakers import speakers
from ingest.minutes.speakers.dialogue import LEAST_TURNS, Candidate
from ingest.minutes.speakers.marks import PATTERNS, Family
from ingest.minutes.speakers.opening import Opening

_NAMED_BEHIND = re.compile(
    r"(?P<who>[^「」。、]{2,32}?)[ \u3000]*(?:「(?P<topic>[^「」]{1,80})」[ \u3000]*)?$"
)
_BLANKS = re.compile(r"[ \u3000]+")
_OUTSIDE = re.compile(r"^[^（(]*")
_ENCLOSED = re.compile(r"[（(]([^（）()]*)[）)]")
_NUMBER = re.compile(r"[ \u3000]*([0-9０-９]{1,2})[.．]")
_ANSWERED = r"[ \u3000]*[→⇒][ \u3000]*(?=[答AＡ][（( \u3000])"
_SAME = 0.8


def openings_of(candidate: Candidate) -> Iterator[Opening]:
    """Yield where a line opens a speech, and another where its answer stands behind an arrow."""
    label, speech = candidate.label, candidate.speech
    asked, *answers = re.split(_ANSWERED, speech, maxsplit=1)
    answer = PATTERNS[Family.SPACED][-1].match(answers[0]) if answers else None
    asks = speakers.is_question_or_answer(speakers.without_brackets(label))
    if not asks or answer is None:
        yield opening_of(candidate)
        return
    yield opening_of(replace(candidate, speech=asked))
    yield opening_of(replace(candidate, label=answer["label"], speech=answer["speech"]))


def opening_of(candidate: Candidate) -> Opening:
    """Return the opening of a speech by the speaker as shown."""
    label, speech = candidate.label.strip(), candidate.speech.strip()
    if speakers.is_question_or_answer(label) and speech:
        behind = _NAMED_BEHIND.match(speech)
        who = behind["who"].strip() if behind else ""
        if behind and _names_a_post(who):
            return Opening(candidate.index, _in_one_piece(who), "", behind["topic"] or "")
        named = PATTERNS[Family.BRACKET][0].match(speech)
        if named and _names_a_post(named["label"]):
            return Opening(candidate.index, f"{label}（{named['label']}）", named["speech"])
    return Opening(candidate.index, _in_one_piece(label), speech)


def with_post_in_brackets(label: str) -> str:
    """Return ``答（町長）`` for ``答　町長``: the mark, and who answers."""
    mark, *behind = label.split(maxsplit=1) or [label]
    named = behind and speakers.is_question_or_answer(mark) and _names_a_post(behind[0])
    return f"{mark}（{_in_one_piece(behind[0])}）" if named else label


def with_named_askers(openings: Sequence[Opening]) -> list[Opening]:
    """Return the openings with a mere 問 in the name of the member who stands alone above it.

    So it is where a council's paper prints a member's name, and below it what was asked.
    """
    named: list[Opening] = []
    asker: Opening | None = None
    for before, opening in zip([None, *openings], openings, strict=False):
        asks = speakers.is_question_or_answer(opening.speaker)
        asks = asks and speakers.role_of(opening.speaker) is Role.MEMBER
        if asks and before and before.index == opening.index - 1 and _is_member_alone(before):
            asker = before
        elif _is_member_alone(opening):
            asker = None
        who = f"{opening.speaker}（{asker.speaker}）" if asks and asker else opening.speaker
        named.append(replace(opening, speaker=who))
    return named


def _is_member_alone(opening: Opening) -> bool:
    mark = speakers.is_question_or_answer(speakers.without_brackets(opening.speaker))
    return not opening.speech and not mark and speakers.role_of(opening.speaker) is Role.MEMBER


def _names_a_post(words: str) -> bool:
    return speakers.is_possible_label(words) and speakers.has_post(words)


def _in_one_piece(label: str) -> str:
    """Close the gaps between the characters of a post; those of a name become one blank."""
    enclosed = _ENCLOSED.fullmatch(label)
    # →（事務局）: the bracket belongs to the mark
    label = enclosed[1] if enclosed else label
    post = _OUTSIDE.search(label)
    outside = post[0] if post else ""
    parts = outside.split()
    if len(parts) > 1 and all(len(part) == 1 for part in parts):
        label = "".join(parts) + label[len(outside) :]
    return _BLANKS.sub(lambda gap: gap[0][0], label)


def marked_by_number(candidates: Sequence[Candidate], lines: Sequence[Line]) -> list[Candidate]:
    """Return the candidates if their number is a mark: one and the same before nearly all.

    Numbers that rise count the entries of a list.
    """
    numbers = {c.index: found[1] for c in candidates if (found := _number(c, lines))}
    most, times = next(iter(Counter(numbers.values()).most_common(1)), ("", 0))
    if times < max(LEAST_TURNS, _SAME * len(candidates)):
        return []
    return [c for c in candidates if numbers.get(c.index) == most]


def _number(candidate: Candidate, lines: Sequence[Line]) -> re.Match[str] | None:
    return _NUMBER.match(lines[candidate.index].text)
