"""Muscles of hip and thigh, pelvic wall and skin: tubes that compete for space, so that fat planes stay between them.

Rows are (u, v, w) in the local frame of :mod:`.bones` (mm from the head centre; outward, back, up), with a radius each.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ONFHAssistLib.core.vectors import Box, as_box

from .bones import HipFrame
from .parameters import PatientParameters
from .shapes import Coordinates, tube

TOP_MM = 112.0  # above the hips, where the pelvis ends


@dataclass(frozen=True)
class Muscle:
    """A muscle belly: polyline, radii, and the direction in which it is thin by ``ratio``."""

    name: str
    rows: tuple[tuple[float, float, float, float], ...]  # u, v, w, radius
    thin: tuple[float, float, float] | None = None
    ratio: float = 1.0


MUSCLES: tuple[Muscle, ...] = (
    Muscle("sartorius", ((38, -46, 66, 6), (16, -55, 24, 11), (10, -61, 4, 11), (-6, -66, -38, 11), (-22, -64, -90, 12),
                         (-34, -60, -140, 12)), (0.3, 1, 0), 1.7),
    Muscle("tensor fasciae latae", ((46, -38, 62, 6), (53, -40, 25, 12), (60, -42, -5, 14), (64, -38, -45, 13),
                                    (64, -30, -80, 6)), (1, 0.5, 0), 1.6),
    Muscle("rectus femoris", ((20, -34, 22, 4), (25, -42, 8, 8), (28, -50, -15, 12), (28, -56, -45, 15),
                              (24, -58, -90, 18), (20, -56, -140, 19)), (0, 1, 0), 1.2),
    Muscle("iliacus", ((2, 2, 128, 16), (2, -14, 92, 17), (2, -28, 60, 18), (0, -36, 30, 16), (0, -41, 8, 15),
                       (4, -41, -12, 13), (6, -28, -36, 11), (0, 4, -58, 6)), (0, 1, 0), 1.25),
    Muscle("psoas", ((-48, -2, 128, 22), (-40, -18, 90, 20), (-26, -34, 55, 17), (-16, -41, 25, 13), (-9, -43, 5, 9),
                     (0, -40, -12, 6)), (0, 1, 0), 1.1),
    Muscle("gluteus medius front", ((26, -18, 120, 13), (40, -22, 85, 22), (48, -20, 48, 24), (53, -8, 22, 17),
                                    (52, 4, 2, 6)), (1, 0.3, 0.1), 1.7),
    Muscle("gluteus medius back", ((4, 28, 120, 16), (16, 32, 90, 24), (32, 30, 55, 24), (46, 22, 25, 14),
                                   (50, 14, 4, 5)), (0.7, 0.8, 0), 1.7),
    Muscle("gluteus minimus", ((20, -4, 78, 10), (27, -3, 52, 15), (36, -4, 28, 15), (45, 0, 8, 9), (48, 4, -4, 4)),
           (1, 0.1, 0), 1.9),
    Muscle("gluteus minimus back", ((8, 22, 62, 10), (22, 22, 40, 12), (38, 14, 18, 7)), (0.8, 0.7, 0), 1.9),
    Muscle("gluteus maximus", ((-46, 82, 110, 16), (-26, 82, 80, 26), (0, 76, 45, 32), (28, 68, 10, 34),
                               (48, 56, -25, 29), (57, 40, -55, 18), (58, 24, -85, 7)), (-0.45, 1, 0), 1.5),
    Muscle("gluteus maximus low", ((-50, 92, 50, 16), (-34, 88, 15, 24), (-14, 82, -20, 26), (10, 74, -48, 22),
                                   (34, 52, -75, 12)), (-0.3, 1, 0), 1.5),
    Muscle("piriformis", ((-62, 74, 48, 8), (-36, 60, 38, 11), (-4, 42, 26, 9), (24, 26, 12, 5), (40, 14, 4, 2.5))),
    Muscle("obturator internus", ((-40, -18, -6, 8), (-43, 4, 2, 14), (-46, 24, -6, 14), (-48, 38, -14, 8)),
           (1, 0.1, 0.1), 2.0),
    Muscle("obturator internus low", ((-52, -16, -34, 8), (-48, 6, -34, 13), (-46, 26, -28, 11)), (1, -0.2, 0), 1.9),
    Muscle("gemelli", ((-46, 44, -14, 6), (-26, 44, -11, 8), (2, 36, -6, 7), (28, 24, -4, 4), (38, 16, -2, 2.5)),
           (0, 1, 0), 1.4),
    Muscle("obturator externus", ((-62, -24, -44, 8), (-42, -10, -42, 14), (-14, 8, -42, 12), (12, 22, -32, 7),
                                  (32, 22, -18, 3)), (0.3, 1, 0), 1.2),
    Muscle("quadratus femoris", ((-16, 42, -52, 10), (8, 38, -48, 13), (30, 28, -46, 9)), (0, 1, 0), 1.6),
    Muscle("pectineus", ((-62, -42, -16, 8), (-42, -44, -32, 14), (-18, -28, -58, 13), (2, -6, -86, 5)),
           (0.4, 1, 0.3), 1.4),
    Muscle("adductor longus", ((-76, -38, -44, 6), (-62, -46, -70, 14), (-44, -44, -105, 18), (-30, -38, -142, 17)),
           (0.4, 1, 0), 1.3),
    Muscle("adductor brevis", ((-72, -22, -54, 7), (-52, -22, -76, 15), (-24, -14, -102, 14), (0, -2, -126, 6))),
    Muscle("adductor magnus", ((-48, 10, -70, 10), (-44, 8, -96, 22), (-30, 12, -142, 26)), (0, 1, 0), 1.2),
    Muscle("adductor magnus front", ((-22, 34, -60, 9), (-2, 24, -82, 14), (14, 10, -110, 14), (18, 0, -142, 12))),
    Muscle("gluteus maximus insertion", ((6, 72, -60, 20), (30, 50, -82, 17), (42, 26, -110, 8), (44, 14, -142, 5))),
    Muscle("gracilis", ((-78, -14, -62, 5), (-78, -10, -95, 11), (-72, 0, -142, 12)), (1, 0, 0), 1.9),
    Muscle("hamstrings", ((-29, 46, -64, 9), (-22, 56, -92, 20), (-12, 56, -142, 26)), (0, 1, 0), 1.1),
    Muscle("biceps femoris", ((-24, 52, -70, 6), (0, 58, -105, 14), (14, 54, -142, 20))),
    Muscle("vastus lateralis", ((48, 0, -42, 7), (52, -10, -72, 15), (50, -16, -108, 20), (46, -18, -142, 22)),
           (1, 0, 0), 1.4),
    Muscle("vastus intermedius", ((26, -24, -58, 6), (26, -32, -88, 15), (22, -36, -142, 20)), (0, 1, 0), 1.2),
    Muscle("vastus medialis", ((2, -14, -80, 7), (-4, -26, -110, 13), (-6, -32, -142, 18))),
    Muscle("rectus abdominis", ((-66, -88, 130, 24), (-70, -80, 60, 23), (-76, -60, 5, 14), (-78, -48, -14, 6)),
           (0, 1, 0), 3.4),
    Muscle("oblique wall", ((0, -78, 130, 26), (0, -68, 92, 22), (-30, -70, 50, 20), (-56, -64, 16, 9)),
           (0.35, 1, 0), 3.6),
    Muscle("levator ani", ((-74, 40, 4, 8), (-62, 44, -24, 11), (-70, 50, -40, 9)), (1, 0.2, 0.6), 2.6),
)  # fmt: skip

# Above the pelvis: what goes on upward (a first row more) and what begins there; for wide fields of view only.
UPWARD = {
    "psoas": (-50, 6, 300, 20),
    "rectus abdominis": (-62, -92, 300, 24),
    "oblique wall": (4, -80, 300, 26),
}
BACK = (
    Muscle("erector spinae", ((-60, 84, 300, 26), (-58, 88, 170, 25), (-60, 96, 120, 20), (-70, 104, 80, 10)),
           (0, 1, 0), 1.3),
    Muscle("quadratus lumborum", ((-36, 56, 300, 16), (-32, 52, 200, 17), (-20, 50, 140, 12)), (0, 1, 0), 1.3),
    Muscle("flank", ((26, 0, 300, 30), (26, -10, 200, 30), (20, -20, 150, 16)), (1, 0.2, 0), 3.2),
)  # fmt: skip


def muscles_of(high_mm: float) -> tuple[Muscle, ...]:
    """The muscles of a map that reaches so far above the hips."""
    if high_mm <= TOP_MM + 14.0:  # the map ends on a coarser step
        return MUSCLES
    longer = [replace(m, rows=(UPWARD[m.name], *m.rows)) if m.name in UPWARD else m for m in MUSCLES]
    return (*longer, *BACK)


def placed(muscle: Muscle, frame: HipFrame, parameters: PatientParameters, rng: np.random.Generator) -> tuple:
    """Points in the patient frame and radii of a muscle: thigh points follow the thigh, all of them vary a little."""
    rows = np.array(muscle.rows, float)
    flexion = np.tan(np.radians(parameters.hip_flexion_deg - 6.0))
    adduction = np.tan(np.radians(parameters.hip_adduction_deg - 2.0))
    below = np.minimum(rows[:, 2] + 30.0, 0.0)
    rows[:, 1] += flexion * below
    rows[:, 0] += adduction * below
    rows[:, :3] += rng.normal(0, 1.6, (len(rows), 3))
    bulk = (
        (1.05 if parameters.sex == "M" else 0.95) * (1 + 0.012 * (parameters.bmi - 24)) * rng.normal(1, 0.06)
    )
    points = np.array([frame.at(*row[:3]) for row in rows])
    return points, rows[:, 3] * frame.scale * bulk


def compete(
    best: np.ndarray,
    second: np.ndarray,
    low: np.ndarray,
    spacing: float,
    shape: tuple[np.ndarray, np.ndarray, tuple],
) -> None:
    """Let one muscle into the fields of nearest and second-nearest distance (both (z, y, x), changed in place)."""
    points, radii, (thin, ratio) = shape
    margin = radii.max() + 14.0
    n = np.array(best.shape[::-1])
    first = np.clip(np.floor((points.min(axis=0) - margin - low) / spacing).astype(int), 0, n)
    last = np.clip(np.ceil((points.max(axis=0) + margin - low) / spacing).astype(int) + 1, 0, n)
    if np.any(last <= first):
        return
    box = as_box(slice(a, b) for a, b in zip(first[::-1], last[::-1], strict=True))
    distance = tube(open_grid(box, low, spacing), points, radii, thin, ratio)
    b, s = best[box], second[box]
    np.minimum(s, np.maximum(b, distance), out=s)
    np.minimum(b, distance, out=b)


def open_grid(box: Box, low: np.ndarray, spacing: float) -> Coordinates:
    """Patient-frame x, y, z of a box of a regular grid as open float32 arrays."""
    z, y, x = (
        (low[a] + spacing * np.arange(s.start, s.stop)).astype(np.float32)
        for a, s in zip((2, 1, 0), box, strict=True)
    )
    return x[None, None, :], y[None, :, None], z[:, None, None]


def muscle_fields(
    shape: tuple[int, ...],
    low: np.ndarray,
    spacing: float,
    frames: list[HipFrame],
    parameters: PatientParameters,
) -> tuple[np.ndarray, np.ndarray]:
    """Distance to the nearest and second-nearest muscle on a grid, float32 (z, y, x), mm."""
    best = np.full(shape, 40.0, np.float32)
    second = np.full(shape, 40.0, np.float32)
    for frame in frames:
        rng = np.random.default_rng([parameters.seed, 31, "RL".index(frame.side)])
        for muscle in muscles_of(float(low[2]) + spacing * (shape[0] - 1)):
            points, radii = placed(muscle, frame, parameters, rng)
            thin = None if muscle.thin is None else frame.vector(*muscle.thin)
            compete(best, second, low, spacing, (points, radii, (thin, muscle.ratio)))
    return best, second
