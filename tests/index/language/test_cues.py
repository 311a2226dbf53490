"""What a question is about: how it was before, and the first or an older version of a text."""

import pytest

from index.language import cues


@pytest.mark.parametrize(
    "question",
    [
        "はじめの自転車条例では罰金はいくら",
        "自転車条例の最初の版だと何時まで？",
        "当初の整備計画では何棟",
        "最初にできた要綱の対象は誰",
        "制定時の規則では何人",
        "初版の利用料金表は？",
        "第１版では何ページ",
        "What was the fee in the first version?",
        "Who could apply under the original by-law?",
        "the initial (2019) parking rules on bikes",
        "How was it originally worded?",
    ],
)
def test_the_first_version_of_a_text_is_an_earlier_one(question):
    """Words of both languages for the first, before or behind what the text is called."""
    assert cues.earliest(question)
    assert cues.earlier_text(question)
    assert cues.earlier(question)


@pytest.mark.parametrize(
    "question",
    ["旧規則では何人", "古いほうの料金表でいくら", "一つ前の版は？", "the old 2019 parking rules"],
)
def test_an_older_version_need_not_be_the_first(question):
    """旧, 古い and old tell only that a newer one came."""
    assert not cues.earliest(question)
    assert cues.earlier_text(question)
    assert cues.earlier(question)


@pytest.mark.parametrize(
    "question",
    [
        "当初予算の総額は？",
        "最初の30分は無料？",
        "はじめに何を持って行く？",
        "最初の委員会で条例を説明したのは誰？",
        "旧庁舎の跡地の利用計画は？",
        "旧小学校跡地整備計画の費用は？",
        "最初の案内所はどこ？",
        "Who spoke first on the budget?",
        "What happens to the old bags?",
        "When was the old mill closed?",
    ],
)
def test_what_is_first_or_old_and_no_text_asks_for_no_earlier_one(question):
    """Budgets, half hours, buildings and bags are no texts."""
    assert not cues.earlier(question)
