"""A link between two programs on loopback that can be cut and mended, as a cable is."""

from __future__ import annotations

import contextlib
import socket
import threading

from support.orthanc import free_port

_PIECE = 65536


class CutLink:
    """Hands everything on to ``target``; while it is cut, open connections break and no new one is answered."""

    def __init__(self, target: int) -> None:
        self.port, self._target, self._cut = free_port(), target, threading.Event()
        self._open: set[socket.socket] = set()
        self._guard = threading.Lock()
        self._server = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Break what is open."""
        self._cut.set()
        with self._guard:
            for one in self._open:
                with contextlib.suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        """As before."""
        self._cut.clear()

    def close(self) -> None:
        """End."""
        self.cut()
        self._server.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._server.accept()
            except OSError:
                return
            if self._cut.is_set():
                near.close()
                continue
            try:
                far = socket.create_connection(("127.0.0.1", self._target), timeout=10)
                far.settimeout(None)
            except OSError:
                near.close()
                continue
            with self._guard:
                self._open |= {near, far}
            for source, sink in ((near, far), (far, near)):
                threading.Thread(target=self._hand_on, args=(source, sink), daemon=True).start()

    def _hand_on(self, source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while piece := source.recv(_PIECE):
                sink.sendall(piece)
        for one in (source, sink):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        with self._guard:
            self._open -= {source, sink}
