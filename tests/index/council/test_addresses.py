"""Addresses of articles as people type them."""

import pytest

from index.council.addresses import find_address
from index.language.text import fold


@pytest.mark.parametrize(
    ("text", "article"),
    [
        ("公共交通条例の第10条第2項は？", "第10条第2項"),
        ("第十条第二項", "第10条第2項"),
        ("１０条の２", "第10条の2"),
        ("第10条の2第3項第1号", "第10条の2第3項第1号"),
        ("12条2項", "第12条第2項"),
        ("第百二十条", "第120条"),
        ("附則第2項", "附則第2項"),
        ("What does article 5 say?", "第5条"),
        ("第4条の2人以上の場合", "第4条"),
    ],
)
def test_an_address_is_read_in_every_spelling(text, article):
    """Kanji numerals, wide digits, a left-out 第 and branches come out in the index's spelling."""
    address = find_address(fold(text))
    assert address is not None
    assert address.article == article


@pytest.mark.parametrize(
    "text", ["次の3条件", "三条市", "第3条例案", "二条城の話", "2項目ある", "on section"]
)
def test_what_only_looks_like_one_is_none(text):
    """Conditions, places and items are not articles."""
    found = find_address(fold(text))
    assert found is None


def test_it_says_where_it_stands():
    """The span covers the whole address."""
    text = fold("条例の第10条第2項では")
    address = find_address(text)
    assert address is not None
    assert text[slice(*address.span)] == "第10条第2項"


@pytest.mark.parametrize(
    ("text", "article"),
    [
        ("第10条の一部", "第10条"),
        ("第10条の三つの要件", "第10条"),
        ("第10条の2つの要件", "第10条"),
        ("第10条の二第三項", "第10条の2第3項"),
        ("第十条の二は", "第10条の2"),
    ],
)
def test_a_number_that_goes_on_as_a_word_is_no_branch(text, article):
    """「第10条の一部」 is about 第10条, and not about a 第10条の1 that nobody named."""
    address = find_address(fold(text))
    assert address is not None
    assert address.article == article
