"""Between which values a measurement of the examination lies with 90 %, by simulated examinations.

Two things tell how far a number may be off: how much the series' own outlines disagree on it, and how much it changes
where the border of the outline is drawn a little wider or tighter. Half the interval is a linear function of both,
fitted and then scaled by ``benchmarks/exam_intervals.py`` so that nine of ten hips of the training examinations lie
within (split conformal prediction: Lei et al. 2018, J Am Stat Assoc 113:1094-1111, equation 3 with a scaled residual).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
from scipy import ndimage

from ..core.errors import InputError
from ..core.resources import resource_path
from ..imaging.image import Image
from ..imaging.labels import HEAD, NECROSIS, head_mask, necrosis_mask
from ..measure.border import Border
from ..measure.hip import HipMeasurement, crop_to_side, measure_hip
from ..segment.outliner import Outliner, share_of_necrosis
from .answers import ExamNumber
from .outlines import DrawnHip

OF_HEAD = ("head_ml",)
OF_NECROSIS = ("necrosis_ml", "necrotic_share", "arc_a", "arc_b", "combined_necrotic_angle", "depth_mm")
SHIFT = 0.8  # log odds by which the border is drawn wider and tighter
_NEAR_MM = 4.0  # how far a wider border may reach from the necrosis
_MOST = {"necrotic_share": 1.0, "arc_a": 360.0, "arc_b": 360.0, "combined_necrotic_angle": 720.0}
ALONE = "alone"  # the numbers of an outline of one series


@cache
def _calibration() -> Mapping[str, Mapping[str, Mapping[str, float]]]:
    found: Mapping[str, Any] = json.loads(resource_path("exam_intervals.json").read_text(encoding="utf-8"))
    return found


def numbers_of(
    measured: HipMeasurement,
    own: Mapping[str, HipMeasurement],
    drawn: DrawnHip,
    labels: Image,
    outliner: Outliner,
    border: Border | None = None,
) -> dict[str, ExamNumber]:
    """The measurements of a hip with their intervals; those of a necrosis only where there is one.

    Args:
        own: series number to what its own outline measures. labels: the outline of all series.
        border: that the arcs were read off; None where it was the outline.
    """
    names = (*OF_HEAD, *(OF_NECROSIS if measured.necrosis_ml > 0 else ()))
    moved = perturbed(measured, drawn, labels, outliner) | errors_of(border)
    used = [own[number] for number in drawn.series if number in own]
    found = {}
    for name in names:
        value = float(getattr(measured, name))
        half = half_width(name, spread_of(name, used), moved.get(name, 0.0), len(drawn.series))
        high = min(value + half, _MOST.get(name, np.inf))
        found[name] = ExamNumber(value, max(value - half, 0.0), high, drawn.series)
    return found


def errors_of(border: Border | None) -> dict[str, float]:
    """By how much the arcs may be off by the border that they were read off; in the place of a moved outline's.

    Of a plane in which the border shows no arc nothing: the arc there is the outline's, and so is the combined angle.
    """
    if border is None:
        return {}
    errors = zip(border.errors, border.disagreement, strict=True)
    each = [float(np.hypot(error, apart)) for error, apart in errors]
    found = {
        name: error
        for name, error, arc in zip(("arc_a", "arc_b"), each, border.arcs, strict=True)
        if arc is not None
    }
    return found | ({"combined_necrotic_angle": sum(each)} if len(found) == len(each) else {})


def half_width(name: str, spread: float, moved: float, series: int) -> float:
    """Half the interval of a number, in its unit; 0 where none was calibrated."""
    kind = ALONE if series < 2 else "together"
    numbers = _calibration().get(kind, {}).get(name)
    if numbers is None:
        return 0.0
    return interval_of(numbers, spread, moved)


def interval_of(numbers: Mapping[str, float], spread: float, moved: float) -> float:
    """Half an interval by its ``floor``, and what ``spread`` and ``perturbed`` count."""
    return numbers["floor"] + numbers["spread"] * spread + numbers["perturbed"] * moved


def spread_of(name: str, used: Sequence[HipMeasurement]) -> float:
    """Standard deviation of a number over the series; 0 with fewer than two."""
    values = [float(getattr(one, name)) for one in used]
    return float(np.std(values, ddof=1)) if len(values) > 1 else 0.0


def perturbed(
    measured: HipMeasurement, drawn: DrawnHip, labels: Image, outliner: Outliner
) -> dict[str, float]:
    """Half of what each number changes between a tighter and a wider border."""
    inside = drawn.inside.array
    voxel = drawn.grid.voxel_volume_ml
    counted = [float((inside >= 1 / (1 + np.exp(-way * SHIFT))).sum()) * voxel for way in (1, -1)]
    found = {"head_ml": abs(counted[1] - counted[0]) / 2}
    if measured.necrosis_ml <= 0:
        return found
    part = crop_to_side(labels, measured.side)
    head, dead = (mask(part.array, measured.side) for mask in (head_mask, necrosis_mask))
    near = ndimage.distance_transform_edt(~dead, part.spacing[::-1]) <= _NEAR_MM
    share = replace(drawn.grid, array=share_of_necrosis(inside, drawn.dead.array).astype(np.float32))
    odds = _logit(share.resampled_to(part).array)
    sphere = (np.array(measured.centre), measured.radius)
    ends = []
    for way in (1, -1):
        mask = head & near & (odds >= _logit(np.array(outliner.necrosis_threshold)) + way * SHIFT)
        array = np.where(mask, NECROSIS[measured.side], np.where(head, HEAD[measured.side], 0)).astype(
            np.uint8
        )
        try:
            ends.append(measure_hip(part.like(array), measured.side, sphere=sphere))
        except InputError:
            return found
    return found | {name: abs(getattr(ends[1], name) - getattr(ends[0], name)) / 2 for name in OF_NECROSIS}


def _logit(share: np.ndarray) -> np.ndarray:
    p = np.clip(share, 1e-4, 1 - 1e-4)
    return np.asarray(np.log(p) - np.log1p(-p))
