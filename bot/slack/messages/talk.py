"""Replies in our own words: to thanks, to a call for help, to 「どんな資料がある？」. Pure."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence

from bot.conversation.talk import Talk
from bot.slack.messages.home import examples
from bot.slack.messages.looked import holdings_of
from bot.texts import Wording, date_text, years_text
from index.passage import Document, DocumentKind

_MOST_BODIES = 12


def talk_lines(
    talk: Talk,
    documents: Sequence[Document],
    words: Wording,
    ingested: dt.datetime | None = None,
) -> list[str] | None:
    """Return the paragraphs that reply to ``talk``; ``None`` where the documents have to be asked.

    ``documents`` are those of the index, ``ingested`` is when it was last changed. A call for help
    is replied to with :func:`help_lines`.
    """
    said = {
        Talk.THANKS: words.thanks,
        Talk.GREETING: words.greeting,
        Talk.NOTED: words.noted,
        Talk.SUMMARY: words.no_summary,
    }
    if talk is Talk.INDEX:
        return index_lines(documents, words, ingested)
    return [said[talk]] if talk in said else None


def help_lines(
    documents: Sequence[Document], words: Wording, discussed: Callable[[str], bool]
) -> list[str]:
    """Return how to ask, with examples that these documents answer.

    ``discussed`` tells whether a matter was.
    """
    shown = [f"・{example}" for example in examples(words, documents, discussed)]
    return [words.help, *([words.help_examples, *shown] if shown else []), words.help_thread]


def index_lines(
    documents: Sequence[Document], words: Wording, ingested: dt.datetime | None = None
) -> list[str]:
    """Return the index at a glance: how much of what kind, of whom, from when, and since when."""
    held = holdings_of(documents)
    if not held.count:
        return [words.home_empty]
    kinds = Counter(document.kind for document in documents if document.readable)
    bodies = Counter(each.body for each in documents if each.readable and each.body)
    counted = [
        words.count_of.format(name=words.kinds[kind], count=kinds[kind])
        for kind in DocumentKind
        if kinds[kind]
    ]
    named = [
        words.count_of.format(name=name, count=count)
        for name, count in bodies.most_common(_MOST_BODIES)
    ]
    more = words.and_others if len(bodies) > _MOST_BODIES else ""
    lines = [
        words.index_head.format(count=held.count),
        words.list_separator.join(counted),
    ]
    if named:
        lines.append(words.index_bodies.format(what=words.list_separator.join(named) + more))
    if held.years:
        lines.append(words.index_years.format(what=years_text(*held.years, words)))
    if ingested:
        lines.append(words.index_ingested.format(date=date_text(ingested.date(), words)))
    return lines
