"""What the App Home tab and the suggested prompts show: pure functions of what is in the index."""

import datetime as dt
import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.lookup.meeting_heads import is_formal, items_of
from bot.slack.buttons import ASK
from bot.slack.messages.blocks import Part, Run, blocks_of
from bot.slack.messages.looked import holdings_of
from bot.slack.messages.shortening import shorten_line
from bot.texts import Wording, date_text, wording, years_text
from bot.texts.private import PrivateWording, private_wording
from index.passage import Document, DocumentKind

_LONGEST_TITLE = 60
_LONGEST_LABEL = 70
_LONGEST_ASKED = 120
_MOST_BODIES = 12
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


@dataclass(frozen=True, slots=True)
class AskedBefore:
    """A question that the person asked, and the link to its message where there is one."""

    text: str
    link: str | None = None


@dataclass(frozen=True, slots=True)
class AdminNotes:
    """What administrators are shown: documents with warnings and unreadable ones, votes, declines.

    ``declined`` are questions, each with how often it was declined.
    """

    warned: int = 0
    unreadable: int = 0
    up: int = 0
    down: int = 0
    declined: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class HomeContents:
    """What the tab is about: what the person may see, what they asked, newest first.

    ``discussed`` tells whether somebody spoke of a matter.
    """

    documents: Sequence[Document]
    discussed: Callable[[str], bool]
    ingested: dt.datetime | None = None
    asked: tuple[AskedBefore, ...] = ()
    admin: AdminNotes | None = None


def home_view(language: str, contents: HomeContents, today: dt.date) -> dict[str, Any]:
    """Return the Home tab: what Kiroku does, how to ask, what it can search, what one asked.

    The language ``auto`` shows both, for the tab is opened before anybody has written a word; what
    the person asked, and what administrators are shown, stands there once.
    """
    languages = (language,) if language in {"ja", "en"} else ("ja", "en")
    blocks: list[dict[str, Any]] = []
    for name in languages:
        if blocks:
            blocks.append({"type": "divider"})
        blocks += _home_blocks(name, contents)
        if name == languages[0]:
            blocks += _asked_blocks(contents.asked, private_wording(name))
            if contents.admin is not None:
                blocks += _admin_blocks(contents.admin, contents.ingested, today, name)
    return {"type": "home", "blocks": blocks}


def closed_view(language: str, line: Callable[[Wording], str]) -> dict[str, Any]:
    """Return the Home tab of somebody who may see nothing: that ``line``, and no more."""
    languages = (language,) if language in {"ja", "en"} else ("ja", "en")
    return {"type": "home", "blocks": [_plain(line(wording(name))) for name in languages]}


def _home_blocks(language: str, contents: HomeContents) -> list[dict[str, Any]]:
    words = wording(language)
    return [
        _header(words.home_title),
        *(_plain(line) for line in words.home_lines),
        *_asking_blocks(language, contents),
        _header(words.home_index),
        _plain("\n".join(_index_lines(words, contents)) or words.home_empty),
    ]


def _asking_blocks(language: str, contents: HomeContents) -> list[dict[str, Any]]:
    """Return buttons that ask what the documents answer; nothing where there are none."""
    buttons = [
        {
            "type": "button",
            "action_id": f"{ASK}_{language}_{number}",
            "text": {
                "type": "plain_text",
                "text": shorten_line(question, _LONGEST_LABEL),
                "emoji": False,
            },
            "value": question,
        }
        for number, question in enumerate(
            examples(wording(language), contents.documents, contents.discussed)
        )
    ]
    if not buttons:
        return []
    return [_plain(private_wording(language).home_try), {"type": "actions", "elements": buttons}]


def _index_lines(words: Wording, contents: HomeContents) -> Iterator[str]:
    readable = [document for document in contents.documents if document.readable]
    counts = Counter(document.kind for document in readable)
    for kind in DocumentKind:
        if counts[kind]:
            yield words.home_counts.format(kind=words.kinds[kind], count=counts[kind])
    held = holdings_of(readable)
    if held.bodies:
        more = words.and_others if len(held.bodies) > _MOST_BODIES else ""
        named = words.list_separator.join(held.bodies[:_MOST_BODIES])
        yield words.index_bodies.format(what=named + more)
    if held.years:
        yield words.index_years.format(what=years_text(*held.years, words))
    if dates := [document.date for document in readable if document.date]:
        yield words.home_newest.format(date=date_text(max(dates), words))
    if contents.ingested and readable:
        yield words.index_ingested.format(date=date_text(contents.ingested.date(), words))


def _asked_blocks(asked: Sequence[AskedBefore], words: PrivateWording) -> list[dict[str, Any]]:
    lines = [
        Part((Run("・"), Run(shorten_line(each.text, _LONGEST_ASKED), url=each.link)))
        for each in asked
    ]
    return [_header(words.home_yours), *blocks_of(lines or [Part((Run(words.home_no_questions),))])]


def _admin_blocks(
    admin: AdminNotes, ingested: dt.datetime | None, today: dt.date, language: str
) -> list[dict[str, Any]]:
    words = private_wording(language)
    lines = [words.home_votes.format(up=admin.up, down=admin.down)]
    if ingested is not None:
        date, days = ingested.date(), max(0, (today - ingested.date()).days)
        shown = date_text(date, wording(language))
        lines.insert(0, words.home_age.format(date=shown, days=days))
    for pattern, count in (
        (words.home_warnings, admin.warned),
        (words.home_unreadable, admin.unreadable),
    ):
        if count:
            lines.append(pattern.format(count=count))
    if admin.declined:
        lines.append(words.home_declined)
    lines += [f"・{shorten_line(text, _LONGEST_ASKED)} ({count})" for text, count in admin.declined]
    return [_header(words.home_admin), *blocks_of(Part((Run(line),)) for line in lines)]


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
