"""A history as the files that ``kiroku history`` writes."""

from pathlib import Path

import click

from bot.handout.fonts import japanese_font
from bot.handout.table import table
from bot.handout.timeline import timeline
from bot.history.meetings import History
from index.errors import SettingError, StorageError


def write_table(history: History, path: Path) -> None:
    """Write the CSV. Raises :class:`index.errors.StorageError`."""
    _write(path, table(history))


def write_timeline(history: History, path: Path) -> None:
    """Write the picture; where no meeting has a date, say so.

    Raises :class:`index.errors.SettingError` where this machine has no font for it, and
    :class:`index.errors.StorageError`.
    """
    font = japanese_font()
    if font is None:
        message = (
            "no font with Japanese characters is installed, so no timeline can be drawn: "
            "install one (Debian: apt install fonts-ipaexfont-gothic)"
        )
        raise SettingError(message)
    try:
        picture = timeline(history, font)
    except OSError as error:
        message = f"the font {font.path} cannot be read ({error}): install it again"
        raise SettingError(message) from error
    if picture is None:
        click.echo(f"no timeline: no meeting with a date speaks of {history.topic}", err=True)
    else:
        _write(path, picture.png)


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        message = f"{path} cannot be written ({error.strerror}): choose another file"
        raise StorageError(message) from error
    click.echo(f"written: {path}", err=True)
