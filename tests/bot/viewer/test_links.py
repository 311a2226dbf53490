"""Signed links: their form, what makes them genuine, and the key."""

import re
import stat
import threading
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.viewer.fingerprint import fingerprint
from bot.viewer.links import KEY_FILE, Links, links_of, load_key
from index.errors import StorageError
from index.passage import Collection, DocumentId, PassageId, document_key
from index.settings import read_settings

LINKS = Links(b"k" * 32, "https://kiroku.town.example", 365)
DOCUMENT, PASSAGE = DocumentId("本会議/第1回 会議録#2.pdf"), PassageId("0db73d489f09-0016")
KEY = document_key(DOCUMENT)
_DAY = 86_400


def parts_of(url):
    """Return document, passage, expiry and signature of a link, as a server reads them."""
    parts = urlsplit(url)
    head, _, passage = parts.path.rpartition("/")
    asked = parse_qs(parts.query)
    return head.removeprefix("/p/"), passage, asked["e"][0], asked["s"][0]


def test_a_link_has_the_form_of_the_contract():
    """Public address, /p/, document, passage, expiry and signature."""
    url = LINKS.url(DOCUMENT, PASSAGE, "言葉")
    assert re.fullmatch(
        r"https://kiroku\.town\.example/p/[0-9a-f]{12}/0db73d489f09-0016\?e=\d+&s=[\w-]{40}", url
    )
    assert parts_of(url)[:2] == (KEY, PASSAGE)


def test_a_genuine_link_tells_which_words_it_was_made_for():
    """What is verified is the fingerprint of the words."""
    assert LINKS.verified(*parts_of(LINKS.url(DOCUMENT, PASSAGE, "言葉"))) == fingerprint("言葉")


@pytest.mark.parametrize("place", range(4))
def test_a_link_that_was_changed_is_not_genuine(place):
    """Another document, passage, expiry or signature."""
    parts = list(parts_of(LINKS.url(DOCUMENT, PASSAGE, "言葉")))
    for changed in (parts[place][:-1], parts[place] + "0", "", "x", f"0{parts[place]}"):
        assert LINKS.verified(*[*parts[:place], changed, *parts[place + 1 :]]) is None


def test_every_single_letter_of_the_signature_counts():
    """None of them can be changed; nor can it be written in another alphabet."""
    *named, signature = parts_of(LINKS.url(DOCUMENT, PASSAGE, "言葉"))
    for at, letter in enumerate(signature):
        other = "A" if letter != "A" else "B"
        assert LINKS.verified(*named, signature[:at] + other + signature[at + 1 :]) is None
    assert LINKS.verified(*named, "＋" + signature[1:]) is None


def test_another_key_or_collection_does_not_take_it():
    """A link opens where it was made."""
    parts = parts_of(LINKS.url(DOCUMENT, PASSAGE, "言葉"))
    assert replace(LINKS, key=b"l" * 32).verified(*parts) is None
    assert replace(LINKS, collection=Collection("other")).verified(*parts) is None


def test_a_link_stays_the_same_for_a_day_and_then_lasts_at_least_as_long_as_set():
    """It expires at the end of a day."""
    morning, evening = 20_000 * _DAY + 60, 20_000 * _DAY + 80_000
    assert LINKS.expiry(morning) == LINKS.expiry(evening) == (20_000 + 366) * _DAY


def test_an_expired_link_is_not_genuine():
    """Also where its signature is right."""
    path = LINKS.path(KEY, PASSAGE, fingerprint("言葉"), 1_000)
    assert LINKS.verified(*parts_of(path)) is None


def test_links_may_open_for_ever():
    """KIROKU_LINK_DAYS=0."""
    url = replace(LINKS, days=0).url(DOCUMENT, PASSAGE, "言葉")
    assert "?e=0&" in url
    assert LINKS.verified(*parts_of(url)) is not None


def test_parts_of_a_page_are_signed_for_what_they_are():
    """A link to a page of one document opens neither another page nor the file."""
    parts = urlsplit(LINKS.part_path("page", 0, KEY, 3))
    signature = parse_qs(parts.query)["s"][0]
    assert LINKS.is_part("page", "0", signature, KEY, 3)
    assert not LINKS.is_part("page", "0", signature, KEY, 4)
    assert not LINKS.is_part("file", "0", signature, KEY, 3)
    assert not LINKS.is_part("page", "0", "日本\ud800", KEY, 3)


def test_without_a_public_address_there_are_no_links(tmp_path: Path):
    """No key is made either."""
    assert links_of(read_settings({}, tmp_path, tmp_path)) is None
    assert not (tmp_path / KEY_FILE).exists()


def test_the_key_is_made_once_and_for_this_user_alone(tmp_path: Path):
    """Twenty that ask at once get the same one; others may not read it."""
    found: list[bytes] = []
    asking = [threading.Thread(target=lambda: found.append(load_key(tmp_path))) for _ in range(20)]
    for each in asking:
        each.start()
    for each in asking:
        each.join()
    assert len(found) == 20
    assert len(set(found)) == 1
    assert len(found[0]) == 32
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [KEY_FILE]


def test_a_key_that_others_may_read_is_closed_to_them(tmp_path: Path):
    """A copy of the data folder may have lost its modes."""
    key = load_key(tmp_path)
    (tmp_path / KEY_FILE).chmod(0o644)
    assert load_key(tmp_path) == key
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600


def test_a_damaged_key_is_told_with_what_to_do(tmp_path: Path):
    """It is never made anew in silence: all links would end."""
    (tmp_path / KEY_FILE).write_text("xyz")
    with pytest.raises(StorageError, match="put back a copy"):
        load_key(tmp_path)
