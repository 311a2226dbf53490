"""What ``kiroku watch`` waits for: files that are written out, drives that come back, the clock."""

import datetime as dt
import json
import os
import threading

import pytest
from click.testing import CliRunner

from cli.ingest_run import bring_up_to_date
from cli.main import kiroku
from cli.options import Place
from cli.published_documents import open_shelf
from cli.watching.folder import settle
from cli.watching.heartbeat import FRESH_S, Heartbeat, WatchState, watch_state
from cli.watching.runs import Runs
from cli.watching.timetable import Timetable
from cli.watching.wake_ups import wake_ups
from index.settings import Settings
from ingest.intake.unattended import Unattended
from tests.bot.slack.bot_process import eventually
from tests.index.making import CharacterEmbedder

NOON = dt.datetime(2026, 3, 2, 12, 0)  # noqa: DTZ001  as the machine's clock tells it
TEXT = "図書館は月曜日に休みます。"


@pytest.fixture
def folder(tmp_path):
    """Give a folder with two documents."""
    found = tmp_path / "files"
    found.mkdir()
    for name in ("first", "second"):
        (found / f"{name}.txt").write_text(f"{name}の{TEXT}", encoding="utf-8")
    return found


@pytest.fixture
def runs(folder, tmp_path):
    """Give the runs over it, with a pause that writes nothing."""
    place = Place(Settings(tmp_path / "data"))
    return Runs(folder, place, prune=True, embedder=CharacterEmbedder(), sleep=lambda _: None)


def held(runs):
    """Return the names of the documents in the index."""
    with open_shelf(runs.place) as shelf:
        return {each.document for each in shelf.documents()}


def test_a_file_that_is_still_being_written_is_left_for_the_next_run(folder, runs, monkeypatch):
    """The others go in, it is neither read nor called unreadable, and read once it is whole."""
    half = folder / "half.txt"
    sizes = iter(range(1, 1_000))
    runs.sleep = lambda _: half.write_text("途中" * next(sizes), encoding="utf-8")
    monkeypatch.setattr("cli.watching.folder._LONGEST_S", 0.0)
    again = runs.run()
    assert held(runs) == {"first.txt", "second.txt"}
    assert again < 60
    runs.sleep = lambda _: None
    assert runs.run() == float("inf")
    assert held(runs) == {"first.txt", "second.txt", "half.txt"}


def test_a_known_file_that_is_being_replaced_is_not_forgotten(folder, runs):
    """While a new version is copied over it, the old text answers on."""
    runs.run()
    settled = settle(folder, runs.place.data, 0.0, lambda _: None)
    (folder / "first.txt").write_text("半分", encoding="utf-8")
    assert not settled.is_written((folder / "first.txt").resolve())
    minding = Unattended(settled.is_written)
    bring_up_to_date([folder], runs.place, runs.embedder, prune=True, unattended=minding)
    assert held(runs) == {"first.txt", "second.txt"}


def test_an_empty_folder_is_a_drive_that_is_away(folder, runs, capsys):
    """Nothing is forgotten, it is said once, waits grow, and what comes back goes in."""
    runs.run()
    away = {path: path.read_bytes() for path in folder.iterdir()}
    for path in away:
        path.unlink()
    waits = [runs.run() for _ in range(8)]
    assert waits == [5.0, 10.0, 20.0, 40.0, 80.0, 160.0, 300.0, 300.0]
    assert held(runs) == {"first.txt", "second.txt"}
    assert capsys.readouterr().out.count("the folder is empty") == 1
    for path, content in away.items():
        path.write_bytes(content)
    assert runs.run() == float("inf")
    assert "is there again" in capsys.readouterr().out


def test_a_folder_that_is_not_there_is_waited_for(folder, runs):
    """With --prune as well: a missing folder is no list of deleted files."""
    runs.run()
    folder.rename(folder.with_name("elsewhere"))
    assert runs.run() == 5.0
    folder.with_name("elsewhere").rename(folder)
    (folder / "second.txt").unlink()
    assert runs.run() == float("inf")
    assert held(runs) == {"first.txt"}


def test_most_files_gone_at_one_stroke_are_not_forgotten(folder, runs, capsys, monkeypatch):
    """As when one drive of several is away; new files go in all the same, and it is said once."""
    monkeypatch.setattr("ingest.intake.unattended._MANY", 3)
    share = folder / "share"
    share.mkdir()
    for number in range(4):
        (share / f"{number}.txt").write_text(f"{number}番目の{TEXT}", encoding="utf-8")
    runs.run()
    for path in share.iterdir():
        path.unlink()
    (folder / "third.txt").write_text(f"三番目の{TEXT}", encoding="utf-8")
    runs.run()
    assert len(held(runs)) == 7
    runs.run()
    assert capsys.readouterr().out.count("4 of 6 files are gone") == 1


def test_a_run_names_what_it_changed_and_what_needs_a_look(folder, runs, capsys):
    """On standard error, document by document."""
    runs.run()
    capsys.readouterr()
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
    (folder / "first.txt").write_text("プールは火曜日に休みます。", encoding="utf-8")
    (folder / "second.txt").unlink()
    (folder / "new.txt").write_text(f"新しい{TEXT}", encoding="utf-8")
    runs.run()
    told = capsys.readouterr().err
    for part in ("Added: 1", "Replaced: 1", "Could not be read: 1", "broken.pdf: ", "Gone: 1"):
        assert part in told


@pytest.mark.parametrize(
    ("table", "last", "next_one"),
    [
        (Timetable(every=900.0), NOON, NOON + dt.timedelta(minutes=15)),
        (Timetable(at=(dt.time(2, 30),)), NOON, NOON.replace(day=3, hour=2, minute=30)),
        (
            Timetable(
                at=(dt.time(2, 30), dt.time(18)),
            ),
            NOON,
            NOON.replace(hour=18),
        ),
        (Timetable(at=(dt.time(12),)), NOON, NOON.replace(day=3)),
    ],
)
def test_the_clock_says_when_it_is_time(table, last, next_one):
    """After so long, or at the next of some times of the day; never twice at one of them."""
    assert table.next_after(last) == next_one
    assert not table.is_due(last, next_one - dt.timedelta(seconds=1))
    assert table.is_due(last, next_one)
    assert table.is_due(last, last - dt.timedelta(hours=2))  # the clock was set back


@pytest.mark.parametrize("words", [["--every", "soon"], ["--every", "1s"], ["--at", "25:00"]])
def test_a_time_that_is_none_is_told(folder, words):
    """The command ends with 2 and says what would be one."""
    ended = CliRunner().invoke(kiroku, ["watch", str(folder), *words])
    assert ended.exit_code == 2
    assert "such as" in ended.output


def test_looking_finds_what_no_event_tells(folder, tmp_path, monkeypatch):
    """As on a network drive: new files and changed ones; no change is none."""
    monkeypatch.setattr("cli.watching.wake_ups._LOOK_S", 0.0)
    woken = wake_ups(folder, tmp_path / "data", poll=True)
    assert next(woken)
    assert not next(woken)
    (folder / "third.txt").write_text(TEXT, encoding="utf-8")
    assert next(woken)
    os.utime(folder / "first.txt", (1, 1))
    assert next(woken)
    assert not next(woken)


def test_a_folder_that_was_replaced_is_listened_to_anew(folder, tmp_path):
    """As a drive that went away and came back is: what changes then is told of."""
    woken = wake_ups(folder, tmp_path / "data")
    assert next(woken)
    folder.rename(folder.with_name("elsewhere"))
    assert not next(woken)
    folder.mkdir()
    while not next(woken):
        pass
    threading.Timer(0.1, (folder / "new.txt").write_text, (TEXT,)).start()
    while not next(woken):
        pass


def health(data, status):
    """Return what ``kiroku status --watch-health`` says; check how it ended."""
    ended = CliRunner().invoke(kiroku, ["status", "--watch-health", "--data", str(data)])
    assert ended.exit_code == status
    return ended.output


def test_a_watch_tells_what_it_does_until_it_ends(tmp_path):
    """Also a watch before whose first ingest there is no data folder."""
    data = tmp_path / "data"
    assert "start it" in health(data, 1)
    with Heartbeat(data).going() as heartbeat:
        with heartbeat.ingests():
            assert health(data, 0) == "ingesting\n"
        heartbeat.waits()
        assert health(data, 0) == "waiting\n"
    assert watch_state(data) is WatchState.NOT_RUNNING


def test_a_watch_that_was_killed_is_soon_known_to_be_gone(tmp_path):
    """What it last wrote is believed for a minute, also where the clock was set meanwhile."""
    Heartbeat(tmp_path).waits()
    (file,) = tmp_path.iterdir()
    told = json.loads(file.read_text("utf-8"))
    assert watch_state(tmp_path) is WatchState.WAITING
    for seconds in (FRESH_S + 1, -FRESH_S - 1):
        file.write_text(json.dumps(told | {"written_at": told["written_at"] - seconds}), "utf-8")
        assert watch_state(tmp_path) is WatchState.NOT_RUNNING
    file.write_text("{", "utf-8")
    assert watch_state(tmp_path) is WatchState.NOT_RUNNING


def test_a_long_ingest_is_told_of_again_and_again(tmp_path, monkeypatch):
    """The loop waits for it meanwhile: a thread goes on telling."""
    monkeypatch.setattr("cli.watching.heartbeat._BEAT_S", 0.01)
    with Heartbeat(tmp_path).ingests():
        (tmp_path / "watch.json").unlink(missing_ok=True)
        eventually(lambda: watch_state(tmp_path) is WatchState.INGESTING)


def test_what_cannot_be_told_does_not_end_the_watch(tmp_path):
    """Where the data folder takes no file, the watch goes on, and looks as if there were none."""
    (tmp_path / "data").write_text("no folder")
    heartbeat = Heartbeat(tmp_path / "data")
    with heartbeat.going(), heartbeat.ingests():
        heartbeat.waits()
    assert watch_state(tmp_path / "data") is WatchState.NOT_RUNNING
