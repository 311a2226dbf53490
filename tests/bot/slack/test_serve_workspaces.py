"""Several workspaces: how the app comes into one, and that nothing crosses to another.

Channels, people, messages and the bot have the same ids in both, as they may have in Slack.
"""

import json
import stat
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.feedback.store import FILE_NAME, FeedbackStore
from bot.slack.buttons import Do
from bot.slack.health import is_healthy, read_health
from bot.slack.receiving.tokens import tokens
from bot.slack.workspaces import states
from bot.texts import JA
from bot.texts.installing import EN_INSTALL, JA_INSTALL
from index.errors import SettingError
from index.settings import Settings
from tests.bot.council import SAID
from tests.bot.slack.bot_process import BotProcess, eventually, start_bot, wait_until_ready
from tests.bot.slack.conftest import Start
from tests.bot.slack.test_serve_http import slack_over_http
from tests.bot.viewer.serving import Answered, fetch, free_port
from tests.slack_api import LocalSlack
from tests.slack_installs import CLIENT_ID, CLIENT_SECRET

HOME, OTHER = "TLOCAL", "TOTHER"
BOTH = f'[main]\nchannels = ["*"]\nmembers = true\nworkspaces = ["{HOME}", "{OTHER}"]\n'


@dataclass
class Site:
    """Where the bot can be installed."""

    slack: LocalSlack
    url: str

    @property
    def environment(self) -> dict[str, str]:
        """The variables that make it so."""
        return {
            "SLACK_CLIENT_ID": CLIENT_ID,
            "SLACK_CLIENT_SECRET": CLIENT_SECRET,
            "KIROKU_PUBLIC_URL": self.url,
            "KIROKU_VIEWER": self.url.removeprefix("http://"),
        }

    def set_out(self) -> tuple[str, str]:
        """Begin to install; return where that leads, and the cookie that is set."""
        away = fetch(f"{self.url}/slack/install")
        assert away.status == 302, away
        return away.headers["location"], away.headers["set-cookie"].partition(";")[0]

    def install(self, team: str) -> Answered:
        """Install the app into a workspace; return the page at the end."""
        address, cookie = self.set_out()
        return fetch(self.slack.installs.agree(address, team), cookie=cookie)


def site_of(slack: LocalSlack) -> Site:
    """Return where a bot of this Slack is to be reached."""
    port = slack.http.url.split(":")[2].split("/")[0] if slack.http else free_port()
    return Site(slack, f"http://127.0.0.1:{port}")


def started(slack: LocalSlack, folder: Path, **environment: str) -> tuple[Site, BotProcess]:
    """Start a bot whose app can be installed, with rules for two workspaces."""
    site = site_of(slack)
    (folder / "data").mkdir(exist_ok=True)
    (folder / "data" / "access.toml").write_text(BOTH, encoding="utf-8")
    bot = start_bot(slack, folder, 0, **site.environment, **environment)
    wait_until_ready(slack, bot)
    return site, bot


@pytest.fixture(scope="module", params=["socket", "http"])
def two(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Site, BotProcess]]:
    """Give a bot in two workspaces, in each of the two modes."""
    with LocalSlack() if request.param == "socket" else slack_over_http() as slack:
        site, bot = started(slack, tmp_path_factory.mktemp("bot"))
        assert site.install(OTHER).status == 200
        yield site, bot
        assert bot.stop() == 0


def shown(bot: BotProcess) -> list[dict[str, Any]]:
    """Return the lines of the audit log."""
    files = sorted((bot.data / "audit").glob("*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]


def on_disk(bot: BotProcess, words: str) -> list[str]:
    """Return the files of the data folder that hold some words."""
    files = [path for path in bot.data.rglob("*") if path.is_file()]
    return [path.name for path in files if words.encode() in path.read_bytes()]


def test_each_is_answered_in_its_own_workspace_though_all_ids_are_the_same(
    two: tuple[Site, BotProcess],
):
    """A mention and its buttons, a command, a judgement, at the same time in both workspaces."""
    slack, bot = two[0].slack, two[1]
    asked = {HOME: "街路樹は？", OTHER: "緑地は？"}
    stands: dict[str, tuple[str, dict[str, Any]]] = {}
    for team, text in asked.items():
        with slack.looking_at(team):
            stands[team] = slack.mention("CSAME", "USAME", text), {}
    assert stands[HOME][0] == stands[OTHER][0]
    for team, (ts, _) in stands.items():
        with slack.looking_at(team):
            reply = slack.wait_for_reply("CSAME", ts)
            stands[team] = ts, reply
            slack.judge(reply, "USAME", good=team == HOME)
            slack.press(reply, Do.MORE, "USAME")
            slack.wait_for_view("USAME", SAID)
    with slack.looking_at(OTHER):
        slack.command("CSAME", "USAME", "図書館は？")
        slack.wait_shown("USAME", "図書館は？")
    slack.wait_until_acked()
    for team, (ts, _) in stands.items():
        with slack.looking_at(team) as workspace:
            assert len(slack.replies("CSAME", ts)) == 1
            assert len(workspace.views) == 1 + (team == OTHER)  # of 👎 one that asks why
    assert slack.shown_to("USAME") == [
        each for each in slack.shown_to("USAME") if JA.feedback_thanks in each["text"]
    ]
    verdicts = {}
    for team, folder in ((HOME, bot.data), (OTHER, bot.data / "workspaces" / OTHER)):

        def votes(folder: Path = folder) -> list[tuple[str, str]]:
            with closing(FeedbackStore(folder / FILE_NAME)) as store:
                return [(each.vote.verdict.value, each.vote.question) for each in store.votes()]

        eventually(votes)
        verdicts[team] = votes()
    assert verdicts == {HOME: [("up", "街路樹は？")], OTHER: [("down", "緑地は？")]}
    assert {line["team"] for line in shown(bot) if line["message"] == stands[HOME][0]} == set(asked)


def test_a_rule_that_names_a_channel_holds_in_its_own_workspace_alone(
    two: tuple[Site, BotProcess],
):
    """The channel of the same id elsewhere, and everything else there, gets nothing."""
    slack, bot = two[0].slack, two[1]
    rules = bot.data / "access.toml"
    named = '[main]\nchannels = ["CRULED"]\nmembers = true\nusers = ["URULED"]\n'
    for workspaces, open_in in (("", HOME), (f'workspaces = ["{OTHER}"]\n', OTHER)):
        rules.write_text(named + workspaces, encoding="utf-8")
        for team in (HOME, OTHER):
            with slack.looking_at(team):
                ts = slack.mention("CRULED", "URULED", "街路樹は？")
                alone = slack.direct_message("URULED", "街路樹は？")
                told = [slack.wait_for_reply("CRULED", ts), slack.wait_for_reply("DURULED", alone)]
            answered = [SAID in each["text"] for each in told]
            assert answered == [team == open_in] * 2
            assert team == open_in or [each["text"] for each in told] == [JA.refused] * 2
    rules.write_text(BOTH, encoding="utf-8")
    ruled = [line for line in shown(bot) if line["user"] == "URULED"]
    assert [bool(line["passages"]) for line in ruled] == [
        line["outcome"] == "answered" for line in ruled
    ]


def test_a_channel_that_takes_nothing_delays_none_of_the_same_id_elsewhere(
    two: tuple[Site, BotProcess],
):
    """What Slack limits is kept for each workspace, and each has lanes of its own."""
    slack = two[0].slack
    slack.posts.freeze("CFROZEN", 60)
    frozen = slack.mention("CFROZEN", "USAME", "街路樹は？")
    slack.wait_until(
        lambda: any(m == "chat.postMessage" for m, a in slack.calls if "CFROZEN" in a.values())
    )
    with slack.looking_at(OTHER):
        ts = slack.mention("CFROZEN", "USAME", "街路樹は？")
        assert SAID in slack.wait_for_reply("CFROZEN", ts)["text"]
    assert slack.replies("CFROZEN", frozen) == []
    slack.posts.freeze("CFROZEN", 0)


def test_only_who_set_out_here_comes_back_and_once(two: tuple[Site, BotProcess]):
    """Another browser, a word used twice, none, or made up: no token is asked for."""
    site, bot = two
    address, cookie = site.set_out()
    back = site.slack.installs.agree(address, OTHER)
    before = [method for method, _ in site.slack.calls].count("oauth.v2.access")
    name = cookie.partition("=")[0]
    for wrong in ({}, {"cookie": f"{name}=made-up"}, {"cookie": site.set_out()[1]}):
        assert fetch(back, **wrong).status == 400
    made_up = f"{site.url}/slack/oauth_redirect?code=1&state=made-up"
    assert fetch(made_up, cookie=f"{name}=made-up").status == 400
    assert fetch(f"{site.url}/slack/oauth_redirect", cookie=f"{name}=").status == 400
    assert [method for method, _ in site.slack.calls].count("oauth.v2.access") == before
    done = fetch(back, cookie=cookie, accept_language="en")
    assert (done.status, EN_INSTALL.done in done.text) == (200, True)
    again = fetch(back, cookie=cookie)
    assert (again.status, JA_INSTALL.expired in again.text) == (400, True)
    assert is_healthy(bot.data)


def test_what_slack_does_not_grant_is_told_and_nothing_is_kept(two: tuple[Site, BotProcess]):
    """Cancelled, a code that is none, an organisation, a token that runs out."""
    site, bot = two
    address, cookie = site.set_out()
    state = site.slack.installs.agree(address, "TNEVER").partition("state=")[2]
    back = f"{site.url}/slack/oauth_redirect?state={state}"
    assert JA_INSTALL.cancelled in fetch(f"{back}&error=access_denied", cookie=cookie).text
    address, cookie = site.set_out()
    state = site.slack.installs.agree(address, "TNEVER").partition("state=")[2]
    refused = fetch(f"{site.url}/slack/oauth_redirect?state={state}&code=0a1b2c", cookie=cookie)
    assert (refused.status, JA_INSTALL.refused in refused.text) == (502, True)
    for more in ({"is_enterprise_install": True, "team": None}, {"refresh_token": "xoxe-1"}):
        site.slack.installs.answer = more
        assert site.install(OTHER).status == 502
    site.slack.installs.answer = {}
    assert "invalid_code" in bot.said()
    assert "0a1b2c" not in bot.said()
    assert site.install(OTHER).status == 200  # as the last code was used up, with another token
    with site.slack.looking_at(OTHER):
        ts = site.slack.mention("CAGAIN", "USAME", "街路樹は？")
        assert SAID in site.slack.wait_for_reply("CAGAIN", ts)["text"]


def test_a_workspace_that_nobody_named_is_not_added_and_its_token_given_back(
    two: tuple[Site, BotProcess],
):
    """Strangers may find the address; the own workspace has the token that is set."""
    site, bot = two
    page = site.install("TSTRANGE")
    assert (page.status, JA_INSTALL.not_named.format(team="TSTRANGE") in page.text) == (403, True)
    assert not (bot.data / "workspaces" / "TSTRANGE").exists()
    assert all(each.team != "TSTRANGE" for each in site.slack.installs.of_token.values())
    with site.slack.looking_at("TSTRANGE"):
        site.slack.mention("CSAME", "USAME", "ひみつの街路樹は？")
    site.slack.wait_until_acked()
    assert "ひみつの街路樹は？" not in bot.asked()
    assert "not installed into workspace TSTRANGE" in bot.said()


def test_tokens_lie_in_a_private_file_and_in_no_log(two: tuple[Site, BotProcess]):
    """For this user's eyes only."""
    site, bot = two
    token = site.slack.installs.token_of(OTHER)
    files = [bot.data / name for name in on_disk(bot, token)]
    assert {path.name.partition("-")[0] for path in files} == {"installations.sqlite3"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert stat.S_IMODE((bot.data / "workspaces").stat().st_mode) == 0o700
    assert not any(secret in bot.said() for secret in (token, CLIENT_SECRET))


def test_where_the_app_is_uninstalled_it_is_forgotten_and_the_others_go_on(
    slack: LocalSlack, tmp_path: Path
):
    """Its token and all that was kept there; what Slack tells late of an earlier time is not."""
    site, bot = started(slack, tmp_path)
    site.install(OTHER)
    with slack.looking_at(OTHER):
        ts = slack.mention("CSAME", "USAME", "街路樹は？")
        slack.wait_for_reply("CSAME", ts)
    slack.wait_until_acked()
    token = slack.installs.token_of(OTHER)
    slack.uninstall(OTHER)
    slack.send_event({"type": "app_uninstalled"})  # of the token that is set the operator knows
    eventually(lambda: "it is forgotten" in bot.said())
    slack.wait_until_acked()
    assert on_disk(bot, token) == []
    assert not (bot.data / "workspaces" / OTHER).exists()
    ended = [f["payload"] for f in slack.deliveries if f["payload"]["team_id"] == OTHER][-1]
    slack.revoked.clear()
    assert site.install(OTHER).status == 200
    slack.send_payload({**ended, "event_time": ended["event_time"] - 60, "event_id": "EvLATE"})
    slack.wait_until_acked()
    for team in (OTHER, HOME):
        with slack.looking_at(team):
            ts = slack.mention("CSAME", "USAME", "緑地は？")
            assert SAID in slack.wait_for_reply("CSAME", ts)["text"]
    slack.revoked[slack.installs.token_of(OTHER)] = "invalid_auth"
    with slack.looking_at(OTHER):
        slack.mention("CSAME", "USAME", "図書館は？")
    told = f"Slack refuses the token of workspace {OTHER} (invalid_auth)"
    eventually(lambda: read_health(bot.data).trouble == told)
    slack.revoked[slack.installs.token_of(OTHER)] = "account_inactive"  # and nothing is told of it
    eventually(lambda: bot.said().count("it is forgotten") == 2, timeout=25)
    eventually(lambda: is_healthy(bot.data))
    assert bot.stop() == 0


def test_what_waits_in_a_workspace_is_answered_there_after_a_restart(
    slack: LocalSlack, start: Start, tmp_path: Path
):
    """Killed after the ack, without SLACK_BOT_TOKEN: rules without workspaces hold where named."""
    site = site_of(slack)
    (tmp_path / "data").mkdir()
    rule = f'[personnel]\nmembers = true\nworkspaces = ["{OTHER}"]\n'
    (tmp_path / "data" / "access.toml").write_text(rule, encoding="utf-8")
    given = {**site.environment, "SLACK_BOT_TOKEN": "", "KIROKU_WORKSPACES": "TNAMED, TLATER"}
    bot = start(**given)
    for team in ("TNAMED", OTHER):
        assert site.install(team).status == 200
    with slack.looking_at("TNAMED"):
        ts = slack.mention("CKILL", "USAME", "すこし待つ街路樹の質問")
    eventually(bot.asked)
    slack.wait_until_acked()
    bot.kill()
    again = start(**given)
    with slack.looking_at("TNAMED"):
        assert SAID in slack.wait_for_reply("CKILL", ts)["text"]
        assert len(slack.replies("CKILL", ts)) == 1
    with slack.looking_at(OTHER):
        sees = slack.direct_message("USAME", "街路樹は？")
        slack.wait_for_reply("DUSAME", sees)
    eventually(lambda: {line["team"] for line in shown(again)} == {"TNAMED", OTHER})
    collections = {line["team"]: line["collections"] for line in shown(again)}
    assert collections == {"TNAMED": ["main"], OTHER: ["personnel"]}


def test_a_word_for_the_way_to_slack_is_good_for_ten_minutes(monkeypatch: pytest.MonkeyPatch):
    """And once; of too many the oldest are forgotten."""
    held = states.States()
    word = held.issue()
    assert [held.consume(word), held.consume(word)] == [True, False]
    first, *_ = [held.issue() for _ in range(1_001)]
    assert not held.consume(first)
    monkeypatch.setattr(states, "KEPT_S", 0.0)
    assert not held.consume(held.issue())


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"slack_client_secret": None}, "SLACK_CLIENT_SECRET is not set"),
        ({"slack_client_id": None}, "SLACK_CLIENT_ID is not set"),
        ({"public_url": None}, "KIROKU_PUBLIC_URL is not set"),
        ({"viewer": "off"}, "KIROKU_VIEWER is off"),
        ({"slack_bot_token": "xapp-1"}, "SLACK_BOT_TOKEN does not begin with xoxb-"),
        ({"slack_app_token": None}, "SLACK_APP_TOKEN is not set"),
    ],
)
def test_what_installing_needs_is_named_at_the_start(tmp_path: Path, changed, named):
    """Without SLACK_BOT_TOKEN each workspace has its own."""
    needed = {
        "slack_client_id": CLIENT_ID,
        "slack_client_secret": CLIENT_SECRET,
        "slack_app_token": "xapp-1",
        "public_url": "https://kiroku.town.example",
    }
    assert tokens(Settings(data=tmp_path, **needed)) == (None, "xapp-1")
    with pytest.raises(SettingError, match=named):
        tokens(Settings(data=tmp_path, **{**needed, **changed}))
