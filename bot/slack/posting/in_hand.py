"""A question in hand, from when it is taken up until its reply stands."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.slack.answering.told import Told
from bot.slack.incoming import Incoming
from bot.slack.posting.draft import Draft


@dataclass(frozen=True, slots=True)
class Taken:
    """A question in hand.

    ``attempts`` counts how often a process took it up before, ``tries`` how often Slack could not
    be read; ``look_first``: its reply may stand there.
    """

    incoming: Incoming
    attempts: int = 0
    look_first: bool = False
    tries: int = 0


@dataclass(frozen=True, slots=True)
class Ready:
    """A reply that is made; ``over`` is called once it stands, ``made_at`` is monotonic (s)."""

    taken: Taken
    draft: Draft
    told: Told
    over: Callable[[], None]
    made_at: float
