"""The report of a case from what is in the scene: one HTML file (or a PDF) with pictures, answers and provenance.

The page is in English throughout, as the command line writes it, so its sentences do not go through the translator.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import slicer
from slicer.i18n import tr as _

from ...case.rows import ROLES
from ...core.errors import InputError
from ...core.library_logs import quiet_drawing_logs
from ...imaging.image import Image
from ...imaging.labels import SIDES
from ...report.case_page import CasePage, render, write_case_page
from ...report.case_report import case_page as page_of
from ...report.exam_sections import exam_sections
from ..attributes import ROLE, SIDE, WARNINGS, read_attributes
from ..case import move_to_case_folder, text_node
from ..examination.results import exam_of, sides_that_stand, volumes_of
from ..exchange import case_images
from ..images.ownership import find_node, results_of
from ..outdated import digest_of, outlines_digest
from ..results.found_heads import AUTOMATIC
from ..results.readers import CONFIRMED_AT, CONFIRMED_BY, reader_of
from ..segmentations import outlines_from_segmentation
from ..summary import is_outdated, result_rows
from ..tables import columns_of
from ..volumes import image_from_volume

if TYPE_CHECKING:
    from slicer import vtkMRMLScalarVolumeNode, vtkMRMLSegmentationNode


def write_report(
    volume: vtkMRMLScalarVolumeNode,
    segmentation: vtkMRMLSegmentationNode,
    path: Path,
    patient: str = "",
) -> Path:
    """Write the page and link it in the scene.

    Args:
        path: HTML or PDF file; it appears only when it is whole.
        patient: name for the title; empty names nobody.

    Raises:
        InputError: no outlines, no result, a folder that is not there, or no way to print a PDF here.
    """
    if not path.parent.is_dir():
        raise InputError(
            _("The folder {folder} does not exist; choose another place for the report.").format(
                folder=path.parent
            )
        )
    quiet_drawing_logs()
    with tempfile.TemporaryDirectory(prefix="onfh-report-") as folder:
        page = case_page(volume, segmentation, Path(folder), patient)
        if path.suffix.lower() == ".pdf":
            from .print_pdf import print_pdf

            print_pdf(render(page, "print.html"), path)
        else:
            write_case_page(page, path)
    move_to_case_folder(volume, [text_node(_("Case report"), str(path), "case report", {}, volume)])
    return path


def case_page(
    volume: vtkMRMLScalarVolumeNode,
    segmentation: vtkMRMLSegmentationNode,
    folder: Path,
    patient: str = "",
) -> CasePage:
    """What the report says of the case; its pictures are written into ``folder``.

    Raises:
        InputError: no outlines, no result.
    """
    image, labels = case_images(volume, segmentation)
    page = page_of(
        SceneAnswers(volume, segmentation, digest_of(segmentation, volume)), image, labels, folder, patient
    )
    return _with_examination(page, volume, outlines_from_segmentation(segmentation, volume), folder)


def _with_examination(
    page: CasePage, volume: vtkMRMLScalarVolumeNode, outlines: Image, folder: Path
) -> CasePage:
    """With the two contrasts before, and the series after what is said of the hips, where an examination was read."""
    exam = exam_of(volume)
    if exam is None or len(
        sides_that_stand(volume, outlines_digest(outlines, image_from_volume(volume)))
    ) < len(SIDES):
        return page
    volumes = volumes_of(volume)

    def image_of_series(number: str) -> Image | None:
        return image_from_volume(volumes[number]) if number in volumes else None

    sections = exam_sections(exam, image_of_series, outlines, folder)
    first = [one for one in sections if one.pictures]
    return replace(page, sections=[*first, *page.sections, *(one for one in sections if one not in first)])


def patient_of(volume: vtkMRMLScalarVolumeNode) -> str:
    """Name of the patient's item above the volume in the subject hierarchy, "" where there is none."""
    hierarchy = slicer.vtkMRMLSubjectHierarchyNode.GetSubjectHierarchyNode(slicer.mrmlScene)
    patient = hierarchy.GetItemAncestorAtLevel(hierarchy.GetItemByDataNode(volume), "Patient")
    return hierarchy.GetItemName(patient) if patient else ""


class SceneAnswers:
    """A :class:`.CaseAnswers` from the tables and volumes of the scene, with what readers changed there.

    Args:
        volume: the image of the case; results of other images are not in its report.
        segmentation: the outlines of the case. digest: their hashes.
    """

    def __init__(
        self,
        volume: vtkMRMLScalarVolumeNode,
        segmentation: vtkMRMLSegmentationNode,
        digest: Mapping[str, str],
    ) -> None:
        self._volume, self._segmentation, self._digest = volume, segmentation, digest

    def rows(self, role: str, side: str) -> list[dict[str, Any]]:
        """See :class:`.CaseAnswers`."""
        return result_rows(role, side, self._volume)

    def facts(self, role: str, side: str | None = None) -> Mapping[str, str]:
        """See :class:`.CaseAnswers`."""
        node = find_node("vtkMRMLTableNode", role, self._volume, side if role == "survival" else None)
        return {} if node is None else read_attributes(node)

    def statement(self, role: str) -> str:
        """See :class:`.CaseAnswers`."""
        node = find_node("vtkMRMLTextNode", f"{role} statement", self._volume)
        return node.GetText() if node is not None else ""

    def heat(self, side: str) -> Image | None:
        """See :class:`.CaseAnswers`."""
        node = find_node("vtkMRMLScalarVolumeNode", "heatmap", self._volume, side)
        return None if node is None else image_from_volume(node)

    def curve(self, side: str) -> Mapping[str, Sequence[float]]:
        """See :class:`.CaseAnswers`."""
        node = find_node("vtkMRMLTableNode", "survival curve", self._volume, side)
        return {} if node is None else columns_of(node)

    def remarks(self) -> list[str]:
        """See :class:`.CaseAnswers`."""
        results = self._tables()
        stale = {
            node.GetAttribute(ROLE)
            for node in results
            if is_outdated(node, node.GetAttribute(SIDE) or "R", self._digest)
        }
        remarks = []
        if stale:
            names = ", ".join(sorted(stale))
            remarks = [
                f"Outdated, since the outlines or what was measured on them changed afterwards: {names}."
            ]
        return [*remarks, _who_outlined(self._segmentation)]

    def warnings(self) -> list[str]:
        """See :class:`.CaseAnswers`."""
        return [line for node in self._tables() for line in (node.GetAttribute(WARNINGS) or "").splitlines()]

    def _tables(self) -> list[Any]:
        return [node for role in ROLES for node in results_of(self._volume, "vtkMRMLTableNode", role)]


def _who_outlined(segmentation: vtkMRMLSegmentationNode) -> str:
    reader, confirmed = reader_of(segmentation), segmentation.GetAttribute(CONFIRMED_BY)
    outlined = "Outlined automatically" if reader == AUTOMATIC else f"Outlined by {reader}"
    if confirmed:
        return f"{outlined}; confirmed by {confirmed} ({segmentation.GetAttribute(CONFIRMED_AT)})."
    return f"{outlined}; no reader has confirmed the outlines."
