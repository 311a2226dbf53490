"""What is kept of a workspace: its inbox, and what was thought of the answers there.

That of ``SLACK_BOT_TOKEN`` lies in the data folder itself, that of every other in a folder of its
own: so nothing of one can be taken for another's, whatever ids Slack gives.
"""

import shutil
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from bot.feedback.store import FILE_NAME as FEEDBACK
from bot.feedback.store import FeedbackStore
from bot.news.store import FILE_NAME as NEWS
from bot.news.store import NewsStore
from bot.slack.inbox import FILE_NAME as INBOX
from bot.slack.inbox import Inbox

_FOLDER = "workspaces"
_PRIVATE_FOLDER = 0o700


@dataclass(frozen=True, slots=True)
class Kept:
    """The files of a workspace."""

    folder: Path
    inbox: Inbox
    store: FeedbackStore
    news: NewsStore

    @classmethod
    def opened(cls, folder: Path, answered: Callable[[float], None]) -> Self:
        """Open them; ``answered`` is told of each reply. Raises :class:`StorageError`."""
        with ExitStack() as opened:
            inbox = opened.enter_context(closing(Inbox(folder / INBOX, answered)))
            store = opened.enter_context(closing(FeedbackStore(folder / FEEDBACK)))
            kept = cls(folder, inbox, store, NewsStore(folder / NEWS))
            opened.pop_all()  # nothing failed: they stay open
            return kept

    def close(self) -> None:
        """Close them."""
        self.inbox.close()
        self.store.close()
        self.news.close()

    def remove(self) -> None:
        """Close them, and remove all that is kept of the workspace."""
        self.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def folder_of(data: Path, team: str) -> Path:
    """Return the folder of a workspace into which the app was installed, made for this user."""
    folder = data / _FOLDER / team
    for each in (folder.parent, folder):
        each.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
    return folder


def folders(data: Path) -> list[Path]:
    """Return the folders in which something of a workspace is kept, the data folder first."""
    return [data, *sorted(path for path in (data / _FOLDER).glob("*") if path.is_dir())]


def feedback_files(data: Path) -> dict[str | None, Path]:
    """Return the files of feedback in a data folder, by workspace.

    ``None`` is that of ``SLACK_BOT_TOKEN``.
    """
    home = data / FEEDBACK
    files: dict[str | None, Path] = {None: home} if home.exists() else {}
    others = sorted((data / _FOLDER).glob(f"*/{FEEDBACK}"))
    return files | {file.parent.name: file for file in others}
