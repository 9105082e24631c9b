"""What lies above the pelvis in wide fields of view: lumbar spine, great vessels, bowel, kidneys."""

from __future__ import annotations

import numpy as np

from .joint import paint_marrow_bone
from .muscles import TOP_MM
from .parameters import PatientParameters
from .shapes import Canvas, Textures, ellipsoid, tube
from .tissues import Tissue

__all__ = ["TOP_MM", "paint_abdomen"]

FAT = (int(Tissue.DEEP_FAT),)
SOFT = (
    int(Tissue.DEEP_FAT),
    int(Tissue.ORGAN),
    int(Tissue.MUSCLE),
    int(Tissue.BOWEL_CONTENT),
    int(Tissue.GAS),
)
LEVELS = ((46.0, 134.0), (38.0, 170.0), (34.0, 206.0))  # y and z of L5 to L3 for a head of 25 mm


def paint_abdomen(canvas: Canvas, scale: float, parameters: PatientParameters, textures: Textures) -> None:
    """Spine, aorta, vena cava, kidneys and bowel above the pelvis of a canvas that reaches there."""
    rng = np.random.default_rng([parameters.seed, 53])
    for side in (-1, 1):
        centre = np.array([side * 62.0, 34.0, 200.0 + rng.normal(0, 8)]) * scale
        semi = np.array([27.0, 22.0, 50.0]) * scale * rng.uniform(0.9, 1.1)
        _fill(canvas, centre, semi, Tissue.ORGAN, FAT)
        _fill(
            canvas,
            centre - np.array([side * 10.0, 0, 0]),
            semi * (0.45, 0.5, 0.6),
            Tissue.DEEP_FAT,
            (Tissue.ORGAN,),
        )
    for _ in range(16):
        loop = np.array([rng.uniform(-85, 85), rng.uniform(-60, 15), rng.uniform(115, 225)]) * scale
        path = loop + np.cumsum(rng.normal(0, 13, (4, 3)), axis=0)
        radii = np.full(4, rng.uniform(9, 18)) * scale
        _run(canvas, path, radii, Tissue.ORGAN, FAT)
        inner = Tissue.GAS if rng.random() < 0.3 else Tissue.BOWEL_CONTENT
        _run(canvas, path, radii - 3.0, inner, (Tissue.ORGAN,))
    _spine(canvas, scale, parameters, textures)
    for x, tissue, wide in ((9.0, Tissue.ARTERY, 8.5), (-13.0, Tissue.VEIN, 10.0)):
        course = np.array([(3.6 * x, 4, 96), (x, 12, 136), (x, 8, 260)]) * scale
        _run(canvas, course, np.array([6.0, wide, wide]) * scale, tissue, SOFT)


def _spine(canvas: Canvas, scale: float, parameters: PatientParameters, textures: Textures) -> None:
    """Bodies of L5 to L3 with their discs, the canal, arches and spinous processes."""
    column = np.array([(0, y, z) for y, z in ((52.0, 116.0), *LEVELS, (33.0, 240.0))]) * scale
    _run(canvas, column, np.full(len(column), 21.0) * scale, Tissue.CARTILAGE, SOFT)
    for y, z in LEVELS:
        middle = np.array([0.0, y, z]) * scale
        reach = np.array([30.0, 62.0, 20.0]) * scale
        box = canvas.box(middle - reach, middle + reach)
        if min(s.stop - s.start for s in box) < 4:
            continue
        at = canvas.coordinates(box)
        # A body is a flat drum with hollow ends.
        drum = tube(
            at,
            middle + np.array([(0, 0, -30.0), (0, 0, 30.0)]),
            np.full(2, 25.0) * scale,
            (0, 1.0, 0),
            1.4,
        )
        ends = np.abs(at[2] - np.float32(middle[2])) - np.float32(13.0 * scale)
        body = np.maximum(drum, ends + 0.4 * (drum < -10 * scale)).astype(np.float32)
        spike = tube(
            at, middle + np.array([(0, 34.0, -2.0), (0, 54.0, -8.0)]) * scale, np.array([4.0, 5.0]) * scale
        )
        arch = [
            tube(
                at,
                middle + np.array([(s * 14.0, 14.0, 3.0), (s * 15.0, 26.0, 0.0), (0, 35.0, -2.0)]) * scale,
                np.full(3, 5.0) * scale,
            )
            for s in (-1, 1)
        ]
        bone = np.minimum(np.minimum(body, spike), np.minimum(*arch)).astype(np.float32)
        paint_marrow_bone(canvas, box, bone, 1.0, parameters.red_marrow + 0.3, textures)
    canal = column + np.array([0, 26.0, 0]) * scale
    _run(canvas, canal, np.full(len(canal), 9.0) * scale, Tissue.DEEP_FAT, SOFT)
    _run(canvas, canal, np.full(len(canal), 7.0) * scale, Tissue.FLUID, (Tissue.DEEP_FAT,))
    for strand in np.random.default_rng([parameters.seed, 54]).normal(0, 2.2, (8, 3)):
        _run(canvas, canal + strand * (1, 1, 0), np.full(len(canal), 1.2), Tissue.NERVE, (Tissue.FLUID,))


def _fill(
    canvas: Canvas, centre: np.ndarray, semi: np.ndarray, tissue: Tissue, only: tuple[int, ...]
) -> None:
    box = canvas.box(centre - semi - 3, centre + semi + 3)
    if min(s.stop - s.start for s in box) > 0:
        canvas.paint(
            box, ellipsoid(canvas.coordinates(box), centre, semi), tissue, np.isin(canvas.tissue[box], only)
        )


def _run(
    canvas: Canvas, points: np.ndarray, radii: np.ndarray, tissue: Tissue, only: tuple[int, ...]
) -> None:
    margin = float(np.max(radii)) + 3
    box = canvas.box(points.min(axis=0) - margin, points.max(axis=0) + margin)
    if min(s.stop - s.start for s in box) > 0:
        canvas.paint(
            box, tube(canvas.coordinates(box), points, radii), tissue, np.isin(canvas.tissue[box], only)
        )
