"""A real browser without its window: Debian's Chromium by its DevTools protocol over a pipe; no library is needed.

Messages are JSON, each ended by a zero byte, on file descriptors 3 (to the browser) and 4 (from it):
https://chromedevtools.github.io/devtools-protocol/
"""

from __future__ import annotations

import base64
import contextlib
import fcntl
import json
import os
import select
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome")
_CODES = {"Enter": 13, "Escape": 27, "ArrowDown": 40, "ArrowUp": 38, "Home": 36, "End": 35, "Tab": 9}
_HIGH = 20  # file descriptors are moved up here, out of the way of 3 and 4


def chromium() -> str | None:
    """The browser, None where there is none."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


class Chromium:
    """One tab.

    Args:
        width, height: of the window in pixels. patience_s: for which any answer is waited for.
    """

    def __init__(self, width: int = 1280, height: int = 1000, patience_s: float = 300.0) -> None:
        self._patience, self._number, self._events = patience_s, 0, []
        self._folder = tempfile.TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True)
        to_browser, from_browser = os.pipe(), os.pipe()
        ends = [fcntl.fcntl(fd, fcntl.F_DUPFD, _HIGH) for fd in (to_browser[0], from_browser[1])]

        def connect() -> None:
            os.dup2(ends[0], 3)
            os.dup2(ends[1], 4)

        self._process = subprocess.Popen(
            [
                str(chromium()), "--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe",
                "--no-first-run", "--disable-extensions", "--disable-background-networking", "--hide-scrollbars",
                f"--user-data-dir={self._folder.name}", f"--window-size={width},{height}", "about:blank",
            ],
            preexec_fn=connect,  # noqa: PLW1509 - two calls of dup2
            close_fds=False,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        for fd in (*ends, to_browser[0], from_browser[1]):
            os.close(fd)
        self._to, self._from, self._read = to_browser[1], from_browser[0], b""
        self._session: str | None = None
        try:
            targets = self.ask("Target.getTargets")["targetInfos"]
            page = next(one["targetId"] for one in targets if one["type"] == "page")
            self._session = self.ask("Target.attachToTarget", targetId=page, flatten=True)["sessionId"]
            for domain in ("Page", "Runtime", "Log"):
                self.ask(f"{domain}.enable")
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Chromium:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """End the browser with all its processes."""
        for fd in (self._to, self._from):
            os.close(fd)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(timeout=60)
        self._folder.cleanup()

    @property
    def process_id(self) -> int:
        """Of the browser."""
        return self._process.pid

    def ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command and return its result."""
        self._number += 1
        number, message = self._number, {"id": self._number, "method": method, "params": parameters}
        if getattr(self, "_session", None):
            message["sessionId"] = self._session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        end = time.monotonic() + self._patience
        while True:
            answer = self._message(end)
            if answer.get("id") == number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error'].get('message')}")
                result: dict[str, Any] = answer["result"]
                return result
            self._events.append(answer)

    def _message(self, end: float) -> dict[str, Any]:
        while b"\0" not in self._read:
            if not select.select([self._from], [], [], max(0.0, end - time.monotonic()))[0]:
                raise TimeoutError("the browser does not answer")
            piece = os.read(self._from, 1 << 16)
            if not piece:
                raise RuntimeError("the browser has ended")
            self._read += piece
        text, _, self._read = self._read.partition(b"\0")
        found: dict[str, Any] = json.loads(text)
        return found

    def open(self, address: str) -> None:
        """Go to an address and wait until its page is loaded."""
        self._events.clear()
        self.ask("Page.navigate", url=address)
        self.until("document.readyState === 'complete' && location.href !== 'about:blank'")

    def run(self, script: str) -> Any:
        """The value of an expression of JavaScript."""
        found = self.ask("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in found:
            raise RuntimeError(str(found["exceptionDetails"].get("exception", found["exceptionDetails"])))
        return found["result"].get("value")

    def until(self, script: str) -> None:
        """Wait until an expression holds."""
        end = time.monotonic() + self._patience
        while not self.run(f"Boolean({script})"):
            if time.monotonic() > end:
                raise TimeoutError(f"waited in vain for {script}")
            time.sleep(0.02)

    def press(self, *keys: str) -> None:
        """Press keys by their names, as "a", "Enter" or "?"."""
        for key in keys:
            plain = len(key) == 1
            facts: dict[str, Any] = {
                "key": key,
                "windowsVirtualKeyCode": ord(key.upper()) if plain else _CODES[key],
            }
            self.ask("Input.dispatchKeyEvent", type="keyDown", **facts, **({"text": key} if plain else {}))
            self.ask("Input.dispatchKeyEvent", type="keyUp", **facts)

    def write(self, text: str) -> None:
        """Type a text into what has the focus."""
        self.ask("Input.insertText", text=text)

    def click(self, selector: str) -> None:
        """Press the mouse in the middle of an element."""
        box = self.run(
            f"(() => {{ const e = document.querySelector({json.dumps(selector)}); e.scrollIntoView({{block: 'center'}}); "
            "const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.ask("Input.dispatchMouseEvent", type=kind, x=box[0], y=box[1], button="left", clickCount=1)

    def picture(self, path: Path) -> Path:
        """What is in view, as a PNG file."""
        path.write_bytes(base64.b64decode(self.ask("Page.captureScreenshot")["data"]))
        return path

    def complaints(self) -> list[str]:
        """What the browser's log has of the page so far: errors, and what its policy forbade."""
        self.run("0")
        texts = [
            one["params"]["entry"]["text"] for one in self._events if one.get("method") == "Log.entryAdded"
        ]
        return [text for text in texts if "favicon" not in text]
