"""How long things take, side by side in one run: ``make bench``, or ``python -m benchmarks.speed``.

On the sample council: the default embedder (in whole numbers), its exported form in full precision
and sentence-transformers itself, by length of passage and for a question, and how near their
vectors are; a warm question, a new process. Ratios hold on a noisy machine, single times do not.
"""

import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.material import RESULTS, all_material, embedder, searcher
from bot.answerer import Answerer
from index.embedding.embedder import Embedder, load_embedder, load_with_sentence_transformers
from index.settings import EMBEDDED

QUESTIONS = 40
LENGTHS = (150, 300, 500)
PASSAGES = 32
ROUNDS = 3
NEAREST = 10
COMPARED = 200
SPREAD = (0.7, 1.3)
"""Passages are so much shorter and longer than the length that they stand for."""


def median_ms(work: Callable[[str], object], texts: Sequence[str]) -> float:
    """Return the median milliseconds of ``work`` on each text."""
    times = []
    for text in texts:
        started = time.perf_counter()
        work(text)
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


def rates(ways: Sequence[Embedder], texts: Sequence[str]) -> list[float]:
    """Return how many texts a second each way embeds, the best of some rounds taken in turn."""
    best = [0.0] * len(ways)
    for _ in range(ROUNDS):
        for number, way in enumerate(ways):
            started = time.perf_counter()
            way.embed_passages(texts)
            best[number] = max(best[number], len(texts) / (time.perf_counter() - started))
    return best


def passages_of(text: str, length: int) -> list[str]:
    """Cut passages of about the length out of a text."""
    draw = random.Random(length)  # noqa: S311 - a fixed sample, not a secret
    passages: list[str] = []
    start = 0
    while len(passages) < PASSAGES and start < len(text):
        end = start + round(length * draw.uniform(*SPREAD))
        passages.append(text[start:end])
        start = end
    return passages


def nearness(one: NDArray[np.float32], other: NDArray[np.float32]) -> tuple[float, float, float]:
    """Return the least and the mean cosine, and the share of the same among the 10 nearest."""
    cosines = np.sum(one * other, axis=1)
    nearest = []
    for vectors in (one, other):
        scores = vectors @ vectors.T
        np.fill_diagonal(scores, -np.inf)
        nearest.append(np.argsort(-scores, axis=1)[:, :NEAREST])
    same = [len(set(a) & set(b)) / NEAREST for a, b in zip(*nearest, strict=True)]
    return float(cosines.min()), float(cosines.mean()), float(np.mean(same))


def embedding(ways: Mapping[str, Embedder], texts: Sequence[str], questions: list[str]) -> None:
    """Print how fast each way embeds and how near its vectors are; the last is compared with."""
    *_, last = ways
    running = " ".join(texts)
    by_length = {length: passages_of(running, length) for length in LENGTHS}
    print("| embedded by | question, ms | ratio |", end="")
    print("".join(f" /s at {length} characters | ratio |" for length in LENGTHS), end="")
    print(" least cosine | mean | same 10 nearest |")
    print(f"|{'---|' * (6 + 2 * len(LENGTHS))}")
    for way in ways.values():
        way.embed_query(questions[0])
    rate = {
        n: dict(zip(ways, rates(list(ways.values()), by_length[n]), strict=True)) for n in LENGTHS
    }
    took = {name: median_ms(way.embed_query, questions) for name, way in ways.items()}
    compared = [*texts[:COMPARED], *(text for passages in by_length.values() for text in passages)]
    vectors = {name: way.embed_passages(compared) for name, way in ways.items()}
    for name in ways:
        cells = [name, f"{took[name]:.1f}", f"{took[last] / took[name]:.2f}"]
        for per_second in rate.values():
            cells += [f"{per_second[name]:.1f}", f"{per_second[name] / per_second[last]:.2f}"]
        cells += [f"{figure:.4f}" for figure in nearness(vectors[name], vectors[last])]
        print(f"| {' | '.join(cells)} |", flush=True)


def main() -> None:
    """Print the table, and how long questions take."""
    material = all_material()[0]
    fast = embedder()
    plain = load_with_sentence_transformers(EMBEDDED, RESULTS / "models")
    ways: dict[str, Embedder] = {
        fast.name: fast,
        "the same in full precision": load_embedder(EMBEDDED, RESULTS / "models", plain.name),
        "sentence-transformers": plain,
    }
    by = searcher(material, fast)
    questions = [case.question for case in material.cases][:QUESTIONS]
    passages = [p.text for d in by.documents() for p in by.passages(d.document)]
    embedding(ways, passages, questions)
    answerer = Answerer(by)
    answerer.answer(questions[0])
    print(f"question answered, warm: {median_ms(answerer.answer, questions):.1f} ms (median)")
    command = (sys.executable, "-m", "cli", "ask", questions[0])
    data = RESULTS / "indexes" / material.index
    if not (data / "models").exists():  # unpacked once for all sets
        (data / "models").symlink_to(RESULTS / "models")

    def ask(_: str) -> None:
        subprocess.run([*command, "--data", str(data)], check=True, capture_output=True)

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    took = median_ms(ask, questions[:5])
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    work = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"question answered, new process: {took:.0f} ms (median of 5), ", end="")
    print(f"{work * 1000 / 5:.0f} ms of a processor (mean)")


if __name__ == "__main__":
    main()
