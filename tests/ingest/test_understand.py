import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.passage import DocumentId, DocumentKind
from index.record import Role
from ingest.document.coverage import coverage
from ingest.document.source import Line, PageGlyphs, Source
from ingest.isolation.in_process import read_document
from ingest.understand import understand
from tests.ingest.lines import read, source
from tests.ingest.minutes.test_parser import COUNCIL, PLENARY
from tests.ingest.ordinances.test_parser import ORDINANCE

SHARED = Path(__file__).parents[2] / ".." / "shared" / "data"
PIECES = st.sampled_from(
    [
        "（田上会長）",
        "○議長（田上君）　",
        "第１条　",
        "（１）",
        "問",
        "：",
        "。",
        "\n",
        "令和4年",
        "あ漢字",
        "「",
        "）",
        "か。",
        "別表",
        "附則",
        "日時　",
    ]
)


def test_ids_are_stable_and_in_order():
    """The same text under the same name gives the same passages and ids."""
    first, second = read(COUNCIL), read(COUNCIL)
    assert first == second
    ids = [p.passage_id for p in first[1]]
    assert ids == sorted(set(ids))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (COUNCIL, DocumentKind.MINUTES),
        (PLENARY, DocumentKind.MINUTES),
        (ORDINANCE, DocumentKind.ORDINANCE),
        ("令和５年度　予算の概要\n１　歳入\n市税は増えます。", DocumentKind.REPORT),
    ],
)
def test_the_kind_is_told_by_the_content(text, kind):
    """The kind does not hang on the file's name, and every word is in a passage."""
    document, _ = read(text, "scan0001.pdf")
    assert document.kind is kind
    assert document.coverage == 1.0
    assert not [warning for warning in document.warnings if "passage" in warning]


@pytest.mark.parametrize(
    "text",
    [
        "（区域）\n第７条　船を係留できる区域は、西の岸とする。",
        "第三章　係留\n（区域）\n第７条　船を係留できる区域は、西の岸とする。\n２　東の岸は除く。",
    ],
)
def test_a_file_that_begins_with_its_article_is_an_extract_of_the_law_it_is_called_after(text):
    """A caption is not its title, one article is enough, and its address is kept."""
    document, passages = read(text, "条例集/○岬町港管理条例_第7条.txt")
    assert document.kind is DocumentKind.ORDINANCE
    assert document.title == "岬町港管理条例"
    assert passages[-1].article in ("第7条", "第7条第2項")


def test_an_extract_whose_file_says_nothing_is_called_as_its_file():
    """No line of it is taken for a title, though it speaks of a plan."""
    document, _ = read("第9条　町長は、次の計画\nを定める。", "scan0002.txt")
    assert (document.kind, document.title) == (DocumentKind.ORDINANCE, "scan0002")


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40))
def test_no_text_breaks_it_and_no_word_is_lost(pieces):
    """Whatever the marks and their order, something is made of them and every letter is kept."""
    document, passages = read("".join(pieces))
    assert document.coverage > 0.99
    known = {p.passage_id for p in passages}
    assert all(p.answers is None or p.answers in known for p in passages)
    assert all(p.text.strip() and len(p.text) <= 600 for p in passages)


def test_an_empty_file_says_so():
    """A file without words has no passages and a warning."""
    document, passages = understand(Source(()), DocumentId("a.txt"), "0")
    assert passages == ()
    assert document.warnings == ("no text was found",)


def test_minutes_without_speakers_are_minutes_with_a_warning():
    """Minutes in summary form keep their kind; a person is told that nobody is named."""
    text = (
        COUNCIL.split("１　開会")[0]
        + "議事の要旨\n"
        + "\n".join(f"{n}件の意見が出された。" for n in range(9))
    )
    document, _ = read(text)
    assert document.kind is DocumentKind.MINUTES
    assert "no speakers were found" in document.warnings


def test_a_sitting_of_few_turns_is_minutes():
    """Two speeches under a title that says 会議録 are enough."""
    head = "みどり市議会会議録\n令和5年1月1日\n"
    text = head + "○議長（田上君）　開会します。\n○市長（海野君）　挨拶します。"
    document, passages = read(text)
    assert document.kind is DocumentKind.MINUTES
    assert [p.role for p in passages if p.speaker] == [Role.CHAIR, Role.EXECUTIVE]


def test_metadata_and_pages_are_handed_on():
    """Pages, warnings and a telling title of the file itself are kept."""
    made = Source(source(COUNCIL).lines, pages=4, title="第３回審議会会議録", warnings=("OCR",))
    document, _ = understand(made, DocumentId("a.pdf"), "0")
    assert (document.pages, document.title) == (4, "第３回審議会会議録")
    assert "OCR" in document.warnings


def test_coverage_counts_what_is_missing():
    """A line that stands in no passage lowers the share."""
    _, passages = read(COUNCIL)
    lines = (*source(COUNCIL).lines, Line("どこにもないとても長い一行。" * 20))
    assert coverage(Source(lines), passages).share < 0.8


def test_what_no_rule_knows_is_a_passage_where_it_stands():
    """Divisions and schedules of an ordinance with nothing below them are found like the rest."""
    text = (
        "みどり市手数料条例\n第１章　総則\n第１条　この条例は、手数料について定める。\n"
        "第２条　手数料の額は、別表のとおりとする。\n第２章　雑則\n第３章　罰則\n"
        "別表第１（第２条関係）\n別表第２（第３条関係）\n"
    )
    document, passages = read(text)
    assert document.kind is DocumentKind.ORDINANCE
    said = "".join("".join((*passage.heading, passage.text)) for passage in passages)
    assert all("".join(line.split()) in "".join(said.split()) for line in text.splitlines())
    assert passages[-1].heading == ()


def test_a_page_is_measured_against_its_own_characters():
    """What a reader left out of a page lowers the share, and a warning names the page."""
    lines = tuple(Line(f"{page}ページの文章はここにある。", page, page) for page in (1, 2, 3))
    lost = "読み取られなかった行"
    glyphs = tuple(
        PageGlyphs(line.page, text, ((0.1, 0.1, 0.2, 0.2),) * len(text))
        for line in lines
        for text in (line.text + lost * (line.page == 2),)
    )
    document, _ = understand(Source(lines, 3, glyphs=glyphs), DocumentId("a.pdf"), "0")
    assert document.coverage < 0.9
    assert document.warnings[0].startswith("page 2: 43.5% of the words are in no passage")


def test_english_minutes_are_english():
    """The language is told by the text."""
    document, _ = read("Town Council Minutes\nMay 9, 2023\nMAYOR FIELD: Good evening. Welcome.")
    assert document.language == "en"


@pytest.mark.skipif(not SHARED.exists(), reason="the shared material is not here")
def test_the_real_minutes_are_understood():
    """The published minutes of a real council: body, date, people, turns and exchanges."""
    path = next((SHARED / "real").glob("*.txt"))
    document, passages = read(path.read_text(encoding="utf-8"), path.name)
    assert document.date is not None
    assert document.coverage == 1.0
    assert document.warnings == ()
    assert len({p.turn for p in passages if p.turn is not None}) == 50
    assert all(p.answers and p.question for p in passages if p.kind == "answer")
    assert sum(p.text.startswith("お見込みのとおり") for p in passages if p.kind == "answer") == 4


def test_a_short_paper_of_speeches_is_minutes():
    """Two speeches by people are minutes, whatever the paper is called."""
    text = "全員協議\n○議長（田上一郎君）　始めます。\n○町長（海野三郎君）　予算は二億円です。\n"
    document, _ = read(text)
    assert document.kind == "minutes"


def test_a_law_of_the_law_database_has_its_own_title_and_day(tmp_path):
    """The title is the law's, not its number; the day is that of promulgation."""
    path = tmp_path / "law.xml"
    path.write_text(
        '<Law Era="Heisei" Year="12" PromulgateMonth="4" PromulgateDay="5" LawType="Act">'
        "<LawNum>平成十二年法律第八十号</LawNum><LawBody><LawTitle>架空樹木医法</LawTitle>"
        '<MainProvision><Article Num="1"><ArticleTitle>第一条</ArticleTitle><Paragraph Num="1">'
        "<ParagraphNum/><ParagraphSentence><Sentence>この法律は、木を守る。</Sentence>"
        "</ParagraphSentence></Paragraph></Article></MainProvision></LawBody></Law>",
        encoding="utf-8",
    )
    document, _ = read_document(path, DocumentId("law.xml"), "0" * 64)
    assert (document.title, document.kind) == ("架空樹木医法", DocumentKind.ORDINANCE)
    assert document.date == dt.date(2000, 4, 5)
