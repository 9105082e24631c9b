"""Real hips with painted disease as training cubes of the outliner.

Half of the heads that are drawn get a necrosis, a fifth something that is none, the rest stays as it is; a few cubes
lie beside the heads, so that muscle, prostate and bladder of real patients are seen too. Each cube is turned, scaled,
shifted and coarsened at random, since the real images are few and of one scanner; a third look fat suppressed, since all
of them are T1-weighted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from scipy import ndimage
from scipy.spatial.transform import Rotation

from ONFHAssistLib.core.vectors import as_index
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.segment.grids import patient_grid, resample_for_network, scale_intensities

from ..simulate.hybrid.lesions import draw_kind, draw_plan
from ..simulate.hybrid.paint import paint_head, paste
from ..simulate.hybrid.real_hips import RealHead
from .contrasts import draw_suppressed, in_contrast, marrow_level
from .volumes import TrainingArrays

BESIDE = 0.12  # of the cubes lie beside a head
SUPPRESSED = 0.35  # of them look fat suppressed
REACH_MM = 82.0  # of a cube from its middle
ROTATION_DEG, SHIFT_MM, SCALE = 9.0, 2.5, 0.07
GREY = 170  # of the scaled value 1 in a prepared cube


def hybrid_cubes(
    heads: Sequence[RealHead], size: int, spacing_mm: float, seed: int, augment: bool = True
) -> Iterator[TrainingArrays]:
    """Endless cubes: image and labels (0, 1 head, 2 necrosis), uint8 (z, y, x), as a right hip.

    Args:
        size: voxels of an edge. spacing_mm: of its voxels, before scaling.
        augment: turned, scaled, shifted and coarsened at random, and some beside the heads.
    """
    rng = np.random.default_rng([seed, 83])
    near = [_near(head) for head in heads]
    while True:
        yield _cube(near[int(rng.integers(len(near)))], size, spacing_mm, rng, augment)


def _near(head: RealHead) -> RealHead:
    """The head with only the part of its image that a cube can reach."""
    reach = REACH_MM / np.asarray(head.image.spacing)
    middle = head.image.point_to_index(head.centre)
    part = head.image.cropped(
        as_index(np.floor(middle - reach).astype(int)), as_index(np.ceil(middle + reach).astype(int) + 1)
    )
    return replace(head, image=part.like(part.array.astype(np.float32)))


def _cube(
    head: RealHead, size: int, spacing_mm: float, rng: np.random.Generator, augment: bool
) -> TrainingArrays:
    painted = paint_head(
        head.image, head.side, head.centre, head.radius, draw_plan(rng, draw_kind(rng)), rng, head.sequence
    )
    image = paste(head.image, painted)
    centre = head.centre
    if augment and rng.random() < BESIDE:
        centre = centre + rng.normal(0, 22.0, 3)
    grid = patient_grid(centre, (size,) * 3, spacing_mm)
    if augment:
        grid = _moved(grid, centre, rng)
        if (
            head.sequence == "T1" and rng.random() < SUPPRESSED
        ):  # the level is that of healthy marrow, before the lesion
            image = in_contrast(image, marrow_level(head.image, [head.centre]), draw_suppressed(rng))
        image = _coarsened(image, rng)
    values = resample_for_network(image, grid).array
    grey = np.clip(scale_intensities(values) * GREY, 0, 255).astype(np.uint8)
    fields = painted.fields
    inside = fields.grid.like(fields.head).resampled_to(grid, fill=50.0).array <= 0
    dead = fields.grid.like(fields.necrosis).resampled_to(grid, fill=50.0).array <= 0
    target = inside.astype(np.uint8) + (inside & dead).astype(np.uint8)
    if head.side == "L":
        grey, target = grey[:, :, ::-1], target[:, :, ::-1]
    return np.ascontiguousarray(grey), np.ascontiguousarray(target)


def _moved(grid: Image, centre: np.ndarray, rng: np.random.Generator) -> Image:
    turn = Rotation.from_euler("xyz", rng.normal(0, ROTATION_DEG, 3), degrees=True).as_matrix()
    spacing = grid.spacing[0] * float(np.exp(rng.normal(0, SCALE)))
    middle = 0.5 * (np.array(grid.size) - 1) * spacing
    origin = centre + rng.normal(0, SHIFT_MM, 3) - turn @ middle
    return Image(grid.array, (spacing,) * 3, tuple(origin), tuple(turn.ravel()))


def _coarsened(image: Image, rng: np.random.Generator) -> Image:
    """Blur, another coil and noise at random, as another scanner would have them."""
    array = image.array
    if rng.random() < 0.4:
        array = ndimage.gaussian_filter(array, (0.0, *rng.uniform(0.2, 1.0, 2)))
    if rng.random() < 0.5:
        axes = [np.linspace(-1, 1, n, dtype=np.float32) for n in array.shape]
        slope = [np.float32(v) for v in rng.normal(0, 0.25, 3)]
        array = array * np.exp(
            slope[0] * axes[0][:, None, None] + slope[1] * axes[1][:, None] + slope[2] * axes[2]
        )
    if rng.random() < 0.5:
        sigma = np.float32(rng.uniform(0.0, 0.06) * np.percentile(array, 90))
        noise = rng.standard_normal((2, *array.shape), dtype=np.float32) * sigma
        array = np.hypot(array + noise[0], noise[1])
    return image.like(array.astype(np.float32))
