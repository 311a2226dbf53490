import pytest

from tests.ingest.lines import read

COUNCIL = """\
第2回環境審議会 会議録
日時　令和4年9月28日
出席者　会長　中嶋　太郎、副会長　小森花子、委員　石田秀男、委員　石田ちひろ
　　　　委員　谷　剛、委員　谷口一郎
事務局　市町村課長　坂野　次郎、主査　浜野四郎
（事務局）始めます。
"""
PLENARY = """\
定例会会議録
日時　令和4年9月28日
○議長（田上一郎君）　始めます。
◆12番（谷　剛君）　なぜですか。
"""


def persons(text):
    """Return the person of each label that speaks, by label; the last one wins."""
    _, passages = read(text)
    return {p.speaker: p.person for p in passages if p.speaker}


@pytest.mark.parametrize(
    ("label", "person"),
    [
        ("中嶋会長", "中嶋太郎"),
        ("中嶋委員", "中嶋太郎"),
        ("会長", "中嶋太郎"),
        ("小森副会長", "小森花子"),
        ("石田（秀）委員", "石田秀男"),
        ("石田（ち）委員", "石田ちひろ"),
        ("石田委員", None),
        ("谷委員", "谷剛"),
        ("谷口委員", "谷口一郎"),
        ("坂野市町村課長", "坂野次郎"),
        ("市町村課長", "坂野次郎"),
        ("事務局（浜野主査）", "浜野四郎"),
        ("事務局", None),
        ("Ａ委員", None),
        ("委員", None),
        ("森委員", None),
    ],
)
def test_labels_of_the_attendance_list(label, person):
    """A surname, a post or an initial tells the one person whom it fits, never one of two."""
    assert persons(f"{COUNCIL}（{label}）なぜですか。\n（事務局）はい。\n")[label] == person


def test_a_name_printed_once_is_known_afterwards():
    """議長（田上一郎君） is 議長 alone later; a seat number alone is its member."""
    found = persons(
        PLENARY + "○議長　次に進みます。\n◆12番　もう一度伺います。\n○田上議長　はい。\n"
    )
    assert found["議長"] == found["田上議長"] == "田上一郎"
    assert found["12番"] == "谷剛"


def test_after_the_chair_was_handed_over_the_post_alone_tells_nobody():
    """Who is 議長 after 「議長を交代します」 is not told until a name stands there again."""
    text = PLENARY + "○議長（田上一郎君）　議長を交代します。\n○議長　再開します。\n"
    assert persons(text)["議長"] is None
    assert (
        persons(text + "○議長（小森花子君）　はい。\n○議長　終わります。\n")["議長"] == "小森花子"
    )


def test_the_one_elected_is_the_one_listed():
    """Before an election nobody holds the post, after it the person of the list does."""
    text = COUNCIL + "（浜野主査）会長の互選をお願いします。\n（会長）よろしくお願いします。\n"
    assert persons(text)["会長"] == "中嶋太郎"


def test_surnames_alone_are_no_full_names():
    """Where the document prints only surnames, it tells no full name."""
    found = persons(PLENARY.replace("田上一郎", "田上").replace("谷　剛", "佐々木"))
    assert set(found.values()) == {None}
