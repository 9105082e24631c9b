"""What became of a hip between two examinations: a necrosis that grew or healed in its place, a surface that sank
further, drill tracks of a core decompression. The hip's parameters stay those of the earlier examination.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from ONFHAssistLib.core.errors import InputError

from .bones import HipFrame
from .parameters import FLUID, Course
from .shapes import Canvas, cone
from .tissues import Tissue

if TYPE_CHECKING:
    from .joint import HipBones

TRACK_MM = 3.0  # diameter of multiple small drill holes (Mont et al. 2004, Clin Orthop 429:131-138)
_SCLEROTIC_MM = 0.5  # thickness of the wall of a fresh track
_TOLERANCE_ML = 0.03
_MOST = 0.7  # of opening and depth, by which a lesion can change


def solve_growth(
    lesion: Callable[[float, float], np.ndarray], course: Course, voxel_ml: float
) -> tuple[float, float]:
    """By how much opening and depth change, as factors, so that the lesion grows by what is wanted.

    Args:
        lesion: factors of opening and depth to its mask in the bone as it was.

    Raises:
        InputError: the head has no room for such a growth, or the lesion is smaller than what is to heal.
    """
    before = int(np.count_nonzero(lesion(1.0, 1.0)))
    wanted = before + course.grown_ml / voxel_ml
    low, high = (0.0, _MOST) if course.grown_ml > 0 else (-_MOST, 0.0)
    a, b = course.spread

    def missing(change: float) -> float:
        return float(np.count_nonzero(lesion(1.0 + a * change, 1.0 + b * change)) - wanted)

    if course.grown_ml == 0:
        return 1.0, 1.0
    if missing(low) > 0 or missing(high) < 0:
        raise InputError(
            f"A necrosis of {before * voxel_ml:.1f} ml cannot change by {course.grown_ml:g} ml in this head; "
            "choose a smaller change."
        )
    for _ in range(30):
        middle = 0.5 * (low + high)
        off = missing(middle)
        if abs(off) * voxel_ml <= _TOLERANCE_ML:
            break
        low, high = (middle, high) if off < 0 else (low, middle)
    return 1.0 + a * middle, 1.0 + b * middle


def paint_tracks(
    canvas: Canvas, bones: HipBones, frame: HipFrame, course: Course, rng: np.random.Generator
) -> list[list[float]]:
    """Straight tracks from the lateral cortex below the greater trochanter through the neck to under the surface.

    Returns:
        Of each its entry and its tip, six numbers in the patient frame, mm.
    """
    found = []
    entry = frame.junction + 14.0 * frame.scale * frame.shaft
    for number in range(course.tracks):
        start = entry + rng.normal(0.0, 1.0, 3) + 7.0 * (number - 0.5 * (course.tracks - 1)) * frame.shaft
        aim = frame.vector(rng.uniform(-0.1, 0.3), -rng.uniform(0.1, 0.6), 1.0)
        tip = frame.centre + (frame.radius - rng.uniform(5.0, 9.0)) * aim
        outside = start - 40.0 * (tip - start) / np.linalg.norm(tip - start)  # through the cortex
        distance = cone(bones.at, outside, tip, 0.5 * TRACK_MM, 0.5 * TRACK_MM)
        within = np.maximum(distance, bones.femur + np.float32(0.2))
        if course.content == FLUID:
            canvas.paint(bones.box, within, Tissue.SCLEROSIS)
            canvas.paint(bones.box, within + np.float32(_SCLEROTIC_MM), Tissue.FLUID)
        else:
            canvas.paint(bones.box, within, Tissue.SCLEROSIS)
        found.append([float(v) for v in (*start, *tip)])
    return found
