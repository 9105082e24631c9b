"""Real images with known heads as training volumes of the detector: any part, any contrast."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from scipy.spatial.transform import Rotation

from ONFHAssistLib.core.vectors import as_index, as_point
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.segment.grids import resample_for_network, scale_intensities

from ...simulate.hybrid.real_hips import RealHead
from ..contrasts import draw_contrast, in_contrast, marrow_level
from ..detector import DOMAIN, SIZE, TOO_LITTLE, WHOLE_ENOUGH
from ..volumes import TrainingArrays

AS_SCANNED = 0.25  # of the volumes are in their own contrast
CUT = 0.5  # of them show a part of the field of view
BETWEEN = 0.4  # of them lie between two heads, or wherever in the image
ROTATION_DEG, WANDER_MM = 9.0, 25.0
NOISE = 0.04  # of the brightest, at most
GREY = 170  # of the scaled value 1

_STEPS = np.linspace(-1.0, 1.0, 9)
_BALL = np.stack(np.meshgrid(_STEPS, _STEPS, _STEPS), -1).reshape(-1, 3)
_BALL = _BALL[(_BALL**2).sum(axis=1) <= 1.0]


def real_volumes(heads: Sequence[RealHead], seed: int) -> Iterator[TrainingArrays]:
    """Endless volumes as :func:`..detector.prepare` makes them: image and rows of box, class, left, ignored."""
    rng = np.random.default_rng([seed, 89])
    images = {str(head.path): head.image for head in heads}
    known = {path: [head for head in heads if str(head.path) == path] for path in images}
    marrow = {path: marrow_level(images[path], [head.centre for head in known[path]]) for path in images}
    paths = sorted(images)
    while True:
        path = paths[int(rng.integers(len(paths)))]
        yield real_volume(images[path], known[path], marrow[path], rng)


def real_volume(
    image: Image, heads: Sequence[RealHead], marrow: float, rng: np.random.Generator
) -> TrainingArrays:
    """One volume of 4 mm voxels somewhere about the heads of ``image``.

    Args:
        heads: all that the image shows.
        marrow: grey value of their marrow.
    """
    seen = _cut(image, rng) if rng.random() < CUT else image
    grid = _grid(heads, rng)
    if rng.random() >= AS_SCANNED:
        seen = in_contrast(seen, marrow, draw_contrast(rng))
    array = resample_for_network(seen, grid).array
    outside = array == 0
    noise = rng.standard_normal((2, *array.shape)) * rng.uniform(0.0, NOISE) * float(array.max())
    array = np.where(outside, 0.0, np.hypot(array + noise[0], noise[1])).astype(np.float32)
    rows = []
    for head in heads:
        share = _share_seen(head, seen, grid)
        if share > TOO_LITTLE:
            index = grid.point_to_index(head.centre)[::-1] + 0.5
            radius = head.radius / grid.spacing[0]
            rows.append([*(index - radius), *(index + radius), 0, head.side == "L", share < WHOLE_ENOUGH])
    return (
        np.clip(scale_intensities(array) * GREY, 0, 255).astype(np.uint8),
        np.array(rows, np.float32).reshape(-1, 9),
    )


def _cut(image: Image, rng: np.random.Generator) -> Image:
    """A random box of the image, of half to all of every axis."""
    size = np.array(image.size)
    kept = np.ceil(size * rng.uniform(0.5, 1.0, 3)).astype(int).clip(2, size)
    low = np.array([int(rng.integers(0, gap + 1)) for gap in size - kept])
    return image.cropped(as_index(low), as_index(low + kept))


def _grid(heads: Sequence[RealHead], rng: np.random.Generator) -> Image:
    centres = np.array([head.centre for head in heads])
    middle = centres[int(rng.integers(len(centres)))]
    if rng.random() < BETWEEN:
        middle = centres.mean(axis=0) + rng.normal(0, WANDER_MM, 3)
    middle = middle + rng.normal(0, WANDER_MM, 3)
    spacing = float(np.exp(rng.uniform(*np.log(DOMAIN.spacing_mm))))
    turn = Rotation.from_euler("xyz", rng.normal(0, ROTATION_DEG, 3), degrees=True).as_matrix()
    origin = middle - turn @ np.full(3, 0.5 * (SIZE - 1) * spacing)
    return Image(np.zeros((SIZE,) * 3, np.uint8), (spacing,) * 3, as_point(origin), tuple(turn.ravel()))


def _share_seen(head: RealHead, image: Image, grid: Image) -> float:
    """Share of the head's sphere that both the field of view and the grid hold."""
    points = head.centre + head.radius * _BALL
    inside = np.ones(len(points), bool)
    for box in (image, grid):
        index = box.point_to_index(points)
        inside &= np.all((index >= -0.5) & (index <= np.array(box.size) - 0.5), axis=1)
    return float(inside.mean())
