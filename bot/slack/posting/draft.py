"""What a reply on its way is, and what is done after an attempt that did not succeed. Pure."""

import socket
from dataclasses import dataclass, replace
from urllib.error import URLError

from slack_sdk.errors import SlackApiError

from bot.slack.feedback.buttons import plainer
from bot.slack.incoming import Incoming, Way
from bot.slack.messages.layout import Message
from bot.slack.pace.limits import POST, UPDATE
from bot.slack.threads.asked import Asked
from bot.slack.trouble import (
    TOKEN_REFUSED,
    is_rate_limit,
    may_have_worked,
    reason_of,
    retry_after,
)

LOOKS_S = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0)
"""Between the looks for a reply whose post was not confirmed: Slack may make it half a minute late,
while two replies would have to be explained."""
_LONGEST_WAIT_S = 15.0
_TOO_MUCH = {
    "invalid_blocks",
    "invalid_blocks_format",
    "msg_blocks_too_long",
    "msg_too_long",
    "block_mismatch",
}
_GONE = "message_not_found"
_CANNOT_UPDATE = {"cant_update_message", "edit_window_closed", _GONE}


@dataclass(frozen=True, slots=True)
class Draft:
    """A reply on its way to ``incoming``.

    ``asked`` is the question, where that is another message; ``look_first`` says that an earlier
    attempt may have posted the reply, ``looks`` after how many seconds each to look again before it
    is posted anew. ``cited`` is what it says of what it cites. ``plain`` leaves the blocks out;
    ``tries`` counts the attempts that failed.
    """

    incoming: Incoming
    message: Message
    asked: Asked
    look_first: bool = False
    looks: tuple[float, ...] = ()
    cited: str = ""
    plain: bool = False
    tries: int = 0

    @property
    def lane(self) -> tuple[str, str]:
        """The lane in which it stands: what Slack limits together."""
        return UPDATE if self.asked.instead else POST, self.incoming.channel


@dataclass(frozen=True, slots=True)
class Posted:
    """The reply stands in Slack under this ``ts``; ``repeated``: an earlier one may stand too."""

    ts: str
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """Slack will never take the reply there: the bot left the channel, it is archived …."""

    reason: str


@dataclass(frozen=True, slots=True)
class Again:
    """The next attempt: after how many seconds, with what, and why.

    ``all_wait``: what else is to be posted there would fare no better.
    """

    wait: float
    draft: Draft
    reason: str = "not there yet"
    all_wait: bool = False


def after_trouble(error: Exception, draft: Draft, *, looking: bool) -> Again | Refused:
    """Decide what to do after an attempt that ended in ``error``, ``looking`` for it or posting."""
    reason, next_one = reason_of(error), replace(draft, tries=draft.tries + 1)
    backoff = backoff_s(draft.tries)
    if draft.asked.instead and reason in _CANNOT_UPDATE:
        return _beside(next_one, reason)
    if not isinstance(error, SlackApiError):
        return _unconfirmed(error, next_one, backoff, looking=looking)
    if reason in _TOO_MUCH and not draft.plain:
        return Again(0.0, _plainer(next_one), reason)
    if (limited := is_rate_limit(error)) or reason in TOKEN_REFUSED:
        wait = retry_after(error) if limited else backoff
        return Again(wait, next_one, reason, all_wait=not (limited and looking))
    if may_have_worked(error):
        return Again(backoff, replace(next_one, look_first=True), reason)
    return Refused(reason)


def _beside(draft: Draft, reason: str) -> Again | Refused:
    """Let a reply that cannot take the place of the old one stand below; an edit calls for none."""
    if draft.incoming.way is Way.EDIT and reason == _GONE:
        return Refused(reason)
    anew = replace(draft.asked, instead=None)
    return Again(0.0, replace(draft, asked=anew, look_first=True), reason)


def _plainer(draft: Draft) -> Draft:
    """Return a draft with blocks that an older workspace takes; where it has them, without any."""
    blocks = plainer(draft.message.blocks)
    if blocks is None:
        return replace(draft, plain=True)
    return replace(draft, message=replace(draft.message, blocks=tuple(blocks)))


def backoff_s(tries: int) -> float:
    """Return how long to wait after so many attempts that failed before this one."""
    return min(0.5 * 2.0 ** min(tries, 10), _LONGEST_WAIT_S)


def _unconfirmed(error: Exception, draft: Draft, backoff: float, *, looking: bool) -> Again:
    reason = reason_of(error)
    if looking or draft.asked.instead:  # nothing was posted; to replace once more does no harm
        return Again(backoff, draft, reason)
    if _never_left(error):
        return Again(backoff, draft, reason, all_wait=True)
    return Again(LOOKS_S[0], replace(draft, look_first=True, looks=LOOKS_S[1:]), reason)


def _never_left(error: Exception) -> bool:
    """Say whether there was no connection at all, so that Slack cannot have got the post."""
    cause = error.reason if isinstance(error, URLError) else error
    return isinstance(cause, ConnectionRefusedError | socket.gaierror)
