"""Whether a question asks for all of a list: 「守ることを全部」「一覧」, "list all the …". Pure.

A whole that is no list is not meant: 「全部でいくら」 asks for a sum, 「全部の学校」 says which
schools.
"""

import re

from index.language.text import fold

_TELL = (
    r"(?:教え|知り|挙げ|あげ|列挙|列記|並べ|書き出|見せ|示し|出し|言っ|頂|いただ|ちょうだい|下さ|ください|お?願い"
    r"|欲し|ほし|は何|何です)"
)
_ALL_OF_THEM = re.compile(
    rf"(?:全部|すべて|全て|ぜんぶ|全件|漏れなく|もれなく|残らず)(?:を|は|、|\s)*(?:{_TELL}|[?。!]*$)"
    r"|一覧(?!表?の(?:中|うち|どこ|何))|リストアップ|リスト(?:が|を|は|に|で|、|\s)*"
    rf"(?:{_TELL}|[?。!]*$)|列挙|何と何|どれとどれ"
    r"|\b(?:list|name|give(?: me)?|show(?: me)?|tell me|what (?:are|were)|which (?:are|were))"
    r" (?:all|every|each|the (?:full|whole|complete|entire) list)\b"
    r"|\b(?:full|complete) list\b|\blist (?:the|of all)\b"
)


def asks_for_all(text: str) -> bool:
    """Tell whether a question asks for all that a list holds."""
    return _ALL_OF_THEM.search(fold(text)) is not None
