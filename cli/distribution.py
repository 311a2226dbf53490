"""The package as it is installed."""

import importlib.metadata

DISTRIBUTION = "kiroku-council"


def version() -> str:
    """Return the version of Kiroku."""
    return importlib.metadata.version(DISTRIBUTION)
