"""Pictures of pages: drawn by another process, in memory, and the last ones kept."""

import json
import logging
import os
import subprocess
import sys
import threading
from collections import OrderedDict
from dataclasses import dataclass

from bot.viewer import rendering

WIDTH = 1_400
"""Pixels: an A4 page is readable when it is enlarged to twice the width of a telephone."""

_SECONDS = 40.0
_AT_ONCE = 2
_KEPT_BYTES = 48 << 20

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as it is, ``width`` by ``height`` pixels; ``media_type`` is PNG or JPEG."""

    content: bytes
    media_type: str
    width: int
    height: int


class Pictures:
    """Draws pages, two at a time, and keeps the last 48 MB. Use it from any thread."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, int], Picture] = OrderedDict()
        self._lock = threading.Lock()
        self._drawing = threading.BoundedSemaphore(_AT_ONCE)

    def kept(self, content_hash: str, page: int) -> Picture | None:
        """Return a page that was drawn before; ``content_hash`` is the document's."""
        with self._lock:
            picture = self._kept.get((content_hash, page))
            if picture is not None:
                self._kept.move_to_end((content_hash, page))
            return picture

    def of(self, content: bytes, content_hash: str, page: int) -> Picture | None:
        """Return page ``page`` (from 1) of a document; ``None`` where it cannot be drawn."""
        if (known := self.kept(content_hash, page)) is not None:
            return known
        with self._drawing:
            picture = self.kept(content_hash, page) or draw(content, page)
        if picture is not None:
            self._keep((content_hash, page), picture)
        return picture

    def _keep(self, key: tuple[str, int], picture: Picture) -> None:
        with self._lock:
            self._kept[key] = picture
            self._kept.move_to_end(key)
            while sum(len(each.content) for each in self._kept.values()) > _KEPT_BYTES:
                self._kept.popitem(last=False)


def draw(content: bytes, page: int, width: int = WIDTH) -> Picture | None:
    """Draw a page in a process of its own; ``None`` where that fails or takes too long.

    The process gets none of this one's environment, where the tokens are.
    """
    asked = json.dumps({"page": page, "width": width}).encode() + b"\n"
    try:
        drawn = subprocess.run(  # noqa: S603  our own module, run by our own interpreter
            [sys.executable, "-P", "-m", rendering.__name__],
            input=asked + content,
            capture_output=True,
            check=True,
            timeout=_SECONDS,
            env={"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        )
        head, _, picture = drawn.stdout.partition(b"\n")
        about = json.loads(head)
        return Picture(picture, str(about["type"]), int(about["width"]), int(about["height"]))
    except subprocess.CalledProcessError as error:
        told = error.stderr.decode(errors="replace").splitlines() or [f"exit {error.returncode}"]
        why = told[-1]
    except (subprocess.TimeoutExpired, OSError, ValueError, KeyError) as error:
        why = type(error).__name__
    _log.warning("a page could not be drawn (%s); its text is shown", why)
    return None
