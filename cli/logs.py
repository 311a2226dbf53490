"""Logs go to standard error; standard output is for results."""

import logging
import sys

_OWN = ("bot", "cli", "index", "ingest", "kiroku")


def configure(*, verbose: bool, quiet: int = logging.WARNING) -> None:
    """Send logs to standard error: Kiroku's own from ``quiet`` up, with ``verbose`` from INFO up.

    Of the libraries only errors are shown. This is decided where records come out, as some of them
    set their own levels when they are imported.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
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
