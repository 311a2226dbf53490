"""From bytes to text in an unknown encoding: strict decodings in an order that works.

BOM, ISO-2022-JP by its escapes, UTF-16 by its NULs, strict UTF-8, and of CP932 and EUC-JP the one
that reads like Japanese.
"""

import codecs
import re
import unicodedata
from dataclasses import dataclass

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ESCAPE = re.compile(rb"\x1b(?:\$[@B]|\$\([DOPQ]|\([BJI])")
_SHIFTED = re.compile(rb"\x1b(?:\([BJ]|\$(?:[@B]|\([OPQ])([^\x1b]*))")
"""An escape to single bytes, or one to double bytes and the bytes after it."""
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fc]")
_UNLIKELY = re.compile("[\uff61-\uff9f\ue000-\uf8ff]")
_TEXT_CONTROLS = frozenset("\t\n\v\f\r\x1b\x85")
_USUAL = re.compile("[\t\n\r -~\u3000-\u3002\u3041-\u3096\u30a1-\u30fc\uff01-\uff5e]")
"""Characters that any Japanese or English text is full of."""

_ASCII = bytes(range(0x80))
_NOT_WESTERN = re.compile(rb"[\x80-\xff]{2}|[\x83\x84\x86-\x89\x95][@-~]")
"""Bytes above ASCII in a row; daggers, bullets, low quotes and per mille before a letter."""

_RARE = 20
"""At most one character in so many is not ASCII in Western text."""

_USUAL_SHARE = 0.25
_SAMPLE = 8192


@dataclass(frozen=True, slots=True)
class DecodedText:
    """Text, its encoding, and how many characters could not be decoded."""

    text: str
    encoding: str
    lost: int = 0

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a person should know of the text: whether characters were lost."""
        if not self.lost:
            return ()
        return (f"{self.lost} characters could not be decoded ({self.encoding})",)


def decode(content: bytes) -> DecodedText | None:
    """Return the text of a file, ``None`` if the bytes are not text at all."""
    decoded = _decode(content)
    if decoded is None or _is_binary(decoded):
        return None
    return decoded


def _decode(content: bytes) -> DecodedText | None:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _with_replacement(content[len(mark) :], encoding)
    if b"\x00" in content:
        return _utf16(content)
    if _ESCAPE.search(content) and content.isascii():
        return _iso_2022_jp(content)
    utf8 = _strictly(content, "utf-8")
    if utf8 is not None:
        return DecodedText(utf8, "utf-8")
    return _cp932_or_euc(content)


def _strictly(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _with_replacement(content: bytes, encoding: str) -> DecodedText:
    text = content.decode(encoding, errors="replace")
    return DecodedText(text, encoding, text.count("\ufffd"))


def _utf16(content: bytes) -> DecodedText | None:
    """UTF-16 without a BOM: of the two byte orders, the one that yields text."""
    sides = []
    for encoding in ("utf-16-le", "utf-16-be"):
        text = _strictly(content, encoding)
        if text:
            sides.append((len(_USUAL.findall(text)) / len(text), DecodedText(text, encoding)))
    share, decoded = max(sides, key=lambda side: side[0], default=(0.0, None))
    return decoded if share >= _USUAL_SHARE else None


def _iso_2022_jp(content: bytes) -> DecodedText:
    text = _strictly(content, "iso2022_jp_ext")
    if text is not None:
        return DecodedText(text, "iso-2022-jp")
    # Python's codec lacks NEC's row 13 (① ㈱): the same code points as EUC, which has them
    euc = _SHIFTED.sub(lambda run: bytes(byte | 0x80 for byte in run[1] or b""), content)
    text = _strictly(euc, "euc_jis_2004")
    if text is not None:
        return DecodedText(text, "iso-2022-jp")
    return _with_replacement(content, "iso2022_jp_ext")


def _cp932_or_euc(content: bytes) -> DecodedText:
    western = _western(content)
    if western is not None:
        return DecodedText(western, "cp1252")
    candidates = []
    for encodings in (("cp932",), ("euc_jp", "euc_jis_2004")):
        for encoding in encodings:
            text = _strictly(content, encoding)
            if text is not None:
                candidates.append((_japanese(text), DecodedText(text, encoding)))
                break
    if candidates:
        return max(candidates, key=lambda candidate: candidate[0])[1]
    lossy = [_with_replacement(content, encoding) for encoding in ("utf-8", "cp932", "euc_jp")]
    return min(lossy, key=lambda decoded: decoded.lost)


def _western(content: bytes) -> str | None:
    """Return text with only scattered single characters outside ASCII.

    In Japanese in CP932 or EUC most second bytes are above ASCII, and those of kana always are.
    """
    high = len(content.translate(None, _ASCII))
    if not high or high * _RARE > len(content) or _NOT_WESTERN.search(content):
        return None
    return _strictly(content, "cp1252")


def _japanese(text: str) -> int:
    return len(_KANA.findall(text)) - len(_UNLIKELY.findall(text))


def _is_binary(decoded: DecodedText) -> bool:
    sample = decoded.text[:_SAMPLE]
    if "\x00" in sample:
        return True
    odd = sum(unicodedata.category(char) == "Cc" for char in sample if char not in _TEXT_CONTROLS)
    odd += sample.count("\ufffd")
    return odd * 10 > len(sample)
