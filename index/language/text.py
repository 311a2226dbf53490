"""Japanese and English text: folding for matching, and cutting into sentences.

Folded text is only ever compared or searched, never shown.
"""

import functools
import re
import unicodedata
from bisect import bisect_right
from collections import Counter

from index.language.radicals import OLD_FORMS, RADICALS

_LOOKALIKES = {
    **dict.fromkeys("‐‑‒–—―−⁃﹣－ｰ─━", "-"),
    **dict.fromkeys("〜～∼˜", "~"),
    **dict.fromkeys("○◯⚪", "〇"),
    **dict.fromkeys("“”„〝〟＂", '"'),
    **dict.fromkeys("‘’‚＇", "'"),
    "髙": "高",
    "﨑": "崎",
    "𠮷": "吉",
    "嵜": "崎",
    "濵": "浜",
    "濱": "浜",
    "邉": "辺",
    "邊": "辺",
    "德": "徳",
    "錄": "録",
    "桒": "桑",
    "栁": "柳",
    "淸": "清",
    "惠": "恵",
    "澤": "沢",
    "齋": "斎",
    "齊": "斉",
    "國": "国",
    "廣": "広",
    "眞": "真",
    "嶋": "島",
    "嶌": "島",
    **RADICALS,
    **OLD_FORMS,
}
_PRINTED: dict[str, str] = {}
for _printed, _sign in _LOOKALIKES.items():
    _PRINTED[_sign] = _PRINTED.get(_sign, "") + _printed
_LOOKALIKE = re.compile(f"[{re.escape(''.join(_LOOKALIKES))}]")
_VARIATION = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef\u200b-\u200f\u2060\ufeff\u00ad]")
_CIRCLED = re.compile("[①-⓿❶-➓㈠-㉃㊀-㊰⑴-⒵]")
_CJK_CLASS = "々〆〇぀-ヿ㐀-䶿一-鿿豈-﫿！-｠　-〟"
# What is looked for stands first, what must stand before it second: so it is found fast.
_BLANK_IN_CJK = re.compile(rf"\s(?<=[{_CJK_CLASS}]\s)\s*(?=[{_CJK_CLASS}])")
_LONG_VOWEL = re.compile("-(?<=[ァ-ヴー]-)-*(?![-0-9a-z])")
_JAPANESE = re.compile("[぀-ヿ㐀-䶿一-鿿]")
_LATIN = re.compile("[A-Za-z]")
_JAPANESE_SHARE = 0.2

_OPEN = "「『（(【〔〈《［["
_CLOSE = dict(zip("」』）)】〕〉》］]", _OPEN, strict=True))
_LONGEST_BRACKET = 200
_STOP = re.compile(
    r"[「『（(【〔〈《［\[」』）)】〕〉》］\]]|[。！？!?]+[」』）)】〕”\"’']*|[.．][)\"”’']*"
)
_ABBREVIATIONS = frozenset(
    {
        "mr",
        "mrs",
        "ms",
        "dr",
        "hon",
        "rt",
        "st",
        "u.s",
        "u.k",
        "u.n",
        "e.g",
        "i.e",
        "vs",
        "inc",
        "ltd",
        "corp",
        "jr",
        "sr",
        "prof",
        "gov",
        "sen",
        "rep",
        "lt",
        "col",
        "gen",
        "capt",
        "rev",
        "dept",
        "approx",
        "cf",
        "al",
        "a.m",
        "p.m",
        "ph.d",
    }
)
_BEFORE_A_NUMBER = frozenset(
    {
        "no",
        "nos",
        "art",
        "sec",
        "fig",
        "vol",
        "p",
        "pp",
        "ch",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sept",
        "sep",
        "oct",
        "nov",
        "dec",
    }
)
_NEAR = 100
"""Characters around a full stop that are looked at: the whole line would take too long."""
_WORD_BEFORE = re.compile(r"[A-Za-z][A-Za-z.]*$")


@functools.lru_cache(maxsize=8)
def fold(text: str) -> str:
    """Return ``text`` as it is compared: NFKC, look-alikes made one, blanks between CJK dropped.

    Circled numbers are kept apart by blanks (``①②`` must not become ``12``). The last few are kept:
    each passage is folded for its pairs and for its cues, a question for this and that.
    """
    text = _CIRCLED.sub(lambda match: f" {match[0]} ", text)
    text = _VARIATION.sub("", text)
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    text = _LOOKALIKE.sub(lambda match: _LOOKALIKES[match[0]], text).casefold()
    text = _LONG_VOWEL.sub(lambda match: "ー" * len(match[0]), text)
    return _BLANK_IN_CJK.sub("", text)


def begins_latin(folded: str) -> bool:
    """Tell whether a folded text begins with a letter from a to z."""
    return "a" <= folded[:1] <= "z"


def any_spelling(text: str) -> str:
    """Return a pattern for a folded text as it may be printed: 中島 is printed 中嶋, too."""
    return "".join(
        f"[{re.escape(sign + _PRINTED[sign])}]" if sign in _PRINTED else re.escape(sign)
        for sign in text
    )


def is_japanese(text: str) -> bool:
    """Say whether ``text`` is Japanese rather than a language in Latin letters."""
    japanese = len(_JAPANESE.findall(text))
    return japanese > _JAPANESE_SHARE * (japanese + len(_LATIN.findall(text)) / 3)


def sentences(text: str) -> list[str]:
    """Cut Japanese or English text into sentences; ``"".join(sentences(text)) == text``.

    A line break ends a sentence. Nothing is cut inside brackets or quotation marks, unless what
    they hold is longer than 200 characters. Blanks stay with the sentence before them.
    """
    return [part for line in text.splitlines(keepends=True) for part in _line_sentences(line)]


def _line_sentences(line: str) -> list[str]:
    inside = _bracketed(line)
    closings = [right for _, right in inside]
    parts: list[str] = []
    start = 0
    for match in _STOP.finditer(line):
        if match[0][0] in _OPEN or match[0][0] in _CLOSE:
            continue
        end = match.end()
        near = bisect_right(closings, match.start())
        if any(left < match.start() for left, _ in inside[near : near + _LONGEST_BRACKET]):
            # the stop stands inside; its closing bracket may have been taken with it
            continue
        if match[0][0] in ".．" and not _ends_latin(line, match.start(), end):
            continue
        while end < len(line) and line[end].isspace():
            end += 1
        if end > start:
            parts.append(line[start:end])
            start = end
    if start < len(line):
        parts.append(line[start:])
    return parts


def _bracketed(line: str) -> list[tuple[int, int]]:
    """Return the outermost bracketed stretches that are closed and not too long to keep whole."""
    stack: list[tuple[str, int]] = []
    opened: Counter[str] = Counter()
    found: list[tuple[int, int]] = []
    for match in re.finditer(r"[「『（(【〔〈《［\[」』）)】〕〉》］\]]", line):
        sign = match[0]
        if sign in _OPEN:
            stack.append((sign, match.start()))
            opened[sign] += 1
        elif opened[_CLOSE[sign]]:
            while stack[-1][0] != _CLOSE[sign]:
                opened[stack.pop()[0]] -= 1
            _, start = stack.pop()
            opened[_CLOSE[sign]] -= 1
            if match.start() - start <= _LONGEST_BRACKET:
                found.append((start, match.start()))
    return found


def _ends_latin(line: str, dot: int, end: int) -> bool:
    """Say whether the full stop at ``dot`` ends a sentence."""
    after = line[end : end + _NEAR].lstrip()
    before = line[max(0, dot - _NEAR) : dot].rstrip()
    if line[dot] == "．" or _JAPANESE.match(line[dot - 1 : dot]):
        return bool(_JAPANESE.match(before[-1:])) and not after[:1].isdigit()
    if end < len(line) and not line[end].isspace():
        return False
    if after and not (after[0].isupper() or after[0].isdigit() or after[0] in "\"'“‘([—-"):
        return False
    word = _WORD_BEFORE.search(before)
    if word is None:
        # "1." opens an item, "in 2020." ends a sentence
        return len(before) > len(before.rstrip("0123456789")) and " " in before.strip()
    lowered = word[0].lower().rstrip(".")
    single_letter = len(lowered) == 1 and word[0].isupper() and word[0] != "I"
    counted = lowered in _BEFORE_A_NUMBER and after[:1].isdigit()
    return not after or not (lowered in _ABBREVIATIONS or single_letter or counted)
