"""A case from the scene to the rooms: as images at once, or as files for the worker."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..case.case import Case
from ..imaging.image import Image
from ..imaging.labels import SIDES
from ..segment.outline_sides import check_sides
from ..worker.tasks import image_argument
from .files.headers import read_headers
from .images.outlines_of import require_own
from .outdated import digest_of
from .results.measurements import marked_edges
from .segmentations import labels_from_segmentation, outlines_from_segmentation
from .volumes import image_from_volume

if TYPE_CHECKING:
    from slicer import vtkMRMLScalarVolumeNode, vtkMRMLSegmentationNode


def case_images(
    volume: vtkMRMLScalarVolumeNode, segmentation: vtkMRMLSegmentationNode
) -> tuple[Image, Image]:
    """The volume and its labels on the same grid.

    Raises:
        InputError: a node is missing or empty, no segment of ours is filled, the outlines are of another image, or
            one lies on the other side of the patient than its name says.
    """
    read_headers(volume)
    image = image_from_volume(volume)
    require_own(segmentation, volume)
    labels = labels_from_segmentation(segmentation, volume)
    check_sides(labels, image, f"'{segmentation.GetName()}'")
    return image, labels


def case_of(volume: vtkMRMLScalarVolumeNode, segmentation: vtkMRMLSegmentationNode | None) -> Case:
    """The case of a volume: its image, its outlines where there are some, and the edges that a reader marked.

    Raises:
        InputError: the volume is missing or empty, no segment of ours is filled, the outlines are of another image, or
            one lies on the other side of the patient than its name says.
    """
    read_headers(volume)
    image, labels = image_from_volume(volume), None
    if segmentation is not None:
        require_own(segmentation, volume)
        labels = outlines_from_segmentation(segmentation, volume)
    case = Case(image, volume.GetName(), labels, edges_of_readers(volume))
    if segmentation is not None:
        check_sides(case.outlines, image, f"'{segmentation.GetName()}'")
    return case


def edges_of_readers(volume: vtkMRMLScalarVolumeNode) -> dict[str, tuple[float, float, float]]:
    """Side to the lateral acetabular edge that a reader marked on an image, LPS mm."""
    return {side: (float(x), float(y), float(z)) for side, (x, y, z) in marked_edges(volume).items()}


def case_arguments(
    volume: vtkMRMLScalarVolumeNode, segmentation: vtkMRMLSegmentationNode, folder: Path
) -> dict[str, Any]:
    """``image`` and ``labels`` of a worker's task, written into ``folder``, and the hashes of the ``outlines``."""
    image, labels = case_images(volume, segmentation)
    return {
        "image": image_argument(image, folder / "image.mha"),
        "labels": image_argument(labels, folder / "labels.mha"),
        "outlines": {side: text for side, text in digest_of(segmentation, volume).items() if side in SIDES},
    }


def run_arguments(
    case: Case,
    steps: Iterable[str],
    folder: Path,
    settings: Mapping[str, Any] | None = None,
    known: str | None = None,
) -> dict[str, Any]:
    """Arguments of the worker's task ``run_case``, with the images of the case written into ``folder``.

    The scene is not touched, so that this may run beside it.

    Args:
        settings: fields of :class:`..case.run_task.Settings` that are not the default.
        known: JSON of an earlier result, as :func:`.case_result.known_text` gives it.
    """
    images = {
        "image": case.image,
        "labels": None if case.labels is None else case.outlines_in_full,
        "radiograph": case.radiograph,
        "radiograph_labels": case.radiograph_labels,
    }
    return {
        **{
            name: image_argument(image, folder / f"{name}.mha")
            for name, image in images.items()
            if image is not None
        },
        "name": case.name,
        "edges": dict(case.edges),
        "steps": list(steps),
        "out": str(folder),
        "settings": dict(settings or {}),
        "known": known,
    }
