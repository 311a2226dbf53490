"""How what speaks for a passage becomes one score, and a question gives way to its answer."""

import numpy as np
import pytest

from index.language import cues
from index.passage import PassageKind
from index.search import second_stage
from index.search.fusion import (
    Pool,
    Wanted,
    features,
    first_scores,
    lifted_scores,
    read_weights,
    second_scores,
    standardise,
)

KINDS = list(PassageKind)
ANSWER = Wanted(0)
QUESTION = Wanted(0, question=True)
WEIGHTS = {"pairs": 1.0, "turn_pairs": 0.5, "preferred": 2.0, "wanted_question": 3.0, "asks": -10.0}


def pool(**changes):
    """Return three passages: a question that all words match, its answer, and a bystander."""
    zeros = np.zeros(3, dtype=np.float32)
    kinds = (PassageKind.QUESTION, PassageKind.ANSWER, PassageKind.STATEMENT)
    values = {
        "positions": np.array([4, 5, 9], dtype=np.int64),
        "pairs": np.array([6, 1, 2], dtype=np.float32),
        "turn": np.array([0, 1, 2], dtype=np.int32),
        "asked": np.array([-1, 0, -1], dtype=np.int32),
        "partner": np.array([-1, 0, -1], dtype=np.int64),
        "kind": np.array([KINDS.index(kind) for kind in kinds], dtype=np.int8),
        "cues": np.zeros(3, dtype=np.int8),
        "length": np.full(3, 100, dtype=np.int32),
        "role": np.full(3, -1, dtype=np.int8),
        "allowed": np.ones(3, dtype=bool),
        "preferred": np.zeros(3, dtype=bool),
        "foreign": np.zeros(3, dtype=bool),
        "superseded": np.zeros(3, dtype=bool),
    }
    rest = ("words", "dense", "context", "synonyms", "similarity", "coverage")
    rest += ("coverage_wide", "coverage_nearby", "missing", "pair_coverage")
    return Pool(**(dict.fromkeys(rest, zeros) | values | changes))


def fuse(of, wanted, weights):
    """Return the scores of a pool."""
    return first_scores(of, features(of, wanted), weights)


def test_an_answer_is_found_through_its_question():
    """The answer comes first although only its question holds the words; that stands behind."""
    fused = fuse(pool(), ANSWER, WEIGHTS)
    assert fused.tolist() == [-4.0, 4.0, 2.0]


def test_the_question_itself_is_found_where_it_is_wanted():
    """Asked what someone asked, the question comes first and lifts its answer no more."""
    fused = fuse(pool(), QUESTION, WEIGHTS)
    assert fused.tolist() == [9.0, 1.0, 2.0]


def test_who_may_mean_the_one_who_asked():
    """A question with 誰 does not put the question passages behind their answers."""
    wanted = Wanted(cues.wanted("反対したのは誰ですか"))
    assert wanted.person
    assert not features(pool(), wanted)["asks"].any()
    assert features(pool(), ANSWER)["asks"].tolist() == [1.0, 0.0, 0.0]


def test_a_question_stays_where_the_filter_leaves_no_answer():
    """A filter on the asker leaves the question, since its answer is another person's."""
    fused = fuse(pool(allowed=np.array([True, False, False])), ANSWER, WEIGHTS)
    assert np.isfinite(fused).tolist() == [True, False, False]


def test_preferred_time_lifts_and_does_not_exclude():
    """What is of the time that the question names is lifted; the rest is still there."""
    plain = fuse(pool(), ANSWER, WEIGHTS)
    lifted = fuse(pool(preferred=np.array([False, False, True])), ANSWER, WEIGHTS)
    assert (lifted[1:] - plain[1:]).tolist() == [0.0, 2.0]


@pytest.mark.parametrize(
    ("question", "text", "name"),
    [
        ("予算はいくらですか", "総額は九億円です。", "number"),
        ("いつから始まりますか", "令和5年4月から始めます。", "time"),
        ("なぜ延期したのか", "納車が遅れたためです。", "reason"),
        ("Where will it be built?", "浜手小学校の跡地に建てます。", "place"),
    ],
)
def test_a_passage_that_holds_what_is_wanted_is_marked(question, text, name):
    """A question after a number, a time, a reason or a place marks the passages that hold one."""
    held = np.array([0, cues.given(text), 0], dtype=np.int8)
    parts = features(pool(cues=held), Wanted(cues.wanted(question)))
    assert parts[name].tolist() == [0.0, 1.0, 0.0]
    assert not features(pool(cues=held), ANSWER)[name].any()


def test_the_weights_that_ship_name_every_feature_and_no_other():
    """The fitted file and the features go together; what is read again is weighed beside them."""
    assert set(read_weights()) == set(features(pool(), ANSWER))
    assert set(read_weights("reread")) == {*read_weights(), *second_stage.NAMES}


def test_what_was_read_again_changes_the_order_of_the_best_alone():
    """The first two are put in order by what was read; the third stays behind them."""
    fused = np.array([3.0, 1.0, 2.0], dtype=np.float32)
    best = np.array([0, 2, 1])
    parts = {"pairs": np.zeros(3, dtype=np.float32)}
    read = {name: np.array([0.0, 1.0], dtype=np.float32) for name in second_stage.NAMES}
    again = second_scores(fused, best, parts, read)
    assert np.argsort(-again).tolist() == [1, 0, 2]


def test_a_superseded_ordinance_counts_less_unless_the_past_is_asked_for():
    """The older text of an ordinance is marked, but not where the question is about before."""
    old = pool(superseded=np.array([False, False, True]))
    now = Wanted(0, earlier=cues.earlier("利用料はいくらですか"))
    before = Wanted(0, earlier=cues.earlier("値上げの前はいくらでしたか"))
    assert features(old, now)["superseded"].tolist() == [0.0, 0.0, 1.0]
    assert not features(old, before)["superseded"].any()


def test_another_language_counts_as_far_as_the_own_one_does_not_cover():
    """A passage in another language is lifted only where those in the question's hold little."""
    marks = {"foreign": np.array([False, False, True]), "dense": np.ones(3, dtype=np.float32)}
    half = pool(coverage_wide=np.array([0.25, 0, 0], dtype=np.float32), **marks)
    assert features(half, ANSWER)["foreign_dense"].tolist() == [0.0, 0.0, 0.75]


def test_scores_that_are_all_the_same_say_nothing():
    """Without spread the z-scores are zero instead of a division by zero."""
    assert standardise(np.full(3, 5, dtype=np.float32), 5.0, 0.0).tolist() == [0, 0, 0]


def test_what_was_not_read_stays_behind_what_was():
    """It is lifted by no more than the least of what was read; without readings all stays."""
    scores = np.array([3, 2, 1, 0], dtype=np.float32)
    weight = read_weights("reranker")["lift"]
    lifted = lifted_scores(scores, {0: -1.0, 1: 5.0})
    assert lifted.tolist() == pytest.approx((scores + weight * np.array([-1, 5, -1, -1])).tolist())
    assert lifted_scores(scores, {}).tolist() == scores.tolist()
