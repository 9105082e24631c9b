"""How far two readers agree on one patient and over a cohort.

Surface distances are those of the surface voxels (inside, with a face to the outside), in mm whatever the spacing, as
MONAI's ``compute_hausdorff_distance`` and ``compute_average_surface_distance`` have them; the 95% Hausdorff distance is
the larger of the two directed 95th percentiles (Taha & Hanbury 2015, BMC Med Imaging 15:29).

Bland JM, Altman DG (1999) Stat Methods Med Res 8:135-160 - limits of agreement and their confidence intervals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import ndimage, stats

from ..core.errors import InputError
from ..imaging.image import Image
from ..imaging.labels import SIDES, head_mask, necrosis_mask
from ..measure.hip import measure_hip
from ..segment.outline_sides import check_sides

STRUCTURES = {"Femoral head": head_mask, "Necrosis": necrosis_mask}


@dataclass(frozen=True)
class StructureAgreement:
    """Two outlines of one structure.

    Attributes:
        structure: "Femoral head R" and so on; a head includes its necrosis.
        dice: twice the overlap over the sum of both, 0..1.
        hausdorff95_mm: 95% Hausdorff distance; NaN where one reader outlined nothing.
        surface_distance_mm: mean distance from either surface to the other; NaN as above.
        first_ml: volume in ml of the first reader.
        second_ml: of the second.
        difference_ml: second less first.
    """

    structure: str
    dice: float
    hausdorff95_mm: float
    surface_distance_mm: float
    first_ml: float
    second_ml: float
    difference_ml: float


@dataclass(frozen=True)
class HipAgreement:
    """What two readers' outlines of one hip measure; differences are second less first.

    Attributes:
        side: "R" or "L".
        first_angle: combined necrotic angle in degrees of the first reader. second_angle: of the second.
        angle_difference: in degrees.
        first_share: necrotic share of the head, 0..1. second_share: of the second.
        share_difference: -1..1.
    """

    side: str
    first_angle: float
    second_angle: float
    angle_difference: float
    first_share: float
    second_share: float
    share_difference: float


@dataclass(frozen=True)
class Comparison:
    """Agreement on every structure that at least one reader outlined, and on every hip that both did.

    Attributes:
        structures: of all structures. hips: of all hips.
        warnings: what is to be known of the sides and the geometry, in sentences.
    """

    structures: tuple[StructureAgreement, ...]
    hips: tuple[HipAgreement, ...]
    warnings: tuple[str, ...] = ()


def compare_segmentations(first: Image, second: Image) -> Comparison:
    """Compare two segmentations of one image.

    Args:
        first: label image with the values of :mod:`.labels`; any orientation and spacing.
        second: on the same grid.

    Raises:
        InputError: another grid, no femoral head in one of them, or sides that the place contradicts.
    """
    first.require_same_grid(second, "the first segmentation", "The second segmentation")
    said = [
        text
        for labels, name in ((first, "the first segmentation"), (second, "the second segmentation"))
        if labels.array.any()  # a reader may have outlined nothing
        for text in check_sides(labels, None, labels.metadata.get("source", "") or name)
    ]
    structures = []
    for side in SIDES:
        for name, mask in STRUCTURES.items():
            pair = mask(first.array, side), mask(second.array, side)
            if any(part.any() for part in pair):
                structures.append(_structure(f"{name} {side}", *pair, first))
    if not structures:
        raise InputError(
            "Neither segmentation holds a femoral head (labels 1 right, 2 left); outline one first."
        )
    both = [s for s in SIDES if all(head_mask(i.array, s).any() for i in (first, second))]
    return Comparison(
        tuple(structures), tuple(_hip(first, second, side) for side in both), tuple(dict.fromkeys(said))
    )


def _structure(name: str, first: np.ndarray, second: np.ndarray, grid: Image) -> StructureAgreement:
    counts = int(np.count_nonzero(first)), int(np.count_nonzero(second))
    overlap = int(np.count_nonzero(first & second))
    to_second, to_first = surface_distances(first, second, grid.spacing)
    far = mean = float("nan")
    if len(to_second) and len(to_first):
        far = float(max(np.percentile(to_second, 95), np.percentile(to_first, 95)))
        mean = float(np.concatenate([to_second, to_first]).mean())
    first_ml, second_ml = (count * grid.voxel_volume_ml for count in counts)
    return StructureAgreement(
        name, 2.0 * overlap / sum(counts), far, mean, first_ml, second_ml, second_ml - first_ml
    )


def _hip(first: Image, second: Image, side: str) -> HipAgreement:
    a, b = measure_hip(first, side), measure_hip(second, side)
    angles = a.combined_necrotic_angle, b.combined_necrotic_angle
    shares = a.necrotic_share, b.necrotic_share
    return HipAgreement(side, *angles, angles[1] - angles[0], *shares, shares[1] - shares[0])


def surface_distances(
    first: np.ndarray, second: np.ndarray, spacing: tuple[float, float, float]
) -> tuple[np.ndarray, np.ndarray]:
    """Distances in mm from the surface voxels of ``first`` to the surface of ``second``, and the other way.

    Args:
        first: boolean, (z, y, x).
        second: the same shape.
        spacing: (x, y, z) in mm.

    Returns:
        Two arrays, one value a surface voxel; both empty where one mask is.
    """
    if not (first.any() and second.any()):
        return np.zeros(0), np.zeros(0)
    box = ndimage.find_objects((first | second).astype(np.uint8))[0]
    edges = [_surface(mask[box]) for mask in (first, second)]
    to_edge = [ndimage.distance_transform_edt(~edge, spacing[::-1]) for edge in edges]
    return to_edge[1][edges[0]], to_edge[0][edges[1]]


def _surface(mask: np.ndarray) -> np.ndarray:
    return mask & ~ndimage.binary_erosion(mask)


@dataclass(frozen=True)
class BlandAltman:
    """Agreement of one number over a cohort.

    Attributes:
        n: pairs.
        bias: mean of second less first.
        deviation: standard deviation of the differences.
        limits: bias -+ 1.96 deviations: 95% of differences lie between.
        bias_interval: 95% confidence interval of the bias.
        lower_interval: of the lower limit. upper_interval: of the upper one.
        means: of each pair, shape (n,).
        differences: second less first, shape (n,).
    """

    n: int
    bias: float
    deviation: float
    limits: tuple[float, float]
    bias_interval: tuple[float, float]
    lower_interval: tuple[float, float]
    upper_interval: tuple[float, float]
    means: np.ndarray
    differences: np.ndarray


def bland_altman(first: Sequence[float], second: Sequence[float]) -> BlandAltman:
    """Limits of agreement (Bland & Altman 1999, section 2) with t intervals.

    Args:
        first: the first reader's values, one a hip.
        second: the second reader's, in the same order.

    Raises:
        InputError: unequal numbers, fewer than three pairs, or values that are not finite.
    """
    a, b = np.asarray(first, float), np.asarray(second, float)
    if a.shape != b.shape or a.ndim != 1:
        raise InputError(f"The readers have {a.size} and {b.size} values; as many of both are needed.")
    if len(a) < 3:
        raise InputError(
            f"Limits of agreement need at least three hips that both readers measured, here are {len(a)}."
        )
    if not (np.isfinite(a).all() and np.isfinite(b).all()):
        raise InputError("A value of the readers is not a finite number; leave that hip out.")
    n, difference = len(a), b - a
    bias, deviation = float(difference.mean()), float(difference.std(ddof=1))
    z = float(stats.norm.ppf(0.975))
    t = float(stats.t.ppf(0.975, n - 1))
    limits = bias - z * deviation, bias + z * deviation
    # Equation 1 of the paper: the variance of a limit is that of the bias and that of the deviation.
    spread = t * deviation * np.sqrt(1.0 / n + z**2 / (2.0 * (n - 1)))
    around = t * deviation / np.sqrt(n)
    return BlandAltman(
        n,
        bias,
        deviation,
        limits,
        (bias - around, bias + around),
        (limits[0] - spread, limits[0] + spread),
        (limits[1] - spread, limits[1] + spread),
        0.5 * (a + b),
        difference,
    )
