"""What the audit log holds, and for how long."""

import datetime as dt
import json
from pathlib import Path

from bot.access.audit import FOLDER, AuditLog, Shown, seen
from tests.bot.council import MINUTES, hit

NOON = dt.datetime(2026, 4, 1, 12, tzinfo=dt.UTC)
SHOWN = Shown(
    team="T1",
    user="UAOKI",
    channel="C1",
    message="1.0",
    way="mention",
    outcome="answered",
    sees=("personnel", "main"),
    passages=seen([hit()]),
    generations=(("main", 7),),
    question="街路樹は何本？",
)


def lines(data: Path) -> list[dict]:
    """Return all lines of the log."""
    files = sorted((data / FOLDER).iterdir())
    return [json.loads(line) for f in files for line in f.read_text("utf-8").splitlines()]


def test_a_line_says_who_where_when_and_which_passages(tmp_path: Path):
    """And not what was asked, unless that is set."""
    AuditLog(tmp_path).write(SHOWN, NOON)
    AuditLog(tmp_path, questions=True).write(SHOWN, NOON)
    first, second = lines(tmp_path)
    assert first == {
        "at": "2026-04-01T12:00:00.000+00:00",
        "team": "T1",
        "user": "UAOKI",
        "channel": "C1",
        "message": "1.0",
        "way": "mention",
        "outcome": "answered",
        "collections": ["main", "personnel"],
        "generations": {"main": 7},
        "passages": [
            {
                "collection": "main",
                "document": MINUTES.document,
                "passage": hit().passage.passage_id,
            }
        ],
    }
    assert second == first | {"question": SHOWN.question}


def test_nobody_else_may_read_it(tmp_path: Path):
    """Folder and files are for the bot's own user."""
    AuditLog(tmp_path).write(SHOWN, NOON)
    modes = [
        path.stat().st_mode & 0o777 for path in (tmp_path / FOLDER, *tmp_path.rglob("*.jsonl"))
    ]
    assert modes == [0o700, 0o600]


def test_days_that_are_too_old_are_removed(tmp_path: Path):
    """With the first line of a new day; 0 keeps all."""
    kept, limited = AuditLog(tmp_path, days=0), AuditLog(tmp_path, days=2)
    for day in range(4):
        kept.write(SHOWN, NOON + dt.timedelta(days=day))
    limited.write(SHOWN, NOON + dt.timedelta(days=4))
    names = sorted(path.stem for path in (tmp_path / FOLDER).iterdir())
    assert names == ["2026-04-03", "2026-04-04", "2026-04-05"]
