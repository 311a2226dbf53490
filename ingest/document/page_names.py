"""Naming pages in a warning: ``page 3``, ``pages 2-4, 7``."""

from collections.abc import Collection, Iterable
from itertools import pairwise


def named_pages(numbers: Collection[int]) -> str:
    """Return pages as a warning names them, those in a row as one."""
    runs = ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in _runs(numbers))
    return f"page {runs}" if len(numbers) == 1 else f"pages {runs}"


def _runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    ordered = sorted(numbers)
    breaks = [0, *(at for at, (a, b) in enumerate(pairwise(ordered), 1) if b > a + 1), len(ordered)]
    return [(ordered[a], ordered[b - 1]) for a, b in pairwise(breaks)]
