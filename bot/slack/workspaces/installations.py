"""The tokens of the workspaces into which the app was installed, one of each, in a private file.

The SDK's own stores keep every token that ever was, in files that others may read, and cannot tell
which workspaces there are.
"""

from dataclasses import dataclass, field
from pathlib import Path

from bot.private_file import PrivateFile
from bot.slack.threads.read import Identity

FILE_NAME = "installations.sqlite3"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS installation (
    team     TEXT PRIMARY KEY,
    bot_user TEXT NOT NULL,
    bot      TEXT NOT NULL,
    token    TEXT NOT NULL,
    at       REAL NOT NULL
) STRICT;
"""


@dataclass(frozen=True, slots=True)
class Installation:
    """A workspace into which the app was installed, and when that was (seconds since 1970)."""

    identity: Identity
    token: str = field(repr=False)
    at: float

    @property
    def team(self) -> str:
        """The workspace's id."""
        return self.identity.team


class Installations:
    """The installations in a :class:`PrivateFile`, whose errors every method raises."""

    def __init__(self, data: Path) -> None:
        self._file = PrivateFile(data / FILE_NAME, "the file of installations")
        self._file.make(_SCHEMA)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def all(self) -> list[Installation]:
        """Return them, the oldest first."""
        rows = self._file.read(
            "SELECT bot_user, bot, team, token, at FROM installation ORDER BY at"
        )
        return [
            Installation(Identity(bot_user, bot, team), token, at)
            for bot_user, bot, team, token, at in rows
        ]

    def keep(self, installed: Installation) -> None:
        """Keep an installation, in the place of an earlier one in that workspace."""
        who = installed.identity
        self._file.write(
            "INSERT OR REPLACE INTO installation (team, bot_user, bot, token, at)"
            " VALUES (?, ?, ?, ?, ?)",
            (who.team, who.user, who.bot, installed.token, installed.at),
        )
        self._file.empty_log()

    def forget(self, team: str) -> None:
        """Forget the token of a workspace, on the disk as well."""
        self._file.write("DELETE FROM installation WHERE team = ?", (team,))
        self._file.empty_log()
