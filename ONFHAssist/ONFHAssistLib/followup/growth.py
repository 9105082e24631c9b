"""Growth or healing of a necrosis in the same bone, in ml, with an interval.

Of one date a volume is known to about 1 ml, and the difference of two to less than either: both dates are outlined on
the same voxels by the same networks. The estimate is a weighted sum of the difference of the masks and that of the
probabilities by T1, and half its interval a floor plus what grows with the disagreement of the series and the error of
the alignment along the border. Both come from simulated pairs that nothing else is judged by
(``benchmarks/followup.py``), as split conformal prediction has it (Lei et al. 2018, J Am Stat Assoc 113:1094-1111).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from scipy import ndimage

from ..core.resources import resource_path
from ..imaging.contrast import T1
from .outlines import BoneOutline, BothDates

GROWN, UNCHANGED, HEALED = "grown", "unchanged", "healed"
FEATURES = ("masks", "marrow")  # of the estimate
DOUBTS = ("spread", "border")  # of its interval
_NEAR_MM = 9.0  # about either necrosis, where probabilities are counted


@dataclass(frozen=True)
class Growth:
    """How a necrosis changed.

    Attributes:
        ml: growth, negative where it healed. low, high: between which it lies with 90 % by simulated pairs.
        called: "grown", "unchanged" or "healed": the interval leaves out 0, or does not.
        before_ml, after_ml: volumes on the common grid. new_ml: of the later date alone. gone_ml: of the earlier alone.
        share_before, share_after: of the head, 0..1.
        parts: what estimate (:data:`FEATURES`) and interval (:data:`DOUBTS`) are made of, in ml.
    """

    ml: float
    low: float
    high: float
    called: str
    before_ml: float
    after_ml: float
    new_ml: float
    gone_ml: float
    share_before: float
    share_after: float
    parts: Mapping[str, float] = field(default_factory=dict)


@cache
def calibration() -> Mapping[str, Mapping[str, float]]:
    """That of ``Resources/followup.json``."""
    found: Mapping[str, Mapping[str, float]] = json.loads(
        resource_path("followup.json").read_text(encoding="utf-8")
    )
    return found


def growth_of(
    both: BothDates,
    before: BoneOutline,
    after: BoneOutline,
    apart_mm: float,
    numbers: Mapping[str, float] | None = None,
) -> Growth:
    """The growth between two dates.

    Args:
        apart_mm: of the alignment. numbers: weights and interval; those of :func:`calibration` by default.
    """
    given = calibration()["growth"] if numbers is None else numbers
    voxel = both.grid.voxel_volume_ml
    volumes = [float(np.count_nonzero(mask)) * voxel for mask in (both.before, both.after)]
    head_ml = max(float(np.count_nonzero(both.head)) * voxel, 1e-6)
    found = features(both, before, after)
    ml = float(sum(given[name] * found[name] for name in FEATURES))
    doubts = doubts_of(both, before, after, apart_mm)
    half = given["floor"] + sum(given[name] * doubts[name] for name in DOUBTS)
    if not (both.before.any() or both.after.any()):
        ml, half = 0.0, 0.0
    new, gone = (float(np.count_nonzero(mask)) * voxel for mask in (both.new, both.gone))
    before_ml, after_ml = volumes
    return Growth(
        ml, ml - half, ml + half, called(ml - half, ml + half), before_ml, after_ml, new, gone,
        before_ml / head_ml, after_ml / head_ml, {**found, **doubts},
    )  # fmt: skip


def called(low: float, high: float) -> str:
    """What an interval of a growth says."""
    if low > 0:
        return GROWN
    return HEALED if high < 0 else UNCHANGED


def features(both: BothDates, before: BoneOutline, after: BoneOutline) -> dict[str, float]:
    """What the estimate is made of, in ml: difference of the masks, and that of the probabilities by T1 alone.

    Oedema comes and goes and moves the border that fluid-sensitive series show; on T1 it moves less. Where one date has
    no T1, or a reader's outline, the masks stand for it.
    """
    voxel = both.grid.voxel_volume_ml
    masks = float(int(both.after.sum()) - int(both.before.sum())) * voxel
    first, second = (one.by_contrast(T1) for one in (before, after))
    if first is None or second is None:
        return {"masks": masks, "marrow": masks}
    share, later = (1.0 / (1.0 + np.exp(-odds)) for odds in (first, second))
    later = np.where(both.kept, share, later)
    return {"masks": masks, "marrow": float((later - share)[_near(both)].sum()) * voxel}


def _near(both: BothDates) -> np.ndarray:
    either = both.before | both.after
    if not either.any():
        return either
    return np.asarray(both.head & (ndimage.distance_transform_edt(~either, both.grid.spacing[0]) <= _NEAR_MM))


def doubts_of(both: BothDates, before: BoneOutline, after: BoneOutline, apart_mm: float) -> dict[str, float]:
    """What widens the interval, in ml: how much the growth differs by single series; the border's area times the error
    of the alignment and a tenth of a mm."""
    near, voxel = _near(both), both.grid.voxel_volume_ml
    volumes = [
        [float((1.0 / (1.0 + np.exp(-odds)))[near].sum()) * voxel for odds in one.by_series.values()]
        for one in (before, after)
    ]
    variance = sum(float(np.var(each, ddof=1)) / len(each) if len(each) > 1 else 0.25 for each in volumes)
    border = both.before & ~ndimage.binary_erosion(both.before)
    inner = border & ndimage.binary_erosion(both.head, iterations=2)
    return {
        "spread": float(np.sqrt(variance)),
        "border": float(inner.sum()) * both.grid.spacing[0] ** 2 * (0.1 + apart_mm) / 1000.0,
    }
