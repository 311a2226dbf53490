"""What a reply looks like in Slack."""

import dataclasses
import datetime as dt
import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block

from bot.answer.answer import Answer, Choice, Citation, Declined, DeclineReason, Mode, Sentence
from bot.slack.buttons import Asking, Do, read_value, value_of
from bot.slack.messages.blocks import Part, Run, blocks_of, escape
from bot.slack.messages.full_text import full_text_message, full_text_view
from bot.slack.messages.layout import LONGEST_BLOCKS, LONGEST_TEXT, Message, plain_message
from bot.slack.messages.looked import holdings_of
from bot.slack.messages.reply import Beside, reply_message
from bot.slack.messages.several import Answered, several_message
from bot.slack.messages.shortening import shorten, shorten_question
from bot.texts import EN, JA
from index.passage import (
    Document,
    DocumentId,
    DocumentKind,
    Filters,
    Hit,
    Passage,
    PassageId,
    PassageKind,
)
from tests.bot.council import ASKED, MINUTES, SAID, ambiguous, answer_to, decline_of, hit
from tests.slack_blocks import complaints, too_long

TROUBLES = ["<!channel>", "<@U1>", "<https://evil.test|議事録>", "a&b", "\x00", "\ud800", "*太字*"]
WORDS = st.one_of(
    st.text(max_size=60),
    st.sampled_from(TROUBLES),
    st.sampled_from(["", "はい。", "長い文です。" * 200, "あ" * 3_000, "行\n" * 40]),
)
OPTIONAL = st.none() | WORDS
HITS = st.builds(
    Hit,
    rank=st.integers(1, 50),
    score=st.floats(0, 1),
    passage=st.builds(
        Passage,
        passage_id=st.just(PassageId("0-0")),
        text=WORDS,
        kind=st.sampled_from(PassageKind),
        page=st.none() | st.integers(1, 9_999),
        last_page=st.none() | st.integers(1, 9_999),
        speaker=OPTIONAL,
        heading=st.lists(WORDS, max_size=2).map(tuple),
        article=OPTIONAL,
        question=OPTIONAL,
    ),
    document=st.builds(
        Document,
        document=WORDS.map(DocumentId),
        title=WORDS,
        kind=st.sampled_from(DocumentKind),
        content_hash=st.just("0"),
        body=OPTIONAL,
        date=st.none() | st.dates(dt.date(1868, 1, 25)),
    ),
    url=OPTIONAL | st.just("https://town.test/" + "a" * 4_000),
)


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    """Draw an answer of any words, with any number of sentences and citations."""
    count = draw(st.integers(1, 60))
    citations = [
        Citation(n, draw(WORDS), draw(HITS), value=draw(st.none() | WORDS))
        for n in range(1, min(count, 8) + 1)
    ]
    numbers = st.lists(st.integers(1, len(citations)), min_size=1, max_size=30).map(tuple)
    return Answer(
        question=draw(WORDS),
        sentences=tuple(Sentence(draw(WORDS), draw(numbers)) for _ in range(count)),
        citations=tuple(citations),
        language=draw(st.sampled_from(["ja", "en"])),
        mode=draw(st.sampled_from(Mode)),
        understood=tuple(draw(st.lists(WORDS, max_size=4))),
        loosened=tuple(draw(st.lists(WORDS, max_size=4))),
        withheld=draw(st.booleans()),
        taken_over=draw(OPTIONAL),
        read_as=draw(OPTIONAL),
    )


FILTERS = st.builds(
    Filters,
    since=st.none() | st.dates(),
    body=st.none() | st.text(max_size=30),
    speaker=st.none() | st.text(max_size=30),
    kind=st.none() | st.sampled_from(DocumentKind),
    as_of=st.none() | st.dates(),
)

DECLINES = st.builds(
    Declined,
    question=WORDS,
    reason=st.sampled_from(DeclineReason),
    message=WORDS,
    language=st.sampled_from(["ja", "en"]),
    nearest=st.lists(HITS, max_size=5).map(tuple),
    quote=st.none() | WORDS,
    absent=st.lists(WORDS, max_size=3).map(tuple),
    understood=st.lists(WORDS, max_size=4).map(tuple),
    taken_over=OPTIONAL,
    read_as=OPTIONAL,
    choices=st.lists(st.builds(Choice, label=WORDS, filters=FILTERS), max_size=20).map(tuple),
)


@settings(max_examples=60, deadline=None)
@given(reply=answers() | DECLINES, note=WORDS)
def test_slack_takes_the_message_of_any_reply(reply: Answer | Declined, note: str):
    """Whatever the documents hold, the message is within Slack's limits and pings nobody."""
    message = reply_message(reply, Asking(), Beside((note,), to="UAOKI"))
    blocks = list(message.blocks)
    assert complaints(blocks) == []
    assert not too_long(blocks)
    assert len(json.dumps(blocks, ensure_ascii=False)) <= LONGEST_BLOCKS
    assert [block.to_dict() for block in Block.parse_all(blocks)] == blocks
    view = full_text_view(reply)
    assert complaints(view["blocks"], "modal") == []
    assert not {"mrkdwn", "markdown"} & types_in(view["blocks"])
    assert 0 < len(message.text) <= LONGEST_TEXT
    assert "<" not in message.text
    assert not re.search(r"&(?!amp;|lt;|gt;)", message.text)
    assert not {"mrkdwn", "markdown"} & types_in(blocks)


def types_in(value: object) -> set[str]:
    """Return every ``type`` in a message's blocks."""
    if isinstance(value, dict):
        here = {value["type"]} if isinstance(value.get("type"), str) else set()
        return here.union(*(types_in(inner) for inner in value.values()))
    if isinstance(value, list):
        return set().union(*(types_in(inner) for inner in value))
    return set()


def lines(message: Message, kind: str = "") -> list[str]:
    """Return the text of each paragraph, of those of one kind where it is named."""
    found = [
        "".join(part.get("text", "@") for part in element["elements"])
        for block in message.blocks
        if block["type"] == "rich_text"
        for element in block["elements"]
        if kind in element["type"]
    ]
    return [line for paragraphs in found for line in paragraphs.split("\n")]


def test_an_answer_is_quotes_then_sources():
    """The words of the source stand as a quote with their number, the source below with it."""
    message = reply_message(answer_to("何本？"))
    assert lines(message, "quote") == [f"{SAID} [1]"]
    title = MINUTES.title
    assert lines(message)[-1] == f"[1] {title} / 令和5年11月15日 / 4ページ / 緑政課長"


def test_the_value_that_was_asked_for_stands_first_in_bold():
    """Then the quote that it stands in; without one there is the quote alone."""
    answer = answer_to("何本？")
    valued = dataclasses.replace(
        answer, citations=(dataclasses.replace(answer.citations[0], value="12本"),)
    )
    shown = lines(reply_message(valued))
    assert shown.index("12本 [1]") < shown.index(f"{SAID} [1]")
    assert "12本 [1]" not in lines(reply_message(answer))


def test_what_the_question_was_narrowed_to_is_shown():
    """The person sees what the question was understood as."""
    assert "令和5年度に絞りました。" in lines(reply_message(answer_to("何本？")))


def test_what_had_to_be_given_up_is_shown():
    """A restriction under which nothing was left is named, in an answer and in a decline."""
    for reply in (answer_to("何本？"), decline_of("何本？")):
        shown = lines(reply_message(dataclasses.replace(reply, loosened=("令和9年度", "教育長"))))
        assert "令和9年度、教育長に当てはまる資料がないため、全体から探しました。" in shown


def test_words_that_withhold_what_is_asked_for_are_introduced_as_such():
    """Where the records say that it is not told, a line below the quote says so."""
    withheld = dataclasses.replace(answer_to("どこ？"), withheld=True)
    assert JA.withheld in lines(reply_message(withheld))
    assert lines(reply_message(withheld), "quote") == [f"{SAID} [1]"]


def cited(*texts: str) -> Answer:
    """Return an answer that quotes these, each from a passage of its own."""
    return Answer(
        question="？",
        sentences=tuple(Sentence(text, (n,)) for n, text in enumerate(texts, 1)),
        citations=tuple(Citation(n, text, hit(text, rank=n)) for n, text in enumerate(texts, 1)),
        language="ja",
    )


def test_no_more_is_shown_at_once_than_is_read_in_ten_seconds():
    """Further quotes are shown while all is short; what is left is a button away."""
    short, long = "三百本です。", "植え替えについて申し上げます。" * 8
    together = reply_message(cited(short, short, long))
    assert lines(together, "quote") == [f"{short} [1]", f"{short} [2]", f"{long} [3]"]
    assert labels(together) == []
    apart = reply_message(cited(long, short, long, short))
    assert lines(apart, "quote") == [f"{long} [1]", f"{short} [2]"]
    assert labels(apart) == [JA.more]
    assert not any(line.startswith("[3]") for line in lines(apart))
    first = long * 3
    assert lines(reply_message(cited(first, short)), "quote") == [f"{first} [1]"]


def labels(message: Message) -> list[str]:
    """Return what stands on the buttons of a message."""
    rows = [block for block in message.blocks if block["type"] == "actions"]
    return [button["text"]["text"] for row in rows for button in row["elements"]]


def test_buttons_stand_where_they_are_of_use():
    """More where there is more, undo where something was narrowed, a button for each choice."""
    assert labels(reply_message(answer_to("何本？", more="続き。"))) == [JA.more, JA.widen]
    assert labels(reply_message(answer_to("何本？"))) == [JA.widen]
    wide = dataclasses.replace(answer_to("何本？"), understood=())
    widened = reply_message(wide, asking=Asking(narrow=False))
    assert labels(widened) == [JA.narrow_again]
    assert JA.widened in lines(widened)
    assert labels(reply_message(wide)) == []
    assert labels(reply_message(ambiguous("どの？"))) == ["緑の審議会", "景観の審議会"]
    assert labels(reply_message(decline_of("何本？"))) == [JA.near]


@pytest.mark.parametrize(
    ("filters", "language", "told"),
    [
        (Filters(person="林花子", body="緑の審議会"), "ja", "緑の審議会、林花子に絞りました。"),
        (Filters(asker="林花子", session="第2回"), "ja", "第2回、林花子への答弁に絞りました。"),
        (Filters(document=MINUTES.document), "ja", f"{MINUTES.title}に絞りました。"),
        (Filters(document=DocumentId("a.txt")), "en", "Narrowed to: a.txt."),
        (
            Filters(since=dt.date(2023, 1, 1), until=dt.date(2023, 12, 31)),
            "en",
            "Narrowed to: 2023.",
        ),
    ],
)
def test_an_answer_to_a_choice_says_what_was_chosen(filters: Filters, language: str, told: str):
    """Below the question asked back, each answer says for which of its meanings it stands."""
    reply = dataclasses.replace(answer_to("何本？", language=language), understood=())
    shown = lines(reply_message(reply, asking=Asking(filters=filters)))
    assert told in shown
    wide = lines(reply_message(reply, asking=Asking(narrow=False, filters=filters)))
    rest = {"ja": JA, "en": EN}[language].widened_rest
    assert wide[wide.index(told) + 1] == rest


def test_what_is_left_out_between_two_sentences_is_marked():
    """A quote of one passage that skips some of it says so; two passages need no such mark."""
    answer = answer_to("何本？", more="枝も切ります。落ち葉は集めます。")
    two = (*answer.sentences, Sentence("落ち葉は集めます。", (1,)))
    message = reply_message(dataclasses.replace(answer, sentences=two))
    assert lines(message, "quote") == [f"{SAID} [1]", "（中略）落ち葉は集めます。 [1]"]
    assert "中略" not in reply_message(cited("三本です。", "四本です。")).text


def test_quotations_in_the_plain_text_are_marked_as_the_language_does():
    """Screen readers and notifications of an English reply read English quotation marks."""
    assert f"“{SAID} [1]”\n" in reply_message(answer_to("How many?", language="en")).text
    assert f"「{SAID} [1]」\n" in reply_message(answer_to("何本？")).text


def test_the_modal_of_a_decline_does_not_call_its_passages_quoted():
    """Nothing was quoted there: they are only the nearest."""
    assert full_text_view(decline_of("何本？"))["title"]["text"] == JA.nearest_title
    assert full_text_view(answer_to("何本？"))["title"]["text"] == JA.whole_title


def test_a_button_carries_every_filter_and_the_page():
    """What is put into its value is read from it again, whichever field is set."""
    day = dt.date(2024, 4, 1)
    given = {"kind": DocumentKind.ORDINANCE, "since": day, "until": day, "as_of": day}
    every = Filters(**{field.name: "例規/一.pdf" for field in dataclasses.fields(Filters)} | given)
    asking = Asking(filters=every, narrow=False, turn=2, alone=True, part=1, after=5)
    assert read_value(value_of(Do.HISTORY, asking)) == (Do.HISTORY, asking)
    assert read_value(value_of(Do.HISTORY, Asking(after=-1))) is None


def test_the_choices_stand_right_below_what_is_asked_back():
    """The question, the buttons, and only then how it was understood and other notes."""
    reply = dataclasses.replace(ambiguous("どの？"), taken_over="街路樹")
    message = reply_message(reply, beside=Beside(notes=("注記です。",)))
    assert [block["type"] for block in message.blocks] == ["rich_text", "actions", "rich_text"]
    assert "どちらの会議のことですか。" in str(message.blocks[0])
    assert "街路樹" not in str(message.blocks[0])
    assert "注記です。" in str(message.blocks[2])
    assert complaints(list(message.blocks)) == []
    alone = reply_message(ambiguous("どの？"))
    assert [block["type"] for block in alone.blocks] == ["rich_text", "actions"]


TABLE = "款\t令和６年度\t増減\n議会費\t268,000\t3,000\n消防費\t2,214,000\t716,000"


def test_rows_of_a_table_stand_in_columns():
    """A kanji as wide as two figures, figures to the right, never a tab; the mark stands below."""
    message = reply_message(answer_to("消防費は？", TABLE))
    elements = [each for block in message.blocks for each in block.get("elements", ())]
    (table,) = [each for each in elements if each["type"] == "rich_text_preformatted"]
    assert table["elements"][0]["text"].split("\n") == [
        "款      令和６年度     増減",
        "議会費     268,000    3,000",
        "消防費   2,214,000  716,000",
    ]
    quote = elements[elements.index(table) + 1]
    assert [run["text"] for run in quote["elements"]] == ["[1]"]
    assert "\\t" not in json.dumps(message.blocks)
    assert "\t" not in message.text
    assert "消防費 / 2,214,000 / 716,000" in message.text
    assert complaints(list(message.blocks)) == []


def test_rows_that_stand_apart_have_one_set_of_columns():
    """What is left out between them is a line; words before and after are quoted as ever."""
    head, _, row = TABLE.split("\n")
    omitted, mark = Run("\n（中略）", italic=True), Run(" [1]", bold=True)
    runs = (Run(f"予算を示す。\n{head}"), omitted, Run(row), mark, Run("\n以上。"))
    (block,) = blocks_of([Part(runs, quoted=True)])
    quote, table = "rich_text_quote", "rich_text_preformatted"
    assert [each["type"] for each in block["elements"]] == [quote, table, quote, quote]
    assert block["elements"][1]["elements"][0]["text"].split("\n") == [
        "款      令和６年度     増減",
        "（中略）",
        "消防費   2,214,000  716,000",
    ]


def test_a_choice_that_slack_would_refuse_has_no_button():
    """An empty label, one too many or a value too long is left out; a long label is cut."""
    many = [Choice(f"{n}番目の会議", Filters(body=str(n))) for n in range(40)]
    odd = [Choice(" ", Filters()), Choice("長い", Filters(body="あ" * 3_000))]
    long = Choice("会" * 200, Filters())
    choices = (*odd, long, *many)
    message = reply_message(dataclasses.replace(ambiguous("どの？"), choices=choices))
    assert complaints(list(message.blocks)) == []
    assert labels(message)[0] == "会" * 74 + "…"
    assert labels(message)[1] == "0番目の会議"
    assert len(labels(message)) <= 12


def test_the_modal_holds_all_that_is_cited():
    """Every passage stands in the modal whole, with its source and the words it answers."""
    quotes = [f"{n}件目。" + "詳しく申し上げます。" * 150 for n in range(1, 9)]
    view = full_text_view(cited(*quotes))
    assert complaints(view["blocks"], "modal") == []
    shown = lines(Message("", tuple(view["blocks"])))
    assert lines(Message("", tuple(view["blocks"])), "quote") == quotes
    assert shown.count(f"会議での質問: {ASKED}") == 8
    for n in range(1, 9):
        assert f"[{n}] {MINUTES.title} / 令和5年11月15日 / 4ページ / 緑政課長" in shown


@given(filters=FILTERS, narrow=st.booleans(), turn=st.integers(0, 999), do=st.sampled_from(Do))
def test_a_button_carries_how_to_ask(filters: Filters, narrow: bool, turn: int, do: Do):  # noqa: FBT001  drawn
    """What was put into a button's value comes back as it was."""
    value = value_of(do, Asking(narrow, filters, turn))
    held = filters if filters != Filters() else None
    assert read_value(value) == (do, Asking(narrow, held, turn))


def test_a_button_of_an_earlier_version_is_read():
    """What stands in Slack from before carries no turn, and works."""
    value = json.dumps({"do": Do.WIDEN, "narrow": False, "filters": {}})
    assert read_value(value) == (Do.WIDEN, Asking(narrow=False))


@given(value=st.none() | st.text() | st.recursive(st.none() | st.text(), st.lists).map(json.dumps))
def test_a_value_that_we_never_made_says_nothing(value: str | None):
    """Whatever comes back from the outside, nothing else is read from it."""
    assert read_value(value) is None


def test_a_short_answer_stands_under_its_question():
    """An answer that means little alone is shown with the words that it answers."""
    assert f"会議での質問: {ASKED}" in lines(
        reply_message(answer_to("何本？", "お見込みのとおりです。"))
    )


def test_a_long_answer_that_stands_alone_comes_without_its_question():
    """An answer of several sentences needs no question above it, unless it leans on one."""
    alone = "本市の街路樹は順次更新します。" * 20
    assert not any(ASKED in line for line in lines(reply_message(answer_to("何本？", alone))))
    leaning = "ご指摘のとおりでございます。" + alone
    assert any(ASKED in line for line in lines(reply_message(answer_to("何本？", leaning))))


def test_of_a_long_question_the_end_is_shown():
    """Above a short answer stands who asked and the asking; the whole of it is in the modal."""
    asked = "（林委員）" + "これまでの経緯を申し上げます。" * 20 + "植え替えは続けますか。"
    answer = answer_to("続ける？", "続けます。")
    held = dataclasses.replace(answer.citations[0], hit=hit("続けます。", asked))
    answer = dataclasses.replace(answer, citations=(held,))
    (line,) = (line for line in lines(reply_message(answer)) if "会議での質問: " in line)
    assert line.startswith("会議での質問: （林委員）…")
    assert line.endswith("植え替えは続けますか。")
    assert len(line) <= 110
    assert f"会議での質問: {asked}" in lines(Message("", tuple(full_text_view(answer)["blocks"])))


def test_an_english_question_gets_an_english_frame_around_japanese_words():
    """The quote stays as it is; what stands around it is English."""
    message = reply_message(answer_to("How many?", language="en"))
    assert lines(message)[0] == f"{SAID} [1]"
    assert "Sources" in lines(message)
    assert lines(message, "quote") == [f"{SAID} [1]"]
    assert "2023-11-15 / p. 4 / 緑政課長" in lines(message)[-1]


@pytest.mark.parametrize(
    ("kind", "heading", "ending"),
    [
        (
            PassageKind.VOTE,
            ("２　議事", "議案第5号　緑地条例の改正"),
            " / 議案第5号 緑地条例の改正",
        ),
        (PassageKind.VOTE, ("議" * 100,), " / " + "議" * 59 + "…"),
        (PassageKind.VOTE, (), " / 緑政課長"),
        (PassageKind.ANSWER, ("２　議事",), " / 緑政課長"),
    ],
)
def test_a_vote_says_what_it_was_on(kind, heading, ending):
    """「異議なしと認めます」 says nothing by itself; of other passages no heading is shown."""
    passage = dataclasses.replace(hit().passage, kind=kind, heading=heading)
    cited = dataclasses.replace(hit(), passage=passage)
    answer = dataclasses.replace(answer_to("？"), citations=(Citation(1, SAID, cited),))
    assert lines(reply_message(answer))[-1].endswith(ending)


def test_a_passage_over_two_pages_and_an_article_say_so():
    """The source names both pages, the body where the title does not, and the article."""
    passage = dataclasses.replace(hit().passage, last_page=5, article="第10条第2項")
    document = dataclasses.replace(MINUTES, title="会議録", body="緑の審議会")
    cited = dataclasses.replace(hit(), passage=passage, document=document)
    answer = dataclasses.replace(answer_to("？"), citations=(Citation(1, SAID, cited),))
    source = lines(reply_message(answer))[-1]
    assert source.endswith("緑の審議会 / 4〜5ページ / 緑政課長 / 第10条第2項")


def test_a_document_with_an_address_is_linked_and_no_other():
    """The title is a link where the hit has a web address, and only then."""
    for url, linked in (("https://town.test/a.pdf#page=4", True), ("javascript:x", False)):
        cited = dataclasses.replace(hit(), url=url)
        answer = dataclasses.replace(answer_to("？"), citations=(Citation(1, SAID, cited),))
        assert ("link" in types_in(list(reply_message(answer).blocks))) is linked


def test_the_quote_of_a_written_answer_is_shown_under_its_source():
    """Where the sentence is not the source's own words, the quote that holds it up is shown."""
    written = dataclasses.replace(
        answer_to("何本？"), sentences=(Sentence("300本です。", (1,)),), mode=Mode.MODEL
    )
    assert lines(reply_message(written), "quote") == ["300本です。 [1]", SAID]


def test_the_first_line_of_an_answer_is_its_own_words():
    """A notification and a phone show no more."""
    for answer in (answer_to("何本？"), dataclasses.replace(answer_to("何本？"), withheld=True)):
        message = reply_message(answer)
        assert lines(message)[0] == f"{SAID} [1]"
        assert message.text.startswith(f"「{SAID} [1]」")


def test_a_decline_says_where_it_looked_and_what_to_try():
    """One sentence, bodies and years, one next step; the near passages are behind a button."""
    near = tuple(hit(f"{n}番目の" + "長い話。" * 100, rank=n) for n in range(1, 6))
    declined = dataclasses.replace(decline_of("？"), nearest=near)
    message = reply_message(declined, beside=Beside(holdings=holdings_of([MINUTES])))
    assert lines(message) == [
        "資料の中には見つかりませんでした。",
        "調べた範囲: 緑の審議会、令和5年、1件",
        JA.rephrase,
    ]
    assert lines(message, "quote") == []
    assert labels(message) == [JA.near]


@pytest.mark.parametrize(
    ("held", "step"),
    [
        ({"absent": ("退職金",)}, JA.rephrase_absent.format(what="「退職金」")),
        ({"understood": ("令和5年度",)}, JA.try_wider),
        ({"taken_over": "街路樹"}, JA.try_alone),
        ({}, JA.rephrase),
    ],
)
def test_a_decline_names_the_one_next_step_that_helps_most(held: dict[str, Any], step: str):
    """Other words, a wider search, or apart from what was asked before."""
    message = reply_message(dataclasses.replace(decline_of("？"), **held))
    assert lines(message)[-1] == step


@pytest.mark.parametrize("reason", [DeclineReason.AMBIGUOUS, DeclineReason.EMPTY_INDEX])
def test_what_says_itself_what_to_do_has_no_next_step(reason: DeclineReason):
    """A question asked back has its choices, an empty index nothing to try."""
    declined = dataclasses.replace(decline_of("？"), reason=reason)
    assert len(lines(reply_message(declined, beside=Beside(holdings=holdings_of([MINUTES]))))) == 1


def test_what_was_taken_over_is_shown_and_can_be_dropped():
    """A line says from what it goes on, a button asks it apart from that, another the way back."""
    going_on = dataclasses.replace(answer_to("いつ？"), taken_over="街路樹 更新", understood=())
    message = reply_message(going_on)
    assert JA.taken_over.format(what="街路樹 更新") in lines(message)
    assert labels(message) == [JA.alone]
    apart = dataclasses.replace(going_on, taken_over=None)
    message = reply_message(apart, Asking(alone=True, turn=1))
    assert JA.taken_alone in lines(message)
    assert labels(message) == [JA.carry_on]


def test_how_a_question_in_kana_was_read_is_shown():
    """A wrong word is seen at once."""
    read = dataclasses.replace(answer_to("がいろじゅは？"), read_as="街路樹は?")
    assert JA.read_as.format(what="街路樹は?") in lines(reply_message(read))


def test_whom_it_answers_is_called_at_the_end():
    """Where a thread has several askers; nobody is called elsewhere."""
    message = reply_message(answer_to("何本？"), beside=Beside(to="UBABA"))
    assert lines(message)[-1] == JA.to_whom.format(who="@")
    assert "user" in types_in(list(message.blocks))
    assert "user" not in types_in(list(reply_message(answer_to("何本？")).blocks))


def test_several_questions_are_answered_by_number():
    """Each under its question, each with its own buttons, which say whose they are."""
    answered = [
        Answered("何本？", answer_to("何本？", more=ASKED), Asking(part=0)),
        Answered("いつ？", decline_of("いつ？"), Asking(part=1)),
        Answered("どの？", ambiguous("どの？"), Asking(part=2)),
    ]
    message = several_message(answered, Beside(notes=("おわり。",), to="UAOKI"))
    shown = lines(message)
    heads = [shown.index(head) for head in ("1. 何本？", "2. いつ？", "3. どの？")]
    assert heads == sorted(heads)
    assert shown[1] == f"{SAID} [1]"
    assert labels(message) == [
        f"1. {JA.more}",
        f"2. {JA.near}",
        "3. 緑の審議会",
        "3. 景観の審議会",
    ]
    assert complaints(list(message.blocks)) == []


@settings(max_examples=25, deadline=None)
@given(replies=st.lists(answers() | DECLINES, min_size=2, max_size=3))
def test_slack_takes_several_replies_and_the_whole_of_one(replies: list[Answer | Declined]):
    """Whatever the documents hold."""
    answered = [
        Answered(reply.question, reply, Asking(part=part)) for part, reply in enumerate(replies)
    ]
    for message in (several_message(answered, Beside()), full_text_message(replies[0])):
        blocks = list(message.blocks)
        assert complaints(blocks) == []
        assert not too_long(blocks)
        assert len(message.text) <= LONGEST_TEXT


def test_who_wants_more_reads_the_words_first():
    """The passages whole, and below them what they answer and where they stand."""
    message = full_text_message(answer_to("何本？", more="続き。"))
    assert lines(message)[0] == SAID + "続き。"
    assert any(MINUTES.title in line for line in lines(message))


def test_what_may_answer_is_one_passage_by_the_words_that_may():
    """Below the sentence that says so, without the head of a list, and with its source."""
    near = hit("長い話。" * 100 + SAID, rank=1)
    unsure = dataclasses.replace(
        decline_of("？"),
        reason=DeclineReason.UNSURE,
        message="いちばん近い記述です。",
        nearest=(near,),
        quote=SAID,
    )
    message = reply_message(unsure)
    assert lines(message)[0] == "いちばん近い記述です。"
    assert lines(message, "quote") == [SAID]
    assert JA.nearest not in lines(message)
    assert any(MINUTES.title in line for line in lines(message))


def test_a_long_answer_loses_words_and_not_sources():
    """Where an answer does not fit, its quote ends early with …, and the source stays whole."""
    message = reply_message(cited("詳しく申し上げます。" * 1_500))
    assert [quote[-7:] for quote in lines(message, "quote")] == ["す。… [1]"]
    assert f"[1] {MINUTES.title} / 令和5年11月15日 / 4ページ / 緑政課長" in lines(message)


def test_what_is_left_out_is_counted():
    """Sentences that cannot be shown at all are counted."""
    sentences = tuple(Sentence(f"{n}つ目の説明です。", (1,)) for n in range(100))
    answer = dataclasses.replace(answer_to("？"), sentences=sentences)
    assert any(re.match(r"ほか\d+件", line) for line in lines(reply_message(answer)))


def test_the_plain_fallback_says_the_same():
    """The text alone holds the quote and its source, escaped."""
    text = reply_message(answer_to("？", "A&B <計画>です。")).text
    assert "「A&amp;B &lt;計画&gt;です。 [1]」" in text
    assert "4ページ / 緑政課長" in text


def test_a_plain_message_is_its_words():
    """Help and faults are one paragraph."""
    assert lines(plain_message("こんにちは")) == ["こんにちは"]
    assert plain_message("<!here>").text == "&lt;!here&gt;"


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("短い。", 10, "短い。"),
        ("一つ目です。二つ目です。三つ目です。", 14, "一つ目です。二つ目です。…"),
        ("句点のない長い文がずっと続く", 8, "句点のない長い…"),
        ("短。句点が早すぎるときは語の途中で切る", 15, "短。句点が早すぎるときは語の…"),
        ("One is. Two is. Three is.", 17, "One is. Two is.…"),
        ("The ferry runs until October next", 27, "The ferry runs until…"),
        ("Unendingwordwithoutanyblank", 10, "Unendingw…"),
    ],
)
def test_a_text_is_shortened_at_a_sentence_end(text: str, limit: int, short: str):
    """Words are cut at the end of a sentence where one is near, and never over the limit."""
    assert shorten(text, limit) == short
    assert len(shorten(text, limit)) <= limit


def test_a_long_question_keeps_its_asker_and_its_end():
    """The asking stands at the end of a speech; who asked stands at its beginning."""
    question = "（林委員）" + "前置きです。" * 50 + "いつまでに植え替えますか。"
    short = shorten_question(question, 40)
    assert short.startswith("（林委員）…")
    assert short.endswith("いつまでに植え替えますか。")
    assert len(short) <= 42


@given(text=st.text())
def test_escaped_text_begins_no_markup(text: str):
    """Slack: ``&``, ``<`` and ``>`` are the three characters that must be escaped."""
    assert "<" not in escape(text)
    assert escape(text).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == text
