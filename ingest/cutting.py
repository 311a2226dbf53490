"""Cutting text into passages at sentence ends."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.text import sentences
from ingest.source import Line

SOFT = 350
"""Characters a passage should not pass; a single sentence may."""
HARD = 600
"""Characters that no passage passes."""
_TINY = 40
_TOPIC_LEAST = 80
_TOPIC = re.compile(
    r"[　\s]*(?:質問の[0-9０-９一二三四五六七八九十]|[^。、]{2,40}(?:について|に関して|に対して"
    r"|につきまして)の?(?:お尋ね|ご質問|御質問|であります|でございます|ですが)"
    r"|次に|まず、|続きまして|続いて|最後に|初めに|はじめに|まず初めに|それから、次|以上、"
    r"|[0-9０-９一二三四五六七八九十]+(?:点|つ|項目|問)目|第[0-9０-９一二三四五六七八九十]+(?:に"
    r"|点|は)"
    r"|(?:Next|Secondly|Thirdly|Finally|Second|Third),)"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one passage to be, and the pages it stands on."""

    text: str
    page: int | None = None
    last_page: int | None = None


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    line: Line
    opens_line: bool


def cut(lines: Sequence[Line], soft: int = SOFT) -> list[Piece]:
    """Cut lines into pieces of at most ``soft`` characters at sentence ends.

    A sentence longer than ``soft`` stands alone; one longer than 600 characters is cut at 、. A
    new topic (次に, 2点目) opens a new piece. A tail of less than 40 characters joins the piece
    before it. Lines inside a piece are parted by a line break.
    """
    groups: list[list[_Sentence]] = []
    size = 0
    for sentence in _sentences(lines):
        length = len(sentence.text)
        new_topic = size >= _TOPIC_LEAST and _TOPIC.match(sentence.text) is not None
        if groups and not new_topic and size + length <= soft:
            groups[-1].append(sentence)
            size += length
        else:
            groups.append([sentence])
            size = length
    pieces = [_piece(group) for group in _merge_tails(groups)]
    return [piece for piece in pieces if piece.text]


def _sentences(lines: Sequence[Line]) -> Iterator[_Sentence]:
    for line in lines:
        first = True
        for part in sentences(line.text.strip()):
            for text in _cut_long(part):
                yield _Sentence(text, line, first)
                first = False


def _cut_long(sentence: str) -> Iterator[str]:
    while len(sentence) > HARD:
        cut_at = max(sentence.rfind(mark, SOFT // 2, SOFT) for mark in "、，, \t\u3000")
        cut_at = SOFT if cut_at < 0 else cut_at + 1
        yield sentence[:cut_at]
        sentence = sentence[cut_at:]
    yield sentence


def _merge_tails(groups: list[list[_Sentence]]) -> list[list[_Sentence]]:
    merged: list[list[_Sentence]] = []
    for group in groups:
        size = sum(len(sentence.text) for sentence in group)
        before = sum(len(sentence.text) + 1 for sentence in merged[-1]) if merged else HARD
        if size < _TINY and before + size < HARD:
            merged[-1].extend(group)
        else:
            merged.append(group)
    return merged


def _piece(group: Sequence[_Sentence]) -> Piece:
    text = ""
    for sentence in group:
        text += ("\n" if sentence.opens_line and text else "") + sentence.text
    pages = [
        page
        for sentence in group
        for page in (sentence.line.page, sentence.line.last_page)
        if page is not None
    ]
    return Piece(text.strip(), min(pages, default=None), max(pages, default=None))
