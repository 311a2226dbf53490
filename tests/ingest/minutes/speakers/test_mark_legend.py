"""Minutes whose marks a legend explains: the speaker, and who answers whom, without a label."""

import pytest

from index.passage import PassageKind
from ingest.document.source import Line
from ingest.minutes.speakers.mark_legend import legend_line
from tests.ingest.lines import read, spoken

LIBRARY = """令和7年度　第1回　みなと市図書館協議会　議事概要
{legend}
1　開催日時　令和7年7月3日（木）10時から11時30分
2　開催場所　中央図書館　視聴覚室
3　出席委員　7名
4　議題
（1）開館時間の延長について
（2）移動図書館の巡回について
{below}
（1）開館時間の延長について
●　資料1により説明した。
○　金曜日だけを午後8時までとした理由は何か。
●　利用者の調査で、金曜日の夕方を望む声が最も多かったためである。
　　人件費は年に120万円の増となる。
◎　ほかに意見はあるか。
○　日曜日も延ばしてほしい。
●　今年度は考えていない。
（2）移動図書館の巡回について
○　大沢の集会所にも来てほしいという声を聞く。
●　10月から月に2回、大沢の集会所を回る。
5　その他
・　次の会議は12月に開く。
"""
ROUTES = """みなと市地域公共交通会議　議事要旨
開催日　令和7年5月20日
会場　福祉会館
議事の要旨
{legend}
1　バス路線の再編について
○山手線の本数を減らすと通院に困る人が出る。
→病院の診療時間に合わせて2往復を残す。
○運賃は上がるのか。
→大人200円を220円とする案である。子どもは変えない。
"""
PAIRS = """みなと市環境審議会　会議概要
日時　令和7年10月8日（水）午後2時から
場所　市役所3階会議室
議題1　ごみの減量について
（主な意見）
・生ごみの水切りを広めるべきではないか。
→水切りの器具を11月から無料で配る。
・指定袋の値上げはいつからか。
→令和8年4月からを予定している。値上げの幅は決まっていない。
"""


@pytest.mark.parametrize(
    ("legend", "below"),
    [
        ("※　◎：会長、○：委員、●：事務局（図書館）", ""),
        ("", "5　議事の要旨（○…委員の質問・意見　●…事務局の回答　◎…会長）"),
        ("", "「○」は委員、「●」は事務局、「◎」は会長の発言"),
        ("（会長：◎、委員：○、事務局：●）", ""),
        ("凡例\n◎：会長\n○：委員\n●：事務局", ""),
    ],
)
def test_a_mark_stands_for_whom_the_legend_says(legend, below):
    """In the head or above the speeches, on a line or on several, mark first or name first."""
    said = spoken(LIBRARY.format(legend=legend, below=below))
    assert [speaker for speaker, *_ in said] == [
        *("事務局", "委員", "事務局", "会長", "委員", "事務局", "委員", "事務局"),
    ]
    assert said[2][3].endswith("人件費は年に120万円の増となる。")
    assert not any(text.startswith(tuple("◎○●")) for *_, text in said)


def test_the_head_ends_where_the_legend_leads_to_the_speeches():
    """The agenda holds its items, and an answer the question that it answers."""
    below = "5　議事の要旨（○：委員　●：事務局　◎：会長）"
    document, passages = read(LIBRARY.format(legend="", below=below))
    assert document.agenda == ("（1）開館時間の延長について", "（2）移動図書館の巡回について")
    answers = [p for p in passages if p.kind is PassageKind.ANSWER]
    asked = {p.passage_id: p.text for p in passages}
    assert next(asked[p.answers] for p in answers if p.answers).startswith("金曜日だけを")
    assert answers[0].heading[-1] == "（1）開館時間の延長について"


def test_what_bears_no_mark_is_nobodys():
    """What the clerk adds below a heading is not said by whoever spoke last."""
    _, passages = read(LIBRARY.format(legend="※　◎：会長、○：委員、●：事務局", below=""))
    assert next(p for p in passages if "12月に開く" in p.text).speaker is None


@pytest.mark.parametrize(
    "legend", ["（○：委員　→：事務局）", "凡例\n○：委員の発言\n→：事務局の回答", "○＝質問、→＝回答"]
)
def test_an_arrow_is_a_mark_too(legend):
    """Also without a blank behind it."""
    said = spoken(ROUTES.format(legend=legend))
    assert len(said) == 4
    assert said[1][2] is said[3][2] is PassageKind.ANSWER


@pytest.mark.parametrize(
    "line",
    [
        "○賛成　●反対",
        "○は出席、●は欠席",
        "○委員　今日は。",
        "○委員",
        "○：可　×：不可",
        "（○印は会長）",
    ],
)
def test_what_explains_no_speakers_is_no_legend(line):
    """Votes, attendance, a label that is followed by speech, a single mark."""
    assert legend_line([Line(line)]) is None


def test_items_with_their_answers_are_apart_where_nobody_is_named():
    """Each question stands with its answer, below the matter that it is on."""
    _, passages = read(PAIRS)
    texts = [p.text for p in passages if "→" in p.text]
    assert [text.count("→") for text in texts] == [1, 1]
    assert all(p.heading == ("議題1　ごみの減量について",) for p in passages if "→" in p.text)
