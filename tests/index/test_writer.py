"""Writing to the index: invisible until published, resumed after a kill, never torn."""

import datetime as dt
import multiprocessing
import os
import resource
import shutil
import signal
import sqlite3
import time
from contextlib import closing
from dataclasses import replace
from typing import ClassVar

import numpy as np
import pytest

import index.writer
from index.errors import (
    EmbedderMismatchError,
    IndexBusyError,
    IndexDamagedError,
    IndexOutdatedError,
    StorageError,
)
from index.generation.manifest import READ_FOR_S, folder_of, read_manifest, segments_of
from index.passage import DEFAULT_COLLECTION, Collection, DocumentId
from index.place import Box, Locator
from index.record import Attendee, Enactment, Outcome, Reference, Role, Sitting, Vote
from index.search.query import Query
from index.search.searcher import Searcher
from index.store.sqlite import FILE_NAME
from index.store.store import Store
from index.writer import Writer
from tests.index.making import LIBRARY, ROADS, CharacterEmbedder, minutes


def put(data, *documents, embedder=None, publish=True):
    """Put documents into the index of ``data`` and publish them."""
    with Writer.open(data, embedder or CharacterEmbedder()) as writer:
        writer.put(documents, root="/in", reader="1")
        return writer.publish() if publish else None


def titles(data):
    """Return the names of the documents that a search sees."""
    searcher = Searcher.open(data, CharacterEmbedder())
    try:
        return [document.document for document in searcher.documents()]
    finally:
        searcher.close()


def test_what_is_put_is_seen_only_after_publishing(tmp_path):
    """A document that is put but not published is in no search, and is there after publishing."""
    put(tmp_path, LIBRARY)
    put(tmp_path, ROADS, publish=False)
    assert titles(tmp_path) == ["図書館.txt"]
    with Writer.open(tmp_path, CharacterEmbedder()) as writer:
        assert set(writer.known()) == {"図書館.txt", "道路.txt"}
        writer.publish()
    assert titles(tmp_path) == ["図書館.txt", "道路.txt"]


def test_everything_that_a_document_says_comes_back_as_it_was_put(tmp_path):
    """Votes with their days and times, boxes, rows, references: nothing is lost on the way."""
    vote = Vote("議案第3号", "補正予算", "可決", Outcome.PASSED, "賛成多数", 12, 3, passage=0)
    person = Attendee("佐藤次郎", "委員", Role.MEMBER)
    document, passages = LIBRARY
    document = replace(
        document,
        date_text="令和4年12月20日（火）",
        attendees=(person,),
        sitting=Sitting("第4回定例会", dt.time(10), dt.time(16, 5), (person,), ("資料1",), (vote,)),
        enactment=Enactment("条例第12号", promulgated=dt.date(2022, 12, 1), is_repealed=True),
        labels=("i", "ii", "1"),
    )
    passages = [
        replace(
            passages[0],
            person="佐藤次郎",
            boxes=(Box(1, 0.1, 0.2, 0.9, 0.25), Box(2, 0.1, 0.05, 0.5, 0.1)),
            locator=Locator(sheet="歳入", row=3, last_row=5, anchor="a1"),
            by_machine=True,
            references=(Reference("前条", "第4条"), Reference("公園条例", None, "公園条例")),
        ),
        *passages[1:],
    ]
    put(tmp_path, (document, passages))
    with Writer.open(tmp_path, CharacterEmbedder()) as writer:
        assert writer.documents()[document.document] == document
        assert writer.passages(document.document) == list(passages)


def as_version_one(data):
    """Make the store what the first version of Kiroku would have written."""
    with closing(sqlite3.connect(data / FILE_NAME)) as connection:
        for table, column in (("passages", "detail"), ("documents", "digest"), ("vectors", "crc")):
            connection.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
        connection.execute("PRAGMA user_version = 0")


def test_a_store_of_an_earlier_version_is_copied_opened_and_added_to(tmp_path):
    """What it holds stays, without what was not known then; the copy is as it was."""
    put(tmp_path, LIBRARY)
    as_version_one(tmp_path)
    put(tmp_path, ROADS)
    assert titles(tmp_path) == ["図書館.txt", "道路.txt"]
    with Writer.open(tmp_path, CharacterEmbedder()) as writer:
        assert writer.passages(LIBRARY[0].document) == list(LIBRARY[1])
    with closing(sqlite3.connect(tmp_path / "before-version-2.sqlite3")) as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(passages)")]
        held = connection.execute("SELECT DISTINCT document FROM passages").fetchall()
    assert "detail" not in columns
    assert held == [("図書館.txt",)]


def test_a_store_of_a_later_version_is_refused(tmp_path):
    """A sentence says so, and nothing is written."""
    put(tmp_path, LIBRARY)
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(StorageError, match="later version"):
        Store.open(tmp_path)


def test_what_a_document_held_before_is_not_embedded_anew(tmp_path):
    """Only the passages whose words are new are; each keeps the vector of its own words."""

    class Counting(CharacterEmbedder):
        """Notes what it embeds."""

        texts: ClassVar = []

        def embed_passages(self, texts):
            self.texts.extend(texts)
            return super().embed_passages(texts)

    document, passages = LIBRARY
    put(tmp_path, LIBRARY)
    new = replace(passages[0], text="移動図書館は毎週火曜日に巡回します。")
    put(tmp_path, (replace(document, content_hash="new"), [new, *passages]), embedder=Counting())
    assert Counting.texts == [new.text]
    searcher = Searcher.open(tmp_path, CharacterEmbedder())
    for passage in (new, *passages):
        assert searcher.search(Query(passage.text)).signals[0].similarity == pytest.approx(
            1, abs=1e-3
        )


def test_nothing_to_publish_makes_no_generation(tmp_path):
    """Publishing without a change returns the number of the generation that is there."""
    first = put(tmp_path, LIBRARY)
    with Writer.open(tmp_path, CharacterEmbedder()) as writer:
        assert writer.publish() == first


def test_a_replaced_document_has_only_its_new_words(tmp_path):
    """After replacing, the old text is found no more and the document is there once."""
    put(tmp_path, LIBRARY)
    changed = minutes("図書館.txt", "2023-03-10", [("館長", None, "分館は閉じました。", None)])
    put(tmp_path, changed)
    searcher = Searcher.open(tmp_path, CharacterEmbedder())
    hits = searcher.search(Query("図書館 開館時間 分館")).hits
    assert [hit.passage.text for hit in hits] == ["分館は閉じました。"]


def test_an_open_search_keeps_its_generation(tmp_path):
    """A searcher that was opened before goes on with its own documents until it is opened anew."""
    put(tmp_path, LIBRARY)
    before = Searcher.open(tmp_path, CharacterEmbedder())
    with Writer.open(tmp_path, CharacterEmbedder()) as writer:
        writer.remove([DocumentId("図書館.txt")])
        writer.put([ROADS], root="/in", reader="1")
        writer.publish()
    assert not before.is_current()
    assert before.search(Query("開館時間")).hits[0].document.document == "図書館.txt"
    assert titles(tmp_path) == ["道路.txt"]


def test_an_open_search_outlives_many_publications(tmp_path):
    """A question that takes long finds what was there when it began."""
    put(tmp_path, LIBRARY)
    before = Searcher.open(tmp_path, CharacterEmbedder())
    for number in range(4):
        put(tmp_path, minutes("図書館.txt", None, [("x", None, f"文{number}", None)]))
    assert [document.title for document in before.documents()] == [LIBRARY[0].title]
    texts = {hit.passage.text for hit in before.search(Query("開館時間")).hits}
    assert texts == {passage.text for passage in LIBRARY[1]}


@pytest.mark.parametrize("age_s", [READ_FOR_S + 60, -3600])
def test_old_rows_go_with_a_later_publication(tmp_path, age_s):
    """Rows and folders of generations that nobody can read any more are deleted.

    Also after the clock was set back: what is of the future is not kept for it.
    """
    for number in range(4):
        for manifest in tmp_path.glob("generations/main/*/manifest.json"):
            os.utime(manifest, (time.time() - age_s,) * 2)
        put(tmp_path, minutes("a.txt", None, [("x", None, f"文{number}", None)]))
    rows = sqlite3.connect(tmp_path / FILE_NAME).execute("SELECT count(*) FROM passages")
    assert rows.fetchone()[0] == 2
    place = folder_of(tmp_path, DEFAULT_COLLECTION, 1).parent
    assert sorted(path.name for path in place.iterdir()) == ["000003", "000004", "segments"]
    segments = sorted(path.name.partition("-")[0] for path in (place / "segments").iterdir())
    assert segments == ["000003", "000004"]


def test_a_search_on_what_is_gone_says_so(tmp_path):
    """Rather than to answer with other passages, where more was published than it can outlive."""
    put(tmp_path, LIBRARY)
    before = Searcher.open(tmp_path, CharacterEmbedder())
    for number in range(3):
        for manifest in tmp_path.glob("generations/main/*/manifest.json"):
            os.utime(manifest, (time.time() - READ_FOR_S - 60,) * 2)
        put(tmp_path, minutes("図書館.txt", None, [("x", None, f"文{number}", None)]))
    with pytest.raises(IndexOutdatedError):
        before.search(Query("開館時間"))
    with pytest.raises(IndexOutdatedError):
        before.documents()


def test_removing_what_is_pending_again_removes_it_whole(tmp_path):
    """A document put and removed before publishing leaves nothing behind, nor its old text."""
    put(tmp_path, LIBRARY)
    with Writer.open(tmp_path, CharacterEmbedder()) as writer:
        writer.put([LIBRARY], root="/in", reader="2")
        writer.remove([LIBRARY[0].document])
        writer.publish()
    assert titles(tmp_path) == []


def test_putting_a_document_reads_no_more_of_a_large_index_than_of_a_small_one(
    tmp_path, monkeypatch
):
    """The steps that SQLite takes for one document more do not grow with what is held."""
    steps = []
    connect = sqlite3.connect

    def counted(*args, **options):
        connection = connect(*args, **options)
        connection.set_progress_handler(lambda: steps.append(1), 10)
        return connection

    monkeypatch.setattr(sqlite3, "connect", counted)
    taken = []
    for number in range(4):
        turns = [("市長", Role.EXECUTIVE, f"第{n}の道路を直します。", None) for n in range(300)]
        with Writer.open(tmp_path, CharacterEmbedder()) as writer:
            for copy in range(3):
                bulk = minutes(f"{number}-{copy}.txt", "2022-12-20", turns)
                writer.put([bulk], root="/in", reader="1")
            steps.clear()
            writer.put([minutes(*ROADS_AGAIN)], root="/in", reader="1")
            taken.append(len(steps))
            writer.publish()
    assert taken[-1] < 1.5 * taken[1]


ROADS_AGAIN = ("again.txt", "2022-12-20", [("市長", Role.EXECUTIVE, "道路を直します。", None)])


@pytest.mark.parametrize("letters", [9, 400])
def test_no_passage_or_vector_takes_a_page_of_its_own(tmp_path, letters):
    """What a passage takes on the disk is its words, its vector, and little else."""

    class Embedder(CharacterEmbedder):
        dimension = 384

        def embed_passages(self, texts):
            return np.tile(super().embed_passages(texts), 6)

    said = ("市道の補修を行います。" * letters)[:letters]
    many = minutes(
        "長い.txt", "2024-05-01", [("市長", None, f"{n}{said}", None) for n in range(500)]
    )
    put(tmp_path, many, embedder=Embedder())
    with closing(Store.open(tmp_path)) as store:
        query = "SELECT sum(length(text) * 3 + length(words) * 3 + length(detail)) FROM passages"
        held = store.database.execute(query).fetchone()[0] + 500 * 4 * 384
        assert store.database.size() < 1.8 * held


def test_two_writers_do_not_meet(tmp_path):
    """A second writer is refused with a sentence, not made to wait for ever."""
    with (
        Writer.open(tmp_path, CharacterEmbedder()),
        pytest.raises(IndexBusyError, match="another ingest"),
    ):
        Writer.open(tmp_path, CharacterEmbedder())


def test_another_embedder_is_refused_with_the_command_that_mends_it(tmp_path):
    """Neither writing nor searching goes on with vectors of another model; a rebuild mends it."""
    put(tmp_path, LIBRARY, ROADS)
    other = CharacterEmbedder("other")
    with pytest.raises(EmbedderMismatchError, match="kiroku ingest --rebuild"):
        Writer.open(tmp_path, other)
    with pytest.raises(EmbedderMismatchError, match="kiroku ingest --rebuild"):
        Searcher.open(tmp_path, other)
    with Writer.open(tmp_path, other, rebuild=True) as writer:
        writer.rebuild()
    assert other.embedded == 6
    assert Searcher.open(tmp_path, other).search(Query("補修")).hits


def test_a_rebuild_goes_on_where_it_stopped(tmp_path):
    """What the new embedder has already embedded is not embedded again."""
    put(tmp_path, LIBRARY)
    other = CharacterEmbedder("other")
    with Writer.open(tmp_path, other, rebuild=True) as writer:
        writer.rebuild()
        writer.rebuild()
    assert other.embedded == 4


def test_what_was_half_embedded_anew_outlives_what_is_ingested_meanwhile(tmp_path, monkeypatch):
    """Broken off, it goes on where it stopped, though the old embedder published in between."""
    monkeypatch.setattr(index.writer, "_REEMBED_BATCH", 2)

    class Broken(CharacterEmbedder):
        def embed_passages(self, texts):
            if self.embedded:
                raise KeyboardInterrupt
            return super().embed_passages(texts)

    put(tmp_path, LIBRARY)
    with (
        Writer.open(tmp_path, Broken("other"), rebuild=True) as writer,
        pytest.raises(KeyboardInterrupt),
    ):
        writer.rebuild()
    put(tmp_path, ROADS)
    other, told = CharacterEmbedder("other"), []
    with Writer.open(tmp_path, other, rebuild=True) as writer:
        writer.rebuild(lambda done, of: told.append((done, of)))
    left = len(LIBRARY[1]) - 2 + len(ROADS[1])
    assert (other.embedded, told[0], told[-1]) == (left, (2, left), (left, left))
    assert embedders(tmp_path) == ["other"]


def test_what_was_half_embedded_goes_with_its_document(tmp_path, monkeypatch):
    """Its rows may be another document's later: no vector of the old words is left for these."""
    put(tmp_path, ROADS, LIBRARY)
    with Writer.open(tmp_path, CharacterEmbedder("other"), rebuild=True) as writer:
        monkeypatch.setattr(writer, "_publish", lambda **_: 0)
        writer.rebuild()
    for publication in range(2):
        for manifest in tmp_path.glob("generations/main/*/manifest.json"):
            os.utime(manifest, (0, 0))
        with Writer.open(tmp_path, CharacterEmbedder()) as writer:
            writer.remove([[LIBRARY, ROADS][publication][0].document])
            writer.publish()
    with closing(Store.open(tmp_path)) as store:
        rows = store.database.execute("SELECT count(*) FROM vectors WHERE embedder = 'other'")
        assert rows.fetchone()[0] == len(ROADS[1])


def embedders(data):
    """Return whose vectors the store holds."""
    with closing(Store.open(data)) as store:
        return store.vectors.embedders(DEFAULT_COLLECTION)


def test_a_damaged_generation_names_the_command_and_is_rebuilt(tmp_path):
    """A missing file of the index is named with what to do, and can be built from the store."""
    number = put(tmp_path, LIBRARY)
    folder = folder_of(tmp_path, DEFAULT_COLLECTION, number)
    [segment] = read_manifest(folder).segments
    (segments_of(tmp_path, DEFAULT_COLLECTION) / segment.name / "dense.faiss").unlink()
    with pytest.raises(IndexDamagedError, match="kiroku ingest --rebuild"):
        Searcher.open(tmp_path, CharacterEmbedder())
    with Writer.open(tmp_path, CharacterEmbedder(), rebuild=True) as writer:
        writer.rebuild()
    assert titles(tmp_path) == ["図書館.txt"]


def test_a_generation_that_is_gone_is_built_anew_when_it_is_opened(tmp_path):
    """As a restore leaves it that was cut off: it answers, and nothing is embedded again."""
    number = put(tmp_path, LIBRARY)
    shutil.rmtree(folder_of(tmp_path, DEFAULT_COLLECTION, number))
    by = CharacterEmbedder()
    assert Searcher.open(tmp_path, by).search(Query("開館時間")).hits
    assert by.embedded == 0


def test_a_lost_vector_never_lets_others_stand_for_other_passages(tmp_path):
    """Publishing ends with what to do, the index in use stays, and mended it goes on."""
    put(tmp_path, LIBRARY)
    put(tmp_path, ROADS, publish=False)
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection, connection:
        assert connection.execute("DELETE FROM vectors WHERE row = 5").rowcount == 1
    with Writer.open(tmp_path, CharacterEmbedder()) as writer:
        with pytest.raises(IndexDamagedError, match="vectors of 1 passages"):
            writer.publish()
        assert titles(tmp_path) == ["図書館.txt"]
        writer.embed_again()
    assert titles(tmp_path) == ["図書館.txt", "道路.txt"]


def test_a_store_that_is_no_database_is_named(tmp_path):
    """A damaged database file is a clear error, and the file is left as it is."""
    (tmp_path / FILE_NAME).write_bytes(b"not a database, but long enough to look at" * 100)
    with pytest.raises(IndexDamagedError, match=r"kiroku\.sqlite3"):
        Store.open(tmp_path)


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path):
    """Where the data folder cannot be made, the error names the setting."""
    (tmp_path / "file").write_text("x")
    with pytest.raises(StorageError, match="KIROKU_DATA"):
        Store.open(tmp_path / "file" / "data")


def test_collections_do_not_see_each_other(tmp_path):
    """The same path in two collections is two documents, and each search sees its own."""
    put(tmp_path, LIBRARY)
    other = Collection("隣市")
    with Writer.open(tmp_path, CharacterEmbedder(), other) as writer:
        writer.put(
            [minutes("図書館.txt", None, [("x", None, "別の市の話。", None)])], root="/", reader="1"
        )
        writer.publish()
    texts = {
        hit.passage.text
        for hit in Searcher.open(tmp_path, CharacterEmbedder(), other).search(Query("話")).hits
    }
    assert texts == {"別の市の話。"}
    assert titles(tmp_path) == ["図書館.txt"]


def _put_under_a_limit(data, outcome):
    # Writing past the limit fails as on a full disk, for this process alone.
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
    long = minutes("長い.txt", None, [("x", None, "長い話。" * 200, None)] * 300)
    try:
        put(data, long)
        outcome.put("stored")
    except StorageError as error:
        outcome.put(str(error))


def test_a_full_disk_leaves_the_index_as_it_was(tmp_path):
    """Where no more can be written, putting fails with a sentence and nothing is lost."""
    put(tmp_path, LIBRARY)
    context = multiprocessing.get_context("spawn")
    outcome = context.Queue()
    process = context.Process(target=_put_under_a_limit, args=(tmp_path, outcome))
    process.start()
    assert "free disk space" in outcome.get(timeout=60)
    process.join()
    assert titles(tmp_path) == ["図書館.txt"]


def _put_for_ever(data, started):
    with Writer.open(data, CharacterEmbedder()) as writer:
        for number in range(100_000):
            writer.put(
                [minutes(f"{number}.txt", None, [("x", None, "話", None)])], root="/", reader="1"
            )
            started.set()


def test_a_killed_writer_loses_nothing_that_was_there(tmp_path):
    """After kill -9 in the middle of an ingest the index answers, and the next run goes on."""
    put(tmp_path, LIBRARY)
    context = multiprocessing.get_context("spawn")
    started = context.Event()
    process = context.Process(target=_put_for_ever, args=(tmp_path, started))
    process.start()
    assert started.wait(60)
    time.sleep(0.2)
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    assert titles(tmp_path) == ["図書館.txt"]
    with Writer.open(tmp_path, CharacterEmbedder()) as writer:
        kept = set(writer.known())
        writer.publish()
    assert len(kept) > 1
    assert set(titles(tmp_path)) == kept
