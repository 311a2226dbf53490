"""Which sentences of an answer say what the answering side will do."""

import re

from index.language.text import fold, sentences

_WILL_JA = re.compile(
    r"(?:(?:て|で)(?:まい|参)り(?:ます|たい)|ていきます|ていく(?:考え|方針|予定|つもり|所存|こと)"
    r"|[うくすつぬぶむるぐ](?:予定|考え|方針|つもり|所存|計画)"
    r"(?:です|である|であり|でございま|としており|でおりま|だ)"
    r"|予定(?:です|である|でございま|しており|している|をしており|となっており)"
    r"|(?:こと|方向)(?:と|を|で)(?:考えて|予定して|して|いたして)(?:おり|いる|い)"
    r"|お(?:諮り|示し|知らせ|届け|配り)(?:し|いたし)ます|(?:努め|検討し|実施し|整備し)ます)"
)
"""Endings that bind the speaker to something to come: 検討してまいります, 実施する予定です."""
_TO_COME = (
    r"(?:来年度?|来月|翌年度?|次回|今後|年度内|年内|年度中|早期に|速やかに|直ちに"
    r"|第[0-9一二三四五六七八九十]+回(?:で|に))"
)
_TO_COME_JA = re.compile(
    rf"(?:{_TO_COME}|[0-9一二三四五六七八九十]+(?:年度?|月分?|日|期)(?:に|から|より|以降|までに|末))"
    r".{0,60}(?:[いきしちにひみりぎじびえけせてねべめれげぜ]ます|とする|行う|始める|設ける|する)。?$"
)
"""A time to come, and a verb at the end that is not in the past."""
_NOT_JA = re.compile(
    r"(?:(?:て|で)(?:おり|い)ます|ている|(?:思い|考え|存じ|見込み|なり|あり|ござい|申し上げ)ます)。?[」』]?$"
)
_SAYS_NOW = re.compile(
    r"(?:報告|説明|答え|答弁|紹介|お願い)(?:を)?(?:申し上げ|いたし|し|させていただき)ます。?$"
)
_OTHERWISE = re.compile(r"(?:[?か]|ません|ない|た)。?[」』]?$")
"""A question, a past, a refusal."""
_WILL_EN = re.compile(
    r"\b(?:(?:we|i|staff|the (?:city|county|town|district|department|office))"
    r"(?:'ll| will\b| shall\b)(?! not)"
    r"|(?:will|shall) (?:come back|bring|report|present|send|write|hold|begin|start|open)\b"
    r"|(?:we|i|staff|the (?:city|county|town)) (?:plans?|intends?) to"
    r"|(?:is|are|am) going to|(?:is|are) scheduled to)",
    re.IGNORECASE,
)


def promises(text: str) -> list[str]:
    """Return the sentences of ``text`` that promise or announce something, as they stand."""
    return [part.strip() for part in sentences(text) if _promises(fold(part).strip())]


def _promises(sentence: str) -> bool:
    if _WILL_EN.search(sentence):
        return not sentence.endswith("?")
    if _OTHERWISE.search(sentence):
        return False
    if _SAYS_NOW.search(sentence):
        return bool(re.search(_TO_COME, sentence))
    if _WILL_JA.search(sentence):
        return True
    return bool(_TO_COME_JA.search(sentence)) and not _NOT_JA.search(sentence)
