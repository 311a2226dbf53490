"""Batches: JSON Lines in, JSON Lines out."""

import datetime as dt
import json

import pytest

from cli import batch
from cli.options import Narrowed
from index.errors import QuestionError
from index.passage import DocumentKind, Filters

OTHERWISE = Narrowed(Filters(body="審議会"), limit=5)


def run(*lines, reply=lambda line: {"question": line.question}):
    """Run a batch over these lines (text or bytes)."""
    raw = [line if isinstance(line, bytes) else line.encode() for line in lines]
    return list(batch.replies(raw, OTHERWISE, reply))


def read(**fields):
    """Return the line that these fields are read as."""
    seen = []
    run(json.dumps(fields), reply=lambda line: seen.append(line) or {})
    return seen[0]


def test_results_come_in_order_with_their_id_first():
    """Each result carries the id of its line, of whatever type that is."""
    results = run('{"id": "b", "question": "二"}', '{"id": 7, "question": "一"}')
    assert results == [{"id": "b", "question": "二"}, {"id": 7, "question": "一"}]
    assert next(iter(results[0])) == "id"


def test_results_come_as_they_are_ready():
    """The first result is there before the second line has been read."""

    def lines():
        yield b'{"id": 1, "question": "a"}'
        pytest.fail("the second line was read too early")

    assert next(batch.replies(lines(), OTHERWISE, lambda _: {}))["id"] == 1


@pytest.mark.parametrize("line", ["{", "[1]", '"text"', "\xff", b"\xff\xfe", "[" * 100_000])
def test_a_line_that_is_no_object_gives_null_and_an_error(line):
    """The rest go on."""
    first, second = run(line, '{"id": 2, "question": "b"}')
    assert first["id"] is None
    assert "line 1" in first["error"]
    assert second == {"id": 2, "question": "b"}


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({}, "question"),
        ({"question": ""}, "question"),
        ({"question": 3}, "question"),
        ({"question": "a", "from": "いつか"}, "いつか"),
        ({"question": "a", "kind": "poem"}, "poem"),
        ({"question": "a", "limit": 0}, "limit"),
        ({"question": "a", "limit": True}, "limit"),
        ({"question": "a", "body": 4}, "body"),
        ({"question": "a", "before": "b"}, "before"),
        ({"question": "a", "before": ["b", 3]}, "before"),
    ],
)
def test_a_field_that_cannot_be_understood_is_named(fields, word):
    """The error keeps the id, so that the script knows which question it was."""
    (result,) = run(json.dumps({"id": "x"} | fields))
    assert result["id"] == "x"
    assert word in result["error"]
    assert set(result) == {"id", "error"}


def test_filters_of_a_line_stand_before_those_of_the_command_line():
    """Dates are ISO or wareki; what a line does not say is taken from the command line."""
    line = read(
        id=1, question="a", **{"from": "2021-01-01"}, to="令和4年12月20日", kind="minutes", limit=3
    )
    assert line.narrowed.filters == Filters(
        since=dt.date(2021, 1, 1),
        until=dt.date(2022, 12, 20),
        body="審議会",
        kind=DocumentKind.MINUTES,
    )
    assert line.narrowed.limit == 3
    assert read(id=1, question="a").narrowed == OTHERWISE
    assert read(id=1, question="a", body="本会議").narrowed.filters.body == "本会議"
    assert read(id=1, question="a", as_of="R5.1.1").narrowed.filters.as_of == dt.date(2023, 1, 1)


def test_blank_lines_and_a_byte_order_mark_are_passed_over():
    """Files written on Windows begin with a mark and may end with blank lines."""
    assert run(b'\xef\xbb\xbf{"id": 1, "question": "a"}\r\n', "\r\n") == [
        {"id": 1, "question": "a"}
    ]


def test_fields_of_an_evaluation_file_are_passed_over():
    """The questions of `kiroku evaluate` can be asked as they are."""
    assert run('{"id": 1, "question": "a", "gold": [], "answerable": false}')[0]["question"] == "a"


def test_a_question_that_is_refused_does_not_end_the_batch():
    """An error about one question is that line's result."""

    def refuse(line):
        message = f"{line.question} is too long"
        raise QuestionError(message)

    assert run('{"id": 1, "question": "a"}', reply=refuse) == [
        {"id": 1, "error": "line 1: a is too long"}
    ]


def test_a_line_may_search_everything_and_take_up_a_choice():
    """The filters of a choice go in by their names; "narrow" must be true or false."""
    line = read(
        question="何と言った", person="谷口花", session="第7回", document="a.txt", narrow=False
    )
    assert line.narrowed.filters == Filters(
        body="審議会", person="谷口花", session="第7回", document="a.txt"
    )
    assert not line.narrowed.narrow
    assert read(question="何と言った", asker="谷口花").narrowed.narrow
    (result,) = run('{"id": 1, "question": "a", "narrow": "no"}')
    assert '"narrow"' in result["error"]


def test_a_line_may_carry_the_questions_before_it():
    """Oldest first; without any the question stands alone."""
    assert read(question="それはいつ", before=["一", "二"]).narrowed.before == ("一", "二")
    assert read(question="それはいつ", before=None).narrowed.before == ()
    assert read(question="それはいつ").narrowed.before == ()
