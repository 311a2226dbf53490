"""A generation: the files built from the store that a search reads, and their manifest.

``<data>/generations/<collection>/<number>/`` holds ``dense.faiss``, three lexical indexes
(``words``, ``pairs``, ``context``), a few columns as NumPy arrays (one value a passage, in order of
position) and ``manifest.json``. All of it can be built again from the store at any time.
"""

import datetime as dt
import json
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from index.errors import IndexDamagedError, IndexOutdatedError, StorageError
from index.generation import dense
from index.generation.columns import ColumnsWriter, ContextWords
from index.generation.lexical_writer import LexicalWriter
from index.language.tokens import character_pairs
from index.passage import Collection
from index.store.store import Store

FORMAT = 10
MANIFEST = "manifest.json"
REBUILD = "`kiroku ingest --rebuild`"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation was made of. ``dimension`` is that of the vectors."""

    format: int
    collection: str
    generation: int
    embedder: str
    dimension: int
    documents: int
    passages: int
    made: str


def folder_of(data: Path, collection: Collection, generation: int) -> Path:
    """Return the folder of a generation."""
    return data / "generations" / collection / f"{generation:06d}"


def read_manifest(folder: Path, *, outdated: bool = False) -> Manifest:
    """Read the manifest; with ``outdated`` also that of another version of Kiroku.

    Raises :class:`IndexDamagedError` where it is missing or unreadable.
    """
    try:
        manifest = Manifest(**json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        message = f"the index's manifest is missing or damaged: run {REBUILD}"
        raise IndexDamagedError(message) from error
    if manifest.format != FORMAT and not outdated:
        message = f"the index was built by another version of Kiroku: run {REBUILD}"
        raise IndexOutdatedError(message)
    return manifest


def build(
    store: Store, data: Path, collection: Collection, generation: int, embedder: tuple[str, int]
) -> Manifest:
    """Build a generation beside the others and give it its name in one move.

    ``embedder`` is name and dimension. Nothing reads it until the store names it as published.
    Raises :class:`StorageError` where the disk is full; what was there before is unchanged.
    """
    final = folder_of(data, collection, generation)
    making = final.with_name(final.name + ".making")
    try:
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(parents=True)
        passages = _write_passages(store, collection, generation, making)
        dense.build(
            store.vectors.of(collection, embedder[0], generation),
            embedder[1],
            making / "dense.faiss",
        )
        manifest = Manifest(
            format=FORMAT,
            collection=collection,
            generation=generation,
            embedder=embedder[0],
            dimension=embedder[1],
            documents=len(store.documents(collection, generation)),
            passages=passages,
            made=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        )
        (making / MANIFEST).write_text(json.dumps(asdict(manifest)), encoding="utf-8")
        _put_in_place(making, final)
    except (OSError, RuntimeError) as error:  # FAISS reports a failed write as RuntimeError
        shutil.rmtree(making, ignore_errors=True)
        message = (
            "the new index could not be written: free disk space in the data folder and run the "
            "command again; the index in use is unchanged"
        )
        raise StorageError(message) from error
    return manifest


def _put_in_place(made: Path, final: Path) -> None:
    """Give the folder its name; one that has it is moved out of the way, not missed meanwhile."""
    if final.exists():
        old = final.with_name(final.name + ".old")
        shutil.rmtree(old, ignore_errors=True)
        final.rename(old)
        made.rename(final)
        shutil.rmtree(old, ignore_errors=True)
    else:
        made.rename(final)


def drop_older(data: Path, collection: Collection, keep: int) -> None:
    """Delete the folders of generations before ``keep`` and what a killed build left over."""
    for folder in folder_of(data, collection, keep).parent.iterdir():
        number, _, unfinished = folder.name.partition(".")
        if unfinished or (number.isdigit() and int(number) < keep):
            shutil.rmtree(folder, ignore_errors=True)


def _write_passages(store: Store, collection: Collection, generation: int, folder: Path) -> int:
    """Write the columns and the lexical indexes, one passage after the other."""
    documents = {d.document: d for d in store.documents(collection, generation)}
    columns, context = ColumnsWriter(documents), ContextWords()
    of_words, of_pairs, of_context = (
        LexicalWriter(folder / name) for name in ("words", "pairs", "context")
    )
    for stored in store.passages(collection, generation):
        columns.add(stored)
        of_words.add(stored.words)
        of_pairs.add(character_pairs(stored.passage.text))
        of_context.add(context.of(documents[stored.document], stored.passage))
    for writer in (of_words, of_pairs, of_context):
        writer.finish()
    return columns.finish(folder)
