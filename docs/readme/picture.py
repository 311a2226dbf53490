"""A photograph of a page, taken with headless Chromium."""

import re
import subprocess
import tempfile
from pathlib import Path

import click

_WIDTH = 940
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--force-device-scale-factor=2",
)
_MEASURE = (
    "<script>document.documentElement.dataset.height ="
    " Math.ceil(document.body.getBoundingClientRect().height)</script>"
)


def photograph(html: str, to: Path, chromium: str) -> None:
    """Write the picture of a page, as high as the page is.

    Raises :class:`click.ClickException` where the browser is not there or shows nothing.
    """
    with tempfile.TemporaryDirectory(prefix="kiroku-picture-") as folder:
        _photograph(html, Path(folder), chromium, to)


def _photograph(html: str, folder: Path, chromium: str, to: Path) -> None:
    """Measure the page first, as headless Chromium takes the height of the window."""
    source = folder / "page.html"
    source.write_text(html.replace("</body>", _MEASURE + "</body>"), encoding="utf-8")
    shown = _browse(chromium, folder, "--dump-dom", f"--window-size={_WIDTH},600", source.as_uri())
    measured = re.search(r'data-height="(\d+)"', shown)
    if measured is None:
        message = f"{chromium} did not show the page"
        raise click.ClickException(message)
    to.parent.mkdir(parents=True, exist_ok=True)
    size = f"--window-size={_WIDTH},{measured[1]}"
    _browse(chromium, folder, f"--screenshot={to.resolve()}", size, source.as_uri())


def _browse(chromium: str, folder: Path, *arguments: str) -> str:
    profile = Path(tempfile.mkdtemp(prefix="profile-", dir=folder))
    command = [chromium, *_FLAGS, f"--user-data-dir={profile}", *arguments]
    try:
        # the browser is named by whoever runs this script, on their own machine
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)  # noqa: S603 - as said above
    except (OSError, subprocess.SubprocessError) as error:
        message = f"{chromium} could not be run: name another with --chromium ({error})"
        raise click.ClickException(message) from error
    return done.stdout
