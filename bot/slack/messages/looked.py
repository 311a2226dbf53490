"""The lines that say how a question was understood and where it was looked. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.answer.answer import Answer, Declined, DeclineReason, Reply
from bot.question.explanation import chosen_labels
from bot.slack.buttons import Asking
from bot.slack.messages.blocks import Part, Run
from bot.slack.messages.layout import Room
from bot.slack.messages.shortening import shorten
from bot.texts import Wording, years_text
from index.passage import Document

_MOST_BODIES = 4


@dataclass(frozen=True, slots=True)
class Holdings:
    """What is in the index: its bodies, that with most documents first, its years and its size."""

    bodies: tuple[str, ...] = ()
    years: tuple[int, int] | None = None
    count: int = 0


def holdings_of(documents: Iterable[Document]) -> Holdings:
    """Sum up the documents that can be searched."""
    known = [document for document in documents if document.readable]
    bodies = Counter(document.body for document in known if document.body)
    years = sorted(document.date.year for document in known if document.date)
    span = (years[0], years[-1]) if years else None
    return Holdings(tuple(name for name, _ in bodies.most_common()), span, len(known))


def looked(reply: Reply, asking: Asking, words: Wording, room: Room) -> list[Part]:
    """Return what was taken over, how kana was read, and what the search was narrowed to."""
    chosen = _chosen(reply, asking)
    told = [
        pattern.format(what=_listed(names, words, room))
        for pattern, names in (
            (words.taken_over, (reply.taken_over,) if reply.taken_over else ()),
            (words.read_as, (reply.read_as,) if reply.read_as else ()),
            (words.narrowed, (*chosen, *reply.understood)),
            (words.loosened, reply.loosened),
        )
        if names
    ]
    if asking.alone:
        told.append(words.taken_alone)
    if not asking.narrow:
        told.append(words.widened_rest if chosen else words.widened)
    return [Part((Run(line, italic=True),)) for line in told]


def searched(declined: Declined, holdings: Holdings, words: Wording) -> list[Part]:
    """Return where nothing was found: bodies, years, how many documents. The narrowing says more.

    Nothing where it was not for lack of an answer that none is given.
    """
    if declined.reason is not DeclineReason.NOT_COVERED or not holdings.count:
        return []
    if declined.understood:
        return []
    return [Part((Run(held_line(holdings, words)),))]


def held_line(holdings: Holdings, words: Wording) -> str:
    """Return the line that says what was searched: bodies, years, how many documents."""
    named = holdings.bodies[:_MOST_BODIES]
    what = words.list_separator.join(named)
    if len(holdings.bodies) > len(named):
        what += words.and_others
    told = [what] if what else []
    if holdings.years:
        told.append(years_text(*holdings.years, words))
    told.append(words.documents.format(count=holdings.count))
    return words.searched.format(what=words.list_separator.join(told))


def next_step(declined: Declined, asking: Asking, words: Wording, room: Room) -> list[Part]:
    """Return the one thing to try next; nothing where the decline itself says what to do."""
    if declined.reason is not DeclineReason.NOT_COVERED:
        return []
    if declined.absent:
        quoted = [f"{words.quotes[0]}{each}{words.quotes[1]}" for each in declined.absent]
        line = words.rephrase_absent.format(what=_listed(quoted, words, room))
    elif declined.taken_over:
        line = words.try_alone
    elif declined.understood and asking.narrow:
        line = words.try_wider
    else:
        line = words.rephrase
    return [Part((Run(line),))]


def _chosen(reply: Reply, asking: Asking) -> tuple[str, ...]:
    """Return what was chosen of the things that the question may have meant."""
    if asking.filters is None:
        return ()
    cited = [each.hit for each in reply.citations] if isinstance(reply, Answer) else reply.nearest
    titles = {hit.document.document: hit.document.title for hit in cited}
    title = titles.get(asking.filters.document) if asking.filters.document else None
    return chosen_labels(asking.filters, reply.language, title)


def _listed(names: Sequence[str], words: Wording, room: Room) -> str:
    return shorten(words.list_separator.join(names), room.title)
