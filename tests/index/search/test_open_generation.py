"""An opened generation: small and large ways of finding agree; filters; other formats."""

import dataclasses
import datetime as dt
import json
import random
from types import SimpleNamespace

import numpy as np
import pytest

from index.council.sessions import session_passes
from index.errors import IndexBusyError
from index.generation import dense_segment, postings_writer
from index.generation import manifest as manifests
from index.generation.dense import Dense, LiveVectors
from index.generation.dense_segment import DenseSegment
from index.generation.document_columns import document_columns
from index.generation.lexical import Lexical, LivePostings
from index.generation.postings import Postings
from index.generation.segment import USUAL
from index.language.dates import find_dates
from index.language.text import fold
from index.language.tokens import character_pairs
from index.passage import DEFAULT_COLLECTION, DocumentKind, Filters
from index.record import Enactment
from index.search.filters import allowed_documents, preferred_documents
from index.search.open_generation import OpenGeneration
from index.search.query import Query
from index.search.searcher import Searcher
from index.store.store import Store
from index.writer import Writer
from tests.index.making import LIBRARY, ROADS, CharacterEmbedder, minutes

_MATTERS = ("図書館", "市道", "給食", "下水道", "消防団", "公園", "保育園", "路線バス", "駐輪場")
_SAID = ("整備を進めるのか", "予算はいくらか", "利用者は増えたのか", "来年度に見直すのか")


def made(count):
    """Return minutes of questions and answers, drawn the same every time."""
    draw = random.Random(2)  # noqa: S311 - the same every time
    for number in range(count):
        turns = []
        for _ in range(6):
            matter = draw.choice(_MATTERS)
            # a name of its own in each, as equal passages may come in any order
            names = ["".join(draw.choices("アイウエオカキクケコサシス", k=8)) for _ in range(2)]
            asked = f"{names[0]}から、{matter}の{draw.choice(_SAID)}。"
            turns.append(("甲委員", None, asked, None))
            answer = f"{names[1]}では、{matter}は{draw.randint(2, 900)}件と見込みます。"
            turns.append((f"{draw.choice('乙丙丁')}課長", None, answer, len(turns) - 1))
        day = dt.date(2019, 1, 1) + dt.timedelta(days=draw.randrange(1500))
        body = draw.choice(["総務委員会", "建設委員会", "本会議"])
        yield minutes(f"{number:03}.txt", day.isoformat(), turns, body)


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """Return the folder of an index of 150 minutes."""
    data = tmp_path_factory.mktemp("data")
    with Writer.open(data, CharacterEmbedder()) as writer:
        writer.put(list(made(150)), root="/in", reader="1")
        writer.publish()
    return data


@pytest.fixture(scope="module")
def small(data):
    """Return the generation opened as it is."""
    store = Store.open(data)
    return OpenGeneration.open(store, data, DEFAULT_COLLECTION, 1)


@pytest.fixture(scope="module")
def large(small, data, tmp_path_factory):
    """Return the same passages kept otherwise: with a coarse form, and no token in rows."""
    folder = tmp_path_factory.mktemp("large")
    held = list(Store.open(data).passages(DEFAULT_COLLECTION, 1))
    vectors = small.dense.vectors(np.arange(small.dense.size, dtype=np.int64))
    dense_segment.build((v.tobytes() for v in vectors), 64, folder / "dense.faiss", exact_up_to=100)
    texts = [character_pairs(stored.passage.text) for stored in held]
    postings_writer.build(texts, folder / "pairs", USUAL["pairs"], common=2.0)
    vectors = DenseSegment.open(folder / "dense.faiss", few=10, scored=800)
    return dataclasses.replace(
        small,
        dense=Dense([LiveVectors(vectors)], 64),
        pairs=Lexical([LivePostings(Postings.open(folder / "pairs"))]),
    )


@pytest.mark.parametrize(
    "filters",
    [None, Filters(body="総務"), Filters(speaker="乙課長"), Filters(since=dt.date(2022, 12, 1))],
)
def test_small_and_large_ways_find_the_same(small, large, filters):
    """The same passages come into question, with the same to speak for them."""
    by = CharacterEmbedder()
    for matter in _MATTERS:
        question = f"{matter}の予算はいくらか"
        one, other = (
            way.pool(question, by.embed_query(question), filters) for way in (small, large)
        )
        shared = np.intersect1d(one.positions, other.positions)
        assert len(shared) >= 0.98 * max(len(one.positions), len(other.positions))
        at, there = (np.isin(pool.positions, shared) for pool in (one, other))
        for name in ("pairs", "dense", "pair_coverage", "similarity", "allowed"):
            np.testing.assert_allclose(
                getattr(one, name)[at], getattr(other, name)[there], atol=1e-3
            )


def drawn_documents():
    """Return documents with and without date, body and a time in the title."""
    draw = random.Random(4)  # noqa: S311 - the same every time
    for number in range(200):
        day = dt.date(2018, 1, 1) + dt.timedelta(days=draw.randrange(2000))
        document, _ = minutes(f"{number}.txt", day.isoformat() if number % 5 else None, [])
        yield dataclasses.replace(
            document,
            kind=draw.choice(list(DocumentKind)),
            body=draw.choice([None, "総務委員会", "建設委員会"]),
            title=draw.choice(["会議録", "令和3年度予算", "平成31年第1回定例会"]),
        )


FILTERS = [
    Filters(kind=DocumentKind.ORDINANCE),
    Filters(body="総務"),
    Filters(since=dt.date(2020, 6, 1)),
    Filters(until=dt.date(2020, 6, 1)),
    Filters(as_of=dt.date(2019, 6, 1), until=dt.date(2021, 1, 1)),
    Filters(since=dt.date(2020, 4, 1), until=dt.date(2022, 3, 31), body="建設委員会"),
]
NAMED = [Filters(session="4月", kind=DocumentKind.MINUTES), Filters(document="7.txt")]


def next_text(document, documents):
    """Return the day of the text that replaces an ordinance, ``None`` without one."""
    if document.kind is not DocumentKind.ORDINANCE or document.date is None:
        return None
    laws = [d for d in documents if d.kind is DocumentKind.ORDINANCE and d.date]
    later = [d.date for d in laws if d.title == document.title and d.date > document.date]
    return min(later, default=None)


def passes(document, filters, documents=()):
    """Say of one document whether the filters leave it."""
    days = [day for day in (filters.until, filters.as_of) if day]
    dated = filters.since is not None or bool(days)
    return (
        filters.kind in (None, document.kind)
        and filters.document in (None, document.document)
        and (filters.session is None or session_passes(document, filters.session))
        and fold(filters.body or "") in fold(document.body or "")
        and not (dated and document.date is None)
        and (filters.since is None or document.date >= filters.since)
        and all(document.date <= day for day in days)
        and not (
            filters.as_of
            and (day := next_text(document, documents)) is not None
            and day <= filters.as_of
        )
    )


@pytest.mark.parametrize("filters", [*FILTERS, *NAMED])
def test_filters_leave_what_passes_document_by_document(filters):
    """The arrays tell the same as looking at each document."""
    documents = list(drawn_documents())
    of = document_columns(documents, np.empty(0, dtype=np.int32))
    names = tuple(document.document for document in documents)
    by_name = {document.document: document for document in documents}
    columns = SimpleNamespace(of_documents=of, documents=names)
    marks = allowed_documents(columns, by_name, filters).tolist()
    assert marks == [passes(document, filters, documents) for document in documents]
    assert any(marks)
    assert not all(marks)


@pytest.mark.parametrize("filters", FILTERS)
def test_a_time_in_the_title_is_preferred_as_well(filters):
    """A document is preferred by its own date, by a time that its title names, or while it held."""
    documents = list(drawn_documents())
    columns = document_columns(documents, np.empty(0, dtype=np.int32))
    since, until = filters.since or dt.date.min, filters.until or dt.date.max

    def titled(document):
        return any(since <= s.end and s.start <= until for s in find_dates(document.title))

    def held(document):
        day = next_text(document, documents)
        return day is not None and document.date <= until and since < day

    expected = [passes(d, filters, documents) or titled(d) or held(d) for d in documents]
    assert preferred_documents(columns, filters).tolist() == expected
    assert not preferred_documents(columns, None).any()


def law(name, day, **life):
    """Return a text of the fees ordinance, dated ``day``."""
    document, _ = minutes(name, day, [])
    return dataclasses.replace(
        document,
        kind=DocumentKind.ORDINANCE,
        title=f"みなと市手数料条例（{day}現在）",
        enactment=Enactment(**life),
    )


@pytest.mark.parametrize(
    ("day", "left"),
    [
        (dt.date(2019, 12, 31), set()),
        (dt.date(2020, 4, 1), {"old"}),
        (dt.date(2023, 12, 31), {"old"}),
        (dt.date(2024, 3, 31), {"old"}),
        (dt.date(2024, 4, 1), {"new"}),
        (dt.date(2025, 3, 31), {"new"}),
        (dt.date(2025, 4, 1), set()),
    ],
)
def test_as_of_a_day_the_text_in_force_is_left(day, left):
    """Promulgated is not yet in force; the next text replaces one, and repeal ends it."""
    documents = [
        law("old", "2020-04-01", in_force=dt.date(2020, 4, 1)),
        law("new", "2023-12-20", in_force=dt.date(2024, 4, 1), repealed=dt.date(2025, 4, 1)),
        law("undated", None, in_force=dt.date(2020, 4, 1)),
    ]
    of = document_columns(documents, np.empty(0, dtype=np.int32))
    columns = SimpleNamespace(of_documents=of, documents=tuple(d.document for d in documents))
    marks = allowed_documents(columns, {}, Filters(as_of=day))
    assert {d.document for d, mark in zip(documents, marks, strict=True) if mark} == left


def test_documents_are_read_when_they_are_asked_for(small):
    """One by name, all in order of it, and none that is not there."""
    names = list(small.documents)
    assert small.documents[names[3]].document == names[3]
    assert [document.document for document in small.documents.all()] == names
    with pytest.raises(KeyError):
        small.documents["nirgends.txt"]


def of_another_version(data):
    """Make the index look as if another version of Kiroku had built it; return its manifest."""
    path = manifests.folder_of(data, DEFAULT_COLLECTION, 1) / manifests.MANIFEST
    manifest = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(manifest | {"format": 1}), encoding="utf-8")
    return path


def test_an_index_of_another_version_is_built_anew(tmp_path):
    """It answers at once, nothing is embedded again, and what is pending stays pending."""
    with Writer.open(tmp_path, CharacterEmbedder()) as writer:
        writer.put([LIBRARY], root="/in", reader="1")
        writer.publish()
        writer.put([ROADS], root="/in", reader="1")
    manifest = of_another_version(tmp_path)
    by = CharacterEmbedder()
    searcher = Searcher.open(tmp_path, by)
    assert [document.document for document in searcher.documents()] == ["図書館.txt"]
    assert searcher.search(Query("開館時間")).hits
    assert by.embedded == 0
    assert json.loads(manifest.read_text(encoding="utf-8"))["format"] == manifests.FORMAT
    folders = sorted(path.name for path in manifest.parent.parent.iterdir())
    assert folders == ["000001", "segments"]


def test_an_index_of_another_version_waits_for_its_writer(tmp_path):
    """While an ingest writes, it is not built anew at the same time: a sentence says so."""
    with Writer.open(tmp_path, CharacterEmbedder()) as writer:
        writer.put([LIBRARY], root="/in", reader="1")
        writer.publish()
        of_another_version(tmp_path)
        with pytest.raises(IndexBusyError, match="another ingest"):
            Searcher.open(tmp_path, CharacterEmbedder())


@pytest.mark.parametrize("title", ["本会議 会議録", "令和4年度予算"])
def test_an_index_without_passages_opens(tmp_path, title):
    """Documents that hold nothing give no hits and no error."""
    document, _ = minutes("空.txt", "2023-01-01", [])
    with Writer.open(tmp_path, CharacterEmbedder()) as writer:
        writer.put([(dataclasses.replace(document, title=title), [])], root="/in", reader="1")
        writer.publish()
    searcher = Searcher.open(tmp_path, CharacterEmbedder())
    prefer = Filters(since=dt.date(2022, 4, 1), until=dt.date(2023, 3, 31))
    assert searcher.search(Query("予算", Filters(body="総務"), prefer)).hits == ()
    assert not searcher.is_empty()
