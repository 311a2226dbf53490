"""One question at the command line, on the papers of a village: what a script and people get."""

import json

import pytest
from click.testing import CliRunner

from cli.main import kiroku
from tests.cli.village import write_papers

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def village(model_cache, tmp_path_factory):
    """Give a data folder with the village's papers. Only to be read."""
    room = tmp_path_factory.mktemp("village")
    (room / "data").mkdir()
    (room / "data" / "models").symlink_to(model_cache)
    run(room / "data", "ingest", str(write_papers(room / "papers")))
    return room / "data"


def run(data, *words, given=None):
    """Run ``kiroku`` and return its standard output; it must end well."""
    ended = CliRunner().invoke(kiroku, [*words, "--data", str(data)], input=given)
    assert ended.exit_code == 0, ended.output
    return ended.stdout


def ask(data, question, *before):
    """Return what one line of a batch gives."""
    line = json.dumps({"id": 1, "question": question, "before": before})
    return json.loads(run(data, "ask", "--batch", "-", given=line))


def test_only_a_word_that_was_typed_is_said_to_stand_nowhere(village):
    """Nouns of two questions, of two words, or with いくら behind them, are no one word."""
    assert ask(village, "学童の月謝いくら")["absent"] == ["月謝"]
    assert ask(village, "学童 月謝 奨学金")["absent"] == ["月謝", "奨学金"]
    follow_up = ask(village, "それは奨学金で払える？", "学童の月謝いくら", "免除になるのは？")
    assert follow_up["taken_over"]
    assert follow_up["absent"] == ["月謝", "免除", "奨学金"]
