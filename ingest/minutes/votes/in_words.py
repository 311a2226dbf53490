"""Matters that are named without a number of a known kind: by their words, or by 第52号 alone.

A number goes on from one sentence to the next only as long as the minutes speak of its matter. So
these words matter as much as a number does: 「次に、水道事業会計予算について、原案可決」, or a line
of its own like 「■第52号（宿泊税）」.
"""

import re

from index.council.items import items_in
from index.language.text import fold
from ingest.minutes.votes.resolutions import counts_in, manner_in, read_decisions

_MATTER = (
    "(?:条例|予算|決算|規約|契約|意見書|決議|請願|陳情|計画|規則|要綱|方針|協定|指定|認定|譲渡|取得"
    "|処分|選任|任命)"
)
_CHANGE = "(?:の?(?:一部)?(?:改正|変更|制定|廃止|策定|締結|推薦))?(?:する(?:条例|規則))?"
_NAMED = re.compile(
    rf"(?P<title>[^。、，「」『』（）()\n\t]{{1,60}}?{_MATTER}){_CHANGE}案?"
    r"(?:[（(][^（）()]{1,20}[）)])?"
    r"(?:の件)?(?:についても?|につきまして(?:も|は)?|に対する|に関しては|[はもを])(?![んっ])"
)
_OTHER_WORDS = re.compile(
    r"^(?:(?:次に|続いて|続きまして|また|なお|最後に|同じく|よって|では|それでは|まず|さらに|[・→])"
    r"[、 \u3000]*)+"
)
_POINTS_BACK = re.compile(
    r"本|同[^意]|当該|この|その|これ|それ|以上|ただいま|只今|各|両|残|他の|上記|前述|標記|委員長|議長"
    r"|原案|修正|さき|先ほど|議題|提出|ほか|すべて|全て"
)
"""What begins so speaks of what was named before, or of no matter at all."""
_PUT = re.compile(r"議題(?:と|に|とする)|上程|採決|表決|お?諮り")
_MARK = re.compile(r"^[■●◆◇□▼▽★☆◎][ \u3000]*(?=\S)")
_LONGEST = 60
_LEAST = 4
"""「条例は」 and 「予算案を」 name none."""
_PART = re.compile(
    r"(?:主な)?(?:提案理由|理由|説明|質疑|質問|答弁|討論|意見|審[査議]|採決|表決|議決|結果|賛否|経過|内容|概要"
    r"|要旨|応答|議案|請願|陳情|案件|付託|付帯意見|附帯決議|報告|やりとり|と|の|及び|・"
    r"|[ \u3000])+(?:[（(].*[）)])?"
)
_BARE = re.compile(
    r"^[■●◆◇□▼▽★☆◎・【＜《 \u3000]*"
    r"(?P<number>第[ \u3000]*[0-9０-９〇一二三四五六七八九十百]+[ \u3000]*号)"
    r"(?=$|[ \u3000（(「『:：】＞》、])"
)
_BRACKETED = re.compile(r"[（(「『](?P<words>[^（）()「」『』]{2,40})[）)」』]")


_OWN_LINE = re.compile(
    rf"(?:[（(]?[0-9０-９一二三四五六七八九十]{{1,2}}[)）.．、 \u3000]+)?"
    rf"(?P<title>[^。、「」\n\t]{{2,60}}?{_MATTER}){_CHANGE}案?(?:の件)?(?:について)?(?:[（(].*[）)])?"
)
_AMENDED = re.compile(r"[・→ \u3000]*(?:(?P<amended>修正(?:案|動議))|原案)(?=[（(:：])")


def matter_of_heading(line: str) -> str | None:
    """Return the words of a heading that says nothing but a matter."""
    named = _OWN_LINE.fullmatch(line.strip())
    return named["title"].strip() if named and not _POINTS_BACK.match(named["title"]) else None


def tells_of_amendment(line: str) -> bool | None:
    """Tell whether a line is on an amendment (「・修正案（森）：」) or the bill; else ``None``."""
    begins = _AMENDED.match(line)
    return begins["amended"] is not None if begins else None


def matter_in_words(text: str) -> str | None:
    """Return the words that name a matter as the subject of a sentence; ``None`` without any."""
    named = _NAMED.match(_OTHER_WORDS.sub("", text.strip()))
    if named is None or _POINTS_BACK.match(named["title"]) or len(named["title"]) < _LEAST:
        return None
    return named["title"].strip()


def put_in_words(sentence: str) -> str | None:
    """Return the matter that a sentence takes up or puts to the vote, as its words."""
    return matter_in_words(sentence) if _PUT.search(sentence) else None


def is_heading(line: str) -> bool:
    """Tell a line that opens another matter: marked, short, and neither a sentence nor a result."""
    text = line.strip()
    if not _MARK.match(text) or "。" in text or len(text) > _LONGEST:
        return False
    told = manner_in(text) or read_decisions(text) or counts_in(text) != (None, None)
    return not told and not is_part(_MARK.sub("", text))


def is_part(words: str) -> bool:
    """Tell the heading of a part of what is dealt with (採決, 質疑応答) from that of a matter."""
    return _PART.fullmatch(words) is not None


def heading_words(line: str) -> str:
    """Return the words of such a line without its mark."""
    return _MARK.sub("", line.strip())


def bare_number(line: str) -> str | None:
    """Return the number that a line begins with where no word says of what: 第52号（宿泊税）."""
    text = line.strip()
    number = _BARE.match(text)
    if number is None or "。" in text or len(text) > _LONGEST or items_in(text):
        return None
    return re.sub(r"[ \u3000]", "", fold(number["number"]))


def words_behind(line: str) -> str | None:
    """Return the words in brackets of a line with a bare number, as far as it has any."""
    words = _BRACKETED.search(line)
    return words["words"] if words else None


def are_kin(words: str, title: str) -> bool:
    """Tell whether words may call a matter with that title: they share half of what tells it."""
    own = _pairs(re.sub(f"{_MATTER}$", "", words)) or _pairs(words)
    return 2 * len(own & _pairs(title)) >= len(own)


def _pairs(text: str) -> set[str]:
    signs = re.sub(r"[ぁ-ん\s]", "", fold(text))
    return {signs[at : at + 2] for at in range(len(signs) - 1)}
