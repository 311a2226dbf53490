"""Whether a question asks for a list or a count that the minutes hold as data, and which.

One table: what such a question says, and which words may stand beside it. A question that says
anything else wants something else, and is searched for. Of a list on a matter, what else it says
is the matter.
"""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum

from index.language.text import fold
from index.language.tokens import asking_words, content_words


class Listing(StrEnum):
    """What is listed or counted."""

    ABSENT = "absent"
    STAFF = "staff"
    """Who was there to explain or to serve: 説明員, 事務局."""
    PRESENT = "present"
    VOTES = "votes"
    HELD = "held"
    """How often a body met."""
    WHEN = "when"
    """When and where a meeting was held."""
    ASKED = "asked"
    """How often somebody asked about a matter."""
    MEETINGS = "meetings"
    """Which meetings dealt with a matter, and how many."""
    AGENDA = "agenda"
    """What a meeting was to deal with."""
    SPEECHES = "speeches"
    """What somebody said, whatever it was on."""


@dataclass(frozen=True, slots=True)
class ListAsked:
    """A list that is asked for; ``matter`` are the words that say what of, where it is of one."""

    listing: Listing
    matter: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Row:
    """``says`` is found in such a question; other content words than ``beside`` are its matter."""

    listing: Listing
    says: re.Pattern[str]
    beside: frozenset[str]
    of_a_matter: bool = False


def _words(listed: str) -> frozenset[str]:
    """Return words as a set, in Sudachi's normalised form, as :func:`content_words` gives them."""
    return frozenset(listed.split())


_ANY = _words(
    """
    誰 人 方 者 名 御 お 名前 氏名 全員 全部 全て 全体 一覧 リスト アップ 挙げる 上げる
    教える 列挙 見せる 出す 其の 当日 会議 会 会合 回 度 日 時 市 町 村 区 議会 委員会
    審議会 協議会 部会 本会議 定例 定例会 臨時会 会議録 議事録 記録 資料 登録
    有る 居る 為る 成る
    the all list name every each full complete give show who whole meeting session sitting minute
    council committee board commission member councilmember people anyone anybody many time held
    present was were did does on of
    """
)
"""Words that may stand in any such question."""
_GATHERED = _ANY | _words(
    """
    出席 欠席 参加 応招 委員 議員 メンバー
    attend attended attendee attendance absent excused missing
    """
)
_STAFF = _GATHERED | _words(
    """
    説明 員 執行 部 理事 当局 側 市側 町側 村側 区側 職員 行政
    staff official city town county
    """
)
_DECIDED = _ANY | _words(
    """
    議案 陳情 請願 意見 意見書 書 案件 件 議題 結果 採決 表決 議決 決議 賛否 可決 否決 採択
    不採択 承認 同意 認定 継続 審査 審議 不 無い 全会 一致 満場 多数 決 賛成 反対 起立 挙手
    異議 分かれる 割れる 決まる 決定 事項 こと 直近 前回
    付ける 提出 上程 其れ其れ 各 以外 本 案 内 中 最近 最新 先日 此の 前
    bill motion resolution ordinance item petition vote voted result outcome decision decided pass
    passed fail failed reject rejected defeat defeated adopt adopted approve approved carried not
    unanimou unanimously split contested against taken made last latest most recent recently
    previous
    """
)
_DEALT_WITH = _ANY | _words(
    """
    議題 議事 日程 案件 次第 事項 内容 今日 本日 話す 合う 話題 話し合う 議論 論議 審議 協議
    取る 扱う 就く つく こと
    agenda item topic business discuss discussed talk talked about
    """
)
_SAID = (_ANY - _words("誰 回 度 日 時 many time")) | _words(
    """
    言う 仰る 述べる 話す 発言 答える 答弁 回答 説明 質問 質疑 聞く 尋ねる 意見 見解 指摘 要望
    主張 訴える 迫る 求める 伝える 伺う 問う 質す 正す
    内容 こと 主な これまで 纏める 纏め 見る 読む 直接 執行 部 当局 行政 理事 側
    say said saying remark comment statement word everything anything answer answered ask asked
    question s by
    """
)
_HELD = _ANY | _words("開く 開催 回数 持つ meet met often has have")
_WHEN = _HELD | _words(
    """
    日時 日付 開催日 時刻 時間 何時 何日 場所 会場 何処 此の 本 今回 直近 最近 最新 最後 前回
    行う 始まる 開始 開会 終わる 終了 閉会 散会
    this last latest most recent previous day date time place venue location hold take took start
    started end ended begin began
    """
)
_ON_A_MATTER = _ANY | _words(
    """
    就く つく 関する 取る 扱う 質問 質疑 尋ねる 聞く 回数 議論 論議 審議 議題 話題 話す 合う
    協議 触れる 出る 此れ迄 今迄 過去 何度 幾 つ 委員 議員 件
    ask asked raise raised question questioned discuss discussed debate debated bring brought up
    consider considered come came deal dealt take took has have had been he she they it how often
    """
)
_COUNTED = frozenset({"回", "度", "件"})
"""Behind 何, and no part of what follows: 何回水道料金が."""
_TIMES = r"何(?:回|度)(?:くらい|ぐらい|ほど)?"
_DEALT = (
    r"(?:取り?上げ|とりあげ|扱[いうわっ]|議論|論議|審議(?!会)|議題|話題|話し合|質疑"
    r"|協議(?!会)|触れ)"
)
_DEALT_EN = (
    r"\b(?:discuss(?:ed)?|debated?|raised?|br(?:ing|ought) up|consider(?:ed)?|c[ao]me up"
    r"|deal|dealt|take up|took up)\b"
)
_MEETING = r"(?:会議|会合|委員会|審議会|議会|定例会|本会議|回)"
_OF_THE_SIDE = r"(?:市|町|村|区|行政|当局|執行部|理事者|事務局|職員)"
_MATTERS = r"(?:議案|陳情|請願|意見書|案件)"
_MATTERS_EN = r"\b(?:bills?|motions?|resolutions?|items?|ordinances?|petitions?|votes?)\b"
_CAME_OUT_EN = (
    r"\b(?:results?|outcomes?|pass\w*|fail\w*|reject\w*|defeat\w*|adopt\w*|approved|carried"
    r"|unanimous\w*|split)\b"
)
_TABLE = (
    _Row(Listing.ABSENT, re.compile(r"欠席|\b(?:absent|excused|missing)\b"), _GATHERED),
    _Row(
        Listing.STAFF,
        re.compile(
            rf"説明員|説明のため|{_OF_THE_SIDE}側?(?:の|から)?出席|出席した{_OF_THE_SIDE}"
            r"|\b(?:staff|officials)\b"
        ),
        _STAFF,
    ),
    _Row(
        Listing.PRESENT,
        re.compile(r"出席|参加(?:者|した)|\battend(?:ed|ees?|ance)?\b|\b(?:was|were) present\b"),
        _GATHERED,
    ),
    _Row(
        Listing.VOTES,
        re.compile(
            rf"(?:{_MATTERS}|採決|表決|議決)[^。?]{{0,20}}?"
            r"(?:結果|賛否|可決|否決|採択|どうなっ|全部|すべて|全て|一覧|継続)"
            r"|(?:[可否]決|採択|全会一致|満場一致|全員賛成|多数決|賛成多数|起立多数|賛否|反対)"
            rf"[^。?]{{0,16}}?(?:{_MATTERS}|もの|の(?:は|を|って)|一覧|全部)"
            r"|何が決[ま定]|決ま(?:った|りました)(?:こと|もの|事)|決定(?:された)?(?:事項|こと)"
            r"|会議[^。?]{0,4}の結果|\bwhat (?:was|got|has been) decided\b|\bwhat\b.*\bdecisions\b"
            rf"|{_MATTERS_EN}.*{_CAME_OUT_EN}|\b(?:results?|outcomes?) of .*{_MATTERS_EN}"
            r"|\blist (?:all |the |of )*votes\b"
        ),
        _DECIDED,
    ),
    _Row(
        Listing.AGENDA,
        re.compile(
            rf"議題|議事日程|日程|案件|次第|審議事項|(?:何|どんな(?:こと|話))[^。?]{{0,6}}?{_DEALT}"
            rf"|\bagenda\b|\bwhat\b.*{_DEALT_EN}|\bwhat\b.*\btalk(?:ed)? about\b"
        ),
        _DEALT_WITH,
    ),
    _Row(
        Listing.HELD,
        re.compile(
            rf"{_TIMES}[^。?]{{0,4}}?(?:開|あ[りっ]|持たれ)|開催回数|回数"
            r"|\bhow (?:many times|often)\b.*\bmeet\b|\bhow many meetings\b.*\bh[eo]ld\b"
        ),
        _HELD,
    ),
    _Row(
        Listing.WHEN,
        re.compile(
            r"(?:いつ|どこ|何[日時])[^。?]{0,14}た"
            r"|開催日|日時|日付|時刻|場所|会場"
            r"|\b(?:when|where)\b.*\b(?:was|were|did)\b|\bwhat (?:day|date|time|place)\b"
            r"|\b(?:date|place|venue|location) of\b"
        ),
        _WHEN,
    ),
    _Row(
        Listing.ASKED,
        re.compile(
            rf"{_TIMES}[^。?]{{0,4}}?(?:質問|質疑|取り?上げ|尋ね|聞[いか])|質問(?:した)?回数"
            r"|\bhow (?:many times|often)\b.*\b(?:ask|raise|question)"
        ),
        _ON_A_MATTER,
        of_a_matter=True,
    ),
    _Row(
        Listing.MEETINGS,
        re.compile(
            rf"{_DEALT}[^。?]{{0,8}}?[たる]{_MEETING}(?!で)|{_TIMES}[^。?]{{0,6}}?{_DEALT}"
            rf"|(?:どの|何回の|いくつの){_MEETING}で[^。?]{{0,6}}?{_DEALT}"
            rf"|\b(?:which|how many|what) (?:meetings|sessions|sittings)\b.*{_DEALT_EN}"
            rf"|\bhow (?:many times|often)\b.*{_DEALT_EN}"
        ),
        _ON_A_MATTER,
        of_a_matter=True,
    ),
    _Row(
        Listing.SPEECHES,
        re.compile(
            rf"^(?!.*(?:{_TIMES}|いつ|なぜ|どこ|いくら|誰|だれ|どなた"
            r"|\b(?:how|when|why|where|who|which)\b)).*"
            r"(?:発言|言[いうっ]|聞[いか]|尋ね|おっしゃ|仰|述べ|話し|話す|答え|答弁|回答|説明|質問|質疑|意見|見解"
            r"|指摘|要望|主張|訴え|迫っ|求め|伝え|伺[いうっ]|問[いうわっ]|質し|\b(?:say|said|remarks?|comments?|statements?|words|answer(?:ed|s)?"
            r"|ask(?:ed)?|questions?)\b)"
        ),
        _SAID,
    ),
)


def list_asked(said: str, own: AbstractSet[str] = frozenset()) -> ListAsked | None:
    """Return the list that a question asks for.

    ``said`` is what it says, folded, without who, where and when; ``own`` are the words of the
    names of the bodies that are meant, which are no matter.
    """
    for row in _TABLE:
        if row.says.search(said):
            every = content_words(said)
            if row.of_a_matter and (matter := _matter(every, row.beside, said)):
                return ListAsked(row.listing, matter)
            if not row.of_a_matter and not set(every) - row.beside - own:
                return ListAsked(row.listing)
    return None


_OF_A_MEETING = {
    *(Listing.ABSENT, Listing.STAFF, Listing.PRESENT),
    *(Listing.VOTES, Listing.AGENDA, Listing.WHEN),
}


def asks_of_a_meeting(text: str) -> bool:
    """Tell whether a question asks who attended, for the agenda or for what was decided, alone.

    That is asked of a meeting, and not of the matter that was spoken of before.
    """
    asked = list_asked(fold(text).lower())
    return asked is not None and asked.listing in _OF_A_MEETING


def _matter(every: Sequence[str], beside: AbstractSet[str], said: str) -> tuple[str, ...]:
    """Return the words of a matter; those written together are one (回数券, 給食費)."""
    compounds: list[list[str]] = []
    for word in every:
        alone = not compounds or compounds[-1][-1] in _COUNTED
        if not alone and "".join((*compounds[-1], word)) in said:
            compounds[-1].append(word)
        else:
            compounds.append([word])
    return tuple(_whole("".join(one), said) for one in compounds if set(one) - beside)


def _whole(word: str, said: str) -> str:
    """Return a word with the sign behind it that belongs to it: 所 of 診療所."""
    after = said[said.find(word) + len(word) :][:1] if word in said else ""
    return word + after if after and after in asking_words() else word
