"""The marks that tie a sentence to its citations, and a document's own that look alike.

Minutes have notes of their own, ``[9]``, and beside ours a reader could take one for a citation.
"""

import re
from collections.abc import Iterable

from index.language.visible import visible

_LIKE_OURS = re.compile(r"\[(\d{1,3})\]")


def marks(numbers: Iterable[int]) -> str:
    """Return the marks behind a sentence: ``" [1] [2]"``."""
    return "".join(f" [{number}]" for number in numbers)


def as_shown(quoted: str) -> str:
    """Return a document's words with its own ``[9]`` in full-width brackets, which ours never are.

    Characters that only steer what is shown are left out. Under NFKC the rest is as it was.
    """
    return _LIKE_OURS.sub(r"［\1］", visible(quoted))
