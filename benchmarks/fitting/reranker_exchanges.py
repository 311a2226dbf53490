"""Asking sentences of members and what was answered, out of minutes with ``○speaker　words`` turns.

The last sentence of a member's turn that asks and can be understood by itself; the answer is the
executive's turn that follows, where that is short enough to be about it.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

_TURN = re.compile(r"^○([^　\n]{1,30})　", re.MULTILINE)
_MEMBER = re.compile(r"(委員|議員|君)$")
_EXECUTIVE = re.compile(r"(長|次長|監|主幹|助役|参事)$")
_CHAIR = re.compile(r"(委員長|議長)$")
_ASKS = re.compile(
    r"(か|でしょうか|ですか|お聞きします|伺います|教えてください|お願いします)[。？]$"
)
_LEANS = re.compile(
    r"(これ|それ|あれ|この|その|あの|ここ|そこ|今の|先ほど|さっき|こう|そう|ああ|いかがでしょうか。$|^どう)"
)
_SENTENCE = re.compile(r"[^。\n]+。")
_SHORTEST, _LONGEST = 20, 120
_LEAST_ANSWER, _MOST_ANSWER = 40, 800
_SAYS = 15
_LEADS = 16
"""Signs at the head of a sentence in which a pointing word makes it lean on what was said."""


def asking_sentences(text: str) -> Iterator[tuple[int, str, list[str]]]:
    """Yield where a member's turn begins, its last asking sentence, and the answer's sentences."""
    marks = list(_TURN.finditer(text))
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    turns = [(mark[1], text[mark.end() : end]) for mark, end in zip(marks, ends, strict=True)]
    for at, ((who, asked), (by, answer)) in enumerate(pairwise(turns)):
        if not _MEMBER.search(who) or not _EXECUTIVE.search(by) or _CHAIR.search(by):
            continue
        said = [part for part in _SENTENCE.findall(answer) if len(part) >= _SAYS]
        asking = [part.strip() for part in _SENTENCE.findall(asked) if _stands_alone(part.strip())]
        if asking and said and _LEAST_ANSWER <= len(answer.strip()) <= _MOST_ANSWER:
            yield at, asking[-1], said


def _stands_alone(sentence: str) -> bool:
    """Tell whether a sentence asks something that one understands without what came before."""
    long_enough = _SHORTEST <= len(sentence) <= _LONGEST
    return long_enough and bool(_ASKS.search(sentence)) and not _LEANS.search(sentence[:_LEADS])
