"""One outline of a hip from all series that show it: the outliner's probabilities of each, put together.

Each aligned series is resampled once, from its own voxels, onto one grid of the reference's frame, turned and shifted as
the hip lay when that series was taken, so that the probabilities of all of them lie on the same voxels. They are combined
as logits, a weighted mean at each voxel (a product of experts, Genest and Zidek 1986, Statistical Science 1:114-135). How
much a series counts at a voxel depends on its contrast, on how its slices lie there (a thick slice tells little of a
border that runs along it, and much of one that it cuts), on how far the voxel lies between two slices, and on how far
the series stands apart from the others; the sum may be shifted. The numbers (:class:`FusionWeights`) come from simulated
examinations (``benchmarks/exam_weights.py``); without them every series counts alike. One series alone keeps the outline
that it had.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from scipy import ndimage

from ..core.resources import resource_path
from ..core.vectors import as_point
from ..imaging.image import Image
from ..segment.grids import patient_grid, resample_for_network, scale_intensities
from ..segment.outliner import MIN_NECROSIS_ML, SIZE, SPACING_MM, Outliner, probabilities

if TYPE_CHECKING:
    from .alignment import HipView

FUSED_MM = 1.0
TERMS = (
    "T2-weighted",
    "fat-suppressed",
    "along",
    "between",
    "apart",
    "above",
)  # of the logarithm of a weight
SHIFTS = ("bias", "rim", "behind")  # of what is added to the log odds of several series together
_LEAST = 1e-4  # of a probability: no network is surer
_MOST_APART = 4.0  # logits by which a series can stand apart from the mean
_USUAL_SLICE_MM = 4.0
_NORMAL_MM = 2.5  # over which the direction of a border is smoothed
_PART_SHOWN = 0.25  # of the second largest necrosis that any series shows: less counts as missed
_RIM_MM = 4.0  # depth under the surface of the head at which its rim has faded to a third


@dataclass(frozen=True)
class SeriesProbability:
    """What the outliner says of one series, on the grid of the reference's frame.

    Attributes:
        series: its number. contrast: of :data:`..imaging.contrast.CONTRASTS`.
        head: log odds (z, y, x) of femoral head, necrosis included. necrosis: of necrosis within the head.
        seen: where the series has voxels.
        normal: unit vector across its slices in the reference's frame, LPS. slice_mm: from one slice to the next.
        between: (z, y, x) 0 in the middle of a slice, 1 half-way to the next.
    """

    series: str
    contrast: str
    head: np.ndarray
    necrosis: np.ndarray
    seen: np.ndarray
    normal: tuple[float, float, float] = (0.0, 0.0, 1.0)
    slice_mm: float = _USUAL_SLICE_MM
    between: np.ndarray | float = 0.0


@dataclass(frozen=True)
class FusionWeights:
    """How much a series counts, for the head's border and for that of the necrosis within it.

    Attributes:
        head: term (:data:`TERMS`) to what it adds to the logarithm of a weight, and shift (:data:`SHIFTS`) to what it
            adds to the log odds.
        necrosis: likewise.
    """

    head: Mapping[str, float] = field(default_factory=dict)
    necrosis: Mapping[str, float] = field(default_factory=dict)


EQUAL = FusionWeights()


def learned_weights() -> FusionWeights:
    """Those of ``Resources/exam_weights.json``."""
    numbers = json.loads(resource_path("exam_weights.json").read_text(encoding="utf-8"))
    return FusionWeights(numbers["head"], numbers["necrosis"])


def hip_grid(centre: Sequence[float]) -> Image:
    """The cube about a head in the reference's frame."""
    return patient_grid(np.asarray(centre, float), (SIZE,) * 3, SPACING_MM)


def probability_of(view: HipView, matrix: np.ndarray, grid: Image, outliner: Outliner) -> SeriesProbability:
    """The outliner's answer for one series on ``grid``.

    Args:
        view: the hip in the series. matrix: 4 x 4, reference to series. grid: of :func:`hip_grid`.
    """
    lying = _as_it_lay(grid, matrix)
    array = scale_intensities(resample_for_network(view.image, lying).array)
    turn = slice(None, None, -1) if view.head.side == "L" else slice(None)
    found = probabilities(outliner.network, array[:, :, turn])[..., turn]
    index = view.image.point_to_index(lying.points())
    seen = np.all((index >= -0.5) & (index <= np.array(view.image.size) - 0.5), axis=-1)
    head = 1.0 - found[0]
    axis = view.image.slice_axis
    across = matrix[:3, :3].T @ view.image.slice_normal
    return SeriesProbability(
        view.series,
        view.contrast,
        logit(head),
        logit(found[2] / np.maximum(head, _LEAST)),
        np.asarray(seen),
        as_point(across),
        float(view.image.spacing[axis]),
        2.0 * np.abs(index[..., axis] - np.rint(index[..., axis])).astype(np.float32),
    )


def _as_it_lay(grid: Image, matrix: np.ndarray) -> Image:
    """The grid where the hip lay: the same voxels of the hip, in the series' own frame."""
    turn = matrix[:3, :3]
    origin = turn @ np.asarray(grid.origin) + matrix[:3, 3]
    direction = turn @ np.asarray(grid.direction).reshape(3, 3)
    return Image(grid.array, grid.spacing, as_point(origin), tuple(direction.ravel().tolist()))


def logit(probability: np.ndarray) -> np.ndarray:
    """Log odds, bounded."""
    p = np.clip(probability, _LEAST, 1.0 - _LEAST)
    return np.asarray(np.log(p) - np.log1p(-p), np.float32)


def terms(parts: Sequence[SeriesProbability], logits: np.ndarray) -> np.ndarray:
    """Terms of the weights, shape (series, len(TERMS), z, y, x).

    Args:
        logits: (series, z, y, x) of what is combined; its mean tells how its border runs.
    """
    seen = np.stack([part.seen for part in parts])
    mean = (logits * seen).sum(axis=0) / np.maximum(seen.sum(axis=0), 1)
    way = np.stack(np.gradient(ndimage.gaussian_filter(mean, _NORMAL_MM / SPACING_MM)))[::-1]  # x, y, z
    way /= np.maximum(np.linalg.norm(way, axis=0), 1e-6)
    found = np.zeros((len(parts), len(TERMS), *mean.shape), np.float32)
    for row, part, own in zip(found, parts, logits, strict=True):
        row[0], row[1] = part.contrast == TERMS[0], part.contrast == TERMS[1]
        cosine = np.tensordot(np.asarray(part.normal), way, axes=1)
        row[2] = np.square(cosine) * part.slice_mm / _USUAL_SLICE_MM
        row[3] = part.between
        row[5] = np.clip(own - mean, -_MOST_APART, _MOST_APART) / _MOST_APART
        row[4] = np.abs(row[5])
    return found


def shifts(head: np.ndarray) -> np.ndarray:
    """Terms of the shift, shape (len(SHIFTS), z, y, x), from the log odds of head (z, y, x) on a :func:`hip_grid`.

    One throughout; one under the surface of the head, fading inwards; the same in the back of the head alone.
    """
    depth = ndimage.distance_transform_edt(head >= 0, SPACING_MM)
    rim = np.exp(-depth / _RIM_MM)
    z, y, x = (np.arange(n) - 0.5 * (n - 1) for n in head.shape)
    away = np.sqrt(np.square(z)[:, None, None] + np.square(y)[:, None] + np.square(x))
    behind = np.maximum(y, 0.0)[:, None] / np.maximum(away, 1.0)
    return np.stack([np.ones_like(rim), rim, rim * behind]).astype(np.float32)


def combined(
    parts: Sequence[SeriesProbability], logits: np.ndarray, numbers: Mapping[str, float]
) -> np.ndarray:
    """Weighted mean (z, y, x) of the log odds of the series that see a voxel; ``numbers`` of :class:`FusionWeights`."""
    factor = np.array([numbers.get(name, 0.0) for name in TERMS], np.float32)
    weight = np.stack([np.maximum(part.seen, 1e-6) for part in parts]).astype(np.float32)
    if factor.any():
        weight *= np.exp(np.tensordot(terms(parts, logits), factor, axes=([1], [0])))
    return np.asarray((weight * logits).sum(axis=0) / weight.sum(axis=0))


def fused(parts: Sequence[SeriesProbability], weights: FusionWeights = EQUAL) -> np.ndarray:
    """Probabilities (3, z, y, x) of background, head and necrosis from those of several series.

    The log odds of head, and those of necrosis within the head, are put together each by itself (:func:`combined`) and
    shifted (:func:`shifts`); a series alone stays as it is. Series that miss a necrosis which others show
    (:func:`showing`) have no say on it.
    """
    head = combined(parts, np.stack([part.head for part in parts]), weights.head)
    asked = [part for part, shows in zip(parts, showing(parts), strict=True) if shows]
    dead = combined(asked, np.stack([part.necrosis for part in asked]), weights.necrosis)
    if len(parts) > 1:
        head = head + weights.head.get("bias", 0.0)
        factor = np.array([weights.necrosis.get(name, 0.0) for name in SHIFTS], np.float32)
        if factor.any():
            dead = dead + np.tensordot(factor, shifts(head), axes=1)
    return probabilities_of(head, dead)


def showing(parts: Sequence[SeriesProbability]) -> list[bool]:
    """Which series are asked for the border of a necrosis.

    A faint lesion is lost in some contrasts, so that a mean over all series loses it although others are sure. Where two
    or more show a necrosis, those that show none of it, or less than a quarter of the second largest, are not asked.
    """
    volumes = [
        float(np.count_nonzero((part.head >= 0) & (part.necrosis >= 0))) * SPACING_MM**3 / 1000.0
        for part in parts
    ]
    least = max(MIN_NECROSIS_ML, _PART_SHOWN * sorted(volumes)[-2]) if len(parts) > 1 else 0.0
    shown = [volume >= least for volume in volumes]
    return shown if sum(shown) >= 2 else [True] * len(parts)


def probabilities_of(head: np.ndarray, dead: np.ndarray) -> np.ndarray:
    """Probabilities (3, z, y, x) from the log odds of head and those of necrosis within it."""
    inside = 1.0 / (1.0 + np.exp(-head))
    necrosis = inside / (1.0 + np.exp(-dead))
    return np.stack([1.0 - inside, inside - necrosis, necrosis]).astype(np.float32)


def canvas_of(centres: Sequence[Sequence[float]]) -> Image:
    """Empty voxels of 1 mm along the patient's axes that hold the cubes about these heads."""
    middle = np.asarray(centres, float)
    half = 0.5 * SIZE * SPACING_MM
    low, high = middle.min(axis=0) - half, middle.max(axis=0) + half
    size = np.ceil((high - low) / FUSED_MM).astype(int) + 1
    return patient_grid(0.5 * (low + high), (int(size[2]), int(size[1]), int(size[0])), FUSED_MM)
