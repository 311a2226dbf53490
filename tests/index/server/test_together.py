"""Several bots and ingesters on one server: side by side, and after a crash of it."""

import sys
import threading
import time
from contextlib import closing, suppress

import pytest

from index.errors import EmbedderMismatchError, IndexBusyError, StorageError
from index.generation import generation
from index.passage import DEFAULT_COLLECTION, Collection, DocumentId, passage_id
from index.search.query import Query
from index.search.searcher import Searcher
from index.store.opening import open_database
from index.store.store import Store
from index.upkeep.verification import verify
from index.where import Server
from index.writer import Writer
from tests.index.generation.test_segments import drawn_minutes, few_segments
from tests.index.making import LIBRARY, ROADS, CharacterEmbedder


def put(where, *made):
    """Ingest documents and publish them."""
    with Writer.open(where, CharacterEmbedder()) as writer:
        writer.put(made, root="/in", reader="1")
        return writer.publish()


def documents(where):
    """Return what is published, and the number of its passages."""
    with closing(Store.open(where)) as store:
        return store.counts(DEFAULT_COLLECTION, store.generation(DEFAULT_COLLECTION))


class Threads:
    """Threads whose failures are the test's."""

    def __init__(self, *works):
        self.failures = []
        self.threads = [threading.Thread(target=self._run, args=(work,)) for work in works]
        for thread in self.threads:
            thread.start()

    def _run(self, work):
        try:
            work()
        except Exception as error:  # noqa: BLE001 (handed on to the test)
            self.failures.append(error)

    def join(self):
        """Wait for them."""
        for thread in self.threads:
            thread.join()
        assert self.failures == []


def test_two_ingesters_and_four_askers_at_once(server, tmp_path):
    """Whatever is put is found in the end, each document once, and every answer is of one state."""
    ended = threading.Event()
    names = {f"{number}.txt" for number in (*range(10, 16), *range(20, 26), 100)}
    ids = {name: {passage_id(DocumentId(name), number) for number in range(20)} for name in names}

    def ingester(first):
        where = Server(server.url, tmp_path / f"ingester{first}")
        for number in range(6):
            put(where, drawn_minutes(10 * first + number, number))
            put(where, drawn_minutes(100, 10 * first + number))  # both replace this one

    def asker(name):
        where = Server(server.url, tmp_path / f"bot{name // 2}")  # two share a machine
        searcher = Searcher.open(where, CharacterEmbedder())
        while not ended.is_set():
            if not searcher.is_current():
                searcher.close()
                searcher = Searcher.open(where, CharacterEmbedder())
            for hit in searcher.search(Query("図書館の予算は")).hits:
                assert hit.passage.passage_id in ids[hit.document.document]
        searcher.close()

    put(server, drawn_minutes(100, 99))
    with few_segments(3):
        askers = Threads(*(lambda name=name: asker(name) for name in range(4)))
        Threads(lambda: ingester(1), lambda: ingester(2)).join()
        ended.set()
        askers.join()
    assert verify(server) == []
    assert set(documents(server)) == names


def test_what_is_put_while_another_publishes_waits_for_the_next(server, tmp_path, monkeypatch):
    """A publication holds what was whole when it began; nothing that comes meanwhile is lost."""
    build = generation.build
    with Writer.open(Server(server.url, tmp_path / "other"), CharacterEmbedder()) as two:

        def meanwhile(*given, **named):
            two.put([ROADS], root="/in", reader="1")
            return build(*given, **named)

        with monkeypatch.context() as patched:
            patched.setattr(generation, "build", meanwhile)
            assert put(server, LIBRARY) == 1
        assert set(documents(server)) == {"図書館.txt"}
        assert two.publish() == 2
    assert set(documents(server)) == {"図書館.txt", "道路.txt"}
    assert verify(server) == []


def test_a_publication_is_told_and_not_asked_for(server):
    """A bot learns of it by itself, of its own collection only."""
    put(server, LIBRARY)
    with closing(open_database(server)) as bot:
        assert bot.may_have_news(DEFAULT_COLLECTION)  # nothing is known yet
        assert not bot.may_have_news(DEFAULT_COLLECTION)
        put(server, ROADS)
        assert not bot.may_have_news(Collection("人事"))
        end = time.monotonic() + 10  # it is told at once, but on a busy machine not in no time
        while not bot.may_have_news(DEFAULT_COLLECTION):
            assert time.monotonic() < end
        assert not bot.may_have_news(DEFAULT_COLLECTION)


def test_who_embeds_anew_is_alone(server):
    """No other writes meanwhile, and another embedder is refused but for that."""
    put(server, LIBRARY)
    other = CharacterEmbedder("others")
    with pytest.raises(EmbedderMismatchError):
        Writer.open(server, other)
    with Writer.open(server, CharacterEmbedder()):  # noqa: SIM117 (the one before the other)
        with pytest.raises(IndexBusyError):
            Writer.open(server, other, rebuild=True)
    with Writer.open(server, other, rebuild=True) as writer:
        with pytest.raises(IndexBusyError):
            Writer.open(server, CharacterEmbedder())
        writer.rebuild()
    with closing(Searcher.open(server, other)) as searcher:
        assert searcher.search(Query("開館時間")).hits
    assert verify(server) == []


def test_a_killed_server_loses_nothing_that_was_acknowledged(killable, tmp_path):
    """All of it in the middle of an ingest: what was put is there, whole, and then it goes on."""
    where = Server(killable.url, tmp_path / "data")
    put(where, LIBRARY)
    acknowledged = []
    started = threading.Event()

    def ingesting():
        with suppress(StorageError), Writer.open(where, CharacterEmbedder()) as writer:
            for number in range(10_000):
                made = drawn_minutes(number, number)
                writer.put([made], root="/in", reader="1")
                acknowledged.append((made[0].document, len(made[1])))
                if number == 20:
                    started.set()
                if number % 10 == 9:
                    writer.publish()

    with closing(Searcher.open(where, CharacterEmbedder())) as searcher:
        running = Threads(ingesting)
        assert started.wait(60)
        killable.kill()
        running.join()
        with pytest.raises(StorageError) as told:
            searcher.search(Query("道路の補修"))
        assert "server" in str(told.value)
        killable.start()
        with Writer.open(where, CharacterEmbedder()) as writer:
            held = {name: len(writer.passages(name)) for name in writer.documents()}
            assert held.items() >= dict(acknowledged).items()
            assert len(held) <= len(acknowledged) + 2  # the one before, and one on its way
            writer.put([ROADS], root="/in", reader="1")
            writer.publish()
        assert not searcher.is_current()  # it has a new connection
        assert searcher.search(Query("開館時間")) is not None
    assert verify(where) == []
    assert documents(where).items() >= dict(acknowledged).items()


def test_a_server_that_cannot_be_used_is_told_of(tmp_path):
    """The message says what to look at, and holds no password."""
    nowhere = Server(f"postgresql://kiroku:geheim@/kiroku?host={tmp_path}", tmp_path)
    with pytest.raises(StorageError, match="KIROKU_STORE") as told:
        Store.open(nowhere)
    assert "geheim" not in f"{told.value}{nowhere!r}"


def test_an_index_of_a_later_version_is_left_alone(server):
    """Nothing is written to tables that this version does not know."""
    put(server, LIBRARY)
    with closing(Store.open(server)) as store, store.transaction():
        store.database.execute("UPDATE version SET number = 99")
    with pytest.raises(StorageError, match="later version"):
        Store.open(server)


def test_a_vector_that_is_missing_is_found_and_mended(server):
    """``verify`` names it, and nothing else stands for its passage meanwhile."""
    put(server, LIBRARY, ROADS)
    with closing(Store.open(server)) as store, store.writing(DEFAULT_COLLECTION):
        store.database.execute("DELETE FROM vectors WHERE row = 2")
        store.database.execute("UPDATE vectors SET vector = '\\x00' WHERE row = 3")
    [fault] = verify(server)
    assert "1 changed, 1 missing" in fault.what
    with Writer.open(server, CharacterEmbedder()) as writer:
        writer.embed_again()
    assert verify(server) == []


def test_lost_postings_are_found_and_built_anew(server):
    """``verify`` names the segment; the generation is built again from the store."""
    put(server, LIBRARY)
    with closing(Store.open(server)) as store, store.writing(DEFAULT_COLLECTION):
        store.database.execute("DELETE FROM postings")
    [fault] = verify(server)
    assert "postings" in fault.what
    with Writer.open(server, CharacterEmbedder()) as writer:
        writer.renew()
    assert verify(server) == []


def test_without_the_client_it_is_said_what_to_install(monkeypatch, tmp_path):
    """Who has no server need not install it; who names one is told."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    monkeypatch.delitem(sys.modules, "index.store.postgresql")
    with pytest.raises(Exception, match="pip install pgvector"):
        Store.open(Server("postgresql://kiroku@db/kiroku", tmp_path))


def test_a_removed_document_is_gone_for_all(server):
    """Removal is a publication like any other."""
    put(server, LIBRARY, ROADS)
    with Writer.open(server, CharacterEmbedder()) as writer:
        writer.remove([DocumentId("道路.txt")])
        writer.publish()
    assert set(documents(server)) == {"図書館.txt"}


def test_what_a_restore_that_was_cut_off_left_is_built_on_by_nobody(server):
    """Without the generation on the server, the next one is built anew, whatever lies here."""
    put(server, LIBRARY)
    with closing(Store.open(server)) as store, store.transaction():
        store.database.execute("DELETE FROM generations")
        store.database.execute("DELETE FROM postings")
    put(server, ROADS)
    assert set(documents(server)) == {"図書館.txt", "道路.txt"}
    assert verify(server) == []


def test_a_reading_that_is_left_off_leaves_the_next_alone(server):
    """Two results may be read at one time, and one need not be read to its end."""
    put(server, LIBRARY, ROADS)
    with closing(Store.open(server)) as store:
        first = store.passages(DEFAULT_COLLECTION, 1)
        next(first)
        assert len(list(store.passages(DEFAULT_COLLECTION, 1))) == len(LIBRARY[1] + ROADS[1])
