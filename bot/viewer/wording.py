"""The language of the viewer's pages."""

from bot.texts.viewer import EN_VIEWER, JA_VIEWER, ViewerWording

_LANGUAGES = {"ja": JA_VIEWER, "en": EN_VIEWER}


def viewer_wording(language: str) -> ViewerWording:
    """Return the texts of ``ja`` or ``en``; raises :class:`KeyError` for any other."""
    return _LANGUAGES[language]


def chosen_language(asked: str | None, accepted: str, otherwise: str) -> str:
    """Return ``ja`` or ``en``: what is asked for, what the browser prefers, or ``otherwise``.

    ``accepted`` is the header Accept-Language (RFC 9110, 12.5.4).
    """
    if asked in _LANGUAGES:
        return asked
    weighed: list[tuple[float, str]] = []
    for part in accepted.split(","):
        tag, _, weight = part.strip().partition(";")
        language = tag.strip().lower().partition("-")[0]
        if language in _LANGUAGES and (share := _weight(weight)) > 0:
            weighed.append((share, language))
    if weighed:
        return max(weighed, key=lambda each: each[0])[1]
    return otherwise if otherwise in _LANGUAGES else "ja"


def _weight(text: str) -> float:
    name, _, value = text.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
