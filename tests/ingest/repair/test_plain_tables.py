"""Tables in plain text whose words are set wide, and entries with their amounts at the edge."""

import pytest

from ingest.document.source import Line
from ingest.repair.repair import repair


def cells_of(*texts):
    """Return the cells of these lines, those without cells left out."""
    return [line.cells for line in repair([Line(text) for text in texts]) if line.cells]


def test_a_word_set_wide_is_one_cell():
    """Of the head and of the label, where the columns stand farther apart."""
    assert cells_of(
        "区　　分　　　　５年度　　　　４年度　　　増　減",
        "町　　税　　　　９８１，２００　　　９７２，４００　　　８，８００",
        "地方交付税　　　１，９５０　　　１，９３１　　　１９",
    ) == [
        ("区分", "５年度", "４年度", "増減"),
        ("町税", "９８１，２００", "９７２，４００", "８，８００"),
        ("地方交付税", "１，９５０", "１，９３１", "１９"),
    ]


def test_columns_of_one_character_stay_apart():
    """男, 女 and 計 stand as far apart as the other cells."""
    rows = ("区分　男　女　計", "北町　10　12　22", "南町　8　9　17")
    assert cells_of(*rows)[0] == ("区分", "男", "女", "計")


def test_a_blank_inside_a_cell_does_not_cut_it():
    """The columns are told by wide gaps where there are too many cells."""
    assert cells_of(
        "款　　　　　本年度　　　前年度　　　説　明",
        "市税　　　　6,118　　　5,902　　　減税の終了による増 187",
        "地方債　　　3,000　　　4,000　　　借換えの減",
    )[1] == ("市税", "6,118", "5,902", "減税の終了による増 187")


@pytest.mark.parametrize("below", ["区分　１８人　夜間", "第１配備　津波注意報　全ての課　１８人"])
def test_a_column_may_have_no_head(below):
    """As many words as the rows have cells are as many heads, also where they are short."""
    rows = ("区　分　　　配備の基準　　　職員", below, "第２配備　津波警報　係長以上　４５人")
    found = cells_of(*rows, "第３配備　大津波　全職員　９０人")
    assert found[-1] == ("第３配備", "大津波", "全職員", "９０人")


def test_an_entry_with_its_amount_does_not_go_on():
    """The line below begins another sentence, however full the entry's line is."""
    prose = "市立の小学校の全てで、給食費を令和七年四月から無償とし、その費用を市が負担するものとす"
    entry = "新　防犯カメラの設置の補助　　　　　　　　　　　　　　　　　　　　　　６，０００千円"
    texts = [
        line.text for line in repair([Line(text) for text in (*[prose] * 6, entry, "補助する。")])
    ]
    assert texts[-1] == "補助する。"
