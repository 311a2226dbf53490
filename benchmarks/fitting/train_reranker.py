"""Trains the reranker: ``python -m benchmarks.fitting.train_reranker --minutes 60``.

The groups come from ``reranker_groups``. The state lies below ``benchmarks/results/reranker`` in a
folder named by ``--run``; ``--resume`` goes on from it, and gives what an unbroken training would
have given. On a processor that multiplies in bfloat16, and on a GPU, layers work in that.

The loss is that of ``reranker_loss``; after each step the weights of the layers are drawn back a
little to those of the untrained model. Means of the weights over the
last steps are kept beside them: these are measured and shipped.
"""

import argparse
import json
import signal
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from benchmarks.fitting.reranker_batches import (
    Cutter,
    Groups,
    batches,
    draw_rows,
    probabilities,
)
from benchmarks.fitting.reranker_loss import AtOnce, step_loss
from benchmarks.fitting.reranker_material import HOME, UNTRAINED_TOWNS
from benchmarks.fitting.reranker_model import Reranker, WordVectors, untrained
from benchmarks.material import RESULTS
from index.embedding.embedded_model import EMBEDDED_NAME
from index.embedding.onnx_export import EXPORTED

FOLDER = RESULTS / "models" / EMBEDDED_NAME
TABLE = RESULTS / "models" / f"{EMBEDDED_NAME}{EXPORTED}" / "tokens.npy"
SHARES = {
    "jaquad_train": 0.18,
    "exchanges": 0.03,
    "staff-more": 0.28,
    "shinagawa-staff": 0.08,
    "qmsum_more": 0.01,
}
"""How much of what is drawn comes from a source, before it is made to sum to one."""
TOWNS = 0.42
"""The share of all made-up towns together."""
SAMPLES = {"samples": 0.06, "samples-close": 0.04, "samples-short": 0.03}
"""Drawn only with ``--samples``: without, the sample council is one that was never seen."""
_MARKS = (10_000, 25_000, 50_000, 100_000, 200_000, 500_000)
"""Pairs seen at which the state is kept for measuring."""
_EVERY_S = 240
_LOG = 10
_CLIP = 1.0


@dataclass(frozen=True, slots=True)
class Settings:
    """What a training is made of; the same settings and groups give the same result."""

    seed: int = 1
    groups: int = 8
    size: int = 6
    tokens: int = 192
    rate: float = 6e-5
    head_rate: float = 1e-3
    warm: int = 60
    pull: float = 4.0
    mean: float = 0.98
    answers: float = 0.5
    words: float = 0.5
    batch: int = 8


@dataclass(slots=True)
class State:
    """The model as it stands, what it started from, its means and the optimiser's."""

    model: Reranker
    start: dict[str, Tensor]
    means: dict[str, Tensor]
    optimiser: Any
    step: int = 0
    pairs: int = 0


def begin(settings: Settings) -> State:
    """Return the state before the first step."""
    model = untrained(FOLDER, settings.seed).to("cuda" if torch.cuda.is_available() else "cpu")
    trained = {name: p for name, p in model.named_parameters() if p.requires_grad}
    start = {name: p.detach().clone() for name, p in trained.items()}
    optimiser = torch.optim.AdamW(
        [
            {"params": model.layer_parameters(), "lr": settings.rate},
            {"params": model.head_parameters(), "lr": settings.head_rate},
        ],
        betas=(0.9, 0.98),
        weight_decay=0.0,
    )
    return State(model, start, {name: each.clone() for name, each in start.items()}, optimiser)


def read_groups(*, samples: bool) -> tuple[Groups, dict[str, float]]:
    """Return what may be trained on, and the share of each source."""
    found = Groups()
    names = [path.stem for path in sorted((HOME / "groups").glob("*.jsonl"))]
    towns = [name for name in names if name.startswith("town-")]
    open_towns = [name for name in towns if name.removeprefix("town-") not in UNTRAINED_TOWNS]
    shares = {name: TOWNS / len(open_towns) for name in open_towns} | SHARES
    shares |= SAMPLES if samples else {}
    for name in names:
        if name in shares:
            found.read(HOME, name)
    found.groups = [group for group in found.groups if not group["closed"]]
    return found, shares


def take_step(state: State, settings: Settings) -> None:
    """Change the weights by their gradients, draw them back a little, and renew the means."""
    torch.nn.utils.clip_grad_norm_([p for p in state.model.parameters() if p.requires_grad], _CLIP)
    warmth = min(1.0, (state.step + 1) / settings.warm)
    rates = (settings.rate * warmth, settings.head_rate * warmth)
    for group, rate in zip(state.optimiser.param_groups, rates, strict=True):
        group["lr"] = rate
    state.optimiser.step()
    kept = min(settings.mean, (1 + state.step) / (10 + state.step))
    with torch.no_grad():
        for name, p in state.model.named_parameters():
            if p.requires_grad:
                if name.startswith("layers"):
                    p.lerp_(state.start[name], settings.pull * rates[0])
                state.means[name].lerp_(p, 1 - kept)
    state.step += 1


def save(state: State, settings: Settings, path: Path) -> None:
    """Write the state as a whole or not at all."""
    held = {
        "model": {n: p.detach() for n, p in state.model.named_parameters() if p.requires_grad},
        "means": state.means,
        "optimiser": state.optimiser.state_dict(),
        "step": state.step,
        "pairs": state.pairs,
        "settings": asdict(settings),
    }
    torch.save(held, path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)


def load(path: Path, given: dict[str, Any]) -> tuple[State, Settings]:
    """Return the state that was saved and its settings, but for those ``given`` anew."""
    held = torch.load(path, weights_only=True)
    settings = Settings(**(held["settings"] | given))
    state = begin(settings)
    state.model.load_state_dict(held["model"], strict=False)
    state.optimiser.load_state_dict(held["optimiser"])
    state.means, state.step, state.pairs = held["means"], held["step"], held["pairs"]
    return state, settings


@dataclass(frozen=True, slots=True)
class Run:
    """How long to train, and where the state lies."""

    folder: Path
    minutes: float
    pairs: int
    threads: int


def train(
    state: State, settings: Settings, found: Groups, shares: dict[str, float], run: Run
) -> None:
    """Take steps until the time or the pairs are used up, or until it is told to end (TERM)."""
    likely = probabilities(found.groups, shares)
    cutter, at_once = Cutter(FOLDER), AtOnce(WordVectors(TABLE), run.threads)
    of_loss = settings.answers, settings.words
    started = saved = time.monotonic()
    begun_at, told = state.pairs, []
    stopped: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _: stopped.append(number))
    while not stopped and time.monotonic() - started < run.minutes * 60 and state.pairs < run.pairs:
        draw = np.random.default_rng([settings.seed, state.step])
        chosen = draw.choice(len(likely), settings.groups, replace=False, p=likely)
        drawn = [draw_rows(found.groups[at], settings.size, draw) for at in chosen]
        pairs = [
            cutter.pair(
                one.group["question"],
                found.passages[row[0]],
                row[3],
                settings.tokens,
                plain=one.group["alone"],
                draw=draw,
            )
            for one in drawn
            for row in one.rows
        ]
        parts = step_loss(state.model, of_loss, drawn, batches(pairs, settings.batch), at_once)
        take_step(state, settings)
        before, state.pairs = state.pairs, state.pairs + len(pairs)
        told.append(parts | {"tokens": sum(len(pair.ids) for pair in pairs) / len(pairs)})
        if state.step % _LOG == 0:
            speed = (state.pairs - begun_at) / (time.monotonic() - started)
            means = {name: round(float(np.mean([t[name] for t in told])), 3) for name in told[0]}
            line = {"step": state.step, "pairs": state.pairs, "pairs/s": round(speed, 2)}
            print(json.dumps(line | means), flush=True)
            told = []
        for mark in _MARKS:
            if before < mark <= state.pairs:
                save(state, settings, run.folder / f"at-{mark}.pt")
        if time.monotonic() - saved > _EVERY_S:
            save(state, settings, run.folder / "state.pt")
            saved = time.monotonic()
    save(state, settings, run.folder / "state.pt")


def main() -> None:
    """Train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", default="first")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--pairs", type=int, default=10_000_000)
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--samples", action="store_true")
    for name, value in asdict(Settings()).items():
        parser.add_argument(f"--{name}", type=type(value), help=f"default {value}")
    told = parser.parse_args()
    given = {name: getattr(told, name) for name in asdict(Settings())}
    given = {name: value for name, value in given.items() if value is not None}
    run = Run(HOME / "runs" / told.run, told.minutes, told.pairs, told.threads)
    run.folder.mkdir(parents=True, exist_ok=True)
    path = run.folder / "state.pt"
    if told.resume and path.exists():
        state, settings = load(path, given)
    else:
        settings = Settings(**given)
        state = begin(settings)
    found, shares = read_groups(samples=told.samples)
    counts = {name: sum(g["source"] == name for g in found.groups) for name in shares}
    print(
        json.dumps({"argv": sys.argv[1:], "held": counts, "step": state.step} | asdict(settings)),
        flush=True,
    )
    train(state, settings, found, shares, run)


if __name__ == "__main__":
    main()
