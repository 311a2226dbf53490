"""The words of references (第5条第2項ただし書, 前条, 同項, 各号, 附則第2項, 別表第1)."""

import re
from dataclasses import dataclass

from ingest.document.articles import N, number_of

_ARTICLE = rf"(?:第[{N}]+条(?:の[{N}]+)*(?!例)|(?:前|次|同|本|この)条(?!例)|前[{N}]+条|次[{N}]+条)"
_PARAGRAPH = rf"(?:第[{N}]+項|前項|次項|同項|本項|この項|前[{N}]+項|次[{N}]+項)"
_ITEM = (
    rf"(?:第[{N}]+号(?:の[{N}]+)*(?!議案|様式|被保険者)"
    rf"|前号|次号|同号|前各号|次の各号|各号|前[{N}]+号)"
)
_SUB = (
    r"(?:[ア-ンイロハ](?![ァ-ヶー])(?:[（(][ア-ン1-9１-９][）)])?"
    r"(?=[にのをはがもとか及又若並、。）中]|$))"
)
_TAIL = r"(?:ただし書|本文|前段|後段|中段)"
_APPENDIX = (
    rf"(?:別表(?:第[{N}]+(?:の[{N}]+)*)?|(?:別記)?様式第[{N}]+号(?:の[{N}]+)*|第[{N}]+号様式)"
)
REFERENCE = re.compile(
    rf"(?:(?P<supplement>附則)(?={_ARTICLE}|{_PARAGRAPH}))?(?P<article>{_ARTICLE})?"
    rf"(?P<paragraph>{_PARAGRAPH})?(?P<item>{_ITEM})?(?P<sub>{_SUB})?(?P<tail>{_TAIL})?"
    rf"(?P<appendix>{_APPENDIX})?"
)
REFERENCE_START = re.compile(
    rf"附則(?={_ARTICLE}|{_PARAGRAPH})|{_ARTICLE}|{_PARAGRAPH}|{_ITEM}|{_APPENDIX}"
)
PARENTHESIS_BEFORE = re.compile(r"[（(](?:[^（）()]|[（(][^（）()]*[）)])*[）)]$")
LAW_NUMBER = re.compile(
    rf"(?P<note>[（(](?:明治|大正|昭和|平成|令和)[{N}元]+年[^（）()「」]{{0,30}}第[{N}]+号"
    r"(?:。以下[^（）()]*)?[）)])"
)
CONJUNCTION = re.compile(
    r"(?:及び|又は|並びに|若しくは|、|・|から|ないし|乃至|と|や|，|まで、|まで及び)"
)
SAME_LAW = re.compile(r"同(?P<kind>条例|規則|規程|要綱|要領|法|令|施行令|施行規則)$")
OWN_LAW = re.compile(r"(?:この|本)(?:条例|規則|規程|要綱|要領|訓令|告示|基準)$")
WORD_BEFORE = re.compile(r"[一-鿿々ァ-ヶー]$")
MOST_REFERENCES = 30
_PREFIX = re.compile(r"附則(?:（[^）]*）)?")
ADDRESS = re.compile(
    r"(?P<prefix>附則(?:（[^）]*）)?)?(?P<article>第\d+条(?:の\d+)*)?(?P<paragraph>第\d+項)?"
    r"(?P<item>第\d+号(?:の\d+)*)?"
)


@dataclass(slots=True)
class Place:
    """Where the text at hand stands: article and number of the paragraph, item."""

    prefix: str = ""
    article: str = ""
    paragraph: int = 0
    item: int = 0
    shown: bool = False


def place_of(address: str) -> Place:
    """Return the place that an address names; an article begins in its first paragraph."""
    steps = ADDRESS.match(address)
    if steps is None:
        return Place()
    paragraph = first_number(steps["paragraph"] or "")
    article = steps["article"] or ""
    return Place(
        steps["prefix"] or "",
        article,
        paragraph or (1 if article else 0),
        first_number(steps["item"] or ""),
        shown=paragraph > 0,
    )


def address_step(word: str, unit: str) -> str:
    """Return ``第10条の2`` for a step as printed (第十条の二); ``unit`` is 条, 項 or 号."""
    number, *branches = re.findall(rf"[{N}]+", word)
    return f"第{number_of(number)}{unit}{''.join(f'の{number_of(part)}' for part in branches)}"


def sub_address(text: str | None) -> str:
    """Return ``イ(ア)`` for the part of an item as printed."""
    return re.sub("[（(](.)[）)]", r"(\1)", text) if text else ""


def prefix_of(address: str) -> str:
    """Return the supplement in which an address lies (附則, 附則（…）), empty for the main part."""
    match = _PREFIX.match(address)
    return match[0] if match else ""


def first_number(step: str) -> int:
    """Return the first number of an address after its supplement, 0 where there is none."""
    match = re.search(r"\d+", _PREFIX.sub("", step))
    return int(match[0]) if match else 0
