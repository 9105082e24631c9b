"""One femoral head with its sphere: the same wherever a head is found, outlined, staged, measured or shown."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ..core.errors import InputError
from .head_sphere import fit_sphere
from .image import Image
from .labels import SIDES, head_mask

Point = tuple[float, float, float]


@dataclass(frozen=True)
class FemoralHead:
    """One femoral head.

    Attributes:
        side: "R" or "L", the patient's.
        centre: of its sphere, LPS mm. radius: mm.
        box: two LPS corners (low, high) in mm around the head; None where nobody drew one.
        score: 1.0 for a head set by hand, a detector's confidence (0..1) otherwise; None where it was read off outlines.
        head_ml: volume of the whole head. necrosis_ml: of the necrosis in it. Both NaN where nothing is outlined, and on
            a radiograph, which has areas.

    Raises:
        InputError: a side that is none, or a place or size that is no number.
    """

    side: str
    centre: Point
    radius: float
    box: tuple[Point, Point] | None = None
    score: float | None = None
    head_ml: float = math.nan
    necrosis_ml: float = math.nan

    def __post_init__(self) -> None:
        if self.side not in SIDES:
            raise InputError(f"The side of a femoral head is '{self.side}'; R or L is expected.")
        if len(self.centre) != 3 or not np.isfinite([*self.centre, self.radius]).all():
            raise InputError(
                f"Centre {self.centre} and radius {self.radius} of head {self.side} are not numbers."
            )


def heads_from_labels(labels: Image) -> tuple[FemoralHead, ...]:
    """Heads of a segmentation, right before left: for each side the sphere through the outline's articular surface.

    Args:
        labels: values of :mod:`.labels`; any orientation and spacing.

    Raises:
        InputError: an outline too small for a sphere.
    """
    heads = []
    for side in SIDES:
        mask = head_mask(labels.array, side)
        if mask.any():
            centre, radius = fit_sphere(labels.like(mask.astype(np.uint8)), side)
            x, y, z = (float(v) for v in centre)
            heads.append(FemoralHead(side, (x, y, z), float(radius)))
    return tuple(heads)
