"""Sources made of a text's lines, for the tests of the structure parsers."""

from index.passage import DocumentId
from ingest.document.source import Line, Source
from ingest.understand import understand


def source(text, **more):
    """Return the source of a text file: one line for each line that holds something."""
    lines = tuple(Line(line.strip(" ")) for line in text.split("\n") if line.strip())
    return Source(lines, **more)


def read(text, name="file.txt"):
    """Return the document and passages of a text."""
    return understand(source(text), DocumentId(name), "0" * 64)


def spoken(text):
    """Return (speaker, role, kind, text) of the passages that somebody speaks."""
    _, passages = read(text)
    return [(p.speaker, p.role, p.kind, p.text) for p in passages if p.speaker]
