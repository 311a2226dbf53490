"""Documents on standard output: what is in the index, and how one of them was understood."""

import datetime as dt
from collections.abc import Mapping, Sequence

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from cli.output.screen import print_indented
from index.passage import Document, DocumentId, Passage
from index.place import Locator
from index.record import Attendee, Enactment, Sitting, Vote
from ingest.intake.file_names import printable_name

_HEADS = ("document", "title", "kind", "date", "body", "pages", "passages", "warnings")


def print_documents(
    console: Console, documents: Sequence[Document], counts: Mapping[DocumentId, int]
) -> None:
    """Print the list of documents: a table on a terminal, tab-separated lines otherwise."""
    if console.is_terminal:
        console.print(_table(documents, counts), soft_wrap=False)
        return
    rows = [_row(document, counts.get(document.document, 0)) for document in documents]
    for row in (_HEADS, *rows):
        # not through rich, which would turn tabs into spaces
        click.echo("\t".join(" ".join(cell.split()) for cell in row))


def print_warnings(console: Console, documents: Sequence[Document]) -> None:
    """Print the warnings of the documents that have any, a line each."""
    for document in documents:
        for warning in document.warnings:
            console.print(Text(f"{printable_name(document.document)}: {warning}", style="yellow"))


def print_document(console: Console, document: Document, passages: Sequence[Passage]) -> None:
    """Print how a document was understood: what it is, who was there, its passages by heading."""
    console.print(Text(printable_name(document.title), style="bold"))
    for name, value in _facts(document, len(passages)):
        console.print(Text.assemble((f"{name}: ", "dim"), value))
    for warning in document.warnings:
        console.print(Text(f"warning: {warning}", style="yellow"))
    heading: tuple[str, ...] = ()
    for passage in passages:
        if passage.heading != heading:
            heading = passage.heading
            console.print(Text("\n" + " › ".join(heading), style="bold"))
        _print_passage(console, passage)


def _table(documents: Sequence[Document], counts: Mapping[DocumentId, int]) -> Table:
    """Return a table in which title, body and path share a column, as all three are long."""
    table = Table(box=None, header_style="bold", pad_edge=False)
    for head in ("date", "kind"):
        table.add_column(head, no_wrap=True)
    table.add_column("title / body / document", overflow="fold", ratio=1)
    for head in ("pages", "passages", "warnings"):
        table.add_column(head, no_wrap=True, justify="right")
    for document in documents:
        path, title, kind, date, body, *numbers = _row(document, counts.get(document.document, 0))
        names = Text(title).append(f"\n{body}" if document.body else "")
        names.append(f"\n{path}", style="dim")
        table.add_row(Text(date), Text(kind), names, *numbers)
    return table


def _row(document: Document, passages: int) -> tuple[str, ...]:
    return (
        printable_name(document.document),
        printable_name(document.title),
        document.kind.value,
        document.date.isoformat() if document.date else "-",
        document.body or "-",
        str(document.pages or "-"),
        str(passages),
        str(len(document.warnings) or "-"),
    )


def _print_passage(console: Console, passage: Passage) -> None:
    label = [_where(passage), passage.kind.value, passage.article]
    if passage.speaker:
        role = f" ({passage.role.value})" if passage.role else ""
        label.append(passage.speaker + role)
    if passage.person and passage.person != passage.speaker:
        label.append(f"= {passage.person}")
    if passage.answers:
        label.append(f"answers {passage.answers}")
    if passage.references:
        label.append("→ " + ", ".join(reference.text for reference in passage.references))
    if passage.by_machine:
        label.append("read by OCR")
    what = "  ".join(part for part in label if part)
    console.print(Text.assemble((f"  {passage.passage_id}  ", "dim"), (what, "cyan")))
    print_indented(console, passage.text)


def _where(passage: Passage) -> str | None:
    if passage.page is not None:
        last = passage.last_page
        return f"p.{passage.page}" + (f"–{last}" if last not in (None, passage.page) else "")
    locator = passage.locator or Locator()
    ends = {row for row in (locator.row, locator.last_row) if row is not None}
    rows = "–".join(str(row) for row in sorted(ends))
    parts = [
        locator.sheet,
        f"row {rows}" if rows else None,
        f"slide {locator.slide}" if locator.slide else None,
        locator.chapter,
        f"#{locator.anchor}" if locator.anchor else None,
    ]
    return " ".join(part for part in parts if part) or None


def _facts(document: Document, passages: int) -> list[tuple[str, str]]:
    date = document.date.isoformat() if document.date else None
    facts = [
        ("document", printable_name(document.document)),
        ("kind", document.kind.value),
        ("body", document.body),
        ("date", f"{date} ({document.date_text})" if date and document.date_text else date),
        ("place", document.place),
        ("pages", str(document.pages) if document.pages else None),
        ("attendees", _people(document.attendees)),
        ("agenda", " / ".join(document.agenda)),
        *(_sitting(document.sitting) if document.sitting else ()),
        *(_enactment(document.enactment) if document.enactment else ()),
        ("passages", str(passages)),
        ("coverage", f"{document.coverage:.1%}"),
    ]
    return [(name, value) for name, value in facts if value]


def _people(people: Sequence[Attendee]) -> str:
    return ", ".join(
        " ".join(filter(None, (person.post, person.name, person.party and f"({person.party})")))
        for person in people
    )


def _sitting(sitting: Sitting) -> list[tuple[str, str | None]]:
    clock = [
        time.isoformat("minutes") if time else "" for time in (sitting.opened, sitting.adjourned)
    ]
    return [
        ("session", sitting.session),
        ("hours", "–".join(clock) if any(clock) else None),
        ("absent", _people(sitting.absentees)),
        ("materials", " / ".join(sitting.materials)),
        ("parties", ", ".join(f"{one.speaker}: {one.party}" for one in sitting.parties)),
        *(("vote", _vote(vote)) for vote in sitting.votes),
    ]


def _vote(vote: Vote) -> str:
    counts = f"{vote.ayes}–{vote.nays}" if vote.ayes is not None and vote.nays is not None else None
    parts = (vote.item, vote.title, vote.result, vote.manner, counts)
    return "  ".join(part for part in parts if part)


def _enactment(enactment: Enactment) -> list[tuple[str, str | None]]:
    gone = enactment.holds_no_more(dt.datetime.now().astimezone().date())
    days = {
        "promulgated": enactment.promulgated,
        "amended": enactment.amended,
        "in force": enactment.in_force,
        "reads so from": enactment.text_from,
        "repealed" if gone else "expires": enactment.repealed,
    }
    return [
        ("number", enactment.number),
        *((name, date.isoformat() if date else None) for name, date in days.items()),
        *((f"{part.address} from", part.day.isoformat()) for part in enactment.parts),
        ("state", "repealed" if gone else None),
        ("amends", enactment.amends),
    ]
