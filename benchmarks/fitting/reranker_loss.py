"""The loss of a training step of the reranker, and its gradients, a part at a time.

Over each group with an answer: that the passages that answer have the greatest share of the odds
when the fused score is added (it is always a correction of that, except where a source is
``alone``). For each passage: whether it answers. For each word of it: whether it answers.
"""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from benchmarks.fitting.reranker_batches import Batch, Drawn
from benchmarks.fitting.reranker_groups import Mark
from benchmarks.fitting.reranker_model import Reranker, WordVectors

_RIGHT, _NEAR, _WRONG = 1.5, 1.0, 0.3
"""What a passage that answers counts, one that nearly does, and any other: these are the most."""


class AtOnce:
    """What reads parts of a step at once, and what they are read with."""

    def __init__(self, table: WordVectors, threads: int) -> None:
        self.table = table
        self.halves = _is_fast()
        torch.set_num_threads(1)
        self._threads = ThreadPoolExecutor(
            threads, initializer=torch.set_num_threads, initargs=(1,)
        )

    def each(self, do: Callable[[Any], Any], parts: Iterable[Any]) -> list[Any]:
        """Return what is done with each part, in their order."""
        return list(self._threads.map(do, parts))


def step_loss(
    model: Reranker,
    shares: tuple[float, float],
    drawn: list[Drawn],
    parts: list[Batch],
    at_once: AtOnce,
) -> dict[str, float]:
    """Set the gradients of a step and return what its loss is made of.

    ``shares`` are those of the answers and of the words in the loss, the order of passages has 1.

    Each part is read by itself, as many at once as there are threads, of one processor each: on a
    machine that does other things, too, threads within a product wait for one another. The loss
    needs the scores of all parts, so gradients go back through each part from its scores on.
    """
    table = at_once.table
    marks = [row[2] in {Mark.RIGHT, Mark.ADDED} for one in drawn for row in one.rows]
    tight = [one.group["tight"] for one in drawn for _ in one.rows]
    weights = [_word_weight(*each) for each in zip(tight, marks, strict=True)]
    device = next(model.parameters()).device
    kind = torch.bfloat16 if at_once.halves else torch.float32

    def read(part: Batch) -> tuple[Tensor, Tensor, Tensor]:
        masks = [each.to(device) for each in (part.mask, part.asking, part.said)]
        found = model(table(part.ids).to(device, kind), *masks)
        of_words = torch.tensor([weights[at] for at in part.order], device=device)
        words = _word_loss(found.words, part, of_words) / len(marks)
        return found.lift, found.answers, words

    seen = at_once.each(read, parts)
    leaves = [[each.detach().requires_grad_() for each in three] for three in seen]
    place = torch.tensor([at for part in parts for at in part.order], device=device)
    back = torch.argsort(place)
    lift, answers = (torch.cat([three[i] for three in leaves])[back] for i in (0, 1))
    right = torch.tensor(marks, device=device)
    near = torch.tensor([each for one in drawn for each in one.near], device=device)
    weight = torch.where(right, _RIGHT, torch.where(near, _NEAR, _WRONG))
    binary = functional.binary_cross_entropy_with_logits(answers, right.float(), weight=weight)
    ranked, told = _ranking(drawn, lift, right)
    words = torch.stack([three[2] for three in leaves]).sum()
    (ranked + shares[0] * binary + shares[1] * words).backward()
    trained = [p for p in model.parameters() if p.requires_grad]

    def slopes(at: int) -> tuple[Tensor, ...]:
        ends = [leaf.grad for leaf in leaves[at]]
        return tuple(torch.autograd.grad(seen[at], trained, ends, allow_unused=True))

    found = at_once.each(slopes, range(len(parts)))
    for of_weight in zip(trained, *found, strict=True):
        some = [slope for slope in of_weight[1:] if slope is not None]
        of_weight[0].grad = torch.stack(some).sum(dim=0) if some else None
    return told | {"rank": ranked.item(), "answers": binary.item(), "words": words.item()}


def _word_weight(tight: bool, right: bool) -> float:  # noqa: FBT001 - two marks of a pair
    return 0.0 if not tight else 1.0 if right else 0.3


def _word_loss(logits: Tensor, part: Batch, weights: Tensor) -> Tensor:
    worded, answers = part.worded.to(logits.device), part.answers.to(logits.device)
    each = functional.binary_cross_entropy_with_logits(
        logits, answers.float(), reduction="none", pos_weight=torch.tensor(2.0)
    )
    mean = (each * worded).sum(dim=1) / worded.sum(dim=1).clamp(min=1)
    return (mean * weights).sum()


def _ranking(drawn: list[Drawn], lift: Tensor, right: Tensor) -> tuple[Tensor, dict[str, float]]:
    losses, without, firsts, before, at = [], [], [], [], 0
    for one in drawn:
        place = slice(at, at + len(one.rows))
        at += len(one.rows)
        held = right[place]
        if not bool(held.any()) or bool(held.all()):
            continue
        fused = torch.tensor([float(row[1]) for row in one.rows], device=lift.device)
        fused = fused * (0.0 if one.group["alone"] else 1.0)
        odds = torch.log_softmax(fused + lift[place], dim=0)
        losses.append(-torch.logsumexp(odds[held], dim=0))
        without.append(float(-torch.logsumexp(torch.log_softmax(fused, dim=0)[held], dim=0)))
        firsts.append(float(held[int(odds.argmax())]))
        before.append(float(held[int(fused.argmax())]))
    ranked = torch.stack(losses).mean() if losses else lift.sum() * 0
    count = max(1, len(firsts))
    told = {"first": firsts, "fused first": before, "fused rank": without}
    return ranked, {name: sum(values) / count for name, values in told.items()}


def _is_fast() -> bool:
    """Tell whether bfloat16 is quicker here."""
    if torch.cuda.is_available():
        return True
    return "avx512_bf16" in Path("/proc/cpuinfo").read_text(encoding="utf-8")
