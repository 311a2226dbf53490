"""From what was asked in Slack and told to a line of the audit log."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.access.audit import AuditLog, Seen, Shown, seen
from bot.slack.incoming import Incoming
from bot.slack.threads.asked import Asked
from index.errors import KirokuError
from index.passage import Collection, Hit


@dataclass(frozen=True, slots=True)
class Record:
    """Writes down what was shown to whom; where that fails, the log says so and the bot goes on.

    ``generations`` tells the published generation of each collection.
    """

    log: AuditLog
    team: str
    generations: Callable[[frozenset[Collection]], Mapping[Collection, int]]
    faults: logging.Logger

    def write(
        self, incoming: Incoming, asked: Asked, outcome: str, hits: Sequence[Hit], way: str
    ) -> None:
        """Write one line; ``way`` is how it was asked for, ``hits`` what was shown."""
        self.write_seen(incoming, asked, outcome, seen(hits), way)

    def write_seen(
        self, incoming: Incoming, asked: Asked, outcome: str, passages: Sequence[Seen], way: str
    ) -> None:
        """Write the same, where of what was shown only the names are known."""
        self._write(
            Shown(
                team=self.team,
                user=incoming.user,
                channel=incoming.channel,
                message=incoming.since,
                way=way,
                outcome=outcome,
                sees=sorted(asked.sees),
                passages=passages,
                question=asked.text,
            )
        )

    def write_told(
        self,
        user: str,
        channel: str,
        told: tuple[str, str],
        collection: Collection,
        hits: Sequence[Hit],
    ) -> None:
        """Write what was told unasked to a person or (``user`` empty) to a channel.

        ``told`` is the message's ``ts`` and what it is.
        """
        message, way = told
        shown = Shown(self.team, user, channel, message, way, "shown", [collection], seen(hits))
        self._write(shown)

    def _write(self, shown: Shown) -> None:
        try:
            held = self.generations(frozenset(map(Collection, shown.sees)))
            self.log.write(replace(shown, generations=sorted(held.items())))
        except (OSError, KirokuError) as error:
            key = f"{shown.channel}:{shown.message}"
            self.faults.error("%s: not in the audit log: %s", key, error)
