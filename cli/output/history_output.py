"""A history as JSON for scripts and as text for people."""

from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from bot.history.meetings import Entry, History, Meeting
from bot.slack.messages.history import head
from bot.texts import Wording, date_text, place_text, wording
from cli.output import screen
from cli.output.document_json import day, vote_json
from cli.output.json_output import hit_json
from cli.output.json_types import Json
from index.passage import DocumentKind
from ingest.intake.file_names import printable_name


def history_json(history: History) -> Json:
    """Return the meetings with their entries; an entry is a hit with what is said of it beside."""
    return {
        "topic": history.topic,
        "meetings": [_meeting_json(meeting) for meeting in history.meetings],
        "left_out": history.left_out,
        "took_ms": {step: round(float(spent), 2) for step, spent in history.took_ms.items()},
    }


def print_history(console: Console, history: History) -> None:
    """Print the meetings, oldest first, each entry with its number, people, page and words."""
    words = wording(history.language)
    for line in head(history, words, words.history_oldest_first):
        console.print(Text(line))
    for meeting in history.meetings:
        console.print()
        console.print(Text(_where(meeting, words), style="bold"))
        for entry in meeting.entries:
            _print_entry(console, entry, words)
        for decided in meeting.decided:
            page = place_text(decided.hit.passage, words) if decided.hit else None
            number = f"[{decided.hit.rank}] " if decided.hit else ""
            line = "  ".join(part for part in (decided.told, page) if part)
            console.print(Text.assemble((number, "cyan"), f"{words.history_decided}: {line}"))
    if history.left_out:
        console.print(Text(f"\n{words.history_more.format(count=history.left_out)}", style="dim"))


def _meeting_json(meeting: Meeting) -> Json:
    document = meeting.document
    return {
        "date": day(document),
        "body": document.body,
        "title": document.title,
        "document": document.document,
        "kind": document.kind.value,
        "session": document.sitting.session if document.sitting else None,
        "entries": [_entry_json(entry) for entry in meeting.entries],
        "decided": [
            vote_json(decided.vote, decided.hit.passage.passage_id if decided.hit else None)
            | {
                "page": decided.hit and decided.hit.passage.page,
                "document": decided.hit and decided.hit.document.document,
            }
            for decided in meeting.decided
        ],
    }


def _entry_json(entry: Entry) -> Json:
    return hit_json(entry.hit) | {
        "quote": entry.quote,
        "asker": entry.asker,
        "answerer": entry.answerer,
        "promised": [
            {"text": promise.text, "passage_id": promise.passage.passage_id}
            | {"page": promise.passage.page}
            for promise in entry.promised
        ],
    }


def _where(meeting: Meeting, words: Wording) -> str:
    document = meeting.document
    kind = None if document.kind is DocumentKind.MINUTES else words.kinds[document.kind]
    parts = (
        date_text(document.date, words) if document.date else words.history_undated,
        document.body or kind,
        printable_name(document.title),
        printable_name(document.document),
    )
    return "  ".join(part for part in parts if part)


def _print_entry(console: Console, entry: Entry, words: Wording) -> None:
    line = "  ".join(_told(entry, words))
    if entry.says_what_will_be_done:
        line += f"  ({words.history_promises})"
    console.print(Text.assemble((f"[{entry.hit.rank}] ", "cyan"), (line, "cyan")))
    screen.print_indented(console, entry.quote)
    for promise in entry.promised_beside:
        page = place_text(promise.passage, words)
        said = "  ".join(part for part in (promise.text, page) if part)
        screen.print_indented(console, f"{words.history_promised}: {said}", "dim")


def _told(entry: Entry, words: Wording) -> Iterator[str]:
    passage = entry.hit.passage
    names = entry.people
    heading = passage.heading[-1] if passage.heading and not names else None
    for part in (names, passage.article or heading, place_text(passage, words)):
        if part:
            yield part
