"""Where speeches begin: the speaker layout is inferred from the document itself.

Each line is tried against a few families of marks (brackets, circles, colons, …). The layout is the
mark that often precedes labels ending in a post. The same mark before other words (a heading, a
time, a stage direction) does not open a speech.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from ingest.document.cutting import ARROWS
from ingest.document.source import Line
from ingest.minutes.speakers import speakers
from ingest.minutes.speakers.accepting import FITS, SENTENCE_END, accept, is_question_word
from ingest.minutes.speakers.dialogue import LEAST_TURNS, Candidate, chairs_without_mark
from ingest.minutes.speakers.labels import (
    marked_by_number,
    openings_of,
    with_named_askers,
    with_post_in_brackets,
)
from ingest.minutes.speakers.mark_legend import openings_by_legend
from ingest.minutes.speakers.marks import PATTERNS, Family
from ingest.minutes.speakers.opening import TOLD_BY_CLERK, Opening
from ingest.minutes.speakers.speaker_columns import read_speech_rows

__all__ = ["Opening", "find_openings"]


_TITLED = re.compile(
    r"^(?:(?:The|Mr|Mrs|Ms|Miss|Dr|Hon|Right|Rt|Sir|Madam|Lord|Lady|Prof|Professor|Cllr"
    r"|Councill?or|Council ?(?:member|man|woman)|Alder\w+|Mayor|Chair\w*|Vice"
    r"|Commissioner|Director|Superintendent|President|Secretary|Minister|Deputy|Chief|City|Town"
    r"|County)\b|(?-i:[A-Z][A-Z. '-]+)$)",
    re.IGNORECASE,
)
_ENGLISH_NAME = re.compile(
    r"^(?:[A-ZÀ-Þ][\w.'’-]*|de|van|von|der|la|of|the|and|&)(?:\s+(?:[A-ZÀ-Þ][\w.'’-]*|de|van|von"
    r"|der|la|of|the|and|&)){0,6}$"
)
_FIELD = re.compile(
    r"^(?:date|time|place|location|venue|(?:also |others )?present|absent|attend\w*|member|staff"
    r"|officer|agenda|note|item|subject|motion.*|amendment.*|action"
    r"|(?:moved|seconded|recorded)(?: by)?|result|vote.*"
    r"|roll call.*|ayes?|nay|noes|yea|yes|no|for|against|in favou?r|opposed|abstain\w*|excused"
    r"|regret|recused?|recorded vote|carried|defeated|page|tel|email|phone|www|https?|re|to|from"
    r"|cc|apologies|quorum)s?$",
    re.IGNORECASE,
)

_NUMBER = re.compile(r"^[0-9０-９]{1,3}[.．、)）]?[ \u3000]+(?![ \u3000番])")
_LISTED = re.compile("[0-9０-９]+[.．]")
_LETTER = re.compile("[A-ZＡ-Ｚ0-9０-９]{1,2}")
_SEAT = re.compile(r"[0-9０-９〇一二三四五六七八九十百]+番")
_POST = re.compile(r"(?:長|委員|議員|知事|事務局|職員|参事|主査|主事|主任|君|氏|さん)$")

_FEW_WORDS = 3
_LONGEST_BARE = 20
_OPENS_BRACKET = ("（", "(")
_SECONDARY_SHARE = 0.2
_ENCLOSED = (Family.SQUARE, Family.BRACKET)
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
    # minutes use one layout: a table, marks that a legend explains, or labels
    layouts = (_openings_by_marks(lines, names), rows, openings_by_legend(lines))
    return max(layouts, key=len)


def _openings_by_marks(lines: Sequence[Line], names: Collection[str]) -> list[Opening]:
    candidates: dict[Family, list[Candidate]] = {family: [] for family in Family}
    for index, line in enumerate(lines):
        for candidate in _candidates(index, line, lines, names):
            candidates[candidate.family].append(candidate)
    begun = {candidate.index for found in candidates.values() for candidate in found}
    accepted = {family: accept(family, found, begun) for family, found in candidates.items()}
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
    for candidate in _answers_behind_arrows(candidates[Family.TRAILING], primary):
        chosen.setdefault(candidate.index, candidate)
    found = (opening for index in sorted(chosen) for opening in openings_of(chosen[index]))
    return with_named_askers(list(found))


def _answers_behind_arrows(trailing: Sequence[Candidate], primary: Family) -> Iterator[Candidate]:
    """Yield the answers behind an arrow that are signed at their end, below speeches with marks."""
    if primary is not Family.TRAILING:
        yield from (each for each in trailing if each.speech.lstrip().startswith(ARROWS))


def _beside(primary: Family, accepted: Mapping[Family, Sequence[Candidate]]) -> Iterator[Candidate]:
    """Yield the sure speeches of other families that come often enough beside the primary one."""
    main = accepted[primary]
    lines = {candidate.index for candidate in main}
    for family, found in accepted.items():
        others = [each for each in found if each.index not in lines]
        enough = len(others) >= max(LEAST_TURNS, _SECONDARY_SHARE * len(main))
        # if the speech wraps in the next cell, its label is alone on a line
        apart = {family, primary} == {Family.SPACED, Family.BARE}
        # members ask below a mark, and who answers only stands before a blank
        as_many = family is Family.SPACED and len(others) >= len(main)
        if enough and (family not in _UNMARKED or apart or as_many):
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
        if best and FITS[family](best):
            yield best
    bare = text.strip()
    if (
        len(bare) <= _LONGEST_BARE
        and (bare[:1].isalnum() or bare[:1] in _OPENS_BRACKET)
        and not _LISTED.match(bare)
        and (_is_strong(bare, names) or speakers.is_post_with_name(bare))
        and _speech_follows(index, lines, names)
    ):
        yield Candidate(index, Family.BARE, bare, "", _is_strong(bare, names))


def _candidate_from(
    index: int, family: Family, match: re.Match[str], names: Collection[str]
) -> Candidate | None:
    # ** is Markdown's bold, often used for labels
    label = match["label"].strip(" \u3000*")
    label = label.lstrip("-−–—・•‣ \u3000*") or label
    speech = (match["speech"] or "").lstrip("* ")
    label = with_post_in_brackets(_NUMBER.sub("", label))
    if not label or not _may_have_blanks(label, family):
        return None
    if not speakers.is_japanese_label(label):
        asks = speakers.is_question_or_answer(label)
        named = asks or (_is_english_label(label) and _may_be_said(speech))
        if family is Family.COLON and not named:
            return None
        strong = asks or bool(_TITLED.match(label))
        return Candidate(index, family, label, speech, strong)
    asked = is_question_word(label) and SENTENCE_END.search(speech) is not None
    if not (asked or speakers.is_possible_label(label)):
        return None
    strong = (
        asked
        or _is_strong(label, names)
        or (family in _ENCLOSED and speakers.is_post_with_name(label))
    )
    return Candidate(index, family, label, speech, strong)


def _may_have_blanks(label: str, family: Family) -> bool:
    """Tell whether a label may contain its blanks.

    ``鬼塚　勲議長`` is one label; ``小森委員　海野課長`` is a label and the start of the speech.
    """
    parts = label.split()
    if speakers.is_post_with_name(label) and family in _ENCLOSED:
        return True
    if len(parts) == 1 or "（" in label or "(" in label or not speakers.is_japanese_label(label):
        return True
    last, before = parts[-1], [part for part in parts[:-1] if not _SEAT.fullmatch(part)]
    if speakers.without_honorific(last) != last and speakers.has_post(
        before[0] if before else last
    ):
        return not any(char.isdigit() for part in before for char in part)
    narrow = all(len(part) == 1 for part in parts) or _LETTER.fullmatch(last) is not None
    return narrow or (
        speakers.has_post(last) and not any(len(p) > 1 and _POST.search(p) for p in before)
    )


def _is_strong(label: str, names: Collection[str]) -> bool:
    if not speakers.is_possible_label(label):
        return False
    base = speakers.without_brackets(label)
    if speakers.has_post(label) or speakers.is_question_or_answer(base):
        return True
    name = speakers.fold_label(label)
    behind_post = len(label.split()) > 1
    return len(name) > 1 and any(
        known.startswith(name)
        or name.startswith(known)
        or (behind_post and name.endswith(known) and speakers.has_post(name.removesuffix(known)))
        for known in names
    )


def _is_english_label(label: str) -> bool:
    base = label.partition("(")[0].rstrip() if label.endswith(")") else label
    return (
        len(base.split()) <= _LATIN_LABEL_WORDS
        and not _FIELD.match(base)
        and _ENGLISH_NAME.match(base) is not None
    )


def _may_be_said(speech: str) -> bool:
    """Tell the words of a speech from a heading in capitals, and from a row of several fields."""
    fields = (part.strip() for part in speech.split("  ") if ":" in part)
    return not speech.isupper() and not any(_FIELD.match(f.partition(":")[0]) for f in fields)


def _speech_follows(index: int, lines: Sequence[Line], names: Collection[str]) -> bool:
    if index + 1 >= len(lines):
        return False
    after = lines[index + 1].text
    if not speakers.is_japanese_label(lines[index].text):
        # an attendance list also has one name per line
        label = lines[index].text
        return "," not in label and len(after.split()) > _FEW_WORDS and after.rstrip()[-1] in ".?!"
    said = SENTENCE_END.search(after) or TOLD_BY_CLERK.fullmatch(after.strip())
    return said is not None and not _is_strong(after.strip(), names)
