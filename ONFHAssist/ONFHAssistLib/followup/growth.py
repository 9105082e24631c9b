"""Growth or healing of a necrosis in the same bone, in ml, with an interval.

Of one date a volume is known to about 1 ml, and the difference of two to less than either: both dates are outlined on
the same voxels by the same networks. What is left is for the most part oedema: where it came between two dates, the
border of the necrosis on fluid-sensitive series moves inward by half a mm or more, and nothing has healed. The
examinations say whether there was oedema; the estimate is the difference of the masks, and an amount for oedema that
appeared. Half its interval is a floor, plus what is due where the oedema changed, plus what is gone near the surface,
which may have sunk. All numbers come from simulated pairs that nothing else is judged by (``benchmarks/followup.py``),
as split conformal prediction has it (Lei et al. 2018, J Am Stat Assoc 113:1094-1111).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from scipy import ndimage

from ..core.resources import resource_path
from .outlines import BoneOutline, BothDates

GROWN, UNCHANGED, HEALED = "grown", "unchanged", "healed"
FEATURES = ("masks", "appeared")  # of the estimate
DOUBTS = ("oedema", "rim")  # of its interval
_RIM_MM = 5.0  # under the surface
Oedema = tuple[
    bool | None, bool | None
]  # at the earlier and the later date; None where it was not looked for


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
    oedema: Oedema = (None, None),
    numbers: Mapping[str, float] | None = None,
) -> Growth:
    """The growth between two dates.

    Args:
        oedema: at both. numbers: weights and interval; those of :func:`calibration` by default.
    """
    given = calibration()["growth"] if numbers is None else numbers
    voxel = both.grid.voxel_volume_ml
    volumes = [float(np.count_nonzero(mask)) * voxel for mask in (both.before, both.after)]
    head_ml = max(float(np.count_nonzero(both.head)) * voxel, 1e-6)
    found = features(both, before, after, oedema)
    ml = float(sum(given[name] * found[name] for name in FEATURES))
    doubts = doubts_of(both, before, after, oedema)
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


def features(
    both: BothDates, before: BoneOutline, after: BoneOutline, oedema: Oedema = (None, None)
) -> dict[str, float]:
    """What the estimate is made of: ``masks``, the difference of the masks, ml; ``appeared``, 1 where oedema appeared
    between the dates and the outlines are not a reader's, which no oedema moves.

    What T1 alone says was tried beside these and left out: it added nothing.
    """
    masks = float(int(both.after.sum()) - int(both.before.sum())) * both.grid.voxel_volume_ml
    return {"masks": masks, "appeared": float(oedema == (False, True) and not _drawn(before, after))}


def _drawn(before: BoneOutline, after: BoneOutline) -> bool:
    """Whether the outlines of either date are a reader's."""
    return not (before.contrasts and after.contrasts)


def doubts_of(
    both: BothDates, before: BoneOutline, after: BoneOutline, oedema: Oedema = (None, None)
) -> dict[str, float]:
    """What widens the interval: ``oedema``, 1 where it came or went, or was not looked for; ``rim``, what is gone close
    under the surface, ml: necrosis does not heal there, but a head that sinks is drawn without it."""
    same = _drawn(before, after) or (None not in oedema and oedema[0] == oedema[1])
    lost = both.gone & (ndimage.distance_transform_edt(both.head, both.grid.spacing[0]) <= _RIM_MM)
    return {"oedema": float(not same), "rim": float(np.count_nonzero(lost)) * both.grid.voxel_volume_ml}
