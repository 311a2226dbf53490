"""Which words of a passage are quoted."""

from hypothesis import given
from hypothesis import strategies as st

from bot.extraction import WHOLE, choose_quote
from bot.question import understand

LONG = (
    "ご質問にお答えいたします。",
    "中央図書館の建物は昭和五十二年に建てられ、これまで三度の改修を行ってまいりました。" * 2,
    "開館時間につきましては、平日は午後八時まで、土曜日と日曜日は午後六時までとしております。",
    "ただし、年末年始は十二月二十九日から一月三日まで休館といたします。",
    "駐車場は八十台分を備えており、隣の公民館と共用しております。" * 2,
    "このほかのご質問につきましては、教育部長から答弁いたします。",
)


def quote(text, question):
    """Return the quote for a question, all words alike rare."""
    return choose_quote(text, understand(question), lambda _: 1.0)


def test_the_sentence_that_answers_is_quoted_with_its_condition():
    """Of a long passage the answering sentence is taken, and a ただし that follows it."""
    chosen = quote("".join(LONG), "平日の開館時間は何時までですか")
    assert LONG[2] + LONG[3] in chosen
    assert len(chosen) <= WHOLE


def test_courtesies_and_handing_over_are_left_out():
    """Neither the opening courtesy nor the hand-over to the next speaker is quoted."""
    chosen = quote(LONG[0] + LONG[2] + LONG[5], "開館時間は")
    assert chosen == LONG[2]


def test_a_sentence_with_content_is_no_courtesy():
    """お答えしたが at the front of a correction is content and stays."""
    text = "先の委員会で三十七人とお答えしたが、正しくは四十一人であった。おわびして訂正する。"
    assert quote(text, "待機児童は本当は何人か") == text


def test_nothing_but_courtesy_is_still_quoted():
    """A passage of one courtesy gives that: a quote is never empty."""
    assert quote(LONG[0], "図書館") == LONG[0]


@given(
    st.lists(
        st.text("あいうえお漢字一二三、「」（）ABC 123\n", min_size=1, max_size=60).map(
            lambda words: words + "。"
        ),
        min_size=1,
        max_size=12,
    )
)
def test_a_quote_stands_in_its_passage(parts):
    """Whatever the passage, the quote occurs in it character for character and is not empty."""
    text = "".join(parts)
    chosen = quote(text, "漢字は何ですか")
    assert chosen
    assert chosen in text
