import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.passage import DocumentKind, PassageKind
from ingest.readers.find import read_source
from ingest.understand import understand
from tests.ingest.lines import read
from tests.ingest.making import write_minutes

LONG = "これは、規則で定める要件に該当すると市長が認めるものに限る。" * 7
OLD = f"""\
○つばき市手数料条例
平成12年3月27日条例第5号
つばき市手数料条例（昭和30年条例第8号）の全部を改正する。
私たちは、豊かな自然に恵まれたこの地で暮らしてきた。この営みを将来に引き継ぐため、この条例を制定する。
第一編　通則
第一章　総則
第一節　目的
第一条（目的）　この条例は、手数料について定める。
（平成十七年条例三・一部改正）
第二条　削除
第三条から第五条まで　削除
第二章　減免
（減免）
第十条の二　市長は、次の各号のいずれかに該当する者の手数料を減免する。
　一　被保護者{LONG}
　二　次のいずれにも該当する者{LONG}
　　イ　市内に住所を有すること。{LONG}
　　ロ　世帯を同じくすること。{LONG}
　三　市長が認める者{LONG}
②　前項の申請は、書面による。
附　則　抄
第一条　この条例は、公布の日から施行する。
附　則〔平成17年3月25日条例第3号〕
この条例は、公布の日から施行する。
別表第一（第十条の二関係）
住民票　三百円
第２号様式（第十条の二関係）
申請書
"""


def addresses(text):
    """Return the addresses of a text's passages in order."""
    _, passages = read(text)
    return [p.article for p in passages if p.article]


def test_an_ordinance_in_kanji_numerals_is_addressed_throughout():
    """Preamble, deleted articles, items, supplements, appendices and forms have addresses."""
    assert addresses(OLD) == [
        "前文",
        "第1条",
        "第2条",
        "第3条から第5条まで",
        "第10条の2第1項",
        "第10条の2第1項第2号",
        "第10条の2第1項第2号イ",
        "第10条の2第1項第2号ロ",
        "第10条の2第1項第3号",
        "第10条の2第2項",
        "附則第1条",
        "附則（平成17年3月25日条例第3号）",
        "別表第1",
        "第2号様式",
    ]


def test_divisions_and_lead_ins_stand_above_an_item():
    """An item has part, chapter, caption and the words that announce it as its heading."""
    document, passages = read(OLD)
    item = next(p for p in passages if p.article == "第10条の2第1項第2号ロ")
    assert item.heading[:3] == ("第一編 通則", "第二章 減免", "（減免）")
    assert item.heading[3].startswith("第十条の二　市長は、次の各号")
    assert item.heading[4].startswith("二　次のいずれにも")
    assert document.coverage == 1.0


def test_a_caption_beside_the_number_and_an_editors_note():
    """The caption may stand beside; （平成十七年条例三・一部改正） is no caption of the next."""
    _, passages = read(OLD)
    first = next(p for p in passages if p.article == "第1条")
    assert first.heading == ("第一編 通則", "第一章 総則", "第一節 目的", "（目的）")
    assert first.text.endswith("（平成十七年条例三・一部改正）")
    assert next(p for p in passages if p.article == "第2条").heading[-1] == "第一節 目的"


@pytest.mark.parametrize(
    "marks",
    [
        ("一", "二", "三"),
        ("（１）", "（２）", "（３）"),
        ("(1)", "(2)", "(3)"),
        ("⑴", "⑵", "⑶"),
        ("１", "２", "３"),
        ("①", "②", "③"),
    ],
)
def test_items_are_known_by_any_of_their_numerals(marks):
    """Kanji, figures in brackets, bare and circled figures count the items of a list."""
    items = "\n".join(f"{mark}　樹林{LONG}" for mark in marks)
    text = f"緑地条例\n第１条　次に掲げるものをいう。\n{items}\n第２条　規則で定める。"
    assert addresses(text) == ["第1条", "第1条第2号", "第1条第3号", "第2条"]


def test_items_in_katakana_and_their_parts():
    """ア and (ア) below an item are addressed as printed; 二の二 is a branch."""
    text = (
        f"緑地条例\n第１条　次に掲げるものをいう。{LONG}\n(1)　樹林{LONG}\nア　高木{LONG}\n"
        f"(ア)　松{LONG}{LONG}\n(イ)　杉{LONG}{LONG}\n(1)の2　竹{LONG}{LONG}\n第２条　定める。"
    )
    found = addresses(text)
    assert "第1条第1号ア(イ)" in found
    assert "第1条第1号の2" in found


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 4), min_size=1, max_size=6))
def test_every_paragraph_of_long_articles_has_its_address(counts):
    """項 1 has no numeral, 項 2 and after are numbered; 号 never take a 項's place."""
    lines = ["緑地条例", "第１条　緑地を守る。"]
    expected = ["第1条"]
    for article, count in enumerate(counts, start=2):
        lines.append(f"第{article}条　緑地を守る。{LONG * 3}")
        lines += [f"{number}　届け出る。{LONG * 3}" for number in range(2, count + 1)]
        parts = [f"第{article}条第{n}項" for n in range(1, count + 1)]
        expected += parts if count > 1 else [f"第{article}条"]
    assert list(dict.fromkeys(addresses("\n".join(lines)))) == expected


def test_an_english_ordinance_has_sections_and_their_parts():
    """Recitals, articles as divisions, sections and (a)(1) are told apart; sections refer."""
    long = "This sentence is repeated so that the section grows long. " * 6
    document, passages = read(
        "CITY OF ALDER BAY\nORDINANCE NO. 7\nWHEREAS, rentals affect housing;\n"
        "ARTICLE I. GENERAL\nSection 2-1. Purpose. This chapter protects housing.\n"
        f"Sec. 2-2. Definitions. In this chapter:\n(a) A host rents under Section 2-1(b). {long}\n"
        f"(b) A guest stays. {long}\n(1) A guest pays. {long}\n"
        "ARTICLE II. PERMITS\n1.01.010 Permit required. No host may rent without one.",
    )
    assert document.kind is DocumentKind.ORDINANCE
    assert document.coverage == 1.0
    assert [p.article for p in passages if p.article] == [
        "Section 2-1",
        "Section 2-2",
        "Section 2-2(a)",
        "Section 2-2(b)",
        "Section 2-2(b)(1)",
        "1.01.010",
    ]
    part = next(p for p in passages if p.article == "Section 2-2(a)")
    assert part.heading[:2] == ("ARTICLE I. GENERAL", "Definitions")
    assert [ref.article for ref in part.references] == ["Section 2-1(b)"]
    assert passages[1].heading == ("Recitals",)


def test_english_minutes_with_sections_are_no_ordinance():
    """Lines that open with Section do not make an ordinance of a report."""
    document, _ = read("Annual report\nSection 1. Roads\nSection 2. Parks\nSection 3. Water")
    assert document.kind is DocumentKind.REPORT


def test_a_form_on_its_own_belongs_to_the_ordinances():
    """様式第1号（第6条関係） alone in a file has its address."""
    document, passages = read("様式第１号（第６条関係）\n減免申請書\n氏名\n住所")
    assert document.kind is DocumentKind.ORDINANCE
    assert passages[0].article == "様式第1号"


def test_minutes_that_quote_articles_stay_minutes():
    """Speakers who read articles aloud do not make an ordinance."""
    said = "\n".join(
        f"○議長（田上君）　条文を読みます。\n第{n}条　市は、緑地を守る。" for n in (1, 2, 3)
    )
    document, _ = read(f"緑地特別委員会会議録\n{said}")
    assert document.kind is DocumentKind.MINUTES


def test_rows_of_an_appendix_stay_whole_with_their_heads(tmp_path):
    """A long table of fees in a Word file is cut between rows; the heads stand above."""
    written = docx.Document()
    for line in ("つばき市手数料条例", "第１条　手数料は、別表による。", "第２条　定める。"):
        written.add_paragraph(line)
    written.add_paragraph("別表（第１条関係）")
    table = written.add_table(rows=0, cols=2)
    rows = [(f"証明書第{n}種の交付の手数料", f"{n}00円") for n in range(1, 40)]
    for cells in (("種類", "金額"), *rows):
        row = table.add_row()
        row.cells[0].text, row.cells[1].text = cells
    path = tmp_path / "手数料.docx"
    written.save(str(path))
    _, passages = understand(read_source(path), "手数料.docx", "0")
    fees = [p for p in passages if p.article == "別表"]
    assert len(fees) > 2
    assert all(p.kind is PassageKind.TABLE for p in fees)
    assert all(p.heading == ("別表（第１条関係）", "種類 | 金額") for p in fees[1:])
    kept = [line for p in fees for line in p.text.split("\n") if "第" in line and "\t" in line]
    assert kept == ["\t".join(row) for row in rows]


def test_a_wrapped_pdf_reads_like_the_text(tmp_path):
    """Hard-wrapped lines over several pages give the same addresses."""
    lines = [line for line in OLD.split("\n") if line]
    path = write_minutes(tmp_path / "条例.pdf", lines, lines_a_page=18)
    document, passages = understand(read_source(path), "条例.pdf", "0")
    assert document.kind is DocumentKind.ORDINANCE
    found = [p.article for p in passages if p.article]
    assert found == addresses(OLD)
    assert document.coverage >= 0.99


def test_a_page_of_an_ordinance_system_keeps_articles_and_tables(tmp_path):
    """HTML with one element a line, half-width brackets and editor's notes."""
    path = tmp_path / "reiki.html"
    path.write_text(
        "<!DOCTYPE html><html><head><meta charset='utf-8'></head><body>"
        "<p>○つばき市空家等の適切な管理に関する条例</p><p>平成28年3月25日<br>条例第14号</p>"
        "<p>(目的)</p><p>第1条　この条例は、空家等対策の推進に関する特別措置法"
        "(平成26年法律第127号。"
        "以下「法」という。)に基づき定める。</p><p>(令3条例8・一部改正)</p>"
        "<p>第2条　削除</p><p>(定義)</p>"
        "<p>第3条　空家等とは、法第2条第1項に規定するものをいう。</p>"
        "<p>附　則(令和3年3月24日条例第8号)抄</p><p>この条例は、公布の日から施行する。</p>"
        "<p>別表第1(第3条関係)</p><table><tr><th>区分</th><th>額</th></tr>"
        "<tr><td>木造</td><td>300円</td></tr></table></body></html>",
        encoding="utf-8",
    )
    document, passages = understand(read_source(path), "reiki.html", "0")
    assert document.enactment.number == "平成28年条例第14号"
    assert [(p.article, p.heading) for p in passages if p.article] == [
        ("第1条", ("(目的)",)),
        ("第2条", ()),
        ("第3条", ("(定義)",)),
        ("附則（令和3年3月24日条例第8号）", ("附則(令和3年3月24日条例第8号)抄",)),
        ("別表第1", ("別表第1(第3条関係)",)),
    ]
    assert passages[3].references[0].title == "空家等対策の推進に関する特別措置法"
