"""How a hip lies at a later date against an earlier one: a rigid motion by the bone that the disease left alone.

The joint bends from one day to another, and the necrosis is what changes. Compared is what lies within a few mm of head
and neck and not near the necrosis of either date. Each of several pairs of series of like contrast gives a motion
(:mod:`..exam.alignment`: mutual information of Mattes et al. 2003, from two starts); the middle one of them is taken, and
how far they lie apart says how sure it is. Spheres tell the place where one series of a pair suppresses fat and the other
does not, as within an examination.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import SimpleITK as sitk  # noqa: N813 - its documented short name
from scipy import ndimage
from scipy.spatial.transform import Rotation

from ..exam.alignment import (
    LEAST_OVERLAP,
    MOST_OFF_MM,
    MOST_RADII_MM,
    HipSearch,
    HipView,
    euler_at,
    last_line,
    matrix_of,
    offsets_from,
    turned_start,
)
from ..imaging.contrast import FAT_SUPPRESSED
from ..imaging.head_sphere import neck_direction
from ..imaging.image import Image
from ..imaging.labels import head_mask
from ..measure.surface import sampled
from .examinations import DatedHip, necrosis_of

MOST_PAIRS = 4
AWAY_MM = 4.0  # from the necrosis, where bone may have changed, too
BEYOND_MM = 4.0  # of the head's sphere, so that its border is seen
NECK = (2.5, 0.85)  # radii: how far down its axis the neck is followed, and its half width there
MOST_SPREAD_MM = 1.5  # over the head, between two searches of one pair, the second of which is coarse
MOST_TURN_DEG = 30.0  # between two days; more is another position than one for this examination
MOST_APART_MM = 2.5  # of the pairs of series, over the head
REFUSED = "the later examination could not be aligned on the earlier one: {}"


@dataclass(frozen=True)
class DateAlignment:
    """The motion of a hip from one date to another.

    Attributes:
        matrix: 16 numbers, row-major, 4 x 4: LPS mm of the earlier reference to LPS mm of the later.
        pairs: "earlier series-later series" that it rests on.
        apart_mm: root mean square over the head by which the pairs lie off the result; of one pair its second search.
        turn_degrees: the angle of the rotation. overlap: Dice of both dates' outlines of the head, once aligned.
        failure: why it is not used; "" where it is.
    """

    matrix: tuple[float, ...]
    pairs: tuple[str, ...]
    apart_mm: float
    turn_degrees: float
    overlap: float
    failure: str = ""

    @property
    def motion(self) -> np.ndarray:
        """The matrix as an array (4, 4)."""
        return np.array(self.matrix).reshape(4, 4)


def align_dates(earlier: DatedHip, later: DatedHip) -> DateAlignment:
    """The later hip on the earlier one; with a ``failure`` where that is not to be used."""
    radii = abs(earlier.head.radius - later.head.radius)
    if radii > MOST_RADII_MM:
        return _failed(f"the radii of the heads differ by {radii:.1f} mm; is it the same hip?")
    motions, names, spreads, why = [], [], [], ""
    for one, two in ranked_pairs(earlier, later):
        try:
            motion, spread = _by_pair(earlier, later, one, two)
        except RuntimeError as error:  # ITK: no voxel of the mask is left in the moving image
            why = f"the search did not run ({last_line(error)})"
            continue
        if spread > MOST_SPREAD_MM:
            why = f"it did not converge: two searches end {spread:.1f} mm apart"
            continue
        motions.append(motion)
        spreads.append(spread)
        names.append(f"{one[0].series}-{two[0].series}")
    if not motions:
        return _failed(why or "no series of one shows what a series of the other does")
    points = _head_points(earlier)
    middle = middle_motion(motions, points)
    off = [_distance(middle, motion, points) for motion in motions]
    apart = float(np.sqrt(np.mean(np.square(off)))) if len(motions) > 1 else spreads[0]
    turn = float(np.degrees(Rotation.from_matrix(middle[:3, :3]).magnitude()))
    overlap = _overlap(earlier, later, middle)
    return DateAlignment(
        tuple(float(v) for v in middle.ravel()),
        tuple(names),
        apart,
        turn,
        overlap,
        _doubt(apart, turn, overlap),
    )


def ranked_pairs(
    earlier: DatedHip, later: DatedHip
) -> list[tuple[tuple[HipView, np.ndarray], tuple[HipView, np.ndarray]]]:
    """Pairs of series that are compared, the most alike first: fat suppressed in both or neither, contrast, plane."""

    def unlike(one: tuple[HipView, np.ndarray], two: tuple[HipView, np.ndarray]) -> tuple[bool, bool, float]:
        a, b = one[0], two[0]
        suppressed = (a.contrast == FAT_SUPPRESSED) != (b.contrast == FAT_SUPPRESSED)
        across = abs(float(a.image.slice_normal @ b.image.slice_normal))
        return suppressed, a.contrast != b.contrast, 1.0 - across

    pairs = [(one, two) for one in earlier.views for two in later.views]
    pairs.sort(key=lambda pair: unlike(*pair))
    alike = [pair for pair in pairs if not unlike(*pair)[0]]
    return (alike or pairs)[:MOST_PAIRS]


def unaffected_bone(hip: DatedHip, other: Image | None = None) -> Image:
    """Bone and its border about a head, down the neck, away from its necrosis: 0 or 1 on voxels in the hip's frame.

    Args:
        other: necrosis of another date as voxels of a number over 0.5, in the same frame; kept away from, too.
    """
    centre, radius = np.asarray(hip.head.centre), hip.head.radius
    away = hip.labels.like(necrosis_of(hip).astype(np.float32))
    down = neck_direction(hip.side)
    reach = (NECK[0] + 1.0) * radius
    count = int(2 * reach / 1.5)
    grid = Image(np.zeros((count,) * 3, np.uint8), (1.5,) * 3, tuple(centre - 0.5 * (count - 1) * 1.5))
    x, y, z = offsets_from(grid, centre)
    along = down[0] * x + down[1] * y + down[2] * z
    squared = x**2 + y**2 + z**2
    neck = (along > 0) & (along <= NECK[0] * radius) & (squared - along**2 <= (NECK[1] * radius) ** 2)
    bone = (squared <= (radius + BEYOND_MM) ** 2) | neck
    sick = sampled_on(away, grid) > 0.5
    if other is not None:
        sick |= sampled_on(other, grid) > 0.5
    if sick.any():
        bone &= ndimage.distance_transform_edt(~sick, 1.5) > AWAY_MM
    return grid.like(bone.astype(np.float32))


def sampled_on(image: Image, grid: Image) -> np.ndarray:
    """An image's values at the voxels of a grid; 0 outside of it."""
    return np.asarray(image.resampled_to(grid).array)


def _by_pair(
    earlier: DatedHip,
    later: DatedHip,
    one: tuple[HipView, np.ndarray],
    two: tuple[HipView, np.ndarray],
) -> tuple[np.ndarray, float]:
    """Motion between the references by one pair of series, and how far its second search ends from it (mm, RMS)."""
    fixed, moving = one[0], two[0]
    centre = np.array(fixed.head.centre)
    start = _start(one[1], two[1], centre, np.array(moving.head.centre))
    first = matrix_of(start)
    guess = np.linalg.inv(two[1]) @ first @ one[1]
    sick = carried(later.labels.like(necrosis_of(later).astype(np.float32)), np.linalg.inv(guess))
    bone = unaffected_bone(earlier, sick)

    def region(grid: Image) -> np.ndarray:
        back = np.linalg.inv(one[1])
        return sampled(bone, grid.points() @ back[:3, :3].T + back[:3, 3]) > 0.5

    search = HipSearch(fixed, moving, region)
    found, _ = search.run(start)
    other, _ = search.run(turned_start(start), coarse=True)
    if (fixed.contrast == FAT_SUPPRESSED) == (moving.contrast == FAT_SUPPRESSED):
        freed, _ = search.run(found, turn_only=False)
        off = np.asarray(freed.TransformPoint(centre.tolist())) - moving.head.centre
        if np.linalg.norm(off) <= MOST_OFF_MM:
            found = freed
            other, _ = search.run(other, coarse=True, turn_only=False)
    motions = [np.linalg.inv(two[1]) @ matrix_of(end) @ one[1] for end in (found, other)]
    return motions[0], _distance(motions[0], motions[1], _head_points(earlier))


def _start(one: np.ndarray, two: np.ndarray, centre: np.ndarray, there: np.ndarray) -> sitk.Euler3DTransform:
    """Both references turned alike, the centres of the heads on each other."""
    turn = two[:3, :3] @ one[:3, :3].T
    start = euler_at(centre, there - centre)
    start.SetMatrix(Rotation.from_matrix(turn).as_matrix().ravel().tolist(), 1e-4)
    return start


def carried(image: Image, motion: np.ndarray) -> Image:
    """The same voxels elsewhere: moved by a rigid motion, 4 x 4, LPS mm."""
    turn = motion[:3, :3]
    origin = turn @ np.asarray(image.origin) + motion[:3, 3]
    direction = turn @ np.asarray(image.direction).reshape(3, 3)
    return Image(image.array, image.spacing, tuple(origin.tolist()), tuple(direction.ravel().tolist()))


def middle_motion(motions: list[np.ndarray], points: np.ndarray) -> np.ndarray:
    """The mean of rigid motions, of which those far from the median one count less.

    Args:
        motions: 4 x 4. points: (n, 3) mm over which they are compared.
    """
    moved = np.stack([points @ m[:3, :3].T + m[:3, 3] for m in motions])
    off = np.linalg.norm(moved - np.median(moved, axis=0), axis=2).mean(axis=1)
    weight = 1.0 / (0.3 + off) ** 2
    turn = Rotation.from_matrix([m[:3, :3] for m in motions]).mean(weight).as_matrix()
    centre = points.mean(axis=0)
    place = np.average(moved.mean(axis=1), axis=0, weights=weight)
    middle = np.eye(4)
    middle[:3, :3] = turn
    middle[:3, 3] = place - turn @ centre
    return middle


def _head_points(hip: DatedHip) -> np.ndarray:
    z, y, x = np.nonzero(head_mask(hip.labels.array, hip.side))
    step = max(1, len(x) // 1500)
    return hip.labels.index_to_point(np.stack([x, y, z], axis=1)[::step])


def _distance(one: np.ndarray, two: np.ndarray, points: np.ndarray) -> float:
    """Root mean square distance in mm of points moved by two motions."""
    off = points @ (one - two)[:3, :3].T + (one - two)[:3, 3]
    return float(np.sqrt(np.mean(np.sum(off**2, axis=1))))


def _overlap(earlier: DatedHip, later: DatedHip, motion: np.ndarray) -> float:
    one = earlier.labels.like(head_mask(earlier.labels.array, earlier.side).astype(np.float32))
    two = carried(
        later.labels.like(head_mask(later.labels.array, later.side).astype(np.float32)), np.linalg.inv(motion)
    )
    there = sampled_on(two, one) > 0.5
    here = one.array > 0.5
    return float(2 * (here & there).sum() / max(here.sum() + there.sum(), 1))


def _doubt(apart: float, turn: float, overlap: float) -> str:
    if apart > MOST_APART_MM:
        return REFUSED.format(f"its series disagree by {apart:.1f} mm")
    if turn > MOST_TURN_DEG:
        return REFUSED.format(f"it ended turned by {turn:.0f} degrees")
    if overlap < LEAST_OVERLAP:
        return REFUSED.format(f"the outlines of the heads do not meet (Dice {overlap:.2f})")
    return ""


def _failed(why: str) -> DateAlignment:
    return DateAlignment(
        tuple(np.eye(4).ravel().tolist()), (), float("nan"), float("nan"), 0.0, REFUSED.format(why)
    )
