"""``kiroku documents``: what is in the index."""

import click

from cli import json_output, screen
from cli.opening import open_shelf
from cli.options import Place, json_option, place_options


@click.command
@click.option("--warnings", is_flag=True, help="List each document's warnings too.")
@json_option
@place_options
def command(place: Place, *, warnings: bool, as_json: bool) -> None:
    """List the documents: title, kind, date, body, pages, passages and warnings."""
    with open_shelf(place) as shelf:
        documents, counts = shelf.documents(), shelf.counts()
    if as_json:
        click.echo(json_output.dumps(json_output.documents_json(documents, counts)))
    elif documents:
        screen.print_documents(screen.output(), documents, counts)
        if warnings:
            screen.print_warnings(screen.output(), documents)
    else:
        screen.progress_output().print("The index is empty: `kiroku ingest FOLDER` fills it.")
