"""Judges what was read of the head of minutes, and of the votes, against the marks."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from benchmarks.judging import Judgement, fold, judged
from index.language.dates import kanji_number
from index.passage import Document
from index.record import Vote

_KANJI = re.compile("[〇一二三四五六七八九十百千]+")


def head_judgements(document: Document, marks: dict[str, Any]) -> Iterator[Judgement]:
    """Judge title, body, date, place, session, clock times and the lists of people."""
    sitting = document.sitting
    clock = {
        name: f"{time:%H:%M}" if (time := getattr(sitting, name, None)) else None
        for name in ("opened", "adjourned")
    }
    came: dict[str, Any] = {
        "title": document.title,
        "body": document.body,
        "date": document.date and document.date.isoformat(),
        "place": document.place,
        "session": sitting and sitting.session,
        **clock,
    }
    for name, value in came.items():
        if wanted := marks[name]:
            exact = name in {"date", *clock}
            right = value == wanted if exact else _same_words(wanted, value)
            yield judged("head", None, f"{name}: {wanted}", value, right=right)
    people = {"attendees": document.attendees, "absentees": sitting.absentees if sitting else ()}
    for name, those in people.items():
        wanted_names = sorted(_name(each["name"]) for each in marks[name])
        names = sorted(_name(each.name) for each in those)
        if wanted_names:
            yield judged(
                "head", None, f"{name}: {wanted_names}", names, right=names == wanted_names
            )


def _name(text: str) -> str:
    return fold(text).removesuffix("君").removesuffix("議員")


def _same_words(wanted: str, came: str | None) -> bool:
    """Tell whether one says the other (a session with and without its council's name)."""
    one, other = (re.sub(r"[^\w]", "", fold(text)).casefold() for text in (wanted, came))
    if one in other or (other in one and len(other) * 2 >= len(one)):
        return True
    inside = iter(other)
    return len(one) * 2 >= len(other) and all(character in inside for character in one)


def vote_judgements(document: Document, marked: Sequence[dict[str, Any]]) -> Iterator[Judgement]:
    """Judge which votes were found, which found ones are there, and their counts."""
    votes = list(document.sitting.votes) if document.sitting else []
    for mark in marked:
        found = next((vote for vote in votes if _same_vote(mark, vote)), None)
        if found:
            votes.remove(found)
            yield judged("votes kept", None, mark, found, right=True)
        yield judged("votes", None, mark, None, right=found is not None)
        if found and mark["ayes"] is not None:
            came = (found.ayes, found.nays)
            counts = (mark["ayes"], mark["nays"])
            yield judged("counts", None, (mark["item"], *counts), came, right=came == counts)
    for vote in votes:
        yield judged("votes kept", None, None, vote, right=False)


def _same_vote(mark: dict[str, Any], vote: Vote) -> bool:
    if vote.outcome != mark["outcome"]:
        return False
    item = _numbered(mark["item"])
    named = _numbered(vote.item) + _numbered(vote.title)
    if re.search("[0-9]", item):
        return item in named
    return not item or not vote.item or item in named or _numbered(vote.item) in item


def _numbered(text: str | None) -> str:
    return _KANJI.sub(lambda run: str(kanji_number(run[0]) or run[0]), fold(text)).casefold()
