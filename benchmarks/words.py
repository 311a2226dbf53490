"""How well the words are chosen within a passage: ``python -m benchmarks.words``.

``words.jsonl`` holds questions about passages of the sample council, with the sentences that answer
(``answer``) and those that may stand beside them (``may``). Shares are of sentences; *exact* is the
share of questions whose quote holds all that answers and nothing that does not belong there. Of the
closed half only totals are ever shown. Below, for every gold passage of the sets of
:mod:`benchmarks.material`: the share whose quote holds the gold words.

``--read`` lets the reranker read. ``--failures`` names what was chosen otherwise than marked in
the tuning half.
"""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median

from benchmarks.material import (
    Case,
    Material,
    all_material,
    embedder,
    reranker,
    searcher,
    squeeze,
)
from bot.answer.extraction import choose_words
from bot.question.question import Question, understand
from index.language.text import sentences
from index.passage import Document, Passage, PassageId, PassageKind
from index.reranking.passage_text import passage_text
from index.reranking.reranker import Reranker
from index.search.searcher import Searcher

MARKED = Path(__file__).with_name("words.jsonl")
_SETS = ("samples", "shinagawa", "shinagawa-staff", "jaquad")
_TOWN = "town-"

Rarity = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Marked:
    """A question, the passage that answers it, and which of its sentences do."""

    id: str
    question: Question
    passage: Passage
    answer: frozenset[str]
    may: frozenset[str]
    closed: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was shown for a marked question: its sentences and their characters."""

    marked: Marked
    shown: frozenset[str]
    characters: int

    @property
    def precision(self) -> float:
        """The share of what is shown that belongs there."""
        return len(self.shown & (self.marked.answer | self.marked.may)) / len(self.shown)

    @property
    def recall(self) -> float:
        """The share of what answers that is shown."""
        return len(self.shown & self.marked.answer) / len(self.marked.answer)

    @property
    def exact(self) -> bool:
        """Whether all that answers is shown and nothing else."""
        return self.precision == self.recall == 1


def read_marked() -> list[Marked]:
    """Return the marked questions."""
    return [_marked(json.loads(line)) for line in MARKED.read_text(encoding="utf-8").splitlines()]


def _marked(line: dict[str, object]) -> Marked:
    def listed(name: str) -> frozenset[str]:
        values = line[name]
        return frozenset(map(str, values if isinstance(values, list) else []))

    return Marked(
        id=str(line["id"]),
        question=understand(str(line["question"])),
        passage=Passage(
            PassageId(str(line["id"])), str(line["text"]), PassageKind(str(line["kind"]))
        ),
        answer=listed("answer"),
        may=listed("may"),
        closed=line["split"] == "closed",
    )


def outcomes(marked: Sequence[Marked], rarity: Rarity) -> list[Outcome]:
    """Choose the words for each marked question."""
    return [_outcome(each, rarity) for each in marked]


def _outcome(marked: Marked, rarity: Rarity) -> Outcome:
    pieces = choose_words(marked.passage, marked.question, rarity).pieces
    shown = [part.strip() for piece in pieces for part in sentences(piece) if part.strip()]
    return Outcome(marked, frozenset(shown), sum(map(len, pieces)))


def report(found: Sequence[Outcome]) -> Iterator[str]:
    """Yield the table of the marked questions."""
    yield f"{'marked':<10}{'n':>5}{'precision':>11}{'recall':>8}{'exact':>7}{'characters':>12}"
    for name, half in _halves(found, lambda each: each.marked.closed):
        values = (
            mean(each.precision for each in half),
            mean(each.recall for each in half),
            mean(each.exact for each in half),
        )
        cells = f"{values[0]:>11.3f}{values[1]:>8.3f}{values[2]:>7.3f}"
        yield f"{name:<10}{len(half):>5}{cells}{_lengths([e.characters for e in half]):>12}"


def _halves(
    found: Sequence[Outcome], closed: Callable[[Outcome], bool]
) -> Iterator[tuple[str, list[Outcome]]]:
    yield "tuning", [each for each in found if not closed(each)]
    yield "closed", [each for each in found if closed(each)]


def _lengths(characters: Sequence[int]) -> str:
    return f"{median(characters):.0f}/{max(characters)}"


def gold_report(
    material: Material, index: Searcher, read_by: Reranker | None = None
) -> Iterator[str]:
    """Yield a line a half: quotes of gold passages that hold the gold words, and their length."""
    for name, closed in (("tuning", False), ("closed", True)):
        held: list[bool] = []
        characters: list[int] = []
        for case in (each for each in material.cases if each.closed is closed):
            for passage, document, spans in gold_passages(case, index):
                text = passage_text(passage, document)
                reading = read_by.read(case.question, [text])[0] if read_by else None
                asked = understand(case.question)
                pieces = choose_words(passage, asked, index.rarity, reading).pieces
                shown = squeeze("".join(pieces))
                value = squeeze(case.value) if case.value else None
                held.append(
                    any(
                        s in shown or (value is not None and value in s and value in shown)
                        for s in spans
                    )
                )
                characters.append(sum(map(len, pieces)))
        if held:
            share = f"{mean(held):>8.3f} of {len(held):<5}"
            yield f"{material.name:<10} {name:<8}{share}{_lengths(characters):>10}"


def gold_passages(case: Case, index: Searcher) -> Iterator[tuple[Passage, Document, list[str]]]:
    """Yield each passage that holds gold words of a question, with these, squeezed."""
    for document in index.documents():
        name = document.document
        spans = [squeeze(span) for span, where in case.gold if where is None or where == name]
        for passage in index.passages(name) if spans else ():
            text = squeeze(passage.text)
            if held := [span for span in spans if span in text]:
                yield passage, document, held


def failures(found: Sequence[Outcome]) -> Iterator[str]:
    """Yield what was chosen otherwise than marked, of the tuning half only."""
    for each in found:
        if not each.exact and not each.marked.closed:
            yield f"{each.marked.id} {each.marked.question.text}"
            yield f"   marked {sorted(each.marked.answer)}"
            yield f"   shown  {sorted(each.shown)}"


def main() -> None:
    """Print the tables."""
    by = embedder()
    sets = {
        material.name: material
        for material in all_material()
        if material.name.startswith((*_SETS, _TOWN))
    }
    index = searcher(sets["samples"], by)
    found = outcomes(read_marked(), index.rarity)
    print("\n".join(report(found)))
    if "--failures" in sys.argv[1:]:
        print("\n".join(failures(found)))
    print("quotes of gold passages that hold the gold words; characters, median/most")
    read_by = reranker() if "--read" in sys.argv[1:] else None
    for material in sets.values():
        if material.name.startswith(tuple(a for a in sys.argv[1:] if a[0] != "-") or ""):
            print("\n".join(gold_report(material, searcher(material, by), read_by)))


if __name__ == "__main__":
    main()
