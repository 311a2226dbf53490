"""What says the same is one hit: versions of one thing, and never two things."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from index.passage import DocumentId, DocumentKind
from index.record import Role
from index.search.near_duplicates import Said, without_repeats
from index.search.query import Query
from index.search.searcher import Searcher
from index.writer import Writer
from tests.index.making import CharacterEmbedder, minutes

SAID = (
    "図書館の開館時間は、平日は午後8時まで延ばします。"
    "職員は3人増やし、費用は1,200万円を見込んでおります。"
)


def said(text=SAID, name="確定版.txt", speaker="教育部長", **document):
    """Return one passage of minutes of 10 March 2023 as it is compared."""
    held, (passage,) = minutes(name, "2023-03-10", [(speaker, Role.EXECUTIVE, text, None)])
    return Said(passage, replace(held, **document))


SAME = [
    SAID.replace("8時", "８時").replace("。", "。\n"),
    SAID.replace("、", "，").replace("1,200", "1200"),
    SAID.replace("見込んでおります", "見込んでいます"),
    SAID.replace("延ばします", "延長します"),
]
OTHER = [
    SAID.replace("8時", "9時"),
    SAID.replace("1,200万円", "1,300万円"),
    SAID.replace("延ばします", "延ばしません"),
    SAID + "なお、学校が休みの間は、朝の開館も早める予定であり、詳しくは決まり次第お知らせします。",
]


@pytest.mark.parametrize("text", SAME)
def test_two_versions_of_one_sitting_say_the_same(text):
    """White space, widths, punctuation and a few signs are no difference."""
    assert said(text, "速報版.txt").repeats(said())


@pytest.mark.parametrize("text", OTHER)
def test_a_figure_a_negation_or_a_sentence_more_is_a_difference(text):
    """However much else is the same."""
    assert not said(text, "速報版.txt").repeats(said())


def test_a_few_signs_may_differ_only_in_versions_of_one_thing():
    """Not within a document, not between two sittings, two papers, two speakers or two kinds."""
    near = SAME[2]
    assert not said(near).repeats(said())
    assert not said(near, "別.txt", date=dt.date(2022, 3, 10)).repeats(said())
    assert not said(near, "別.txt", body="建設委員会").repeats(said())
    assert not said(near, "別.txt", speaker="市長").repeats(said())
    paper = {"kind": DocumentKind.REPORT, "body": None}
    assert not said(near, "別.txt", **paper).repeats(said())
    card = said("南台小学校の体育館は、避難所になるように直し、毛布と水を置いています。", "南.txt",
                title="施設カルテ 南台小学校", **paper)  # fmt: skip
    other = said(card.passage.text.replace("南台", "北台"), "北.txt",
                 title="施設カルテ 北台小学校", **paper)  # fmt: skip
    assert not card.repeats(other)
    draft = said(near, "案.docx", title="総合計画（案）", **paper)
    assert draft.repeats(said(SAID, "計画.pdf", title="総合計画", **paper))


def test_two_texts_of_an_ordinance_are_two_where_the_earlier_one_is_asked_for():
    """Otherwise an article that did not change is one hit."""
    old = said("利用料は無料とする。", "旧.txt", "", kind=DocumentKind.ORDINANCE)
    new = said("利用料は無料とする。", "新.txt", "", kind=DocumentKind.ORDINANCE,
               date=dt.date(2024, 4, 1))  # fmt: skip
    assert new.repeats(old)
    assert not new.repeats(old, earlier=True)


def test_the_best_is_kept_and_of_equal_ones_the_final_then_the_newest():
    """A draft gives way to the final version only where neither fits better."""
    draft, final = said(name="速報版.txt"), said()
    older = said(name="前.txt", date=dt.date(2022, 3, 10))
    read = [(one.passage, one.document) for one in (draft, final, older)]
    assert without_repeats(np.array([1.0, 1.0, 1.0], np.float32), read, 10) == [1]
    assert without_repeats(np.array([1.5, 1.0, 1.0], np.float32), read, 10) == [0]
    assert without_repeats(np.array([0.1, 0.2, 1.0], np.float32), read[1:] + read[:1], 10) == [2]


def test_a_search_shows_one_of_the_versions_and_a_history_both(tmp_path):
    """The limit counts what is left, so that the next matter takes the freed place."""
    turns = [("教育部長", Role.EXECUTIVE, SAID, None)]
    with Writer.open(tmp_path, CharacterEmbedder()) as writer:
        held = [minutes("確定版.txt", "2023-03-10", turns),
                minutes("速報版.txt", "2023-03-10", [(*turns[0][:2], SAME[2], None)]),
                minutes("道路.txt", "2023-03-10",
                        [("建設部長", Role.EXECUTIVE, "図書館前の道です。", None)])]  # fmt: skip
        writer.put(held, root="/in", reader="1")
        writer.publish()
    searcher = Searcher.open(tmp_path, CharacterEmbedder())
    text = "図書館の開館時間は何時まで"
    once = searcher.search(Query(text), 2)
    assert [hit.rank for hit in once.hits] == [1, 2]
    assert {hit.document.document for hit in once.hits} > {DocumentId("道路.txt")}
    assert len(once.signals) == 2
    both = searcher.search(Query(text, repeats=True), 3)
    assert len({hit.document.document for hit in both.hits}) == 3
    searcher.close()
