"""All settings, read once at the entry point into one typed object and passed in.

Precedence: command line, environment, ``.env`` in the working folder, default.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import platformdirs
from dotenv import dotenv_values

from index.errors import SettingError
from index.setting_values import (
    channel_of,
    days_of,
    one_of,
    public_url_of,
    store_of,
    viewer_of,
    workspaces_of,
)
from index.where import Server, Where

EMBEDDED = "embedded"
OFF, ON = "off", "on"
SOCKET, HTTP = "socket", "http"
TEXT, JSON = "text", "json"
_ALLOWED: Mapping[str, tuple[str, ...]] = {
    "KIROKU_LANGUAGE": ("auto", "ja", "en"),
    "KIROKU_CAUTION": ("careful", "normal", "eager"),
    "KIROKU_SLACK_MODE": (SOCKET, HTTP),
    "KIROKU_LOG": (TEXT, JSON),
    "KIROKU_AUDIT_QUESTIONS": (OFF, ON),
    "KIROKU_DECLINED_QUESTIONS": (OFF, ON),
}


@dataclass(frozen=True, slots=True)
class Setting:
    """One documented setting: its name, what it is for, its default and whether it is secret."""

    name: str
    purpose: str
    default: str | None = None
    secret: bool = False


SETTINGS: tuple[Setting, ...] = (
    Setting("KIROKU_DATA", "folder of the index and the inbox"),
    Setting(
        "KIROKU_MODELS",
        "folder of the unpacked embedding model, for all data folders; default: the platform's"
        " user cache folder",
    ),
    Setting(
        "KIROKU_EMBEDDING_MODEL",
        "`embedded`, or any sentence-transformers name or folder",
        default=EMBEDDED,
    ),
    Setting(
        "KIROKU_RERANKER",
        "`embedded`, `off`, or a sentence-transformers `CrossEncoder`'s name or folder",
        default=EMBEDDED,
    ),
    Setting(
        "KIROKU_CAUTION",
        "how sure an answer must be: `careful`, `normal` or `eager`",
        default="normal",
    ),
    Setting(
        "KIROKU_LANGUAGE", "language of the frame around the quotes: `auto`, `ja` or `en`", "auto"
    ),
    Setting(
        "KIROKU_STORE",
        "`embedded` (SQLite and FAISS in the data folder), or `postgresql://USER:PASSWORD@HOST/NAME`"
        " (a server with pgvector)",
        EMBEDDED,
    ),
    Setting(
        "KIROKU_PUBLIC_URL",
        "address under which staff reach the viewer, such as https://kiroku.town.example: citations"
        " then link to their page",
    ),
    Setting(
        "KIROKU_VIEWER",
        "where `kiroku serve` offers the viewer: `HOST:PORT`, or `off`",
        default="127.0.0.1:8377",
    ),
    Setting(
        "KIROKU_LINK_DAYS", "days for which a link to a passage opens; `0`: for ever", default="365"
    ),
    Setting(
        "KIROKU_AUDIT_DAYS",
        "days for which the audit log and feedback are kept; `0`: for ever",
        "365",
    ),
    Setting(
        "KIROKU_AUDIT_QUESTIONS",
        "whether the audit log holds the words of questions: `off` or `on`",
        default=OFF,
    ),
    Setting(
        "KIROKU_DECLINED_QUESTIONS",
        "whether questions that were declined are kept, without who asked: `on` or `off`",
        default=ON,
    ),
    Setting(
        "KIROKU_ASK_CHANNEL",
        "id of the channel (C… or G…) to which 「担当に聞く」 sends what was not answered",
    ),
    Setting(
        "KIROKU_REPORT_CHANNEL",
        "id of the channel (C… or G…) that is told of what an ingest changed and what a meeting"
        " decided",
    ),
    Setting("KIROKU_LOG", "form of the log: `text`, or `json` (one object a line)", default=TEXT),
    Setting("KIROKU_CHAT_MODEL", "name of a chat model (not used yet: answers are quotes)"),
    Setting("KIROKU_CHAT_BASE_URL", "where the chat model answers (not used yet)"),
    Setting("KIROKU_CHAT_API_KEY", "key of the chat model (not used yet)", secret=True),
    Setting(
        "KIROKU_SLACK_MODE",
        "how Slack reaches the bot: `socket` (it connects to Slack) or `http` (Slack calls it)",
        default=SOCKET,
    ),
    Setting("SLACK_BOT_TOKEN", "bot token, begins with xoxb-", secret=True),
    Setting(
        "SLACK_APP_TOKEN",
        "app-level token with connections:write, begins with xapp-; HTTP mode does not need it",
        secret=True,
    ),
    Setting(
        "SLACK_SIGNING_SECRET",
        "what tells Slack's deliveries from others'; only for HTTP mode",
        secret=True,
    ),
    Setting(
        "SLACK_CLIENT_ID",
        "id of the app, from “Basic Information”: with its secret, the app can be installed into"
        " further workspaces at `/slack/install`",
    ),
    Setting("SLACK_CLIENT_SECRET", "secret of the app, beside its id", secret=True),
    Setting(
        "KIROKU_WORKSPACES",
        "ids of the workspaces (T…, with commas between them) into which the app may be installed"
        " there, besides those that access.toml names",
    ),
    Setting("SLACK_API_URL", "base URL of Slack's Web API", "https://slack.com/api/"),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings in force. ``origin`` tells for each name where its value came from.

    ``public_url`` has no slash at its end; ``viewer`` is ``host:port`` or ``off``.
    """

    data: Path
    models: Path | None = None
    embedding_model: str = EMBEDDED
    reranker: str = EMBEDDED
    caution: str = "normal"
    language: str = "auto"
    store: str = field(default=EMBEDDED, repr=False)
    public_url: str | None = None
    viewer: str = "127.0.0.1:8377"
    link_days: int = 365
    audit_days: int = 365
    audit_questions: bool = False
    declined_questions: bool = True
    ask_channel: str | None = None
    report_channel: str | None = None
    log: str = TEXT
    chat_model: str | None = None
    chat_base_url: str | None = None
    chat_api_key: str | None = field(default=None, repr=False)
    slack_mode: str = SOCKET
    slack_bot_token: str | None = field(default=None, repr=False)
    slack_app_token: str | None = field(default=None, repr=False)
    slack_signing_secret: str | None = field(default=None, repr=False)
    slack_client_id: str | None = None
    slack_client_secret: str | None = field(default=None, repr=False)
    workspaces: frozenset[str] = frozenset()
    slack_api_url: str = "https://slack.com/api/"
    origin: Mapping[str, str] = field(default_factory=dict)


def read_settings(
    environ: Mapping[str, str], working_folder: Path, data: Path | None = None
) -> Settings:
    """Read the settings; ``data`` is the command line's ``--data`` and wins over the rest.

    Raises :class:`SettingError` where a value is not one of those allowed.
    """
    values, origin = _given(environ, _dotenv(working_folder / ".env"))
    if data is not None:
        values["KIROKU_DATA"], origin["KIROKU_DATA"] = str(data), "--data"
    elif not values["KIROKU_DATA"]:
        values["KIROKU_DATA"] = platformdirs.user_data_dir("kiroku", appauthor=False)
        origin["KIROKU_DATA"] = "default"
    viewer = values["KIROKU_VIEWER"] or OFF
    for name, allowed in _ALLOWED.items():
        one_of(name, values[name], allowed)
    return Settings(
        data=Path(values["KIROKU_DATA"] or "").expanduser(),
        models=Path(values["KIROKU_MODELS"]).expanduser() if values["KIROKU_MODELS"] else None,
        embedding_model=values["KIROKU_EMBEDDING_MODEL"] or EMBEDDED,
        reranker=values["KIROKU_RERANKER"] or EMBEDDED,
        caution=values["KIROKU_CAUTION"] or "normal",
        language=values["KIROKU_LANGUAGE"] or "auto",
        store=store_of("KIROKU_STORE", values["KIROKU_STORE"] or EMBEDDED),
        public_url=public_url_of(values["KIROKU_PUBLIC_URL"]),
        viewer=OFF if viewer == OFF else viewer_of(viewer),
        link_days=days_of("KIROKU_LINK_DAYS", values["KIROKU_LINK_DAYS"]),
        audit_days=days_of("KIROKU_AUDIT_DAYS", values["KIROKU_AUDIT_DAYS"]),
        audit_questions=values["KIROKU_AUDIT_QUESTIONS"] == ON,
        declined_questions=values["KIROKU_DECLINED_QUESTIONS"] == ON,
        ask_channel=channel_of("KIROKU_ASK_CHANNEL", values["KIROKU_ASK_CHANNEL"]),
        report_channel=channel_of("KIROKU_REPORT_CHANNEL", values["KIROKU_REPORT_CHANNEL"]),
        log=values["KIROKU_LOG"] or TEXT,
        chat_model=values["KIROKU_CHAT_MODEL"],
        chat_base_url=values["KIROKU_CHAT_BASE_URL"],
        chat_api_key=values["KIROKU_CHAT_API_KEY"],
        slack_mode=values["KIROKU_SLACK_MODE"] or SOCKET,
        slack_bot_token=values["SLACK_BOT_TOKEN"],
        slack_app_token=values["SLACK_APP_TOKEN"],
        slack_signing_secret=values["SLACK_SIGNING_SECRET"],
        slack_client_id=values["SLACK_CLIENT_ID"],
        slack_client_secret=values["SLACK_CLIENT_SECRET"],
        workspaces=workspaces_of("KIROKU_WORKSPACES", values["KIROKU_WORKSPACES"]),
        slack_api_url=values["SLACK_API_URL"] or "https://slack.com/api/",
        origin=origin,
    )


def where_of(settings: Settings) -> Where:
    """Return where the settings say that the index is."""
    return settings.data if settings.store == EMBEDDED else Server(settings.store, settings.data)


def _given(
    environ: Mapping[str, str], dotenv: Mapping[str, str | None]
) -> tuple[dict[str, str | None], dict[str, str]]:
    """Return the value of each setting, and where it came from."""
    values: dict[str, str | None] = {}
    origin: dict[str, str] = {}
    for setting in SETTINGS:
        name = setting.name
        if environ.get(name):
            values[name], origin[name] = environ[name], "environment"
        elif dotenv.get(name):
            values[name], origin[name] = dotenv[name], ".env"
        else:
            values[name], origin[name] = (
                setting.default,
                "default" if setting.default else "not set",
            )
    return values, origin


def _dotenv(path: Path) -> dict[str, str | None]:
    try:
        return dict(dotenv_values(path)) if path.is_file() else {}
    except (OSError, UnicodeDecodeError) as error:
        message = ".env could not be read: save it as UTF-8 text that this user may read"
        raise SettingError(message) from error
