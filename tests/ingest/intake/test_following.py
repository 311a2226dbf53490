"""A list of sittings is followed: its minutes alone, slowly, and as the site allows."""

import pytest

from ingest.intake.following import Pace, follow
from tests.ingest.intake.test_fetching import FIRST, SECOND, local, serving, text

MENU = "<nav><a href='/gikai/r1/委員会.html'>委員会のページ</a></nav>"
RESULTS = "<html><title>検索結果</title><body><h1>検索結果</h1><p>該当 12件</p>" + "".join(
    f"<p><a href='d{n}.html'>令和6年第{n}回</a></p>" for n in range(12)
)


def page(*links, title="会議録一覧", more=""):
    """Return a page of links."""
    listed = "".join(f"<li><a href='{target}'>{words}</a></li>" for target, words in links)
    return text(
        f"<html><title>{title}</title><body>{MENU}<ul>{listed}</ul>{more}</body></html>",
        "text/html; charset=utf-8",
    )


def minutes(body):
    """Return a page of minutes."""
    lines = "".join(f"<p>{line}</p>" for line in body.split("\n"))
    return text(f"<html><body>{lines}</body></html>", "text/html; charset=utf-8")


def site():
    """Return the pages of a site with a list of two pages."""
    return {
        "/robots.txt": text("User-agent: *\nDisallow: /gikai/secret/\nCrawl-delay: 5\n"),
        "/gikai/list.html": page(
            ("m1.html", "令和6年6月3日 本会議（第1号）"),
            ("m1.html#top", "令和6年6月3日 本会議"),
            ("search.html", "会議録の検索"),
            ("help.html", "ヘルプ"),
            ("results.html", "令和5年の会議録"),
            ("gone.html", "令和4年の会議録"),
            ("secret/m9.html", "令和6年秘密会会議録"),
            ("/news/2024.html", "2024年のお知らせ"),
            ("https://example.com/m.html", "他の町の会議録"),
            ("list2.html", "次へ"),
        ),
        "/gikai/list2.html": page(("/files/m2.txt", "第2号"), ("m1.html", "令和6年6月3日")),
        "/gikai/m1.html": minutes(FIRST),
        "/files/m2.txt": text(SECOND),
        "/gikai/results.html": text(RESULTS, "text/html; charset=utf-8"),
    }


def followed(tmp_path, pages, start="/gikai/list.html", **pace):
    """Follow a list and return what came of it, what was asked and the pauses."""
    waits = []
    with serving(pages) as (host, asked):
        fetched = follow(
            host + start, tmp_path / "fetched", Pace(**pace, wait=waits.append), rule=local
        )
    return fetched, [path for path, _ in asked], waits


def test_the_minutes_of_a_list_are_fetched(tmp_path, run, documents):
    """Also those of its next page and files elsewhere on the host; nothing else is asked."""
    fetched, asked, waits = followed(tmp_path, site())
    assert asked == [
        "/robots.txt",
        "/gikai/list.html",
        "/gikai/list2.html",
        "/gikai/m1.html",
        "/gikai/results.html",
        "/gikai/gone.html",
        "/files/m2.txt",
    ]
    assert [found.name.partition("/")[2] for found in fetched.found] == [
        "gikai/m1.html",
        "files/m2.txt",
    ]
    assert waits == [5.0] * (len(asked) - 1)
    assert run(*fetched.found).added == len(documents()) == 2


def test_what_is_no_minutes_is_passed_over_and_told(tmp_path):
    """A list of results, a page that is gone, and what the site forbids."""
    fetched, _, _ = followed(tmp_path, site())
    assert [(name.rpartition("/")[2], why[:25]) for name, why in fetched.passed_over] == [
        ("results.html", "it is a list of search re"),
    ]
    told = {name.rpartition("/")[2]: why for name, why in fetched.faults}
    assert "404" in told["gone.html"]
    assert "robots.txt" in told["m9.html"]


def test_there_is_a_limit(tmp_path):
    """What is beyond it is counted."""
    fetched, asked, waits = followed(tmp_path, site(), most=1, pause_s=9.0)
    assert len(fetched.found) == 1
    assert fetched.left > 0
    assert "/files/m2.txt" not in asked
    assert set(waits) == {9.0}


@pytest.mark.parametrize(
    "robots", [(403, {}, b""), (503, {}, b""), text("User-agent: *\nDisallow: /\n")]
)
def test_a_site_that_forbids_it_is_asked_nothing_else(tmp_path, robots):
    """Nor is one that cannot tell what it allows."""
    fetched, asked, _ = followed(tmp_path, site() | {"/robots.txt": robots})
    assert asked == ["/robots.txt"]
    assert not fetched.found
    assert fetched.faults


def test_a_page_without_minutes_is_told(tmp_path):
    """The entrance of a site, or the minutes themselves, is no list."""
    pages = site() | {"/gikai/top.html": page(("search.html", "検索"), ("help.html", "使い方"))}
    fetched, _, _ = followed(tmp_path, pages, start="/gikai/top.html")
    assert "no link on it leads to minutes" in fetched.faults[0][1]
    assert not fetched.found


def test_it_never_leaves_the_host(tmp_path):
    """A redirect to another one is not followed: nobody asked that for its rules."""
    pages = site() | {"/gikai/m1.html": (302, {"Location": "http://127.0.0.2/x.html"}, b"")}
    fetched, _, _ = followed(tmp_path, pages)
    assert any("another site" in why for _, why in fetched.faults)
