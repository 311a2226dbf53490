"""Text files: encodings, Markdown, and what is no text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import ReadingError
from ingest.decoding import decode
from ingest.readers.find import read_source

SPEECH = "○議長（南条一郎君）　これより会議を開きます。ラーメン店の出店について御報告します。"


def lines_of(path):
    """Return the texts of a file's lines."""
    return [line.text for line in read_source(path).lines]


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "cp932", "euc_jp", "iso2022_jp", "utf-16-le", "utf-16-be"],
)
def test_japanese_text_is_read_in_whatever_encoding_it_was_saved(tmp_path, encoding):
    """Japanese text comes out the same whichever of the usual encodings it was saved in."""
    path = tmp_path / "minutes.txt"
    path.write_bytes(f"{SPEECH}\n資料1のとおりである。\n".encode(encoding))
    assert lines_of(path) == [SPEECH, "資料1のとおりである。"]


@pytest.mark.parametrize(("encoding", "name"), [("cp932", "髙橋"), ("euc_jis_2004", "高橋")])
def test_characters_beyond_the_plain_standards_are_read(tmp_path, encoding, name):
    """Circled digits and old forms of names survive, which the plain codecs refuse."""
    text = f"①　{name}委員から質問がありました。②　そのほかの事項です。"
    path = tmp_path / "minutes.txt"
    path.write_bytes(text.encode(encoding))
    assert lines_of(path) == [text]


def test_circled_digits_in_mail_encoding_are_read():
    """ISO-2022-JP with NEC's row 13, which Python's codec lacks, is read by way of EUC."""
    circled = "①".encode("euc_jis_2004")
    content = b"A\x1b$B" + bytes(byte & 0x7F for byte in circled) + b"\x1b(BB"
    assert decode(content).text == "A①B"


def test_bytes_that_fit_no_encoding_are_counted(tmp_path):
    """Text with broken bytes in it is read, and a warning says how many characters were lost."""
    path = tmp_path / "minutes.txt"
    path.write_bytes(SPEECH.encode() * 5 + b"\xff\xfe\xff" + SPEECH.encode())
    source = read_source(path)
    assert "これより会議を開きます" in source.lines[0].text
    assert "could not be decoded" in source.warnings[0]


@given(st.text(alphabet="あいうえおかきくけこアイウエオ漢字会議録、。\n", min_size=8))
def test_utf_8_is_never_mistaken(text):
    """Any text saved as UTF-8 is read as UTF-8."""
    assert decode(text.encode()).text == text


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_lines_end_as_on_any_system(tmp_path, line_end):
    """Unix, Windows and old Macintosh line ends all part lines."""
    path = tmp_path / "notes.txt"
    path.write_bytes(line_end.join(["議題等", "報告事項"]).encode())
    assert lines_of(path) == ["議題等", "報告事項"]


def test_headings_of_markdown_have_a_level(tmp_path):
    """The number of # before a Markdown heading is its level; elsewhere # is a character."""
    text = "# 報告書\n\n## 概要 ##\n\n本文である。\n"
    markdown, plain = tmp_path / "report.md", tmp_path / "report.txt"
    markdown.write_text(text)
    plain.write_text(text)
    assert [(line.text, line.level) for line in read_source(markdown).lines] == [
        ("報告書", 1),
        ("概要", 2),
        ("本文である。", None),
    ]
    assert lines_of(plain)[0] == "# 報告書"


def test_tables_and_headings_of_markdown_are_read(tmp_path):
    """Rows have cells and a head, underlined lines are headings, fences hold plain lines."""
    path = tmp_path / "report.md"
    path.write_text(
        "---\ntitle: 令和4年度の報告\ntags: x\n---\n報告書\n======\n\n概要\n---\n\n"
        "| 款 | 予算額 |\n|:---|---:|\n| 土木費 | 100 |\n| 総務\\|費 |\n\n"
        "```\n# 見出しではない\n```\n\n1. 一つ目である。\n2. 二つ目である。\n"
    )
    source = read_source(path)
    assert source.title == "令和4年度の報告"
    assert [(line.text, line.level, line.header) for line in source.lines] == [
        ("報告書", 1, False),
        ("概要", 2, False),
        ("款\t予算額", None, True),
        ("土木費\t100", None, False),
        ("総務|費", None, False),
        ("# 見出しではない", None, False),
        ("1. 一つ目である。", None, False),
        ("2. 二つ目である。", None, False),
    ]


def test_rules_of_markdown_are_no_headings(tmp_path):
    """A paragraph of several lines above a rule is no heading, nor is --- at the start."""
    path = tmp_path / "notes.md"
    path.write_text("---\n\n本文の一行目である。\n本文の二行目である。\n---\n")
    assert all(line.level is None for line in read_source(path).lines)


def test_english_text_from_windows_is_read(tmp_path):
    """Curly quotes of Windows are no Japanese, though CP932 has characters for their bytes."""
    text = "The council\u2019s \u201cplan\u201d was agreed \u2013 without a vote being taken. "
    text += "Hiring the caf\u00e9 costs \u00a35 an hour, as the clerk reported to all members."
    path = tmp_path / "minutes.txt"
    path.write_bytes(text.encode("cp1252"))
    assert lines_of(path) == [text]


@pytest.mark.parametrize("length", [1, 20])
@pytest.mark.parametrize("name", ["\u4e2d\u5d8b", "\u8868"])
def test_short_japanese_among_english_stays_japanese(tmp_path, name, length):
    """A name in CP932 in an English text is not taken for accented letters."""
    said = "The chair opened the meeting at ten o'clock. " * length
    text = f"Present: {name}, Smith. {said}".strip()
    path = tmp_path / "minutes.txt"
    path.write_bytes(text.encode("cp932"))
    assert lines_of(path) == [text]


LAW = """<?xml version="1.0" encoding="UTF-8"?><Law Era="Reiwa"><LawNum>令和四年条例第一号</LawNum>
<LawBody><LawTitle>南条市防災条例</LawTitle><TOC><TOCLabel>目次</TOCLabel><TOCChapter>
<ChapterTitle>第一章　総則</ChapterTitle><ArticleRange>（第一条・第二条）</ArticleRange>
</TOCChapter></TOC><MainProvision><Chapter><ChapterTitle>第一章　総則</ChapterTitle>
<Article Num="1"><ArticleCaption>（目的）</ArticleCaption><ArticleTitle>第一条</ArticleTitle>
<Paragraph Num="1"><ParagraphNum/><ParagraphSentence><Sentence>この条例は、<Ruby>災<Rt>さい</Rt>
</Ruby>害に備える。</Sentence><Sentence>ただし、別に定めるものを除く。</Sentence>
</ParagraphSentence></Paragraph><Paragraph Num="2"><ParagraphNum>２</ParagraphNum>
<ParagraphSentence><Sentence>用語は、次のとおりとする。</Sentence></ParagraphSentence>
<Item><ItemTitle>一</ItemTitle><ItemSentence><Column><Sentence>避難所</Sentence></Column><Column>
<Sentence>市が定める所をいう。</Sentence></Column></ItemSentence></Item></Paragraph></Article>
</Chapter></MainProvision><SupplProvision AmendLawNum="令和五年条例第二号">
<SupplProvisionLabel>附　則</SupplProvisionLabel><Paragraph Num="1"><ParagraphNum/>
<ParagraphSentence><Sentence>公布の日から施行する。</Sentence></ParagraphSentence></Paragraph>
</SupplProvision></LawBody></Law>"""


def test_laws_in_xml_are_read_by_article(tmp_path):
    """The XML of the law database has each number before its text; readings are left out."""
    path = tmp_path / "law.xml"
    path.write_text(LAW)
    source = read_source(path)
    assert source.title == "南条市防災条例"
    assert [line.text for line in source.lines] == [
        "令和四年条例第一号",
        "南条市防災条例",
        "目次",
        "第一章　総則（第一条・第二条）",
        "第一章　総則",
        "（目的）",
        "第一条　この条例は、災害に備える。ただし、別に定めるものを除く。",
        "２　用語は、次のとおりとする。",
        "一　避難所　市が定める所をいう。",
        "附　則（令和五年条例第二号）",
        "公布の日から施行する。",
    ]
    assert source.lines[7].locator.anchor == "1"


def test_text_has_no_pages(tmp_path):
    """A text file has no pages, so nothing from it is cited by page."""
    path = tmp_path / "notes.txt"
    path.write_text(SPEECH)
    source = read_source(path)
    assert source.pages is None
    assert source.lines[0].page is None


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.pdf", b" \n\n", "empty"),
        ("program.txt", bytes(range(256)) * 20, "save it as PDF"),
        ("old.dat", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Office"),
        ("data.xml", b"<?xml version='1.0'?><data><row>1</row></data>", "save it as PDF"),
        ("data.json", b'{"minutes": []}', ".json files are not read"),
    ],
)
def test_a_file_of_another_format_is_refused_with_what_to_do(tmp_path, name, content, told):
    """What is neither PDF, Word nor text is named for what it is, with the way out."""
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ReadingError, match=told):
        read_source(path)


def test_text_named_as_a_pdf_is_read_as_text(tmp_path):
    """A file that is not what its name says is read as what it is."""
    path = tmp_path / "minutes.pdf"
    path.write_text(SPEECH)
    assert lines_of(path) == [SPEECH]
