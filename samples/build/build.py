"""Builds ``samples/council`` from ``samples/sources``: ``python -m samples.build.build``.

Run by hand after a source was changed; the built files are committed. Needs reportlab and the
fonts of Debian's ``fonts-ipaexfont``.
"""

from collections.abc import Iterator
from pathlib import Path

from samples import council
from samples.build.manuscript import BlockKind, Manuscript, read_manuscript, wrap
from samples.build.pdf import write_pdf
from samples.build.word import write_word

SOURCES = Path(__file__).parent.parent / "sources"


def build(target: Path) -> list[Path]:
    """Write every source's document below ``target`` and return their paths."""
    written = []
    for source in sorted(SOURCES.glob("*.txt")):
        manuscript = read_manuscript(source)
        path = target / manuscript.path
        path.parent.mkdir(parents=True, exist_ok=True)
        match manuscript.form:
            case "pdf":
                write_pdf(manuscript, path)
            case "docx":
                write_word(manuscript, path)
            case encoding:
                path.write_bytes("\r\n".join(_lines(manuscript)).encode(encoding))
        written.append(path)
    return written


def _lines(manuscript: Manuscript) -> Iterator[str]:
    for block in manuscript.blocks:
        if block.kind is BlockKind.ROW:
            yield "\t".join(block.cells)
        else:
            yield from wrap(block.text, manuscript.width, by_words=manuscript.by_words)


def main() -> None:
    """Build in place and say what was written."""
    for path in build(council()):
        print(f"{path.stat().st_size:>9,}  {path.relative_to(council())}")


if __name__ == "__main__":
    main()
