"""The reranker: a question and a passage read together by the layers of the embedded model.

What goes in is ``<s> query: … </s><s> passage: … </s>``. What comes out, for each pair: how much
the passage is to be lifted (added to the fused score, never used alone), the logit of "this passage
answers", and for each token the logit of "these words answer". All three start from what the
embedder knows: cosine of the two means, and the mean over the question's tokens of the best match
among the passage's (ColBERT's MaxSim). Word vectors stay frozen and outside of the module's state,
the lowest layers stay frozen and run without gradients.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

WIDTH, HEADS, LAYERS, INNER, POSITIONS = 384, 12, 12, 1536, 512
FROZEN = 4
"""Lowest layers that stay as they are."""
LOW = 9
"""The layer that also tells which words answer."""
_EPS = 1e-12
_HIDDEN = 192
_ABSENT = -10_000.0
_BEST = 4
"""Tokens whose mean says how strongly some words answer."""
_USUAL, _STEEP = 0.85, 20.0
"""Cosines of this model crowd around ``_USUAL``; stretched so that they spread like logits."""
_ASKED = ("query", "key", "value")
_NAMES = {
    "attention.output.dense": "joined",
    "attention.output.LayerNorm": "attended",
    "intermediate.dense": "wide",
    "output.dense": "narrow",
    "output.LayerNorm": "done",
}


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of a batch of pairs: ``lift`` and ``answers`` (n), ``words`` (n, tokens)."""

    lift: Tensor
    answers: Tensor
    words: Tensor


class Linear(nn.Linear):  # type: ignore[misc] # torch's types are not read
    """A linear map in the precision of what it is given; its weights stay in single precision."""

    def forward(self, seen: Tensor) -> Tensor:
        """Return (…, out)."""
        weight, bias = self.weight.to(seen.dtype), self.bias.to(seen.dtype)
        return functional.linear(seen, weight, bias)


class Layer(nn.Module):  # type: ignore[misc] # as above
    """One layer of BERT; query, key and value are one map.

    Attention is written out: on a CPU the gradient of torch's own takes twice as long.
    """

    def __init__(self) -> None:
        super().__init__()
        self.asked = Linear(WIDTH, 3 * WIDTH)
        self.joined = Linear(WIDTH, WIDTH)
        self.attended = nn.LayerNorm(WIDTH, eps=_EPS)
        self.wide = Linear(WIDTH, INNER)
        self.narrow = Linear(INNER, WIDTH)
        self.done = nn.LayerNorm(WIDTH, eps=_EPS)

    def forward(self, seen: Tensor, absent: Tensor) -> Tensor:
        """Return (n, tokens, width); ``absent`` (n, 1, 1, tokens) is 0, or very low for filling."""
        n, tokens = seen.shape[:2]
        parts = self.asked(seen).view(n, tokens, 3, HEADS, -1).permute(2, 0, 3, 1, 4)
        query, key, value = parts.contiguous().flatten(1, 2)
        scores = torch.bmm(query * query.shape[-1] ** -0.5, key.transpose(1, 2))
        shares = (scores.view(n, HEADS, tokens, tokens) + absent).softmax(dim=-1)
        found = torch.bmm(shares.view_as(scores), value).view(n, HEADS, tokens, -1)
        seen = self.attended(seen + self.joined(found.transpose(1, 2).reshape(n, tokens, WIDTH)))
        return self.done(seen + self.narrow(functional.gelu(self.wide(seen))))


class Reranker(nn.Module):  # type: ignore[misc] # as above
    """Layers and heads, from word vectors on."""

    def __init__(self) -> None:
        super().__init__()
        self.position = nn.Parameter(torch.zeros(POSITIONS, WIDTH))
        self.begun = nn.LayerNorm(WIDTH, eps=_EPS)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.hidden = Linear(WIDTH, _HIDDEN)
        self.judged = Linear(_HIDDEN, 2)
        self.word = Linear(WIDTH, 1)
        self.low_word = Linear(WIDTH, 1)
        self.weighed = nn.Parameter(torch.tensor([[0.5, 0.5, 0.0], [0.25, 0.25, 0.0]]))
        for head in (self.judged, self.word, self.low_word):
            nn.init.zeros_(head.weight)
            nn.init.zeros_(head.bias)
        with torch.no_grad():
            self.judged.bias[1] = -1.5  # most passages do not answer
            self.word.bias[0] = -2.0  # nor do most words
        for part in (self.begun, *self.layers[:FROZEN]):
            part.requires_grad_(requires_grad=False)
        self.position.requires_grad = False

    def forward(self, vectors: Tensor, mask: Tensor, asking: Tensor, said: Tensor) -> Read:
        """Read pairs.

        ``vectors`` (n, tokens, width) are those of the words; ``mask`` marks tokens, ``asking`` the
        question's, ``said`` the passage's (both (n, tokens), true or false).
        """
        return self.heads(*self.encode(vectors, mask), asking, said)

    def encode(self, vectors: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Return the last layer's (n, tokens, width), in the precision of ``vectors``.

        Then those of layer ``LOW``: in the last one all tokens of a text have come to say nearly
        the same, as their mean is all that the embedder was trained for.
        """
        absent = torch.zeros_like(mask, dtype=vectors.dtype).masked_fill(~mask, _ABSENT)
        absent = absent[:, None, None, :]
        with torch.no_grad():
            placed = vectors + self.position[: vectors.shape[1]].to(vectors.dtype)
            seen = self.begun(placed)
            for layer in self.layers[:FROZEN]:
                seen = layer(seen, absent)
        for layer in self.layers[FROZEN:LOW]:
            seen = layer(seen, absent)
        low = seen
        for layer in self.layers[LOW:]:
            seen = layer(seen, absent)
        return seen, low

    def heads(self, seen: Tensor, low: Tensor, asking: Tensor, said: Tensor) -> Read:
        """Return what the layers tell."""
        words = self.word(seen)[..., 0].float() + self.low_word(low)[..., 0].float()
        both = self.judged(functional.gelu(self.hidden(seen[:, 0]))).float()
        seen = seen.float()
        cosine = functional.cosine_similarity(_mean(seen, asking), _mean(seen, said))
        unit = seen / seen.norm(dim=-1, keepdim=True)
        pairs = unit @ unit.transpose(1, 2)
        best = pairs.masked_fill(~said[:, None, :], -1.0).amax(dim=-1)
        met = (best * asking).sum(dim=1) / asking.sum(dim=1)
        strong = words.masked_fill(~said, -10.0).topk(_BEST, dim=1).values.mean(dim=1)
        stretched = [(value - _USUAL) * _STEEP for value in (cosine, met)]
        scores = torch.stack([*stretched, strong / _BEST], dim=1) @ self.weighed.T + both
        return Read(scores[:, 0], scores[:, 1], words)

    def head_parameters(self) -> list[Tensor]:
        """Return what is new: it learns faster than the layers."""
        new = (self.hidden, self.judged, self.word, self.low_word)
        return [self.weighed, *(each for part in new for each in part.parameters())]

    def layer_parameters(self) -> list[Tensor]:
        """Return the weights of the layers that are trained."""
        return [each for layer in self.layers[FROZEN:] for each in layer.parameters()]


def _mean(seen: Tensor, chosen: Tensor) -> Tensor:
    total = (seen * chosen[..., None]).sum(dim=1)
    return total / chosen.sum(dim=1, keepdim=True).clamp(min=1)


def untrained(folder: Path, seed: int = 0) -> Reranker:
    """Return the model as it starts: layers of the unpacked embedded model in ``folder``."""
    from safetensors.torch import load_file  # noqa: PLC0415 - only where training begins

    torch.manual_seed(seed)
    model = Reranker()
    tensors = load_file(folder / "model.safetensors")
    state = {
        "position": tensors["embeddings.position_embeddings.weight"]
        + tensors["embeddings.token_type_embeddings.weight"][0],
        "begun.weight": tensors["embeddings.LayerNorm.weight"],
        "begun.bias": tensors["embeddings.LayerNorm.bias"],
    }
    for number in range(LAYERS):
        prefix = f"encoder.layer.{number}"
        for part in ("weight", "bias"):
            for old, new in _NAMES.items():
                state[f"layers.{number}.{new}.{part}"] = tensors[f"{prefix}.{old}.{part}"]
            three = [tensors[f"{prefix}.attention.self.{name}.{part}"] for name in _ASKED]
            state[f"layers.{number}.asked.{part}"] = torch.cat(three)
    missing = model.load_state_dict(state, strict=False)
    assert not missing.unexpected_keys
    return model


class WordVectors:
    """The embedder's table of word vectors, mapped from the disk (``tokens.npy``)."""

    def __init__(self, path: Path) -> None:
        self._table: NDArray[np.float16] = np.load(path, mmap_mode="r")

    def __call__(self, ids: NDArray[np.int64]) -> Tensor:
        """Return (…, width) in single precision."""
        return torch.from_numpy(np.asarray(self._table[ids], dtype=np.float32))


def state_of(model: Reranker) -> dict[str, Any]:
    """Return a copy of the model's weights."""
    return {name: value.detach().clone() for name, value in model.state_dict().items()}
