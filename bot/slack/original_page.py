"""The page of the original as a picture, sent to the one who presses 「原本を見る」.

For where citations do not link to their page. In a channel it comes as a direct message: what one
person wants to look at is no news to the others.
"""

from collections.abc import Callable, Iterator, Sequence

from bot.answer.answer import Answer, Reply
from bot.answer.at_a_glance import at_a_glance, numbered_as_seen
from bot.slack.buttons import Asking, Do, Press, button, with_button
from bot.slack.messages.layout import Message
from bot.slack.posting.files import MISSING_SCOPE, FileSender, SentFile
from bot.texts import date_text, place_text, wording
from bot.texts.original import EN_ORIGINAL, JA_ORIGINAL, OriginalWording
from index.passage import Hit

Drawn = Callable[[Hit, str], bytes | None]
"""Gives the page of a hit as PNG, the words of a quote marked; ``None``: it cannot be shown."""

_MOST_PAGES = 3


class OriginalPages:
    """Sends pages. ``drawn`` makes the pictures."""

    def __init__(self, sender: FileSender, drawn: Drawn) -> None:
        self._sender = sender
        self._drawn = drawn

    def send(self, press: Press, reply: Reply) -> str | None:
        """Send the pages of a reply, three at most; return what is to be told who pressed.

        ``None`` where the pages themselves tell enough.
        """
        words = _texts(reply)
        pages = [
            (hit, page)
            for hit, quote in shown_on_pages(reply)[:_MOST_PAGES]
            if (page := self._drawn(hit, quote))
        ]
        if not pages:
            return words.nothing
        files = [
            SentFile(f"page-{number}.png", source, page, words.picture.format(source=source))
            for number, (hit, page) in enumerate(pages, start=1)
            for source in (source_of(hit, reply.language),)
        ]
        refused = self._sender.send(press, files)
        if refused is not None:
            return words.scope if refused == MISSING_SCOPE else words.refused
        return None if press.channel.startswith("D") else words.sent


def with_original(message: Message, reply: Reply, asking: Asking) -> Message:
    """Return a message with the button, where the reply has a page to show and room for it."""
    if not shown_on_pages(reply):
        return message
    return with_button(message, button(Do.ORIGINAL, _texts(reply).button, asking))


def shown_on_pages(reply: Reply) -> list[tuple[Hit, str]]:
    """Return the hits that a reply shows and that stand on pages, each with its quote.

    One of each page, in the order of the reply.

    Of an answer what is cited at a glance, of a decline the passage that may answer; none where
    they link to their page.
    """
    if isinstance(reply, Answer):
        seen = numbered_as_seen(reply)
        shown = {number for sentence in at_a_glance(seen) for number in sentence.citations}
        cited = [(each.hit, each.quote) for each in seen.citations if each.number in shown]
    else:
        cited = [(hit, reply.quote) for hit in reply.nearest[:1] if reply.quote is not None]
    return list(_one_a_page(cited))


def _one_a_page(cited: Sequence[tuple[Hit, str]]) -> Iterator[tuple[Hit, str]]:
    known: set[tuple[str, int]] = set()
    for hit, quote in cited:
        page = hit.passage.page
        if page is not None and hit.url is None and (hit.document.document, page) not in known:
            known.add((hit.document.document, page))
            yield hit, quote


def source_of(hit: Hit, language: str) -> str:
    """Return where a page comes from, on a line: title, date, page."""
    words, document = wording(language), hit.document
    facts = [
        " ".join((document.title or document.document).split()),
        document.date and date_text(document.date, words),
        place_text(hit.passage, words),
    ]
    return " / ".join(fact for fact in facts if fact)


def _texts(reply: Reply) -> OriginalWording:
    return EN_ORIGINAL if reply.language == "en" else JA_ORIGINAL
