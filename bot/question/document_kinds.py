"""Which kind of document a question says that it wants: 条例ではどう定められている, 決算額は.

A kind that is only talked about is none: 「条例改正について委員は何と言ったか」 wants minutes. What
somebody said, and what was voted on, stands in minutes, whatever kind it was about.
"""

import re

from index.language.text import fold
from index.passage import Document, DocumentKind
from index.search.names import Names

_SAYS_SO = (
    r"(?:によ(?:ると|れば)|に(?:書[いか]|載|記載|定め|規定|基づ)|の(?:条文|規定|本文|定義|本則)(?:で|に)"
    r"|(?:で(?:は|も)?|上(?:は|も|、)?)[^。?は]{0,16}?(?:定め|規定|定義|書[いか]|記載|決め|義務|禁[止じ]))"
)
_BY_NAME = (
    (DocumentKind.MINUTES, r"議事録|会議録|会議概要|議事要旨|委員会記録"),
    (DocumentKind.ORDINANCE, r"(?:条例|規則|要綱|規程|要領|例規集)"),
    (DocumentKind.REPORT, r"報告書|年報|白書|予算書|決算書|概要書|計画書|統計書"),
)
_PLAIN = (
    (
        DocumentKind.ORDINANCE,
        re.compile(
            r"第?何条(?:の|に|で|が)|(?:条例|規則|要綱|規程|要領)(?:上(?:の|は|も|、|で)|では|の(?:罰則|附則|別表))"
        ),
    ),
    (
        DocumentKind.REPORT,
        re.compile(
            r"(?:報告書|年報|白書|予算書|決算書|概要書|計画書|統計書)(?:で(?:は|の)?|上)(?!あ|す|き)"
        ),
    ),
    (
        DocumentKind.MINUTES,
        re.compile(r"(?:議事録|会議録|会議概要|議事要旨)(?:で(?:は|の)?|上)(?!あ|す|き)"),
    ),
)
_STATED = tuple((kind, re.compile(rf"(?:{names}){_SAYS_SO}")) for kind, names in _BY_NAME)
_SPOKEN = re.compile(
    r"(?:委員|議員|長|会派|党|当局|執行部|理事者|誰|だれ)(?:たち|ら|の方|さん|側)?[はが][^。?]{0,60}?"
    r"(?:言[いうっ]|述べ|答え|質問|発言|意見|指摘|主張|反対|賛成|説明|要望|求め)"
    r"|可決|否決|採決|質疑|答弁|議論|討論|一般質問|代表質問"
)
_MEMBERS = re.compile(
    r"(?:^|[、。 ぁ-ん])(?:委員|議員|会派|当局|執行部|理事者)(?:たち|ら)?[はが][^。?]{0,60}?"
    r"(?:言[いうっ]|述べ|答え|質問|発言|意見|指摘|主張|反対|賛成|要望)"
    r"(?![^。?]*(?:できる|権利|資格|方法))"
    r"|(?:答弁|質疑|一般質問|代表質問|討論)(?:で(?!き)は?|の中で|において)"
)
_AMOUNT = re.compile(r"(予算|決算)額[はをが]")
_TITLED = re.compile(r"(?:で(?:は|の)?|に(?:は|書|載|記載)|によ(?:ると|れば)|上)(?!あ|す|き)")
_NOTE = re.compile(r"\(.*?\)|\s")
_MUNICIPALITY = re.compile(r"^[^\W\d_]{2,5}?[都道府県市区町村]")
_LEAST_TITLE = 4
_ENGLISH = (
    (
        DocumentKind.MINUTES,
        re.compile(
            r"\b(?:according to|in|from) the (?:[a-z]+ ){0,3}?minutes\b"
            r"|\bminutes (?:say|state|show|record|mention)\b"
        ),
    ),
    (
        DocumentKind.ORDINANCE,
        re.compile(
            r"\b(?:according to|under|in|by) (?:the |an? )?(?:[a-z]+ ){0,3}?"
            r"(?:ordinances?|by-?laws?|municipal code)\b"
            r"|\b(?:does|do) the (?:[a-z]+ ){0,3}?(?:ordinances?|by-?laws?|code)"
            r" (?:say|require|allow|define|provide|prohibit|state)\b"
        ),
    ),
    (
        DocumentKind.REPORT,
        re.compile(
            r"\baccording to the (?:[a-z]+ ){0,3}?(?:report|budget|survey|yearbook|statistics)\b"
            r"|\bdoes the (?:[a-z]+ ){0,3}?(?:report|budget|survey|yearbook)"
            r" (?:say|state|show|list|give)\b"
        ),
    ),
)
_SPOKEN_EN = re.compile(
    r"\b(?:did|who|has|have)\b[^.?]{0,60}?\b(?:say|said|ask|asked|discuss|discussed|vote|voted|decide"
    r"|decided|oppose|opposed|answer|answered|argue|argued)\b"
)


def kind_wanted(folded: str, names: Names) -> DocumentKind | None:
    """Return the kind of document that a folded question says it wants, ``None`` without one."""
    for kind, pattern in (*_STATED, *_PLAIN):
        if kind is DocumentKind.MINUTES and pattern.search(folded):
            return kind
    if _MEMBERS.search(folded):
        return DocumentKind.MINUTES
    spoken = _SPOKEN.search(folded) or _SPOKEN_EN.search(folded)
    for kind, pattern in (*_STATED, *_PLAIN, *_ENGLISH):
        if pattern.search(folded) and (kind is DocumentKind.MINUTES or not spoken):
            return kind
    return DocumentKind.REPORT if not spoken and _of_a_report(folded, names) else None


def _of_a_report(folded: str, names: Names) -> bool:
    """Tell whether a report is named by its title, or an amount that its title is about."""
    amount = _AMOUNT.search(folded)
    for document in names.documents:
        if document.kind is not DocumentKind.REPORT:
            continue
        title = _title(document)
        if amount and amount[1] in title:
            return True
        at = folded.find(title) if len(title) >= _LEAST_TITLE else -1
        if at >= 0 and _TITLED.match(folded, at + len(title)):
            return True
    return False


def _title(document: Document) -> str:
    title = _NOTE.sub("", fold(document.title))
    short = _MUNICIPALITY.sub("", title)
    return short if len(short) >= _LEAST_TITLE else title
