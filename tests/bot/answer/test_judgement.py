"""What is near and says nothing is not shown."""

import dataclasses

import pytest

from bot.answer.judgement import worth_showing
from index.passage import Hit, PassageKind
from tests.bot.council import hit


def of_kind(kind: PassageKind, text: str) -> Hit:
    """Return a hit of a passage of this kind."""
    near = hit(text)
    return dataclasses.replace(near, passage=dataclasses.replace(near.passage, kind=kind))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("〔賛成者起立〕", PassageKind.VOTE),
        ("（「異議なし」の声あり）", PassageKind.PROCEDURE),
        ("〔１２番　水島香織君登壇〕（拍手）", PassageKind.PROCEDURE),
        ("都市整備部長。", PassageKind.PROCEDURE),
        ("本日の案件は全て終了しました。以上で閉会します。", PassageKind.PROCEDURE),
    ],
)
def test_stage_directions_and_calls_are_left_out(text: str, kind: PassageKind):
    """Neither answers anything."""
    assert worth_showing([of_kind(kind, text)]) == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("賛成者起立（起立多数）により、原案のとおり可決しました。", PassageKind.VOTE),
        ("はい。", PassageKind.ANSWER),
        ("廃止の基準は、いずれかを下回れば見直すと決めました。" * 3, PassageKind.PROCEDURE),
    ],
)
def test_what_says_something_stays(text: str, kind: PassageKind):
    """Also where the chair says it."""
    shown = of_kind(kind, text)
    assert worth_showing([shown]) == (shown,)
