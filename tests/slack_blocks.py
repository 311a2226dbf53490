"""What Slack refuses in a message's or a view's blocks, as far as Kiroku uses blocks."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

MOST_BLOCKS = {"message": 50, "home": 100, "modal": 100}
LONGEST_MESSAGE = 13_200
LONGEST_TEXT = 40_000
_LONGEST_HEADER = 150
_LONGEST_SECTION = 3_000
_MOST_CONTEXT = 10
_LONGEST_ID = 255
_MOST_ELEMENTS = 25
_LONGEST_LABEL = 75
_LONGEST_VALUE = 2_000
_MOST_JUDGING = 5
_LONGEST_INPUT_LABEL = 2_000
_MOST_OPTIONS = 10
_LONGEST_OPTION = 150
_STYLES = {"bold", "italic", "strike", "code", "underline"}
_RICH = {"rich_text_section", "rich_text_quote", "rich_text_preformatted"}


def complaints(blocks: object, where: str = "message") -> list[str]:
    """Return what Slack would complain of in ``response_metadata.messages``; empty if nothing."""
    if not isinstance(blocks, list):
        return ["blocks must be a list"]
    found = [
        f"{complaint} [json-pointer:/blocks/{position}]"
        for position, block in enumerate(blocks)
        for complaint in (*_block(block), *_out_of_place(block, where))
    ]
    if len(blocks) > MOST_BLOCKS[where]:
        found.append(f"no more than {MOST_BLOCKS[where]} items allowed [json-pointer:/blocks]")
    ids = [block["block_id"] for block in blocks if isinstance(block, dict) and "block_id" in block]
    if len(set(ids)) < len(ids):
        found.append("`block_id` is not unique")
    return found


def too_long(blocks: Sequence[Mapping[str, Any]]) -> bool:
    """Say whether all blocks together are more than Slack takes."""
    return len(json.dumps(blocks, ensure_ascii=False)) > LONGEST_MESSAGE


def _block(block: object) -> Iterator[str]:
    if not isinstance(block, dict):
        yield "a block must be an object"
        return
    if len(str(block.get("block_id", ""))) > _LONGEST_ID:
        yield "`block_id` too long"
    checks = {
        "rich_text": _rich_text,
        "divider": lambda _block: iter(()),
        "header": lambda block: _text(block.get("text"), _LONGEST_HEADER, {"plain_text"}),
        "section": lambda block: _text(block.get("text"), _LONGEST_SECTION),
        "context": _context,
        "actions": _actions,
        "context_actions": _context_actions,
        "input": _input,
    }
    check = checks.get(block.get("type", ""))
    if check is None:
        yield f"unsupported type: {block.get('type')}"
    else:
        yield from check(block)


def _text(
    text: object,
    longest: int,
    kinds: frozenset[str] | set[str] = frozenset({"plain_text", "mrkdwn"}),
) -> Iterator[str]:
    if not isinstance(text, dict) or text.get("type") not in kinds:
        yield f"`text` must be one of {sorted(kinds)}"
    elif not isinstance(text.get("text"), str) or not 1 <= len(text["text"]) <= longest:
        yield f"`text` must have 1 to {longest} characters"


def _context(block: Mapping[str, Any]) -> Iterator[str]:
    elements = block.get("elements") or []
    if not 1 <= len(elements) <= _MOST_CONTEXT:
        yield f"context needs 1 to {_MOST_CONTEXT} elements"
    for element in elements:
        yield from _text(element, _LONGEST_SECTION)


def _actions(block: Mapping[str, Any]) -> Iterator[str]:
    elements = block.get("elements") or []
    if not 1 <= len(elements) <= _MOST_ELEMENTS:
        yield f"actions needs 1 to {_MOST_ELEMENTS} elements"
    ids = [element.get("action_id") for element in elements]
    if len(set(ids)) < len(ids):
        yield "`action_id` is not unique"
    for element in elements:
        if element.get("type") != "button":
            yield f"unsupported element: {element.get('type')}"
        if len(str(element.get("action_id", ""))) > _LONGEST_ID:
            yield "`action_id` too long"
        if len(str(element.get("value", ""))) > _LONGEST_VALUE:
            yield f"`value` must be less than {_LONGEST_VALUE + 1} characters"
        yield from _text(element.get("text"), _LONGEST_LABEL, {"plain_text"})


def _out_of_place(block: object, where: str) -> Iterator[str]:
    """What may be asked for in a view only, and judged under a message only."""
    kind = block.get("type") if isinstance(block, dict) else None
    if (kind == "context_actions" and where != "message") or (kind == "input" and where != "modal"):
        yield f"unsupported type here: {kind}"


def _context_actions(block: Mapping[str, Any]) -> Iterator[str]:
    elements = block.get("elements") or []
    if not 1 <= len(elements) <= _MOST_JUDGING:
        yield f"context_actions needs 1 to {_MOST_JUDGING} elements"
    for element in elements:
        if element.get("type") != "feedback_buttons":
            yield f"unsupported element: {element.get('type')}"
        if not 1 <= len(str(element.get("action_id", ""))) <= _LONGEST_ID:
            yield "`action_id` must have 1 to 255 characters"
        for name in ("positive_button", "negative_button"):
            pressed = element.get(name) or {}
            yield from _text(pressed.get("text"), _LONGEST_LABEL, {"plain_text"})
            if not 1 <= len(str(pressed.get("value") or "")) <= _LONGEST_VALUE:
                yield f"`value` must have 1 to {_LONGEST_VALUE} characters"


def _input(block: Mapping[str, Any]) -> Iterator[str]:
    yield from _text(block.get("label"), _LONGEST_INPUT_LABEL, {"plain_text"})
    element = block.get("element") or {}
    if element.get("type") == "radio_buttons":
        options = element.get("options") or []
        if not 1 <= len(options) <= _MOST_OPTIONS:
            yield f"radio_buttons needs 1 to {_MOST_OPTIONS} options"
        for option in options:
            yield from _text(option.get("text"), _LONGEST_LABEL)
            if not 1 <= len(str(option.get("value") or "")) <= _LONGEST_OPTION:
                yield f"`value` must have 1 to {_LONGEST_OPTION} characters"
    elif element.get("type") != "plain_text_input":
        yield f"unsupported element: {element.get('type')}"


def _rich_text(block: Mapping[str, Any]) -> Iterator[str]:
    if not block.get("elements"):
        yield "rich_text needs elements"
    for element in block.get("elements") or []:
        if element.get("type") not in _RICH:
            yield f"unsupported rich text: {element.get('type')}"
        elif not element.get("elements"):
            yield f"{element['type']} needs elements"
        for part in element.get("elements") or []:
            yield from _rich_part(part)


def _rich_part(part: Mapping[str, Any]) -> Iterator[str]:
    if part.get("type") == "user":
        if not str(part.get("user_id", "")).startswith(("U", "W")):
            yield "`user_id` is no user"
        return
    text = part.get("text")
    if part.get("type") == "link":
        if not str(part.get("url", "")).startswith(("http://", "https://", "mailto:")):
            yield "`url` is not a link"
    elif part.get("type") != "text":
        yield f"unsupported rich text part: {part.get('type')}"
    if not isinstance(text, str) or not text:
        yield "`text` must be more than 0 characters"
    else:
        try:
            text.encode()
        except UnicodeEncodeError:
            yield "`text` is not valid Unicode"
    if set(part.get("style") or {}) - _STYLES:
        yield "unknown style"
