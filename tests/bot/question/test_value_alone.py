"""Questions that ask for one value and say nothing else."""

import pytest

from bot.question.value_alone import asks_value_alone, tells_value


@pytest.mark.parametrize(
    "text",
    [
        *("それはいつ？", "いつから？", "いつからですか", "いくらになりますか", "何人ですか？"),
        *("なぜ？", "どこで？", "それは誰ですか", "理由はなぜ", "で、いつ？", "費用はいくら？"),
        *("When is that?", "how much?", "And why?", "How many people?"),
    ],
)
def test_a_value_alone_is_asked_for(text):
    """With what points back, and a copula, at most."""
    assert asks_value_alone(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "運賃はいくら？",
            "いつ決まった？",
            "それはいつ可決された？",
            "誰が言ったの？",
            "なぜ反対した？",
        ),
        *(
            "それは何ですか",
            "それで？",
            "図書館はいつ",
            "When did it pass?",
            "How much is the fare?",
        ),
    ],
)
def test_what_says_more_is_a_question_of_its_own(text):
    """A thing, a deed: it may be told elsewhere."""
    assert not asks_value_alone(text)


@pytest.mark.parametrize(
    ("question", "text", "tells"),
    [
        ("それはいつ？", "施行は令和５年４月１日を予定しております。", True),
        ("それはいつ？", "来年度に始めます。来春の予定です。", True),
        ("それはいつ？", "開館時間は午前９時３０分から午後６時までです。", False),
        ("それはいつ？", "三年間の事業でございます。", False),
        ("いくら？", "運賃は一乗車３５０円といたします。", True),
        ("いくら？", "運賃は一割ほど上げます。", False),
        ("何人？", "対象は約三百八十人です。", True),
        ("なぜ？", "運転手が足りないためです。", True),
        ("When?", "It opens on October 4.", True),
    ],
)
def test_a_value_is_told_by_what_is_of_its_kind(question, text, tells):
    """The hours of a day are no day, a share no amount."""
    assert tells_value(question, text) is tells
