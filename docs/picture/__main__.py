"""Ask the sample council, draw the thread, photograph it: ``python -m docs.picture``.

Run by hand, with Chromium and Noto Sans CJK JP installed, after the answers or the look of the
messages changed. Writes ``docs/images/slack-answer.png``.
"""

import contextlib
import re
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click

import samples
from bot.answering import Answerer
from bot.messages import reply_message
from docs.picture.page import Setting, Turn, page
from index.embedding import Embedder, load_embedder
from index.searching import Searcher
from index.settings import EMBEDDED
from index.writing import Writer
from ingest.pipeline import ingest

_ROOT = Path(__file__).resolve().parent.parent.parent
_MODELS = _ROOT / ".cache" / "models"
_PICTURE = _ROOT / "docs" / "images" / "slack-answer.png"
_WIDTH = 940

QUESTIONS = (
    "しおまる号の委託先はどこに決まりましたか？",
    "車いすのまま乗れる車両はありますか？",
)
"""Two questions in one thread; the answers are whatever the bot says to them."""

_SETTING = Setting(
    workspace="汐見原市",
    channels=("全庁連絡", "総務課", "交通政策課", "議会対応"),
    channel="交通政策課",
    person="平井（交通政策課）",
)
_TIMES = (("10:42", "10:42"), ("10:44", "10:44"))
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


@click.command
@click.option("--data", type=click.Path(path_type=Path), help="An index of the sample council.")
@click.option("--chromium", default="chromium", show_default=True, help="The browser to use.")
@click.option("--to", type=click.Path(path_type=Path), default=_PICTURE, help="The picture.")
def main(data: Path | None, chromium: str, to: Path) -> None:
    """Draw the picture in the README from what the bot answers."""
    html = page(_SETTING, _turns(data))
    with tempfile.TemporaryDirectory(prefix="kiroku-picture-") as folder:
        _photograph(html, Path(folder), chromium, to)
    click.echo(f"{to}: {to.stat().st_size // 1000} kB")


def _turns(data: Path | None) -> list[Turn]:
    embedder = load_embedder(EMBEDDED, _MODELS)
    with _index(data, embedder) as folder:
        answerer = Answerer(Searcher.open(folder, embedder))
        replies = [answerer.answer(question) for question in QUESTIONS]
    return [
        Turn(reply.question, reply_message(reply).blocks, *times)
        for reply, times in zip(replies, _TIMES, strict=True)
    ]


@contextlib.contextmanager
def _index(data: Path | None, embedder: Embedder) -> Iterator[Path]:
    if data is not None:
        yield data
        return
    with tempfile.TemporaryDirectory(prefix="kiroku-picture-") as folder:
        made = Path(folder) / "data"
        with Writer.open(made, embedder) as writer:
            ingest([samples.council()], index=writer)
        yield made


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


if __name__ == "__main__":
    main()
