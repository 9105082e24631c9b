"""``onfh dicom query``, ``fetch`` and ``send``: to and from an archive."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from ..output import JsonFlag, emit, progress_bar, table

ArchiveArgument = Annotated[
    Path,
    typer.Argument(help="TOML file with host, port and title (DIMSE) or url (DICOMweb) of the archive."),
]


def query(
    archive: ArchiveArgument,
    patient: Annotated[str, typer.Option(help="Patient ID.")] = "",
    accession: Annotated[str, typer.Option(help="Accession number.")] = "",
    date: Annotated[str, typer.Option(help="Study date, as 20260131 or 20260101-20260131.")] = "",
    study: Annotated[str, typer.Option(help="Study Instance UID; its series are listed.")] = "",
    modality: Annotated[str, typer.Option(help="A modality in the study, such as MR.")] = "",
    json: JsonFlag = False,
) -> None:
    """Ask an archive which studies it has, or which series a study has.

    What is typed here can be seen by others on this computer while the command runs.
    """
    from ...node.archives.address import read_archive
    from ...node.archives.exchange import SERIES_FIELDS, STUDY_FIELDS, query_series, query_studies

    found_at = read_archive(archive)
    fields: tuple[str, ...] = SERIES_FIELDS
    if study:
        rows = query_series(found_at, study)
    else:
        fields = STUDY_FIELDS
        rows = query_studies(
            found_at, PatientID=patient, AccessionNumber=accession, StudyDate=date, ModalitiesInStudy=modality
        )
    answers = [{name: _text(row.get(name)) for name in fields} for row in rows]
    kind = "series" if study else "studies"
    emit(
        {kind: answers},
        json,
        lambda console: console.print(
            table(f"{len(answers)} {kind}", fields, [tuple(one.values()) for one in answers])
        ),
    )


def _text(value: Any) -> str:
    if value is None:
        return ""
    return "\\".join(str(one) for one in value) if hasattr(value, "append") else str(value)


def fetch(
    archive: ArchiveArgument,
    study: Annotated[str, typer.Argument(help="Study Instance UID.")],
    out: Annotated[Path, typer.Option(help="New folder for the study.")],
    series: Annotated[str, typer.Option(help="Series Instance UID; only this series.")] = "",
    json: JsonFlag = False,
) -> None:
    """Fetch a study from an archive into a new folder, which appears when all of it is there."""
    from ...node.archives.address import read_archive
    from ...node.archives.exchange import fetch as fetch_study

    with progress_bar("Fetching"):
        count = fetch_study(read_archive(archive), study, out, series)
    emit({"folder": out, "objects": count}, json, lambda console: console.print(f"{count} objects in {out}"))


def send(
    archive: ArchiveArgument,
    folder: Annotated[Path, typer.Argument(help="DICOM file, or folder of such.")],
    deidentify: Annotated[
        Path | None,
        typer.Option(
            help="Send without identity (PS3.15, Basic Profile): file of a secret from which new identifiers follow."
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="The objects may name the patient; do not ask.")] = False,
    json: JsonFlag = False,
) -> None:
    """Send DICOM objects to an archive, after asking; all kinds of them are taken or nothing is sent.

    A study whose header says NO or WITHDRAWN on consent for distribution is not sent; without identity each has to say
    YES.
    """
    import tempfile

    from ...node.archives.address import Secret, read_archive
    from ...node.archives.exchange import send as send_files
    from ...node.archives.objects import files_to_send, read_sendable, require_consent
    from ...node.identity import deidentified

    there = read_archive(archive)
    files = read_sendable(files_to_send(folder))
    require_consent(files, there.name, stated=deidentify is not None)
    if deidentify is None:
        _require_agreement(yes, there.name)
    with progress_bar("Sending"), tempfile.TemporaryDirectory(prefix="onfh-send-") as temporary:
        if deidentify is not None:
            secret = Secret(file=str(deidentify)).read()
            files = read_sendable(deidentified(files, secret, Path(temporary)))
        send_files(there, files)
    answer = {
        "archive": there.name,
        "objects": [{"kind": one.kind.name, "path": one.path.name} for one in files],
    }
    emit(answer, json, lambda console: console.print(f"{len(files)} objects sent to {there.name}"))


def _require_agreement(given: bool, name: str) -> None:
    from ...core.errors import InputError

    if given:
        return
    if sys.stdin is not None and sys.stdin.isatty():
        question = f"The objects carry the patient's name and number. Send them to {name}?"
        if typer.confirm(question, err=True):
            return
        raise InputError("Nothing was sent, since it was not agreed to.")
    raise InputError(
        f"The objects carry the patient's name and number, and nobody agreed that they may go to {name}; "
        "agree with --yes."
    )
