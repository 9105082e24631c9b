"""Readers in the scene: compare two segmentations, make a consensus, record who confirmed."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import slicer
from slicer.i18n import tr as _

from ...core.errors import InputError
from ...core.provenance import provenance
from ..case import move_to_case_folder
from ..images.ownership import find_node
from ..segmentations import READER, labels_from_segmentation, segmentation_from_labels
from ..tables import table_from_columns
from ..volumes import image_from_volume
from ..words import structure_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from slicer import vtkMRMLScalarVolumeNode, vtkMRMLSegmentationNode, vtkMRMLTableNode

    from ...readers.agreement import Comparison

CONFIRMED_BY = "ONFHAssist.confirmedBy"
CONFIRMED_AT = "ONFHAssist.confirmedAt"
_UNITS = {"hausdorff95": "mm", "surface_distance": "mm", "first": "ml, deg", "second": "ml, deg"}


def reader_of(segmentation: vtkMRMLSegmentationNode) -> str:
    """Who outlined it, else the node's name."""
    return segmentation.GetAttribute(READER) or segmentation.GetName()


def agreement_to_scene(
    volume: vtkMRMLScalarVolumeNode, first: vtkMRMLSegmentationNode, second: vtkMRMLSegmentationNode
) -> tuple[vtkMRMLTableNode, Comparison]:
    """Table "*volume* agreement": a row a structure and a row a combined angle.

    Raises:
        InputError: the same segmentation twice, or none of our segments in one.
    """
    from ...readers.agreement import (
        compare_segmentations,  # half a second of statistics, which Run all does not need
    )

    if first is second:
        raise InputError(
            _("Both segmentations are the same; choose another reader's segmentation to compare with.")
        )
    result = compare_segmentations(*(labels_from_segmentation(node, volume) for node in (first, second)))
    rows: list[tuple[Any, ...]] = [
        (
            structure_name(p.structure),
            p.dice,
            p.hausdorff95_mm,
            p.surface_distance_mm,
            p.first_ml,
            p.second_ml,
            p.difference_ml,
        )
        for p in result.structures
    ]
    none = (math.nan,) * 3
    rows += [
        (
            _("Combined angle {side}").format(side=h.side),
            *none,
            h.first_angle,
            h.second_angle,
            h.angle_difference,
        )
        for h in result.hips
        if h.first_angle or h.second_angle
    ]
    names = ("structure", "dice", "hausdorff95", "surface_distance", "first", "second", "difference")
    readers = _("{first} and {second}").format(first=reader_of(first), second=reader_of(second))
    table = table_from_columns(
        _("{volume} agreement").format(volume=volume.GetName()),
        {name: [row[i] for row in rows] for i, name in enumerate(names)},
        role="agreement",
        provenance=provenance(image_from_volume(volume), readers=readers),
        units={**_UNITS, "difference": "ml, deg"},
        titles={
            "structure": _("structure"),
            "dice": "Dice",
            "hausdorff95": _("Hausdorff 95%"),
            "surface_distance": _("surface distance"),
            "first": _("first"),
            "second": _("second"),
            "difference": _("difference"),
        },
        descriptions={
            "dice": _("Twice the overlap over the sum of both volumes; a head includes its necrosis."),
            "hausdorff95": _("Larger of the two directed 95th percentiles of the surface distance."),
            "surface_distance": _("Mean distance from either surface to the other."),
            **{
                name: _("{reader}: volume, or angle in the rows of angles.").format(reader=reader_of(node))
                for name, node in (("first", first), ("second", second))
            },
            "difference": _("Second less first."),
        },
        node=find_node("vtkMRMLTableNode", "agreement", volume),
    )
    move_to_case_folder(volume, [table])
    return table, result


def consensus_to_scene(
    volume: vtkMRMLScalarVolumeNode, segmentations: Sequence[vtkMRMLSegmentationNode], method: str = "staple"
) -> vtkMRMLSegmentationNode:
    """Segmentation "*volume* consensus" of several readers; theirs stay.

    Raises:
        InputError: fewer than two readers, or no head that they agree on.
    """
    from ...readers.consensus import consensus

    if len({node.GetID() for node in segmentations}) < 2:
        raise InputError(_("A consensus needs the segmentations of two readers; choose another one."))
    names = [reader_of(node) for node in segmentations]
    labels = [labels_from_segmentation(node, volume) for node in segmentations]
    result = consensus(labels, method, names)
    record = provenance(image_from_volume(volume), tool=f"consensus by {method}", readers=", ".join(names))
    node = segmentation_from_labels(
        result.labels, volume, _("consensus of {readers}").format(readers=", ".join(names)), record
    )
    node.SetName(slicer.mrmlScene.GenerateUniqueName(_("{volume} consensus").format(volume=volume.GetName())))
    move_to_case_folder(volume, [node])
    return node


def confirm(segmentation: vtkMRMLSegmentationNode | None, reader: str) -> str:
    """Record who confirmed a segmentation and when; returns the time.

    Raises:
        InputError: no segmentation, or no name.
    """
    if segmentation is None or segmentation.GetScene() is None:
        raise InputError(_("No segmentation is chosen; choose the one that you confirm."))
    if not reader.strip():
        raise InputError(_("Enter your name or initials as reader before you confirm."))
    created = provenance()["created"]
    segmentation.SetAttribute(CONFIRMED_BY, reader.strip())
    segmentation.SetAttribute(CONFIRMED_AT, created)
    return created


def confirmation_of(segmentation: vtkMRMLSegmentationNode | None) -> dict[str, str]:
    """``by`` and ``at`` of a confirmed segmentation, else empty."""
    if segmentation is None or not segmentation.GetAttribute(CONFIRMED_BY):
        return {}
    return {
        "by": segmentation.GetAttribute(CONFIRMED_BY),
        "at": segmentation.GetAttribute(CONFIRMED_AT) or "",
    }
