"""What each rule is worth: ``python -m benchmarks.ablation [SET …] [--only NAME …]``.

Switches each rule module of question, lookup, answer and search off in turn, with the reranker on,
and prints what that does to the questions of the sets: how many more or fewer have the right
passage first, are answered with the right citation, show the words, are rightly declined. A rule
whose row holds nothing but noughts, or gains, is not worth its code.

What the reranker has read is kept, so that a run over a set that was read before takes seconds.
"""

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

import bot.answer.extraction
import bot.answer.judgement
import bot.answer.span_scoring
import bot.answerer
import bot.lookup.finder
import bot.question.filters
import bot.question.question
import bot.reply_frame
import index.search.fusion
import index.search.searcher
from benchmarks.material import Case, Material, all_material, embedder, reranker, searcher
from benchmarks.quality import line
from bot.answerer import Answerer
from bot.lookup.finder import Finder
from cli.evaluation.measures import MEASURES, Outcome, judge
from cli.evaluation.questions import read_case
from index.search.fusion import Scores
from index.search.searcher import Searcher

COUNTED = ("recall@1", "recall@10", "answered", "cited_gold", "words_shown", "declined_right")


def _nothing(*_: object, **__: object) -> tuple[()]:
    return ()


def _no(*_: object, **__: object) -> bool:
    return False


def _none(*_: object, **__: object) -> None:
    return None


def _unread(fused: Scores, best: NDArray[np.int64], *_: object) -> Scores:
    return np.asarray(fused[best], dtype=np.float32)


RULES: dict[str, tuple[Any, str, object]] = {
    "ambiguity": (bot.answerer, "choices", _nothing),
    "same speech": (bot.reply_frame, "in_order_of_speech", lambda chosen, _: list(chosen)),
    "newer": (bot.answer.judgement, "with_newer", lambda _, hits, __: list(hits)),
    "outdated": (bot.answer.judgement, "without_outdated", lambda hits, *_: tuple(hits)),
    "out of scope": (bot.answer.judgement, "find_out_of_scope", _none),
    "of another number": (bot.lookup.finder, "is_of_another", _no),
    "surer where loosened": (bot.answer.judgement, "_SURE", 0.0),
    "shown together": (bot.answer.judgement, "_ALSO_SHARE", 1.0),
    "decisions": (bot.lookup.finder, "decisions_on", _nothing),
    "post holders": (bot.lookup.finder, "post_holders", _nothing),
    "articles": (bot.lookup.finder, "look_up_article", _none),
    "parties": (bot.question.filters, "party_mentions", lambda *_: []),
    "who": (bot.question.filters, "_who", lambda _: iter(())),
    "where and when": (bot.question.filters, "_place", lambda *_: iter(())),
    "wants question": (bot.question.question, "_wants_question", _no),
    "second stage": (index.search.fusion, "second_scores", _unread),
    "courtesies": (bot.answer.span_scoring, "is_courtesy", _no),
    "courtesies cut": (bot.answer.extraction, "is_courtesy", _no),
    "conditions": (bot.answer.extraction, "is_condition", _no),
    "opening": (bot.answer.extraction._Choice, "_opening", lambda *_: set()),  # noqa: SLF001
    "following": (bot.answer.extraction._Choice, "_follows", _no),  # noqa: SLF001
}
"""The rules by name: where each is looked up, and what takes its place."""


@contextmanager
def without(name: str) -> Iterator[None]:
    """Switch a rule off."""
    holder, attribute, instead = RULES[name]
    kept = holder.__dict__[attribute]
    setattr(holder, attribute, instead)
    try:
        yield
    finally:
        setattr(holder, attribute, kept)


@dataclass(frozen=True, slots=True)
class Asked:
    """A set with its opened index."""

    material: Material
    index: Searcher

    def outcomes(self) -> list[Outcome]:
        """Ask all questions."""
        answerer, finder = Answerer(self.index), Finder(self.index)
        return [self._outcome(case, answerer, finder) for case in self.material.cases]

    def _outcome(self, case: Case, answerer: Answerer, finder: Finder) -> Outcome:
        asked = read_case(line(case, answerable=case.answerable))
        found = finder.find(case.question, before=case.before)
        reply = answerer.answer(case.question, before=case.before)
        return judge(asked, found.result.hits, reply, 0.0)


def counts(outcomes: Sequence[Outcome]) -> list[int]:
    """Return how many questions meet each of :data:`COUNTED`."""
    named = {measure.name: measure for measure in MEASURES}
    return [round(sum(named[name].values(outcomes))) for name in COUNTED]


def main() -> None:
    """Print a row a rule: what its absence adds (+) and takes (−), over all sets and set by set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", default=["samples", "town-"])
    parser.add_argument("--only", nargs="*", default=list(RULES))
    told = parser.parse_args()
    by = embedder()
    sets = [
        Asked(material, searcher(material, by, reranker()))
        for material in all_material()
        if material.name.startswith(tuple(told.sets))
    ]
    whole = [counts(each.outcomes()) for each in sets]
    print(f"| without | {' | '.join(COUNTED)} | set by set |\n|{'---|' * (len(COUNTED) + 2)}")
    print(f"| (all rules) | {' | '.join(map(str, map(sum, zip(*whole, strict=True))))} | |")
    for name in told.only:
        with without(name):
            less = [counts(each.outcomes()) for each in sets]
        print(_row(name, sets, whole, less), flush=True)


def _row(
    name: str, sets: Sequence[Asked], whole: Sequence[list[int]], less: Sequence[list[int]]
) -> str:
    changes = [
        [b - a for a, b in zip(before, after, strict=True)]
        for before, after in zip(whole, less, strict=True)
    ]
    total = [f"{sum(column):+d}" for column in zip(*changes, strict=True)]
    apart = [
        f"{each.material.name} {' '.join(f'{n:+d}' for n in change)}"
        for each, change in zip(sets, changes, strict=True)
        if any(change)
    ]
    return f"| {name} | {' | '.join(total)} | {'; '.join(apart)} |"


if __name__ == "__main__":
    main()
