"""What a question asks for: its matter, its language, which side of an exchange, who and when."""

import datetime as dt
import re
from dataclasses import dataclass

from bot.question.filters import Restriction, restrictions
from bot.question.history_intent import MAX_CHARACTERS
from index.council.addresses import LAW_NUMBER, Address, find_address
from index.language import cues
from index.language.saying import ANSWERING, SAYING, said_first
from index.language.text import fold, is_japanese
from index.language.times import find_times
from index.language.tokens import content_words
from index.passage import Filters
from index.search.names import Names
from index.search.query import Query

_MEMBER = re.compile(r"(?:委員|議員|さん|先生)[のがは]")
_BY_WHOM = re.compile(r"た(?:の|委員|議員|人|こと|内容)(?:は|って)?(?:誰|だれ|どなた|[?。]*$)")
_QUESTIONING = {"質問", "質疑", "聞く", "尋ねる", "指摘", "要望", "取り上げる"}
_NEAR = 40
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
    ``restrictions`` are what the search may be narrowed to; there are none where the index's names
    were not at hand. ``address`` is the article that it names.
    """

    text: str
    language: str
    words: tuple[str, ...]
    wants_question: bool
    period: Filters | None
    restrictions: tuple[Restriction, ...] = ()
    address: Address | None = None

    def query(self, filters: Filters | None = None) -> Query:
        """Return what to search for, narrowed by ``filters``."""
        return Query(self.text, filters, self.period, self.wants_question)


def understand(text: str, names: Names | None = None, today: dt.date | None = None) -> Question:
    """Read a question. Anything goes in: what cannot be understood is just searched for.

    ``names`` are those of the index; ``today`` (the clock's, unless given) is what relative times
    count from. The time taken grows with the length of the question and the number of names.
    """
    # half a character pair, as a broken file may hold, is no text
    whole = text[:MAX_CHARACTERS].encode("utf-8", "replace").decode()
    text = " ".join(whole.split())
    folded = fold(text)
    today = today or dt.datetime.now().astimezone().date()
    # when a law was made, as it is cited, is no time that is asked about
    numbers = [match.span() for match in LAW_NUMBER.finditer(folded)]
    times = [
        time
        for time in find_times(folded, today)
        if not any(start <= time.span[0] < end for start, end in numbers)
    ]
    period = None
    if times:
        period = Filters(since=min(t.start for t in times), until=max(t.end for t in times))
    return Question(
        text=text,
        language="ja" if is_japanese(text) else "en",
        words=tuple(content_words(text)),
        wants_question=_wants_question(folded),
        period=period,
        restrictions=() if names is None else restrictions(folded, times, names, today),
        address=find_address(folded),
    )


def _wants_question(folded: str) -> bool:
    """Tell whether it asks what somebody asked or said who is no official, or who that was."""
    if _ASKED_EN.search(folded):
        return True
    if "説明し" in folded or said_first(folded, ANSWERING - {"説明"}):
        return False
    by_members = (folded[match.end() :][:_NEAR] for match in _MEMBER.finditer(folded))
    if any(map(said_first, by_members)):
        return True
    if _BY_WHOM.search(folded):
        return said_first(folded, SAYING - ANSWERING) is not None
    asks = said_first(cues.behind_which(folded)[:_NEAR], _QUESTIONING)
    return asks is not None and not (asks.passive and asks.word == "聞く")  # and was answered
