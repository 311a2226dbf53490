"""Which text of an ordinance holds on a day, part by part."""

import datetime as dt
from dataclasses import replace

import pytest

from index.council.in_force import FOR_EVER, Validity
from index.passage import Document, DocumentId, DocumentKind, Filters, Passage, PassageKind
from index.passage import passage_id as name_of
from index.record import Enactment, PartInForce
from index.search.query import Query
from index.search.searcher import Searcher
from index.writer import Writer
from tests.index.making import ROADS, CharacterEmbedder

OCTOBER = dt.date(2024, 10, 1)


def law(name, date, articles, enactment, title="つばき市児童クラブ条例"):
    """Return a text of an ordinance with its articles (address and words)."""
    document = Document(
        document=DocumentId(name),
        title=title,
        kind=DocumentKind.ORDINANCE,
        content_hash=name,
        date=date,
        enactment=enactment,
    )
    passages = [
        Passage(name_of(document.document, number), text, PassageKind.ARTICLE, article=address)
        for number, (address, text) in enumerate(articles.items())
    ]
    return document, passages


OLD = law(
    "旧.pdf",
    dt.date(2022, 4, 1),
    {"第4条": "開所の時間は午後六時まで。", "第7条": "利用料は月額六千円とする。"},
    Enactment(text_from=dt.date(2019, 4, 1)),
)
NEW = law(
    "新.docx",
    OCTOBER,
    {"第4条": "開所の時間は午後七時まで。", "第7条第1項": "利用料は月額七千円とする。"},
    Enactment(text_from=dt.date(2024, 4, 1), parts=(PartInForce("第7条", OCTOBER),)),
)


def held(tmp_path, documents, day):
    """Return the texts that a search finds as things stood on a day."""
    with Writer.open(tmp_path, CharacterEmbedder()) as writer:
        writer.put(documents, root="/in", reader="1")
        writer.publish()
    searcher = Searcher.open(tmp_path, CharacterEmbedder())
    filters = Filters(as_of=day)
    found = searcher.search(Query("開所の時間と利用料の月額", filters)).hits
    names = {hit.document.document for hit in found}
    assert names == {document.document for document in searcher.documents_under(filters)}
    searcher.close()
    return {hit.passage.text for hit in found}


@pytest.mark.parametrize(
    ("day", "hour", "fee"),
    [
        (dt.date(2018, 6, 1), None, None),
        (dt.date(2020, 6, 1), "六時", "六千円"),
        (dt.date(2024, 3, 31), "六時", "六千円"),
        (dt.date(2024, 4, 1), "七時", "六千円"),
        (dt.date(2024, 9, 30), "七時", "六千円"),
        (dt.date(2024, 10, 1), "七時", "七千円"),
    ],
)
def test_each_article_is_shown_as_it_was_in_force_on_the_day(tmp_path, day, hour, fee):
    """Neither before the amendment applies nor after: the day that is printed tells nothing."""
    texts = {
        t
        for t in (hour and f"開所の時間は午後{hour}まで。", fee and f"利用料は月額{fee}とする。")
        if t
    }
    assert held(tmp_path, [OLD, NEW], day) == texts


def test_of_a_text_that_tells_no_day_its_date_counts(tmp_path):
    """As it does of minutes and reports."""
    document, passages = OLD
    silent = replace(document, enactment=Enactment()), passages
    assert not held(tmp_path, [silent, ROADS], dt.date(2022, 3, 31))
    assert len(held(tmp_path, [silent, ROADS], dt.date(2022, 4, 1))) == len(passages)


@pytest.mark.parametrize(
    ("life", "holds"),
    [
        (Enactment(repealed=dt.date(2024, 4, 1), is_repealed=True), (True, False)),
        (Enactment(repealed=dt.date(2026, 4, 1), is_repealed=True), (True, True)),
        (Enactment(is_repealed=True), (False, False)),
    ],
)
def test_a_repealed_text_is_shown_for_the_days_before_only(tmp_path, life, holds):
    """What is repealed, nobody knows when, is shown for no day."""
    document, passages = OLD
    texts = [(replace(document, enactment=life), passages)]
    days = (dt.date(2024, 3, 31), dt.date(2024, 4, 1))
    assert tuple(bool(held(tmp_path, texts, day)) for day in days) == holds


def test_an_ordinance_is_repealed_by_another_that_says_so():
    """「…を廃止する条例」 ends the other on the day on which it comes into force itself."""
    ending = Enactment(amends="つばき市児童クラブ条例", in_force=OCTOBER, text_from=OCTOBER)
    title = "つばき市児童クラブ条例を廃止する条例"
    by, _ = law("廃止.pdf", dt.date(2024, 3, 1), {}, ending, title)
    validity = Validity([OLD[0], by])
    assert validity.of(OLD[0], "第4条") == (dt.date(2019, 4, 1).toordinal(), OCTOBER.toordinal())
    assert validity.around(by) == (OCTOBER.toordinal(), FOR_EVER)


def test_two_prints_of_one_state_do_not_replace_each_other():
    """The text as of April and as of June is the same where nothing was amended between."""
    again = replace(OLD[0], document=DocumentId("六月.pdf"), date=dt.date(2022, 6, 1))
    validity = Validity([OLD[0], again])
    assert validity.of(OLD[0]) == validity.of(again) == (dt.date(2019, 4, 1).toordinal(), FOR_EVER)
