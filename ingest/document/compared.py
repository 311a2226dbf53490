"""The heads of a 新旧対照表: which words name the old side, and which the new one."""

import re
from collections.abc import Sequence

SIDE = re.compile(
    r"(?P<side>現行|改正前|旧|改正案|改正後|新|改正|現在)"
    r"(?:条例|規則|規程|要綱)?(?:（案）|案)?(?:の条文|文)?"
)
_NEW = {"改正案", "改正後", "新", "改正"}
_BLANKS = re.compile(r"[ \u3000（()）]")
_COLUMNS = (2, 3)


def compared_sides(cells: Sequence[str]) -> tuple[str, str] | None:
    """Return the heads of the two sides, left and right (a third column is for remarks).

    ``None`` where the cells head anything else.
    """
    words = [_BLANKS.sub("", cell) for cell in cells if cell.strip()]
    matches = [SIDE.fullmatch(word) for word in words[:2]]
    if len(words) not in _COLUMNS or any(match is None for match in matches):
        return None
    left, right = (match["side"] for match in matches if match)
    return (left, right) if (left in _NEW) != (right in _NEW) else None
