"""``kiroku documents``: what is in the index."""

import click

from cli.options import Place, json_option, place_options
from cli.output import document_json, document_screen, json_output, screen
from cli.published_documents import open_shelf


@click.command
@click.option("--warnings", is_flag=True, help="Only what needs a person's eye, and why.")
@json_option
@place_options
def command(place: Place, *, warnings: bool, as_json: bool) -> None:
    """List the documents: title, kind, date, body, pages, passages and warnings."""
    with open_shelf(place) as shelf:
        documents, counts = shelf.documents(), shelf.counts()
    shown = [d for d in documents if d.warnings] if warnings else documents
    if as_json:
        click.echo(json_output.dumps(document_json.documents_json(shown, counts)))
    elif warnings and documents:
        document_screen.print_warnings(screen.output(), shown)
    elif documents:
        document_screen.print_documents(screen.output(), shown, counts)
    else:
        screen.progress_output().print("The index is empty: `kiroku ingest FOLDER` fills it.")
