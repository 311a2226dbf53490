"""Pages that hold no document: what a site shows on the way to one.

A list of results, the entrance of a search system or 「ページが見つかりません」 says nothing of its
own; quoted, it would be a wrong answer.
"""

import re
from collections.abc import Sequence

from ingest.document.source import Line

_NOT_FOUND = re.compile(
    r"(?:ページ|ファイル|URL).{0,12}(?:見つかりません|見つかりませんでした|存在しません|ありません)"
    r"|\b404\b.{0,12}not found|page (?:was )?not found|not found.{0,6}\b404\b",
    re.IGNORECASE,
)
_RESULTS = re.compile(r"検索結果|search results", re.IGNORECASE)
_COUNTED = re.compile(
    r"[0-9０-９,，]+[ \u3000]*件|該当.{0,10}(?:ありません|なし)|\b[0-9,]+ (?:results|matches)\b",
    re.IGNORECASE,
)
_SYSTEM = re.compile(r"(?:会議録|議事録|例規).{0,6}検索(?:システム|サイト)?$|検索システム$")
_SAYS = re.compile(
    r"[○◯〇◎◆●][^。]{1,40}[）)][ \u3000]*[^。]{4,}。|第[0-9０-９一二三四五六七八九十]+条"
)
_HEAD = 3
_SHORT = 400
"""Characters of a page that hardly says anything."""


def why_no_document(title: str, lines: Sequence[Line]) -> str | None:
    """Return why the page is no document, ``None`` if it may be one.

    ``title`` is that of the page; its first lines count as well.
    """
    names = [title, *(line.text for line in lines[:_HEAD])]
    text = "\n".join(line.text for line in lines)
    if _SAYS.search(text):
        return None
    if len(text) <= _SHORT and any(map(_NOT_FOUND.search, names)):
        return 'the site says "page not found" in it: get the page anew'
    if any(map(_RESULTS.search, names)) and _COUNTED.search(text):
        return "it is a list of search results: save the minutes that it leads to"
    if len(text) <= _SHORT and any(_SYSTEM.search(name.strip()) for name in names):
        return "it is the entrance of a search system: save the minutes that it leads to"
    return None
