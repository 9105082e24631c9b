"""The shapes of disease that is painted into real femoral heads, as fields on a 1 mm grid about the head.

A real image gives no more of a hip than the sphere of its head and its side; every shape here follows from these. A
necrosis is a wedge about an anterosuperior axis whose base is bowed, or a bowl under the articular surface; its border is
uneven at two scales, and it is grown or shrunk until it has the volume that is wanted. The outer edge of the reactive
band is the edge of the necrosis, as in the simulator (:mod:`..anatomy.lesion`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.vectors import as_point
from ONFHAssistLib.imaging.head_sphere import lateral_axis, neck_direction
from ONFHAssistLib.imaging.image import Image

from ..anatomy.parameters import CONTENTS

GRID_MM = 1.0
BESIDE_MM = (8.0, 26.0)  # of the grid beyond the head: without and with oedema down the neck
HEAD_END = 0.7  # radii down the neck, where a head ends, as in :mod:`ONFHAssistLib.segment.pipeline`
PLATE_MM = 0.8  # of the head's surface that stays as it is
VOLUME_ML = (0.5, 25.0)
LARGEST_SHARE = 0.65
LOOK_ALIKES = ("transient oedema", "insufficiency fracture", "subchondral cyst", "bone island", "red marrow")
KINDS = ("healthy", "necrosis", *LOOK_ALIKES)
SHARES = {"necrosis": 0.5, "healthy": 0.3, "look-alike": 0.2}  # of the heads of cohorts and trainings


@dataclass(frozen=True)
class HybridPlan:
    """What is painted into one head.

    Attributes:
        kind: "healthy", "necrosis" or a look-alike.
        volume_ml: of the necrosis, its band included; 0 without one.
        shape: "wedge" or "bowl".
        content: Mitchell class "A" to "D" or "mixed".
        band_mm: mean width of the reactive band.
        band_unevenness: how much that width varies, 0..1.
        coronal_deg: of the axis from straight up, positive to the side of the neck.
        tilt_deg: of the axis to the front.
        bow: of the base; above 0 the living bone bulges into the lesion.
        unevenness_mm: of the border, coarse and fine.
        oedema: 0 none to 1, in the marrow about the lesion and down the neck.
        effusion_mm: thickness of fluid about the neck.
        subtlety: 0 for a full interface to 1 for a faint one.
    """

    kind: str = "healthy"
    volume_ml: float = 0.0
    shape: str = "wedge"
    content: str = "mixed"
    band_mm: float = 2.3
    band_unevenness: float = 0.4
    coronal_deg: float = 0.0
    tilt_deg: float = 40.0
    bow: float = 0.0
    unevenness_mm: tuple[float, float] = (1.6, 0.5)
    oedema: float = 0.0
    effusion_mm: float = 0.0
    subtlety: float = 0.0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise InputError(f'kind is "{self.kind}"; it must be one of {", ".join(KINDS)}.')
        if self.content not in CONTENTS:
            raise InputError(f'content is "{self.content}"; it must be one of {", ".join(CONTENTS)}.')
        if self.kind == "necrosis" and not VOLUME_ML[0] <= self.volume_ml <= VOLUME_ML[1]:
            raise InputError(
                f"volume_ml is {self.volume_ml:g}; a painted necrosis has {VOLUME_ML[0]:g} to {VOLUME_ML[1]:g} ml."
            )


def draw_kind(rng: np.random.Generator) -> str:
    """Half necrosis, three in ten as they are, the rest something that looks like it."""
    kind = str(rng.choice(list(SHARES), p=list(SHARES.values())))
    return str(rng.choice(LOOK_ALIKES)) if kind == "look-alike" else kind


def draw_plan(rng: np.random.Generator, kind: str, volume_ml: float | None = None) -> HybridPlan:
    """A random plan of a kind; volumes are drawn evenly on a logarithmic scale."""
    if kind == "healthy":
        return HybridPlan()
    oedema = {"transient oedema": (0.6, 1.0), "insufficiency fracture": (0.3, 0.8)}.get(kind, (0.0, 0.0))
    if kind != "necrosis":
        wet = kind in ("transient oedema", "insufficiency fracture")
        return HybridPlan(
            kind,
            coronal_deg=float(rng.normal(0, 12)),
            tilt_deg=float(rng.normal(30, 12)),
            oedema=float(rng.uniform(*oedema)),
            effusion_mm=float(rng.uniform(1, 5)) if wet and rng.random() < 0.6 else 0.0,
        )
    low, high = np.log(VOLUME_ML)
    return HybridPlan(
        "necrosis",
        float(np.exp(rng.uniform(low, high))) if volume_ml is None else volume_ml,
        "wedge" if rng.random() < 0.65 else "bowl",
        str(rng.choice(CONTENTS, p=(0.26, 0.12, 0.14, 0.18, 0.30))),
        band_mm=float(rng.uniform(1.3, 3.2)),
        band_unevenness=float(rng.uniform(0.1, 0.6)),
        coronal_deg=float(rng.normal(0, 14)),
        tilt_deg=float(np.clip(rng.normal(38, 11), 8, 62)),
        bow=float(rng.uniform(-0.5, 0.7)),
        unevenness_mm=(float(rng.uniform(0.4, 2.6)), float(rng.uniform(0.1, 0.9))),
        oedema=float(rng.uniform(0.1, 1.0)) if rng.random() < 0.4 else 0.0,
        effusion_mm=float(rng.uniform(1, 6)) if rng.random() < 0.3 else 0.0,
        subtlety=float(rng.uniform(0, 0.5)) if rng.random() < 0.3 else 0.0,
    )


@dataclass(frozen=True)
class HeadFields:
    """Fields on the 1 mm grid (z, y, x) of a head with its disease.

    Attributes:
        grid: its geometry, along the patient's axes.
        head: signed distance in mm to the head's surface, negative inside; the head ends down the neck.
        marrow: the same to what may be painted: the head and the neck without their shell.
        necrosis: the same to the necrosis; positive everywhere without one.
        band_mm: width of the reactive band at every place.
        oedema: 0..1. fluid: 0..1 of effusion. patches: standard normal texture that parts main and second content.
        spots: signed distance to cysts, bone islands or a fracture line; None without any.
    """

    grid: Image
    head: np.ndarray
    marrow: np.ndarray
    necrosis: np.ndarray
    band_mm: np.ndarray
    oedema: np.ndarray
    fluid: np.ndarray
    patches: np.ndarray
    spots: np.ndarray | None = None

    def labels(self) -> np.ndarray:
        """0, 1 head, 2 necrosis on the grid, uint8."""
        inside = self.head <= 0
        return inside.astype(np.uint8) + (inside & (self.necrosis <= 0)).astype(np.uint8)


def build_fields(
    centre: np.ndarray, radius: float, side: str, plan: HybridPlan, rng: np.random.Generator
) -> HeadFields:
    """The disease of a plan in a head.

    Args:
        centre: LPS mm. radius: mm, of the head's sphere at its bony surface. side: "R" or "L".
        rng: of border, texture and neck.
    """
    beside = BESIDE_MM[plan.oedema > 0]
    half = int(np.ceil((radius + beside) / GRID_MM))
    size = 2 * half + 1
    grid = Image(
        np.zeros((size,) * 3, np.uint8), (GRID_MM,) * 3, as_point(np.asarray(centre, float) - half * GRID_MM)
    )
    steps = (np.arange(size) - half) * np.float32(GRID_MM)
    at = (steps[None, None, :], steps[None, :, None], steps[:, None, None])
    distance = np.sqrt(at[0] ** 2 + at[1] ** 2 + at[2] ** 2).astype(np.float32)
    neck = _turned(neck_direction(side), rng, 6.0)
    down = _along(at, neck)
    ball = distance - np.float32(radius)
    head = np.maximum(ball, down - np.float32(HEAD_END * radius))
    across = np.sqrt(np.maximum(distance**2 - down**2, 0))
    tube = np.maximum(across - np.float32(0.62 * radius), -down)
    marrow = np.minimum(ball, tube) + np.float32(PLATE_MM)
    swell, wave = _noise(rng, size, 6.0), _noise(rng, size, 2.2)
    necrosis = np.full(grid.array.shape, np.float32(100.0))
    if plan.kind == "necrosis":
        necrosis = _necrosis(at, distance, head, plan, side, radius, (swell, wave))
    band = plan.band_mm * np.clip(1.0 + plan.band_unevenness * _noise(rng, size, 5.0), 0.25, 2.0)
    oedema = _oedema(distance, down, necrosis, plan, radius, swell)
    fluid = _effusion(ball, down / np.maximum(distance, 1.0), plan)
    spots = _spots(at, distance, ball, plan, side, radius, wave, rng)
    patches = _noise(rng, size, 4.0)
    return HeadFields(grid, head, marrow, necrosis, band.astype(np.float32), oedema, fluid, patches, spots)


def _noise(rng: np.random.Generator, size: int, sigma_mm: float) -> np.ndarray:
    """Smooth standard normal texture; coarse ones are drawn on a coarser grid, which is much faster."""
    step = max(1, int(sigma_mm / 2.0))
    small = rng.standard_normal((size // step + 3,) * 3, dtype=np.float32)
    small = ndimage.gaussian_filter(small, sigma_mm / GRID_MM / step)
    field = small if step == 1 else ndimage.zoom(small, step, order=1)
    field = field[:size, :size, :size]
    return (field - field.mean()) / np.float32(max(float(field.std()), 1e-6))


def _along(at: tuple[np.ndarray, np.ndarray, np.ndarray], direction: np.ndarray) -> np.ndarray:
    x, y, z = (np.float32(d) for d in direction)
    return at[0] * x + at[1] * y + at[2] * z


def _turned(direction: np.ndarray, rng: np.random.Generator, degrees: float) -> np.ndarray:
    turned = direction + np.radians(degrees) * rng.normal(0, 1, 3)
    return turned / np.linalg.norm(turned)


def lesion_axis(side: str, coronal_deg: float, tilt_deg: float) -> np.ndarray:
    """Unit LPS vector: up, ``tilt_deg`` to the front and ``coronal_deg`` outward."""
    a, t = np.radians(coronal_deg), np.radians(tilt_deg)
    up, front = np.array([0.0, 0.0, 1.0]), np.array([0.0, -1.0, 0.0])
    return np.cos(t) * (np.cos(a) * up + np.sin(a) * lateral_axis(side)) + np.sin(t) * front


def _necrosis(
    at: tuple[np.ndarray, np.ndarray, np.ndarray],
    distance: np.ndarray,
    head: np.ndarray,
    plan: HybridPlan,
    side: str,
    radius: float,
    noise: tuple[np.ndarray, np.ndarray],
) -> np.ndarray:
    """Signed distance to a lesion of the plan's volume."""
    axis = lesion_axis(side, plan.coronal_deg, plan.tilt_deg)
    h = _along(at, axis)
    beside = np.sqrt(np.maximum(distance**2 - h**2, 0))
    if plan.shape == "wedge":
        angle = np.arctan2(beside, h) - np.float32(0.95)
        flank = angle * np.minimum(distance, np.float32(radius))
        base = np.float32(0.25 * radius) - h - np.float32(plan.bow / radius) * beside**2
        rough = np.maximum(flank, base)
    else:
        deep = np.sqrt((h - np.float32(0.8 * radius)) ** 2 * np.float32(1.7) + beside**2)
        rough = deep - np.float32(0.6 * radius) - np.float32(0.15 * plan.bow / radius) * beside**2
    rough = (
        rough + np.float32(plan.unevenness_mm[0]) * noise[0] + np.float32(plan.unevenness_mm[1]) * noise[1]
    )
    values = np.sort(rough[head <= 0])
    wanted = min(plan.volume_ml, LARGEST_SHARE * len(values) * GRID_MM**3 / 1000.0) * 1000.0 / GRID_MM**3
    return rough - values[min(int(wanted), len(values) - 1)]


def _oedema(
    distance: np.ndarray,
    down: np.ndarray,
    necrosis: np.ndarray,
    plan: HybridPlan,
    radius: float,
    swell: np.ndarray,
) -> np.ndarray:
    """Share of oedema: about a necrosis, or over the whole head and down the neck of a look-alike."""
    if plan.oedema <= 0:
        return np.zeros(distance.shape, np.float32)
    reach = np.float32(6.0 + 26.0 * plan.oedema)
    away = necrosis if plan.kind == "necrosis" else down - np.float32(0.3 * radius)
    amount = 1.1 - np.clip(away, 0, None) / reach + 0.28 * swell
    return (np.float32(0.2 + 0.75 * plan.oedema) * np.clip(amount, 0, 1)).astype(np.float32)


def _effusion(ball: np.ndarray, cosine: np.ndarray, plan: HybridPlan) -> np.ndarray:
    """Fluid under the capsule about the neck's upper end, softly bounded; never within the neck itself."""
    if plan.effusion_mm <= 0:
        return np.zeros(ball.shape, np.float32)
    ring = np.clip((cosine - 0.05) / 0.15, 0, 1) * np.clip((0.72 - cosine) / 0.1, 0, 1)
    layer = np.clip(ball - 0.5, 0, 1) * np.clip(1.5 + plan.effusion_mm - ball, 0, 1)
    return (ring * layer).astype(np.float32)


def _spots(
    at: tuple[np.ndarray, np.ndarray, np.ndarray],
    distance: np.ndarray,
    ball: np.ndarray,
    plan: HybridPlan,
    side: str,
    radius: float,
    wave: np.ndarray,
    rng: np.random.Generator,
) -> np.ndarray | None:
    """Cysts, bone islands, islands of red marrow, or the line of an insufficiency fracture."""
    if plan.kind == "insufficiency fracture":
        axis = lesion_axis(side, plan.coronal_deg, plan.tilt_deg)
        angle = np.arccos(np.clip(_along(at, axis) / np.maximum(distance, 1.0), -1, 1))
        sheet = np.abs(ball + np.float32(rng.uniform(3.0, 5.5)) + 0.7 * wave) - np.float32(0.8)
        return np.maximum(sheet, (angle - np.float32(rng.uniform(0.35, 0.6))) * 15.0).astype(np.float32)
    many = {"subchondral cyst": (1, 4), "bone island": (1, 3), "red marrow": (3, 9)}.get(plan.kind)
    if many is None:
        return None
    field = np.full(distance.shape, np.float32(100.0))
    for _ in range(int(rng.integers(*many))):
        semi = rng.uniform(
            *{"subchondral cyst": (1.8, 5.0), "bone island": (1.5, 4.0)}.get(plan.kind, (2, 7)), 3
        )
        direction = _turned(lesion_axis(side, rng.normal(0, 30), rng.normal(20, 25)), rng, 20.0)
        depth = (
            radius - semi.max() - 1.5 if plan.kind == "subchondral cyst" else rng.uniform(0.1, 0.75) * radius
        )
        middle = depth * direction
        ratio = [(a - np.float32(m)) / np.float32(s) for a, m, s in zip(at, middle, semi, strict=True)]
        ball_of = np.sqrt(ratio[0] ** 2 + ratio[1] ** 2 + ratio[2] ** 2) - 1.0
        field = np.minimum(field, ball_of * np.float32(semi.min()) + 0.5 * wave)
    return field.astype(np.float32)
