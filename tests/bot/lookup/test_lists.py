"""Lists and counts from the minutes' data, over papers in differing layouts."""

import datetime as dt

import pytest

from bot.answer.answer import Answer, Declined, DeclineReason
from bot.answerer import Answerer
from bot.lookup.finder import Finder
from bot.slack.messages.reply import reply_message
from bot.texts.count_note import count_note
from cli.output.json_output import reply_json
from index.search.searcher import Searcher
from index.writer import Writer
from ingest.pipeline import ingest
from tests.bot.test_answerer import sure
from tests.index.making import CharacterEmbedder

TODAY = dt.date(2025, 1, 10)
PLENARY = """\
令和六年第二回あおば市議会定例会会議録
令和六年六月二十一日（金曜日）午前十時開議
一、出席議員　十八名
一、欠席議員　一名（九番　秋津冬子君）
一、議事日程
第一　議案第三十一号　あおば市駐輪場条例の一部を改正する条例
第二　議案第三十二号　あおば市体育館条例を廃止する条例
第三　陳情第五号　バス停への屋根の設置を求める陳情
○議長（笹川正男君）　これより会議を開きます。
日程第一、議案第三十一号を議題といたします。本案に賛成の諸君の起立を求めます。
〔賛成者起立〕
○議長（笹川正男君）　起立全員であります。よって、議案第三十一号は原案のとおり可決されました。
日程第二、議案第三十二号を議題といたします。本案に賛成の諸君の起立を求めます。
〔賛成者起立〕
○議長（笹川正男君）　起立少数であります。
賛成七、反対十であります。よって、議案第三十二号は否決されました。
日程第三、陳情第五号を議題といたします。本陳情を採択することに賛成の諸君の起立を求めます。
〔賛成者起立〕
○議長（笹川正男君）　起立多数であります。よって、陳情第五号は採択することに決しました。
"""
COMMITTEE = """\
あおば市議会 福祉委員会 記録
1 開会年月日   令和6年9月5日(木)
2 開会場所     第2委員会室
3 出席委員(4人)
  委員長 梶 太郎   副委員長 野口 はな
  委員   秋津 冬子   西田 修
4 欠席委員     岩城 学
5 出席説明員   福祉部長 早瀬 透   保育課長 木内 望
6 議題
 (1) 議案第50号 あおば市保育所条例の一部を改正する条例
○梶委員長　ただいまから福祉委員会を開きます。議案第50号を議題とします。
○秋津委員　保育所の定員は何人減りますか。
○木内保育課長　定員は二十人減ります。
○西田委員　病児保育の利用は何件ありましたか。
○木内保育課長　昨年度は百十件です。
○梶委員長　採決します。議案第50号に賛成の委員の挙手を求めます。
賛成多数。よって、本案は可決すべきものと決定いたしました。反対は秋津委員1人でございます。
"""
COUNCIL = """\
第{number}回あおば市環境審議会　会議録
日　時：令和6年{month}月2日（火）午後2時～4時
会　場：市役所　大会議室
出席者：黒木茂会長、浜中由美委員、宮下良委員
事務局：環境課　沢村課長、同　森主査
傍聴者：3名
（黒木会長）　それでは第{number}回の審議会を始めます。
（浜中委員）　{asked}
（事務局）　{said}
（黒木会長）　以上で終わります。
"""
SUMMARY = """\
あおば市議会　予算特別委員会　主な質疑の要旨
日　時　令和6年9月20日（金）10:00～12:05
出席者　梶太郎委員長、西田修委員、秋津冬子委員

1　保育所について
【問】病児保育の施設を増やさないのか。
【答】来年度に一か所増やす。（保育課長）
"""
NUMBERS = """\
令和6年度　第1回あおば市文化財保護委員会　議事要旨
1　日時　令和6年8月20日（火）午後2時～3時
2　場所　郷土館
3　出席者　委員9名（定数11名、欠席2名）、事務局3名
委員長　飯島　篤
4　議題　指定の候補について
○委員　候補は何件か。
⇒事務局　三件である。
"""
ENGLISH = """\
TOWN OF STILL RIVER
TOWN COUNCIL REGULAR MEETING MINUTES
Tuesday, October 1, 2024, 7:00 p.m.

1. CALL TO ORDER AND ROLL CALL
Mayor Ada Finch called the meeting to order at 7:00 p.m.
Present: Mayor Finch, Councilmember Boyd, Councilmember Reyes, Councilmember Stone
Absent: Councilmember Lund (excused)
Staff: Town Manager Carl Weber, Library Director Mia Koch

2. APPROVAL OF MINUTES
Motion by Boyd, second by Reyes, to approve the minutes of September 3, 2024. Motion carried 4-0.

3. NEW BUSINESS
3.1 Skate park lights
DIRECTOR KOCH: The lights would cost nine thousand dollars.
Councilmember Reyes: How late would the lights be on?
DIRECTOR KOCH: Until nine in the evening.
Motion by Stone, second by Boyd, to approve the skate park lights.
ROLL CALL VOTE: Boyd - yes; Finch - yes; Reyes - no; Stone - yes. Motion carried 3-1.
"""


@pytest.fixture(scope="module")
def searcher(tmp_path_factory):
    """Return a searcher over seven sittings of six layouts, read from files."""
    folder = tmp_path_factory.mktemp("council")
    texts = {
        "本会議.txt": PLENARY,
        "福祉.txt": COMMITTEE,
        "文化財.txt": NUMBERS,
        "要旨.txt": SUMMARY,
        "town.txt": ENGLISH,
        "環境1.txt": COUNCIL.format(
            number=1, month=4, asked="太陽光パネルの補助は何件ですか。", said="四十件です。"
        ),
        "環境2.txt": COUNCIL.format(
            number=2,
            month=7,
            asked="川の水質の調査はいつですか。太陽光パネルの補助の上限はいくらですか。",
            said="水質の調査は八月です。太陽光パネルの補助の上限は十万円です。",
        ),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    data = tmp_path_factory.mktemp("index")
    with Writer.open(data, CharacterEmbedder()) as writer:
        ingest([folder], index=writer)
    return Searcher.open(data, CharacterEmbedder())


def asked(searcher, question, **more):
    """Return the reply to a question, where the score alone would decline."""
    return Answerer(searcher, decider=sure(-9), today=TODAY).answer(question, **more)


def quotes(searcher, question):
    """Return what is quoted in answer to a question, without line breaks."""
    reply = asked(searcher, question)
    found = reply.citations if isinstance(reply, Answer) else ()
    return ["".join(citation.quote.split()) for citation in found]


@pytest.mark.parametrize(
    ("question", "lines"),
    [
        ("令和6年6月21日の本会議を欠席した議員は誰", ["欠席議員一名（九番秋津冬子君）"]),
        ("福祉委員会の欠席委員は", ["4欠席委員岩城学"]),
        ("福祉委員会の説明員を全員", ["5出席説明員福祉部長早瀬透保育課長木内望"]),
        (
            "第2回環境審議会の出席者を全部",
            ["出席者：黒木茂会長、浜中由美委員、宮下良委員", "事務局：環境課沢村課長、同森主査"],
        ),
        ("第2回環境審議会の出席委員は誰", ["出席者：黒木茂会長、浜中由美委員、宮下良委員"]),
        ("令和6年6月21日の本会議に出席した議員は何人", ["一、出席議員十八名"]),
        ("秋津議員は令和6年6月21日の本会議に出席した？", ["欠席議員一名（九番秋津冬子君）"]),
        ("岩城委員は福祉委員会に出席した？", ["4欠席委員岩城学"]),
        ("Was Councilmember Lund at the town council meeting, or absent?", ["Absent:Council"]),
        (
            "Who was absent from the town council meeting?",
            ["Absent:CouncilmemberLund(excused)"],
        ),
        (
            "Which staff attended the town council meeting on October 1, 2024?",
            ["Staff:TownManagerCarlWeber,LibraryDirectorMiaKoch"],
        ),
    ],
)
def test_who_was_there_is_told_by_the_lines_of_the_list(searcher, question, lines):
    """Whatever the layout: the line of the list asked for, and of no other."""
    found = quotes(searcher, question)
    assert len(found) == len(lines)
    assert all(line in quote for line, quote in zip(lines, found, strict=True))


def test_those_absent_who_stand_in_the_line_of_those_present_are_a_list_of_their_own(tmp_path):
    """「出席者　… 欠席者　…」 in one line: neither list takes in the other."""
    head = "出席委員　梶太郎、野口はな、西田修　　欠席委員　岩城学"
    (tmp_path / "記録.txt").write_text(
        COMMITTEE[: COMMITTEE.index("3 出席")]
        + f"3 {head}\n"
        + COMMITTEE[COMMITTEE.index("5 出席説明員") :],
        encoding="utf-8",
    )
    with Writer.open(tmp_path / "index", CharacterEmbedder()) as writer:
        ingest([tmp_path / "記録.txt"], index=writer)
    opened = Searcher.open(tmp_path / "index", CharacterEmbedder())
    assert quotes(opened, "福祉委員会の欠席委員は") == ["欠席委員岩城学"]
    (present,) = quotes(opened, "福祉委員会の出席委員は誰")
    assert "西田修" in present
    assert "岩城" not in present


def test_a_list_over_several_passages_is_quoted_whole(searcher):
    """Names stand in other passages than the label."""
    told = "".join(quotes(searcher, "福祉委員会の出席委員の名前を全部"))
    assert all(name in told for name in ("梶太郎", "野口はな", "秋津冬子", "西田修"))
    assert "岩城" not in told
    assert "早瀬" not in told


@pytest.mark.parametrize(
    "question",
    [
        "文化財保護委員会を欠席した委員の名前は",
        "文化財保護委員会の出席委員は誰",
        "環境審議会の出席者は",
        "県の審議会の欠席者は",
        "福祉委員会を欠席した委員への連絡方法は",
        "令和5年の福祉委員会の欠席者は",
        "令和6年9月5日の総務部会の欠席者は",
        "令和6年9月5日の説明会に出席した職員は",
    ],
)
def test_nobody_is_listed_where_it_is_not_certain(searcher, question):
    """A number names no one, two meetings fit alike, or something else is asked."""
    assert Finder(searcher, TODAY).find(question).listed is None


@pytest.mark.parametrize(
    ("question", "newest", "count"),
    [
        ("出席者は？", "town council", 4),
        ("環境審議会の出席者は", "環境審議会", 2),
        ("Who attended?", "town council", 4),
    ],
)
def test_which_of_several_meetings_is_meant_is_asked_back(searcher, question, newest, count):
    """The newest that name who attended are offered, and a choice leads to what is meant."""
    reply = asked(searcher, question)
    assert isinstance(reply, Declined)
    assert reply.reason is DeclineReason.AMBIGUOUS
    assert len(reply.choices) == count
    assert newest in reply.choices[0].label.lower()
    again = asked(searcher, question, filters=reply.choices[-1].filters)
    assert isinstance(again, Answer)
    days = {citation.hit.document.date for citation in again.citations}
    assert days == {reply.choices[-1].filters.since}


@pytest.mark.parametrize(
    "question",
    ["第2回環境審議会の出席者は", "病児保育は何件？", "岩城委員は出席した？", "説明会の参加者は？"],
)
def test_nothing_is_asked_back_where_one_meeting_or_something_else_is_meant(searcher, question):
    """One meeting is named, or people are not what is asked for."""
    assert Finder(searcher, TODAY).find(question).which == ()


SESSION = "令和6年第2回定例会"


@pytest.mark.parametrize(
    ("question", "results", "count"),
    [
        (f"{SESSION}の議案の結果を全部", ["第三十一号は原案", "第三十二号は否決"], 2),
        (f"{SESSION}の採決の結果一覧", ["第三十一号", "第三十二号", "陳情第五号"], 3),
        (f"{SESSION}で否決された議案は", ["賛成七、反対十であります"], 1),
        (f"{SESSION}で賛否が分かれた議案は", ["賛成七、反対十であります"], 1),
        (f"{SESSION}で反対があった議案は", ["賛成七、反対十であります"], 1),
        (f"{SESSION}で全会一致でなかったのは", ["第三十二号は否決", "陳情第五号は採択"], 2),
        (f"{SESSION}で全会一致で可決された議案は", ["第三十一号は原案"], 1),
        (f"{SESSION}で何が決まった？", ["第三十一号", "第三十二号", "陳情第五号"], 3),
        (f"{SESSION}で決まったことは？", ["第三十一号", "第三十二号", "陳情第五号"], 3),
        (f"{SESSION}の陳情の結果は", ["陳情第五号は採択"], 1),
        (
            "Which motions of the town council were not unanimous?",
            ["Reyes-no;Stone-yes.Motioncarried3-1"],
            1,
        ),
        ("List all votes of the town council meeting", ["carried4-0", "carried3-1"], 2),
    ],
)
def test_the_votes_of_a_session_are_listed_each_with_its_source(searcher, question, results, count):
    """All of them, or those that came out so, in the order of the sitting, and their count."""
    reply = asked(searcher, question)
    assert isinstance(reply, Answer)
    told = "\n".join("".join(citation.quote.split()) for citation in reply.citations)
    places = [told.find(result) for result in results]
    assert -1 not in places
    assert places == sorted(places)
    assert reply.listed
    assert reply.listed.count == count
    assert reply_json(reply)["count"] == count
    assert str(count) in (count_note(reply) or "")
    assert (count_note(reply) or "") in reply_message(reply).text


def test_votes_that_may_not_be_all_are_not_listed(tmp_path):
    """An item of the agenda without a vote, a day that is missing, a report of the results."""
    folder = tmp_path / "council"
    folder.mkdir()
    lacking = PLENARY.replace("第三　陳情", "第三　議案第三十三号　財産の取得について\n第四　陳情")
    (folder / "本会議.txt").write_text(lacking, encoding="utf-8")
    with Writer.open(tmp_path / "one", CharacterEmbedder()) as writer:
        ingest([folder], index=writer)
    over = Searcher.open(tmp_path / "one", CharacterEmbedder())
    assert Finder(over, TODAY).find(f"{SESSION}の議案の結果を全部").listed is None

    third_day = PLENARY.replace("会議録\n", "会議録（第三号）\n")
    (folder / "本会議.txt").write_text(third_day, encoding="utf-8")
    with Writer.open(tmp_path / "third", CharacterEmbedder()) as writer:
        ingest([folder], index=writer)
    over = Searcher.open(tmp_path / "third", CharacterEmbedder())
    assert Finder(over, TODAY).find(f"{SESSION}の議案の結果を全部").listed is None
    assert Finder(over, TODAY).find("令和6年6月21日の本会議の議案の結果を全部").listed

    (folder / "本会議.txt").write_text(PLENARY, encoding="utf-8")
    report = "令和6年6月定例会の議決結果\n\n番号　件名　結果\n議案第31号　駐輪場条例　可決\n"
    for more, listed in (("議案第34号　財産の取得　可決\n", False), ("", True)):
        # what the minutes hold as well is no reason to doubt them
        (folder / "結果.txt").write_text(report + more, encoding="utf-8")
        with Writer.open(tmp_path / f"two{listed}", CharacterEmbedder()) as writer:
            ingest([folder], index=writer)
        over = Searcher.open(tmp_path / f"two{listed}", CharacterEmbedder())
        assert bool(Finder(over, TODAY).find(f"{SESSION}の議案の結果を全部").listed) is listed


@pytest.mark.parametrize(
    "question",
    [
        "否決された議案は",
        f"{SESSION}で否決された議案の理由は",
        f"{SESSION}の議案の審議で出た意見を全部",
        f"{SESSION}で継続審査になった議案は",
        "令和5年第2回定例会の議案の結果を全部",
    ],
)
def test_no_votes_are_listed_for_another_question(searcher, question):
    """Of no session that is named, of another, of none that came out so; or words are wanted."""
    assert Finder(searcher, TODAY).find(question).listed is None


def test_how_a_member_voted_is_told_by_words_that_name_him(searcher):
    """Never by the result alone."""
    (quote,) = quotes(searcher, "秋津委員は議案第50号に反対した？")
    assert quote.endswith("反対は秋津委員1人でございます。")
    (roll,) = quotes(searcher, "Did Reyes vote against the skate park lights?")
    assert "Reyes-no" in roll
    for question in (
        "西田委員は議案第50号に賛成しましたか",
        "笹川議長は議案第32号に反対した？",
        "秋津委員は議案第50号になぜ反対した？",
    ):
        assert not Finder(searcher, TODAY).find(question).told


def test_who_voted_against_is_told_with_the_result(searcher):
    """The sentence behind the result names them."""
    (quote,) = quotes(searcher, "議案第50号に反対した委員は")
    assert quote.startswith("賛成多数。")
    assert quote.endswith("反対は秋津委員1人でございます。")


@pytest.mark.parametrize(
    ("question", "days"),
    [
        ("この1年で環境審議会は何回開かれた", ["令和6年4月2日", "令和6年7月2日"]),
        ("環境審議会は何回開かれましたか", ["令和6年4月2日", "令和6年7月2日"]),
        ("令和6年度に環境審議会は何回開催されましたか", ["令和6年4月2日", "令和6年7月2日"]),
        ("これまで太陽光パネルを取り上げた会議は", ["太陽光パネルの補助", "太陽光パネルの補助"]),
        ("環境審議会で水質の調査は何回議論された", ["水質の調査"]),
        ("浜中委員は太陽光パネルについて何回質問した", ["補助は何件", "補助の上限は"]),
    ],
)
def test_a_count_of_meetings_is_that_of_the_cited_ones(searcher, question, days):
    """Each by its own words; how many there are stands beside them, of the documents here."""
    reply = asked(searcher, question)
    assert isinstance(reply, Answer)
    assert [day in c.quote for day, c in zip(days, reply.citations, strict=True)] == [True] * len(
        days
    )
    assert reply_json(reply)["count"] == len(days)
    assert (count_note(reply) or "").startswith(f"該当 {len(days)} 件（登録された資料の中で")


@pytest.mark.parametrize(
    "question",
    [
        "定例会は何回開かれた",
        "福祉委員会は何回開かれた",
        "西田委員は病児保育について何回質問した",
        "この1年で審査会は何回開かれた",
        "環境審議会の説明会は何回開かれた",
        "令和6年度の太陽光パネルの補助を取り上げた会議は",
        "環境審議会の水質の調査を取り上げた会議は",
        "宮下委員は太陽光パネルについて何回質問した",
        "太陽光パネルの点検は年に何回",
        "環境審議会は年に何回開くと決まっている",
    ],
)
def test_nothing_is_counted_that_is_not_certain(searcher, question):
    """A session of days, all time without numbers, who may have asked, what is no meeting."""
    assert Finder(searcher, TODAY).find(question).listed is None


def test_meetings_that_are_missing_are_not_counted_over(tmp_path):
    """第1回 and 第3回 are here: 第2回 was held, too."""
    folder = tmp_path / "council"
    folder.mkdir()
    for number, month in ((1, 4), (3, 9)):
        text = COUNCIL.format(number=number, month=month, asked="次は何ですか。", said="調査です。")
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    with Writer.open(tmp_path / "index", CharacterEmbedder()) as writer:
        ingest([folder], index=writer)
    over = Searcher.open(tmp_path / "index", CharacterEmbedder())
    assert Finder(over, TODAY).find("この1年で環境審議会は何回開かれた").listed is None


def test_without_narrowing_nothing_is_listed(searcher):
    """A list rests on the body and the day that are named; taken back, all is searched."""
    assert asked(searcher, "福祉委員会の欠席委員は").listed
    wide = asked(searcher, "福祉委員会の欠席委員は", narrow=False)
    assert not isinstance(wide, Answer) or wide.listed is None


def test_all_of_a_list_is_shown_at_once(searcher):
    """However long it is, and whatever the limit: a part would be taken for the whole."""
    reply = asked(searcher, f"{SESSION}の採決の結果一覧", limit=1)
    text = "".join(reply_message(reply).text.split())
    assert all(number in text for number in ("第三十一号は", "第三十二号は", "陳情第五号は"))


@pytest.mark.parametrize(
    ("question", "items"),
    [
        (f"{SESSION}の議事日程は", ["議案第三十一号", "議案第三十二号", "陳情第五号"]),
        ("福祉委員会では何を話し合った？", ["(1)議案第50号"]),
        ("What was on the agenda of the 福祉委員会?", ["(1)議案第50号"]),
        ("前回の福祉委員会の議題を教えてください", ["(1)議案第50号"]),
    ],
)
def test_the_agenda_of_one_meeting_is_told_item_by_item(searcher, question, items):
    """As it stands at the head of the minutes, in its order."""
    told = "".join(quotes(searcher, question))
    places = [told.find(item) for item in items]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize("question", ["議題は？", "今日の議題は", "What was on the agenda?"])
def test_without_a_meeting_the_agenda_of_which_is_asked_back(searcher, question):
    """The newest meeting of each body that has one is offered, and leads to it."""
    reply = asked(searcher, question)
    assert isinstance(reply, Declined)
    assert reply.reason is DeclineReason.AMBIGUOUS
    bodies = [choice.filters.body for choice in reply.choices]
    assert len(bodies) == len(set(bodies)) > 1
    again = asked(searcher, question, filters=reply.choices[0].filters)
    assert isinstance(again, Answer)
    assert {c.hit.document.body for c in again.citations} == {bodies[0]}


@pytest.mark.parametrize(
    "question",
    [
        "福祉委員会の議題は誰が決めるのですか",
        "会議の日程の変更は何日前までですか",
        "保育所は議題になった？",
    ],
)
def test_no_agenda_is_shown_for_another_question(searcher, question):
    """One on a rule or a matter is searched for."""
    found = Finder(searcher, TODAY).find(question)
    assert found.listed is None
    assert found.which == ()


def test_a_summary_that_was_read_as_an_agenda_is_none(tmp_path):
    """What runs on in sentences is no list of items, and neither are the members by number."""
    head = "第4回あおば市緑化審議会　会議録\n日時：令和6年5月2日（木）\n"
    agenda = "議題\n(1) 公園の樹木について\n○　委員から、伐採が多いとの意見があった。\n"
    (tmp_path / "緑化.txt").write_text(head + agenda + "（会長）　始めます。\n", encoding="utf-8")
    with Writer.open(tmp_path / "index", CharacterEmbedder()) as writer:
        ingest([tmp_path / "緑化.txt"], index=writer)
    over = Searcher.open(tmp_path / "index", CharacterEmbedder())
    assert Finder(over, TODAY).find("第4回緑化審議会の議題は").listed is None


@pytest.mark.parametrize(
    "question",
    [
        "直近の会議で決まったことは？",
        "最近何が決まりましたか",
        "What was decided at the last meeting?",
    ],
)
def test_what_was_decided_last_is_asked_back_body_by_body(searcher, question):
    """Of each the newest meeting with a decision; the choice lists its votes."""
    reply = asked(searcher, question)
    assert isinstance(reply, Declined)
    assert reply.reason is DeclineReason.AMBIGUOUS
    assert reply.absent == reply.nearest == ()
    days = [choice.filters.since for choice in reply.choices]
    assert days == sorted(days, reverse=True)
    assert len(days) == 3
    for choice in reply.choices:
        again = asked(searcher, question, filters=choice.filters)
        assert isinstance(again, Answer)
        assert again.listed
        assert again.listed.days == (choice.filters.since,)


@pytest.mark.parametrize(
    ("before", "question", "day"),
    [
        ("議案第31号の結果は", "それはいつ？", "令和六年六月二十一日"),
        ("福祉委員会での議案第50号の結果は", "いつですか", "令和6年9月5日"),
        ("List all votes of the town council meeting", "When was that?", "October 1, 2024"),
    ],
)
def test_when_something_was_decided_is_told_by_the_head_of_those_minutes(
    searcher, before, question, day
):
    """The day of the meeting whose vote was just shown."""
    reply = asked(searcher, question, before=[before])
    assert isinstance(reply, Answer)
    (cited,) = reply.citations
    assert day in cited.quote
    assert cited.quote in cited.hit.passage.text


def test_a_matter_that_is_put_to_the_vote_is_no_decision_beside_the_one_on_it(tmp_path):
    """「可決すべきものと決することにご異議ありませんか」 decides nothing; what follows does."""
    put = "採決します。議案第50号は可決すべきものと決することにご異議ありませんか。"
    told = "○梶委員長　異議なしと認め、可決すべきものと決しました。\n"
    before, _ = COMMITTEE.split("○梶委員長　採決します。")
    folder = tmp_path / "council"
    folder.mkdir()
    for name, end in (("with", told), ("without", "○梶委員長　以上で終わります。\n")):
        text = f"{before}○梶委員長　{put}\n（「異議なし」の声）\n{end}"
        (folder / "福祉.txt").write_text(text, encoding="utf-8")
        with Writer.open(tmp_path / name, CharacterEmbedder()) as writer:
            ingest([folder], index=writer)
    over = {n: Searcher.open(tmp_path / n, CharacterEmbedder()) for n in ("with", "without")}
    question = "令和6年9月5日の福祉委員会で決まったことは？"
    listed = Finder(over["with"], TODAY).find(question).listed
    assert listed
    assert listed.count == 1
    assert Finder(over["without"], TODAY).find(question).listed is None


def test_where_the_list_of_decisions_may_lack_one_nothing_else_is_taken_for_a_decision(
    tmp_path,
):
    """An item of the agenda without a vote: what was said of a 決定 is none, a vote is."""
    referred = PLENARY.replace(
        "起立少数であります。\n賛成七、反対十であります。よって、議案第三十二号は否決されました。",
        "起立多数であります。よって、議案第三十二号は委員会に付託いたします。",
    ).replace("第三　陳情第五号", "第四　報告第一号　補助の決定の報告\n第三　陳情第五号")
    told = "○産業部長（木内望君）　補助の決定を受けた方は、決まったとおりにいたします。\n"
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "本会議.txt").write_text(referred + told, encoding="utf-8")
    with Writer.open(tmp_path / "index", CharacterEmbedder()) as writer:
        ingest([tmp_path / "papers"], index=writer)
    searcher = Searcher.open(tmp_path / "index", CharacterEmbedder())
    reply = Answerer(searcher, decider=sure(9)).answer("6月議会で決まったことは？")
    assert isinstance(reply, Answer)
    assert not [c.quote for c in reply.citations if "補助の決定" in c.hit.passage.text]
    assert "可決されました" in reply.text
    searcher.close()


@pytest.mark.parametrize(
    ("question", "lines"),
    [
        ("福祉委員会はいつ開かれましたか？", ["1 開会年月日   令和6年9月5日(木)"]),
        ("福祉委員会はどこで開かれた？", ["2 開会場所     第2委員会室"]),
        (
            "福祉委員会はいつどこであった",
            ["1 開会年月日   令和6年9月5日(木)", "2 開会場所     第2委員会室"],
        ),
        ("第1回環境審議会は何時に終わりましたか", ["日　時：令和6年4月2日（火）午後2時～4時"]),
        (
            "環境審議会はいつ開かれましたか",
            [
                "日　時：令和6年4月2日（火）午後2時～4時",
                "日　時：令和6年7月2日（火）午後2時～4時",
            ],
        ),
        ("直近の環境審議会はいつでしたか", ["日　時：令和6年7月2日（火）午後2時～4時"]),
        ("When was the town council meeting held?", ["Tuesday, October 1, 2024, 7:00 p.m."]),
    ],
)
def test_when_and_where_a_meeting_was_is_told_by_its_head(searcher, question, lines):
    """The lines of the head that tell the day or the place, of each meeting that is meant."""
    found = Finder(searcher, TODAY).find(question)
    assert [line for each in found.told for line in each.words] == lines


def test_which_meeting_was_when_is_asked_back_where_none_is_meant(searcher):
    """「この会議」 of seven is none; where all are of one, it is that."""
    found = Finder(searcher, TODAY).find("この会議はいつ開かれましたか？")
    assert not found.told
    assert len(found.which) > 1


@pytest.mark.parametrize(
    "question",
    [
        "福祉委員会は何時に終わりましたか",
        "次回の環境審議会はいつですか",
        "体育館はいつ開きましたか",
        "水質の調査はいつ行われましたか",
        "病児保育の場所はどこ",
    ],
)
def test_when_and_where_is_not_told_of_something_else(searcher, question):
    """A time that the head does not tell, a meeting to come, and what is no meeting."""
    assert not Finder(searcher, TODAY).find(question).told
