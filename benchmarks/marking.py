"""Minutes marked by hand, and how far what was read of them agrees with the marks.

A mark file stands beside its document in ``tests/marked``. It says who speaks from where to where,
in which role, what kind of turn it is, which turn it answers, what was decided, and what the head
says of the sitting.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.judging import Failure, Judgement, Tally, fold, judged
from benchmarks.marked_head import head_judgements, vote_judgements
from index.passage import Document, DocumentId, Passage
from ingest.isolation.in_process import read_document

MARKED = Path(__file__).parents[1] / "tests" / "marked"
CLOSED = frozenset(path.stem for path in sorted(MARKED.glob("*.txt"))[1::2])
"""Of these only totals are looked at: what fails in them must not shape the rules."""

EDGE = 8
"""Characters at either end of a speech that must be the marked ones."""

_LEADING = re.compile(r"^[○〇◯◆◎●・\-–*\[【（(「]+")
_DIRECTION = re.compile(r"(?:〔[^〔〕]*〕|[（(][^（()）]{1,30}[)）])+$")
_NOTHING = 0
_SAME_START, _SAME_SPEAKER = 4, 1


@dataclass(frozen=True, slots=True)
class Score:
    """The tallies of one document by the name of the measure, and what failed."""

    name: str
    tallies: dict[str, Tally]
    coverage: float
    failures: tuple[Failure, ...]


@dataclass(slots=True)
class Spoken:
    """One turn as it was read: its passages put together again."""

    passages: list[Passage] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All of its words without blanks, without a stage direction at the end."""
        return _without_direction(fold("".join(passage.text for passage in self.passages)))

    @property
    def kind(self) -> str:
        """The kind that most of its words have."""
        sizes: Counter[str] = Counter()
        for passage in self.passages:
            sizes[passage.kind.value] += len(passage.text)
        return sizes.most_common(1)[0][0]


def marked_documents() -> list[Path]:
    """Return the documents that have a mark file, in the order of their names."""
    return sorted(MARKED.glob("*.txt"))


def is_closed(name: str) -> bool:
    """Tell whether a document is kept closed: every second one, so that rules stay general."""
    return name in CLOSED


def marks_of(path: Path) -> dict[str, Any]:
    """Return what is marked of a document."""
    marks: dict[str, Any] = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    return marks


def score(path: Path, marks: dict[str, Any] | None = None) -> Score:
    """Read a document and compare it with the marks: its own, or those of the same text."""
    marks = marks or marks_of(path)
    document, passages = read_document(path, DocumentId(path.name), "marked")
    tallies: dict[str, Tally] = defaultdict(Tally)
    failures = []
    for measure, right, failure in _judgements(document, passages, marks):
        tallies[measure] += Tally(int(right), 1)
        if not right:
            failures.append(failure)
    return Score(path.stem, dict(tallies), document.coverage, tuple(failures))


def _judgements(
    document: Document, passages: Sequence[Passage], marks: dict[str, Any]
) -> Iterator[Judgement]:
    read = _spoken(passages)
    pairs = aligned(marks["turns"], read)
    yield from _turns(marks["turns"], read, pairs)
    yield from _answers(marks["turns"], read, pairs)
    yield from head_judgements(document, marks)
    yield from vote_judgements(document, marks["votes"])


def _spoken(passages: Sequence[Passage]) -> list[Spoken]:
    turns: dict[int, Spoken] = {}
    for passage in passages:
        if passage.turn is not None and passage.speaker:
            turns.setdefault(passage.turn, Spoken()).passages.append(passage)
    return list(turns.values())


def aligned(marked: Sequence[dict[str, Any]], read: Sequence[Spoken]) -> dict[int, int]:
    """Return which turn that was read is which marked one, both in order (longest alignment)."""
    texts = [turn.text for turn in read]
    best = [[_NOTHING] * (len(read) + 1) for _ in range(len(marked) + 1)]
    gains = [
        [_gain(mark, turn, text) for turn, text in zip(read, texts, strict=True)] for mark in marked
    ]
    for i in reversed(range(len(marked))):
        for j in reversed(range(len(read))):
            taken = gains[i][j] + best[i + 1][j + 1] if gains[i][j] else _NOTHING
            best[i][j] = max(taken, best[i + 1][j], best[i][j + 1])
    pairs, i, j = {}, 0, 0
    while i < len(marked) and j < len(read):
        if gains[i][j] and best[i][j] == gains[i][j] + best[i + 1][j + 1]:
            pairs[i] = j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _gain(mark: dict[str, Any], turn: Spoken, text: str) -> int:
    if not text.startswith(fold(mark["starts"])[:EDGE]):
        return _NOTHING
    return _SAME_START + _SAME_SPEAKER * _same_speaker(mark, turn)


def _same_speaker(mark: dict[str, Any], turn: Spoken) -> bool:
    return _label(mark["speaker"]) == _label(turn.passages[0].speaker)


def _label(text: str | None) -> str:
    return _LEADING.sub("", fold(text)).rstrip(":)]】」")


def _without_direction(text: str) -> str:
    return _DIRECTION.sub("", text) or text


def _turns(
    marked: Sequence[dict[str, Any]], read: Sequence[Spoken], pairs: dict[int, int]
) -> Iterator[Judgement]:
    for number, mark in enumerate(marked):
        turn = read[pairs[number]] if number in pairs else None
        speaker = turn.passages[0].speaker if turn else _swallowed_by(mark, read)
        same = turn is not None and _same_speaker(mark, turn)
        yield judged("speaker", number, mark["speaker"], speaker, right=same)
        end = _without_direction(fold(mark["ends"]))[-EDGE:]
        span = turn is not None and turn.text.endswith(end)
        came = turn.text[-15:] if turn else None
        yield judged("span", number, f"{mark['starts']}…{mark['ends']}", came, right=span)
        yield judged("turn", number, mark["speaker"], speaker, right=same and span)
        role = turn.passages[0].role if turn else None
        yield judged("role", number, mark["role"], role, right=role == mark["role"])
        kind = turn.kind if turn else None
        yield judged("kind", number, mark["kind"], kind, right=kind == mark["kind"])


def _swallowed_by(mark: dict[str, Any], read: Sequence[Spoken]) -> str:
    """Say where a speech went that was not read as a turn of its own."""
    start = fold(mark["starts"])
    inside = next((turn for turn in read if start in turn.text), None)
    return f"inside the turn of {inside.passages[0].speaker}" if inside else "no turn"


def _answers(
    marked: Sequence[dict[str, Any]], read: Sequence[Spoken], pairs: dict[int, int]
) -> Iterator[Judgement]:
    turn_of = {p.passage_id: turn for turn, spoken in enumerate(read) for p in spoken.passages}
    for number, mark in enumerate(marked):
        turn = read[pairs[number]] if number in pairs else None
        joined = {turn_of.get(p.answers) for p in turn.passages if p.answers} if turn else set()
        wanted = mark["answers"]
        if wanted is None:
            if joined and mark["kind"] != "answer":
                yield judged("joins kept", number, None, sorted(map(str, joined)), right=False)
            continue
        right = wanted in pairs and pairs[wanted] in joined
        yield judged("answers", number, wanted, sorted(map(str, joined)), right=right)
        if joined:
            yield judged("joins kept", number, wanted, sorted(map(str, joined)), right=right)
