"""How a member of an English council voted is told from the roll calls in its minutes."""

import pytest

from bot.texts.count_note import count_note
from index.search.searcher import Searcher
from index.writer import Writer
from ingest.pipeline import ingest
from tests.bot.lookup.test_member_votes import told
from tests.index.making import CharacterEmbedder
from tests.ingest.minutes.english.test_action_minutes import MINUTES

PLOW = """\
Motion by Hall, seconded by Ford, to purchase a snow plow for $68,500.
Ayes: Brown, Dean, Ford
Nays: Hall
Absent: Jones"""
HOURS = "It was moved by Ms. Ford and seconded by Mr. Dean to extend Saturday hours."


@pytest.fixture(scope="module")
def searcher(tmp_path_factory):
    """Return a searcher over action minutes with two roll calls."""
    folder = tmp_path_factory.mktemp("council")
    (folder / "minutes.txt").write_text(MINUTES, encoding="utf-8")
    data = tmp_path_factory.mktemp("index")
    with Writer.open(data, CharacterEmbedder()) as writer:
        ingest([folder], index=writer)
    return Searcher.open(data, CharacterEmbedder())


@pytest.mark.parametrize(
    ("question", "note", "quote"),
    [
        ("How did Mr. Hall vote on the snow plow?", "Hall: against (Nays)", PLOW),
        ("how did eva ford vote on the snow plow?", "Ford: for (Ayes)", PLOW),
        ("Who voted against the snow plow purchase?", "Hall: against (Nays)", PLOW),
        ("Did Selectman Dean support the snow plow?", "Dean: for (Ayes)", PLOW),
        ("Which items did Hall oppose?", "Hall: against (Nays)", PLOW),
        ("How did Hall vote on the library hours?", "Hall: abstained (abstain)", HOURS),
    ],
)
def test_the_roll_call_is_cited_with_its_motion(searcher, question, note, quote):
    """By the matter of the motion or of the heading above it, the surname in any form."""
    answer = told(searcher, question)
    assert note in count_note(answer)
    assert answer.citations[0].quote.startswith(quote)


@pytest.mark.parametrize(
    "question",
    [
        "How did Selectman Zimmer vote on the snow plow?",
        "Why did Hall vote against the snow plow?",
        "How did Hall vote on the fire engine?",
        "What did Ford say about the snow plow?",
    ],
)
def test_what_no_roll_call_tells_is_not_told(searcher, question):
    """Another person or matter, reasons and words."""
    assert told(searcher, question) is None


def test_a_table_of_ticks_is_cited_with_its_heads(tmp_path):
    """An X alone would tell nothing."""
    head = MINUTES.partition("It was moved")[0]
    moved = "Ms. Ford moved to extend Saturday hours. The motion passed 3-1."
    lines = "".join(f"<p>{line}</p>" for line in (*head.splitlines(), moved))
    rows = ("Member,Yes,No", "Mr. Dean,X,", "Ms. Ford,X,", "Mr. Hall,,X", "Chair Brown,X,")
    cells = ("".join(f"<td>{cell}</td>" for cell in row.split(",")) for row in rows)
    table = "".join(f"<tr>{each}</tr>" for each in cells)
    path = tmp_path / "minutes.html"
    path.write_text(f"<html><body>{lines}<table border=1>{table}</table></body></html>", "utf-8")
    with Writer.open(tmp_path / "data", CharacterEmbedder()) as writer:
        ingest([path], index=writer)
    opened = Searcher.open(tmp_path / "data", CharacterEmbedder())
    answer = told(opened, "Who voted against the library hours?")
    assert "Hall: against (X)" in count_note(answer)
    heads, *_, row = answer.citations[0].quote.split("\n")
    assert (heads, row) == ("Member\tYes\tNo", "Mr. Hall\t\tX")


REMARK = """\
Mr. Dean moved to sell the old grader. Ms. Ford seconded.
Motion carried 3-1 with Hall opposed.
"""


@pytest.fixture(scope="module")
def remarked(tmp_path_factory):
    """Return a searcher over minutes that name only who voted otherwise."""
    folder = tmp_path_factory.mktemp("remarks")
    head = MINUTES.partition("1. Approval")[0]
    (folder / "minutes.txt").write_text(f"{head}1. Grader\n{REMARK}", encoding="utf-8")
    data = tmp_path_factory.mktemp("remarked")
    with Writer.open(data, CharacterEmbedder()) as writer:
        ingest([folder], index=writer)
    return Searcher.open(data, CharacterEmbedder())


@pytest.mark.parametrize(
    "question", ["Who voted against the grader?", "How did Hall vote on the grader?"]
)
def test_who_voted_otherwise_is_told(remarked, question):
    """By the line that gives the result."""
    answer = told(remarked, question)
    assert "Hall: against (opposed)" in count_note(answer)
    assert "3-1 with Hall opposed" in answer.citations[0].quote


@pytest.mark.parametrize(
    "question",
    [
        "Who voted for the grader?",
        "Who voted to abstain on the grader?",
        "How did Ford vote on the grader?",
    ],
)
def test_of_the_others_nothing_is_told(remarked, question):
    """That nobody is named for it does not mean that nobody voted so."""
    assert told(remarked, question) is None
