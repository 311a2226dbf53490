"""Where speeches begin: the speaker layout is inferred from the document itself.

Each line is tried against a few families of marks (brackets, circles, colons, …). The layout is the
mark that often precedes labels ending in a post. The same mark before other words (a heading, a
time, a stage direction) does not open a speech.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from ingest.document.characters import is_hiragana
from ingest.document.source import Line
from ingest.minutes.speakers import speakers
from ingest.minutes.speakers.dialogue import (
    LEAST_TURNS,
    REPEATED,
    Candidate,
    chairs_without_mark,
    is_dialogue,
    is_english_dialogue,
)
from ingest.minutes.speakers.labels import marked_by_number, opening_of
from ingest.minutes.speakers.marks import PATTERNS, Family
from ingest.minutes.speakers.opening import Opening
from ingest.minutes.speakers.speaker_columns import read_speech_rows

__all__ = ["Opening", "find_openings"]


_SENTENCE_END = re.compile(r"[。．.？！?!]")
_TITLED = re.compile(
    r"^(?:(?:The|Mr|Mrs|Ms|Miss|Dr|Hon|Right|Rt|Sir|Madam|Lord|Lady|Prof|Professor|Cllr"
    r"|Councill?or|Council ?(?:member|man|woman)|Alder\w+|Mayor|Chair\w*|Vice"
    r"|Commissioner|Director|Superintendent|President|Secretary|Minister|Deputy|Chief|City|Town"
    r"|County)\b|[A-Z][A-Z. '-]+$)",
    re.IGNORECASE,
)
_ENGLISH_NAME = re.compile(
    r"^(?:[A-ZÀ-Þ][\w.'’-]*|de|van|von|der|la|of|the|and|&)(?:\s+(?:[A-ZÀ-Þ][\w.'’-]*|de|van|von"
    r"|der|la|of|the|and|&)){0,6}$"
)
_FIELD = re.compile(
    r"^(?:date|time|place|location|venue|(?:also |others )?present|absent|attend\w*|member|staff"
    r"|agenda|note|item|subject|motion.*|action|(?:moved|seconded|recorded)(?: by)?|result|vote.*"
    r"|roll call.*|ayes?|nay|noes|yea|yes|no|for|against|in favou?r|opposed|abstain\w*|excused"
    r"|regret|recused?|recorded vote|carried|defeated|page|tel|email|phone|www|https?|re|to|from"
    r"|cc|apologies|quorum)s?$",
    re.IGNORECASE,
)

_NUMBER = re.compile(r"^[0-9０-９]{1,3}[.．、)）]?[ \u3000]+(?![ \u3000番])")
_LISTED = re.compile("[0-9０-９]+[.．]")
_NUMBERING = re.compile("[0-9〇一二三四五六七八九十]+|[^問答質応市区町村県都府道QA]")
_SEAT = re.compile(r"[0-9０-９〇一二三四五六七八九十百]+番")
_POST = re.compile(r"(?:長|委員|議員|知事|事務局|職員|参事|主査|主事|主任|君|氏|さん)$")

_FEW_WORDS = 3
_LONGEST_BARE = 20
_LONGEST_WEAK = 12
_SECONDARY_SHARE = 0.2
_UNMARKED = (Family.SPACED, Family.BARE, Family.TRAILING)
_TRAILING_SHARE = 0.3
_LATIN_LABEL_WORDS = 8


def find_openings(lines: Sequence[Line], names: Collection[str] = ()) -> list[Opening]:
    """Return where speeches open, in order; empty if the lines are not minutes.

    ``names`` are the names of the attendance list, folded by
    :func:`ingest.minutes.speakers.speakers.fold_label`: a label that begins with one of them is a
    speaker even without a post.
    """
    rows = read_speech_rows(lines, lambda label: _is_strong(label, names))
    found = _openings_by_marks(lines, names)
    # minutes use one layout, a table or marks
    return rows if len(rows) > len(found) else found


def _openings_by_marks(lines: Sequence[Line], names: Collection[str]) -> list[Opening]:
    candidates: dict[Family, list[Candidate]] = {family: [] for family in Family}
    for index, line in enumerate(lines):
        for candidate in _candidates(index, line, lines, names):
            candidates[candidate.family].append(candidate)
    accepted = {family: _accept(family, found) for family, found in candidates.items()}
    if len(accepted[Family.TRAILING]) < max(LEAST_TURNS, _TRAILING_SHARE * len(lines)):
        accepted[Family.TRAILING] = []
    accepted[Family.NUMBER] = marked_by_number(accepted[Family.NUMBER], lines)
    primary = max(Family, key=lambda family: _weight(family, accepted[family]))
    main = accepted[primary]
    if not main:
        return []
    chosen = {candidate.index: candidate for candidate in main}
    for candidate in _beside(primary, accepted):
        chosen.setdefault(candidate.index, candidate)
    if primary not in _UNMARKED:
        for candidate in chairs_without_mark(accepted, chosen.values()):
            chosen.setdefault(candidate.index, candidate)
    return [opening_of(chosen[index]) for index in sorted(chosen)]


def _beside(primary: Family, accepted: Mapping[Family, Sequence[Candidate]]) -> Iterator[Candidate]:
    """Yield the sure speeches of other families that come often enough beside the primary one."""
    for family, others in accepted.items():
        enough = len(others) >= max(LEAST_TURNS, _SECONDARY_SHARE * len(accepted[primary]))
        # if the speech wraps in the next cell, its label is alone on a line
        apart = {family, primary} == {Family.SPACED, Family.BARE}
        if family is not primary and (family not in _UNMARKED or apart) and enough:
            yield from (candidate for candidate in others if candidate.strong)


def _weight(family: Family, accepted: Sequence[Candidate]) -> float:
    strong = sum(1 for candidate in accepted if candidate.strong)
    score = strong + 0.5 * (len(accepted) - strong)
    return score * (0.5 if family in _UNMARKED else 1.0)


def _candidates(
    index: int, line: Line, lines: Sequence[Line], names: Collection[str]
) -> Iterator[Candidate]:
    if line.cells:
        return
    text = line.text
    for family, patterns in PATTERNS.items():
        best: Candidate | None = None
        for pattern in patterns:
            match = pattern.match(text)
            if match is None:
                continue
            candidate = _candidate_from(index, family, match, names)
            if candidate and (best is None or (candidate.strong and not best.strong)):
                best = candidate
        if best and _FITS[family](best, text):
            yield best
    bare = text.strip()
    if (
        len(bare) <= _LONGEST_BARE
        and not _LISTED.match(bare)
        and _is_strong(bare, names)
        and _speech_follows(index, lines, names)
    ):
        yield Candidate(index, Family.BARE, bare, "", strong=True)


def _candidate_from(
    index: int, family: Family, match: re.Match[str], names: Collection[str]
) -> Candidate | None:
    # ** is Markdown's bold, often used for labels
    label = match["label"].strip(" \u3000*")
    speech = (match["speech"] or "").lstrip("* ")
    label = _NUMBER.sub("", label)
    if not label or not _may_have_blanks(label):
        return None
    if not speakers.is_japanese_label(label):
        if family is Family.COLON and not _is_english_label(label):
            return None
        strong = bool(_TITLED.match(label)) or speakers.is_question_or_answer(label)
        return Candidate(index, family, label, speech, strong)
    if not speakers.is_possible_label(label):
        return None
    return Candidate(index, family, label, speech, _is_strong(label, names))


def _may_have_blanks(label: str) -> bool:
    """Tell whether a label may contain its blanks.

    ``鬼塚　勲議長`` is one label; ``小森委員　海野課長`` is a label and the start of the speech.
    """
    parts = label.split()
    if len(parts) == 1 or "（" in label or "(" in label or not speakers.is_japanese_label(label):
        return True
    last, before = parts[-1], [part for part in parts[:-1] if not _SEAT.fullmatch(part)]
    if speakers.without_honorific(last) != last and speakers.has_post(
        before[0] if before else last
    ):
        return not any(char.isdigit() for part in before for char in part)
    narrow = all(len(part) == 1 for part in parts)
    return narrow or (
        speakers.has_post(last) and not any(len(p) > 1 and _POST.search(p) for p in before)
    )


def _is_strong(label: str, names: Collection[str]) -> bool:
    if not speakers.is_possible_label(label):
        return False
    if speakers.has_post(label) or speakers.is_question_or_answer(label):
        return True
    name = speakers.fold_label(label)
    return len(name) > 1 and any(
        known.startswith(name) or name.startswith(known) for known in names
    )


def _is_english_label(label: str) -> bool:
    base = label.partition("(")[0].rstrip() if label.endswith(")") else label
    return (
        len(base.split()) <= _LATIN_LABEL_WORDS
        and not _FIELD.match(base)
        and _ENGLISH_NAME.match(base) is not None
    )


def _speech_follows(index: int, lines: Sequence[Line], names: Collection[str]) -> bool:
    if index + 1 >= len(lines):
        return False
    after = lines[index + 1].text
    if not speakers.is_japanese_label(lines[index].text):
        # an attendance list also has one name per line
        label = lines[index].text
        return "," not in label and len(after.split()) > _FEW_WORDS and after.rstrip()[-1] in ".?!"
    return bool(_SENTENCE_END.search(after)) and not _is_strong(after.strip(), names)


def _fits_spaced(candidate: Candidate, text: str) -> bool:
    del text
    return (
        candidate.strong
        and len(candidate.label) > 1
        and any(mark in candidate.speech for mark in "。？！")
    )


def _fits_bracket(candidate: Candidate, text: str) -> bool:
    """Reject numbering such as （1） or （ア）."""
    del text
    return _NUMBERING.fullmatch(speakers.fold_label(candidate.label)) is None


def _fits_quoted(candidate: Candidate, text: str) -> bool:
    del text
    return candidate.strong and bool(candidate.speech)


def _fits_trailing(candidate: Candidate, text: str) -> bool:
    """Reject the entry of a list: ``１．町長（田上一郎君）`` is a post with its holder."""
    speech = candidate.speech
    is_post = speakers.has_post(speech) and not any(map(is_hiragana, speech))
    return _fits_quoted(candidate, text) and not is_post


def _fits_any(candidate: Candidate, text: str) -> bool:
    del candidate, text
    return True


def _accept(family: Family, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Keep the candidates whose label is a post, or repeats in a document with such labels."""
    times = Counter(speakers.fold_label(candidate.label) for candidate in candidates)
    strong = sum(1 for candidate in candidates if candidate.strong)
    dialogue = family is Family.COLON and (
        is_english_dialogue(candidates, times) or is_dialogue(candidates, times)
    )
    kept = [
        candidate
        for candidate in candidates
        if candidate.strong
        or dialogue
        or (
            strong
            and times[speakers.fold_label(candidate.label)] >= REPEATED
            and len(speakers.fold_label(candidate.label)) <= _LONGEST_WEAK
        )
    ]
    kept = [c for c in kept if len(c.label) > 1 or times[speakers.fold_label(c.label)] >= REPEATED]
    if family in {Family.COLON, Family.SPACED, Family.SQUARE}:
        kept = _without_header(kept)
    return kept


def _without_header(candidates: list[Candidate]) -> list[Candidate]:
    """Drop lines of the head (``会長：山田太郎``) before the first real speech."""
    for start, candidate in enumerate(candidates):
        if not candidate.speech or _SENTENCE_END.search(candidate.speech):
            return candidates[start:]
    return []


_FITS: dict[Family, Callable[[Candidate, str], bool]] = {
    Family.BRACKET: _fits_bracket,
    Family.MARK: _fits_any,
    Family.NUMBER: _fits_any,
    Family.COLON: _fits_any,
    Family.SQUARE: _fits_any,
    Family.QUOTED: _fits_quoted,
    Family.TRAILING: _fits_trailing,
    Family.SPACED: _fits_spaced,
}
