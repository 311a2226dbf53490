"""From the code that Slack gives who installs the app to a token of their workspace."""

import logging
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError
from slack_sdk.oauth import AuthorizeUrlGenerator

from bot.slack.receiving.connection import SCOPES, warn_of_missing_scopes
from bot.slack.receiving.tokens import AppSecret
from bot.slack.threads.read import Identity
from bot.slack.trouble import SLACK_TROUBLE, reason_of
from bot.slack.workspaces.installations import Installation

INSTALL_PATH = "/slack/install"
REDIRECT_PATH = "/slack/oauth_redirect"
_TEAM = re.compile("T[A-Z0-9]+")
_TIMEOUT_S = 10
_OF_ORGANISATION = "org-wide installation is not supported: install it into a workspace"
_ROTATES = "tokens that run out are not supported: switch token rotation off on the app's page"


class NotInstalledError(Exception):
    """Slack gives no token, or none that the bot can work with; the message says why."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """Asks Slack at ``api_url``, as the app whose secret this is."""

    app: AppSecret
    api_url: str
    log: logging.Logger

    def authorize_url(self, state: str) -> str:
        """Return Slack's page that asks whether the app may be installed."""
        pages = self.api_url.removesuffix("/").removesuffix("/api")
        return AuthorizeUrlGenerator(
            client_id=self.app.client_id,
            redirect_uri=self._redirect_uri,
            scopes=sorted(SCOPES),
            user_scopes=[],
            authorization_url=f"{pages}/oauth/v2/authorize",
        ).generate(state)

    def installation(self, code: str) -> Installation:
        """Return what Slack gives for a code. Raises :class:`NotInstalledError`."""
        at, client = time.time(), self._client()
        try:
            told = client.oauth_v2_access(
                client_id=self.app.client_id,
                client_secret=self.app.client_secret,
                code=code,
                redirect_uri=self._redirect_uri,
            ).data
            told = told if isinstance(told, Mapping) else {}
            team, token = _workable(told)
            who = client.auth_test(token=token)
        except (SlackClientError, *SLACK_TROUBLE) as error:
            raise NotInstalledError(reason_of(error)) from None  # the cause may hold the code
        warn_of_missing_scopes(str(told.get("scope") or ""), self.log)
        return Installation(Identity(str(who["user_id"]), str(who["bot_id"]), team), token, at)

    def give_back(self, installed: Installation) -> None:
        """Let Slack forget a token that is not to be used."""
        try:
            self._client().auth_revoke(token=installed.token)
        except (SlackClientError, *SLACK_TROUBLE) as error:
            self.log.warning("a token was not given back: %s", reason_of(error))

    @property
    def _redirect_uri(self) -> str:
        return self.app.public_url + REDIRECT_PATH

    def _client(self) -> WebClient:
        return WebClient(
            base_url=self.api_url, timeout=_TIMEOUT_S, retry_handlers=[], logger=self.log
        )


def _workable(told: Mapping[str, Any]) -> tuple[str, str]:
    """Return workspace and token. Raises :class:`NotInstalledError`."""
    team = str((told.get("team") or {}).get("id") or "")
    token = str(told.get("access_token") or "")
    if told.get("is_enterprise_install") or not _TEAM.fullmatch(team):
        raise NotInstalledError(_OF_ORGANISATION)
    if told.get("refresh_token") or told.get("expires_in"):
        raise NotInstalledError(_ROTATES)
    return team, token
