"""Which sockets a process opens: a list that it keeps itself, from its first line on."""

import os
from collections.abc import Mapping
from pathlib import Path

STARTED = "started"


def listening(told: Path) -> Mapping[str, str]:
    """Return what to set for a Python process, so that it and its children write to ``told``."""
    before = os.environ.get("PYTHONPATH", "")
    path = f"{Path(__file__).parent}{os.pathsep}{before}".rstrip(os.pathsep)
    return {"PYTHONPATH": path, "SOCKETS_TOLD": str(told)}


def processes(told: Path) -> set[str]:
    """Return the ids of the processes that wrote to ``told``."""
    return {address for event, address in _lines(told) if event == STARTED}


def heard(told: Path) -> set[tuple[str, str]]:
    """Return what they did with sockets, each with its address."""
    return {line for line in _lines(told) if line[0] != STARTED}


def _lines(told: Path) -> set[tuple[str, str]]:
    split = (line.partition(" ") for line in told.read_text("utf-8").splitlines())
    return {(event, address) for event, _, address in split}
