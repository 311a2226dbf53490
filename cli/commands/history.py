"""``kiroku history``: prior discussions of a topic, meeting by meeting."""

import functools
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from bot.history.meetings import History
from bot.history.prior_discussions import ALL_MEETINGS
from cli.open_index import OpenIndex
from cli.options import (
    CommandFunction,
    Narrowed,
    Place,
    filter_options,
    json_option,
    place_options,
)
from cli.output import history_output, json_output, screen
from cli.output.history_files import write_table, write_timeline

_FILE = click.Path(path_type=Path, dir_okay=False)


@dataclass(frozen=True, slots=True)
class Files:
    """What is written besides, or rather than, being printed."""

    table: Path | None
    timeline: Path | None


def file_options(function: CommandFunction) -> CommandFunction:
    """Add ``--csv`` and ``--timeline``; hand on ``files``."""

    @click.option("--csv", "table", metavar="FILE", type=_FILE,
                  help="Write it as a table for a spreadsheet.")  # fmt: skip
    @click.option("--timeline", metavar="FILE", type=_FILE, help="Draw its years as a PNG.")
    @functools.wraps(function)
    def filed(*, table: Path | None, timeline: Path | None, **others: Any) -> None:
        function(files=Files(table, timeline), **others)

    return filed


@click.command
@click.argument("topic")
@file_options
@filter_options(limit=20)
@json_option
@place_options
def command(topic: str, place: Place, narrowed: Narrowed, files: Files, *, as_json: bool) -> None:
    """Show what was said about TOPIC before, meeting by meeting, oldest first.

    TOPIC is the matter in a few words. Each meeting shows who asked, who answered and their words,
    what was promised and what was decided; ordinances and reports about it stand between. Of more
    than --limit meetings the newest are shown; with --csv all of them are written, unless --limit
    is given.
    """
    if not topic.strip():
        message = "the topic is empty"
        raise click.UsageError(message)
    source = click.get_current_context().get_parameter_source("limit")
    if files.table and source is ParameterSource.DEFAULT:
        narrowed = replace(narrowed, limit=ALL_MEETINGS)
    history = OpenIndex.open(place).history(topic, narrowed)
    if files.table:
        write_table(history, files.table)
    if files.timeline:
        write_timeline(history, files.timeline)
    if as_json or not (files.table or files.timeline):
        _print(history, as_json=as_json)


def _print(history: History, *, as_json: bool) -> None:
    if as_json:
        click.echo(json_output.dumps(history_output.history_json(history)))
    else:
        history_output.print_history(screen.output(), history)
