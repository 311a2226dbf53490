import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from index.embedding.embedded_model import write_folder
from index.embedding.embedder import Embedder, load_embedder, load_with_sentence_transformers
from index.embedding.onnx_embedder import OnnxEmbedder
from index.embedding.q4_file import Shape, Weights
from index.embedding.torch_embedder import SentenceTransformersEmbedder
from index.errors import EmbedderError

MIXED = [
    "公民館の改修は来年度に始まります。" * 9,
    "可決",
    "Snow is cleared from the main roads first.",
    "道路の除雪は幹線から順に行います。" * 3,
    "",
    "水道料金の改定は見送られました。",
]


def tiny_model(folder: Path, seed: int = 1, differing: float = 1.0) -> Path:
    """Write a random model of one layer, 32 wide, that reads at most 24 tokens.

    The less the vectors of its tokens are ``differing``, the more of that is lost when it is
    rounded.
    """
    hidden, inner, positions = 32, 64, 24
    pieces = ["<s>", "<pad>", "</s>", "<unk>", *"▁あいうえおabcdefghijklmnopqrstuvwxyz:", "<mask>"]
    random = np.random.default_rng(seed)
    shapes: dict[str, tuple[int, ...]] = {
        "emb.word": (len(pieces), hidden),
        "emb.pos": (positions, hidden),
        "emb.type": (2, hidden),
        "emb.ln.w": (hidden,),
        "emb.ln.b": (hidden,),
    }
    for part in ("q", "k", "v", "ao"):
        shapes |= {f"l0.{part}.w": (hidden, hidden), f"l0.{part}.b": (hidden,)}
    for part in ("aln", "oln"):
        shapes |= {f"l0.{part}.w": (hidden,), f"l0.{part}.b": (hidden,)}
    shapes |= {"l0.fi.w": (inner, hidden), "l0.fi.b": (inner,)}
    shapes |= {"l0.fo.w": (hidden, inner), "l0.fo.b": (hidden,)}
    weights = Weights(
        shape=Shape(hidden, 1, 4, inner, len(pieces), positions, 2),
        layer_norm_eps=1e-12,
        pieces=[(piece, -float(number)) for number, piece in enumerate(pieces)],
        tensors={
            name: random.normal(0, 0.5, shape).astype(np.float32) for name, shape in shapes.items()
        },
    )
    weights.tensors["emb.word"][:] *= differing
    folder.mkdir(parents=True)
    write_folder(folder, weights)
    return folder


@pytest.fixture(scope="module")
def ordinary(model_cache: Path) -> SentenceTransformersEmbedder:
    """Give the embedded model as sentence-transformers runs it."""
    return load_with_sentence_transformers("embedded", model_cache)


@pytest.fixture
def watched_network() -> Iterator[list[str]]:
    """Give a list that fills with the network calls made while the test runs."""
    calls: list[str] = []
    watching = [True]

    def hook(event: str, _: tuple[object, ...]) -> None:
        if watching and event in {"socket.connect", "socket.getaddrinfo"}:
            calls.append(event)

    sys.addaudithook(hook)
    yield calls
    watching.clear()


@pytest.fixture(scope="module")
def plain(model_cache: Path, ordinary: SentenceTransformersEmbedder) -> Embedder:
    """Give the embedded model as it is opened for an index that holds its own vectors."""
    return load_embedder("embedded", model_cache, made_with=ordinary.name)


@pytest.mark.slow
def test_both_ways_give_the_same_vectors(
    plain: Embedder, ordinary: SentenceTransformersEmbedder
) -> None:
    """For an index of the model's own vectors, the exported model gives just these, by name too."""
    assert isinstance(plain, OnnxEmbedder)
    assert (plain.name, plain.dimension) == (ordinary.name, ordinary.dimension)
    fast, slow = plain.embed_passages(MIXED), ordinary.embed_passages(MIXED)
    assert np.sum(fast * slow, axis=1) == pytest.approx(1, abs=1e-4)
    for text in MIXED:
        assert plain.embed_query(text) @ ordinary.embed_query(text) == pytest.approx(1, abs=1e-4)


@pytest.mark.slow
def test_whole_numbers_are_near_and_have_a_name_of_their_own(
    embedder: Embedder, plain: Embedder
) -> None:
    """The quick form keeps a cosine of .999 to the model's own vectors, on texts it never saw."""
    assert embedder.name == f"{plain.name}-int8"
    texts = [
        *MIXED,
        "市民ホールの椅子を取り替える工事の入札は、二社が応じた。" * 4,
        "Any questions? No.",
    ]
    near = np.sum(embedder.embed_passages(texts) * plain.embed_passages(texts), axis=1)
    assert near.min() > 0.999
    assert near.max() < 0.99999  # it would be the same encoder
    for text in texts:
        assert embedder.embed_query(text) @ plain.embed_query(text) > 0.999


@pytest.mark.slow
def test_a_vector_does_not_depend_on_its_company(embedder: Embedder) -> None:
    """A text has the same vector alone and among others, to the last bit."""
    together = embedder.embed_passages(MIXED)
    for vector, text in zip(together, MIXED, strict=True):
        np.testing.assert_array_equal(embedder.embed_passages([text])[0], vector)


@pytest.mark.slow
def test_a_model_that_suffers_is_not_rounded(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Where whole numbers would change the vectors, the model is used in full precision."""
    caplog.set_level(logging.INFO, logger="index")
    model = str(tiny_model(tmp_path / "tiny", differing=1e-4))
    embedder = load_embedder(model, tmp_path / "cache")
    assert "full precision" in caplog.text
    ordinary = load_with_sentence_transformers(model, tmp_path / "cache")
    assert isinstance(embedder, OnnxEmbedder)
    assert embedder.name == ordinary.name
    assert not list((tmp_path / "cache").glob("*/quantised.onnx"))
    assert embedder.embed_query("あい") @ ordinary.embed_query("あい") == pytest.approx(1, abs=1e-4)


@pytest.mark.slow
@pytest.mark.parametrize("way", ["embedder", "ordinary"])
def test_vectors_have_the_promised_form(way: str, request: pytest.FixtureRequest) -> None:
    """Vectors are float32 rows of length 1, contiguous, also where there are none."""
    embedder: Embedder = request.getfixturevalue(way)
    vectors = embedder.embed_passages(MIXED)
    assert vectors.shape == (len(MIXED), embedder.dimension)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    query = embedder.embed_query("除雪はいつ始まりますか")
    assert query.shape == (embedder.dimension,)
    assert np.linalg.norm(query) == pytest.approx(1, abs=1e-5)
    none = embedder.embed_passages([])
    assert none.shape == (0, embedder.dimension)
    for array in (vectors, query, none):
        assert array.dtype == np.float32
        assert array.flags.c_contiguous


@pytest.mark.slow
@pytest.mark.parametrize("way", ["embedder", "ordinary"])
def test_order_of_passages_is_kept(way: str, request: pytest.FixtureRequest) -> None:
    """Each row belongs to the text of its place, however the batches were made."""
    embedder: Embedder = request.getfixturevalue(way)
    texts = [
        f"議案第{number}号" + "について説明します。" * (number * 7 % 5) for number in range(40)
    ]
    together = embedder.embed_passages(texts)
    for number in (0, 13, 39):
        alone = embedder.embed_passages([texts[number]])[0]
        assert together[number] @ alone == pytest.approx(1, abs=1e-4)
        assert int(np.argmax(together @ alone)) == number


@pytest.mark.slow
@pytest.mark.parametrize("way", ["embedder", "ordinary"])
def test_special_tokens_in_a_text_are_words(way: str, request: pytest.FixtureRequest) -> None:
    """A literal `</s>` in a text is read as characters, not as the end of it."""
    embedder: Embedder = request.getfixturevalue(way)
    marked, broken_up = embedder.embed_passages(
        ["記号 </s> と <mask> の例", "記号 < /s> と < mask> の例"]
    )
    assert marked @ broken_up == pytest.approx(1, abs=1e-4)


@pytest.mark.slow
@pytest.mark.parametrize("way", ["embedder", "ordinary"])
def test_long_text_is_cut(way: str, request: pytest.FixtureRequest) -> None:
    """Of a text longer than the model reads, the beginning is embedded, without an error."""
    embedder: Embedder = request.getfixturevalue(way)
    beginning = "河川の改修と堤防の点検を急ぐ。" * 100
    cut, longer = embedder.embed_passages([beginning, beginning + "最後に全く別の話題。" * 500])
    assert cut @ longer == pytest.approx(1, abs=1e-4)


@pytest.mark.slow
@pytest.mark.parametrize("way", ["embedder", "ordinary"])
def test_a_question_finds_its_passage(way: str, request: pytest.FixtureRequest) -> None:
    """A question is nearest to the passage that answers it, across languages too."""
    embedder: Embedder = request.getfixturevalue(way)
    vectors = embedder.embed_passages(MIXED)
    assert int(np.argmax(vectors @ embedder.embed_query("水道代は上がるの?"))) == 5
    assert (
        int(np.argmax(vectors @ embedder.embed_query("When will the public hall be repaired?")))
        == 0
    )


@pytest.mark.slow
def test_embedded_model_stays_off_the_network(
    model_cache: Path, embedder: Embedder, watched_network: list[str]
) -> None:
    """Neither way of loading and using the embedded model touches the network."""
    assert embedder.name
    load_with_sentence_transformers("embedded", model_cache).embed_query("予算")
    load_embedder("embedded", model_cache).embed_query("予算")
    assert watched_network == []


@pytest.mark.slow
def test_second_start_needs_no_torch(model_cache: Path, embedder: Embedder) -> None:
    """A new process embeds a question without loading torch or sentence-transformers."""
    assert embedder.name
    script = (
        "import sys, pathlib; from index.embedding.embedder import load_embedder\n"
        "load_embedder('embedded', pathlib.Path(sys.argv[1])).embed_query('予算')\n"
        "print(sorted({'torch', 'sentence_transformers', 'transformers'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(model_cache)], capture_output=True, text=True, check=True
    )
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


@pytest.mark.slow
@pytest.mark.parametrize("form", ["own", "quick"])
def test_any_folder_is_exported_on_first_use(tmp_path: Path, form: str) -> None:
    """A sentence-transformers folder is exported once, and gives the same vectors from then on."""
    model = str(tiny_model(tmp_path / "town-e5-tiny"))
    ordinary = load_with_sentence_transformers(model, tmp_path / "cache")
    made_with = ordinary.name if form == "own" else None
    first = load_embedder(model, tmp_path / "cache", made_with)
    again = load_embedder(model, tmp_path / "cache", made_with)
    assert isinstance(again, OnnxEmbedder)
    assert first.name == again.name == ordinary.name + "-int8" * (form == "quick")
    texts = ["あい うえ", "abc" * 30, ""]
    expected = ordinary.embed_passages(texts)
    for embedder in (first, again):
        assert np.sum(embedder.embed_passages(texts) * expected, axis=1) == pytest.approx(
            1, abs=1e-4 if form == "own" else 1e-3
        )


@pytest.mark.slow
def test_export_of_an_earlier_version_goes(tmp_path: Path) -> None:
    """What an earlier version had exported is deleted once the model is exported anew."""
    model = tiny_model(tmp_path / "tiny")
    name = load_embedder(str(model), tmp_path / "cache").name.removesuffix("-int8")
    (exported,) = (tmp_path / "cache").glob("*-onnx-*/")
    earlier = exported.rename(tmp_path / "cache" / f"{name}-onnx")
    load_embedder(str(model), tmp_path / "cache")
    assert exported.is_dir()
    assert not earlier.exists()


@pytest.mark.slow
def test_name_tells_models_apart(tmp_path: Path) -> None:
    """Folders with other weights have other names; the same weights elsewhere have the same."""
    paths = [
        tiny_model(tmp_path / "a" / "model", seed=1),
        tiny_model(tmp_path / "b" / "model", seed=2),
        tiny_model(tmp_path / "c" / "model", seed=1),
    ]
    names = [load_embedder(str(path), tmp_path / "cache").name for path in paths]
    assert names[0] != names[1]
    assert names[0] == names[2]
    assert all(name.startswith("model-") for name in names)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "expected"), [("my-e5-small", "query: "), ("other", "")])
def test_e5_models_get_their_prompts(tmp_path: Path, name: str, expected: str) -> None:
    """A model of the E5 family saved without prompts gets those of its training; others none."""
    folder = tiny_model(tmp_path / name)
    (folder / "config_sentence_transformers.json").write_text("{}")
    embedder = load_with_sentence_transformers(str(folder), tmp_path / "cache")
    assert embedder.query_prompt == expected


@pytest.mark.slow
def test_model_that_cannot_be_exported_still_works(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A model without a transformer stays with sentence-transformers, and is not tried again."""
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - slow to import
    from sentence_transformers.models import StaticEmbedding  # noqa: PLC0415 - the same

    tiny = load_with_sentence_transformers(str(tiny_model(tmp_path / "tiny")), tmp_path)
    static = StaticEmbedding(tiny.model.tokenizer.backend_tokenizer, embedding_dim=16)
    SentenceTransformer(modules=[static], device="cpu").save(str(tmp_path / "static"))

    caplog.set_level(logging.INFO, logger="index")
    first = load_embedder(str(tmp_path / "static"), tmp_path / "cache")
    assert "stays with sentence-transformers" in caplog.text
    caplog.clear()
    second = load_embedder(str(tmp_path / "static"), tmp_path / "cache")
    assert "stays with sentence-transformers" not in caplog.text
    for embedder in (first, second):
        assert isinstance(embedder, SentenceTransformersEmbedder)
        assert embedder.embed_passages(["あい"]).shape == (1, 16)


@pytest.mark.slow
@pytest.mark.parametrize("file", ["quantised.onnx", "frame.json"])
def test_damaged_export_is_left_aside(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, file: str
) -> None:
    """An exported model whose file was cut short is named in a warning; the model still works."""
    model = str(tiny_model(tmp_path / "tiny"))
    load_embedder(model, tmp_path / "cache")
    (damaged,) = (tmp_path / "cache").glob(f"*/{file}")
    damaged.write_bytes(damaged.read_bytes()[:1000] if file != "frame.json" else b"{")
    embedder = load_embedder(model, tmp_path / "cache")
    assert isinstance(embedder, SentenceTransformersEmbedder)
    assert str(damaged.parent) in caplog.text


@pytest.mark.slow
def test_folder_with_a_broken_model(tmp_path: Path) -> None:
    """A model folder whose weights are gone is refused in one line that names it."""
    model = tiny_model(tmp_path / "tiny")
    (model / "model.safetensors").unlink()
    with pytest.raises(EmbedderError, match="KIROKU_EMBEDDING_MODEL") as raised:
        load_embedder(str(model), tmp_path / "cache")
    assert str(model) in str(raised.value)
    assert "\n" not in str(raised.value)


def test_folder_without_a_model(tmp_path: Path) -> None:
    """A folder that holds no model is refused in one line that names it."""
    (tmp_path / "empty").mkdir()
    with pytest.raises(EmbedderError, match="KIROKU_EMBEDDING_MODEL") as raised:
        load_embedder(str(tmp_path / "empty"), tmp_path / "cache")
    assert str(tmp_path / "empty") in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("model", ["/no/such/folder", "two words", "a/b/c", ""])
def test_name_that_is_none(model: str, tmp_path: Path) -> None:
    """What is neither a folder nor a model's name is refused without asking anybody."""
    with pytest.raises(EmbedderError, match="KIROKU_EMBEDDING_MODEL"):
        load_embedder(model, tmp_path)


@pytest.mark.slow
def test_name_that_cannot_be_had(tmp_path: Path) -> None:
    """A model's name without a network ends in one line that says what to set, no traceback."""
    script = (
        "import sys, pathlib; from index.embedding.embedder import load_embedder\n"
        "from index.errors import EmbedderError\n"
        "try: load_embedder('somebody/some-model', pathlib.Path(sys.argv[1]))\n"
        "except EmbedderError as error: print(error)"
    )
    nobody = {"HF_ENDPOINT": "http://127.0.0.1:9", "HF_HOME": str(tmp_path), "HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
        env=nobody,
    )
    assert "'somebody/some-model' cannot be had" in done.stdout
    assert "KIROKU_EMBEDDING_MODEL" in done.stdout
    assert len(done.stdout.splitlines()) == 1
