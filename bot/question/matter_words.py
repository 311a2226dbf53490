"""What a question is on, beside who says what to whom, and in which meeting."""

import functools

from index.language.tokens import content_words, words


@functools.cache
def _saying() -> frozenset[str]:
    """Return the words of saying, asking and deciding: no matter by themselves."""
    return frozenset(
        words(
            "言う、話す、述べる、発言、答える、答弁、回答、説明、質問、質疑、聞く、尋ねる、意見、見解、指摘、要望"
            "、主張、仰る、こと、全部、全て、一覧、議論、審議、決まる、決める、決定、報告、出る、今、内容、最近、一番、最後、最初、前回、会議、市、町、村、区、県、側、当局、執行部、行政"
            " say said answer ask asked tell told decide decided discuss meeting"
            " all list everything remark comment"
        )
    )


def matter_words(text: str) -> list[str]:
    """Return the words of a question that tell its matter, and not who says what to whom."""
    return [word for word in content_words(text) if word not in _saying()]


def is_of_saying(word: str) -> bool:
    """Tell whether a word in normalised form is one of saying or deciding, or of who does it."""
    return word in _saying()
