"""Papers that minutes name: 資料1, 資料No.2-1, 別紙, 参考資料, each once."""

import re
from collections.abc import Sequence
from itertools import pairwise

from index.language.text import fold
from index.passage import Passage, PassageKind
from ingest.document.title import one_line
from ingest.minutes.sitting.fields import Section

_GAP = "[ \u3000]*"
_D = "0-9０-９"
_NUMBER = (
    rf"[{_D}]{{1,3}}(?:{_GAP}[-－‐―–−の]{_GAP}[{_D}]{{1,3}})*(?:[（(][{_D}]{{1,2}}[)）])?|[①-⑳]"
)
_NO = rf"(?:[NnＮｎ][OoＯｏ][.．]?|№|番号)?{_GAP}"
_KIND = "(?:(?:参考|追加|補足|説明|当日|別[添紙]|机上|会議|委員会|配[布付])?資料|別[紙添冊]|参考)"
_NOT_A_PAPER = rf"(?!{_GAP}(?:ページ|[頁枚点件部つ種年月日時回人名割％%]|[.．,，、]?[{_D}]))"
_PAPER = re.compile(rf"{_KIND}{_GAP}{_NO}(?:{_NUMBER}){_NOT_A_PAPER}")
_ALONE = re.compile(r"(?:別[紙添]|(?:参考|別添|追加|当日)資料)(?=[のをにはが、。）)」『「　 ]|$)")
_LEAD = re.compile(
    r"^[ \u3000]*(?:[-・*•○◯◎◇◆□■●〇][ \u3000]*|[（(]?[0-9０-９]{1,2}[)）.．][ \u3000]*)?"
)
_NOTHING = ("なし", "無し", "別紙のとおり", "別添のとおり", "―", "-", "－")
_LONGEST = 80


def read_materials(sections: Sequence[Section], passages: Sequence[Passage]) -> tuple[str, ...]:
    """Return the papers: those listed in the head, with their titles, then others as mentioned.

    ``sections`` are those of the head. Each paper is returned once, however it is spelled.
    """
    listed = [
        line
        for section in sections
        if section.label.endswith("資料")
        for line in _entries(_value(section))
    ]
    spoken = [
        match[0]
        for passage in passages
        for match in _papers_in(passage.text, whole=passage.kind is not PassageKind.HEADER)
    ]
    found: dict[str, str] = {}
    for words in [*listed, *spoken]:
        found.setdefault(_key(words), one_line(words))
    return tuple(found.values())


def _value(section: Section) -> str:
    """Return the text of a section; a list entry ``資料２　…`` opens a section and counts whole."""
    first = _LEAD.sub("", section.lines[0].text)
    return (
        "\n".join([first, *section.value.split("\n")[1:]]) if _PAPER.match(first) else section.value
    )


def _entries(value: str) -> list[str]:
    entries: list[str] = []
    for line in value.split("\n"):
        starts = [match.start() for match in _PAPER.finditer(line)]
        apart = [start for start in starts if start == 0 or line[start - 1] in "、，・ \u3000\t"]
        cuts = [0, *[start for start in apart if start > 0], len(line)]
        parts = (line[a:b] for a, b in pairwise(cuts))
        entries.extend(_LEAD.sub("", part).strip("、， \u3000\t") for part in parts)
    return [
        entry
        for entry in entries
        if entry and len(entry) <= _LONGEST and entry.rstrip("。") not in _NOTHING
    ]


def _papers_in(text: str, *, whole: bool) -> list[re.Match[str]]:
    found = list(_PAPER.finditer(text))
    if whole:
        found += [m for m in _ALONE.finditer(text) if not _inside(m, found)]
    return sorted(found, key=lambda match: match.start())


def _inside(match: re.Match[str], others: Sequence[re.Match[str]]) -> bool:
    return any(other.start() <= match.start() < other.end() for other in others)


def _key(words: str) -> str:
    named = _PAPER.match(words) or _ALONE.match(words)
    folded = re.sub(r"\s|no\.?|番号|№", "", fold(named[0] if named else words))
    return re.sub(r"の(?=\d)", "-", folded)
