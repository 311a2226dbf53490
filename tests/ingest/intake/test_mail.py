"""E-mails: the message is a document, each attachment another one, in whatever way it was sent."""

import base64
import email.policy
from email.message import EmailMessage

import pytest

from tests.ingest.making import write_minutes, write_word
from tests.ingest.test_pipeline import MINUTES

FIRST, SECOND = MINUTES.format(number=1), MINUTES.format(number=2)
BODY = "図書館の夜間開館について、次のとおり回答します。\n来年度から週に二日とします。\n"


@pytest.fixture
def folder(tmp_path):
    """Give an empty folder for documents."""
    root = tmp_path / "documents"
    root.mkdir()
    return root


def names(searcher):
    """Return the names of the documents."""
    return sorted(document.document for document in searcher().documents())


def text(searcher, document):
    """Return all words of a document."""
    return "\n".join(passage.text for passage in searcher().passages(document))


def message(**headers):
    """Return a message with a body."""
    made = EmailMessage(policy=email.policy.SMTP)
    made["Subject"] = "夜間開館についての回答"
    made["From"] = "館長 <kan@example.jp>"
    made["To"] = "谷委員 <tani@example.jp>"
    made["Date"] = "Mon, 10 Apr 2023 09:00:00 +0900"
    made["MIME-Version"] = "1.0"
    for name, value in headers.items():
        made[name] = value
    made.set_content(BODY)
    return made


def raw(*lines, charset="utf-8"):
    """Return a message from its lines."""
    return "\r\n".join(lines).encode(charset)


def test_a_message_and_its_attachments_are_documents(run, searcher, folder):
    """The subject is the title, the headers are in the text, attachments are read as files."""
    made = message()
    pdf = write_minutes(folder.parent / "c.pdf", FIRST.splitlines()).read_bytes()
    made.add_attachment(pdf, maintype="application", subtype="pdf", filename="議事録.pdf")
    made.add_attachment(SECOND.encode("cp932"), maintype="text", subtype="plain", filename="二.txt")
    (folder / "mail.eml").write_bytes(made.as_bytes())
    assert run(folder).added == 3
    assert names(searcher) == ["mail.eml", "mail.eml/二.txt", "mail.eml/議事録.pdf"]
    held = {document.document: document for document in searcher().documents()}
    assert held["mail.eml"].title == "夜間開館についての回答"
    assert held["mail.eml/議事録.pdf"].pages == 1
    words = text(searcher, "mail.eml")
    assert "館長 <kan@example.jp>" in words
    assert "来年度から週に二日とします。" in words
    assert "第2回北浜市文化審議会" in text(searcher, "mail.eml/二.txt")
    assert run(folder, prune=True).unchanged == 3


def test_attachments_that_are_gone_are_pruned(run, searcher, folder):
    """As files of a zip: they stay until pruned, and the message itself stays."""
    made = message()
    made.add_attachment(FIRST.encode(), maintype="text", subtype="plain", filename="a.txt")
    (folder / "mail.eml").write_bytes(made.as_bytes())
    run(folder)
    (folder / "mail.eml").write_bytes(message().as_bytes())
    assert run(folder, prune=True).removed == 1
    assert names(searcher) == ["mail.eml"]


ISO = "夜間開館"


def word(text, charset, coding="B"):
    """Return an encoded word of RFC 2047."""
    content = text.encode(charset)
    if coding == "B":
        return f"=?{charset}?B?{base64.b64encode(content).decode()}?="
    return f"=?{charset}?Q?" + "".join(f"={byte:02X}" for byte in content) + "?="


@pytest.mark.parametrize("charset", ["utf-8", "iso-2022-jp", "shift_jis", "cp932", "euc-jp"])
@pytest.mark.parametrize("coding", ["base64", "8bit", "quoted-printable"])
def test_every_charset_and_coding_is_read(run, searcher, folder, charset, coding):
    """Subject, names and text as Japanese programs send them."""
    content = BODY.encode(charset)
    if coding == "base64":
        content = base64.encodebytes(content)
    if coding == "quoted-printable":
        content = "".join(f"={byte:02X}" for byte in content).encode()
    head = raw(
        f"Subject: {word(ISO, charset)}\r\n {word('の回答', charset, 'Q')}",
        "From: a@example.jp",
        f"Content-Type: text/plain; charset={charset}",
        f"Content-Transfer-Encoding: {coding}",
        "",
        "",
    )
    (folder / "mail.eml").write_bytes(head + content)
    run(folder)
    (document,) = searcher().documents()
    assert document.title == "夜間開館の回答"
    assert document.warnings == () or "could not" not in document.warnings[0]
    assert "来年度から週に二日とします。" in text(searcher, "mail.eml")


NAMES = {
    "rfc2231": "filename*=utf-8''%E7%AC%AC%E4%B8%80%E5%9B%9E.txt",
    "rfc2231 in pieces": "filename*0*=utf-8''%E7%AC%AC%E4%B8%80; filename*1*=%E5%9B%9E.txt",
    "rfc2231 in iso-2022-jp": "filename*=iso-2022-jp''%1B$BBh0l2s%1B%28B.txt",
    "encoded word": f'filename="{word("第一回.txt", "iso-2022-jp")}"',
    "encoded word of cp932": f'filename="{word("第一回.txt", "shift_jis")}"',
    "plain bytes": 'filename="第一回.txt"',
}


@pytest.mark.parametrize("way", NAMES)
@pytest.mark.parametrize("charset", ["utf-8", "cp932"])
def test_names_of_attachments_are_read(run, searcher, folder, way, charset):
    """In the way of the standards, and in those that programs use against them."""
    content = raw(
        "From: a@example.jp",
        "Message-ID: <1@example.jp>",
        'Content-Type: multipart/mixed; boundary="="',
        "",
        "--=",
        "Content-Type: text/plain",
        "",
        "本文です。",
        "--=",
        "Content-Type: application/octet-stream",
        f"Content-Disposition: attachment; {NAMES[way]}",
        "",
        FIRST,
        "--=--",
        charset=charset,
    )
    (folder / "mail.eml").write_bytes(content)
    run(folder)
    assert names(searcher) == ["mail.eml", "mail.eml/第一回.txt"]


def test_html_is_read_where_there_is_no_plain_text(run, searcher, folder):
    """Tags and scripts are not part of it; where both are sent the plain text is read once."""
    made = message()
    made.set_content("<p>週に<b>二日</b>とします。</p><script>alert(1)</script>", subtype="html")
    (folder / "html.eml").write_bytes(made.as_bytes())
    both = message()
    both.add_alternative("<p>HTMLの文</p>", subtype="html")
    (folder / "both.eml").write_bytes(both.as_bytes())
    assert run(folder).added == 2
    words = text(searcher, "html.eml")
    assert "週に二日とします。" in words
    assert "alert" not in words
    assert "HTMLの文" not in text(searcher, "both.eml")


def test_an_attached_message_is_taken_apart(run, searcher, folder):
    """Two deep; what is attached to a third one is named with what to do."""
    innermost = message()
    innermost.add_attachment(FIRST.encode(), maintype="text", subtype="plain", filename="deep.txt")
    inner = message()
    inner.add_attachment(innermost)
    inner.add_attachment(SECOND.encode(), maintype="text", subtype="plain", filename="b.txt")
    made = message()
    made.add_attachment(inner)
    (folder / "mail.eml").write_bytes(made.as_bytes())
    report = run(folder)
    first = "mail.eml/夜間開館についての回答.eml"
    assert [name for name, _ in report.unreadable] == [
        f"{first}/夜間開館についての回答.eml/deep.txt"
    ]
    assert "take the message out" in report.unreadable[0][1]
    assert names(searcher) == sorted(
        [
            "mail.eml",
            first,
            f"{first}/b.txt",
            f"{first}/夜間開館についての回答.eml",
            report.unreadable[0][0],
        ]
    )


def test_a_zip_attached_to_a_message_is_read(run, searcher, folder, tmp_path):
    """Its files are known by the path through both."""
    from tests.ingest.intake.test_archives import write_zip  # noqa: PLC0415 (its fixtures are not for here)

    made = message()
    content = write_zip(tmp_path / "a.zip", {"a.txt": FIRST}).read_bytes()
    made.add_attachment(content, maintype="application", subtype="zip", filename="資料.zip")
    (folder / "mail.eml").write_bytes(made.as_bytes())
    assert run(folder).added == 2
    assert names(searcher) == ["mail.eml", "mail.eml/資料.zip/a.txt"]


def test_two_attachments_with_one_name_are_both_read(run, searcher, folder):
    """The second gets a number; one without a name gets one by its kind."""
    made = message()
    for content in (FIRST, SECOND):
        made.add_attachment(content.encode(), maintype="text", subtype="plain", filename="a.txt")
    word_file = write_word(folder.parent / "w.docx", lambda word: word.add_paragraph("閉会です。"))
    made.add_attachment(word_file.read_bytes(), maintype="application", subtype="octet-stream")
    (folder / "mail.eml").write_bytes(made.as_bytes())
    assert run(folder).added == 4
    assert names(searcher) == [
        "mail.eml",
        "mail.eml/a (2).txt",
        "mail.eml/a.txt",
        "mail.eml/attachment 3",
    ]


def test_torn_base64_is_read_as_far_as_it_goes(run, searcher, folder):
    """What a mail program cut off is told, and the rest is read."""
    letters = base64.b64encode((BODY * 3).encode()).decode()
    content = raw(
        "Subject: test",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: base64",
        "",
        letters[:101] + "\r\n!!" + letters[101:141],
    )
    (folder / "mail.eml").write_bytes(content)
    run(folder)
    (document,) = searcher().documents()
    assert "図書館の夜間開館について" in text(searcher, "mail.eml")
    assert any("could not be decoded" in warning for warning in document.warnings)


def test_names_of_attachments_lead_nowhere(run, searcher, folder):
    """Folders in a name are part of the name: nothing is written outside."""
    made = message()
    made.add_attachment(FIRST.encode(), maintype="text", subtype="plain", filename="x")
    content = made.as_bytes().replace(b'filename="x"', b'filename="../../evil.txt"')
    (folder / "mail.eml").write_bytes(content)
    run(folder)
    assert names(searcher) == ["mail.eml", "mail.eml/_.._evil.txt"]
    assert list(folder.parent.rglob("*evil*")) == []


def test_a_message_is_known_by_its_content(run, searcher, folder):
    """A message that was saved as text is one; a text with a colon in its first line is none."""
    made = message()
    made.add_attachment(FIRST.encode(), maintype="text", subtype="plain", filename="a.txt")
    (folder / "saved.txt").write_bytes(made.as_bytes())
    (folder / "notes.txt").write_text(
        "Date: 10 April\nFrom: the library\nSubject: hours\n\n" + SECOND
    )
    assert run(folder).added == 3
    assert names(searcher) == ["notes.txt", "saved.txt", "saved.txt/a.txt"]


@pytest.mark.parametrize("depth", [7, 500])
def test_parts_in_parts_without_end_do_no_harm(run, folder, depth):
    """A message nested beyond measure is read or named, and the others go on."""
    lines = ["From: a@example.jp", "MIME-Version: 1.0"]
    for level in range(depth):
        lines += [f'Content-Type: multipart/mixed; boundary="b{level}"', "", f"--b{level}"]
    lines += ["Content-Type: text/plain", "", "本文です。"]
    (folder / "deep.eml").write_bytes(raw(*lines))
    (folder / "good.txt").write_text(FIRST)
    assert run(folder).added == 2


def test_pictures_and_signatures_are_no_attachments(run, searcher, folder):
    """A logo in the text is told of, a signature is nothing to read."""
    made = message()
    made.add_alternative('<p>HTML<img src="cid:logo"></p>', subtype="html")
    made.get_payload()[1].add_related(
        b"\x89PNG\r\n\x1a\n", maintype="image", subtype="png", cid="<logo>", filename="logo.png"
    )
    made.add_attachment(b"0", maintype="application", subtype="pkcs7-signature", filename="s.p7s")
    (folder / "mail.eml").write_bytes(made.as_bytes())
    assert run(folder).added == 1
    (document,) = searcher().documents()
    assert any("1 pictures that the message shows" in warning for warning in document.warnings)
