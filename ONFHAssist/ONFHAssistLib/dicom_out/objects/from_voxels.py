"""A case that lies in memory, such as in Slicer's scene, made ready for its objects: held against its series anew.

Slicer reads a series by itself, so that voxels and geometry are compared as numbers here, not by the hash of a case.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np

from ...case.case import Case
from ...core.errors import InputError
from ...core.progress import Progress
from ...imaging.masks.fine import is_finer, outline_hashes
from ...imaging.masks.placing import placed_on
from ..consent import require_distribution
from ..in_memory import InMemory
from ..reading.imported import with_hashes
from ..source import read_source
from .export import Ready, Written, make_objects, write_objects
from .pictures import read_pdf


def export_voxels(
    case: InMemory, files: Iterable[str], out: Path, pictures: bool = True, progress: Progress | None = None
) -> list[Written]:
    """Write the objects of a case into a new folder.

    Args:
        files: the DICOM files of exactly this volume, wherever they lie.

    Raises:
        InputError: as :func:`ready_of`; the folder holds something.
    """
    with tempfile.TemporaryDirectory(prefix="onfh-series-") as name:
        series = Path(name)
        for number, file in enumerate(files):
            _place(Path(file), series / f"{number:05d}.dcm")
        return write_objects(make_objects(ready_of(case, series), pictures, progress), out)


def _place(file: Path, at: Path) -> None:
    """A link, or a copy where the system allows none."""
    try:
        at.symlink_to(file.resolve())
    except OSError:
        shutil.copyfile(file, at)


def ready_of(case: InMemory, folder: Path) -> Ready:
    """The case on its series.

    Args:
        folder: of the DICOM files of exactly this volume.

    Raises:
        InputError: other voxels or another place, several multi-frame objects for one volume, identifiers that are
            missing, outlines that are not those that were measured, or no consent to distribution in the header.
    """
    name = case.result.name
    if not case.result.input or case.result.input.startswith("sha256:"):
        raise InputError(
            f"'{name}' was worked up before it was known as a DICOM series; redo the steps, then export."
        )
    source = read_source(folder, case.result.input)
    require_distribution(source.headers, f"'{name}'")
    image = placed_on(case.image, source.image)  # Slicer may store the slices in the other order
    if not source.image.same_grid(image) or not np.array_equal(source.image.array, image.array):
        raise InputError(
            f"'{name}' has other voxels, or lies at another place, than its DICOM files: it was changed, moved or "
            "cropped since it was loaded. Load the series again, work it up and export that."
        )
    now = outline_hashes(case.labels, case.image)
    if any(now.get(side) != known for side, known in case.result.hip_outlines.items()):
        raise InputError(
            f"The outlines of '{name}' were changed after they were measured; redo the steps, then export."
        )
    if case.pdf is not None:
        read_pdf(case.pdf)
    labels = case.labels
    if not is_finer(labels, case.image):
        labels = source.image.like(placed_on(labels, source.image).array)
    worked = Case(source.image, name, labels, edges=case.result.edges)
    heats = {
        side: source.image.like(placed_on(heat, source.image).array) for side, heat in case.heats.items()
    }
    result = replace(with_hashes(case.result, worked, True), segmentation=None, segmentation_fine=None)
    return Ready(result, worked, source, case.confirmed_by, case.pdf, heats)
