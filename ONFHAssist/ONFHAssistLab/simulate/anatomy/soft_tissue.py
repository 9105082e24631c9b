"""Skin, fat, muscles, pelvic organs, vessels and nerves of the simulated patient."""

from __future__ import annotations

import numpy as np
import SimpleITK as sitk  # noqa: N813

from ONFHAssistLib.core.vectors import Point, as_box

from . import kernels
from .bones import HipFrame
from .muscles import muscle_fields, open_grid
from .parameters import PatientParameters
from .shapes import Canvas, Textures, ellipsoid, tube, upsample
from .tissues import Tissue

FATTY = (int(Tissue.SUBCUTANEOUS_FAT), int(Tissue.DEEP_FAT))


def fat_thickness(parameters: PatientParameters) -> float:
    """Mean subcutaneous fat in mm: more with BMI, more in women."""
    return float(
        np.clip(5.0 + 1.15 * (parameters.bmi - 18.0) + (5.0 if parameters.sex == "F" else 0.0), 4.0, 38.0)
    )


def body_half_size(parameters: PatientParameters) -> np.ndarray:
    """Half width and half depth in mm of the box that holds the body."""
    fat, scale = (
        fat_thickness(parameters),
        max(parameters.right.head_radius_mm, parameters.left.head_radius_mm) / 25.0,
    )
    return np.array([min(88.0 + 82.0 * scale + 1.3 * fat, 225.0), min(112.0 * scale + 1.15 * fat, 165.0)])


def paint_soft_tissue(
    canvas: Canvas, frames: list[HipFrame], parameters: PatientParameters, textures: Textures
) -> None:
    """Everything but bones and joints, from the skin inward."""
    whole = as_box(slice(0, n) for n in canvas.shape)
    x, y, z = (np.ascontiguousarray(c.ravel()) for c in canvas.coordinates(whole))
    body = (
        1.0 / canvas.spacing,
        fat_thickness(parameters),
        float(parameters.sex == "F"),
        parameters.muscle_fat,
        -72.0,
    )
    kernels.soft_tissue(
        canvas.tissue,
        canvas.partner,
        canvas.share,
        _fields(canvas, frames, parameters),
        (textures.coarse.values, textures.middle.values, textures.fibres.values),
        (x, y, z),
        tuple(np.float32(v) for v in body),
    )
    rng = np.random.default_rng([parameters.seed, 51])
    _organs(canvas, frames, parameters, rng)
    for frame in frames:
        _vessels(canvas, frame, parameters, rng)
    _small_vessels(canvas, rng)


def _fields(
    canvas: Canvas, frames: list[HipFrame], parameters: PatientParameters
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """On every second voxel: nearest and second muscle distance, and depth of the muscular body (mm, negative in)."""
    shape = tuple((n + 1) // 2 for n in canvas.shape)
    spacing = 2 * canvas.spacing
    best, second = muscle_fields(shape, canvas.low, spacing, frames, parameters)
    whole = as_box(slice(0, n) for n in shape)
    quarter = tuple(slice(0, None, 2) for _ in shape)
    x, y, z = (c[quarter] if c.shape != (1, 1, 1) else c for c in open_grid(whole, canvas.low, spacing))
    at = (x, y, z)
    scale = frames[0].scale
    cavity = tube(
        at,
        np.array([(0, -8, 300), (0, -8, 140), (0, 2, -30)], float) * scale,
        np.array([86.0, 86.0, 62.0]) * scale,
        (0, 1, 0),
        1.12,
    )
    core = np.minimum(best[quarter], cavity)
    for frame in frames:
        trochanter = tube(
            at, np.array([frame.junction, frame.junction + 100 * frame.shaft]), np.array([24.0, 20.0])
        )
        core = np.minimum(core, trochanter)
        core = np.minimum(core, tube(at, _course(frame, parameters, SHEATH), np.full(len(SHEATH), 12.0)))
    inside = sitk.GetImageFromArray((core < 5.0).astype(np.uint8))
    inside.SetSpacing([2 * spacing] * 3)
    smooth = sitk.RecursiveGaussian(inside, 9.0, False, 0, 0)
    smooth = sitk.RecursiveGaussian(sitk.RecursiveGaussian(smooth, 9.0, False, 0, 1), 9.0, False, 0, 2)
    distance = sitk.SignedMaurerDistanceMap(
        smooth > 0.40, insideIsPositive=False, squaredDistance=False, useImageSpacing=True
    )
    distance = sitk.RecursiveGaussian(sitk.RecursiveGaussian(distance, 4.0, False, 0, 0), 4.0, False, 0, 1)
    depth = sitk.GetArrayFromImage(sitk.RecursiveGaussian(distance, 4.0, False, 0, 2)).astype(np.float32)
    return best, second, upsample(depth)


def _blob(
    canvas: Canvas, centre: np.ndarray, semi: np.ndarray, tissue: Tissue, only: tuple[int, ...] | None = None
) -> None:
    box = canvas.box(np.asarray(centre) - semi - 3, np.asarray(centre) + semi + 3)
    if min(s.stop - s.start for s in box) < 1:
        return
    allowed = None if only is None else np.isin(canvas.tissue[box], only)
    canvas.paint(box, ellipsoid(canvas.coordinates(box), centre, semi), tissue, allowed)


def _pipe(
    canvas: Canvas, points: np.ndarray, radii: np.ndarray, tissue: Tissue, only: tuple[int, ...] | None = None
) -> None:
    margin = max(radii) + 3
    box = canvas.box(points.min(axis=0) - margin, points.max(axis=0) + margin)
    if min(s.stop - s.start for s in box) < 1:
        return
    allowed = None if only is None else np.isin(canvas.tissue[box], only)
    canvas.paint(box, tube(canvas.coordinates(box), points, np.asarray(radii)), tissue, allowed)


def _organs(
    canvas: Canvas, frames: list[HipFrame], parameters: PatientParameters, rng: np.random.Generator
) -> None:
    """Bladder, prostate or uterus, rectum and bowel between the pelvic walls."""
    s = frames[0].scale
    fill = rng.uniform(0.55, 1.1)
    bladder = np.array([rng.normal(0, 2), -22.0, 14.0 + 14 * fill]) * s
    semi = np.array([36 * fill + 6, 24 * fill + 6, 20 * fill + 8]) * s
    _blob(canvas, bladder, semi + 4.0, Tissue.ORGAN)
    _blob(canvas, bladder, semi, Tissue.URINE)
    if parameters.sex == "M":
        _blob(canvas, np.array([0, 0.0, -12.0]) * s, np.array([22, 16, 17]) * s, Tissue.ORGAN)
        _blob(canvas, np.array([0, 26.0, 12.0]) * s, np.array([30, 7, 8]) * s, Tissue.ORGAN)
    else:
        _blob(canvas, np.array([rng.normal(0, 4), 22.0, 36.0]) * s, np.array([25, 20, 24]) * s, Tissue.ORGAN)
        _blob(canvas, np.array([0, 16.0, 4.0]) * s, np.array([16, 9, 16]) * s, Tissue.ORGAN)
    rectum = (
        np.array([(2, 58, 90), (-3, 66, 55), (2, 64, 25), (0, 52, -5), (0, 46, -35), (0, 52, -60)], float) * s
    )
    rectum[:-1] += rng.normal(0, 2.5, (5, 3))
    width = np.array([17, 18, 19, 17, 10, 8]) * s * rng.uniform(0.8, 1.1)
    _pipe(canvas, rectum, width, Tissue.ORGAN)
    _pipe(canvas, rectum[:-1], width[:-1] - 4.5, Tissue.BOWEL_CONTENT)
    gas = rectum[1 + int(rng.integers(0, 3))]
    _blob(canvas, gas, np.array([9, 7, 13]) * rng.uniform(0.6, 1.2), Tissue.GAS, (int(Tissue.BOWEL_CONTENT),))
    for _ in range(20):
        loop = np.array([rng.uniform(-60, 60), rng.uniform(-45, 50), rng.uniform(25, 115)]) * s
        path = loop + np.cumsum(rng.normal(0, 12, (4, 3)), axis=0)
        radii = np.full(4, rng.uniform(9, 14)) * s
        _pipe(canvas, path, radii, Tissue.ORGAN, (int(Tissue.DEEP_FAT), int(Tissue.ORGAN)))
        content = Tissue.GAS if rng.random() < 0.25 else Tissue.BOWEL_CONTENT
        _pipe(canvas, path, radii - 3.0, content, (int(Tissue.ORGAN),))


SHEATH: list[Point] = [
    (-56, 2, 118),
    (-44, -22, 70),
    (-28, -44, 28),
    (-24, -51, 8),
    (-22, -55, -10),
    (-20, -59, -50),
    (-16, -52, -140),
]


def _course(frame: HipFrame, parameters: PatientParameters, rows: list[Point]) -> np.ndarray:
    """Patient-frame points of a vessel or nerve; below the groin it follows the thigh."""
    shift = np.tan(np.radians(parameters.hip_flexion_deg - 6.0))
    return frame.points([(u, v + shift * min(w + 30.0, 0.0), w) for u, v, w in rows])


def _vessels(
    canvas: Canvas, frame: HipFrame, parameters: PatientParameters, rng: np.random.Generator
) -> None:
    """Iliac and femoral artery and vein with their branches, sciatic and femoral nerve, inguinal nodes."""

    def course(rows: list[Point]) -> np.ndarray:
        return _course(frame, parameters, rows) + rng.normal(0, 1.0, (len(rows), 3))

    sheath = course(SHEATH)
    vein = sheath + frame.vector(-1.0, 0.45, 0) * 10.0
    bundle = 0.5 * (sheath + vein) + rng.normal(0, 2.5, (7, 3))
    _pipe(canvas, bundle, rng.uniform(6.0, 11.0, 7), Tissue.DEEP_FAT)
    _pipe(canvas, sheath + rng.normal(0, 2.0, (7, 3)), rng.uniform(4.0, 8.5, 7), Tissue.DEEP_FAT)
    k = frame.scale * rng.uniform(0.9, 1.1)
    _pipe(canvas, sheath, np.array([5.5, 5.2, 4.8, 4.8, 4.6, 4.0, 3.6]) * k, Tissue.FIBROUS)
    _pipe(canvas, sheath, np.array([4.6, 4.3, 4.0, 4.0, 3.8, 3.2, 2.8]) * k, Tissue.ARTERY)
    _pipe(canvas, vein, np.array([6.2, 6.0, 5.6, 5.6, 5.0, 4.4, 4.0]) * k, Tissue.VEIN)
    deep = course([(-22, -54, -8), (-10, -40, -35), (0, -30, -70), (2, -26, -110)])
    _pipe(canvas, deep, np.array([2.8, 2.5, 2.2, 2.0]) * k, Tissue.ARTERY)
    nerve = course([(-44, 66, 60), (-22, 60, 24), (-2, 52, -14), (4, 50, -50), (0, 40, -140)])
    _pipe(canvas, nerve + rng.normal(0, 1.2, (5, 3)), rng.uniform(4.0, 7.0, 5), Tissue.DEEP_FAT)
    for strand in rng.normal(0, 1.0, (4, 3)) * (2.6, 1.4, 0.5):
        _pipe(canvas, nerve + strand, rng.uniform(1.3, 2.2, 5), Tissue.NERVE)
    femoral = sheath[:5] - frame.vector(-1.0, 0.2, 0) * 10.0
    _pipe(canvas, femoral, np.full(5, 2.5), Tissue.NERVE)
    for _ in range(int(rng.integers(3, 7))):
        node = frame.at(*(np.array([-24, -64, -6]) + rng.normal(0, (9, 3, 16))))
        semi = rng.uniform(2.5, 6.0) * np.array([1.0, 0.7, 1.3])
        _blob(canvas, node, semi, Tissue.ORGAN, FATTY)


def _small_vessels(canvas: Canvas, rng: np.random.Generator) -> None:
    """Branching vessels and septa as dark threads in all fat."""
    low = canvas.low
    high = low + canvas.spacing * (np.array(canvas.shape[::-1]) - 1)
    for number in range(230):
        start = rng.uniform(low, high) if number < 110 else rng.uniform((-62, -50, -50), (62, 75, 110))
        step = rng.normal(0, 1, 3)
        path = start + np.cumsum(step / np.linalg.norm(step) * 7 + rng.normal(0, 3.5, (5, 3)), axis=0)
        radius = rng.uniform(0.5, 1.5 if number < 110 else 2.2)
        tissue = Tissue.VEIN if rng.random() < 0.5 else Tissue.FASCIA
        _pipe(canvas, path, np.linspace(radius, 0.5 * radius, 5), tissue, FATTY)
