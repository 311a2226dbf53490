"""The marks that name a speaker at the start of a line, by family.

Each pattern has the groups ``label`` (the speaker as printed) and ``speech`` (the rest of the
line).
"""

import re
from enum import StrEnum


class Family(StrEnum):
    """How a line names its speaker."""

    BRACKET = "bracket"
    """``（中嶋会長）…``, ``- (事務局) …``"""
    MARK = "mark"
    """``○議長（山田太郎君）　…``, ``◆12番``"""
    COLON = "colon"
    """``事務局：…``, ``Councilmember Diaz: …``"""
    SQUARE = "square"
    """``【事務局】…``, ``【問】…``"""
    SPACED = "spaced"
    """``百八番（山田太郎君）　…``"""
    BARE = "bare"
    """A line that is only ``玉巻会長``, the speech on the next."""


_BULLET = r"[ \u3000]*(?:(?:[-−‐–—・*•‣]|[○◯〇◎●◆◇■□])[ \u3000]*)?"
_NAME = r"[^\s（(）)、。「」『』：:【】]{0,24}"
_INNER = r"[（(][^（）()。]{1,30}[）)]"
_BRACKET = re.compile(
    rf"{_BULLET}[（(](?P<label>[^（）()。、]{{1,30}}"
    rf"(?:[（(][^（）()]{{1,12}}[）)][^（）()。、]{{0,12}})?)[）)][ \u3000]*(?P<speech>.*)$",
    re.DOTALL,
)
_SIGN = r"[ \u3000]*[○◯〇◎◉●◆◇■□△▲▽▼★☆][ \u3000]*"
_MARK_APART = re.compile(
    rf"{_SIGN}(?P<label>{_NAME}(?:{_INNER}[^\s（(、。「」：:]{{0,14}}){{0,2}})(?:[ \u3000\t：:]+"
    rf"(?P<speech>.*))?$",
    re.DOTALL,
)
_MARK_CLOSE = re.compile(rf"{_SIGN}(?P<label>{_NAME}{_INNER})(?P<speech>\S.*)$", re.DOTALL)
_MARK_TWO = re.compile(
    rf"{_SIGN}(?P<label>[^\s（(）)、。「」：:]{{1,4}}[ \u3000][^\s、。「」：:]{{1,12}})"
    rf"[ \u3000：:]+(?P<speech>.*)$",
    re.DOTALL,
)
_MARK_RUN_ON = re.compile(
    rf"{_SIGN}(?P<label>[^\s（(）)、。「」：:]{{0,10}}?(?:議長|委員長|会長|座長|委員|議員|市長"
    rf"|区長|町長|村長|知事|部長|課長|局長|室長"
    r"|教育長|事務局|[0-9０-９]+番))(?P<speech>(?![のはがにをともやへで会長等側席会案])\S.*)$",
    re.DOTALL,
)
_COLON = re.compile(
    rf"{_BULLET}(?P<label>[^：:\s。、「」][^：:。、「」]{{0,30}}?)[ \u3000]*[：:][ \u3000]*"
    rf"(?P<speech>\S.*)?$",
    re.DOTALL,
)
_COLON_ENGLISH = re.compile(
    r"[ \t]*(?:[-*•][ \t]*)?(?P<label>[A-Z][^:：]{0,120}?)[ \t]*:(?:[ \t]+(?P<speech>\S.*)"
    r"|[ \t]*)$",
    re.DOTALL,
)
_SQUARE = re.compile(
    rf"{_BULLET}[【\[［＜<〈《〔](?P<label>[^】\]］＞>〉》〕。、]{{1,30}})[】\]］＞>〉》〕][：:]?"
    rf"[ \u3000]*(?P<speech>.*)$",
    re.DOTALL,
)
_SPACED = re.compile(
    rf"(?P<label>{_NAME}(?:{_INNER}[^\s（(、。「」：:]{{0,14}}){{0,2}})[\u3000 ]+"
    rf"(?P<speech>\S.*)$",
    re.DOTALL,
)

PATTERNS: dict[Family, tuple[re.Pattern[str], ...]] = {
    Family.BRACKET: (_BRACKET,),
    Family.MARK: (_MARK_APART, _MARK_CLOSE, _MARK_TWO, _MARK_RUN_ON),
    Family.COLON: (_COLON, _COLON_ENGLISH),
    Family.SQUARE: (_SQUARE,),
    Family.SPACED: (_SPACED,),
}
"""What to try on a line, the likelier first."""
