"""One outline of a hip from all series that show it: the outliner's probabilities of each, put together.

Each aligned series is resampled once, from its own voxels, onto one grid of the reference's frame, turned and shifted as
the hip lay when that series was taken, so that the probabilities of all of them lie on the same voxels. They are combined
as logits, each series with a weight by its contrast and plane (a product of experts, Genest and Zidek 1986, Statistical
Science 1:114-135): weights below 1 in sum and each learned on simulated examinations, since errors of series of one
patient are not independent. One series alone keeps the outline that it had.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ..core.resources import resource_path
from ..core.vectors import as_point
from ..imaging.image import Image
from ..segment.grids import patient_grid, resample_for_network, scale_intensities
from ..segment.outliner import SIZE, SPACING_MM, Outliner, probabilities

if TYPE_CHECKING:
    from .alignment import HipView

FUSED_MM = 1.0
_LEAST = 1e-4  # of a probability: no network is surer


@dataclass(frozen=True)
class SeriesProbability:
    """What the outliner says of one series, on the grid of the reference's frame.

    Attributes:
        series: its number. kind: contrast and plane, the key of its weight.
        head: probability (z, y, x) of femoral head, necrosis included. necrosis: of necrosis.
        seen: where the series has voxels.
    """

    series: str
    kind: str
    head: np.ndarray
    necrosis: np.ndarray
    seen: np.ndarray


def hip_grid(centre: Sequence[float]) -> Image:
    """The cube about a head in the reference's frame."""
    return patient_grid(np.asarray(centre, float), (SIZE,) * 3, SPACING_MM)


def probability_of(
    view: HipView, matrix: np.ndarray, grid: Image, outliner: Outliner, kind: str
) -> SeriesProbability:
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
    return SeriesProbability(view.series, kind, 1.0 - found[0], found[2], np.asarray(seen))


def _as_it_lay(grid: Image, matrix: np.ndarray) -> Image:
    """The grid where the hip lay: the same voxels of the hip, in the series' own frame."""
    turn = matrix[:3, :3]
    origin = turn @ np.asarray(grid.origin) + matrix[:3, 3]
    direction = turn @ np.asarray(grid.direction).reshape(3, 3)
    return Image(grid.array, grid.spacing, as_point(origin), tuple(direction.ravel().tolist()))


def logit(probability: np.ndarray) -> np.ndarray:
    """Log odds, bounded."""
    p = np.clip(probability, _LEAST, 1.0 - _LEAST)
    return np.asarray(np.log(p) - np.log1p(-p))


def weights() -> Mapping[str, float]:
    """Contrast and plane to the weight of a series among others, ``Resources/exam_weights.json``."""
    numbers: Mapping[str, Mapping[str, float]] = json.loads(
        resource_path("exam_weights.json").read_text(encoding="utf-8")
    )
    return numbers["weights"]


def fused(parts: Sequence[SeriesProbability], weight_of: Mapping[str, float]) -> np.ndarray:
    """Probabilities (3, z, y, x) of background, head and necrosis from those of several series.

    The logit of head, and that of necrosis within the head, are weighted means over the series that see the voxel; a
    series alone stays as it is.

    Args:
        weight_of: kind to weight; a kind that is not in it has 1.
    """
    total = np.zeros(parts[0].head.shape)
    head, share = np.zeros_like(total), np.zeros_like(total)
    for part in parts:
        weight = weight_of.get(part.kind, 1.0) * np.maximum(part.seen, 1e-6)
        total += weight
        head += weight * logit(part.head)
        share += weight * logit(part.necrosis / np.maximum(part.head, _LEAST))
    inside = 1.0 / (1.0 + np.exp(-head / total))
    dead = inside / (1.0 + np.exp(-share / total))
    return np.stack([1.0 - inside, inside - dead, dead]).astype(np.float32)


def canvas_of(centres: Sequence[Sequence[float]]) -> Image:
    """Empty voxels of 1 mm along the patient's axes that hold the cubes about these heads."""
    middle = np.asarray(centres, float)
    half = 0.5 * SIZE * SPACING_MM
    low, high = middle.min(axis=0) - half, middle.max(axis=0) + half
    size = np.ceil((high - low) / FUSED_MM).astype(int) + 1
    return patient_grid(0.5 * (low + high), (int(size[2]), int(size[1]), int(size[0])), FUSED_MM)
