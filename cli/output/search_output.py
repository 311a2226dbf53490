"""What a search found, as JSON and on the terminal, after what it was narrowed to."""

from rich.console import Console
from rich.text import Text

from bot.answer.decline_reason import nothing_message
from bot.lookup.finder import Found
from cli.output.json_output import search_json, understood_json
from cli.output.json_types import Json
from cli.output.screen import print_hits, print_understood


def found_json(query: str, found: Found, language: str) -> Json:
    """Return the result of a search that was understood."""
    understood = understood_json(
        found.understood(language), found.meant.filters, found.loosened(language)
    )
    return search_json(query, found.result.hits, found.result.took_ms, understood)


def print_found(console: Console, found: Found, language: str) -> None:
    """Print hits, after what the search was narrowed to, or why there is none."""
    print_understood(console, found.understood(language), found.loosened(language), language)
    print_hits(console, found.result.hits, language)
    if found.nothing is not None:
        console.print(Text(nothing_message(found.nothing, language)))
