"""A quotation that has rows of a table: these stand in columns, all else as in any quotation.

Slack's own ``table`` would be a block of its own, one a message; a quotation stands where it is
cited.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from bot.slack.messages.runs import Run
from bot.texts.columns import aligned, has_cells

_Line = tuple[Run, ...]


def table_elements(
    runs: Sequence[Run], element: Callable[[Run], dict[str, Any]]
) -> list[dict[str, Any]]:
    """Return the ``rich_text`` elements of a quotation; ``element`` makes what a run is shown by.

    Our own marks behind a row stand below the table, what is left out within it as a line there.
    """
    found: list[dict[str, Any]] = []
    for is_table, group in groupby(_lines(runs), key=lambda line: has_cells(_words(line))):
        lines = list(group)
        if is_table:
            rows = [row for line in lines for row in (*_before(line), _words(line))]
            if text := "\n".join(row for row in aligned(rows) if row.strip()):
                found.append({"type": "rich_text_preformatted", "elements": [element(Run(text))]})
            lines = [tuple(run for line in lines for run in line if run.bold)]
        told = [run for line in lines for run in (Run("\n"), *line)][1:]
        if any(run.text.strip() for run in told):
            told[0] = replace(told[0], text=told[0].text.lstrip())
            shown = [element(run) for run in told if run.text]
            found.append({"type": "rich_text_quote", "elements": shown})
    return found


def _lines(runs: Sequence[Run]) -> list[_Line]:
    """Cut runs into lines, each of one run or more."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        first, *others = run.text.split("\n")
        lines[-1].append(replace(run, text=first))
        lines += [[replace(run, text=text)] for text in others]
    kept = (tuple(run for run in line if run.text) for line in lines)
    return [line for line in kept if line]


def _words(line: _Line) -> str:
    """Return the document's words in a line."""
    return "".join(run.text for run in line if not (run.bold or run.italic))


def _before(line: _Line) -> list[str]:
    return [run.text.strip() for run in line if run.italic and run.text.strip()]
