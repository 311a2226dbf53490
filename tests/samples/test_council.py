"""The sample council is what its questions, its demo and its documentation take it to be."""

import json
import re
from collections import Counter
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from unicodedata import is_normalized, normalize

import pytest
from docx import Document
from docx.table import Table
from pypdf import PdfReader

from samples import council, questions

COUNCIL = council()
DOCUMENTS = sorted(path for path in COUNCIL.rglob("*") if path.is_file())
MINUTES = {"公共交通審議会": 4, "文教厚生委員会": 4, "本会議": 4, "姉妹都市": 1}
FONT = Path("/usr/share/fonts/opentype/ipaexfont-mincho/ipaexm.ttf")

# how a speaker's turn begins, one way of writing a line
LAYOUTS = {
    "bullet and brackets": r"^・（久世副会長）",
    "name and colon": r"^委員（滝）：",
    "post and colon": r"^事務局：",
    "bare line": r"^久世会長$",
    "circle, post and brackets": r"^◯委員長（戸塚光代君）",
    "square brackets": r"^【委員長】",
    "question and answer in square brackets": r"^【答】",
    "diamond and seat number": r"^◆１２番（水島香織君）",
    "circle without brackets": r"^〇議長　",
    "filled circle and name": r"^●事務局（三枝課長）",
    "kanji seat number": r"^○五番（岸本翔君）",
    "English": r"^Councilmember Abara:",
}


@cache
def pages(path: Path) -> tuple[str, ...]:
    """A document's text as read back, page by page; one page where the format has none."""
    if path.suffix == ".pdf":
        return tuple(page.extract_text() for page in PdfReader(path).pages)
    if path.suffix == ".docx":
        blocks = Document(str(path)).iter_inner_content()
        return ("\n".join(_table(it) if isinstance(it, Table) else it.text for it in blocks),)
    return (decoded(path)[0],)


def _table(table: Table) -> str:
    return "\n".join("\t".join(cell.text for cell in row.cells) for row in table.rows)


def decoded(path: Path) -> tuple[str, str]:
    """The text of a text file, and the encoding it is in."""
    for encoding in ("utf-8", "cp932"):
        try:
            return path.read_bytes().decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    message = f"{path} is neither UTF-8 nor CP932"
    raise AssertionError(message)


def folded(text: str) -> str:
    """What ``kiroku evaluate`` compares: NFKC without white space."""
    return re.sub(r"\s", "", normalize("NFKC", text))


def asked() -> list[dict]:
    """Every question of the sample, as its line says it."""
    return [json.loads(line) for line in questions().read_text("utf-8").splitlines()]


def test_the_council_holds_minutes_ordinances_and_reports() -> None:
    """Three bodies and the sister city have minutes; there are four texts of ordinances."""
    kept = Counter(path.parent.name for path in DOCUMENTS)
    assert kept == MINUTES | {"例規": 4, "報告書": 3}


def test_the_council_comes_in_three_formats_and_two_encodings() -> None:
    """PDF, Word and text are there, the text in UTF-8 and in CP932."""
    assert Counter(path.suffix for path in DOCUMENTS) == {".pdf": 14, ".docx": 3, ".txt": 3}
    encodings = {decoded(path)[1] for path in DOCUMENTS if path.suffix == ".txt"}
    assert encodings == {"utf-8", "cp932"}


def test_there_is_enough_to_read() -> None:
    """Read back without white space, the documents hold more than 40,000 characters."""
    assert sum(len(folded(page)) for path in DOCUMENTS for page in pages(path)) >= 40_000


def test_the_council_is_small() -> None:
    """What ships with the package stays below 3 MB."""
    assert sum(path.stat().st_size for path in DOCUMENTS) < 3_000_000


def test_file_names_are_composed() -> None:
    """Every path is NFC, so that a gold path equals the one found on disk."""
    assert all(is_normalized("NFC", path.relative_to(COUNCIL).as_posix()) for path in DOCUMENTS)


@pytest.mark.parametrize("marker", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_speakers_are_marked_in_many_ways(marker: str) -> None:
    """Each way of marking a speaker is used somewhere, at the start of a line."""
    assert any(re.search(marker, page, re.MULTILINE) for path in DOCUMENTS for page in pages(path))


@pytest.mark.parametrize("body", ["公共交通審議会", "文教厚生委員会", "本会議"])
def test_each_body_met_in_three_years(body: str) -> None:
    """The minutes of each body span three calendar years."""
    years = str.maketrans("四五六", "456")
    found = set()
    for path in DOCUMENTS:
        if path.parent.name == body:
            date = re.search(r"(?:令和|R)([4-6四五六])[年.]", folded(pages(path)[0]))
            assert date, path
            found.add(date[1].translate(years))
    assert found == {"4", "5", "6"}


def test_a_sentence_is_cut_by_a_page_break() -> None:
    """In most of the paged minutes some page ends within a sentence, before its page number."""
    cut = [path for path in DOCUMENTS if any(map(ends_within_a_sentence, pages(path)[:-1]))]
    assert len(cut) >= 5


def ends_within_a_sentence(page: str) -> bool:
    """Whether the last line above the page number ends in a kana or a kanji."""
    return bool(re.search(r"[ぁ-んァ-ヶ一-龠、]$", page.rstrip().splitlines()[-2]))


@pytest.mark.parametrize(
    ("name", "opening", "end"),
    [("令和4年第3回定例会_第3号", "おはようございます。市民クラブ", "ただいまの質問に対し")],
)
def test_one_member_asks_many_things_in_one_speech(name: str, opening: str, end: str) -> None:
    """The bundled question is long, and its answers open by naming the part that they meet."""
    path = next(path for path in DOCUMENTS if path.name.startswith(name))
    text = folded("".join(pages(path)))
    assert text.index(folded(end)) - text.index(folded(opening)) >= 1_500
    assert len(re.findall("についてのお尋ねですが", text)) >= 3


def test_the_amended_ordinance_is_kept_in_both_texts() -> None:
    """The fee of the after-school clubs stands as it was and as it is, in two documents."""
    fees = {
        fee
        for path in DOCUMENTS
        if path.name.startswith("放課後児童クラブ条例")
        for fee in re.findall(r"児童1人につき月額([\d,]+)円", folded("".join(pages(path))))
    }
    assert fees == {"6,000", "7,500"}


def test_there_are_questions_of_every_kind() -> None:
    """The questions are many, some in English, some not answered by the materials."""
    kinds = Counter(question["kind"] for question in asked())
    assert sum(kinds.values()) >= 80
    assert kinds["english"] >= 8
    assert kinds["unanswerable_near"] >= 12
    assert kinds["unanswerable_near"] + kinds["unanswerable_far"] >= 24
    assert len({question["id"] for question in asked()}) == sum(kinds.values())
    assert len({question["question"] for question in asked()}) == sum(kinds.values())


def test_questions_are_split_evenly() -> None:
    """Each kind has half its questions for tuning and half closed."""
    for kind in {question["kind"] for question in asked()}:
        split = Counter(question["split"] for question in asked() if question["kind"] == kind)
        assert split.keys() == {"tune", "closed"}
        assert abs(split["tune"] - split["closed"]) <= 1


@pytest.mark.parametrize("question", asked(), ids=lambda question: question["id"])
def test_gold_is_found_in_one_place(question: dict) -> None:
    """An answerable question's gold stands once in its document; another question has none."""
    assert bool(question["gold"]) == question["answerable"]
    assert question["answerable"] != question["kind"].startswith("unanswerable")
    for gold in question["gold"]:
        assert 5 <= len(gold["contains"]) <= 40
        text = folded("".join(pages(COUNCIL / gold["document"])))
        assert text.count(folded(gold["contains"])) == 1, gold["contains"]


@pytest.mark.skipif(not FONT.exists(), reason="needs the fonts of Debian's fonts-ipaexfont")
@pytest.mark.skipif(find_spec("reportlab") is None, reason="needs reportlab")
def test_building_again_gives_the_same_council(tmp_path: Path) -> None:
    """Two builds agree byte for byte, and read like the files that are committed.

    The committed bytes themselves also hang on the versions of zlib, reportlab and the fonts.
    """
    from samples.build.build import build  # noqa: PLC0415 (reportlab may be missing)

    first, second = build(tmp_path / "first"), build(tmp_path / "second")
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
    built = {path.relative_to(tmp_path / "first"): pages(path) for path in first}
    assert built == {path.relative_to(COUNCIL): pages(path) for path in DOCUMENTS}
