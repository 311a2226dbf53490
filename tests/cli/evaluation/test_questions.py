"""Reading the questions of an evaluation: what is wrong is named by line, and the rest goes on."""

import io
import json

import pytest

from cli.evaluation import questions
from cli.evaluation.questions import Gold, bounded_lines, read_cases
from index.errors import QuestionError

GOOD = '{"id": "1", "question": "a", "gold": [{"contains": "x"}]}'


def read(*lines):
    """Return the ids that were read and the faults as (line, reason)."""
    faults = []
    cases = read_cases(lines, faults.append)
    return [case.id for case in cases], [(fault.line, fault.reason) for fault in faults]


def test_questions_are_read_from_json_lines():
    """Blank lines are passed over; what has gold is answerable where the line does not say."""
    lines = [
        '{"id": 1, "question": "a", "gold": [{"contains": "x", "document": "d"}], "kind": "rule"}',
        "",
        '{"id": "2", "question": "b", "gold": [], "answerable": false}',
        '{"id": "3", "question": "c", "gold": [{"contains": "y"}], "before": ["a", "b"]}',
    ]
    cases = read_cases(lines)
    assert [c.id for c in cases] == ["1", "2", "3"]
    assert [c.answerable for c in cases] == [True, False, True]
    assert [c.kind for c in cases] == ["rule", None, None]
    assert cases[0].gold == (Gold("x", "d"),)
    assert [c.before for c in cases] == [(), (), ("a", "b")]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("no", "not JSON"),
        ("[]", "not a JSON object"),
        ("[" * 100_000, "not JSON"),
        ("質問".encode("shift_jis"), "not JSON in UTF-8"),
        ('{"question": "a"}', 'no text under "id"'),
        ('{"id": true, "question": "a"}', 'no text under "id"'),
        ('{"id": "2"}', 'no text under "question"'),
        ('{"id": "2", "question": "  "}', 'no text under "question"'),
        (r'{"id": "2", "question": "\ud800"}', "half of a character"),
        ('{"id": "2", "question": "a", "gold": 3}', '"gold" must be a list'),
        ('{"id": "2", "question": "a", "gold": ["x"]}', "must be an object"),
        ('{"id": "2", "question": "a", "gold": [{"contains": ""}]}', 'under "contains"'),
        (
            '{"id": "2", "question": "a", "gold": [{"contains": "x", "document": 1}]}',
            'under "document"',
        ),
        ('{"id": "2", "question": "a", "answerable": "false"}', "true or false"),
        ('{"id": "2", "question": "a", "answerable": true}', "no gold entry"),
        ('{"id": "2", "question": "a", "kind": 5}', 'under "kind"'),
        ('{"id": "2", "question": "a", "gold": [], "before": "b"}', '"before"'),
        (GOOD, 'its id "1" stands already on line 1'),
        ('{"id": 1, "question": "b"}', 'its id "1" stands already on line 1'),
    ],
)
def test_a_line_that_is_wrong_is_named_and_skipped(line, reason):
    """Number and reason are told; the lines before and after are asked."""
    ids, ((number, told),) = read(GOOD, line, '{"id": "3", "question": "c"}')
    assert ids == ["1", "3"]
    assert number == 2
    assert reason in told


def test_whoever_takes_no_faults_is_stopped_by_the_first():
    """What a program relies on must be right as a whole."""
    with pytest.raises(QuestionError, match="line 2 of the questions"):
        read_cases([GOOD, "no"])


@pytest.mark.parametrize(("lines", "told"), [(["\n"], "no questions:"), (["no"], "can be read")])
def test_a_file_without_questions_is_an_error(lines, told):
    """Figures over nothing would mislead."""
    with pytest.raises(QuestionError, match=told):
        read(*lines)


def test_a_byte_order_mark_and_windows_line_ends_are_no_fault():
    """Editors on Windows write both."""
    file = io.BytesIO(b"\xef\xbb\xbf" + GOOD.encode() + b"\r\n\r\n")
    assert [case.id for case in read_cases(bounded_lines(file))] == ["1"]


def test_a_line_without_end_is_skipped_in_bounded_memory():
    """It counts as one line however long it is, and the next is read."""
    long = json.dumps({"id": "2", "question": "あ" * 2_000_000}).encode()
    file = io.BytesIO(GOOD.encode() + b"\n" + long + b'\n{"id": "3", "question": "c"}')
    lines = list(bounded_lines(file))
    assert max(len(line) for line in lines) <= questions.LONGEST_LINE + 1
    ids, faults = read(*lines)
    assert ids == ["1", "3"]
    assert faults == [(2, "longer than 1,000,000 bytes")]


def test_a_file_that_is_something_else_ends_soon():
    """It is not read to its end, though it has none."""

    def endless():
        while True:
            yield "PK\x03\x04"

    with pytest.raises(QuestionError, match="more than 1,000 lines cannot be read"):
        read_cases(endless(), lambda _: None)


def test_too_many_questions_are_refused(monkeypatch):
    """Told before the first is asked."""
    monkeypatch.setattr(questions, "MOST_QUESTIONS", 2)
    lines = [json.dumps({"id": number, "question": "a"}) for number in range(3)]
    with pytest.raises(QuestionError, match="split the file"):
        read(*lines)
