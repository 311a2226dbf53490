"""Whole files of every format, of our own words, for what is to be done to them."""

import io
import shutil
import subprocess
from contextlib import suppress
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import docx
import openpyxl
import pptx
import pypdf
import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from tests.ingest.isolation.mutating import zipped
from tests.ingest.making import write_minutes
from tests.ingest.readers.test_ichitaro import jtd, units

TEXT = (
    "第３回みどり市交通審議会　議事録",
    "日時　令和4年12月20日（火）午後2時",
    "○議長（山田太郎君）　これより会議を開きます。",
    "◆５番（鈴木花子君）　バスの運賃はいくらになりますか。",
    "◎交通課長（佐藤次郎君）　来年四月から二百円とする考えです。",
    "○議長（山田太郎君）　本案は原案のとおり可決されました。",
)
_ROWS = (("区分", "令和5年度", "令和4年度"), ("市税", 10000, 9000), ("市債", 3000, 4000))


def seeds():
    """Return whole files by name: one or more a format, all of our own words."""
    return {
        "minutes.txt": "\n".join(TEXT).encode("cp932"),
        "minutes.md": "\n\n".join(["# 議事録", *TEXT, "| 区分 | 額 |\n|---|---|"]).encode(),
        "minutes.html": _html(),
        "table.csv": "\n".join(",".join(map(str, row)) for row in _ROWS).encode("cp932"),
        "minutes.docx": _word(),
        "table.xlsx": _excel(),
        "slides.pptx": _slides(),
        "book.epub": _book(),
        "letter.eml": _letter(),
        "all.zip": zipped({"a.txt": "\n".join(TEXT).encode(), "b/c.html": _html()}),
        "law.xml": _law(),
        "saved.mht": _saved_page(),
        "nested.zip": zipped(
            {"in.zip": zipped({"a.txt": "\n".join(TEXT).encode()}), "b.eml": _letter()}
        ),
        "forwarded.eml": _forwarded(),
    }


def office_seeds(folder):
    """Return files that LibreOffice reads, and that it made, where it is installed."""
    found = {"law.rtf": rb"{\rtf1\ansi\ansicpg932 {\b Article 1.} Words of the ordinance.\par}"}
    office = shutil.which("soffice")
    if office is None:
        return {}
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    for name, content, suffix in (("a", _word(), "doc"), ("b", _excel(), "xls")):
        new = folder / f"{name}.{suffix}x"
        new.write_bytes(content)
        words = (office, profile, "--headless", "--convert-to", suffix, "--outdir", folder, new)
        subprocess.run(words, check=True, capture_output=True)
        found[f"old.{suffix}"] = (folder / f"{name}.{suffix}").read_bytes()
    return found


def pdf_seeds(folder):
    """Return PDFs: of an embedded font where there is one, vertical, locked, and a scan."""
    found = {"vertical.pdf": _vertical(folder / "vertical.pdf"), "scan.pdf": _scan()}
    with suppress(pytest.skip.Exception):  # there is no font to draw it with
        found["minutes.pdf"] = write_minutes(folder / "seed.pdf", list(TEXT) * 4).read_bytes()
    locked = pypdf.PdfWriter(clone_from=io.BytesIO(found["vertical.pdf"]))
    locked.encrypt("", "owner", algorithm="AES-128")
    out = io.BytesIO()
    locked.write(out)
    return found | {"locked.pdf": out.getvalue()}


def ichitaro_seed(folder):
    """Return a file of 一太郎."""
    text = [unit for line in TEXT for unit in units(f"{line}\n")]
    return {"minutes.jtd": jtd(folder, *text).read_bytes()}


def picture_seeds():
    """Return pictures without words: what OCR makes of them does not matter here."""
    found = {}
    for kind in ("PNG", "JPEG", "TIFF", "GIF", "BMP"):
        out = io.BytesIO()
        Image.new("RGB", (60, 40), "white").save(out, kind)
        found[f"picture.{kind.lower()}"] = out.getvalue()
    out = io.BytesIO()
    pages = [Image.new("1", (60, 40), 1)] * 3
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:], compression="group4")
    return found | {"fax.tiff": out.getvalue()}


def _html():
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in _ROWS)
    lines = "".join(f"<p>{line}</p>" for line in TEXT)
    return f"<html><head><title>議事録</title></head><body>{lines}<table>{rows}</table>".encode()


def _word():
    document = docx.Document()
    for line in TEXT:
        document.add_paragraph(line)
    table = document.add_table(rows=len(_ROWS), cols=3)
    for at, row in enumerate(_ROWS):
        for column, cell in enumerate(row):
            table.cell(at, column).text = str(cell)
    return _saved(document)


def _excel():
    book = openpyxl.Workbook()
    for row in _ROWS:
        book.active.append(row)
    book.active.merge_cells("A4:C4")
    return _saved(book)


def _slides():
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = TEXT[0]
    slide.placeholders[1].text = TEXT[3]
    return _saved(deck)


def _saved(made):
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _book():
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">'
        '<rootfiles><rootfile full-path="book.opf" media-type="application/oebps-package+xml"/>'
        "</rootfiles></container>"
    )
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><manifest>'
        '<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="a"/></spine></package>'
    )
    page = f'<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{TEXT[3]}</p></body></html>'
    return zipped(
        {
            "mimetype": b"application/epub+zip",
            "META-INF/container.xml": container.encode(),
            "book.opf": package.encode(),
            "a.xhtml": page.encode(),
        }
    )


def _letter():
    message = EmailMessage()
    message["Subject"] = "議事録を送ります"
    message["From"] = "a@example.jp"
    message["Date"] = "Tue, 20 Dec 2022 14:00:00 +0900"
    message.set_content("\n".join(TEXT))
    message.add_attachment(_excel(), maintype="application", subtype="xlsx", filename="予算.xlsx")
    return message.as_bytes()


def _law():
    articles = "".join(
        f'<Article Num="{number}"><ArticleTitle>第{number}条</ArticleTitle><Paragraph Num="1">'
        f"<ParagraphNum/><ParagraphSentence><Sentence>市は、{line}。</Sentence></ParagraphSentence>"
        "</Paragraph></Article>"
        for number, line in enumerate(TEXT, start=1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><Law Era="Reiwa" Year="4" Num="9" LawType="Rule">'
        "<LawNum>令和四年条例第九号</LawNum><LawBody><LawTitle>みどり市交通条例</LawTitle>"
        f"<MainProvision>{articles}</MainProvision></LawBody></Law>"
    ).encode()


def _saved_page():
    message = MIMEMultipart("related", type="text/html")
    message["Subject"], message["From"] = "議事録", "<saved by a browser>"
    message["Snapshot-Content-Location"] = "https://www.example.jp/minutes.html"
    message.attach(MIMEText(_html().decode(), "html", "utf-8"))
    return message.as_bytes()


def _forwarded():
    message = EmailMessage()
    message["Subject"], message["From"] = "転送", "b@example.jp"
    message["Date"] = "Tue, 20 Dec 2022 15:00:00 +0900"
    message.set_content("転送します。")
    message.add_attachment(message_from_bytes(_letter(), policy=policy.default))
    return message.as_bytes()


def _vertical(path):
    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiMin-W3", isVertical=True))
    drawn = Canvas(str(path), pagesize=A4)
    drawn.setFont("HeiseiMin-W3", 12)
    for column, line in enumerate(TEXT * 2):
        drawn.drawString(500 - 24 * column, 780, line)
    drawn.save()
    return path.read_bytes()


def _scan():
    out = io.BytesIO()
    Image.new("L", (60, 80), 255).save(out, "PDF")
    return out.getvalue()
