"""Parties of an index: which names mean the same, and who speaks for whom in which year."""

from dataclasses import replace

import msgspec
import pytest

from index.council.parties import may_be_one_party, parties_of_core, party_cores
from index.record import Affiliation, Attendee, Role, Sitting
from index.search.searcher import Searcher
from index.store.rows import document_detail, to_document
from index.writer import Writer
from tests.index.making import LIBRARY, CharacterEmbedder, minutes

MEMBER, CHAIR, EXECUTIVE = Role.MEMBER, Role.CHAIR, Role.EXECUTIVE
PLACES = frozenset({"みなと"}).__contains__


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("日本共産党みなと区議団", "共産"),
        ("みなと区議会公明党", "公明"),
        ("みなと自民党区議団", "自民"),
        ("自由民主党", "自由民主"),
        ("会派さざなみ", "さざなみ"),
        ("日本維新の会", "維新の会"),
        ("市民クラブ", "市民クラブ"),
        ("Labour Party", "labour"),
    ],
)
def test_a_name_comes_down_to_its_core(name, core):
    """The assembly, the municipality and the word for a party tell no party from another."""
    assert party_cores(name, PLACES)[0] == core


def test_a_name_of_several_parties_has_the_core_of_each():
    """自民党・子ども未来 goes by either, but 無所属 is no name of a part."""
    assert party_cores("自民党・子ども未来") == ("自民党・子ども未来", "自民", "子ども未来")
    assert "無所属" not in party_cores("自民・無所属")
    assert party_cores("みなと・生活者の会", PLACES) == ("生活者の会",)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("自民", "自由民主", True),
        ("立憲", "立憲民主", True),
        ("民主", "自由民主", False),
        ("公明", "共産", False),
        ("lab", "labour", True),
        ("lib dem", "liberal democrats", True),
    ],
)
def test_a_short_form_opens_with_the_same_sign(one, other, same):
    """Its signs stand in the longer name in their order; so 民主 is not short for 自由民主."""
    assert may_be_one_party(one, other) is same
    assert may_be_one_party(other, one) is same


def test_a_name_that_fits_two_parties_means_neither():
    """市民 is short for 市民クラブ and for 市民ネット, which are not one; 市民クラブ is itself."""
    called = {
        name: party_cores(name) for name in ("市民クラブ", "市民ネット", "自民党", "自由民主党")
    }
    assert parties_of_core("市民", called) == ()
    assert parties_of_core("市民クラブ", called) == ("市民クラブ",)
    assert set(parties_of_core("自民", called)) == {"自民党", "自由民主党"}


def sitting(name, day, speakers, parties=(), attendees=()):
    """Return minutes in which each speaker says one thing, with the parties that they tell."""
    turns = [(speaker, role, f"{speaker}の話です。", None) for speaker, role in speakers]
    document, passages = minutes(name, day, turns, body="みなと市議会定例会")
    told = tuple(Affiliation(*pair) for pair in parties)
    document = replace(document, attendees=tuple(attendees), sitting=Sitting(parties=told))
    return document, passages


MARKED = "3番（公明党　林健一郎君）"


@pytest.fixture
def names(tmp_path):
    """Return the names of four sittings in which a member changes the party."""
    held = [
        sitting("一.txt", "2019-05-01", [("林健一郎君", MEMBER)], [("林健一郎君", "市民クラブ")]),
        sitting("二.txt", "2023-05-01", [(MARKED, MEMBER)], [(MARKED, "公明党")]),
        sitting("三.txt", "2023-09-01", [("林健一郎君", MEMBER), ("議長（森明子君）", CHAIR)],
                attendees=[Attendee("森明子", "議長", CHAIR, "公明党")]),
        sitting("四.txt", "2010-05-01", [("林健一郎君", MEMBER), ("市長（海野進君）", EXECUTIVE)]),
        LIBRARY,
    ]  # fmt: skip
    with Writer.open(tmp_path, CharacterEmbedder()) as writer:
        writer.put(held, root="/in", reader="1")
        writer.publish()
    return Searcher.open(tmp_path, CharacterEmbedder()).names


def documents(names, person):
    """Return where the voices of a person or party speak."""
    return {names.documents[names.voices[n].document].document for n in names.voices_of(person)}


def test_a_party_speaks_where_its_members_do(names):
    """Each sitting tells for itself; one that is silent takes it from the nearest of four years."""
    assert documents(names, "公明党") == {"二.txt", "三.txt"}
    assert documents(names, "市民クラブ") == {"一.txt"}
    assert documents(names, "公明") == {"二.txt", "三.txt"}
    assert documents(names, "みどりの党") == set()


def test_who_presides_speaks_for_no_party(names):
    """The chair speaks for the sitting, whatever the list says beside the name."""
    speaking = {names.voices[n].name for n in names.voices_of("公明党")}
    assert speaking == {"林健一郎"}


def test_a_mark_with_the_party_is_the_same_person(names):
    """The party in the label is no part of the name."""
    assert [person.name for person in names.people("林健一郎")] == ["林健一郎"]
    assert documents(names, "林健一郎") == {"一.txt", "二.txt", "三.txt", "四.txt"}


def test_what_an_earlier_version_stored_is_read():
    """A store without parties is one in which nobody's party is known."""
    document = replace(LIBRARY[0], attendees=(Attendee("佐藤 花子", "委員"),), sitting=Sitting())
    detail = msgspec.json.decode(document_detail(document))
    del detail["attendees"][0]["party"], detail["sitting"]["parties"]
    row = ("main", document.document, "", "", "minutes", None, None, None, None, "ja", 1.0, 1)
    read = to_document((*row, msgspec.json.encode(detail).decode()))
    assert read.attendees == document.attendees
    assert read.sitting == Sitting()
