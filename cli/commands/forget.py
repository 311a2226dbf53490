"""``kiroku forget``: delete what is kept of a person who uses the bot in Slack."""

import re
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeVar

import click

from bot.access.audit import AuditLog
from bot.feedback.store import FILE_NAME as FEEDBACK
from bot.feedback.store import FeedbackStore
from bot.news.store import FILE_NAME as NEWS
from bot.news.store import NewsStore
from bot.slack.inbox import FILE_NAME as INBOX
from bot.slack.inbox import Inbox
from bot.slack.workspaces.kept import folders
from cli.options import Place, json_option, place_options
from cli.output import json_output
from index.errors import StorageError
from index.upkeep.restoring import set_aside

_USER = re.compile("[UW][A-Z0-9]+")
Opened = TypeVar("Opened", Inbox, FeedbackStore, NewsStore)


@click.command
@click.argument("user")
@json_option
@place_options
def command(user: str, place: Place, *, as_json: bool) -> None:
    """Delete what is kept of the Slack user USER (an id such as U012AB3CD), and tell how much.

    That is: questions that wait or were answered within a week, votes with their comments, what was
    handed on to the staff, the topics that are followed, and the lines of the audit log; of what a
    restore set aside, too. The bot may run meanwhile. What is kept without a name stays: questions
    that were declined, and which passages a reply in a channel showed. Backups that were made
    before hold it still: delete them, or do this again after one is restored.
    """
    if not _USER.fullmatch(user):
        message = f"{user!r} is no Slack user: give an id such as U012AB3CD, from their profile"
        raise click.UsageError(message)
    deleted = _forgotten(place.data, user)
    if as_json:
        click.echo(json_output.dumps({"user": user, "deleted": deleted}))
        return
    for name, count in deleted.items():
        click.echo(f"{name}: {count}")
    if not sum(deleted.values()):
        click.echo(f"nothing is kept of {user}")


def _forgotten(data: Path, user: str) -> dict[str, int]:
    """Delete it in every workspace; return how many rows or lines of each file that were."""
    told = {"questions": 0, "feedback": 0, "follows": 0, "audit": 0}
    for held in (data, *set_aside(data)):
        for folder in folders(held):
            for name, count in _in_folder(folder, user).items():
                told[name] += count
        try:
            told["audit"] += AuditLog(held).forget_user(user)
        except OSError as error:
            message = f"the audit log in {held} cannot be changed ({error}): see that this user may"
            raise StorageError(message) from error
    return told


def _in_folder(kept: Path, user: str) -> dict[str, int]:
    direct = _at(kept / INBOX, Inbox, lambda file: file.direct_channels(user), {f"D{user}"})
    direct |= _at(kept / NEWS, NewsStore, lambda file: file.direct_channels(user), set())
    return {
        "questions": _at(kept / INBOX, Inbox, lambda file: file.forget_user(user), 0),
        "feedback": _at(
            kept / FEEDBACK, FeedbackStore, lambda file: file.forget_user(user, direct), 0
        ),
        "follows": _at(kept / NEWS, NewsStore, lambda file: file.forget_user(user), 0),
    }


_T = TypeVar("_T")


def _at(
    path: Path, kind: Callable[[Path], Opened], work: Callable[[Opened], _T], otherwise: _T
) -> _T:
    """Do something with a file of the bot; ``otherwise`` is returned where there is none."""
    if not path.exists():
        return otherwise
    with closing(kind(path)) as file:
        return work(file)
