"""A closed collection in the real ``kiroku serve``: every way that there is, tried from outside."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.slack.buttons import Asking, Do, value_of
from bot.texts import JA
from bot.texts.private import JA_PRIVATE
from index.passage import DocumentKind, Filters
from tests.bot.slack.bot_process import eventually
from tests.bot.viewer.serving import fetch, free_port
from tests.end_to_end.serving import FIRST_WORDS_WITHIN_S, Served, answer_in, folded
from tests.slack_api import LocalSlack

pytestmark = pytest.mark.slow

RULES = """
[personnel]
channels = ["CPERS"]
groups = ["SMAN"]
"""
MINUTES = """人事委員会会議録

日時　令和6年11月5日（火）午後2時
場所　第二会議室
出席者　委員長　影山重蔵、委員　鯨岡ちか
議題　早期退職の募集について

○委員長（影山重蔵君）　ただいまから人事委員会を開きます。早期退職の募集についてを議題といたします。
○委員（鯨岡ちか君）　早期退職の募集の人数は何名を予定していますか。
○人事課長（栗栖君）　早期退職の募集の人数は、事務職と技術職をあわせて四十七名を予定しております。
"""
QUESTION = "早期退職の募集の人数は何名ですか？"
SECRETS = ("影山", "鯨岡", "栗栖", "四十七", "人事委員会", "personnel", "秘密の記録")


@pytest.fixture(scope="module")
def closed(
    sample_index: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Served, int]]:
    """Give the bot on the sample council and a closed collection, and the port of its viewer."""
    data = tmp_path_factory.mktemp("closed") / "data"
    shutil.copytree(sample_index, data, symlinks=True)
    papers = data.parent / "papers"
    papers.mkdir()
    (papers / "秘密の記録.txt").write_text(MINUTES, encoding="utf-8")
    (data / "access.toml").write_text(RULES, encoding="utf-8")
    port = free_port()
    address = {
        "KIROKU_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "KIROKU_VIEWER": f"127.0.0.1:{port}",
    }
    with LocalSlack() as slack:
        slack.workspace.people.groups["SMAN"] = ["UMAN"]
        served = Served(slack, data, **address)
        served.run("ingest", str(papers), "--collection", "personnel")
        yield served, port
        assert served.stop() == 0


def seen_outside(slack: LocalSlack) -> str:
    """Return all that the bot ever showed to anybody but UMAN and in CPERS, folded."""
    workspace = slack.workspace
    said = [
        message
        for channel in list(workspace.messages)
        if channel not in {"CPERS", "DUMAN"}
        for message in slack.messages(channel)
        if message["user"] == "UKIROKU"
    ]
    views = [view for view in workspace.views.values() if view["user"] != "UMAN"]
    homes = [home for user, home in workspace.homes.items() if user != "UMAN"]
    prompts = [each for each in workspace.prompts if each["channel_id"] != "DUMAN"]
    told = [each for each in workspace.ephemerals if each["user"] != "UMAN"]
    return folded([said, views, homes, prompts, told])


def test_who_is_let_in_is_answered_where_that_may_be(closed: tuple[Served, int]):
    """In the channel that is named and alone; of the open collection, too; the link opens."""
    slack = closed[0].slack
    for channel, ts in (
        ("CPERS", slack.mention("CPERS", "UMAN", QUESTION)),
        ("DUMAN", slack.direct_message("UMAN", QUESTION)),
    ):
        reply = answer_in(slack, channel, ts)
        assert "四十七名" in folded(reply["blocks"])
        link = next(
            part["url"]
            for part in _parts(reply["blocks"])
            if isinstance(part, dict) and part.get("type") == "link"
        )
        assert "影山" in fetch(link).text or "四十七名" in fetch(link).text
        assert fetch(link.replace("&s=", "&s=A")).status == 404
    ts = slack.direct_message("UMAN", "図書館の金曜の延長で職員は増やしますか？")
    assert "早番と遅番" in folded(answer_in(slack, "DUMAN", ts)["blocks"])
    ts = slack.direct_message("UMAN", "どんな資料がある？")
    assert "人事委員会" in answer_in(slack, "DUMAN", ts)["text"]


@pytest.mark.parametrize("user", ["UAOKI", "UMAN"])
def test_outside_of_it_nothing_of_it_is_ever_shown(closed: tuple[Served, int], user: str):
    """Asked every way: to others nowhere, and to who is let in not where others read along."""
    slack = closed[0].slack
    questions = (
        QUESTION,
        "人事委員会の委員長は誰ですか？",
        "人事委員会で決まったことは？",
        "令和6年11月5日の会議の出席者は？",
        "早期退職についてこれまでどんな議論がありましたか？",
        "人事委員会は何回開かれましたか？",
        "委員会で栗栖課長は何と答えましたか？",
        f"{QUESTION}\n図書館の開館時間は？",
        "どんな資料がある？",
        "使い方",
    )
    threads = [slack.mention(f"COPEN{user}", user, each) for each in questions]
    for ts in threads:
        answer_in(slack, f"COPEN{user}", ts)
    for text in ("もっと詳しく", "他の年は？", "それは誰が？"):
        said = slack.mention(f"COPEN{user}", user, text, threads[0])
        count = len(slack.replies(f"COPEN{user}", threads[0]))
        slack.wait_for_reply(f"COPEN{user}", threads[0], count + 1, FIRST_WORDS_WITHIN_S)
        assert said
    for secret in SECRETS:
        named = any(secret in each for each in questions)
        assert named or secret not in seen_outside(slack), secret


def test_buttons_homes_and_prompts_are_no_way_in(closed: tuple[Served, int]):
    """Not under an answer to who is let in, nor with a value made by hand, nor by its thread."""
    slack = closed[0].slack
    ts = slack.mention("CPERS", "UMAN", QUESTION)
    reply = answer_in(slack, "CPERS", ts)
    pressed = {"type": "actions", "elements": []}
    for do, suffix in ((Do.MORE, ""), (Do.CHOOSE, "_0"), (Do.WIDEN, "")):
        filters = Filters(body="人事委員会", kind=DocumentKind.MINUTES)
        value = value_of(do, Asking(narrow=do is not Do.WIDEN, filters=filters))
        button = {"type": "button", "action_id": f"{do}{suffix}", "value": value}
        pressed["elements"].append({**button, "text": {"type": "plain_text", "text": "x"}})
    slack.press({**reply, "blocks": [pressed]}, Do.MORE, "UAOKI")
    view = slack.wait_for_view("UAOKI", JA.refused, FIRST_WORDS_WITHIN_S)
    assert not any(secret in folded(view["blocks"]) for secret in SECRETS)
    theirs = slack.mention("CFORGE", "UAOKI", QUESTION)
    own = answer_in(slack, "CFORGE", theirs)
    for action in (f"{Do.CHOOSE}_0", Do.WIDEN):
        before = json.dumps(slack.messages("CFORGE"))
        slack.press({**own, "blocks": [pressed]}, action, "UAOKI")
        slack.wait_until(
            lambda before=before: json.dumps(slack.messages("CFORGE")) != before,
            FIRST_WORDS_WITHIN_S,
        )
    # in a thread of who is let in: their words are there to be read, ours are not
    after = slack.mention("CPERS", "UAOKI", "もっと詳しく", ts)
    slack.wait_for_reply("CPERS", ts, 2, FIRST_WORDS_WITHIN_S)
    assert after
    assert not any(secret in folded(slack.replies("CPERS", ts)[1]["blocks"]) for secret in SECRETS)
    slack.open_home("UAOKI", "home")
    slack.open_home("UAOKI", "messages")
    slack.wait_until(lambda: "UAOKI" in slack.workspace.homes)
    slack.wait_until(lambda: slack.workspace.prompts)
    shown = seen_outside(slack)
    assert not any(secret in shown for secret in ("影山", "鯨岡", "四十七", "秘密の記録"))


def test_a_private_answer_stays_with_who_may_see_it(closed: tuple[Served, int]):
    """Alone it is shown in any channel; it is not shared there, nor opened by its buttons."""
    slack = closed[0].slack
    slack.workspace.messages["CPRIV"]
    slack.command("CPRIV", "UMAN", QUESTION)
    reply = slack.wait_shown("UMAN", "四十七名", timeout=FIRST_WORDS_WITHIN_S)
    slack.press(reply, "kiroku_private_share", "UMAN")
    slack.wait_shown("UMAN", JA_PRIVATE.share_differs, timeout=FIRST_WORDS_WITHIN_S)
    assert slack.messages("CPRIV") == []
    slack.press(reply, "kiroku_private_share", "UAOKI")
    slack.wait_shown("UAOKI", JA_PRIVATE.share_differs, timeout=FIRST_WORDS_WITHIN_S)
    row = next(block for block in reply["blocks"] if block["type"] == "actions")
    carried = {**json.loads(row["elements"][0]["value"]), "share": False}
    more = {**row["elements"][0], "action_id": "kiroku_private_kiroku_more"}
    forged = {**row, "elements": [{**more, "value": json.dumps(carried, ensure_ascii=False)}]}
    slack.press({**reply, "blocks": [forged]}, "kiroku_private_kiroku_more", "UAOKI")
    slack.wait_for_view("UAOKI", JA.changed, FIRST_WORDS_WITHIN_S)
    slack.command("CPRIV", "UAOKI", "meeting 人事委員会")
    slack.wait_shown("UAOKI", "見つかりませんでした", timeout=FIRST_WORDS_WITHIN_S)
    slack.workspace.messages["CPERS"]
    slack.command("CPERS", "UMAN", QUESTION)
    inside = slack.wait_shown("UMAN", "四十七名", 2, FIRST_WORDS_WITHIN_S)
    slack.press(inside, "kiroku_private_share", "UMAN")
    slack.wait_shown("UMAN", JA_PRIVATE.shared, timeout=FIRST_WORDS_WITHIN_S)
    assert "四十七名" in slack.messages("CPERS")[-1]["text"]
    assert not any(secret in seen_outside(slack) for secret in ("影山", "鯨岡", "四十七"))


def test_what_was_shown_is_in_the_audit_log_and_monitoring_tells_nothing(
    closed: tuple[Served, int],
):
    """Passages of the closed collection went to UMAN only; its numbers are not to be seen."""
    served, port = closed
    slack = served.slack
    ts = slack.direct_message("UMAN", QUESTION)
    answer_in(slack, "DUMAN", ts)

    def lines() -> list[dict]:
        files = sorted((served.data / "audit").glob("*.jsonl"))
        return [json.loads(line) for f in files for line in f.read_text("utf-8").splitlines()]

    eventually(lambda: any(each["message"] == ts for each in lines()))
    line = next(each for each in lines() if each["message"] == ts)
    assert {each["collection"] for each in line["passages"]} == {"personnel"}
    assert line["collections"] == ["main", "personnel"]
    assert line["generations"]["personnel"] == 1
    for each in lines():
        closed_ones = [p for p in each["passages"] if p["collection"] == "personnel"]
        assert not closed_ones or each["user"] == "UMAN"
    for path in ("healthz", "metrics"):
        assert "personnel" not in fetch(f"http://127.0.0.1:{port}/{path}").text


def _parts(value: object) -> Iterator[object]:
    yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for each in inner:
        yield from _parts(each)
