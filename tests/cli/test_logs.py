"""What a log line looks like, and what is taken out of it."""

import json
import logging

import pytest

from cli import logs


@pytest.fixture(autouse=True)
def _as_before():
    """Leave the logging of the tests as it was."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = before, level


@pytest.mark.parametrize("form", ["text", "json"])
def test_tokens_and_addresses_to_write_to_are_taken_out(form, capsys):
    """Whatever a library puts into a line."""
    logs.configure(verbose=True, form=form)
    logging.getLogger("kiroku.slack").info(
        "%s %s %s", "xoxb-12-ab", "xapp-1-A-9", "https://hooks.slack.com/actions/T1/2/abc"
    )
    line = capsys.readouterr().err
    told = line if form == "text" else json.loads(line)["message"]
    assert told.rstrip().endswith("… … …")
    assert "12-ab" not in line


def test_a_line_break_in_a_message_makes_no_second_line(capsys):
    """Each line of the log for machines is one object, whatever is in it."""
    logs.configure(verbose=True, form="json")
    logging.getLogger("kiroku.slack").warning('a "quoted"\nmessage\u2028')
    [line] = capsys.readouterr().err.splitlines()[:1]
    told = json.loads(line)
    assert told["message"] == 'a "quoted"\nmessage\u2028'
    assert (told["level"], told["event"], told["ms"]) == ("warning", "note", None)
