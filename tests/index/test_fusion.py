"""How several scores become one, and a question gives way to its answer."""

import numpy as np

from index.fusion import Pool, Weights, fuse, standardise


def pool(**changes):
    """Return three passages: a question that all words match, its answer, and a bystander."""
    zeros = np.zeros(3, dtype=np.float32)
    values = {
        "positions": np.array([4, 5, 9], dtype=np.int64),
        "words": np.array([6, 1, 2], dtype=np.float32),
        "pairs": zeros,
        "dense": zeros,
        "context": zeros,
        "partner": np.array([-1, 0, -1], dtype=np.int64),
        "procedure": np.zeros(3, dtype=bool),
        "allowed": np.ones(3, dtype=bool),
        "preferred": np.zeros(3, dtype=bool),
        "similarity": zeros,
    }
    return Pool(**(values | changes))


def test_an_answer_is_found_through_its_question():
    """The answer comes first although only its question holds the words; the question is gone."""
    fused = fuse(pool(), Weights(), wants_question=False)
    assert fused.argmax() == 1
    assert np.isneginf(fused[0])


def test_the_question_itself_is_found_where_it_is_wanted():
    """Asked what someone asked, the question comes first and the answer stays behind it."""
    fused = fuse(pool(), Weights(), wants_question=True)
    assert fused.argmax() == 0


def test_a_question_stays_where_the_filter_leaves_no_answer():
    """A filter on the asker leaves the question, since its answer is another person's."""
    fused = fuse(pool(allowed=np.array([True, False, False])), Weights(), wants_question=False)
    assert np.isfinite(fused).tolist() == [True, False, False]


def test_preferred_time_lifts_and_does_not_exclude():
    """What is of the time that the question names is lifted; the rest is still there."""
    plain = fuse(pool(), Weights(), wants_question=False)
    lifted = fuse(pool(preferred=np.array([False, False, True])), Weights(), wants_question=False)
    assert lifted[2] > plain[2]
    assert lifted[1] == plain[1]


def test_procedure_counts_less():
    """The chair's running of the meeting gives way to a statement with the same words."""
    plain = fuse(pool(), Weights(), wants_question=False)
    lowered = fuse(pool(procedure=np.array([False, False, True])), Weights(), wants_question=False)
    assert lowered[2] < plain[2]


def test_scores_that_are_all_the_same_say_nothing():
    """Without spread the z-scores are zero instead of a division by zero."""
    assert standardise(np.full(3, 5, dtype=np.float32), 5.0, 0.0).tolist() == [0, 0, 0]
