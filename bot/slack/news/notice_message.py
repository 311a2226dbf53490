"""What is new on a followed topic, and a report, as Slack shows them. Pure."""

from collections.abc import Sequence

from bot.history.meetings import History, Meeting
from bot.history.prior_discussions import newest_first
from bot.slack.messages.blocks import Part, Run, text_of
from bot.slack.messages.history import LONGEST_AT_FIRST, MOST_SHOWN, meeting_layouts
from bot.slack.messages.layout import Message, first_fitting_layout, plain_message
from bot.slack.messages.shortening import shorten_line
from bot.texts import wording
from bot.texts.news import news_wording

_LONGEST_TOPIC = 100


def shown_in(history: History) -> tuple[Meeting, ...]:
    """Return the meetings that a notice shows, the newest first."""
    return newest_first(history).meetings[:MOST_SHOWN]


def notice_message(topic: str, history: History, language: str) -> Message:
    """Return the message: what is new on a topic, meeting by meeting, the newest first."""
    words, frame = news_wording(language), wording(language)
    named = shorten_line(topic, _LONGEST_TOPIC)
    shown = shown_in(history)
    head = Part((Run(words.notice_head.format(topic=named), bold=True),))
    below = []
    if left := len(history.meetings) - len(shown):
        line = words.notice_more.format(count=left, topic=named)
        below.append(Part((Run(line, italic=True),)))
    below.append(Part((Run(words.notice_stop.format(topic=named), italic=True),)))
    layouts = [[head, *parts, *below] for parts in meeting_layouts(shown, frame)]
    short = [parts for parts in layouts if len(text_of(parts)) <= LONGEST_AT_FIRST]
    return first_fitting_layout(short or layouts[-1:], quotes=frame.quotes)


def report_message(lines: Sequence[str]) -> Message:
    """Return the message with the lines of a report."""
    return plain_message(*lines)
