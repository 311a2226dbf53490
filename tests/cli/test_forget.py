"""What ``kiroku forget`` deletes of a person, and what it leaves of the others."""

import json
import shutil
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.access.audit import AuditLog, Shown
from bot.feedback.given import Referral, ReplyId, ShownReply, Verdict, Vote
from bot.feedback.store import FILE_NAME as FEEDBACK
from bot.feedback.store import FeedbackStore, Handed
from bot.news.post import About, Kind, Post
from bot.news.rows import Follow, Look
from bot.news.store import FILE_NAME as NEWS
from bot.news.store import NewsStore
from bot.slack.inbox import FILE_NAME as INBOX
from bot.slack.inbox import Inbox
from bot.slack.incoming import Incoming, Way
from cli.main import kiroku
from index.passage import DEFAULT_COLLECTION

BOTH = ("UGOES", "USTAYS")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Give a data folder in which the same is kept of two people."""
    with closing(Inbox(tmp_path / INBOX)) as inbox:
        for user in BOTH:
            inbox.add(Incoming(f"D0{user}", "1.0", "1.0", user, "街路樹は？", Way.DIRECT, user))
    with closing(FeedbackStore(tmp_path / FEEDBACK)) as store:
        for user in BOTH:
            alone = ReplyId(f"D0{user}", "2.0")
            store.remember(ShownReply(alone, "answered", "digest"))
            store.vote(Vote(ReplyId("C1", "1.0"), user, Verdict.DOWN, "街路樹は？", "d", 1.0))
            store.hand_on(Referral("C1", "1.0", user))
    with closing(NewsStore(tmp_path / NEWS)) as news:
        for user in BOTH:
            news.follow(Follow(user, "給食費", "ja"))
            notice = Post(f"notice/{user}", Kind.NOTICE, user, About(DEFAULT_COLLECTION))
            news.looked(Look(DEFAULT_COLLECTION, 1, posts=[notice]), 1.0)
    for user in BOTH:
        AuditLog(tmp_path).write(Shown("T1", user, "C1", "1.0", "mention", "answered"))
    return tmp_path


def forgotten(data: Path, user: str, *more: str) -> str:
    """Run the command; return what it prints."""
    ended = CliRunner().invoke(kiroku, ["forget", user, "--data", str(data), *more])
    assert ended.exit_code == 0, ended.output
    return ended.output


def test_all_that_is_kept_of_a_person_is_deleted_and_counted(data: Path):
    """From each file; a second time there is nothing left, and it says so."""
    told = json.loads(forgotten(data, "UGOES", "--json"))
    assert told["deleted"] == {"questions": 1, "feedback": 3, "follows": 2, "audit": 1}
    for path in data.rglob("*"):
        if path.is_file():
            assert b"UGOES" not in path.read_bytes(), path
    assert "nothing is kept of UGOES" in forgotten(data, "UGOES")


def test_what_a_restore_set_aside_is_no_hiding_place(data: Path):
    """The copy of the data folder that it left holds the same, and loses the same."""
    aside = data / "before-restore-20260101-000000"
    shutil.copytree(data, aside)
    told = json.loads(forgotten(data, "UGOES", "--json"))
    assert told["deleted"] == {"questions": 2, "feedback": 6, "follows": 4, "audit": 2}
    held = b"".join(path.read_bytes() for path in aside.rglob("*") if path.is_file())
    assert (b"UGOES" in held, b"USTAYS" in held) == (False, True)


def test_what_is_kept_of_others_stays(data: Path):
    """Their question waits, their vote counts, their topic is followed, their line stands."""
    forgotten(data, "UGOES")
    with closing(Inbox(data / INBOX)) as inbox:
        assert [each.incoming.user for each in inbox.waiting(2e9)] == ["USTAYS"]
    with closing(FeedbackStore(data / FEEDBACK)) as store:
        assert [given.vote.user for given in store.votes()] == ["USTAYS"]
        assert store.hand_on(Referral("C1", "1.0", "USTAYS")) is Handed.OPEN
        assert store.shown(ReplyId("D0USTAYS", "2.0")) is not None
    with closing(NewsStore(data / NEWS)) as news:
        assert [each.user for each in news.follows()] == ["USTAYS"]
        assert [each.to for each in news.waiting()] == ["USTAYS"]
    [audit] = data.glob("audit/*.jsonl")
    assert json.loads(audit.read_text(encoding="utf-8"))["user"] == "USTAYS"


def test_an_empty_folder_stays_empty(tmp_path: Path):
    """Nothing is made only to find nothing in it."""
    assert "nothing is kept of UGOES" in forgotten(tmp_path, "UGOES")
    assert list(tmp_path.iterdir()) == []


def test_a_name_is_no_user(tmp_path: Path):
    """Ids are asked for: of a name nothing would be found, and that would look like success."""
    ended = CliRunner().invoke(kiroku, ["forget", "田中", "--data", str(tmp_path)])
    assert ended.exit_code == 2
    assert "U012AB3CD" in ended.output
