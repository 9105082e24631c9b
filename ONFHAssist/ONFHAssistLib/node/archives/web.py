"""DICOMweb by dicomweb-client: QIDO-RS to ask, WADO-RS to fetch, STOW-RS to send, with a limit on every wait."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

from pydicom import dcmread
from pydicom.dataset import Dataset

from ...core.errors import InputError, MissingDependencyError
from ...imaging.series.numbers import items, words
from .address import Archive, Tls
from .objects import ArchiveError, Sendable

_TEMPORARY = (408, 425, 429, 500, 502, 503, 504, 507)
Keep = Callable[[Dataset], None]


@contextmanager
def _client(archive: Archive) -> Iterator[Any]:
    """A client whose errors are those of :class:`ArchiveError`; its session is closed at the end."""
    try:
        import requests
        from dicomweb_client.web import DICOMwebClient
    except ModuleNotFoundError:
        raise MissingDependencyError("dicomweb-client", "speak to an archive by DICOMweb") from None
    with requests.Session() as session:
        session.trust_env = False  # no proxy and no .netrc that nobody named
        if archive.token:
            session.headers["Authorization"] = f"Bearer {archive.token.read()}"
        elif archive.user:
            session.auth = (archive.user, archive.password.read())
        if archive.tls is not None:
            session.verify = archive.tls.authority or True
            session.mount("https://", _adapter(archive.tls))
        client = DICOMwebClient(archive.url.rstrip("/"), session=session, timeout=archive.timeout_s)
        client.set_http_retry_params(retry=False)  # whoever calls tries again, and says so
        try:
            yield client
        except requests.exceptions.HTTPError as error:
            code = error.response.status_code if error.response is not None else 0
            raise ArchiveError(
                f"{archive.name} refuses (HTTP status {code}{_meaning(code)}); nothing else is known.",
                temporary=code in _TEMPORARY,
            ) from None
        except requests.exceptions.SSLError:
            raise ArchiveError(
                f"The certificate of {archive.name} is not trusted; name its 'authority'."
            ) from None
        except (requests.exceptions.RequestException, OSError) as error:
            raise ArchiveError(
                f"{archive.name} does not answer at its URL ({type(error).__name__}).", temporary=True
            ) from None
        except InputError:
            raise
        except (ValueError, KeyError) as error:  # dicomweb-client's, of what it gets and of what it is asked
            raise ArchiveError(
                f"{archive.name} gives at its URL no answer of DICOMweb that could be read ({type(error).__name__}); "
                "check 'url'."
            ) from None


def _adapter(tls: Tls) -> Any:
    """Connects by our own settings of TLS, which know the passphrase of the key; requests asks for none."""
    from requests.adapters import HTTPAdapter

    context = tls.context()

    class Adapter(HTTPAdapter):
        def init_poolmanager(self, *arguments: Any, **named: Any) -> None:
            super().init_poolmanager(*arguments, **named, ssl_context=context)

    return Adapter()


def _meaning(code: int) -> str:
    return {
        401: ", user or token not accepted",
        403: ", not allowed",
        404: ", nothing there",
        507: ", full",
    }.get(code, "")


def send(archive: Archive, files: Sequence[Sendable]) -> None:
    """Send all files in one request.

    Raises:
        ArchiveError: it is away or refuses; objects that it did not take are named.
    """
    names = {one.uid: one.name for one in files}
    with _client(archive) as client:
        answer = client.store_instances([dcmread(one.path) for one in files])
        failed = [words(one, "ReferencedSOPInstanceUID") for one in items(answer, "FailedSOPSequence")]
        taken = {words(one, "ReferencedSOPInstanceUID") for one in items(answer, "ReferencedSOPSequence")}
    missing = [uid for uid in names if uid in failed or uid not in taken]
    if missing:
        raise ArchiveError(
            f"{archive.name} refuses {', '.join(names[uid] for uid in missing)}; {len(names) - len(missing)} of "
            f"{len(names)} objects arrived."
        )


def query(archive: Archive, keys: Dataset) -> list[Dataset]:
    """The answers to a query of studies or series; ``keys`` as of :func:`.dimse.query`.

    Raises:
        ArchiveError: it is away or refuses.
    """
    filters = {
        one.keyword: str(one.value) for one in keys if one.value and one.keyword != "QueryRetrieveLevel"
    }
    fields = [one.keyword for one in keys if not one.value]
    with _client(archive) as client:
        if keys.QueryRetrieveLevel == "SERIES":
            study = filters.pop("StudyInstanceUID")
            search = partial(client.search_for_series, study, fields=fields, search_filters=filters)
        else:
            search = partial(client.search_for_studies, fields=fields, search_filters=filters)
        return [Dataset.from_json(one) for one in _all_pages(search)]


def _all_pages(search: Callable[..., list[Any]]) -> list[Any]:
    """Page after page until one brings nothing new: an archive that knows no ``offset`` gives the first for ever."""
    found: list[Any] = []
    while page := [one for one in search(offset=len(found)) if one not in found]:
        found += page
    return found


def fetch(archive: Archive, keys: Dataset, keep: Keep) -> None:
    """Every object of the study or series of ``keys`` goes to ``keep``.

    Raises:
        ArchiveError: it is away or refuses.
    """
    with _client(archive) as client:
        if keys.QueryRetrieveLevel == "SERIES":
            found = client.iter_series(keys.StudyInstanceUID, keys.SeriesInstanceUID)
        else:
            found = client.iter_study(keys.StudyInstanceUID)
        for one in found:
            keep(one)
