"""A motion and what became of it, which action minutes set line by line, as one passage.

``Motion by Hall, seconded by Ford, to …``, ``Ayes: Brown``, ``Nays: Hall``, ``Motion passed 3-1``:
apart, none of these lines says what was voted on, by whom and how.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from index.passage import Passage, PassageKind
from ingest.document.cutting import HARD_LIMIT
from ingest.minutes.english.kinds import is_clerks_line, is_narration

_MOVES = re.compile(
    r"(?:motion|amendment)\s*:|(?:a |the )?motions?\b.{0,40}?\b(?:by|to|made)\b|moved\b(?!\s*:)"
    r"|(?:[A-Z][\w.'’-]* ){1,4}moved\b",
    re.IGNORECASE,
)
_SIGNS = re.compile(r"respectfully|attest|minutes (?:taken|prepared|recorded)", re.IGNORECASE)


def with_motions_whole(passages: Sequence[Passage]) -> list[Passage]:
    """Join the lines of each motion that stand by themselves below each other."""
    whole: list[Passage] = []
    moved = False
    for passage in passages:
        moves = _MOVES.match(passage.text) is not None
        before = whole[-1] if whole else None
        if before is not None and moved and not moves and _goes_on(before, passage):
            kinds = {before.kind, passage.kind}
            whole[-1] = replace(
                before,
                text=f"{before.text}\n{passage.text}",
                kind=PassageKind.VOTE if PassageKind.VOTE in kinds else before.kind,
                last_page=passage.last_page,
            )
            continue
        whole.append(passage)
        moved = moves and passage.speaker is None
    return whole


def _goes_on(before: Passage, passage: Passage) -> bool:
    same = passage.speaker is None and passage.heading == before.heading
    clerks = is_clerks_line(passage.text) or is_narration(passage.text)
    clerks = clerks and not _SIGNS.match(passage.text)
    return same and clerks and len(before.text) + len(passage.text) < HARD_LIMIT
