"""Radicals that stand in a text where its author typed an ordinary character.

Browsers and macOS write 日 and 長 into a PDF as the radicals U+2F47 and U+2ED1, since the font
draws both with one glyph; text copied out of such a PDF has them too. Unicode's own folding (NFKC)
leaves the CJK radicals as they are, and turns some Kangxi radicals into old forms that Japanese
fonts do not draw for them (戶 for 戸).
"""

import unicodedata

_CJK_RADICALS = zip(
    "⺟⺠⻁⻄⻆⻑⻘⻝⻣⻤⻨⻩⻫⻭⻯⻲",
    "母民虎西角長青食骨鬼麦黄斉歯竜亀",
    strict=True,
)
_KANGXI_IN_JAPAN = dict(zip("⼾⾭⿈⿊", "戸青黄黒", strict=True))

RADICALS: dict[str, str] = (
    {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    | dict(_CJK_RADICALS)
    | _KANGXI_IN_JAPAN
)
"""Each radical with the Japanese ideograph that a reader sees; both are one character."""

OLD_FORMS: dict[str, str] = {
    unicodedata.normalize("NFKC", radical): ideograph
    for radical, ideograph in _KANGXI_IN_JAPAN.items()
}
"""What NFKC makes of some radicals, with the Japanese ideograph: 黑 with 黒."""
