"""What stands for what after a run: moved files, final versions of drafts; documents read again."""

import pytest

from bot.viewer.cited import Library, Standing
from bot.viewer.fingerprint import fingerprint
from index.passage import DEFAULT_COLLECTION, DocumentKind, document_key
from index.search.query import Query
from index.search.searcher import Searcher
from index.writer import Writer
from ingest import reader_versions
from ingest.final_versions import SUPERSEDED
from ingest.pipeline import ingest

HEAD = """第{number}回みどり市公共交通審議会 会議録{state}

日時　令和5年11月15日（水）午後2時

"""
SAID = [
    "○委員長（佐藤次郎君）　ただいまから会議を開きます。本日の議題は、循環バスの運賃の見直しです。",
    "○委員（鈴木花子君）　循環バスの運賃は、来年度からいくらになる見込みですか。",
    "○交通課長（田中三郎君）　循環バスの運賃は、大人二百円、小人百円とする考えでございます。",
    "○委員長（佐藤次郎君）　ほかに質疑はありませんか。なければ、本日の会議を閉じます。",
]


def minutes(state="", number=7, said=SAID):
    """Return minutes as text."""
    return HEAD.format(number=number, state=state) + "\n\n".join(said) + "\n"


@pytest.fixture
def folder(tmp_path):
    """Give an empty folder for documents."""
    (tmp_path / "documents").mkdir()
    return tmp_path / "documents"


@pytest.fixture
def data(tmp_path):
    """Give the folder of the index."""
    return tmp_path / "data"


@pytest.fixture
def run(data, tiny_embedder, folder):
    """Give a function that ingests the folder; files that are gone are forgotten."""

    def ingested():
        with Writer.open(data, tiny_embedder) as writer:
            return ingest([folder], index=writer, prune=True)

    return ingested


@pytest.fixture
def found(data, tiny_embedder):
    """Give a function that returns the documents in which a search finds something."""

    def searched(question="循環バスの運賃"):
        searcher = Searcher.open(data, tiny_embedder)
        hits = searcher.search(Query(question, repeats=True), 20).hits
        searcher.close()
        return {hit.document.document for hit in hits}

    return searched


@pytest.fixture
def opened(data):
    """Give a function that opens the link made for a passage of a document."""
    library = Library(data, DEFAULT_COLLECTION, lambda *_: None)
    return lambda document, passage: library.cited(
        document_key(document), passage.passage_id, fingerprint(passage.text)
    )


@pytest.fixture
def passage(data, tiny_embedder):
    """Give a function that returns the passage of a document that holds some words."""

    def with_words(document, words):
        with Writer.open(data, tiny_embedder) as writer:
            return next(p for p in writer.passages(document) if words in p.text)

    return with_words


def test_links_to_a_moved_file_lead_to_it(run, folder, passage, opened):
    """Renamed twice, the link of the first name still opens the same words."""
    (folder / "a.txt").write_text(minutes())
    run()
    cited = passage("a.txt", "二百円")
    for old, new in (("a.txt", "b.txt"), ("b.txt", "2023/会議録.txt")):
        (folder / new).parent.mkdir(exist_ok=True)
        (folder / old).rename(folder / new)
        run()
    led = opened("a.txt", cited)
    assert (led.document.document, led.standing) == ("2023/会議録.txt", Standing.SAME)
    assert led.passage.text == cited.text
    (folder / "2023" / "会議録.txt").unlink()
    (folder / "other.txt").write_text(minutes(number=8))
    run()
    assert opened("a.txt", cited) is None


def test_a_moved_file_is_not_embedded_again(run, folder, tiny_embedder):
    """A folder that is given another name costs reading its files, and no more."""
    (folder / "令和5年度").mkdir()
    (folder / "令和5年度" / "a.txt").write_text(minutes())
    run()
    before = tiny_embedder.embedded
    (folder / "令和5年度").rename(folder / "R5")
    report = run()
    assert (report.added, report.removed) == (1, 1)
    assert tiny_embedder.embedded == before


def test_a_file_that_comes_back_stands_for_itself(run, folder, passage, opened):
    """Under the old name there is another paper now: its own words are shown."""
    (folder / "a.txt").write_text(minutes())
    run()
    cited = passage("a.txt", "二百円")
    (folder / "a.txt").rename(folder / "b.txt")
    run()
    (folder / "a.txt").write_text(minutes(number=9))
    run()
    assert opened("a.txt", cited).document.document == "a.txt"


def test_the_final_minutes_take_the_place_of_the_draft(run, folder, passage, found, opened):
    """The draft is searched no more and says why; its links open the final words, and say so."""
    (folder / "速報版.txt").write_text(minutes("（速報版）"))
    run()
    kept, changed = (passage("速報版.txt", words) for words in ("二百円", "閉じます"))
    assert found() == {"速報版.txt"}
    said = [*SAID[:-1], "○委員長（佐藤次郎君）　質疑を終わり、これにて散会といたします。"]
    (folder / "会議録.txt").write_text(minutes(said=said))
    report = run()
    assert (report.added, report.unchanged) == (1, 1)
    assert found() == {"会議録.txt"}
    led = opened("速報版.txt", kept)
    assert (led.document.document, led.standing) == ("会議録.txt", Standing.FINAL)
    assert led.passage.text == kept.text
    assert opened("速報版.txt", changed).standing is Standing.FINAL_OTHERWISE
    assert run().unchanged == 2
    assert found() == {"会議録.txt"}


def test_a_draft_that_is_superseded_says_so(run, folder, data, tiny_embedder):
    """It stays in the list of documents, with a warning that names the final version."""
    (folder / "速報版.txt").write_text(minutes("（速報版）"))
    (folder / "会議録.txt").write_text(minutes())
    run()
    with Writer.open(data, tiny_embedder) as writer:
        [warning] = writer.documents()["速報版.txt"].warnings
    assert warning == f"{SUPERSEDED} 会議録.txt: its words are not searched"


def test_a_draft_is_read_again_once_its_final_version_is_gone(run, folder, found):
    """Nothing is lost: in the same run its words are searched again."""
    (folder / "速報版.txt").write_text(minutes("（速報版）"))
    (folder / "会議録.txt").write_text(minutes())
    run()
    assert found() == {"会議録.txt"}
    (folder / "会議録.txt").unlink()
    run()
    assert found() == {"速報版.txt"}


def test_a_draft_that_is_deleted_as_its_final_version_comes_is_led_to_it(
    run, folder, passage, opened
):
    """As a clerk does who puts the one in the other's place: its links go on."""
    (folder / "速報版.txt").write_text(minutes("（速報版）"))
    run()
    cited = passage("速報版.txt", "二百円")
    (folder / "速報版.txt").unlink()
    (folder / "会議録.txt").write_text(minutes())
    report = run()
    assert (report.added, report.removed) == (1, 1)
    led = opened("速報版.txt", cited)
    assert (led.document.document, led.standing) == ("会議録.txt", Standing.FINAL)


@pytest.mark.parametrize(
    ("name", "draft"),
    [
        ("速報版/会議録.txt", minutes()),
        ("会議録（未校正）.txt", minutes()),
        ("下書き.txt", minutes("\n※この会議録は速報版です。正式な会議録は後日公開します。")),
        ("速報版.txt", minutes().replace("第7回みどり市公共交通審議会 ", "")),
        ("速報版.txt", minutes("（速報版）").replace("公共交通審議会", "交通審議会")),
    ],
    ids=["folder", "not proofread", "said in its head", "no body", "body named shorter"],
)
def test_a_draft_is_known_however_it_is_called(run, folder, found, name, draft):
    """By its folder, by its head, and where its body is named shorter or not at all."""
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(draft)
    (folder / "final.txt").write_text(minutes())
    run()
    assert found() == {"final.txt"}


def test_a_draft_of_which_a_part_is_left_out_stays(run, folder, found):
    """Of minutes in two files the first has come: what the second will hold is still found."""
    first = [
        "○委員（鈴木花子君）　停留所の屋根は、病院の前から順に取り付けてほしいという声があります。",
        "○交通課長（田中三郎君）　屋根の設置は、歩道の幅が三メートルあるところに限っております。",
    ]
    second = [
        "○委員（木村四郎君）　高齢者の運転免許の返納は、昨年度に何件ありましたか。",
        "○交通課長（田中三郎君）　返納は昨年度に百十二件で、定期券を半額でお渡ししております。",
        "○委員（木村四郎君）　予約制の乗合タクシーを山あいの集落で試す考えはありませんか。",
        "○交通課長（田中三郎君）　来年の春から二つの集落で、週に三日走らせてみる計画です。",
        "○委員（鈴木花子君）　商工会の買い物バスと時間が重ならないように調整を求めます。",
    ]
    (folder / "速報版.txt").write_text(minutes("（速報版）", said=[*SAID[:3], *first, *second]))
    (folder / "前半.txt").write_text(minutes(said=[*SAID[:3], *first]))
    run()
    assert "速報版.txt" in found("運転免許の返納は何件")


@pytest.mark.parametrize(
    "other",
    [
        minutes(said=[f"○委員（鈴木花子君）　別の件を{n}番目に伺います。" for n in range(40)]),
        minutes().replace("11月15日（水）", "11月22日（水）"),
        minutes().replace("公共交通審議会", "都市計画審議会"),
        minutes("（速報版）", said=[*SAID, "○委員（木村君）　一言申し上げます。"]),
    ],
    ids=["other words", "other day", "other body", "another draft"],
)
def test_what_is_no_final_version_takes_no_place(run, folder, found, other):
    """Other words, another sitting, another body, or a draft again: both are searched."""
    (folder / "速報版.txt").write_text(minutes("（速報版）"))
    (folder / "other.txt").write_text(other)
    run()
    assert "速報版.txt" in found("循環バスの運賃は大人二百円")


@pytest.mark.parametrize(
    ("changed", "again"),
    [(("READERS", {".txt": 1}), 1), (("PARSERS", {DocumentKind.MINUTES: 1}), 2)],
)
def test_what_a_changed_reader_read_is_read_again(run, folder, monkeypatch, changed, again):
    """And nothing else: by the suffix of the files, or by the kind of document."""
    (folder / "a.txt").write_text(minutes())
    (folder / "b.md").write_text(minutes(number=8).replace("11月15日", "11月22日"))
    (folder / "c.md").write_text("# 報告\n\n倉庫の鍵は総務課が預かる。\n")
    for name in ("READERS", "PARSERS"):
        monkeypatch.setattr(reader_versions, name, {})
    run()
    monkeypatch.setattr(reader_versions, *changed)
    report = run()
    assert (report.replaced, report.unchanged) == (again, 3 - again)
    assert run().unchanged == 3
