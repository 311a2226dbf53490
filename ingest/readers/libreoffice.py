"""Running LibreOffice: one at a time, with its own profile, for a limited time."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import ReadingError
from ingest.processes.environment import OWN_FOLDER, child_environment

_PROGRAMS = ("soffice", "libreoffice")
_SECONDS = 90.0
_WAIT_S = 25.0
_MOST_BYTES = 500_000_000
_BOUNDED = 'ulimit -f 1000000; ulimit -v 3000000; ulimit -t 120; exec "$@"'
"""At most 0.5 GB per file, 3 GB of memory, and two minutes of processor time, in case nobody
ends it; or the limits of this process itself.
"""

INSTALL = (
    "install it (apt-get install libreoffice-writer-nogui libreoffice-calc-nogui "
    "libreoffice-impress-nogui), or save such files as .docx, .xlsx, .pptx or PDF"
)
"""Advice if LibreOffice is missing."""

_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop
 oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop
 oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop
 oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link"
 oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link"
 oor:op="fuse"><value>2</value></prop></item>
</oor:items>
"""
"""No macro runs, no link is followed; level 3 is the highest, 2 is never."""


def find_program() -> str | None:
    """Return the path of LibreOffice, ``None`` if it is not installed."""
    return next(filter(None, map(shutil.which, _PROGRAMS)), None)


def convert(path: Path, folder: Path, old: str, new: str) -> Path:
    """Return a file in ``folder`` that LibreOffice made of the file at ``path``.

    ``old`` and ``new`` are suffixes: what the file is, whatever its name, and what is wanted.

    Raises :class:`ReadingError` if LibreOffice is missing, busy, too slow, or cannot read it.
    """
    program = find_program()
    if program is None:
        message = f"LibreOffice is needed to read it: {INSTALL}"
        raise ReadingError(message)
    taken = folder / f"file{old}"
    shutil.copyfile(path, taken)
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    made = folder / "made"
    command = [
        program,
        f"-env:UserInstallation={profile.as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--nologo", "--nodefault"),
        *("--convert-to", new.removeprefix("."), "--outdir", str(made), str(taken)),
    ]
    lock = FileLock(_shared_folder() / f"kiroku-libreoffice-{_user()}.lock")
    try:
        with lock.acquire(timeout=_WAIT_S):
            _run(command, folder)
    except Timeout as error:
        message = "LibreOffice was busy with other files for too long: run ingest again"
        raise ReadingError(message) from error
    result = made / f"file{new}"
    if not result.is_file() or result.stat().st_size > _MOST_BYTES:
        message = "LibreOffice cannot read it: open it in the program that made it, save it as PDF"
        raise ReadingError(message)
    return result


def _run(command: list[str], home: Path) -> None:
    """Run it to its end, or end it and its children if it takes too long."""
    bounded = command if sys.platform == "win32" else ["/bin/sh", "-c", _BOUNDED, "sh", *command]
    process = subprocess.Popen(  # noqa: S603 (found on PATH, nothing of the file's in it)
        bounded,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=home,
        env=_environment(home),
        start_new_session=True,
    )
    try:
        process.wait(_SECONDS)
    except subprocess.TimeoutExpired as error:
        message = (
            f"LibreOffice took more than {_SECONDS:.0f} s over it: save it as .docx, .xlsx, .pptx "
            "or PDF"
        )
        raise ReadingError(message) from error
    finally:
        _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    with contextlib.suppress(OSError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _environment(home: Path) -> dict[str, str]:
    """Return the part of the environment that it needs, with a proxy that leads nowhere."""
    held = child_environment()
    kept = {name: held[name] for name in ("PATH", "LANG", "LC_ALL") if name in held}
    nowhere = "http://127.0.0.1:9"
    return {
        **kept,
        **dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy"), nowhere),
        "HOME": str(home),
        "TMPDIR": str(home),
        "SAL_USE_VCLPLUGIN": "svp",
    }


def _shared_folder() -> Path:
    """Return the common folder for temporary files; reading processes have their own in it."""
    folder = Path(tempfile.gettempdir())
    return folder.parent if folder.name.startswith(OWN_FOLDER) else folder


def _user() -> str:
    return "all" if sys.platform == "win32" else str(os.getuid())
