"""The names of an index: speakers taken apart, persons told apart."""

from dataclasses import replace

import pytest

from index.council.speakers import voice_of
from index.record import Attendee, Role
from index.search.names import is_plenary, short_name
from index.search.searcher import Searcher
from index.writer import Writer
from tests.index.making import LIBRARY, CharacterEmbedder, minutes

MEMBER, EXECUTIVE, CHAIR = Role.MEMBER, Role.EXECUTIVE, Role.CHAIR


def sitting(name, body, speakers, attendees=()):
    """Return minutes in which each of the speakers says one thing."""
    turns = [(speaker, role, f"{speaker}の話です。", None) for speaker, role in speakers]
    document, passages = minutes(name, "2024-05-01", turns, body=body)
    return replace(document, attendees=tuple(attendees)), passages


COUNCIL = sitting(
    "審議会.txt",
    "みなと市交通審議会",
    [("谷口委員", MEMBER), ("会長", CHAIR), ("副会長", MEMBER), ("事務局（森課長）", EXECUTIVE)],
    [Attendee("谷口 花"), Attendee("原 一郎", "会長"), Attendee("西 次郎", "副会長")],
)
PLENARY = sitting(
    "本会議.txt",
    "みなと市議会定例会",
    [("７番（谷口太郎君）", MEMBER), ("市長（海野進君）", EXECUTIVE), ("こども部長", EXECUTIVE)],
    [Attendee("浜 良江", "こども部長", EXECUTIVE)],
)
COMMITTEE = sitting(
    "委員会.txt", "総務委員会", [("谷口委員", MEMBER), ("浜こども部長", EXECUTIVE)],
    [Attendee("谷口太郎"), Attendee("浜良江", "こども部長")],
)  # fmt: skip
PANEL = sitting("協議会.txt", "駅前協議会", [("都市課長", EXECUTIVE), ("原会長", CHAIR)])


@pytest.fixture
def names(tmp_path):
    """Return the names of an index of four sittings."""
    with Writer.open(tmp_path, CharacterEmbedder()) as writer:
        writer.put([COUNCIL, PLENARY, COMMITTEE, PANEL], root="/in", reader="1")
        writer.publish()
    return Searcher.open(tmp_path, CharacterEmbedder()).names


def printed(names, person):
    """Return how the voices of a person are printed, with their documents."""
    voices = [names.voices[number] for number in names.voices_of(person)]
    return {(names.documents[voice.document].document, voice.printed) for voice in voices}


def test_two_persons_of_one_surname_are_told_apart(names):
    """The attendance lists give the full names, also where only the surname is printed."""
    people = {person.name: person for person in names.people("谷口")}
    assert set(people) == {"谷口花", "谷口太郎"}
    assert people["谷口太郎"].bodies == ("総務委員会", "みなと市議会定例会")
    assert printed(names, "谷口太郎") == {
        ("本会議.txt", "7番(谷口太郎君)"),
        ("委員会.txt", "谷口委員"),
    }


def test_a_member_of_an_assembly_is_who_has_a_numbered_seat(names):
    """谷口議員 is not the citizen on the advisory council; 谷口委員 may be either."""
    assert [person.name for person in names.people("谷口", "議員")] == ["谷口太郎"]
    assert len(names.people("谷口", "委員")) == 2


def test_a_post_is_held_by_whoever_has_it(names):
    """会長 is not 副会長, 部長 is こども部長, and 事務局 speaks where it prints its officers."""
    assert printed(names, "会長") == {("審議会.txt", "会長"), ("協議会.txt", "原会長")}
    assert printed(names, "部長") == {("本会議.txt", "こども部長"), ("委員会.txt", "浜こども部長")}
    assert printed(names, "事務局") == {
        ("審議会.txt", "事務局(森課長)"),
        ("協議会.txt", "都市課長"),
    }


def test_a_name_that_is_not_there_has_no_voice(names):
    """Neither an unknown surname nor the beginning of a department is a person."""
    assert names.people("山田") == ()
    assert names.people("こど") == ()
    assert printed(names, "鈴木一郎") == set()


def test_bodies_go_by_their_short_and_general_names(names):
    """The municipality may be left out; an assembly's sittings are 本会議."""
    aliases = {body.name: set(body.aliases) for body in names.bodies}
    assert {"交通審議会", "審議会"} <= aliases["みなと市交通審議会"]
    assert {"本会議", "議会", "定例会"} <= aliases["みなと市議会定例会"]
    assert "議会" not in aliases["みなと市交通審議会"]
    assert names.is_own("みなと市")
    assert not names.is_own("よそ市")


@pytest.mark.parametrize(
    ("speaker", "name", "post"),
    [
        ("○中嶋会長", "中島", "会長"),
        ("委員（中嶋太郎君）", "中島太郎", "委員"),
        ("百八番（中嶋太郎君）", "中島太郎", "百八番"),
        ("石田（秀）委員長", "石田", "委員長"),
        ("佐藤真由美議員", "佐藤真由美", "議員"),
        ("村井哲朗町長", "村井哲朗", "町長"),
        ("東村山市長", "", "東村山市長"),
        ("都市整備課長", "", "都市整備課長"),
        ("事務局", "", "事務局"),
        ("問", "", None),
        ("Mayor Prowse", "prowse", "mayor"),
        ("CITY MANAGER OKAFOR", "okafor", "city manager"),
        ("The Chair", "", "chair"),
        ("Hon. Bill Marsh (Minister of Finance)", "bill marsh", "minister of finance"),
    ],
)
def test_a_printed_speaker_is_taken_apart(speaker, name, post):
    """Name and post are told from what is printed, whatever the layout."""
    voice = voice_of(LIBRARY[0], (0, 0), speaker, None)
    assert voice.name == name
    assert voice.posts == ((post,) if post else ())


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("みなと市公共交通審議会", "公共交通審議会"),
        ("みなと市立図書館協議会", "図書館協議会"),
        ("City of Alder Bay City Council", "city council"),
        ("市場審議会", "市場審議会"),
        ("総務委員会", "総務委員会"),
    ],
)
def test_the_municipality_before_a_name_is_left_out(name, short):
    """What follows it stays; a name that only begins alike is kept."""
    assert short_name(name.lower()) == short


def test_plenary_sittings_are_those_of_the_assembly_itself():
    """A committee of it and an advisory council are none."""
    assert is_plenary(PLENARY[0].body or "")
    assert not is_plenary(COMMITTEE[0].body or "")
    assert not is_plenary(COUNCIL[0].body or "")
