"""A follow-up that only names another person, body or time: the question before it, of that one."""

import datetime as dt

import pytest

from bot.question.another import turned_to_another
from bot.question.follow_up import follow_up
from index.search.searcher import Searcher
from index.writer import Writer
from ingest.pipeline import ingest
from tests.index.making import CharacterEmbedder

TODAY = dt.date(2025, 6, 1)
MINUTES = """汐路町議会 環境委員会 会議録

日時　令和6年6月3日
出席委員　桐島徹委員、波多野恵委員、古谷進委員

○桐島委員　河川の清掃は年に何回行うのか。
○環境課長　年に二回行っている。
○波多野委員　堤防の桜は誰が手入れをするのか。
○環境課長　地元の保存会にお願いしている。
○古谷委員　街灯を増やす考えはあるか。
○町長　令和7年度に十基を増やす。
"""
SAID = "桐島委員は河川の清掃について何と言いましたか"
THEN = "令和5年度の河川の清掃は何回でしたか"


@pytest.fixture(scope="module")
def names(tmp_path_factory):
    """Return the names of a committee of three members."""
    folder = tmp_path_factory.mktemp("papers")
    (folder / "環境委員会.txt").write_text(MINUTES, encoding="utf-8")
    data = tmp_path_factory.mktemp("names")
    with Writer.open(data, CharacterEmbedder()) as writer:
        ingest([folder], index=writer)
    searcher = Searcher.open(data, CharacterEmbedder())
    yield searcher.names
    searcher.close()


@pytest.mark.parametrize(
    ("text", "before", "whole"),
    [
        ("波多野委員は？", [SAID], "波多野委員は河川の清掃について何と言いましたか"),
        ("じゃあ町長は？", [SAID], "町長は河川の清掃について何と言いましたか"),
        ("古谷委員の方は？", [SAID], "古谷委員は河川の清掃について何と言いましたか"),
        ("令和4年度は？", [THEN], "令和4年度の河川の清掃は何回でしたか"),
        (
            "波多野委員は？",
            [SAID, "それはいつ？"],
            "波多野委員は河川の清掃について何と言いましたか",
        ),
    ],
)
def test_another_name_takes_the_place_of_the_first(text, before, whole, names):
    """All else stays as it was asked, also over a question that leans on that one."""
    turned = turned_to_another(text, before, names, TODAY)
    assert turned is not None
    assert turned.text == whole
    assert turned.source == 0


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("波多野委員は？", [THEN]),
        ("波多野委員は堤防について何と？", [SAID]),
        ("堤防は？", [SAID]),
        ("波多野委員の理由は？", [SAID]),
        ("令和4年度はいくら？", [THEN]),
        ("波多野委員は？", ["桐島委員は古谷委員に何と言いましたか"]),
        ("波多野委員は？", [SAID, "堤防の桜の手入れと街灯の数と河川の清掃について教えてください"]),
    ],
)
def test_what_says_more_or_may_mean_several_is_left_as_it_is(text, before, names):
    """A matter or a wish of its own, no name before it, two of them, or another subject between."""
    assert turned_to_another(text, before, names, TODAY) is None


def test_one_after_another_may_be_named(names):
    """Each takes the place of the one before; what is taken over is still told."""
    found = follow_up(
        "古谷委員は？",
        [SAID, "波多野委員は？"],
        turned=lambda text, before: turned_to_another(text, before, names, TODAY),
    )
    assert found is not None
    assert found.text == "古谷委員は河川の清掃について何と言いましたか"
    assert "清掃" in found.matter
