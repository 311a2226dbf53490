"""The Home tab and the questions to begin with: gathered each time they are opened, kept nowhere.

What a person asked is read from their own conversation with the bot. What only administrators are
shown is asked for only where Slack says that somebody is one.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.feedback.given import Verdict
from bot.feedback.store import FeedbackStore
from bot.slack.access.directory import UncheckedError
from bot.slack.access.gate import Closed
from bot.slack.access.guard import Guard
from bot.slack.edge import Edge
from bot.slack.messages.home import (
    AdminNotes,
    AskedBefore,
    HomeContents,
    closed_view,
    home_view,
    suggested_prompts,
)
from bot.slack.pace.workers import Workers
from bot.slack.posting.poster import Poster
from bot.slack.threads.conversations import Conversations
from index.errors import StorageError
from index.passage import Collection, Document

_MOST_ASKED = 5
_MOST_DECLINED = 5


@dataclass(frozen=True, slots=True)
class HomeTab:
    """Shows it, on threads that wait for nothing else; ``show`` only hands the work over."""

    poster: Poster
    conversations: Conversations
    edge: Edge
    guard: Guard
    store: FeedbackStore
    workers: Workers

    def show(self, event: Mapping[str, Any]) -> None:
        """Show the Home tab, or questions to begin with in the Messages tab."""
        self.workers.alone.put(event["user"], lambda: self._show(event))

    def _show(self, event: Mapping[str, Any]) -> None:
        user, replies = event["user"], self.edge.replies
        sees = self.guard.gate.sees(user, f"D{user}")
        at_home = event.get("tab") == "home"
        language = replies.language_at_home(user)
        if isinstance(sees, Closed):
            if at_home:
                self.poster.show_home(user, closed_view(language, sees.line))
            return
        documents = replies.shelf.documents(sees)
        if at_home:
            contents = HomeContents(
                documents,
                replies.discussed(sees),
                replies.shelf.ingested(sees),
                tuple(self._asked(str(event.get("channel") or ""), user)),
                self._for_admins(user, sees, documents),
            )
            today = dt.datetime.now(dt.UTC).date()
            self.poster.show_home(user, home_view(language, contents, today))
        elif prompts := suggested_prompts(language, documents, replies.discussed(sees)):
            self.poster.suggest(event["channel"], prompts)

    def _asked(self, channel: str, user: str) -> Iterator[AskedBefore]:
        """Yield the last questions of a person's own conversation with the bot, newest first."""
        if not channel.startswith("D"):
            return
        for ts, text in self.conversations.asked_lately(channel, user, _MOST_ASKED):
            yield AskedBefore(text, self.conversations.link_to(channel, ts))

    def _for_admins(
        self, user: str, sees: frozenset[Collection], documents: Sequence[Document]
    ) -> AdminNotes | None:
        """Return what administrators of the workspace are shown; ``None`` for all others.

        Of what was declined only what was asked of nothing but what they may see.
        """
        try:
            if not self.guard.gate.directory.is_admin(user):
                return None
            verdicts = self.store.verdicts()
            declined = self.store.most_declined(sees)[:_MOST_DECLINED]
        except (UncheckedError, StorageError) as error:
            self.edge.log.warning("nothing for administrators on the Home tab: %s", error)
            return None
        told = Counter(
            "warned" if each.readable else "unreadable"
            for each in documents
            if each.warnings or not each.readable
        )
        return AdminNotes(
            warned=told["warned"],
            unreadable=told["unreadable"],
            up=verdicts.get(Verdict.UP, 0),
            down=verdicts.get(Verdict.DOWN, 0),
            declined=tuple((each.question, each.count) for each in declined),
        )
