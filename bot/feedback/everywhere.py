"""What people thought of answers, and what was declined, in several files together."""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from bot.feedback.given import Given, OftenDeclined
from bot.feedback.store import FeedbackStore, same_words


@dataclass(frozen=True, slots=True)
class Everywhere:
    """The votes, newest first, and what was declined, what was so most often first."""

    votes: list[Given]
    declined: list[OftenDeclined]


def read_everywhere(files: Mapping[str | None, Path]) -> Everywhere:
    """Read the files of workspaces. Raises :class:`index.errors.StorageError`."""
    votes: list[Given] = []
    declined: dict[tuple[str, str], OftenDeclined] = {}
    for workspace, path in files.items():
        with closing(FeedbackStore(path)) as store:
            votes += [replace(each, workspace=workspace) for each in store.votes()]
            for each in store.most_declined():
                key = same_words(each.question), each.about
                known = declined.get(key, replace(each, count=0))
                newest = max(known, each, key=lambda often: often.last)
                declined[key] = replace(newest, count=known.count + each.count)
    return Everywhere(
        sorted(votes, key=lambda each: -each.vote.at),
        sorted(declined.values(), key=lambda each: (-each.count, -each.last)),
    )
