"""The line with which a passage is cited elsewhere."""

import dataclasses

from bot.slack.messages.citation_line import citation_line
from bot.slack.messages.full_text import full_text_view
from bot.texts import EN, JA
from tests.bot.council import ORDINANCE, answer_to, hit
from tests.slack_blocks import complaints


def test_day_meeting_kind_place_and_speaker_are_told_once():
    """A title that says the kind of document, or the day, is not followed by it again."""
    told = hit()
    assert citation_line(told, JA) == (
        "令和5年11月15日 令和5年度第2回緑の審議会 会議録 4ページ 緑政課長"
    )
    bare = dataclasses.replace(told.document, title="第2回緑の審議会\n令和5年11月15日")
    assert citation_line(dataclasses.replace(told, document=bare), JA) == (
        "第2回緑の審議会 令和5年11月15日 会議録 4ページ 緑政課長"
    )


def test_an_article_is_cited_by_its_address():
    """Of an ordinance title and article are enough."""
    passage = dataclasses.replace(hit().passage, page=None, speaker=None, article="第6条第2項")
    article = dataclasses.replace(hit(), document=ORDINANCE, passage=passage)
    assert citation_line(article, JA) == "緑地条例 第6条第2項"
    assert citation_line(article, EN) == "緑地条例 第6条第2項"


def test_each_passage_of_the_modal_has_it_in_a_box_of_its_own():
    """Plain text, which Slack takes and a person can copy whole."""
    view = full_text_view(answer_to("何本？"))
    boxes = [
        element["elements"]
        for block in view["blocks"]
        for element in block.get("elements", [])
        if element["type"] == "rich_text_preformatted"
    ]
    assert boxes == [[{"type": "text", "text": citation_line(hit(), JA)}]]
    assert complaints(view["blocks"], "modal") == []
