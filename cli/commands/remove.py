"""``kiroku remove``: take documents out of the index."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray

from cli.options import Place, json_option, place_options
from cli.output import json_output, screen
from cli.published_documents import Shelf, find_document, open_shelf
from index.errors import DocumentNotFoundError, EmbedderError
from index.generation.generation import folder_of, read_manifest
from index.writer import Writer
from ingest.intake.file_names import printable_name

_NO_MODEL = "no embedding model is loaded, so {count} texts were not embedded"


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
        embedder = MadeWith.of(shelf, place.data)
    with Writer.open(place.data, embedder, place.collection) as writer:
        writer.remove(removed)
        generation = writer.publish()
    if as_json:
        click.echo(json_output.dumps({"removed": removed, "generation": generation}))
    else:
        for name in removed:
            screen.output().print(f"removed {printable_name(name)}")


@dataclass(frozen=True, slots=True)
class MadeWith:
    """The embedder that an index was made with, by name only: for writing without embedding.

    Taking documents out needs no vector, so nobody has to wait for the model.
    """

    name: str
    dimension: int

    @classmethod
    def of(cls, shelf: Shelf, data: Path) -> "MadeWith":
        """Read it from the manifest of the published generation."""
        folder = folder_of(data, shelf.collection, shelf.generation)
        manifest = read_manifest(folder, outdated=True)
        return cls(manifest.embedder, manifest.dimension)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Refuse: there is no model behind it."""
        raise EmbedderError(_NO_MODEL.format(count=len(texts)))

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Refuse: there is no model behind it."""
        raise EmbedderError(_NO_MODEL.format(count=len(text)))
