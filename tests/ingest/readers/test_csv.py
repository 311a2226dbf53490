"""CSV and TSV: encodings, what parts the cells, titles, ragged rows, and text that looks active."""

import pytest

from index.errors import ReadingError
from ingest.readers.find import read_source

TABLE = "款,本年度,前年度\n市税,4390,4310\n交付税,4720,4655\n"
ROWS = [("款", "本年度", "前年度"), ("市税", "4390", "4310"), ("交付税", "4720", "4655")]


def read(tmp_path, text, name="a.csv", encoding="utf-8"):
    """Return what is read of a file of that text."""
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return read_source(path)


def shape(source):
    """Return the lines as cells where they have any, else as text."""
    return [line.cells or line.text for line in source.lines]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16", "euc_jp"])
def test_a_table_in_any_encoding_has_rows_and_heads(tmp_path, encoding):
    """The first row names the columns; rows count as a spreadsheet counts them."""
    source = read(tmp_path, TABLE, encoding=encoding)
    assert shape(source) == ROWS
    assert [line.header for line in source.lines] == [True, False, False]
    assert [line.locator.row for line in source.lines] == [1, 2, 3]
    assert source.warnings == ()


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("name", ["a.csv", "a.tsv"])
def test_the_delimiter_is_told_from_the_text(tmp_path, delimiter, name):
    """What parts most rows alike parts the cells, whatever the suffix promises."""
    text = TABLE.replace(",", delimiter) + delimiter.join(["計", '"1,2;3"', "x"]) + "\n"
    assert shape(read(tmp_path, text, name)) == [*ROWS, ("計", "1,2;3", "x")]


def test_titles_and_notes_are_words(tmp_path):
    """Lines of one cell above and below the table are no rows of it."""
    source = read(tmp_path, f"令和5年度歳入\n\n{TABLE}\n（注）見込み\n")
    assert shape(source) == ["令和5年度歳入", *ROWS, "（注）見込み"]
    assert [line.locator.row for line in source.lines] == [1, 3, 4, 5, 7]


def test_quoted_cells_may_hold_line_breaks_and_marks(tmp_path):
    """A line break or a comma inside quotation marks parts nothing."""
    text = '款,額,備考\n市税,1,"甲,\n""乙"""\n国税,2,丙\n'
    assert shape(read(tmp_path, text))[1:] == [("市税", "1", '甲, "乙"'), ("国税", "2", "丙")]


def test_ragged_rows_keep_all_their_cells(tmp_path):
    """Rows that are too short or too long lose nothing."""
    assert shape(read(tmp_path, TABLE + "諸収入,5\n寄附金,6,7,注\n"))[-2:] == [
        ("諸収入", "5", "", ""),
        ("寄附金", "6", "7", "注"),
    ]


def test_text_that_spreadsheets_would_run_stays_text(tmp_path):
    """Cells that begin with = + - @ are read as they are."""
    rows = [("名", "値", "備考"), ("甲", "=1+1", "@SUM(A1)"), ("乙", "-2", "+cmd|'/c calc'!A0")]
    text = "\n".join(",".join(row) for row in rows)
    assert shape(read(tmp_path, text)) == rows


def test_numbers_stay_as_they_are(tmp_path):
    """Leading zeros, commas and signs of numbers are kept."""
    rows = [("番号", "額", "率"), ("007", "△1,234", "0.10"), ("008", "1e3", "5%")]
    text = "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows)
    assert shape(read(tmp_path, text)) == rows


def test_a_quotation_mark_that_is_never_closed_swallows_nothing(tmp_path):
    """The rest of the file is read row by row, and a warning says so."""
    source = read(tmp_path, '款,額,備考\n市税,1,"甲\n国税,2,乙\n')
    assert shape(source)[1:] == [("市税", "1", '"甲'), ("国税", "2", "乙")]
    assert "never closed" in source.warnings[0]


def test_prose_in_a_csv_reads_as_lines(tmp_path):
    """A file of sentences is no table because of its suffix."""
    text = "本日の会議の概要である。\n議案は全て可決された。\n"
    assert shape(read(tmp_path, text)) == text.splitlines()


def test_a_file_that_is_no_text_is_refused(tmp_path):
    """Bytes under a .csv name, and a file of commas only, are named."""
    path = tmp_path / "a.csv"
    path.write_bytes(bytes(range(256)) * 4)
    with pytest.raises(ReadingError):
        read_source(path)
    with pytest.raises(ReadingError, match="no text"):
        read(tmp_path, ",,,\n,,,\n")
