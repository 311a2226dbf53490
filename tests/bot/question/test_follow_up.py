"""Which questions lean on the one before, and what they take over."""

import pytest

from bot.question.follow_up import follow_up
from bot.question.leaning import leans, matter_of, may_be_new, topics_of

BEFORE = ["しおまる号の運賃は値上げされますか"]


@pytest.mark.parametrize(
    "text",
    [
        "それはいつから？",
        "費用は？",
        "次はいつ",
        "で、その理由は",
        "市長は何と？",
        "じゃあ子どもの分は？",
        "Why is that?",
        "いくら",
    ],
)
def test_a_question_that_points_back_takes_over_the_matter(text):
    """The nouns of the earlier question stand before its own words."""
    found = follow_up(text, BEFORE)
    assert found is not None
    assert found.text == f"{found.matter} {text}"
    assert "運賃" in found.matter


@pytest.mark.parametrize(
    "text",
    ["図書館の夜間開館の試行期間はいつまでですか", "給食費の無償化にかかる費用を教えてください"],
)
def test_a_question_with_a_matter_of_its_own_is_a_new_one(text):
    """Nothing is taken over."""
    assert not leans(text)
    assert follow_up(text, BEFORE) is None


def test_a_chain_of_follow_ups_keeps_the_first_matter():
    """The second one leans on the first through the one between."""
    found = follow_up("それはいつ決まった？", [*BEFORE, "増える収入は？"])
    assert found is not None
    assert "運賃" in found.matter
    assert "収入" in found.matter


def test_without_earlier_questions_nothing_is_taken_over():
    """A short question alone stays as it is."""
    assert follow_up("費用は？", []) is None


def test_the_matter_is_told_in_the_words_of_the_question():
    """Nouns as they were typed, each once, without the words of asking."""
    assert matter_of("路線バスの運賃の値上げはいつですか") == "路線バス 運賃 値上げ"
    assert matter_of("しおまる号の運賃は？") == "しおまる号 運賃"


def test_what_narrows_an_earlier_question_is_no_matter():
    """The body and who spoke there go on as restrictions; a new one would stand beside them."""
    found = follow_up("市長は？", ["審議会で運賃は"], lambda text: text.removeprefix("審議会で"))
    assert found is not None
    assert found.matter == "運賃"
    assert found.earlier == ("審議会で運賃は",)


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("図書館の開館時間は？", True),
        ("学童の定員は何人ですか", True),
        ("図書館の運賃は？", False),
        ("市長の答えは？", False),
        ("その理由は？", False),
        ("市外の病院まで行くのもできる？", False),
        ("費用は？", False),
    ],
)
def test_a_short_question_may_be_on_a_subject_of_its_own(text: str, new: bool):  # noqa: FBT001  drawn
    """It names a thing and what is asked of it, and nothing of what was spoken of before."""
    assert may_be_new(text, BEFORE) is new


def test_a_follow_up_leans_on_the_newest_subject_only():
    """What was before a question with a subject of its own is not taken over."""
    found = follow_up("それはいつから？", [*BEFORE, "図書館の開館時間は？"])
    assert found is not None
    assert "運賃" not in found.matter
    assert "図書館" in found.matter


def test_a_date_is_no_part_of_a_matter():
    """It goes on as a time."""
    assert matter_of("令和6年度の給食費はいくら") == "給食費"


def test_a_matter_is_looked_up_as_a_topic_from_its_fullest_name_on():
    """All nouns, then neighbours, then one by one."""
    topics = topics_of("図書館 金曜 職員")
    assert topics[:3] == ("図書館 金曜 職員", "図書館 金曜", "金曜 職員")
    assert set(topics[3:]) == {"図書館", "金曜", "職員"}
