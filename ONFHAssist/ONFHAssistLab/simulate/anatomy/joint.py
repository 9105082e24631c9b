"""Paints the bones, marrow, cartilage, labrum, capsule and fluid of one hip."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .bones import HEAD_PLATE, JOINT_GAP, HipFrame, femur, fovea, head_neck_cut, hemipelvis, sacrum
from .parameters import HipParameters, PatientParameters
from .shapes import Canvas, Coordinates, Textures, along, cone, length, sphere, tube
from .tissues import Tissue

Box = tuple[slice, slice, slice]


@dataclass
class HipBones:
    """The femur on its box of the canvas.

    Attributes:
        box: slices (z, y, x) of the canvas.
        at: patient-frame coordinates of the box.
        femur: signed distance to the bone surface, mm.
        head: boolean mask of the femoral head.
    """

    box: Box
    at: Coordinates
    femur: np.ndarray
    head: np.ndarray


def paint_hip(
    canvas: Canvas, frame: HipFrame, hip: HipParameters, parameters: PatientParameters, textures: Textures
) -> HipBones:
    """Paint socket, pelvis, femur and joint of one side; disease comes after."""
    _paint_capsule(canvas, frame, hip)
    pelvis = hemipelvis(canvas, frame)
    _paint_pelvis(canvas, pelvis.box, pelvis.values, frame, hip, parameters, textures)
    if frame.side == "R":
        bone = sacrum(canvas, frame.scale)
        _paint_marrow_bone(canvas, bone.box, bone.values, 1.3, parameters.red_marrow + 0.15, textures)
    shape = femur(canvas, frame, hip)
    values = shape.values + 0.22 * textures.middle.crop(shape.values.shape, _start(shape.box))
    at = shape.coordinates
    distance = length(at, frame.centre)
    _paint_cartilage(canvas, shape.box, at, distance, frame, hip)
    pit = fovea(at, frame)
    values = np.maximum(values, -pit)
    values = values.astype(np.float32)
    head = (
        (values <= 0)
        & (distance < frame.radius + 2.5)
        & (along(at, frame.centre, frame.neck) < head_neck_cut(frame))
    )
    _paint_femur(canvas, shape.box, at, values, frame, parameters, textures)
    _paint_ligament(canvas, frame)
    return HipBones(shape.box, at, values, head)


def _start(box: Box) -> tuple[int, int, int]:
    return tuple(s.start for s in box)


def _paint_capsule(canvas: Canvas, frame: HipFrame, hip: HipParameters) -> None:
    """Fibrous capsule from the rim to the neck base, with synovial fluid and a little fat inside."""
    c, n, r = frame.centre, frame.neck, frame.radius
    low, high = c - r - 18, c + r + 18 + np.abs(40 * n)
    box = canvas.box(np.minimum(low, c + 46 * n - 22), np.maximum(high, c + 46 * n + 22))
    at = canvas.coordinates(box)
    sleeve = tube(
        at, np.array([c, c + 0.8 * r * n, c + 1.7 * r * n]), np.array([r + 1.2, 0.84 * r, 0.74 * r])
    )
    # The sac bulges most over the neck, where the capsule is loosest.
    sac = hip.effusion_mm * np.clip(1.25 - np.abs(along(at, c, n) - 1.0 * r) / (0.75 * r), 0.05, 1.0)
    front = along(at, c, frame.vector(0.2, -1, 0.3))
    ligament = 1.3 + 2.6 * np.clip(front / r, 0, 1)
    canvas.paint(box, sleeve - sac - ligament - 1.5, Tissue.DEEP_FAT)
    canvas.paint(box, sleeve - sac - ligament, Tissue.FIBROUS)
    canvas.paint(box, sleeve - sac, Tissue.FLUID)
    # Inside the film of fluid lie folded synovium and fat rather than an empty space.
    canvas.paint(box, sleeve - sac + 0.15 + 1.2 * hip.effusion_mm, Tissue.DEEP_FAT)


def _paint_marrow_bone(
    canvas: Canvas, box: Box, values: np.ndarray, plate: np.ndarray | float, red: float, textures: Textures
) -> None:
    """Cortex over marrow with trabeculae and patches of red marrow."""
    start = _start(box)
    rough = values + 0.25 * textures.middle.crop(values.shape, start)
    canvas.paint(box, rough, Tissue.CORTEX)
    canvas.paint(box, rough + plate, Tissue.YELLOW_MARROW)
    inside = rough + plate < -0.5
    patches = textures.coarse.crop(values.shape, (start[0] + 31, start[1], start[2]))
    fine = textures.middle.crop(values.shape, (start[0], start[1] + 13, start[2]))
    amount = np.float32(red) * 0.55 + 0.13 * patches + 0.07 * fine
    canvas.mix(box, inside, Tissue.RED_MARROW, np.minimum(amount, 0.48))


def _paint_pelvis(
    canvas: Canvas,
    box: Box,
    values: np.ndarray,
    frame: HipFrame,
    hip: HipParameters,
    parameters: PatientParameters,
    textures: Textures,
) -> None:
    at = canvas.coordinates(box)
    distance = length(at, frame.centre)
    near = np.clip(1.0 - (distance - frame.radius - JOINT_GAP) / 4.0, 0, 1)
    plate = 1.2 + near * (-0.25 + 1.8 * hip.arthrosis)
    _paint_marrow_bone(canvas, box, values, plate, parameters.red_marrow + 0.10, textures)
    # Labrum: a wedge on the rim.
    depth = along(at, frame.centre, frame.opening)
    mouth = float((frame.edge - frame.centre) @ frame.opening)
    ring = (
        np.sqrt((distance - (frame.radius + JOINT_GAP - 0.2)) ** 2 + (0.62 * (depth - mouth - 1.5)) ** 2)
        - 2.6
    )
    canvas.paint(box, np.maximum(ring, frame.radius + 1.4 - distance), Tissue.LABRUM)


def _paint_cartilage(
    canvas: Canvas, box: Box, at: Coordinates, distance: np.ndarray, frame: HipFrame, hip: HipParameters
) -> None:
    """Both cartilages with a film of fluid between them; the fossa stays fat."""
    r = frame.radius
    inner, outer = 1.35 * (1 - 0.75 * hip.arthrosis), 1.35 * (1 - 0.8 * hip.arthrosis)
    neckward = along(at, frame.centre, frame.neck)
    mouth = float((frame.edge - frame.centre) @ frame.opening)
    cup = along(at, frame.centre, frame.opening) - np.float32(mouth)
    # Both cartilages touch but for a film far thinner than a voxel, which the T2 of the cartilage tissue includes.
    gap = distance - np.float32(r + JOINT_GAP)
    # Down to the bone, which is painted later: a seam between two coats would show as beads of fluid.
    lunate = np.maximum(gap, cup - 1.0)
    worn = JOINT_GAP - inner - outer - 0.2
    canvas.paint(box, lunate, Tissue.FLUID if worn > 0.8 else Tissue.CARTILAGE)
    if worn > 0.8:
        canvas.paint(box, np.maximum(lunate, np.float32(r + JOINT_GAP - outer) - distance), Tissue.CARTILAGE)
    if hip.effusion_mm > 1.0:
        film = np.abs(distance - np.float32(r + 0.5 * JOINT_GAP)) - np.float32(
            min(0.15 * hip.effusion_mm, 0.5)
        )
        canvas.paint(box, np.maximum(film, lunate), Tissue.FLUID)
    fossa = cone(at, frame.at(-26, 4, -6), frame.at(-16, 4, -24), 8.0 * frame.scale, 7.5 * frame.scale)
    canvas.paint(box, np.maximum(fossa, np.float32(r + 1.7) - distance), Tissue.DEEP_FAT)
    canvas.paint(box, np.maximum(distance - np.float32(r + inner), neckward - 0.60 * r), Tissue.CARTILAGE)


def _paint_femur(
    canvas: Canvas,
    box: Box,
    at: Coordinates,
    values: np.ndarray,
    frame: HipFrame,
    parameters: PatientParameters,
    textures: Textures,
) -> None:
    """Cortical shell that thickens down the shaft and at the calcar, marrow with trabecular bands."""
    s, r = frame.scale, frame.radius
    down = along(at, frame.junction, frame.shaft)
    neckward = along(at, frame.centre, frame.neck)
    away = np.clip((neckward - 0.6 * r) / (0.5 * r), 0, 1)
    plate = HEAD_PLATE + 0.5 * away + 3.9 * s * np.clip((down - 12 * s) / (50 * s), 0, 1)
    calcar = cone(
        at,
        frame.at(22, 6, -27),
        frame.junction + 40 * s * frame.shaft + frame.vector(-1, 0, 0) * 14 * s,
        5,
        7,
    )
    plate = (plate + 2.2 * np.clip(-calcar / 4.0, 0, 1)).astype(np.float32)
    canvas.paint(box, values, Tissue.CORTEX)
    marrow = values + plate
    canvas.paint(box, marrow, Tissue.YELLOW_MARROW)
    inside = marrow < -0.6
    start = _start(box)
    fine = textures.fine.crop(values.shape, start)
    middle = textures.middle.crop(values.shape, (start[0] + 40, start[1] + 7, start[2]))
    coarse = textures.coarse.crop(values.shape, (start[0] + 11, start[1] + 50, start[2]))
    # Blood-forming marrow lies in the neck and below the trochanters, hardly in the head (Vande Berg 1998).
    in_head = np.clip((frame.radius + 6 - length(at, frame.centre)) / 8.0, 0, 1)
    red = parameters.red_marrow * (0.75 - 0.62 * in_head) + 0.13 * coarse - 0.10
    trabeculae = (
        _trabeculae(at, frame, middle, coarse) * (0.20 + 0.06 * middle)
        + 0.03 * (fine + 1)
        + 0.03 * (middle + coarse + 1)
    )
    use_red = red > trabeculae
    canvas.mix(box, inside & use_red, Tissue.RED_MARROW, np.minimum(red + 0.3 * trabeculae, 0.48))
    canvas.mix(box, inside & ~use_red, Tissue.CORTEX, trabeculae)


def _trabeculae(at: Coordinates, frame: HipFrame, wave: np.ndarray, swell: np.ndarray) -> np.ndarray:
    """Density 0..1 of the compressive and tensile bands, their crossing, and the scar of the growth plate."""
    s, c, r = frame.scale, frame.centre, frame.radius
    band = cone(at, frame.at(0, 0, 25), frame.junction + frame.vector(-1, 0, -0.5) * 16 * s, 10 * s, 4 * s)
    compressive = np.clip(-band / (7 * s), 0, 1)
    arch = tube(
        at, frame.points([(-18, 0, 2), (4, 2, 10), (24, 4, -4), (44, 6, -26)]), np.array([6, 6, 6, 5]) * s
    )
    tensile = 0.45 * np.clip(-arch / (6 * s), 0, 1)
    # Where the groups cross, near the middle of the head, trabeculae stand densest and radiate.
    core = 0.7 * np.clip(1.0 - length(at, c + frame.vector(0.1, 0, 0.2) * 0.15 * r) / (0.5 * r), 0, 1)
    # The growth plate lies flatter than square to the neck, a bowed and wavy line that is broken in places.
    axis = frame.neck + np.array([0.0, 0.0, -0.7])
    axis /= np.linalg.norm(axis)
    dome = sphere(at, c + 1.25 * r * axis, 1.33 * r) + 0.8 * wave + 0.9 * swell
    scar = np.clip(1.1 + 0.5 * swell, 0.2, 1.6) * np.clip(1.0 - np.abs(dome) / 1.2, 0, 1)
    scar *= length(at, c) < 0.93 * r
    return np.maximum(np.maximum(np.maximum(compressive, core), tensile), scar).astype(np.float32)


def _paint_ligament(canvas: Canvas, frame: HipFrame) -> None:
    """Ligamentum teres from the fovea to the fossa."""
    a = frame.centre + (frame.radius - 1.0) * frame.vector(-0.88, 0.30, -0.25)
    b = frame.at(-20, 4, -24)
    points = np.array([a, frame.centre + (frame.radius + 2.4) * frame.vector(-0.85, 0.2, -0.55), b])
    box = canvas.box(points.min(axis=0) - 5, points.max(axis=0) + 5)
    allowed = np.isin(canvas.tissue[box], (int(Tissue.DEEP_FAT), int(Tissue.FLUID), int(Tissue.CARTILAGE)))
    canvas.paint(
        box, tube(canvas.coordinates(box), points, np.array([1.6, 1.5, 2.2])), Tissue.FIBROUS, allowed
    )


def paint_prosthesis(canvas: Canvas, frame: HipFrame) -> None:
    """Metal cup, head, neck and stem in place of the joint."""
    r, n, j, s = frame.radius, frame.neck, frame.junction, frame.scale
    shell = canvas.box(frame.centre - r - 8, frame.centre + r + 8)
    at = canvas.coordinates(shell)
    distance = length(at, frame.centre)
    depth = along(at, frame.centre, frame.opening)
    canvas.paint(shell, np.maximum(distance - (r + 2.5), -frame.radius - 4 - depth), Tissue.FIBROUS)
    canvas.paint(
        shell, np.maximum(np.maximum(distance - (r + 2.0), (r - 2.0) - distance), depth - 4), Tissue.METAL
    )
    canvas.paint(shell, sphere(at, frame.centre, 15.5 * s), Tissue.METAL)
    stem = np.array(
        [frame.centre, frame.centre + 34 * s * n, j, j + 60 * s * frame.shaft, j + 112 * s * frame.shaft]
    )
    box = canvas.box(stem.min(axis=0) - 16, stem.max(axis=0) + 16)
    canvas.paint(box, tube(canvas.coordinates(box), stem, np.array([7, 8, 9.5, 8, 5.5]) * s), Tissue.METAL)
