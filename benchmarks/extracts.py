"""How well articles are found in extracts of laws: ``python -m benchmarks.extracts``.

Each article of the made-up towns' ordinances becomes a file of its own, as a town keeps the
articles that it needs: two of three under the law's title, one with nothing above the article.
Asked for are every second article by its address, and what the towns' questions ask of these
ordinances (``by-address`` where they name an article). Printed by kind, with the reranker and by
plain search alone: the share with the right extract first and among ten, answered, cited right.
"""

import contextlib
import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.material import (
    RESULTS,
    Case,
    Material,
    embedder,
    meets,
    reranker,
    searcher,
    squeeze,
    standing_alone,
)
from bot.answer.answer import Answer
from bot.answerer import Answerer
from bot.lookup.finder import Finder
from index.search.searcher import Searcher
from ingest.document.articles import ARTICLE, SUPPLEMENT, is_caption

_LAW = re.compile(r"(?:条例|規則|要綱|規程)(?:[（(].*[）)])?$")
_NUMBER = re.compile(r"[（(].*[）)]$")
_ASKED = ("{law}{article}は何を定めているか", "{law}の{article}", "{article}（{law}）の内容は？")
_LONGEST_TITLE = 40
_TOLD = 30
"""Characters of an article's beginning by which its passage is known."""
_LEAST_ARTICLES = 5


@dataclass(frozen=True, slots=True)
class _Extract:
    law: str
    article: str
    text: str

    @property
    def file(self) -> str:
        return f"{self.law}_{self.article}.txt"


def _extracts(paper: str) -> list[_Extract]:
    lines = paper.splitlines()
    title = next(
        (line.strip() for line in lines if _LAW.search(line) and len(line) < _LONGEST_TITLE), None
    )
    if title is None:
        return []
    law = _NUMBER.sub("", title).lstrip("○〇●")
    ends = (at for at, line in enumerate(lines) if SUPPLEMENT.match(line))
    last = next(ends, len(lines))
    begins = [at for at, line in enumerate(lines[:last]) if ARTICLE.match(line)]
    starts = [at - (at > 0 and is_caption(lines[at - 1])) for at in begins] + [last]
    found = []
    for begin, (start, end) in zip(begins, itertools.pairwise(starts), strict=True):
        match = ARTICLE.match(lines[begin])
        number = unicodedata.normalize("NFKC", match[0].split("（")[0].strip()) if match else ""
        found.append(_Extract(law, number, "\n".join(lines[start:end]).strip()))
    return found if len(found) >= _LEAST_ARTICLES else []


def _material(folder: Path) -> Material:
    cases: list[Case] = []
    seen: set[str] = set()
    number = itertools.count()
    for town in standing_alone():
        for path in sorted(town.documents.glob("*.txt")) if town.index.startswith("town-") else ():
            extracts = _extracts(path.read_text(encoding="utf-8"))
            if not extracts or extracts[0].law in seen:  # of two texts of a law the first
                continue
            seen.add(extracts[0].law)
            for extract in extracts:
                at = next(number)
                head = f"{extract.law}（抜粋）\n\n" if at % 3 else ""
                (folder / extract.file).write_text(head + extract.text, encoding="utf-8")
                if at % 2:
                    cases.append(_by_address(extract, at))
            cases += _of_town(town, path.name, extracts)
    return Material("extracts", folder, tuple(cases), "extracts")


def _by_address(extract: _Extract, at: int) -> Case:
    begun = extract.text[extract.text.index(extract.article[:1]) :] if extract.article else ""
    text = squeeze(begun)[len(squeeze(extract.article)) :]
    question = _ASKED[at % 3].format(law=extract.law, article=extract.article)
    return _case(f"address-{at}", question, "address", [(text[:_TOLD], extract.file)])


def _of_town(town: Material, paper: str, extracts: Sequence[_Extract]) -> Iterator[Case]:
    for case in town.cases:
        if not case.gold or any(name != paper for _, name in case.gold):
            continue
        gold = [
            (span, extract.file)
            for span, _ in case.gold
            for extract in extracts
            if squeeze(span) in squeeze(extract.text)
        ]
        if gold:
            kind = "by-address" if re.search(r"\d条", squeeze(case.question)) else "by-matter"
            yield _case(case.id, case.question, kind, gold)


def _case(name: str, question: str, kind: str, gold: Sequence[tuple[str, str]]) -> Case:
    return Case(name, question, tuple(gold), answerable=True, kind=kind, closed=True)


def main() -> None:
    """Print the table."""
    folder = RESULTS / "extracts"
    folder.mkdir(parents=True, exist_ok=True)
    material, by = _material(folder), embedder()
    print("| | kind | questions | R@1 | R@10 | answered | cited right |")
    print("|---|---|---|---|---|---|---|")
    for label, read_by in (("as it is", reranker()), ("no reranker", None)):
        with contextlib.closing(searcher(material, by, read_by)) as over:
            for kind in ("address", "by-address", "by-matter"):
                cases = [case for case in material.cases if case.kind == kind]
                print(f"| {label} | {kind} | {len(cases)} | {_figures(over, cases)} |", flush=True)


def _figures(over: Searcher, cases: Sequence[Case]) -> str:
    finder, answerer, sums = Finder(over), Answerer(over), [0, 0, 0, 0]
    for case in cases:
        hits = finder.find(case.question).result.hits
        right = [meets(case, hit.passage, hit.document.document) for hit in hits]
        reply = answerer.answer(case.question)
        cited = isinstance(reply, Answer) and any(
            meets(case, one.hit.passage, one.hit.document.document) for one in reply.citations
        )
        met = (right[:1] == [True], any(right), isinstance(reply, Answer), cited)
        sums = [total + one for total, one in zip(sums, met, strict=True)]
    return " | ".join(f"{100 * each / max(1, len(cases)):.1f}" for each in sums)


if __name__ == "__main__":
    main()
