"""Arrays on disk, opened without being read: pages come in as they are touched."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray


def open_mapped(path: Path) -> NDArray[Any]:
    """Open a ``.npy`` file memory-mapped, for reading.

    Raises :class:`OSError` or :class:`ValueError` where it is missing or damaged.
    """
    # As a plain array: a slice of NumPy's own memmap class takes ten times as long to make.
    return np.asarray(np.load(path, mmap_mode="r"))
