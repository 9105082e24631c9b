"""The examinations of the scene that can be compared over time: images with outlines, with the date of their headers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import slicer
from slicer.i18n import tr as _

from ...core.errors import InputError
from ...exam.identity import Identity
from ...followup.dates import require_one_patient, stated_day
from ...worker.tasks import image_argument
from ..exchange import case_of
from ..files.headers import headers_of
from ..images.outlines_of import outlines_on, patient_item
from ..images.ownership import is_image
from ..results.found_heads import is_uncorrected
from ..results.radiographs import is_slice

if TYPE_CHECKING:
    from slicer import vtkMRMLScalarVolumeNode, vtkMRMLSegmentationNode


@dataclass(frozen=True)
class SceneExam:
    """An image of the scene with its outlines.

    Attributes:
        volume, segmentation: the nodes. day: by its headers, as 2024-05-31, or "". identity: of them, never shown.
    """

    volume: vtkMRMLScalarVolumeNode
    segmentation: vtkMRMLSegmentationNode
    day: str
    identity: Identity

    @property
    def name(self) -> str:
        """Of the image."""
        return str(self.volume.GetName())


def scene_examinations() -> list[SceneExam]:
    """All of them, in the order of the scene."""
    found = []
    for volume in slicer.util.getNodesByClass("vtkMRMLScalarVolumeNode"):
        outlines = outlines_on(volume) if is_image(volume) and not is_slice(volume) else None
        if outlines is not None:
            headers = headers_of(volume)
            first = None if headers is None else headers.first
            identity = Identity() if first is None else Identity.of(first)
            day = stated_day([identity])
            found.append(SceneExam(volume, outlines, "" if day is None else day.isoformat(), identity))
    return found


def require_same_patient(exams: Sequence[SceneExam]) -> None:
    """Refuse images of two patients, by their headers or by their places in the subject hierarchy.

    Raises:
        InputError: they are; what the headers state is not said.
    """
    require_one_patient([(one.name, [one.identity]) for one in exams])
    patients = {one.name: patient_item(one.volume) for one in exams}
    known = {name: item for name, item in patients.items() if item}
    if len(set(known.values())) > 1:
        names = list(known)
        other = next(name for name in names if known[name] != known[names[0]])
        raise InputError(
            _("'{one}' and '{two}' are of two patients; compare examinations of one.").format(
                one=names[0], two=other
            )
        )


def exam_argument(exam: SceneExam, day: str, folder: Path) -> dict[str, Any]:
    """An examination of the scene for the worker's task, written into ``folder``."""
    case = case_of(exam.volume, exam.segmentation)
    return {
        "name": exam.name,
        "day": day,
        "image": image_argument(case.image, folder / f"{exam.volume.GetID()}.mha"),
        "labels": image_argument(case.outlines_in_full, folder / f"{exam.volume.GetID()}_labels.mha"),
        "own": not is_uncorrected(exam.segmentation, exam.volume),
    }
