"""What becomes of 👍 and 👎: the vote is kept, the reason asked for, thanks are said."""

import logging
import time
from dataclasses import dataclass

from bot.conversation.reading import read_message
from bot.feedback.given import Complaint, Verdict, Vote
from bot.feedback.store import FeedbackStore
from bot.slack.buttons import Do, Press
from bot.slack.feedback.memory import digest_of
from bot.slack.feedback.reasons import Reasons, reasons_view, told_view
from bot.slack.feedback.under import UnderButton, reply_of
from bot.slack.posting.poster import Poster
from bot.slack.threads.asked import Asked
from bot.texts import wording
from index.errors import StorageError


@dataclass(frozen=True, slots=True)
class _Kept:
    """The vote is kept; ``new``: it says something else than before."""

    new: bool


@dataclass(frozen=True, slots=True)
class Votes:
    """Keeps what people think of replies."""

    under: UnderButton
    store: FeedbackStore
    poster: Poster
    log: logging.Logger

    def pressed(self, press: Press, language: str) -> None:
        """Keep a vote. It counts at once; why a reply was bad can be told in a modal.

        The modal is opened before anything is asked or checked, for Slack opens it within three
        seconds only; it says nothing of any document. Where Slack opens none, the vote counts
        without a reason.
        """
        words = wording(language)
        with self.under.held(press) as mine:
            if not mine:
                return
            bad = press.do is Do.BAD
            view = None
            if bad:
                view = self.poster.open_view(press.trigger, reasons_view(press, language))
            kept = self._keep(press, language, Verdict.DOWN if bad else Verdict.UP)
        if isinstance(kept, _Kept):
            if kept.new and view is None:
                self.poster.tell(press.incoming, words.feedback_thanks)
        elif view is not None:
            self.poster.change_view(view, told_view(kept, words))
        else:
            self.poster.tell(press.incoming, kept)

    def reasoned(self, reasons: Reasons) -> None:
        """Keep why a reply was bad, of who sent the modal."""
        kept = self._keep(
            reasons.press, reasons.language, Verdict.DOWN, reasons.complaint, reasons.comment
        )
        thanks = wording(reasons.language).feedback_thanks
        self.poster.tell(reasons.press.incoming, thanks if isinstance(kept, _Kept) else kept)

    def _keep(
        self,
        press: Press,
        language: str,
        verdict: Verdict,
        complaint: Complaint | None = None,
        comment: str = "",
    ) -> _Kept | str:
        """Keep a vote; return a sentence where it is not to be kept."""
        try:
            found = self.under.find(press, language)
            if isinstance(found, str):
                return found
            question, before = _asked(found.asked)
            vote = Vote(
                reply_of(press),
                press.user,
                verdict,
                question,
                digest_of(found.asked.text),
                time.time(),
                complaint,
                comment,
                before,
            )
            return _Kept(self.store.vote(vote))
        except StorageError as error:
            self.log.error("%s: the vote is not kept: %s", press.incoming.key, error)  # noqa: TRY400  the message says it all
            return wording(language).not_now


def _asked(asked: Asked) -> tuple[str, tuple[str, ...]]:
    """Return the question as it was put to the answerer, and what it leans on.

    Of a message with several all its words, for the vote is on all of them.
    """
    questions = read_message(asked.text).questions
    if len(questions) != 1:
        return asked.text, asked.before
    [question] = questions
    alone = asked.asking.alone or question.fresh
    return question.text, () if alone else (*asked.before, *question.context)
