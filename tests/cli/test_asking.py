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


@pytest.mark.parametrize(
    "question",
    [
        *("能勢委員が村長に聞いたことは？", "村長に対して能勢委員が質問したことを全部"),
        *("能勢委員が執行部に尋ねたことは？", "能勢委員から課長への質問は？"),
        *("能勢委員が村長に直接問いただしたのは？", "能勢委員は村長に何を求めた？"),
    ],
)
def test_who_is_asked_is_no_matter(village, question):
    """What the member asked is told, whoever is named as the one whom he asked it of."""
    reply = ask(village, question)
    assert (reply["count"], reply["counted"]) == (3, "speeches")
    assert {citation["speaker"] for citation in reply["citations"]} == {"能勢一夫委員"}


def test_who_is_asked_leaves_the_matter_as_it_is(village):
    """Beside a matter the name is not looked for; who asked is not told by who is mayor."""
    reply = ask(village, "近江委員が村長に除雪について聞いたことは？")
    assert [citation["speaker"] for citation in reply["citations"]] == ["近江育子委員"]
    assert "出動の基準" in reply["answer"]
    who = ask(village, "村長に質問したのは誰？")
    assert all("栗本敏村長、" not in citation["text"] for citation in who["citations"])


def test_a_persons_words_that_do_not_answer_are_not_said_to_be_none(village):
    """Somebody else's are shown as theirs."""
    declined = ask(village, "村長は利用料の値上げについて何と答えた？")["declined"]
    assert declined["message"] == (
        "「村長の答弁・発言」の中に、この質問に答えるものは見つかりませんでした。"
        "桐山こども課長は次のように述べています。"
    )
    assert [hit["speaker"] for hit in declined["nearest"]] == ["桐山こども課長"]


def test_only_a_word_that_was_typed_is_said_to_stand_nowhere(village):
    """Nouns of two questions, of two words, or with いくら behind them, are no one word."""
    assert ask(village, "学童の月謝いくら")["absent"] == ["月謝"]
    assert ask(village, "学童 月謝 奨学金")["absent"] == ["月謝", "奨学金"]
    follow_up = ask(village, "それは奨学金で払える？", "学童の月謝いくら", "免除になるのは？")
    assert follow_up["taken_over"]
    assert follow_up["absent"] == ["月謝", "免除", "奨学金"]
