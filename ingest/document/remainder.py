"""What a parser put into no passage becomes passages: nothing that a file says is lost.

A heading with nothing below it, a division without articles, a label that no rule knows: each was
read, so each can be found.
"""

from collections.abc import Sequence
from itertools import groupby

from index.passage import Passage, PassageKind
from ingest.document.coverage import Lost, lost_lines
from ingest.document.cutting import cut
from ingest.document.source import Line


def with_remainder(lines: Sequence[Line], passages: Sequence[Passage]) -> list[Passage]:
    """Return the passages (unnumbered) with those for what is in none, where it stands."""
    lost = list(lost_lines(lines, passages))
    if not lost:
        return list(passages)
    whole: list[Passage] = []
    done = 0
    for after, run in groupby(lost, key=lambda found: found.after):
        whole += passages[done : after + 1]
        done = max(done, after + 1)
        whole += _passages(list(run))
    return [*whole, *passages[done:]]


def _passages(lost: Sequence[Lost]) -> list[Passage]:
    # under no heading: it may be one itself, and end the one above it
    return [piece.passage(PassageKind.SECTION) for piece in cut([found.line for found in lost])]
