"""Cutting text into passages at sentence ends."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.language.text import sentences
from index.passage import Passage, PassageId, PassageKind
from index.place import Locator, spanning
from ingest.document.ballot_marks import is_ballot_row
from ingest.document.characters import NUMBER, NUMERALS
from ingest.document.source import Line

UNNUMBERED = PassageId("")
"""The id of passages until all of a document's are known."""

SOFT_LIMIT = 500
"""Characters that a passage of speech or prose should not exceed; a single sentence may."""
SOFT_LIMIT_LISTED = 350
"""The same for items and rows, which have addresses or heads of their own."""
HARD_LIMIT = 600
"""Characters that no passage exceeds."""
ARROWS = ("→", "⇒", "➡", "⇨")
"""Signs before what is answered to the item above."""
_ITEM = re.compile(r"[ \u3000]*[・•*‣○◯〇●◎◇◆□■-]")
_TINY = 40
_TOPIC_LEAST = 80
_TOPIC = re.compile(
    r"[　\s]*(?:[^。、]{2,40}(?:について|に(?:関|対)して|につきまして)の?"
    r"(?:お尋ね|[ご御]質問|であります|でございます|ですが)"
    r"|次に|まず、|続きまして|続いて|最後に|(?:まず)?初めに|はじめに|それから、次|以上、"
    rf"|(?:[大中小]項目|質問)の?[（(]?[{NUMERALS}]|{NUMBER}(?:点|つ|項目|問)目|第{NUMBER}(?:に|点|は)"
    r"|(?:Next|Second(?:ly)?|Third(?:ly)?|Finally),)"
)

_TAKES_UP = re.compile(
    r"(?:を|、)(?:一括(?:して)?|直ちに|これより)?、?(?:本日の)?議題(?:と(?:いた|致)?し|に供)|を上程"
    r"|^[　\s]*(?:次に|続いて|続きまして)、?(?:追加)?(?:日程|議案|請願|陳情|認定|報告|諮問|発議)第"
)
"""The chair takes up the next matter: it begins a new passage."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one future passage, and its place."""

    text: str
    page: int | None = None
    last_page: int | None = None
    locator: Locator | None = None
    by_machine: bool = False

    def passage(
        self, kind: PassageKind, heading: tuple[str, ...] = (), article: str | None = None
    ) -> Passage:
        """Return it as a passage without an id."""
        return Passage(
            UNNUMBERED,
            self.text,
            kind,
            self.page,
            self.last_page,
            heading=heading,
            article=article,
            locator=self.locator,
            by_machine=self.by_machine,
        )


def join_lines(lines: Sequence[Line], text: str | None = None) -> Piece:
    """Return whole lines as one piece; ``text`` replaces their own."""
    pages = [page for line in lines for page in (line.page, line.last_page) if page is not None]
    return Piece(
        "\n".join(line.text.strip() for line in lines) if text is None else text,
        min(pages, default=None),
        max(pages, default=None),
        spanning(line.locator for line in lines),
        any(line.by_machine for line in lines),
    )


def is_answered(above: str, text: str) -> bool:
    """Say whether an item begins below the answer to another one, which stands behind an arrow."""
    return above.lstrip().startswith(ARROWS) and _ITEM.match(text) is not None


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    line: Line
    opens_line: bool


def cut(lines: Sequence[Line], soft: int = SOFT_LIMIT) -> list[Piece]:
    """Cut lines into pieces of at most ``soft`` characters at sentence ends.

    A sentence longer than ``soft`` stands alone; one longer than 600 characters is cut at 、. A
    new topic (次に, 2点目) begins a new piece, and so does the next matter on the agenda. A tail of
    less than 40 characters joins the piece before it. Line breaks separate lines inside a piece.
    """
    groups: list[list[_Sentence]] = []
    size = 0
    for sentence in _sentences(lines):
        length = len(sentence.text)
        new_topic = size >= _TOPIC_LEAST and _TOPIC.match(sentence.text) is not None
        new_topic = new_topic or _TAKES_UP.search(sentence.text) is not None
        if groups and not new_topic and size + length <= soft:
            groups[-1].append(sentence)
            size += length
        else:
            groups.append([sentence])
            size = length
    pieces = [_piece(group) for group in _merge_tails(groups)]
    return [piece for piece in pieces if piece.text]


def cut_with_ballots(lines: Sequence[Line]) -> list[Piece]:
    """Cut lines as :func:`cut` does, but each row of a list of votes is a piece with its heads.

    How each member voted on a matter is read with the names right above.
    """
    pieces: list[Piece] = []
    heads: Line | None = None
    prose: list[Line] = []
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        if is_ballot_row(line.cells) and line.header:
            # the heads of members by ways: Member, Yes, No, Absent
            pieces += cut(prose)
            prose = [line]
        elif is_ballot_row(line.cells):
            pieces += cut(prose)
            prose = []
            above = [heads] if heads and len(heads.cells) == len(line.cells) else []
            whole = "\n".join(each.text for each in (*above, line))
            fits = len(whole) <= HARD_LIMIT
            pieces += [join_lines([line], whole)] if fits else cut([line])
        elif line.cells and following is not None and is_ballot_row(following.cells):
            heads = line
        else:
            prose.append(line)
    return [*pieces, *cut(prose)]


def _sentences(lines: Sequence[Line]) -> Iterator[_Sentence]:
    for line in lines:
        first = True
        for part in sentences(line.text.strip()):
            for text in _cut_long(part):
                yield _Sentence(text, line, first)
                first = False


def _cut_long(sentence: str) -> Iterator[str]:
    while len(sentence) > HARD_LIMIT:
        cut_at = max(sentence.rfind(mark, SOFT_LIMIT // 2, SOFT_LIMIT) for mark in "、，, \t\u3000")
        cut_at = SOFT_LIMIT if cut_at < 0 else cut_at + 1
        yield sentence[:cut_at]
        sentence = sentence[cut_at:]
    yield sentence


def _merge_tails(groups: list[list[_Sentence]]) -> list[list[_Sentence]]:
    merged: list[list[_Sentence]] = []
    for group in groups:
        size = sum(len(sentence.text) for sentence in group)
        before = sum(len(sentence.text) + 1 for sentence in merged[-1]) if merged else HARD_LIMIT
        takes_up = _TAKES_UP.search(group[0].text) is not None
        if size < _TINY and before + size < HARD_LIMIT and not takes_up:
            merged[-1].extend(group)
        else:
            merged.append(group)
    return merged


def _piece(group: Sequence[_Sentence]) -> Piece:
    text = ""
    for sentence in group:
        text += ("\n" if sentence.opens_line and text else "") + sentence.text
    return join_lines([sentence.line for sentence in group], text.strip())
