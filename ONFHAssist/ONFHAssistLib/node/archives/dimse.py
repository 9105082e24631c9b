"""DIMSE by pynetdicom: an archive is asked (C-FIND), gives studies (C-GET or C-MOVE) and takes objects (C-STORE)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from pydicom import dcmread
from pydicom.dataset import Dataset
from pydicom.uid import (
    UID,
    ComputedRadiographyImageStorage,
    CTImageStorage,
    DigitalXRayImageStorageForPresentation,
    EncapsulatedPDFStorage,
    EnhancedCTImageStorage,
    EnhancedMRImageStorage,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
    MRImageStorage,
    ParametricMapStorage,
    SecondaryCaptureImageStorage,
    SegmentationStorage,
)
from pydicom.uid import Comprehensive3DSRStorage as ReportStorage

from ...core.errors import MissingDependencyError
from .address import Archive
from .objects import ArchiveError, Sendable

if TYPE_CHECKING:
    from pynetdicom.association import Association

# What is fetched: the images that are worked up, and the objects that come back from this program.
FETCHED = (
    MRImageStorage, EnhancedMRImageStorage, CTImageStorage, EnhancedCTImageStorage, ComputedRadiographyImageStorage,
    DigitalXRayImageStorageForPresentation, SegmentationStorage, "1.2.840.10008.5.1.4.1.1.66.7", ReportStorage,
    ParametricMapStorage, SecondaryCaptureImageStorage, EncapsulatedPDFStorage,
)  # fmt: skip
_PLAIN = (ExplicitVRLittleEndian, ImplicitVRLittleEndian)
_MOST_CONTEXTS = 128  # of one association (PS3.8 9.3.2.2)
_PENDING = (0xFF00, 0xFF01)
_FULL = range(0xA700, 0xA800)
_WARNINGS = (0x0001, 0x0107, 0x0116, *range(0xB000, 0xC000))
Keep = Callable[[Dataset], None]


def quiet_network() -> None:
    """pynetdicom without a word: what it logs quotes headers."""
    logging.getLogger("pynetdicom").setLevel(logging.CRITICAL + 1)


def _network() -> Any:
    try:
        import pynetdicom
    except ModuleNotFoundError:
        raise MissingDependencyError("pynetdicom", "speak to an archive by DIMSE") from None
    quiet_network()
    return pynetdicom


@contextmanager
def association(
    archive: Archive, contexts: Sequence[Any], roles: Sequence[Any] = (), handlers: Sequence[Any] = ()
) -> Iterator[Association]:
    """An association with an archive, released at the end and aborted where something went wrong.

    Raises:
        ArchiveError: it is away, or refuses us.
    """
    entity = _network().AE(archive.calling)
    entity.acse_timeout = entity.dimse_timeout = entity.network_timeout = archive.timeout_s
    entity.connection_timeout = archive.timeout_s
    tls = None if archive.tls is None else (archive.tls.context(), archive.host)
    made = entity.associate(
        archive.host, archive.port, list(contexts), archive.title, ext_neg=list(roles) or None, tls_args=tls,
        evt_handlers=list(handlers) or None,
    )  # fmt: skip
    if not made.is_established:
        raise _not_associated(archive, made)
    try:
        yield made
    except BaseException:
        made.abort()
        raise
    else:
        made.release()
    finally:
        entity.shutdown()


def _not_associated(archive: Archive, made: Association) -> ArchiveError:
    if made.is_rejected:
        answer = made.acceptor.primitive
        reason = getattr(answer, "reason_str", "") or "no reason given"
        return ArchiveError(
            f"{archive.name} refuses the association ({reason}); do its settings know '{archive.calling}', and is it "
            f"called '{archive.title}'?",
            temporary=bool(getattr(answer, "result", 1) == 2),
        )
    if made.rejected_contexts and not made.accepted_contexts:
        kinds = ", ".join(dict.fromkeys(UID(str(one.abstract_syntax)).name for one in made.rejected_contexts))
        return ArchiveError(f"{archive.name} does not take {kinds}; nothing was sent.")
    return ArchiveError(
        f"{archive.name} does not answer at its address and port; nothing was exchanged.", temporary=True
    )


# send -------------------------------------------------------------------------------------------------------------


def send(archive: Archive, files: Sequence[Sendable]) -> None:
    """Send files in their order; none where the archive does not take every kind of them.

    Raises:
        ArchiveError: it is away or refuses; the object and how many arrived before it are named.
    """
    from pynetdicom.presentation import build_context

    kinds = dict.fromkeys((one.kind, one.syntax) for one in files)
    if len(kinds) > _MOST_CONTEXTS:
        raise ArchiveError(
            f"{len(kinds)} kinds of objects are more than one association takes; send fewer at a time."
        )
    contexts = [
        build_context(kind, list(dict.fromkeys((syntax, *_PLAIN))) if syntax in _PLAIN else [syntax])
        for kind, syntax in kinds
    ]
    with association(archive, contexts) as link:
        _require_all_kinds(archive, link, files)
        for number, one in enumerate(files):
            status = _stored(link, one)
            if status is None:
                raise ArchiveError(
                    f"The connection to {archive.name} broke at {one.name}; {number} of {len(files)} objects arrived.",
                    temporary=True,
                )
            if status and status not in _WARNINGS:
                raise ArchiveError(
                    f"{archive.name} refuses {one.name} (status {status:04X}h{_meaning(status)}); {number} of "
                    f"{len(files)} objects arrived before it.",
                    temporary=status in _FULL,
                )


def _stored(link: Association, one: Sendable) -> int | None:
    """The status of the answer; None without one."""
    try:
        answer = link.send_c_store(dcmread(one.path))
    except (RuntimeError, OSError):  # the association ended meanwhile
        return None
    return int(answer.Status) if "Status" in answer else None


def _meaning(status: int) -> str:
    if status in _FULL:
        return ", out of resources"
    return {0x0122: ", kind not supported", 0x0124: ", not authorised"}.get(status, "")


def _require_all_kinds(archive: Archive, link: Association, files: Sequence[Sendable]) -> None:
    taken = {(str(one.abstract_syntax), str(one.transfer_syntax[0])) for one in link.accepted_contexts}
    for one in files:
        syntaxes = _PLAIN if one.syntax in _PLAIN else (one.syntax,)
        if not any((str(one.kind), str(syntax)) in taken for syntax in syntaxes):
            raise ArchiveError(
                f"{archive.name} does not take {one.kind.name} ({one.syntax.name}); nothing was sent."
            )


# ask and fetch ----------------------------------------------------------------------------------------------------


def query(archive: Archive, keys: Dataset) -> list[Dataset]:
    """The answers to a query of the study root; ``keys`` with its level and what is wanted empty.

    Raises:
        ArchiveError: it is away or refuses.
    """
    from pynetdicom.presentation import build_context
    from pynetdicom.sop_class import StudyRootQueryRetrieveInformationModelFind as Find  # type: ignore[attr-defined]

    found = []
    with association(archive, [build_context(Find)]) as link:
        if not link.accepted_contexts:
            raise ArchiveError(f"{archive.name} answers no queries of studies (C-FIND).")
        for status, answer in link.send_c_find(keys, Find):
            code = int(status.Status) if "Status" in status else None
            if code in _PENDING and answer is not None:
                found.append(answer)
            elif code != 0:
                raise _query_failed(archive, code, "query")
    return found


def fetch(archive: Archive, keys: Dataset, keep: Keep) -> None:
    """Have the archive give what ``keys`` name; every object goes to ``keep`` with its file meta information.

    Raises:
        ArchiveError: it is away or refuses, or some objects did not come.
    """
    from pynetdicom import build_role, evt
    from pynetdicom.presentation import build_context

    def store(event: Any) -> int:
        taken = event.dataset
        taken.file_meta = event.file_meta
        keep(taken)
        return 0x0000

    handlers = [(evt.EVT_C_STORE, store)]
    storage = [build_context(kind, _syntaxes()) for kind in FETCHED]
    if archive.retrieve == "move":
        _move(archive, keys, storage, handlers)
        return
    from pynetdicom.sop_class import StudyRootQueryRetrieveInformationModelGet as Get  # type: ignore[attr-defined]

    roles = [build_role(kind, scp_role=True) for kind in FETCHED]
    with association(archive, [build_context(Get), *storage], roles, handlers) as link:
        if not any(one.abstract_syntax == Get for one in link.accepted_contexts):
            raise ArchiveError(f"{archive.name} gives no studies by C-GET; set 'retrieve' to \"move\".")
        _follow(archive, link.send_c_get(keys, Get))


def _move(archive: Archive, keys: Dataset, storage: Sequence[Any], handlers: Sequence[Any]) -> None:
    from pynetdicom.presentation import build_context
    from pynetdicom.sop_class import StudyRootQueryRetrieveInformationModelMove as Move  # type: ignore[attr-defined]

    entity = _network().AE(archive.calling)
    entity.require_called_aet = True
    entity.require_calling_aet = [archive.title]
    address = (archive.receive_host, archive.receive_port)
    context = None if archive.tls is None else archive.tls.context(server=True)
    try:
        server = entity.start_server(
            address, block=False, ssl_context=context, evt_handlers=list(handlers), contexts=list(storage)
        )
    except OSError as error:
        raise ArchiveError(
            f"Port {archive.receive_port} is taken ({error.strerror}); set another 'receive_port'."
        ) from error
    try:
        with association(archive, [build_context(Move)]) as link:
            if not link.accepted_contexts:
                raise ArchiveError(f"{archive.name} gives no studies by C-MOVE.")
            _follow(archive, link.send_c_move(keys, archive.calling, Move))
    finally:
        server.shutdown()


def _follow(archive: Archive, answers: Iterator[tuple[Dataset, Dataset | None]]) -> None:
    for status, _ in answers:
        code = int(status.Status) if "Status" in status else None
        if code in _PENDING:
            continue
        failed = int(status.get("NumberOfFailedSuboperations", 0) or 0)
        if code != 0 or failed:
            raise _query_failed(
                archive, code, f"fetch ({failed} objects did not come)" if failed else "fetch"
            )


def _query_failed(archive: Archive, code: int | None, what: str) -> ArchiveError:
    if code is None:
        return ArchiveError(f"The connection to {archive.name} broke during the {what}.", temporary=True)
    return ArchiveError(
        f"{archive.name} refuses the {what} (status {code:04X}h{_meaning(code)}).", temporary=code in _FULL
    )


def _syntaxes() -> list[str]:
    from pynetdicom import ALL_TRANSFER_SYNTAXES

    return list(ALL_TRANSFER_SYNTAXES)
