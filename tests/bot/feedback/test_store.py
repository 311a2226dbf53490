"""What is kept of feedback, for how long, and that it is gone when it is gone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.feedback.given import (
    Complaint,
    Referral,
    ReplyId,
    ShownPassage,
    ShownReply,
    Unanswered,
    Verdict,
    Vote,
)
from bot.feedback.store import FILE_NAME, FeedbackStore, Handed
from index.errors import StorageError
from index.passage import DEFAULT_COLLECTION, Collection, DocumentId, PassageId

DAY = 24 * 3600.0
REPLY = ReplyId("C1", "1.0")
SHOWN = ShownReply(
    REPLY,
    "answered",
    "digest",
    passages=(
        ShownPassage(DEFAULT_COLLECTION, DocumentId("a.pdf"), "A", PassageId("a-1"), quote="300本"),
    ),
    generations={DEFAULT_COLLECTION: 7},
)


def vote(user: str = "U1", verdict: Verdict = Verdict.DOWN, **more: object) -> Vote:
    """Return a vote on that reply."""
    given = {"question": "街路樹は何本？", "asked": "digest", "at": 100 * DAY, **more}
    return Vote(REPLY, user, verdict, **given)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give where the file is."""
    return tmp_path / FILE_NAME


@pytest.fixture
def store(path: Path) -> Iterator[FeedbackStore]:
    """Give an open store."""
    store = FeedbackStore(path)
    yield store
    store.close()


def on_disk(path: Path) -> bytes:
    """Return all bytes of the file and of what stands beside it."""
    return b"".join(each.read_bytes() for each in path.parent.glob(f"{path.name}*"))


def test_what_is_kept_comes_back_as_it_was(store: FeedbackStore):
    """Vote and reply, joined; a vote on what is not known stands alone."""
    store.remember(SHOWN)
    mine = vote(complaint=Complaint.WRONG, comment="第3回", before=("公園は？",))
    other = Vote(ReplyId("C1", "1.0", 1), "U2", Verdict.UP, "何本？", "d", 101 * DAY)
    assert store.vote(mine)
    assert store.vote(other)
    newest, oldest = store.votes()
    assert (newest.vote, newest.shown) == (other, None)
    assert (oldest.vote, oldest.shown) == (mine, SHOWN)
    assert store.shown(REPLY) == SHOWN
    assert store.shown(ReplyId("C1", "1.0", 2)) is None


def test_an_opinion_replaces_the_one_before_and_keeps_its_reason(store: FeedbackStore, path: Path):
    """👎 once more says nothing new; 👍 takes the reason with it, from the disk as well."""
    assert store.vote(vote(complaint=Complaint.WRONG, comment="secret words"))
    assert not store.vote(vote())
    assert not store.vote(vote(complaint=Complaint.WRONG, comment="secret words"))
    [kept] = store.votes()
    assert kept.vote.complaint is Complaint.WRONG
    assert store.vote(vote(verdict=Verdict.UP))
    [kept] = store.votes()
    assert (kept.vote.verdict, kept.vote.complaint, kept.vote.comment) == (Verdict.UP, None, "")
    assert b"secret words" not in on_disk(path)


def test_what_is_declined_is_counted_by_its_words(store: FeedbackStore):
    """Folded, as it was put last; what takes over another matter is another question."""
    store.decline([Unanswered("ﾊﾞｽの 運賃は？", "not_covered")], 1.0)
    store.decline([Unanswered("それはいつ？", "not_covered", "プール")], 2.0)
    store.decline([Unanswered("バスの運賃は", "unsure")], 3.0)
    store.decline([Unanswered("それはいつ？", "not_covered", "公民館")], 4.0)
    told = [(each.question, each.about, each.reason, each.count) for each in store.most_declined()]
    assert told == [
        ("バスの運賃は", "", "unsure", 2),
        ("それはいつ？", "公民館", "not_covered", 1),
        ("それはいつ？", "プール", "not_covered", 1),
    ]
    store.forget_declined()
    assert store.most_declined() == []


def test_what_is_old_goes_and_what_a_vote_is_about_stays_with_it(store: FeedbackStore, path: Path):
    """With 0 days nothing goes."""
    store.remember(SHOWN)
    store.vote(vote(at=4e12))
    store.decline([Unanswered("secret question", "not_covered")], 100 * DAY)
    store.forget_old(3e12, 0)
    assert len(store.most_declined()) == 1
    store.forget_old(3e12, 30)
    assert store.most_declined() == []
    assert b"secret question" not in on_disk(path)
    assert store.votes()[0].shown == SHOWN
    store.forget_old(5e12, 30)
    assert store.votes() == []
    assert store.shown(REPLY) is None


def test_a_question_is_handed_on_once_for_each_person(store: FeedbackStore):
    """What was begun and never confirmed is told apart from what arrived."""
    mine = Referral("C1", "1.0", "U1")
    assert store.hand_on(mine) is Handed.NEW
    assert store.hand_on(mine) is Handed.OPEN
    store.handed_on(mine)
    assert store.hand_on(mine) is Handed.SENT
    assert store.hand_on(Referral("C1", "1.0", "U2")) is Handed.NEW


def test_the_file_is_for_nobody_else(store: FeedbackStore, path: Path):
    """It holds people's words."""
    store.vote(vote())
    modes = {each.stat().st_mode & 0o777 for each in path.parent.glob(f"{path.name}*")}
    assert modes == {0o600}


def test_a_file_that_is_none_says_what_to_do(path: Path):
    """No traceback: what to look at."""
    path.write_bytes(b"not a database" * 100)
    with pytest.raises(StorageError, match="move it away"):
        FeedbackStore(path)


def test_what_was_asked_of_a_closed_collection_is_told_to_who_may_see_it(store):
    """The words of a question may tell what is in there; the operator is told all."""
    main, closed = Collection("main"), Collection("personnel")
    store.decline([Unanswered("運賃は？", "not_covered", sees=frozenset({main}))], 1.0)
    store.decline([Unanswered("懲戒の件は？", "not_covered", sees=frozenset({main, closed}))], 2.0)
    store.decline([Unanswered("運賃は？", "not_covered", sees=frozenset({main, closed}))], 3.0)

    def told(within):
        return [(each.question, each.count) for each in store.most_declined(within)]

    assert told({main}) == [("運賃は？", 1)]
    assert told({main, closed}) == told(None) == [("運賃は？", 2), ("懲戒の件は？", 1)]
