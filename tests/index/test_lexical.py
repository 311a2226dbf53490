"""BM25 over tokens, written and opened again."""

import numpy as np

from index import lexical, lexical_writing

CORPUS = [["予算", "図書館"], ["図書館", "図書館", "開館"], ["道路", "補修"], []]


def opened(tmp_path, corpus=CORPUS):
    """Write an index of the corpus and open it."""
    lexical_writing.build(corpus, tmp_path / "words")
    return lexical.Lexical.open(tmp_path / "words")


def test_the_passage_that_repeats_the_word_scores_highest(tmp_path):
    """Scores come one a passage, higher where a word is said more, zero where it is not."""
    scores = opened(tmp_path).scores(["図書館"])
    assert scores.shape == (4,)
    assert scores[1] > scores[0] > 0
    assert scores[2] == scores[3] == 0


def test_words_that_no_passage_holds_are_left_out(tmp_path):
    """Unknown words neither fail nor change the scores of the others."""
    index = opened(tmp_path)
    np.testing.assert_array_equal(index.scores(["道路", "宇宙"]), index.scores(["道路"]))
    assert not index.scores(["宇宙"]).any()
    assert not index.scores([]).any()


def test_rare_words_weigh_more(tmp_path):
    """Rarity falls with the number of passages that hold a word; an unknown word is rarest."""
    index = opened(tmp_path)
    assert index.rarity("宇宙") > index.rarity("道路") > index.rarity("図書館") > 0


def test_an_index_of_nothing_opens(tmp_path):
    """Passages without any token, or no passages at all, give zeros."""
    assert opened(tmp_path, [[], []]).scores(["道路"]).tolist() == [0, 0]
    lexical_writing.build([], tmp_path / "none")
    assert lexical.Lexical.open(tmp_path / "none").scores(["道路"]).tolist() == []
