"""Whether words ask for an answer."""

import re

_ASKS = re.compile(
    r"[？?]"
    r"|(?:か|かね|かな|かしら|のかと)[。．]?$"
    r"|伺い|うかがい|お聞き|お尋ね|おたずね|お聞かせ|お教え"
    r"|(?:教えて|聞かせて|示して|お示し|説明して|お答え|回答して|答えて|確認させて|確認して)"
    r"[をも]?(?:いただ|頂|くださ|下さ|ほし|欲し|もら|願|お願)"
    r"|(?:ご|御)?(?:見解|所見|答弁|回答|説明|考え|認識)(?:を|について)(?:、)?"
    r"(?:お?求め|お?伺|お?聞|お願い|お?示|お?尋|願い)"
    r"|質問(?:いた|し|を?させて)|(?:如何|いかが|どう)(?:か|です|でしょう|でござい|お考え)"
    r"|(?:求め|(?:要望|提案)(?:いた)?し)ます[。．]?$|求める[。．]?$"
    r"|どのように|どうなって|どのぐらい|どれくらい"
)


def asks(sentence: str) -> bool:
    """Say whether the sentence asks for an answer (in Japanese or English)."""
    return _ASKS.search(sentence.strip()) is not None
