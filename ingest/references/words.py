"""Patterns for references (第5条第2項ただし書, 前条, 同項, 各号, 附則第2項, 別表第1)."""

import re
from dataclasses import dataclass

from ingest.document.articles import BRANCHES, number_of
from ingest.document.characters import NUMBER, NUMERALS

_ARTICLE = rf"(?:第{NUMBER}条{BRANCHES}(?!例)|(?:同|本|この|[前次](?:{NUMBER})?)条(?!例))"
_PARAGRAPH = rf"(?:第{NUMBER}項|同項|本項|この項|[前次](?:{NUMBER})?項)"
_ITEM = (
    rf"(?:第{NUMBER}号{BRANCHES}(?!議案|様式|被保険者)"
    rf"|(?:次の|前)?各号|同号|[前次](?:{NUMBER})?号)"
)
_SUB = (
    r"(?:[ア-ンイロハ](?![ァ-ヶー])(?:[（(][ア-ン1-9１-９][）)])?"
    r"(?=[にのをはがもとか及又若並、。）中]|$))"
)
_TAIL = r"(?:ただし書|本文|前段|後段|中段)"
_APPENDIX = (
    rf"(?:別表(?:第{NUMBER}{BRANCHES})?|(?:別記)?様式第{NUMBER}号{BRANCHES}|第{NUMBER}号様式)"
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
    rf"(?P<note>[（(](?:明治|大正|昭和|平成|令和)[{NUMERALS}元]+年[^（）()「」]{{0,30}}第{NUMBER}号"
    r"(?:。以下[^（）()]*)?[）)])"
)
CONJUNCTION = re.compile(
    r"(?:及び|又は|並びに|若しくは|、|・|から|ないし|乃至|と|や|，|まで、|まで及び)"
)
POINTED_AT = re.compile(
    r"(?:(?P<own>この|本)|同)(?P<kind>条例|規則|規程|要綱|要領|訓令|告示|基準|法|令|施行令|施行規則)$"
)
"""この条例 is this text itself, 同条例 what was named last of that kind."""
WORD_BEFORE = re.compile(r"[一-鿿々ァ-ヶー]$")
MOST_REFERENCES = 30
_HALF_WIDTH = str.maketrans("（）", "()")
ADDRESS = re.compile(
    r"(?P<prefix>附則(?:（[^）]*）)?)?(?P<article>第\d+条(?:の\d+)*)?(?P<paragraph>第\d+項)?"
    r"(?P<item>第\d+号(?:の\d+)*)?"
)


@dataclass(slots=True)
class Place:
    """The place of the current text: article, and numbers of paragraph and item."""

    prefix: str = ""
    article: str = ""
    paragraph: int = 0
    item: int = 0
    shown: bool = False


def place_of(address: str) -> Place:
    """Return the place that an address names; an article begins with its first paragraph."""
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
    number, *branches = re.findall(NUMBER, word)
    return f"第{number_of(number)}{unit}{''.join(f'の{number_of(part)}' for part in branches)}"


def sub_address(text: str | None) -> str:
    """Return ``イ(ア)`` for the part of an item as printed."""
    return (text or "").translate(_HALF_WIDTH)


def prefix_of(address: str) -> str:
    """Return the supplement of an address (附則, 附則（…）), empty for the main part."""
    steps = ADDRESS.match(address)
    return (steps["prefix"] if steps else None) or ""


def first_number(step: str) -> int:
    """Return the first number of an address after its supplement, 0 if there is none."""
    match = re.search(r"\d+", step.removeprefix(prefix_of(step)))
    return int(match[0]) if match else 0
