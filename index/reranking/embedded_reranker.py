"""The reranker that comes with Kiroku: layers trained from the embedded model's, read by ONNX.

``layers.onnx`` leads from word vectors to those of the last layer, and to what a lower one says of
the words; ``heads.npz`` holds what is made of the last (``docs/reranker.md`` is the model card).
Word vectors are the embedder's own. How a pair is put together, and what the heads compute, is
stated in ``benchmarks/fitting/reranker_model.py``, which trains it.
"""

import logging
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.embedding.embedded_model import EMBEDDED_NAME
from index.embedding.onnx_embedder import TOKENS, open_session, processors
from index.embedding.onnx_export import EXPORTED
from index.embedding.tokenizer import Cutter, Cutters
from index.reranking.passage_text import PassageText
from index.reranking.reranker import Reading

LAYERS, HEADS = "layers.onnx", "heads.npz"
_BEGIN, _END = 0, 2
_MOST_QUESTION, _MOST_HEAD, _MOST_ASKED, MOST_TOKENS = 64, 36, 48, 288
_USUAL, _STEEP, _BEST = 0.85, 20.0, 4
_SAYS_NOTHING = -9.0
"""The logit of "this passage answers" where there is no passage."""
_QUERY, _PASSAGE = "query:", "passage:"
_SPECIAL = re.compile(r"<(?:/?s|pad|unk|mask)>")
_log = logging.getLogger(__name__)
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Pair:
    """A question with a passage as tokens; the spans are places of tokens, end excluded.

    ``offsets`` are where the words' tokens stand in the passage's words.
    """

    ids: list[int]
    question: tuple[int, int]
    passage: tuple[int, int]
    words: tuple[int, int]
    offsets: list[tuple[int, int]]


class PairTokenizer:
    """Puts pairs together: ``<s> query: … </s><s> passage: head asked words </s>``."""

    def __init__(self, folder: Path) -> None:
        self._cutters = Cutters(folder)

    def pairs(self, question: str, texts: Sequence[PassageText]) -> list[Pair]:
        """Return the pairs of a question; of a long passage the beginning is read."""
        question = _plain(question)
        texts = [PassageText(*map(_plain, (each.head, each.asked, each.words))) for each in texts]
        parts = [part for each in texts for part in (each.head, each.asked, each.words)]
        cutter = self._cutters.of([_QUERY, _PASSAGE, question, *parts])
        cut = {text: cutter.cut(text) for text in (_QUERY, _PASSAGE, question)}
        query, passage = cut[_QUERY][0], cut[_PASSAGE][0]
        asking = [_BEGIN, *query, *cut[question][0][:_MOST_QUESTION], _END]
        place = (1 + len(query), len(asking) - 1)
        return [_pair(asking, place, passage, each, cutter) for each in texts]


def _pair(
    asking: list[int],
    question: tuple[int, int],
    passage: list[int],
    text: PassageText,
    cutter: Cutter,
) -> Pair:
    head = [_BEGIN, *passage, *cutter.cut(text.head)[0][:_MOST_HEAD]]
    head += cutter.cut(text.asked)[0][:_MOST_ASKED]
    room = max(16, MOST_TOKENS - len(asking) - len(head) - 1)
    ids, offsets = cutter.cut(text.words)
    begins = len(asking) + len(head)
    ends = begins + len(ids[:room])
    return Pair(
        [*asking, *head, *ids[:room], _END],
        question,
        (len(asking) + 1 + len(passage), ends),
        (begins, ends),
        offsets[:room],
    )


def _plain(text: str) -> str:
    # of one length, so that places stay: a wide bracket begins no special token
    return _SPECIAL.sub(lambda match: f"＜{match[0][1:]}", text)


class EmbeddedReranker:
    """Reads pairs one at a time, as many at once as there are processors."""

    def __init__(self, layers: Path, heads: Path, embedder: Path) -> None:
        self._session = open_session(layers)
        with np.load(heads) as held:
            self._heads: dict[str, Floats] = {name: held[name] for name in held.files}
        self._table = np.load(embedder / TOKENS, mmap_mode="r")
        self._tokenizer = PairTokenizer(embedder)
        self.name = "kiroku-reranker"

    def read(self, question: str, passages: Sequence[PassageText]) -> list[Reading]:
        """Return what was read of each passage, in their order."""
        pairs = self._tokenizer.pairs(question, passages)
        longest_first = sorted(range(len(pairs)), key=lambda at: -len(pairs[at].ids))
        found: dict[int, Reading] = {}
        with ThreadPoolExecutor(processors()) as threads:
            read = threads.map(self._read, (pairs[at] for at in longest_first))
            found.update(zip(longest_first, read, strict=True))
        return [found[at] for at in range(len(pairs))]

    def _read(self, pair: Pair) -> Reading:
        spans = np.array(pair.offsets, dtype=np.int32).reshape(-1, 2)
        if pair.passage[0] == pair.passage[1]:
            return Reading(0.0, _SAYS_NOTHING, spans, np.zeros(0, np.float32))
        vectors = np.asarray(self._table[np.newaxis, pair.ids], dtype=np.float32)
        last, low = self._session.run(None, {"inputs_embeds": vectors})
        seen, heads = np.asarray(last[0]), self._heads
        logits = seen @ heads["word.weight"][0] + heads["word.bias"][0] + np.asarray(low)[0, :, 0]
        hidden = _gelu(heads["hidden.weight"] @ seen[0] + heads["hidden.bias"])
        both = heads["judged.weight"] @ hidden + heads["judged.bias"]
        asking, said = seen[slice(*pair.question)], seen[slice(*pair.passage)]
        cosine = _unit(asking.mean(axis=0)) @ _unit(said.mean(axis=0))
        met = (_unit(asking) @ _unit(said).T).max(axis=1).mean()
        strong = np.sort(logits[slice(*pair.passage)])[-_BEST:].mean()
        features = np.array([(cosine - _USUAL) * _STEEP, (met - _USUAL) * _STEEP, strong / _BEST])
        lift, answers = heads["weighed"] @ features + both
        words = np.asarray(logits[slice(*pair.words)], dtype=np.float32)
        return Reading(float(lift), float(answers), spans, words)


def open_embedded(cache: Path) -> EmbeddedReranker | None:
    """Open the reranker that comes with Kiroku, ``None`` where it or its word vectors are missing.

    The word vectors are there once the embedded model has been exported into ``cache``.
    """
    folder = cache / f"{EMBEDDED_NAME}{EXPORTED}"
    shipped = files("index.reranking")
    layers, heads = Path(str(shipped / LAYERS)), Path(str(shipped / HEADS))
    if not (layers.is_file() and heads.is_file() and (folder / TOKENS).is_file()):
        _log.info("the embedded reranker is not there: passages are ranked without it")
        return None
    return EmbeddedReranker(layers, heads, folder)


def _unit(vectors: Floats) -> Floats:
    norm = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(norm, 1e-8), dtype=np.float32)


def _gelu(values: Floats) -> Floats:
    from scipy.special import erf  # noqa: PLC0415 (comes with sentence-transformers)

    return np.asarray(0.5 * values * (1 + erf(values / np.sqrt(2))), dtype=np.float32)
