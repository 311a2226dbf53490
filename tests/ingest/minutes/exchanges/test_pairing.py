import pytest

from index.passage import PassageKind
from index.record import Role
from ingest.minutes.exchanges.pairing import Turn, pair_answers
from ingest.minutes.speakers.speakers import role_of


def turns(*speeches):
    """Pair the speeches, each a speaker and a text."""
    return pair_answers(
        [
            Turn(number, speaker, text, role_of(speaker))
            for number, (speaker, text) in enumerate(speeches)
        ]
    )


def answers(*speeches):
    """Return which turn each turn answers."""
    return [turn.answers for turn in turns(*speeches)]


def test_an_answer_belongs_to_the_question_before_it():
    """A member asks, the secretariat answers, one by one."""
    assert answers(
        ("小森委員", "費用はいくらですか。"),
        ("事務局", "五百万円です。"),
        ("小森委員", "期間はどうですか。"),
        ("事務局", "二年です。"),
    ) == [None, 0, None, 2]


def test_a_chair_who_only_calls_the_speaker_does_not_part_them():
    """「海野課長。」 between question and answer changes nothing."""
    assert answers(
        ("小森委員", "費用はいくらですか。"),
        ("田上委員長", "海野課長。"),
        ("海野課長", "五百万円です。"),
    ) == [None, None, 0]


def test_several_heads_answer_one_bundled_speech():
    """All answers belong to the speech that asked, until the next member speaks."""
    assert answers(
        ("12番（小森花子君）", "初めに橋について伺います。次に学校について伺います。"),
        ("議長（田上一郎君）", "市長。"),
        ("市長（海野三郎君）", "橋についてお答えいたします。"),
        ("教育長（浜野四郎君）", "学校についてお答えいたします。"),
        ("3番（谷君）", "次は私から伺います。公園はどうしますか。"),
        ("市長（海野三郎君）", "公園は広げます。"),
    ) == [None, None, 0, 0, None, 4]


def test_the_chair_asks_too():
    """In an advisory council the chair's own question is answered by the secretariat."""
    result = turns(
        ("田上会長", "具体的にはどのような方法で調べたのですか。"), ("事務局", "聞き取りです。")
    )
    assert [turn.kind for turn in result] == [PassageKind.QUESTION, PassageKind.ANSWER]


def test_an_explanation_called_for_by_the_chair_is_no_answer():
    """「事務局から説明をお願いします」 is procedure, and what follows is a statement."""
    result = turns(
        ("小森委員", "分かりました。"),
        ("田上会長", "次に、議題２について、事務局から説明をお願いします。"),
        ("事務局", "資料２のとおりです。"),
    )
    assert result[1].kind is PassageKind.PROCEDURE
    assert (result[2].kind, result[2].answers) == (PassageKind.STATEMENT, None)


def test_asking_for_objections_is_no_question():
    """「ご異議ございませんか」 runs the meeting."""
    result = turns(
        ("議長（田上一郎君）", "これにご異議ございませんか。"),
        ("市長（海野三郎君）", "一言申し上げます。"),
    )
    assert result[0].kind is PassageKind.PROCEDURE
    assert result[1].answers is None


@pytest.mark.parametrize(
    "words",
    [
        "その他で何かございますか。",
        "ほかに、いかがでしょうか。",
        "報告については正副委員長にご一任いただけますでしょうか。",
        "ご意見等がございましたら、ご発言をお願いします。",
        "各委員からご意見をいただきたいと思います。",
    ],
)
def test_a_report_after_procedure_is_no_answer(words):
    """What the staff say after the chair has only asked round is a report."""
    result = turns(("田上委員長", words), ("海野課長", "お手元の冊子をご案内します。"))
    assert result[0].kind is PassageKind.PROCEDURE
    assert result[1].answers is None


def test_a_member_whom_the_chair_asks_by_name_answers():
    """The one who is asked for the state of things answers, though a member."""
    result = turns(
        ("田上会長", "現場の状況について、谷委員から御意見をいただきたい。"),
        ("谷委員", "人手が足りていない。"),
    )
    assert (result[1].kind, result[1].answers) == (PassageKind.ANSWER, 0)


def test_what_the_answering_side_replies_to_was_a_question():
    """A remark without a question mark that the head of section answers counts as a question."""
    result = turns(
        ("小森委員", "街灯が暗いという声が多い。"), ("海野課長", "順次取り替えてまいります。")
    )
    assert result[0].kind is PassageKind.QUESTION


def test_a_decision_is_a_vote():
    """Words that announce the outcome are a vote."""
    result = turns(("議長（田上一郎君）", "起立多数であります。よって本案は可決されました。"))
    assert result[0].kind is PassageKind.VOTE


def test_a_new_heading_closes_an_unanswered_question():
    """A report under the next heading does not answer what was said under the one before."""
    result = pair_answers(
        [
            Turn(0, "小森委員", "以上、要望とします。", Role.MEMBER, ("１ 道路",)),
            Turn(1, "海野課長", "公園の現状をご報告します。", Role.EXECUTIVE, ("２ 公園",)),
        ]
    )
    assert result[1].answers is None


def test_sides_of_mere_names_are_told_by_what_they_do():
    """Who asks is a member, who speaks after questions answers, who opens the meeting presides."""
    result = turns(
        ("Ann Lee", "Welcome to the committee. Item one is water."),
        ("Bo Ray", "Why did the price rise?"),
        ("Cy Fox", "The pipes were old."),
        ("Bo Ray", "When will it fall?"),
        ("Cy Fox", "Next year."),
    )
    assert [turn.role for turn in result] == [
        Role.CHAIR,
        Role.MEMBER,
        Role.EXECUTIVE,
        Role.MEMBER,
        Role.EXECUTIVE,
    ]
    assert [turn.answers for turn in result] == [None, None, 1, None, 3]


def test_a_vice_chair_who_runs_the_meeting_presides():
    """The vice chair is the chair where nobody else is, and a member otherwise."""
    alone = turns(("谷副委員長", "これより質疑に入ります。"), ("小森委員", "いくらですか。"))
    beside = turns(
        ("田上委員長", "質疑に入ります。"),
        ("谷副委員長", "費用はいくらですか。"),
        ("海野課長", "五百万円です。"),
    )
    assert alone[0].role is Role.CHAIR
    assert beside[1].role is Role.MEMBER
    assert beside[2].answers == 1


@pytest.mark.parametrize("label", ["参考人（海野誠君）", "公述人", "請願者", "陳情提出者"])
def test_those_who_are_heard_are_witnesses(label):
    """Whoever is invited to speak to a matter answers the members' questions."""
    result = turns(("小森委員", "通学路のどこが危ないのですか。"), (label, "橋の手前です。"))
    assert (result[1].role, result[1].answers) == (Role.WITNESS, 0)


def test_in_a_plenary_sitting_a_committees_chair_reports():
    """委員長 beside a 議長 is a member, and answers a question about the report."""
    result = turns(
        ("議長（田上一郎君）", "委員長の報告を求めます。"),
        ("総務委員長（谷剛君）", "審査の結果、可決すべきものと決しました。"),
        ("3番（小森花子君）", "反対の意見はなかったのですか。"),
        ("総務委員長（谷剛君）", "お答えします。ございませんでした。"),
    )
    assert [turn.role for turn in result] == [Role.CHAIR, *[Role.MEMBER] * 3]
    assert result[3].answers == 2


def test_who_runs_the_meeting_presides_whatever_the_post():
    """In a board of education nobody is called chair: 教育長 calls, puts to the vote and closes."""
    result = turns(
        ("教育長", "議題に移ります。課長から説明をお願いします。"),
        ("学校教育課長", "規則を改めるものです。"),
        ("小森委員", "いつからですか。"),
        ("学校教育課長", "四月からです。"),
        ("教育長", "ほかにございませんか。採決いたします。賛成の委員の挙手を求めます。"),
        ("教育長", "挙手全員です。原案のとおり可決いたします。"),
        ("教育長", "以上で閉会いたします。"),
    )
    assert {turn.role for turn in result if turn.speaker == "教育長"} == {Role.CHAIR}
    assert [turn.answers for turn in result] == [None, None, None, 2, None, None, None]


@pytest.mark.parametrize(
    "words",
    [
        "本案を了承することとしてよろしいでしょうか。",
        "議案第3号について、御異議ございませんか。",
        "では、修正の上、了承といたします。",
    ],
)
def test_putting_something_to_the_vote_is_a_vote(words):
    """The chair's question for assent belongs to the decision."""
    assert turns(("田上会長", words))[0].kind is PassageKind.VOTE
