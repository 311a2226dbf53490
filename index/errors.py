"""Every error that Kiroku raises on purpose, in one tree.

::

    KirokuError
     ├─ SettingError            a setting or token is missing or wrong
     ├─ EmbedderError           the embedding model cannot be had or loaded
     ├─ RerankerError           the reranker that was named cannot be loaded
     ├─ IndexStateError         the index cannot be used as it is
     │   ├─ EmbedderMismatchError   it was built with another embedder
     │   ├─ IndexBusyError          another process is writing to it
     │   └─ IndexDamagedError       a file of it is missing or unreadable
     │       └─ IndexOutdatedError      another version built it, or it is gone: it is built anew
     ├─ StorageError            the disk is full or the folder cannot be written
     ├─ ReadingError            one file could not be read (the others go on)
     ├─ SourceError             a path to ingest does not exist or holds nothing readable
     │   ├─ FolderAwayError         a watched folder is away, as its drive is
     │   └─ ManyGoneError           most files of a watched folder are gone at one stroke
     ├─ DocumentNotFoundError   no document of that name in the index
     ├─ QuestionError           a question, filter or date that cannot be understood
     └─ SlackError              Slack refuses or cannot be reached

Each message says what happened, to which file or setting, and what to do; it holds no token and
is fit to be shown to the person at the command line.
"""

__all__ = [
    "DocumentNotFoundError",
    "EmbedderError",
    "EmbedderMismatchError",
    "FolderAwayError",
    "IndexBusyError",
    "IndexDamagedError",
    "IndexOutdatedError",
    "IndexStateError",
    "KirokuError",
    "ManyGoneError",
    "QuestionError",
    "ReadingError",
    "RerankerError",
    "SettingError",
    "SlackError",
    "SourceError",
    "StorageError",
]


class KirokuError(Exception):
    """The root: catch this to catch everything that Kiroku raises on purpose."""


class SettingError(KirokuError):
    """A setting or token is missing or wrong."""


class EmbedderError(KirokuError):
    """The embedding model cannot be had or loaded."""


class RerankerError(KirokuError):
    """The reranker that was named cannot be loaded."""


class IndexStateError(KirokuError):
    """The index cannot be used as it is."""


class EmbedderMismatchError(IndexStateError):
    """The index was built with another embedder than the one that is set."""


class IndexBusyError(IndexStateError):
    """Another process is writing to the index."""


class IndexDamagedError(IndexStateError):
    """A file of the index is missing or unreadable."""


class IndexOutdatedError(IndexDamagedError):
    """The files that a search reads were built by another version of Kiroku, or are all gone."""


class StorageError(KirokuError):
    """The disk is full or the data folder cannot be written."""


class ReadingError(KirokuError):
    """One file could not be read; the message is the reason, without the file's name."""


class SourceError(KirokuError):
    """A path to ingest does not exist or holds nothing that could be read."""


class FolderAwayError(SourceError):
    """A watched folder is away, as its drive is."""


class ManyGoneError(SourceError):
    """Most files of a watched folder are gone at one stroke: a drive in it may be away."""


class DocumentNotFoundError(KirokuError):
    """No document of that name is in the index."""


class QuestionError(KirokuError):
    """A question, filter or date that cannot be understood."""


class SlackError(KirokuError):
    """Slack refuses the token, or cannot be reached."""
