"""``kiroku feedback``: what is told of votes and declined questions, and what is exported."""

import json
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.feedback.given import (
    Complaint,
    ReplyId,
    ShownPassage,
    ShownReply,
    Unanswered,
    Verdict,
    Vote,
)
from bot.feedback.store import FILE_NAME, FeedbackStore
from cli.evaluation.questions import Case, Gold, read_cases
from cli.main import kiroku
from index.passage import DEFAULT_COLLECTION, DocumentId, PassageId

AT = 1_775_000_000.0
QUOTE = "街路樹は300本です。"


def run(data: Path, *words: str, status: int = 0) -> str:
    """Run the command and return its standard output."""
    ended = CliRunner().invoke(kiroku, ["feedback", *words, "--data", str(data)])
    assert ended.exit_code == status, ended.output
    return ended.stdout


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Give a data folder with three votes and three declined questions."""
    passage = ShownPassage(
        DEFAULT_COLLECTION,
        DocumentId("会議録.pdf"),
        "会議録",
        PassageId("p-1"),
        quote=QUOTE,
        at_a_glance=True,
        page=4,
        place="4ページ",
    )
    votes = [
        (Verdict.UP, None, "街路樹は何本？", ""),
        (Verdict.DOWN, Complaint.SHOULD_DECLINE, "市長の\n好物は？", "\x1b[31mない話です"),
        (Verdict.DOWN, None, "図書館は？", ""),
    ]
    with closing(FeedbackStore(tmp_path / FILE_NAME)) as store:
        for number, (verdict, complaint, question, comment) in enumerate(votes):
            reply = ReplyId("C1", f"{number}.0")
            store.remember(ShownReply(reply, "answered", "d", passages=(passage,)))
            store.vote(Vote(reply, "U1", verdict, question, "d", AT + number, complaint, comment))
        for number, question in enumerate(("プールは？", "体育館は？", "プールは")):
            store.decline([Unanswered(question, "not_covered")], AT + number)
    return tmp_path


def test_votes_and_what_was_declined_most_are_told(data: Path):
    """The newest vote and the commonest question first; nothing in them steers the terminal."""
    told = run(data)
    assert told.startswith("good 1, bad 2 (no reason 1, should decline 1)\n")
    assert told.index("図書館は？") < told.index("市長の 好物は？") < told.index("街路樹は何本？")
    assert "bad should_decline" in told
    assert "answered: 会議録.pdf 4ページ" in told
    assert "\x1b[31m" not in told
    assert told.index("2× プールは") < told.index("1× 体育館は？")
    assert "体育館" not in run(data, "--limit", "1")


def test_json_holds_all_of_it(data: Path):
    """Counts are of all, lists as long as ``--limit`` says."""
    told = json.loads(run(data, "--json", "--limit", "2"))
    assert told["votes"] == {
        "up": 1,
        "down": 2,
        "reasons": {"should_decline": 1, "no_reason": 1},
    }
    assert [each["question"] for each in told["feedback"]] == ["図書館は？", "市長の\n好物は？"]
    [passage] = told["feedback"][0]["passages"]
    assert (passage["document"], passage["page"], passage["quote"]) == ("会議録.pdf", 4, QUOTE)
    assert [(each["question"], each["count"]) for each in told["declined"]] == [
        ("プールは", 2),
        ("体育館は？", 1),
    ]


def test_what_is_exported_is_what_evaluate_takes(data: Path):
    """One question with its gold, one without an answer; the rest is counted as left out."""
    path = data / "known.jsonl"
    told = json.loads(run(data, "--json", "--export", str(path)))
    assert told["exported"] == {"questions": 2, "left_out": 1}
    assert path.stat().st_mode & 0o777 == 0o600
    without, known = read_cases(path.read_bytes().splitlines())
    assert (without.question, without.answerable, without.gold) == ("市長の\n好物は？", False, ())
    gold = (Gold(QUOTE, "会議録.pdf"),)
    assert known == Case(known.id, "街路樹は何本？", gold, answerable=True)
    run(data, "--export", str(path), "--collection", "other")
    assert path.read_text("utf-8") == ""


def test_what_is_kept_of_several_workspaces_is_told_together(data: Path):
    """Each vote with its workspace; the same words that were declined in two count as one."""
    other = data / "workspaces" / "T0TOWN"
    with closing(FeedbackStore(other / FILE_NAME)) as store:
        vote = Vote(ReplyId("C1", "0.0"), "U1", Verdict.UP, "緑地は？", "d", AT + 0.5)
        store.vote(vote)
        store.decline([Unanswered("体育館は", "not_covered")] * 2, AT + 9)
    told = json.loads(run(data, "--json"))
    assert told["votes"]["up"] == 2
    assert [each["workspace"] for each in told["feedback"]] == [None, None, "T0TOWN", None]
    assert [(each["question"], each["count"]) for each in told["declined"]] == [
        ("体育館は", 3),
        ("プールは", 2),
    ]


def test_before_anybody_said_anything_there_is_nothing_to_tell(tmp_path: Path):
    """No file is made by looking."""
    assert run(tmp_path) == "good 0, bad 0\n"
    assert not (tmp_path / FILE_NAME).exists()


def test_a_file_that_cannot_be_read_is_told_in_one_line(tmp_path: Path):
    """With what to do."""
    (tmp_path / FILE_NAME).write_bytes(b"not a database" * 100)
    ended = CliRunner().invoke(kiroku, ["feedback", "--data", str(tmp_path)])
    assert ended.exit_code == 1
    assert "move it away" in ended.stderr
