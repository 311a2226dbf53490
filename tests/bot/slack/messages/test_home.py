"""The Home tab and the suggested questions."""

import dataclasses
import datetime as dt
import json

import pytest

from bot.slack.messages.home import (
    AdminNotes,
    AskedBefore,
    HomeContents,
    home_view,
    suggested_prompts,
)
from bot.texts import EN, JA, language_of
from index.passage import Document
from tests.bot.council import MINUTES, council_documents
from tests.slack_blocks import complaints

TODAY = dt.date(2024, 4, 11)
INGESTED = dt.datetime(2024, 4, 1, tzinfo=dt.UTC)


def many_bodies() -> list[Document]:
    """Return the minutes of more bodies than are named."""
    return [dataclasses.replace(MINUTES, body=f"第{number}審議会") for number in range(90)]


def always(_topic: str) -> bool:
    """Say that every matter was discussed."""
    return True


@pytest.mark.parametrize("language", ["auto", "ja", "en"])
def test_slack_takes_the_home_tab(language: str):
    """The tab is within Slack's limits, empty index or not."""
    asked = tuple(AskedBefore("問" * 4_000, "https://local.test/1") for _ in range(5))
    admin = AdminNotes(3, 2, 1, 0, tuple(("答" * 4_000, 9) for _ in range(5)))
    for contents in (
        HomeContents([], always),
        HomeContents(council_documents(), always, INGESTED),
        HomeContents(many_bodies(), always, INGESTED, asked, admin),
    ):
        assert complaints(home_view(language, contents, TODAY)["blocks"], "home") == []


def test_the_home_tab_speaks_the_language_that_is_set():
    """One language where one is set, both where not."""
    shown = {
        language: json.dumps(
            home_view(language, HomeContents([], always), TODAY), ensure_ascii=False
        )
        for language in ("auto", "ja", "en")
    }
    assert [JA.home_empty in shown[name] for name in ("auto", "ja", "en")] == [True, True, False]
    assert [EN.home_empty in shown[name] for name in ("auto", "ja", "en")] == [True, False, True]


def test_a_file_that_could_not_be_read_is_not_counted():
    """The tab counts what can be searched."""
    unread = dataclasses.replace(MINUTES, readable=False)
    view = home_view("ja", HomeContents([unread], always), TODAY)
    assert JA.home_empty in json.dumps(view, ensure_ascii=False)


def test_what_the_index_holds_is_told_with_its_age():
    """Kinds, bodies, years, the newest, the last ingest; for administrators in days, too."""
    contents = HomeContents(council_documents(), always, INGESTED, admin=AdminNotes(warned=2, up=3))
    shown = json.dumps(home_view("ja", contents, TODAY), ensure_ascii=False)
    for part in (
        *("会議: 緑の審議会", "年: 令和5年", "最後の取り込み: 令和6年4月1日", "（10日前）"),
        *("注意のある資料: 2件", "役に立った 3件"),
    ):
        assert part in shown
    assert "読めなかった資料" not in shown


@pytest.mark.parametrize(
    ("item", "topic"),
    [
        ("(1) 街路樹の更新計画について", "街路樹の更新計画"),
        ("議題２　公園条例の一部改正について", "公園条例の一部改正"),
        ("①ごみ減量の取組", "ごみ減量の取組"),
        ("４　報告　部活動の地域移行", "部活動の地域移行"),
        ("報告制度の見直し", "報告制度の見直し"),
        ("日程第１　議案第６３号　指定管理者の指定", "指定管理者の指定"),
        ("議案第5号 市道の認定について", "市道の認定"),
    ],
)
def test_an_agenda_item_becomes_a_question(item: str, topic: str):
    """Numbering and 「について」 go, so that the question reads as people ask."""
    minutes = dataclasses.replace(MINUTES, agenda=("開会", item))
    prompts = suggested_prompts("ja", [minutes], always)
    assert prompts[0]["message"] == JA.prompt_history.format(topic=topic)


def test_the_newest_meeting_is_suggested_and_procedure_is_not():
    """Of several meetings the newest counts; 「開会」 is nothing to ask about."""
    older = dataclasses.replace(
        MINUTES, date=MINUTES.date.replace(year=2020), agenda=("古い議題の話",)
    )
    bare = dataclasses.replace(MINUTES, date=None, agenda=("日付のない議題",))
    prompts = suggested_prompts("en", [bare, older, MINUTES], always)
    assert [prompt["message"] for prompt in prompts] == [
        EN.prompt_history.format(topic="街路樹の更新計画"),
        EN.prompt_index,
    ]
    bare = dataclasses.replace(MINUTES, agenda=("開会", "長い" * 20))
    assert [each["message"] for each in suggested_prompts("ja", [bare], always)] == [
        JA.prompt_index
    ]
    assert suggested_prompts("ja", [], always) == []


def test_only_what_was_discussed_is_suggested():
    """The shortest item of which a history finds a speech; else an older meeting's."""
    agenda = (
        "会議録署名議員の指名",
        "その他の報告",
        "公園の樹木について",
        "(2) 駐輪場の増設（案）",
    )
    minutes = dataclasses.replace(MINUTES, agenda=agenda)
    older = dataclasses.replace(
        MINUTES, date=MINUTES.date.replace(year=2020), agenda=("橋の架け替え",)
    )
    looked_up: list[str] = []

    def discussed(topic: str) -> bool:
        looked_up.append(topic)
        return topic in wanted

    wanted = {"駐輪場の増設", "橋の架け替え"}
    prompts = suggested_prompts("ja", [older, minutes], discussed)
    assert prompts[0]["message"] == JA.prompt_history.format(topic="駐輪場の増設")
    assert looked_up == ["公園の樹木", "駐輪場の増設"]
    wanted = {"橋の架け替え"}
    prompts = suggested_prompts("ja", [older, minutes], discussed)
    assert prompts[0]["message"] == JA.prompt_history.format(topic="橋の架け替え")
    wanted = set()
    assert len(suggested_prompts("ja", [older, minutes], discussed)) == 1


@pytest.mark.parametrize(
    ("text", "setting", "language"),
    [
        ("街路樹は？", "auto", "ja"),
        ("How many trees?", "auto", "en"),
        ("What is 街路樹?", "auto", "ja"),
        ("What did the parks council decide about the fees of 藤枝?", "auto", "en"),
        ("？", "auto", "ja"),
        ("How many?", "ja", "ja"),
        ("何本？", "en", "en"),
    ],
)
def test_the_language_is_that_of_the_person_or_the_setting(text: str, setting: str, language: str):
    """A setting wins; else the script that most of it is in, as for the answer itself."""
    assert language_of(text, setting) == language
