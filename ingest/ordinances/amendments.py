"""Amending clauses (改め文), and the text of the changed ordinance that they quote.

An amending ordinance says 「次の1条を加える。」 and then prints the new article. That article is
not its own: its passages get the address of the clause; the changed article is in the heading and
in the references.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from index.passage import Passage
from ingest.document.articles import (
    ARTICLE,
    BRANCHES,
    CAPTION,
    SUPPLEMENT,
    number_of,
    paragraph_number,
)
from ingest.document.characters import NUMBER
from ingest.document.source import Line
from ingest.ordinances.passages import Frame, cut_text
from ingest.references.resolve import references_to

_LAW = r"(?:条例|規則|規程|要綱|要領|訓令|内規|基準|憲章|法律|告示)"
_AMENDS = re.compile(
    rf"(?:第{NUMBER}条[ \u3000]+|[0-9０-９]{{1,2}}[ \u3000]+)?"
    rf"(?P<title>[^、。「」]{{2,100}}?)[ \u3000]*(?:[（(][^（）()]*第?{NUMBER}号?[^（）()]*[）)])?"
    r"の一部を(?:次の(?:よう|表のよう|とおり)に)?(?:改正する|改める)(?:もの)?(?:。|$)"
)
_TITLE = re.compile(
    rf"(?P<title>\S.*?{_LAW}?)等?の一部(?:を|の)?改正"
    rf"|(?P<repeals>\S.*?{_LAW})等?を廃止する"
)
_REPEALS = re.compile(
    rf"(?:次に掲げる{_LAW}|[^、。]{{2,100}}{_LAW}"
    r"[ \u3000]*(?:[（(][^（）()]*[）)])?)は、廃止する。$"
)
_TARGET = re.compile(
    rf"[ \u3000]*(?:第{NUMBER}(?:条|章|節|款|編|項|号)|題名|目次|前文|制定文|本則|附則|別[表記図紙]"
    r"|様式|見出し|同[条項号表章節]|「)"
)
_DOES = re.compile(r"(?:改め|改正す|削り?|加え|と[しす]|繰り[上下]げ|[移付][しす])る?[。、]?$")
_ADDED = re.compile(rf"次の(?:ように|(?P<count>{NUMBER})(?P<unit>条|項|号|章|節|款|編|表)を?)")
_RENEWED = re.compile(rf"第{NUMBER}条{BRANCHES}(?![第のに中])")
_RANGE = re.compile(rf"第({NUMBER})条から第({NUMBER})条まで")
_QUOTED = re.compile(r"「[^「」]*(?:「[^「」]*」[^「」]*)*」")


def amended_title(text: str) -> str | None:
    """Return the title of the ordinance that a line begins to amend, ``None`` if it amends none."""
    match = _AMENDS.match(text.strip())
    return match["title"].strip(" \u3000") if match else None


def ordinance_amended_by_title(title: str) -> str | None:
    """Return the ordinance that is amended or repealed according to a title."""
    match = _TITLE.match(title.lstrip("○◯〇◎ \u3000"))
    return (match["title"] or match["repeals"]).strip(" \u3000") if match else None


def is_repeal(text: str) -> bool:
    """Say whether a line repeals another ordinance (○○条例（…）は、廃止する。)."""
    return _REPEALS.match(text.strip()) is not None


def is_instruction(text: str) -> bool:
    """Say whether a line says what is to be changed (and is not itself new text)."""
    bare = _QUOTED.sub("「」", text.strip())
    if ARTICLE.match(bare) or not _TARGET.match(bare):
        return False
    return any(_DOES.search(part) for part in bare.split("。") if part)


@dataclass(slots=True)
class AmendingRun:
    """A run of amending clauses while it is being read.

    ``number`` is that of the amending ordinance's article (or paragraph), 0 if there is none;
    ``awaited`` is how many quoted articles the current clause still announces.
    """

    title: str
    number: int = 0
    in_paragraph: bool = False
    lines: list[Line] = field(default_factory=list)
    awaited: float = 0
    depth: int = 0
    renews_supplement: bool = False

    def owns(self, line: Line, following: Line | None) -> bool:
        """Say whether a line is part of the run: a clause or text that it quotes."""
        text = line.text.strip()
        if self.depth > 0 or line.cells:
            return True
        if SUPPLEMENT.match(text):
            return self.renews_supplement
        if CAPTION.match(text) and following is not None:
            return self._owns_opening(following.text.strip())
        return self._owns_opening(text)

    def take(self, line: Line) -> None:
        """Add a line to the run, and note what it announces."""
        text = line.text.strip()
        self.lines.append(line)
        if self.depth == 0 and is_instruction(text):
            bare = _QUOTED.sub("「」", text)
            self.awaited = _announced_articles(bare)
            self.renews_supplement = bare.startswith("附則") and "次のように" in bare
        elif ARTICLE.match(text):
            self.awaited = max(0, self.awaited - 1)
        elif SUPPLEMENT.match(text):
            self.renews_supplement = False
        self.depth = max(0, self.depth + text.count("「") - text.count("」"))

    def _owns_opening(self, text: str) -> bool:
        article = ARTICLE.match(text)
        if self.in_paragraph:
            if article or paragraph_number(text) != self.number + 1:
                return True
            return self.awaited > 0
        if article is None or not self.number:
            return True
        if amended_title(text):
            return False
        return self.awaited > 0 or number_of(article["number"]) != self.number + 1


def _announced_articles(bare: str) -> float:
    """Return how many whole articles a clause announces; infinitely many for chapters."""
    last = bare.rstrip("。").rsplit("。", 1)[-1]
    added = _ADDED.search(last)
    if added is None:
        return 0
    if added["unit"] in {"章", "節", "款", "編"}:
        return math.inf
    if added["unit"]:
        return number_of(added["count"]) if added["unit"] == "条" else 0
    span = _RANGE.search(last)
    if span:
        return number_of(span[2]) - number_of(span[1]) + 1
    return math.inf if re.search("[章節款編]を次の", last) else len(_RENEWED.findall(last))


def clause_passages(run: AmendingRun, frame: Frame) -> list[Passage]:
    """Return one passage for each clause with the text that it quotes (several if it is long).

    The heading ends in the changed title and the article as printed.
    """
    return [
        passage for clause in _clauses(run.lines) for passage in _cut_clause(clause, run, frame)
    ]


def _cut_clause(clause: Sequence[Line], run: AmendingRun, frame: Frame) -> Iterator[Passage]:
    found = references_to(_QUOTED.sub("「」", clause[0].text), run.title)
    printed = (found[0].text,) if found[0].article else ()
    framed = replace(frame, heading=(*frame.heading, run.title, *printed))
    for passage in cut_text(clause, framed):
        yield replace(passage, references=found)


def _clauses(lines: Sequence[Line]) -> list[list[Line]]:
    """Group the lines of a run: a sentence that changes something, then what it quotes."""
    groups: list[list[Line]] = []
    depth = 0
    for line in lines:
        parts = [line]
        if depth == 0 and not line.cells and is_instruction(line.text):
            parts = [replace(line, text=text) for text in _sentences(line.text)]
        for part in parts:
            if not groups or (depth == 0 and not part.cells and is_instruction(part.text)):
                groups.append([])
            groups[-1].append(part)
        depth = max(0, depth + line.text.count("「") - line.text.count("」"))
    return groups


def _sentences(text: str) -> list[str]:
    """Cut at 。 outside 「」."""
    sentences = [""]
    depth = 0
    for sign in text.strip():
        sentences[-1] += sign
        depth += (sign == "「") - (sign == "」")
        if sign == "。" and depth <= 0:
            sentences.append("")
    return [sentence for sentence in sentences if sentence.strip()]
