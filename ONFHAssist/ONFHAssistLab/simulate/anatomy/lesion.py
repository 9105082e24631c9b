"""Osteonecrosis and what looks like it, painted into a finished hip.

A necrosis is a cone of directions about an anterosuperior axis, cut off at a depth, with a wavy border. Opening, axis
and depth are solved on the voxels themselves with :mod:`.hip`, so that what is measured is what was set.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.imaging.labels import HEAD, NECROSIS
from ONFHAssistLib.measure.hip import fit_sphere, jic_thirds, jic_type_of, necrotic_arcs

from .bones import HEAD_PLATE, HipFrame
from .course import paint_tracks, solve_growth
from .disease import Region, paint_look_alike, paint_necrosis, paint_oedema
from .joint import HipBones
from .parameters import Course, HipParameters
from .shapes import Canvas, Textures, along, length
from .tissues import Tissue

ANGLE_TOLERANCE_DEG = 0.4
LATERAL_TOLERANCE_DEG = 2.5
SHARE_TOLERANCE = 0.004
SHARE_STEPS = 10
JIC_REACH = {"A": (0.10, 0.28), "B": (0.40, 0.60), "C1": (0.73, 0.93), "C2": (1.07, 1.25)}
TILTS = (0, 7, -7, 13, -13)
BORDERS = ((1.0, 1.0), (1.0, -1.0), (-1.0, 0.6), (1.0, -0.5), (0.5, 0.2))  # other borders where none fits


@dataclass
class Cone:
    """Axis and opening of a lesion in degrees, and how its border waves."""

    coronal: float  # of the axis, from straight up, positive laterally
    tilt: float  # of the axis to the front
    opening: float
    wave: float = 1.0  # of its fine waviness
    swell: float = 1.0  # of its coarse waviness


@dataclass
class Target:
    """What the solver has to meet: combined angle, lateral end of arc A in degrees, share of the head or None."""

    combined: float
    lateral: float
    share: float | None
    depth: float


class HeadRegion:
    """The voxels about a femoral head, as the lesion solver needs them."""

    def __init__(self, canvas: Canvas, bones: HipBones, frame: HipFrame, textures: Textures) -> None:
        whole = canvas.box(frame.centre - frame.radius - 4, frame.centre + frame.radius + 4)
        inner = tuple(
            slice(w.start - b.start, w.stop - b.start) for w, b in zip(whole, bones.box, strict=True)
        )
        self.box, self.frame = whole, frame
        self.at = canvas.coordinates(whole)
        self.femur = bones.femur[inner]
        self.head = bones.head[inner]
        self.distance = length(self.at, frame.centre)
        start = tuple(s.start for s in whole)
        self.wave = textures.middle.crop(self.head.shape, (start[0] + 5, start[1] + 60, start[2] + 9))
        self.swell = textures.coarse.crop(self.head.shape, (start[0] + 5, start[1] + 60, start[2] + 9))
        low = canvas.low + canvas.spacing * np.array([s.start for s in whole[::-1]])
        self.grid = Image(self.head, (canvas.spacing,) * 3, tuple(low))
        self.fit()

    def fit(self) -> None:
        """Find the sphere that a measurement will find; arcs are read about it."""
        self.centre, self.radius = fit_sphere(self.grid.like(self.head), self.frame.side)

    def press(self, sunk: np.ndarray) -> None:
        """The head as it is within a surface that sank (signed distance, mm)."""
        self.head = self.head & (sunk <= 0)
        self.femur = sunk
        self.fit()

    def fields(self, cone: Cone) -> tuple[np.ndarray, np.ndarray]:
        """Degrees outside the cone (negative inside) and depth scaled so that the lesion ends at one value of it."""
        a, t = np.radians(cone.coronal), np.radians(cone.tilt)
        axis = self.frame.vector(np.cos(t) * np.sin(a), -np.sin(t), np.cos(t) * np.cos(a))
        cosine = along(self.at, self.frame.centre, axis) / np.maximum(self.distance, 0.5)
        angle = np.degrees(np.arccos(np.clip(cosine, -1, 1)))
        outside = angle + 0.9 * cone.wave * self.wave + 3.4 * cone.swell * self.swell - cone.opening
        q = np.clip(angle / cone.opening, 0, 1)
        depth = (
            self.frame.radius - self.distance + 0.3 * cone.wave * self.wave + 1.2 * cone.swell * self.swell
        ) / (1.0 - 0.42 * q * q)
        return outside.astype(np.float32), depth.astype(np.float32)

    def arcs(self, mask: np.ndarray) -> tuple[tuple[float, float] | None, tuple[float, float] | None]:
        """Arc A and B of a lesion as :mod:`.hip` finds them."""
        if not mask.any():
            return None, None
        return necrotic_arcs(self.grid.like(mask), self.centre, self.radius, self.frame.side)

    def lesion(self, cone: Cone, depth: float) -> np.ndarray:
        """Mask of a lesion."""
        outside, below = self.fields(cone)
        return self.head & (outside < 0) & (below < depth)


def paint_disease(
    canvas: Canvas,
    labels: np.ndarray,
    bones: HipBones,
    frame: HipFrame,
    hip: HipParameters,
    textures: Textures,
    rng: np.random.Generator,
) -> dict[str, Any]:
    """Paint whatever the hip has, set necrosis labels, and return what was measured of it."""
    region = HeadRegion(canvas, bones, frame, textures)
    spot = Region(canvas, region.box, region.at, region.femur, region.wave, region.swell, frame)
    voxel_ml = canvas.spacing**3 / 1000.0
    found: dict[str, Any] = {}
    cone = None
    if hip.necrotic:
        cone, target = _start(hip, frame, rng)
        before, course = region, hip.course or Course()
        if course.sunk_mm > 0:  # the targets hold for the head as it was
            before = copy(region)
            if hip.collapse_mm > 0:
                before.press(_dented(region, cone, hip.collapse_mm)[0])
        if hip.collapse_mm + course.sunk_mm > 0:
            _collapse(canvas, labels, region, cone, hip.collapse_mm + course.sunk_mm)
            spot = replace(spot, femur=region.femur)  # what is painted next stays within the sunken surface
        found, cone, mask, limit = _solve(before, cone, target, hip)
        if hip.course is not None:
            cone, limit = _changed(before, cone, limit, course, voxel_ml)
            growth = np.count_nonzero(before.lesion(cone, limit)) - np.count_nonzero(mask)
            mask = region.lesion(cone, limit)
            thirds = jic_thirds(region.centre, region.radius, frame.side, frame.edge)
            found = {**_arcs_found(region.arcs(mask), thirds), "growth_ml": float(growth) * voxel_ml}
            hip = _later(hip, course)
        np.copyto(labels[region.box], np.uint8(NECROSIS[frame.side]), where=mask)
        outside, depth = region.fields(cone)
        inner = np.maximum(outside * np.radians(1.0) * region.distance, depth - limit)
        paint_oedema(spot, bones, hip, textures)
        paint_necrosis(spot, inner, hip, textures)
        found["necrosis_ml"] = float(np.count_nonzero(mask)) * voxel_ml
    elif hip.look_alike or hip.oedema > 0:
        paint_look_alike(spot, bones, hip, textures, rng)
    if hip.cysts or hip.arthrosis or hip.bone_islands:
        from .disease import paint_wear

        paint_wear(spot, hip, rng)
    if hip.course is not None and hip.course.tracks:
        own = np.random.default_rng(rng.integers(2**32))
        found["tracks"] = paint_tracks(canvas, bones, frame, hip.course, own)
    found["head_ml"] = float(np.count_nonzero(region.head)) * voxel_ml
    found["necrotic_share"] = found.get("necrosis_ml", 0.0) / found["head_ml"]
    return found


def _start(hip: HipParameters, frame: HipFrame, rng: np.random.Generator) -> tuple[Cone, Target]:
    """First guess from spherical geometry: half an arc is acos(cos(opening) / cos(distance of its plane))."""
    assert hip.jic_type is not None
    assert hip.combined_angle_deg is not None
    limits = jic_thirds(frame.centre, frame.radius, frame.side, frame.edge, frame.teardrop)
    reach = rng.uniform(*JIC_REACH[hip.jic_type])
    lateral = limits[0] + reach * (limits[1] - limits[0])
    combined = float(hip.combined_angle_deg)
    depth = frame.radius * rng.uniform(0.60, 0.85) * np.clip(combined / 210.0, 0.74, 1.15)
    opening = float(np.clip(38.0 + 0.155 * combined, 40, 88))
    half = 0.25 * combined
    return Cone(lateral - half, hip.lesion_tilt_deg, opening), Target(
        combined, lateral, hip.necrotic_share, depth
    )


def _solve(
    region: HeadRegion, cone: Cone, target: Target, hip: HipParameters
) -> tuple[dict[str, Any], Cone, np.ndarray, float]:
    """Turn and open the cone until the measured lesion meets its target."""
    frame = region.frame
    # The teardrop is left to its default here and in every measurement: a reader marks the edge only.
    limits = jic_thirds(region.centre, region.radius, frame.side, frame.edge)
    best = None
    for (wave, swell), turn in product(BORDERS, TILTS):
        tilt = float(np.clip(cone.tilt + turn, 12, 68))
        solved = _fit(region, Cone(cone.coronal, tilt, cone.opening, wave, swell), target)
        if solved is None or jic_type_of(solved[4][0][1], limits) != hip.jic_type:
            continue
        if best is None or solved[0] < best[0]:
            best = solved
        if best[0] <= 1.0:
            break
    if best is None or best[0] > 1.9:
        share = "" if hip.necrotic_share is None else f" and necrotic_share {hip.necrotic_share:g}"
        raise InputError(
            f"combined_angle_deg {hip.combined_angle_deg:g}, jic_type {hip.jic_type}{share} do not fit one lesion; "
            "change one of them (medial types need small angles, shares grow with the angle)."
        )
    return _arcs_found(best[4], limits), best[1], best[2], best[3]


def _arcs_found(arcs: tuple, limits: tuple[float, float]) -> dict[str, Any]:
    """What is true of the arcs of a lesion."""
    arc_a, arc_b = (0.0 if arc is None else arc[1] - arc[0] for arc in arcs)
    return {
        "arc_a": arc_a,
        "arc_b": arc_b,
        "combined_necrotic_angle": arc_a + arc_b,
        "jic_type": None if arcs[0] is None else jic_type_of(arcs[0][1], limits),
    }


def _fit(region: HeadRegion, cone: Cone, target: Target) -> tuple | None:
    """A lesion of the wanted angle and, by its depth, of the wanted share; None where the depth finds none."""
    depth = target.depth
    for _ in range(SHARE_STEPS):
        solved = _iterate(region, cone, target, depth)
        if solved is None or target.share is None or solved[0] > 10.0:
            return solved
        ratio = target.share * int(np.count_nonzero(region.head)) / max(int(np.count_nonzero(solved[2])), 1)
        if abs(ratio - 1.0) < SHARE_TOLERANCE:
            return solved
        depth = float(np.clip(depth * np.clip(ratio, 0.6, 1.6), 1.0, 3.0 * region.radius))
        cone = solved[1]
    return None


def _iterate(region: HeadRegion, cone: Cone, target: Target, depth: float) -> tuple | None:
    """Broyden's method in (opening, coronal); returns scaled error, cone, mask, depth and arcs of the best."""
    jacobian = np.array([[3.2, 0.0], [0.9, 1.0]])
    x = np.array([cone.opening, cone.coronal])
    last = best = None
    for _ in range(14):
        trial = replace(cone, coronal=float(x[1]), opening=float(x[0]))
        mask = region.lesion(trial, depth)
        arcs = region.arcs(mask)
        if arcs[0] is None:
            x = np.array([min(x[0] + 5.0, 110.0), x[1]])
            last = None
            continue
        b = 0.0 if arcs[1] is None else arcs[1][1] - arcs[1][0]
        value = np.array([arcs[0][1] - arcs[0][0] + b - target.combined, arcs[0][1] - target.lateral])
        error = float(max(abs(value[0]) / ANGLE_TOLERANCE_DEG, abs(value[1]) / LATERAL_TOLERANCE_DEG))
        if best is None or error < best[0]:
            best = (error, trial, mask, depth, arcs)
        if error <= 1.0:
            break
        if last is not None:
            step, change = x - last[0], value - last[1]
            if step @ step > 1e-6:
                update = jacobian + np.outer(change - jacobian @ step, step) / (step @ step)
                if 1.0 < abs(np.linalg.det(update)) < 40.0 and update[0, 0] > 0.8:
                    jacobian = update
        last = (x, value)
        move = np.clip(-np.linalg.solve(jacobian, value), -12, 12)
        x = np.array([np.clip(x[0] + move[0], 25, 120), x[1] + move[1]])
    return best


def _changed(
    region: HeadRegion, cone: Cone, limit: float, course: Course, voxel_ml: float
) -> tuple[Cone, float]:
    """Cone and depth of the lesion after its course, in the head as it was."""

    def wider(opening: float, depth: float) -> tuple[Cone, float]:
        return replace(cone, opening=float(np.clip(cone.opening * opening, 8.0, 125.0))), limit * depth

    factors = solve_growth(lambda a, b: region.lesion(*wider(a, b)), course, voxel_ml)
    return wider(*factors)


def _later(hip: HipParameters, course: Course) -> HipParameters:
    """Of what its lesion looks like after its course: a surface that sank has a cleft under it."""
    if course.sunk_mm <= 0 or hip.arco in ("IIIA", "IIIB"):
        return hip
    return replace(hip, stage="II", arco="IIIA")


def _dented(region: HeadRegion, cone: Cone, collapse_mm: float) -> tuple[np.ndarray, np.ndarray]:
    """Signed distance to the surface pressed in over the lesion, and how far it is pressed in, mm."""
    outside, _ = region.fields(Cone(cone.coronal, cone.tilt, 0.5 * cone.opening))
    dent = collapse_mm * np.clip(-outside / (0.35 * cone.opening), 0, 1)
    sunk = np.maximum(region.femur, dent - (region.frame.radius - region.distance)).astype(np.float32)
    return sunk, dent


def _collapse(canvas: Canvas, labels: np.ndarray, region: HeadRegion, cone: Cone, collapse_mm: float) -> None:
    """Press the articular surface in over the lesion; the joint fills the dent."""
    sunk, dent = _dented(region, cone, collapse_mm)
    canvas.paint(region.box, np.maximum(region.femur - 0.3, -sunk), Tissue.CARTILAGE, only=dent > 0.05)
    canvas.paint(region.box, np.maximum(sunk, -(sunk + HEAD_PLATE)), Tissue.CORTEX, only=dent > 0.05)
    region.press(sunk)
    part = labels[region.box]
    np.copyto(part, np.uint8(0), where=(part == HEAD[region.frame.side]) & ~region.head)
