"""Two runs side by side, from what the first has written; and the picture of a run."""

import dataclasses
import io
import json
from xml.etree import ElementTree as ET

import pytest

from cli.evaluation import measures
from cli.evaluation.comparison import comparison, read_earlier
from cli.evaluation.measures import Outcome
from cli.evaluation.plot import plot
from cli.evaluation.questions import Case
from cli.output import json_output
from index.errors import QuestionError

SVG = "{http://www.w3.org/2000/svg}"


def outcome(number, rank=1, *, cited=True, answered=True, **others):
    """Return what became of one question; ``others``: answerable, confidence."""
    answerable = others.get("answerable", True)
    return Outcome(
        case=Case(f"q{number}", f"質問{number}", (), answerable),
        rank=rank if answerable else None,
        answered=answered,
        declined=None if answered else "not_covered",
        cited_gold=cited and answered and answerable,
        took_ms=1.0,
        confidence=others.get("confidence", 0.5),
    )


def details(outcomes):
    """Return the file that --details writes of a run."""
    lines = [json_output.dumps(measures.detail(o)) + "\n" for o in outcomes]
    return io.BytesIO("".join(lines).encode())


def compared(before, now):
    """Compare two runs, the first through its file."""
    return comparison(read_earlier(details(before)), now)


def test_what_changed_is_told_question_by_question():
    """Which measures it gained or lost, and the ranks; what stayed is not named."""
    before = [
        outcome(1, rank=4, cited=False),
        outcome(2),
        outcome(3),
        outcome(4, answered=False, answerable=False),
    ]
    now = [
        outcome(1),
        outcome(2, rank=None, answered=False),
        outcome(3),
        outcome(4, answerable=False),
    ]
    found = compared(before, now)
    assert found["changed"] == [
        {
            "id": "q1",
            "question": "質問1",
            "gained": ["recall@1", "cited_gold"],
            "lost": [],
            "rank": [4, 1],
        },
        {
            "id": "q2",
            "question": "質問2",
            "gained": [],
            "lost": ["recall@1", "recall@5", "recall@10", "answered", "cited_gold"],
            "rank": [1, None],
        },
        {
            "id": "q4",
            "question": "質問4",
            "gained": [],
            "lost": ["declined_right"],
            "rank": [None, None],
        },
    ]
    assert found["measures"]["declined_right"]["difference"] == -1.0


def test_a_difference_has_its_test_of_chance():
    """Twelve of thirty gained is more than chance; a measure that stayed is not."""
    before = [outcome(n, cited=n >= 12) for n in range(30)]
    row = compared(before, [outcome(n) for n in range(30)])["measures"]
    assert (row["cited_gold"]["before"], row["cited_gold"]["now"]) == (0.6, 1.0)
    assert row["cited_gold"]["difference"] == 0.4
    assert row["cited_gold"]["interval"][0] > 0
    assert row["cited_gold"]["beyond_chance"] is True
    assert row["recall@1"]["beyond_chance"] is False
    assert row["declined_right"]["beyond_chance"] is None


def test_only_the_same_questions_are_compared():
    """One that was reworded under its id, one that is gone and one that is new are counted."""
    reworded = outcome(2)
    reworded = dataclasses.replace(
        reworded, case=dataclasses.replace(reworded.case, question="別の質問")
    )
    found = compared(
        [outcome(1), outcome(2, cited=False), outcome(3), outcome(5)],
        [outcome(1), reworded, outcome(4)],
    )
    assert (found["questions"], found["only_before"], found["only_now"]) == (1, 3, 2)
    assert found["changed"] == []
    assert found["measures"]["cited_gold"]["before"] == 1.0


def test_figures_alone_give_differences_without_a_test():
    """What --json printed does not know the questions; the note says which file does."""
    figures = measures.summary([outcome(1), outcome(2, cited=False)])
    earlier = read_earlier(io.BytesIO(json_output.dumps(figures).encode()))
    found = comparison(earlier, [outcome(1), outcome(2)])
    assert found["measures"]["cited_gold"]["difference"] == 0.5
    assert found["measures"]["cited_gold"]["beyond_chance"] is None
    assert found["measures"]["declined_right"]["difference"] is None
    assert found["changed"] is None
    assert "--details" in found["note"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "holds nothing"),
        ("no", "line 1"),
        ('{"id": "1", "question": "a", "gold": []}', "line 1"),
        ('{"search": {}, "ask": []', "line 1"),
    ],
)
def test_a_file_that_is_no_earlier_run_is_refused(text, told):
    """The questions themselves, for one; it says what to give."""
    with pytest.raises(QuestionError, match=told) as raised:
        read_earlier(io.BytesIO(text.encode()))
    assert "--details" in str(raised.value)


def test_a_broken_line_in_an_earlier_run_is_named():
    """Half a run would be compared as if it were whole."""
    file = details([outcome(1)])
    file.seek(0, io.SEEK_END)
    file.write(b'{"id": "q2", "rank": 0}\n')
    file.seek(0)
    with pytest.raises(QuestionError, match="line 2"):
        read_earlier(file)


@pytest.mark.parametrize("figures", [{"search": 1, "ask": []}, {"search": {}, "ask": {}}])
def test_figures_of_another_shape_compare_to_nothing(figures):
    """No measure is known of them, so no difference is claimed."""
    earlier = read_earlier(io.BytesIO(json.dumps(figures).encode()))
    found = comparison(earlier, [outcome(1)])
    assert {row["difference"] for row in found["measures"].values()} == {None}


def drawn(picture):
    """Return the root of a picture and all of its words."""
    root = ET.fromstring(picture)  # noqa: S314 - written by ourselves
    return root, [text.text for text in root.iter(f"{SVG}text")]


def test_the_picture_draws_recall_and_reliability():
    """The line starts at recall@1 and ends at recall@10; a point stands at score and share."""
    outcomes = [
        *(outcome(n, rank=1, confidence=0.62) for n in range(2)),
        outcome(2, rank=7, cited=False, confidence=0.66),
        outcome(3, rank=None, answered=False, confidence=0.12),
    ]
    root, words = drawn(plot(outcomes))
    (line,) = root.iter(f"{SVG}polyline")
    places = [tuple(map(float, point.split(","))) for point in line.get("points").split()]
    assert places[0] == (0.0, 150.0)
    assert places[5] == (166.7, 150.0)
    assert places[6] == (200.0, 75.0)
    assert places[-1] == (300.0, 75.0)
    (point,) = root.iter(f"{SVG}circle")
    assert (float(point.get("cx")), float(point.get("cy"))) == (190.0, 100.0)
    assert point.find(f"{SVG}title").text == "3 shown, 67% of them right"
    assert [word for word in words if word in {"1", "3"}].count("3") == 2  # a count, and rank 3


def test_the_picture_shows_the_earlier_run_dashed():
    """Both lines are there, and what the dashes mean."""
    root, words = drawn(plot([outcome(1)], [outcome(1, rank=3)]))
    assert len(list(root.iter(f"{SVG}polyline"))) == 2
    assert "dashed: the earlier run" in words


def test_a_run_without_anything_to_draw_is_a_picture_still():
    """No answerable question and nothing weighed: it says so."""
    root, words = drawn(plot([outcome(1, answerable=False, answered=False, confidence=None)]))
    assert "no answerable questions" in words
    assert list(root.iter(f"{SVG}circle")) == []
