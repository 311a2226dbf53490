"""Headings of agendas and reports: which lines are headings, and the path of current headings.

The order of numberings is that of Japanese official writing: 第1 → 1 → (1) → ① → ア → ●.
"""

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass

from ingest.document.characters import DIGITS, NUMBER, NUMERALS
from ingest.document.source import Line

_K = "ア-ンｱ-ﾝ"
_D = f"[{DIGITS}]{{1,2}}"
_STYLES = re.compile(
    rf"(?P<schedule>(?:追加)?(?:日程|議題|案件|議事|(?:質問)?順位|通告)第?[ 　]*{NUMBER})"
    r"|(?P<roman>[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩIVX]+[.．、 　]+\S)"
    rf"|(?P<part>第{NUMBER}(?:部|編|章)?[ 　:：]+\S)"
    rf"|(?P<bill>第{NUMBER}号議案|(?:議案|報告|認定|諮問|同意|請願|陳情|発議|議員提出議案)第"
    rf"|(?:令和|平成|昭和)[ 　]*[{DIGITS}元]+年(?:度)?(?:請願|陳情)第)"
    rf"|(?P<section>第{NUMBER}節[ 　]+\S)"
    rf"|(?P<number>{_D}(?:[.．、)）]|[ 　])[ 　]*(?![{DIGITS}])\S)"
    r"|(?P<kanji>[一二三四五六七八九十]{1,3}[、．　 ][ 　]*\S)"
    rf"|(?P<decimal>{_D}[.．－‐-]{_D}[.．]?[ 　]+\S)"
    rf"|(?P<paren>(?:[（(][{NUMERALS}]{{1,2}}[)）]|[⑴-⒇])[ 　]*\S)"
    r"|(?P<circled>[①-⑳㉑-㊿❶-❿⓵-⓾][ 　]*\S)"
    rf"|(?P<kana>(?:[（(][{_K}][)）]|[{_K}](?:[)）．.、]|[　 ]))[ 　]*\S)"
    r"|(?P<letter>(?:[（(][a-zA-Zａ-ｚＡ-Ｚ][)）]|[a-zA-Zａ-ｚＡ-Ｚ][)）．.])[ 　]*\S)"
    r"|(?P<mark>[○◯〇◎●◆◇■□▲△▼▽★☆※][ 　]*\S)"
    r"|(?P<square>(?:【[^】]{1,40}】|[＜<][^＞>]{1,40}[＞>]|《[^》]{1,40}》|≪[^≫]{1,40}≫|〈[^〉]{1,40}〉)$)"
)
_RANKS = {
    **dict.fromkeys(("schedule", "roman", "part"), 1),
    **dict.fromkeys(("bill", "section", "number", "kanji"), 2),
    **dict.fromkeys(("decimal", "paren"), 3),
    "circled": 4,
    "kana": 5,
    "letter": 5,
    "mark": 6,
    "square": 6,
}
_BULLET = re.compile(r"^[ \u3000]*[-−–—・*•][ \u3000]+")
_ENGLISH_ITEM = re.compile(
    r"^(?:Agenda )?Item (?:No\. ?)?[0-9A-Z.]+\b|^[0-9]{1,2}\.[ \t]+[A-Z]|^[A-Z]\.[ \t]+[A-Z]"
    # minute 31 of 2024
    r"|^[0-9]{2,4}/[0-9]{1,4}[.:]?[ \t]+[A-Z](?!.*[.?!;]$)"
)
_MARKDOWN = re.compile(r"(?P<signs>#{1,6})[ \t\u3000]+(?P<words>\S.*)$")
_SENTENCE = re.compile(r"。|、$|[.?!]$|\bRESOLVED\W*$")
_TIME = re.compile(
    r"[0-9]{1,2} [A-Z][a-z]+ [0-9]{4}\b|[○◯〇●]?[ 　]*(?:休憩|再開)?[ 　]*(?:午[前後]|正午)"
)
RULE = re.compile(r"[^\w]+")
"""A line without words, such as a ruled line."""
_LONGEST = 80
_MOST_WORDS = 15
_HEADING_LINES = 8
_HEADING_WIDTH = 60


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading line: numbering style, depth of that style (0 is outermost), words."""

    style: str
    rank: int
    text: str


def read_heading(line: Line) -> Heading | None:
    """Return the heading on the line, ``None`` if it is something else."""
    text = line.text.strip()
    if line.cells or not text:
        return None
    if line.level is not None:
        return Heading(f"level{line.level}", line.level - 10, text)
    marked = _MARKDOWN.match(text)
    if marked:
        level = len(marked["signs"])
        return Heading(f"level{level}", level - 10, marked["words"])
    text = _BULLET.sub("", text)
    if len(text) > _LONGEST or _TIME.match(text):
        return None
    if _ENGLISH_ITEM.match(text) and len(text.split()) <= _MOST_WORDS:
        style: str | None = "number"
    else:
        sign = None if _SENTENCE.search(text) else _STYLES.match(text)
        style = sign.lastgroup if sign else None
    return Heading(style, _RANKS[style], text) if style else None


@dataclass(frozen=True, slots=True)
class HeadingPath:
    """The current headings, outermost first."""

    headings: tuple[Heading, ...] = ()

    def enter(self, heading: Heading) -> "HeadingPath":
        """Return the path after ``heading``."""
        styles = [known.style for known in self.headings]
        if heading.style in styles:
            kept = self.headings[: styles.index(heading.style)]
        else:
            kept = tuple(known for known in self.headings if known.rank < heading.rank)
        return HeadingPath((*kept, heading))

    def parent_of(self, style: str) -> "HeadingPath":
        """Return the path above the heading of that style."""
        styles = [known.style for known in self.headings]
        return HeadingPath(self.headings[: styles.index(style)]) if style in styles else self

    @property
    def texts(self) -> tuple[str, ...]:
        """The words of the headings."""
        return tuple(heading.text for heading in self.headings)


def path_after_run(path: HeadingPath, run: list[Heading]) -> HeadingPath:
    """Return the path after consecutive heading lines.

    Consecutive siblings are a list of items to come, not sections: what follows belongs to their
    common parent.
    """
    outermost: Heading | None = None
    fresh: set[str] = set()
    for heading in run:
        if heading.style in fresh and (outermost is None or heading.rank < outermost.rank):
            outermost = heading
        before = set(fresh)
        path = path.enter(heading)
        fresh = {known.style for known in path.headings} & (before | {heading.style})
    return path.parent_of(outermost.style) if outermost else path


def continues_heading(lines: Sequence[Line], index: int, openings: Container[int]) -> bool:
    """Say whether a short line between a heading and a ruled line continues the heading.

    ``openings`` are the lines that open something of their own.
    """
    for at in range(index, min(index + _HEADING_LINES, len(lines))):
        text = lines[at].text.strip()
        if RULE.fullmatch(text):
            return True
        if at in openings or len(text) > _HEADING_WIDTH or text.endswith(("。", "、")):
            return False
    return False
