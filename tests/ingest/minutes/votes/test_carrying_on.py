"""How far the number of a matter carries on: as long as the minutes speak of it."""

import pytest

from tests.ingest.lines import read

SUMMARY = """\
まちづくり委員会　会議概要
■日時　令和6年9月3日（火）10:00-11:40
■出席　委員長 栗田、委員 楠・柏・梅野・杉
■公園の遊具について
・ぶらんこを11月に取り替える。
■陳情第4号「歩道に街灯を求める陳情」
・楠：急いで付けるべき。
・採決：賛成3、反対1で採択。
"""
CHAIRED = """\
総務委員会会議録
令和6年9月4日
○栗田委員長　始めます。
○椎名課長　以上です。
○栗田委員長　議案第7号みどり市集会所条例の一部改正についてを議題といたします。
○栗田委員長　採決します。挙手多数。よって、議案第7号は可決すべきものと決定しました。
"""


def told(text):
    """Return number, title, result and the votes for it, of each vote."""
    document, _ = read(text)
    return [(vote.item, vote.title, vote.result, vote.ayes) for vote in document.sitting.votes]


STREETS = ("陳情第4号", "歩道に街灯を求める陳情", "採択", 3)
HALLS = ("議案第7号", "みどり市集会所条例の一部改正について", "可決", None)


def test_a_line_with_a_bare_number_opens_the_matter_of_that_number():
    """「■第21号（駐輪場）」 is 議案第21号 of the list above it, and no longer 陳情第4号."""
    text = (
        "■議案　第21号「みどり市駐輪場条例」／第22号「みどり市公園条例」\n"
        "■第21号（駐輪場）\n・課長の説明：1日100円とする。\n・賛成4、反対0で可決。\n"
        "■第22号（公園）\n・賛成2、反対2。委員長が決し、否決。\n"
    )
    assert told(SUMMARY + text) == [
        STREETS,
        ("議案第21号", "みどり市駐輪場条例", "可決", 4),
        ("議案第22号", "公園", "否決", 2),
    ]


def test_a_bare_number_that_stands_nowhere_else_is_a_matter_of_its_own():
    """Of what kind it is, no word says: it stays as it is printed."""
    text = "■第21号（駐輪場の料金）\n・賛成4、反対0で可決。\n"
    assert told(SUMMARY + text)[1:] == [("第21号", "駐輪場の料金", "可決", 4)]


def test_a_marked_line_without_a_number_ends_the_matter_above_it():
    """What is decided below it is called by its words."""
    text = "■駅前広場の使い方\n・案のとおりでよいか諮った。\n・賛成4、反対0で承認された。\n"
    assert told(SUMMARY + text) == [STREETS, (None, "駅前広場の使い方", "承認", 4)]


@pytest.mark.parametrize("part", ["■陳情の審査", "■付託案件", "■議案審査の結果"])
def test_the_name_of_a_part_is_no_matter(part):
    """「■陳情の審査」 above the matter takes nothing from it."""
    text = SUMMARY.replace("■陳情第4号", f"{part}\n　陳情第4号")
    assert told(text) == [STREETS]


def test_an_amendment_in_a_line_of_its_own_is_not_the_bill():
    """「・修正案（杉）：」 falls, and 「・原案：」 passes."""
    text = (
        "■議案第9号「みどり市駐輪場条例」\n"
        "・修正案（杉）：1日50円にする。→ 賛成1、反対3で否決。\n・原案：賛成3、反対1で可決。\n"
    )
    assert told(SUMMARY + text)[1:] == [
        ("議案第9号", "みどり市駐輪場条例に対する修正案", "否決", 1),
        ("議案第9号", "みどり市駐輪場条例", "可決", 3),
    ]


def test_another_matter_named_in_words_does_not_take_over_the_number():
    """「介護保険事業計画についても、…可決」 is no vote on 議案第7号, nor merged with it."""
    text = "　介護保険事業計画についても、賛成5、反対2で、可決すべきものと決定しました。\n"
    assert told(CHAIRED + text) == [HALLS, (None, "介護保険事業計画", "可決", 5)]


def test_another_matter_put_to_the_vote_in_words_is_the_one_decided():
    """What the chair takes up by its words alone, 「本案」 means from there on."""
    text = (
        "○栗田委員長　次に、学童保育の利用料の規則についてを議題といたします。\n"
        "○栗田委員長　挙手少数。よって、本案は否決すべきものと決定しました。\n"
    )
    assert told(CHAIRED + text) == [HALLS, (None, "学童保育の利用料の規則", "否決", None)]


@pytest.mark.parametrize(
    "subject", ["本条例は", "集会所条例の改正については", "みどり市集会所条例は", "同条例案は"]
)
def test_the_same_matter_in_other_words_keeps_its_number(subject):
    """A short name of the matter, or a word that points back to it, names no other one."""
    text = CHAIRED.replace("よって、議案第7号は可決", f"よって、{subject}可決")
    assert told(text) == [HALLS]


def test_words_that_are_the_title_of_another_numbered_matter_are_that_matter():
    """Of two bills dealt with together, the sentence says which one it decides."""
    text = (
        "○栗田委員長　議案第8号図書館条例の一部改正について、議案第9号火葬場条例の改正について、"
        "以上2件を一括議題といたします。\n"
        "○栗田委員長　図書館条例の一部改正については、挙手全員、可決すべきものと決定しました。\n"
        "○栗田委員長　火葬場条例の一部改正については、挙手少数、否決すべきものと決定しました。\n"
    )
    assert [(item, result) for item, _, result, _ in told(CHAIRED + text)[1:]] == [
        ("議案第8号", "可決"),
        ("議案第9号", "否決"),
    ]
