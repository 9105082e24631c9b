"""Both dates of a hip outlined on the same voxels, those of the earlier date, turned and shifted as the hip lay later.

An outline of one date is off by what the network makes of its grid, and two outlines differ by both errors. Here the
later series are resampled once, along with the bone, onto the earlier one's grids, so that the same bone is looked at in
the same way; the log odds of two grids, turned as the hip lay at either date, are averaged. Outlines that a reader
corrected are taken as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from ..core.vectors import as_point
from ..exam.alignment import HipView
from ..exam.fusion import SeriesProbability, fused, hip_grid, learned_weights, logit, probability_of
from ..imaging.image import Image
from ..imaging.labels import head_mask
from ..segment.outliner import Outliner, load_outliner, one_head, share_of_necrosis, sure_pieces
from .alignment import carried
from .examinations import DatedHip, necrosis_of

GRID_MM = 1.0  # on which the dates are compared
REACH_MM = 34.0  # of the grid about the centre of the head
_SURE = 6.0  # log odds of an outline that a reader drew


@dataclass(frozen=True)
class BoneOutline:
    """One date on the grid of the earlier one.

    Attributes:
        head: log odds (z, y, x) of femoral head. necrosis: log odds of necrosis within it.
        by_series: number of each series to its own log odds of necrosis. contrasts: number to its contrast.
    """

    head: np.ndarray
    necrosis: np.ndarray
    by_series: dict[str, np.ndarray]
    contrasts: dict[str, str] = field(default_factory=dict)


def bone_grid(hip: DatedHip) -> Image:
    """Voxels of 1 mm about the head of the earlier date, along the patient's axes."""
    count = 2 * int(REACH_MM / GRID_MM) + 1
    corner = np.asarray(hip.head.centre) - 0.5 * (count - 1) * GRID_MM
    return Image(np.zeros((count,) * 3, np.uint8), (GRID_MM,) * 3, as_point(corner))


def looks_of(earlier: DatedHip, later: DatedHip, motion: np.ndarray) -> tuple[Image, ...]:
    """The grids on which networks look at both dates, in the earlier frame: along the patient's axes as he lay at the
    earlier date, and as he lay at the later one, so that neither date is the one that is always turned."""
    there = hip_grid(as_point(later.head.centre))
    return hip_grid(as_point(earlier.head.centre)), carried(there, np.linalg.inv(motion))


def outlined_on(
    grid: Image, hip: DatedHip, motion: np.ndarray, looks: Sequence[Image], outliner: Outliner | None = None
) -> BoneOutline:
    """A hip of any date on the earlier date's grid.

    Args:
        motion: 4 x 4, from the earlier frame to the hip's. looks: of :func:`looks_of`; none are needed of a hip that a
            reader outlined.
    """
    if hip.own:
        return _as_drawn(grid, hip, motion)
    outliner = outliner or load_outliner()
    views = [(view, matrix @ motion) for view, matrix in hip.views if view.series in hip.found.series]
    views = views or [(view, matrix @ motion) for view, matrix in hip.views[:1]]
    heads, dead = [], []
    own: dict[str, list[np.ndarray]] = {}
    for looked in looks:
        parts = tuple(_part(view, matrix, looked, outliner) for view, matrix in views)
        probability = fused(parts, learned_weights())
        inside = 1.0 - probability[0]
        heads.append(_onto(grid, looked, logit(inside)))
        dead.append(_onto(grid, looked, logit(probability[2] / np.maximum(inside, 1e-4))))
        for part in parts:
            own.setdefault(part.series, []).append(_onto(grid, looked, part.necrosis))
    by_series = {number: np.mean(found, axis=0) for number, found in own.items()}
    contrasts = {view.series: view.contrast for view, _ in views}
    return BoneOutline(np.mean(heads, axis=0), np.mean(dead, axis=0), by_series, contrasts)


def _part(view: HipView, matrix: np.ndarray, grid: Image, outliner: Outliner) -> SeriesProbability:
    return probability_of(view, matrix, grid, outliner)


def _onto(grid: Image, looked: Image, values: np.ndarray) -> np.ndarray:
    found = replace(looked, array=np.asarray(values, np.float32)).resampled_to(grid, fill=-_SURE)
    return np.asarray(found.array, np.float32)


def _as_drawn(grid: Image, hip: DatedHip, motion: np.ndarray) -> BoneOutline:
    """An outline of a reader as log odds."""
    back = np.linalg.inv(motion)
    odds = []
    for mask in (head_mask(hip.labels.array, hip.side), necrosis_of(hip)):
        share = carried(hip.labels.like(mask.astype(np.float32)), back).resampled_to(grid).array
        odds.append(np.asarray(_SURE * (2.0 * share - 1.0), np.float32))
    return BoneOutline(odds[0], odds[1], {"outline": odds[1]})


@dataclass(frozen=True)
class BothDates:
    """Head and necrosis of both dates as masks (z, y, x) on one grid.

    Attributes:
        grid: empty voxels. head: of the earlier date. before: necrosis at the earlier date. after: at the later.
        share_before, share_after: probability of necrosis within the head. kept: voxels in which the later date is what
            the earlier one was: bone that sank, drill tracks.
    """

    grid: Image
    head: np.ndarray
    before: np.ndarray
    after: np.ndarray
    share_before: np.ndarray
    share_after: np.ndarray
    kept: np.ndarray

    @property
    def new(self) -> np.ndarray:
        """Necrosis of the later date alone."""
        return np.asarray(self.after & ~self.before)

    @property
    def gone(self) -> np.ndarray:
        """Necrosis of the earlier date alone."""
        return np.asarray(self.before & ~self.after)


def both_dates(
    grid: Image,
    before: BoneOutline,
    after: BoneOutline,
    centre: Sequence[float],
    outliner: Outliner | None = None,
    tracks: np.ndarray | None = None,
) -> BothDates:
    """The two dates of a hip as masks in one head, that of the earlier date, so that only the necrosis can differ.

    Args:
        tracks: voxels of drill tracks that came or went, in which the later necrosis is what it was before.
    """
    outliner = outliner or load_outliner()
    # What sank is head of the earlier date alone; what necrosis was there stays counted, or a collapse would heal it.
    inside = _chance(before.head)
    head, _ = one_head(inside >= 0.5, grid, np.asarray(centre, float))
    if head is None:
        head = np.zeros(inside.shape, bool)
    kept = (after.head < 0) & (before.head >= 0)
    if tracks is not None:
        kept = kept | tracks
    shares = [_chance(one.necrosis) for one in (before, after)]
    shares[1] = np.where(kept, shares[0], shares[1])
    masks = []
    for share in shares:
        within = share_of_necrosis(np.ones_like(share), share)
        sure, _ = sure_pieces(
            head & (within >= outliner.necrosis_threshold),
            within,
            grid.voxel_volume_ml,
            outliner.necrosis_certainty,
        )
        masks.append(sure)
    return BothDates(grid, head, masks[0], masks[1], shares[0], shares[1], kept)


def _chance(log_odds: np.ndarray) -> np.ndarray:
    return np.asarray(1.0 / (1.0 + np.exp(-log_odds)))
