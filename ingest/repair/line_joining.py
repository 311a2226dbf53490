"""Joining lines that were wrapped at the page's width, inside a page and over page breaks."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.document.characters import LETTERS, display_width, has_cjk, is_hiragana
from ingest.document.source import Line
from ingest.repair.item_start import starts_item, starts_speech

_ENDS = "。．！？!?」』】〕》〉≫＞>)）:：;；…"
_CLOSES = "」』】〕》〉≫)）"
_CLOSING_MARKS = "。、．，」』）)"
_STRAY = 2
_CONTINUES = frozenset(
    "のをにはがともでへや、。，．」』）)ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々"
)
_CUT_DECIMAL = re.compile(r"[0-9０-９][.．]\n[0-9０-９]+(?![.．]?[0-9０-９])")
"""6. at the end of a line and 5 on the next; 「5.3 Parking」 is an item."""
_LABEL = re.compile(f"[　 ]*[{LETTERS}]{{1,8}}(?:[　 ][{LETTERS}])?[　\t]")
_HYPHENATED = re.compile(r"(?<![A-Za-z])([A-Za-z]{2,})-$")
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")

_AMOUNT_APART = re.compile(
    r"\S[ \u3000…‥・]{4,}[△▲]?[0-9０-９][0-9０-９,，.．]*(?:[千百]?万?円|人|件|%|％)?$"
)
"""「防犯カメラの補助　　　　６，０００千円」: an entry with its amount at the edge."""
_NARROWEST = 30
_MOSTLY = 0.6
_LEAST_FULL = 3
_LIST_GAPS = 2
_PROSE_WIDTH = 24


@dataclass(frozen=True, slots=True)
class _Layout:
    """How the document's lines are set.

    ``full`` is the usual width in columns (``None``: not wrapped), ``slack`` how much a full line
    may fall short of it; ``words`` counts all words, for repairing hyphens.
    """

    full: int | None
    slack: int
    words: Mapping[str, int]


def join_wrapped(lines: Sequence[Line]) -> list[Line]:
    """Return logical lines: pieces of one sentence or item are joined, blank lines dropped.

    ``page`` and ``last_page`` of a joined line are its first and last page.
    """
    layout = _layout(lines)
    joined: list[Line] = []
    previous: Line | None = None
    blank = False
    for line in lines:
        if not line.text.strip():
            blank = True
            continue
        gap = blank and previous is not None and previous.page == line.page
        if previous is not None and _continues(joined[-1], previous, line, layout, gap=gap):
            joined[-1] = _join(joined[-1], line, layout.words)
        else:
            joined.append(line)
        previous, blank = line, False
    return joined


def usual_width(lines: Sequence[Line]) -> int | None:
    """Return the columns of a full line of hard-wrapped text, ``None`` if it is not wrapped.

    Full lines have nearly the same width, make up most of the longer lines, and mostly end inside a
    sentence; lines that are whole paragraphs do not.
    """
    texts = [line.text.rstrip() for line in lines if not line.cells and line.level is None]
    texts = [text for text in texts if text and not _is_list(text)]
    widths = sorted(display_width(text) for text in texts)
    best, count = None, 0
    support = Counter(widths)
    for full in sorted(support, reverse=True):
        near = sum(
            number for columns, number in support.items() if full - _slack(full) <= columns <= full
        )
        if full >= _NARROWEST and near > count:
            best, count = full, near
    if best is None or count < _LEAST_FULL:
        return None
    long = sum(1 for columns in widths if columns >= 0.6 * best)
    beyond = sum(1 for columns in widths if columns > best + 2)
    full_texts = [text for text in texts if best - _slack(best) <= display_width(text) <= best]
    cut = sum(1 for text in full_texts if text[-1] not in _ENDS and text[-1] != ".")
    prose = sum(1 for text in full_texts if re.search(r"[、。，,.]\s*\S", text))
    clustered = count >= 0.45 * long and beyond <= 0.1 * len(widths)
    return best if clustered and cut >= 0.5 * count and prose >= 0.2 * count else None


def _slack(full: int) -> int:
    return max(4, full // 10)


def _layout(lines: Sequence[Line]) -> _Layout:
    full = usual_width(lines)
    hyphenated = any(_HYPHENATED.search(line.text.rstrip()) for line in lines)
    words = (word for line in lines for word in _WORD.findall(line.text.lower()))
    return _Layout(full, _slack(full or 0), Counter(words if hyphenated else ()))


def _is_list(text: str) -> bool:
    """Names or cells with blanks between them: the next line is not a continuation."""
    if "。" in text or "、" in text or not has_cjk(text):
        return False
    body = re.sub(r"^\S{1,4}[ \u3000]", "", text.strip())
    return len(body.split()) > _LIST_GAPS


def _is_prose(text: str) -> bool:
    inner = text.strip()[:-1]
    if not has_cjk(text):
        return display_width(text) >= _PROSE_WIDTH and " " in text.strip()
    return (
        ("。" in inner or "、" in inner or "，" in inner)
        and any(map(is_hiragana, text))
        and display_width(text) >= _PROSE_WIDTH
    )


def _stands_alone(line: Line) -> bool:
    text = line.text.strip()
    words = any(map(str.isalnum, text)) and not _AMOUNT_APART.search(text)
    return bool(line.cells or line.level is not None or not words or _is_list(text))


def _is_cut_list(line: Line, layout: _Layout) -> bool:
    """A list that reaches the very edge was cut inside an item."""
    text = line.text.rstrip()
    flowing = not line.cells and line.level is None and _is_list(text)
    return flowing and layout.full is not None and display_width(text) >= layout.full - 2


def _continues(whole: Line, last: Line, right: Line, layout: _Layout, *, gap: bool) -> bool:
    """Say whether ``right`` continues where ``last``, the end of ``whole``, was cut.

    ``gap``: there is a blank line between them.
    """
    before, after = last.text.rstrip(), right.text.strip()
    if len(after) <= _STRAY and not after.strip(_CLOSING_MARKS):
        # a full stop alone belongs to the line above
        return layout.full is not None and not last.cells and last.level is None
    if _is_apart(last, right, layout) or _are_labels(whole.text, after):
        return False
    full = _reaches_the_edge(before, after, layout)
    if _is_ended(before, after):
        closed = before[-1] in _CLOSES
        return closed and full and not gap and after[0] in _CONTINUES
    comma = before[-1] in "、，"
    if starts_item(after) and not (comma and full and not starts_speech(after)):
        return False
    if gap or layout.full is None:
        return _sentence_was_cut(before, right.text)
    open_ended = (comma or _is_prose(before)) and display_width(before) >= _MOSTLY * layout.full
    return full or (open_ended and not _opens_latin_sentence(after))


def _is_apart(left: Line, right: Line, layout: _Layout) -> bool:
    return _stands_alone(right) or (_stands_alone(left) and not _is_cut_list(left, layout))


def _are_labels(above: str, below: str) -> bool:
    """``出席者　…`` over ``説明員　…``: two entries of one list."""
    return _LABEL.match(above) is not None and _LABEL.match(below) is not None


def _is_ended(before: str, after: str) -> bool:
    if _CUT_DECIMAL.match(f"{before[-2:]}\n{after}"):
        return False
    return before[-1] in _ENDS or before[-1] == "."


def _opens_latin_sentence(after: str) -> bool:
    return after[0].isascii() and not after[0].islower()


def _reaches_the_edge(before: str, after: str, layout: _Layout) -> bool:
    if layout.full is None:
        return False
    room = layout.full - display_width(before)
    if has_cjk(after[0]):
        return room <= layout.slack
    first = after.split(maxsplit=1)[0]
    # a Latin word that did not fit went to the next line whole
    return room <= max(layout.slack, min(display_width(first) + 1, layout.full // 3))


def _sentence_was_cut(before: str, after: str) -> bool:
    """Not wrapped, or a gap inside a page: only an unfinished sentence is joined."""
    if not _is_prose(before) or after[:1] in " \u3000\t":
        return False
    if has_cjk(before):
        return "。" in after or "、" in after
    return after[:1].islower()


def _join(left: Line, right: Line, words: Mapping[str, int]) -> Line:
    before, after = left.text.rstrip(), right.text.strip(" \u3000\t")
    pages = [page for page in (left.last_page, right.last_page, right.page) if page is not None]
    return replace(left, text=_glue(before, after, words), last_page=max(pages) if pages else None)


def _glue(before: str, after: str, words: Mapping[str, int]) -> str:
    hyphen = _HYPHENATED.search(before)
    tail = _WORD.match(after)
    if hyphen and tail:
        kept = _is_hyphen_of_the_word(hyphen[1].lower(), tail[0], words)
        return before + after if kept else before[:-1] + after
    latin = not has_cjk(before[-1] + after[:1])
    return f"{before} {after}" if latin else before + after


def _is_hyphen_of_the_word(head: str, tail: str, words: Mapping[str, int]) -> bool:
    """``long-term`` keeps its hyphen at a line end, ``win-ter`` does not: other lines decide."""
    if f"{head}-{tail}" in words:
        return True
    # each half occurs once in the cut word itself
    return head + tail not in words and words.get(head, 0) > 1 and words.get(tail, 0) > 1
