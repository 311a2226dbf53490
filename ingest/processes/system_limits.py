"""Limits that the operating system enforces on a process; Windows has none."""

import contextlib
import sys

if sys.platform != "win32":
    import resource


def limit_memory(most: int) -> None:
    """Let this process have at most ``most`` bytes of address space."""
    if sys.platform != "win32":
        with contextlib.suppress(ValueError, OSError):  # macOS has this limit by name only
            _, hardest = resource.getrlimit(resource.RLIMIT_AS)
            resource.setrlimit(resource.RLIMIT_AS, (most, hardest))


def limit_time(seconds: float) -> None:
    """End this process after this many more seconds of processor time.

    This works even if the process that should end it was killed.
    """
    if sys.platform != "win32":
        used = resource.getrusage(resource.RUSAGE_SELF)
        most = int(used.ru_utime + used.ru_stime + seconds) + 1
        with contextlib.suppress(ValueError, OSError):  # above what an administrator allows
            _, hardest = resource.getrlimit(resource.RLIMIT_CPU)
            resource.setrlimit(resource.RLIMIT_CPU, (most, hardest))
