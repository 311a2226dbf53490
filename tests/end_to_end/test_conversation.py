"""A conversation in Slack with the real ``kiroku serve`` on the sample council."""

import re
from pathlib import Path

import pytest

from bot.slack.buttons import Do
from bot.texts import EN, JA, Wording
from tests.bot.slack.bot_process import eventually
from tests.end_to_end.serving import Served, answer_in, folded

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
ANSWERED = {"answered", "history", "index"}


def outcome(served: Served, channel: str, ts: str) -> str:
    """Return how a message ended, by the log."""

    def told() -> list[str]:
        log = (served.data / "stderr.txt").read_text(encoding="utf-8")
        return re.findall(rf"{channel}:{re.escape(ts)}: (\w+)", log)

    eventually(told)
    return str(told()[-1])


def offered_in_slack(served: Served) -> list[str]:
    """Return the questions that help and the suggested prompts offer."""
    slack = served.slack
    slack.open_home("UNEW", "messages")
    slack.wait_until(lambda: slack.workspace.prompts)
    found = [prompt["message"] for prompt in slack.workspace.prompts[-1]["prompts"]]
    for text in ("使い方", "help"):
        told = answer_in(slack, "DUNEW", slack.direct_message("UNEW", text))["text"]
        found += [line.removeprefix("・") for line in told.splitlines() if line.startswith("・")]
    return list(dict.fromkeys(found))


def offered_in_pages() -> list[str]:
    """Return what the pages say that one may ask in Slack."""
    page = (ROOT / "docs" / "slack.md").read_text(encoding="utf-8")
    found = re.findall(r"`@kiroku ([^`]+)`", page)
    readme = (ROOT / "README.ja.md").read_text(encoding="utf-8")
    found += re.findall(r"[」が]「([^」]+？)」と尋ね", readme)
    return found


def test_every_example_that_kiroku_offers_is_answered(served: Served):
    """Help, suggested prompts and the pages offer nothing that is declined; all fit a line."""
    offered = offered_in_slack(served)
    assert len(offered) >= 5
    pages = offered_in_pages()
    assert pages
    slack = served.slack
    ended = {}
    for n, question in enumerate((*offered, *pages)):
        ts = slack.direct_message(f"UEX{n}", question)
        answer_in(slack, f"DUEX{n}", ts)
        ended[question] = outcome(served, f"DUEX{n}", ts)
    assert {q: end for q, end in ended.items() if end not in ANSWERED} == {}
    assert all(len(question) <= 60 for question in offered)


def test_the_first_line_is_the_councils_own_words(served: Served):
    """What a notification shows is the quote; the frame stands below."""
    slack = served.slack
    ts = slack.mention("CFIRST", "UAOKI", "図書館の金曜の延長で職員は増やしますか？")
    text = answer_in(slack, "CFIRST", ts)["text"]
    assert text.startswith("「お見込みのとおりでございます。")


def test_a_thread_keeps_its_subject(served: Served):
    """A follow-up finds what the thread is about, more goes on, other years are its history."""
    slack = served.slack
    root = slack.mention("CTHREAD", "UAOKI", "図書館の金曜の開館時間は？")
    first = answer_in(slack, "CTHREAD", root)
    # what holds for Fridays stands in the next sentence, and is what was asked for
    assert folded("金曜日に限り、閉館を午後8時まで延ばす") in folded(first["text"])

    def next_one(text: str, count: int) -> str:
        slack.say("CTHREAD", "UAOKI", text, thread_ts=root)
        return str(slack.wait_for_reply("CTHREAD", root, count=count, timeout=60)["text"])

    assert next_one("もっと詳しく", 2) == JA.no_more
    assert JA.taken_over.partition("「")[0] in next_one("それはいつから？", 3)
    slack.say("CTHREAD", "UAOKI", "ありがとうございます！", thread_ts=root)
    assert "リフト付き" in next_one("ところで、車いすのまま乗れる車両はありますか？", 4)
    assert len(slack.replies("CTHREAD", root)) == 4


def test_more_tells_what_was_not_quoted(served: Served):
    """The rest of the article, with its source."""
    slack = served.slack
    root = slack.mention("CMORE", "UAOKI", "利用料はいくらですか？")
    rest = folded("既に納めた利用料は、返還しない")
    assert rest not in folded(answer_in(slack, "CMORE", root)["text"])
    slack.say("CMORE", "UAOKI", "もっと詳しく", thread_ts=root)
    assert rest in folded(slack.wait_for_reply("CMORE", root, count=2, timeout=60)["text"])


def test_a_new_subject_is_taken_for_one(served: Served):
    """A short question on another thing is answered by itself, and says nothing of the first."""
    slack = served.slack
    root = slack.mention("CNEWSUBJECT", "UAOKI", "学童の利用料はいくらですか？")
    answer_in(slack, "CNEWSUBJECT", root)
    slack.say("CNEWSUBJECT", "UAOKI", "図書館の開館時間は？", thread_ts=root)
    reply = slack.wait_for_reply("CNEWSUBJECT", root, count=2, timeout=60)
    assert JA.taken_over.partition("「")[0] not in reply["text"]
    assert folded("午後7時") in folded(reply["text"])


def test_other_years_tell_the_history_of_the_matter(served: Served):
    """Meeting by meeting, oldest first."""
    slack = served.slack
    root = slack.mention("CYEARS", "UAOKI", "しおまる号の運賃はいくら？")
    answer_in(slack, "CYEARS", root)
    slack.say("CYEARS", "UAOKI", "他の年は？", thread_ts=root)
    told = slack.wait_for_reply("CYEARS", root, count=2, timeout=60)["text"]
    assert told.startswith("「しおまる号 運賃」はこれまで")


def test_three_questions_get_three_answers(served: Served):
    """One message, by number; every quote stands in its own part."""
    slack = served.slack
    text = (
        "お疲れ様です。次の3点を教えてください。\n"
        "・図書館の金曜の延長で職員は増やしますか？\n"
        "・車いすのまま乗れる車両はありますか？\n"
        "・市長の退職金はいくらですか？\n"
        "よろしくお願いします。"
    )
    ts = slack.mention("CTHREE", "UAOKI", text)
    told = answer_in(slack, "CTHREE", ts)["text"]
    for part in (
        "1. 図書館の金曜",
        "お見込みのとおり",
        "2. 車いすのまま",
        "リフト付き",
        "3. 市長の退職金",
    ):
        assert part in told
    assert "「退職金」は資料に出てこない言葉です" in told


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("市長の退職金はいくらですか？", JA),
        ("When will the crewed mission to Mars be launched?", EN),
    ],
)
def test_a_decline_looks_like_one(served: Served, question: str, words: Wording):
    """A sentence, where was looked, what to try; passages open on demand, none is a direction."""
    slack = served.slack
    ts = slack.mention("CNO", "UAOKI", question)
    reply = answer_in(slack, "CNO", ts)
    assert words.searched.partition("{")[0] in reply["text"]
    assert "rich_text_quote" not in str(reply["blocks"])
    slack.press(reply, Do.MORE, f"U{ts}")
    view = slack.wait_for_view(f"U{ts}", words.page.partition("{")[0] or " / ")
    assert "賛成者起立" not in str(view["blocks"])
