"""What is chance and what is not, against values worked out by hand or with the normal law."""

import math

import pytest

from cli.evaluation.chance import interval, paired


def test_the_interval_of_a_share_is_close_to_the_normal_law_on_many_questions():
    """Of 400 questions with half right, the mean moves by 1.96 · √(¼ / 400)."""
    low, high = interval([1.0] * 200 + [0.0] * 200)
    reach = 1.96 * math.sqrt(0.25 / 400)
    assert low == pytest.approx(0.5 - reach, abs=0.006)
    assert high == pytest.approx(0.5 + reach, abs=0.006)


def test_the_interval_is_the_same_each_time_and_narrows_with_the_questions():
    """A fixed seed; four times as many questions make it about half as wide."""
    few, many = [1.0, 0.0, 1 / 3] * 10, [1.0, 0.0, 1 / 3] * 40
    assert interval(few) == interval(few)
    widths = [high - low for low, high in (interval(few), interval(many))]
    assert widths[1] == pytest.approx(widths[0] / 2, rel=0.2)


def test_there_is_no_interval_of_nothing():
    """Neither of a measure nor of a difference."""
    assert interval([]) is None
    assert paired([], []) is None


def change(gained, lost, same):
    """Compare two runs that differ by so many questions."""
    before = [0.0] * gained + [1.0] * lost + [1.0] * same
    now = [1.0] * gained + [0.0] * lost + [1.0] * same
    return paired(before, now)


def test_a_clear_gain_is_more_than_chance():
    """Ten of thirty gained and none lost: the coins would all have to fall alike, 2 in 1,024."""
    found = change(10, 0, 20)
    assert found.difference == pytest.approx(0.3333)
    assert found.interval[0] > 0
    assert found.p == pytest.approx(2 / 1024, abs=0.0015)
    assert found.beyond_chance


def test_a_clear_loss_is_more_than_chance():
    """The sign does not matter."""
    found = change(0, 10, 20)
    assert found.interval[1] < 0
    assert found.beyond_chance


def test_four_of_thirty_gained_may_be_chance():
    """The interval alone would be convinced; one in eight throws of four coins is like it."""
    found = change(4, 0, 26)
    assert found.interval[0] > 0
    assert found.p == pytest.approx(1 / 8, abs=0.01)
    assert not found.beyond_chance


def test_the_same_questions_count_more_than_the_means():
    """Pairing tells ten gains from a shuffle of 110 gains and 100 losses with the same mean."""
    assert change(10, 0, 210).beyond_chance
    assert not change(110, 100, 10).beyond_chance


def test_two_runs_alike_do_not_differ():
    """No difference, no width, and no claim."""
    found = change(0, 0, 30)
    assert (found.difference, found.interval, found.p) == (0.0, (0.0, 0.0), 1.0)
    assert not found.beyond_chance
