"""The modal that asks what was wrong with a reply, and how what it sends is read. Pure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.feedback.given import Complaint
from bot.slack.buttons import Asking, Do, Press, value_of
from bot.slack.messages.blocks import Part, Run, blocks_of
from bot.texts import Wording, wording
from index.language.visible import visible

CALLBACK = "kiroku_reasons"
LONGEST_COMMENT = 500
_WHY, _COMMENT = "why", "comment"


@dataclass(frozen=True, slots=True)
class Reasons:
    """What somebody sent: about which reply, as if its button were pressed anew, and in words."""

    press: Press
    language: str
    complaint: Complaint | None
    comment: str


def reasons_view(press: Press, language: str) -> dict[str, Any]:
    """Return the modal. All of it may be left open."""
    words = wording(language)
    place = {
        "channel": press.channel,
        "ts": press.ts,
        "root": press.root,
        "turn": press.asking.turn,
        "alone": press.asking.alone,
        "language": language,
    }
    options = [{"text": _text(label), "value": why.value} for why, label in words.complaints]
    why = {"type": "radio_buttons", "action_id": _WHY, "options": options}
    comment = {
        "type": "plain_text_input",
        "action_id": _COMMENT,
        "max_length": LONGEST_COMMENT,
    }
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": json.dumps(place),
        "title": _text(words.feedback_title),
        "submit": _text(words.feedback_send),
        "close": _text(words.close),
        "blocks": [
            *blocks_of([Part((Run(words.feedback_intro),))]),
            _input(_WHY, words.feedback_why, why),
            _input(_COMMENT, words.feedback_comment, comment),
        ],
    }


def told_view(line: str, words: Wording) -> dict[str, Any]:
    """Return the modal that says in a sentence why nothing was kept."""
    return {
        "type": "modal",
        "title": _text(words.feedback_title),
        "close": _text(words.close),
        "blocks": blocks_of([Part((Run(line),))]),
    }


def read_reasons(body: Mapping[str, Any]) -> Reasons | None:
    """Read a ``view_submission``; ``None`` for anything that is not as we made it.

    Who sent it is what Slack says; the rest comes from outside and is checked as a press is.
    """
    view = body.get("view") or {}
    values = (view.get("state") or {}).get("values") or {}
    try:
        place = json.loads(view["private_metadata"])
        asking = Asking(turn=int(place["turn"]), alone=bool(place["alone"]))
        chosen = ((values.get(_WHY) or {}).get(_WHY) or {}).get("selected_option") or {}
        complaint = Complaint(chosen["value"]) if chosen else None
        comment = ((values.get(_COMMENT) or {}).get(_COMMENT) or {}).get("value") or ""
        press = Press(
            do=Do.BAD,
            asking=asking,
            channel=str(place["channel"]),
            ts=str(place["ts"]),
            root=str(place["root"]),
            user=str(body["user"]["id"]),
            value=value_of(Do.BAD, asking),
            trigger="",
        )
        said = visible(str(comment)).strip()[:LONGEST_COMMENT]
        return Reasons(press, str(place["language"]), complaint, said)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _input(block: str, label: str, element: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "input",
        "block_id": block,
        "optional": True,
        "label": _text(label),
        "element": element,
    }


def _text(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}
