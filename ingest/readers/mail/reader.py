"""E-mails saved as files (.eml): the message itself. Attachments are documents of their own."""

import tempfile
from pathlib import Path

from index.errors import ReadingError
from ingest.document.source import Line, Source
from ingest.readers.html.reader import HtmlReader
from ingest.readers.mail.message import SUFFIX, MessageText, looks_like_mail, read_message
from ingest.readers.text import TextReader


class MailReader:
    """The subject is the title; sender, receivers and date are the first lines."""

    name = "e-mail"
    suffixes: tuple[str, ...] = (SUFFIX,)

    def recognises(self, path: Path, head: bytes) -> bool:
        """Say whether ``head`` begins with the headers of a message."""
        return looks_like_mail(path.suffix.lower(), head)

    def read(self, path: Path) -> Source:
        """Read the message. Raises :class:`ReadingError` where there is nothing in it."""
        message = read_message(path)
        if not message.headers and not message.text.strip():
            told = "there is nothing in the message: save it anew"
            raise ReadingError(told)
        body = _body(message)
        subject = message.headers.pop("Subject", None)
        heads = [Line(f"{name}: {value}") for name, value in message.headers.items()]
        return Source(
            lines=(*([Line(subject, level=1)] if subject else []), *heads, *body.lines),
            title=subject,
            warnings=(*message.warnings, *body.warnings),
        )


def _body(message: MessageText) -> Source:
    """Read the text as a file of its own."""
    if not message.text.strip():
        return Source(lines=(), warnings=("there is no text in the message",))
    reader = HtmlReader() if message.is_html else TextReader()
    with tempfile.TemporaryDirectory(prefix="kiroku-") as folder:
        file = Path(folder, "body.html" if message.is_html else "body.txt")
        file.write_bytes(message.text.encode("utf-8-sig", "replace"))
        return reader.read(file)
