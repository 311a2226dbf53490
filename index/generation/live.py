"""Which passages of a segment are left, and where they stand among these.

A passage that was removed or replaced stays in its segment's files until these are merged, and has
no position in the index.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)  # without slots: what is derived is kept
class Live:
    """One mark a passage of the segment."""

    marks: NDArray[np.bool_]

    @property
    def size(self) -> int:
        """How many are left."""
        return len(self.places)

    @cached_property
    def places(self) -> NDArray[np.intp]:
        """Where each that is left stands in the segment."""
        return np.flatnonzero(self.marks)

    @cached_property
    def standing(self) -> NDArray[np.int32]:
        """Where each passage of the segment stands among those left, if it is one."""
        return np.asarray(np.cumsum(self.marks) - self.marks, dtype=np.int32)
