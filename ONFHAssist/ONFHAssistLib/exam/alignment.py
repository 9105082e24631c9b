"""How one hip lies in another series of its examination: a rigid registration of femoral head and neck.

Patients move between series, by some mm and degrees, and not both hips alike; each hip is aligned by itself. Its place is
told by the spheres of the two outlined heads, so that another frame of reference is nothing special; how it is turned,
by the mutual information of Mattes et al. (2003, IEEE Trans Med Imaging 22:120-128), which knows no contrast, coarse to
fine, within a mask of head, neck and what is close to them. Between two series of which both show fat, or neither, mutual
information sets the place, too. Where one of them suppresses fat it does not: marrow is shifted by the chemical shift of
fat in the other, and what little is bright on both draws the search away by 1 to 3 mm, while the spheres agree to half.

A result is used only where it converged: a second search from elsewhere ends where the first one did, and the outlines,
of which only the centres took part, come to lie on each other. What does not converge is refused, in a sentence.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import SimpleITK as sitk  # noqa: N813 - its documented short name

from ..imaging.contrast import FAT_SUPPRESSED
from ..imaging.head import FemoralHead
from ..imaging.head_sphere import neck_direction
from ..imaging.image import Image
from ..imaging.labels import head_mask
from ..segment.grids import patient_grid, resample_for_network
from .result import Alignment

GRID_MM = 1.25
_REACH = 2.0  # radii about the centre that the mask reaches
_NECK = (2.4, 1.0)  # radii: how far down its axis the mask follows the neck, and its half width there
_DOWN_MM = 4.0  # the middle of the grids lies so far down the neck
_SIZE, _MOVING_SIZE = 88, 100  # voxels
_BINS = 32
_STEP_MM, _ARM_MM = (0.7, 0.01), 40.0  # first and last step
_EXTREMES = (0.5, 98.5)  # percentiles at which grey values are cut
MOST_TURN_DEG = 15.0  # more is no patient on a table
MOST_SPREAD_MM = 1.0  # over the head, between two searches
MOST_OFF_MM = 1.5  # of the place by mutual information from that by the spheres
MOST_RADII_MM = 2.0  # by which the two spheres may differ
LEAST_OVERLAP = 0.8  # Dice of the two outlines
LEAST_SEEN = 0.5  # share of the mask in the moving series
_SECOND_DEG = (3.0, -3.0, 3.0)  # by which the second search starts elsewhere


@dataclass(frozen=True)
class HipView:
    """One hip as one series shows it: the image, its contrast, the head and the labels of its outline (any grid)."""

    series: str
    contrast: str
    image: Image
    head: FemoralHead
    labels: Image


def align_hip(fixed: HipView, moving: HipView) -> Alignment:
    """The rigid motion that takes a hip from ``fixed`` (the reference) to where it lies in ``moving``.

    Returns:
        With a ``failure`` where it is not to be used.
    """
    centre = np.array(fixed.head.centre)
    start = euler_at(centre, np.array(moving.head.centre) - centre)
    unlike = _unlike(fixed, moving, matrix_of(start))
    if unlike:
        return _failed(moving, unlike)
    search = HipSearch(fixed, moving)
    try:
        found, value = search.run(start)
        other, _ = search.run(turned_start(start), coarse=True)
        alike = (fixed.contrast == FAT_SUPPRESSED) == (moving.contrast == FAT_SUPPRESSED)
        if alike and fixed.contrast and moving.contrast:
            freed, better = search.run(found, turn_only=False)
            if np.linalg.norm(_apply(freed, centre) - moving.head.centre) <= MOST_OFF_MM:
                found, value = freed, better
                other, _ = search.run(other, coarse=True, turn_only=False)
    except RuntimeError as error:  # ITK: no voxel of the mask is left in the moving image
        return _failed(moving, f"the search did not run ({last_line(error)})")
    head = _points(fixed)
    spread = float(np.sqrt(np.mean(np.sum((_apply(found, head) - _apply(other, head)) ** 2, axis=1))))
    matrix = matrix_of(found)
    turn = float(np.degrees(np.arccos(np.clip((np.trace(matrix[:3, :3]) - 1) / 2, -1, 1))))
    overlap = _overlap(fixed, moving, matrix)
    failure = _doubt(spread, turn, overlap)
    return Alignment(
        fixed.head.side,
        moving.series,
        tuple(float(v) for v in matrix.ravel()),
        float(np.linalg.norm(_apply(found, centre) - centre)),
        turn,
        -value,
        spread,
        overlap,
        failure,
    )


def _unlike(fixed: HipView, moving: HipView, start: np.ndarray) -> str:
    """Why no search is worth while between the two; "" where one is."""
    radii = abs(fixed.head.radius - moving.head.radius)
    if radii > MOST_RADII_MM:
        return f"the radii of the heads differ by {radii:.1f} mm; is it the same hip?"
    centre, neck = np.array(fixed.head.centre), neck_direction(fixed.head.side)
    grid = patient_grid(centre, (24,) * 3, 5.0)
    points = grid.points()[_head_and_neck(grid, centre, fixed.head.radius, neck)]
    seen = float(_within(moving.image, points @ start[:3, :3].T + start[:3, 3]).mean())
    if seen < LEAST_SEEN:
        return f"only {100 * seen:.0f}% of head and neck is in its field of view"
    return _apart(_overlap(fixed, moving, start))


def _apart(overlap: float) -> str:
    if overlap >= LEAST_OVERLAP:
        return ""
    return f"the outlines of the heads do not meet (Dice {overlap:.2f}); is it the same hip?"


def _doubt(spread: float, turn: float, overlap: float) -> str:
    """Why a result is not to be used; "" where nothing speaks against it."""
    if spread > MOST_SPREAD_MM:
        return f"it did not converge: two searches end {spread:.1f} mm apart"
    if turn > MOST_TURN_DEG:
        return f"it ended turned by {turn:.0f} degrees, more than a patient turns"
    return _apart(overlap)


def unmoved(view: HipView) -> Alignment:
    """The reference's own."""
    return Alignment(view.head.side, view.series, tuple(np.eye(4).ravel().tolist()), 0.0, 0.0, 0.0, 0.0, 1.0)


def _failed(moving: HipView, why: str) -> Alignment:
    nan = float("nan")
    return Alignment(
        moving.head.side, moving.series, tuple(np.eye(4).ravel().tolist()), nan, nan, nan, nan, nan, why
    )


class HipSearch:
    """The two images on cubic voxels, the mask, and the registration between them.

    Args:
        region: which voxels of a grid about the head in the fixed series are compared; head, neck and what is close to
            them by default.
    """

    def __init__(
        self, fixed: HipView, moving: HipView, region: Callable[[Image], np.ndarray] | None = None
    ) -> None:
        side, radius = fixed.head.side, fixed.head.radius
        centre, neck = np.array(fixed.head.centre), neck_direction(side)
        grid = patient_grid(centre + _DOWN_MM * neck, (_SIZE,) * 3, GRID_MM)
        chosen = _head_and_neck(grid, centre, radius, neck) if region is None else region(grid)
        self.mask = _inside(fixed.image, grid) & chosen
        there = patient_grid(np.array(moving.head.centre) + _DOWN_MM * neck, (_MOVING_SIZE,) * 3, GRID_MM)
        near = _inside(moving.image, there)
        about = near & _head_and_neck(there, np.array(moving.head.centre), moving.head.radius, neck)
        self.fixed = _clipped(resample_for_network(fixed.image, grid), self.mask).to_sitk()
        self.moving = _clipped(resample_for_network(moving.image, there), about).to_sitk()
        self.fixed_mask = grid.like(self.mask).to_sitk()
        self.moving_mask = there.like(near).to_sitk()

    def run(
        self, start: sitk.Euler3DTransform, coarse: bool = False, turn_only: bool = True
    ) -> tuple[sitk.Euler3DTransform, float]:
        """From a start to its end: the transform and the metric there (the lower the better)."""
        found = sitk.Euler3DTransform(start)
        # The step is one of the parameters: of radians where it only turns, which move the mask's rim by an arm's length.
        arm = _ARM_MM if turn_only else 1.0
        method = sitk.ImageRegistrationMethod()
        method.SetMetricAsMattesMutualInformation(_BINS)
        method.SetMetricFixedMask(self.fixed_mask)
        method.SetMetricMovingMask(self.moving_mask)
        method.SetMetricSamplingStrategy(method.REGULAR)
        method.SetMetricSamplingPercentagePerLevel([0.6] if coarse else [0.6, 0.12], 1)
        method.SetInterpolator(sitk.sitkLinear)
        method.SetOptimizerAsRegularStepGradientDescent(
            learningRate=_STEP_MM[0] / arm, minStep=_STEP_MM[1] / arm,
            numberOfIterations=40, relaxationFactor=0.6, gradientMagnitudeTolerance=1e-7,
        )  # fmt: skip
        method.SetOptimizerScalesFromPhysicalShift()
        if turn_only:
            method.SetOptimizerWeights([1.0, 1.0, 1.0, 0.0, 0.0, 0.0])
        method.SetShrinkFactorsPerLevel([2] if coarse else [2, 1])
        method.SetSmoothingSigmasPerLevel([1.0] if coarse else [1.0, 0.0])
        method.SmoothingSigmasAreSpecifiedInPhysicalUnitsOn()
        method.SetInitialTransform(found, inPlace=True)
        method.Execute(self.fixed, self.moving)
        return found, float(method.GetMetricValue())


def _clipped(image: Image, mask: np.ndarray) -> Image:
    """Grey values cut where the mask has its extremes, so that a vessel or fluid does not take most of the histogram."""
    values = image.array[mask]
    if not values.size:
        return image
    low, high = np.percentile(values, _EXTREMES)
    return image.like(np.clip(image.array, low, max(high, low + 1e-3)).astype(np.float32))


def _inside(image: Image, grid: Image) -> np.ndarray:
    """Voxels of a grid along the patient's axes that lie in the image."""
    x, y, z = offsets_from(grid, np.array(image.origin))
    inside = np.ones(grid.array.shape, bool)
    for row, count in zip(np.linalg.inv(image.affine[:3, :3]), image.size, strict=True):
        index = row[0] * x + row[1] * y + row[2] * z
        inside &= (index >= -0.5) & (index <= count - 0.5)
    return inside


def offsets_from(grid: Image, point: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """How far the voxels of a grid along the patient's axes lie from a point, LPS mm: x, y and z, each along its own axis
    of the array, since an array of all their places costs more than what is asked of it."""
    x, y, z = (
        np.arange(count) * mm + start - at
        for count, mm, start, at in zip(grid.size, grid.spacing, grid.origin, point, strict=True)
    )
    return x, y[:, None], z[:, None, None]


def _within(image: Image, points: np.ndarray) -> np.ndarray:
    """Which points (..., 3), LPS mm, lie in the image."""
    index = image.point_to_index(points)
    return np.asarray(np.all((index >= -0.5) & (index <= np.array(image.size) - 0.5), axis=-1))


def _head_and_neck(grid: Image, centre: np.ndarray, radius: float, neck: np.ndarray) -> np.ndarray:
    """Voxels of a grid along the patient's axes about the head, and along the neck."""
    x, y, z = offsets_from(grid, centre)
    along = neck[0] * x + neck[1] * y + neck[2] * z
    squared = x**2 + y**2 + z**2
    across = squared - along**2
    near_neck = (along > 0) & (along <= _NECK[0] * radius) & (across <= (_NECK[1] * radius) ** 2)
    return np.asarray((squared <= (_REACH * radius) ** 2) | near_neck)


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


def euler_at(centre: np.ndarray, shift: np.ndarray) -> sitk.Euler3DTransform:
    start = sitk.Euler3DTransform()
    start.SetCenter(centre.tolist())
    start.SetTranslation(np.asarray(shift, float).tolist())
    return start


def turned_start(found: sitk.Euler3DTransform) -> sitk.Euler3DTransform:
    """Another start near this one."""
    start = sitk.Euler3DTransform(found)
    angles = (found.GetAngleX(), found.GetAngleY(), found.GetAngleZ())
    start.SetRotation(*(a + float(np.radians(d)) for a, d in zip(angles, _SECOND_DEG, strict=True)))
    return start


def matrix_of(transform: sitk.Euler3DTransform) -> np.ndarray:
    matrix = np.eye(4)
    matrix[:3, :3] = np.array(transform.GetMatrix()).reshape(3, 3)
    matrix[:3, 3] = np.array(transform.TransformPoint((0.0, 0.0, 0.0)))
    return matrix


def _apply(transform: sitk.Euler3DTransform, points: np.ndarray) -> np.ndarray:
    matrix = matrix_of(transform)
    return points @ matrix[:3, :3].T + matrix[:3, 3]


def last_line(error: Exception) -> str:
    return str(error).strip().splitlines()[-1][:120].strip()
