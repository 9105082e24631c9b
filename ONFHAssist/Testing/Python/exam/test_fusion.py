"""What a series says of a hip lies on the reference's grid where the hip lay, however the series is stored."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from scipy.spatial.transform import Rotation  # noqa: E402
from support.exact_networks import Brightness  # noqa: E402

from ONFHAssistLib.exam.alignment import HipView  # noqa: E402
from ONFHAssistLib.exam.fusion import fused, hip_grid, probability_of  # noqa: E402
from ONFHAssistLib.imaging.head import FemoralHead  # noqa: E402
from ONFHAssistLib.imaging.image import Image  # noqa: E402
from ONFHAssistLib.segment.outliner import Outliner  # noqa: E402

LESION = np.array([7.0, -4.0, 8.0])  # from the centre: away from the midline, to the front, up
OUTWARD = {"R": np.array([-1.0, 1.0, 1.0]), "L": np.ones(3)}
TURN = Rotation.from_euler("ZX", (25.0, -15.0), degrees=True).as_matrix()
STORED = {"axial": np.eye(3), "flipped": np.diag([-1.0, 1.0, -1.0]), "oblique and flipped": TURN * [-1, 1, 1]}


@pytest.mark.parametrize("stored", STORED)
@pytest.mark.parametrize("side", ["R", "L"])
def test_a_lesion_lies_where_it_lay_before_the_hip_moved(stored, side):
    centre = OUTWARD[side] * [88.0, 4.0, -10.0]
    matrix = np.eye(4)  # reference to series
    matrix[:3, :3] = Rotation.from_rotvec([0.05, -0.08, 0.06]).as_matrix()
    matrix[:3, 3] = [14.0, -9.0, 22.0]
    moved, there = (matrix[:3, :3] @ p + matrix[:3, 3] for p in (centre, centre + OUTWARD[side] * LESION))
    direction, spacing, size = STORED[stored], np.array([1.2, 1.2, 1.6]), np.array([84, 84, 64])
    origin = moved - direction @ (spacing * (size - 1) / 2)
    empty = Image(np.zeros(size[::-1], np.float32), tuple(spacing), tuple(origin), tuple(direction.ravel()))
    array = np.full(empty.array.shape, 5.0, np.float32)
    array[empty.distances(moved) < 24.0] = 60.0
    array[empty.distances(there) < 12.0] = 100.0  # 1.4% of the cube, whose brightest hundredth is its scale
    view = HipView("3", "T1-weighted", empty.like(array), FemoralHead(side, tuple(moved), 24.0), empty)
    grid = hip_grid(centre)
    seen = probability_of(view, matrix, grid, Outliner(Brightness(), 0.5))
    found = fused([seen])
    lesion = grid.points()[found[2] > 0.5].mean(axis=0)
    head = grid.points()[found[0] < 0.5].mean(axis=0)
    assert np.linalg.norm(lesion - centre - OUTWARD[side] * LESION) < 0.3
    assert np.linalg.norm(head - centre) < 0.3
