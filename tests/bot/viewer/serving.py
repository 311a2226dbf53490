"""A few documents of the sample council in an index, and the viewer on it over real HTTP."""

import re
import shutil
import socket
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

import samples
from bot.viewer.app import Viewer
from bot.viewer.cited import Libraries
from bot.viewer.links import Links, links_of
from bot.viewer.metrics import Metrics
from bot.viewer.server import ViewerServer
from index.embedding.embedder import Embedder
from index.passage import DEFAULT_COLLECTION, Document, DocumentId, Passage
from index.settings import Settings, read_settings
from index.store.store import Store
from index.writer import Writer
from ingest.intake.originals import original
from ingest.pipeline import ingest
from tests.bot.slack.bot_process import eventually

PDF = "文教厚生委員会/文教厚生委員会記録（令和4年12月12日）.pdf"
WORD = "公共交通審議会/令和6年10月29日_第10回公共交通審議会議事録.docx"
TEXT = "例規/犬猫の適正飼養条例.txt"
SAID = "開館時間の延長に伴う増員は行わず"

_OPENER = urllib.request.build_opener(
    urllib.request.ProxyHandler({}),
    type(
        "Unfollowed", (urllib.request.HTTPRedirectHandler,), {"redirect_request": lambda *_: None}
    ),
)


@dataclass(frozen=True)
class Answered:
    """A response over HTTP."""

    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.content.decode()

    def hrefs(self, kind: str) -> list[str]:
        """Return the addresses in the page that lead to ``/kind/``, each once, in order."""
        found = re.findall(rf'href="([^"]*/{kind}[/?][^"]*)"', self.text)
        return list(dict.fromkeys(map(unescape, found)))


def fetch(url: str, method: str = "GET", **headers: str) -> Answered:
    """Ask over HTTP; no redirection is followed."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(url, method=method, headers=named)  # noqa: S310  our own server
    try:
        with _OPENER.open(request, timeout=30) as answer:
            told = {name.lower(): value for name, value in answer.headers.items()}
            return Answered(answer.status, told, answer.read())
    except urllib.error.HTTPError as error:
        with error:
            told = {name.lower(): value for name, value in error.headers.items()}
            return Answered(error.code, told, error.read())


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@dataclass
class Town:
    """A folder of papers, the index made of it, and the viewer's address."""

    papers: Path
    data: Path
    embedder: Embedder
    port: int = field(default_factory=free_port)
    connected: bool = True
    trouble: str | None = None
    below: str = "/kiroku"

    @property
    def root(self) -> str:
        """Where the viewer listens."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        viewer = f"127.0.0.1:{self.port}"
        named = {"KIROKU_PUBLIC_URL": f"{self.root}{self.below}", "KIROKU_VIEWER": viewer}
        return read_settings(named, self.data, self.data)

    @property
    def links(self) -> Links:
        """What makes links here."""
        links = links_of(self.settings)
        assert links is not None
        return links

    def ingest(self) -> None:
        """Bring the index up to date with the folder; files that are gone are forgotten."""
        with Writer.open(self.data, self.embedder) as writer:
            ingest([self.papers], index=writer, prune=True)

    def write(self, name: str, text: str) -> None:
        """Write a paper."""
        (self.papers / name).parent.mkdir(exist_ok=True)
        (self.papers / name).write_text(text, encoding="utf-8")

    def held(self, name: str) -> tuple[Document, list[Passage]]:
        """Return a document and its passages."""
        store = Store.open(self.data)
        try:
            number = store.generation(DEFAULT_COLLECTION)
            rows = list(store.passages(DEFAULT_COLLECTION, number, DocumentId(name)))
            document = store.document(DEFAULT_COLLECTION, number, DocumentId(name))
            return document, [row.passage for row in rows]
        finally:
            store.close()

    def passage(self, name: str, words: str) -> Passage:
        """Return the first passage of a document with these words."""
        return next(passage for passage in self.held(name)[1] if words in passage.text)

    def url(self, name: str, words: str) -> str:
        """Return the link to the passage with these words, as a citation has it."""
        passage = self.passage(name, words)
        return self.links.url(DocumentId(name), passage.passage_id, passage.text)

    def server(self) -> ViewerServer:
        """Return the viewer, to be entered."""
        libraries = Libraries(self.data, original)
        viewer = Viewer(
            libraries,
            Metrics(),
            lambda: self.connected,
            self.links,
            trouble=lambda: self.trouble,
        )
        return ViewerServer(viewer.app(), self.settings.viewer, self.data)

    def wait(self) -> None:
        """Wait until the viewer answers."""

        def answers() -> bool:
            try:
                return fetch(f"{self.root}/healthz").status > 0
            except OSError:
                return False

        eventually(answers)


def town(folder: Path, embedder: Embedder) -> Town:
    """Return a town with three papers, ingested."""
    papers = folder / "papers"
    for name in (PDF, WORD, TEXT):
        (papers / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(samples.council() / name, papers / name)
    made = Town(papers, folder / "data", embedder)
    made.ingest()
    return made
