"""Words of saying: who asks, who answers, what is said and decided, in whatever form they stand.

In Sudachi's normalised form (聞いた, 訊かれる and お聞きする are all 聞く) or as a dictionary
has them (挙げる).
"""

from collections.abc import Set as AbstractSet

from index.language.tokens import Deed, deeds, tells_past


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


ASKING = _words(
    "質問 質疑 聞く 尋ねる 伺う 問う 問い正す 問い質す 指摘 要望 取り上げる 提案 求める 提起"
)
ANSWERING = _words("答える 答え 答弁 回答 返答 返事 説明")
_OTHERWISE = _words(
    """
    言う 言い出す 言い切る 言い直す 仰る 述べる 話す 語る 口 発言 主張 触れる 言及 挙げる 紹介
    報告 発表 表明 示す 約束 明言 強調 力説 説く 論ずる 認める 確認 納得 評価 賛成 賛同 反対
    反論 否定 断る 異議 見解 意見 所見 懸念 心配 危惧 疑問 批判 問題視 警告 苦言 釘 念 助言
    促す 訴える 迫る 要請 注文 質す ただす 謝る 詫びる 陳謝 釈明 弁明 挨拶 討論 コメント
    """
)
TELLING = ASKING | _words(
    """
    言う 仰る 述べる 話す 語る 主張 報告 伝える 示す 約束 助言 促す 訴える 迫る 要請 注文 質す
    ただす 謝る 詫びる 陳謝 苦言 警告
    """
)
"""Words for what is said to somebody: 市長に訴える."""
SAYING = ASKING | ANSWERING | _OTHERWISE
DECIDING = _words(
    """
    議論 審議 協議 話 決まる 決める 決定 結論 採決 可決 否決 採択 議決 纏まる 纏める 纏め
    """
)


def said_first(text: str, among: AbstractSet[str] = SAYING) -> Deed | None:
    """Return the first of some words of saying that a text holds."""
    said = (deed for deed in deeds(text) if not among.isdisjoint((deed.word, deed.written)))
    return next(said, None)


def asks_and_answers(text: str) -> bool:
    """Tell whether words of asking come first in a text, and words of answering after them."""
    said = [deed.word for deed in deeds(text)]
    asks = next((at for at, word in enumerate(said) if word in ASKING), len(said))
    return not ANSWERING.isdisjoint(said[asks:])


def is_spoken(text: str) -> bool:
    """Tell whether a text is about what was said or decided."""
    return said_first(text, SAYING | DECIDING) is not None or tells_past(text)
