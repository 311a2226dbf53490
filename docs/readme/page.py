"""From the blocks of Slack messages to a page that looks as Slack shows them. Pure functions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

_STYLE = Path(__file__).with_name("slack.css")
_TAGS = {"bold": "b", "italic": "em"}
_BOXES = {
    "rich_text_section": "section",
    "rich_text_quote": "quote",
    "rich_text_preformatted": "columns",
}
_NUMBER_OF_REPLIES = "{count}件の返信"


@dataclass(frozen=True, slots=True)
class Setting:
    """What surrounds the messages: all made up, as the sample council is."""

    workspace: str
    channels: tuple[str, ...]
    channel: str
    person: str


@dataclass(frozen=True, slots=True)
class Turn:
    """A question as it was typed and the blocks of the bot's message; times as shown.

    Without a question nobody asked. ``apart``: it stands in no thread with the one before it.
    """

    question: str
    blocks: Sequence[Mapping[str, Any]]
    asked_at: str
    answered_at: str
    apart: bool = False


def page(setting: Setting, turns: Sequence[Turn]) -> str:
    """Return a page in HTML with the thread: the first question, then all that follows."""
    messages = []
    for number, turn in enumerate(turns):
        first = not number or turn.apart
        mention = '<span class="mention">@kiroku</span> ' if first else ""
        messages += [
            "<hr>" if number and turn.apart else "",
            _message("person", setting.person, turn.asked_at, mention + _lines(turn.question))
            if turn.question
            else "",
            "" if number or turn.apart else _replies(2 * len(turns) - 1),
            _message("bot", "kiroku", turn.answered_at, _blocks(turn.blocks)),
        ]
    return (
        '<!doctype html><html lang="ja"><meta charset="utf-8"><title>Kiroku</title>'
        f"<style>{_STYLE.read_text('utf-8')}</style><body>"
        f'<div class="window">{_side(setting)}<main>'
        f"<header><b>スレッド</b><span># {escape(setting.channel)}</span></header>"
        f"{''.join(messages)}</main></div></body></html>"
    )


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _side(setting: Setting) -> str:
    channels = "".join(
        f'<p class="{"here" if name == setting.channel else ""}"># {escape(name)}</p>'
        for name in setting.channels
    )
    bot = '<p class="app"><i class="bot">記</i>kiroku</p>'
    name = escape(setting.workspace)
    return (
        f'<div class="side"><h1>{name}</h1><h2>チャンネル</h2>{channels}<h2>アプリ</h2>{bot}</div>'
    )


def _replies(count: int) -> str:
    return f'<div class="replies">{_NUMBER_OF_REPLIES.format(count=count)}</div>'


def _message(kind: str, name: str, time: str, content: str) -> str:
    badge = '<span class="badge">アプリ</span>' if kind == "bot" else ""
    letter = "記" if kind == "bot" else escape(name[0])
    return (
        f'<div class="message"><i class="{kind}">{letter}</i><div>'
        f'<div class="who"><b>{escape(name)}</b>{badge}<small>{time}</small></div>'
        f"{content}</div></div>"
    )


def _blocks(blocks: Iterable[Mapping[str, Any]]) -> str:
    return "".join(
        "<hr>" if block["type"] == "divider" else _row(block["elements"], block["type"])
        for block in blocks
    )


def _row(elements: Iterable[Mapping[str, Any]], kind: str) -> str:
    if kind == "context_actions":
        pair = (each[name] for each in elements for name in ("positive_button", "negative_button"))
        labels = (f"<span>{escape(each['text']['text'])}</span>" for each in pair)
        return f'<div class="buttons small">{"".join(labels)}</div>'
    if kind == "actions":
        labels = (f"<span>{escape(button['text']['text'])}</span>" for button in elements)
        return f'<div class="buttons">{"".join(labels)}</div>'
    return "".join(map(_box, elements))


def _box(element: Mapping[str, Any]) -> str:
    """Draw a section or a quotation. Raises :class:`KeyError` where the bot learns another one."""
    runs = "".join(map(_run, element["elements"]))
    return f'<div class="{_BOXES[element["type"]]}">{runs}</div>'


def _run(run: Mapping[str, Any]) -> str:
    text = escape(run["text"])
    if run["type"] == "link":
        text = f"<a>{text}</a>"
    for style in run.get("style", {}):
        text = f"<{_TAGS[style]}>{text}</{_TAGS[style]}>"
    return text
