"""Logs go to standard error; standard output is for results."""

import logging
import sys

_CHATTY = ("httpx", "urllib3", "filelock", "slack_sdk", "slack_bolt", "pypdf", "watchfiles")


def configure(*, verbose: bool, quiet: int = logging.WARNING) -> None:
    """Send logs from level ``quiet`` up (all of Kiroku's own where ``verbose``) to stderr."""
    logging.basicConfig(
        stream=sys.stderr,
        level=logging.INFO if verbose else quiet,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
        force=True,
    )
    for name in ("bot", "cli", "index", "ingest"):
        logging.getLogger(name).setLevel(logging.DEBUG if verbose else quiet)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.INFO if verbose else logging.ERROR)
