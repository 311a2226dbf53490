"""``kiroku search``: ranked passages, no answer."""

from typing import BinaryIO

import click

from bot.texts import language_of
from cli import batch
from cli.open_index import OpenIndex
from cli.options import Narrowed, Place, filter_options, json_option, place_options, search_options
from cli.output import json_output, screen, search_output
from cli.output.json_types import Json


@click.command
@click.argument("query", required=False)
@click.option(
    "--batch",
    "lines",
    metavar="FILE",
    type=click.File("rb"),
    help='Queries as JSON Lines, {"id": …, "question": …}; - for standard input.',
)
@search_options
@filter_options(limit=10)
@json_option
@place_options
def command(
    query: str | None, lines: BinaryIO | None, place: Place, narrowed: Narrowed, *, as_json: bool
) -> None:
    """Find the passages that fit QUERY best."""
    if (query is None) == (lines is None):
        message = "give either QUERY or --batch FILE"
        raise click.UsageError(message)
    if query is not None and not query.strip():
        message = "the query is empty"
        raise click.UsageError(message)
    opened = OpenIndex.open(place)
    if lines is not None:
        for result in batch.replies(
            lines, narrowed, lambda line: _search(opened, line.question, line.narrowed, place)
        ):
            click.echo(json_output.dumps(result))
    elif query is not None and as_json:
        click.echo(json_output.dumps(_search(opened, query, narrowed, place)))
    elif query is not None:
        language = language_of(query, place.settings.language)
        search_output.print_found(screen.output(), opened.search(query, narrowed), language)


def _search(opened: OpenIndex, query: str, narrowed: Narrowed, place: Place) -> Json:
    language = language_of(query, place.settings.language)
    return search_output.found_json(query, opened.search(query, narrowed), language)
