"""E-books, made in the test."""

import zipfile

import pytest

from index.errors import ReadingError
from ingest.readers.find import read_source

CONTAINER = """<?xml version="1.0"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/>
</rootfiles></container>"""


def package(spine, extra="", title="審議会の記録"):
    """Return the package document of a book whose pages are read in the order of ``spine``."""
    items = "".join(
        f'<item id="i{at}" href="{name}" media-type="application/xhtml+xml"/>'
        for at, name in enumerate(sorted(spine))
    )
    order = {name: at for at, name in enumerate(sorted(spine))}
    refs = "".join(f'<itemref idref="i{order[name]}"/>' for name in spine)
    return f"""<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf"><metadata
    xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></metadata>
    <manifest>{items}{extra}</manifest><spine>{refs}</spine></package>"""


def page(body, title="表題"):
    """Return a page as e-books have them: XHTML, in which empty elements close themselves."""
    return f"""<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml">
    <head><title>{title}</title><script src="a.js"/></head><body>{body}</body></html>"""


def write_book(path, parts):
    """Write a book from its parts by name."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        for name, content in {"META-INF/container.xml": CONTAINER, **parts}.items():
            archive.writestr(name, content)
    return path


def test_chapters_come_in_the_order_of_the_spine(tmp_path):
    """The spine and not the names give the order; a line says in which chapter it stands."""
    contents = """<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>
    <navPoint><navLabel><text>第一章　概要</text></navLabel><content src="z%20one.xhtml"/>
    </navPoint></navMap></ncx>"""
    path = write_book(
        tmp_path / "book.epub",
        {
            "OEBPS/book.opf": package(
                ["z one.xhtml", "a.xhtml"],
                '<item id="n" href="toc.ncx" media-type="application/x-dtbncx+xml"/>',
            ),
            "OEBPS/toc.ncx": contents,
            "OEBPS/z one.xhtml": page('<a id="p1"/><p>最初の<ruby>章<rt>しょう</rt></ruby>。</p>'),
            "OEBPS/a.xhtml": page("<h1>答申</h1><p>続きの文である。</p>"),
            "OEBPS/unused.xhtml": page("<p>読まれない。</p>"),
        },
    )
    source = read_source(path)
    assert [line.text for line in source.lines] == ["最初の章。", "答申", "続きの文である。"]
    assert source.title == "審議会の記録"
    assert (source.lines[0].locator.chapter, source.lines[0].locator.anchor) == (
        "第一章　概要",
        "p1",
    )


def test_a_book_without_contents_names_chapters_by_their_headings(tmp_path):
    """Where there is no table of contents, the first heading of a page is its chapter."""
    path = write_book(
        tmp_path / "book.epub",
        {
            "OEBPS/book.opf": package(["a.xhtml"]),
            "OEBPS/a.xhtml": page("<h2>答申</h2><p>文である。</p>"),
        },
    )
    assert {line.locator.chapter for line in read_source(path).lines} == {"答申"}


def test_the_books_own_table_of_contents_is_not_text(tmp_path):
    """The navigation page of EPUB 3 names the chapters and is not read itself."""
    nav = page('<nav><ol><li><a href="a.xhtml#x">序章</a></li></ol></nav><p>目次の注</p>')
    extra = '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
    path = write_book(
        tmp_path / "book.epub",
        {
            "OEBPS/book.opf": package(["a.xhtml"], extra),
            "OEBPS/nav.xhtml": nav,
            "OEBPS/a.xhtml": page("<p>文である。</p>"),
        },
    )
    (line,) = read_source(path).lines
    assert (line.text, line.locator.chapter) == ("文である。", "序章")


def test_a_page_outside_of_the_book_is_not_looked_for(tmp_path):
    """A path that leads out of the zip names nothing; entities from files are not read."""
    (tmp_path / "secret.xhtml").write_text(page("<p>秘密</p>"))
    secret = f"file://{tmp_path}/secret.xhtml"
    book = package(["../../secret.xhtml", "a.xhtml"]).replace(
        "<package", f'<!DOCTYPE package [<!ENTITY s SYSTEM "{secret}">]><package', 1
    )
    path = write_book(
        tmp_path / "book.epub",
        {
            "OEBPS/book.opf": book.replace("審議会の記録", "&s;"),
            "OEBPS/a.xhtml": page("<p>文である。</p>"),
        },
    )
    source = read_source(path)
    assert [line.text for line in source.lines] == ["文である。"]
    assert "秘密" not in (source.title or "")


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"META-INF/container.xml": "<broken"}, "broken"),
        ({"OEBPS/book.opf": package(["missing.xhtml"])}, "no text"),
        (
            {"OEBPS/book.opf": package(["a.xhtml"]), "OEBPS/a.xhtml": b"<p>a</p>" * 9_000_000},
            "unpacks to",
        ),
        (
            {
                "OEBPS/book.opf": package(["a.xhtml"]),
                "OEBPS/a.xhtml": b"\x01\x02",
                "META-INF/encryption.xml": '<encryption><CipherReference URI="OEBPS/a.xhtml"/>'
                "</encryption>",
            },
            "protected",
        ),
    ],
)
def test_a_book_that_cannot_be_read_says_why(tmp_path, parts, told):
    """Broken, empty, blown up or protected: the message names which."""
    path = write_book(tmp_path / "book.epub", parts)
    with pytest.raises(ReadingError, match=told):
        read_source(path)
