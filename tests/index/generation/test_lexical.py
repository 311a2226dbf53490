"""BM25 over tokens, written and opened again."""

import itertools
import math
import random
from collections import Counter

import numpy as np
import pytest

from index.generation import lexical, postings_writer
from index.generation.live import Live
from index.generation.postings import Postings
from index.generation.postings_writer import K1, B, PostingsWriter

CORPUS = [["予算", "図書館"], ["図書館", "図書館", "開館"], ["道路", "補修"], []]
USUAL = 20.0
NEVER, ALWAYS = 2.0, 0.0
"""Shares from which on a token has a row: none has, all have."""


def opened(tmp_path, corpus=CORPUS, **more):
    """Write an index of the corpus and open it."""
    postings_writer.build(corpus, tmp_path / "words", USUAL, **more)
    postings = Postings.open(tmp_path / "words")
    return lexical.Lexical([lexical.LivePostings(postings)])


def split(tmp_path, corpus, common):
    """Write the corpus in four segments, two of which also hold passages that are not left."""
    draw = random.Random(6)  # noqa: S311 - the same every time
    segments, bounds = [], [0, 3, 250, 590, len(corpus)]
    for number, (start, end) in enumerate(itertools.pairwise(bounds)):
        part, live = corpus[start:end], None
        if number % 2:
            left = [True] * len(part) + [False] * 90
            draw.shuffle(left)
            those = iter(part)
            part = [next(those) if here else ["語1", "語7", "語77", "屑"] for here in left]
            live = Live(np.array(left))
        folder = tmp_path / f"{number}"
        postings_writer.build(part, folder, USUAL, common)
        segments.append(lexical.LivePostings(Postings.open(folder), live))
    return lexical.Lexical(segments)


def drawn_corpus(size=600):
    """Return passages of tokens, a few of which are common and most rare."""
    draw = random.Random(5)  # noqa: S311 - the same every time
    return [
        [f"語{min(int(draw.paretovariate(0.6)), 3000)}" for _ in range(draw.randint(0, 60))]
        for _ in range(size)
    ]


def by_the_book(corpus, tokens):
    """Return BM25 as its formula says (Lucene's form), passage by passage."""
    scores = []
    for passage in corpus:
        times, score = Counter(passage), 0.0
        for token in tokens:
            held = sum(token in other for other in corpus)
            rarity = math.log(1 + (len(corpus) - held + 0.5) / (held + 0.5))
            norm = K1 * (1 - B + B * len(passage) / USUAL)
            score += rarity * times[token] / (times[token] + norm)
        scores.append(score)
    return np.array(scores)


@pytest.mark.parametrize("make", [opened, split])
@pytest.mark.parametrize("common", [NEVER, postings_writer.COMMON, ALWAYS])
def test_scores_are_those_of_the_formula(tmp_path, common, make):
    """Postings, rows, segments with what is gone: as BM25 is written; twice asked counts twice."""
    corpus = drawn_corpus()
    tokens = ["語1", "語2", "語2", "語7", "語40", "宇宙", "屑"]
    scores = make(tmp_path, corpus, common=common).scores(tokens)
    np.testing.assert_allclose(scores, by_the_book(corpus, tokens), atol=1e-3)
    mean, deviation = lexical.mean_and_deviation(scores)
    assert (mean, deviation) == pytest.approx((scores.mean(), scores.std()), rel=1e-3)


@pytest.mark.parametrize("make", [opened, split])
@pytest.mark.parametrize("common", [NEVER, postings_writer.COMMON, ALWAYS])
def test_holders_are_the_passages_that_hold_a_token(tmp_path, common, make):
    """However they are kept: how many, which, among some, and in stretches."""
    corpus = drawn_corpus()
    index = make(tmp_path, corpus, common=common)
    positions = np.array([0, 3, 17, 249, 250, 400, 589, 599])
    begins = np.array([0, 3, 3, 3, 250, 250, 250, 590])  # no stretch reaches over a segment
    ends = np.array([2, 249, 249, 249, 589, 589, 589, 599])
    for token in ("語1", "語2", "語9", "語77", "宇宙", "屑"):
        holds = np.array([token in passage for passage in corpus])
        holders = index.holders(token)
        assert holders.count == holds.sum()
        assert holders.all().tolist() == np.flatnonzero(holds).tolist()
        assert holders.among(positions).tolist() == holds[positions].tolist()
        first, last = np.maximum(positions - 4, begins), np.minimum(positions + 4, ends)
        around = [
            bool(holds[one : other + 1].any()) for one, other in zip(first, last, strict=True)
        ]
        assert holders.between(first, last).tolist() == around


def test_many_runs_make_the_index_that_one_makes(tmp_path):
    """What is put on disk in pieces while it comes is the same index in the end."""
    corpus = drawn_corpus()
    postings_writer.build(corpus, tmp_path / "one", USUAL)
    writer = PostingsWriter(tmp_path / "many", USUAL, run=500)
    for passage in corpus:
        writer.add(passage)
    writer.finish()
    files = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert sorted(path.name for path in (tmp_path / "many").iterdir()) == files
    for name in files:
        np.testing.assert_array_equal(
            np.load(tmp_path / "one" / name), np.load(tmp_path / "many" / name)
        )


def test_of_many_tokens_the_rarest_are_kept(tmp_path):
    """Of more tokens than are wanted the rarest stay, in their order, with their repeats."""
    index = opened(tmp_path)
    tokens = ["図書館", "道路", "図書館", "宇宙", "道路"]
    assert index.rarest(tokens, 3) == tokens
    assert index.rarest(tokens, 2) == ["道路", "宇宙", "道路"]


def test_the_passage_that_repeats_the_word_scores_highest(tmp_path):
    """Scores come one a passage, higher where a word is said more, zero where it is not."""
    scores = opened(tmp_path).scores(["図書館"])
    assert scores.shape == (4,)
    assert scores[1] > scores[0] > 0
    assert scores[2] == scores[3] == 0


def test_words_that_no_passage_holds_are_left_out(tmp_path):
    """Unknown words neither fail nor change the scores of the others."""
    index = opened(tmp_path)
    for unknown in ("宇宙", "", "\ud800"):
        np.testing.assert_array_equal(index.scores(["道路", unknown]), index.scores(["道路"]))
    assert not index.scores(["宇宙"]).any()
    assert not index.scores([]).any()


def test_rare_words_weigh_more(tmp_path):
    """Rarity falls with the number of passages that hold a word; an unknown word is rarest."""
    index = opened(tmp_path)
    assert index.rarity("宇宙") > index.rarity("道路") > index.rarity("図書館") > 0


def test_an_index_of_nothing_opens(tmp_path):
    """Passages without any token, or no passages at all, give zeros."""
    assert opened(tmp_path, [[], []]).scores(["道路"]).tolist() == [0, 0]
    (tmp_path / "none").mkdir()
    assert opened(tmp_path / "none", []).scores(["道路"]).tolist() == []
    nothing = lexical.Lexical([]).scores(["道路"])
    assert nothing.tolist() == []
    assert lexical.mean_and_deviation(nothing) == (0, 0)
