"""What pypdf raises on files that break the rules of the format."""

from pypdf.errors import DependencyError, PyPdfError

PYPDF_ERRORS = (
    PyPdfError,
    DependencyError,
    RecursionError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    NotImplementedError,
    MemoryError,
)
"""None of it is a fault of ours: the page, or the file, is broken."""
