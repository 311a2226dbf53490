"""The tokens and secrets that the bot is started with: which are needed, and what is missing."""

from dataclasses import dataclass, field

from index.errors import SettingError
from index.settings import HTTP, OFF, Settings

BOT_TOKEN = "SLACK_BOT_TOKEN"  # noqa: S105  the name of a setting
_CLIENT_ID, _CLIENT_SECRET = "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"
_PREFIXES = {BOT_TOKEN: "xoxb-", "SLACK_APP_TOKEN": "xapp-"}


@dataclass(frozen=True, slots=True)
class AppSecret:
    """With what the app shows itself to Slack when it is installed into a workspace.

    ``public_url`` is the address under which people reach the pages for that.
    """

    client_id: str
    client_secret: str = field(repr=False)
    public_url: str


def app_secret(settings: Settings) -> AppSecret | None:
    """Return what installing into further workspaces needs; ``None`` where that is not wanted.

    Raises :class:`SettingError` naming what is missing.
    """
    client_id, secret = settings.slack_client_id, settings.slack_client_secret
    if not client_id and not secret:
        return None
    missing = _CLIENT_SECRET if client_id else _CLIENT_ID
    if not client_id or not secret:
        message = f"{missing} is not set: put it into .env (“Basic Information”; docs/slack.md)"
        raise SettingError(message)
    if settings.public_url is None or settings.viewer == OFF:
        wrong = "KIROKU_VIEWER is off" if settings.public_url else "KIROKU_PUBLIC_URL is not set"
        message = (
            f"{wrong}, and the app is installed there: set both, or leave {_CLIENT_ID} out "
            "(docs/slack.md)"
        )
        raise SettingError(message)
    return AppSecret(client_id, secret, settings.public_url)


def tokens(settings: Settings) -> tuple[str | None, str]:
    """Return the bot token, and the app token or, in HTTP mode, the signing secret.

    The bot token may be missing (``None``) where the app is installed into each workspace with a
    token of its own. Raises :class:`SettingError` naming what is missing or wrong.
    """
    bot_token: str | None = None
    if settings.slack_bot_token or app_secret(settings) is None:
        bot_token = _token(BOT_TOKEN, settings.slack_bot_token)
    if settings.slack_mode != HTTP:
        return bot_token, _token("SLACK_APP_TOKEN", settings.slack_app_token)
    if settings.viewer == OFF:
        message = (
            "KIROKU_VIEWER is off, and in HTTP mode Slack is listened to there: set it to HOST:PORT"
        )
        raise SettingError(message)
    secret = (settings.slack_signing_secret or "").strip()
    if not secret:
        message = (
            "SLACK_SIGNING_SECRET is not set, and without it nobody can tell what Slack sent: put "
            "it into .env (“Basic Information”; docs/slack.md), or set KIROKU_SLACK_MODE=socket"
        )
        raise SettingError(message)
    return bot_token, secret


def _token(name: str, value: str | None) -> str:
    prefix = _PREFIXES[name]
    if not value:
        message = f"{name} is not set: put it into .env (it begins with {prefix}; docs/slack.md)"
        raise SettingError(message)
    if not value.startswith(prefix):
        message = f"{name} does not begin with {prefix}: see docs/slack.md for which token it is"
        raise SettingError(message)
    return value
