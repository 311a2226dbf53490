"""Plain text and Markdown in any encoding used for Japanese."""

from pathlib import Path

from index.errors import ReadingError
from ingest.decoding import decode
from ingest.document.source import Line, Source
from ingest.readers.markdown import markdown_lines
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
        title = None
        if path.suffix.lower() in _MARKDOWN:
            lines, title = markdown_lines(texts)
        else:
            lines = [Line(text) for text in texts]
        return Source(lines=repair(lines), title=title, warnings=decoded.warnings)
