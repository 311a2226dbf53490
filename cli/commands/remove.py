"""``kiroku remove``: take documents out of the index."""

import click

from cli.options import Place, json_option, place_options
from cli.output import json_output, screen
from cli.published_documents import find_document, open_shelf
from index.errors import DocumentNotFoundError
from index.upkeep.maker import maker_of
from index.writer import Writer
from ingest.intake.file_names import printable_name


@click.command
@click.argument("documents", nargs=-1, required=True)
@json_option
@place_options
def command(documents: tuple[str, ...], place: Place, *, as_json: bool) -> None:
    """Take DOCUMENTS out of the index; the files themselves are not touched.

    Name each by its path as `kiroku documents` lists it. A file that still stands in an ingested
    folder comes back with the next ingest of that folder.
    """
    with open_shelf(place) as shelf:
        held = shelf.documents()
        if not held:
            message = "the index is empty: there is nothing to remove"
            raise DocumentNotFoundError(message)
        removed = [find_document(held, name, exact=True).document for name in documents]
    by = maker_of(place.index, place.collection)  # nobody has to wait for the model
    with Writer.open(place.index, by, place.collection) as writer:
        writer.remove(removed)
        generation = writer.publish()
    if as_json:
        click.echo(json_output.dumps({"removed": removed, "generation": generation}))
    else:
        for name in removed:
            screen.output().print(f"removed {printable_name(name)}")
