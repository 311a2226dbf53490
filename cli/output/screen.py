"""What people read on standard output. On a terminal in colour; plain lines where it is piped.

Quotes are printed as they are: never wrapped by us, never read as markup.
"""

import shlex
from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from bot.answer.answer import Answer, Choice, Citation, Declined, Reply
from bot.answer.at_a_glance import at_a_glance, numbered_as_seen
from bot.answer.citation_marks import as_shown, marks
from bot.answer.same_speech import by_speech, hit_of_stretch
from bot.question.explanation import absent_note, narrowed_note
from bot.slack.messages.shortening import shorten_question
from bot.slack.messages.sources import ASKED_AT_A_GLANCE
from bot.texts import Wording, date_text, goes_on, place_text, wording
from bot.texts.columns import aligned, has_cells
from bot.texts.count_note import count_note
from bot.texts.places import what_it_is
from cli.output.json_output import filters_json
from index.passage import Hit
from ingest.intake.file_names import printable_name

_EXCERPT = 120


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


def print_reply(console: Console, reply: Reply, *, full: bool = False) -> None:
    """Print an answer with its citations, or a decline with what is nearest.

    What is read in ten seconds, or with ``full`` all that is cited and the passages whole.
    """
    texts = wording(reply.language)
    if reply.read_as:
        console.print(Text(texts.read_as.format(what=reply.read_as), style="dim"))
    print_understood(console, reply.understood, reply.loosened, reply.language)
    if reply.absent and isinstance(reply, Declined):
        console.print(Text(absent_note(reply.absent, reply.language), style="dim"))
    if isinstance(reply, Declined):
        _print_declined(console, reply, texts, full=full)
    else:
        _print_answer(console, reply, texts, full=full)


def print_understood(
    console: Console, labels: Sequence[str], loosened: Sequence[str], language: str
) -> None:
    """Print what a search was narrowed to and what was let go of, where there is any."""
    if labels:
        console.print(Text(narrowed_note(labels, language), style="dim"))
    if loosened:
        texts = wording(language)
        what = texts.list_separator.join(loosened)
        console.print(Text(texts.loosened.format(what=what), style="dim"))


def print_hits(console: Console, hits: Sequence[Hit], language: str) -> None:
    """Print hits with their words in full."""
    texts = wording(language)
    for hit in hits:
        console.print(Text.assemble((f"{hit.rank}. ", "bold"), (origin(hit, texts), "cyan")))
        if hit.passage.question:
            print_indented(console, texts.asked.format(question=hit.passage.question), "dim")
        print_indented(console, hit.passage.text)
        console.print()


def print_indented(console: Console, text: str, style: str = "") -> None:
    """Print the lines of a text, indented."""
    for line in aligned([text])[0].splitlines():
        console.print(Text(f"   {line}", style=style))


def origin(hit: Hit, texts: Wording) -> str:
    """Return where a hit comes from, in one line: title, article, date, page, speaker."""
    passage, document = hit.passage, hit.document
    parts = [
        printable_name(document.title),
        what_it_is(hit),
        date_text(document.date, texts) if document.date else None,
        place_text(passage, texts),
        passage.speaker,
        printable_name(document.document),
    ]
    return "  ".join(part for part in parts if part)


def _print_answer(console: Console, answer: Answer, texts: Wording, *, full: bool) -> None:
    if answer.withheld:
        console.print(Text(texts.withheld))
    if counted := count_note(answer):
        console.print(Text(counted))
    answer = answer if full else numbered_as_seen(answer)
    if answer.valued:
        mark = f" [{answer.valued.number}]"
        console.print(Text.assemble((answer.valued.value or "", "bold"), (mark, "cyan")))
    sentences = answer.sentences if full else at_a_glance(answer)
    before: tuple[int, ...] = ()
    shown = aligned([as_shown(sentence.text) for sentence in sentences])
    for sentence, text in zip(sentences, shown, strict=True):
        if sentence.citations == before:  # the passage says more in between
            console.print(Text(texts.omitted), end="\n" if has_cells(sentence.text) else "")
        before = sentence.citations
        style = "" if answer.valued else "bold"
        console.print(Text.assemble((text, style), (marks(sentence.citations), "cyan")))
    console.print()
    used = {number for sentence in sentences for number in sentence.citations}
    for stretch in by_speech([each for each in answer.citations if each.number in used]):
        _print_stretch(console, stretch, texts, full=full)
    if left := len(answer.citations) - len(used):
        console.print(Text(texts.full_option.format(count=left), style="dim"))


def _print_stretch(
    console: Console, stretch: Sequence[Citation], texts: Wording, *, full: bool
) -> None:
    """Print where citations of one speech stand, with what they answer, told once."""
    numbers = "".join(f"[{citation.number}]" for citation in stretch)
    console.print(Text.assemble((f"{numbers} ", "cyan"), origin(hit_of_stretch(stretch), texts)))
    asked: str | None = None
    for passage in (citation.hit.passage for citation in stretch):
        if passage.question and passage.question != asked:
            asked = passage.question
            shorter = asked if full else shorten_question(asked, ASKED_AT_A_GLANCE)
            print_indented(console, texts.asked.format(question=shorter), "dim")
        if full:
            print_indented(console, passage.text)
    onward = stretch[-1].onward
    if full and onward:
        print_indented(console, goes_on(onward, texts), "dim")
        print_indented(console, onward.text, "dim")


def _print_declined(console: Console, declined: Declined, texts: Wording, *, full: bool) -> None:
    console.print(Text(declined.message))
    for choice in declined.choices:
        options = choice_options(choice)
        console.print(Text.assemble(f"- {choice.label}  ", (options, "cyan")))
    if declined.nearest and declined.quote is None:
        console.print(Text(f"\n{texts.nearest}", style="dim"))
    for hit in declined.nearest:
        console.print(Text(f"- {origin(hit, texts)}", style="cyan"))
        brief = declined.quote or _excerpt(hit.passage.text)
        print_indented(console, hit.passage.text if full else brief, "dim")


def choice_options(choice: Choice) -> str:
    """Return the options with which the same question means this choice."""
    named = {name.replace("_", "-"): value for name, value in filters_json(choice.filters).items()}
    return " ".join(f"--{name} {shlex.quote(str(value))}" for name, value in named.items())


def _excerpt(text: str) -> str:
    line = " ".join(text.split("\n"))
    return line if len(line) <= _EXCERPT else line[: _EXCERPT - 1] + "…"
