"""Step 1 in the scene: sphere tool and measurements."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

import numpy as np

from ..errors import InputError
from ..provenance import provenance
from ..radiograph import is_radiograph
from ..segment import labels as lab
from ..segment.sphere import Head, fit_sphere_to_points, segment_spheres
from .case import box_of_head, find_node, gather, points_of
from .segmentations import READER, labels_from_segmentation, segmentation_from_labels
from .tables import table_from_columns
from .volumes import image_from_volume

if TYPE_CHECKING:
    from slicer import (
        vtkMRMLMarkupsFiducialNode,
        vtkMRMLScalarVolumeNode,
        vtkMRMLSegmentationNode,
        vtkMRMLTableNode,
    )

MEASUREMENT_UNITS = {
    "radius": "mm",
    "head_ml": "ml",
    "necrosis_ml": "ml",
    "arc_a": "deg",
    "arc_b": "deg",
    "combined_necrotic_angle": "deg",
    "depth_mm": "mm",
}
MEASUREMENT_TEXTS = {
    "necrotic_share": "Necrotic volume over head volume, 0 to 1.",
    "arc_a": "Necrotic arc on the mid-coronal slice about the head's centre.",
    "arc_b": "Necrotic arc on the mid-axial slice about the head's centre.",
    "combined_necrotic_angle": "Arc A plus arc B.",
    "necrosis_degree_index": "A/180 x B/180 x 100, as printed in the DLRC study.",
    "jic_type": "Type by the weight-bearing thirds (Sugano 2002).",
}


def sphere_to_scene(
    volume: vtkMRMLScalarVolumeNode,
    segmentation: vtkMRMLSegmentationNode | None,
    points: vtkMRMLMarkupsFiducialNode | None,
    radius: float,
    clip: bool,
    reader: str,
) -> tuple[vtkMRMLSegmentationNode, Head, tuple[str, ...]]:
    """Make or replace one femoral head; the other side and any necrosis stay as they were.

    Args:
        points: one point at the centre (then ``radius`` in mm counts) or three and more on the rim.
        reader: who outlined.

    Raises:
        InputError: from the sphere tool; the scene stays as it was.
    """
    image = image_from_volume(volume)
    placed = points_of(points)
    centre, size = (placed[0], radius) if len(placed) == 1 else fit_sphere_to_points(placed)
    result = segment_spheres(image, [(centre, size)], clip)
    head = result.heads[0]
    labels = result.labels
    if segmentation is not None and segmentation.GetSegmentation().GetNumberOfSegments():
        labels = image.like(_merged(volume, segmentation, labels.array, head.side))
    tool = {"tool": "circle"} if is_radiograph(image) else {"tool": "sphere", "clip": str(clip)}
    record = provenance(image, **tool, points=str(len(placed)))
    node = segmentation_from_labels(labels, volume, reader, record, segmentation)
    gather(volume, [node, box_of_head(head, record), points])
    return node, head, result.warnings


def _merged(
    volume: vtkMRMLScalarVolumeNode, segmentation: vtkMRMLSegmentationNode, new: np.ndarray, side: str
) -> np.ndarray:
    """The new head of ``side`` in place of the old one; necrosis inside it and the other side stay."""
    try:
        old = labels_from_segmentation(segmentation, volume).array.copy()
    except InputError:  # nothing of ours in it yet
        return new
    head = new == lab.HEAD[side]
    keep = (old == lab.NECROSIS[side]) & head
    old[lab.head_mask(old, side)] = 0
    old[head] = lab.HEAD[side]
    old[keep] = lab.NECROSIS[side]
    return old


def measurements_to_scene(
    volume: vtkMRMLScalarVolumeNode, segmentation: vtkMRMLSegmentationNode
) -> vtkMRMLTableNode:
    """Table "*volume* measurements": one row a hip, right before left, units in the columns."""
    from ..segment.measure import measure

    labels = labels_from_segmentation(segmentation, volume)
    hips = measure(labels)
    names = [f.name for f in fields(hips[0]) if not isinstance(getattr(hips[0], f.name), tuple)]
    columns = {name: [_cell(getattr(hip, name)) for hip in hips] for name in names}
    record = {**provenance(image_from_volume(volume)), "reader": segmentation.GetAttribute(READER) or ""}
    table = table_from_columns(
        f"{volume.GetName()} measurements",
        columns,
        role="measurements",
        provenance=record,
        units={name: unit for name, unit in MEASUREMENT_UNITS.items() if name in columns},
        descriptions={name: text for name, text in MEASUREMENT_TEXTS.items() if name in columns},
        node=find_node("vtkMRMLTableNode", "measurements"),
    )
    gather(volume, [segmentation, table])
    return table


def _cell(value: object) -> object:
    """Text columns hold "" and numeric columns NaN where a hip has no value."""
    return "" if value is None else value
