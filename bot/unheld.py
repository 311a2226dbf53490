"""A body that a question looks into and no document is of: 県議会では, 教育委員会の会議で.

What the minutes here say on the same matter was not said there. Only a passage that speaks of that
body may tell what it did.
"""

import re
from dataclasses import replace

from bot.naming import body_mentions
from index.names import Names
from index.searching import Searcher, SearchResult
from index.text import fold

_BODY = re.compile(
    r"(?P<name>[^\W\d_ぁ-ん]{0,12}(?:議会|委員会|審議会|協議会|審査会|検討会|懇談会|部会))"
    r"(?:の(?:会議|場|中|席|審議|議論|議事録|会議録))?(?:で(?!す|き|あ|な)(?:は|も|の)?|において(?:は|も)?)"
)
_HELD_WORDS = re.compile(
    r"言[いうえっ]|述べ|答[えわ]|答弁|回答|説明|質問|質疑|聞[いくかこ]|指摘|要望|発言|話[しがに題]"
    r"|議論|審議|決ま|決[めっ]|決定|結論|採決|可決|否決|採択|取り上げ|検討|どうな"
)
_ANY = re.compile(
    r"(?:市|町|村|区|本|当|同|各|全|定例|臨時|前回|今回|次回|常任|特別|市町村|都道府県)*"
    r"(?:議会|委員会|審議会|協議会|審査会|検討会|懇談会|部会)"
)


def unheld_body(question: str, searcher: Searcher) -> str | None:
    """Return the body that a question looks into and no document is of; ``None`` without one."""
    folded = fold(question)
    names = searcher.names
    if names is None:
        return None
    for match in _BODY.finditer(folded):
        name = match["name"]
        asked = _HELD_WORDS.search(folded, match.end())
        if asked and not _ANY.fullmatch(name) and not _is_known(name, match.start(), folded, names):
            held = (
                fold(f"{document.title} {document.body or ''} {document.document}")
                for document in names.documents
            )
            return None if any(name in text for text in held) else name
    return None


def that_tell_of(body: str, result: SearchResult) -> SearchResult:
    """Return the hits whose words, question or headings name the body."""
    kept = [
        place
        for place, hit in enumerate(result.hits)
        if body
        in fold("".join((hit.passage.text, hit.passage.question or "", *hit.passage.heading)))
    ]
    return replace(
        result,
        hits=tuple(result.hits[place] for place in kept),
        signals=tuple(result.signals[place] for place in kept),
    )


def _is_known(name: str, start: int, folded: str, names: Names) -> bool:
    end = start + len(name)
    return any(
        mention.span[0] < end and start < mention.span[1]
        for mention in body_mentions(folded, names)
    )
