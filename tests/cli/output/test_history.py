"""``kiroku history`` on the sample council's index, with the real embedder."""

import csv
import json
from types import NoneType

import pytest
from click.testing import CliRunner

from bot.handout.fonts import japanese_font
from cli.main import kiroku
from tests.cli.output.test_json_output import HIT, assert_shape

pytestmark = pytest.mark.slow

MEETING = {
    "date": (str, NoneType),
    "body": (str, NoneType),
    "title": str,
    "document": str,
    "kind": str,
    "session": (str, NoneType),
    "entries": list,
    "decided": list,
}
ENTRY = HIT | {
    "quote": str,
    "asker": (str, NoneType),
    "answerer": (str, NoneType),
    "promised": list,
}


def run(data, *words, status=0):
    """Run ``kiroku history`` on a data folder and return its standard output."""
    ended = CliRunner().invoke(kiroku, ["history", *words, "--data", str(data)])
    assert ended.exit_code == status, ended.output
    return ended.stdout


def meetings(data, *words):
    """Return the meetings of ``kiroku history … --json``."""
    return json.loads(run(data, *words, "--json"))["meetings"]


def test_the_json_has_its_keys(sample_index):
    """A topic with meetings, a meeting with entries, an entry that is a hit and more."""
    history = json.loads(run(sample_index, "しおまる号", "--json"))
    assert list(history) == ["topic", "meetings", "left_out", "took_ms"]
    assert history["topic"] == "しおまる号"
    for meeting in history["meetings"]:
        assert_shape(meeting, MEETING)
        for entry in meeting["entries"]:
            assert_shape(entry, ENTRY)
            assert entry["quote"] in entry["text"]


def test_a_matter_is_followed_through_the_meetings(sample_index):
    """Oldest first, each meeting once, in council, assembly, committee and report."""
    found = meetings(sample_index, "しおまる号")
    days = [meeting["date"] for meeting in found]
    assert days == sorted(days)
    assert len({meeting["document"] for meeting in found}) == len(found)
    assert {"2022-07-21", "2022-09-14", "2023-08-03", "2023-12-06", "2024-10-29"} <= set(days)
    assert {meeting["kind"] for meeting in found} == {"minutes", "report"}
    assert all(1 <= len(meeting["entries"]) <= 3 for meeting in found)


def test_who_asked_who_answered_and_what_was_promised(sample_index):
    """The exchange of the assembly in September 2022, with its promise."""
    (meeting,) = [m for m in meetings(sample_index, "しおまる号") if m["date"] == "2022-09-14"]
    (entry,) = [e for e in meeting["entries"] if "土曜日" in e["text"]]
    assert "水島香織" in entry["asker"]
    assert "都市整備部長" in entry["answerer"]
    assert any(promise["text"].endswith("検討してまいります。") for promise in entry["promised"])
    assert meeting["body"] == "汐見原市議会定例会"


def test_what_was_decided_is_told(sample_index):
    """The council agreed to the later start of the bus; the page is given."""
    (meeting,) = [m for m in meetings(sample_index, "しおまる号") if m["date"] == "2023-08-03"]
    (decided,) = meeting["decided"]
    assert "しおまる号" in decided["title"]
    assert (decided["result"], decided["outcome"]) == ("了承", "passed")
    assert decided["page"]
    assert decided["document"] == meeting["document"]


@pytest.mark.parametrize("topic", ["空飛ぶクルマ", "市長の退職金", "quantum computing"])
def test_a_topic_that_was_never_discussed_has_no_meetings(sample_index, topic):
    """No error: an empty list, and a sentence for people."""
    assert meetings(sample_index, topic) == []
    assert topic in run(sample_index, topic)


def test_the_filters_hold(sample_index):
    """Body, days, kind, speaker and limit."""
    topic = "しおまる号"
    assert {m["body"] for m in meetings(sample_index, topic, "--body", "審議会")} == {
        "汐見原市公共交通審議会"
    }
    assert all(m["date"] >= "2024-01-01" for m in meetings(sample_index, topic, "--from", "R6.1.1"))
    assert all(m["date"] < "2023-12-31" for m in meetings(sample_index, topic, "--to", "R5.12.30"))
    assert {m["kind"] for m in meetings(sample_index, topic, "--kind", "report")} == {"report"}
    said = meetings(sample_index, topic, "--speaker", "三枝")
    assert said
    assert all("三枝" in e["speaker"] for m in said for e in m["entries"])
    history = json.loads(run(sample_index, topic, "--limit", "2", "--json"))
    assert [m["date"] for m in history["meetings"]] == ["2024-10-29", "2024-12-09"]
    assert history["left_out"] > 0


def test_the_texts_of_an_ordinance_stand_at_their_own_dates(sample_index):
    """The fee before and after the change, between the meetings that speak of it."""
    found = meetings(sample_index, "放課後児童クラブの利用料")
    rules = [(m["date"], m["entries"][0]["article"]) for m in found if m["kind"] == "ordinance"]
    assert rules == [("2022-04-01", "第7条"), ("2024-10-01", "第7条")]
    assert {m["kind"] for m in found} == {"ordinance", "minutes"}


def test_for_people_it_is_text_in_the_language_of_the_topic(sample_index):
    """Date, body, people, page and words; numbers; English for an English topic."""
    shown = run(sample_index, "給食費")
    for part in ("令和4年9月14日", "→ 教育長（大貫久子）", "[1]", "2ページ", "第三子以降の給食費"):
        assert part in shown
    english = run(sample_index, "host families")
    assert "came up at 1 meeting(s)" in english
    assert "Councilmember Lindqvist → CITY MANAGER OKAFOR" in english


def test_an_empty_topic_is_a_wrong_command_line(tmp_path):
    """It ends with 2 before the model is loaded."""
    run(tmp_path, " ", status=2)


def test_all_meetings_are_written_as_a_table(sample_index, tmp_path):
    """Instead of being printed, and more than are shown unless a limit is given."""
    path = tmp_path / "bus.csv"

    def written() -> list[dict[str, str]]:
        return list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))

    assert not run(sample_index, "しおまる号", "--csv", str(path))
    found = meetings(sample_index, "しおまる号", "--limit", "1000")
    assert {row["年月日"] for row in written()} == {meeting["date"] or "" for meeting in found}
    assert any(row["決定"] for row in written())
    run(sample_index, "しおまる号", "--csv", str(path), "--limit", "1")
    assert len({row["年月日"] for row in written()}) == 1


def test_a_file_that_cannot_be_written_is_named(sample_index, tmp_path):
    """In one line, with what to do."""
    path = tmp_path / "nowhere" / "bus.csv"
    ended = CliRunner().invoke(
        kiroku, ["history", "しおまる号", "--csv", str(path), "--data", str(sample_index)]
    )
    assert ended.exit_code == 1
    assert f"{path} cannot be written" in ended.stderr


@pytest.mark.skipif(japanese_font() is None, reason="no Japanese font on this machine")
def test_a_timeline_is_drawn(sample_index, tmp_path):
    """As a PNG; the JSON is printed beside it where it is asked for."""
    path = tmp_path / "bus.png"
    shown = run(sample_index, "しおまる号", "--timeline", str(path), "--json")
    assert json.loads(shown)["topic"] == "しおまる号"
    assert path.read_bytes().startswith(b"\x89PNG")
