"""A case of the scene as what its DICOM objects are made of, and the objects into Slicer's DICOM database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from slicer.i18n import tr as _

from ...core.errors import InputError
from ...core.library_logs import quiet_drawing_logs
from ...dicom_out.in_memory import InMemory
from ..images.outlines_of import outlines_on, require_own
from ..images.ownership import find_node
from ..outdated import digest_of
from ..results.case_result import known_result
from ..results.readers import CONFIRMED_BY
from ..segmentations import outlines_from_segmentation
from ..volumes import image_from_volume
from .database import files_of_volume

if TYPE_CHECKING:
    from slicer import vtkMRMLScalarVolumeNode, vtkMRMLSegmentationNode

    from ...imaging.image import Image


def why_not(volume: vtkMRMLScalarVolumeNode | None) -> str:
    """Why nothing can be exported of an image, in a sentence; "" where something can."""
    if volume is None or volume.GetScene() is None:
        return _("Choose a hip MRI first.")
    if not files_of_volume(volume):
        return _(
            "'{name}' did not come from Slicer's DICOM database, so there is no patient and study that objects could "
            "refer to; load its DICOM series there and work it up."
        ).format(name=volume.GetName())
    if known_result(volume) is None:
        return _("There is no result of '{name}' yet; press Run all.").format(name=volume.GetName())
    return ""


def case_in_scene(
    volume: vtkMRMLScalarVolumeNode,
    segmentation: vtkMRMLSegmentationNode | None = None,
    pdf: Path | None = None,
) -> InMemory:
    """What the scene holds of a case.

    Args:
        segmentation: its outlines; those that were made on the image by default.
        pdf: its printed report.

    Raises:
        InputError: no result, no outlines or several without a choice, or an image that did not come from the database.
    """
    reason = why_not(volume)
    if reason:
        raise InputError(reason)
    result = known_result(volume)
    outlines = segmentation or outlines_on(volume)
    if result is None or outlines is None:
        raise InputError(
            _("No outlines of '{name}' are chosen; choose its segmentation, then export.").format(
                name=volume.GetName()
            )
        )
    require_own(outlines, volume)
    digest = digest_of(outlines, volume)
    if any(digest.get(side) != known for side, known in result.hip_outlines.items()):
        raise InputError(
            _(
                "The outlines of '{name}' were changed after they were measured; redo the steps, then export."
            ).format(name=volume.GetName())
        )
    heats: dict[str, Image] = {}
    for hip in result.hips:
        if hip.stage is not None and hip.stage.heat is not None:
            node = find_node("vtkMRMLScalarVolumeNode", "heatmap", volume, hip.side)
            if node is None:
                raise InputError(
                    _("The heatmap of the stage is no longer in the scene; redo the stage, then export.")
                )
            heats[hip.side] = image_from_volume(node)
    return InMemory(
        result,
        image_from_volume(volume),
        outlines_from_segmentation(outlines, volume),
        heats,
        outlines.GetAttribute(CONFIRMED_BY) or "",
        pdf,
    )


def print_report(
    volume: vtkMRMLScalarVolumeNode, segmentation: vtkMRMLSegmentationNode | None, folder: Path
) -> Path:
    """The report of the case as a PDF in a folder, naming nobody: the object around it does."""
    from ...report.case_page import render
    from ..report.case_report import case_page
    from ..report.print_pdf import print_pdf

    outlines = segmentation or outlines_on(volume)
    if outlines is None:
        raise InputError(_("No outlines are chosen; choose a segmentation, then export."))
    quiet_drawing_logs()
    pictures = folder / "pictures"
    pictures.mkdir()
    page = case_page(volume, outlines, pictures)
    return print_pdf(render(page, "print.html"), folder / "report.pdf")
