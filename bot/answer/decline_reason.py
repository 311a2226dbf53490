"""Why there is no answer, in one sentence to the one who asked. Pure."""

from collections.abc import Sequence

from bot.answer.answer import Choice, DeclineReason
from bot.answer.out_of_scope import OutOfScope, ScopeKind
from bot.lookup.finder import Found, Nothing
from bot.question.filters import Sort
from bot.question.time_labels import time_words
from index.passage import Hit

_NOT_COVERED = {
    "ja": "登録された資料の中に、この質問に答える記述は見つかりませんでした。",
    "en": "The materials in the index do not answer this question.",
}
_UNSURE = {
    "ja": "はっきり答える記述は見つかりませんでした。いちばん近い記述です。",
    "en": "Nothing in the index answers this clearly. This comes nearest:",
}
_ELSEWHERE = {
    "ja": "「{what}」には見つかりませんでした。{where}には次のようにあります。",
    "en": "Nothing was found in: {what}. This is from {where}:",
}
_SAID_BY = {
    "ja": (
        "「{what}」の中に、この質問に答えるものは見つかりませんでした。"
        "{who}は次のように述べています。"
    ),
    "en": "Nothing in {what} answers this. {who} says:",
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


def elsewhere_message(found: Found, nearest: Hit, language: str) -> str:
    """Return the sentence above a passage of somebody else, or of another meeting or time.

    It says what was asked for and is not there, and whose words these are.
    """
    what = _SEVERAL[language].join(found.understood(language))
    who = nearest.passage.speaker
    if who and any(part.sort is Sort.PERSON for part in found.meant.kept):
        return _SAID_BY[language].format(what=what, who=who)
    date = nearest.document.date
    day = "" if date is None else time_words(date, date, language)
    title = nearest.document.title
    where = title if not day or day in title else f"{day} {title}"
    return _ELSEWHERE[language].format(what=what, where=where)


def nothing_message(nothing: Nothing, language: str) -> str:
    """Return the sentence that says why nothing could be found at all, and what to do."""
    return _NOTHING[language, nothing]


def which_message(choices: Sequence[Choice], language: str) -> str:
    """Return the question back: what the choices are."""
    return _WHICH[language].format(what=_SEVERAL[language].join(c.label for c in choices))


def _lacking_message(title: str, address: str, language: str) -> str:
    """Return the sentence that says that an ordinance has no such article, paragraph or item."""
    return _LACKING[language].format(title=title, address=address)
