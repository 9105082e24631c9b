"""A case folder and its DICOM series to the objects for the archive, all or none."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydicom.dataset import Dataset

from ...case.case import Case
from ...case.result import SEGMENT, CaseResult, read_result
from ...core.atomic_files import atomic_folder
from ...core.errors import InputError
from ...core.progress import Progress, no_progress
from ...core.provenance import sha256_of_file
from ...imaging.files import read_mask
from ...imaging.image import Image
from ...readers.reader_files import RECORD_SUFFIX
from ..consent import require_distribution
from ..equipment import Identifiers, quiet
from ..source import Source, read_source
from .groups import Context
from .heat_map import heat_map, heat_name
from .pictures import encapsulated_pdf, key_images, read_pdf
from .segments import FINER, ON_SOURCE, segmentation, structures_of
from .structured_report import NAME as REPORT
from .structured_report import structured_report


@dataclass(frozen=True)
class Written:
    """One object: its name without the suffix, its file and its identifier."""

    name: str
    path: Path
    sop_instance_uid: str


@dataclass(frozen=True)
class Ready:
    """A case that belongs to its series: everything that the objects are made of.

    Attributes:
        confirmed_by: the reader who confirmed the outlines as they are; "" where nobody did.
        pdf: the printed report; None where there is none.
        heats: side to the heat of a stage that is given; None where the result names their files.
    """

    result: CaseResult
    case: Case
    source: Source
    confirmed_by: str = ""
    pdf: Path | None = None
    heats: Mapping[str, Image] | None = None


def read_ready(
    folder: Path,
    source: Path,
    outlines: Path | None = None,
    echo: int | None = None,
    stack: int | None = None,
    pdf: Path | None = None,
) -> Ready:
    """Read a case folder and the series that it was worked up from, and hold them against each other.

    Args:
        folder: what ``onfh run`` left. source: folder of the DICOM study or series.
        outlines: the segmentation that the case was given, where the folder has none of its own.
        echo, stack: as in the command that worked it up.
        pdf: the printed report; the one PDF of the folder by default.

    Raises:
        InputError: no DICOM series behind the case, another series, other voxels, outlines that were changed since, or a
            series whose header says that nobody consented to its distribution.
    """
    result = read_result(folder)
    if not result.input or result.input.startswith("sha256:"):
        raise InputError(
            f"The case in {folder} was worked up from a file that is no DICOM series (NIfTI, NRRD or a series without "
            "identifiers); DICOM objects need the patient, study and frame of reference of one. Work the DICOM series up "
            "and export that case."
        )
    found = read_source(source, result.input, echo, stack)
    require_distribution(found.headers, str(source))
    given = outlines or (None if result.segmentation is None else Path(result.segmentation))
    if given is None:
        raise InputError(
            f"The case in {folder} was worked up on given outlines, which it does not hold; name their file.",
            asks_for="segmentation",
        )
    case = _case(result, found, given, outlines is None)
    _require_same(result, case, given, source)
    printed = pdf or _only_pdf(folder)
    if printed is not None:
        read_pdf(printed)
    return Ready(result, case, found, _confirmed_by(given), printed)


def _case(result: CaseResult, source: Source, given: Path, own: bool) -> Case:
    labels = read_mask(given, source.image, in_full=True)
    fine: Image | None = None
    if own and result.segmentation_fine is not None and Path(result.segmentation_fine).is_file():
        fine = read_mask(Path(result.segmentation_fine))
    if fine is not None or not source.image.same_grid(labels):
        return Case(source.image, result.name, labels, fine=fine)
    return Case(source.image, result.name, source.image.like(labels.array))


def _require_same(result: CaseResult, case: Case, given: Path, source: Path) -> None:
    if result.outlines_sha256 and case.outlines_sha256 != result.outlines_sha256:
        raise InputError(
            f"The outlines in {given} are not those that the case was measured on; work the case up again with them."
        )
    if result.hip_content and case.hip_content != dict(result.hip_content):
        raise InputError(
            f"The voxels of series {result.input} in {source} are not those that the case was worked up from; give the "
            "series as it was then, with the same echo and stack."
        )


def _only_pdf(folder: Path) -> Path | None:
    found = sorted(one for one in folder.iterdir() if one.suffix.lower() == ".pdf" and one.is_file())
    if len(found) > 1:
        names = ", ".join(one.name for one in found)
        raise InputError(
            f"The case in {folder} holds several PDF documents ({names}); name one.", asks_for="pdf"
        )
    return found[0] if found else None


def _confirmed_by(outlines: Path) -> str:
    """The reader of a record of ``onfh confirm`` on the outlines as they are now."""
    record = outlines.with_name(outlines.name + RECORD_SUFFIX)
    if not record.is_file():
        return ""
    try:
        content = json.loads(record.read_text(encoding="utf-8"))
        confirmed, digest = str(content.get("confirmed_by", "")), content.get("sha256")
    except (OSError, ValueError, AttributeError):
        raise InputError(f"{record} is not readable JSON; remove it and confirm again.") from None
    return confirmed if digest == sha256_of_file(outlines) else ""


def make_objects(ready: Ready, pictures: bool = True, progress: Progress | None = None) -> dict[str, Dataset]:
    """All objects of a case by their names, the report last of those that it refers to.

    Raises:
        InputError: a heatmap that the case names is not there, or something of it lies on other voxels.
    """
    with quiet():
        return _objects(ready, pictures, progress or no_progress)


def _objects(ready: Ready, pictures: bool, report: Progress) -> dict[str, Dataset]:
    result, case, source = ready.result, ready.case, ready.source
    identifiers = Identifiers(str(source.first.StudyInstanceUID), _content_of(ready))
    provenance = result.steps[SEGMENT].provenance if result.did(SEGMENT) else None
    objects: dict[str, Dataset] = {}
    report(0.1, "Outlines")
    on_source = segmentation(case.outlines, source, identifiers, provenance)
    objects[ON_SOURCE] = measured_on = on_source
    structures = structures_of(case.outlines.array)
    if case.fine is not None:
        objects[FINER] = measured_on = segmentation(case.fine, source, identifiers, provenance, finer=True)
        structures = structures_of(case.fine.array)
    report(0.4, "Heat")
    heats = _heats(result) if ready.heats is None else ready.heats
    for side, heat in heats.items():
        objects[heat_name(side)] = heat_map(heat, side, source, identifiers)
    report(0.6, "Report")
    context = Context(identifiers, measured_on, structures, result.input, source.frame_of_reference)
    objects[REPORT] = structured_report(result, source, context, list(objects.values()), ready.confirmed_by)
    if pictures:
        report(0.7, "Key images")
        objects.update(key_images(source, case.outlines, heats, identifiers, bool(ready.confirmed_by)))
    if ready.pdf is not None:
        objects["PDF"] = encapsulated_pdf(ready.pdf, source, identifiers)
    report(1.0, "Done")
    return objects


def _heats(result: CaseResult) -> Mapping[str, Image]:
    """Side to the heat of a stage that is given; what is withheld has none."""
    from ...imaging.files import read_image

    heats = {}
    for hip in result.hips:
        if hip.stage is None or hip.stage.heatmap is None:
            continue
        if not Path(hip.stage.heatmap).is_file():
            raise InputError(
                f"The heatmap {hip.stage.heatmap} that the case names is not there; put it back, or stage the case again."
            )
        heats[hip.side] = read_image(hip.stage.heatmap)
    return heats


def _content_of(ready: Ready) -> str:
    """Hash of what is exported, from which the identifiers follow; a page that is printed anew makes no new numbers."""
    parts = [ready.result.without_files().to_json(), ready.confirmed_by, ready.case.outlines_sha256]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def write_objects(objects: dict[str, Dataset], out: Path) -> list[Written]:
    """Write the objects into a new folder, which appears when all are whole.

    Raises:
        InputError: the folder holds something.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise InputError(f"{out} is not empty; choose a new folder for the DICOM objects.")
    with quiet(), atomic_folder(out) as part:
        for name, one in objects.items():
            one.save_as(part / f"{name}.dcm", enforce_file_format=True)
    return [Written(name, out / f"{name}.dcm", str(one.SOPInstanceUID)) for name, one in objects.items()]
