"""What questions about the sample council are narrowed to, and which are not."""

import datetime as dt

import pytest

import samples
from bot.question.question import MAX_CHARACTERS, understand
from index.search.searcher import Searcher
from index.writer import Writer
from ingest.pipeline import ingest
from tests.index.making import CharacterEmbedder

TODAY = dt.date(2024, 11, 27)
COUNCIL, COMMITTEE = "汐見原市公共交通審議会", "文教厚生委員会"
ALDER_BAY = "City of Alder Bay City Council"


@pytest.fixture(scope="module")
def names(tmp_path_factory):
    """Return the names of the sample council."""
    data = tmp_path_factory.mktemp("names")
    with Writer.open(data, CharacterEmbedder()) as writer:
        ingest([samples.council()], index=writer)
    searcher = Searcher.open(data, CharacterEmbedder())
    yield searcher.names
    searcher.close()


def narrowed(text, names):
    """Return all fields that the restrictions set, dates as ISO strings."""
    found = {}
    for restriction in understand(text, names, TODAY).restrictions:
        for field in restriction.sets:
            found[field] = str(getattr(restriction.filters, field))
    return found


def month(year, number, last):
    """Return a whole month as filters."""
    return {"since": f"{year}-{number:02}-01", "until": f"{year}-{number:02}-{last}"}


WHO_WHEN_WHERE = [
    ("令和6年10月の審議会で運賃はどう説明された？", month(2024, 10, 31) | {"body": COUNCIL}),
    ("先月の公共交通審議会で出た意見を教えて", month(2024, 10, 31) | {"body": COUNCIL}),
    ("2022-12-12の委員会で給食の取り違えはどう報告された", {
        "since": "2022-12-12", "until": "2022-12-12", "body": COMMITTEE}),
    ("去年の9月議会で防災ラジオは取り上げられた？", month(2023, 9, 30) | {"body": "本会議"}),
    ("令和4年度の9月議会で津波の話は出た？", month(2022, 9, 30) | {"body": "本会議"}),
    ("令和5年度の審議会で事務局は何と言っていた？", {
        "since": "2023-04-01", "until": "2024-03-31", "body": COUNCIL, "person": "事務局"}),
    ("R5年9月の文教厚生委員会で陳情はどうなった？", month(2023, 9, 30) | {"body": COMMITTEE}),
    ("令和4年9月の答弁で避難所について", month(2022, 9, 30)),
    ("前回の審議会での委員の発言", {
        "since": "2024-10-29", "until": "2024-10-29", "body": COUNCIL, "person": "委員"}),
    ("給食費の無償化について議員からの質問は", {"person": "議員"}),
    ("前回の審議会で決まったこと", {
        "since": "2024-10-29", "until": "2024-10-29", "body": COUNCIL}),
    ("直近の文教厚生委員会で何が話された？", {
        "since": "2024-06-17", "until": "2024-06-17", "body": COMMITTEE}),
    ("What was decided at the last city council meeting?", {
        "since": "2023-05-09", "until": "2023-05-09", "body": ALDER_BAY}),
    ("第7回の審議会で会長に選ばれたのは？", {"body": COUNCIL, "session": "第7回"}),
    ("第十回公共交通審議会の議事録で運賃は？", {"body": COUNCIL, "session": "第10回"}),
    ("令和6年第3回定例会で投票所は何か所になると答えた？", {
        "since": "2024-01-01", "until": "2024-12-31", "body": "汐見原市議会定例会",
        "session": "第3回"}),
    ("9月議会で藤枝議員は何を聞いた？", {"body": "本会議", "session": "9月", "person": "藤枝剛"}),
    ("審議会で運転手不足についてどんな意見が出た？", {"body": COUNCIL}),
    ("本会議で給食費の無償化は取り上げられましたか", {"body": "本会議"}),
    ("文教厚生委員会での図書館長の答弁", {"body": COMMITTEE, "person": "図書館長"}),
    ("審議会の藤枝さんは回数券について何と言った？", {"body": COUNCIL, "person": "藤枝由紀"}),
    ("委員会で藤枝委員は給食について何を聞いた？", {"body": COMMITTEE, "person": "藤枝剛"}),
    ("久世会長は採決のとき何と述べた？", {"person": "久世直人"}),
    ("水島委員は給食費について何を確認した？", {"person": "水島香織"}),
    ("浦部議員は統合について何を訴えた？", {"person": "浦部千代"}),
    ("亀井委員は光熱費の何を批判したのか", {"person": "亀井昭"}),
    ("水島議員が給食費で提起した問題は", {"person": "水島香織"}),
    ("堀内教育長は部活動についてどう答えた？", {"person": "堀内正樹"}),
    ("楠こども部長の答弁で学童の件", {"person": "楠良江"}),
    ("楠部長は待機児童をどう説明した", {"person": "楠良江"}),
    ("水島香織議員の一般質問", {"person": "水島香織"}),
    ("市長は跡地の売却について何と答えた？", {"person": "市長"}),
    ("副市長によると跡地はどうなる？", {"person": "副市長"}),
    ("事務局は経費が増えた理由をどう説明した？", {"person": "事務局"}),
    ("交通政策課長の説明では免許返納は何件？", {"person": "交通政策課長"}),
    ("水島議員の質問に市長はどう答えた？", {"asker": "水島香織", "person": "市長"}),
    ("岸本議員が聞いた石垣の件、市の答えは？", {"asker": "岸本翔"}),
    ("浦部委員への答弁で司書の人数は？", {"asker": "浦部千代"}),
    ("亀井議員が市長に聞いたことは？", {"person": "亀井昭"}),
    ("市長に対して浦部議員が訴えたことは？", {"person": "浦部千代"}),
    ("事務局に水島委員が給食費について尋ねたのは", {"person": "水島香織"}),
    ("What did Councilmember Dietz say about the capital plan?", {"person": "dietz"}),
    ("What did Councilmember Dietz ask Director Voss about the plan?", {"person": "dietz"}),
    ("According to Director Voss, when does the work start?", {"person": "samuel voss"}),
    ("What did Okafor answer to Councilmember Moreno?", {
        "person": "ruth okafor", "asker": "moreno"}),
    ("令和2年の市長の答弁", {
        "since": "2020-01-01", "until": "2020-12-31", "person": "市長"}),
    ("市長は令和6年の値上げについて何と答えた？", {"person": "市長"}),
]  # fmt: skip

ONLY_THE_MATTER = [
    "審議会の委員は何期まで再任できる？",
    "公共交通審議会の会議は非公開にできる？",
    "公共交通審議会の会長は誰が決める？",
    "審議会で委員は何人必要？",
    "市長の給料はいくら？",
    "市長の退職金はいくら？",
    "市長が乗る公用車はいくらと説明された？",
    "市長選はいつ？",
    "議会の傍聴はできる？",
    "議会だよりはいつ出る？",
    "教育委員会で決まった学区は？",
    "となり市の市議会で可決された条例は？",
    "岐阜市議会で可決された条例は？",
    "県議会では漁港について何が議論された？",
    "市長の給料についての質問は？",
    "自治会長は何と言った？",
    "谷口委員は何を質問した？",
    "森岡さんが会長だったのはいつまで？",
    "市長は議員から何を質問されましたか",
    "令和6年10月の値上げで運賃はいくらになる？",
    "令和4年度の待機児童は何人？",
    "昨年度の図書館の来館者数",
    "前に私、文教厚生委員会で給食について聞いたんですが、その後どうなりましたか",
    "令和4年の審議会で検討すると答えたが、今はどうなった？",
    "審議会ではありませんが、学童の料金は？",
    "二種免許の補助は何件申請があった？",
    "mayor's salary",
    "How long may a dog leash be?",
    "What did the mayor say about school lunches?",
]


@pytest.mark.parametrize(("text", "expected"), WHO_WHEN_WHERE)
def test_who_when_and_where_narrow(text, expected, names):
    """A name of the index that the question uses as such becomes a filter; nothing else does."""
    assert narrowed(text, names) == expected


@pytest.mark.parametrize("text", ONLY_THE_MATTER)
def test_a_name_that_is_the_matter_does_not_narrow(text, names):
    """Names talked about, dates of the matter, other towns and unknown persons narrow nothing."""
    assert narrowed(text, names) == {}


def test_a_date_of_the_matter_is_preferred(names):
    """It does not narrow, but its time comes first; relative times count, too."""
    asked = understand("昨年度の図書館の来館者数", names, TODAY)
    assert asked.period is not None
    assert (asked.period.since, asked.period.until) == (dt.date(2023, 4, 1), dt.date(2024, 3, 31))


ODD = {
    "long": "市長は委員会で何と答えたか。" * 8_000,
    "one character": "市",
    "emoji": "😀🏛️👩‍👩‍👧" * 100,
    "SQL": "'; DROP TABLE passages; -- 第10条' OR 1=1",
    "line breaks": "市長は\n\n\r\n審議会で\t何と\n答えたか",
    "Cyrillic": "Что сказал мэр на заседании?",
    "Arabic": "ماذا قال رئيس البلدية؟",
    "controls": "\x00\x1b[31m市長\u202e\ufeff",
    "lone surrogate": "市長は\ud800何と答えた",
    "digits": "9" * 5_000,
    "kanji numerals": "第" + "十" * 5_000 + "回審議会",
    "one name": "藤枝" * 1_000,
    "posts": "市長は" * 700,
    "dates": "令和4年12月" * 300,
    "brackets": "（" * 1_900,
    "blanks": "の" + " " * 1_900 + "会",
    "ha": "市長は" + "あ" * 1_900,
    "which": "条例第" * 600,
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_anything_that_can_be_typed_is_read(text, names):
    """No more than the limit is read, and nothing fails; a runaway pattern would never end."""
    asked = understand(text, names, TODAY)
    assert len(asked.text) <= MAX_CHARACTERS
    assert "\ud800" not in asked.text
