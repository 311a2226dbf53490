"""A local Slack and real bot processes."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.bot.slack.bot_process import BotProcess, start_bot, wait_until_ready
from tests.slack_api import LocalSlack

Start = Callable[..., BotProcess]


@pytest.fixture
def slack() -> Iterator[LocalSlack]:
    """Give a local Slack that is up."""
    with LocalSlack() as slack:
        yield slack


@pytest.fixture
def start(slack: LocalSlack, tmp_path: Path) -> Iterator[Start]:
    """Give a function that starts a bot process on one data folder; all are ended afterwards."""
    running: list[BotProcess] = []

    def begin(*, ready: bool = True, **environment: str) -> BotProcess:
        bot = start_bot(slack, tmp_path, len(running), **environment)
        running.append(bot)
        if ready:
            wait_until_ready(slack, bot)
        return bot

    yield begin
    alive = [bot for bot in running if bot.process.poll() is None]
    for bot in alive:
        bot.process.terminate()
    assert [bot.wait() for bot in alive] == [0] * len(alive)


@pytest.fixture(scope="module")
def shared_slack() -> Iterator[LocalSlack]:
    """Give a local Slack for a whole module."""
    with LocalSlack() as slack:
        yield slack


@pytest.fixture(scope="module")
def shared_bot(
    shared_slack: LocalSlack, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BotProcess]:
    """Give a bot that is not killed, for the tests of a whole module."""
    bot = start_bot(shared_slack, tmp_path_factory.mktemp("bot"), 0)
    wait_until_ready(shared_slack, bot)
    yield bot
    assert bot.stop() == 0
