"""Connections to the node from first byte to last: bounded, ended whatever the peer does, a line for each bad end.

pynetdicom ends a connection's thread by an exception where a peer breaks the protocol, and then leaves its socket open;
here the end of a thread is the end of its connection, however it came.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..log import shown
from ..settings import Limits

PDU = 1 << 18  # bytes that a sender is told to put into one unit at most
_LONGEST_PDU = 4 * PDU  # association requests are counted to it, too
_WAITING = 4  # connections without an association beside the associations
_MEGABYTE = 1 << 20
_REQUESTS = 1  # whole ones that wait; who waits for each answer, as was agreed, has one at most
_COMMAND_OR_LAST = 2  # bit of the message control header (PS3.8 E.2): the last fragment


@dataclass
class Connection:
    """What is known of an open connection.

    Attributes:
        caller: its application entity once there is an association. told: whether the log has its end already.
        released: whether it ended as it should. bytes: of the object that is coming.
    """

    caller: str = ""
    told: bool = False
    released: bool = False
    bytes: int = 0


class Connections:
    """All that are open.

    Args:
        refuse: called with what is refused, in words.
    """

    def __init__(self, limits: Limits, refuse: Callable[[str], None]) -> None:
        self._limits, self._refuse = limits, refuse
        self._open: dict[Any, Connection] = {}
        self._guard = threading.Lock()

    def __len__(self) -> int:
        with self._guard:
            return len(self._open)

    def handlers(self) -> list[Any]:
        """For pynetdicom's server."""
        from pynetdicom import evt

        return [
            (evt.EVT_CONN_OPEN, self._opened),
            (evt.EVT_REJECTED, self._rejected),
            (evt.EVT_ESTABLISHED, self._established),
            (evt.EVT_RELEASED, self._released),
            (evt.EVT_PDU_RECV, self._unit),
        ]

    def admitted(self, *_: Any) -> bool:
        """Whether one more may be open."""
        full = len(self) >= self._limits.associations + _WAITING
        if full:
            self._refuse("a connection: too many are open")
        return not full

    def _opened(self, event: Any) -> None:
        association = event.assoc
        link = association.dul.socket
        if link.socket is not None:
            link.socket.settimeout(self._limits.idle_s)  # else half a unit would hold its thread for ever
        whole = link.recv

        def limited(count: int) -> bytearray:
            if count > _LONGEST_PDU:
                raise OSError(f"a unit of {count} bytes")
            received: bytearray = whole(count)
            return received

        link.recv = limited
        with self._guard:
            self._open[association] = Connection()
        for thread in (association, association.dul):
            self._end_with(thread, association)

    def _end_with(self, thread: threading.Thread, association: Any) -> None:
        """Have the end of a thread, by an exception or not, be the end of its association."""
        run = thread.run

        def guarded() -> None:
            try:
                run()
            except Exception:  # noqa: BLE001, S110 - the peer broke the protocol; its end says so in the log
                pass
            finally:
                self._ended(association)

        thread.run = guarded  # type: ignore[method-assign]

    def _ended(self, association: Any) -> None:
        unit, link = association.dul, association.dul.socket
        association._kill = unit._kill_thread = True
        association._reactor_checkpoint.set()
        association.is_established = False
        unit.to_user_queue.put(None)  # else who waits for a request waits on, and counts as an association
        if link is not None and link.socket is not None:
            with contextlib.suppress(OSError):
                link.socket.shutdown(socket.SHUT_RDWR)
            with contextlib.suppress(OSError):
                link.socket.close()
        with self._guard:
            one = self._open.pop(association, None)
        if one is None or one.told or one.released:
            return
        if one.caller:
            self._refuse(f"the rest of what '{one.caller}' sent: the association broke off")
        else:
            self._refuse("a connection without a DICOM association")

    def _of(self, event: Any) -> Connection:
        with self._guard:
            return self._open.get(event.assoc) or Connection()

    def _rejected(self, event: Any) -> None:
        request = event.assoc.requestor.primitive
        self._of(event).told = True
        title = shown(getattr(request, "calling_ae_title", ""))
        self._refuse(
            f"an association of '{title}': not one of the callers, another title called, or too many"
        )

    def _established(self, event: Any) -> None:
        self._of(event).caller = shown(event.assoc.requestor.ae_title)

    def _released(self, event: Any) -> None:
        self._of(event).released = True

    def _unit(self, event: Any) -> None:
        """Count what one object brings, before it is whole."""
        items = getattr(event.pdu, "presentation_data_value_items", None)
        if items is None:
            return
        one = self._of(event)
        for item in items:
            value = item.presentation_data_value or bytes([_COMMAND_OR_LAST])
            one.bytes = 0 if value[0] & _COMMAND_OR_LAST else one.bytes + len(value)
        if one.bytes > (self._limits.object_mb + 1) * _MEGABYTE:
            one.told = True
            self._refuse(f"an object of '{one.caller}' above {self._limits.object_mb} MB")
            event.assoc.dul._kill_thread = True  # at once; an abort would wait for the rest
        elif event.assoc.dimse.msg_queue.qsize() > _REQUESTS:
            one.told = True
            self._refuse(f"the rest of what '{one.caller}' sent: it does not wait for answers")
            event.assoc.dul._kill_thread = True
