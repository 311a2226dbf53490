"""Plain text and Markdown in any encoding used for Japanese."""

from pathlib import Path

from index.errors import ReadingError
from ingest.decoding import decode
from ingest.document.source import Line, Source
from ingest.readers.markdown import read_markdown
from ingest.repair.repair import repair

_MARKDOWN = frozenset({".md", ".markdown"})


class TextReader:
    """Text has no pages; the headings of Markdown have a level, its tables have cells."""

    name = "text"
    suffixes: tuple[str, ...] = (".txt", ".md", ".markdown", ".text")

    def recognises(self, path: Path, head: bytes) -> bool:
        """Say whether ``head`` decodes as text; ``path`` says nothing more."""
        del path
        # a head may end inside a character
        return bool(head) and any(decode(head[: len(head) - cut]) for cut in range(4))

    def read(self, path: Path) -> Source:
        """Read the file. Raises :class:`ReadingError` if it is not text."""
        decoded = decode(path.read_bytes())
        if decoded is None:
            message = "it is not text: save it as PDF, Word (.docx) or UTF-8 text"
            raise ReadingError(message)
        texts = decoded.text.splitlines()
        if path.suffix.lower() not in _MARKDOWN:
            lines = tuple(Line(text) for text in texts)
            return Source(lines=repair(lines), warnings=decoded.warnings)
        read = read_markdown(texts)
        warnings = decoded.warnings
        if read.struck:
            warnings += (f"text that is struck out was left out ({read.struck} times)",)
        return Source(lines=repair(read.lines), title=read.title, warnings=warnings)
