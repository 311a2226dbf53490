"""What people see: on a terminal and where the output is piped."""

import dataclasses
import io
import re

import pytest
from rich.cells import cell_len
from rich.console import Console

from bot.wording import EN, JA
from cli import screen
from tests.cli import made


def console(*, terminal=True, width=80):
    """Return a console that writes into memory."""
    return Console(
        file=io.StringIO(),
        force_terminal=terminal,
        no_color=True,
        width=width,
        highlight=False,
        markup=False,
        soft_wrap=True,
    )


def shown(show, *arguments, **options):
    """Return what a function prints on a terminal of 80 columns."""
    terminal = console(**options)
    show(terminal, *arguments)
    return re.sub(r"\x1b\[[0-9;]*m", "", terminal.file.getvalue())


def test_documents_fit_a_terminal_of_80_columns():
    """Title, body and path share a column; the numbers keep theirs."""
    table = shown(screen.print_documents, [made.DOCUMENT, made.PLAIN], {"審議会/第3回.pdf": 12})
    for word in ("第3回交通審議会 議事録", "審議会/第3回.pdf", "2022-12-20", "minutes", "12"):
        assert word in table
    assert all(cell_len(line) <= 80 for line in table.splitlines())


def test_quotes_are_never_wrapped_or_read_as_markup():
    """A long quote with brackets comes out character for character, on a narrow terminal too."""
    text = "運賃は[bold]三百円[/bold]です。" * 20
    answer = made.answer()
    sentence = dataclasses.replace(answer.sentences[0], text=text)
    answer = dataclasses.replace(answer, sentences=(sentence,))
    assert f"{text} [1]" in shown(screen.print_reply, answer, terminal=False, width=40)


def test_an_answer_shows_its_origin_and_the_question_that_it_answers():
    """Title, date, pages, speaker and document stand behind the number."""
    text = shown(screen.print_reply, made.answer(), terminal=False)
    origin = next(line for line in text.splitlines() if line.startswith("[1]"))
    for part in ("第3回交通審議会 議事録", "令和4年12月20日", "1〜2ページ", "交通課長"):
        assert part in origin
    assert "(鈴木委員)運賃はいつから変わりますか。" in text


def test_the_frame_is_in_the_language_of_the_question():
    """An English question gets an English frame around Japanese quotes."""
    english = dataclasses.replace(made.answer(), language="en", understood=("fiscal 2022",))
    text = shown(screen.print_reply, english, terminal=False)
    assert "Narrowed to: fiscal 2022" in text
    assert "pp. 1–2" in text
    assert "2022-12-20" in text
    assert made.answer().citations[0].quote in text


def test_a_decline_shows_the_nearest_passages_shortened():
    """They are there to help on, not to be read in full."""
    long = dataclasses.replace(made.ANSWER, text="長" * 500)
    declined = dataclasses.replace(made.declined(), nearest=(made.hit(passage=long),))
    text = shown(screen.print_reply, declined, terminal=False)
    assert "見つかりませんでした。" in text
    assert "長" * 50 in text
    assert "長" * 200 not in text


@pytest.mark.parametrize(
    ("page", "last_page", "japanese", "english"),
    [
        (None, None, None, None),
        (3, None, "3ページ", "p. 3"),
        (3, 3, "3ページ", "p. 3"),
        (3, 4, "3〜4ページ", "pp. 3–4"),
    ],
)
def test_pages_are_told_where_there_are_any(page, last_page, japanese, english):
    """One page, a span of pages, or nothing where the format has none."""
    passage = dataclasses.replace(made.ANSWER, page=page, last_page=last_page)
    assert screen.pages(passage, JA) == japanese
    assert screen.pages(passage, EN) == english


def test_a_document_is_shown_with_its_passages_under_their_headings():
    """Who speaks and on which side, what is answered, and the warnings."""
    text = shown(screen.print_document, made.DOCUMENT, [made.QUESTION, made.ANSWER])
    for part in (
        "warning: page 3 holds only a picture",
        "会長 山田花子, 鈴木一郎",
        "coverage: 98%",
        "鈴木委員 (member)",
        "議題1 › 運賃について",
        f"answers {made.QUESTION.passage_id}",
    ):
        assert part in text
