"""The fixed texts of Slack and the terminal, in Japanese and in English; dates and places.

Declines are worded in ``bot/answer/decline_reason.py``, filters in
``bot/question/explanation.py``. Quotes never pass through here.
"""

import datetime as dt
from dataclasses import dataclass

from index.language.dates import to_wareki
from index.language.text import is_japanese
from index.passage import DocumentKind, Passage
from index.place import Locator


@dataclass(frozen=True, slots=True)
class Wording:
    """The texts of one language. Those with braces are filled by ``str.format``."""

    working: str
    answer_head: str
    withheld_head: str
    narrowed: str
    widened: str
    widened_rest: str
    omitted: str
    quotes: str
    nearest_title: str
    loosened: str
    more: str
    widen: str
    narrow_again: str
    whole_title: str
    close: str
    opening: str
    full_option: str
    not_yours: str
    gone: str
    asked: str
    sources: str
    goes_on: str
    page: str
    pages: str
    row: str
    rows: str
    slide: str
    by_machine: str
    not_found: str
    nearest: str
    left_out: str
    cut_question: str
    help: str
    fault: str
    home_title: str
    home_lines: tuple[str, ...]
    home_index: str
    home_counts: str
    home_newest: str
    home_empty: str
    kinds: dict[DocumentKind, str]
    prompt_minutes: str
    prompt_ordinance: str
    prompt_report: str
    list_separator: str
    history_head: str
    history_documents: str
    history_only_documents: str
    history_none: str
    history_undated: str
    history_decided: str
    history_promised: str
    history_promises: str
    history_more: str


JA = Wording(
    working="資料を調べています…",
    answer_head="資料には次のようにあります。",
    withheld_head="資料には次のようにあり、決まっていない、または示されていないとしています。",
    narrowed="{what}に絞りました。",
    widened="絞り込みを外して、資料全体から探しました。",
    widened_rest="ほかの絞り込みは外しました。",
    omitted="（中略）",
    quotes="「」",
    nearest_title="近い箇所の全文",
    loosened="{what}に当てはまる資料がないため、全体から探しました。",
    more="続きを見る",
    widen="絞り込みを外す",
    narrow_again="絞り込みに戻す",
    whole_title="引用した箇所の全文",
    close="閉じる",
    opening="資料を開いています…",
    full_option="ほか{count}か所は --full をつけると読めます。",
    not_yours=(
        "このボタンを使えるのは、質問した人だけです。同じことを知りたいときは、ご自分で質問してください。"
    ),
    gone=(
        "もとの質問か答えが見つかりません（消されたか、このチャンネルを読めなくなっています）。"
        "もう一度質問してください。"
    ),
    asked="会議での質問: {question}",
    sources="出典",
    goes_on="発言の続き",
    page="{page}ページ",
    pages="{page}〜{last_page}ページ",
    row="{row}行",
    rows="{row}〜{last_row}行",
    slide="スライド{slide}",
    by_machine="{place}（機械による読み取り）",
    not_found="資料の中には見つかりませんでした。",
    nearest="近い箇所:",
    left_out="ほか{count}件は長さの都合で省きました。質問をしぼると出てきます。",
    cut_question="質問が長いため、はじめの{length}文字で調べました。",
    help=(
        "質問をそのまま書いてください。会議録・条例・報告書から、原文の引用と出典で答えます。"
        "例: 「直近の審議会で決まったことは？」"
    ),
    fault=(
        "すみません、うまく調べられませんでした。しばらくしてからもう一度きいてください。"
        "続くときは管理者に番号 {reference} をお伝えください。"
    ),
    home_title="Kiroku（記録）",
    home_lines=(
        "会議録・条例・報告書についての質問に、原文の引用と出典（資料名・日付・ページ・発言者）で答えます。",
        (
            "きき方: チャンネルで @メンションして質問するか、メッセージタブに質問を書いてください。"
            "同じスレッドの続きの質問は、ほかの人が加わるまではメンションなしで届きます。"
        ),
        "答えは資料の文章の引用で、作文はしません。資料にないことは「見つからない」と答えます。",
        (
            "質問も資料もこのサーバーの外には送られません（Slack とのやりとりを除く）。"
            "質問文は答えたあと消します。"
        ),
    ),
    home_index="いま調べられる資料",
    home_counts="{kind}: {count}件",
    home_newest="もっとも新しい資料: {date}",
    home_empty="まだ資料がありません。管理者が資料を取り込むと答えられるようになります。",
    kinds={
        DocumentKind.MINUTES: "会議録",
        DocumentKind.ORDINANCE: "条例・規則",
        DocumentKind.REPORT: "報告書など",
    },
    prompt_minutes="「{topic}」について、どのような話がありましたか？",
    prompt_ordinance="{title}の目的は何ですか？",
    prompt_report="{title}には何が書かれていますか？",
    list_separator="、",
    history_head="「{topic}」はこれまで{count}回の会議で取り上げられています（古い順）。",
    history_documents="会議録のほか、条例・報告書など{count}件にも記述があります。",
    history_only_documents=(
        "「{topic}」は会議録には見つかりませんでした。条例・報告書など{count}件に記述があります（古い順）。"
    ),
    history_none="「{topic}」を取り上げた会議や資料は、登録された資料の中に見つかりませんでした。",
    history_undated="日付なし",
    history_decided="決定",
    history_promised="今後の対応",
    history_promises="今後の対応を含む",
    history_more=(
        "これより古いものなど{count}件は省きました。サーバーの端末で "
        "kiroku history を --limit をつけて実行すると、すべて見られます。"
    ),
)

EN = Wording(
    working="is looking through the records…",
    answer_head="The records say:",
    withheld_head="The records say that this is not decided, not known or not disclosed:",
    narrowed="Narrowed to: {what}.",
    widened="Searched everything, without narrowing.",
    widened_rest="All other narrowing is undone.",
    omitted="[…] ",
    quotes="“”",
    nearest_title="Nearest passages in full",
    loosened="Nothing is in the index for {what}, so everything was searched.",
    more="Read on",
    widen="Search everything",
    narrow_again="Narrow again",
    whole_title="The passages in full",
    close="Close",
    opening="Opening the documents…",
    full_option="--full shows {count} more.",
    not_yours=("Only the person who asked can use this button. To know the same, ask it yourself."),
    gone=(
        "The question or the answer is gone, or this channel can no longer be read. "
        "Please ask again."
    ),
    asked="Asked at the meeting: {question}",
    sources="Sources",
    goes_on="The speech goes on",
    page="p. {page}",
    pages="pp. {page}–{last_page}",
    row="row {row}",
    rows="rows {row}–{last_row}",
    slide="slide {slide}",
    by_machine="{place} (read by machine)",
    not_found="The documents do not cover this.",
    nearest="Nearest passages:",
    left_out="{count} more left out for length. A narrower question brings them up.",
    cut_question="The question is long: only its first {length} characters were used.",
    help=(
        "Just write your question. I answer from the minutes, ordinances and reports, "
        "with quotations and their sources. For example: “What was decided at the last meeting?”"
    ),
    fault=(
        "Sorry, I could not look that up. Please ask again in a while. "
        "If it goes on, tell your administrator the number {reference}."
    ),
    home_title="Kiroku",
    home_lines=(
        (
            "Answers questions about the minutes, ordinances and reports with quotations and "
            "their sources: document, date, page, speaker."
        ),
        (
            "To ask: mention me in a channel, or write in the Messages tab. Further questions in "
            "the same thread need no mention until somebody else joins in."
        ),
        "Answers are quotations; nothing is made up. What is not covered is declined.",
        (
            "Neither questions nor documents leave this server (apart from the exchange with "
            "Slack). A question's text is deleted once it is answered."
        ),
    ),
    home_index="What can be searched now",
    home_counts="{kind}: {count}",
    home_newest="Newest document: {date}",
    home_empty="There are no documents yet. I can answer once an administrator has added some.",
    kinds={
        DocumentKind.MINUTES: "Minutes",
        DocumentKind.ORDINANCE: "Ordinances and rules",
        DocumentKind.REPORT: "Reports and others",
    },
    prompt_minutes="What was said about “{topic}”?",
    prompt_ordinance="What is the purpose of {title}?",
    prompt_report="What does {title} say?",
    list_separator=", ",
    history_head="“{topic}” came up at {count} meeting(s) so far, oldest first.",
    history_documents="Beside the minutes, {count} ordinance(s) or report(s) speak of it.",
    history_only_documents=(
        "No minutes speak of “{topic}”; {count} ordinance(s) or report(s) do, oldest first."
    ),
    history_none="No meeting or document in the index speaks of “{topic}”.",
    history_undated="no date",
    history_decided="Decided",
    history_promised="To be done",
    history_promises="says what will be done",
    history_more=(
        "{count} older or other ones are left out. To see all, run kiroku history with --limit "
        "in the server's terminal."
    ),
)


def wording(language: str) -> Wording:
    """Return the texts of ``language``: English for ``en``, Japanese for all else."""
    return EN if language == "en" else JA


def language_of(text: str, setting: str) -> str:
    """Return ``ja`` or ``en``: the setting where it names one, else what ``text`` is written in.

    A text with no letters at all is taken for Japanese.
    """
    if setting in {"ja", "en"}:
        return setting
    foreign = any(character.isalpha() for character in text) and not is_japanese(text)
    return "en" if foreign else "ja"


def date_text(date: dt.date, words: Wording) -> str:
    """Write a date as the language does: ``令和5年11月15日``, ``2023-11-15``."""
    return date.isoformat() if words is EN else to_wareki(date)


def place_text(passage: Passage, words: Wording) -> str | None:
    """Return where in its file a passage stands, ``None`` where its format does not say.

    Page or pages, sheet and rows, slide, chapter; and that its words were read by OCR.
    """
    locator = passage.locator or Locator()
    if passage.page is not None:
        last = passage.last_page if passage.last_page is not None else passage.page
        pattern = words.page if last == passage.page else words.pages
        place = pattern.format(page=passage.page, last_page=last)
    elif locator.row is not None:
        last = locator.last_row if locator.last_row is not None else locator.row
        pattern = words.row if last == locator.row else words.rows
        rows = pattern.format(row=locator.row, last_row=last)
        place = f"{locator.sheet} {rows}" if locator.sheet else rows
    elif locator.slide is not None:
        place = words.slide.format(slide=locator.slide)
    else:
        place = locator.sheet or locator.chapter or ""
    return (words.by_machine.format(place=place) if passage.by_machine else place) or None


def goes_on(passage: Passage, words: Wording) -> str:
    """Return what stands above the passage with which a speech goes on, with its place."""
    place = place_text(passage, words)
    return f"{words.goes_on} / {place}" if place else words.goes_on
