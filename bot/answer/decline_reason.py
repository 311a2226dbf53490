"""Why there is no answer, in one sentence to the one who asked. Pure."""

from collections.abc import Sequence

from bot.answer.answer import Choice, DeclineReason
from bot.answer.out_of_scope import OutOfScope, ScopeKind
from bot.lookup.finder import Found, Nothing

_NOT_COVERED = {
    "ja": "登録された資料の中に、この質問に答える記述は見つかりませんでした。",
    "en": "The materials in the index do not answer this question.",
}
_UNSURE = {
    "ja": "はっきり答える記述は見つかりませんでした。いちばん近い記述です。",
    "en": "Nothing in the index answers this clearly. This comes nearest:",
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

_NOT_HERE = {
    ("ja", ScopeKind.PLACE): "「{name}」についての資料は登録されていません。",
    ("en", ScopeKind.PLACE): "There are no materials on “{name}” in the index.",
    ("ja", ScopeKind.BODY): "「{name}」の資料は登録されていません。",
    ("en", ScopeKind.BODY): "There are no materials of “{name}” in the index.",
    ("ja", ScopeKind.PERSON): "「{name}」という名前は、登録された資料に出てきません。",
    ("en", ScopeKind.PERSON): "The name “{name}” does not occur in the index.",
}

_LACKING = {
    "ja": "登録された「{title}」に、{address}は見当たりません。",
    "en": "“{title}”, as it is in the index, has no {address}.",
}
_WHICH = {
    "ja": "どれについての質問か、決められませんでした: {what}。どれかを指定してください。",
    "en": "This may mean more than one thing: {what}. Please say which.",
}
_SEVERAL = {"ja": "、", "en": "; "}


def why_not(found: Found, missing: OutOfScope | None, language: str) -> tuple[DeclineReason, str]:
    """Return the reason of a decline and its message.

    ``missing`` is what the question names and no document is of.
    """
    if found.nothing is Nothing.EMPTY:
        return DeclineReason.EMPTY_INDEX, nothing_message(found.nothing, language)
    if found.nothing is not None:
        return DeclineReason.NOT_COVERED, nothing_message(found.nothing, language)
    if missing is not None:
        message = _NOT_HERE[language, missing.sort].format(name=missing.name)
        return DeclineReason.NOT_COVERED, message
    if found.lookup is not None and found.lookup.lacking:
        title = found.lookup.documents[0].title
        message = _lacking_message(title, found.lookup.lacking, language)
        return DeclineReason.NOT_COVERED, message
    return DeclineReason.NOT_COVERED, _NOT_COVERED[language]


def unsure_message(language: str) -> str:
    """Return the sentence above the one passage that may answer."""
    return _UNSURE[language]


def nothing_message(nothing: Nothing, language: str) -> str:
    """Return the sentence that says why nothing could be found at all, and what to do."""
    return _NOTHING[language, nothing]


def which_message(choices: Sequence[Choice], language: str) -> str:
    """Return the question back: what the choices are."""
    return _WHICH[language].format(what=_SEVERAL[language].join(c.label for c in choices))


def _lacking_message(title: str, address: str, language: str) -> str:
    """Return the sentence that says that an ordinance has no such article, paragraph or item."""
    return _LACKING[language].format(title=title, address=address)
