"""The comparison with other libraries: how hits are judged, and how a process is asked."""

import sys
from pathlib import Path

import pytest

from benchmarks.material import Case
from benchmarks.others.serving import Hit
from benchmarks.side_by_side import find, quality
from benchmarks.side_by_side_process import SystemFailedError, Watched
from benchmarks.side_by_side_sets import Group
from benchmarks.side_by_side_systems import Reply
from benchmarks.side_by_side_tables import put_into

ECHO = """
import json, sys, time
while time.process_time() < 0.05:  # the system counts in hundredths of a second
    pass
print(json.dumps({"event": "started"}), flush=True)
for line in sys.stdin:
    print(json.dumps({"id": json.loads(line)["id"]}), flush=True)
"""


def case(name: str, *gold: tuple[str, str | None]) -> Case:
    """Return a question with its gold entries."""
    return Case(name, "いつですか", gold, answerable=True, kind="answer", closed=False)


def reply(*texts: str) -> Reply:
    """Return hits of one document, in this order."""
    return Reply(tuple(Hit("minutes.txt", text) for text in texts), 0.01)


def test_a_hit_is_right_where_it_holds_the_gold_words_in_any_width_and_spacing() -> None:
    """Both are compared under NFKC without white space, as by `kiroku evaluate`."""
    found = find(case("a", ("令和5年", None)), reply("別の話です", "会期は令 和 ５\n年からです"))
    assert (found.rank, found.read) == (2, 5 + 7)


def test_a_hit_of_another_document_is_not_right() -> None:
    """Where the gold names its document, the same words elsewhere do not count."""
    found = find(case("a", ("令和5年", "ordinance.txt")), reply("令和5年です"))
    assert (found.rank, found.read) == (None, None)


def test_long_hits_do_not_hide_how_much_must_be_read() -> None:
    """Of two systems with the right hit first, the one with the longer text counts for less."""
    group = Group("one", (case("a", ("四月一日", None)), case("b", ("四月一日", None))))
    figures = quality(group, {"a": reply("あ" * 2_000 + "四月一日"), "b": reply("四月一日です")})
    assert (figures["recall@1"], figures["mrr@10"], figures["read@1000"]) == (1, 1, 0.5)
    assert figures["hit_characters"] == (2_004 + 6) / 2


def test_a_process_is_asked_line_by_line_and_weighed(tmp_path: Path) -> None:
    """Each line is answered before the next is written; the memory held is more than nothing."""
    with Watched((sys.executable, "-c", ECHO), tmp_path / "log", {}) as process:
        assert process.next() == {"event": "started"}
        assert [process.ask({"id": n}) for n in ("一", "二")] == [{"id": "一"}, {"id": "二"}]
        assert process.most_mb() > 1
        assert process.cpu_seconds() > 0


def test_a_process_that_ends_early_is_told_with_where_its_words_are(tmp_path: Path) -> None:
    """What the library complained of stands in the log that the message names."""
    command = (sys.executable, "-c", "raise SystemExit('no such model')")
    with (
        Watched(command, tmp_path / "log", {}) as process,
        pytest.raises(SystemFailedError, match=r"ended with 1: see .*log"),
    ):
        process.next()
    assert "no such model" in (tmp_path / "log").read_text("utf-8")


def test_tables_take_the_place_of_the_former_ones_on_the_page(tmp_path: Path) -> None:
    """What stands before and after the two marks is left as it is."""
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- measured -->\nold\n<!-- end -->\nafter\n", encoding="utf-8")
    for _ in range(2):
        put_into(page, "| new |\n")
    expected = "before\n<!-- measured -->\n\n| new |\n\n<!-- end -->\nafter\n"
    assert page.read_text(encoding="utf-8") == expected
