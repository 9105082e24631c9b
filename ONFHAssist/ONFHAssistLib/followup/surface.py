"""The articular surface of a head at two dates along the same rays: how far it sank, where, and how sure that is.

The depth below the sphere is read off the grey values of the first date (:mod:`..measure.surface`), and by how much the
later surface lies deeper off those of both at once (:mod:`.sinking`), about one sphere that lies in the bone of both. The
sphere is that of the earlier date. A head collapses over its necrosis and nowhere else: only the rays above that of
either date are asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from ..imaging.image import Image
from ..measure.surface import (
    MIN_RAYS,
    SurfaceView,
    articular_rays,
    depression,
    profiles,
    sampled,
    surface_model,
)
from .examinations import DatedHip
from .sinking import looks_at, neighbours, sunk_along

QUANTILE = 0.98  # over all rays, at which a flattening is read: a place of some 50 square mm, so that no one ray decides
UNDER_MM = (3.0, 5.0, 7.0)  # depths under the surface, one of which lies in the necrosis that a ray is above
SPHERES_MM = (
    (0.0, 0.0, 0.0, 0.0), (0.7, 0.0, 0.0, 0.3), (-0.7, 0.0, 0.0, -0.3), (0.0, 0.7, 0.0, -0.3), (0.0, -0.7, 0.0, 0.3),
    (0.0, 0.0, 0.7, 0.0), (0.0, 0.0, -0.7, 0.0),
)  # fmt: skip  # centre and radius against the fitted sphere's, over which the reading is averaged
UNTOLD_MM = 3.0  # half the interval where no series of one date can be laid beside one of the other
PARTS = ("over",)


@dataclass(frozen=True)
class SurfaceChange:
    """The surface of a head against its sphere at two dates.

    Attributes:
        rays: unit vectors (n, 3), LPS, from the centre. before, after: depth (n,) in mm below the sphere; the later one
            is the earlier one and what sank since.
        flattening: greatest depth at each date, mm, not below 0.
        sunk_mm: by which the surface sank where it sank most. place: LPS mm of it, in the earlier frame.
        low, high: between which it lies with 90 % by simulated pairs.
        parts: what it is made of (:data:`PARTS`), mm; none where no necrosis lies under the surface.
        told: whether it could be read; not where no series of one date shows what one of the other does, nor where grey
            values are missing at the surface.
    """

    rays: np.ndarray
    before: np.ndarray
    after: np.ndarray
    flattening: tuple[float, float]
    sunk_mm: float
    low: float
    high: float
    place: tuple[float, float, float]
    parts: Mapping[str, float] = field(default_factory=dict)
    told: bool = True

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
    earlier: DatedHip, later: DatedHip, motion: np.ndarray, dead: Image, numbers: Mapping[str, float]
) -> SurfaceChange:
    """How the surface changed.

    Args:
        dead: necrosis of either date, over 0.5, in the earlier frame. numbers: of the calibration, for :func:`interval`.
    """
    centre, radius = np.asarray(earlier.head.centre, float), float(earlier.head.radius)
    before = depths(earlier, np.eye(4), (centre, radius))
    rays, side = articular_rays(earlier.side), earlier.side
    seen = [
        [SurfaceView(view.image, matrix @ way, view.contrast) for view, matrix in hip.views]
        for hip, way in ((earlier, np.eye(4)), (later, motion))
    ]
    found = [_about(seen, (centre + off, radius + more), side) for *off, more in SPHERES_MM]
    seen_twice = [one for one in found if one is not None and np.isfinite(one).all()]
    told = len(seen_twice) == len(found)
    change = np.mean(seen_twice, axis=0) if told else np.zeros(len(rays))
    above = above_necrosis(rays, centre, radius, dead)
    parts = sinking(change, above, side)
    sunk, low, high = interval(parts, numbers) if told else (0.0, -UNTOLD_MM, UNTOLD_MM)
    after = before + change
    near = neighbours(side)[0] @ change
    worst = int(np.where(above, near, -np.inf).argmax()) if parts else int(near.argmax())
    at = centre + (radius - max(float(after[worst]), 0.0)) * rays[worst]
    return SurfaceChange(
        rays, before, after, (greatest(before), greatest(after)), sunk, low, high,
        (float(at[0]), float(at[1]), float(at[2])), parts, told,
    )  # fmt: skip


def _about(
    seen: Sequence[Sequence[SurfaceView]], sphere: tuple[np.ndarray, float], side: str
) -> np.ndarray | None:
    before, after = (looks_at(views, sphere, side) for views in seen)
    return sunk_along(before, after, side)


def interval(parts: Mapping[str, float], numbers: Mapping[str, float]) -> tuple[float, float, float]:
    """By how much a surface sank, and between which values that lies, mm.

    A dent that shows badly is read too shallow, and noise over a necrosis is no deep dent: the interval reaches further
    up than down. Of simulated pairs one in twenty lies below it and one in twenty above. That is over a mixture in which
    three of four heads never sank: of ten that did and that it was not calibrated on, four lie within and five above.

    Args:
        parts: of :func:`sinking`. numbers: ``offset`` and what each of :data:`PARTS` counts; ``down`` and ``up``, mm.
    """
    sunk = sum(numbers[name] * parts[name] for name in PARTS) + numbers["offset"] if parts else 0.0
    return float(sunk), float(sunk - numbers["down"]), float(sunk + numbers["up"])


def above_necrosis(rays: np.ndarray, centre: np.ndarray, radius: float, dead: Image) -> np.ndarray:
    """Which rays (n,) leave the head above a necrosis that is near its surface."""
    inside = [sampled(dead, centre + (radius - under) * rays) for under in UNDER_MM]
    return np.asarray(np.max(inside, axis=0) > 0.5)


def greatest(depth: np.ndarray) -> float:
    """The depth (mm, not below 0) of one date that a place of some 50 square mm has; of single rays the noise is read."""
    return max(float(np.quantile(depth, QUANTILE)), 0.0)


def sinking(change: np.ndarray, above: np.ndarray, side: str) -> dict[str, float]:
    """What the sinking is read from, mm; nothing of a head whose surface has too little necrosis under it.

    Args:
        change: how far each ray's surface sank (n,), mm. above: which rays (n,) lie above the necrosis.

    Returns:
        ``over``: the greatest mean over a patch (of the first of :data:`.sinking.AROUND_MM`) above the necrosis.
    """
    if np.count_nonzero(above) < MIN_RAYS:
        return {}
    return {"over": float((neighbours(side)[0] @ change)[above].max())}


def map_rows(change: SurfaceChange, centre: Sequence[float], radius: float) -> list[tuple[float, ...]]:
    """Rows of the table of the surface: LPS point on the sphere, depth before, depth after, change; all mm."""
    points = np.asarray(centre) + radius * change.rays
    return [
        (*(round(float(v), 3) for v in point), round(float(b), 3), round(float(a), 3), round(float(a - b), 3))
        for point, b, a in zip(points, change.before, change.after, strict=True)
    ]
