"""Write the commands' help into docs/commands.md (``make docs``); a test tells when it is stale."""

import sys
from pathlib import Path

import click

from cli.main import COMMANDS, kiroku
from index.settings import SETTINGS

BEGIN = "<!-- generated: make docs -->"
END = "<!-- end of generated -->"


def commands_reference() -> str:
    """Return the help of every command as Markdown."""
    parts = [_section("kiroku", kiroku, click.Context(kiroku, info_name="kiroku"))]
    for name in COMMANDS:
        command = kiroku.get_command(click.Context(kiroku), name)
        if command is not None:
            context = click.Context(command, info_name=f"kiroku {name}")
            parts.append(_section(f"kiroku {name}", command, context))
    return "\n".join(parts)


def settings_reference() -> str:
    """Return the table of settings as Markdown."""
    rows = ["| setting | what it is for | default |", "|---|---|---|"]
    rows += [
        f"| `{setting.name}` | {setting.purpose} | "
        + (f"`{setting.default}` |" if setting.default else "– |")
        for setting in SETTINGS
    ]
    return "\n".join(rows) + "\n"


def brought_up_to_date(page: str) -> str:
    """Return the page with its generated parts, commands first and settings second, made anew."""
    generated = [commands_reference(), settings_reference()]
    pieces = page.split(BEGIN)
    if len(pieces) != len(generated) + 1:
        message = f"the page must hold {BEGIN} {len(generated)} times"
        raise ValueError(message)
    kept = [piece.partition(END)[2] for piece in pieces[1:]]
    renewed = [f"{BEGIN}\n{part}{END}{after}" for part, after in zip(generated, kept, strict=True)]
    return "".join([pieces[0], *renewed])


def _section(name: str, command: click.Command, context: click.Context) -> str:
    context.max_content_width = 100
    context.terminal_width = 100
    context.help_option_names = ["-h", "--help"]
    return f"### `{name}`\n\n```text\n{command.get_help(context)}\n```\n"


if __name__ == "__main__":
    path = Path(sys.argv[1])
    path.write_text(brought_up_to_date(path.read_text(encoding="utf-8")), encoding="utf-8")
