"""Which questions stand before a message in its conversation."""

from typing import Any

from bot.conversation.reading import MOST_BEFORE
from bot.slack.threads.asked import EVENT_TYPE
from bot.slack.threads.earlier import earlier_questions, of_this_hour
from bot.slack.threads.read import Identity

BOT = Identity(user="UKIROKU", bot="BKIROKU")
LAST = "99.0"


def said(ts: int, text: str, user: str = "UAOKI") -> dict[str, Any]:
    """Return a person's message."""
    return {"ts": f"{ts}.0", "user": user, "text": text}


def replied(ts: int, to: int) -> dict[str, Any]:
    """Return our reply to a message."""
    payload = {"question": f"C:{to}.0", "asked": f"{to}.0"}
    metadata = {"event_type": EVENT_TYPE, "event_payload": payload}
    return {
        "ts": f"{ts}.0",
        "user": BOT.user,
        "bot_id": BOT.bot,
        "text": "答え",
        "metadata": metadata,
    }


def test_what_the_bot_was_asked_counts_and_talk_among_people_does_not():
    """What it replied to, or what mentions it, by anybody, up to the message."""
    thread = [
        said(1, "<@UKIROKU> 運賃は？"),
        replied(2, 1),
        said(3, "これ会議で使えそう"),
        said(4, "いつからですか？", "UBABA"),
        replied(5, 4),
        said(6, "<@UKIROKU> まだ答えのない質問は？"),
        {**said(7, "<@UKIROKU> 別のボット"), "bot_id": "BOTHER"},
        said(100, "<@UKIROKU> あとの質問"),
    ]
    assert earlier_questions(thread, LAST, BOT) == (
        "運賃は？",
        "いつからですか？",
        "まだ答えのない質問は？",
    )


def test_courtesies_are_no_questions_and_a_change_of_subject_is_the_beginning():
    """「ところで」 ends what was before; what leads to a question stands before it."""
    thread = [
        said(1, "運賃は？"),
        said(2, "ありがとうございます"),
        said(3, "ところで、学童の利用料は？"),
        said(4, "図書館について伺いたい。休館日はいつですか？何時に開きますか？"),
    ]
    assert earlier_questions(thread, LAST, BOT, direct=True) == (
        "学童の利用料は？",
        "図書館について伺いたい。",
        "休館日はいつですか？",
        "何時に開きますか？",
    )


def test_only_the_last_few_are_looked_back_at():
    """The newest of them, in their order."""
    thread = [said(n, f"{n}番目の議案はどうなりましたか？") for n in range(1, 20)]
    found = earlier_questions(thread, LAST, BOT, direct=True)
    assert len(found) == MOST_BEFORE
    assert found[-1].startswith("19番目")


def test_a_direct_conversation_is_looked_back_at_for_an_hour():
    """What was written yesterday is another conversation."""
    thread = [said(1, "運賃は？"), said(10_000, "学童は？"), said(10_020, "いつから？")]
    assert of_this_hour(thread, "10020.0") == thread[1:]
