"""Addresses of articles as people type them: 第10条第2項, 10条の2, 12条2項, Article 5.

And of parts that are no article: 附則, 別表第2, 様式第1号, 前文, 第3章.
"""

import re
from dataclasses import dataclass

from index.language.dates import kanji_number
from index.language.text import fold

_DIGITS = r"\d{1,4}"
_KANJI = r"[一二三四五六七八九十百千〇]{1,7}"
_N = rf"(?:{_DIGITS}|{_KANJI})"
_STEPS = (  # a branch (10条の2) is not 「第10条の一部」 or 「第10条の2つの」
    rf"(?P<branches>(?:の(?:{_DIGITS}(?![\d項号個件人年月日回つ])|{_KANJI}(?:(?=第)|(?![一-鿿〇つ]))))*)"
    rf"(?:第?(?P<paragraph>{_N})項)?(?:第?(?P<item>{_N})号)?"
)
_ARTICLE = re.compile(
    rf"(?:第(?P<article>{_N})|(?<![\d.第])(?P<bare>{_DIGITS}))条(?![件例約文里坊])" + _STEPS
)
_SUPPLEMENT = re.compile(
    rf"附則(?:第(?P<article>{_N})条)?(?:第?(?P<paragraph>{_N})項)?(?:第?(?P<item>{_N})号)?"
)
_PART = re.compile(
    rf"別表(?:第?(?P<table>{_N})(?![項号]))?|様式第?(?P<form>{_N})号?|第(?P<form2>{_N})号様式"
    rf"|前文(?![書字句])|第(?P<number>{_N})(?P<division>[編章節款])"
)
_ENGLISH = re.compile(r"\b(?:article|section|§) ?(?P<article>\d{1,4})\b(?!\.\d)")
_NUMBER = re.compile(_N)
LAW_NUMBER = re.compile(
    r"\([^()]{0,30}?(?:条例|規則|規程|要綱|要領|訓令|告示|法律|政令|省令)第[^()]{1,10}号[^()]{0,20}\)"
)
"""The number of a law in brackets behind its name: (昭和32年条例第31号), folded."""


@dataclass(frozen=True, slots=True)
class Address:
    """An article's address in the index's spelling (``第10条の2第3項``), and where it stands."""

    article: str
    span: tuple[int, int]


def find_address(folded: str) -> Address | None:
    """Return the first address that a folded text names."""
    matches = [pattern.search(folded) for pattern in (_SUPPLEMENT, _ARTICLE, _ENGLISH, _PART)]
    first = min((m for m in matches if m), key=lambda m: m.start(), default=None)
    if first is None:
        return None
    if first.re is _PART:
        return Address(_part(first), first.span())
    groups = first.groupdict()
    parts = ["附則"] if folded[first.start()] == "附" else []
    article = groups.get("article") or groups.get("bare")
    if article:
        branches = _NUMBER.findall(groups.get("branches") or "")
        parts.append(f"第{kanji_number(article)}条")
        parts.extend(f"の{kanji_number(branch)}" for branch in branches)
    for name, sign in (("paragraph", "項"), ("item", "号")):
        if groups.get(name):
            parts.append(f"第{kanji_number(groups[name] or '')}{sign}")
    return Address("".join(parts), first.span())


def is_article(address: str) -> bool:
    """Tell whether an address is that of an article, and of no other part."""
    return address.startswith("第") and "条" in address


def division_of(heading: str) -> str | None:
    """Return the division that a heading opens, in the spelling of an address: 第3章."""
    match = _PART.match(fold(heading).strip())
    return _part(match) if match and match["division"] else None


def _part(match: re.Match[str]) -> str:
    if match["division"]:
        return f"第{kanji_number(match['number'])}{match['division']}"
    if form := match["form"] or match["form2"]:
        return f"様式第{kanji_number(form)}号"
    return f"別表第{kanji_number(match['table'])}" if match["table"] else match[0]
