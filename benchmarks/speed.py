"""How long things take, side by side in one run: ``make bench``, or ``python -m benchmarks.speed``.

On the sample council: questions by the fast way of the embedder and by sentence-transformers itself
(same vectors), a warm question, a new process. Ratios hold on a noisy machine, single times do not.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

from benchmarks.material import RESULTS, all_material, embedder, searcher
from bot.answering import Answerer
from index.embedding import load_with_sentence_transformers
from index.settings import EMBEDDED

ROUNDS = 40
PASSAGES = 48


def median_ms(work: Callable[[str], object], texts: Sequence[str]) -> float:
    """Return the median milliseconds of ``work`` on each text."""
    times = []
    for text in texts:
        started = time.perf_counter()
        work(text)
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


def rate(work: Callable[[Sequence[str]], object], texts: Sequence[str]) -> float:
    """Return how many texts a second ``work`` takes."""
    started = time.perf_counter()
    work(texts)
    return len(texts) / (time.perf_counter() - started)


def main() -> None:
    """Print the table."""
    material = all_material()[0]
    fast = embedder()
    plain = load_with_sentence_transformers(EMBEDDED, RESULTS / "models")
    by = searcher(material, fast)
    questions = [case.question for case in material.cases][:ROUNDS]
    passages = [p.text for d in by.documents() for p in by.passages(d.document)][:PASSAGES]
    answerer = Answerer(by)
    for warm in (fast.embed_query, plain.embed_query, answerer.answer):
        warm(questions[0])
    one, other = median_ms(fast.embed_query, questions), median_ms(plain.embed_query, questions)
    print(f"question embedded: {one:.1f} ms, sentence-transformers {other:.1f} ms", end="")
    print(f" (ratio {other / one:.2f})")
    one, other = rate(fast.embed_passages, passages), rate(plain.embed_passages, passages)
    print(f"passages embedded: {one:.1f}/s, sentence-transformers {other:.1f}/s", end="")
    print(f" (ratio {one / other:.2f})")
    print(f"question answered, warm: {median_ms(answerer.answer, questions):.1f} ms (median)")
    command = (sys.executable, "-m", "cli", "ask", questions[0])
    data = RESULTS / "indexes" / material.name
    if not (data / "models").exists():  # unpacked once for all sets
        (data / "models").symlink_to(RESULTS / "models")

    def ask(_: str) -> None:
        subprocess.run([*command, "--data", str(data)], check=True, capture_output=True)

    print(f"question answered, new process: {median_ms(ask, questions[:5]):.0f} ms (median of 5)")


if __name__ == "__main__":
    main()
