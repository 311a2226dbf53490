"""PDFs written by hand that break the rules where readers are known to hang, to grow or to fall."""

import random
import zlib

_ROOT = b"<< /Type /Catalog /Pages 2 0 R >>"
_PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
_PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
    b"/Resources << /Font << /F 5 0 R >> >> >>"
)
_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
_WORDS = b"BT /F 12 Tf 60 700 Td (The committee met and the motion was carried.) Tj ET"
_FILTERS = (b"JBIG2", b"LZW", b"ASCII85", b"ASCIIHex", b"RunLength", b"CCITTFax", b"DCT", b"JPX")


def pdfs():
    """Return the files by name."""
    noise = random.Random(4).randbytes(4_000)  # noqa: S311 (the same noise again)
    zeros = zlib.compress(bytes(400_000_000), 1)
    twice = zlib.compress(zlib.compress(bytes(50_000_000), 9), 9)
    made = {
        "length-zero": _pdf({4: b"<< /Length 0 >>" + _streamed(_WORDS)}),
        "length-huge": _pdf({4: b"<< /Length 999999999 >>" + _streamed(_WORDS)}),
        "length-negative": _pdf({4: b"<< /Length -5 >>" + _streamed(_WORDS)}),
        "length-of-itself": _pdf({4: b"<< /Length 4 0 R >>" + _streamed(_WORDS)}),
        "kids-loop": _pdf({2: b"<< /Type /Pages /Kids [2 0 R 3 0 R 2 0 R] /Count 3 >>"}),
        "kids-many": _pdf({2: b"<< /Type /Pages /Kids [" + b"3 0 R " * 200_000 + b"] /Count 1 >>"}),
        "parents-loop": _pdf({3: _PAGE.replace(b"/Parent 2 0 R", b"/Parent 3 0 R")}),
        "count-huge": _pdf({2: _PAGES.replace(b"/Count 1", b"/Count 2147483647")}),
        "count-negative": _pdf({2: _PAGES.replace(b"/Count 1", b"/Count -1")}),
        "bomb": _pdf({4: _flate(zeros)}),
        "bomb-twice": _pdf({4: _flate(twice, b"[/FlateDecode /FlateDecode]")}),
        "filters-many": _pdf({4: _flate(twice, b"[" + b"/FlateDecode " * 5_000 + b"]")}),
        "operators-many": _pdf({4: _stream(b"q " * 2_000_000)}),
        "words-many": _pdf({4: _stream(_WORDS * 60_000)}),
        "arrays-deep": _pdf({4: _stream(b"[" * 300_000)}),
        "objects-deep": _pdf({6: b"[" * 100_000 + b"]" * 100_000}),
        "dictionaries-deep": _pdf({6: b"<< /A " * 100_000}),
        "page-huge": _pdf({3: _PAGE.replace(b"595 842", b"1e38 1e38")}),
        "page-of-nothing": _pdf({3: _PAGE.replace(b"595 842", b"0 0")}),
        "form-in-itself": _form_in_itself(),
        "widths-many": _pdf({5: _cid_font(b"[" + b"1 [1000] " * 300_000 + b"]")}),
        "widths-wide": _pdf({5: _cid_font(b"[0 2000000000 1000]")}),
        "map-wide": _pdf({5: _FONT[:-2] + b"/ToUnicode 6 0 R >>", 6: _map()}),
        "outline-loop": _pdf(
            {1: _ROOT[:-2] + b"/Outlines 6 0 R >>", 6: b"<< /First 6 0 R /Next 6 0 R /Count 9 >>"}
        ),
        "labels-loop": _pdf(
            {1: _ROOT[:-2] + b"/PageLabels 6 0 R >>", 6: b"<< /Kids [6 0 R 6 0 R] >>"}
        ),
        "encrypted-badly": _pdf({}, b"/Encrypt << /Filter /Standard /V 4 /R 4 /O () /U () /P 0 >>"),
        "previous-loop": _pdf({}, b"/Prev 9"),
        "previous-itself": _pdf({}, b"/Prev %d", itself=True),
        "size-huge": _pdf({}, b"/Size 2147483647"),
        "streams-of-objects-loop": _pdf({6: _object_stream(), 5: _object_stream(b"5 0 R")}),
        "xref-of-nothing": _pdf({}).rpartition(b"startxref")[0] + b"startxref\n999999999\n%%EOF",
        "only-a-head": b"%PDF-1.7\n" + noise,
        "heads-many": b"%PDF-1.7\n" * 200_000,
        "objects-many": b"%PDF-1.7\n" + b"1 0 obj\n" * 300_000 + b"%%EOF",
        "brackets-many": b"%PDF-1.7\n" + b"<<" * 2_000_000,
        "pages-many": _many_pages(30_000),
    }
    for name in _FILTERS:
        made[f"filter-{name.decode()}"] = _pdf({4: _flate(noise, b"/" + name + b"Decode")})
        made[f"picture-{name.decode()}"] = _picture(noise, name)
    return {f"{name}.pdf": content for name, content in made.items()}


def page_with(about):
    """Return a file of one page whose catalogue says ``about`` more of it."""
    return _pdf({1: _ROOT[:-2] + about + b" >>"})


def _pdf(changed, trailer=b"", *, itself=False):
    """Write a file of one page, of which the objects in ``changed`` are others."""
    objects = {1: _ROOT, 2: _PAGES, 3: _PAGE, 4: _stream(_WORDS), 5: _FONT, **changed}
    out, places = bytearray(b"%PDF-1.7\n"), {}
    for number, body in sorted(objects.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    last = max(objects)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (last + 1)
    for number in range(1, last + 1):
        out += b"%010d 00000 n \n" % places.get(number, 0)
    more = trailer % start if itself else trailer
    out += b"trailer\n<< /Root 1 0 R /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        last + 1,
        more,
        start,
    )
    return bytes(out)


def _streamed(content):
    return b"\nstream\n" + content + b"\nendstream"


def _stream(content, about=b""):
    return b"<< /Length %d %s >>" % (len(content), about) + _streamed(content)


def _flate(content, filters=b"/FlateDecode"):
    return _stream(content, b"/Filter " + filters)


def _form_in_itself():
    return _pdf(
        {
            3: _PAGE.replace(b"/Font", b"/XObject << /X 6 0 R >> /Font"),
            4: _stream(b"/X Do " * 40 + _WORDS),
            6: _stream(
                b"/X Do /X Do",
                b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] "
                b"/Resources << /XObject << /X 6 0 R >> >>",
            ),
        }
    )


def _picture(noise, name):
    about = b"/Type /XObject /Subtype /Image /Width 9000 /Height 9000 /BitsPerComponent 8 "
    return _pdf(
        {
            3: _PAGE.replace(b"/Font", b"/XObject << /X 6 0 R >> /Font"),
            4: _stream(b"500 0 0 700 9 9 cm /X Do"),
            6: _stream(noise, about + b"/ColorSpace /DeviceGray /Filter /" + name + b"Decode"),
        }
    )


def _cid_font(widths):
    return (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Mincho /Encoding /Identity-H /DescendantFonts "
        b"[ << /Type /Font /Subtype /CIDFontType0 /BaseFont /Mincho /CIDSystemInfo << /Registry "
        b"(Adobe) /Ordering (Japan1) /Supplement 6 >> /W " + widths + b" >> ] >>"
    )


def _map():
    return _stream(
        b"begincmap 1 begincodespacerange <00> <FF> endcodespacerange\n"
        b"1 beginbfrange <00000000> <7FFFFFFF> <0000> endbfrange\n"
        b"1 beginbfchar <54> <D800> endbfchar endcmap"
    )


def _object_stream(extends=b"6 0 R"):
    return _stream(b"5 0 5 9 5 99", b"/Type /ObjStm /N 2000000000 /First 12 /Extends " + extends)


def _many_pages(count):
    kids = b" ".join(b"%d 0 R" % (number + 10) for number in range(count))
    pages = {number + 10: _PAGE for number in range(count)}
    return _pdf({2: b"<< /Type /Pages /Count %d /Kids [%s] >>" % (count, kids), **pages})
