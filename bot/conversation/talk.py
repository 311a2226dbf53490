"""What people say that is no question to the documents: thanks, 「もっと詳しく」. Pure.

One table of intents. A pattern has to fit the whole of what is said, once politeness, emoji and
punctuation are taken off: 「給食費の使い方」 is a question, 「使い方」 is not.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from index.language.text import fold

LONGEST_TALK = 40
"""Characters: what is longer says something."""


class Talk(StrEnum):
    """What is meant by words that are looked up nowhere."""

    THANKS = "thanks"
    GREETING = "greeting"
    NOTED = "noted"
    HELP = "help"
    INDEX = "index"
    """What documents there are."""
    MORE = "more"
    """How what was just quoted goes on."""
    SOURCE = "source"
    """Who said what was just quoted, in which meeting."""
    OTHER_YEARS = "other_years"
    """What was said on the same matter at other times."""
    SUMMARY = "summary"
    """To put what was quoted in other words, which is not done."""

    @property
    def is_courtesy(self) -> bool:
        """Whether it asks nothing: between people it would need no reply."""
        return self in {Talk.THANKS, Talk.GREETING, Talk.NOTED}


@dataclass(frozen=True, slots=True)
class _Intent:
    """A row of the table: alternatives of a regular expression, in Japanese and in English."""

    talk: Talk
    japanese: str
    english: str


_THAT_JA = (
    r"(?:(?:それ|これ|今の|いまの|その|この)(?:話|発言|答弁|回答|説明|言葉|記録)?(?:は|って|を)?)?"
)
_COURTESIES = (
    _Intent(
        Talk.THANKS,
        r"(?:ありがと|有り?がと|有り?難)[うー]?(?:御座い|ござい)?(?:ます|ました)?|感謝(?:し"
        r"|いたし|致し)?(?:ます)?"
        r"|助かっ(?:た|ています)|助かり(?:ます|ました)|恐れ入ります(?:が)?|(?:サンキュ|さんきゅ|センキュ|せんきゅ)[ーうぅ]*|サンクス|さんくす"
        r"|お世話(?:に)?なりました"
        r"|(?:勉強|参考)に(?:なりました|なった|します)|さすが|完璧|すばらしい|素晴らしい|すごい"
        r"|便利",
        r"thanks|thank (?:you|u)|thx|ty|cheers|(?:much )?appreciated?|many thanks|i appreciate"
        r"|(?:that )?helps?(?:ed)?|(?:that(?: i)? ?s |that was )?(?:very |so |really )?helpful"
        r"|(?:that(?: i)? ?s )?(?:great|perfect|awesome|excellent|wonderful)",
    ),
    _Intent(
        Talk.GREETING,
        r"こんにち[はわ]|こんばん[はわ]|おはよう?(?:ございます)?|はじめまして|初めまして|やあ"
        r"|もしもし|どうも"
        r"|お疲れ(?:様|さま)?|おつかれ(?:様|さま)?|お世話になって(?:おり|い)ます|失礼し(?:ます"
        r"|ました)"
        r"|よろしく(?:お願い(?:し|いたし|致し)ます)?|宜しく(?:お願い(?:し|いたし|致し)ます)?"
        r"|さようなら|では(?:また)?"
        r"|テスト(?:中)?|すみません(?:が)?|教えてください|教えて(?:ほしい|下さい)?|お願い(?:し"
        r"|いたし|致し)ます",
        r"hello|hi|hey|hiya|good (?:morning|afternoon|evening|day)|nice to meet you|bye|goodbye"
        r"|see you|test(?:ing)?|excuse me|please (?:tell me|advise|let me know)|sorry",
    ),
    _Intent(
        Talk.NOTED,
        r"了解|りょ(?:うかい)?|承知(?:し|いたし|致し)?(?:ました)?|分かりました|わかりました"
        r"|分かった|わかった"
        r"|オーケー|オッケー|おっけー|ok|なるほど|そうですか|そうなん(?:です)?|そっか|そうか"
        r"|はい|うん|いいえ|確認(?:し|いたし)ます"
        r"|確認しました|大丈夫|いいです|問題(?:あり)?ません|見て(?:み|おき)ます|読んで(?:み"
        r"|おき)ます|納得",
        r"ok(?:ay)?|got it|noted|understood|i see|right|sure|alright|all right|fine|yes|no|yep"
        r"|yeah"
        r"|will do|makes sense|cool|good|nice",
    ),
)
_REQUESTS = (
    _Intent(
        Talk.HELP,
        r"使い方|使いかた|つかいかた|利用方法|操作方法|ヘルプ|へるぷ|help|[聞き]き方"
        r"|質問の(?:仕方|しかた)|例(?:文)?|質問例"
        r"|何[がを](?:聞け|きけ|質問でき|でき|出来|わか|分か)(?:る|ます)|何[がを](?:聞"
        r"|き)(?:けば|いたら|いて)(?:いい|よい|良い)"
        r"|何が得意|でき(?:る|ます)こと|どう(?:やって)?(?:使う|使えば|聞く|きく|聞けば"
        r"|質問すれば)(?:いい|よい|良い)?"
        r"|どんな(?:こと|質問)[がを](?:聞け|きけ|でき|答えられ)(?:る|ます)|(?:あなた|君"
        r"|きみ)は?(?:誰|だれ|何者|何)|自己紹介",
        r"help(?: me)?|usage|instructions|examples?|how (?:do|can|should) (?:i|we) (?:use"
        r"|ask)(?: (?:you|this|it))?"
        r"|how does (?:this|it) work|how to use(?: (?:you|this|it))?|what can (?:i"
        r"|we) ask(?: you)?"
        r"|what (?:can|do) you do|what can you (?:answer|tell me)|who are you|what are you",
    ),
    _Intent(
        Talk.INDEX,
        r"(?:どんな|どの(?:ような)?|どういう|何の|なんの)(?:資料|文書|文献|会議録|議事録|データ"
        r"|記録|ドキュメント|ファイル|会議|年度?)"
        r"(?:の(?:資料|会議録|議事録|記録))?[がをは]?(?:ある|あり|入って(?:い|る)|登録|収録"
        r"|取り込|読め|見られ|調べられ|検索でき|使え|持って)"
        r"(?:る|ます|いる|います|されて(?:い|る)|ている|て)*"
        r"|(?:(?:登録|収録)(?:済み?|され(?:た|ている))の?)?(?:資料|文書|会議録"
        r"|議事録)の?(?:一覧|リスト)"
        r"|(?:資料|会議録|議事録)はいつ(?:から|まで)(?:ある|あり|の)?|何年分(?:の(?:資料|会議録"
        r"|議事録))?が?(?:ある|あり|入って)?",
        r"(?:what|which) (?:documents?|materials?|records|minutes|files|sources|data|meetings"
        r"|years)"
        r"(?: (?:do|can) you (?:have|know|hold|search|cover)| are (?:there|available|indexed"
        r"|loaded|covered|in the index"
        r"|in here)| can (?:i|we) search)?|(?:list|show)(?: me)?(?: all)?(?: the"
        r"| your)? (?:documents|materials|sources|files)"
        r"|what(?: i)? ?s in (?:the|your) index|what do you (?:have|know)",
    ),
    _Intent(
        Talk.MORE,
        r"(?:もう少し|もうちょっと|もっと|さらに|更に|より)?(?:詳しく|くわしく|詳細|具体的に)"
        r"|(?:その)?(?:続き|つづき)|続けて|全文"
        r"|もっと(?:教えて|見せて|知りたい|読みたい|見たい)?|ほかには?|他には?",
        r"(?:and )?(?:(?:tell|show|give) me )?more(?: details?"
        r"| info(?:rmation)?)?(?: about (?:it|that|this))?"
        r"|(?:in (?:more )?)?details?|go on|continue|read on|elaborate|(?:can|could) you elaborate"
        r"|(?:can|could) you (?:say|tell me|show me) more|what else|anything else",
    ),
    _Intent(
        Talk.SOURCE,
        rf"{_THAT_JA}(?:誰|だれ|どなた)(?:が|の)(?:言|い|話|答え|こたえ|発言|答弁|回答|説明|言葉)"
        r"(?:い|っ|いっ|え)?(?:た|てた|てる|ている)?"
        rf"|{_THAT_JA}(?:発言|答弁|回答)(?:した(?:人|方|の)|者)(?:は?誰)?"
        rf"|{_THAT_JA}(?:いつの|どの|何の|なんの|どこの|第?何回の)(?:会議|会|審議会|委員会|議会|回|発言|答弁)"
        r"(?:の(?:話|こと|発言|答弁)|で(?:の話|言った|話した)?)?"
        rf"|{_THAT_JA}(?:出典|典拠|出所|引用元|ソース)(?:は?どこ)?"
        rf"|{_THAT_JA}どこに(?:書いて|載って|出て)(?:い|あり?)",
        r"who (?:said|says|told|answered)(?: (?:that|this|it|so))?|who (?:was|is) (?:that|speaking)"
        r"|(?:at |in )?(?:which|what) meeting(?: (?:was|is) (?:that|this|it))?"
        r"|(?:what(?: i)? ?s |where(?: i)? ?s )?(?:the |your )?sources?"
        r"|where (?:does it say|is|did you (?:find|read)) (?:that|this|it|so)",
    ),
    _Intent(
        Talk.OTHER_YEARS,
        r"(?:(?:ほか|他|別|その他|過去|以前|今まで|これまで)の(?:年度?|とし|時期|会議|回)|過去"
        r"|以前|これまで|今まで)"
        r"(?:の(?:記録|議論|話|経緯|経過))?(?:に|で)?(?:は|も|だと|では|について)?(?:どう)?"
        r"|(?:これまでの)?(?:経緯|経過|いきさつ)",
        r"(?:(?:what|how) about |and )?(?:in |at )?(?:(?:the )?(?:other|previous|earlier|past"
        r"|prior) (?:years?|meetings?|times?)"
        r"|before)|(?:the )?history",
    ),
    _Intent(
        Talk.SUMMARY,
        r"要約|まとめて?|(?:短く|簡潔に|簡単に|わかりやすく|分かりやすく)(?:して|まとめて"
        r"|説明して)?|一言で(?:言うと|いうと)?",
        r"(?:please )?(?:summari[sz]e|sum up)(?: (?:it|this|that))?(?: up)?|(?:a )?summary"
        r"|tl ?dr|in short",
    ),
)

_FILLERS_JA = (
    r"いつも|本当に|ほんとに|ほんとう?に|とても|大変|すごく|早速|さっそく|ご?丁寧に|ご?回答"
    r"|ご?対応|お返事|はい|お|あっ?|えっと|まあ"
    r"|では|じゃあ?|それでは|どうも|きろく|記録|キロク|kiroku|さん|くん|ちゃん|皆さん|みなさん"
    r"|皆様|です|ます|でした|ました|ね|よ|な"
    r"|ー|w|笑|m|に|を|の|が|ござい|何卒|以上|また|あとで|後で"
)
_TAIL_JA = (
    r"(?:を|は|が|って|も|に|で|の|と|教えて|おしえて|知りたい|見せて|みせて|読みたい|見たい"
    r"|説明して|話して|聞かせて|出して|欲しい|ほしい"
    r"|いただけ|頂け|もらえ|ます|ません|る|か|です|でしょう|ください|下さい|くれ|たい|ん|お願い"
    r"|願います|し|して|いたし|致し|な|ね|よ|何|なに|ある|あり)*"
)
_FILLERS_EN = (
    r"kiroku|so|very|much|really|a (?:lot|ton)|all|there|again|everyone|team|it|then|oh|ah|well"
    r"|the|quick"
    r"|for (?:that|this|it|your|the|everything)|help|answer|reply|response|info|information|i"
    r"|am|good|fine|you|to you"
)
_BEFORE_EN = r"(?:ok(?:ay)? |so |and |well |kiroku |please |can you |could you )*"
_AFTER_EN = r"(?: please| now| here| then| kiroku)*"

_EMOJI = re.compile(
    r":[\w+'\-]+(?:::skin-tone-\d)?:|[(（][^()（）\w]*[_^ω;][^()（）]*[)）]|[（(]笑[）)]"
)


def talk_in(text: str) -> Talk | None:
    """Return what the whole of ``text`` is where it is no question for the documents."""
    japanese, english = _bare(text)
    if not japanese or len(japanese) > LONGEST_TALK:
        return None
    for intent, whole_ja, whole_en in _PATTERNS:
        if whole_ja.fullmatch(japanese) or whole_en.fullmatch(english):
            return intent.talk
    if _ANY_COURTESY_JA.fullmatch(japanese) or _ANY_COURTESY_EN.fullmatch(english):
        return next(
            (each.talk for each in _COURTESIES if re.search(each.japanese, japanese)),
            next(
                (e.talk for e in _COURTESIES if re.search(rf"\b(?:{e.english})\b", english)), None
            ),
        )
    return None


def says_nothing(text: str) -> bool:
    """Say whether there is no letter and no digit in ``text`` beside emoji."""
    return not _bare(text)[0]


def _bare(text: str) -> tuple[str, str]:
    """Return what is said without emoji and punctuation: as one string, and as words."""
    folded = fold(_EMOJI.sub(" ", text))
    kept = "".join(
        each if each == "ー" or unicodedata.category(each)[0] in "LN" else " " for each in folded
    )
    words = kept.split()
    return "".join(words), " ".join(words)


def _patterns() -> tuple[tuple[_Intent, re.Pattern[str], re.Pattern[str]], ...]:
    return tuple(
        (
            intent,
            re.compile(rf"(?:{_FILLERS_JA})?(?:{intent.japanese}){_TAIL_JA}"),
            re.compile(rf"{_BEFORE_EN}(?:{intent.english}){_AFTER_EN}"),
        )
        for intent in _REQUESTS
    )


_PATTERNS = _patterns()
_ALL_JA = "|".join(each.japanese for each in _COURTESIES)
_ALL_EN = "|".join(each.english for each in _COURTESIES)
_ANY_COURTESY_JA = re.compile(rf"(?:{_FILLERS_JA})*(?:{_ALL_JA})(?:{_ALL_JA}|{_FILLERS_JA})*")
_ANY_COURTESY_EN = re.compile(
    rf"(?:(?:{_FILLERS_EN}) )*(?:{_ALL_EN})(?: (?:{_ALL_EN}|{_FILLERS_EN}))*"
)
