"""The transcripts in the README: the commands that stand in them, run and written anew."""

import re
import shlex
from collections.abc import Callable

from bot.texts import EN, JA

_TRANSCRIPT = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
_PROMPT = "$ "
_ELISION = "…"

Run = Callable[[list[str]], str]
"""Takes the words of a command line, ``kiroku`` first; returns what it prints."""


def commands(page: str) -> list[list[str]]:
    """Return the words of every command line in the transcripts of a page, in order."""
    lines = [line for part in _TRANSCRIPT.findall(page) for line in part.splitlines()]
    return [shlex.split(line[len(_PROMPT) :]) for line in lines if line.startswith(_PROMPT)]


def brought_up_to_date(page: str, run: Run) -> str:
    """Return the page with every command's output as it is today."""
    return _TRANSCRIPT.sub(lambda found: _transcript(found.group(), run), page)


def _transcript(text: str, run: Run) -> str:
    asked = [line for line in text.splitlines() if line.startswith(_PROMPT)]
    parts = [f"{line}\n{_shown(run(shlex.split(line[len(_PROMPT) :])))}\n" for line in asked]
    return "\n".join(parts)


def _shown(printed: str) -> str:
    """Leave out what is only near: it is of no interest here, and changes with every fit."""
    lines = []
    for line in printed.rstrip().splitlines():
        lines.append(line.rstrip())
        if line in {JA.nearest, EN.nearest}:
            return "\n".join([*lines, _ELISION])
    return "\n".join(lines)
