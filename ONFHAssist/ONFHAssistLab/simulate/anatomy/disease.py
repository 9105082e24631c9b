"""How diseases of the head look: contents and interface of a necrosis, oedema, crescent, cysts, look-alikes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .bones import HEAD_PLATE, HipFrame
from .joint import HipBones
from .parameters import HipParameters
from .shapes import Canvas, Coordinates, Textures, along, ellipsoid, length
from .tissues import Tissue

MARROW = (int(Tissue.YELLOW_MARROW), int(Tissue.RED_MARROW), int(Tissue.OEDEMA), int(Tissue.CORTEX))
CONTENT = {
    "A": Tissue.NECROSIS_FAT,
    "B": Tissue.NECROSIS_BLOOD,
    "C": Tissue.NECROSIS_FLUID,
    "D": Tissue.NECROSIS_FIBROUS,
}


@dataclass
class Region:
    """The box of a femoral head that diseases are painted into."""

    canvas: Canvas
    box: tuple[slice, slice, slice]
    at: Coordinates
    femur: np.ndarray  # signed distance to the bone surface, mm
    wave: np.ndarray  # texture of some mm
    swell: np.ndarray  # texture of a centimetre or more
    frame: HipFrame

    @property
    def below_plate(self) -> np.ndarray:
        """Signed distance to the marrow under the subchondral plate."""
        return self.femur + np.float32(HEAD_PLATE)


def paint_necrosis(spot: Region, inner: np.ndarray, hip: HipParameters, textures: Textures) -> None:
    """Interface and content of a necrosis.

    Args:
        spot: where.
        inner: signed distance in mm to the border between necrosis and living bone, negative inside.
        hip: content, sclerosis, subtlety and stage.
        textures: of the patient.
    """
    canvas, box = spot.canvas, spot.box
    limit = np.maximum(inner, spot.below_plate)
    start = tuple(s.start for s in box)
    fine = textures.fine.crop(inner.shape, (start[0] + 3, start[1] + 71, start[2] + 33))
    middle = textures.middle.crop(inner.shape, (start[0] + 50, start[1] + 20, start[2] + 70))
    rim = hip.rim_mm * np.clip(1.0 + 0.45 * spot.wave, 0.15, 2.0)
    seam = hip.lesion_clarity * 1.4 * np.clip(1.0 + 0.5 * spot.swell, 0.1, 2.0)
    canvas.paint(box, limit, Tissue.SCLEROSIS)
    canvas.paint(box, np.maximum(inner + rim, spot.below_plate), Tissue.GRANULATION)
    core = np.maximum(inner + rim + seam, spot.below_plate)
    main, other = _contents(hip)
    canvas.paint(box, core, main)
    # The second content lies in patches, most of it under the articular surface.
    patch = np.maximum(core + 0.4, np.float32(0.9 - 1.1 * (hip.content == "mixed")) * 2.0 - 2.0 * middle)
    canvas.paint(box, patch, other)
    within = core < -0.5
    unrest = (0.05 + 0.30 * hip.lesion_sclerosis) * np.clip(fine * 0.6 + middle * 0.7 - 0.1, 0, 1.5)
    canvas.mix(box, within, Tissue.SCLEROSIS, unrest * (1 - 0.5 * hip.lesion_subtlety))
    if hip.arco in ("IIIA", "IIIB"):
        _crescent(spot, inner)


def _contents(hip: HipParameters) -> tuple[Tissue, Tissue]:
    """Main and second tissue of a necrosis: fatty first, fluid and fibrous with time (Mitchell 1987)."""
    late = hip.stage == "II"
    if hip.content == "mixed":
        return (Tissue.NECROSIS_FAT, Tissue.NECROSIS_FIBROUS if late else Tissue.NECROSIS_BLOOD)
    main = CONTENT[hip.content]
    second = Tissue.NECROSIS_FIBROUS if main != Tissue.NECROSIS_FIBROUS and late else Tissue.NECROSIS_FAT
    if main == second:
        second = Tissue.NECROSIS_BLOOD
    return main, second


def _crescent(spot: Region, inner: np.ndarray) -> None:
    """A thin cleft under the subchondral plate over the middle of the lesion (ARCO IIIA)."""
    below = spot.below_plate
    sheet = np.abs(below + np.float32(1.5)) - np.clip(0.75 + 0.25 * spot.wave, 0.35, 1.3)
    spot.canvas.paint(spot.box, np.maximum(sheet, inner + 4.0), Tissue.CRESCENT)


def paint_oedema(spot: Region, bones: HipBones, hip: HipParameters, textures: Textures) -> None:
    """Bone marrow oedema about a necrosis, into head and neck."""
    if hip.oedema <= 0:
        return
    frame = spot.frame
    reach = 8.0 + 34.0 * hip.oedema
    shape = bones.femur.shape
    start = tuple(s.start for s in bones.box)
    swell = textures.coarse.crop(shape, (start[0] + 21, start[1] + 33, start[2] + 3))
    wave = textures.middle.crop(shape, (start[0] + 21, start[1] + 33, start[2] + 3))
    middle = frame.centre + 0.35 * frame.radius * frame.vector(0.1, -0.4, 0.9)
    far = length(bones.at, middle) - 0.55 * frame.radius
    amount = (0.15 + 0.75 * hip.oedema) * np.clip(
        1.15 - np.clip(far, 0, None) / reach + 0.28 * swell + 0.08 * wave, 0, 1
    )
    _soak(spot.canvas, bones, amount)


def _soak(canvas: Canvas, bones: HipBones, amount: np.ndarray) -> None:
    """Let oedema of a share 0..1 into the marrow of the femur."""
    tissue, partner, share = canvas.tissue[bones.box], canvas.partner[bones.box], canvas.share[bones.box]
    marrow = (bones.femur < -1.6) & (tissue == Tissue.YELLOW_MARROW) & (amount > 0.04)
    part = np.clip(amount, 0, 0.95)
    light, heavy = marrow & (part < 0.5), marrow & (part >= 0.5)
    np.copyto(partner, np.uint8(Tissue.OEDEMA), where=marrow & light)
    np.copyto(share, (255 * (1 - part)).astype(np.uint8), where=light)
    np.copyto(partner, np.uint8(Tissue.YELLOW_MARROW), where=heavy)
    np.copyto(tissue, np.uint8(Tissue.OEDEMA), where=heavy)
    np.copyto(share, (255 * part).astype(np.uint8), where=heavy)


def paint_look_alike(
    spot: Region, bones: HipBones, hip: HipParameters, textures: Textures, rng: np.random.Generator
) -> None:
    """Transient osteoporosis, insufficiency fracture: oedema without a necrosis, with or without a fracture line."""
    frame = spot.frame
    if hip.oedema > 0:
        shape = bones.femur.shape
        start = tuple(s.start for s in bones.box)
        swell = textures.coarse.crop(shape, (start[0] + 2, start[1] + 3, start[2] + 66))
        down = along(bones.at, frame.centre, frame.neck)
        amount = hip.oedema * np.clip(
            1.2 - np.clip(down - 0.2 * frame.radius, 0, None) / (26 * hip.oedema + 6), 0, 1
        )
        _soak(spot.canvas, bones, amount * np.clip(0.92 + 0.14 * swell, 0, 1.1))
    if hip.look_alike == "insufficiency fracture":
        # A broken dark line close under the surface and parallel to it, unlike the concave border of a necrosis.
        axis = frame.vector(rng.uniform(-0.2, 0.4), -rng.uniform(0.1, 0.5), 1.0)
        angle = np.degrees(
            np.arccos(
                np.clip(
                    along(spot.at, frame.centre, axis) / np.maximum(length(spot.at, frame.centre), 1), -1, 1
                )
            )
        )
        sheet = np.abs(spot.femur + np.float32(rng.uniform(3.0, 5.0)) + 0.7 * spot.wave) - 0.75
        spot.canvas.paint(
            spot.box,
            np.maximum(sheet, (angle - rng.uniform(20, 34)) * 0.4).astype(np.float32),
            Tissue.SCLEROSIS,
        )


def paint_wear(spot: Region, hip: HipParameters, rng: np.random.Generator) -> None:
    """Subchondral cysts and sclerosis of arthrosis, bone islands."""
    frame, canvas = spot.frame, spot.canvas
    if hip.arthrosis > 0:
        axis = frame.vector(0.5, -0.2, 0.85)
        cosine = along(spot.at, frame.centre, axis) / np.maximum(length(spot.at, frame.centre), 1)
        depth = (
            (1.0 + 2.5 * hip.arthrosis)
            * np.clip((cosine - 0.80) / 0.15, 0, 1)
            * np.clip(1 + 0.5 * spot.wave, 0.2, 2)
        )
        shell = np.maximum(spot.femur + 0.4, -spot.femur - depth)
        canvas.paint(spot.box, shell.astype(np.float32), Tissue.SCLEROSIS, only=depth > 0.3)
    for _ in range(hip.cysts):
        direction = frame.vector(rng.uniform(0.0, 0.8), rng.uniform(-0.5, 0.3), 1.0)
        semi = rng.uniform(1.6, 4.2, 3)
        centre = frame.centre + (frame.radius - semi.max() - 2.0) * direction
        canvas.paint(spot.box, ellipsoid(spot.at, centre, semi + 0.9) + 0.3 * spot.wave, Tissue.SCLEROSIS)
        canvas.paint(spot.box, ellipsoid(spot.at, centre, semi) + 0.3 * spot.wave, Tissue.FLUID)
    for _ in range(hip.bone_islands):
        direction = rng.normal(0, 1, 3)
        centre = frame.centre + rng.uniform(0.1, 0.6) * frame.radius * direction / np.linalg.norm(direction)
        canvas.paint(spot.box, ellipsoid(spot.at, centre, rng.uniform(1.3, 3.6, 3)), Tissue.BONE_ISLAND)
