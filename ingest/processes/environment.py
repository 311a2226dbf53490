"""The environment of programs that work on documents: none of our secrets are in it."""

import os
from collections.abc import Mapping

OWN_FOLDER = "kiroku-reading-"
"""Prefix of the temporary folder of a process that reads files."""

_SECRETS = ("KIROKU_", "SLACK_")


def child_environment(**settings: str) -> Mapping[str, str]:
    """Return this process's environment without our tokens and keys, ``settings`` added."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_SECRETS)}
    return {**kept, **settings}
