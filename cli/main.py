"""The entry point: finds the module of the command that was asked for, and imports no other.

``kiroku --help`` and ``kiroku --version`` answer at once; torch, Slack's SDK and the PDF reader are
loaded only by the commands that need them.
"""

import contextlib
import importlib
import os
import sys
from gettext import gettext
from typing import IO

import click

from cli.distribution import DISTRIBUTION
from index.errors import KirokuError

INTERRUPTED = 130

COMMANDS: dict[str, str] = {
    "demo": "Ingest the sample council and ask it four questions.",
    "ingest": "Add files, folders and zips to the index; replace what changed.",
    "remove": "Take documents out of the index.",
    "ask": "Answer a question with citations, or say that it is not covered.",
    "search": "Find ranked passages, without an answer.",
    "documents": "List what is in the index.",
    "show": "Show how one document was understood.",
    "history": "Show prior discussions of a topic, oldest first, by meeting.",
    "evaluate": "Measure search and answers on questions whose answers are known.",
    "serve": "Run the Slack bot.",
    "feedback": "Tell what people thought of answers, and what was declined most.",
    "forget": "Delete what is kept of a Slack user.",
    "watch": "Ingest a folder again whenever its files change.",
    "status": "Tell the state of the index and of the bot.",
    "check": "Check tokens, model, index, disk and settings.",
    "verify": "Tell whether the index is whole and as it was written; mend it.",
    "backup": "Write the data folder into one file, while it is in use.",
    "restore": "Bring a backup back.",
}
"""Every command with its line in ``kiroku --help``; its module is ``cli.commands.<name>``."""


class Failure(click.ClickException):
    """An error of Kiroku's own as click ends a command: one line on standard error, status 1."""

    def show(self, file: IO[str] | None = None) -> None:
        """Print the line."""
        click.echo(f"kiroku: {self.format_message()}", file=file, err=True)


class LazyGroup(click.Group):
    """A group whose commands are imported when they are run, and no sooner."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the help."""
        del ctx  # click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command's module."""
        del ctx  # click's signature
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(f"cli.commands.{cmd_name}").command
        if not isinstance(command, click.Command):
            message = f"cli.commands.{cmd_name} has no click command"
            raise TypeError(message)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        del ctx  # click's signature
        with formatter.section(gettext("Commands")):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; end with the statuses and the one line that scripts rely on."""
        try:
            result: object = super().invoke(ctx)
            sys.stdout.flush()
        except KirokuError as error:
            raise Failure(_one_line(str(error))) from error
        except KeyboardInterrupt:
            click.echo(err=True)
            raise click.exceptions.Exit(INTERRUPTED) from None
        except BrokenPipeError:
            _drop_output()
            raise click.exceptions.Exit(0) from None
        except OSError as error:
            raise Failure(_one_line(_reason(error))) from error
        else:
            return result


def _one_line(message: str) -> str:
    return " ".join(message.split())


def _reason(error: OSError) -> str:
    reason = error.strerror or str(error)
    return f"{error.filename}: {reason}" if error.filename else reason


def _drop_output() -> None:
    """Let what is still buffered go nowhere: its reader (``| head``) has had enough."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _quiet_libraries() -> None:
    """Silence bars and warnings of the model libraries, which read these when imported."""
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="`kiroku COMMAND --help` tells what a command takes.",
)
@click.version_option(
    None, "--version", package_name=DISTRIBUTION, prog_name="kiroku", message="%(prog)s %(version)s"
)
def kiroku() -> None:
    """Answer questions from a council's own minutes, ordinances and reports, with citations."""
    _quiet_libraries()


def main() -> None:
    """Run ``kiroku`` and end the process with its exit status."""
    kiroku.main(prog_name="kiroku")
