"""The real bot on real collections, with a small embedder (``python -m`` this module).

What a test puts into its data folder with :class:`tests.index.making.CharacterEmbedder` is what it
answers from and tells of; nothing is canned.
"""

import logging
import os
import sys
from pathlib import Path

from bot.slack.answering.source import Shelf
from bot.slack.app import Beside, serve
from bot.viewer.links import links_of
from bot.viewer.metrics import Metrics
from cli.open_collections import OpenCollections
from cli.open_index import OpenIndex
from cli.options import Place
from cli.viewing import LinkedAnswerer
from index.errors import KirokuError
from index.settings import read_settings
from tests.index.making import CharacterEmbedder


class SmallCollections(OpenCollections):
    """The collections of a data folder, embedded with the small embedder."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._opened = {place.collection: OpenIndex(place, CharacterEmbedder())}


def main() -> int:
    """Serve until told to stop; say a :class:`KirokuError` in one line."""
    settings = read_settings(os.environ, Path(os.environ["KIROKU_DATA"]))
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(levelname)s %(message)s")
    opened = SmallCollections(Place(settings))
    shelf = Shelf(opened.documents, opened.ingested, opened.generations, opened.passages)
    links, metrics = links_of(settings), Metrics()
    try:
        serve(
            settings,
            lambda sees: LinkedAnswerer(opened.answerer(sees), links, metrics),
            shelf,
            Beside(metrics=metrics),
        )
    except KirokuError as error:
        print(f"error: {error}", file=sys.stderr)  # noqa: T201  what the command line does
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
