"""The node's C-STORE SCP: named callers only, bounded in size, count and time; a line of the log for what is refused."""

from __future__ import annotations

import socket
import threading
from typing import Any

from pydicom.uid import (
    EnhancedMRImageStorage,
    LegacyConvertedEnhancedMRImageStorage,
    MRImageStorage,
    SegmentationStorage,
)

from ..core.errors import InputError, MissingDependencyError
from .archives.dimse import quiet_network
from .incoming import FULL, KEPT_FIRST, STORED, UNREADABLE_OBJECT, Answer, Incoming
from .log import LOG, shown
from .metrics import Metrics
from .settings import Limits, Listen

# Images, and outlines that a reader drew on them.
KINDS = (MRImageStorage, EnhancedMRImageStorage, LegacyConvertedEnhancedMRImageStorage, SegmentationStorage)
_PDU = 1 << 18  # bytes that a sender is told to put into one unit at most
_LONGEST_PDU = 4 * _PDU  # association requests are counted to it, too
_WAITING = 4  # connections without an association beside the associations
_MEGABYTE = 1 << 20


class Receiver:
    """Listens until it is closed."""

    def __init__(self, listen: Listen, limits: Limits, incoming: Incoming, metrics: Metrics) -> None:
        self._listen, self._limits, self._incoming, self._metrics = listen, limits, incoming, metrics
        self._storing = threading.Lock()  # one image is checked and written at a time
        self._open: dict[Any, _Connection] = {}
        self._guard = threading.Lock()
        self._server: Any = None

    @property
    def port(self) -> int:
        """On which it listens."""
        return int(self._server.server_address[1])

    def start(self) -> None:
        """Begin to listen.

        Raises:
            InputError: the port is taken, or TLS cannot be set up. MissingDependencyError: no pynetdicom.
        """
        try:
            from pynetdicom import AE, ALL_TRANSFER_SYNTAXES, evt
            from pynetdicom.sop_class import Verification  # type: ignore[attr-defined]
        except ModuleNotFoundError:
            raise MissingDependencyError("pynetdicom", "receive studies") from None
        quiet_network()
        entity = AE(self._listen.title)
        entity.maximum_pdu_size = _PDU
        entity.maximum_associations = self._limits.associations
        entity.acse_timeout = entity.dimse_timeout = entity.network_timeout = self._limits.idle_s
        entity.require_called_aet = True
        entity.require_calling_aet = list(self._listen.callers)
        for kind in KINDS:
            entity.add_supported_context(kind, list(ALL_TRANSFER_SYNTAXES))
        entity.add_supported_context(Verification)
        handlers: list[Any] = [
            (evt.EVT_CONN_OPEN, self._opened),
            (evt.EVT_CONN_CLOSE, self._closed),
            (evt.EVT_REJECTED, self._rejected),
            (evt.EVT_ESTABLISHED, self._established),
            (evt.EVT_RELEASED, self._released),
            (evt.EVT_PDU_RECV, self._unit),
            (evt.EVT_C_STORE, self._store),
        ]
        tls: Any = (
            None
            if self._listen.tls is None
            else _LateHandshake(self._listen.tls.context(server=True), self._limits.idle_s)
        )
        address = (self._listen.host, self._listen.port)
        try:
            self._server = entity.start_server(address, block=False, ssl_context=tls, evt_handlers=handlers)
        except OSError as error:
            raise InputError(
                f"Port {self._listen.port} of {self._listen.host} cannot be listened on ({error.strerror})."
            ) from error
        self._server.verify_request = self._admitted

    def close(self) -> None:
        """Stop listening and hang up."""
        if self._server is not None:
            self._server.shutdown()
            for one in list(self._server.active_associations):
                one.abort()

    # connections ----------------------------------------------------------------------------------------------------

    def _admitted(self, *_: Any) -> bool:
        with self._guard:
            full = len(self._open) >= self._limits.associations + _WAITING
        if full:
            self._refuse("a connection: too many are open")
        return not full

    def _opened(self, event: Any) -> None:
        link = event.assoc.dul.socket
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
            self._open[event.assoc] = _Connection()

    def _connection(self, event: Any) -> _Connection:
        with self._guard:
            return self._open.get(event.assoc) or _Connection()

    def _rejected(self, event: Any) -> None:
        request = event.assoc.requestor.primitive
        self._connection(event).told = True
        self._refuse(
            f"an association of '{shown(getattr(request, 'calling_ae_title', ''))}': not one of the callers, or too many"
        )

    def _established(self, event: Any) -> None:
        self._connection(event).caller = shown(event.assoc.requestor.ae_title)

    def _released(self, event: Any) -> None:
        self._connection(event).released = True

    def _closed(self, event: Any) -> None:
        with self._guard:
            one = self._open.pop(event.assoc, None)
        if one is None or one.told or one.released:
            return
        if one.caller:
            self._refuse(f"the rest of what '{one.caller}' sent: the association broke off")
        else:
            self._refuse("a connection without a DICOM association")

    def _unit(self, event: Any) -> None:
        """Count what one object brings, before it is whole."""
        items = getattr(event.pdu, "presentation_data_value_items", None)
        if items is None:
            return
        one = self._connection(event)
        for item in items:
            value = item.presentation_data_value or b"\x02"
            one.bytes = (
                0 if value[0] & 2 else one.bytes + len(value)
            )  # the last fragment, of a command or of an object
        if one.bytes > (self._limits.object_mb + 1) * _MEGABYTE:
            one.told = True
            self._refuse(f"an object of '{one.caller}' above {self._limits.object_mb} MB")
            event.assoc.abort()

    # objects --------------------------------------------------------------------------------------------------------

    def _store(self, event: Any) -> int:
        with self._storing:
            answer = self._taken(event)
        if answer.status == STORED:
            self._metrics.add("images_received")
        elif answer.status == KEPT_FIRST:
            self._metrics.add("images_kept_first")
            LOG.warning("kept: %s", answer.said)
        else:
            self._refuse(answer.said)
        return answer.status

    def _taken(self, event: Any) -> Answer:
        try:
            request = event.request
            return self._incoming.take(
                event.dataset,
                event.encoded_dataset(),
                request.AffectedSOPClassUID,
                request.AffectedSOPInstanceUID,
            )
        except MemoryError:
            return Answer(FULL, "an object for which there is no memory")
        except Exception as error:  # noqa: BLE001 - the parser beneath meets what anybody sends; the node lives
            return Answer(UNREADABLE_OBJECT, f"an object that cannot be read ({type(error).__name__})")

    def _refuse(self, what: str) -> None:
        self._metrics.add("refused")
        LOG.warning("refused: %s", what)


class _Connection:
    """What is known of an open connection."""

    def __init__(self) -> None:
        self.caller, self.told, self.released, self.bytes = "", False, False, 0


class _LateHandshake:
    """A TLS context that leaves the handshake to the thread of the connection: a silent caller keeps nobody waiting."""

    def __init__(self, context: Any, seconds: float) -> None:
        self._context, self._seconds = context, seconds

    def wrap_socket(self, plain: socket.socket, server_side: bool) -> socket.socket:
        """The encrypted socket, not yet shaken hands on."""
        plain.settimeout(self._seconds)
        made: socket.socket = self._context.wrap_socket(
            plain, server_side=server_side, do_handshake_on_connect=False
        )
        return made
