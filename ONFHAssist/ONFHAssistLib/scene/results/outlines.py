"""Step 1 in the scene: the sphere tool; measurements are in :mod:`.measurements`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...core.errors import InputError
from ...core.provenance import provenance
from ...imaging import labels as lab
from ...imaging.head import FemoralHead
from ...imaging.image import Image
from ...imaging.masks.fine import is_finer, on_one_grid, parts_in, recropped, repeated
from ...imaging.radiograph import is_radiograph
from ...segment.sphere_tool import fit_sphere_to_points, segment_spheres
from ..case import box_of_head, control_points, move_to_case_folder
from ..segmentations import outlines_from_segmentation, segmentation_from_labels
from ..volumes import image_from_volume

if TYPE_CHECKING:
    from slicer import (
        vtkMRMLMarkupsFiducialNode,
        vtkMRMLScalarVolumeNode,
        vtkMRMLSegmentationNode,
    )


def sphere_to_scene(
    volume: vtkMRMLScalarVolumeNode,
    segmentation: vtkMRMLSegmentationNode | None,
    points: vtkMRMLMarkupsFiducialNode | None,
    radius: float,
    clip: bool,
    reader: str,
) -> tuple[vtkMRMLSegmentationNode, FemoralHead, tuple[str, ...]]:
    """Make or replace one femoral head; the other side and any necrosis stay as they were.

    Args:
        points: one point at the centre (then ``radius`` in mm counts) or three and more on the rim.
        reader: who outlined.

    Raises:
        InputError: from the sphere tool; the scene stays as it was.
    """
    image = image_from_volume(volume)
    placed = control_points(points).tolist()
    if len(placed) == 1:
        centre, size = placed[0], radius
    else:
        fitted, size = fit_sphere_to_points(placed)
        centre = fitted.tolist()
    result = segment_spheres(image, [(centre, size)], clip)
    head = result.heads[0]
    labels = result.labels
    if segmentation is not None and segmentation.GetSegmentation().GetNumberOfSegments():
        labels = _merged(volume, segmentation, image, labels, head.side)
    tool = {"tool": "circle"} if is_radiograph(image) else {"tool": "sphere", "clip": str(clip)}
    record = provenance(image, **tool, points=str(len(placed)))
    node = segmentation_from_labels(labels, volume, reader, record, segmentation)
    move_to_case_folder(volume, [node, box_of_head(head, volume, record), points])
    return node, head, result.warnings


def _merged(
    volume: vtkMRMLScalarVolumeNode,
    segmentation: vtkMRMLSegmentationNode,
    image: Image,
    labels: Image,
    side: str,
) -> Image:
    """The new head of ``side`` in place of the old one; necrosis in it and the other side stay, as fine as they are."""
    try:
        outlines = outlines_from_segmentation(segmentation, volume)
    except InputError:  # nothing of ours in it yet
        return labels
    grid = image
    if is_finer(outlines, image):
        outlines, labels = on_one_grid(outlines, repeated(labels, image, parts_in(outlines, image)), image)
        grid = outlines
    old, new = outlines.array.copy(), labels.array
    head = new == lab.HEAD[side]
    keep = (old == lab.NECROSIS[side]) & head
    old[lab.head_mask(old, side)] = 0
    old[head] = lab.HEAD[side]
    old[keep] = lab.NECROSIS[side]
    return recropped(grid.like(old), image)
