"""What the reranker is trained and measured on: documents, questions, and where their gold stands.

Beside the sets of :mod:`benchmarks.material`: training material of ``../shared/data`` (Wikipedia
paragraphs, 200 sittings, English meetings) and our own questions on it, and made-up towns. Each
source names its ``council``: what is measured on a council that nothing was trained on says most.
``KIROKU_BENCHMARKS`` is the folder of our questions and towns (default: ``benchmarks``).
"""

import itertools
import json
import os
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.fitting.reranker_exchanges import asking_sentences
from benchmarks.material import CLOSED_TOWNS, PROJECT, RESULTS, Case, all_material, words_at
from index.embedding.embedder import Embedder
from index.search.searcher import Searcher
from index.writer import Writer
from ingest.pipeline import ingest

HOME = RESULTS / "reranker"
UNTRAINED_TOWNS = CLOSED_TOWNS | {"kamihara", "shirasagi"}
"""Made-up towns that the reranker is never trained on; on these two the decision is calibrated, on
the others nothing at all is fitted (benchmarks/questions/README.md)."""
_BESIDE = Path(os.environ.get("KIROKU_BENCHMARK_DATA", PROJECT.parent / "shared" / "data"))
_OURS = Path(os.environ.get("KIROKU_BENCHMARKS", PROJECT / "benchmarks"))
_PARAGRAPH_QUESTIONS = 3000
_READY = frozenset({"samples", "shinagawa", "jaquad", "qmsum"})
"""Indexes of :mod:`benchmarks.material`: their documents do not change."""
_WITHIN = 2500
_MEETINGS = 24
_NARROW = 12
"""Turns of a gold span in English meetings: what is wider marks no passage."""
_SAYS = 60
_AROUND = 12


@dataclass(frozen=True, slots=True)
class Gold:
    """Words that answer, the document that they must stand in, and what stands around them."""

    words: str
    document: str | None
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question. ``tight`` gold marks the very words that answer, and not a whole speech."""

    id: str
    question: str
    kind: str
    gold: tuple[Gold, ...]
    closed: bool
    tight: bool = True

    @property
    def answerable(self) -> bool:
        """Whether the documents answer it."""
        return bool(self.gold)


@dataclass(frozen=True, slots=True)
class Source:
    """Questions on one folder of documents, searched in the index ``index``.

    ``alone``: the questions' own words stand in the documents (sentences of a meeting), so the
    fused score and the question beside an answer would give the answer away.
    """

    name: str
    council: str
    index: str
    documents: Path
    asked: tuple[Asked, ...]
    alone: bool = False


def sources() -> Iterator[Source]:
    """Yield the sources that are there: the sets, our questions, towns, and the wide ones."""
    for material in all_material():
        if material.name.startswith("town-"):
            continue  # read below, with what stands around their gold
        council = material.index
        asked = tuple(_of_case(case, tight="staff" in material.name) for case in material.cases)
        if council in {"samples", "jaquad"}:
            asked = tuple(_of_case(case, tight=True) for case in material.cases)
        yield Source(
            material.name, council, material.index, material.documents, asked, council == "qmsum"
        )
    yield from _towns()
    yield from _sittings()
    yield _paragraphs()
    yield _meetings()


def _of_case(case: Case, *, tight: bool) -> Asked:
    gold = tuple(Gold(words, document) for words, document in case.gold)
    return Asked(case.id, case.question, case.kind, gold, case.closed, tight)


def open_searcher(source: Source, by: Embedder) -> Searcher:
    """Open the index of a source, brought up to date (those of the sets: copied, or made once)."""
    data = HOME / "indexes" / source.index
    if source.index not in _READY or not data.is_dir():
        with Writer.open(data, by) as writer:
            ingest([source.documents], index=writer, prune=True)
    return Searcher.open(data, by)


def _read(path: Path) -> list[dict[str, object]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def _own(path: Path, documents: Path, *, closed: bool) -> Iterator[Asked]:
    """Yield questions of our own, with gold ``[file, start, end]`` or ``{"contains": …}``."""
    for number, line in enumerate(_read(path)):
        entries = line.get("gold") or []
        assert isinstance(entries, Sequence)
        gold = tuple(_gold(entry, documents) for entry in entries)
        kind = f"{line.get('kind', 'answer')}{'-en' if line.get('lang') == 'en' else ''}"
        yield Asked(
            str(line.get("id", f"{path.stem}-{number}")), str(line["question"]), kind, gold, closed
        )


def _gold(entry: Mapping[str, str] | Sequence[str | int], documents: Path) -> Gold:
    if isinstance(entry, Mapping):
        return Gold(str(entry["contains"]), entry.get("document"))
    name, start, end = str(entry[0]), int(entry[1]), int(entry[2])
    text = (documents / name).read_text(encoding="utf-8")
    around = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    return Gold(words_at(documents / name, start, end), name, *around)


def _towns() -> Iterator[Source]:
    for path in sorted((_OURS / "questions" / "towns").glob("*.jsonl")):
        documents = _OURS / "towns" / path.stem / "docs"
        if documents.is_dir() and "draft" not in path.name:
            asked = tuple(_own(path, documents, closed=path.stem in UNTRAINED_TOWNS))
            yield Source(f"town-{path.stem}", path.stem, f"town-{path.stem}", documents, asked)


def _sittings() -> Iterator[Source]:
    """Yield our questions on the 200 sittings, and exchanges of the same stretches of them.

    Only what stands within ``_WITHIN`` characters of some gold is searched, as it takes an hour to
    embed ten million characters: enough negatives of many committees.
    """
    folder = _BESIDE / "shinagawa_more" / "docs"
    paths = sorted((_OURS / "questions").glob("shinagawa-more*.jsonl"))
    lines = [line for path in paths for line in _read(path)]
    if not lines:
        return
    stretches: dict[str, tuple[int, int]] = {}
    for line in lines:
        entries = line["gold"]
        assert isinstance(entries, Sequence)
        for name, start, end in entries:
            first, last = stretches.get(name, (start, end))
            stretches[name] = min(first, start), max(last, end)
    cut = {name: _stretch(folder / name, *places) for name, places in sorted(stretches.items())}
    documents = _written("shinagawa_more", cut)
    near = {str(line["id"]): str(line["near"]) for line in lines}
    read = (one for path in paths for one in _own(path, folder, closed=False))
    ours = tuple(one for one in read if near[one.id] in cut)
    yield Source("staff-more", "shinagawa", "shinagawa_more", documents, ours)
    found = tuple(
        Asked(
            f"x-{name}-{at}", question, "exchange", _speech(answer, name), closed=False, tight=False
        )
        for name, text in cut.items()
        for at, question, answer in asking_sentences(text)
    )
    yield Source("exchanges", "shinagawa", "shinagawa_more", documents, found, alone=True)


def _stretch(path: Path, first: int, last: int) -> str:
    """Return the title and date of a sitting and its turns around some characters."""
    text = path.read_text(encoding="utf-8")
    head = "\n".join(text.splitlines()[:2])
    start = max(text.rfind("\n○", 0, max(0, first - _WITHIN)), 0)
    end = text.find("\n○", last + _WITHIN)
    return f"{head}\n{text[start : end if end >= 0 else len(text)]}"


def _speech(sentences: Sequence[str], document: str) -> tuple[Gold, ...]:
    return tuple(Gold(sentence, document) for sentence in sentences)


def _paragraphs() -> Source:
    folder = _BESIDE / "jaquad_train"
    texts = {int(str(line["id"])): line for line in _read(folder / "paragraphs.jsonl")}
    articles = sorted({str(line["article"]) for line in texts.values()})
    random.Random(7).shuffle(articles)  # noqa: S311 - as above
    of_article: dict[str, list[Asked]] = {}
    for number, line in enumerate(_read(folder / "questions.jsonl")):
        held = int(str(line["paragraph"]))
        text, start = str(texts[held]["text"]), int(str(line["start"]))
        words = str(line["answer"])
        end = start + len(words)
        around = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
        gold = (Gold(words, f"p{held}.txt", *around),)
        asked = Asked(f"jt-{number}", str(line["question"]), "paragraph", gold, closed=False)
        of_article.setdefault(str(texts[held]["article"]), []).append(asked)
    counts = itertools.accumulate(len(of_article.get(article, ())) for article in articles)
    chosen = {a for a, total in zip(articles, counts, strict=True) if total <= _PARAGRAPH_QUESTIONS}
    written = {
        f"p{number}.txt": f"{line['article']}\n\n{line['text']}"
        for number, line in texts.items()
        if str(line["article"]) in chosen
    }
    asked_of = tuple(one for article in sorted(chosen) for one in of_article.get(article, ()))
    documents = _written("jaquad_train", written)
    return Source("jaquad_train", "wikipedia", "jaquad_train", documents, asked_of)


def _meetings() -> Source:
    folder = _BESIDE / "qmsum_more"
    turns: dict[str, list[list[str]]] = {}
    for line in _read(folder / "meetings.jsonl"):
        assert isinstance(line["turns"], list)
        turns[str(line["meeting"])] = line["turns"]
    found: dict[str, list[Asked]] = {}
    for number, line in enumerate(_read(folder / "questions.jsonl")):
        meeting = str(line["meeting"])
        assert isinstance(line["spans"], list)
        spans = [(int(first), int(last)) for first, last in line["spans"]]
        if sum(last - first + 1 for first, last in spans) > _NARROW:
            continue
        said = [turns[meeting][at][1] for first, last in spans for at in range(first, last + 1)]
        gold = tuple(Gold(words, f"{meeting}.txt") for words in said if len(words) >= _SAYS)
        if gold:
            asked = Asked(
                f"qm-{number}", str(line["question"]), "meeting", gold, closed=False, tight=False
            )
            found.setdefault(meeting, []).append(asked)
    most = sorted(found, key=lambda name: -len(found[name]))[:_MEETINGS]
    texts = {
        f"{name}.txt": f"Meeting {name}\n\n"
        + "\n\n".join(f"{who}: {what}" for who, what in turns[name])
        for name in most
    }
    asked_of = tuple(one for name in most for one in found[name])
    return Source("qmsum_more", "meetings", "qmsum_more", _written("qmsum_more", texts), asked_of)


def _written(name: str, texts: Mapping[str, str]) -> Path:
    folder = HOME / "material" / name / "docs"
    folder.mkdir(parents=True, exist_ok=True)
    for file, text in texts.items():
        path = folder / file
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
    return folder
