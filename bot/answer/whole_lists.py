"""The lists in a passage: what leads into one, and all its items or rows. Pure.

Where a question asks for all of a list, one item of it is a wrong answer.
"""

from collections.abc import Iterator, Sequence

from bot.answer.quotable_spans import Part, begins_item
from bot.answer.span_scoring import is_condition

_LEAST_ITEMS = 2


def likeliest_list(parts: Sequence[Part], likely: Sequence[float]) -> set[int]:
    """Return the list of a passage that is likeliest to be what is asked for.

    Its positions are those of the lead or the heads, of all items with all that they say, and of
    conditions that follow. Nothing where the passage holds no list, or where a sentence outside
    is likelier to answer than the whole list.
    """
    whole = [_with_frame(parts, items) for items in _runs(parts)]
    best = max(whole, key=lambda taken: sum(likely[i] for i in taken), default=set())
    beside = max((likely[i] for i in range(len(parts)) if i not in best), default=0.0)
    return best if sum(likely[i] for i in best) >= beside else set()


def _runs(parts: Sequence[Part]) -> Iterator[range]:
    """Yield where items or rows follow one another, each with the sentences of its line."""
    start: int | None = None
    items = 0
    for position in range(len(parts) + 1):
        begins = position < len(parts) and _begins_line(parts, position)
        listed = begins and (parts[position].listed or begins_item(parts[position].text))
        if listed:
            start = position if start is None else start
            items += 1
        elif start is not None and (position == len(parts) or begins):
            if items >= _LEAST_ITEMS:
                yield range(start, position)
            start, items = None, 0


def _begins_line(parts: Sequence[Part], position: int) -> bool:
    return position == 0 or parts[position - 1].text.endswith("\n")


def _with_frame(parts: Sequence[Part], items: range) -> set[int]:
    """Return the items with what leads into them and with the conditions behind them."""
    taken = {*items, *(need for i in items for need in parts[i].needs)}
    before = items.start - 1
    if before >= 0 and (parts[before].leads or not parts[before].telling):
        taken.add(before)
    if any(is_condition(parts[i]) for i in taken if i < items.start):
        taken.add(min(taken) - 1)  # 「…とする。ただし、次に掲げる費用は対象としない。」
    after = items.stop
    while after < len(parts) and is_condition(parts[after]):
        taken.add(after)
        after += 1
    return {i for i in taken if i >= 0}
