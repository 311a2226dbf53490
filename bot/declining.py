"""Why there is no answer, in one sentence to the one who asked. Pure."""

from bot.answer import DeclineReason
from bot.finding import Found, Nothing
from bot.understood_words import elsewhere_message, lacking_message

_NOT_COVERED = {
    "ja": "登録された資料の中に、この質問に答える記述は見つかりませんでした。",
    "en": "The materials in the index do not answer this question.",
}
_NOTHING = {
    ("ja", Nothing.EMPTY): (
        "まだ資料が登録されていません。`kiroku ingest フォルダ` で登録してください。"
    ),
    ("en", Nothing.EMPTY): (
        "There are no materials in the index yet: add some with `kiroku ingest FOLDER`."
    ),
    ("ja", Nothing.LEFT): (
        "指定された条件に当てはまる資料は登録されていません。条件を確かめてください。"
    ),
    ("en", Nothing.LEFT): "No materials in the index fit the filters given: check them.",
}


def why_not(found: Found, place: str | None, language: str) -> tuple[DeclineReason, str]:
    """Return the reason of a decline and its message.

    ``place`` is the municipality or body that the question names and no document is of.
    """
    if found.nothing is Nothing.EMPTY:
        return DeclineReason.EMPTY_INDEX, nothing_message(found.nothing, language)
    if found.nothing is not None:
        return DeclineReason.NOT_COVERED, nothing_message(found.nothing, language)
    if place is not None:
        return DeclineReason.NOT_COVERED, elsewhere_message(place, language)
    if found.lookup is not None and found.lookup.lacking:
        title = found.lookup.documents[0].title
        message = lacking_message(title, found.lookup.lacking, language)
        return DeclineReason.NOT_COVERED, message
    return DeclineReason.NOT_COVERED, _NOT_COVERED[language]


def nothing_message(nothing: Nothing, language: str) -> str:
    """Return the sentence that says why nothing could be found at all, and what to do."""
    return _NOTHING[language, nothing]
