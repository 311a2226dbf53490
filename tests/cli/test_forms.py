"""An index of the model's own vectors, as earlier versions made them, after an update."""

import json

import pytest
from click.testing import CliRunner

import samples
from cli.main import kiroku
from cli.open_index import OpenIndex, open_embedder
from cli.options import Narrowed, Place
from index.embedding.embedder import load_embedder
from index.passage import Filters
from index.settings import read_settings
from index.writer import Writer
from ingest.pipeline import ingest

pytestmark = pytest.mark.slow

REPORT = samples.council() / "報告書"
QUESTION = "しおまる号の利用者は何人ですか？"


@pytest.fixture
def earlier(embedder, model_cache, tmp_path):
    """Give a data folder whose index holds the model's own vectors."""
    plain = load_embedder("embedded", model_cache, made_with=embedder.name.removesuffix("-int8"))
    with Writer.open(tmp_path / "data", plain) as writer:
        ingest([REPORT], index=writer)
    (tmp_path / "data" / "models").symlink_to(model_cache)
    return tmp_path / "data"


def run(data, *words):
    """Run ``kiroku`` and return what it printed; it must end well."""
    ended = CliRunner().invoke(kiroku, [*words, "--data", str(data), "--json"])
    assert ended.exit_code == 0, ended.output
    return json.loads(ended.stdout)


def embedder_of(data):
    """Return the name of the vectors in the index."""
    return run(data, "status")["embedder"]


def test_index_of_an_earlier_version_goes_on(earlier, embedder, tmp_path):
    """It is searched and added to with its own kind of vectors, and nothing has to be done."""
    before = embedder_of(earlier)
    assert before != embedder.name
    assert run(earlier, "search", QUESTION)["hits"]
    (tmp_path / "memo.txt").write_text("倉庫の鍵は総務課が預かる。", encoding="utf-8")
    run(earlier, "ingest", str(tmp_path / "memo.txt"))
    assert embedder_of(earlier) == before
    assert run(earlier, "search", "倉庫の鍵は誰が持っているか")["hits"][0]["document"] == "memo.txt"


def test_rebuild_changes_to_the_quick_form(earlier, embedder):
    """``ingest --rebuild`` embeds in whole numbers; a running bot goes over by itself."""
    place = Place(read_settings({}, earlier, earlier))
    running = OpenIndex(place, open_embedder(place))
    assert running.search(QUESTION, Narrowed(Filters(), 3)).result.hits
    run(earlier, "ingest", "--rebuild")
    assert embedder_of(earlier) == embedder.name
    assert running.search(QUESTION, Narrowed(Filters(), 3)).result.hits
    assert run(earlier, "search", QUESTION)["hits"]
