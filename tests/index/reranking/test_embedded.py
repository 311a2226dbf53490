"""The reranker that ships: its files are those of its card, and give the card's figures."""

import hashlib
import json
from importlib.resources import files
from pathlib import Path

import pytest

from benchmarks.material import all_material, meets
from bot.lookup.finder import Finder
from index.reranking.passage_text import PassageText
from index.reranking.reranker import Reranker, load_reranker
from index.search.searcher import Searcher

pytestmark = pytest.mark.slow

SHIPPED = Path(str(files("index.reranking")))
CARD = json.loads((SHIPPED / "card.json").read_text("utf-8"))
QUESTION = "図書館の金曜の延長で職員は増やしますか"
RIGHT = "お見込みのとおりでございます。開館時間の延長に伴う増員は行わず、交代制で対応いたします。"
WRONG = "市の車は百三十六台でございまして、そのうち電気自動車は四台でございます。"


@pytest.fixture(scope="module")
def reranker(model_cache: Path) -> Reranker:
    """Give the embedded reranker."""
    loaded = load_reranker("embedded", model_cache)
    assert loaded is not None
    return loaded


def test_the_files_are_those_of_the_card():
    """Hashes and sizes: nobody ships another training by accident."""
    for name, stated in CARD["files"].items():
        data = (SHIPPED / name).read_bytes()
        assert hashlib.sha256(data).hexdigest() == stated["sha256"]
        assert len(data) == stated["bytes"]
    assert sum(stated["bytes"] for stated in CARD["files"].values()) < 25_000_000


def test_what_answers_is_told_from_what_does_not(reranker):
    """The passage that answers is lifted above one on something else; their order is kept."""
    wrong, right = reranker.read(
        QUESTION, [PassageText("会議録", "", WRONG), PassageText("会議録", "", RIGHT)]
    )
    assert right.lift > wrong.lift
    assert right.answers > wrong.answers


def test_its_spans_are_places_in_the_passage(reranker):
    """Each token's words are the passage's own; a passage may hold what looks like a mark."""
    text = f"<s>{RIGHT}</s>"
    (read,) = reranker.read(QUESTION, [PassageText("", "", text)])
    starts, ends = read.spans.T
    assert (starts[1:] >= starts[:-1]).all()
    assert (ends > starts).all()
    assert starts[0] == 0
    assert ends[-1] == len(text)
    assert len(read.words) == len(read.spans) > 10


def test_nothing_to_read_gives_nothing(reranker):
    """No passages, an empty one, and one longer than is read."""
    assert reranker.read(QUESTION, []) == []
    (empty,) = reranker.read(QUESTION, [PassageText("", "", "")])
    assert len(empty.words) == 0
    (long,) = reranker.read(QUESTION, [PassageText("", "", RIGHT * 200)])
    assert 100 < len(long.words) == len(long.spans) < 300
    assert len(long.of_stretch(0, 10**6)) == len(long.words)


def test_the_figures_of_the_card(reranker, sample_index, embedder):
    """Right passage first, on the short questions of the sample council, give or take one."""
    material = next(each for each in all_material() if each.name == "samples-short")
    cases = [case for case in material.cases if case.answerable]
    for stated, by in ((CARD["samples-short"]["with"], reranker),
                       (CARD["samples-short"]["without"], None)):  # fmt: skip
        searcher = Searcher.open(sample_index, embedder, reranker=by)
        first = [Finder(searcher).find(case.question).result.hits[0] for case in cases]
        right = sum(
            meets(case, hit.passage, hit.document.document)
            for case, hit in zip(cases, first, strict=True)
        )
        assert abs(right - stated) <= 1
