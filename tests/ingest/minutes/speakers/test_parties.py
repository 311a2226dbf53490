"""For which party or group the speakers of an assembly speak, as its minutes tell."""

import pytest

from ingest.document.source import Line
from ingest.minutes.sitting.membership import read_member_rows
from ingest.minutes.speakers.parties import is_party, party_in_speech, read_party_labels
from tests.ingest.lines import read

HEAD = """みなと市議会定例会会議録
令和5年9月12日（火曜日）午前10時開議
出席議員
{present}
説明のため出席した者
市長　海野進君　教育長　大貫久子君

○議長（山田太郎君）　これより一般質問を行います。
◆3番（林健一君）　学校給食費の無償化について伺います。市の考えはどうか。
◎市長（海野進君）　財源が課題であり、検討してまいります。
◆4番（森明子君）　地元の野菜を使う割合を伺います。何割か。
◎教育長（大貫久子君）　三割でございます。
○議長（山田太郎君）　以上で終わります。
"""
EVERY_FORM = [
    "自由民主党　1番　山田太郎君\n公明党　3番　林健一君\n共産党市議団　4番　森明子君",
    "【自由民主党】\n1番　山田太郎君\n【公明党】\n3番　林健一君\n【共産党市議団】\n4番　森明子君",
    "自由民主党\n1番　山田太郎君\n公明党\n3番　林健一君\n共産党市議団\n4番　森明子君",
    "1番　山田太郎君（自由民主党）　3番　林健一君（公明党）　4番　森明子君（共産党市議団）",
]


def parties(document):
    """Return speaker and party."""
    return {one.speaker: one.party for one in document.sitting.parties}


@pytest.mark.parametrize("present", EVERY_FORM)
def test_the_attendance_list_tells_the_party(present):
    """Before the names, as a heading over them, or in brackets behind each."""
    document, _ = read(HEAD.format(present=present))
    listed = {a.name.replace(" ", ""): (a.post, a.party) for a in document.attendees}
    assert listed["山田太郎"] == ("1番", "自由民主党")
    assert listed["林健一"] == ("3番", "公明党")
    assert listed["海野進"] == ("市長", None)
    assert parties(document) == {"3番（林健一君）": "公明党", "4番（森明子君）": "共産党市議団"}


def test_a_mark_that_prints_the_party_still_tells_name_and_role():
    """The party in the mark is no part of the name: before it, behind it, in brackets or not."""
    document, passages = read(
        "みなと市議会定例会会議録\n令和5年9月12日\n"
        "○議長（山田太郎君）　これより一般質問を行います。\n"
        "○３番（公明党　林健一郎君）　給食費の考えを伺います。どうか。\n"
        "○市長（海野進君）　検討してまいります。\n"
        "○森明子君（共産）　野菜の割合は何割か。\n"
        "○教育長（大貫久子君）　三割でございます。\n"
    )
    told = {"３番（公明党　林健一郎君）": "公明党", "森明子君（共産）": "共産"}
    assert parties(document) == told
    by_label = {passage.speaker: passage for passage in passages if passage.speaker in told}
    assert {p.role.value for p in by_label.values()} == {"member"}
    assert by_label["３番（公明党　林健一郎君）"].person == "林健一郎"


@pytest.mark.parametrize(
    ("label", "party", "bare"),
    [
        ("12番（公明党　山田太郎君）", "公明党", "12番（山田太郎君）"),
        ("12番（公明党山田太郎君）", "公明党", "12番（山田太郎君）"),
        ("12番（山田太郎君・市民クラブ）", "市民クラブ", "12番（山田太郎君）"),
        ("公明党（山田太郎君）", "公明党", "山田太郎君"),
        ("山田太郎君（自民）", "自民", "山田太郎君"),
    ],
)
def test_a_label_is_parted_from_its_party(label, party, bare):
    """What stays is the label as other minutes print it."""
    labels = read_party_labels([label], [])
    assert (labels.parties[label], labels.name_in(label)) == (party, bare)


@pytest.mark.parametrize(
    "label",
    [
        *("議長（山田　太郎君）", "委員（藤枝剛）", "石田（秀）委員長", "市長（海野進君）"),
        *("山田委員（続き）", "事務局（森課長）", "こども部長（根岸明君）", "議長（副議長代理）"),
    ],
)
def test_other_brackets_are_no_party(label):
    """Names, first letters of names, posts and remarks stand in brackets too."""
    assert read_party_labels([label], []).parties == {}


@pytest.mark.parametrize(
    ("label", "words", "party"),
    [
        (
            "12番（水島香織君）",
            "おはようございます。市民クラブの水島香織でございます。",
            "市民クラブ",
        ),
        ("堺委員", "私は、市議会公明党を代表して、通告に従い質問します。", "市議会公明党"),
        (
            "14番（日向寺亮）",
            "会派さざなみの日向寺です。今日は一問一答で聞きます。",
            "会派さざなみ",
        ),
        ("林委員", "チームあおぞらを代表して一般質問いたします。", "チームあおぞら"),
        ("森委員", "共産党も賛成です。", "共産党"),
        ("水島委員", "文教委員会を代表して質問します。", None),
        ("林委員", "市民を代表して質問します。", None),
        ("林委員", "副委員長の林です。", None),
        ("林委員", "公明党の森が申し上げたとおりです。", None),
        ("林委員", "公明党の森です。", None),
        ("林委員", "自民党の提案をどう考えるのか。", None),
    ],
)
def test_a_speaker_says_for_whom_he_speaks(label, words, party):
    """Only at the beginning, only of oneself, and only for what is called as a group is."""
    assert party_in_speech(label, words) == party


def test_a_short_form_beside_one_name_alone_is_no_party():
    """自民 behind two names is one; what stands behind a single name may be anything."""
    document, _ = read(
        HEAD.format(present="1番　山田太郎君（自民）　2番　岬渡君（自民）　3番　林健一君（港北）")
    )
    listed = {person.name: person.party for person in document.attendees}
    assert listed["山田太郎"] == listed["岬渡"] == "自民"
    assert listed["林健一"] is None


def test_an_advisory_council_has_no_parties():
    """Its members come from societies and clubs, which are no parties."""
    document, _ = read(
        HEAD.format(present=EVERY_FORM[3]).replace("みなと市議会定例会", "みなと市文化審議会")
    )
    assert parties(document) == {}
    assert {person.party for person in document.attendees} == {None}


def test_a_table_of_attendance_has_a_column_for_the_party():
    """The column is no post, and its cell goes with the name of its row."""
    rows = [
        ("会派", "職名", "氏名"),
        ("公明党", "委員", "林 健一"),
        ("自民党", "委員長", "山田 太郎"),
    ]
    lines = [Line("　".join(row), cells=row) for row in rows]
    found = [(p.name, p.post, p.party) for p in read_member_rows(lines, None)]
    assert found == [("林 健一", "委員", "公明党"), ("山田 太郎", "委員長", "自民党")]


@pytest.mark.parametrize(
    ("label", "text", "party"),
    [
        ("２０番（浦木千代君）", "みらいの会の浦木千代です。一括で伺います。", "みらいの会"),
        ("９番（湊健吾）", "新緑の湊です。ごみ袋について伺います。", "新緑"),
        ("３番（戸倉光代）", "丘の手地区の戸倉です。", None),
        ("３番（戸倉光代）", "最後の質問者の戸倉です。", None),
        ("３番（戸倉光代）", "一期目の戸倉です。", None),
        ("３番（戸倉光代）", "文教委員会の戸倉です。", None),
        ("３番（戸倉光代）", "新緑の湊です。", None),
    ],
)
def test_a_member_who_gives_his_name_tells_his_group_before_it(label, text, party):
    """Its name may hold の, or have no usual ending; where he is from, or his turn, is none."""
    assert party_in_speech(label, text) == party


@pytest.mark.parametrize("words", ["放課後児童クラブ", "我が会派", "商工会", "定例会", "第2会派"])
def test_groups_of_another_kind_are_no_parties(words):
    """What ends like a party but is a club, a body or a meeting is none."""
    assert not is_party(words)


@pytest.mark.parametrize("opening", ["それでは", "ただいま", "私は", "わたくしども"])
def test_what_comes_before_a_party_is_no_part_of_it(opening):
    """A speech may open with 「それでは公明党を代表して」 or 「私は…」."""
    assert party_in_speech("12番", f"{opening}公明党を代表して質問いたします。") == "公明党"
