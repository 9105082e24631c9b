"""What a series looks like about the femoral heads, T1-weighted or with fat suppressed, for files that do not say.

On T1 fatty marrow is bright, muscle is 0.35 to 0.5 times as bright (0.15 to 0.28 on T2, whose echo is long), and nothing
is brighter than fat: fluid is dark. With fat suppressed the marrow is darker than what surrounds it. Only these two are
called; T2 is never called, since a fat-suppressed head full of oedema can look like it. Coils brighten what lies
outwards: on real healthy T1 pelves the surrounding tissue comes to 0.88 of the marrow, so only what is clearly
brighter counts.
Docs/stage.md has the figures.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from ..core.vectors import as_index, as_point
from .image import Image

T1, FAT_SUPPRESSED = "T1-weighted", "fat-suppressed"
CONTRAST_OF_SEQUENCE = {
    "T1": T1,
    "T2": "T2-weighted",
    "T2 FS": FAT_SUPPRESSED,
    "STIR": FAT_SUPPRESSED,
    "PD": T1,  # without fat suppression it is told from T1 by its times only
    "PD FS": FAT_SUPPRESSED,
}
_MARROW, _SHELL, _JOINT = 0.8, (1.2, 2.2), (0.95, 1.2)  # in head radii from the centre
_AIR = 0.08  # of marrow: what is darker is outside the body
_DARK_MARROW = 1.15  # surrounding tissue over marrow, from which on fat is suppressed
_T1_MUSCLE = (0.30, 0.60)  # muscle over marrow
_T1_TISSUE, _T1_FLUID, _T1_BRIGHTEST = 0.70, 1.35, 1.40  # the most that T1 has, over marrow
_MIN_VOXELS = 50
_FINE_MM = 1.5


def infer_contrast(image: Image, heads: Iterable[Any]) -> str | None:
    """How a series looks, where all of its heads agree.

    Args:
        image: MR volume; any orientation and spacing.
        heads: with ``centre`` (LPS mm) and ``radius`` (mm).

    Returns:
        :data:`T1`, :data:`FAT_SUPPRESSED`, or None where neither is clear.
    """
    found = {_contrast_at_head(image, np.asarray(head.centre, float), float(head.radius)) for head in heads}
    return found.pop() if len(found) == 1 else None


def contrast_excludes(contrast: str | None, sequences: Iterable[str]) -> bool:
    """Whether a look is that of none of these sequences; False where nothing is clear or no sequence is known here."""
    known = {CONTRAST_OF_SEQUENCE[name] for name in sequences if name in CONTRAST_OF_SEQUENCE}
    return contrast is not None and bool(known) and contrast not in known


def _contrast_at_head(image: Image, centre: np.ndarray, radius: float) -> str | None:
    ratios = tissue_ratios(image, centre, radius)
    if ratios is None:
        return None
    muscle, tissue, fluid, brightest = ratios
    if tissue >= _DARK_MARROW:
        return FAT_SUPPRESSED
    low, high = _T1_MUSCLE
    dark_fluid = fluid <= _T1_FLUID and brightest <= _T1_BRIGHTEST
    return T1 if low <= muscle <= high and tissue <= _T1_TISSUE and dark_fluid else None


def tissue_ratios(
    image: Image, centre: np.ndarray, radius: float
) -> tuple[float, float, float, float] | None:
    """Muscle, middle tissue, joint and the brightest about a head, each over its marrow.

    Marrow is the 75th percentile within 0.8 radii, since necrosis is darker on T1. Muscle, middle and brightest are
    percentiles 25, 50 and 99 from 1.2 to 2.2 radii, the joint is percentile 99 from 0.95 to 1.2 radii; air is left out.

    Args:
        image: MR volume. centre: LPS mm. radius: mm.

    Returns:
        None where too little of this is in the field of view, or the marrow is not positive.
    """
    middle = image.point_to_index(centre)
    reach = _SHELL[1] * radius / np.asarray(image.spacing)
    low = np.clip(np.floor(middle - reach), 0, image.size).astype(int)
    high = np.clip(np.ceil(middle + reach) + 1, 0, image.size).astype(int)
    if np.any(high <= low):
        return None
    part = _subsampled(image.cropped(as_index(low), as_index(high)))
    distance = np.linalg.norm(part.points() - centre, axis=-1) / radius
    values = np.nan_to_num(np.asarray(part.array, float))
    inside = values[distance < _MARROW]
    if inside.size < _MIN_VOXELS:
        return None
    marrow = float(np.percentile(inside, 75))
    if marrow <= 0:
        return None
    body = values > _AIR * marrow
    shell, joint = (
        values[body & (distance > inner) & (distance < outer)] for inner, outer in (_SHELL, _JOINT)
    )
    if min(shell.size, joint.size) < _MIN_VOXELS:
        return None
    muscle, tissue, brightest = np.percentile(shell, [25, 50, 99]) / marrow
    return float(muscle), float(tissue), float(np.percentile(joint, 99) / marrow), float(brightest)


def _subsampled(image: Image) -> Image:
    """Every second or further voxel of an axis that is finer than needed; the percentiles stay."""
    steps = [max(1, int(_FINE_MM / s)) for s in image.spacing]
    spacing = as_point(s * n for s, n in zip(image.spacing, steps, strict=True))
    array = image.array[tuple(slice(None, None, n) for n in steps[::-1])]
    return Image(array, spacing, image.origin, image.direction)
