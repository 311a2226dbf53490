"""Mending what can be made again from what is held."""

from collections.abc import Callable, Sequence

from index.embedding.embedder import Embedder
from index.upkeep.maker import maker_of
from index.upkeep.verification import Fault, Part
from index.where import Where
from index.writer import Writer


def repair(where: Where, faults: Sequence[Fault], embedder: Callable[[], Embedder]) -> None:
    """Mend the faults that can be mended; what is left, verifying once more tells.

    Files of a search are built anew from the store. Vectors that are missing or changed are made
    again, for which ``embedder`` loads the model. Of documents whose words have changed the files
    are read again by the next ingest. Raises :class:`IndexBusyError` while an ingest is running,
    and :class:`IndexDamagedError` where nothing tells what the index was made with.
    """
    for collection in sorted({fault.collection for fault in faults if fault.collection}):
        of_it = [fault for fault in faults if fault.collection == collection]
        parts = {fault.part for fault in of_it}
        by = embedder() if Part.VECTORS in parts else maker_of(where, collection)
        with Writer.open(where, by, collection) as writer:
            writer.distrust([fault.document for fault in of_it if fault.document])
            if Part.VECTORS in parts:
                writer.embed_again()
            elif Part.SEARCH in parts:
                writer.renew()
