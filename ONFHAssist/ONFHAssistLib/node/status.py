"""The node's two pages: /health for a monitor and a person, /metrics for Prometheus. No identity is on them."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from ..core.errors import InputError

Page = Callable[[], tuple[int, str, str]]  # status, kind of content, content
_IDLE_S = 10


class StatusServer:
    """Serves pages by their paths."""

    def __init__(self, host: str, port: int, pages: dict[str, Page]) -> None:
        try:
            self._server = ThreadingHTTPServer((host, port), _handler(pages))
        except OSError as error:
            raise InputError(f"Port {port} of {host} cannot be listened on ({error.strerror}).") from error
        self._server.daemon_threads = True
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.2}, daemon=True
        )
        self._thread.start()

    @property
    def port(self) -> int:
        """On which it listens."""
        return int(self._server.server_address[1])

    def close(self) -> None:
        """Stop."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(_IDLE_S)


def as_json(content: dict[str, Any], status: int = 200) -> tuple[int, str, str]:
    """A page of JSON."""
    return status, "application/json", json.dumps(content) + "\n"


def _handler(pages: dict[str, Page]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = _IDLE_S
        server_version, sys_version = "onfh-node", ""

        def do_GET(self) -> None:
            """Answer with the page of the path."""
            page = pages.get(self.path.partition("?")[0])
            status, kind, text = page() if page else (404, "text/plain", "There are /health and /metrics.\n")
            content = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002 - the name of the class above
            """Nothing: a monitor asks every few seconds."""

    return Handler
