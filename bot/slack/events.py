"""What a line of the log says beside its text, for machines that read the log."""


def about(
    key: str, event: str, outcome: str | None = None, seconds: float | None = None
) -> dict[str, object]:
    """Return the ``extra`` of a log record.

    ``key`` names the message, ``event`` what became of it in a word, ``outcome`` how, after how
    many ``seconds``. None of them is anything that a person wrote.
    """
    ms = None if seconds is None else round(1000 * seconds)
    return {"event": event, "key": key, "outcome": outcome, "ms": ms}
