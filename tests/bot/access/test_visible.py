"""Who may see what, by channel and asker."""

import itertools

import pytest

from bot.access.rules import DEFAULT_RULES, Rule
from bot.access.visible import Asker, Channel, Standing, shown_in, visible
from index.passage import Collection

MAIN, PERSONNEL = Collection("main"), Collection("personnel")
RULES = {
    **DEFAULT_RULES,
    PERSONNEL: Rule(
        channels=frozenset({"CPERS"}), groups=frozenset({"SMAN"}), users=frozenset({"U1", "UEXT"})
    ),
}
OPEN, PERS = Channel("CANY", shared=False), Channel("CPERS", shared=False)
SHARED, PERS_SHARED = Channel("CANY", shared=True), Channel("CPERS", shared=True)
MEMBERS = {"SMAN": {"UMAN"}}


def sees(user: str, standing: Standing, channel: Channel | None, rules=RULES) -> set[str]:
    """Return what somebody sees somewhere."""
    return set(visible(rules, Asker(user, standing), channel, lambda g, u: u in MEMBERS[g]))


@pytest.mark.parametrize(
    ("user", "standing", "channel", "seen"),
    [
        ("UX", Standing.MEMBER, OPEN, {MAIN}),
        ("UX", Standing.MEMBER, None, {MAIN}),
        ("UX", Standing.MEMBER, PERS, {MAIN}),
        ("UX", Standing.GUEST, OPEN, set()),
        ("UX", Standing.EXTERNAL, None, set()),
        ("UMAN", Standing.MEMBER, PERS, {MAIN, PERSONNEL}),
        ("UMAN", Standing.MEMBER, None, {MAIN, PERSONNEL}),
        ("UMAN", Standing.MEMBER, OPEN, {MAIN}),
        ("UMAN", Standing.GUEST, PERS, {PERSONNEL}),
        ("U1", Standing.GUEST, None, {PERSONNEL}),
        ("U1", Standing.UNKNOWN, None, set()),
        ("UEXT", Standing.EXTERNAL, None, {PERSONNEL}),
        ("UMAN", Standing.MEMBER, SHARED, set()),
        ("UMAN", Standing.MEMBER, PERS_SHARED, set()),
        ("UEXT", Standing.EXTERNAL, PERS_SHARED, set()),
    ],
)
def test_channel_and_asker_both_have_to_be_let_in(user, standing, channel, seen):
    """In a direct message the asker alone counts; in a shared channel strangers read along."""
    assert sees(user, standing, channel) == seen


@pytest.mark.parametrize(
    ("others", "shared", "seen"),
    [
        ([Asker("UX", Standing.MEMBER)], False, {MAIN}),
        ([Asker("U1", Standing.MEMBER)], False, {MAIN, PERSONNEL}),
        ([Asker("U1", Standing.GUEST)], False, {PERSONNEL}),
        ([Asker("UG", Standing.GUEST)], False, set()),
        ([Asker("UX", Standing.MEMBER), Asker("U1", Standing.GUEST)], False, set()),
        ([Asker("U1", Standing.UNKNOWN)], False, set()),
        ([Asker("U1", Standing.MEMBER)], True, set()),
    ],
)
def test_among_several_it_is_what_each_may_see_alone(others, shared, seen):
    """No channel has to be named for that; one who may not, or another app, and it is nothing."""
    asker = Asker("UMAN", Standing.MEMBER)
    place = Channel("CDMS", shared=shared, members=(asker, *others))
    assert sees("UMAN", Standing.MEMBER, place) == seen
    without_asker = Channel("CDMS", shared=shared, members=tuple(others))
    assert sees("UMAN", Standing.MEMBER, without_asker) == set()
    assert sees("UMAN", Standing.MEMBER, Channel("CDMS", shared=False, members=())) == set()


def test_what_is_open_to_strangers_is_shown_in_shared_channels():
    """To members and strangers, and to guests only where these are let in."""
    rules = {MAIN: Rule(frozenset("*"), members=True, external=True)}
    for standing, seen in (
        (Standing.MEMBER, {MAIN}),
        (Standing.EXTERNAL, {MAIN}),
        (Standing.GUEST, set()),
        (Standing.UNKNOWN, set()),
    ):
        assert sees("UX", standing, SHARED, rules) == seen


def test_a_channel_never_adds_to_what_its_asker_sees_alone():
    """For every rule and everybody: in a channel no more than alone, shared no more than not."""
    flags = list(itertools.product([False, True], repeat=3))
    lists = [frozenset(), frozenset({"CPERS"}), frozenset("*")]
    for channels, (members, guests, external), standing in itertools.product(
        lists, flags, Standing
    ):
        rule = Rule(channels, members=members, guests=guests, external=external)
        alone = sees("UX", standing, None, {MAIN: rule})
        within = sees("UX", standing, PERS, {MAIN: rule})
        shared = sees("UX", standing, PERS_SHARED, {MAIN: rule})
        assert shared <= within <= alone


def test_a_channel_is_told_unasked_of_what_all_in_it_may_see():
    """Of what is open to the members everywhere, and of what names it; else of nothing."""
    bosses = Rule(channels=frozenset({"*"}), users=frozenset({"U1"}))
    rules = {**RULES, Collection("bosses"): bosses, Collection("nobody"): Rule(frozenset({"*"}))}
    assert shown_in(rules, OPEN) == {MAIN}
    assert shown_in(rules, PERS) == {MAIN, PERSONNEL}
    assert shown_in(rules, SHARED) == set()
    assert shown_in(rules, Channel("GFEW", shared=False, members=())) == set()
