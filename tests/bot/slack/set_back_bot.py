"""A canned bot whose clock is set back by a year once ``SET_BACK`` lies in its data folder."""

import os
import sys
import time
from pathlib import Path

from tests.bot.slack.canned_bot import main

SET_BACK = "clock-set-back"
_YEAR_S = 365 * 24 * 3600
_right = time.time


def _set_back() -> float:
    there = Path(os.environ["KIROKU_DATA"], SET_BACK).exists()
    return _right() - _YEAR_S * there


if __name__ == "__main__":
    time.time = _set_back
    sys.exit(main())
