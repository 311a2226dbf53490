"""Cutting words to a length so that they can still be read. Pure."""

import re

_SENTENCE_END = re.compile(r"[。．！？!?\n]|\.(?=\s)")
_LATIN_WORD = re.compile(r"[a-z][a-z'\-]", re.IGNORECASE)
"""A word goes on over the place where it would be cut."""
_ASKER = re.compile(r"^（[^（）]{1,40}）")


def shorten(text: str, limit: int) -> str:
    """Cut ``text`` to ``limit`` characters, at the end of a sentence where one is near, with …."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    ends = [match.end() for match in _SENTENCE_END.finditer(cut)]
    if ends and ends[-1] * 3 >= limit:
        cut = cut[: ends[-1]]
    elif _LATIN_WORD.match(text, len(cut) - 1) and (blank := cut.rfind(" ")) * 3 >= 2 * limit:
        cut = cut[:blank]
    return cut.rstrip() + "…"


def shorten_line(text: str, limit: int) -> str:
    """Shorten ``text`` as one line: a title, a question that is repeated."""
    return shorten(" ".join(text.split()), limit)


def shorten_question(question: str, limit: int) -> str:
    """Shorten the words that were answered: who asked and the end, where the asking stands."""
    if len(question) <= limit:
        return question
    asker = match.group() if (match := _ASKER.match(question)) else ""
    tail = question[-(limit - min(len(asker), limit // 2)) :]
    starts = [match.end() for match in _SENTENCE_END.finditer(tail[:-1])]
    near = [start for start in starts if start * 3 <= 2 * len(tail)]
    return asker + "…" + (tail[near[0] :] if near else tail).lstrip()
