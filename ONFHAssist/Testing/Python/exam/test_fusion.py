"""What a series says of a hip lies on the reference's grid where the hip lay, however the series is stored."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from scipy.spatial.transform import Rotation  # noqa: E402
from support.exact_networks import Brightness  # noqa: E402

from ONFHAssistLib.exam.alignment import HipView  # noqa: E402
from ONFHAssistLib.exam.fusion import (  # noqa: E402
    FusionWeights,
    SeriesProbability,
    combined,
    fused,
    hip_grid,
    probability_of,
    showing,
)
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


def part(series, head, necrosis, contrast="T1-weighted", normal=(0.0, 0.0, 1.0), seen=True):
    """What a series says on a cube of 64 voxels: log odds of head and of necrosis, (z, y, x) or numbers."""
    whole = np.ones((64, 64, 64), np.float32)
    return SeriesProbability(
        series, contrast, whole * head, whole * necrosis, np.broadcast_to(seen, whole.shape), normal
    )


def test_without_weights_the_log_odds_are_averaged_over_the_series_that_see_a_voxel():
    half = np.arange(64) < 32
    found = fused([part("2", 4.0, 3.0), part("3", 2.0, -1.0, seen=half)])
    inside, share = 1.0 - found[0], found[2] / (1.0 - found[0])
    assert inside[0, 0, [0, 63]] == pytest.approx([1 / (1 + np.exp(-3.0)), 1 / (1 + np.exp(-4.0))], rel=1e-4)
    assert share[0, 0, [0, 63]] == pytest.approx([1 / (1 + np.exp(-1.0)), 1 / (1 + np.exp(-3.0))], rel=1e-4)


def test_weights_and_shifts_change_several_series_and_never_one_alone():
    ball = np.where(np.linalg.norm(np.indices((64,) * 3) - 31.5, axis=0) < 19.0, 6.0, -6.0)
    numbers = FusionWeights({"bias": -1.0}, {"rim": -1.5, "fat-suppressed": -1.0})
    one, other = part("2", ball, 3.0), part("3", ball, -1.0, "fat-suppressed")
    assert np.array_equal(fused([one], numbers), fused([one]))
    found = fused([one, other], numbers)
    share = found[2] / (1.0 - found[0])
    mean = (3.0 - np.exp(-1.0)) / (1.0 + np.exp(-1.0))  # of both, the second with its lower weight
    depth = 19.0 * 1.25  # of the middle under the surface, in mm
    assert share[32, 32, 32] == pytest.approx(1 / (1 + np.exp(1.5 * np.exp(-depth / 4.0) - mean)), abs=2e-3)
    assert share[32, 32, 32] - share[32, 32, 15] > 0.05  # right under the surface it is shifted


def test_a_series_counts_less_where_its_slices_run_along_a_border():
    step = np.where(np.arange(64) < 32, 4.0, -4.0)  # a border across z, the first axis
    along = part("2", 1.0, np.broadcast_to(step[:, None, None], (64,) * 3))
    across = part("3", 1.0, 1.0, normal=(1.0, 0.0, 0.0))
    plain = combined([along, across], np.stack([along.necrosis, across.necrosis]), {})
    less = combined([along, across], np.stack([along.necrosis, across.necrosis]), {"along": -1.0})
    assert plain[31, 32, 32] == pytest.approx(2.5)
    assert less[31, 32, 32] == pytest.approx((4.0 * np.exp(-1.0) + 1.0) / (np.exp(-1.0) + 1.0), abs=0.02)


def test_series_that_miss_a_necrosis_which_two_others_show_have_no_say_on_it():
    ball = np.linalg.norm(np.indices((64,) * 3) - 31.5, axis=0)
    head, lesion = np.where(ball < 19.0, 6.0, -6.0), np.where(ball < 8.0, 4.0, -4.0)
    shows, misses = [part(n, head, lesion) for n in "23"], [part(n, head, -9.0) for n in "456"]
    found = fused([*shows, *misses])
    assert np.array_equal(found[2] > 0.5, ball < 8.0)  # a mean over all five would be none
    assert showing([*shows, *misses]) == [True, True, False, False, False]
    lone = [shows[0], *misses]
    assert showing(lone) == [True] * 4 and (fused(lone)[2] < 0.5).all()  # one alone may be wrong
    small = part("7", head, np.where(ball < 4.0, 4.0, -4.0))  # an eighth of it
    assert showing([*shows, small]) == [True, True, False]
