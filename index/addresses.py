"""Addresses of articles as people type them: 第10条第2項, 10条の2, 12条2項, Article 5."""

import re
from dataclasses import dataclass

from index.dates import kanji_number

_DIGITS = r"\d{1,4}"
_KANJI = r"[一二三四五六七八九十百千〇]{1,7}"
_N = rf"(?:{_DIGITS}|{_KANJI})"
_STEPS = (
    rf"(?P<branches>(?:の{_N}(?![\d項号個件人年月日回]))*)"
    rf"(?:第?(?P<paragraph>{_N})項)?(?:第?(?P<item>{_N})号)?"
)
_ARTICLE = re.compile(
    rf"(?:第(?P<article>{_N})|(?<![\d.第])(?P<bare>{_DIGITS}))条(?![件例約文里坊])" + _STEPS
)
_SUPPLEMENT = re.compile(
    rf"附則(?:第(?P<article>{_N})条)?(?:第?(?P<paragraph>{_N})項)(?:第?(?P<item>{_N})号)?"
)
_ENGLISH = re.compile(r"\b(?:article|section|§) ?(?P<article>\d{1,4})\b(?!\.\d)")
_NUMBER = re.compile(_N)


@dataclass(frozen=True, slots=True)
class Address:
    """An article's address in the index's spelling (``第10条の2第3項``), and where it stands."""

    article: str
    span: tuple[int, int]


def find_address(folded: str) -> Address | None:
    """Return the first address that a folded text names."""
    matches = [pattern.search(folded) for pattern in (_SUPPLEMENT, _ARTICLE, _ENGLISH)]
    first = min((m for m in matches if m), key=lambda m: m.start(), default=None)
    if first is None:
        return None
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
