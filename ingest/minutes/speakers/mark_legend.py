"""Minutes whose marks are explained once: 「（○：委員　●：会長　⇒：事務局）」.

Below such a legend a line that begins with one of its marks is a speech of whom the mark stands
for. No line names anybody.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from ingest.document.source import Line
from ingest.minutes.speakers import speakers
from ingest.minutes.speakers.dialogue import LEAST_TURNS
from ingest.minutes.speakers.opening import Opening

_SIGNS = "○◯〇●◎◉◇◆□■△▲▽▼☆★→⇒＊*・-"
_ITEMS = "・-＊*"
"""Signs that begin any item: they stand for somebody only where that is said of them."""
_SIGN = rf"[「『（(【\[]?[ \u3000]*(?P<sign>[{_SIGNS}])[ \u3000]*[」』）)】\]]?"
_WHO = (
    r"(?P<who>[^\s、。，,；;：:…・＝=（(）)「」『』【】\[\]○◯〇●◎◉◇◆□■△▲▽▼☆★→⇒]"
    r"(?:[^\s、。，,；;：:…＝=（(）)「」『』【】\[\]○◯〇●◎◉◇◆□■△▲▽▼☆★→⇒]{0,15}))"
)
_IS = r"[ \u3000]*(?:[：:＝=]|[…‥]+|・{2,}|\.{2,}|は|が|印は|-{1,2}|－)[ \u3000]*"
_SIGN_FIRST = re.compile(rf"{_SIGN}(?P<is>{_IS})?{_WHO}")
_WHO_FIRST = re.compile(rf"{_WHO}(?P<is>{_IS}){_SIGN}(?=[\s、，,；;）)】\]]|$)")
_DEED = r"(?:主な)?(?:御|ご)?(?:発言|意見|質問|質疑|回答|答弁|説明|応答|提案|感想|コメント)等?"
_WHAT = re.compile(
    rf"(?:から|より)?の?{_DEED}(?:(?:・|や|及び|と|又は)?{_DEED})*(?:を示す|とする|です)?$"
)
"""What somebody does behind a mark: 事務局の回答 is 事務局."""
_SPEECH = re.compile(rf"[ \u3000]*(?P<sign>[{_SIGNS}])[ \u3000]*(?P<speech>\S.*)$", re.DOTALL)
_SAME = str.maketrans("◯〇＊", "○○*")
_LONGEST = 100
"""Characters of a line that is a legend."""


def openings_by_legend(lines: Sequence[Line]) -> list[Opening]:
    """Return where speeches open by the marks of a legend; empty where the lines have none."""
    at, legend = _legend_in(lines)
    found = list(_openings(lines, at, legend)) if legend else []
    spoken = {opening.speaker for opening in found}
    return found if len(found) >= LEAST_TURNS and len(spoken) > 1 else []


def legend_line(lines: Sequence[Line]) -> int | None:
    """Return the line of the legend, ``None`` without one."""
    at, legend = _legend_in(lines)
    return at if legend else None


def _openings(lines: Sequence[Line], at: int, legend: Mapping[str, str]) -> Iterator[Opening]:
    for index, line in enumerate(lines[at + 1 :], start=at + 1):
        match = None if line.cells else _SPEECH.match(line.text)
        who = legend.get(_same(match["sign"])) if match else None
        if match and who:
            yield Opening(index, who, match["speech"], implied=True)


def _legend_in(lines: Sequence[Line]) -> tuple[int, Mapping[str, str]]:
    """Return the last line of the first legend, and who each of its marks stands for.

    It stands in one line, or in several that follow one another and explain a mark each.
    """
    legend: dict[str, str] = {}
    for at, line in enumerate(lines):
        found = _explained(line)
        legend = {**legend, **found} if found.keys().isdisjoint(legend) and found else found
        after = _explained(lines[at + 1]) if at + 1 < len(lines) else {}
        if len(legend) > 1 and not (after and after.keys().isdisjoint(legend)):
            return at, legend
    return 0, {}


def _explained(line: Line) -> dict[str, str]:
    """Return who the marks of a line stand for; nothing where it says anything else."""
    text = line.text.strip()
    if line.cells or len(text) > _LONGEST or "。" in text[:-1]:
        return {}
    for pattern in (_SIGN_FIRST, _WHO_FIRST):
        matches = [m for m in pattern.finditer(text) if m["is"] or m["sign"] not in _ITEMS]
        pairs = [(_same(match["sign"]), _who(match["who"])) for match in matches]
        once = len(dict(pairs)) == len(pairs)
        # a label alone on a line is no legend: the speech follows below
        alone = len(pairs) == 1 and not (matches[0]["is"] and matches[0].end() >= len(text) - 1)
        if pairs and once and not alone and all(who for _, who in pairs):
            return {sign: who for sign, who in pairs if who}
    return {}


def _who(words: str) -> str | None:
    """Return the speaker that a mark stands for, ``None`` where the words name none."""
    who = _WHAT.sub("", words) or words.partition("・")[0]
    named = speakers.has_post(who) or speakers.is_question_or_answer(who)
    return who if named and speakers.is_possible_label(who) else None


def _same(sign: str) -> str:
    return sign.translate(_SAME)
