"""Which lines that may open a speech do: by what stands before the words, and by the words.

A speaker is a post or a known name, or a label that comes again and is followed by speech.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from index.record import Role
from ingest.document.characters import is_hiragana
from ingest.minutes.speakers import speakers
from ingest.minutes.speakers.dialogue import (
    REPEATED,
    Candidate,
    is_dialogue,
    is_english_dialogue,
)
from ingest.minutes.speakers.marks import Family

SENTENCE_END = re.compile(r"[。．.？！?!]")
_NUMBERING = re.compile("[0-9〇一二三四五六七八九十]+|[^問答質応市区町村県都府道QA]")
_QUESTION_WORD = re.compile(r"再?質疑[0-9]*")
_TOLD = re.compile(r"(?:について|により|に[沿基]づ?[いっ]て|[をの])、?(?:説明|報告)$")
"""「資料1を説明」: what somebody did, in place of the words."""
_LONGEST_WEAK = 12
_SHORTEST_UNENDED = 4
_ASKING_SHARE = 0.2


def _fits_spaced(candidate: Candidate) -> bool:
    named = len(candidate.label) > 1 or speakers.is_question_or_answer(candidate.label)
    return candidate.strong and named


def _fits_bracket(candidate: Candidate) -> bool:
    """Reject numbering such as （1） or （ア）."""
    return _NUMBERING.fullmatch(speakers.fold_label(candidate.label)) is None


def _fits_quoted(candidate: Candidate) -> bool:
    return candidate.strong and bool(candidate.speech)


def _fits_trailing(candidate: Candidate) -> bool:
    """Reject the entry of a list: ``１．町長（田上一郎君）`` is a post with its holder."""
    speech = candidate.speech
    is_post = speakers.has_post(speech) and not any(map(is_hiragana, speech))
    return _fits_quoted(candidate) and not is_post


def _fits_mark(candidate: Candidate) -> bool:
    """Reject the list of those present, whatever it is called: ``■出た人　委員長 …、委員 …``."""
    return not speakers.lists_people(candidate.speech)


def _fits_any(candidate: Candidate) -> bool:
    del candidate
    return True


FITS: dict[Family, Callable[[Candidate], bool]] = {
    Family.BRACKET: _fits_bracket,
    Family.MARK: _fits_mark,
    Family.NUMBER: _fits_any,
    Family.COLON: _fits_any,
    Family.SQUARE: _fits_any,
    Family.QUOTED: _fits_quoted,
    Family.TRAILING: _fits_trailing,
    Family.SPACED: _fits_spaced,
}
"""Whether a line of each family may open a speech at all."""


def is_question_word(label: str) -> bool:
    """Say whether the label is 質疑: more often a heading, it asks only where others answer."""
    return _QUESTION_WORD.fullmatch(speakers.fold_label(label)) is not None


def accept(
    family: Family, candidates: Sequence[Candidate], begun: Collection[int]
) -> list[Candidate]:
    """Keep the candidates whose label is a post, or repeats in a document with such labels.

    ``begun`` are the lines of the candidates of all families.
    """
    times = Counter(_name(candidate) for candidate in candidates)
    marked = family is Family.MARK
    spoken = Counter(_name(c) for c in candidates if not marked or _speaks(c, begun))
    strong = any(candidate.strong for candidate in candidates)
    likely = [c for c in candidates if c.strong or times[_name(c)] >= REPEATED or _may_be_name(c)]
    dialogue = family is Family.COLON and (
        is_english_dialogue(likely, times) or is_dialogue(candidates, times)
    )
    kept = [
        candidate
        for candidate in (likely if dialogue else candidates)
        if candidate.strong
        or dialogue
        or (
            (strong and spoken[_name(candidate)] >= REPEATED)
            and len(_name(candidate)) <= _LONGEST_WEAK
        )
    ]
    asking = _ask_and_answer(candidates)
    kept = [
        c
        for c in kept
        if (asking if is_question_word(c.label) else len(c.label.rstrip(".．")) > 1)
        or _repeats(c, times, asking=asking)
    ]
    if family is Family.SPACED:
        said = [c for c in kept if _is_said(c)]
        return sorted([*_without_header(said), *_said_without_stops(kept)], key=lambda c: c.index)
    return _without_header(kept) if family in {Family.COLON, Family.SQUARE} else kept


def _is_said(candidate: Candidate) -> bool:
    sentence = any(mark in candidate.speech for mark in "。？！")
    return sentence or _TOLD.search(candidate.speech) is not None


def _said_without_stops(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return the speeches of a summary that prints no full stops; none where nobody asks.

    A list of those present has posts before a blank as well: it ends before the first question.
    """
    loose = [c for c in candidates if not _is_said(c) and len(c.speech) >= _SHORTEST_UNENDED]
    asking = [c.index for c in loose if c.speech.rstrip().endswith("か")]
    several = len({_name(c) for c in loose}) > 1
    if not several or len(asking) < max(REPEATED, _ASKING_SHARE * len(loose)):
        return []
    return [c for c in loose if c.index >= asking[0]]


def _ask_and_answer(candidates: Iterable[Candidate]) -> bool:
    """Tell whether some labels are a Q or 問, and others an A, 答 or a post that answers."""
    bases = {speakers.without_brackets(c.label): c.strong for c in candidates}
    marks = {base for base in bases if speakers.is_question_or_answer(base)}
    roles = {speakers.role_of(base) for base, strong in bases.items() if strong or base in marks}
    return Role.EXECUTIVE in roles and Role.MEMBER in {speakers.role_of(base) for base in marks}


def _repeats(candidate: Candidate, times: Mapping[str, int], *, asking: bool) -> bool:
    """Tell whether a single letter repeats; A and 問 also count and classify, if nobody answers."""
    if candidate.family is Family.SPACED and speakers.is_question_or_answer(candidate.label):
        return asking
    return times[_name(candidate)] >= REPEATED


def _name(candidate: Candidate) -> str:
    return speakers.fold_label(candidate.label)


def _speaks(candidate: Candidate, begun: Collection[int]) -> bool:
    """Tell whether speech follows a mark: a heading has no sentence, or others speak below it."""
    if candidate.speech:
        return SENTENCE_END.search(candidate.speech) is not None
    return candidate.index + 1 not in begun


def _may_be_name(candidate: Candidate) -> bool:
    """Tell a name in Latin letters from a word such as Next: it has a surname and speaks."""
    return " " in candidate.label and SENTENCE_END.search(candidate.speech) is not None


def _without_header(candidates: list[Candidate]) -> list[Candidate]:
    """Drop lines of the head (``会長：山田太郎``) before the first real speech."""
    for start, candidate in enumerate(candidates):
        if not candidate.speech or SENTENCE_END.search(candidate.speech):
            return candidates[start:]
    return []
