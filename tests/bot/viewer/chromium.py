"""A headless Chromium, driven over its DevTools protocol: a page as people and programs see it."""

import asyncio
import base64
import json
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, ClientWebSocketResponse

PROGRAM = shutil.which("chromium") or shutil.which("google-chrome")
_LISTENING = re.compile(r"DevTools listening on (ws://\S+)")


@dataclass(frozen=True)
class Screen:
    """A window of ``width`` by ``height`` CSS pixels; ``dark`` is what its owner prefers."""

    width: int
    height: int
    mobile: bool = False
    dark: bool = False


PHONE = Screen(390, 844, mobile=True)
DESK = Screen(1280, 900)


class Page:
    """An open page. ``refused`` are the messages of its console, where a policy refuses a thing."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self._socket = socket
        self._number = 0
        self.refused: list[str] = []

    async def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Call a method of the protocol and return what it gives."""
        self._number += 1
        await self._socket.send_json({"id": self._number, "method": method, "params": parameters})
        while True:
            message = await self._next()
            if message.get("id") == self._number:
                assert "error" not in message, message
                return message["result"]

    async def opened(self, url: str, screen: Screen) -> None:
        """Open an address and wait until all of it is there."""
        for domain in ("Page", "Log", "Runtime"):
            await self.call(f"{domain}.enable")
        await self.call(
            "Emulation.setDeviceMetricsOverride",
            width=screen.width,
            height=screen.height,
            deviceScaleFactor=1,
            mobile=screen.mobile,
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if screen.dark else "light"}
        await self.call("Emulation.setEmulatedMedia", features=[scheme])
        await self._socket.send_json({"id": 0, "method": "Page.navigate", "params": {"url": url}})
        while (await self._next()).get("method") != "Page.loadEventFired":
            pass

    async def told(self, script: str) -> Any:
        """Return the value of a script; the page's own policy does not bind the protocol."""
        found = await self.call(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    async def press(self, key: str, code: int) -> None:
        """Press a key."""
        for kind in ("rawKeyDown", "keyUp"):
            await self.call(
                "Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code
            )

    async def screenshot(self, *, whole: bool = True) -> bytes:
        """Return a picture of the page as PNG."""
        taken = await self.call("Page.captureScreenshot", captureBeyondViewport=whole)
        return base64.b64decode(taken["data"])

    async def _next(self) -> dict[str, Any]:
        message: dict[str, Any] = json.loads((await self._socket.receive(timeout=30)).data)
        if message.get("method") == "Log.entryAdded":
            self.refused.append(message["params"]["entry"]["text"])
        return message


def browse(url: str, screen: Screen, visit: Any, folder: Path) -> Any:
    """Open ``url`` and return what ``visit(page)``, a coroutine function, gives."""
    assert PROGRAM is not None
    process = subprocess.Popen(
        [
            *(PROGRAM, "--headless=new", "--no-sandbox", "--disable-gpu", "--no-proxy-server"),
            *("--disable-dev-shm-usage", "--remote-debugging-port=0", "--no-first-run"),
            *(f"--user-data-dir={folder / 'profile'}", "about:blank"),
        ],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stderr is not None
        found = next(filter(None, map(_LISTENING.search, process.stderr)), None)
        assert found, "Chromium did not start"
        return asyncio.run(_visited(found.group(1), url, screen, visit))
    finally:
        process.kill()
        process.wait()
        if process.stderr:
            process.stderr.close()


async def _visited(browser: str, url: str, screen: Screen, visit: Any) -> Any:
    host = browser.split("/")[2]
    async with ClientSession() as session:
        async with session.get(f"http://{host}/json/list") as answer:
            pages = [each for each in await answer.json() if each["type"] == "page"]
        async with session.ws_connect(pages[0]["webSocketDebuggerUrl"], max_msg_size=0) as socket:
            page = Page(socket)
            await page.opened(url, screen)
            return await visit(page)
