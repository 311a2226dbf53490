"""Which embedder an index was made with, without loading it."""

from contextlib import closing, suppress

from index.embedding.name_only import NameOnly
from index.errors import IndexDamagedError
from index.generation.generations import generations_of
from index.passage import Collection
from index.store.store import Store
from index.where import Where


def maker_of(where: Where, collection: Collection) -> NameOnly:
    """Return it as the published generation tells, or else the store.

    Raises :class:`IndexDamagedError` where neither does.
    """
    with closing(Store.open(where)) as store:
        number = store.generation(collection)
        with suppress(IndexDamagedError):
            manifest = generations_of(store, where).manifest(collection, number, outdated=True)
            return NameOnly(manifest.embedder, manifest.dimension)
        name = store.meta(collection, "embedder")
        dimension = store.vectors.dimension(collection, name) if name else None
        if name is None or dimension is None:
            message = f"nothing tells what the index of {collection} was made with: ingest it anew"
            raise IndexDamagedError(message)
        return NameOnly(name, dimension)
