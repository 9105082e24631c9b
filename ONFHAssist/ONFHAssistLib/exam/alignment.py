"""How one hip lies in another series of its examination: a rigid registration of femoral head and neck.

Patients move between series, by some mm and degrees, and not both hips alike. Each hip is aligned by itself with the
mutual information of Mattes et al. (2003, IEEE Trans Med Imaging 22:120-128), which knows no contrast, coarse to fine,
within a mask of head and neck. Searches start from the headers' own word and from the two outlines of the head, so that
another frame of reference is nothing special. Two things must speak for a result before it is used: a second search from
another place must end where the first one did, and the two series' own outlines of the head, which took no part in the
search, must come to lie on each other. What does not converge is refused, in a sentence.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import SimpleITK as sitk  # noqa: N813 - its documented short name

from ..imaging.head import FemoralHead
from ..imaging.head_sphere import neck_direction
from ..imaging.image import Image
from ..imaging.labels import head_mask
from ..segment.grids import patient_grid, resample_for_network
from .result import Alignment

GRID_MM = 1.25
_REACH = 1.45  # radii about the centre that the mask of the head reaches
_NECK = (2.3, 1.0)  # radii: how far down its axis the mask follows the neck, and its half width there
_DOWN_MM = 8.0  # the middle of the fixed grid lies so far down the neck
_SIZE, _MOVING_SIZE = 80, 100  # voxels
_BINS = 32
_EXTREMES = (0.5, 98.5)  # percentiles
MOST_SHIFT_MM, MOST_TURN_DEG = (
    15.0,
    15.0,
)  # of a hip against what outlines and headers say: more is no patient motion
MOST_SPREAD_MM = 1.0  # over the head, between two searches
LEAST_OVERLAP = 0.80  # Dice of the two outlines
LEAST_SEEN = 0.5  # share of the mask in the moving series
_SECOND = ((2.0, -2.0, 2.0), (2.5, 2.5, -2.5))  # mm and degrees by which the second search starts elsewhere
_BY_HEADER_MM = 12.0  # headers whose heads lie farther apart are no start


@dataclass(frozen=True)
class HipView:
    """One hip as one series shows it: the image, its head and the labels of its outline (any grid)."""

    series: str
    frame: int
    image: Image
    head: FemoralHead
    labels: Image


def align_hip(fixed: HipView, moving: HipView) -> Alignment:
    """The rigid motion that takes a hip from ``fixed`` (the reference) to where it lies in ``moving``.

    Returns:
        With a ``failure`` where it is not to be used.
    """
    centre = np.array(fixed.head.centre)
    search = _Search(fixed, moving)
    shift = np.array(moving.head.centre) - centre
    starts = [_euler(centre, shift)]
    if fixed.frame == moving.frame and np.linalg.norm(shift) <= _BY_HEADER_MM:
        starts.append(_euler(centre, np.zeros(3)))
    try:
        coarse = [search.run(start, coarse=True) for start in starts]
        best = min(coarse, key=lambda found: found[1])[0]
        first, value = search.run(best)
        second, other = search.run(_nudged(best))
    except RuntimeError as error:  # ITK: no voxel of the mask is left in the moving image
        return _failed(moving, f"the search did not run ({_first_line(error)})")
    if other < value:
        first, second, value = second, first, other
    head = _points(fixed)
    spread = float(np.sqrt(np.mean(np.sum((_apply(first, head) - _apply(second, head)) ** 2, axis=1))))
    matrix = _matrix(first)
    turn = float(np.degrees(np.arccos(np.clip((np.trace(matrix[:3, :3]) - 1) / 2, -1, 1))))
    moved = matrix[:3, :3] @ centre + matrix[:3, 3]
    overlap = _overlap(fixed, moving, matrix)
    failure = _doubt(
        spread, turn, float(np.linalg.norm(moved - moving.head.centre)), overlap, search.seen(matrix)
    )
    return Alignment(
        fixed.head.side, moving.series, tuple(float(v) for v in matrix.ravel()),
        float(np.linalg.norm(moved - centre)), turn, -value, spread, overlap, failure,
    )  # fmt: skip


def _doubt(spread: float, turn: float, off: float, overlap: float, seen: float) -> str:
    """Why a result is not to be used; "" where nothing speaks against it."""
    if seen < LEAST_SEEN:
        return f"only {100 * seen:.0f}% of head and neck is in its field of view"
    if spread > MOST_SPREAD_MM:
        return f"it did not converge: two searches end {spread:.1f} mm apart"
    if off > MOST_SHIFT_MM or turn > MOST_TURN_DEG:
        return f"it ended {off:.0f} mm and {turn:.0f} degrees away, farther than a patient moves"
    if overlap < LEAST_OVERLAP:
        return f"the outlines of the head do not meet (Dice {overlap:.2f}); is it the same hip?"
    return ""


def unmoved(view: HipView) -> Alignment:
    """The reference's own."""
    return Alignment(view.head.side, view.series, tuple(np.eye(4).ravel().tolist()), 0.0, 0.0, 0.0, 0.0, 1.0)


def _failed(moving: HipView, why: str) -> Alignment:
    nan = float("nan")
    return Alignment(
        moving.head.side, moving.series, tuple(np.eye(4).ravel().tolist()), nan, nan, nan, nan, nan, why
    )


class _Search:
    """The two images on cubic voxels, the mask, and the registration between them."""

    def __init__(self, fixed: HipView, moving: HipView) -> None:
        side, radius = fixed.head.side, fixed.head.radius
        centre, neck = np.array(fixed.head.centre), neck_direction(side)
        grid = patient_grid(centre + _DOWN_MM * neck, (_SIZE,) * 3, GRID_MM)
        self.mask = _inside(fixed.image, grid) & _head_and_neck(grid, centre, radius, neck)
        self.points = grid.points()[self.mask][::23]
        self.moving_image = moving.image
        there = patient_grid(np.array(moving.head.centre) + _DOWN_MM * neck, (_MOVING_SIZE,) * 3, GRID_MM)
        near = _inside(moving.image, there)
        about = near & _head_and_neck(there, np.array(moving.head.centre), moving.head.radius, neck)
        self.fixed = _clipped(resample_for_network(fixed.image, grid), self.mask).to_sitk()
        self.moving = _clipped(resample_for_network(moving.image, there), about).to_sitk()
        self.fixed_mask = grid.like(self.mask).to_sitk()
        self.moving_mask = there.like(near).to_sitk()

    def run(self, start: sitk.Euler3DTransform, coarse: bool = False, turn_only: bool = False) -> tuple[sitk.Euler3DTransform, float]:
        """From a start to its end: the transform and the metric there (the lower the better)."""
        found = sitk.Euler3DTransform(start)
        method = sitk.ImageRegistrationMethod()
        method.SetMetricAsMattesMutualInformation(_BINS)
        method.SetMetricFixedMask(self.fixed_mask)
        method.SetMetricMovingMask(self.moving_mask)
        method.SetMetricSamplingStrategy(method.REGULAR)
        method.SetMetricSamplingPercentagePerLevel([1.0] if coarse else [1.0, 0.35], 1)
        method.SetInterpolator(sitk.sitkLinear)
        method.SetOptimizerAsRegularStepGradientDescent(
            learningRate=2.0 if coarse else 0.7, minStep=0.02 if coarse else 0.004,
            numberOfIterations=60, relaxationFactor=0.6, gradientMagnitudeTolerance=1e-7,
        )  # fmt: skip
        method.SetOptimizerScalesFromPhysicalShift()
        if turn_only:
            method.SetOptimizerWeights([1.0, 1.0, 1.0, 0.0, 0.0, 0.0])
        method.SetShrinkFactorsPerLevel([3] if coarse else [2, 1])
        method.SetSmoothingSigmasPerLevel([2.0] if coarse else [1.0, 0.0])
        method.SmoothingSigmasAreSpecifiedInPhysicalUnitsOn()
        method.SetInitialTransform(found, inPlace=True)
        method.Execute(self.fixed, self.moving)
        return found, float(method.GetMetricValue())

    def seen(self, matrix: np.ndarray) -> float:
        """Share of the mask that lies in the moving image."""
        if not len(self.points):
            return 0.0
        index = self.moving_image.point_to_index(self.points @ matrix[:3, :3].T + matrix[:3, 3])
        return float(
            np.all((index >= -0.5) & (index <= np.array(self.moving_image.size) - 0.5), axis=1).mean()
        )


def _clipped(image: Image, mask: np.ndarray) -> Image:
    """Grey values cut where the mask has its extremes, so that a vessel or fluid does not take most of the histogram."""
    values = image.array[mask]
    if not values.size:
        return image
    low, high = np.percentile(values, _EXTREMES)
    return image.like(np.clip(image.array, low, max(high, low + 1e-3)).astype(np.float32))


def _inside(image: Image, grid: Image) -> np.ndarray:
    """Voxels of a grid that lie in the image."""
    index = image.point_to_index(grid.points())
    return np.asarray(np.all((index >= -0.5) & (index <= np.array(image.size) - 0.5), axis=-1))


def _head_and_neck(grid: Image, centre: np.ndarray, radius: float, neck: np.ndarray) -> np.ndarray:
    offset = grid.points() - centre
    along = offset @ neck
    across = np.linalg.norm(offset - along[..., None] * neck, axis=-1)
    ball = np.linalg.norm(offset, axis=-1) <= _REACH * radius
    return np.asarray(ball | ((along > 0) & (along <= _NECK[0] * radius) & (across <= _NECK[1] * radius)))


def _points(view: HipView) -> np.ndarray:
    """Some points (n, 3) of the head's outline, LPS mm."""
    z, y, x = np.nonzero(head_mask(view.labels.array, view.head.side))
    step = max(1, len(x) // 2000)
    return view.labels.index_to_point(np.stack([x, y, z], axis=1)[::step])


def _overlap(fixed: HipView, moving: HipView, matrix: np.ndarray) -> float:
    """Dice of the outlines of the head, on a grid about the reference's."""
    side = fixed.head.side
    grid = patient_grid(np.array(fixed.head.centre), (44,) * 3, 2.0)
    points = grid.points()
    one = _label_at(fixed.labels, points, side)
    two = _label_at(moving.labels, points @ matrix[:3, :3].T + matrix[:3, 3], side)
    return float(2 * (one & two).sum() / max(one.sum() + two.sum(), 1))


def _label_at(labels: Image, points: np.ndarray, side: str) -> np.ndarray:
    index = np.rint(labels.point_to_index(points)).astype(int)
    inside = np.all((index >= 0) & (index < np.array(labels.size)), axis=-1)
    x, y, z = np.moveaxis(np.where(inside[..., None], index, 0), -1, 0)
    return inside & head_mask(labels.array[z, y, x], side)


def _euler(centre: np.ndarray, shift: np.ndarray) -> sitk.Euler3DTransform:
    start = sitk.Euler3DTransform()
    start.SetCenter(centre.tolist())
    start.SetTranslation(np.asarray(shift, float).tolist())
    return start


def _nudged(found: sitk.Euler3DTransform) -> sitk.Euler3DTransform:
    """Another start near an end."""
    start = sitk.Euler3DTransform(found)
    angles = (found.GetAngleX(), found.GetAngleY(), found.GetAngleZ())
    start.SetRotation(*(a + float(np.radians(d)) for a, d in zip(angles, _SECOND[1], strict=True)))
    start.SetTranslation([t + d for t, d in zip(found.GetTranslation(), _SECOND[0], strict=True)])
    return start


def _matrix(transform: sitk.Euler3DTransform) -> np.ndarray:
    matrix = np.eye(4)
    matrix[:3, :3] = np.array(transform.GetMatrix()).reshape(3, 3)
    matrix[:3, 3] = np.array(transform.TransformPoint((0.0, 0.0, 0.0)))
    return matrix


def _apply(transform: sitk.Euler3DTransform, points: np.ndarray) -> np.ndarray:
    matrix = _matrix(transform)
    return points @ matrix[:3, :3].T + matrix[:3, 3]


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[-1][:120].strip()
