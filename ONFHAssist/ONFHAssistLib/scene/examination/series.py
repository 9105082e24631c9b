"""The series of an examination that are loaded: those of the scene's MRI volumes, as :mod:`...exam` knows series.

What is of another patient or date than the chosen volume is listed with that sentence, and never read with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import slicer
from slicer.i18n import tr as _

from ...exam.identity import Identity
from ...exam.result import OTHER_IDENTITY, SeriesRow
from ...exam.study import FoundSeries, no_marrow, numbered, plane_of
from ...imaging.image import Image, slice_axis_of, sliced
from ...imaging.series.numbers import number, words
from ...imaging.series_kind import kind_of
from ..files.headers import geometry_of, headers_of
from ..images.ownership import is_image
from ..results.measurements import marked_edges
from ..results.radiographs import is_slice
from ..volumes import facts_of_volume

if TYPE_CHECKING:
    from pydicom.dataset import Dataset
    from slicer import vtkMRMLScalarVolumeNode

_NO_NUMBER = "–"
_DATES = ("Study Date", "Study Instance UID")


@dataclass(frozen=True)
class LoadedSeries:
    """A volume of the scene as a series.

    Attributes:
        node_id: of the volume.
        found: what is known of it without its voxels; its ``read`` is to be given them (:meth:`with_image`).
    """

    node_id: str
    found: FoundSeries

    @property
    def volume(self) -> vtkMRMLScalarVolumeNode | None:
        """The volume; None where it has left the scene."""
        return slicer.mrmlScene.GetNodeByID(self.node_id)

    def with_image(self, image: Image) -> FoundSeries:
        """The series with its voxels."""
        return replace(self.found, read=lambda: image)

    def row(self) -> SeriesRow:
        """What its row of the table says before the examination is read."""
        one = self.found
        kind = kind_of(one.facts)
        stated = one.facts.get("sequence", "") or (kind.name if kind else "")
        return SeriesRow(
            one.number, one.uid, one.description, one.modality, one.plane, stated, contrast=stated,
            spacing=one.spacing, slices=one.slices, files=one.files, reason=one.problem, other=one.other,
            unnamed=one.unnamed,
        )  # fmt: skip


def loaded_series(chosen: vtkMRMLScalarVolumeNode | None) -> list[LoadedSeries]:
    """All MRI volumes of the scene, by number: the examination of the chosen one, and what is not of it with its reason.

    Only the first header of a DICOM series is read here. Nothing where no volume is chosen, or a single slice.
    """
    if chosen is None or not is_image(chosen) or is_slice(chosen):
        return []
    nodes = [
        n for n in slicer.util.getNodesByClass("vtkMRMLScalarVolumeNode") if is_image(n) and not is_slice(n)
    ]
    headers = {node.GetID(): _first_header(node) for node in nodes}
    identities = {key: Identity() if one is None else Identity.of(one) for key, one in headers.items()}
    found = []
    for node in nodes:
        key = node.GetID()
        differs = identities[chosen.GetID()].differences(identities[key])
        problem = _whose(differs) or _elsewhere(chosen, node)
        # Whoever is named as another one already must not be compared again.
        found.append(_found(node, headers[key], Identity() if problem else identities[key], problem))
    return [LoadedSeries(one.read.node_id, one) for one in _numbered(found) if isinstance(one.read, _Unread)]


def edges_of_series(
    series: list[LoadedSeries], chosen: vtkMRMLScalarVolumeNode | None
) -> dict[str, tuple[str, list[float]]]:
    """Side to the series on which a reader marked its acetabular edge, and where, LPS mm on that series.

    Where one side is marked on several, the chosen volume's counts, else that of the first series. Series of another
    patient or date give none.
    """
    found: dict[str, tuple[str, list[float]]] = {}
    for one in sorted(series, key=lambda one: one.volume is not chosen):
        if one.volume is None or one.found.problem or one.found.other:
            continue
        for side, place in marked_edges(one.volume).items():
            found.setdefault(side, (one.found.number, [float(v) for v in place]))
    return found


def _numbered(found: list[FoundSeries]) -> list[FoundSeries]:
    """By the numbers of the examination's own series; one of another patient or date has none where its own is taken."""
    own = numbered([one for one in found if not one.other])
    taken = {one.number for one in own}
    others = []
    for one in found:
        if one.other:
            free = one.number.isdigit() and one.number not in taken
            others.append(one if free else replace(one, number=_NO_NUMBER))
            taken.add(one.number)
    return sorted([*own, *others], key=lambda one: _order(one.number))


def _order(text: str) -> tuple[float, ...]:
    return (np.inf,) if text == _NO_NUMBER else tuple(int(part) for part in text.split("."))


def _first_header(node: vtkMRMLScalarVolumeNode) -> Dataset | None:
    headers = headers_of(node)
    return None if headers is None else headers.first


def _found(
    node: vtkMRMLScalarVolumeNode, header: Dataset | None, identity: Identity, problem: str
) -> FoundSeries:
    facts = facts_of_volume(node)
    held = geometry_of(node)
    across = slice_axis_of(held.spacing)
    size = node.GetImageData().GetDimensions() if node.GetImageData() is not None else (0, 0, 0)
    if not facts.get("series_description"):
        facts = {**facts, "series_description": node.GetName(), "named_by_volume": "yes"}
    unreadable = no_marrow({"modality": "MR", **facts})
    reading = int(facts.get("files_read") or 0)
    return FoundSeries(
        "" if header is None else words(header, "SeriesNumber"),
        facts.get("series_uid", ""),
        reading or 1,
        facts,
        plane_of(np.asarray(held.direction).reshape(3, 3)[:, across]),
        sliced(held.spacing),
        int(size[across]),
        problem or unreadable,
        0 if header is None else int(number(header, "ImagesInAcquisition") or 0),
        identity,
        OTHER_IDENTITY if problem else "",
        read=_Unread(node.GetID()),
    )


@dataclass(frozen=True)
class _Unread:
    """In the place of the voxels, which are copied only when the examination is read."""

    node_id: str

    def __call__(self) -> Image:
        raise ValueError(f"the voxels of {self.node_id} were asked for before they were given")


def _whose(differs: tuple[str, ...]) -> str:
    """The sentence on a series of somebody else or of another day; "" where nothing differs."""
    if not differs:
        return ""
    what = _(" and ").join([", ".join(differs[:-1]), differs[-1]] if len(differs) > 1 else differs)
    if all(name in _DATES for name in differs):
        return _("It is of another date: it differs from the chosen series in {what}.").format(what=what)
    return _("It is of another patient: it differs from the chosen series in {what}.").format(what=what)


def _elsewhere(chosen: vtkMRMLScalarVolumeNode, node: vtkMRMLScalarVolumeNode) -> str:
    """The same by the places in the subject hierarchy, as DICOM fills it, for volumes whose headers are gone."""
    hierarchy = slicer.vtkMRMLSubjectHierarchyNode.GetSubjectHierarchyNode(slicer.mrmlScene)
    items = [hierarchy.GetItemByDataNode(one) for one in (chosen, node)]
    if not all(items):
        return ""
    for level, said in (
        ("Patient", _("It is of another patient: it lies under another patient in the scene.")),
        ("Study", _("It is of another examination: it lies under another study in the scene.")),
    ):
        above = [hierarchy.GetItemAncestorAtLevel(item, level) for item in items]
        if all(above) and above[0] != above[1]:
            return said
    return ""


def of_examination(series: list[LoadedSeries]) -> list[LoadedSeries]:
    """Those that may be read together."""
    return [one for one in series if not one.found.problem]


def contrast_text(row: SeriesRow) -> str:
    """The contrast of a series, with what contradicts itself shown as such."""
    if row.contradicted:
        return _("{stated} by header, {seen} by look").format(stated=row.stated, seen=row.seen)
    return row.stated or row.seen or _("not stated")


def voxels_text(spacing: tuple[float, ...]) -> str:
    """ "0.8 x 0.8 x 4.5 mm"; "" of what is no volume."""
    return " x ".join(f"{mm:.2g}" for mm in spacing) + " mm" if spacing else ""


def resolution_text(spacing: tuple[float, ...]) -> str:
    """In-plane pixel and distance of the slices, "0.8 x 4.5 mm"; "" of what is no volume."""
    return f"{spacing[0]:.2g} x {spacing[2]:.2g} mm" if spacing else ""


def coverage_text(coverage: Mapping[str, float]) -> str:
    """ "R 100%, L 98%"; "" where no head was looked for."""
    return ", ".join(f"{side} {100 * share:.0f}%" for side, share in coverage.items())
