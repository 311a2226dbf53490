import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models

from index.embedding.embedded_model import EMBEDDED_NAME
from index.embedding.embedder import Embedder
from index.embedding.tokenizer import Cutters, TokenIds, add_pieces

MODEL_READS = 512
CURIOUS = [
    "",
    "a",
    " ",
    "水道料金はいつから上がりますか",
    "①「９時～１７時」は㈱ｶﾅ 😀 №3 — naïve Ω ﬁn",
    "が か゛",
    "tab\tand\nline\u200b\u3000\ufeff",
    "nothing\x00ends here",
    "</s> と <mask> と <unk>",
    "▁▁ ▁",
    "𝔘𠮷﷽ℵ",
    "除雪" * 140,
]


@pytest.fixture(scope="module")
def folder(model_cache: Path, embedder: Embedder) -> Path:
    """Give the folder of the exported embedded model; other tests export others beside it."""
    assert embedder.name
    (found,) = model_cache.glob(f"{EMBEDDED_NAME}-onnx-*/")
    return found


@pytest.fixture(scope="module")
def whole(folder: Path) -> TokenIds:
    """Give the ids by the whole tokeniser."""
    ids = TokenIds(folder, MODEL_READS)
    ids.of_all(["this loads it"])
    return ids


@pytest.fixture(scope="module")
def few(folder: Path) -> TokenIds:
    """Give the ids by the pieces that occur in a text."""
    return TokenIds(folder, MODEL_READS)


@pytest.mark.slow
@pytest.mark.parametrize("text", CURIOUS)
def test_ids_are_the_same_by_few_pieces(few: TokenIds, whole: TokenIds, text: str) -> None:
    """A text looked up piece by piece has the ids that the whole tokeniser gives it."""
    assert few.of(text) == whole.of(text)


@pytest.mark.slow
@given(text=st.text(max_size=60))
def test_ids_are_the_same_for_any_text(few: TokenIds, whole: TokenIds, text: str) -> None:
    """A unigram model's cut depends only on the pieces that occur in the text."""
    assert few.of(text) == whole.of(text)


@pytest.mark.slow
def test_a_short_limit_cuts_alike(folder: Path) -> None:
    """A text of more tokens than the model reads is cut at the same one."""
    text = "河川の改修と堤防の点検を急ぎ、避難所の備蓄を見直す。"
    few, whole = TokenIds(folder, 9), TokenIds(folder, 9)
    (expected,) = whole.of_all([text])
    assert len(expected) == 9
    assert few.of(text) == expected


@pytest.mark.slow
@pytest.mark.parametrize("damage", ["missing", "no database"])
def test_pieces_that_cannot_be_read(
    folder: Path, whole: TokenIds, tmp_path: Path, damage: str
) -> None:
    """Without the table of pieces the whole tokeniser is loaded."""
    for file in ("tokenizer.json", "frame.json"):
        (tmp_path / file).symlink_to(folder / file)
    if damage == "no database":
        (tmp_path / "pieces.sqlite3").write_bytes(b"not this" * 1000)
    text = "水道料金はいつから上がりますか"
    assert TokenIds(tmp_path, MODEL_READS).of(text) == whole.of(text)


def test_tokeniser_of_another_kind(tmp_path: Path) -> None:
    """A tokeniser that is no unigram model is loaded whole."""
    words = Tokenizer(models.WordLevel({"<unk>": 0, "雪": 1}, unk_token="<unk>"))
    words.save(str(tmp_path / "tokenizer.json"))
    add_pieces(tmp_path, ["雪"])
    assert [path.name for path in tmp_path.iterdir()] == ["tokenizer.json"]
    assert TokenIds(tmp_path, MODEL_READS).of("雪") == [1]


@pytest.mark.slow
def test_passages_are_cut_alike(folder: Path, tmp_path: Path) -> None:
    """A cutter of the pieces that occur in many texts cuts each as the whole tokeniser does."""
    curious = [text for text in CURIOUS if "<" not in text]
    texts = [*curious, *(f"{text}。第{number}条" for number, text in enumerate(curious))]
    (tmp_path / "tokenizer.json").symlink_to(folder / "tokenizer.json")
    few, whole = Cutters(folder).of(texts), Cutters(tmp_path).of(texts)
    assert few.ids is not None
    assert whole.ids is None
    assert [few.cut(text) for text in texts] == [whole.cut(text) for text in texts]


@pytest.mark.slow
@pytest.mark.parametrize("damage", ["no hashes can be kept", "no hashes"])
def test_hashes_that_cannot_be_kept_or_read(folder: Path, tmp_path: Path, damage: str) -> None:
    """Then the whole tokeniser is loaded, and cuts the same."""
    shutil.copytree(folder, tmp_path / "model")
    hashes = tmp_path / "model" / "pieces.npy"
    hashes.unlink(missing_ok=True)
    if damage == "no hashes":
        hashes.write_bytes(b"no array")
    else:
        hashes.mkdir()
    text = "水道料金はいつから上がりますか"
    cutter = Cutters(tmp_path / "model").of([text])
    assert cutter.ids is None
    assert cutter.cut(text) == Cutters(folder).of([text]).cut(text)
