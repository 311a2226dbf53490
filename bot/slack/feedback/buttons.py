"""The buttons at the end of a reply: was it good, was it bad, and 「担当に聞く」. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.answer.answer import Answer, Declined, DeclineReason, Reply
from bot.slack.buttons import Asking, Do, button, value_of, with_button
from bot.slack.messages.layout import Message
from bot.texts import Wording, wording

VOTES = "kiroku_vote"
"""What the ``action_id`` of every button that judges begins with; behind it stands the language."""
_KIND = "context_actions"
_JUDGED = {DeclineReason.NOT_COVERED, DeclineReason.UNSURE}


def with_feedback(
    message: Message, replies: Sequence[Reply], asking: Asking, *, staff: bool
) -> Message:
    """Return the message of some replies with the buttons that judge it.

    Where the bot asks back or holds no documents, there is nothing to judge. ``staff``: under what
    was not answered, there is the one that asks the staff in charge as well.
    """
    unanswered = any(_is_unanswered(each) for each in replies)
    if not (unanswered or any(isinstance(each, Answer) for each in replies)):
        return message
    language = replies[0].language
    words = wording(language)
    # which reply it was and how it was put is written down: only the state of it need be told
    told = Asking(turn=asking.turn, alone=asking.alone)
    if staff and unanswered:
        message = with_button(message, button(Do.STAFF, words.staff_ask, told, f"_{language}"))
    return replace(message, blocks=(*message.blocks, _judging(told, words, language)))


def plainer(blocks: Sequence[Mapping[str, Any]] | None) -> list[dict[str, Any]] | None:
    """Return blocks that a workspace takes which does not know the newest kind; ``None``: none do.

    The buttons that judge are then ordinary ones.
    """
    if not any(block["type"] == _KIND for block in blocks or ()):
        return None
    return [
        _ordinary(block["elements"][0]) if block["type"] == _KIND else dict(block)
        for block in blocks or ()
    ]


def language_of_press(body: Mapping[str, Any]) -> str:
    """Return the language of the reply that a pressed button of these stands under."""
    action: Mapping[str, Any] = next(iter(body.get("actions") or []), {})
    return str(action.get("action_id")).rpartition("_")[2]


def _is_unanswered(reply: Reply) -> bool:
    return isinstance(reply, Declined) and reply.reason in _JUDGED


def _judging(told: Asking, words: Wording, language: str) -> dict[str, Any]:
    ways = {
        "positive_button": (Do.GOOD, words.feedback_good),
        "negative_button": (Do.BAD, words.feedback_bad),
    }
    pair = {
        name: {
            "text": {"type": "plain_text", "text": label},
            "accessibility_label": label,
            "value": value_of(do, told),
        }
        for name, (do, label) in ways.items()
    }
    element = {"type": "feedback_buttons", "action_id": f"{VOTES}_{language}", **pair}
    return {"type": _KIND, "elements": [element]}


def _ordinary(element: Mapping[str, Any]) -> dict[str, Any]:
    language = element["action_id"].rpartition("_")[2]
    row = [
        {
            "type": "button",
            "action_id": f"{do.value}_{language}",
            "text": {"type": "plain_text", "text": f"{sign} {label}", "emoji": True},
            "value": element[name]["value"],
        }
        for do, sign, name in (
            (Do.GOOD, "👍", "positive_button"),
            (Do.BAD, "👎", "negative_button"),
        )
        for label in [element[name]["text"]["text"]]
    ]
    return {"type": "actions", "elements": row}
