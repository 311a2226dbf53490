"""How much of made-up papers is in passages, and how many rows of their tables stand whole.

``python -m benchmarks.papers.measure [--seeds 2] [--keep FOLDER] [--show]``
"""

import argparse
import json
import re
import tempfile
import time
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median

from benchmarks.papers import budgets, hard, tables, texts
from benchmarks.papers.drawing import Paper, Row
from index.passage import Document, DocumentId, Passage
from ingest.readers.pdf.reader import PdfFileReader
from ingest.understand import understand

KINDS: tuple[Callable[[Paper, Random], None], ...] = (
    texts.bills,
    texts.reasons,
    texts.bill_book,
    texts.contents,
    texts.goals,
    texts.circled,
    texts.plan,
    texts.two_columns,
    texts.agenda,
    texts.form,
    texts.minutes,
    texts.slides,
    tables.ruled,
    tables.jumbled,
    tables.open_sides,
    tables.rows_only,
    tables.aligned,
    tables.aligned_jumbled,
    tables.projects,
    tables.merged,
    tables.schedule,
    tables.shaded,
    tables.same_as_above,
    tables.beside,
    tables.wide_table,
    budgets.tree,
    budgets.explained,
    budgets.explained_jumbled,
    budgets.revenue,
    hard.boxed,
    hard.turned,
    hard.sources,
    hard.centred,
    hard.wrapped_notes,
    hard.headed_notes,
    hard.gaps,
)
_WIDE = {"slides", "wide_table"}
_LEAST = 0.98


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one paper. ``pages``: the share of each page's characters in passages."""

    name: str
    pages: tuple[float, ...]
    share: float
    rows: int
    whole: int
    headed: int
    told: float
    warned: tuple[str, ...]
    seconds: float
    lost: tuple[str, ...]


def draw(kind: Callable[[Paper, Random], None], seed: int, folder: Path) -> Paper:
    """Draw one paper."""
    name = kind.__name__
    paper = Paper(folder / f"{name}_{seed}.pdf", "gothic" if seed % 2 else "mincho", name in _WIDE)
    kind(paper, Random(f"{name} {seed}"))  # noqa: S311 (it draws papers)
    return paper.save()


def read(path: Path) -> tuple[Document, tuple[Passage, ...], float]:
    """Read a paper as an ingest does; with the seconds that it took."""
    began = time.perf_counter()
    document, passages = understand(PdfFileReader().read(path), DocumentId(path.name), "0" * 64)
    return document, passages, time.perf_counter() - began


def letters(text: str) -> str:
    """Return a text without blanks and without the width of its characters."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def measure(paper: Paper) -> Result:
    """Read a paper and compare it with what was drawn."""
    document, passages, seconds = read(paper.path)
    held = letters("\n".join("\n".join((*p.heading, p.speaker or "", p.text)) for p in passages))
    lost: list[str] = []
    shares: list[float] = []
    found = total = 0
    for lines in paper.lines.values():
        here = [(len(letters(line)), _is_held(letters(line), held)) for line in lines]
        lost += [line for line, (_, there) in zip(lines, here, strict=True) if not there]
        kept, size = sum(n for n, there in here if there), sum(n for n, _ in here)
        shares.append(kept / size if size else 1.0)
        found, total = found + kept, total + size
    whole = [row for row in paper.rows if _home(row, passages)]
    headed = sum(_is_headed(row, _home(row, passages)) for row in whole)
    lost += [" | ".join(row.cells) for row in paper.rows if row not in whole]
    return Result(
        paper.path.stem,
        tuple(shares),
        found / total,
        len(paper.rows),
        len(whole),
        headed,
        document.coverage,
        document.warnings,
        seconds,
        tuple(lost),
    )


def _is_held(line: str, held: str) -> bool:
    """Say whether a line is held, whole or in two parts: the mark of a speech is taken off it."""
    return line in held or any(
        line[:at].strip("◆◎○（）()君") in held and line[at:] in held for at in range(1, len(line))
    )


def _home(row: Row, passages: Sequence[Passage]) -> Passage | None:
    """Return the passage with a line that has the row's cells in order, and nothing between."""
    wanted = letters("".join(row.cells))
    for passage in passages:
        if any(wanted in letters(line) for line in passage.text.split("\n")):
            return passage
    return None


def _is_headed(row: Row, home: Passage | None) -> bool:
    """Say whether what stands above the row, and its columns' names, are in its passage."""
    held = letters("".join((*home.heading, home.text))) if home else ""
    return all(letters(word) in held for word in (*row.path, *row.heads))


def main() -> None:
    """Draw, read, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--only", default="")
    parser.add_argument("--show", action="store_true", help="print what was lost")
    parser.add_argument("--keep", type=Path, help="a folder for the papers")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = options.keep or Path(made)
        folder.mkdir(exist_ok=True, parents=True)
        results = [
            measure(draw(kind, seed, folder))
            for kind in KINDS
            for seed in range(options.seeds)
            if re.fullmatch(options.only or ".*", kind.__name__)
        ]
    for result in results:
        _print(result, show=options.show)
    _summary(results)
    if options.json:
        rows = [
            {"name": r.name, "share": r.share, "rows": r.rows, "whole": r.whole} for r in results
        ]
        options.json.write_text(json.dumps(rows, indent=1), encoding="utf-8")


def _print(result: Result, *, show: bool) -> None:
    least = min(result.pages)
    print(
        f"{result.name:22} text {result.share:.3f} (page {least:.3f}) said {result.told:.3f}"
        f"  rows {result.whole:3}/{result.rows:3} headed {result.headed:3}"
        f"  {result.seconds:5.2f} s  {'; '.join(result.warned)}"
    )
    for text in result.lost[: 12 if show else 0]:
        print("      ", text)


def _summary(results: Sequence[Result]) -> None:
    shares = [result.share for result in results]
    rows, whole = sum(r.rows for r in results), sum(r.whole for r in results)
    silent = [r.name for r in results if min(r.pages) < _LEAST - 0.01 and not r.warned]
    print(f"{len(results)} papers: median {median(shares):.4f}, least {min(shares):.3f}")
    print(f"under .97 on some page and silent: {len(silent)} {silent}")
    headed = sum(r.headed for r in results)
    print(f"rows whole and in order: {whole}/{rows} = {whole / max(rows, 1):.3f}, headed {headed}")


if __name__ == "__main__":
    main()
