"""An archive that refuses on wish: a C-STORE SCP by pynetdicom, whose answers a test chooses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pynetdicom import AE, evt
from support.orthanc import free_port

from ONFHAssistLib.dicom_out.equipment import MANUFACTURER
from ONFHAssistLib.node.archives.dimse import FETCHED, quiet_network

TITLE = "PEER"


class PeerArchive:
    """Takes what is sent.

    Attributes:
        objects: SOP Instance UID to what came. answer: gives the status for the SOP class of an object.
    """

    def __init__(self, kinds=FETCHED, answer: Callable[[str], int] = lambda _: 0, tls: Any = None) -> None:
        quiet_network()
        self.port, self.objects, self.answer, self.arrivals = free_port(), {}, answer, 0
        self._kinds, self._tls, self._server = kinds, tls, None

    def __enter__(self) -> PeerArchive:
        entity = AE(TITLE)
        entity.require_called_aet = True
        for kind in self._kinds:
            entity.add_supported_context(kind)
        self._server = entity.start_server(
            ("127.0.0.1", self.port),
            block=False,
            ssl_context=self._tls,
            evt_handlers=[(evt.EVT_C_STORE, self._store)],
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()

    def _store(self, event: evt.Event) -> int:
        status = self.answer(str(event.request.AffectedSOPClassUID))
        if status == 0:
            self.arrivals += 1
            self.objects[str(event.request.AffectedSOPInstanceUID)] = event.dataset
        return status

    @property
    def table(self) -> dict[str, Any]:
        """Of it in a node's settings."""
        return {
            "name": "Peer",
            "host": "127.0.0.1",
            "port": self.port,
            "title": TITLE,
            "tries": 1,
            "timeout_s": 10.0,
        }

    def modalities(self) -> list[str]:
        """Of what came from the node."""
        return sorted(
            str(one.Modality) for one in self.objects.values() if one.get("Manufacturer") == MANUFACTURER
        )
