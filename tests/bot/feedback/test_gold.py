"""Which questions votes make, and which they do not."""

import dataclasses
from collections.abc import Sequence

from bot.feedback.given import Complaint, Given, ReplyId, ShownPassage, ShownReply, Verdict, Vote
from bot.feedback.gold import KnownGold, known_questions
from index.passage import DEFAULT_COLLECTION, Collection, DocumentId, PassageId

UP, DOWN = Verdict.UP, Verdict.DOWN
QUOTE = "街路樹は300本です。"
MINUTES = DocumentId("会議録.pdf")
GOLD = (KnownGold(QUOTE, MINUTES),)


def passage(quote: str | None = QUOTE, *, glance: bool = True, **more: object) -> ShownPassage:
    """Return a passage of the minutes that was quoted."""
    made = ShownPassage(
        DEFAULT_COLLECTION, MINUTES, "会議録", PassageId("p-1"), quote=quote, at_a_glance=glance
    )
    return dataclasses.replace(made, **more)


def given(
    verdict: Verdict, complaint: Complaint | None = None, user: str = "U1", **more: object
) -> Given:
    """Return a vote on an answer; ``more`` are fields of the vote or of the reply."""
    vote = Vote(ReplyId("C1", "1.0"), user, verdict, "街路樹は何本？", "digest", 1.0, complaint)
    shown = ShownReply(vote.id, "answered", "digest", passages=(passage(),))
    own = {field.name for field in dataclasses.fields(Vote)} - {"id"}
    vote = dataclasses.replace(vote, **{k: v for k, v in more.items() if k in own})
    others = {k: v for k, v in more.items() if k not in own}
    return Given(vote, dataclasses.replace(shown, **others))


def known(*votes: Given) -> Sequence[tuple[KnownGold, ...]]:
    """Return the gold of the questions that votes make."""
    return [each.gold for each in known_questions(votes, DEFAULT_COLLECTION).questions]


def test_an_answer_that_was_liked_has_its_quotes_for_gold():
    """What was seen at once: of the rest, who liked it may know nothing."""
    passages = (passage(value="300本"), passage("剪定は冬です。", glance=False))
    assert known(given(UP, passages=passages)) == [(KnownGold(QUOTE, MINUTES, "300本"),)]


def test_what_should_have_been_declined_has_no_answer():
    """Said of an answer, or of one passage that may be one; of a plain decline it says nothing."""
    why = Complaint.SHOULD_DECLINE
    assert known(given(DOWN, why)) == [()]
    assert known(given(DOWN, why, outcome="declined", reason="unsure")) == [()]
    assert known(given(DOWN, why, outcome="declined", reason="not_covered")) == []


def test_what_nobody_vouches_for_makes_no_question():
    """That it is wrong does not say what is right; a decline that is liked may miss something."""
    for complaint in (None, Complaint.WRONG, Complaint.WRONG_PLACE, Complaint.TOO_LONG):
        assert known(given(DOWN, complaint)) == []
    for reason in ("not_covered", "unsure"):
        assert known(given(UP, outcome="declined", reason=reason)) == []
    assert known(given(UP, passages=(passage(glance=False),))) == []


def test_what_people_do_not_agree_on_is_left_out():
    """One objection is enough; too long is none, and elsewhere is an answer."""
    good = given(UP)
    for complaint in (None, Complaint.WRONG, Complaint.WRONG_PLACE, Complaint.SHOULD_DECLINE):
        assert known(good, given(DOWN, complaint, "U2")) == []
    assert known(good, given(DOWN, Complaint.TOO_LONG, "U2")) == [GOLD]
    none = given(DOWN, Complaint.SHOULD_DECLINE)
    assert known(none, given(DOWN, Complaint.WRONG, "U2")) == [()]
    assert known(none, given(DOWN, Complaint.WRONG_PLACE, "U2")) == []


def test_a_question_that_is_not_the_same_when_asked_again_is_left_out():
    """Edited since, one of several, narrowed by a choice, or no longer known."""
    assert known(given(UP, asked="the digest of other words")) == []
    assert known(given(UP, alone=False)) == []
    assert known(dataclasses.replace(given(UP), shown=None)) == []


def test_the_same_words_are_one_question_with_what_they_lean_on():
    """Written another way they are the same; after another question they are another."""
    again = given(UP, user="U2", question="街路樹は、何本?")
    leaning = given(UP, user="U3", before=("公園の樹は？",))
    made = known_questions([given(UP), again, leaning], DEFAULT_COLLECTION)
    assert [each.before for each in made.questions] == [(), ("公園の樹は？",)]
    assert [each.gold for each in made.questions] == [GOLD, GOLD]
    assert len({each.id for each in made.questions}) == 2
    assert made.left_out == 0


def test_only_questions_to_one_collection_are_written():
    """An index is evaluated alone; what another one answers is counted as left out."""
    closed = given(UP, passages=(passage(collection=Collection("personnel")),))
    made = known_questions([closed], DEFAULT_COLLECTION)
    assert (made.questions, made.left_out) == ((), 1)
    assert len(known_questions([closed], Collection("personnel")).questions) == 1
