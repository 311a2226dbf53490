"""What the App Home tab and the suggested prompts show: pure functions of what is in the index."""

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from bot.lookup.agendas import is_formal, items_of
from bot.slack.messages.shortening import shorten_line
from bot.texts import Wording, date_text, wording
from index.passage import Document, DocumentKind

_LONGEST_TITLE = 60
_LEAST_TOPIC, _MOST_TOPIC = 4, 16
"""Characters of a matter that fits into a question which is read at a glance."""
# 「１ 」「(2)」「議題3　」「①」「日程第１ 議案第５号 」 before an agenda item
_NUMBERING = re.compile(
    r"^(?:(?:報告|協議|審議|議題|説明|諮問)(?:事項)?[\s　]+"
    r"|[\s　]*(?:議題|議案|日程)?(?:第?[（(]?[0-9０-９一二三四五六七八九十ア-ンa-zA-Z]{1,3}"
    r"(?:号|[)）．.、，]|(?=[\s　]))|[①-⑳])[\s　]*)+"
)
_MOST_LOOKED_UP = 6
"""Matters of which it is looked up whether they were discussed: a search each."""
_EDITION = re.compile(r"[\s　]*[（(][^（()）]*[)）][\s　]*$")
"""「（令和6年10月1日現在）」 behind the title of an ordinance, or an item."""


def home_view(language: str, documents: Iterable[Document]) -> dict[str, Any]:
    """Return the Home tab: what Kiroku does, how to ask, and what it can search now.

    The language ``auto`` shows both, for the tab is opened before anybody has written a word.
    """
    known = list(documents)
    languages = (language,) if language in {"ja", "en"} else ("ja", "en")
    blocks: list[dict[str, Any]] = []
    for name in languages:
        if blocks:
            blocks.append({"type": "divider"})
        blocks += _home_blocks(wording(name), known)
    return {"type": "home", "blocks": blocks}


def closed_view(language: str, line: Callable[[Wording], str]) -> dict[str, Any]:
    """Return the Home tab of somebody who may see nothing: that ``line``, and no more."""
    languages = (language,) if language in {"ja", "en"} else ("ja", "en")
    return {"type": "home", "blocks": [_plain(line(wording(name))) for name in languages]}


def _home_blocks(words: Wording, documents: Sequence[Document]) -> list[dict[str, Any]]:
    counts = Counter(document.kind for document in documents if document.readable)
    index = [
        words.home_counts.format(kind=words.kinds[kind], count=counts[kind])
        for kind in DocumentKind
        if counts[kind]
    ]
    dates = [document.date for document in documents if document.readable and document.date]
    if dates:
        index.append(words.home_newest.format(date=date_text(max(dates), words)))
    return [
        _header(words.home_title),
        *(_plain(line) for line in words.home_lines),
        _header(words.home_index),
        _plain("\n".join(index) or words.home_empty),
    ]


def _header(text: str) -> dict[str, Any]:
    return {"type": "header", "text": {"type": "plain_text", "text": text}}


def _plain(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "plain_text", "text": text}}


def suggested_prompts(
    language: str, documents: Iterable[Document], discussed: Callable[[str], bool]
) -> list[dict[str, str]]:
    """Return up to three short questions that the documents of the index answer."""
    found = examples(wording(language), documents, discussed)
    return [{"title": each, "message": each} for each in found]


def examples(
    words: Wording, documents: Iterable[Document], discussed: Callable[[str], bool]
) -> list[str]:
    """Return questions to begin with: a matter of a new meeting, an ordinance, the index.

    Each is of a form that is answered from what the index holds about these: what a meeting had
    on its agenda and was ``discussed``, which a search tells; the article on the purpose.
    """
    newest = sorted(
        (document for document in documents if document.readable),
        key=lambda document: (document.date is not None, str(document.date)),
        reverse=True,
    )
    topic = next(filter(discussed, itertools.islice(_topics(newest), _MOST_LOOKED_UP)), None)
    found = [words.prompt_history.format(topic=topic)] if topic else []
    titles = [
        _line(_EDITION.sub("", each.title))
        for each in newest
        if each.kind is DocumentKind.ORDINANCE
    ]
    found += [words.prompt_ordinance.format(title=title) for title in titles[:1]]
    return [*found, words.prompt_index] if newest else []


def _topics(documents: Iterable[Document]) -> Iterator[str]:
    """Yield matters on the agendas (「緑の計画」), of each meeting the shortest first."""
    for document in documents:
        if document.kind is DocumentKind.MINUTES:
            matters = {_matter(item) for item in items_of(document) if not is_formal(item)}
            fitting = [each for each in matters if _LEAST_TOPIC <= len(each) <= _MOST_TOPIC]
            yield from sorted(fitting, key=lambda each: (len(each), each))


def _matter(item: str) -> str:
    """Return an item without its number, 「について」 and what stands in brackets behind it."""
    bare = _EDITION.sub("", _NUMBERING.sub("", _line(item)).strip())
    return bare.removesuffix("について").strip()


def _line(text: str) -> str:
    return shorten_line(text, _LONGEST_TITLE)
