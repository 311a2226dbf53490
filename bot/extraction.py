"""Choosing the words: from a passage the sentences that answer, in the council's own words.

The choice is a run of neighbouring sentences, so that the quote occurs in the source as it stands.
"""

import re
from collections.abc import Callable, Sequence

from bot.question import Question
from index import cues
from index.text import fold, sentences
from index.tokens import words

WHOLE = 240
"""Characters up to which a passage is quoted whole (but for its opening courtesies)."""
_MOST = 220
"""Characters of a quote that is cut from a longer passage."""

_COURTESY = re.compile(
    r"((お答え|(ご|御)(答弁|説明|報告))(を)?(いたしま|申し上げま|させていただきま|しま)す。?$"
    r"|(質問|指摘|意見|提案|要望).{0,12}ありがとうございま(す|した)。?$"
    r"|よろしくお願い(を)?(いたしま|申し上げま|しま)す。?$|失礼(し|いたし)ます。?$"
    r"|^(はい|ええ|えー)[、。]?$|^(thank you|thanks)\b)",
    re.IGNORECASE,
)
"""A sentence that is nothing but courtesy, by how it ends."""
_HANDOVER = re.compile(
    r"(から|より)(、)?(ご|御)?(答弁|説明|お答え|報告)(を)?(いた|させ|申し上げ|し)|^次に、.{0,60}議題といた"
)
"""A last sentence that only hands over to the next speaker or item."""
_SHORT = 80
"""Characters up to which an opening sentence may be a mere courtesy."""
_CONDITION = re.compile(r"^(ただし|なお|もっとも|However|Provided)")
_CUE_WEIGHT = 0.25
_COURTESY_WEIGHT = 0.6


def choose_quote(text: str, question: Question, rarity: Callable[[str], float]) -> str:
    """Return the part of ``text`` that answers: a stretch of it, character for character."""
    parts = sentences(text)
    scores = [_score(part, question, rarity) for part in parts]
    start, end = 0, len(parts)
    while end > start + 1 and _HANDOVER.search(fold(parts[end - 1])):
        end -= 1
    while start < end - 1 and _COURTESY.search(fold(parts[start])) and len(parts[start]) < _SHORT:
        start += 1
    if sum(map(len, parts[start:end])) > WHOLE:
        start, end = _window(parts[:end], scores[:end], start)
    return "".join(parts[start:end]).strip()


def _window(parts: Sequence[str], scores: Sequence[float], first: int) -> tuple[int, int]:
    """Grow from the best sentence to the better neighbour while the quote stays short."""
    best = max(range(first, len(parts)), key=lambda i: (scores[i], -i))
    start, end = best, best + 1
    length = len(parts[best])
    while True:
        before = scores[start - 1] if start > first else -1.0
        after = scores[end] if end < len(parts) else -1.0
        if end < len(parts) and _CONDITION.match(parts[end].strip()):
            after = max(after, 1.0)
        forward = after >= before
        place = end if forward else start - 1
        if max(before, after) < 0 or length + len(parts[place]) > _MOST:
            return start, end
        length += len(parts[place])
        start, end = (start, end + 1) if forward else (start - 1, end)


def _score(sentence: str, question: Question, rarity: Callable[[str], float]) -> float:
    """Return the share of the question's rare words in the sentence, cues added (about 0 to 2)."""
    total = sum(rarity(word) for word in question.words) or 1.0
    held = set(words(sentence))
    score = sum(rarity(word) for word in question.words if word in held) / total
    met = cues.wanted(question.text) & cues.given(sentence)
    score += _CUE_WEIGHT * met.bit_count()
    return max(0.0, score - (_COURTESY_WEIGHT if _COURTESY.search(fold(sentence)) else 0.0))
