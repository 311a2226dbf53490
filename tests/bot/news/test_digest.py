"""What a digest of a meeting takes from its minutes, and which meetings are new."""

import datetime as dt
from dataclasses import replace

import pytest

from bot.news.changes import changes_between, seen_of
from bot.news.digest import are_one_meeting, digest_of, is_new_sitting, meeting_key
from bot.slack.news.digest_message import digest_messages
from index.passage import DEFAULT_COLLECTION, Document, Hit
from index.record import Outcome, Role, Sitting, Vote
from tests.index.making import LIBRARY, ROADS, minutes

TODAY = dt.date(2024, 7, 1)
PASSED = Vote("議案第1号", "図書館条例", "可決", Outcome.PASSED, "全会一致", passage=4)
CLOSE = Vote("議案第2号", "予算", "可決", Outcome.PASSED, "起立多数", 9, 8, passage=5)
UNCITED = Vote("議案第3号", "契約", "可決", Outcome.PASSED, "全会一致")
MEETING = minutes(
    "議会.txt",
    "2024-06-05",
    [
        ("原委員", Role.MEMBER, "図書館の開館時間を延ばす考えはあるか。", None),
        ("教育部長", Role.EXECUTIVE, "来年度から午後八時まで延ばす予定です。", 0),
        ("森委員", Role.MEMBER, "私どもの会派も、今後、検討してまいります。", None),
        ("原委員", Role.MEMBER, "分館も延ばすべきではないか。", None),
        ("議長", Role.CHAIR, "議案第1号は可決されました。", None),
        ("議長", Role.CHAIR, "議案第2号は起立多数で可決されました。", None),
    ],
    body="本会議",
)


def told(document: Document = MEETING[0], votes: tuple[Vote, ...] = ()) -> list[str]:
    """Return the texts of the messages of a digest."""
    hits = [Hit(n, 0.0, passage, document) for n, passage in enumerate(MEETING[1], start=1)]
    digest = digest_of(replace(document, sitting=Sitting(votes=votes)), hits, lambda _: 1.0)
    return [message.text for message in digest_messages(digest, "ja")]


def test_what_was_decided_against_votes_stands_first_and_all_is_cited():
    """A vote of which nobody knows where it stands in the minutes is left out."""
    [text] = told(votes=(PASSED, UNCITED, CLOSE))
    lines = text.splitlines()
    assert [line for line in lines if "議案第" in line] == [
        "[1] 議案第2号 予算 可決 (起立多数, 9–8) / 6ページ",
        "[2] 議案第1号 図書館条例 可決 (全会一致) / 5ページ",
    ]


def test_a_vote_without_a_matter_is_told_with_what_it_stands_under():
    """Who reads 「可決」 alone learns nothing."""
    [text] = told(votes=(replace(PASSED, item=None, title=None),))
    assert "[1] 可決 (全会一致): 議題 / 5ページ" in text


def test_only_the_answering_side_promises_and_only_what_is_answered_was_asked():
    """What a member says of his party is no promise, an opinion is no question."""
    [text] = told()
    assert "[1] 教育部長: 来年度から午後八時まで延ばす予定です。 / 2ページ" in text
    assert "検討してまいります" not in text
    assert "問 原委員: 図書館の開館時間を延ばす考えはあるか。" in text
    assert "分館" not in text


def test_what_was_asked_stands_before_what_was_only_said_to_one_another():
    """A greeting that the other side returned is no question; it is told after those that are."""
    turns = [
        ("本田委員", Role.MEMBER, "無所属の本田です。よろしくお願いします。", None),
        ("助役", Role.EXECUTIVE, "助役の浜野でございます。", 0),
        ("本田委員", Role.MEMBER, "法律相談は週に何回ありますか。", None),
        ("広報課長", Role.EXECUTIVE, "週に二回でございます。", 2),
    ]
    document, passages = minutes("a.txt", "2024-06-05", turns)
    hits = [Hit(rank, 0.0, passage, document) for rank, passage in enumerate(passages, 1)]
    asked = [each.question for each in digest_of(document, hits, lambda _: 1.0).exchanged]
    assert asked == [turns[2][2], turns[0][2]]


@pytest.mark.parametrize(
    ("day", "is_new"),
    [("2024-06-05", True), ("2024-01-03", True), ("2024-01-02", False), ("2024-07-02", False)],
)
def test_a_sitting_is_new_for_half_a_year(day: str, is_new: bool):  # noqa: FBT001  a case
    """One without a day is not, nor one that is still to come."""
    document = minutes("a.txt", day, [])[0]
    assert is_new_sitting(document, TODAY) is is_new
    assert not is_new_sitting(replace(document, date=None), TODAY)


def test_minutes_of_one_sitting_are_known_again():
    """In whatever file they come; another body or another session of that day is another one."""
    document = MEETING[0]
    again = replace(document, document="写し.pdf", content_hash="2")
    other = replace(document, sitting=Sitting(session="第2号"))
    keys = [meeting_key(DEFAULT_COLLECTION, each) for each in (document, again, other)]
    assert keys[0] == keys[1] != keys[2]


@pytest.mark.parametrize(
    ("body", "session", "same"),
    [
        ("総務常任委員会", "第3回定例会", True),
        ("総務常任委員会", None, True),
        ("総務委員会", None, True),
        ("総務常任委員会", "第4回臨時会", False),
        ("文教委員会", None, False),
    ],
)
def test_a_draft_and_its_final_minutes_are_one_meeting(body: str, session: str | None, same: bool):  # noqa: FBT001  a case
    """Though one leaves out the session, or names the body shorter."""
    draft = replace(MEETING[0], body="総務常任委員会", sitting=Sitting(session="第3回定例会"))
    final = replace(MEETING[0], body=body, sitting=Sitting(session=session))
    keys = [meeting_key(DEFAULT_COLLECTION, each) for each in (draft, final)]
    assert are_one_meeting(*keys) is same
    assert not are_one_meeting(keys[0], keys[1].replace(str(draft.date), "2001-01-01"))


def test_a_renamed_file_is_neither_new_nor_gone():
    """What became of each document is told by its name and its bytes."""
    library, roads = LIBRARY[0], ROADS[0]
    before = [seen_of(each) for each in (library, roads)]
    renamed = replace(library, document="別名.txt")
    unread = replace(roads, document="壊れた.pdf", content_hash="9", readable=False)
    changes = changes_between(before, [renamed, unread])
    assert changes.moved == (renamed,)
    assert (changes.added, changes.changed, changes.unread) == ((), (), (unread,))
    assert [seen.document for seen in changes.removed] == [roads.document]
    mended = replace(unread, content_hash="10", readable=True)
    assert changes_between([seen_of(unread)], [mended]).added == (mended,)
    assert not changes_between([seen_of(unread)], [unread])
