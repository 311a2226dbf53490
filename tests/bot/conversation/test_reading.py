"""What a message asks: one question as it is, several one by one, the one in a long message."""

import pytest

from bot.conversation.reading import LONG, MOST_QUESTIONS, read_message
from bot.conversation.talk import Talk


def asked(text: str) -> list[str]:
    """Return the questions of a message."""
    return [each.text for each in read_message(text).questions]


@pytest.mark.parametrize(
    "text",
    [
        "図書館の開館時間は？",
        "前に委員会で聞いたが、その後どうなった",
        "浜手小の跡地、市はいくらで売るつもり？2022年の議会で",
        "令和4年7月の審議会は運行計画案をどう扱った？賛成？",
        "「来年度やるんだね？」と迫られて部長は何と答えた？",
        "補聴器、来年度やるんだね？と迫られて福祉部長は何と答えた？",
        "What is the fare of the bus?",
        "給食費",
    ],
)
def test_one_question_stays_as_it_was_written(text: str):
    """Nothing is cut off it, an afterthought neither."""
    assert asked(text) == [text]


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("ありがとう。給食費は？", "給食費は？"),
        ("ありがとうございます、給食費は？", "給食費は？"),
        (
            "お疲れ様です。図書館の開館時間を教えてください。よろしくお願いします。",
            "図書館の開館時間を教えてください。",
        ),
        ("了解です！では利用料は？", "では利用料は？"),
        ("Hello, what was decided on the budget?", "what was decided on the budget?"),
        ("Thanks! What is the fare?", "What is the fare?"),
    ],
)
def test_courtesies_around_a_question_are_not_searched_for(text: str, rest: str):
    """Only the rest is asked."""
    assert asked(text) == [rest]


@pytest.mark.parametrize(
    "text", ["ありがとう。ところで給食費は？", "別件ですが、給食費は？", "By the way, 給食費は？"]
)
def test_a_change_of_subject_that_is_announced_is_one(text: str):
    """The question stands alone, whatever was said before it."""
    (question,) = read_message(text).questions
    assert (question.text, question.fresh) == ("給食費は？", True)


def test_several_questions_are_told_apart_with_what_stands_before_them():
    """What is told first, and the question before, are what the next may lean on."""
    first, second = read_message(
        "学童について聞きたい。利用料はいくらですか？定員は何人ですか？"
    ).questions
    assert first.text == "利用料はいくらですか？"
    assert first.context == ("学童について聞きたい。",)
    assert second.text == "定員は何人ですか？"
    assert second.context == (*first.context, first.text)


def test_the_items_of_a_list_are_questions():
    """Each line with a bullet is one, without its bullet."""
    text = "以下を教えてください。\n・学童の利用料\n２．図書館の開館時間\n(3) しおまる号の運賃"
    assert asked(text) == ["学童の利用料", "図書館の開館時間", "しおまる号の運賃"]


def test_of_many_questions_the_rest_is_counted():
    """Three are answered at once."""
    reading = read_message("\n".join(f"第{n}号議案の結果はどうなりましたか？" for n in range(1, 6)))
    assert len(reading.questions) == MOST_QUESTIONS
    assert reading.left == 2


TOLD = "先日の会議では、資料をもとに担当から説明があり、委員からさまざまな意見が出されました。"


@pytest.mark.parametrize("closing", ["", "急ぎです。", "よろしくお願いします。"])
def test_in_a_long_message_the_question_at_its_end_is_found(closing: str):
    """What leads to it is told with it, and may be leant on."""
    text = TOLD * (LONG // len(TOLD) + 1) + "それでは図書館の開館時間は何時からですか？" + closing
    reading = read_message(text)
    (question,) = reading.questions
    assert reading.found_in
    assert question.text.startswith("それでは図書館の開館時間は何時からですか？")
    assert question.context == (TOLD,)


def test_in_a_long_message_the_question_at_its_beginning_is_found():
    """Where nothing is asked at the end."""
    reading = read_message("図書館の開館時間は何時からですか？\n" + TOLD * (LONG // len(TOLD) + 1))
    assert reading.questions[0].text.startswith("図書館の開館時間は何時からですか？")
    assert len(reading.questions[0].text) < LONG


@pytest.mark.parametrize(
    ("text", "nothing"),
    [
        ("ありがとう", True),
        ("なるほど、来週の会議で使います", True),
        ("I'll bring this to the meeting tomorrow.", True),
        (":+1:", True),
        ("使い方", False),
        ("もっと詳しく", False),
        ("給食費の値上げ", False),
        ("区長は何と答えた", False),
        ("それはいつ？", False),
    ],
)
def test_words_that_ask_nothing_are_known(text: str, nothing: bool):  # noqa: FBT001  drawn
    """Among people they want no reply."""
    assert read_message(text).asks_nothing is nothing


def test_what_asks_most_is_what_a_message_is():
    """Thanks and a call for help are a call for help."""
    assert read_message("ありがとうございます。使い方を教えてください。").talk is Talk.HELP
    assert read_message("おはようございます。了解です。").talk is Talk.GREETING


def test_to_be_told_about_something_is_a_question():
    """And to be told about a few things announces them."""
    assert asked("街路樹と緑地について教えてください。") == ["街路樹と緑地について教えてください。"]
    text = "学童について2点教えてください。利用料はいくらですか。定員は何人ですか。"
    assert asked(text) == ["利用料はいくらですか。", "定員は何人ですか。"]
