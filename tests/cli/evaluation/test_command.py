"""``kiroku evaluate`` as a town runs it: on the sample council, before and after."""

import json

import pytest
from click.testing import CliRunner

from cli.main import kiroku

pytestmark = pytest.mark.slow

QUESTIONS = [
    {
        "id": "1",
        "question": "車いすのまま乗れる車両はある？",
        "gold": [{"contains": "リフト付きの車両とする予定です"}],
        "kind": "answer",
    },
    {
        "id": "2",
        "question": "犬が人に噛みついたらいつまでに届け出る？",
        "gold": [{"contains": "24時間以内に市長に届け出ること"}],
        "kind": "rule",
    },
    {"id": "3", "question": "スマートフォンの電池を長持ちさせるには？", "gold": [], "kind": "none"},
]


def run(data, *words, status=0):
    """Run ``kiroku evaluate`` on a data folder; check how it ended."""
    ended = CliRunner().invoke(kiroku, ["evaluate", *map(str, words), "--data", str(data)])
    assert ended.exit_code == status, ended.output
    return ended


@pytest.fixture
def questions(tmp_path):
    """Give a file of three questions, one of them without an answer."""
    path = tmp_path / "questions.jsonl"
    path.write_text("".join(json.dumps(q) + "\n" for q in QUESTIONS), encoding="utf-8")
    return path


def test_a_run_is_measured_and_compared_with_the_next(sample_index, questions, tmp_path):
    """Intervals, kinds and reliability in the JSON; the same index again differs by nothing."""
    first, picture = tmp_path / "before.jsonl", tmp_path / "run.svg"
    figures = json.loads(
        run(sample_index, questions, "--details", first, "--plot", picture, "--json").stdout
    )
    assert list(figures) == [
        "questions",
        "search",
        "ask",
        "took_ms",
        "intervals",
        "by_kind",
        "reliability",
        "skipped",
        "comparison",
        "by_caution",
    ]
    assert set(figures["intervals"]) == set(figures["search"]) | set(figures["ask"])
    assert set(figures["by_kind"]) == {"answer", "rule", "none"}
    assert sum(among["questions"] for among in figures["reliability"]) == 3
    assert (figures["skipped"], figures["comparison"]) == ([], None)
    lines = [json.loads(line) for line in first.read_text("utf-8").splitlines()]
    assert [line["id"] for line in lines] == ["1", "2", "3"]
    confidence = {line["id"]: line["confidence"] for line in lines}
    assert all(0 <= share <= 1 for share in confidence.values())
    assert confidence["3"] < min(confidence["1"], confidence["2"])
    assert picture.read_text("utf-8").startswith("<svg ")

    shown = run(sample_index, questions, "--compare", first).stdout
    assert "compared with the earlier run, on 3 questions of both" in shown
    assert "the same" in shown
    assert "gained" not in shown


def test_what_changed_is_shown_to_people(sample_index, questions, tmp_path):
    """A question that an earlier run had declined stands under gained, with its words."""
    first = tmp_path / "before.jsonl"
    run(sample_index, questions, "--details", first)
    lines = [json.loads(line) for line in first.read_text("utf-8").splitlines()]
    lines[1] |= {"rank": None, "answered": False, "cited_gold": False}
    first.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    shown = run(sample_index, questions, "--compare", first).stdout
    assert "\ngained: 1\n" in shown
    assert "may be chance" in shown
    (line,) = [line for line in shown.splitlines() if "噛みついたら" in line]
    assert "rank - → " in line


def test_two_runs_without_a_question_in_common_are_not_compared(sample_index, questions, tmp_path):
    """It says so rather than printing a table of dashes."""
    first = tmp_path / "before.jsonl"
    run(sample_index, questions, "--details", first)
    questions.write_text(json.dumps(QUESTIONS[0] | {"question": "車いすで乗れる？"}), "utf-8")
    shown = run(sample_index, questions, "--compare", first).stdout
    assert "only in the earlier run: 3" in shown
    assert shown.endswith("there is nothing to compare\n")


def test_lines_that_are_wrong_are_told_and_the_rest_is_measured(sample_index, questions):
    """On standard error and in the JSON, by number; it ends with 0."""
    with questions.open("a", encoding="utf-8") as file:
        file.write('broken\n{"id": "1", "question": "again"}\n')
    ended = run(sample_index, questions, "--json")
    figures = json.loads(ended.stdout)
    assert figures["questions"] == 3
    assert [skipped["line"] for skipped in figures["skipped"]] == [4, 5]
    assert "line 4 of the questions was skipped: not JSON" in ended.stderr
    assert "line 5 of the questions was skipped: its id" in ended.stderr


def test_nothing_is_asked_where_there_is_nothing_to_ask(tmp_path):
    """An empty file, or one of which no line can be read, ends with 1 before the model loads."""
    path = tmp_path / "questions.jsonl"
    path.write_text("\n", encoding="utf-8")
    assert "kiroku: the file holds no questions" in run(tmp_path, path, status=1).stderr
    path.write_text("broken\n", encoding="utf-8")
    told = run(tmp_path, path, status=1).stderr
    assert "line 1" in told
    assert "no questions that can be read" in told


@pytest.mark.parametrize(
    ("option", "name", "told"),
    [
        ("--plot", "run.png", "name it so: run.svg"),
        ("--details", "no-such-folder/details.jsonl", "make it first"),
        ("--details", "questions.jsonl", "holds the questions"),
    ],
)
def test_a_file_that_cannot_be_written_is_refused_at_once(questions, tmp_path, option, name, told):
    """Before anything is asked; the questions themselves are never written over."""
    before = questions.read_bytes()
    ended = run(tmp_path, questions, option, tmp_path / name, status=2)
    assert told in " ".join(ended.stderr.split())
    assert questions.read_bytes() == before
