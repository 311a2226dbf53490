"""A font of this machine in which Japanese can be drawn. None is shipped: such a font weighs 5 MB.

Found by the names under which systems install them: Noto, Source Han, IPA, Takao, and those of
Windows and macOS.
"""

import functools
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PIL import ImageFont

_FOLDERS = (
    "~/.local/share/fonts",
    "~/.fonts",
    "/usr/local/share/fonts",
    "/usr/share/fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "C:/Windows/Fonts",
)
_NAMES = (
    *("NotoSansCJK-Regular.ttc", "NotoSansCJKjp-Regular.otf", "NotoSansJP-Regular.otf"),
    *("NotoSansJP-Regular.ttf", "NotoSansJP[wght].ttf", "SourceHanSansJP-Regular.otf"),
    *("SourceHanSans-Regular.ttc", "SourceHanSans.ttc", "BIZUDPGothic-Regular.ttf"),
    *("ipaexg.ttf", "ipagp.ttf", "ipag.ttf", "TakaoExGothic.ttf", "TakaoPGothic.ttf"),
    *("TakaoGothic.ttf", "VL-PGothic-Regular.ttf", "VL-Gothic-Regular.ttf"),
    *("YuGothM.ttc", "meiryo.ttc", "msgothic.ttc", "ヒラギノ角ゴシック W3.ttc"),
)
"""That read best on a screen comes first. The first face of a collection is the Japanese one."""
_NEEDED = "議事録令和年月日可決〜、"
_NOWHERE = "\U0010ffff"
"""A character that no font has: drawn as what stands for a missing one."""
_MISSING = "〓"
"""What printers set for a character that they do not have."""


@dataclass(frozen=True, slots=True)
class Font:
    """A file of outlines."""

    path: Path

    def at(self, size: int) -> ImageFont.FreeTypeFont:
        """Return the font at a size in pixels. Raises :class:`OSError`."""
        # ``truetype`` would take a file of the same name elsewhere where this one is broken
        return ImageFont.FreeTypeFont(str(self.path), size)


@functools.cache
def japanese_font() -> Font | None:
    """Return the font of this machine, ``None`` where there is none; looked for once."""
    return font_in(Path(folder).expanduser() for folder in _FOLDERS)


def font_in(folders: Iterable[Path]) -> Font | None:
    """Return the best font that one of some folders holds, at any depth."""
    found: dict[str, Path] = {}
    for folder in folders:
        for place, _, names in os.walk(folder):
            for name in set(names).intersection(_NAMES):
                found.setdefault(name, Path(place) / name)
    fonts = (Font(found[name]) for name in _NAMES if name in found)
    return next((font for font in fonts if _draws_japanese(font)), None)


def drawable(text: str, font: ImageFont.FreeTypeFont) -> str:
    """Return a text with a mark in place of each character that the font has no shape for."""
    return "".join(each if each.isspace() or has(font, each) else _MISSING for each in text)


def has(font: ImageFont.FreeTypeFont, character: str) -> bool:
    """Tell whether a font has a shape of its own for a character."""
    return _shape(font, character) != _shape(font, _NOWHERE)


def _shape(font: ImageFont.FreeTypeFont, character: str) -> tuple[tuple[int, int], bytes]:
    mask = font.getmask(character, mode="1")
    return mask.size, bytes(mask)


def _draws_japanese(font: Font) -> bool:
    try:
        drawn = font.at(24)
    except OSError:  # a file that is no font, or cannot be read
        return False
    return all(has(drawn, each) for each in _NEEDED)
