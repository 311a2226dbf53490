"""The material to measure on: folders with ``docs/`` and ``questions.jsonl``, and their indexes.

Looked for in ``../shared/data`` beside the project (or ``KIROKU_BENCHMARK_DATA``); the sample
council is always there. Every set is split in two by document: what is tuned on, and what stays
closed until the numbers are reported.

``benchmarks/questions`` holds questions of our own on two of the sets, as staff would type them:
answerable ones of every kind, and ones that come close and are not answered. For documents that are
not ours their gold is a stretch of the file (``[document, start, end]``, in characters), so that
none of its text is copied.
"""

import functools
import hashlib
import html
import json
import os
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import samples
from benchmarks.kept_readings import KeptReadings
from index.embedding.embedder import Embedder, load_embedder
from index.errors import EmbedderMismatchError
from index.passage import DocumentId, Passage
from index.reranking.embedded_reranker import HEADS, LAYERS
from index.reranking.reranker import Reranker, load_reranker
from index.search.searcher import Searcher
from index.settings import EMBEDDED
from index.writer import Writer
from ingest.pipeline import ingest

PROJECT = Path(__file__).resolve().parent.parent
RESULTS = PROJECT / "benchmarks" / "results"
OWN = PROJECT / "benchmarks" / "questions"
TOWNS = PROJECT / "benchmarks" / "towns"
CLOSED_TOWNS = frozenset({"eastmere", "hinokawa", "nanairo", "todorogi", "tsukigase"})
"""Nothing is fitted or tuned on them."""


_MARKUP = {
    ".html": re.compile(r"<[^>]+>"),
    ".md": re.compile(r"[|*]"),
    ".csv": re.compile(r"(?<=[^\d]),|,(?=[^\d])"),
}
"""What is no word of the paper: tags, pipes and stars, commas between cells."""


@dataclass(frozen=True, slots=True)
class Case:
    """A question with its gold entries, ``(span, document or None)``, and the value asked for."""

    id: str
    question: str
    gold: tuple[tuple[str, str | None], ...]
    answerable: bool
    kind: str
    closed: bool
    value: str | None = None
    before: tuple[str, ...] = ()
    language: str | None = None
    """That of the question where it is not that of the papers."""


@dataclass(frozen=True, slots=True)
class Material:
    """A named set: the folder of its documents and its questions.

    ``index`` names the index that it is asked of: sets on the same documents share one.
    """

    name: str
    documents: Path
    cases: tuple[Case, ...]
    index: str


@functools.lru_cache(maxsize=100_000)
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
    council = samples.council()
    found = [
        Material("samples", council, _cases(samples.questions(), council), "samples"),
        Material("samples-close", council, _cases(OWN / "samples.jsonl", council), "samples"),
        Material("samples-short", council, _cases(OWN / "samples-short.jsonl", council), "samples"),
    ]
    for name in ("shinagawa", "jaquad", "qmsum"):
        folder, questions = beside / name / "docs", beside / name / "questions.jsonl"
        if questions.is_file():
            found.append(Material(name, folder, _cases(questions, folder), name))
            own = OWN / f"{name}.jsonl"
            if own.is_file():
                found.append(Material(f"{name}-staff", folder, _cases(own, folder), name))
    for town in sorted(path.name for path in TOWNS.iterdir() if (path / "docs").is_dir()):
        questions = OWN / "towns" / f"{town}.jsonl"
        if questions.is_file():
            folder = TOWNS / town / "docs"
            cases = [
                replace(case, closed=town in CLOSED_TOWNS) for case in _cases(questions, folder)
            ]
            alone = tuple(case for case in cases if not case.before)
            found.append(Material(f"town-{town}", folder, alone, f"town-{town}"))
            leaning = tuple(case for case in cases if case.before)
            found.append(Material(f"town-{town}-follow-up", folder, leaning, f"town-{town}"))
    return found


def standing_alone() -> list[Material]:
    """Return the sets whose questions lean on no other: what is fitted on."""
    return [material for material in all_material() if not material.name.endswith("-follow-up")]


def embedder() -> Embedder:
    """Return the embedded default embedder, unpacked beside the results."""
    return load_embedder(EMBEDDED, RESULTS / "models")


@functools.cache
def reranker() -> Reranker | None:
    """Return the reranker that ships, if any; what it has read is kept for the next run."""
    loaded = load_reranker(EMBEDDED, RESULTS / "models")
    shipped = [PROJECT / "index" / "reranking" / name for name in (LAYERS, HEADS)]
    return loaded and KeptReadings(loaded, shipped, RESULTS / "readings")


def searcher(material: Material, by: Embedder, read_by: Reranker | None = None) -> Searcher:
    """Return a searcher over the set, ingested where it is new or changed."""
    data = RESULTS / "indexes" / material.index
    try:
        Writer.open(data, by).close()
    except EmbedderMismatchError:  # by an earlier version: cheaper than to read all files again
        with Writer.open(data, by, rebuild=True) as writer:
            writer.rebuild()
    with Writer.open(data, by) as writer:
        ingest([material.documents], index=writer)
    return Searcher.open(data, by, reranker=read_by)


def _cases(path: Path, documents: Path) -> tuple[Case, ...]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(_case(json.loads(line), documents) for line in lines if line.strip())


def _case(line: dict[str, object], documents: Path) -> Case:
    entries = line["gold"]
    spans = tuple(_span(g, documents) for g in entries) if isinstance(entries, Sequence) else ()
    before = line.get("before", [])
    named = str(spans[0][1]) if spans else str(line.get("near") or line["id"])
    drawn = hashlib.sha256(named.encode()).digest()[0] % 2 == 1
    return Case(
        id=str(line["id"]),
        question=str(line["question"]),
        gold=spans,
        answerable=bool(line["answerable"]),
        kind=str(line.get("kind", "answer")),
        closed=line["split"] == "closed" if "split" in line else drawn,
        value=None if line.get("value") is None else str(line["value"]),
        before=tuple(map(str, before)) if isinstance(before, list) else (),
        language=None if line.get("lang") is None else str(line["lang"]),
    )


def _span(
    entry: Mapping[str, str] | Sequence[str | int], documents: Path
) -> tuple[str, str | None]:
    """Return the words and the document of a gold entry, read from its stretch of the file."""
    if isinstance(entry, Mapping):
        return str(entry["contains"]), entry.get("document")
    name, start, end = str(entry[0]), int(entry[1]), int(entry[2])
    return words_at(documents / name, start, end), name


def words_at(path: Path, start: int, end: int) -> str:
    """Return the words of a stretch of a file, without markup."""
    words = _text(path)[start:end]
    markup = _MARKUP.get(path.suffix)
    return html.unescape(markup.sub(" ", words)) if markup else words


@functools.cache
def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
