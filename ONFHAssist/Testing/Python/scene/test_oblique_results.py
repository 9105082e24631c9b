"""Boxes, outlines and heat of a scan with oblique, flipped, anisotropic voxels lie on the heads in the scene."""

import numpy as np
import pytest
from scipy.spatial.transform import Rotation
from support.case_results import stage_answer, staged_result

from ONFHAssistLib.case.result import SEGMENT, CaseResult, HipResult, StepRecord
from ONFHAssistLib.imaging.files import write_image
from ONFHAssistLib.imaging.image import Image

CENTRES = {"R": np.array([-82.0, 5.0, 11.0]), "L": np.array([79.0, -4.0, 7.0])}  # LPS mm
RADIUS = {"R": 22.0, "L": 24.0}
HOT = np.array([6.0, -3.0, 9.0])  # of the heat, from the centre of the head
ORDERS = {
    "oblique": ([0, 1, 2], (1, 1, 1)),
    "oblique, flipped": ([0, 1, 2], (-1, 1, -1)),
    "oblique, flipped, sagittal first": ([1, 2, 0], (1, -1, 1)),
}


@pytest.fixture(params=ORDERS.values(), ids=ORDERS)
def grid(request):
    """An empty pelvis of 1.9 x 2.3 x 4.1 mm voxels, turned about all three axes."""
    order, flips = request.param
    spacing, extent = np.array([1.9, 2.3, 4.1]), np.array([260.0, 110.0, 120.0])
    turn = Rotation.from_euler("xyz", [12.0, -8.0, 17.0], degrees=True).as_matrix()
    direction = (turn @ np.diag(flips))[:, order]
    size = np.ceil(np.abs(direction).T @ extent / spacing).astype(int)
    origin = np.array([0.0, 0.0, 8.0]) - direction @ (0.5 * (size - 1) * spacing)
    return Image(
        np.zeros(size[::-1], np.float32),
        tuple(spacing),
        tuple(origin),
        tuple(direction.ravel()),
        {"modality": "MR"},
    )


def ras(point):
    return np.asarray(point) * (-1, -1, 1)


def index_of(volume, place):
    """Voxel (k, j, i) of a volume node at a RAS point, by Slicer's own matrix."""
    import vtk

    matrix = vtk.vtkMatrix4x4()
    volume.GetRASToIJKMatrix(matrix)
    return tuple(round(v) for v in matrix.MultiplyPoint((*place, 1.0))[2::-1])


def test_boxes_and_outlines_lie_on_the_heads(scene, grid, tmp_path):
    import slicer

    from ONFHAssistLib.scene.results.found_heads import found_to_scene
    from ONFHAssistLib.scene.volumes import volume_from_image
    from ONFHAssistLib.segment.sphere_tool import describe_head

    points, labels = grid.points(), np.zeros(grid.array.shape, np.uint8)
    for value, side in enumerate("RL", 1):
        labels[np.linalg.norm(points - CENTRES[side], axis=-1) <= RADIUS[side]] = value
    path = write_image(grid.like(labels), tmp_path / "labels.mha")
    hips = tuple(
        HipResult(side, head=describe_head(grid, labels == value, side, CENTRES[side], RADIUS[side], 0.9))
        for value, side in enumerate("RL", 1)
    )
    volume = volume_from_image(grid, "Hip MRI")
    result = CaseResult("Hip MRI", "abc", segmentation=str(path), hips=hips, steps={SEGMENT: StepRecord()})
    segmentation, _heads, _warnings = found_to_scene(volume, None, result)
    for side in "RL":
        box = slicer.util.getNode(f"Femoral head {side} box")
        assert np.linalg.norm(np.array(box.GetCenter()) - ras(CENTRES[side])) < 2.5
        assert np.allclose(box.GetSize(), 2 * RADIUS[side], atol=6.0)
        mask = slicer.util.arrayFromSegmentBinaryLabelmap(segmentation, f"FemoralHead{side}", volume)
        assert mask[index_of(volume, box.GetCenter())] == 1
        middle = np.argwhere(mask).mean(axis=0)[::-1]
        assert np.linalg.norm(grid.index_to_point(middle) - CENTRES[side]) < 1.5
        bounds = [0.0] * 6
        segmentation.GetSegmentation().GetSegment(f"FemoralHead{side}").GetRepresentation(
            "Closed surface"
        ).GetBounds(bounds)
        surface = np.array(bounds).reshape(3, 2).mean(axis=1)  # RAS, what the 3D view shows
        assert np.linalg.norm(surface - ras(CENTRES[side])) < 3.0


def test_heat_and_its_regions_lie_where_the_network_looked(scene, grid, tmp_path):
    import slicer
    from vtk import vtkMatrix4x4

    from ONFHAssistLib.scene.results.heatmaps import staging_to_scene
    from ONFHAssistLib.scene.volumes import volume_from_image

    points, results = grid.points(), {}
    for side in "RL":
        away = np.linalg.norm(points - (CENTRES[side] + HOT), axis=-1)
        path = write_image(
            grid.like(np.exp(-((away / 14.0) ** 2)).astype(np.float32)), tmp_path / f"{side}.nrrd"
        )
        results[side] = stage_answer("I", {"0": 0.2, "I": 0.7, "II": 0.1}, path)
    volume = volume_from_image(grid, "Hip MRI")
    nodes = staging_to_scene(volume, staged_result(results))
    for side in "RL":
        hot, heat = ras(CENTRES[side] + HOT), nodes["heatmaps"][side]
        same = [vtkMatrix4x4(), vtkMatrix4x4()]
        heat.GetIJKToRASMatrix(same[0])
        volume.GetIJKToRASMatrix(same[1])
        assert [same[0].GetElement(r, c) for r in range(4) for c in range(4)] == pytest.approx(
            [same[1].GetElement(r, c) for r in range(4) for c in range(4)], abs=1e-3
        )
        values = slicer.util.arrayFromVolume(heat)
        assert values[index_of(heat, hot)] > 0.9
        assert slicer.util.arrayFromVolume(nodes["heatmaps"]["both"])[index_of(volume, hot)] > 0.9
        assert (
            values[index_of(heat, ras(CENTRES["L" if side == "R" else "R"] + HOT))] < 0.01
        )  # not the other hip
        mask = slicer.util.arrayFromSegmentBinaryLabelmap(nodes["regions"], f"Heat{side}", volume)
        assert np.array_equal(mask > 0, values >= 0.5)
        middle = np.argwhere(mask).mean(axis=0)[::-1]
        assert np.linalg.norm(ras(grid.index_to_point(middle)) - hot) < 1.5
