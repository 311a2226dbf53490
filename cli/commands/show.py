"""``kiroku show``: how one document was understood."""

import click

from cli.options import Place, json_option, place_options
from cli.output import document_json, document_screen, json_output, screen
from cli.published_documents import find_document, open_shelf


@click.command
@click.argument("document")
@json_option
@place_options
def command(document: str, place: Place, *, as_json: bool) -> None:
    """Show how DOCUMENT was understood: attendees, agenda, headings, turns, passages.

    DOCUMENT is its path as `kiroku documents` lists it, or a part of path or title that only one
    document has.
    """
    with open_shelf(place) as shelf:
        documents = shelf.documents()
        found = find_document(documents, document)
        passages = shelf.passages(found.document)
    if as_json:
        click.echo(json_output.dumps(document_json.show_json(found, passages, documents)))
    else:
        document_screen.print_document(screen.output(), found, passages)
