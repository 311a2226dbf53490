"""How the lines of an ordinance begin: articles, paragraphs, items, divisions; their addresses.

The rule is that of Japanese statutes: an article (条) holds paragraphs (項), of which the first has
no numeral; a paragraph holds items (号: 一 or (1)), an item holds イロハ or アイウ, and these (ア)
or (1). Numbers in addresses are in half-width digits: ``第10条の2第3項第1号イ``.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from index.language.dates import kanji_number
from ingest.document.characters import NUMBER, NUMERALS

GAP = r"[ \u3000]*"
BRANCHES = rf"(?:の{NUMBER})*"
"""What follows the number of an article that was put in later: の2 of 第10条の2."""

ARTICLE = re.compile(
    rf"{GAP}第{GAP}(?P<number>{NUMBER}){GAP}条(?P<branch>{BRANCHES})(?:{GAP}"
    rf"(?P<caption>[（(][^（）()]{{1,40}}[）)]))?"
    r"(?=[ \u3000]|$|(?!各号|各項|本文|ただし書|前[段項]|後段|関係|以[下上外前後])"
    r"[^の中第及又並若、。からにでをはがとま])"
)
DELETED_ARTICLES = re.compile(
    rf"{GAP}第(?P<number>{NUMBER})条(?P<branch>{BRANCHES})"
    rf"(?P<joint>から|及び|、|・|[～〜])第(?P<last>{NUMBER})条(?P<last_branch>{BRANCHES})"
    rf"(?:まで)?[ \u3000]*[（(]?削除"
)
DIVISION = re.compile(rf"{GAP}第{NUMBER}(?P<unit>編|章|節|款|目){BRANCHES}(?:[ \u3000]+\S.*|$)")
CAPTION = re.compile(rf"{GAP}[（(][^（）()]{{1,40}}[）)]{GAP}$")
EDITORS_NOTE = re.compile(
    rf"{GAP}[（(〔［\[](?=.*(?:改正|追加|削除|繰[上下]|旧第|条例[第{NUMERALS}]|規則[第{NUMERALS}]|施行|適用))"
    rf"(?:令和|平成|昭和|大正|[令平昭大]|全|本|一|追|旧|第)[^（）()〔〕]*[）)〕］\]]{GAP}$"
)
SUPPLEMENT = re.compile(
    rf"{GAP}附{GAP}則{GAP}(?:抄{GAP})?(?P<note>[（(〔［\[].{{1,80}}[）)〕］\]])?{GAP}(?:抄{GAP})?$"
    rf"|{GAP}附{GAP}則{GAP}[（(](?P<note2>[^（）()]{{1,80}})[）)]?"
)
APPENDIX = re.compile(
    rf"{GAP}(?P<name>別{GAP}(?:表|図|紙)(?:{GAP}第{GAP}{NUMBER}(?:{GAP}号)?{BRANCHES}|{NUMBER})?"
    rf"|(?:別{GAP}記{GAP})?様{GAP}式(?:{GAP}第{GAP}{NUMBER}{GAP}号?{BRANCHES})?"
    rf"|(?:別{GAP}記{GAP})?第{GAP}{NUMBER}{GAP}号{GAP}様{GAP}式(?:その{NUMBER})?)"
    rf"(?=[ \u3000（(〔]|$)"
)
DIVISION_UNITS = "編章節款目"
"""The divisions above the article, outermost first."""
LONGEST_APPENDIX_HEAD = 60
"""Characters of the longest line that can be the head of an appendix."""

_PARAGRAPH = re.compile(
    rf"{GAP}(?P<number>[0-9０-９]{{1,2}})[ \u3000.．]*(?=[^0-9０-９.．、,条項号年月日円人万])"
)
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_BRACKETED = "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"
_IROHA = (
    "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス"
)
_AIUEO = (
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
)
_ITEM = re.compile(
    rf"{GAP}(?:[（(](?P<paren>[{NUMERALS}]{{1,3}})[）)]|(?P<bracketed>[{_BRACKETED}])"
    rf"|(?P<circled>[{_CIRCLED}])"
    rf"|(?P<kanji>[一二三四五六七八九十]{{1,3}})(?={BRANCHES}[ \u3000])"
    r"|(?P<digit>[0-9０-９]{1,2})(?=(?:の[0-9０-９]+)*[ \u3000.．]+[^0-9０-９.．])"
    r"|(?P<kana>[ア-ン])(?=[ \u3000.．])"
    r"|[（(](?P<paren_kana>[ア-ン\uff71-\uff9d])[）)]"
    r"|[（(](?P<paren_latin>[a-zａ-ｚ])[）)]|(?P<latin>[a-zａ-ｚ])(?=[ \u3000.．]))"
    rf"(?P<branch>{BRANCHES})"
)
_LISTS = re.compile(r"次の|次に|下記|以下の|掲げる|とおり|左の|左に")


@dataclass(frozen=True, slots=True)
class ItemMark:
    """The mark that begins a line inside an article: kind of numeral, place in its series, label.

    ``place`` counts from 1; ``label`` is what an address has (``3``, ``3の2``, ``イ``).
    """

    style: str
    place: int
    label: str
    branched: bool = False


def number_of(text: str) -> int:
    """Return the number that digits or kanji spell, 0 if they spell none."""
    return kanji_number(text) or 0


def address_of(match: re.Match[str], number: str = "number", branch: str = "branch") -> str:
    """Return ``第10条の2`` in half-width digits for a line that opens an article."""
    return f"第{number_of(match[number])}条{branch_suffix(match[branch])}"


def deleted_range(match: re.Match[str]) -> str:
    """Return ``第7条から第9条まで`` (or ``第7条及び第8条``) for deleted articles."""
    first, last = address_of(match), address_of(match, "last", "last_branch")
    if match["joint"] in "から～〜":
        return f"{first}から{last}まで"
    return f"{first}{match['joint']}{last}"


def half_width(text: str) -> str:
    """Return ``text`` without blanks, its numbers in half-width digits: 別表第一 → 別表第1."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    return re.sub(rf"(?<=[第の表図]){NUMBER}", lambda match: str(number_of(match[0])), plain)


def is_caption(text: str) -> bool:
    """Say whether the line is a caption （目的）, not an editor's note （平17条例3・一部改正）."""
    return CAPTION.match(text) is not None and EDITORS_NOTE.match(text) is None


def begins_with_article(texts: Iterable[str]) -> bool:
    """Say whether the first line, behind captions and divisions at most, begins an article."""
    for text in texts:
        if text.strip() and not (is_caption(text) or DIVISION.match(text)):
            return ARTICLE.match(text) is not None
    return False


def paragraph_number(text: str) -> int | None:
    """Return the number of the paragraph that a line may begin (``２　前項の``, ``②``)."""
    stripped = text.lstrip(" \u3000")
    if stripped[:1] and stripped[0] in _CIRCLED:
        return _CIRCLED.index(stripped[0]) + 1
    match = _PARAGRAPH.match(text)
    return number_of(match["number"]) if match else None


def announces_list(text: str) -> bool:
    """Say whether the last sentence announces items (次に掲げる, 次のとおり)."""
    sentences = [part for part in text.split("。") if part.strip()]
    return bool(sentences) and _LISTS.search(sentences[-1]) is not None


def item_mark(text: str) -> ItemMark | None:
    """Return the mark of the item, or part of one, that the line begins, ``None`` if none."""
    match = _ITEM.match(text)
    if match is None:
        return None
    style = next(name for name, value in match.groupdict().items() if value and name != "branch")
    sign = match[style]
    branch = branch_suffix(match["branch"])
    if style in {"paren", "kanji", "digit"}:
        number = number_of(sign)
    elif style in {"bracketed", "circled"}:
        number = (_BRACKETED if style == "bracketed" else _CIRCLED).index(sign) + 1
    else:
        return _lettered_mark(style, unicodedata.normalize("NFKC", sign), branch)
    return ItemMark(style, number, f"{number}{branch}", bool(branch))


def alphabet_places(style: str, label: str) -> tuple[int, ...]:
    """Return the positions of a kana in アイウ and in イロハ: イ is the 2nd and the 1st."""
    if "kana" not in style:
        return ()
    return (_AIUEO.find(label[0]) + 1, _IROHA.find(label[0]) + 1)


def _lettered_mark(style: str, sign: str, branch: str) -> ItemMark:
    place = ord(sign) - ord("a") + 1 if "latin" in style else _AIUEO.find(sign) + 1
    label = f"({sign})" if style.startswith("paren") else sign
    return ItemMark(style, place, label + branch, bool(branch))


def branch_suffix(text: str) -> str:
    """Return ``の2の3`` in half-width digits for the part of an address that BRANCHES matches."""
    return "".join(f"の{number_of(part)}" for part in re.findall(rf"の({NUMBER})", text))
