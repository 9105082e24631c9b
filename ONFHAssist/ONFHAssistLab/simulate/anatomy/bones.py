"""Bones of the simulated hip as implicit shapes: proximal femur, socket and hemipelvis, sacrum.

Local frame of a hip, in mm from its head centre: u outward from the midline, v to the back, w to the head. Points in
these tables are for a head radius of 25 mm and were read off an axial T1 series of an adult and off anatomy atlases;
they scale with the head.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .parameters import HipParameters, PatientParameters
from .shapes import Canvas, Coordinates, Union, along, cone, length, smooth_min, sphere

JOINT_GAP = 2.9  # femoral cartilage, fluid, acetabular cartilage
HEAD_PLATE = 0.6  # subchondral plate


@dataclass(frozen=True)
class HipFrame:
    """Where a hip is and how its parts lie; all points in the patient frame.

    Attributes:
        side: "R" or "L".
        outward: +1 for the left (x grows to the left), -1 for the right.
        centre: of the femoral head.
        radius: of the femoral head, mm.
        scale: radius / 25.
        neck: unit vector from the head centre down the neck.
        junction: where neck and shaft axes meet.
        shaft: unit vector down the shaft.
        opening: unit vector out of the socket.
        edge: lateral acetabular edge in the coronal plane of the head centre.
        teardrop: lower end of the teardrop.
        midline: distance of the head centre from the midline, mm.
    """

    side: str
    outward: float
    centre: np.ndarray
    radius: float
    scale: float
    neck: np.ndarray
    junction: np.ndarray
    shaft: np.ndarray
    opening: np.ndarray
    edge: np.ndarray
    teardrop: np.ndarray
    midline: float

    def at(self, u: float, v: float, w: float, scaled: bool = True) -> np.ndarray:
        """Patient-frame point of local (u, v, w) mm."""
        k = self.scale if scaled else 1.0
        return self.centre + k * np.array([self.outward * u, v, w])

    def points(self, rows: list[tuple[float, float, float]]) -> np.ndarray:
        """Patient-frame points of local rows, shape (n, 3)."""
        return np.array([self.at(*row) for row in rows])

    def vector(self, u: float, v: float, w: float) -> np.ndarray:
        """Patient-frame unit vector of a local direction."""
        d = np.array([self.outward * u, v, w])
        return d / np.linalg.norm(d)


def hip_frame(parameters: PatientParameters, side: str) -> HipFrame:
    """Axes and landmarks of one hip."""
    hip = parameters.hip(side)
    outward = 1.0 if side == "L" else -1.0
    scale = hip.head_radius_mm / 25.0
    midline = (87.0 if parameters.sex == "M" else 89.0) * (0.55 + 0.45 * parameters.height_cm / 172.0)
    centre = np.array([outward * midline, 0.0, 0.0])
    angle = np.radians(hip.neck_shaft_angle_deg)
    version = np.radians(hip.anteversion_deg + parameters.hip_rotation_deg)
    flexion, adduction = (
        np.radians(parameters.hip_flexion_deg),
        np.radians(parameters.hip_adduction_deg + 4.0),
    )

    def world(u: float, v: float, w: float) -> np.ndarray:
        return np.array([outward * u, v, w])

    # The thigh turns about the head: neck and shaft tilt together by flexion and adduction.
    neck = world(np.sin(angle) * np.cos(version), np.sin(angle) * np.sin(version), np.cos(angle))
    neck = _turn(neck, flexion, 0.0, outward)
    shaft = _turn(world(0.0, 0.0, -1.0), flexion, adduction, outward)
    junction = centre + 53.0 * scale * neck
    ce = np.radians(hip.centre_edge_deg)
    opening = world(np.sin(np.radians(40.0)), -0.30, -np.cos(np.radians(40.0)))
    edge = centre + (hip.head_radius_mm + JOINT_GAP + 0.5) * world(np.sin(ce), 0.0, np.cos(ce))
    teardrop = centre + hip.head_radius_mm * world(-1.4, 0.0, -1.0)
    return HipFrame(
        side, outward, centre, hip.head_radius_mm, scale, neck, junction, shaft,
        opening / np.linalg.norm(opening), edge, teardrop, midline,
    )  # fmt: skip


def _turn(vector: np.ndarray, flexion: float, adduction: float, outward: float) -> np.ndarray:
    """Rotate about the left-right axis (thigh forward) and the front-back axis (thigh inward)."""
    x, y, z = vector
    y, z = y * np.cos(flexion) + z * np.sin(flexion), -y * np.sin(flexion) + z * np.cos(flexion)
    u, z = (
        outward * x * np.cos(adduction) + z * np.sin(adduction),
        z * np.cos(adduction) - outward * x * np.sin(adduction),
    )
    return np.array([outward * u, y, z])


def femur(canvas: Canvas, frame: HipFrame, hip: HipParameters) -> Union:
    """Signed distance of the proximal femur (without surface noise) in a box that reaches the lower canvas edge."""
    s, r, j, c = frame.scale, frame.radius, frame.junction, frame.centre
    ends = np.array([c, j, j + 120 * frame.shaft, frame.at(80, 45, 36), frame.at(-32, -42, -30)])
    shape = Union(canvas, ends.min(axis=0) - 26, ends.max(axis=0) + 22)
    n = frame.neck
    front = np.cross(n, frame.shaft)
    front /= np.linalg.norm(front)
    neck = [c + 0.35 * r * n, c + 1.05 * r * n, c + 1.55 * r * n, j + 2 * s * n]
    shape.add_tube(np.array(neck), np.array([0.78, 0.66, 0.65, 0.74]) * r, 3.0, front, 1.14)
    up, back = -frame.shaft, _back(frame)
    out = np.cross(up, back) * frame.outward
    if out @ np.array([frame.outward, 0, 0]) < 0:
        out = -out

    def local(u: float, v: float, w: float) -> np.ndarray:
        return j + s * (u * out + v * back + w * up)

    shaft = [local(1, 0, 4), local(0, 0, -18), local(-1, -1, -38), local(-1, -2, -62), local(0, -4, -135)]
    shape.add_tube(np.array(shaft), np.array([16.5, 17.5, 16.0, 14.3, 13.6]) * s, 5.0)
    trochanter = [local(7, 2, -14), local(13, 4, 6), local(16, 9, 20), local(14, 14, 30)]
    shape.add_tube(np.array(trochanter), np.array([13.5, 13, 10.5, 7]) * s, 5.0)
    crest = [local(11, 15, 24), local(4, 17, 2), local(-8, 13, -20)]
    shape.add_tube(np.array(crest), np.array([6, 6, 6.5]) * s, 6.0)
    lesser = [local(-5, 6, -24), local(-13, 13, -27)]
    shape.add_tube(np.array(lesser), np.array([9, 6]) * s, 5.0)
    inner, at = shape.local(c - r - 3, c + r + 3)
    ball = sphere(at, c, r)
    shape.values[inner] = smooth_min(shape.values[inner], ball, 2.5)
    # The fillet must not lift the articular surface: over the cap away from the neck the ball alone counts.
    away = along(at, c, n)
    shape.values[inner] = np.where(away < 0.45 * r, ball, shape.values[inner])
    if hip.arthrosis > 0.3:
        _osteophytes(shape, frame, hip.arthrosis)
    return shape


def _back(frame: HipFrame) -> np.ndarray:
    """Unit vector to the back, square to the shaft."""
    back = np.array([0.0, 1.0, 0.0]) - frame.shaft[1] * frame.shaft
    return back / np.linalg.norm(back)


def _osteophytes(shape: Union, frame: HipFrame, amount: float) -> None:
    """A collar of bone where head meets neck."""
    around = np.cross(frame.neck, [0.0, 1.0, 0.0])
    around /= np.linalg.norm(around)
    other = np.cross(frame.neck, around)
    ring = [
        frame.centre
        + 0.72 * frame.radius * frame.neck
        + 0.74 * frame.radius * (np.cos(a) * around + np.sin(a) * other)
        for a in np.linspace(0, 2 * np.pi, 9)
    ]
    shape.add_tube(np.array(ring), np.full(9, 1.0 + 3.0 * amount), 3.0)


def fovea(at: Coordinates, frame: HipFrame) -> np.ndarray:
    """Signed distance of the pit for the ligamentum teres."""
    direction = frame.vector(-0.88, 0.30, -0.25)
    return sphere(at, frame.centre + (frame.radius + 4.6) * direction, 6.6)


def head_neck_cut(frame: HipFrame) -> float:
    """Distance from the head centre down the neck where the head ends, mm."""
    return 0.70 * frame.radius


def hemipelvis(canvas: Canvas, frame: HipFrame) -> Union:
    """Signed distance of ilium, ischium and pubis of one side, socket cut out."""
    m = frame.midline / frame.scale
    low, high = frame.at(-m, -62, -95), frame.at(70, 95, 125)
    shape = Union(canvas, np.minimum(low, high), np.maximum(low, high))
    tubes: list[tuple[list[tuple[float, float, float]], list[float], float]] = [
        ([(-12, 6, 22), (3, 8, 32), (4, 12, 46), (2, 12, 62)], [19, 21, 16, 9], 10),
        ([(-20, 22, 14), (-14, 34, 26), (-12, 38, 44)], [14, 14, 9], 8),
        (
            [(-18, 26, 8), (-22, 32, -10), (-22, 35, -30), (-26, 40, -46), (-30, 40, -60)],
            [14, 13, 12, 14, 13],
            7,
        ),
        ([(-26, 40, 4), (-40, 50, 0), (-50, 55, -3)], [7, 5, 2.5], 5),
        ([(7, -6, 54), (10, -19, 38), (11, -26, 28)], [11, 9, 6], 10),
        (
            [(-16, -14, 14), (-26, -21, -2), (-48, -30, -12), (-70, -33, -22), (-m + 10, -32, -30)],
            [13, 10, 7.5, 8, 9],
            7,
        ),
        ([(-m + 9, -31, -28), (-m + 8, -24, -52)], [8.5, 6.5], 6),
        ([(-m + 10, -23, -52), (-m + 24, 0, -66), (-34, 32, -68), (-30, 40, -58)], [6, 5.5, 8, 10], 6),
    ]
    thin = frame.vector(1, 0.35, 0)
    for rows, radii, width in tubes:
        shape.add_tube(frame.points(rows), np.array(radii) * frame.scale, width)
    medial = frame.points([(-27, 2, 16), (-29, 8, -2), (-27, 14, -18)])
    shape.add_tube(medial, np.array([12, 11, 10]) * frame.scale, 6, thin, 2.6)
    _iliac_wing(shape, frame)
    _socket(shape, frame)
    # The bodies of the pubis stop short of the midline: the symphysis.
    x = shape.coordinates[0]
    np.maximum(shape.values, np.float32(2.6) - np.float32(frame.outward) * x, out=shape.values)
    return shape


def _iliac_wing(shape: Union, frame: HipFrame) -> None:
    """Curved plate of the ilium, thicker toward its crest and front border."""
    x, y, z = shape.coordinates
    k = np.float32(1.0 / frame.scale)
    u = (x - np.float32(frame.centre[0])) * np.float32(frame.outward) * k
    v, w = (y - np.float32(frame.centre[1])) * k, (z - np.float32(frame.centre[2])) * k
    a = 0.60 * (u - 6) - 0.80 * (v - 5)
    b = 0.97 * (w - 84) + 0.18 * (u - 6)
    off = 0.78 * (u - 6) + 0.60 * (v - 5) - 0.16 * (w - 60) + 0.0038 * a * a
    thick = 3.2 + 3.4 * np.clip((a - 30) / 30, 0, 1) + 4.5 * np.clip((70 - w) / 35, 0, 1)
    rim = np.sqrt((a / 68) ** 2 + (b / 62) ** 2)
    plate = np.maximum(np.abs(off) - thick, (rim - 1.0) * 55.0)
    plate = np.maximum(plate, 18 - w)
    shape.values = smooth_min(shape.values, plate.astype(np.float32) * np.float32(frame.scale), 6.0)


def _socket(shape: Union, frame: HipFrame) -> None:
    """Bony cup about the head, open outward, and the hole for head, cartilage and fossa."""
    r, c = frame.radius, frame.centre
    low, high = c - r - 20, c + r + 20
    inner, at = shape.local(low, high)
    distance = length(at, c)
    depth = along(at, c, frame.opening)
    # The mouth of the cup passes through the lateral edge, so that the centre-edge angle is exact.
    mouth = float((frame.edge - c) @ frame.opening)
    wall = 7.5 * frame.scale + np.clip(-depth, 0, None) * 0.05
    cup = np.maximum(distance - (r + JOINT_GAP + wall), depth - np.float32(mouth))
    joined = smooth_min(shape.values[inner], cup, 4.0)
    hole = distance - np.float32(r + JOINT_GAP)
    beyond = np.maximum(distance - np.float32(r + JOINT_GAP + 14), np.float32(mouth) - depth)
    shape.values[inner] = np.maximum(joined, np.maximum(-hole, -beyond))
    pit = cone(at, frame.at(-26, 4, -6), frame.at(-16, 4, -24), 8.5 * frame.scale, 8.0 * frame.scale)
    shape.values[inner] = np.maximum(shape.values[inner], -np.maximum(pit, -(hole + 0.1)))


def sacrum(canvas: Canvas, scale: float) -> Union:
    """Sacrum and coccyx on the midline."""
    shape = Union(canvas, np.array([-62.0, 15, -45]) * scale, np.array([62.0, 120, 130]) * scale)
    middle = (
        np.array([(0, 52, 118), (0, 76, 88), (0, 92, 58), (0, 98, 32), (0, 90, 8), (0, 78, -8)], float)
        * scale
    )
    shape.add_tube(middle, np.array([44, 40, 30, 21, 11, 6]) * scale, 6.0, np.array([0, 1.0, 0.35]), 2.3)
    return shape
