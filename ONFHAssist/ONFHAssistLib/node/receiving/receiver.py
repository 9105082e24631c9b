"""The node's C-STORE SCP: named callers only, bounded in size, count and time; a line of the log for what is refused."""

from __future__ import annotations

import socket
from typing import Any

from pydicom.uid import (
    UID,
    EnhancedMRImageStorage,
    LegacyConvertedEnhancedMRImageStorage,
    MRImageStorage,
    SegmentationStorage,
)

from ...core.errors import InputError, MissingDependencyError
from ..archives.dimse import quiet_network
from ..log import LOG
from ..metrics import Metrics
from ..settings import Limits, Listen
from .connections import PDU, Connections
from .incoming import FULL, KEPT_FIRST, STORED, UNREADABLE_OBJECT, Answer, Incoming

# Images, and outlines that a reader drew on them.
KINDS = (MRImageStorage, EnhancedMRImageStorage, LegacyConvertedEnhancedMRImageStorage, SegmentationStorage)


class Receiver:
    """Listens until it is closed."""

    def __init__(self, listen: Listen, limits: Limits, incoming: Incoming, metrics: Metrics) -> None:
        self._listen, self._limits, self._incoming, self._metrics = listen, limits, incoming, metrics
        self._connections = Connections(limits, self._refuse)
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
        entity.maximum_pdu_size = PDU
        entity.maximum_associations = self._limits.associations
        entity.acse_timeout = entity.dimse_timeout = entity.network_timeout = self._limits.idle_s
        entity.require_called_aet = True
        entity.require_calling_aet = list(self._listen.callers)
        # Nothing limits what a few deflated bytes grow to in memory, before the object is looked at.
        syntaxes = [syntax for syntax in ALL_TRANSFER_SYNTAXES if "Deflate" not in UID(syntax).name]
        for kind in KINDS:
            entity.add_supported_context(kind, syntaxes)
        entity.add_supported_context(Verification)
        handlers = [*self._connections.handlers(), (evt.EVT_C_STORE, self._store)]
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
        self._server.verify_request = self._connections.admitted

    def close(self) -> None:
        """Stop listening and hang up."""
        if self._server is not None:
            self._server.shutdown()
            for one in list(self._server.active_associations):
                one.abort()

    # objects --------------------------------------------------------------------------------------------------------

    def _store(self, event: Any) -> int:
        with self._incoming.storing:  # one image is checked and written at a time
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
