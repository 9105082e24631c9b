"""Real images in contrasts that they were not scanned in, for the training of detector and outliner.

Real hips with known heads are few and mostly T1-weighted. What a detector needs of other sequences is that it finds the
head by its shape, whatever is bright: grey values are mapped through a random curve (marrow may become as dark as muscle,
or darker), and the borders of fat are darkened as out of phase. No such image is a gradient echo; it is the anatomy of
a patient in a contrast that the network cannot have learned by heart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from ONFHAssistLib.imaging.image import Image

LEVELS = (0.0, 0.1, 0.35, 0.55, 0.8, 1.0, 1.3, 1.8, 3.0)  # grey values as multiples of the marrow's
AIR = 0.03  # that the lowest level becomes, at most; the next stays dark too, as it is air's noise
IN_MARROW_MM = 12.0  # from the centre of a head


@dataclass(frozen=True)
class Contrast:
    """A curve of grey values.

    Attributes:
        levels: grey values of the image as multiples of the marrow's, rising from 0.
        values: what they become, 0..1.
        ink: how far the borders of fat are darkened, 0 for not at all.
    """

    levels: tuple[float, ...]
    values: tuple[float, ...]
    ink: float = 0.0


# What real images are judged in, beside their own contrast: marrow as bright as muscle, darker, nearly black.
JUDGED = {
    "marrow like muscle": Contrast((0.0, 0.1, 0.52, 1.0, 1.6, 3.0), (0.0, 0.1, 0.5, 0.5, 0.55, 0.6)),
    "out of phase": Contrast((0.0, 0.1, 0.52, 1.0, 1.6, 3.0), (0.0, 0.1, 0.6, 0.35, 0.7, 1.0), 0.8),
    "fat suppressed": Contrast((0.0, 0.1, 0.52, 1.0, 1.6, 3.0), (0.0, 0.1, 0.6, 0.15, 0.12, 0.12)),
}


def draw_contrast(rng: np.random.Generator) -> Contrast:
    """A random curve, not always rising, so that any tissue may be brighter than any other."""
    drawn = rng.uniform(0.02, 1.0, len(LEVELS) + 1)
    smooth = 0.25 * drawn[:-2] + 0.5 * drawn[1:-1] + 0.25 * drawn[2:]  # no steps, which would be noise
    values = [float(rng.uniform(0, AIR)), min(float(smooth[0]), 0.3), *(float(v) for v in smooth[1:])]
    return Contrast(LEVELS, tuple(values), float(rng.uniform(0.3, 1.0)) if rng.random() < 0.3 else 0.0)


def draw_suppressed(rng: np.random.Generator) -> Contrast:
    """A curve that turns a T1 image into one that looks fat suppressed: marrow dark, and bright what was dark in it.

    What T1 shows as different from marrow stays so, other than with :func:`draw_contrast`, which may hide a lesion.
    """
    muscle, marrow = rng.uniform(0.45, 1.0), rng.uniform(0.06, 0.22)
    between = (muscle * rng.uniform(0.7, 1.1), marrow + (muscle - marrow) * rng.uniform(0.15, 0.5))
    fat = tuple(float(marrow * rng.uniform(0.5, 1.3)) for _ in range(3))
    values = (
        0.0, rng.uniform(0.02, 0.3), muscle, min(between[0], 1.0), between[1], marrow, *fat,
    )  # fmt: skip
    return Contrast(LEVELS, tuple(float(value) for value in values))


def marrow_level(image: Image, centres: Sequence[np.ndarray]) -> float:
    """Median grey value about the centres of the heads, LPS mm; the 90th percentile where that is not above 0."""
    near = [np.linalg.norm(image.points() - centre, axis=-1) < IN_MARROW_MM for centre in centres]
    level = float(np.median(image.array[np.any(near, axis=0)])) if centres else 0.0
    return level if level > 0 else max(float(np.percentile(image.array, 90)), 1e-6)


def in_contrast(image: Image, marrow: float, contrast: Contrast) -> Image:
    """``image`` with its grey values as ``contrast`` has them, float32.

    Args:
        marrow: grey value of normal marrow in ``image``.
    """
    grey = np.clip(image.array.astype(np.float32) / np.float32(marrow), 0.0, None)
    made = np.interp(grey, contrast.levels, contrast.values).astype(np.float32)
    if contrast.ink > 0:
        border = ndimage.gaussian_gradient_magnitude(grey, 1.0)
        made *= np.clip(1.2 - 2.5 * contrast.ink * border, 0.15, 1.0)
    return image.like(made)
