"""Groups to train and measure on: ``python -m benchmarks.fitting.reranker_groups [SOURCE …]``.

A group is a question with the fused best passages of Kiroku's own search, their fused scores, which
of them answer and where in them the answer stands. Written below ``benchmarks/results/reranker``:
``groups/<source>.jsonl``, and ``passages/<source>.jsonl`` with what the reranker reads of each
passage: ``head`` (title, date, headings, article, speaker), ``asked`` (the words that it answers)
and ``words``, its text, which offsets count in.

A candidate is ``[passage, fused score, mark, spans]``; the marks are those of :class:`Mark`. The
confidence of the decider that ships stands beside (``confidence``, ``answered``, ``cited``), for
comparison. A group of an unanswerable question has no candidate that is ``RIGHT``.
"""

import json
import random
import sys
import time
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from enum import IntEnum
from typing import Any

from benchmarks.fitting.reranker_altered import Names, altered
from benchmarks.fitting.reranker_material import HOME, Asked, Gold, Source, open_searcher, sources
from benchmarks.material import embedder, squeeze
from bot.answer.answer import Answer
from bot.answerer import Answerer
from bot.lookup.finder import Finder
from index.passage import Document, DocumentId, Passage, PassageKind
from index.reranking.passage_text import passage_text
from index.search.query import Query
from index.search.searcher import Searcher

DEEP = 24
_MEASURED = {"jaquad": 130, "shinagawa": 80}
"""Questions a half of the sets that are only measured: they are wide and answered well."""
_TELLS = ("samples", "shinagawa-staff", "town-", "staff-more")
"""Begin the names of sources for which the shipped decider is asked, too."""
_PLAIN = frozenset({"jaquad_train", "qmsum_more"})
"""Sources whose questions name no meeting or speaker: they are searched for as they stand."""
_RUN, _PARTLY = 8, 0.3
_LEAST = 12
Span = tuple[int, int]


class Mark(IntEnum):
    """What a candidate is: ``PARTLY`` holds some of the gold and is left out of training."""

    WRONG = 0
    RIGHT = 1
    PARTLY = 2
    ADDED = 3
    """Right, but not among the fused best: read in training only."""


@dataclass(slots=True)
class Miner:
    """Makes the groups of one source and keeps the passages that they name."""

    source: Source
    by: Searcher
    names: Names
    passages: dict[str, dict[str, str]] = field(default_factory=dict)
    held: dict[str, list[Passage]] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Note the documents."""
        self.documents = {str(each.document): each for each in self.by.documents()}

    def group(self, asked: Asked) -> dict[str, Any]:
        """Return one group."""
        looked_up, found = self._found(asked)
        rows = [self._row(asked, passage, document, score) for passage, document, score in found]
        seen = {row[0] for row in rows}
        lowest = min((row[1] for row in rows), default=0.0)
        if not any(row[2] == Mark.RIGHT for row in rows):
            for passage, document in self._gold_passages(asked):
                row = self._row(asked, passage, document, lowest)
                if row[2] == Mark.RIGHT and row[0] not in seen:
                    rows.append([row[0], lowest, int(Mark.ADDED), row[3]])
                    break
        return {
            "id": asked.id,
            "source": self.source.name,
            "council": self.source.council,
            "kind": asked.kind,
            "question": asked.question,
            "answerable": asked.answerable,
            "closed": asked.closed,
            "tight": asked.tight,
            "alone": self.source.alone,
            "looked_up": looked_up,
            "candidates": rows,
            "altered": self._altered(asked, rows),
            **self._told(asked),
        }

    def _found(self, asked: Asked) -> tuple[bool, list[tuple[Passage, Document, float]]]:
        if self.source.alone:
            result = self.by.search(Query(asked.question), 3 * DEEP)
            itself = squeeze(asked.question)
            hits = [
                hit
                for hit in result.hits
                if hit.passage.kind is not PassageKind.QUESTION
                and itself not in squeeze(hit.passage.text)
            ]
            return False, [(hit.passage, hit.document, hit.score) for hit in hits[:DEEP]]
        if self.source.name in _PLAIN:
            hits = list(self.by.search(Query(asked.question), DEEP).hits)
            return False, [(hit.passage, hit.document, hit.score) for hit in hits]
        found = Finder(self.by).find(asked.question, limit=DEEP)
        hits = list(found.result.hits)
        looked_up = found.lookup is not None or bool(found.told)
        return looked_up, [(hit.passage, hit.document, hit.score) for hit in hits]

    def _row(self, asked: Asked, passage: Passage, document: Document, score: float) -> list[Any]:
        key = str(passage.passage_id)
        if key not in self.passages:
            self.passages[key] = reads(passage, document)
        spans, partly = spans_in(passage.text, asked.gold, document.document)
        mark = Mark.RIGHT if spans else Mark.PARTLY if partly else Mark.WRONG
        return [key, round(score, 3), int(mark), spans]

    def _gold_passages(self, asked: Asked) -> Iterator[tuple[Passage, Document]]:
        for name in dict.fromkeys(gold.document for gold in asked.gold if gold.document):
            if name not in self.held:
                self.held[name] = self.by.passages(DocumentId(name))
            document = self.documents.get(name)
            yield from ((passage, document) for passage in self.held[name] if document)

    def _altered(self, asked: Asked, rows: Sequence[list[Any]]) -> list[Any]:
        right = next((row for row in rows if row[2] == Mark.RIGHT), None)
        if right is None or self.source.alone:
            return []
        draw = random.Random(asked.id)  # noqa: S311 - the same each time
        changed = altered(asked.question, self.passages[right[0]], self.names, draw)
        if changed is None:
            return []
        key = f"{right[0]}-{asked.id}"
        self.passages[key] = changed
        return [[key, right[1], int(Mark.WRONG), []]]

    def _told(self, asked: Asked) -> dict[str, Any]:
        if self.source.alone or not self.source.name.startswith(_TELLS):
            return {}
        reply = Answerer(self.by).answer(asked.question)
        cited = isinstance(reply, Answer) and any(
            spans_in(c.hit.passage.text, asked.gold, c.hit.document.document)[0]
            for c in reply.citations
        )
        answered = isinstance(reply, Answer)
        return {"confidence": reply.confidence, "answered": answered, "cited": cited}


def reads(passage: Passage, document: Document) -> dict[str, str]:
    """Return what the reranker reads of a passage."""
    return asdict(passage_text(passage, document))


def spans_in(text: str, golds: Sequence[Gold], document: str | None) -> tuple[list[Span], bool]:
    """Return where in a passage's text gold stands, and whether some of it does at least."""
    found: list[Span] = []
    partly = False
    told = [gold for gold in golds if gold.document is None or gold.document == document]
    if not told:
        return [], False
    signs, places = _squeezed(text)
    for gold in told:
        words = squeeze(gold.words)
        at = _best_place(signs, words, squeeze(gold.before), squeeze(gold.after))
        if at is not None:
            found.append((places[at], places[at + len(words) - 1] + 1))
        elif len(words) >= _LEAST:
            runs = {words[i : i + _RUN] for i in range(len(words) - _RUN + 1)}
            share = sum(run in signs for run in runs) / len(runs)
            partly |= share >= _PARTLY or (len(signs) >= _LEAST and signs in words)
    return found, partly


def _squeezed(text: str) -> tuple[str, list[int]]:
    """Return the text as gold is compared, and the place of each of its signs in the text."""
    signs, places = [], []
    for at, sign in enumerate(text):
        for each in unicodedata.normalize("NFKC", sign):
            if not each.isspace():
                signs.append(each)
                places.append(at)
    return "".join(signs), places


def _best_place(signs: str, words: str, before: str, after: str) -> int | None:
    """Return where the words stand, of several places the one with the most of what is around."""
    if not words:
        return None
    found, at = [], signs.find(words)
    while at >= 0:
        held = _common(signs[:at][::-1], before[::-1]) + _common(signs[at + len(words) :], after)
        found.append((-held, at))
        at = signs.find(words, at + 1)
    return min(found)[1] if found else None


def _common(left: str, right: str) -> int:
    return next(
        (i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), len(right)
    )


def mine(source: Source, by: Searcher) -> tuple[list[dict[str, Any]], dict[str, dict[str, str]]]:
    """Return the groups of a source and its passages."""
    asked = list(source.asked)
    if source.name in _MEASURED:
        random.Random(3).shuffle(asked)  # noqa: S311 - a fixed sample
        halves = ([one for one in asked if one.closed is closed] for closed in (False, True))
        asked = [one for half in halves for one in half[: _MEASURED[source.name]]]
    names = Names()
    names.gather(one.question for one in source.asked)
    miner = Miner(source, by, names)
    return [miner.group(one) for one in asked], miner.passages


def main() -> None:
    """Write the groups of the named sources (all without a name), where they are new or changed."""
    wanted = sys.argv[1:]
    with_model = embedder()
    for source in sources():
        if (wanted and not source.name.startswith(tuple(wanted))) or not source.asked:
            continue
        started = time.monotonic()
        by = open_searcher(source, with_model)
        groups, passages = mine(source, by)
        by.close()
        lines = [{"key": key, **parts} for key, parts in passages.items()]
        for kind, found in (("passages", lines), ("groups", groups)):
            path = HOME / kind / f"{source.name}.jsonl"
            path.parent.mkdir(parents=True, exist_ok=True)
            text = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in found)
            path.with_suffix(".new").write_text(text, encoding="utf-8")
            path.with_suffix(".new").replace(path)
        marks = [{row[2] for row in group["candidates"]} for group in groups]
        held = sum(Mark.RIGHT in each for each in marks)
        added = sum(Mark.ADDED in each for each in marks)
        changed = sum(bool(group["altered"]) for group in groups)
        took = time.monotonic() - started
        print(
            f"{source.name:18} {len(groups):5} groups, {held} with the gold among {DEEP}, {added} "
            f"added, {changed} altered, {len(lines)} passages, {took:.0f} s",
            flush=True,
        )


if __name__ == "__main__":
    main()
