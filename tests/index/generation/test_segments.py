"""An index that grew, shrank and was merged is the one that is built in one go."""

import dataclasses
import datetime as dt
import random
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.generation import merging
from index.generation.manifest import Segment, folder_of, live_marks, read_manifest, segments_of
from index.generation.sealing import broken_files
from index.passage import (
    DEFAULT_COLLECTION,
    Document,
    DocumentId,
    DocumentKind,
    Passage,
    PassageKind,
    passage_id,
)
from index.record import Enactment, PartInForce, Role
from index.search.open_generation import OpenGeneration
from index.search.query import Query
from index.search.searcher import Searcher
from index.store.store import Store
from index.writer import Writer
from tests.index.making import CharacterEmbedder, minutes

_MATTERS = ("図書館", "市道", "給食", "下水道", "消防団", "公園")
_PEOPLE = ("甲委員", "乙課長", "丙部長", "丁市長", None)
QUESTIONS = (
    "図書館の予算はいくらか",
    "市道の補修",
    "給食 利用料",
    "公園は何件",
    "使用料は月額いくら",
)


def drawn_minutes(number, seed):
    """Return minutes of questions and answers that depend on the seed alone."""
    draw = random.Random(seed)  # noqa: S311 - the same every time
    turns = []
    for _ in range(draw.randint(1, 5)):
        matter, name = draw.choice(_MATTERS), "".join(draw.choices("アイウエオカキク", k=9))
        turns.append((draw.choice(_PEOPLE), Role.MEMBER, f"{name}の{matter}の予算は。", None))
        said = f"{name}では、{matter}は{draw.randint(2, 900)}件と見込みます。" * draw.randint(1, 3)
        turns.append((draw.choice(_PEOPLE), Role.EXECUTIVE, said, len(turns) - 1))
    day = dt.date(2019, 1, 1) + dt.timedelta(days=draw.randrange(1500))
    return minutes(f"{number}.txt", day.isoformat(), turns, draw.choice(["総務委員会", "本会議"]))


def drawn_law(number, seed):
    """Return a text of one of two ordinances, or one that repeals one of them."""
    draw = random.Random(seed)  # noqa: S311 - the same every time
    day = dt.date(2015, 4, 1) + dt.timedelta(days=365 * draw.randrange(8))
    title = draw.choice(["公園使用料条例", "給食費条例"])
    life = Enactment(text_from=day, parts=(PartInForce("第2条", day + dt.timedelta(days=90)),))
    if draw.random() < 0.25:
        life, title = Enactment(in_force=day, amends=title), f"{title}を廃止する条例"
    document = Document(
        DocumentId(f"{number}.html"), title, DocumentKind.ORDINANCE, str(seed), date=day
    )
    texts = [f"第{n}の使用料は、月額{draw.randint(1, 90)}00円とする。" for n in (1, 2, 3)]
    passages = [
        Passage(passage_id(document.document, n), text, PassageKind.ARTICLE, article=f"第{n}条")
        for n, text in enumerate(texts, 1)
    ]
    return dataclasses.replace(document, enactment=life), passages


changes = st.lists(
    st.tuples(st.integers(0, 7), st.sampled_from(["minutes", "law", "gone"]), st.integers(0, 99)),
    min_size=1,
    max_size=4,
)
histories = st.lists(changes, min_size=1, max_size=7)


@contextmanager
def few_segments(most=3):
    """Let more segments than ``most`` be merged."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(merging, "MOST", most)
        yield


def parts_of(data, number):
    """Return the folders that a generation is made of."""
    folder = folder_of(data, DEFAULT_COLLECTION, number)
    place = segments_of(data, DEFAULT_COLLECTION)
    return [folder, *(place / segment.name for segment in read_manifest(folder).segments)]


def publish(data, some):
    """Put and remove some documents and publish, as one ingest does."""
    with Writer.open(data, CharacterEmbedder()) as writer:
        for number, kind, seed in some:
            law = number % 2
            if kind == "gone":
                writer.remove([DocumentId(f"{number}.{'html' if law else 'txt'}")])
            else:
                made = drawn_law(number, seed) if law else drawn_minutes(number, seed)
                writer.put([made], root="/in", reader="1")
        return writer.publish()


def rebuilt(data, number):
    """Return a copy of the index whose published generation was built in one go."""
    other = data.with_name(f"{data.name}-rebuilt")
    shutil.rmtree(other, ignore_errors=True)
    shutil.copytree(data, other)
    with Writer.open(other, CharacterEmbedder()) as writer:
        writer.renew()
    assert len(read_manifest(folder_of(other, DEFAULT_COLLECTION, number)).segments) <= 1
    return other


def assert_same(data, other, number):
    """Two indexes have the same columns, scores and answers."""
    one, two = (
        OpenGeneration.open(Store.open(place), place, DEFAULT_COLLECTION, number)
        for place in (data, other)
    )
    bare = {"made": "", "digest": "", "segments": ()}
    assert dataclasses.replace(one.manifest, **bare) == dataclasses.replace(two.manifest, **bare)
    mine, its = one.columns, two.columns
    for some, others in ((mine, its), (mine.of_documents, its.of_documents)):
        for field in dataclasses.fields(some):
            if field.name != "of_documents":
                values = getattr(some, field.name), getattr(others, field.name)
                np.testing.assert_array_equal(*values, field.name)
    everything = np.arange(one.dense.size, dtype=np.int64)
    np.testing.assert_array_equal(one.dense.vectors(everything), two.dense.vectors(everything))
    for place in ("words", "pairs", "context"):
        mine, its = getattr(one, place), getattr(two, place)
        for token in (
            "図書館",
            "市道",
            "図書",
            "書館",
            "給食",
            "本会議",
            "予算",
            "月額",
            "件",
            "のな",
        ):
            assert mine.rarity(token) == its.rarity(token)
            assert mine.holders(token).all().tolist() == its.holders(token).all().tolist()
            np.testing.assert_allclose(mine.scores([token]), its.scores([token]), rtol=1e-6)
    searches = [Searcher.open(place, CharacterEmbedder()) for place in (data, other)]
    for question in QUESTIONS:
        found = [
            # equal scores may stand in any order
            sorted((hit.passage.passage_id, round(hit.score, 4)) for hit in result.hits)
            for result in (searcher.search(Query(question), 20) for searcher in searches)
        ]
        assert found[0] == found[1]
    for searcher in searches:
        searcher.close()


@settings(max_examples=25, deadline=None, derandomize=True, database=None)
@given(histories)
def test_any_history_gives_the_index_that_is_built_in_one_go(history):
    """Adding, replacing and removing, with merges in between: columns, scores, hits are equal."""
    with tempfile.TemporaryDirectory() as folder, few_segments():
        data = Path(folder) / "data"
        number = 0
        for some in history:
            number = publish(data, some)
        if number:
            assert_same(data, rebuilt(data, number), number)
            for part in parts_of(data, number):
                assert broken_files(part) == []


def test_a_publication_writes_what_came_and_nothing_else(tmp_path):
    """The segments before stay as they are, and what went is marked, not rewritten."""
    for number in (0, 2, 4):
        publish(tmp_path, [(number, "minutes", 1)])
    before = {path.name: path.stat().st_mtime_ns for path in parts_of(tmp_path, 3)[1:]}
    number = publish(tmp_path, [(2, "minutes", 5), (6, "minutes", 1)])
    manifest = read_manifest(folder_of(tmp_path, DEFAULT_COLLECTION, number))
    names = [segment.name for segment in manifest.segments]
    assert names[:2] == [name for name in before if name in names]
    assert len(names) == 3  # nothing is left of the second
    assert all(path.stat().st_mtime_ns == before[path.name] for path in parts_of(tmp_path, 4)[1:3])


def test_what_is_gone_in_part_is_marked(tmp_path):
    """A segment of several documents of which one is replaced keeps the others."""
    publish(tmp_path, [(number, "minutes", number) for number in (0, 2, 4, 6)])
    number = publish(tmp_path, [(2, "gone", 0)])
    folder = folder_of(tmp_path, DEFAULT_COLLECTION, number)
    [segment] = read_manifest(folder).segments
    marks = live_marks(folder, segment)
    assert segment.live == marks.sum() < segment.passages == len(marks)
    assert_same(tmp_path, rebuilt(tmp_path, number), number)


def test_an_open_search_goes_on_while_segments_are_merged(tmp_path):
    """It reads the files that it opened, and another reads the merged ones: both find the same."""
    with few_segments(20):
        for number in (0, 2, 4, 6):
            publish(tmp_path, [(number, "minutes", number)])
        before = Searcher.open(tmp_path, CharacterEmbedder())
    with few_segments(1), Writer.open(tmp_path, CharacterEmbedder()) as writer:
        writer.merge()
    after = Searcher.open(tmp_path, CharacterEmbedder())
    assert before.is_current()
    assert len(read_manifest(folder_of(tmp_path, DEFAULT_COLLECTION, 4)).segments) == 1
    for question in QUESTIONS:
        first, second = (
            [hit.passage.passage_id for hit in searcher.search(Query(question)).hits]
            for searcher in (before, after)
        )
        assert first == second


def segments(*sizes):
    """Return segments of so many passages, all of them there."""
    return [Segment(f"{at}", size, size) for at, size in enumerate(sizes)]


def test_few_segments_are_left_as_they_are():
    """Up to twelve are no burden."""
    assert merging.to_merge(segments(*[150] * merging.MOST)) is None


def test_of_many_segments_the_small_ones_behind_are_merged():
    """A large one is not written anew for the sake of a few small ones behind it."""
    chosen = merging.to_merge(segments(100_000, 9_000, *[150] * merging.MOST))
    assert chosen == slice(2, 2 + merging.MOST)
    doubling = [2**n for n in range(20, 0, -1)]
    assert merging.to_merge(segments(*doubling)) == slice(18, 20)


def test_what_is_mostly_gone_is_made_anew():
    """Files of which less than half is left are not carried along."""
    some = [*segments(100, 100), Segment("old", 100, 49), *segments(100)]
    assert merging.to_merge(some) == slice(2, 3)


def test_passages_are_seldom_written_anew():
    """Over a thousand publications each passage is written some ten times, not a thousand."""
    sizes, written = [], 0
    for _ in range(1000):
        sizes.append(150)
        written += 150
        while (chosen := merging.to_merge(segments(*sizes))) is not None:
            merged = sum(sizes[chosen])
            sizes[chosen] = [merged]
            written += merged
        assert len(sizes) <= merging.MOST
    assert written < 8 * 150 * 1000
