"""The articular surface of a head at two dates along the same rays: how far it sank, where, and how sure that is.

Each date's depth below the sphere is read off the grey values of its series (:mod:`..measure.surface`), about one sphere
that lies in the bone of both. What sank is the difference, ray by ray, so that what the reading makes of this head at
both dates falls out. The sphere is that of the earlier date.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ..measure.surface import SurfaceView, articular_rays, depression, profiles, surface_model
from .examinations import DatedHip

QUANTILE = 0.98  # over the rays, at which the sinking is read: a place of some 20 square mm


@dataclass(frozen=True)
class SurfaceChange:
    """The surface of a head against its sphere at two dates.

    Attributes:
        rays: unit vectors (n, 3), LPS, from the centre. before, after: depth (n,) in mm below the sphere.
        flattening: greatest depth at each date, mm, not below 0.
        sunk_mm: by which the surface sank where it sank most. place: LPS mm of it, in the earlier frame.
        low, high: between which it lies with 90 % by simulated pairs.
    """

    rays: np.ndarray
    before: np.ndarray
    after: np.ndarray
    flattening: tuple[float, float]
    sunk_mm: float
    low: float
    high: float
    place: tuple[float, float, float]

    @property
    def change(self) -> np.ndarray:
        """How far each ray's surface sank, mm; negative where it rose."""
        return np.asarray(self.after - self.before)


def depths(hip: DatedHip, motion: np.ndarray, sphere: tuple[np.ndarray, float]) -> np.ndarray:
    """Depth (n,) in mm below a sphere along :func:`..measure.surface.articular_rays`, by all series of one date.

    Args:
        motion: 4 x 4, from the frame of the sphere to that of the hip.
    """
    rays = articular_rays(hip.side)
    views = [SurfaceView(view.image, matrix @ motion, view.contrast) for view, matrix in hip.views]
    return depression([profiles(view, sphere, rays) for view in views], surface_model())


def surface_change(
    earlier: DatedHip, later: DatedHip, motion: np.ndarray, numbers: Mapping[str, float]
) -> SurfaceChange:
    """How the surface changed; ``numbers`` are those of the calibration: slope, offset and half of the interval, mm."""
    centre, radius = np.asarray(earlier.head.centre, float), float(earlier.head.radius)
    before = depths(earlier, np.eye(4), (centre, radius))
    after = depths(later, motion, _common_sphere(later, motion, centre, radius))
    rays = articular_rays(earlier.side)
    change = after - before
    raw = sinking(change)
    sunk = numbers["slope"] * raw + numbers["offset"]
    worst = int(change.argmax())
    at = centre + (radius - max(float(after[worst]), 0.0)) * rays[worst]
    flat = (max(float(before.max()), 0.0), max(float(after.max()), 0.0))
    return SurfaceChange(
        rays, before, after, flat, float(sunk), float(sunk - numbers["half"]), float(sunk + numbers["half"]),
        (float(at[0]), float(at[1]), float(at[2])),
    )  # fmt: skip


def _common_sphere(
    later: DatedHip, motion: np.ndarray, centre: np.ndarray, radius: float
) -> tuple[np.ndarray, float]:
    """The later date's own sphere in the earlier frame, so that an error of the alignment sinks nothing."""
    back = np.linalg.inv(motion)
    own = back[:3, :3] @ np.asarray(later.head.centre) + back[:3, 3]
    return (own, radius) if np.linalg.norm(own - centre) <= 3.0 else (centre, radius)


def sinking(change: np.ndarray) -> float:
    """Where the surface sank most, mm: a high quantile over the rays, against the middle of all, which did not sink."""
    return float(np.quantile(change, QUANTILE) - np.median(change))


def map_rows(change: SurfaceChange, centre: Sequence[float], radius: float) -> list[tuple[float, ...]]:
    """Rows of the table of the surface: LPS point on the sphere, depth before, depth after, change; all mm."""
    points = np.asarray(centre) + radius * change.rays
    return [
        (*(round(float(v), 3) for v in point), round(float(b), 3), round(float(a), 3), round(float(a - b), 3))
        for point, b, a in zip(points, change.before, change.after, strict=True)
    ]
