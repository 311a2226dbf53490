"""The workspaces that the bot is in: what Slack sends goes to the one it is of, and to no other."""

import json
import threading
from collections.abc import Mapping
from typing import Any

from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.request.internals import extract_team_id

from bot.slack.workspaces.installations import Installation, Installations
from bot.slack.workspaces.workspace import Equipment, Workspace
from index.errors import StorageError

UNINSTALLED, REVOKED = "app_uninstalled", "tokens_revoked"
"""The events with which Slack tells that the app is no longer there: heard here, by no listener."""
_NO_LONGER_THERE = {"token_revoked", "account_inactive"}
"""What Slack says of the token of an app that is no longer there."""


class Workspaces:
    """All of them; use it from any thread.

    ``installations`` are those into which the app was installed; ``None`` where it is only in that
    of ``SLACK_BOT_TOKEN``, to which then all belongs that comes.
    """

    def __init__(self, equipment: Equipment, installations: Installations | None) -> None:
        self._equipment = equipment
        self._log = equipment.log
        self._installations = installations
        self._lock = threading.RLock()
        self._open: dict[str, Workspace] = {}
        self._since: dict[str, float] = {}
        self._home: Workspace | None = None

    def open(self) -> bool:
        """Open all of them; ``False`` when stopped before Slack could be reached.

        Raises :class:`index.errors.KirokuError`.
        """
        if self._equipment.settings.slack_bot_token:
            self._home = self._equipment.home()
            if self._home is None:
                return False
            self._open[self._home.team] = self._home
        for installed in self._installations.all() if self._installations else ():
            if not self.is_home(installed.team):
                self._begin(installed)
        return True

    def close(self) -> None:
        """Close their files, once no work is under way any more."""
        for workspace in self.all():
            workspace.kept.close()

    def all(self) -> list[Workspace]:
        """Return those that are open."""
        with self._lock:
            return list(self._open.values())

    def is_home(self, team: str) -> bool:
        """Say whether a workspace is that of ``SLACK_BOT_TOKEN``."""
        return self._home is not None and self._home.team == team

    def add(self, installed: Installation) -> None:
        """Keep and begin an installation, in the place of an earlier one there.

        What was in hand waits in the inbox, and is taken up again. Raises :class:`StorageError`.
        """
        if self._installations is None or self.is_home(installed.team):
            return
        with self._lock:
            self._installations.keep(installed)
            if (before := self._end(installed.team)) is not None:
                before.kept.close()
            self._begin(installed)
        self._log.info("installed into workspace %s", installed.team)

    def forget(self, team: str) -> None:
        """Forget a workspace where the app was uninstalled: its token, and all that is kept of it.

        The audit log stays. Raises :class:`StorageError`.
        """
        with self._lock:
            if self._installations is None or self.is_home(team):
                return
            if (workspace := self._end(team)) is not None:
                self._equipment.connection.refusals.forget(workspace.token)
                workspace.kept.remove()
                self._log.warning("uninstalled in workspace %s: it is forgotten", team)
            # last: as long as there is a token, what a crash left of it is found at the next start
            self._installations.forget(team)

    def take(self, delivery: BoltRequest) -> BoltResponse:
        """Answer what Slack sends: its workspace does, and where there is none, nothing is done."""
        if self._installations is None and self._home is not None:
            return self._home.app.dispatch(delivery)
        body = delivery.body
        if body.get("type") == "url_verification":
            told = json.dumps({"challenge": body.get("challenge")})
            return BoltResponse(status=200, body=told)
        team = str(extract_team_id(body) or "")
        if not self.is_home(team) and self._tells_of_the_end(body, team):
            return self._leave(team)
        with self._lock:
            workspace = self._open.get(team)
        if workspace is None:
            self._log.info("acknowledged, and nothing done: the app is not in that workspace")
            return BoltResponse(status=200)
        return workspace.app.dispatch(delivery)

    def look_at_tokens(self) -> None:
        """Ask Slack whether it takes their tokens; where the app was uninstalled, forget it."""
        for workspace in self.all():
            told = workspace.look_at_token(self._log)
            with self._lock:  # it may have been installed again meanwhile
                if told in _NO_LONGER_THERE and self._open.get(workspace.team) is workspace:
                    self._leave(workspace.team)

    def queue(self) -> tuple[int, float]:
        """Return how many questions are not done, and when the oldest came (s since 1970; 0)."""
        with self._lock:  # none of them is closed meanwhile
            queues = [workspace.kept.inbox.queue() for workspace in self._open.values()]
        since = [oldest for count, oldest in queues if count]
        return sum(count for count, _ in queues), min(since, default=0.0)

    def _begin(self, installed: Installation) -> None:
        self._open[installed.team] = self._equipment.installed(installed)
        self._since[installed.team] = installed.at

    def _end(self, team: str) -> Workspace | None:
        """Let a workspace begin nothing any more; return it, ``None`` where it is not open."""
        workspace = self._open.pop(team, None)
        if workspace is not None:
            workspace.workers.close()
        return workspace

    def _tells_of_the_end(self, body: Mapping[str, Any], team: str) -> bool:
        """Say whether Slack tells that the app was uninstalled since it was last installed."""
        event = body.get("event") or {}
        gone = event.get("type") == UNINSTALLED or (
            event.get("type") == REVOKED and bool((event.get("tokens") or {}).get("bot"))
        )
        return gone and (body.get("event_time") or 0) >= int(self._since.get(team, 0.0))

    def _leave(self, team: str) -> BoltResponse:
        try:
            self.forget(team)
        except StorageError as error:
            self._log.error("workspace %s is not forgotten yet: %s", team, error)
            return BoltResponse(status=503)
        return BoltResponse(status=200)
