"""Patterns for the marks that name a speaker at the start of a line, by family.

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
    NUMBER = "number"
    """``１．町長（山田太郎君）``: the same number stands before each speaker."""
    COLON = "colon"
    """``事務局：…``, ``Councilmember Diaz: …``"""
    SQUARE = "square"
    """``【事務局】…``, ``【問】…``"""
    QUOTED = "quoted"
    """``山田委員「…」``"""
    TRAILING = "trailing"
    """``…。（小森委員）``: the speaker follows the speech."""
    SPACED = "spaced"
    """``百八番（山田太郎君）　…``"""
    BARE = "bare"
    """A line with only ``玉巻会長``; the speech follows on the next."""


_BULLET = r"[ \u3000]*(?:(?:[-−‐–—・*•‣]|[○◯〇◎●◆◇■□])[ \u3000]*)?"
_NAME = r"[^\s（(）)、。「」『』：:【】]{0,24}"
_INNER = r"[（(][^（）()。]{1,30}[）)]"
_BRACKET = re.compile(
    rf"{_BULLET}[（(](?P<label>[^（）()。、]{{1,30}}"
    rf"(?:[（(][^（）()]{{1,12}}[）)][^（）()。、]{{0,12}})?)[）)][ \u3000]*(?P<speech>.*)$",
    re.DOTALL,
)
_SIGN = r"[ \u3000]*[○◯〇◎◉●◆◇■□△▲▽▼★☆→⇒][ \u3000]*"
_PART = r"[^\s（(）)、。，「」『』：:【】]"
_NUMBERING = (
    r"[ \u3000]*(?:[（(]?[0-9０-９]{1,3}[)）.．、]?[ \u3000]+(?![ \u3000番])|[・•→⇒][ \u3000]*)?"
)
# 議　長（日　下　部　昇　君）: a widely spaced name, recognised by the end of the bracket
_WIDE = (
    rf"(?P<label>(?:{_PART}{{1,4}}[ \u3000]+){{0,9}}{_PART}{{1,12}}[ \u3000]*"
    r"[（(][^（）()。、]{1,30}(?:君|議員|委員|さん|氏)[ \u3000]*[）)])[ \u3000\t]*(?P<speech>.*)$"
)
# 鬼塚　勲議長, ４番　乾　正之議員
_NAMES = tuple(
    rf"(?P<label>(?:{_PART}{{1,8}}[ \u3000]){{{blanks}}}{_PART}{{1,18}})[ \u3000\t：:]+"
    r"(?P<speech>\S.*)$"
    for blanks in (2, 1)
)
_MARK_NAMES = tuple(re.compile(_SIGN + name, re.DOTALL) for name in (_WIDE, *_NAMES))
_SPACED_NAMES = tuple(re.compile(_NUMBERING + name, re.DOTALL) for name in (_WIDE, *_NAMES))
# 町　　　　長, 建 設 課 長, ５　　番（西　次郎君）: each character of a post is set apart
_MARK_WIDE, _SPACED_WIDE = (
    re.compile(
        rf"{sign}(?P<label>(?:{_PART}[ \u3000]+){{1,9}}{_PART}(?:[ \u3000]*{_INNER})?)"
        r"[ \u3000\t：:]+(?P<speech>\S.*)$",
        re.DOTALL,
    )
    for sign in (_SIGN, r"[ \u3000]*")
)
_MARK_NUMBER = re.compile(
    rf"[ \u3000]*(?P<number>[0-9０-９]{{1,2}}[.．])[ \u3000]*(?P<label>{_NAME}"
    r"[（(][^（）()。、]{1,30}(?:君|議員|委員|さん|氏)[ \u3000]*[）)])"
    r"(?:[ \u3000\t]+(?P<speech>.*))?$",
    re.DOTALL,
)
_MARK_APART = re.compile(
    rf"{_SIGN}(?P<label>{_NAME}(?:{_INNER}[^\s（(、。「」：:]{{0,14}}){{0,2}})(?:[ \u3000\t：:]+"
    rf"(?P<speech>.*))?$",
    re.DOTALL,
)
_MARK_CLOSE = re.compile(rf"{_SIGN}(?P<label>{_NAME}{_INNER})(?P<speech>\S.*)$", re.DOTALL)
_MARK_RUN_ON = re.compile(
    rf"{_SIGN}(?P<label>[^\s（(）)、。「」：:]{{0,10}}?(?:議長|委員長|会長|座長|委員|議員|市長"
    rf"|区長|町長|村長|知事|部長|課長|局長|室長"
    r"|教育長|事務局|[0-9０-９]+番))(?P<speech>(?![のはがにをともやへで会長等側席会案])\S.*)$",
    re.DOTALL,
)
_COLON = re.compile(
    rf"{_BULLET}(?P<label>[^：:／｜\s。、「」][^：:／｜。、「」]{{0,30}}?)"
    rf"[ \u3000]*[：:／｜][ \u3000]*(?P<speech>\S.*)?$",
    re.DOTALL,
)
# 都市計画課長…来年度に
_DOTS = re.compile(
    rf"{_BULLET}(?P<label>[^\s（(）)、。「」：:【】…‥・]{{2,16}}(?:{_INNER})?)"
    r"[ \u3000]*(?:[…‥]+|・{2,})[ \u3000]*(?P<speech>\S.*)$",
    re.DOTALL,
)
_COLON_ENGLISH = re.compile(
    r"[ \t]*(?:[-*•][ \t]*)?(?P<label>[A-Z][^:：]{0,120}?)[ \t]*:(?:[ \t]+(?P<speech>\S.*)"
    r"|[ \t]*)$",
    re.DOTALL,
)
# MR. HOLM (via Zoom). I ask …: a title and a name in capitals
_TITLE = (
    r"(?:(?:MR|MRS|MS|MISS|DR|HON|REV|PROF)\.?|(?:VICE[ -])?CHAIR(?:MAN|WOMAN|PERSON)?"
    r"|(?:DEPUTY )?MAYOR|COUNCIL ?(?:LOR|MEMBER|MAN|WOMAN)|COMMISSIONER|SUPERVISOR|TRUSTEE"
    r"|ALDERMAN)"
)
_CAPITALS = re.compile(
    rf"[ \t]*(?P<label>{_TITLE}(?: [A-Z][A-Z'’-]+){{1,3}}(?:[ \t]*\([^()]{{2,30}}\))?)[.:][ \t]+"
    r"(?P<speech>[A-Z\d\"“(].*)$",
    re.DOTALL,
)
_SQUARE = re.compile(
    rf"(?:{_BULLET}|[ \u3000]*[→⇒➡⇨][ \u3000]*)"
    r"[【\[［＜<〈《〔≪](?P<label>[^】\]］＞>〉》〕≫。、]{1,30})[】\]］＞>〉》〕≫][：:]?"
    r"[ \u3000]*(?P<speech>.*)$",
    re.DOTALL,
)
_QUOTED = re.compile(
    rf"{_BULLET}(?P<label>{_NAME})[ \u3000]*「(?P<speech>.*?)(?:」。?[ \u3000]*)?$", re.DOTALL
)
_TRAILING = re.compile(
    r"(?P<speech>.{2,}?)[（(](?P<label>[^（）()。、]{1,24}(?:[（(][^（）()]{1,8}[）)])?)[）)]。?"
    r"[ \u3000]*$",
    re.DOTALL,
)
# Q（小森）なぜ…, 答（教育部長）来月…, Ｑ１．なぜ…: no blank is needed behind
_SPACED = re.compile(
    rf"{_NUMBERING}(?P<label>[QＱAＡ問答](?:{_INNER}|[0-9０-９]{{0,2}}[.．])"
    rf"|{_NAME}(?:{_INNER}[^\s（(、。「」：:]{{0,14}}){{0,2}}(?=[\u3000 \t]))[\u3000 \t]*"
    rf"(?P<speech>\S.*)$",
    re.DOTALL,
)

PATTERNS: dict[Family, tuple[re.Pattern[str], ...]] = {
    Family.BRACKET: (_BRACKET,),
    Family.MARK: (_MARK_WIDE, *_MARK_NAMES, _MARK_APART, _MARK_CLOSE, _MARK_RUN_ON),
    Family.NUMBER: (_MARK_NUMBER,),
    Family.COLON: (_COLON, _DOTS, _COLON_ENGLISH, _CAPITALS),
    Family.SQUARE: (_SQUARE,),
    Family.QUOTED: (_QUOTED,),
    Family.TRAILING: (_TRAILING,),
    Family.SPACED: (_SPACED_WIDE, *_SPACED_NAMES, _SPACED),
}
"""The patterns to try on a line, the likelier first."""
