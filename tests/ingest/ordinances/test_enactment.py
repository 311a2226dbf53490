import datetime as dt

import pytest

from tests.ingest.lines import read

TOWN = """\
○つばき市緑地条例
{head}
（目的）
第１条　この条例は、緑地を守ることを目的とする。
（委任）
第２条　この条例の施行に関し必要な事項は、規則で定める。
附　則
{supplement}
"""
DATED = "令和4年6月30日\n条例第12号"


def enacted(head=DATED, supplement="この条例は、公布の日から施行する。"):
    """Return what an ordinance of two articles says of its own life."""
    document, _ = read(TOWN.format(head=head, supplement=supplement))
    return document.enactment


@pytest.mark.parametrize(
    ("head", "number"),
    [
        ("令和4年6月30日\n条例第12号", "令和4年条例第12号"),
        ("令和４年６月３０日条例第１２号", "令和４年条例第１２号"),
        ("（令和4年6月30日条例第12号）", "令和4年条例第12号"),
        ("令和4年6月30日\nつばき市長　春野　花子\nつばき市条例第12号", "令和4年つばき市条例第12号"),
    ],
)
def test_number_and_promulgation_stand_in_the_head(head, number):
    """Year and number are put together as printed, on one line or on several."""
    found = enacted(head)
    assert found.number == number
    assert found.promulgated == dt.date(2022, 6, 30)
    assert found.amended is None


def test_days_may_stand_behind_labels():
    """公布年月日 and 施行期日 name the days where a site prints them above the text."""
    found = enacted(
        "公布年月日：令和4年6月30日\n施行期日　令和4年7月1日", "この条例は、別に定める。"
    )
    assert found.promulgated == dt.date(2022, 6, 30)
    assert found.in_force == dt.date(2022, 7, 1)


def test_the_last_amendment_is_told_by_head_and_supplements():
    """改正 lines of the head and numbers of later supplements are amendments."""
    head = f"{DATED}\n改正　令和5年3月20日条例第2号\n令和5年9月29日条例第20号"
    assert enacted(head).amended == dt.date(2023, 9, 29)
    later = "この条例は、公布の日から施行する。\n附　則（令和6年3月15日条例第7号）抄\n施行する。"
    assert enacted(supplement=later).amended == dt.date(2024, 3, 15)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("公布の日から施行する。", dt.date(2022, 6, 30)),
        ("公布の日の翌日から施行する。", dt.date(2022, 7, 1)),
        (
            "令和5年4月1日から施行する。ただし、第２条は、公布の日から施行する。",
            dt.date(2023, 4, 1),
        ),
        ("公布の日から起算して10日を経過した日から施行する。", dt.date(2022, 7, 10)),
        ("公布の日から起算して3月を経過した日から施行する。", dt.date(2022, 9, 30)),
        ("公布の日から起算して6月を超えない範囲内において規則で定める日から施行する。", None),
        ("規則で定める日から施行する。", None),
    ],
)
def test_the_day_of_coming_into_force_is_worked_out(words, day):
    """A day is told where the supplement names it or counts it from the promulgation."""
    assert enacted(supplement=f"この条例は、{words}").in_force == day


def test_the_supplement_of_the_contents_is_none():
    """附則 in the table of contents does not hide the real one."""
    head = f"{DATED}\n目次\n第１章　総則（第１条・第２条）\n附則\n第１章　総則"
    assert enacted(head).in_force == dt.date(2022, 6, 30)


def test_the_first_supplement_tells_when_the_ordinance_came_into_force():
    """Later supplements tell when their amendments did."""
    words = (
        "この条例は、令和4年7月1日から施行する。\n"
        "附　則（令和6年3月15日条例第7号）\nこの条例は、令和6年4月1日から施行する。"
    )
    assert enacted(supplement=words).in_force == dt.date(2022, 7, 1)


def test_an_ordinance_may_end_on_a_day():
    """「限り、その効力を失う」: the day after is the first on which it does not hold."""
    words = (
        "この条例は、公布の日から施行する。\n２　この条例は、令和7年3月31日限り、その効力を失う。"
    )
    found = enacted(supplement=words)
    assert found.repealed == dt.date(2025, 4, 1)
    assert found.is_repealed


def test_the_day_of_force_is_not_the_day_of_expiry():
    """Grants tell both in one sentence."""
    found = enacted(
        supplement="この条例は、令和3年7月1日から施行し、令和8年3月31日限り、その効力を失う。"
    )
    assert found.in_force == dt.date(2021, 7, 1)
    assert found.repealed == dt.date(2026, 4, 1)


@pytest.mark.parametrize(
    ("note", "day"),
    [("【廃止】", None), ("（令和6年3月31日条例第5号により廃止）", dt.date(2024, 3, 31))],
)
def test_an_editors_note_of_repeal_is_read(note, day):
    """A repealed text says so in its head, with or without a day."""
    found = enacted(f"{DATED}\n{note}")
    assert found.is_repealed
    assert found.repealed == day


def test_nothing_of_repeal_means_in_force():
    """An ordinance that speaks of abolishing something else is not repealed."""
    found = enacted(
        supplement="この条例は、公布の日から施行する。\n２　つばき市樹木条例は、廃止する。"
    )
    assert not found.is_repealed
    assert found.repealed is None


def test_an_ordinance_that_repeals_another_names_it():
    """「○○条例を廃止する条例」 is in force itself and changes the other."""
    document, _ = read(
        "つばき市樹木条例を廃止する条例\n令和6年3月15日条例第5号\n"
        "つばき市樹木条例（昭和50年条例第3号）は、廃止する。\n附　則\n"
        "この条例は、令和6年4月1日から施行する。",
    )
    assert document.enactment.amends == "つばき市樹木条例"
    assert document.enactment.in_force == dt.date(2024, 4, 1)
    assert not document.enactment.is_repealed


def test_an_english_ordinance_tells_its_life():
    """Number, passage and effective date are read from English words."""
    document, _ = read(
        "CITY OF ALDER BAY\nORDINANCE NO. 2024-07\nAN ORDINANCE ON RENTALS\n"
        "Section 1. Purpose. This ordinance protects housing.\n"
        "Section 2. Effective date. This ordinance takes effect on January 1, 2025.\n"
        "PASSED by the Council on October 8, 2024.",
    )
    found = document.enactment
    assert found.number == "ORDINANCE NO. 2024-07"
    assert found.promulgated == document.date == dt.date(2024, 10, 8)
    assert found.in_force == dt.date(2025, 1, 1)


@pytest.mark.parametrize(
    ("head", "sentence", "field", "day"),
    [
        ("As last amended March 5, 2024", "", "amended", dt.date(2024, 3, 5)),
        ("", "This ordinance expires on December 31, 2030.", "repealed", dt.date(2030, 12, 31)),
        ("[Repealed by Ordinance 9]", "", "is_repealed", True),
    ],
)
def test_an_english_ordinance_tells_its_end(head, sentence, field, day):
    """Amendment, expiry and an editor's note of repeal are read from English words."""
    document, _ = read(
        f"CITY OF ALDER BAY\nORDINANCE NO. 7\n{head}\n"
        "Section 1. Purpose. This ordinance protects housing.\n"
        f"Section 2. Term. {sentence or 'No term is set.'}"
    )
    assert getattr(document.enactment, field) == day


def reads_from(supplements, head=DATED):
    """Return from which day the whole text applies, and the parts that have a day of their own."""
    found = enacted(head, supplements)
    return found.text_from, {part.address: part.day for part in found.parts}


APRIL = "この条例は、令和6年4月1日から施行する。"
AMENDED = f"{DATED}\n改正　令和6年3月15日条例第7号"
FIRST = "この条例は、公布の日から施行する。\n附　則（令和6年3月15日条例第7号）\n"


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("この条例は、公布の日から施行する。", dt.date(2024, 3, 15)),
        ("この条例は、令和6年10月1日から施行する。", dt.date(2024, 10, 1)),
        (f"（施行期日）\n１　{APRIL}", dt.date(2024, 4, 1)),
        ("この条例は、規則で定める日から施行する。", None),
    ],
)
def test_a_text_applies_from_when_its_last_amendment_came_into_force(words, day):
    """And not from its promulgation, nor from when the ordinance itself came into force."""
    assert reads_from(FIRST + words, AMENDED) == (day, {})


def test_a_text_without_the_supplement_of_its_last_amendment_tells_no_day():
    """Where the supplement is left out (抄), nobody knows from when the amendment counts."""
    assert reads_from("この条例は、公布の日から施行する。", AMENDED) == (None, {})


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        (
            f"{APRIL}ただし、第７条及び第８条第２項の改正規定は、令和6年10月1日から施行する。",
            {"第7条": dt.date(2024, 10, 1), "第8条第2項": dt.date(2024, 10, 1)},
        ),
        (
            (
                f"{APRIL}ただし、第２条から第４条までの改正規定は令和6年10月1日から、"
                "別表第１の改正規定は公布の日から施行する。"
            ),
            {
                **dict.fromkeys(("第2条", "第3条", "第4条"), dt.date(2024, 10, 1)),
                "別表第1": dt.date(2024, 3, 15),
            },
        ),
        (
            (
                f"{APRIL}ただし、次の各号に掲げる規定は、当該各号に定める日から施行する。\n"
                "(1)　第２条の改正規定　令和6年7月1日\n(2)　第９条の改正規定　令和7年4月1日"
            ),
            {"第2条": dt.date(2024, 7, 1), "第9条": dt.date(2025, 4, 1)},
        ),
    ],
)
def test_provisions_may_come_into_force_on_days_of_their_own(words, parts):
    """ただし names the provisions and their days, in one sentence or in a list."""
    assert reads_from(FIRST + words, AMENDED) == (dt.date(2024, 4, 1), parts)


def test_an_article_of_the_amending_ordinance_is_none_of_this_text():
    """What cannot be found in the text holds back all of it, so that nothing is shown too early."""
    words = f"{APRIL}ただし、第２条の規定は、令和6年10月1日から施行する。"
    assert reads_from(FIRST + words, AMENDED) == (dt.date(2024, 10, 1), {})
    first = words.replace("令和6年4月1日", "公布の日")
    assert reads_from(first) == (dt.date(2022, 6, 30), {"第2条": dt.date(2024, 10, 1)})
