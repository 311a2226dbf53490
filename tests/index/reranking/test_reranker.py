"""The seam of the rerankers: which is loaded, and what it is given."""

import datetime as dt
from pathlib import Path

import numpy as np
import pytest

from index.errors import RerankerError
from index.passage import Document, DocumentId, DocumentKind, Passage, PassageId, PassageKind
from index.record import Role
from index.reranking.passage_text import MOST_HEAD, PassageText, passage_text
from index.reranking.reranker import Reading, load_reranker
from index.search.query import Query
from index.search.searcher import Searcher
from index.writer import Writer
from tests.index.making import LIBRARY, ROADS, CharacterEmbedder, minutes


class LastFirst:
    """A reranker that holds what was ranked last for the best."""

    name = "last first"

    def __init__(self) -> None:
        self.questions: list[str] = []

    def read(self, question, passages):
        """Return ever higher lifts, and words that answer at the beginning of each passage."""
        self.questions.append(question)
        spans = np.array([[0, 3]], dtype=np.int32)
        words = np.array([2.0], dtype=np.float32)
        return [Reading(10.0 * at, float(at), spans, words) for at in range(len(passages))]


@pytest.fixture
def data(tmp_path):
    """Give a data folder with two minutes."""
    with Writer.open(tmp_path, CharacterEmbedder()) as writer:
        writer.put([LIBRARY, ROADS], root="/in", reader="1")
        writer.publish()
    return tmp_path


def test_what_a_reranker_reads_is_lifted(data):
    """The order turns, and each hit carries what was read of it."""
    plain = Searcher.open(data, CharacterEmbedder()).search(Query("図書館の開館時間"))
    by = LastFirst()
    read = Searcher.open(data, CharacterEmbedder(), reranker=by).search(Query("図書館の開館時間"))
    assert read.hits[0].passage != plain.hits[0].passage
    assert read.hits[0].passage in {hit.passage for hit in plain.hits}
    assert read.signals[0].reading is not None
    assert by.questions == ["図書館の開館時間"]


def test_fast_queries_and_histories_are_not_read(data):
    """Nothing is asked of the reranker."""
    by = LastFirst()
    searcher = Searcher.open(data, CharacterEmbedder(), reranker=by)
    for query in (Query("図書館", fast=True), Query("図書館", repeats=True)):
        assert all(signals.reading is None for signals in searcher.search(query).signals)
    assert by.questions == []


def test_the_whole_question_is_read_where_a_part_of_it_is_searched(data):
    """A body that narrows the search is left out of its words, not of what is read."""
    by = LastFirst()
    searcher = Searcher.open(data, CharacterEmbedder(), reranker=by)
    searcher.search(Query("開館時間", asked="委員会で開館時間は"))
    assert by.questions == ["委員会で開館時間は"]


@pytest.mark.parametrize(("sure", "reads"), [(9.0, [8]), (0.0, [8, 4])])
def test_the_rest_is_not_read_where_one_answers_clearly(tmp_path, sure, reads):
    """The best eight are read; the others only where none of them answers for certain."""
    turns = [("事務局", Role.EXECUTIVE, f"図書館の開館時間は{n}時です。", None) for n in range(12)]
    with Writer.open(tmp_path, CharacterEmbedder()) as writer:
        writer.put([minutes("審議会.txt", "2023-05-10", turns)], root="/in", reader="1")
        writer.publish()
    asked: list[int] = []

    class Sure:
        name = "sure"

        def read(self, _question, passages):
            asked.append(len(passages))
            nothing = np.zeros((0, 2), np.int32), np.zeros(0, np.float32)
            return [Reading(0.0, sure, *nothing) for _ in passages]

    searcher = Searcher.open(tmp_path, CharacterEmbedder(), reranker=Sure())
    hits = searcher.search(Query("図書館の開館時間"), 12).hits
    assert asked == reads
    assert len(hits) == 12


def test_what_stands_around_a_passage_is_read_with_it():
    """Title, date, headings, article and speaker, cut at a length; the words it answers."""
    document = Document(
        DocumentId("a"), "第3回会議", DocumentKind.MINUTES, "x", date=dt.date(2023, 2, 1)
    )
    passage = Passage(
        PassageId("a-1"),
        "はい。",
        PassageKind.ANSWER,
        heading=("一", "二" * 200),
        speaker="課長",
        question="増えますか。",
    )
    text = passage_text(passage, document)
    assert text.head.startswith("第3回会議｜令和5年2月1日 2023年｜一｜二")
    assert len(text.head) == MOST_HEAD
    assert (text.asked, text.words) == ("増えますか。", "はい。")


def test_words_of_a_stretch_are_those_that_it_overlaps():
    """Half a token counts; nothing is told of what was not read."""
    spans = np.array([[0, 2], [2, 4], [4, 6]], dtype=np.int32)
    reading = Reading(0.0, 0.0, spans, np.array([1.0, 2.0, 3.0], dtype=np.float32))
    assert reading.of_stretch(3, 5).tolist() == [2.0, 3.0]
    assert reading.of_stretch(6, 9).tolist() == []


def test_off_is_none_and_a_wrong_name_is_an_error(tmp_path):
    """The message names the setting and what it takes."""
    assert load_reranker("off", tmp_path) is None
    with pytest.raises(RerankerError, match="KIROKU_RERANKER"):
        load_reranker(str(tmp_path / "nothing here"), tmp_path)


def tiny_cross_encoder(folder: Path, outputs: int) -> str:
    """Write a random cross-encoder of one layer, 32 wide, that reads single characters."""
    from transformers import (  # noqa: PLC0415 (slow to import)
        BertConfig,
        BertForSequenceClassification,
        BertTokenizerFast,
    )

    folder.mkdir()
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"図書館開間時平日は午後八まで延道路"]
    (folder / "vocab.txt").write_text("\n".join(pieces), "utf-8")
    config = BertConfig(
        vocab_size=len(pieces),
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        num_labels=outputs,
        initializer_range=0.5,
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder)
    return str(folder)


@pytest.mark.slow
def test_any_cross_encoder_takes_its_place(data, tmp_path):
    """A folder's model reads what stands around a passage too, and its logits lift the hits."""
    from sentence_transformers import CrossEncoder  # noqa: PLC0415 (slow to import)

    folder = tiny_cross_encoder(tmp_path / "tiny", 1)
    reranker = load_reranker(folder, tmp_path)
    assert reranker is not None
    assert reranker.name == "tiny"
    texts = [PassageText("図書館", "開館は", "午後八時まで"), PassageText("", "", "道路")]
    sure = CrossEncoder(folder).predict(
        [("時間は", "図書館\n開館は\n午後八時まで"), ("時間は", "道路")]
    )
    for reading, probability in zip(reranker.read("時間は", texts), sure, strict=True):
        assert reading.lift == reading.answers
        assert 1 / (1 + np.exp(-reading.lift)) == pytest.approx(float(probability), abs=1e-4)
        assert len(reading.words) == 0
    assert reranker.read("時間は", []) == []
    searcher = Searcher.open(data, CharacterEmbedder(), reranker=reranker)
    assert all(each.reading for each in searcher.search(Query("図書館の開館時間")).signals)


@pytest.mark.slow
def test_a_model_that_sorts_into_classes_is_an_error_at_once(tmp_path):
    """Not when the first question is asked."""
    with pytest.raises(RerankerError, match="one output"):
        load_reranker(tiny_cross_encoder(tmp_path / "classes", 3), tmp_path)
