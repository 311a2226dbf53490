"""Pages of a history in a modal, and a history as a file: for the one who presses its button."""

import threading
from dataclasses import dataclass, field

from bot.handout.fonts import japanese_font
from bot.handout.table import table
from bot.handout.timeline import MOST_DRAWN, timeline
from bot.history.meetings import History, hits_of
from bot.slack.access.shown import Done, Found, ShownUnder
from bot.slack.buttons import Do, Press
from bot.slack.messages.full_text import sentence_view
from bot.slack.messages.history import history_view, page_of
from bot.slack.messages.shortening import shorten_line
from bot.slack.pace.workers import Workers
from bot.slack.posting.files import MISSING_SCOPE, FileSender, SentFile
from bot.slack.posting.poster import Poster
from bot.slack.threads.asked import Asked
from bot.texts import Wording, wording

_LONGEST_TITLE = 120
_WAYS = {Do.HISTORY: "history_page", Do.TABLE: "history_table", Do.TIMELINE: "history_timeline"}
"""What the audit log calls them."""


@dataclass(slots=True)
class HistoryViews:
    """Shows and sends them, on threads that wait for nothing else; each call only hands over.

    A picture takes some 40 MB while it is drawn: one at a time.
    """

    shown: ShownUnder
    poster: Poster
    sender: FileSender
    workers: Workers
    _drawing: threading.Lock = field(default_factory=threading.Lock)

    def show_page(self, press: Press, view: str | None) -> None:
        """Open the page that ``press`` asks for, or show it in the modal that is open already."""
        self.workers.alone.put(press.user, lambda: self._show_page(press, view))

    def send(self, press: Press) -> None:
        """Send the table or the picture."""
        self.workers.alone.put(press.user, lambda: self._send(press))

    def _show_page(self, press: Press, view: str | None) -> None:
        words = self.shown.edge.replies.words("")
        if view is None:
            view = self.poster.open_view(press.trigger, sentence_view(words.opening, words))
        if view is None:
            return
        page = self.shown.show(
            press,
            _WAYS[press.do],
            lambda asked: self._found(asked, press),
            lambda history: history_view(history, press),
        )
        self.poster.change_view(view, sentence_view(page, words) if isinstance(page, str) else page)

    def _send(self, press: Press) -> None:
        told = self.shown.show(
            press,
            _WAYS[press.do],
            lambda asked: self._found(asked, press),
            lambda history: self._sent(press, history),
        )
        if told:
            self.poster.tell(press.incoming, told)

    def _found(self, asked: Asked, press: Press) -> Found[History] | Done[str]:
        """Return the history, and what of it is going to be shown."""
        history = self.shown.edge.replies.history_under(asked)
        if history is None or press.asking.after >= len(history.meetings):
            return Done(self.shown.edge.replies.words(asked.text).changed, "changed")
        pages = {
            Do.HISTORY: page_of(history, press.asking.after),
            Do.TIMELINE: history.meetings[-MOST_DRAWN:],
        }
        return Found(history, hits_of(pages.get(press.do, history.meetings)))

    def _sent(self, press: Press, history: History) -> str | None:
        """Send a file; return what is to be told who pressed, ``None`` where the file is enough."""
        words = wording(history.language)
        file = self._table(history, words)
        if press.do is Do.TIMELINE:
            drawn = self._picture(press, history, words)
            if drawn is None:
                return words.history_not_drawn
            file = drawn
        refused = self.sender.send(press, [file])
        if refused is not None:
            return words.file_scope if refused == MISSING_SCOPE else words.file_refused
        if press.channel.startswith("D"):
            return None
        sent = {Do.TIMELINE: words.history_timeline_sent, Do.TABLE: words.history_table_sent}
        return sent[press.do]

    def _table(self, history: History, words: Wording) -> SentFile:
        return SentFile("kiroku-history.csv", _title(history, words), table(history))

    def _picture(self, press: Press, history: History, words: Wording) -> SentFile | None:
        font = japanese_font()
        try:
            with self._drawing:
                picture = timeline(history, font) if font else None
        except OSError as error:  # the font is gone, or broken
            self.shown.edge.log.error("%s: no timeline: %s", press.incoming.key, error)  # noqa: TRY400  the message says it all
            return None
        if picture is None:
            return None
        name, title = "kiroku-timeline.png", _title(history, words)
        return SentFile(name, title, picture.png, picture.alternative)


def _title(history: History, words: Wording) -> str:
    return words.history_file_title.format(topic=shorten_line(history.topic, _LONGEST_TITLE))
