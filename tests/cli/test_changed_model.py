"""Another embedding model is set: what runs goes on, before all is embedded anew and after."""

import pytest
from click.testing import CliRunner

from cli.main import kiroku
from cli.open_collections import OpenCollections
from cli.open_index import open_embedder
from cli.options import Place
from cli.watching.runs import Runs
from index.passage import DEFAULT_COLLECTION
from index.settings import read_settings
from tests.index.embedding.test_embedder import tiny_model

pytestmark = pytest.mark.slow

SEES = frozenset({DEFAULT_COLLECTION})


@pytest.fixture
def other_model(tmp_path):
    """Give the folder of another small model."""
    return str(tiny_model(tmp_path / "other", seed=2))


@pytest.fixture
def documents(tmp_path):
    """Give a folder with a document."""
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "a.md").write_text("# 倉庫\n\n倉庫の鍵は総務課が預かる。\n")
    return tmp_path / "documents"


@pytest.fixture
def place(tmp_path):
    """Give a function that returns a data folder's settings with a model."""
    (tmp_path / "data" / "models").mkdir(parents=True)

    def with_model(model):
        environ = {"KIROKU_EMBEDDING_MODEL": model, "KIROKU_RERANKER": "off"}
        return Place(read_settings(environ, tmp_path, tmp_path / "data"))

    return with_model


def ingest(place, *words):
    """Ingest with the model that is set there; it must end well."""
    environ = {"KIROKU_EMBEDDING_MODEL": place.settings.embedding_model}
    words = ["ingest", *map(str, words), "--data", str(place.data)]
    ended = CliRunner().invoke(kiroku, words, env=environ)
    assert ended.exit_code == 0, ended.output


def asked(bot):
    """Ask what a bot has open; return its reply."""
    return bot.answerer(SEES).answer("倉庫の鍵は誰が預かりますか")


def test_a_running_bot_goes_over_to_the_new_model(place, documents, small_model, other_model):
    """It was started with the old one, and is not started again."""
    old, new = place(small_model), place(other_model)
    ingest(old, documents)
    bot = OpenCollections(old)
    before = asked(bot)
    ingest(new, "--rebuild")
    assert type(asked(bot)) is type(before)


def test_a_bot_that_is_started_with_the_new_model_answers_at_once(
    place, documents, small_model, other_model
):
    """From the old vectors, until all is embedded anew."""
    old, new = place(small_model), place(other_model)
    ingest(old, documents)
    bot = OpenCollections(new)
    before = asked(bot)
    ingest(new, "--rebuild")
    assert type(asked(bot)) is type(before)


def test_a_watch_goes_on_with_what_the_index_is_made_with(
    place, documents, small_model, other_model, capsys
):
    """Documents go on coming in, before all is embedded anew and after."""
    old, new = place(small_model), place(other_model)
    ingest(old, documents)
    for running in (new, old):
        runs = Runs(documents, running, prune=True, embedder=open_embedder(running))
        runs.sleep = lambda _: None
        (documents / f"{running.settings.embedding_model[-4:]}.md").write_text(
            f"# 橋\n\n{running.settings.embedding_model[-4:]}の橋を点検した。\n"
        )
        runs.run()
        assert "added 1" in capsys.readouterr().out
        ingest(new, "--rebuild")
