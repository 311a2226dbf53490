"""A Slack of our own on this machine: Web API over HTTP, Socket Mode over a websocket.

It keeps state, refuses what Slack refuses, and does what Slack does on a bad day: sends twice,
sends again what was not acknowledged, cuts, goes silent, limits, breaks off. Tests drive a real
bot process with it; ``python -m tests.slack_api`` lets a person talk to the bot without Slack.
"""

import json
import sys
from typing import Any
from uuid import uuid4

from tests.slack_server import SlackServer
from tests.slack_troubles import (
    late,
    made_late,
    rate_limited,
    refused,
    reply_lost,
    server_error,
)
from tests.slack_workspace import BOT_USER

__all__ = [
    "LocalSlack",
    "late",
    "made_late",
    "rate_limited",
    "refused",
    "reply_lost",
    "server_error",
]


class LocalSlack(SlackServer):
    """``with LocalSlack() as slack:`` is a workspace with a bot token and an app token.

    Channels are made when first spoken in: ``C…`` public, ``G…`` private, ``D…`` direct; whichever
    ``workspace.people.group_messages`` names is a direct message among several.
    """

    # --- what people do ----------------------------------------------------------------------

    def mention(self, channel: str, user: str, text: str, thread_ts: str | None = None) -> str:
        """Mention the bot in a channel; both events of it go out. Return the message's ``ts``."""
        return self.say(channel, user, f"<@{BOT_USER}> {_typed(text)}", thread_ts, raw=True)

    def say(
        self, channel: str, user: str, text: str, thread_ts: str | None = None, **more: Any
    ) -> str:
        """Write in a channel; with ``raw=True`` the text may hold Slack's own markup."""
        shown = text if more.pop("raw", False) else _typed(text)
        if thread_ts:
            more["thread_ts"] = thread_ts
        with self.changed:
            message = self.workspace.say(channel, user, shown, **more)
            self.changed.notify_all()
        if f"<@{BOT_USER}>" in shown and user != BOT_USER:
            self.send_event({**message, "type": "app_mention", "channel": channel})
        self.send_event(
            {**message, "channel": channel, "channel_type": self.workspace.people.kind(channel)}
        )
        return str(message["ts"])

    def direct_message(self, user: str, text: str, thread_ts: str | None = None) -> str:
        """Write to the bot; the channel is ``D`` and the user's name."""
        return self.say(f"D{user}", user, text, thread_ts)

    def edit(self, channel: str, ts: str, text: str, *, raw: bool = False) -> None:
        """Change a message; with ``raw`` the text may hold Slack's own markup."""
        message = next(m for m in self.workspace.messages[channel] if m["ts"] == ts)
        before = dict(message)
        at = self.workspace.say("CCLOCK", "USLACKBOT", "")["ts"]
        message.update(
            text=text if raw else _typed(text), edited={"user": message["user"], "ts": at}
        )
        self._changed(channel, before, message)

    def unfold(self, channel: str, ts: str) -> None:
        """Show what a link in a message leads to: Slack tells of that as of an edit."""
        message = next(m for m in self.workspace.messages[channel] if m["ts"] == ts)
        before = dict(message)
        message["attachments"] = [{"from_url": "https://example.com/", "fallback": "a page"}]
        self._changed(channel, before, message)

    def delete(self, channel: str, ts: str) -> None:
        """Delete a message; one that others reply to leaves a tombstone."""
        messages = self.workspace.messages[channel]
        message = next(m for m in messages if m["ts"] == ts)
        before = dict(message)
        if any(m.get("thread_ts") == ts and m["ts"] != ts for m in messages):
            self.workspace.bury(channel, ts)
            self._changed(channel, before, message)
            return
        messages.remove(message)
        self._subtype(channel, "message_deleted", deleted_ts=ts, previous_message=before)

    def _changed(self, channel: str, before: dict[str, Any], message: dict[str, Any]) -> None:
        told = {"message": dict(message), "previous_message": before, "hidden": True}
        self._subtype(channel, "message_changed", **told)

    def join(self, channel: str, user: str) -> None:
        """Let a person join a channel."""
        self._subtype(channel, "channel_join", user=user, text=f"<@{user}> has joined the channel")

    def _subtype(self, channel: str, subtype: str, **more: Any) -> None:
        event = {"type": "message", "subtype": subtype, "channel": channel, "ts": "1.0", **more}
        self.send_event({**event, "channel_type": self.workspace.people.kind(channel)})

    def press(self, message: dict[str, Any], action: str, user: str) -> str:
        """Press a button of a message as it is shown to ``user``; return the envelope's id."""
        rows = [block for block in message["blocks"] if block["type"] == "actions"]
        found = [each for row in rows for each in row["elements"] if each["action_id"] == action]
        assert found, (
            f"no button {action} in {[e['action_id'] for r in rows for e in r['elements']]}"
        )
        return self._click(message, {**found[0], "type": "button"}, user)

    def press_in_view(self, view: dict[str, Any], action: str, user: str) -> str:
        """Press a button of an open view; return the envelope's id."""
        rows = [block for block in view["blocks"] if block["type"] == "actions"]
        [found] = [each for row in rows for each in row["elements"] if each["action_id"] == action]
        trigger = f"{uuid4()}"
        self.workspace.triggers[trigger] = user
        return self.send_click(
            {
                "type": "block_actions",
                "team": {"id": self.workspace.team},
                "user": {"id": user, "team_id": self.workspace.team},
                "container": {"type": "view", "view_id": view["id"]},
                "view": view,
                "trigger_id": trigger,
                "actions": [{**found, "block_id": "b", "action_ts": "1.0"}],
            }
        )

    def judge(self, message: dict[str, Any], user: str, *, good: bool) -> str:
        """Press one of the two buttons that judge a message; return the envelope's id."""
        rows = [block for block in message["blocks"] if block["type"] == "context_actions"]
        [element] = [each for row in rows for each in row["elements"]]
        pressed = element["positive_button" if good else "negative_button"]
        action = {name: element[name] for name in ("type", "action_id")}
        return self._click(message, {**action, **pressed}, user)

    def command(self, channel: str, user: str, text: str, name: str = "/kiroku") -> str:
        """Send a slash command; return the envelope's id."""
        assert {name} <= self.commands, f"the manifest knows no {name}"
        assert "commands" in self.workspace.scopes, "commands need their scope"
        return self.send_interactive(
            "slash_commands",
            {
                "command": name,
                "text": _typed(text),
                "user_id": user,
                "channel_id": channel,
                "team_id": self.workspace.team,
                "trigger_id": self._trigger(user),
                "response_url": self.workspace.response_urls.give(channel, user),
            },
        )

    def look_up(self, channel: str, ts: str, user: str) -> str:
        """Use the shortcut at a message; return the envelope's id."""
        assert "kiroku_look_up" in self.shortcuts, "the manifest knows no such shortcut"
        message = next(m for m in self.workspace.messages[channel] if m["ts"] == ts)
        return self.send_click(
            {
                "type": "message_action",
                "callback_id": "kiroku_look_up",
                "team": {"id": self.workspace.team},
                "user": {"id": user, "team_id": self.workspace.team},
                "channel": {"id": channel},
                "message": message,
                "message_ts": ts,
                "trigger_id": self._trigger(user),
                "response_url": self.workspace.response_urls.give(channel, user),
            }
        )

    def press_home(self, user: str, label: str) -> str:
        """Press a button of the Home tab by its label; return the envelope's id."""
        blocks = self.workspace.homes[user]["blocks"]
        rows = [block["elements"] for block in blocks if block["type"] == "actions"]
        found = [each for row in rows for each in row if each["text"]["text"] == label]
        return self.send_click(
            {
                "type": "block_actions",
                "team": {"id": self.workspace.team},
                "user": {"id": user, "team_id": self.workspace.team},
                "container": {"type": "view", "view_id": "VHOME"},
                "trigger_id": self._trigger(user),
                "actions": [{**found[0], "block_id": "b", "action_ts": "1.0"}],
            }
        )

    def _trigger(self, user: str) -> str:
        trigger = f"{uuid4()}"
        self.workspace.triggers[trigger] = user
        return trigger

    def _click(self, message: dict[str, Any], action: dict[str, Any], user: str) -> str:
        trigger = self._trigger(user)
        channel, ts = message["channel"], message["ts"]
        thread = {"thread_ts": message["thread_ts"]} if message.get("thread_ts") else {}
        alone = all(each["ts"] != ts for each in self.workspace.messages[channel])
        return self.send_click(
            {
                "type": "block_actions",
                "team": {"id": self.workspace.team},
                "user": {"id": user, "team_id": self.workspace.team},
                "channel": {"id": channel},
                "container": {
                    "type": "message",
                    "message_ts": ts,
                    "channel_id": channel,
                    "is_ephemeral": alone,
                    **thread,
                },
                "message": message,
                "state": {"values": {}},
                "response_url": self.workspace.response_urls.give(
                    channel, user, ts, message.get("thread_ts")
                ),
                "trigger_id": trigger,
                "actions": [{**action, "block_id": "b", "action_ts": ts}],
            }
        )

    def submit(self, view: dict[str, Any], values: dict[str, dict[str, Any]]) -> str:
        """Send a modal with what was put in, by block; return the envelope's id."""
        assert view.get("submit"), "this modal cannot be sent"
        state = {}
        for block in view["blocks"]:
            if block["type"] == "input":
                element = block["element"]
                empty = {"selected_option": None} if "options" in element else {"value": None}
                given = values.get(block["block_id"], empty)
                state[block["block_id"]] = {
                    element["action_id"]: {"type": element["type"], **given}
                }
        return self.send_click(
            {
                "type": "view_submission",
                "team": {"id": self.workspace.team},
                "user": {"id": view["user"], "team_id": self.workspace.team},
                "view": {**view, "state": {"values": state}},
            }
        )

    def wait_for_view(self, user: str, words: str, timeout: float = 15.0) -> dict[str, Any]:
        """Return the modal of ``user`` that holds these words once it is there."""

        def there() -> list[dict[str, Any]]:
            views = [view for view in self.workspace.views.values() if view["user"] == user]
            return [v for v in views if words in json.dumps(v["blocks"], ensure_ascii=False)]

        self.wait_until(there, timeout)
        return there()[-1]

    def open_home(self, user: str, tab: str) -> None:
        """Open the app's Home or Messages tab."""
        self.workspace.messages[f"D{user}"]
        event = {"type": "app_home_opened", "user": user, "channel": f"D{user}", "tab": tab}
        self.send_event(event)

    def uninstall(self, team: str, reason: str = "token_revoked") -> None:
        """Uninstall the app in a workspace: its token is refused, and Slack says so."""
        token = self.installs.token_of(team)
        self.revoked[token] = reason
        with self.looking_at(team):
            self.send_event({"type": "tokens_revoked", "tokens": {"bot": [BOT_USER], "oauth": []}})
            self.send_event({"type": "app_uninstalled"})

    # --- what is to be seen ------------------------------------------------------------------

    def messages(self, channel: str) -> list[dict[str, Any]]:
        """Return all messages of a channel, oldest first."""
        with self.changed:
            said = self.workspace.messages[channel]
            return [{**message, "channel": channel} for message in said]

    def replies(self, channel: str, thread_ts: str) -> list[dict[str, Any]]:
        """Return the bot's messages in a thread."""
        return [
            message
            for message in self.messages(channel)
            if message.get("thread_ts") == thread_ts and message["user"] == BOT_USER
        ]

    def shown_to(self, user: str) -> list[dict[str, Any]]:
        """Return what one person alone was shown in channels."""
        with self.changed:
            return [dict(e) for e in self.workspace.ephemerals if e["user"] == user]

    def wait_shown(
        self, user: str, words: str = "", count: int = 1, timeout: float = 15.0
    ) -> dict[str, Any]:
        """Return the ``count``-th of the messages with these words that only ``user`` sees."""

        def there() -> list[dict[str, Any]]:
            return [each for each in self.shown_to(user) if words in each["text"]]

        self.wait_until(lambda: len(there()) >= count, timeout)
        return there()[count - 1]

    def wait_for_reply(
        self, channel: str, thread_ts: str, count: int = 1, timeout: float = 15.0
    ) -> dict[str, Any]:
        """Return the ``count``-th message of the bot in a thread once it is there."""
        self.wait_until(lambda: len(self.replies(channel, thread_ts)) >= count, timeout)
        return self.replies(channel, thread_ts)[count - 1]


def _typed(text: str) -> str:
    """Escape as Slack escapes what a person types."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def talk() -> None:
    """Let a person talk to a bot: each line typed is a direct message, ``@`` makes a mention."""
    with LocalSlack(port=8900) as slack:
        print("Start the bot in another terminal with these variables:\n")  # noqa: T201  a dialogue
        for name, value in slack.environment.items():
            print(f"export {name}={value}")  # noqa: T201  a dialogue
        print("unset HTTP_PROXY HTTPS_PROXY http_proxy https_proxy\n")  # noqa: T201  a dialogue
        slack.wait_connected(timeout=3600)
        print("The bot is here. Type a question; @… mentions it in a channel.")  # noqa: T201  a dialogue
        for line in sys.stdin:
            mention = line.startswith("@")
            channel = "CGENERAL" if mention else "DME"
            text = line.removeprefix("@").strip()
            send = slack.mention if mention else slack.say
            ts = send(channel, "ME", text)
            print(slack.wait_for_reply(channel, ts, timeout=120)["text"], flush=True)  # noqa: T201  a dialogue


if __name__ == "__main__":
    talk()
