"""The viewer over real HTTP: what a link shows, and that nothing is shown without one."""

import datetime as dt
import io
import re
import zipfile
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote, urlencode, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import RectangleObject

from bot.viewer.linked import linked_hit
from bot.viewer.pictures import draw
from bot.viewer.rendering import picture_of
from index.passage import DocumentId, Hit, document_key
from index.store.store import Store
from index.upkeep.condition import note_backup
from ingest.ocr import page as ocr
from tests.bot.viewer.serving import PDF, SAID, TEXT, WORD, Town, fetch

KEY = document_key(DocumentId(PDF))
READ = "増員は行わ"
MARK = re.compile(
    r'<rect class="mark"[^>]* x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"'
)
CROWD = ["script", "iframe", "object", "form", "style"]
OLD = "鳥類の飼養に関する条例\n\n（目的）\n第1条　この条例は、鳥類の適正な飼養について定める。\n\n"
FEES = "（手数料）\n第2条　鳥類を飼養する者は、手数料として1羽につき800円を納めなければならない。\n"


def test_a_link_shows_the_passage_on_its_page(shown: Town):
    """Words, speaker, date, the question, what is before and after, the outline, the original."""
    page = fetch(shown.url(PDF, SAID), accept_language="ja")
    assert page.status == 200
    for words in (
        *(
            SAID,
            "図書館長（染谷君）",
            "令和4年12月12日",
            "1ページ",
            "職員は増やさずに対応するという",
        ),
        *("会議での質問", "前の箇所", "次の箇所", "この資料の目次", "原本をダウンロード"),
    ):
        assert words in page.text
    assert page.headers["content-language"] == "ja"


def test_the_cited_words_are_marked_where_they_stand(shown: Town):
    """The picture is the page; each line of the passage has a mark on it, with ink below."""
    assert ink_under_marks(shown, PDF) == [True, True]


def test_of_a_passage_the_quoted_words_are_marked(shown: Town):
    """Within the passage, which is marked faintly: in its text, and on the picture of its page."""
    document, _ = shown.held(PDF)
    passage = shown.passage(PDF, SAID)
    url = linked_hit(Hit(1, 1.0, passage, document), shown.links, SAID).url
    assert url is not None
    page = fetch(url, accept_language="ja")
    assert f"<mark>{SAID}</mark>" in page.text
    assert MARK.findall(page.text) != MARK.findall(fetch(shown.url(PDF, SAID)).text)
    assert '<rect class="around"' in page.text
    other = next(link for link in page.hrefs("p") if link.endswith("&lang=en"))
    assert "<mark>" in fetch(shown.root + other).text
    assert fetch(url.replace("&q=", "&q=1")).status == 404
    assert fetch(url.partition("&q=")[0]).status == 404


@pytest.mark.parametrize(("turned", "cut"), [(90, False), (0, True), (90, True)])
def test_marks_stand_right_on_pages_that_are_turned_or_cut(own: Town, turned: int, cut: bool):  # noqa: FBT001  a parameter
    """As a viewer shows them: turned by /Rotate, cut to their CropBox."""
    writer = PdfWriter()
    for page in PdfReader(own.papers / PDF).pages:
        if cut:
            page.cropbox = RectangleObject((40, 60, 575, 830))
        writer.add_page(page.rotate(turned))
    writer.write(own.papers / "turned.pdf")
    own.ingest()
    assert ink_under_marks(own, "turned.pdf") == [True, True]


@pytest.mark.slow
@pytest.mark.skipif(ocr.installed_engines() is None, reason="needs Tesseract")
def test_a_scan_is_shown_with_its_marks(own: Town):
    """A picture of a page is a page, read by machine: that is said beside the words."""
    scan = picture_of((own.papers / PDF).read_bytes(), 1, 2_480)
    scan.save(own.papers / "走査.png", dpi=(300, 300))
    own.ingest()
    assert ink_under_marks(own, "走査.png") == [True, True]
    page = fetch(own.url("走査.png", READ), accept_language="en")
    assert "read by machine (OCR)" in page.text


def test_where_there_are_no_pages_the_text_is_shown(shown: Town):
    """The passages around it, the cited one marked; a table's rows as rows."""
    page = fetch(shown.url(WORD, "交通政策課長"), accept_language="en")
    assert page.hrefs("page") == []
    assert "The text around it" in page.text
    assert "<td>交通政策課長</td>" in page.text
    assert page.text.count('class="text marked"') == 1
    assert "no longer at its place" not in page.text


def test_the_language_can_be_chosen_and_stays(shown: Town):
    """The other language's link shows the same passage, and so do the links on from there."""
    page = fetch(shown.url(PDF, SAID), accept_language="ja")
    other = next(link for link in page.hrefs("p") if link.endswith("&lang=en"))
    english = fetch(shown.root + other, accept_language="ja")
    assert "Cited passage" in english.text
    assert SAID in english.text
    assert all("&lang=" in link for link in english.hrefs("p"))


def test_every_link_on_a_page_opens(shown: Town):
    """Passages, pictures, the original, the style sheet; none is good for longer than the page."""
    page = fetch(shown.url(PDF, SAID))
    kinds = {kind: page.hrefs(kind) for kind in ("p", "page", "file", "style")}
    assert all(kinds.values())
    expiry = re.search(r"e=\d+", shown.url(PDF, SAID))
    assert expiry is not None
    for address in (each for found in kinds.values() for each in found):
        assert fetch(shown.root + address).status == 200
        assert expiry[0] in address


def test_a_proxy_may_take_the_path_of_the_public_address_off(shown: Town):
    """The same link without it shows the same; the links on the page keep it."""
    url = shown.url(PDF, SAID)
    page = fetch(url.replace(shown.below, "", 1))
    assert page.text == fetch(url).text
    assert all(link.startswith(f"{shown.below}/") for link in page.hrefs("p"))


def test_the_original_is_what_was_read(shown: Town):
    """Byte for byte, as a download under its own name."""
    (address,) = fetch(shown.url(PDF, SAID)).hrefs("file")
    original = fetch(shown.root + address)
    assert original.content == (shown.papers / PDF).read_bytes()
    assert original.headers["content-type"] == "application/octet-stream"
    name = quote(PDF.rpartition("/")[2], safe="")
    assert original.headers["content-disposition"] == f"attachment; filename*=UTF-8''{name}"


def test_no_page_needs_more_than_its_policy_allows(shown: Town):
    """No script, no style of its own, nothing from elsewhere."""
    page = fetch(shown.url(PDF, SAID))
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not any(f"<{name}" in page.text for name in CROWD)
    assert not re.search(r"\s(style|on\w+)=", page.text)
    assert not re.search(r"""(href|src)=["'](?!/kiroku/|#)""", page.text)


@pytest.mark.parametrize("path", ["/healthz", "/metrics", "/nothing"])
def test_every_response_protects_its_reader(shown: Town, path: str):
    """The same headers whatever is asked."""
    headers = fetch(shown.root + path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-robots-tag"] == "noindex, nofollow, noarchive"
    assert headers["cache-control"] == "no-store"
    assert "server" not in headers


def test_without_a_signature_everything_is_the_same_nothing(shown: Town):
    """What there is and what there is not cannot be told apart: 404, and no word."""
    genuine = urlsplit(shown.url(PDF, SAID))
    other = urlsplit(shown.url(TEXT, "第1条"))
    (picture,) = fetch(genuine.geturl()).hrefs("page")
    query, base = genuine.query, shown.root + shown.below
    asked = [
        f"{base}/",
        f"{base}{genuine.path.removeprefix(shown.below)}",
        f"{base}{other.path.removeprefix(shown.below)}?{query}",
        f"{genuine.geturl()}0",
        f"{base}/p/000000000000/0db73d489f09-0016?{query}",
        f"{base}/p/{quote(PDF, safe='')}/0db73d489f09-0016?{query}",
        f"{base}/p/{quote(PDF)}?{query}",
        f"{base}/p/..%2f..%2fetc%2fpasswd/x?{query}",
        f"{base}/p/../../etc/passwd?{query}",
        f"{base}/page/1/{KEY}?{query}",
        f"{base}/page/2/{KEY}?{urlsplit(picture).query}",
        f"{base}/file/0/{KEY}?{query}",
        f"{base}/file/0/{KEY}?{urlsplit(picture).query}",
        f"{base}/file/0//etc/passwd?{query}",
        f"{base}/file/0/{KEY}/?{query}",
        f"{base}/style",
        f"{base}/page/x/{KEY}?{query}",
        f"{base}/p/%ff%fe/%00?e=1&s=%00",
        f"{shown.root}/static/style.css",
    ]
    answers = [fetch(url) for url in asked]
    answers += [fetch(genuine.geturl(), method) for method in ("POST", "PUT", "DELETE")]
    answers.append(fetch(f"{base}/style", "POST"))
    told = {
        (a.status, a.content, tuple(n for n in a.headers.items() if n[0] != "date"))
        for a in answers
    }
    assert len(told) == 1
    assert answers[0].status == 404
    assert answers[0].content == b""


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(["p", "page", "file", "style"]))
def test_whatever_is_asked_without_a_signature_is_nothing(shown: Town, path, asked, kind):
    """Any path and any query: never a fault, never a word."""
    url = f"{shown.root}{shown.below}/{kind}/{quote(path, errors='replace')}"
    query = urlencode({"e": asked, "s": path, "lang": asked}, errors="replace")
    answer = fetch(f"{url}?{query}")
    assert (answer.status, answer.content) == (404, b"")


def test_an_expired_link_shows_nothing(shown: Town):
    """Also where it was genuine."""
    held, passages = shown.held(PDF)
    key = document_key(held.document)
    path = shown.links.path(key, passages[0].passage_id, b"0" * 14, 1_000_000)
    assert fetch(f"{shown.root}{path}").status == 404


def test_many_at_once_are_answered(shown: Town):
    """Sixteen people open different passages."""
    _, passages = shown.held(PDF)
    urls = [shown.url(PDF, passage.text) for passage in passages[:16]]
    with ThreadPoolExecutor(16) as pool:
        assert [answer.status for answer in pool.map(fetch, urls)] == [200] * len(urls)


def test_an_ingest_that_writes_keeps_nobody_waiting(own: Town):
    """What is published is read while the next generation is written."""
    url = own.url(PDF, SAID)
    store = Store.open(own.data)
    try:
        with store.transaction():
            assert fetch(url).status == 200
    finally:
        store.close()


def test_words_that_moved_are_found(own: Town):
    """A paragraph put in before them changes the passage's number; the link leads to the words."""
    own.write("鳥.txt", OLD + FEES)
    own.ingest()
    url = own.url("鳥.txt", "800円")
    own.write("鳥.txt", OLD + "（定義）\n第1条の2　鳥類とは、家きんを除く鳥をいう。\n\n" + FEES)
    own.ingest()
    assert own.passage("鳥.txt", "800円").passage_id not in url
    page = fetch(url, accept_language="ja")
    assert "800円" in _cited(page.text)
    assert 'class="notice"' not in page.text


def test_words_that_were_replaced_are_told_with_what_took_their_place(own: Town):
    """The link's number names another article by now: it is the nearest words that are shown."""
    own.write("鳥.txt", OLD + FEES)
    own.ingest()
    url = own.url("鳥.txt", "800円")
    new = FEES.replace("800円", "950円")
    own.write("鳥.txt", OLD + "（定義）\n第1条の2　鳥類とは、家きんを除く鳥をいう。\n\n" + new)
    own.ingest()
    page = fetch(url, accept_language="ja")
    assert "文章は、資料が読み直されてなくなりました" in page.text
    assert "950円" in _cited(page.text)


def test_a_document_that_was_removed_says_so(own: Town):
    """And says nothing else of it."""
    url = own.url(PDF, SAID)
    (own.papers / PDF).unlink()
    own.ingest()
    page = fetch(url, accept_language="en")
    assert page.status == 410
    assert "taken out of the index" in page.text
    assert "文教厚生委員会" not in page.text


@pytest.mark.parametrize("change", ["changed", "gone"])
def test_a_file_that_is_not_what_was_read_is_not_given_out(own: Town, change: str):
    """The text as it was read is shown instead, and why."""
    url = own.url(PDF, SAID)
    page = fetch(url)
    (picture,), (file,) = page.hrefs("page"), page.hrefs("file")
    if change == "gone":
        (own.papers / PDF).unlink()
    else:
        (own.papers / PDF).write_bytes((own.papers / PDF).read_bytes() + b"\n% more")
    page = fetch(url, accept_language="en")
    assert page.status == 200
    assert SAID in page.text
    assert "this is the text as it was read" in page.text
    assert page.hrefs("page") == page.hrefs("file") == []
    assert fetch(own.root + file).status == 404
    assert fetch(own.root + picture).status == 200  # the page as it was read is still kept


def test_a_file_in_an_archive_opens_like_others(own: Town):
    """Its page is drawn, and it is downloaded by itself."""
    content = (own.papers / PDF).read_bytes()
    (own.papers / PDF).unlink()
    with zipfile.ZipFile(own.papers / "委員会.zip", "w") as archive:
        archive.writestr("会議録.pdf", content)
    own.ingest()
    page = fetch(own.url("委員会.zip/会議録.pdf", SAID))
    assert len(page.hrefs("page")) == 1
    assert fetch(own.root + page.hrefs("file")[0]).content == content


def test_what_a_document_says_is_never_markup(own: Town):
    """Nor do its control characters steer what is shown."""
    own.write(
        "<b>x&amp;.txt",
        "危険な報告書\n\n1 概要\n"
        "<script>alert(1)</script><img src=x onerror=alert(2)> &lt; \u202e逆さ\u202c です。\n",
    )
    own.ingest()
    page = fetch(own.url("<b>x&amp;.txt", "onerror"))
    assert page.status == 200
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.text
    assert "<script" not in page.text
    assert "<img" not in page.text
    assert "\u202e" not in page.text


def test_a_page_that_cannot_be_drawn_is_shown_as_text(own: Town, caplog: pytest.LogCaptureFixture):
    """A file that breaks whoever draws it breaks nothing else."""
    url = own.url(PDF, SAID)
    own.write("broken.pdf", "%PDF-1.7\n" + "<<" * 5_000)
    assert draw((own.papers / "broken.pdf").read_bytes(), 1) is None
    assert draw((own.papers / PDF).read_bytes(), 99) is None
    assert "could not be drawn" in caplog.text
    assert fetch(url).status == 200


def test_health_tells_whether_the_bot_is_connected(own: Town):
    """200 or 503, as JSON; nothing of the documents."""
    healthy = fetch(f"{own.root}/healthz")
    assert healthy.status == 200
    assert '"status":"ok"' in healthy.text
    assert '"segments":1' in healthy.text
    assert '"backup_s":null' in healthy.text
    own.connected = False
    ill = fetch(f"{own.root}/healthz")
    assert ill.status == 503
    assert '"slack":"not connected"' in ill.text
    assert str(own.data) not in ill.text
    own.connected, own.trouble = True, "Slack refuses SLACK_BOT_TOKEN (token_revoked)"
    refused = fetch(f"{own.root}/healthz")
    assert refused.status == 503
    assert own.trouble in refused.text


def test_metrics_are_counted(own: Town):
    """Requests by kind and status, and the size of the index; no address."""
    fetch(own.url(PDF, SAID))
    fetch(f"{own.root}/p/{KEY}/x")
    told = fetch(f"{own.root}/metrics")
    assert told.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert 'kiroku_http_requests_total{route="p",status="200"} 1.0' in told.text
    assert 'kiroku_http_requests_total{route="p",status="404"} 1.0' in told.text
    assert "kiroku_index_documents 3.0" in told.text
    assert "kiroku_index_segments 1.0" in told.text
    assert 'kiroku_last_timestamp_seconds{what="backup"} 0.0' in told.text
    note_backup(own.data, dt.datetime(2026, 11, 29, 1, 30, tzinfo=dt.UTC))
    told = fetch(f"{own.root}/metrics")
    assert 'kiroku_last_timestamp_seconds{what="backup"} 1.7959158e+09' in told.text
    assert re.search(r'kiroku_last_timestamp_seconds{what="ingest"} 1\.\d+e\+09', told.text)
    assert "文教" not in told.text


def ink_under_marks(town: Town, document: str) -> list[bool]:
    """Return of each mark on the page of the cited words whether there is print under it."""
    page = fetch(town.url(document, READ))
    (address,) = page.hrefs("page")
    picture = fetch(town.root + address)
    assert picture.headers["content-type"] == "image/png"
    image = Image.open(io.BytesIO(picture.content)).convert("L")
    size = re.search(r'viewBox="0 0 (\d+) (\d+)"', page.text)
    assert size is not None
    assert image.size == (int(size[1]), int(size[2]))
    found = []
    for mark in MARK.findall(page.text):
        left, top, width, height = map(float, mark)
        inside = image.crop((int(left), int(top), int(left + width), int(top + height)))
        dark = sum(inside.histogram()[:128]) / (inside.width * inside.height)
        found.append(0.03 < dark < 0.5)
    return found


def _cited(page):
    """Return the part of a page that shows the cited passage."""
    return page.partition('id="words"')[2].partition("</section>")[0]
