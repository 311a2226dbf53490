"""Which words of a passage are quoted."""

import dataclasses

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.answer.at_a_glance import AT_A_GLANCE, reading_length
from bot.answer.extraction import choose_words
from bot.answer.quotable_spans import parts_of
from bot.answer.span_scoring import span_probabilities
from bot.question.question import understand
from index.passage import Passage, PassageId, PassageKind

LONG = (
    "ご質問にお答えいたします。",
    "中央図書館の建物は昭和五十二年に建てられ、これまで三度の改修を行ってまいりました。" * 2,
    "開館時間につきましては、平日は午後八時まで、土曜日と日曜日は午後六時までとしております。",
    "ただし、年末年始は十二月二十九日から一月三日まで休館といたします。",
    "駐車場は八十台分を備えており、隣の公民館と共用しております。" * 2,
    "このほかのご質問につきましては、教育部長から答弁いたします。",
)
ARTICLE = (
    "第3条　飼い主は、次に掲げる事項を守らなければならない。\n"
    "一　鳥を放すときは、広場の柵の中で行うこと。\n"
    "二　鳥が逃げたときは、三日以内に町長に届け出ること。ただし、戻ったときは、この限りでない。\n"
    "三　夜間は、鳴き声が隣家に届かないように小屋を閉じること。\n"
    "2　町長は、届出を受けたときは、町の掲示場に掲げるものとする。"
)
TABLE = (
    "表2　施設の利用（単位：人）\n"
    "施設　令和5年度　令和6年度\n"
    "温水プール　18,200　19,450\n"
    "弓道場　1,310　1,288\n"
    "野球場　9,040　8,730"
)


def made(text, kind=PassageKind.ANSWER):
    """Return a passage of these words."""
    return Passage(PassageId("0-0"), text, kind)


def chosen(text, question, kind=PassageKind.ANSWER):
    """Return what is chosen for a question, all words alike rare."""
    return choose_words(made(text, kind), understand(question), lambda _: 1.0)


def test_the_sentence_that_answers_is_quoted_with_its_condition():
    """Of a long passage the answering sentence is taken, and a ただし that follows it."""
    assert chosen("".join(LONG), "平日の開館時間は何時までですか").pieces == (LONG[2] + LONG[3],)


def test_courtesies_and_handing_over_are_left_out():
    """Neither the opening courtesy nor the hand-over to the next speaker is quoted."""
    assert chosen(LONG[0] + LONG[2] + LONG[5], "開館時間は").pieces == (LONG[2],)


def test_a_sentence_that_only_repeats_the_question_is_left_out():
    """「〜についてでございます。」 is left out; an answer behind it in one sentence is not."""
    restated = "まず、公民館の耐震についてでございます。"
    said = "公民館の屋根についてのお尋ねですが、来年の三月までに葺き替えを終える予定でございます。"
    assert chosen(restated + said, "屋根はいつ直るか").pieces == (said,)


def test_a_sentence_with_content_is_no_courtesy():
    """お答えしたが at the front of a correction is content and stays."""
    text = "先の委員会で三十七人とお答えしたが、正しくは四十一人であった。おわびして訂正する。"
    assert "正しくは四十一人" in chosen(text, "待機児童は本当は何人か").quote


def test_nothing_but_courtesy_is_still_quoted():
    """A passage of one courtesy gives that: a quote is never empty."""
    assert chosen(LONG[0], "図書館").quote == LONG[0]


def test_the_yes_or_no_that_opens_an_answer_belongs_to_it():
    """「お見込みのとおり」 is quoted with the sentence that says the number."""
    text = (
        "お見込みのとおりでございます。渡り廊下の幅は二メートル四十センチといたします。"
        "壁の色は児童の意見を聞いて決めてまいりたいと考えております。"
        "工事の間は、校庭の南側の通用門から出入りしていただきます。"
    )
    quote = chosen(text, "渡り廊下の幅は何メートルか").quote
    assert quote.startswith("お見込みのとおりでございます。渡り廊下の幅は")
    assert "通用門" not in quote


def test_the_sentence_that_holds_what_the_question_names_is_quoted_too():
    """Of the hours those of Fridays were asked for: 「午後六時まで」 alone would be wrong."""
    text = (
        "中央図書館の開館時間は現在、午前九時三十分から午後六時までとなっております。"
        "勤め帰りの方にもご利用いただけるよう、金曜日に限り、閉館を午後八時まで延ばすものでございます。"
        "職員の配置は、早番と遅番の交代制で対応いたしますので、増員は予定しておりません。"
    )
    quote = chosen(text, "中央図書館の金曜の開館時間は").quote
    assert "午後六時まで" in quote
    assert "午後八時まで延ばす" in quote
    assert "増員" not in quote
    plain = chosen(text, "中央図書館の開館時間は").quote
    assert "午後八時" not in plain


def test_a_brief_answer_comes_with_what_explains_it():
    """「今年度は無料です。」 alone would hide that it will not stay so."""
    text = (
        "今年度は無料です。来年度からは一回百円をいただきます。"
        "会場は青葉公民館と白砂公民館の二か所で、曜日を決めて交互に開くこととしております。"
        "送迎については、社会福祉協議会の車両をお借りできないか相談しているところです。"
    )
    assert chosen(text, "今年度の参加料は無料ですか").quote.startswith(
        "今年度は無料です。来年度からは"
    )


def test_what_follows_the_sentence_that_names_the_matter_is_likelier_than_what_is_far_from_it():
    """An answer that says none of the question's words is told by the words right before it."""
    named = "体育館の屋根の雨漏りについては、昨年度に二度の調査を行ったところであります。"
    answer = "防水のシートを張り替える工事を、この八月に終えました。"
    far = "蔵書は十二万冊を数え、貸出の数も年を追って増えてきております。"
    text = far + named + answer + far
    parts = parts_of(made(text))
    likely = span_probabilities(
        parts, understand("体育館の雨漏りはその後どうなったか"), lambda _: 1.0
    )
    assert likely[2] > 2 * likely[3]
    assert likely[2] > likely[0]


def test_an_item_comes_with_the_words_that_lead_into_it():
    """Of an article the 号 is quoted with its 柱書 and its ただし書, the other items are not."""
    found = chosen(ARTICLE, "鳥が逃げたら何日以内に届け出る？", PassageKind.ARTICLE)
    lines = ARTICLE.splitlines()
    assert found.pieces == (lines[0], lines[2])
    assert found.quote == "\n".join(lines[:3])


def test_a_row_comes_with_the_heads_of_its_columns():
    """Of a table the row is quoted with the unit and the heads."""
    lines = TABLE.splitlines()
    found = chosen(TABLE, "弓道場の利用は何人？", PassageKind.TABLE)
    assert found.pieces == ("\n".join(lines[:2]), lines[3])


def test_what_is_not_told_is_an_answer():
    """Where a name is asked for, the sentence that withholds it is quoted."""
    text = (
        "跡地につきましては、四月に二者から申込みがあり、審査の結果、一者を選んだところでございます。"
        "契約の条件を詰めるため、月に二回の打合せを重ねております。"
        "相手方の名称につきましては、契約を結ぶまで公表を差し控えております。"
    )
    assert "差し控え" in chosen(text, "跡地の相手方の名称は？").quote


def test_the_asking_is_quoted_where_it_is_wanted():
    """Who wants to know what was asked is shown the sentence that asks."""
    text = (
        "大学で水利を教えておりますが、堰の管理は引き継ぎが肝心です。"
        "前の管理組合は高齢で解散し、書類も散逸したと伺っております。"
        "堰の鍵は今どなたが預かっているのですか。"
    )
    found = chosen(text, "水利の先生は堰の鍵について何を質問した？", PassageKind.QUESTION)
    assert found.quote.endswith("堰の鍵は今どなたが預かっているのですか。")


def test_an_attribution_behind_an_answer_is_left_out():
    """「（課長）」 at the end of a summary says who spoke, which the source line says too."""
    text = (
        "来年の四月に開く。定員は三十人とし、うち十人は低学年のために空けておく考えである。（課長）"
    )
    assert not chosen(text, "定員は何人").quote.endswith("（課長）")


@pytest.mark.parametrize(("text", "long"), [("あいう。", 4), ("abc def", 3), ("1,200円", 6)])
def test_reading_takes_as_long_as_the_words(text, long):
    """A Latin letter counts half of a Japanese character."""
    assert reading_length(text) == pytest.approx(long)


WORDS = st.text("あいうえお漢字一二三、「」（）ABC 123\t　", min_size=1, max_size=60)
ENDS = st.sampled_from(["。", "。\n", "\n", "\n(1) ", "\n一　", "次に掲げる者\n"])


@given(
    st.lists(st.tuples(WORDS, ENDS).map("".join), min_size=1, max_size=12),
    st.sampled_from(PassageKind),
)
def test_a_quote_stands_in_its_passage(lines, kind):
    """Whatever the passage, its parts are its text, and all that is quoted occurs in it."""
    text = "".join(lines)
    assume(text.strip())
    assert "".join(part.text for part in parts_of(made(text, kind))) == text
    found = chosen(text, "漢字は何ですか", kind)
    assert found.quote
    assert found.quote in text
    assert all(piece in found.quote for piece in found.pieces)


def test_no_sentence_is_cut_however_long():
    """One sentence longer than what is read at a glance stays whole."""
    text = "予算は" + "、".join(f"第{n}の事業に{n}万円" for n in range(1, 40)) + "を充てます。"
    assert reading_length(text) > AT_A_GLANCE
    assert chosen(text + "以上です。", "予算はどの事業に充てるか").pieces[0] == text


def test_a_passage_of_blank_lines_gives_itself():
    """What holds nothing to choose from does not break."""
    passage = dataclasses.replace(made("見出し"), kind=PassageKind.HEADER)
    assert choose_words(passage, understand("？"), lambda _: 0.0).quote == "見出し"


LISTED = ["鳥を放すとき", "三日以内に町長", "ただし、戻ったとき", "夜間は、鳴き声"]


@pytest.mark.parametrize(
    "question",
    [
        "鳥を飼うとき守ることを全部",
        "飼い主が守る事項をすべて挙げて",
        "飼い主の守ること一覧",
        "List all the duties of the owner (飼い主)",
    ],
)
def test_all_of_a_list_is_the_lead_with_every_item(question):
    """One item alone would be a wrong answer; the paragraph behind the list is none of it."""
    quote = chosen(ARTICLE, question).quote
    assert quote.startswith("第3条")
    assert all(words in quote for words in LISTED)
    assert "掲示場" not in quote


def test_all_of_a_table_is_every_row_with_its_heads():
    """The title with the unit belongs to it."""
    assert chosen(TABLE, "施設の利用者数の一覧を見せて", PassageKind.TABLE).quote == TABLE


def test_items_without_a_lead_are_a_list_as_well():
    """The heading of a section leads into them; each is taken with all its sentences."""
    text = (
        "(1) 除雪の受付　専用の電話を五回線とする。受付は午前六時から行う。\n"
        "(2) 雪捨場　河川敷のほか、旧駐車場を十二月から開放する。\n"
        "(3) 位置の情報　表示の遅れを十五分に短縮する。"
    )
    assert chosen(text, "今年から変えることを全部").quote == text


def test_all_of_something_that_is_no_list_stays_as_it_is():
    """A sum is no list, and a sentence that tells more of what is asked than the list wins."""
    assert chosen(ARTICLE, "鳥が逃げたら届出まで全部で何日").quote != chosen(ARTICLE, "一覧").quote
    prose = "温水プールと弓道場と野球場の三施設について、改修の計画の一覧を作る。\n" + TABLE
    assert chosen(prose, "改修の計画の一覧を作る施設をすべて").quote.startswith("温水プールと")


def test_an_exception_that_leads_into_a_list_needs_its_rule():
    """「ただし、次に掲げる費用は対象としない」 says nothing of what."""
    text = (
        "第3条　助成の対象となる経費は、補聴器の本体と附属品の購入費とする。"
        "ただし、次に掲げる費用は対象としない。\n"
        "(1)　医師の意見書の作成に係る文書料\n(2)　診察及び検査の費用\n(3)　送料"
    )
    assert chosen(text, "助成の対象にならない費用を全部").quote == text


def test_a_list_without_marks_is_quoted_with_what_announces_it():
    """Lines after 「次のとおりとする。」 are its items; the sentence alone answers nothing."""
    text = "第2条　会館の休館日は、次のとおりとする。\n火曜日\n8月13日から8月16日まで\n"
    words = chosen(f"{text}2　館長は、休館日を変えることができる。" + LONG[1], "会館の休館日は")
    assert words.pieces == (text.strip(),)


def test_of_a_list_without_marks_the_row_that_is_named_is_quoted():
    """A row that the question names is told apart from the others."""
    rows = "７５歳　３，０００円\n８５歳　７，０００円\n"
    text = f"祝金の額は、次のとおりとする。\n{rows}{''.join(LONG[1:4])}"
    assert "７，０００円" in chosen(text, "８５歳の祝金はいくら").quote


def test_a_list_whose_items_nothing_tells_apart_is_quoted_whole():
    """What heads the passage tells no item apart: all reasons are asked for, and nothing below."""
    text = (
        "令和6年9月1日　住民課\n第2庁舎の窓口を次のとおり移します。\n本庁舎1階（本町1丁目）\n"
        "移転の理由は以下のとおりです。\n旧窓口の床が傷んだため\n通路が狭いため\n"
        "休日窓口の場所　本庁舎1階ロビー\n休日窓口の時間　午前9時から午後5時まで"
    )
    headed = dataclasses.replace(made(text, PassageKind.SECTION), heading=("窓口の移転について",))

    def said(question):
        return choose_words(headed, understand(question), lambda _: 1.0).quote

    reasons = "移転の理由は以下のとおりです。\n旧窓口の床が傷んだため\n通路が狭いため"
    assert reasons in said("窓口を移した理由は")
    assert "休日窓口" not in said("窓口を移した理由は")
    assert "午後5時" in said("休日窓口は何時まで")


def test_a_label_with_its_value_can_be_quoted():
    """「お問い合わせ：…」 is no heading of what follows."""
    text = "".join(LONG[1:4]) + "\nお問い合わせ：文化係　内線３１５\n別表"
    assert "内線３１５" in chosen(text, "お問い合わせの内線は").quote


def test_a_table_of_amounts_in_kanji_has_rows():
    """百円 in a cell is an amount, as 100円 is."""
    text = "（第五条関係）\n区分\t手数料\n写しの交付\t三百円\n閲覧\t二百円\n証明\t四百円"
    assert "三百円" in chosen(text, "写しの交付の手数料は", PassageKind.TABLE).quote


def test_a_correction_is_quoted_with_what_it_corrects():
    """Nobody may read the figure without learning that it was corrected later."""
    text = "".join(LONG[1:3]) + "〔７７ページに答弁訂正あり〕\n" + "".join(LONG[4:])
    assert "訂正あり" in "".join(chosen(text, "平日の開館時間は何時までですか").pieces)
