"""From a command, a shortcut or a button of the Home tab to what is asked in private. Pure."""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.slack.buttons import ASK
from bot.slack.incoming import LONGEST_QUESTION, Incoming, Way, kept, plain_text
from bot.texts import language_of, wording
from bot.texts.private import private_wording

COMMAND = "/kiroku"
LOOK_UP = "kiroku_look_up"
"""The ``callback_id`` of the message shortcut."""
_HELP = "help"
_QUESTION_MARKS = ("?", "？")
_SPACE = re.compile(r"[\s　]+")


@dataclass(frozen=True, slots=True)
class Reach:
    """How the one who asks is reached while this runs; kept in memory only.

    ``response_url`` lets whoever has it write to them. In ``channel`` they can be shown a message
    that nobody else sees, in ``thread`` where the asking was done in one.
    """

    response_url: str | None = None
    channel: str | None = None
    thread: str | None = None


@dataclass(frozen=True, slots=True)
class PrivateQuestion:
    """A question and the way back to its asker."""

    incoming: Incoming
    reach: Reach


def private_question_from(
    body: Mapping[str, Any], bot_user: str, setting: str
) -> PrivateQuestion | None:
    """Return what is asked in private in a payload; ``None`` where it is nothing of that kind.

    ``setting`` is the language that is set, ``auto`` where none is.
    """
    if body.get("command") == COMMAND:
        return _from_command(body, bot_user, setting)
    if body.get("type") == "message_action" and body.get("callback_id") == LOOK_UP:
        return _from_message(body, bot_user)
    return _from_home(body)


def _from_command(body: Mapping[str, Any], bot_user: str, setting: str) -> PrivateQuestion | None:
    channel, user = body.get("channel_id"), body.get("user_id")
    if not channel or not user:
        return None
    text = question_of(plain_text(body.get("text") or "", bot_user), setting)
    made = _incoming(body.get("trigger_id"), channel, user, text, Way.COMMAND)
    return PrivateQuestion(made, Reach(body.get("response_url")))


def _from_message(body: Mapping[str, Any], bot_user: str) -> PrivateQuestion | None:
    channel = (body.get("channel") or {}).get("id")
    user = (body.get("user") or {}).get("id")
    message = body.get("message") or {}
    if not channel or not user:
        return None
    text = plain_text(message.get("text") or "", bot_user)
    # a message alone in a thread that nobody has begun is shown to nobody
    reach = Reach(body.get("response_url"), channel, message.get("thread_ts"))
    made = _incoming(body.get("trigger_id"), channel, user, text, Way.LOOK_UP)
    return PrivateQuestion(made, reach)


def _from_home(body: Mapping[str, Any]) -> PrivateQuestion | None:
    action: Mapping[str, Any] = next(iter(body.get("actions") or []), {})
    user = (body.get("user") or {}).get("id")
    asked = str(action.get("action_id") or "").startswith(ASK) and action.get("value")
    if body.get("type") != "block_actions" or not user or not asked:
        return None
    # a double click is two payloads, and one question
    once = f"{asked} {str(action.get('action_ts') or '').partition('.')[0][:-1]}"
    return PrivateQuestion(_incoming(once, f"D{user}", user, str(asked), Way.HOME), Reach())


def _incoming(once: object, channel: str, user: str, text: str, way: Way) -> Incoming:
    """Return the row of the inbox; ``once`` tells repeats from news."""
    name = hashlib.sha256(f"{way} {once} {user} {channel}".encode()).hexdigest()[:16]
    ts = f"{way}/{name}"
    cut = len(text) > LONGEST_QUESTION
    return Incoming(channel, ts, ts, user, kept(text), way, f"{channel}:{ts}", cut)


def question_of(text: str, setting: str) -> str:
    """Return what a command asks, in words that are answered; an unknown subcommand is a question.

    So is whatever ends in a question mark: “meeting minutes of May?”. Where help is called for, it
    asks nothing.
    """
    first, _, rest = _SPACE.sub(" ", text, count=1).partition(" ")
    way = _SUBCOMMANDS.get(first.lower())
    rest = rest.strip()
    if text.strip().lower() == _HELP:  # typed whatever one's language is
        return ""
    if way is None or not rest or rest.endswith(_QUESTION_MARKS):
        return text.strip()
    return way(rest, language_of(rest, setting))


def meeting_asked(text: str) -> str | None:
    """Return the meeting of which a command asks what there is; ``None`` of any other question."""
    for language in ("ja", "en"):
        before, _, after = private_wording(language).ask_meeting.partition("{what}")
        if text.startswith(before) and text.endswith(after) and len(text) > len(before + after):
            return text[len(before) : len(text) - len(after)]
    return None


def _history(topic: str, language: str) -> str:
    return wording(language).prompt_history.format(topic=topic)


def _meeting(what: str, language: str) -> str:
    return private_wording(language).ask_meeting.format(what=what)


def _article(what: str, language: str) -> str:
    return private_wording(language).ask_article.format(what=what)


def _speaker(rest: str, language: str) -> str:
    words = private_wording(language)
    who, _, what = _SPACE.sub(" ", rest, count=1).partition(" ")
    if not what or language == "en":  # an English name has several words
        return words.ask_speaker.format(who=rest)
    return words.ask_speaker_on.format(who=who, what=what.strip())


_SUBCOMMANDS: Mapping[str, Callable[[str, str], str]] = {
    "history": _history,
    "meeting": _meeting,
    "article": _article,
    "speaker": _speaker,
}
