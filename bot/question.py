"""What a question asks for: its matter, its language, which side of an exchange, and when."""

import re
from dataclasses import dataclass

from index.dates import find_dates
from index.passage import Filters
from index.searching import Query
from index.text import fold, is_japanese
from index.tokens import matter

MAX_CHARACTERS = 2_000
"""What is read of a question: more is not a question, and the embedder would cut it anyway."""

_ASKED_JA = re.compile(
    r"(何|なん|どんな|どのよう|どういう|誰|だれ|どなた|どの(委員|議員|先生)).{0,40}?"
    r"(質問|尋ね|訊|聞[いかこ]|指摘|要望|取り上げ)"
    r"|(質問|指摘|要望|尋ね|聞い|取り上げ)(し|され|た|て)?(た|い?る|いた)?"
    r"(の(は|を)?|こと|人)?(は|って)?(誰|だれ|どなた|何|なん|委員|議員|先生)"
    r"|(質問|指摘|要望)(し|され)た(の|こと|委員|議員|人|内容)"
    r"|(委員|議員|さん|先生)(の|が|は).{0,30}(質問|聞[いかこ]|尋ね|言っ|主張|述べ|反対|要望|指摘)"
    r"|(言っ|述べ|主張し|比べ|反対し|賛成し|心配し|求め)(てい?)?た(の|委員|議員|人)(は|って)?"
    r"(誰|だれ|どなた|\??$)"
)
_ANSWERED_JA = re.compile(r"答(え|弁)|回答|説明し")
_ASKED_EN = re.compile(
    r"\bwho (asked|raised|questioned|suggested|worried|opposed)\b"
    r"|\bwhat (did|was) .{1,60}\b(ask|asked|raise|question)\b|\bwhat questions?\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood.

    ``words`` are its content words, each once, in order. ``wants_question`` is true where the asker
    wants to know what was *asked* in a meeting. ``period`` holds the days that it names, if any.
    """

    text: str
    language: str
    words: tuple[str, ...]
    wants_question: bool
    period: Filters | None

    def query(self, filters: Filters | None = None) -> Query:
        """Return what to search for, narrowed by ``filters``."""
        return Query(self.text, filters, self.period, self.wants_question)


def understand(text: str) -> Question:
    """Read a question. Anything goes in: what cannot be understood is just searched for."""
    text = " ".join(text[:MAX_CHARACTERS].split())
    folded = fold(text)
    return Question(
        text=text,
        language="ja" if is_japanese(text) else "en",
        words=tuple(matter(text)),
        wants_question=_wants_question(folded),
        period=_period(text),
    )


def _wants_question(folded: str) -> bool:
    if _ASKED_EN.search(folded):
        return True
    return bool(_ASKED_JA.search(folded)) and not _ANSWERED_JA.search(folded)


def _period(text: str) -> Filters | None:
    dates = find_dates(text)
    if not dates:
        return None
    return Filters(since=min(d.start for d in dates), until=max(d.end for d in dates))
