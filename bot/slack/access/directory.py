"""What Slack says of a person, a channel and a user group, kept for two minutes."""

import logging
import threading
import time
from collections.abc import Callable, Hashable, Mapping
from typing import Any, TypeVar

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.access.visible import Asker, Channel, Standing
from bot.slack.trouble import SLACK_TROUBLE, TOKEN_REFUSED, reason_of

KEPT_S = 120.0
"""How long what Slack said counts: a right that was taken away ends within two minutes."""
_NOBODY = {"user_not_found", "user_not_visible", "users_not_found"}
_NO_GROUP = {"no_such_subteam", "subteam_not_found", "missing_scope"}
_SHARED = ("is_shared", "is_ext_shared", "is_org_shared", "is_pending_ext_shared")

_PAGE = 200

T = TypeVar("T")


class UncheckedError(Exception):
    """Slack does not say at present who asks, or where. The message names the reason.

    ``token_refused``: it says nothing to the bot at all, and takes nothing from it either.
    """

    def __init__(self, message: str, *, token_refused: bool = False) -> None:
        super().__init__(message)
        self.token_refused = token_refused


class Directory:
    """Asks Slack, from any thread; ``team`` is the bot's own workspace, ``bot`` its own user."""

    def __init__(
        self, client: WebClient, team: str, log: logging.Logger, bot: str | None = None
    ) -> None:
        self._client = client
        self._log = log
        self._lock = threading.Lock()
        self._kept: dict[Hashable, tuple[float, Any]] = {}
        self._languages: dict[str, str] = {}
        self._admins: set[str] = set()
        self.team = team
        self._bot = bot

    def asker(self, user: str) -> Asker:
        """Return who a person is. Raises :class:`UncheckedError`."""
        return self._known(("user", user), lambda: self._asker(user))

    def language(self, user: str) -> str | None:
        """Return ``ja`` or ``en``, as a person has set Slack; ``None`` where it has not said yet.

        It is told beside what the gate asks, so that no call is made for it, and kept for as long
        as the bot runs: it is no right.
        """
        return self._languages.get(user)

    def channel(self, channel: str) -> Channel | None:
        """Return where a question is asked; ``None`` for a direct message to the bot.

        Raises :class:`UncheckedError`.
        """
        if channel.startswith("D"):
            return None
        return self._known(("channel", channel), lambda: self._channel(channel))

    def is_admin(self, user: str) -> bool:
        """Tell whether Slack says that a person administers the workspace.

        Raises :class:`UncheckedError`.
        """
        self.asker(user)
        return user in self._admins

    def in_group(self, group: str, user: str) -> bool:
        """Tell whether a person is in a user group. Raises :class:`UncheckedError`."""
        return user in self._known(("group", group), lambda: self._group(group))

    def _known(self, key: Hashable, ask: Callable[[], T]) -> T:
        now = time.monotonic()
        with self._lock:
            kept = self._kept.get(key)
        if kept is not None and now - kept[0] < KEPT_S:
            found: T = kept[1]
            return found
        try:
            found = ask()
        except SLACK_TROUBLE as error:
            reason = reason_of(error)
            message = f"{key}: {reason}"
            raise UncheckedError(message, token_refused=reason in TOKEN_REFUSED) from error
        with self._lock:
            self._kept = {k: v for k, v in self._kept.items() if now - v[0] < KEPT_S}
            self._kept[key] = now, found
        return found

    def _asker(self, user: str) -> Asker:
        try:
            told = self._client.users_info(user=user, include_locale=True).get("user") or {}
        except SlackApiError as error:
            if reason_of(error) not in _NOBODY:
                raise
            told = {}
        if locale := str(told.get("locale") or ""):
            self._languages[user] = "ja" if locale.startswith("ja") else "en"
        standing = standing_of(told, self.team)
        admin = True in (told.get("is_admin"), told.get("is_owner"))
        with self._lock:
            if admin and standing is Standing.MEMBER:
                self._admins.add(user)
            else:
                self._admins.discard(user)
        return Asker(user, standing)

    def _channel(self, channel: str) -> Channel:
        told = self._client.conversations_info(channel=channel).get("channel") or {}
        members = self._members(channel) if told.get("is_mpim") else None
        return Channel(channel, is_shared(told), members)

    def _members(self, channel: str) -> tuple[Asker, ...]:
        """Return all who read along in a direct message among several, apart from the bot."""
        found: list[str] = []
        cursor: str | None = None
        while cursor != "":
            page = self._client.conversations_members(channel=channel, cursor=cursor, limit=_PAGE)
            found += page.get("members") or []
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
        return tuple(self.asker(user) for user in found if user != self._bot)

    def _group(self, group: str) -> frozenset[str]:
        try:
            told = self._client.usergroups_users_list(usergroup=group)
        except SlackApiError as error:
            if reason_of(error) not in _NO_GROUP:
                raise
            # it will not pass: who is let in by this group only stays out, and the others go on
            self._log.warning("user group %s of access.toml: %s", group, reason_of(error))
            return frozenset()
        return frozenset(told.get("users") or ())


def standing_of(user: Mapping[str, Any], team: str) -> Standing:
    """Return what a user object of ``users.info`` makes a person in the workspace ``team``.

    A full member is only who Slack says is one: what it leaves out counts against.
    """
    if not user or user.get("deleted") or user.get("is_bot") or user.get("is_workflow_bot"):
        return Standing.UNKNOWN
    teams = (user.get("enterprise_user") or {}).get("teams") or ()
    own = user.get("team_id") == team or team in teams
    if user.get("is_stranger") or not own:
        return Standing.EXTERNAL
    if user.get("is_restricted") is not False or user.get("is_ultra_restricted"):
        return Standing.GUEST
    return Standing.MEMBER


def is_shared(channel: Mapping[str, Any]) -> bool:
    """Say whether a channel of ``conversations.info`` is shared with another workspace.

    An invitation that is still open counts: who accepts it reads what was said before. So does a
    channel of which Slack does not say.
    """
    told = [channel[name] for name in _SHARED if name in channel]
    return not told or any(told)
