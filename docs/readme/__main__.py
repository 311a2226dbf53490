"""Ask the sample council; write the transcripts and draw the picture: ``python -m docs.readme``.

Run by hand, with Chromium and Noto Sans CJK JP installed, after the answers or the look of the
messages changed. Look at what it wrote before you commit it.
"""

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click
from click.testing import CliRunner
from PIL import Image

import samples
from bot.answerer import Answerer
from cli.main import kiroku
from docs.readme.kinds import kinds, unasked
from docs.readme.page import page
from docs.readme.picture import photograph
from docs.readme.thread import SETTING, as_json, turns
from docs.readme.transcripts import brought_up_to_date
from index.embedding.embedder import Embedder, load_embedder
from index.reranking.reranker import load_reranker
from index.search.searcher import Searcher
from index.settings import EMBEDDED
from index.writer import Writer
from ingest.pipeline import ingest

_ROOT = Path(__file__).resolve().parent.parent.parent
_MODELS = _ROOT / ".cache" / "models"
_PICTURE = _ROOT / "docs" / "images" / "slack-answer.png"
_KINDS = _ROOT / "docs" / "images" / "slack-messages.png"
_COLOURS = 48
"""Of the long picture: text on white needs no more."""
_PAGES = (_ROOT / "README.md", _ROOT / "README.ja.md")


@click.command
@click.option("--chromium", default="chromium", show_default=True, help="The browser to use.")
@click.option("--transcripts-only", is_flag=True, help="Leave the picture as it is.")
def main(chromium: str, *, transcripts_only: bool) -> None:
    """Make anew what the README shows of the bot's answers."""
    embedder = load_embedder(EMBEDDED, _MODELS)
    with _sample_index(embedder) as data:
        for path in _PAGES:
            text = path.read_text(encoding="utf-8")
            path.write_text(brought_up_to_date(text, lambda words: _run(words, data)), "utf-8")
        searcher = Searcher.open(data, embedder, reranker=load_reranker(EMBEDDED, _MODELS))
        asked = turns(Answerer(Searcher.open(data, embedder)))
        of_each_kind = [*kinds(searcher), *unasked(searcher)]
    if not transcripts_only:
        photograph(page(SETTING, asked), _PICTURE, chromium)
        _PICTURE.with_suffix(".json").write_text(as_json(asked), encoding="utf-8")
        photograph(page(SETTING, of_each_kind), _KINDS, chromium)
        Image.open(_KINDS).quantize(_COLOURS).save(_KINDS, optimize=True)
        click.echo(f"{_PICTURE}: {_PICTURE.stat().st_size // 1000} kB")


@contextlib.contextmanager
def _sample_index(embedder: Embedder) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="kiroku-readme-") as folder:
        data = Path(folder) / "data"
        with Writer.open(data, embedder) as writer:
            ingest([samples.council()], index=writer)
        (data / "models").symlink_to(_MODELS)
        yield data


def _run(words: list[str], data: Path) -> str:
    """Run a command line of a transcript; ``--data demo`` is the index made here."""
    arguments = [str(data) if word == "demo" else word for word in words[1:]]
    ended = CliRunner().invoke(kiroku, arguments)
    if ended.exit_code != 0:
        raise click.ClickException(ended.output)
    return ended.stdout


if __name__ == "__main__":
    main()
