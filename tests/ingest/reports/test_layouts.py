"""Forms of reports as towns publish them: letters, results of a committee, notices of questions."""

from tests.ingest.lines import read

LETTER = """監　第　４１　号
令和６年２月２９日
みなと市長　　　三　枝　　　勲　様
みなと市議会議長　羽田野　和　彦　様
みなと市監査委員　　尾　上　　　進
定期監査結果報告書
地方自治法の規定により監査を実施した。
"""
RESULTS = """委員会審査報告書
１　審査の日　令和６年９月１２日
２　審査の結果
事件と結果を次に示す。
議案第４５号　水道事業会計決算　認定すべきもの
議案第４６号　町道路線の認定　　可決すべきもの
３　審査の概要
漏水の率について質疑があった。
"""
NOTICE = """令和６年第３回定例会　一般質問通告一覧表
順位１　７番　安西　俊夫　議員
１　町立病院の産科について
(1) 医師の確保の状況は
答弁を求める者　町長
順位２　３番　国見　さち　議員
１　獣害について
(1) 電気柵の補助の率は
答弁を求める者　産業課長
"""


def test_a_letter_is_called_by_what_stands_below_its_head():
    """Number, day and addressees come first."""
    document, _ = read(LETTER, "41.txt")
    assert document.title == "定期監査結果報告書"
    assert str(document.date) == "2024-02-29"


def test_rows_above_the_next_heading_belong_to_the_section_before():
    """They look like headings, but the next section does not hold them."""
    _, passages = read(RESULTS)
    rows = next(p for p in passages if "議案第４５号" in p.text)
    assert "３　審査の概要" not in rows.heading
    assert next(p for p in passages if "漏水" in p.text).heading == ("３　審査の概要",)


def test_a_notice_of_questions_has_a_section_for_each_member():
    """The member's name stands above the matters, and never at the end of another's."""
    _, passages = read(NOTICE)
    answers = {p.text: p.heading for p in passages if p.text.startswith("答弁")}
    assert answers == {
        "答弁を求める者　町長": (
            "順位１　７番　安西　俊夫　議員",
            "１　町立病院の産科について",
            "(1) 医師の確保の状況は",
        ),
        "答弁を求める者　産業課長": (
            "順位２　３番　国見　さち　議員",
            "１　獣害について",
            "(1) 電気柵の補助の率は",
        ),
    }
