"""One question at the command line, on the papers of a village: what a script and people get."""

import json

import pytest
from click.testing import CliRunner

from cli.main import kiroku
from tests.cli.asking.village import write_papers
from tests.cli.output.test_json_output import REPLY, assert_shape

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


TALK = [
    *(("ありがとうございました", "thanks"), ("サンキュー👍", "thanks"), ("さんきゅー", "thanks")),
    *(("こんにちは", "greeting"), ("了解です", "noted"), ("使い方おしえて", "help")),
    *(("？？", "help"), ("どんな資料がある？", "index"), ("要約して", "summary")),
    *(("もっと詳しく", "more"), ("他の年は？", "other_years"), ("Thank you!", "thanks")),
]


@pytest.mark.parametrize(("said", "talk"), TALK)
def test_what_is_no_question_is_not_looked_up(village, said, talk):
    """A script gets the words that people get, as a decline that says what was meant."""
    reply = ask(village, said)
    assert (reply["question"], reply["answer"], reply["citations"]) == (said, None, [])
    assert reply["talk"] == talk
    message = reply["declined"].pop("message")
    assert reply["declined"] == {"reason": "not_covered", "nearest": [], "choices": []}
    assert "".join(run(village, "ask", said).split()) == "".join(message.split())
    assert_shape(reply, {"id": int} | REPLY)


def test_one_question_as_json_is_read_in_the_same_way(village):
    """Without a batch, too; thanks before a question are not looked for."""
    assert json.loads(run(village, "ask", "ありがとう！", "--json"))["talk"] == "thanks"
    polite = json.loads(run(village, "ask", "ありがとう、除雪機は何台？", "--json"))
    assert polite["question"] == "ありがとう、除雪機は何台？"
    assert polite["answer"] == ask(village, "除雪機は何台？")["answer"]
    assert polite["talk"] is None


def test_a_follow_up_goes_on_past_talk(village):
    """Thanks between two questions are as if they were not there."""
    plain = ask(village, "それはいつ買い足す？", "除雪機は何台？")
    thanked = ask(village, "それはいつ買い足す？", "除雪機は何台？", "ありがとう", "了解です")
    assert plain["taken_over"]
    assert thanked["taken_over"] == plain["taken_over"]
    assert thanked["answer"] == plain["answer"]


@pytest.mark.parametrize(("said", "talk"), [("もっと詳しく", "more"), ("誰が言ったの？", "source")])
def test_more_is_told_of_the_last_answer(village, said, talk):
    """The JSON holds all of it: passages, speakers and places."""
    reply = ask(village, said, "水路の柵の修繕はいつ終わる？", "ありがとう")
    assert reply["talk"] == talk
    assert reply["question"] == said
    assert [citation["speaker"] for citation in reply["citations"]] == ["沼田建設課長"]


@pytest.mark.parametrize(
    ("question", "before"),
    [("除雪、これまでの経緯", ()), ("他の年は？", ("除雪はどうなる？",))],
)
def test_a_history_is_answered_meeting_by_meeting(village, question, before):
    """Each meeting's words as a sentence with its citation, oldest first."""
    reply = ask(village, question, *before)
    days = [citation["date"] for citation in reply["citations"]]
    assert days == ["2022-09-12", "2023-12-08"]
    assert reply["history"]["meetings"] == 2
    for number, citation in enumerate(reply["citations"], start=1):
        assert citation["quote"] in citation["text"]
        assert f"[{number}]" in reply["answer"]
    assert reply["declined"] is None


def test_a_history_knows_the_matter_by_other_words_and_as_it_was_called_up(village):
    """学童 is 児童クラブ there; in the second sitting only the chair names it."""
    reply = ask(village, "学童の値上げ、これまでの流れ")
    days = [citation["date"] for citation in reply["citations"]]
    assert days == ["2022-09-12", "2023-12-08", "2024-06-14"]
    assert "支援員を一人増やす費用" in reply["answer"]
    assert "除雪" not in reply["answer"]


def test_where_there_is_room_a_meeting_is_told_with_more_of_its_words(village):
    """In the order in which they were said; each meeting comes first."""
    question = "放課後児童クラブ、これまでの経緯"
    whole = ask(village, question)["citations"]
    days = [citation["date"] for citation in whole]
    assert days == sorted(days)
    assert days.count("2022-09-12") == 2
    fewer = json.loads(run(village, "ask", question, "--json", "--limit", str(len(set(days)))))
    assert [citation["date"] for citation in fewer["citations"]] == sorted(set(days))


def test_of_a_long_history_the_newest_are_told(village):
    """At most as many as the limit says; how many there are beside is told."""
    question = "除雪の経緯を教えて"
    reply = json.loads(run(village, "ask", question, "--json", "--limit", "1"))
    assert [citation["date"] for citation in reply["citations"]] == ["2023-12-08"]
    assert reply["history"] == {
        "topic": "除雪", "meetings": 2, "others": 0, "left_out": 1,
    }  # fmt: skip


def test_without_any_history_a_question_is_answered_as_any_other(village):
    """What the history calls by another name may still be found."""
    reply = ask(village, "雪かきの機械の台数の経緯は？")
    assert reply["history"] is None
    assert reply["answer"] or reply["declined"]["nearest"]


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
    assert ask(village, "学童の入会金いくら")["absent"] == ["入会金"]
    assert ask(village, "学童 入会金 奨学金")["absent"] == ["入会金", "奨学金"]
    follow_up = ask(village, "それは奨学金で払える？", "学童の入会金いくら", "免除になるのは？")
    assert follow_up["taken_over"]
    assert follow_up["absent"] == ["入会金", "免除", "奨学金"]


def test_a_list_is_not_said_to_tell_that_nothing_is_decided(village):
    """One of the things that somebody said may be that; the list of them is what was asked for."""
    reply = ask(village, "能勢委員が課長に聞いたことは？")
    assert "公表しない" in reply["answer"]
    assert reply["withheld"] is False
