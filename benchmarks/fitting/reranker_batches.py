"""From groups on the disk to batches of pairs: reading, tokens, what is drawn at each step.

A step's groups depend on the seed and on its number alone, so that training that was stopped goes
on as it would have. Pairs of a step are sorted by length and cut into parts: little is filled up.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from benchmarks.fitting.reranker_groups import Mark

BEGIN, PAD, END = 0, 1, 2
_MOST_QUESTION, _MOST_HEAD, _MOST_ASKED = 64, 36, 48
_HARD = 6
"""Wrong passages of the fused order that are drawn before others."""
_NEAREST = 3
_ALTERED, _ROOM_BEFORE = 0.5, 0.5
_SPECIAL = re.compile(r"<(?:/?s|pad|unk|mask)>")
Ids = list[int]


@dataclass(slots=True)
class Groups:
    """The groups of some sources with the passages that they name."""

    groups: list[dict[str, Any]] = field(default_factory=list)
    passages: dict[str, dict[str, str]] = field(default_factory=dict)

    def read(self, home: Path, source: str) -> None:
        """Add the groups of one source."""
        for line in (home / "passages" / f"{source}.jsonl").open(encoding="utf-8"):
            told = json.loads(line)
            self.passages[f"{source}/{told.pop('key')}"] = told
        for line in (home / "groups" / f"{source}.jsonl").open(encoding="utf-8"):
            group = json.loads(line)
            for row in (*group["candidates"], *group["altered"]):
                row[0] = f"{source}/{row[0]}"
            self.groups.append(group)


@dataclass(frozen=True, slots=True)
class Pair:
    """A question with one passage as tokens.

    ``question`` and ``words`` are the places of their tokens, ``offsets`` those of the words in the
    passage's text, ``answers`` (1 or 0) which of them answer.
    """

    ids: Ids
    question: tuple[int, int]
    passage: tuple[int, int]
    words: tuple[int, int]
    offsets: tuple[tuple[int, int], ...]
    answers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """Pairs of nearly one length: ``order`` are their places in the step."""

    order: list[int]
    ids: NDArray[np.int64]
    mask: Tensor
    asking: Tensor
    said: Tensor
    worded: Tensor
    answers: Tensor


class Cutter:
    """Cuts texts into tokens with their places, by the embedder's own tokeniser."""

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer  # noqa: PLC0415 - loads 250,000 pieces

        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._held: dict[str, tuple[Ids, list[tuple[int, int]]]] = {}
        self._query = self.cut("query:")[0]
        self._passage = self.cut("passage:")[0]

    def cut(self, text: str) -> tuple[Ids, list[tuple[int, int]]]:
        """Return the ids of a text's tokens and where they stand in it."""
        if text not in self._held:
            # of one length, so that places stay: a wide bracket begins no special token
            found = self._tokenizer.encode(_SPECIAL.sub(lambda m: f"＜{m[0][1:]}", text))
            self._held[text] = list(found.ids[1:-1]), list(found.offsets[1:-1])
        return self._held[text]

    def pair(  # noqa: PLR0913 - a passage, what is asked of it and how much of it is read
        self,
        question: str,
        parts: dict[str, str],
        spans: Sequence[Sequence[int]],
        most: int,
        *,
        plain: bool = False,
        draw: np.random.Generator | None = None,
    ) -> Pair:
        """Return a pair of at most ``most`` tokens; ``plain`` leaves out what the passage answers.

        Of words that are too long a stretch is read: with ``draw`` one drawn at random that holds
        the answer, where there is one, and else the beginning.
        """
        asking = [BEGIN, *self._query, *self.cut(question)[0][:_MOST_QUESTION], END]
        asked = [] if plain else self.cut(parts["asked"])[0][:_MOST_ASKED]
        head = [BEGIN, *self._passage, *self.cut(parts["head"])[0][:_MOST_HEAD], *asked]
        ids, offsets = self.cut(parts["words"])
        right = [int(any(s < end and start < e for s, e in spans)) for start, end in offsets]
        room = max(16, most - len(asking) - len(head) - 1)
        first = _first(right, room, draw)
        kept = slice(first, first + room)
        begins = len(asking) + len(head)
        ends = begins + len(ids[kept])
        return Pair(
            [*asking, *head, *ids[kept], END],
            (1 + len(self._query), len(asking) - 1),
            (len(asking) + 1 + len(self._passage), ends),
            (begins, ends),
            tuple(offsets[kept]),
            tuple(right[kept]),
        )


def _first(right: Sequence[int], room: int, draw: np.random.Generator | None) -> int:
    """Return the first token that is read of words of which ``room`` fit."""
    spare = len(right) - room
    if spare <= 0 or draw is None:
        return 0
    if not any(right):
        return int(draw.integers(spare + 1)) if draw.random() < _ROOM_BEFORE else 0
    start = right.index(1)
    end = start
    while end < len(right) and right[end]:
        end += 1
    low, high = max(0, min(end - room, start)), min(spare, start)
    return int(draw.integers(min(low, high), high + 1))


def batches(pairs: Sequence[Pair], most: int) -> list[Batch]:
    """Return the pairs in batches of at most ``most``, each of pairs of nearly one length."""
    order = sorted(range(len(pairs)), key=lambda at: len(pairs[at].ids))
    parts = max(1, round(len(order) / most))
    return [
        _batch([pairs[at] for at in part], [int(at) for at in part])
        for part in np.array_split(np.array(order), parts)
        if len(part)
    ]


def _batch(pairs: Sequence[Pair], order: list[int]) -> Batch:
    longest = max(len(pair.ids) for pair in pairs)
    ids = np.full((len(pairs), longest), PAD, np.int64)
    marks = np.zeros((5, len(pairs), longest), np.bool_)
    for row, pair in enumerate(pairs):
        ids[row, : len(pair.ids)] = pair.ids
        marks[0, row, : len(pair.ids)] = True
        for mark, (start, end) in enumerate((pair.question, pair.passage, pair.words), start=1):
            marks[mark, row, start:end] = True
        marks[4, row, slice(*pair.words)] = pair.answers
    mask, asking, said, worded, answers = (torch.from_numpy(each) for each in marks)
    return Batch(order, ids, mask, asking, said, worded, answers)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A group as it is trained on: candidates ``[passage, fused score, mark, spans]``.

    ``near`` marks those that are nearest and still do not answer: altered ones, and the best of a
    question that is not answered.
    """

    group: dict[str, Any]
    rows: list[list[Any]]
    near: list[bool]


def draw_rows(group: dict[str, Any], size: int, draw: np.random.Generator) -> Drawn:
    """Return some candidates of a group: up to two that answer, an altered one, hard and others."""
    rows = group["candidates"]
    right = [row for row in rows if row[2] in {Mark.RIGHT, Mark.ADDED}]
    wrong = [row for row in rows if row[2] == Mark.WRONG]
    chosen = [right[at] for at in draw.permutation(len(right))[: 1 + int(draw.random() < _ALTERED)]]
    if group["altered"] and draw.random() < _ALTERED:
        chosen.append(group["altered"][0])
    room = max(0, size - len(chosen))
    hard = list(draw.permutation(min(_HARD, len(wrong)))[: room - room // 3])
    others = [at for at in draw.permutation(len(wrong)) if at not in hard]
    chosen += [wrong[at] for at in [*hard, *others[: room - len(hard)]]]
    nearest = [] if group["answerable"] else wrong[:_NEAREST]
    near = [row in nearest or row in group["altered"] for row in chosen]
    return Drawn(group, chosen, near)


def worth(group: dict[str, Any]) -> float:
    """Return how often a group is drawn: what the fused order already gets right teaches little."""
    if group["looked_up"] or not group["candidates"]:
        return 0.0
    marks = [row[2] for row in group["candidates"]]
    if group["alone"] or not group["answerable"]:
        return 1.0 if Mark.RIGHT in marks or not group["answerable"] else 0.0
    if Mark.RIGHT not in marks:
        return 0.5 if Mark.ADDED in marks else 0.0
    scores = [row[1] for row in group["candidates"]]
    best = max(s for s, mark in zip(scores, marks, strict=True) if mark == Mark.RIGHT)
    wrong = max((s for s, m in zip(scores, marks, strict=True) if m == Mark.WRONG), default=-99.0)
    lead = best - wrong
    return 1.0 if lead < 1 else 0.7 if lead < 3 else 0.35  # noqa: PLR2004 - in logits


def probabilities(
    groups: Iterable[dict[str, Any]], shares: dict[str, float]
) -> NDArray[np.float64]:
    """Return how likely each group is drawn: by its source's share, and within it by its worth."""
    listed = list(groups)
    raw = np.array([worth(group) for group in listed])
    names = np.array([group["source"] for group in listed])
    for name in set(names.tolist()):
        held = names == name
        total = raw[held].sum()
        raw[held] *= shares.get(name, 0.0) / total if total else 0.0
    return np.asarray(raw / raw.sum(), dtype=np.float64)
