"""A small server for one reader's browser on the same computer, whose page writes into ``review.sqlite``.

It listens on 127.0.0.1 alone. A page of another site that the same browser shows cannot use it: every request needs a
token that is made anew at each start, the host of the request must be the one that listens (against a name that is
turned to this address), and what changes something must come from the page itself (``Origin``). The token is compared
in constant time and stands in no log.
"""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from ...core.errors import InputError
from ...core.language import sentence
from .decisions import CORRECTED, decision_of, utc_now
from .folder import ReviewFolder
from .sheet import SheetChoice, sheet
from .state import ReviewState
from .summary import judgements, visible
from .worklist import Worklist

HOST = "127.0.0.1"
MOST_BYTES = 32_768  # of a request's body
_IDLE_S = 20
_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class _RefusedError(Exception):
    """A request that is not answered: status and sentence."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status


class _Server(ThreadingHTTPServer):
    """Knows whose pages it serves."""

    daemon_threads = True

    def __init__(self, review: ReviewServer, port: int) -> None:
        self.review = review
        super().__init__((HOST, port), _Handler)


class ReviewServer:
    """Serves the contact sheet of one cohort.

    Args:
        folder: the cohort. found: its worklist, with pictures. choice: of the page; the token is the server's.
        port: 0 for any that is free.

    Attributes:
        token: without which nothing is answered.
    """

    def __init__(
        self,
        folder: ReviewFolder,
        found: Worklist,
        choice: SheetChoice = SheetChoice(),  # noqa: B008 - frozen
        port: int = 0,
    ) -> None:
        self._found, self._state, self._choice = found, ReviewState(folder.path), choice
        self.token = secrets.token_urlsafe(24)
        self._name = folder.path.resolve().name
        try:
            self._server = _Server(self, port)
        except OSError as error:
            raise InputError(f"Port {port} of {HOST} cannot be listened on ({error.strerror}).") from error

    @property
    def port(self) -> int:
        """On which it listens."""
        return int(self._server.server_address[1])

    @property
    def address(self) -> str:
        """What to open in the browser."""
        return f"http://{HOST}:{self.port}/?token={self.token}"

    def run(self) -> None:
        """Serve until :meth:`close`, or until the user stops the program."""
        try:
            self._server.serve_forever(poll_interval=0.1)
        finally:
            self._server.server_close()

    def close(self) -> None:
        """Let :meth:`run` end."""
        self._server.shutdown()

    # answers ------------------------------------------------------------------------------------------------

    def page(self, _query: Mapping[str, list[str]]) -> str:
        """The contact sheet."""
        choice = replace(self._choice, start=(), token=self.token, cohort=self._state.identity())
        return sheet(self._found, self._name, choice)

    def state(self, query: Mapping[str, list[str]]) -> dict[str, Any]:
        """A reader's own rows, and what he may see of the others'."""
        reader = self._reader((query.get("reader") or [""])[0])
        hips = [(hip.case, hip.side) for hip in self._found.hips]
        judged = judgements(self._state, self._found)
        seen = visible(judged, reader, self._state.blind, hips)
        others = [
            {"case": hip[0], "side": hip[1], "reader": name, "decision": one.decision, "comment": one.comment}
            for name, its in seen.items()
            if name != reader
            for hip, one in its.items()
            if one.decision and not one.outdated
        ]
        return {"rows": [vars(row) for row in self._state.rows() if row.reader == reader], "others": others}

    def decide(self, content: Any) -> dict[str, Any]:
        """Add one row, at the time of this computer."""
        row = decision_of(
            {**content, "time": utc_now()} if isinstance(content, dict) else content, "The decision"
        )
        self._reader(row.reader)
        if row.kind == CORRECTED:
            raise InputError(
                "Outlines are corrected in the Cohort panel; the page accepts, rejects and comments."
            )
        if self._found.outlines.get((row.case, row.side)) is None:
            raise InputError(f"The cohort has no hip {row.case} {row.side}.")
        if self._found.outlines[row.case, row.side] != row.outline:
            raise InputError(f"The outline of {row.case} {row.side} is another one now; load the page again.")
        self._state.add([row])
        return {"time": row.time}

    def _reader(self, name: str) -> str:
        if self._choice.reader and name != self._choice.reader:
            raise InputError(
                f"This page is {self._choice.reader}'s; start another one for {name or 'nobody'}."
            )
        return name


class _Handler(BaseHTTPRequestHandler):
    """One connection."""

    timeout = _IDLE_S
    server_version, sys_version = "onfh", ""

    @property
    def _review(self) -> ReviewServer:
        assert isinstance(self.server, _Server)
        return self.server.review

    def do_GET(self) -> None:
        """A page or a state."""
        self._answer(self._get)

    def do_POST(self) -> None:
        """A decision."""
        self._answer(self._post)

    def _get(self) -> Any:
        place = urlsplit(self.path)
        query = parse_qs(place.query)
        if place.path == "/":
            self._check((query.get("token") or [""])[0])
            return self._review.page(query)
        if place.path == "/state":
            self._check(self.headers.get("X-ONFH-Token", ""))
            return self._review.state(query)
        raise _RefusedError(404, "There is no such page.")

    def _post(self) -> Any:
        if urlsplit(self.path).path != "/decide":
            raise _RefusedError(404, "There is no such page.")
        self._check(self.headers.get("X-ONFH-Token", ""))
        if self.headers.get("Origin") != f"http://{HOST}:{self._review.port}":
            raise _RefusedError(403, "This request comes from another page.")
        if self.headers.get("Content-Type", "").partition(";")[0] != "application/json":
            raise _RefusedError(415, "JSON is expected.")
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > MOST_BYTES:
            raise _RefusedError(413, "The request is too long, or does not say how long it is.")
        try:
            content = json.loads(self.rfile.read(int(length)))
        except (ValueError, RecursionError):
            raise _RefusedError(400, "This is no JSON.") from None
        return self._review.decide(content)

    def _check(self, token: str) -> None:
        if self.headers.get("Host") != f"{HOST}:{self._review.port}":
            raise _RefusedError(403, "This server is known by its address alone.")
        if not hmac.compare_digest(token.encode(), self._review.token.encode()):
            raise _RefusedError(
                403, "The token is missing or of another start; use the address that was printed."
            )

    def _answer(self, work: Callable[[], Any]) -> None:
        try:
            status, content = 200, work()
        except _RefusedError as refused:
            status, content = refused.status, {"error": sentence(str(refused))}
        except InputError as error:
            status, content = 409, {"error": sentence(str(error))}
        kind = "text/html; charset=utf-8" if isinstance(content, str) else "application/json"
        text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
        body = text.encode()
        self.send_response(status)
        for name, value in {**_HEADERS, "Content-Type": kind, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002 - the name of the class above
        """Nothing: the address holds the token."""
