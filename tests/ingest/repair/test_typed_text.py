import unicodedata

import pytest

from index.passage import DocumentId
from ingest.isolation.in_process import read_document

MINUTES = """\
令和５年度　⻘⽊町⽂化財保護審議会　議事録
令和５年６月１日（⽊）
○会⻑（⼾⽥　⺠⼦君）　⿊塚の発掘について、説明を求めます。
○⽂化財課⻑（⻄　⾼志君）　⿊塚は来年度、⻩⾦⼭と共に調べます。ﾌﾟﾘﾝﾀと㈱は元のままです。
"""


def read(folder, text):
    """Read a text file that holds the text."""
    path = folder / "file.txt"
    path.write_text(text, encoding="utf-8")
    return read_document(path, DocumentId("file.txt"), "0" * 64)


def test_radicals_are_read_as_the_ideographs_that_are_seen(tmp_path):
    """Names, body and words come out in the Japanese ideographs; what was typed so stays."""
    document, passages = read(tmp_path, MINUTES)
    assert document.body == "青木町文化財保護審議会"
    assert [(p.speaker, p.text) for p in passages if p.speaker] == [
        ("会長（戸田　民子君）", "黒塚の発掘について、説明を求めます。"),
        (
            "文化財課長（西　高志君）",
            "黒塚は来年度、黄金山と共に調べます。ﾌﾟﾘﾝﾀと㈱は元のままです。",
        ),
    ]


@pytest.mark.parametrize(
    ("encoded", "typed"),
    [
        (
            unicodedata.normalize("NFD", "ごみ袋とプールについて話した。"),
            "ごみ袋とプールについて話した。",
        ),
        ("The oﬃce ﬁled the Café plan.", "The office filed the Café plan."),
        ("\ufa19田さんと\ufa11田さんが話した。", "\ufa19田さんと\ufa11田さんが話した。"),
    ],
)
def test_letters_that_were_taken_apart_or_drawn_as_one_are_put_right(tmp_path, encoded, typed):
    """か with its mark is が, a ligature is its letters; a variant in a name is left alone."""
    _, passages = read(tmp_path, f"報告書\n{encoded}\n")
    assert typed in "\n".join(passage.text for passage in passages)
