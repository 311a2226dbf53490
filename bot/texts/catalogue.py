"""The names of the fixed texts. Their words: ``japanese.py``, ``english.py``."""

from dataclasses import dataclass

from bot.feedback.given import Complaint
from index.passage import DocumentKind


@dataclass(frozen=True, slots=True)
class Wording:
    """The texts of one language. Those with braces are filled by ``str.format``."""

    working: str
    narrowed: str
    widened: str
    widened_rest: str
    omitted: str
    quotes: str
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
    unread: str
    changed: str
    as_cited: str
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
    fault: str
    home_title: str
    home_lines: tuple[str, ...]
    home_index: str
    home_counts: str
    home_newest: str
    home_empty: str
    kinds: dict[DocumentKind, str]
    prompt_ordinance: str
    list_separator: str
    history_head: str
    history_oldest_first: str
    history_newest_first: str
    history_documents: str
    history_only_documents: str
    history_none: str
    history_undated: str
    history_decided: str
    history_promised: str
    history_promises: str
    history_more: str
    history_others: str
    history_earlier: str
    history_later: str
    history_whole: str
    history_title: str
    history_page: str
    history_table: str
    history_timeline: str
    history_table_sent: str
    history_timeline_sent: str
    history_file_title: str
    history_not_drawn: str
    history_columns: tuple[str, ...]
    timeline_kinds: tuple[str, str, str]
    timeline_rest: str
    timeline_left_out: str
    timeline_described: str
    file_refused: str
    file_scope: str
    withheld: str
    nearest_title: str
    near: str
    taken_over: str
    read_as: str
    taken_alone: str
    alone: str
    carry_on: str
    searched: str
    and_others: str
    documents: str
    rephrase: str
    rephrase_absent: str
    try_wider: str
    try_alone: str
    to_whom: str
    cut_question: str
    found_in: str
    questions_left: str
    help: str
    help_thread: str
    help_examples: str
    thanks: str
    greeting: str
    noted: str
    no_summary: str
    nothing_before: str
    index_head: str
    index_bodies: str
    index_years: str
    index_ingested: str
    years: str
    prompt_history: str
    prompt_index: str
    count_of: str
    no_more: str
    refused: str
    refused_here: str
    unchecked: str
    not_posted: str
    feedback_good: str
    feedback_bad: str
    feedback_thanks: str
    feedback_title: str
    feedback_intro: str
    feedback_why: str
    complaints: tuple[tuple[Complaint, str], ...]
    feedback_comment: str
    feedback_send: str
    not_now: str
    staff_ask: str
    staff_sent: str
    staff_already: str
    staff_refused: str
    staff_head: str
    staff_link: str
