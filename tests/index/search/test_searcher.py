"""Searching: exchanges, filters, odd input."""

import datetime as dt
from dataclasses import replace

import pytest

from index.passage import DocumentKind, Filters
from index.search.query import Query
from index.search.searcher import Searcher
from index.writer import Writer
from tests.index.making import LIBRARY, ROADS, CharacterEmbedder, minutes


@pytest.fixture
def searcher(tmp_path):
    """Return a searcher over two minutes."""
    return over(tmp_path, LIBRARY, ROADS)


def over(data, *documents):
    """Return a searcher over the documents."""
    with Writer.open(data, CharacterEmbedder()) as writer:
        writer.put(documents, root="/in", reader="1")
        writer.publish()
    return Searcher.open(data, CharacterEmbedder())


def found(searcher, text, filters=None, **more):
    """Return the texts of the hits."""
    return [hit.passage.text for hit in searcher.search(Query(text, filters, **more)).hits]


def test_the_answer_is_found_through_the_words_of_its_question(searcher):
    """A question in the asker's words finds the answer, with the question beside it."""
    hit = searcher.search(Query("中央図書館の開館時間は延びるのか")).hits[0]
    assert hit.passage.text == "平日は午後八時まで延ばす方向で検討してまいります。"
    assert hit.passage.question == "（佐藤委員）中央図書館の開館時間を延ばす考えはあるのか。"
    assert (hit.rank, hit.passage.page, hit.document.body) == (1, 2, "総務委員会")


def test_the_question_is_found_where_it_is_asked_for(searcher):
    """Asked what a member asked, the member's own words come first."""
    texts = found(searcher, "図書館の開館時間について何を質問したか", wants_question=True)
    assert texts[0] == "中央図書館の開館時間を延ばす考えはあるのか。"


@pytest.mark.parametrize(
    ("filters", "documents"),
    [
        (Filters(since=dt.date(2024, 1, 1)), {"道路.txt"}),
        (Filters(until=dt.date(2023, 3, 10)), {"図書館.txt"}),
        (Filters(as_of=dt.date(2023, 12, 31)), {"図書館.txt"}),
        (Filters(body="建設"), {"道路.txt"}),
        (Filters(speaker="教育部長"), {"図書館.txt"}),
        (Filters(speaker="佐藤委員"), {"図書館.txt"}),
        (Filters(kind=DocumentKind.ORDINANCE), set()),
    ],
)
def test_filters_leave_only_what_passes(searcher, filters, documents):
    """Each filter leaves the passages of the documents or speakers that it names, and no other."""
    hits = searcher.search(Query("図書館の開館時間と市道の舗装の補修", filters)).hits
    assert {hit.document.document for hit in hits} == documents
    if filters.speaker:
        assert {hit.passage.speaker for hit in hits} == {filters.speaker}


def test_a_time_that_the_question_names_is_preferred(tmp_path):
    """Of two like answers the one of the preferred year comes first; the other is still there."""
    turns = [
        ("甲委員", None, "基金の残高はいくらか。", None),
        ("課長", None, "残高は九億円です。", 0),
    ]
    later = [turns[0], ("課長", None, "残高は七億円です。", 0)]
    both = over(
        tmp_path, minutes("a.txt", "2021-05-01", turns), minutes("b.txt", "2023-05-01", later)
    )
    prefer = Filters(since=dt.date(2023, 1, 1), until=dt.date(2023, 12, 31))
    texts = found(both, "基金の残高はいくらか", prefer=prefer)
    assert texts[:2] == ["残高は七億円です。", "残高は九億円です。"]
    prefer = Filters(since=dt.date(2021, 1, 1), until=dt.date(2021, 12, 31))
    assert found(both, "基金の残高はいくらか", prefer=prefer)[0] == "残高は九億円です。"


def test_the_same_words_by_the_same_speaker_are_one_hit(tmp_path):
    """A passage that stands in two documents is shown once."""
    turn = ("課長", None, "残高は九億円です。", None)
    twice = over(tmp_path, minutes("a.txt", None, [turn]), minutes("b.txt", None, [turn]))
    assert found(twice, "残高は九億円") == ["残高は九億円です。"]


@pytest.mark.parametrize(
    "text", ["", "   ", "😀", "'; DROP TABLE passages;--", "あ", "あ" * 100_000]
)
def test_odd_questions_are_answered_with_hits_or_none(searcher, text):
    """Empty, tiny, huge and hostile questions neither fail nor harm the index."""
    assert len(searcher.search(Query(text)).hits) <= 6
    assert found(searcher, "舗装の補修")[0] == "残りは十二か所でございます。"


def test_an_index_that_was_never_made_is_empty(tmp_path):
    """Without an index there are no hits, no documents and no error."""
    empty = Searcher.open(tmp_path, CharacterEmbedder())
    assert empty.search(Query("何か")).hits == ()
    assert empty.documents() == []
    assert empty.is_current()


def test_times_add_up(searcher):
    """The parts of the time are those of the contract and none is longer than the whole."""
    took = searcher.search(Query("補修")).took_ms
    assert set(took) == {"total", "embed", "retrieve"}
    assert took["total"] >= max(took["embed"], took["retrieve"])


def test_what_is_said_shortly_before_counts_as_nearby(tmp_path):
    """A speech that does not repeat the matter is nearer to it than its own words are."""
    turns = [
        ("議長", None, "次に、駐輪場を議題とします。", None),
        ("課長", None, "料金は百円です。", None),
    ]
    pool, held = over(tmp_path, minutes("a.txt", None, turns)).pool(Query("駐輪場の料金"))
    place = [passage.text for passage, _ in held].index("料金は百円です。")
    assert pool.coverage_nearby[place] == pytest.approx(1.0)
    assert pool.coverage_wide[place] < 1.0


def test_a_synonym_counts_like_the_word(tmp_path):
    """Who asks whether it is free finds that it is without charge."""
    turns = [
        ("課長", None, "対象者は三百人です。", None),
        ("部長", None, "九月分から無償とします。", None),
        ("主査", None, "受付は窓口で行います。", None),
    ]
    by = over(tmp_path, minutes("a.txt", None, turns))
    pool, held = by.pool(Query("いつから無料"))
    place = [passage.text for passage, _ in held].index("九月分から無償とします。")
    assert pool.coverage[place] == pytest.approx(1.0)
    assert pool.missing[place] == 0
    assert pool.synonyms[place] == max(pool.synonyms) > 0
    assert by.search(Query("無料")).hits[0].passage.text == "九月分から無償とします。"
    assert by.says_otherwise("無料")
    assert not by.says_otherwise("有料")


def test_the_later_text_of_an_ordinance_comes_first(tmp_path):
    """Of two texts of one ordinance the older is marked, unless only one is there."""
    made = []
    for name, day in (("旧.txt", "2020-04-01"), ("新.txt", "2024-04-01")):
        document, passages = minutes(name, day, [(None, None, f"使用料は{name}円とする。", None)])
        made.append((replace(document, kind=DocumentKind.ORDINANCE, title="使用料条例"), passages))
    pool, held = over(tmp_path, *made).pool(Query("使用料はいくらか"))
    marked = {of.document: bool(pool.superseded[at]) for at, (_, of) in enumerate(held)}
    assert marked == {"旧.txt": True, "新.txt": False}
