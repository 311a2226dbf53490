"""Prior discussions over a small index, with the weights that ship."""

import json
from dataclasses import replace

import pytest

from bot.answerer import Answerer
from bot.history.prior_discussions import ALL_MEETINGS, MOST_ENTRIES, find_history
from bot.history.promises import promises
from bot.history.topicality import least_share, topic_of
from bot.question.history_intent import prior_topic
from bot.slack.buttons import Asking, Do, Press
from bot.slack.messages.history import (
    A_PAGE,
    LONGEST_AT_FIRST,
    MOST_SHOWN,
    history_message,
    history_view,
)
from index.passage import Filters
from index.search.searcher import Searcher
from index.writer import Writer
from tests.bot.history import past_meetings
from tests.index.making import CharacterEmbedder, minutes
from tests.slack_blocks import complaints


def opened(folder, documents):
    """Return a searcher over documents made by hand."""
    with Writer.open(folder, CharacterEmbedder()) as writer:
        writer.put(documents, root="/in", reader="1")
        writer.publish()
    return Searcher.open(folder, CharacterEmbedder())


@pytest.fixture(scope="module")
def searcher(tmp_path_factory):
    """Return a searcher over the past meetings."""
    return opened(tmp_path_factory.mktemp("history"), past_meetings.ALL)


def names(history):
    """Return the documents of a history in its order."""
    return [meeting.document.document for meeting in history.meetings]


def test_meetings_come_oldest_first_and_what_has_no_date_last(searcher):
    """The ordinance by its title, the minutes by what was said; nothing about other matters."""
    history = find_history(searcher, "駐輪場")
    assert names(history)[0] == "駐輪場条例.txt"
    assert names(history)[1] in {"令和3年.txt", "写し/令和3年（写）.txt"}
    assert names(history)[2:] == ["令和4年.txt", "令和5年.txt", "日付なし.txt"]
    assert (history.count, history.others, history.left_out) == (4, 1, 0)


def test_an_exchange_is_one_entry_with_who_asked_and_who_answered(searcher):
    """The answer is shown, its question is not shown beside it as an entry of its own."""
    history = find_history(searcher, "駐輪場の増設の費用")
    (meeting,) = [m for m in history.meetings if m.document.document == "令和4年.txt"]
    (entry,) = meeting.entries
    assert (entry.asker, entry.answerer) == ("原委員", "土木課長")
    assert entry.quote == "八百万円でございます。"


def test_every_quote_stands_in_its_passage_and_numbers_count_through(searcher):
    """Entries and votes are numbered from 1 in the order in which they are shown."""
    history = find_history(searcher, "駐輪場")
    numbers = []
    for meeting in history.meetings:
        for entry in meeting.entries:
            assert entry.quote in entry.hit.passage.text
            numbers.append(entry.hit.rank)
        numbers += [decided.hit.rank for decided in meeting.decided if decided.hit]
    assert numbers == list(range(1, len(numbers) + 1))


def test_one_meeting_in_two_files_is_one_meeting(searcher):
    """Its words are shown once."""
    history = find_history(searcher, "駐輪場")
    of_day = [m for m in history.meetings if str(m.document.date) == "2021-06-10"]
    assert len(of_day) == 1
    assert len(of_day[0].entries) == 1


def test_a_meeting_shows_few_entries_in_its_own_order(searcher):
    """Of four exchanges about the topic three are shown, as they followed each other."""
    history = find_history(searcher, "駐輪場")
    (meeting,) = [m for m in history.meetings if m.document.document == "令和5年.txt"]
    turns = [entry.hit.passage.turn for entry in meeting.entries]
    assert len(turns) == MOST_ENTRIES
    assert turns == sorted(turns)


def test_votes_about_the_topic_are_told_and_others_are_not(searcher):
    """The vote names the topic in its title; the one on the library is left out."""
    history = find_history(searcher, "駐輪場")
    decided = [vote for meeting in history.meetings for vote in meeting.decided]
    assert [vote.vote.item for vote in decided] == ["議案第五号"]
    assert decided[0].hit.passage.page == 3


def test_promises_of_the_answer_are_told(searcher):
    """「検討してまいります」 is one, a plain figure is none."""
    history = find_history(searcher, "駐輪場")
    promised = {
        meeting.document.document: [p.text for e in meeting.entries for p in e.promised]
        for meeting in history.meetings
    }
    assert promised[names(history)[1]] == ["来年度に増設を検討してまいります。"]
    assert promised["令和4年.txt"] == []


def test_a_promise_in_a_later_passage_of_the_answer_is_told_too(tmp_path):
    """A long answer is cut into passages; what it promises at its end belongs to it."""
    document, passages = past_meetings.FIRST
    answer = passages[1]
    later = replace(answer, passage_id=passages[2].passage_id, text="年内に結果をお示しします。")
    searcher = opened(tmp_path, [(document, [passages[0], answer, later])])
    (meeting,) = find_history(searcher, "駅前の駐輪場").meetings
    (entry,) = meeting.entries
    assert "年内に結果をお示しします。" in [promise.text for promise in entry.promised]


@pytest.mark.parametrize(
    "topic", ["空飛ぶ車", "駅前の温泉", "市営温泉の建設", "？", "", "flying cars", "の" * 9_000]
)
def test_a_topic_that_the_index_does_not_hold_has_no_history(searcher, topic):
    """However near something stands: nothing is shown that does not say the topic."""
    history = find_history(searcher, topic)
    assert history.meetings == ()
    assert history.count == history.others == 0


def test_an_empty_index_has_no_history(tmp_path):
    """Before the first ingest, too."""
    searcher = Searcher.open(tmp_path, CharacterEmbedder())
    assert find_history(searcher, "駐輪場").meetings == ()


def test_filters_narrow_the_history(searcher):
    """By body, by day and by kind."""
    assert names(find_history(searcher, "駐輪場", Filters(body="本会議"))) == ["令和4年.txt"]
    since = past_meetings.SECOND[0].date
    assert names(find_history(searcher, "駐輪場", Filters(since=since)))[0] == "令和4年.txt"


def test_beyond_the_limit_the_newest_are_kept(searcher):
    """How many others there are is told; what has no date gives way first."""
    history = find_history(searcher, "駐輪場", most=2)
    assert names(history) == ["令和4年.txt", "令和5年.txt"]
    assert (history.count, history.others, history.left_out) == (4, 1, 3)


def test_an_english_topic_finds_its_minutes(searcher):
    """Endings of English words do not matter, and "we will" is a promise."""
    history = find_history(searcher, "bicycle rack")
    assert names(history) == ["2022-05-17.txt"]
    (entry,) = history.meetings[0].entries
    assert (entry.asker, entry.answerer) == ("Councilmember Reyes", "PUBLIC WORKS DIRECTOR")
    assert [promise.text for promise in entry.promised] == ["We will add twenty next spring."]
    assert history.language == "en"


def test_the_terms_of_a_topic_may_stand_apart_but_must_all_be_there():
    """「駐輪場の屋根」 is told by question and answer together, not by 屋根 alone."""
    topic = topic_of("駐輪場の屋根", lambda _word: 3.0)
    assert topic.told(["駐輪場はどうか。", None, "屋根を付けます。"]) == 1.0
    assert topic.told(["体育館の屋根を直します。"]) < least_share(1.0)


def test_an_english_term_is_known_in_its_forms_and_in_no_other_word():
    """Plural and singular are one; an example is no exam."""
    for written in ("family", "families"):
        topic = topic_of(written, lambda _word: 3.0)
        assert topic.told(["Three more families and one family."]) == 1.0
    assert topic_of("exams", lambda _word: 3.0).told(["For example, an examiner."]) == 0.0


def test_the_words_of_a_term_apart_are_less_than_the_term():
    """保護者の生活 is not 生活保護."""
    topic = topic_of("生活保護", lambda _word: 3.0)
    assert topic.told(["生活保護を受ける世帯です。"]) == 1.0
    assert 0 < topic.told(["保護者の生活です。"]) < least_share(1.0)


def test_a_synonym_is_the_term_itself():
    """Minutes print 放課後児童クラブ where staff say 学童; 児童 alone is something else."""
    topic = topic_of("学童の値上げ", lambda _word: 3.0)
    assert topic.told(["値上げについて。", None, "放課後児童クラブについて"]) == 1.0
    assert topic.told(["値上げについて。", None, "児童の安全について"]) < least_share(1.0)


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("駐輪場はこれまでどう議論されてきましたか", "駐輪場"),
        ("駐輪場についてこれまでどのように議論されてきたか教えてください", "駐輪場"),
        ("給食費の無償化は前にも出た話か", "給食費の無償化"),
        ("駐輪場の話は前にも出ましたか？", "駐輪場"),
        ("旧小学校跡地の活用をめぐる過去の経緯は", "旧小学校跡地の活用"),
        ("図書館の開館時間について、以前の議論を見せて", "図書館の開館時間"),
        ("いつから戸別受信機の議論がされていますか", "戸別受信機"),
        ("戸別受信機はいつから議論されていますか", "戸別受信機"),
        ("以前、ごみ袋の値上げの話は出ましたか", "ごみ袋の値上げ"),
        ("議会でＤＸの推進は過去に話題になりましたか", "DXの推進"),
        ("給食費は過去に質問されたことがありますか", "給食費"),
        ("しおまる号の運賃は以前にも議論された？", "しおまる号の運賃"),
        ("給食費の無償化は前にも議論になった？", "給食費の無償化"),
        ("ごみ袋の値上げって前に話したことある？", "ごみ袋の値上げ"),
        ("漁港の再整備、前から議論してる？", "漁港の再整備"),
        ("「しおまる号」の議論の流れを知りたい", "しおまる号"),
        ("給食費の値上げの経緯を教えて", "給食費の値上げ"),
        ("旧小学校跡地のいきさつは？", "旧小学校跡地"),
        ("What has been said before about bicycle parking?", "bicycle parking"),
        ("What has been discussed about the bicycle racks so far?", "bicycle racks"),
        ("Has the bicycle park ever come up?", "bicycle park"),
        ("Prior discussions of school lunch", "school lunch"),
        ("When was the library first discussed?", "library"),
    ],
)
def test_a_question_for_prior_discussions_is_known_by_its_topic(question, topic):
    """The asking is dropped, the topic is left."""
    assert prior_topic(question) == topic


@pytest.mark.parametrize(
    "question",
    [
        "以前の審議会で課長は何と答えましたか",
        "これまでに何人が登録しましたか",
        "これまでの議論で示された費用はいくらですか",
        "利用料はこれまで月額いくらでしたか",
        "条例の改正前はどうなっていましたか",
        "午前の会議で議論されたことは",
        "市長は何を検討していますか",
        "この件は前にも出た話ですか",
        "以前に委員会で検討すると聞いた給食費の無償化、その後はどうなりましたか",
        "これまでの議論は？",
        "以前にも議論された？",
        "以前にも同じ質問が出た？",
        "しおまる号の運賃を前に議論したときの委員の意見は",
        "What was decided at the last meeting?",
        "Has it been discussed before?",
        "",
        "、" * 5_000,
    ],
)
def test_other_questions_are_no_question_for_prior_discussions(question):
    """One thing that was said, or no topic at all: answered as any other question."""
    assert prior_topic(question) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "第６回でお示しします。",
        "来年度から実施します。",
        "段階的に増やす考えである。",
        "施行は令和５年４月１日を予定しております。",
        "年内に改正案を提出することを考えている。",
        "令和6年10月から、閉館を午後7時とする。",
        "We will report in June.",
        "Staff intends to return with a plan.",
    ],
)
def test_a_sentence_about_what_will_be_done_is_a_promise(sentence):
    """By how it ends, or by a time to come and a verb that is not in the past."""
    assert promises(f"なるほど。{sentence}") == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "予定はございません。",
        "検討しておりません。",
        "昨年実施いたしました。",
        "今年の10月から実施しています。",
        "４月から９月までの結果をご報告いたします。",
        "次回までに整理していただけますか。",
        "来年度は行いません。",
        "It was done last year.",
        "Will we report in June?",
    ],
)
def test_a_state_a_past_a_refusal_or_a_question_is_no_promise(sentence):
    """Nor is what is being said at the moment."""
    assert promises(sentence) == []


def test_the_message_frames_the_meetings_in_the_language_of_the_question(searcher):
    """Head, people, quotation and number; a decision with how it was reached."""
    message = history_message(Answerer(searcher).history("駐輪場"))
    shown = json.dumps(message.blocks, ensure_ascii=False)
    for part in (
        "「駐輪場」はこれまで4回の会議で取り上げられています",
        "令和4年9月5日  本会議",
        "原委員 → 土木課長 / 2ページ",
        "八百万円でございます。",
        "駅前駐輪場条例の一部を改正する条例 原案のとおり可決 (賛成多数, 14–3) / 3ページ",
        "今後の対応を含む",
    ):
        assert part in shown
    days = [shown.index(day) for day in ("令和5年3月20日", "令和4年9月5日", "令和3年6月10日")]
    assert days == sorted(days)
    assert complaints(list(message.blocks)) == []
    english = history_message(Answerer(searcher, "en").history("駐輪場"))
    assert "came up at 4 meeting(s)" in english.text
    assert "八百万円でございます。" in english.text


def test_a_message_that_has_nothing_to_show_says_so(searcher):
    """In a sentence with the topic, and no block besides."""
    message = history_message(Answerer(searcher).history("空飛ぶ車"))
    assert "「空飛ぶ車」" in message.text
    assert "見つかりませんでした" in message.text
    assert len(message.blocks) == 1


def test_a_long_history_fits_a_phone(tmp_path):
    """The newest meetings, shortened; how many others there are, and the button to them."""
    long = (
        "駐輪場の整備についてでございますが、"
        + "財源の見通しを立てたうえで検討してまいります。" * 12
    )
    documents = [
        minutes(
            f"{year}.txt",
            f"{year}-03-10",
            [
                turn
                for n in range(0, 8, 2)
                for turn in (
                    ("谷口委員", past_meetings.ASK, f"駐輪場の{n}番目の点はどうか。", None),
                    ("土木課長", past_meetings.SAY, f"{n}点目、{long}", n),
                )
            ],
            body="定例会における長い名前の特別委員会",
        )
        for year in range(1990, 2004)
    ]
    history = find_history(opened(tmp_path, documents), "駐輪場")
    message = history_message(history)
    assert len(history.meetings) == len(documents)
    assert len(message.blocks) < 10
    assert len(message.text) <= LONGEST_AT_FIRST
    assert complaints(list(message.blocks)) == []
    shown = json.dumps(message.blocks, ensure_ascii=False)
    assert "平成15年3月10日" in shown
    assert "平成12年3月10日" not in shown
    assert f"ほか{len(documents) - MOST_SHOWN}件は「前の会議を見る」で読めます" in shown
    assert "端末" not in shown


def test_pages_show_every_meeting_once(tmp_path):
    """From the newest to the oldest, numbered through, each page with the way to the others."""
    ask = past_meetings.ASK
    documents = [
        minutes(f"{year}.txt", f"{year}-03-10", [("谷口委員", ask, "駐輪場は。", None)])
        for year in range(1990, 2002)
    ]
    history = find_history(opened(tmp_path, documents), "駐輪場", most=ALL_MEETINGS)
    where = ("C1", "1.0", "1.0", "U1", "", "")
    views = [
        history_view(history, Press(Do.HISTORY, Asking(after=after), *where))
        for after in (0, 5, 10)
    ]
    texts = [json.dumps(view["blocks"], ensure_ascii=False) for view in views]
    assert [text.count("駐輪場は。") for text in texts] == [5, 5, 2]
    for number, text in enumerate(texts):
        assert f"[{number * A_PAGE + 1}] " in text
        assert f"平成{13 - number * A_PAGE}年3月10日" in text
    ways = [[each["action_id"] for each in view["blocks"][-1]["elements"]] for view in views]
    later, earlier = f"{Do.HISTORY}_later", f"{Do.HISTORY}_earlier"
    assert ways == [[earlier], [later, earlier], [later]]
    assert all(complaints(view["blocks"], "modal") == [] for view in views)
