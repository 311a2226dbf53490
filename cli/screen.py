"""What people read on standard output. On a terminal in colour; plain lines where it is piped.

Quotes are printed as they are: never wrapped by us, never read as markup.
"""

from collections.abc import Mapping, Sequence

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.answer import Answer, Declined, Reply
from bot.wording import Wording, date_text, wording
from index.passage import Document, DocumentId, Hit, Passage
from ingest.naming import shown

_EXCERPT = 120
_HEADS = ("document", "title", "kind", "date", "body", "pages", "passages", "warnings")


class _Output(Console):
    """A console that lets a reader who has had enough (``| head``) be seen by the caller."""

    def on_broken_pipe(self) -> None:
        """Pass the error on; rich itself would end the process with 1."""
        raise BrokenPipeError


def output() -> Console:
    """Return the console of standard output."""
    return _Output(highlight=False, markup=False, emoji=False, soft_wrap=True)


def progress_output() -> Console:
    """Return the console of standard error, for progress and remarks."""
    return Console(stderr=True, highlight=False, markup=False, emoji=False, soft_wrap=True)


def print_reply(console: Console, reply: Reply) -> None:
    """Print an answer with its citations, or a decline with what is nearest."""
    texts = wording(reply.language)
    if reply.understood:
        what = texts.list_separator.join(reply.understood)
        console.print(Text(texts.narrowed.format(what=what), style="dim"))
    if isinstance(reply, Declined):
        _print_declined(console, reply, texts)
    else:
        _print_answer(console, reply, texts)


def print_hits(console: Console, hits: Sequence[Hit], language: str) -> None:
    """Print hits with their words in full."""
    texts = wording(language)
    for hit in hits:
        console.print(Text.assemble((f"{hit.rank}. ", "bold"), (origin(hit, texts), "cyan")))
        if hit.passage.question:
            _print_indented(console, texts.asked.format(question=hit.passage.question), "dim")
        _print_indented(console, hit.passage.text)
        console.print()


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
            console.print(Text(f"{shown(document.document)}: {warning}", style="yellow"))


def print_document(console: Console, document: Document, passages: Sequence[Passage]) -> None:
    """Print how a document was understood: what it is, who was there, its passages by heading."""
    console.print(Text(shown(document.title), style="bold"))
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


def origin(hit: Hit, texts: Wording) -> str:
    """Return where a hit comes from, in one line: title, article, date, page, speaker."""
    passage, document = hit.passage, hit.document
    parts = [
        shown(document.title),
        passage.article,
        date_text(document.date, texts) if document.date else None,
        pages(passage, texts),
        passage.speaker,
        shown(document.document),
    ]
    return "  ".join(part for part in parts if part)


def pages(passage: Passage, texts: Wording) -> str | None:
    """Return the page or pages of a passage, ``None`` where its format has none."""
    if passage.page is None:
        return None
    if passage.last_page in (None, passage.page):
        return texts.page.format(page=passage.page)
    return texts.pages.format(page=passage.page, last_page=passage.last_page)


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
        shown(document.document),
        shown(document.title),
        document.kind.value,
        document.date.isoformat() if document.date else "-",
        document.body or "-",
        str(document.pages or "-"),
        str(passages),
        str(len(document.warnings) or "-"),
    )


def _print_answer(console: Console, answer: Answer, texts: Wording) -> None:
    for sentence in answer.sentences:
        marks = "".join(f" [{number}]" for number in sentence.citations)
        console.print(Text.assemble((sentence.text, "bold"), (marks, "cyan")))
    console.print()
    for citation in answer.citations:
        where = origin(citation.hit, texts)
        console.print(Text.assemble((f"[{citation.number}] ", "cyan"), where))
        if citation.hit.passage.question:
            question = texts.asked.format(question=citation.hit.passage.question)
            _print_indented(console, question, "dim")


def _print_declined(console: Console, declined: Declined, texts: Wording) -> None:
    console.print(Text(declined.message))
    if declined.nearest:
        console.print(Text(f"\n{texts.nearest}", style="dim"))
    for hit in declined.nearest:
        console.print(Text(f"- {origin(hit, texts)}", style="cyan"))
        _print_indented(console, _excerpt(hit.passage.text), "dim")


def _print_indented(console: Console, text: str, style: str = "") -> None:
    for line in text.splitlines():
        console.print(Text(f"   {line}", style=style))


def _print_passage(console: Console, passage: Passage) -> None:
    label = [f"p.{passage.page}" if passage.page else None, passage.kind.value, passage.article]
    if passage.speaker:
        role = f" ({passage.role.value})" if passage.role else ""
        label.append(passage.speaker + role)
    if passage.answers:
        label.append(f"answers {passage.answers}")
    what = "  ".join(part for part in label if part)
    console.print(Text.assemble((f"  {passage.passage_id}  ", "dim"), (what, "cyan")))
    _print_indented(console, passage.text)


def _facts(document: Document, passages: int) -> list[tuple[str, str]]:
    people = ", ".join(" ".join(filter(None, (p.post, p.name))) for p in document.attendees)
    facts = [
        ("document", shown(document.document)),
        ("kind", document.kind.value),
        ("body", document.body),
        ("date", document.date.isoformat() if document.date else None),
        ("place", document.place),
        ("pages", str(document.pages) if document.pages else None),
        ("attendees", people),
        ("agenda", " / ".join(document.agenda)),
        ("passages", str(passages)),
        ("coverage", f"{document.coverage:.0%}"),
    ]
    return [(name, value) for name, value in facts if value]


def _excerpt(text: str) -> str:
    line = " ".join(text.split("\n"))
    return line if len(line) <= _EXCERPT else line[: _EXCERPT - 1] + "…"
