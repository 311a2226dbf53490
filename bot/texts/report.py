"""What an ingest changed, in lines that a clerk understands. Pure."""

from collections.abc import Iterator, Sequence

from bot.news.changes import Changes, Seen
from bot.texts import date_text, wording
from bot.texts.news import NewsWording, news_wording
from index.language.visible import visible
from index.passage import Document

ALL = 100_000
"""A limit that leaves nothing out."""
_LONGEST = 120


def report_lines(
    changes: Changes, language: str, most: int = ALL, *, reasons: bool = True
) -> Iterator[str]:
    """Yield the lines; ``most`` documents of each kind are named.

    ``reasons``: with the warnings of each document, which are in English; without, it begins with
    a sentence that says what this is.
    """
    words = news_wording(language)
    if not reasons:
        yield words.report_head
    named = {
        words.report_added: [_named(each, language) for each in changes.added],
        words.report_changed: [_named(each, language) for each in changes.changed],
        words.report_unread: _warned(changes.unread, language, reasons=reasons),
        words.report_warnings: _warned(changes.with_warnings, language, reasons=reasons),
        words.report_removed: [_title(each) for each in changes.removed],
        words.report_moved: [_named(each, language) for each in changes.moved],
    }
    for head, lines in named.items():
        if lines:
            yield head.format(count=len(lines))
            yield from _bullets(lines, words, most)
    if not reasons and (changes.unread or changes.with_warnings):
        yield words.report_why


def first_lines(changes: Changes, language: str) -> Iterator[str]:
    """Yield the lines of the first report: how much of what there is."""
    words, frame = news_wording(language), wording(language)
    yield words.report_first.format(count=len(changes.added))
    for kind, name in frame.kinds.items():
        count = sum(each.kind is kind for each in changes.added)
        if count:
            yield "・" + frame.count_of.format(name=name, count=count)
    if changes.unread:
        yield words.report_unread.format(count=len(changes.unread))
        yield words.report_why
    yield words.report_first_after


def _bullets(lines: Sequence[str], words: NewsWording, most: int) -> Iterator[str]:
    for line in lines[:most]:
        yield f"・{line}"
    if len(lines) > most:
        yield words.report_more.format(count=len(lines) - most)


def _warned(documents: Sequence[Document], language: str, *, reasons: bool) -> list[str]:
    """Return documents, each with its warnings where these are wanted."""
    return [
        f"{_named(each, language)}: {'; '.join(each.warnings)}"
        if reasons and each.warnings
        else _named(each, language)
        for each in documents
    ]


def _named(document: Document, language: str) -> str:
    """Return title and day; what could not be read has the name of its file only."""
    if not document.readable:
        return _short(document.document.rpartition("/")[2])
    title = _short(document.title or document.document)
    day = date_text(document.date, wording(language)) if document.date else ""
    return title if not day or day in title else f"{title}（{day}）"


def _title(seen: Seen) -> str:
    return _short(seen.title or seen.document)


def _short(text: str) -> str:
    line = visible(" ".join(text.split()))
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
