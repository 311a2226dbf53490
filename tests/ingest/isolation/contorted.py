"""Text, pages, tables, messages and pictures that keep to their formats, and to no measure."""

import base64
import io
import struct
import zlib

from PIL import Image

SPEECH = "○議長（山田太郎君）　これより会議を開きます。"
_MEGA = 1_000_000
_LONG = 200_000
"""Of one mark in one line: patterns whose time grows with its square are not done in time."""
_ALONE = (
    *("（", "）", "「", "第", "○", "一", "、", "。", "　", "1", "-", "a", "・", "：", "か", "条"),
    *("令和", "第1", "(1)", "1.", "○議長（", "｜", "|", "=?", "&#", "＝", "…", "\t", "\r", "\\"),
)
"""What patterns look for, again and again and nothing else."""


def texts():
    """Return files of text by name."""
    made = {
        "line-of-50-mb": (SPEECH * 800_000)[: 50 * _MEGA // 3].encode(),
        "controls-only": bytes(range(1, 32)) * 9_000,
        "controls-among": "\n".join(
            f"{SPEECH}\x1b[2J\x07{chr(n % 32)}" for n in range(99)
        ).encode(),
        "turned-around": (f"\u202e{SPEECH}\u2066\u202d\n" * 99).encode(),
        "halves": b"\xff\xfe" + (SPEECH.encode("utf-16-le") + b"\x00\xd8\x0a\x00") * 99,
        "halves-without-mark": (SPEECH.encode("utf-16-le") + b"\x00\xd8\x0a\x00") * 99,
        "utf-32": b"\xff\xfe\x00\x00" + b"\xff\xff\xff\xff" * 9_000,
        "nul-among": f"{SPEECH}\n\x00\n{SPEECH}".encode(),
        "lines-of-nothing": b"\n" * 3 * _MEGA,
        "speeches-many": "\n".join(f"{SPEECH}{n}" for n in range(30_000)).encode(),
        "escapes": b"\x1b$B" * 300_000,
        "combining": ("か" + "\u3099" * _MEGA).encode(),
    }
    made |= {
        f"alone-{ord(text[0]):x}-{len(text)}": (SPEECH + "\n" + text * _LONG).encode()
        for text in _ALONE
    }
    made |= {
        f"lines-{ord(text[0]):x}-{len(text)}": (SPEECH + f"\n{text}\n" * 20_000).encode()
        for text in _ALONE[:-2]
    }
    found = {f"{name}.txt": content for name, content in made.items()}
    return found | {
        "quotes.md": b"> " * 50_000 + b"words\n" + b"* " * 50_000,
        "columns.md": b"| a " * 100_000 + b"|\n" + b"|---" * 100_000 + b"|\n",
        "brackets.md": b"[" * 300_000 + b"](" * 300_000,
        "line.csv": b"a" * _MEGA + b",b\n1,2\n",
        "columns.csv": b"\n".join([",".join(map(str, range(100_000))).encode()] * 3),
        "quotes.csv": b'"' * _MEGA,
        "unclosed.csv": b'a,"b\n' + b"1,2\n" * 500_000,
        "rows.csv": b"a,b,c\n" + b"1,2,3\n" * 100_000,
    }


def pages():
    """Return web pages by name."""
    body = f"<p>{SPEECH}</p>"
    made = {
        "deep": "<div>" * 100_000 + body,
        "deep-tables": "<table><tr><td>" * 30_000 + body,
        "deep-inline": "<b><i>" * 50_000 + body,
        "unclosed": "<p><li><td><tr><a href='" * 50_000 + body,
        "attribute": f"<p title='{'x' * 10 * _MEGA}'>{body}",
        "attributes": f"<p {' '.join(f'a{n}=1' for n in range(100_000))}>{body}",
        "spans": f"<table><tr><td colspan=99999999 rowspan=99999999>{body}</td><td>1</table>" * 9,
        "spans-many": "<table>" + "<tr><td rowspan=65000 colspan=900>x</td></tr>" * 2_000,
        "entities": "&#x41;&nbsp;&bogus" * 200_000 + body,
        "angles": "<" * 3 * _MEGA + body,
        "comment": body + "<!--" * 500_000,
        "breaks": "<br>" * 500_000 + body,
        "ruby": "<ruby>会<rt>かい" * 50_000 + body,
        "script": "<script>" + "</scrip" * 200_000 + body,
        "lists": "<ul><li>" * 20_000 + body,
        "nul": f"<p>\0</p>{body}\0<scr\0ipt>alert(1)</script>",
        "xml": f"<?xml version='1.0'?><!DOCTYPE html [{laughing()}]><html><p>&e9;{SPEECH}</p>",
    }
    found = {f"{name}.html": f"<html><body>{text}".encode() for name, text in made.items()}
    wrong = f"<html><meta charset=utf-16><body>{body * 9}"
    for encoding in ("cp932", "euc_jp", "utf-16", "utf-32", "iso2022_jp"):
        found[f"wrong-{encoding}.html"] = wrong.encode(encoding)
    return found


def laughing(levels=10):
    """Return declarations of entities each of which is ten of the one before."""
    ten = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, levels))
    return f'<!ENTITY e0 "ha">{ten}'


def letters():
    """Return messages by name."""
    head = "From: a@example.jp\nMIME-Version: 1.0\nDate: Tue, 20 Dec 2022 14:00:00 +0900\n"
    deep = "".join(
        f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(5_000)
    )
    names = ("idna", "punycode", "utf-7", "unicode_escape", "zlib", "undefined", "rot13", "utf-16")
    made = {
        "deep": head + deep + "\nwords",
        "parts": head + "Content-Type: multipart/mixed; boundary=b\n" + "\n--b\n\nx" * 50_000,
        "headers": head + "X: y\n" * 200_000 + "\nwords",
        "header": head + f"Subject: {'=?utf-8?Q?x?= ' * 100_000}\n\nwords",
        "parameters": head + f"Content-Type: text/plain{'; a*0=b' * 50_000}\n\nwords",
        "base64": head + "Content-Transfer-Encoding: base64\n\n" + "A===" * 300_000,
        "quoted": head + "Content-Transfer-Encoding: quoted-printable\n\n" + "=" * _MEGA,
        "boundary": head + 'Content-Type: multipart/mixed; boundary="("\n\n--(\n\nwords',
        "half": head + "Subject: =?utf-7?Q?+2AA-?=\nContent-Type: text/plain; charset=utf-7\n\n"
        "The motion +2AA- was carried.\n",
    }
    made |= {
        f"charset-{name}": head + f"Subject: =?{name}?Q?x-kdk?=\n"
        f"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; "
        f"charset={name}\n\n+2AA- {'xn--a' * 9_000}\n--b\nContent-Disposition: attachment; "
        f"filename*={name}''%2B2AA-.txt\n\n+2AA-\n--b--\n"
        for name in names
    }
    return {f"{name}.eml": text.encode() for name, text in made.items()}


def pictures():
    """Return pictures by name that are larger than they look, or lead in circles."""
    out = io.BytesIO()
    pages = [Image.new("1", (9, 9))] * 3
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:])
    tiff = bytearray(out.getvalue())
    circle = bytes(tiff[:4]) + struct.pack("<I", 8) + struct.pack("<HI", 0, 8)
    return {
        "bomb.png": png(30_000, 30_000),
        "declared.png": png(2_000_000_000, 2_000_000_000, rows=9),
        "text.png": png(9, 9, extra=chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(90 * _MEGA)))),
        "circle.tiff": circle,
        "cut.tiff": bytes(tiff[: len(tiff) // 2]),
        "declared.gif": b"GIF89a\xff\xff\xff\xff\x80\0\0"
        + bytes(6)
        + b",\0\0\0\0\xff\xff\xff\xff\0",
        "declared.bmp": b"BM"
        + struct.pack("<IIIIiiHHII", 99, 0, 54, 40, 1 << 30, 1 << 30, 1, 1, 0, 0),
        "words.jpeg": base64.b64encode(b"words"),
    }


def chunk(kind, content):
    """Return a chunk of a PNG."""
    checked = kind + content
    return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))


def png(width, height, rows=None, extra=b""):
    """Return a PNG of black pixels that says it is so large."""
    line = bytes(1 + (width + 7) // 8 if rows is None else 2)
    packer = zlib.compressobj(1)
    body = b"".join(packer.compress(line) for _ in range(rows or height)) + packer.flush()
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + extra + chunk(b"IDAT", body) + chunk(b"IEND", b"")
