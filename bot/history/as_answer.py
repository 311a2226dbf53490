"""A history as an answer: of each meeting what tells most, oldest first. For scripts."""

from bot.answer.answer import Answer, Citation, Sentence
from bot.history.meetings import Entry, History
from index.passage import Filters, PassageKind


def as_answer(history: History, question: str, narrowed: Filters, limit: int) -> Answer:
    """Return the meetings of a history, one at least, each by the words of its best entry.

    Where these are fewer than ``limit``, the best of the other entries stand among them.
    ``question`` is what was asked, ``narrowed`` the filters in force.
    """
    ordered = [sorted(meeting.entries, key=_fits, reverse=True) for meeting in history.meetings]
    first = [entries[0] for entries in ordered]
    others = sorted((e for entries in ordered for e in entries[1:]), key=_fits, reverse=True)
    told = [*first, *others[: max(0, limit - len(first))]]
    told.sort(key=lambda entry: entry.hit.rank)
    cited = tuple(Citation(at, entry.quote, entry.hit) for at, entry in enumerate(told, start=1))
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
