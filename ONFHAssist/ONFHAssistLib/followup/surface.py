"""The articular surface of a head at two dates along the same rays: how far it sank, where, and how sure that is.

Each date's depth below the sphere is read off the grey values of its series (:mod:`..measure.surface`), about one sphere
that lies in the bone of both. What sank is the difference, ray by ray, so that what the reading makes of this head at
both dates falls out. The sphere is that of the earlier date. A head collapses over its necrosis and nowhere else: only
the rays above that of either date are asked, and the rest of the surface says what did not sink.
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

QUANTILE = 0.98  # over all rays, at which a flattening is read: a place of some 50 square mm, so that no one ray decides
OVER = 0.9  # quantile over the rays above the necrosis, at which the sinking is read
DEEP = 0.95  # likewise, at which the depth of one date is read
UNDER_MM = (3.0, 5.0, 7.0)  # depths under the surface, one of which lies in the necrosis that a ray is above
READ_MM = 1.0  # of depth, up to which that of the first date is as likely the error of its reading
PARTS = ("over", "deeper")


@dataclass(frozen=True)
class SurfaceChange:
    """The surface of a head against its sphere at two dates.

    Attributes:
        rays: unit vectors (n, 3), LPS, from the centre. before, after: depth (n,) in mm below the sphere.
        flattening: greatest depth at each date, mm, not below 0.
        sunk_mm: by which the surface sank where it sank most. place: LPS mm of it, in the earlier frame.
        low, high: between which it lies with 90 % by simulated pairs.
        parts: what it is made of (:data:`PARTS`), mm.
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
        dead: necrosis of either date, over 0.5, in the earlier frame. numbers: of the calibration: what each of
            :data:`PARTS` counts, ``offset`` and ``half`` of the interval in mm.
    """
    centre, radius = np.asarray(earlier.head.centre, float), float(earlier.head.radius)
    before = depths(earlier, np.eye(4), (centre, radius))
    after = depths(later, motion, _common_sphere(later, motion, centre, radius))
    rays = articular_rays(earlier.side)
    above = above_necrosis(rays, centre, radius, dead)
    parts = sinking(before, after, above)
    sunk = sum(numbers[name] * parts[name] for name in PARTS) + numbers["offset"] if parts else 0.0
    change = after - before
    worst = int(np.where(above, change, -np.inf).argmax()) if parts else int(change.argmax())
    at = centre + (radius - max(float(after[worst]), 0.0)) * rays[worst]
    return SurfaceChange(
        rays, before, after, (greatest(before), greatest(after)), float(sunk), float(sunk - numbers["half"]),
        float(sunk + numbers["half"]), (float(at[0]), float(at[1]), float(at[2])), parts,
    )  # fmt: skip


def above_necrosis(rays: np.ndarray, centre: np.ndarray, radius: float, dead: Image) -> np.ndarray:
    """Which rays (n,) leave the head above a necrosis that is near its surface."""
    inside = [sampled(dead, centre + (radius - under) * rays) for under in UNDER_MM]
    return np.asarray(np.max(inside, axis=0) > 0.5)


def greatest(depth: np.ndarray) -> float:
    """The depth (mm, not below 0) of one date that a place of some 50 square mm has; of single rays the noise is read."""
    return max(float(np.quantile(depth, QUANTILE)), 0.0)


def _common_sphere(
    later: DatedHip, motion: np.ndarray, centre: np.ndarray, radius: float
) -> tuple[np.ndarray, float]:
    """The later date's own sphere in the earlier frame, so that an error of the alignment sinks nothing."""
    back = np.linalg.inv(motion)
    own = back[:3, :3] @ np.asarray(later.head.centre) + back[:3, 3]
    return (own, radius) if np.linalg.norm(own - centre) <= 3.0 else (centre, radius)


def sinking(before: np.ndarray, after: np.ndarray, above: np.ndarray) -> dict[str, float]:
    """What the sinking is read from, mm, not below 0; nothing of a head whose surface has too little necrosis under it.

    Args:
        before, after: depth (n,) of each ray in mm. above: which rays (n,) lie above the necrosis.

    Returns:
        ``over``: by how much most of the rays above the necrosis sank at most, against those beside it. ``deeper``: the
        depth of the later date there, less what of the earlier one is more than an error of its reading.
    """
    if np.count_nonzero(above) < MIN_RAYS:
        return {}
    change, beside = after - before, ~above
    still = float(np.median(change[beside] if np.count_nonzero(beside) > MIN_RAYS else change))
    was, now = (float(np.quantile(depth[above], DEEP)) for depth in (before, after))
    return {
        "over": max(float(np.quantile(change[above], OVER)) - still, 0.0),
        "deeper": max(now - max(was - READ_MM, 0.0), 0.0),
    }


def map_rows(change: SurfaceChange, centre: Sequence[float], radius: float) -> list[tuple[float, ...]]:
    """Rows of the table of the surface: LPS point on the sphere, depth before, depth after, change; all mm."""
    points = np.asarray(centre) + radius * change.rays
    return [
        (*(round(float(v), 3) for v in point), round(float(b), 3), round(float(a), 3), round(float(a - b), 3))
        for point, b, a in zip(points, change.before, change.after, strict=True)
    ]
