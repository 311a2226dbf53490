"""The material to measure on: folders with ``docs/`` and ``questions.jsonl``, and their indexes.

Looked for in ``../shared/data`` beside the project (or ``KIROKU_BENCHMARK_DATA``); the sample
council is always there. Every set is split in two by document: what is tuned on, and what stays
closed until the numbers are reported.
"""

import hashlib
import json
import os
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import samples
from index.embedding import Embedder, load_embedder
from index.errors import EmbedderMismatchError
from index.passage import DocumentId, Passage
from index.searching import Searcher
from index.settings import EMBEDDED
from index.writing import Writer
from ingest.pipeline import ingest

PROJECT = Path(__file__).resolve().parent.parent
RESULTS = PROJECT / "benchmarks" / "results"


@dataclass(frozen=True, slots=True)
class Case:
    """A question with its gold entries, ``(span, document or None)``."""

    id: str
    question: str
    gold: tuple[tuple[str, str | None], ...]
    answerable: bool
    kind: str
    closed: bool


@dataclass(frozen=True, slots=True)
class Material:
    """A named set: the folder of its documents and its questions."""

    name: str
    documents: Path
    cases: tuple[Case, ...]


def squeeze(text: str) -> str:
    """Return a text under NFKC without white space, as gold spans are compared."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def meets(case: Case, passage: Passage, document: DocumentId) -> bool:
    """Tell whether a passage holds one of the gold spans of a question."""
    text = squeeze(passage.text)
    return any(
        squeeze(span) in text and (name is None or name == document) for span, name in case.gold
    )


def all_material() -> list[Material]:
    """Return the sets that are there: the sample council first."""
    beside = Path(os.environ.get("KIROKU_BENCHMARK_DATA", PROJECT.parent / "shared" / "data"))
    found = [Material("samples", samples.council(), _cases(samples.questions()))]
    found.extend(
        Material(name, beside / name / "docs", _cases(beside / name / "questions.jsonl"))
        for name in ("shinagawa", "jaquad", "qmsum")
        if (beside / name / "questions.jsonl").is_file()
    )
    return found


def embedder() -> Embedder:
    """Return the embedded default embedder, unpacked beside the results."""
    return load_embedder(EMBEDDED, RESULTS / "models")


def searcher(material: Material, by: Embedder) -> Searcher:
    """Return a searcher over the set, ingested where it is new or changed."""
    data = RESULTS / "indexes" / material.name
    try:
        Writer.open(data, by).close()
    except EmbedderMismatchError:  # by an earlier version: cheaper than to read all files again
        with Writer.open(data, by, rebuild=True) as writer:
            writer.rebuild()
    with Writer.open(data, by) as writer:
        ingest([material.documents], index=writer)
    return Searcher.open(data, by)


def _cases(path: Path) -> tuple[Case, ...]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(_case(json.loads(line)) for line in lines if line.strip())


def _case(line: dict[str, object]) -> Case:
    entries = line["gold"]
    gold = entries if isinstance(entries, Sequence) else ()
    spans = tuple((str(g["contains"]), g.get("document")) for g in gold)
    named = str(spans[0][1]) if spans else str(line["id"])
    drawn = hashlib.sha256(named.encode()).digest()[0] % 2 == 1
    return Case(
        id=str(line["id"]),
        question=str(line["question"]),
        gold=spans,
        answerable=bool(line["answerable"]),
        kind=str(line.get("kind", "answer")),
        closed=line["split"] == "closed" if "split" in line else drawn,
    )
