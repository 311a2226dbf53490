"""The state of the local Slack: who is where, what was said, and what Slack refuses. No network."""

import itertools
import json
import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, NoReturn
from uuid import uuid4

from tests.slack_blocks import LONGEST_TEXT, complaints, too_long
from tests.slack_people import People
from tests.slack_response_urls import ResponseUrl, ResponseUrls, stands

BOT_USER = "UKIROKU"
BOT_ID = "BKIROKU"
TEAM = "TLOCAL"

LONGEST_UPDATE = 4_000
LONGEST_TITLE = 24
LONGEST_METADATA = 3_000

_SCOPE_OF = {"channel": "channels", "group": "groups", "im": "im", "mpim": "mpim"}
_SCOPES = {
    "assistant.threads.setStatus": "assistant:write",
    "assistant.threads.setSuggestedPrompts": "assistant:write",
    "chat.delete": "chat:write",
    "chat.postEphemeral": "chat:write",
    "chat.postMessage": "chat:write",
    "chat.update": "chat:write",
    "files.completeUploadExternal": "files:write",
    "usergroups.users.list": "usergroups:read",
    "users.info": "users:read",
    "files.getUploadURLExternal": "files:write",
}


class Refusal(Exception):  # noqa: N818  what Slack calls an error here is an answer
    """Slack answers ``{"ok": false, "error": …}``."""

    def __init__(self, error: str, **more: Any) -> None:
        super().__init__(error)
        self.answer = {"ok": False, "error": error, **more}


def refuse(error: str, **more: Any) -> NoReturn:
    """Answer with an error."""
    raise Refusal(error, **more)


@dataclass
class Workspace:
    """Channels ``C…`` (public), ``G…`` (private) and ``D…`` (direct), made when first spoken in."""

    scopes: frozenset[str]
    team: str = TEAM
    messages: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    archived: set[str] = field(default_factory=set)
    left: set[str] = field(default_factory=set)
    statuses: list[dict[str, Any]] = field(default_factory=list)
    prompts: list[dict[str, Any]] = field(default_factory=list)
    homes: dict[str, dict[str, Any]] = field(default_factory=dict)
    ephemerals: list[dict[str, Any]] = field(default_factory=list)
    views: dict[str, dict[str, Any]] = field(default_factory=dict)
    triggers: dict[str, str] = field(default_factory=dict)
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    people: People = field(init=False)
    upload_to: str = ""
    response_urls: ResponseUrls = field(default_factory=ResponseUrls)
    said_at: dict[str, float] = field(default_factory=dict)
    """When each message came to stand (monotonic, s), by its ``ts``."""
    _clock: Any = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        """Be empty."""
        self.people = People(self.team)

    def say(self, channel: str, user: str, text: str, **more: Any) -> dict[str, Any]:
        """Put a person's message into a channel; return it."""
        ts = f"1700000000.{next(self._clock):06d}"
        message = {"type": "message", "user": user, "text": text, "ts": ts, **more}
        self.messages[channel].append(message)
        self.said_at[ts] = time.monotonic()
        return message

    def bury(self, channel: str, ts: str) -> None:
        """Delete a message that others reply to: Slack leaves a tombstone in its place."""
        message = next(each for each in self.messages[channel] if each["ts"] == ts)
        message.update(subtype="tombstone", user="USLACKBOT", text="This message was deleted.")

    def call(self, method: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """Answer a call of the Web API. Raises :class:`Refusal`."""
        methods = {
            "chat.getPermalink": self._permalink,
            "chat.delete": self._delete,
            "chat.postEphemeral": self._post_ephemeral,
            "chat.postMessage": self._post_message,
            "chat.update": self._update,
            "conversations.history": self._history,
            "conversations.info": self._channel_info,
            "conversations.members": self._members,
            "conversations.replies": self._replies,
            "files.completeUploadExternal": self._complete_upload,
            "files.getUploadURLExternal": self._upload_url,
            "assistant.threads.setStatus": self._set_status,
            "assistant.threads.setSuggestedPrompts": self._set_prompts,
            "usergroups.users.list": self._group_members,
            "users.info": self._user_info,
            "views.open": self._open_view,
            "views.publish": self._publish,
            "views.update": self._update_view,
        }
        if method not in methods:
            refuse("unknown_method", req_method=method)
        if method in _SCOPES:
            self._need(_SCOPES[method])
        return methods[method](arguments)

    def _need(self, scope: str) -> None:
        if scope not in self.scopes:
            provided = ",".join(sorted(self.scopes))
            refuse("missing_scope", needed=scope, provided=provided)

    def _channel(self, arguments: dict[str, Any], name: str = "channel") -> str:
        channel = str(arguments.get(name, ""))
        if channel not in self.messages:
            refuse("channel_not_found")
        if channel in self.left:
            refuse("not_in_channel")
        return channel

    def _post_message(self, arguments: dict[str, Any]) -> dict[str, Any]:
        if str(arguments.get("channel", "")).startswith("U"):  # a person: the direct messages
            arguments = {**arguments, "channel": f"D{arguments['channel']}"}
            self.messages[arguments["channel"]]
        channel = self._channel(arguments)
        if channel in self.archived:
            refuse("is_archived")
        text, blocks = self._content(arguments, LONGEST_TEXT)
        more = {name: arguments[name] for name in ("thread_ts", "metadata") if name in arguments}
        message = self.say(channel, BOT_USER, text, bot_id=BOT_ID, blocks=blocks, **more)
        # a status is gone with the next message
        self.statuses.append({"channel_id": channel, "status": ""})
        return {"ok": True, "channel": channel, "ts": message["ts"], "message": message}

    def _content(self, arguments: dict[str, Any], longest: int) -> tuple[str, list[dict[str, Any]]]:
        text, blocks = arguments.get("text") or "", arguments.get("blocks") or []
        if not text and not blocks:
            refuse("no_text")
        if len(text) > longest:
            refuse("msg_too_long")
        self._check(blocks, "message")
        metadata = arguments.get("metadata")
        if metadata is not None and not {"event_type", "event_payload"} <= set(metadata):
            refuse("invalid_metadata_format")
        return text, blocks

    def _update(self, arguments: dict[str, Any]) -> dict[str, Any]:
        channel = self._channel(arguments)
        found = [m for m in self.messages[channel] if m["ts"] == arguments.get("ts")]
        if not found:
            refuse("message_not_found")
        if found[0]["user"] != BOT_USER:
            refuse("cant_update_message")
        text, _ = self._content(arguments, LONGEST_UPDATE)
        found[0].update(text=text, edited={"user": BOT_USER, "ts": found[0]["ts"]})
        found[0].update({k: arguments[k] for k in ("blocks", "metadata") if k in arguments})
        return {"ok": True, "channel": channel, "ts": found[0]["ts"], "text": text}

    def _delete(self, arguments: dict[str, Any]) -> dict[str, Any]:
        channel = self._channel(arguments)
        found = [m for m in self.messages[channel] if m["ts"] == arguments.get("ts")]
        if not found:
            refuse("message_not_found")
        if found[0]["user"] != BOT_USER:
            refuse("cant_delete_message")
        self.messages[channel].remove(found[0])
        return {"ok": True, "channel": channel, "ts": found[0]["ts"]}

    def _post_ephemeral(self, arguments: dict[str, Any]) -> dict[str, Any]:
        self._channel(arguments)
        self._content(arguments, LONGEST_TEXT)
        if not arguments.get("user"):
            refuse("user_not_in_channel")
        ts = f"1700000000.{next(self._clock):06d}"
        self.ephemerals.append({**arguments, "ts": ts})
        return {"ok": True, "message_ts": ts}

    def respond(self, held: ResponseUrl, arguments: dict[str, Any]) -> None:
        """Show what came by a response_url. Raises :class:`Refusal`."""
        text, blocks = self._content(arguments, LONGEST_TEXT)
        ts = held.ts if arguments.get("replace_original") else None
        posted = [m for m in self.messages[held.channel] if ts is not None and m["ts"] == ts]
        if posted:  # a message that everybody sees can be replaced too
            posted[0].update(text=text, blocks=blocks)
            return
        shown = {"channel": held.channel, "user": held.user, "text": text, "blocks": blocks}
        if held.thread:
            shown["thread_ts"] = held.thread
        stands(self.ephemerals, {**shown, "ts": f"1700000000.{next(self._clock):06d}"}, ts)

    def _permalink(self, arguments: dict[str, Any]) -> dict[str, Any]:
        channel, ts = self._channel(arguments), str(arguments.get("message_ts"))
        if all(message["ts"] != ts for message in self.messages[channel]):
            refuse("message_not_found")
        link = f"https://local.test/archives/{channel}/p{ts.replace('.', '')}"
        return {"ok": True, "channel": channel, "permalink": link}

    def _upload_url(self, arguments: dict[str, Any]) -> dict[str, Any]:
        name, length = arguments.get("filename"), int(arguments.get("length") or 0)
        if not name or length < 1:
            refuse("invalid_arguments")
        file = f"F{len(self.files) + 1:09d}"
        alternative = arguments.get("alt_txt")
        self.files[file] = {"name": name, "length": length, "alt_txt": alternative}
        return {"ok": True, "file_id": file, "upload_url": f"{self.upload_to}{file}"}

    def _complete_upload(self, arguments: dict[str, Any]) -> dict[str, Any]:
        channel = self._channel(arguments, "channel_id")
        files = arguments.get("files") or []
        files = json.loads(files) if isinstance(files, str) else files
        for file in files:
            held = self.files.get(str(file.get("id")))
            if held is None or len(held.get("content", b"")) != held["length"]:
                refuse("file_not_found")
            held.update(title=file.get("title"), channel=channel)
        thread = {k: arguments[k] for k in ("thread_ts",) if arguments.get(k)}
        shown = [{"id": file["id"]} for file in files]
        self.say(channel, BOT_USER, "", bot_id=BOT_ID, subtype="file_share", files=shown, **thread)
        return {"ok": True, "files": shown}

    def _open_view(self, arguments: dict[str, Any]) -> dict[str, Any]:
        user = self.triggers.pop(str(arguments.get("trigger_id")), None)
        if user is None:
            refuse("expired_trigger_id")
        view = self._modal(arguments)
        view_id = f"V{len(self.views) + 1:09d}"
        self.views[view_id] = {**view, "id": view_id, "user": user}
        return {"ok": True, "view": self.views[view_id]}

    def _update_view(self, arguments: dict[str, Any]) -> dict[str, Any]:
        view_id = str(arguments.get("view_id"))
        if view_id not in self.views:
            refuse("not_found")
        self.views[view_id].update(self._modal(arguments))
        return {"ok": True, "view": self.views[view_id]}

    def _modal(self, arguments: dict[str, Any]) -> dict[str, Any]:
        view = arguments.get("view") or {}
        view = json.loads(view) if isinstance(view, str) else view
        title = (view.get("title") or {}).get("text", "")
        if view.get("type") != "modal" or not 1 <= len(title) <= LONGEST_TITLE:
            refuse("invalid_arguments")
        if len(str(view.get("private_metadata") or "")) > LONGEST_METADATA:
            refuse("invalid_arguments")
        asks = any(block.get("type") == "input" for block in view.get("blocks") or [])
        if asks and not view.get("submit"):
            refuse("invalid_arguments")
        if found := complaints(view.get("blocks"), "modal"):
            refuse("invalid_blocks", response_metadata={"messages": found})
        return dict(view)

    def _check(self, blocks: Any, where: str) -> None:
        if found := complaints(blocks, where):
            refuse("invalid_blocks", response_metadata={"messages": found})
        if too_long(blocks):
            refuse("msg_blocks_too_long")

    def _channel_info(self, arguments: dict[str, Any]) -> dict[str, Any]:
        channel = str(arguments.get("channel", ""))
        if channel not in self.messages or (channel.startswith("G") and channel in self.left):
            refuse("channel_not_found")  # of a private one Slack says no more
        self._need(self._scope(channel, "read"))
        here = {"is_member": channel not in self.left, "is_archived": channel in self.archived}
        return {"ok": True, "channel": {**self.people.channel(channel), **here}}

    def _members(self, arguments: dict[str, Any]) -> dict[str, Any]:
        channel = self._channel(arguments)
        self._need(self._scope(channel, "read"))
        members = [*self.people.group_messages.get(channel, []), BOT_USER]
        first = int(arguments.get("cursor") or 0)
        after = first + 2  # small pages, so that the bot has to ask for the others
        cursor = str(after) if after < len(members) else ""
        page = members[first:after]
        return {"ok": True, "members": page, "response_metadata": {"next_cursor": cursor}}

    def _scope(self, channel: str, what: str) -> str:
        return f"{_SCOPE_OF[self.people.kind(channel)]}:{what}"

    def _user_info(self, arguments: dict[str, Any]) -> dict[str, Any]:
        user = self.people.user(str(arguments.get("user")))
        if user and str(arguments.get("include_locale")).lower() not in {"1", "true"}:
            user.pop("locale", None)
        return {"ok": True, "user": user} if user else refuse("user_not_found")

    def _group_members(self, arguments: dict[str, Any]) -> dict[str, Any]:
        members = self.people.groups.get(str(arguments.get("usergroup")))
        return {"ok": True, "users": members} if members else refuse("no_such_subteam")

    def _replies(self, arguments: dict[str, Any]) -> dict[str, Any]:
        channel = self._channel(arguments)
        self._need(self._scope(channel, "history"))
        root = arguments.get("ts")
        thread = [m for m in self.messages[channel] if root in (m["ts"], m.get("thread_ts"))]
        if not thread:
            refuse("thread_not_found")
        oldest = arguments.get("oldest") or "0"
        thread = [m for m in thread if m["ts"] == root or m["ts"] >= oldest]
        first = int(arguments.get("cursor") or 0)
        after = first + int(arguments.get("limit") or 1000)
        page = [dict(message) for message in thread[first:after]]
        if str(arguments.get("include_all_metadata")) not in {"1", "true", "True"}:
            page = [{k: v for k, v in m.items() if k != "metadata"} for m in page]
        cursor = str(after) if after < len(thread) else ""
        return {
            "ok": True,
            "messages": page,
            "has_more": bool(cursor),
            "response_metadata": {"next_cursor": cursor},
        }

    def _history(self, arguments: dict[str, Any]) -> dict[str, Any]:
        channel = self._channel(arguments)
        self._need(self._scope(channel, "history"))
        latest = arguments.get("latest") or "9"
        said = [
            message
            for message in self.messages[channel]
            if message.get("thread_ts") in {None, message["ts"]} and message["ts"] <= latest
        ]
        newest = [dict(m) for m in said[::-1][: int(arguments.get("limit") or 100)]]
        if str(arguments.get("include_all_metadata")) not in {"1", "true", "True"}:
            newest = [{k: v for k, v in m.items() if k != "metadata"} for m in newest]
        return {"ok": True, "messages": newest, "has_more": len(newest) < len(said)}

    def _set_status(self, arguments: dict[str, Any]) -> dict[str, Any]:
        channel = self._channel(arguments, "channel_id")
        if not arguments.get("thread_ts"):
            refuse("invalid_arguments")
        self.statuses.append({**arguments, "channel_id": channel})
        return {"ok": True}

    def _set_prompts(self, arguments: dict[str, Any]) -> dict[str, Any]:
        self._channel(arguments, "channel_id")
        prompts = arguments.get("prompts") or []
        if not 1 <= len(prompts) <= 4 or any(not p.get("message") for p in prompts):
            refuse("invalid_arguments")
        if not arguments.get("thread_ts"):  # with one it is taken, and nothing is shown
            self.prompts.append(arguments)
        return {"ok": True}

    def _publish(self, arguments: dict[str, Any]) -> dict[str, Any]:
        view = arguments.get("view") or {}
        view = json.loads(view) if isinstance(view, str) else view
        if view.get("type") != "home":
            refuse("invalid_arguments")
        if found := complaints(view.get("blocks"), "home"):
            refuse("invalid_blocks", response_metadata={"messages": found})
        self.homes[str(arguments.get("user_id"))] = view
        return {"ok": True, "view": view}


def interactive(payload: dict[str, Any]) -> dict[str, Any]:
    """Return the Socket Mode frame of a click."""
    return {
        "envelope_id": str(uuid4()),
        "type": "interactive",
        "accepts_response_payload": True,
        "payload": payload,
    }


def envelope(event: dict[str, Any], team: str = TEAM) -> dict[str, Any]:
    """Return the Socket Mode frame of a new event."""
    payload = {
        "type": "event_callback",
        "team_id": team,
        "api_app_id": "ALOCAL",
        "event_id": f"Ev{uuid4().hex[:10].upper()}",
        "event_time": int(time.time()),
        "authorizations": [{"team_id": team, "user_id": BOT_USER, "is_bot": True}],
        "is_ext_shared_channel": False,
        "event": event,
    }
    return {
        "envelope_id": str(uuid4()),
        "type": "events_api",
        "accepts_response_payload": False,
        "payload": payload,
    }
