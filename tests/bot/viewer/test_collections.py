"""Two collections that hold a paper of one name each: a link opens its own, and no other."""

from pathlib import Path

import pytest

from bot.viewer.linked import linked_hit
from index.passage import Collection, Document, DocumentId, Hit, Passage
from index.store.store import Store
from index.writer import Writer
from ingest.pipeline import ingest
from tests.bot.viewer.serving import TEXT, Town, fetch, town
from tests.index.making import CharacterEmbedder

CLOSED = Collection("closed")
CLOSED_WORDS = "内部の検討"
PAPER = f"犬猫の適正飼養条例の案\n\n（目的）\n第1条　この案は、{CLOSED_WORDS}のために置く。\n"


@pytest.fixture
def two(tmp_path: Path) -> Town:
    """Give a town with a closed paper that is named like an open one."""
    made = town(tmp_path, CharacterEmbedder())
    drafts = tmp_path / "drafts"
    (drafts / TEXT).parent.mkdir(parents=True)
    (drafts / TEXT).write_text(PAPER, encoding="utf-8")
    with Writer.open(made.data, made.embedder, CLOSED) as writer:
        ingest([drafts], index=writer)
    return made


def closed_paper(two: Town) -> tuple[Document, Passage]:
    """Return the closed paper and its passage."""
    store = Store.open(two.data)
    try:
        number = store.generation(CLOSED)
        [document] = store.documents(CLOSED, number)
        passages = [row.passage for row in store.passages(CLOSED, number, DocumentId(TEXT))]
    finally:
        store.close()
    return document, next(each for each in passages if CLOSED_WORDS in each.text)


def test_a_link_opens_the_paper_of_its_own_collection(two: Town):
    """The page and the download of each; all that a page links to stays within its collection."""
    document, passage = closed_paper(two)
    assert document.collection == CLOSED
    url = two.links.of(CLOSED).url(document.document, passage.passage_id, passage.text)
    with two.server():
        two.wait()
        page = fetch(url)
        assert page.status == 200
        assert CLOSED_WORDS in page.text
        for kind in ("p", "file", "style"):
            for address in page.hrefs(kind):
                found = fetch(two.root + address)
                assert found.status == 200, address
                assert kind != "file" or CLOSED_WORDS in found.text
        open_page = fetch(two.url(TEXT, "条例"))
        assert open_page.status == 200
        assert CLOSED_WORDS not in open_page.text
        [download] = open_page.hrefs("file")
        assert CLOSED_WORDS not in fetch(two.root + download).text


def test_a_signature_of_one_collection_is_none_of_another(two: Town):
    """Words and passage of the closed paper, signed as if open, lead to the open paper at most."""
    document, passage = closed_paper(two)
    with two.server():
        two.wait()
        forged = two.links.url(document.document, passage.passage_id, passage.text)
        assert CLOSED_WORDS not in fetch(forged).text
        own = two.links.of(CLOSED).url(document.document, passage.passage_id, passage.text)
        unknown = two.links.of(Collection("none")).url(
            document.document, passage.passage_id, passage.text
        )
        assert fetch(unknown).status == 404
        assert fetch(own.replace("s=", "s=A", 1)).status == 404


def test_a_hit_knows_where_its_link_leads(two: Town):
    """What puts links on hits takes the collection from the document."""
    document, passage = closed_paper(two)
    hit = linked_hit(Hit(1, 1.0, passage, document), two.links)
    own = two.links.of(CLOSED).url(document.document, passage.passage_id, passage.text)
    assert hit.url == own != two.links.url(document.document, passage.passage_id, passage.text)
