"""The inbox on disk."""

import dataclasses
import sqlite3
import stat
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.slack.inbox import KEEP_DONE_S, Inbox
from bot.slack.incoming import Incoming, Way
from index.errors import StorageError

QUESTION = Incoming(
    channel="C1", ts="2.0", root="1.0", user="U1", text="樹は？", way=Way.MENTION, event_id="Ev1"
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give where the inbox stands."""
    return tmp_path / "data" / "inbox.sqlite3"


@pytest.fixture
def inbox(path: Path) -> Iterator[Inbox]:
    """Give an inbox with one question in it."""
    inbox = Inbox(path)
    assert inbox.add(QUESTION)
    yield inbox
    inbox.close()


def waiting(inbox: Inbox) -> list[Incoming]:
    """Return what is not done."""
    return [waiting.incoming for waiting in inbox.waiting(time.time() + 1)]


def test_a_repeat_is_told_by_event_and_by_message(inbox: Inbox):
    """The same event, and the same message as another event, are no news."""
    assert not inbox.add(QUESTION)
    assert not inbox.add(dataclasses.replace(QUESTION, event_id="Ev2"))
    assert not inbox.add(dataclasses.replace(QUESTION, ts="3.0"))
    assert inbox.add(dataclasses.replace(QUESTION, ts="3.0", event_id="Ev3"))


def test_a_done_question_is_still_known(inbox: Inbox):
    """A repeat that comes after the answer is no news either."""
    inbox.done(QUESTION, "answered", "4.0")
    assert not inbox.add(QUESTION)
    assert not inbox.is_waiting(QUESTION)


def test_what_is_not_done_is_there_after_a_restart(inbox: Inbox, path: Path):
    """A question comes back whole, with how often it was taken up, until it is done."""
    inbox.taken_up_again(QUESTION)
    again = Inbox(path)
    assert [(w.incoming, w.attempts) for w in again.waiting(time.time())] == [(QUESTION, 1)]
    again.put_back(QUESTION)
    assert again.waiting(time.time())[0].attempts == 0
    again.done(QUESTION, "declined")
    assert waiting(again) == []
    again.close()


def test_what_came_just_now_is_left_to_its_listener(inbox: Inbox):
    """Only what came before the moment asked for is given."""
    assert inbox.waiting(time.time() - 60) == []


def test_what_came_before_the_clock_was_set_back_is_not_left(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
):
    """It seems to come in a year only, and waits already."""
    year_ago = time.time() - 365 * 24 * 3600
    monkeypatch.setattr(time, "time", lambda: year_ago)
    assert [each.incoming for each in inbox.waiting(year_ago)] == [QUESTION]


def test_the_words_are_gone_once_answered(inbox: Inbox, path: Path):
    """A done question's text stands nowhere in the files any more."""
    inbox.done(QUESTION, "answered", "4.0")  # closing it would empty its log
    held = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert "樹は？".encode() not in held


def test_old_rows_are_forgotten_and_open_ones_are_not(inbox: Inbox):
    """A week after its end a question is deleted; what is not done stays however old."""
    other = dataclasses.replace(QUESTION, ts="3.0", event_id="Ev3")
    inbox.add(other)
    inbox.done(QUESTION, "answered", "4.0")
    assert inbox.forget_old(time.time()) == 0
    assert inbox.forget_old(time.time() + KEEP_DONE_S + 1) == 1
    assert waiting(inbox) == [other]


def test_threads_that_the_bot_was_asked_in_are_known(inbox: Inbox):
    """A thread counts when a question to the bot stands in it, not by a follow-up alone."""
    follow_up = dataclasses.replace(
        QUESTION, ts="6.0", root="5.0", way=Way.FOLLOW_UP, event_id="Ev4"
    )
    inbox.add(follow_up)
    assert inbox.speaks_in("C1", "1.0")
    assert not inbox.speaks_in("C1", "5.0")
    assert not inbox.speaks_in("C2", "1.0")


def test_only_the_owner_may_read_it(inbox: Inbox, path: Path):
    """People's questions are not for other users of the machine."""
    assert waiting(inbox)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_that_is_no_inbox_is_named(path: Path):
    """A damaged file is refused with its path and what to do."""
    path.parent.mkdir()
    path.write_bytes(b"not a database at all" * 100)
    with pytest.raises(StorageError, match=r"inbox.sqlite3 cannot be used.*move it away"):
        Inbox(path)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path):
    """A data folder that is a file is refused with its path."""
    (tmp_path / "data").write_text("a file")
    with pytest.raises(StorageError, match=r"inbox.sqlite3 cannot be used"):
        Inbox(tmp_path / "data" / "inbox.sqlite3")


def test_a_locked_or_broken_file_raises_while_running(inbox: Inbox, path: Path):
    """What SQLite refuses later is a storage error too, for reading and for writing."""
    other = sqlite3.connect(path)
    other.execute("DROP TABLE question")
    other.commit()
    other.close()
    with pytest.raises(StorageError):
        inbox.waiting(0)
    with pytest.raises(StorageError):
        inbox.add(QUESTION)
