"""The signs of a list of votes by member (賛否一覧): ○ for, × against, 欠 absent, and its legend.

○ and × and the first character of a word mean the same everywhere; what ●, △ or － mean, only the
legend of a list tells.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from index.record import Cast

WORDS = {
    "賛成": Cast.FOR,
    "反対": Cast.AGAINST,
    "棄権": Cast.ABSTAINED,
    "欠席": Cast.ABSENT,
    "退席": Cast.LEFT,
    "退場": Cast.LEFT,
    "除斥": Cast.EXCLUDED,
    "議長": Cast.PRESIDING,
    "委員長": Cast.PRESIDING,
}
"""What the words of a list of votes say of how a member voted."""
_SIGNS = {
    **dict.fromkeys("○◯〇", Cast.FOR),
    **dict.fromkeys("×✕✖", Cast.AGAINST),
    "賛": Cast.FOR,
    "可": Cast.FOR,
    "反": Cast.AGAINST,
    "否": Cast.AGAINST,
    "棄": Cast.ABSTAINED,
    "欠": Cast.ABSENT,
    "退": Cast.LEFT,
    "除": Cast.EXCLUDED,
    "議": Cast.PRESIDING,
    "長": Cast.PRESIDING,
    **WORDS,
}
_ENGLISH = frozenset({"yes", "aye", "yea", "no", "nay", "abstain", "abstained", "absent"})
_ONLY_BY_LEGEND = "●△▲◎□■☆★－―—ー-/／＊*"
_MARK = rf"[○◯〇×✕✖賛反可否棄欠退除議長{re.escape(_ONLY_BY_LEGEND)}]"
_WORD = "|".join(WORDS)
_LEGEND = re.compile(
    rf"[「『（(【]?(?P<mark>{_MARK})[」』）)】]?[ \u3000]*(?:印)?(?:[はが:：＝=…・]|\.{{2,}})*"
    rf"[ \u3000]*(?P<word>{_WORD})(?!討論|者|多数|少数|全員)"
    rf"|(?P<word_first>{_WORD})(?:[はがを:：＝=…・]|の者は|した者は|議員は)*[ \u3000]*"
    rf"[「『（(【]?(?P<mark_after>{_MARK})(?=印|[」』）)】、,，。 \u3000・]|で|と|$)"
)
_OF_VOTES = re.compile(r"賛否|表決|採決|議決|議案|請願|陳情|発議|意見書")
_LEAST_CAST = 3
"""Members of which a row tells how they voted; fewer signs stand in any table."""
_LEAST_EXPLAINED = 2


def is_ballot(cell: str) -> bool:
    """Tell whether a cell may say how a member voted."""
    text = cell.strip()
    return text in _SIGNS or (len(text) == 1 and text in _ONLY_BY_LEGEND)


def is_ballot_row(cells: Sequence[str]) -> bool:
    """Tell whether a row of a table tells how each member voted on a matter."""
    told = (cell.strip() for cell in cells)
    return sum(1 for cell in told if cell in _SIGNS or cell.lower() in _ENGLISH) >= _LEAST_CAST


def lists_votes(texts: Iterable[str]) -> bool:
    """Tell whether the title or the heads of a table speak of votes; ○ stands in many tables."""
    return any(_OF_VOTES.search(text) for text in texts)


def legend_in(lines: Iterable[str]) -> Mapping[str, Cast]:
    """Return what the signs of a list mean, where a line explains several.

    A sign that two lines explain differently has no meaning.
    """
    told: dict[str, set[Cast]] = {}
    for line in lines:
        pairs = [
            (match["mark"] or match["mark_after"], match["word"] or match["word_first"])
            for match in _LEGEND.finditer(line)
        ]
        if len({mark for mark, _ in pairs}) >= _LEAST_EXPLAINED:
            for mark, word in pairs:
                told.setdefault(mark, set()).add(WORDS[word])
    meanings: dict[str, Cast] = dict(_SIGNS)
    for mark, casts in told.items():
        meanings.pop(mark, None)
        if len(casts) == 1:
            meanings[mark] = next(iter(casts))
    return meanings
