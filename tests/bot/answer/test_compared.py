"""新旧対照表: the new words are quoted, the old ones only for who asks how it was."""

import datetime as dt

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

from bot.answer.answer import Answer
from bot.answerer import Answerer
from bot.texts.places import what_it_is
from index.search.searcher import Searcher
from index.writer import Writer
from ingest.pipeline import ingest
from tests.bot.test_answerer import sure
from tests.index.making import CharacterEmbedder
from tests.ingest.making import font

NEW = "第3条　住民票の写しの交付手数料は、1通につき400円とする。"
OLD = "第3条　住民票の写しの交付手数料は、1通につき300円とする。"
ASKED = "住民票の写しの交付手数料はいくらですか"
FOUR = ("第4条　町長は、手数料を減額し、又は免除する。", "第4条　町長は、手数料を免除する。")


def write_html(path, day):
    """Write it as a page with the day of coming into force below."""
    rows = "".join(f"<tr><td>{new}</td><td>{old}</td></tr>" for new, old in ((NEW, OLD), FOUR))
    path.write_text(
        "<html><body><h1>みどり町手数料条例新旧対照表</h1>"
        f"<table><tr><th>改正後</th><th>改正前</th></tr>{rows}</table>"
        f"<p>附　則</p><p>この条例は、{day}から施行する。</p></body></html>",
        encoding="utf-8",
    )


def write_pdf(path, *, parted):
    """Write it ruled: a row for each article, or all of them in one row."""
    style = ParagraphStyle("x", fontName=font(), fontSize=10, leading=14, wordWrap="CJK")
    sides = [[[Paragraph(text, style)] for text in pair] for pair in ((NEW, OLD), FOUR)]
    rows = sides if parted else [[sides[0][at] + sides[1][at] for at in (0, 1)]]
    heads = [Paragraph("新", style), Paragraph("旧", style)]
    grid = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (1, 9), "TOP")])
    table = Table([heads, *rows], colWidths=[230, 230], style=grid)
    SimpleDocTemplate(str(path), pagesize=A4).build(
        [Paragraph("みどり町手数料条例新旧対照表", style), table]
    )


def answer(folder, data, question, today=dt.date(2026, 1, 1)):
    """Return what is quoted, with which side it is said to be."""
    with Writer.open(data, CharacterEmbedder()) as writer:
        ingest([folder], index=writer)
    searcher = Searcher.open(data, CharacterEmbedder())
    reply = Answerer(searcher, decider=sure(9), today=today).answer(question)
    assert isinstance(reply, Answer)
    return [("".join(c.quote.split()), what_it_is(c.hit)) for c in reply.citations]


@pytest.mark.parametrize("kind", ["html", "rows", "one row"])
def test_the_new_words_are_quoted_and_not_the_old(tmp_path, kind):
    """Each side is a passage of its own, also where a cell holds several articles."""
    folder = tmp_path / "papers"
    folder.mkdir()
    if kind == "html":
        write_html(folder / "a.html", "令和7年4月1日")
    else:
        write_pdf(folder / "a.pdf", parted=kind == "rows")
    quotes = answer(folder, tmp_path / "data", ASKED)
    assert any("400円" in quote for quote, _ in quotes)
    assert not any("300円" in quote for quote, _ in quotes)
    assert not any("400円" in quote and "減額" in quote for quote, _ in quotes)
    assert {side for quote, side in quotes if "400円" in quote} <= {"改正後 第3条", "新 第3条"}


def test_who_asks_how_it_was_gets_the_old_words_by_their_name(tmp_path):
    """改正前 stands beside them."""
    folder = tmp_path / "papers"
    folder.mkdir()
    write_html(folder / "a.html", "令和7年4月1日")
    quotes = answer(folder, tmp_path / "data", "改正前の住民票の写しの交付手数料はいくらでしたか")
    assert ("".join(OLD.split()), "改正前 第3条") in quotes


def test_until_its_day_the_new_words_replace_nothing(tmp_path):
    """Both are shown, each with its side."""
    folder = tmp_path / "papers"
    folder.mkdir()
    write_html(folder / "a.html", "令和9年4月1日")
    sides = {side for _, side in answer(folder, tmp_path / "data", ASKED)}
    assert "改正前 第3条" in sides
