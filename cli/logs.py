"""Logs go to standard error; standard output is for results."""

import datetime as dt
import json
import logging
import re
import sys
import traceback

from index.settings import JSON, TEXT

_OWN = ("bot", "cli", "index", "ingest", "kiroku")
_SECRET = re.compile(r"\bx(?:ox[a-z]|app)-[\w-]+|https://hooks\.slack\.com/\S+")
"""Slack's tokens, and the addresses at which whoever knows them may write (``response_url``)."""
_HIDDEN = "…"
_NOTE = "note"


def configure(*, verbose: bool, quiet: int = logging.WARNING, form: str = TEXT) -> None:
    """Send logs to standard error: Kiroku's own from ``quiet`` up, with ``verbose`` from INFO up.

    Of the libraries only errors are shown. This is decided where records come out, as some of them
    set their own levels when they are imported. ``form`` is ``text`` or ``json``.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Lines() if form == JSON else _Text())
    handler.addFilter(_Wanted(logging.INFO if verbose else quiet))
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)


class _Wanted(logging.Filter):
    """Lets records of our own pass from a level up, those of the libraries from ERROR up."""

    def __init__(self, level: int) -> None:
        super().__init__()
        self._level = level

    def filter(self, record: logging.LogRecord) -> bool:
        own = record.name.partition(".")[0] in _OWN
        return record.levelno >= (self._level if own else logging.ERROR)


class _Text(logging.Formatter):
    """Lines for people."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        return _SECRET.sub(_HIDDEN, super().format(record))


class _Lines(logging.Formatter):
    """One JSON object a line, always with the same names; ``null`` where there is nothing to say.

    Of an error only its kind and the lines of code are told: its message may quote what was asked.
    """

    def format(self, record: logging.LogRecord) -> str:
        at = dt.datetime.fromtimestamp(record.created, dt.UTC)
        kind, _, came_by = record.exc_info or (None, None, None)
        told = {
            "time": at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": getattr(record, "event", _NOTE),
            "key": getattr(record, "key", None),
            "outcome": getattr(record, "outcome", None),
            "ms": getattr(record, "ms", None),
            "message": _SECRET.sub(_HIDDEN, record.getMessage()),
            "error": kind.__name__ if kind else None,
            "trace": "".join(traceback.format_tb(came_by)) if came_by else None,
        }
        return json.dumps(told)  # in ASCII: some readers break lines at more than line feeds
