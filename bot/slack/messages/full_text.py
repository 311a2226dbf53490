"""The passages of a reply in full: the modal that 「続きを見る」 opens, or a message. Pure."""

from collections.abc import Iterator, Sequence
from typing import Any

from bot.answer.answer import Answer, Citation, Declined, Reply
from bot.answer.at_a_glance import numbered_as_seen
from bot.answer.same_speech import by_speech, hit_of_stretch
from bot.slack.messages.blocks import Part, Run, blocks_of
from bot.slack.messages.citation_line import citation_line
from bot.slack.messages.cited import MOST_CITED
from bot.slack.messages.layout import Message, first_fitting_layout
from bot.slack.messages.shortening import shorten
from bot.slack.messages.sources import asked_line, numbers_of, source_runs
from bot.texts import EN, Wording, goes_on, wording
from bot.texts.private import private_wording
from index.passage import Hit

_LONGEST_PASSAGE = 2_000
_LONGEST_QUESTION = 1_000
_MOST_LISTED = 20


def full_text_view(reply: Reply, *, as_cited: bool = False) -> dict[str, Any]:
    """Return the modal: each passage with its source, the question that it answers, how to cite it.

    What is of one speech stands under one head, as it was said, and with how the speech goes on.
    ``as_cited``: it is what was replied once, while another reply would be given now.
    """
    words = wording(reply.language)
    if isinstance(reply, Answer):
        most = _MOST_LISTED if reply.listed else MOST_CITED
        cited = numbered_as_seen(reply).citations[:most]
        parts = [Part((Run(words.as_cited),))] if as_cited else []
        parts += [part for each in by_speech(cited) for part in _stretch(each, words)]
        return _modal(words, blocks_of(parts))
    return _modal(words, blocks_of(_nearest(reply, words)), words.nearest_title)


def full_text_message(reply: Reply, last: Sequence[Part] = ()) -> Message:
    """Return the same as a message, for who writes 「もっと詳しく」: words, then their source.

    ``last`` stands below.
    """
    words = wording(reply.language)
    layouts = [
        [*_told(reply, words, longest, most), *last]
        for longest, most in ((_LONGEST_PASSAGE, 3), (1_000, 3), (1_000, 1), (500, 1), (200, 1))
    ]
    return first_fitting_layout(layouts, quotes=words.quotes)


def sources_message(reply: Reply, last: Sequence[Part] = ()) -> Message:
    """Return where the words of a reply stand, for who asks who said it: source, then words.

    ``last`` stands below.
    """
    words = wording(reply.language)
    layouts = [
        [*_sources(reply, words, longest, most), *last]
        for longest, most in ((400, 3), (200, 3), (200, 1))
    ]
    return first_fitting_layout(layouts, quotes=words.quotes)


def _sources(reply: Reply, words: Wording, longest: int, most: int) -> Iterator[Part]:
    if not isinstance(reply, Answer):
        yield Part((Run(reply.message),))
        for hit in reply.nearest[:1]:
            yield Part(tuple(source_runs(hit, words)))
            yield Part((Run(shorten(reply.quote or hit.passage.text, longest)),), quoted=True)
        return
    for stretch in by_speech(numbered_as_seen(reply).citations)[:most]:
        yield Part(tuple(source_runs(hit_of_stretch(stretch), words, numbers_of(stretch))))
        for citation in stretch:
            yield Part((Run(shorten(citation.quote, longest)),), quoted=True)


def _told(reply: Reply, words: Wording, longest: int, most: int) -> Iterator[Part]:
    if not isinstance(reply, Answer):
        yield Part((Run(reply.message),))
        if reply.nearest:
            yield Part((Run(words.nearest, bold=True),))
        for hit in reply.nearest[:most]:
            yield Part((Run(shorten(hit.passage.text, longest)),), quoted=True)
            yield Part(tuple(source_runs(hit, words)))
        return
    for stretch in by_speech(numbered_as_seen(reply).citations)[:most]:
        for citation in stretch:
            yield Part((Run(shorten(citation.hit.passage.text, longest)),), quoted=True)
        if onward := stretch[-1].onward:
            yield Part((Run(goes_on(onward, words), italic=True),))
            yield Part((Run(shorten(onward.text, longest)),), quoted=True)
        yield from _asked(stretch[0].hit, words)
        yield Part(tuple(source_runs(hit_of_stretch(stretch), words, numbers_of(stretch))))


def sentence_view(text: str, words: Wording) -> dict[str, Any]:
    """Return the modal that says one sentence of our own: that it is being opened, a fault."""
    return _modal(words, blocks_of([Part((Run(text),))]))


def _nearest(declined: Declined, words: Wording) -> Iterator[Part]:
    yield Part((Run(declined.message),))
    for hit in declined.nearest[:MOST_CITED]:
        yield _source(hit, words)
        yield from _asked(hit, words)
        yield _passage(hit.passage.text)
        yield from _to_copy(hit, words)


def _stretch(stretch: Sequence[Citation], words: Wording) -> Iterator[Part]:
    yield _source(hit_of_stretch(stretch), words, numbers_of(stretch))
    asked: str | None = None
    for citation in stretch:
        if citation.hit.passage.question != asked:
            yield from _asked(citation.hit, words)
        asked = citation.hit.passage.question
        yield _passage(citation.hit.passage.text, citation.number if len(stretch) > 1 else None)
        yield from _to_copy(citation.hit, words)
    if onward := stretch[-1].onward:
        yield Part((Run(goes_on(onward, words), italic=True),))
        yield _passage(onward.text)


def _to_copy(hit: Hit, words: Wording) -> Iterator[Part]:
    label = private_wording("en" if words is EN else "ja").copy_citation
    yield Part((Run(label, italic=True),))
    yield Part((Run(citation_line(hit, words)),), copied=True)


def _source(hit: Hit, words: Wording, numbers: Sequence[int] = ()) -> Part:
    return Part(tuple(source_runs(hit, words, numbers)), divided=True)


def _asked(hit: Hit, words: Wording) -> Iterator[Part]:
    if hit.passage.question:
        yield asked_line(hit.passage.question, words, _LONGEST_QUESTION)


def _passage(text: str, number: int | None = None) -> Part:
    runs = [Run(shorten(text, _LONGEST_PASSAGE))]
    if number is not None:
        runs.append(Run(f" [{number}]", bold=True))
    return Part(tuple(runs), quoted=True)


def _modal(
    words: Wording, blocks: list[dict[str, Any]], title: str | None = None
) -> dict[str, Any]:
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": title or words.whole_title},
        "close": {"type": "plain_text", "text": words.close},
        "blocks": blocks,
    }
