"""A history as an answer: of each meeting what tells most, oldest first. For scripts."""

from bot.answer.answer import Answer, Citation, Sentence
from bot.history.meetings import Entry, History
from index.passage import Filters, PassageKind


def as_answer(history: History, question: str, narrowed: Filters) -> Answer:
    """Return the meetings of a history, one at least, each by the words of its best entry.

    ``question`` is what was asked, ``narrowed`` the filters in force.
    """
    best = [max(meeting.entries, key=_fits) for meeting in history.meetings]
    cited = tuple(Citation(at, entry.quote, entry.hit) for at, entry in enumerate(best, start=1))
    return Answer(
        question=question,
        sentences=tuple(Sentence(each.quote, (each.number,)) for each in cited),
        citations=cited,
        language=history.language,
        took_ms=history.took_ms,
        narrowed=narrowed,
    )


def _fits(entry: Entry) -> tuple[bool, float]:
    """Return what makes an entry tell more than another: a table says less than a sentence."""
    return entry.hit.passage.kind is not PassageKind.TABLE, entry.hit.score
