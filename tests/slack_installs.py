"""The local Slack's workspaces: which there are, and how an app is installed into another one."""

import base64
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from uuid import uuid4

from tests.slack_workspace import BOT_USER, Workspace, refuse

CLIENT_ID, CLIENT_SECRET = "1111.2222", "c0ffee"


@dataclass(frozen=True)
class Code:
    """What Slack gives who agreed: for which workspace, and where it leads to."""

    team: str
    redirect_uri: str


@dataclass
class Installs:
    """The workspaces by bot token. ``scopes`` are those that the app's manifest asks for."""

    scopes: frozenset[str]
    of_token: dict[str, Workspace] = field(default_factory=dict)
    codes: dict[str, Code] = field(default_factory=dict)
    teams: dict[str, Workspace] = field(default_factory=dict)
    answer: dict[str, Any] = field(default_factory=dict)
    """What ``oauth.v2.access`` says beside the usual, or otherwise."""

    def workspace(self, team: str) -> Workspace:
        """Return a workspace; it is made when it is first named."""
        return self.teams.setdefault(team, Workspace(self.scopes, team))

    def token_of(self, team: str) -> str:
        """Return the token that is good for a workspace."""
        return next(token for token, held in self.of_token.items() if held.team == team)

    def agree(self, address: str, team: str) -> str:
        """Agree on the page that asks whether the app may be installed; return where that leads."""
        parts = urlsplit(address)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        assert parts.path == "/oauth/v2/authorize", parts.path
        assert asked["client_id"] == CLIENT_ID
        assert frozenset(asked["scope"].split(",")) == self.scopes
        assert not asked.get("user_scope")
        code = uuid4().hex
        self.codes[code] = Code(team, asked["redirect_uri"])
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def access(self, arguments: dict[str, Any], authorization: str) -> dict[str, Any]:
        """Answer ``oauth.v2.access``; a code is good once. Raises :class:`Refusal`."""
        given = base64.b64decode(authorization.removeprefix("Basic ")).decode().split(":")
        if given[0] != CLIENT_ID:
            refuse("invalid_client_id")
        if given[1] != CLIENT_SECRET:
            refuse("bad_client_secret")
        code = self.codes.pop(str(arguments.get("code")), None)
        if code is None:
            refuse("invalid_code")
        if arguments.get("redirect_uri") != code.redirect_uri:
            refuse("bad_redirect_uri")
        workspace = self.workspace(code.team)
        self.of_token = {k: v for k, v in self.of_token.items() if v.team != code.team}
        token = f"xoxb-{uuid4().hex}"
        self.of_token[token] = workspace
        usual = {
            "ok": True,
            "access_token": token,
            "token_type": "bot",
            "scope": ",".join(sorted(self.scopes)),
            "bot_user_id": BOT_USER,
            "app_id": "ALOCAL",
            "team": {"id": code.team, "name": code.team},
            "enterprise": None,
            "is_enterprise_install": False,
            "authed_user": {"id": "UADMIN"},
        }
        return {**usual, **self.answer}
