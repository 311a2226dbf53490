import docx
import pytest

from index.passage import DocumentKind, PassageKind
from ingest.readers.find import read_source
from ingest.understand import understand
from tests.ingest.lines import read

BY_ARTICLE = """\
つばき市公民館条例等の一部を改正する条例をここに公布する。
令和5年3月20日
つばき市条例第9号
つばき市公民館条例等の一部を改正する条例
（つばき市公民館条例の一部改正）
第１条　つばき市公民館条例（昭和60年条例第18号）の一部を次のように改正する。
　第５条第２項中「第３条の三十日」を「六十日」に改め、同条第３項を削る。
　第１条の次に次の１条を加える。
　（報告）
第２条　館長は、前条の規定により報告しなければならない。
２　前項の報告は、毎月行う。
　第７条を次のように改める。
（手数料）
第７条　手数料は、無料とする。
（つばき市体育館条例の一部改正）
第２条　つばき市体育館条例（平成３年条例第２号）の一部を次のように改正する。
　第３条に次の１項を加える。
３　市長は、休館日を変更することができる。
附　則
（施行期日）
１　この条例は、令和５年４月１日から施行する。
（職員定数条例の一部改正）
２　職員定数条例（昭和50年条例第１号）の一部を次のように改正する。
　第２条第１号中「500人」を「510人」に改める。
（経過措置）
３　施行の日前にした申請については、なお従前の例による。
"""
PLAIN = """\
つばき市火入れ条例の一部を改正する条例
つばき市火入れ条例（昭和59年条例第20号）の一部を次のように改正する。
第2条第1項第3号を次のように改める。
(3)　火入れを行う者の氏名
第8条中「規則」を「市長」に改める。
附　則
この条例は、公布の日から施行する。
"""


def changes(text):
    """Return (own address, changed title and article as printed, text) of the clauses."""
    _, passages = read(text)
    return [
        (p.article, p.heading[-2:], p.text)
        for p in passages
        if p.references and p.references[0].title in p.heading
    ]


def test_a_clause_has_its_own_address_and_names_what_it_changes():
    """No passage claims an article of the ordinance that is changed for its own."""
    found = [(own, heading) for own, heading, _ in changes(BY_ARTICLE)]
    first, second = "つばき市公民館条例", "つばき市体育館条例"
    assert found == [
        ("第1条", (first, "第５条第２項")),
        ("第1条", (first, "第１条")),
        ("第1条", (first, "第７条")),
        ("第2条", (second, "第３条")),
        ("附則", ("職員定数条例", "第２条第１号")),
    ]


def test_quoted_text_stays_with_its_clause():
    """A new article is part of the clause that adds it, even when its number would come next."""
    added = changes(BY_ARTICLE)[1][2]
    assert added.startswith("第１条の次に次の１条を加える。\n（報告）\n第２条　館長は")
    assert added.endswith("２　前項の報告は、毎月行う。")


def test_a_range_of_renewed_articles_belongs_to_its_clause():
    """第10条から第12条まで announces three articles, also where one could be the next own one."""
    text = BY_ARTICLE.replace(
        "　第７条を次のように改める。\n（手数料）\n第７条　手数料は、無料とする。",
        "　第10条から第12条までを次のように改める。\n"
        "第10条　一とする。\n第11条　二とする。\n第２条　三とする。",
    )
    assert changes(text)[2][2].endswith(
        "第10条　一とする。\n第11条　二とする。\n第２条　三とする。"
    )


def test_clauses_refer_to_articles_of_the_changed_ordinance():
    """同条 means the changed article; what stands in 「」 is no reference."""
    _, passages = read(BY_ARTICLE)
    clause = next(p for p in passages if p.text.startswith("第５条第２項中"))
    assert [(ref.article, ref.title) for ref in clause.references] == [
        ("第5条第2項", "つばき市公民館条例"),
        ("第5条第3項", "つばき市公民館条例"),
    ]


def test_an_amendment_is_an_ordinance_with_or_without_articles_of_its_own():
    """Kind, coverage and what is amended; the text after the clauses goes on."""
    for text, amends in ((BY_ARTICLE, "つばき市公民館条例"), (PLAIN, "つばき市火入れ条例")):
        document, passages = read(text)
        assert document.kind is DocumentKind.ORDINANCE
        assert document.enactment.amends == amends
        assert document.coverage == 1.0
        assert passages[-1].article == "附則"
    assert [(own, heading[-1]) for own, heading, _ in changes(PLAIN)] == [
        (None, "第2条第1項第3号"),
        (None, "第8条"),
    ]


def test_an_ordinance_that_amends_in_its_supplement_only_amends_nothing_itself():
    """A consequential amendment in 附則 does not make a 改正条例."""
    own = "つばき市緑地条例\n第１条　定める。\n第２条　委任する。\n"
    text = own + BY_ARTICLE[BY_ARTICLE.index("附") :]
    document, _ = read(text)
    assert document.enactment.amends is None
    assert changes(text)[-1][1] == ("職員定数条例", "第２条第１号")


@pytest.mark.parametrize(
    "heads",
    [("現行", "改正案"), ("改正後", "改正前")],
)
def test_a_table_of_old_and_new_keeps_which_side_is_which(tmp_path, heads):
    """Each side of a row of a Word table is a passage; a row with one side says so."""
    written = docx.Document()
    written.add_paragraph("つばき市公園条例の一部を改正する条例新旧対照表")
    table = written.add_table(rows=0, cols=2)
    for cells in (
        heads,
        ("第５条　許可を受ける。", "第５条　届け出る。"),
        ("２　期間は三月。", ""),
    ):
        row = table.add_row()
        row.cells[0].text, row.cells[1].text = cells
    path = tmp_path / "新旧.docx"
    written.save(str(path))
    document, passages = understand(read_source(path), "新旧.docx", "0")
    rows = [p for p in passages if p.kind is PassageKind.TABLE]
    title = "つばき市公園条例"
    assert document.enactment.amends == title
    assert document.coverage == 1.0
    assert [(p.heading[1:], p.text, p.article) for p in rows] == [
        ((heads[0], "第5条"), "第５条　許可を受ける。", None),
        ((heads[1], "第5条"), "第５条　届け出る。", None),
        ((f"{heads[0]}（{heads[1]}になし）", "第5条"), "２　期間は三月。", None),
    ]
    assert {p.heading[0] for p in rows} == {title}
    assert {(ref.article, ref.title) for p in rows for ref in p.references} == {("第5条", title)}


def test_columns_parted_by_blanks_are_rows_too():
    """Lines of a page that belong to one row stay together; a new paragraph opens the next."""
    document, passages = read(
        "つばき市公園条例新旧対照表\n現　行　　　　　　改　正　案\n"
        "第５条　公園を利用する者　　第５条　公園を利用する者\n"
        "は、届け出る。　　　　　　　は、許可を受ける。\n"
        "　　　　　　　　　　　　　　２　期間は三月とする。\n"
        "第６条　（略）　　　　　　　第６条　（略）",
    )
    rows = [p for p in passages if p.kind is PassageKind.TABLE]
    assert [(p.heading[1], p.heading[2], p.text) for p in rows] == [
        ("現行", "第5条", "第５条　公園を利用する者は、届け出る。"),
        ("改正案", "第5条", "第５条　公園を利用する者は、許可を受ける。"),
        ("改正案（現行になし）", "第5条", "２　期間は三月とする。"),
        ("現行", "第6条", "第６条　（略）"),
        ("改正案", "第6条", "第６条　（略）"),
    ]
    assert document.coverage == 1.0
