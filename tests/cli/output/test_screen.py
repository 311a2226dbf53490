"""What people see: on a terminal and where the output is piped."""

import dataclasses
import datetime as dt
import io
import re

import pytest
from rich.cells import cell_len
from rich.console import Console

from bot.answer.answer import Choice, Citation, Sentence
from bot.lookup.lookup_result import Counted, Listed
from bot.texts import EN, JA, place_text
from cli.output import document_screen, screen
from index.passage import Filters, PassageId
from index.place import Locator
from index.record import Enactment, Outcome, Reference, Sitting, Vote
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
    table = shown(
        document_screen.print_documents, [made.DOCUMENT, made.PLAIN], {"審議会/第3回.pdf": 12}
    )
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


def test_the_value_that_was_asked_for_stands_first():
    """Above the quote, with the number of its citation."""
    answer = made.answer()
    first = dataclasses.replace(answer.citations[0], value="四月")
    valued = dataclasses.replace(answer, citations=(first, *answer.citations[1:]))
    text = shown(screen.print_reply, valued, terminal=False)
    assert text.splitlines()[0] == "四月 [1]"
    assert "四月 [1]" not in shown(screen.print_reply, answer, terminal=False)


def test_how_a_question_was_read_is_said_first():
    """Where it was looked up in other words than it was typed in."""
    read = dataclasses.replace(made.answer(), read_as="運賃はいつ上がる?")
    first = shown(screen.print_reply, read, terminal=False).splitlines()[0]
    assert first == JA.read_as.format(what="運賃はいつ上がる?")


def test_the_frame_is_in_the_language_of_the_question():
    """An English question gets an English frame around Japanese quotes."""
    english = dataclasses.replace(made.answer(), language="en", understood=("fiscal 2022",))
    text = shown(screen.print_reply, english, terminal=False)
    assert "Narrowed to: fiscal 2022" in text
    assert "pp. 1–2" in text
    assert "2022-12-20" in text
    assert made.answer().citations[0].quote in text


def test_as_much_is_shown_as_is_read_in_ten_seconds_and_the_rest_with_full():
    """Further quotes stand behind --full, which also shows the passages whole."""
    long = "運賃の改定につきましては、審議会のご意見を踏まえまして、" * 6 + "判断いたします。"
    first, second = made.answer().citations[0], Citation(2, long, made.hit(2))
    answer = dataclasses.replace(
        made.answer(),
        sentences=(Sentence(first.quote, (1,)), Sentence(long, (2,))),
        citations=(first, second),
    )
    text = shown(screen.print_reply, answer, terminal=False)
    assert long not in text
    assert "\n[2]" not in text
    assert JA.full_option.format(count=1) in text
    text = shown(lambda console: screen.print_reply(console, answer, full=True), terminal=False)
    assert f"{long} [2]" in text
    assert "\n[2]" in text
    assert f"   {made.ANSWER.text}" in text
    assert "--full" not in text


def test_what_is_left_out_between_two_sentences_is_marked():
    """A quote of one passage that skips some of it says so."""
    more = Sentence("詳しくは次回お示しします。", (1,))
    answer = dataclasses.replace(made.answer(), sentences=(*made.answer().sentences, more))
    text = shown(screen.print_reply, answer, terminal=False)
    assert f"[1]\n{JA.omitted}{more.text} [1]\n" in text


def test_pieces_of_one_speech_stand_under_one_head():
    """Title, pages and question are told once, each quote has its number, and then it goes on."""
    first = dataclasses.replace(made.ANSWER, turn=3, page=1, last_page=1)
    second, third = (
        dataclasses.replace(
            first, passage_id=PassageId(f"aaaaaaaaaaaa-000{n}"), text=text, page=n, last_page=n
        )
        for n, text in ((2, "区間ごとに決めます。"), (3, "回数券は残します。"))
    )
    answer = dataclasses.replace(
        made.answer(),
        sentences=(Sentence(first.text, (1,)), Sentence(second.text, (2,))),
        citations=(
            Citation(1, first.text, made.hit(1, first)),
            Citation(2, second.text, made.hit(2, second), onward=third),
        ),
    )
    text = shown(screen.print_reply, answer, terminal=False)
    assert f"{second.text} [2]\n\n[1][2] {made.DOCUMENT.title}" in text
    assert text.count(made.DOCUMENT.title) == text.count("質問: ") == 1
    assert JA.goes_on not in text
    text = shown(lambda console: screen.print_reply(console, answer, full=True), terminal=False)
    assert f"   {second.text}\n   {JA.goes_on} / 3ページ\n   {third.text}\n" in text


def test_what_was_given_up_and_what_is_withheld_is_said():
    """The lines above an answer say how the question was understood, and what the words are."""
    answer = dataclasses.replace(made.answer(), loosened=("令和9年度",), withheld=True)
    text = shown(screen.print_reply, answer, terminal=False)
    assert JA.loosened.format(what="令和9年度") in text
    assert JA.withheld in text


def test_what_may_be_meant_is_listed():
    """An ambiguous question is declined with its meanings, one a line, and how to say which."""
    choices = tuple(Choice(name, Filters(body=name)) for name in ("審議会", "委員会"))
    declined = dataclasses.replace(made.declined(), choices=choices)
    text = shown(screen.print_reply, declined, terminal=False)
    assert "\n- 審議会  --body '審議会'\n- 委員会  --body '委員会'\n" in text


def test_a_decline_shows_the_nearest_passages_shortened():
    """They are there to help on, not to be read in full."""
    long = dataclasses.replace(made.ANSWER, text="長" * 500)
    declined = dataclasses.replace(made.declined(), nearest=(made.hit(passage=long),))
    text = shown(screen.print_reply, declined, terminal=False)
    assert "見つかりませんでした。" in text
    assert "長" * 50 in text
    assert "長" * 200 not in text
    assert JA.nearest in text


def test_what_may_answer_is_shown_by_the_words_that_may():
    """One passage, without the head of a list; not its first words."""
    long = dataclasses.replace(made.ANSWER, text="長" * 500 + "延ばします。")
    near = (made.hit(passage=long),)
    unsure = dataclasses.replace(made.declined(), nearest=near, quote="延ばします。")
    text = shown(screen.print_reply, unsure, terminal=False)
    assert "   延ばします。" in text
    assert "長長" not in text
    assert JA.nearest not in text


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
    assert place_text(passage, JA) == japanese
    assert place_text(passage, EN) == english


@pytest.mark.parametrize(
    ("locator", "japanese", "english"),
    [
        (Locator(sheet="歳入", row=3, last_row=5), "歳入 3〜5行", "歳入 rows 3–5"),
        (Locator(row=3, last_row=3), "3行", "row 3"),
        (Locator(slide=4), "スライド4", "slide 4"),
        (Locator(chapter="第2章"), "第2章", "第2章"),
        (Locator(anchor="a1"), None, None),
    ],
)
def test_formats_without_pages_tell_their_own_places(locator, japanese, english):
    """A citation can be looked up in a spreadsheet, in slides and in a book, too."""
    passage = dataclasses.replace(made.ANSWER, page=None, last_page=None, locator=locator)
    assert place_text(passage, JA) == japanese
    assert place_text(passage, EN) == english


def test_a_citation_tells_that_its_words_were_read_by_machine():
    """OCR makes mistakes that nobody meant."""
    passage = dataclasses.replace(made.ANSWER, page=3, last_page=3, by_machine=True)
    assert place_text(passage, JA) == "3ページ（機械による読み取り）"
    assert place_text(passage, EN) == "p. 3 (read by machine)"


def test_a_document_is_shown_with_its_passages_under_their_headings():
    """Who speaks and on which side, what is answered, and the warnings."""
    text = shown(document_screen.print_document, made.DOCUMENT, [made.QUESTION, made.ANSWER])
    for part in (
        "warning: page 3 holds only a picture",
        "会長 山田花子, 鈴木一郎",
        "coverage: 98.0%",
        "鈴木委員 (member)",
        "議題1 › 運賃について",
        f"answers {made.QUESTION.passage_id}",
    ):
        assert part in text


def test_an_outline_tells_what_was_decided_and_where_words_stand():
    """Votes, hours, rows of a sheet, the full name of a speaker, and what a machine read."""
    vote = Vote("議案第3号", "補正予算", "可決", Outcome.PASSED, "賛成多数", 12, 3)
    sitting = Sitting("令和4年第4回定例会", dt.time(10, 0), dt.time(16, 5), votes=(vote,))
    document = dataclasses.replace(made.DOCUMENT, sitting=sitting, date_text="令和4年12月20日")
    row = dataclasses.replace(
        made.ANSWER,
        page=None,
        locator=Locator(sheet="歳入", row=3, last_row=5),
        person="山田花子",
        by_machine=True,
        references=(Reference("前条", "第4条"),),
    )
    text = shown(document_screen.print_document, document, [made.QUESTION, row])
    for part in (
        "date: 2022-12-20 (令和4年12月20日)",
        "session: 令和4年第4回定例会",
        "hours: 10:00–16:05",
        "vote: 議案第3号  補正予算  可決  賛成多数  12–3",
        "歳入 row 3–5",
        "= 山田花子",
        "→ 前条",
        "read by OCR",
    ):
        assert part in text


def test_an_ordinance_tells_of_its_life():
    """Number, days and state stand in the outline."""
    life = Enactment("令和4年条例第12号", in_force=dt.date(2023, 4, 1), is_repealed=True)
    text = shown(
        document_screen.print_document, dataclasses.replace(made.PLAIN, enactment=life), []
    )
    for part in ("number: 令和4年条例第12号", "in force: 2023-04-01", "state: repealed"):
        assert part in text


def test_what_was_narrowed_to_and_let_go_is_said_first():
    """One line each, with how to undo it, in the language of the reply."""
    narrowed = dataclasses.replace(
        made.answer(), understood=("令和4年度", "交通審議会"), loosened=("第9回",)
    )
    lines = shown(screen.print_reply, narrowed, terminal=False).splitlines()
    assert lines[0] == "令和4年度、交通審議会に絞りました（外すには --no-narrow）"
    assert lines[1] == "第9回に当てはまる資料がないため、全体から探しました。"


def test_choices_come_with_the_options_that_make_the_question_clear():
    """A name with a blank is quoted as a shell takes it."""
    choices = (Choice("Ann Moreno", Filters(person="ann moreno", body="交通審議会")),)
    text = shown(
        screen.print_reply, dataclasses.replace(made.declined(), choices=choices), terminal=False
    )
    assert "- Ann Moreno  --body '交通審議会' --person 'ann moreno'" in text


def test_a_list_that_was_asked_for_is_shown_whole_with_its_count():
    """However long: a part would be taken for the whole."""
    long = "運賃の改定につきましては、審議会のご意見を踏まえまして、" * 6 + "判断いたします。"
    first = made.answer().citations[0]
    answer = dataclasses.replace(
        made.answer(),
        sentences=(Sentence(first.quote, (1,)), Sentence(long, (2,))),
        citations=(first, Citation(2, long, made.hit(2))),
        listed=Listed((), 2, Counted.MEETINGS, ("運賃",)),
    )
    text = shown(screen.print_reply, answer, terminal=False)
    assert "該当 2 件（登録された資料の中で。「運賃」という言葉が出る会議の数）" in text
    assert f"{long} [2]" in text
    assert "--full" not in text
