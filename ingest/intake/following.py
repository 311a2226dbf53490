"""Following one list of sittings on the web: each of its minutes is fetched, slowly.

What the site's robots.txt forbids is left alone, its crawl delay is kept, and there is a limit.
Only the list's own host is asked, and nothing is followed further than from the list to minutes.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import SplitResult
from urllib.robotparser import RobotFileParser

from index.errors import ReadingError
from ingest.decoding import decode
from ingest.document.source import Line
from ingest.intake.fetching import (
    AGENT,
    Fetched,
    checked_address,
    document_name,
    fetch,
    is_page,
    store_fetched,
    suffix_of,
)
from ingest.intake.list_links import LinkedPage, list_goes_on, minutes_linked, read_links
from ingest.intake.public_addresses import AddressRule, is_public_address
from ingest.intake.scan import FoundFile, expand_packed
from ingest.intake.web_connection import Response
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.readers.html.no_document import why_no_document

_MOST_LIST_PAGES = 20
_LONGEST_DELAY_S = 60.0
_REFUSED = frozenset({401, 403})
_LONGEST_ROBOTS = 500_000
_NONE_LINKED = (
    "no link on it leads to minutes: name the page that lists them, or the minutes themselves"
)


@dataclass(frozen=True, slots=True)
class Pace:
    """How many minutes are fetched at most, and how many seconds pass between two requests.

    ``wait`` is how that time passes.
    """

    most: int = 100
    pause_s: float = 2.0
    wait: Callable[[float], None] = time.sleep


@dataclass(slots=True)
class _Visit:
    """One site that is asked, page by page."""

    rule: AddressRule
    limits: Limits
    pause_s: float
    wait: Callable[[float], None]
    robots: RobotFileParser = field(default_factory=RobotFileParser)
    asked: bool = False

    def begin(self, list_at: SplitResult) -> None:
        """Read what the site allows. Raises :class:`ReadingError` where that cannot be told."""
        at = list_at._replace(path="/robots.txt", query="", fragment="")
        response = self._request(at)
        if response.status in _REFUSED:
            self.robots.parse(["User-agent: *", "Disallow: /"])
        elif response.status < 400:  # noqa: PLR2004  there is one
            text = response.content[:_LONGEST_ROBOTS].decode("utf-8", "replace")
            self.robots.parse(text.splitlines())
        elif response.status < 500:  # noqa: PLR2004  there is none
            self.robots.parse([])
        else:
            message = f"{at.netloc} does not tell what may be fetched (robots.txt): try again later"
            raise ReadingError(message)
        delay = float(self.robots.crawl_delay(AGENT) or 0)
        if delay > _LONGEST_DELAY_S:
            message = f"{at.netloc} asks for {delay:.0f} seconds between pages: save them as files"
            raise ReadingError(message)
        self.pause_s = max(self.pause_s, delay)

    def get(self, parts: SplitResult) -> Response:
        """Return a page that the site allows to be fetched."""
        if not self.robots.can_fetch(AGENT, parts.geturl()):
            message = "the site does not allow it to be fetched by programs (robots.txt)"
            raise ReadingError(message)
        return self._request(parts, accept_any=False)

    def _request(self, parts: SplitResult, *, accept_any: bool = True) -> Response:
        if self.asked:
            self.wait(self.pause_s)
        self.asked = True
        return fetch(parts, self.rule, self.limits, accept_any=accept_any, host=parts.netloc)


def follow(
    address: str,
    folder: Path,
    pace: Pace = Pace(),
    *,
    limits: Limits = DEFAULT_LIMITS,
    rule: AddressRule = is_public_address,
) -> Fetched:
    """Fetch the minutes that a list leads to, up to ``pace.most``, into ``folder``.

    Raises :class:`index.errors.SourceError` for an address that is never fetched.
    """
    first = checked_address(address)
    visit = _Visit(rule, limits, pace.pause_s, pace.wait)
    try:
        visit.begin(first)
        linked = list(_linked(visit, first, pace.most))
    except ReadingError as error:
        return Fetched((), ((document_name(first, ""), str(error)),))
    if not linked:
        return Fetched((), ((document_name(first, ""), _NONE_LINKED),))
    fetched = _fetched(visit, linked[: pace.most], folder)
    return replace(fetched, left=max(0, len(linked) - pace.most))


def _fetched(visit: _Visit, linked: Sequence[SplitResult], folder: Path) -> Fetched:
    found: list[FoundFile] = []
    faults: list[tuple[str, str]] = []
    passed_over: list[tuple[str, str]] = []
    for parts in linked:
        try:
            response = visit.get(parts)
            if why := _why_passed_over(response):
                passed_over.append((document_name(parts, ""), why))
                continue
            name = document_name(parts, suffix_of(parts, response))
            found += expand_packed(store_fetched(folder, name, response.content), visit.limits)
        except (ReadingError, OSError) as error:
            why = str(error) if isinstance(error, ReadingError) else "it could not be stored"
            faults.append((document_name(parts, ""), why))
    return Fetched(tuple(found), tuple(faults), tuple(passed_over))


def _linked(visit: _Visit, first: SplitResult, most: int) -> Iterator[SplitResult]:
    """Yield the minutes that the pages of a list lead to; one more than ``most`` ends it."""
    pages, seen, told = [first], {first}, set[SplitResult]()
    for at in pages:
        page = _page(visit.get(at))
        if page is None:
            continue
        for parts in minutes_linked(page, at):
            if parts not in told and parts not in seen:
                told.add(parts)
                yield parts
        for parts in list_goes_on(page, at):
            if parts not in seen and len(pages) < _MOST_LIST_PAGES and len(told) <= most:
                seen.add(parts)
                pages.append(parts)


def _page(response: Response) -> LinkedPage | None:
    decoded = decode(response.content) if is_page(response) else None
    return None if decoded is None else read_links(decoded.text)


def _why_passed_over(response: Response) -> str | None:
    """Return why a page that a list leads to is no minutes; ``None`` for a document."""
    page = _page(response)
    if page is None:
        return None
    why = why_no_document(page.title, [Line(line) for line in page.lines])
    return why or ("it is a list of links" if page.is_menu else None)
