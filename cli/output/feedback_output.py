"""Feedback as JSON for scripts and as text for people."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from bot.feedback.given import Given, OftenDeclined, ShownPassage, Verdict
from bot.feedback.gold import KnownQuestion
from cli.output.json_types import Json
from index.language.visible import visible

_NO_REASON = "no_reason"


def feedback_json(votes: Sequence[Given], declined: Sequence[OftenDeclined], limit: int) -> Json:
    """Return how many votes there are, the newest of them, and what was declined most."""
    return {
        "votes": _counts(votes) | {"reasons": _reasons(votes)},
        "feedback": [_vote_json(each) for each in votes[:limit]],
        "declined": [
            {
                "question": each.question,
                "about": each.about or None,
                "reason": each.reason,
                "count": each.count,
                "last": _moment(each.last).isoformat(),
            }
            for each in declined[:limit]
        ],
    }


def question_json(known: KnownQuestion) -> Json:
    """Return a line that ``kiroku evaluate`` takes."""
    gold = [
        {"contains": each.contains, "document": each.document}
        | ({"value": each.value} if each.value else {})
        for each in known.gold
    ]
    line: Json = {"id": known.id, "question": known.question}
    if known.before:
        line["before"] = list(known.before)
    return line | {"gold": gold, "answerable": bool(gold)}


def print_feedback(
    console: Console, votes: Sequence[Given], declined: Sequence[OftenDeclined], limit: int
) -> None:
    """Print the same for people."""
    counts = _counts(votes)
    reasons = ", ".join(
        f"{name.replace('_', ' ')} {count}" for name, count in _reasons(votes).items()
    )
    console.print(
        Text(f"good {counts['up']}, bad {counts['down']}" + (f" ({reasons})" if reasons else ""))
    )
    for each in votes[:limit]:
        _print_vote(console, each)
    if declined:
        console.print(Text("\ndeclined most", style="bold"))
    for often in declined[:limit]:
        about = f" ({often.about})" if often.about else ""
        console.print(
            Text.assemble(
                (f"{often.count:>4}× ", "bold"),
                visible(f"{_line(often.question)}{about}"),
                (f"  {often.reason}, last {_moment(often.last):%Y-%m-%d}", "dim"),
            )
        )


def _print_vote(console: Console, given: Given) -> None:
    vote = given.vote
    good = vote.verdict is Verdict.UP
    head = Text.assemble(
        f"\n{_moment(vote.at):%Y-%m-%d %H:%M}  ",
        ("good" if good else "bad", "green" if good else "red"),
        f" {vote.complaint}" if vote.complaint else "",
        (f"  {vote.user}", "dim"),
    )
    console.print(head)
    edited = " (edited after it was answered)" if given.edited else ""
    console.print(Text(f"  {visible(_line(vote.question))}{edited}"))
    if vote.comment:
        console.print(Text(f"  “{visible(_line(vote.comment))}”"))
    outcome = _outcome(given)
    places = "; ".join(_place(each) for each in _told(given))
    console.print(Text(visible(f"  {outcome}: {places}" if places else f"  {outcome}"), "dim"))


def _told(given: Given) -> list[ShownPassage]:
    """Return what was seen at once."""
    return [each for each in given.shown.passages if each.at_a_glance] if given.shown else []


def _place(passage: ShownPassage) -> str:
    return f"{passage.document} {passage.place}" if passage.place else passage.document


def _outcome(given: Given) -> str:
    if given.shown is None:
        return "what it showed is not known"
    return given.shown.reason or given.shown.outcome


def _line(text: str) -> str:
    return " ".join(text.split())


def _counts(votes: Sequence[Given]) -> Json:
    counts = Counter(each.vote.verdict for each in votes)
    return {"up": counts[Verdict.UP], "down": counts[Verdict.DOWN]}


def _reasons(votes: Sequence[Given]) -> dict[str, int]:
    bad = [each.vote for each in votes if each.vote.verdict is Verdict.DOWN]
    return dict(Counter(str(each.complaint or _NO_REASON) for each in bad).most_common())


def _vote_json(given: Given) -> Json:
    vote, shown = given.vote, given.shown
    return {
        "at": _moment(vote.at).isoformat(),
        "user": vote.user,
        "verdict": vote.verdict.value,
        "reason": vote.complaint.value if vote.complaint else None,
        "comment": vote.comment or None,
        "question": vote.question,
        "before": list(vote.before),
        "edited": given.edited,
        "workspace": given.workspace,
        "channel": vote.id.channel,
        "message": vote.id.reply,
        "outcome": shown.outcome if shown else None,
        "declined": shown.reason if shown else None,
        "generations": dict(shown.generations) if shown else {},
        "passages": [
            {
                "collection": each.collection,
                "document": each.document,
                "title": each.title,
                "passage_id": each.passage,
                "page": each.page,
                "quote": each.quote,
                "at_a_glance": each.at_a_glance,
            }
            for each in (shown.passages if shown else ())
        ],
    }


def _moment(at: float) -> dt.datetime:
    return dt.datetime.fromtimestamp(at, dt.UTC).replace(microsecond=0)
