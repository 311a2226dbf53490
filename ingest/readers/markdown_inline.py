"""What within a line of Markdown is layout and no word: bold, italic, code, links, escapes.

Written by hand, for CommonMark does not see 「これは**「注意」**です」 as bold, which Japanese
authors mean, but sees 2*3*4 as italic. A star that marks a footnote or multiplies stays.
"""

import re

_CODE = re.compile(r"(?<!`)(`+)(?!`)(.{1,1000}?)(?<!`)\1(?!`)", re.DOTALL)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_LINK = re.compile(
    r"!?\[(?P<words>[^\[\]]{0,1000})\]\([ \t]*"
    r"(?P<address><[^<>\n]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)"
    r"(?:[ \t]+(?:\"[^\"]*\"|'[^']*'))?[ \t]*\)"
)
_OF_ADDRESS = re.compile(r"[./#:<]")
_PLAIN_ADDRESS = re.compile(r"<((?:https?|mailto|ftp):[^<>\s]+|[\w.+-]+@[\w-]+\.[\w.-]+)>")
_OPENING = r"(（「『【〔［｛〈《“‘\[{"
_PUNCTUATION = r"!-/:-@\[-`{-~、。，．・：；！？（「『【〔［｛〈《“‘）」』】〕］｝〉》”’"
_LETTER = rf"[^\s{_PUNCTUATION}]"
_NEXT = rf"(?=[^\s{_PUNCTUATION}]|[{_OPENING}#*_])"
"""Before it any mark opens; before other punctuation only one that stands at the edge of a word."""
_AT_EDGE = rf"(?<!{_LETTER})"
_BEHIND = rf"(?<=[^\s{_OPENING}])"
_BOTH = re.compile(rf"(?<!\*)\*\*\*(?![\s*])([^*]{{1,1000}}?){_BEHIND}\*\*\*(?!\*)")
_STRONG = re.compile(
    rf"(?<!\*)(?:\*\*(?!\*){_NEXT}|{_AT_EDGE}\*\*(?![\s*]))(?!(?<=\d\*\*)\d)"
    rf"(.{{1,1000}}?){_BEHIND}\*\*(?!\*)",
    re.DOTALL,
)
_STRONG_BELOW = re.compile(r"(?<!\w)__(?=[^\s_])(.{1,1000}?)(?<=[^\s_])__(?!\w)", re.DOTALL)
_EMPHASIS = re.compile(
    rf"(?<![*)）\w])\*(?![*\s])([^*]{{1,1000}}?)"
    rf"(?:(?<={_LETTER})\*(?![*0-9A-Za-z])|{_BEHIND}\*(?![*\w]))"
)
_EMPHASIS_WITHIN = re.compile(
    rf"(?<=[^\W0-9A-Za-z])\*(?=[A-Za-z一-鿿ァ-ヶ「『])([^*]{{1,1000}}?){_BEHIND}\*"
    r"(?=[^\W0-9A-Za-z])"
)
"""Within Japanese, where it stands around a word, not behind two (単価*と数量*)."""
_EMPHASIS_BELOW = re.compile(r"(?<!\w)_(?=[^\s_])([^_]{1,1000}?)(?<=[^\s_])_(?!\w)")
_STRUCK = re.compile(r"(?<!~)~~(?=[^\s~])(?!(?<=\d~~)\d)(.{1,1000}?)(?<=[^\s~])~~(?!~)", re.DOTALL)
_FORMULA = re.compile("[=＝]")
_NOTE = re.compile(r"^[ \u3000]*(?:\\?\*){1,3}(?![*\s])[^*\n]+$", re.MULTILINE)
_KEPT = re.compile("\ue000(\\d+)\ue001")


def has_star_notes(text: str) -> bool:
    """Tell whether a line is a footnote under a star (``*税込み``): stars in the text mark it."""
    return _NOTE.search(text) is not None


def words_alone(text: str, *, star_notes: bool = False) -> tuple[str, int]:
    """Return a paragraph, a heading or a cell without layout, and how often words are struck out.

    What is struck out is left out. No line is added or lost. ``star_notes``: see
    :func:`has_star_notes`; a star behind a word is no emphasis then, nor in a formula.
    """
    kept: list[str] = []

    def keep(words: str) -> str:
        kept.append(words)
        return f"\ue000{len(kept) - 1}\ue001"

    text = _CODE.sub(lambda match: keep(_without_edges(match[2])), text)
    text = _ESCAPED.sub(lambda match: keep(match[1]), text)
    text = _PLAIN_ADDRESS.sub(lambda match: keep(match[1]), text)
    text = _LINK.sub(_words, text)
    text, struck = _STRUCK.subn(_lines_alone, text)
    marks = [_BOTH, _STRONG, _STRONG_BELOW, _EMPHASIS, _EMPHASIS_BELOW]
    if not star_notes and not _FORMULA.search(text):
        marks.append(_EMPHASIS_WITHIN)
    for mark in marks:
        text = mark.sub(lambda match: match[1], text)
    return _restored(text, kept), struck


def _restored(text: str, kept: list[str]) -> str:
    def put_back(match: re.Match[str]) -> str:
        return kept[int(match[1])]

    return _KEPT.sub(put_back, text)


def _words(link: re.Match[str]) -> str:
    # 「[別表](第3条関係)」 is no link
    return link["words"] if _OF_ADDRESS.search(link["address"]) else link[0]


def _lines_alone(struck: re.Match[str]) -> str:
    return "\n" * struck[0].count("\n")


def _without_edges(code: str) -> str:
    padded = code.startswith(" ") and code.endswith(" ") and code.strip()
    return code[1:-1] if padded else code
