"""Three planes through a femoral head as one small picture, with the outlines beside it as lines of a drawing.

Radiological orientation: in the coronal and the axial plane the patient's right is on the left, in the sagittal plane the
front is on the left; the head is up, in the axial plane the front is up. The outlines are apart from the picture, so
that its reader can put them away.
"""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass

import numpy as np

from ...exam.shown_window import window_about
from ...imaging.image import Image
from ...imaging.labels import HEAD, NECROSIS, head_mask
from ...imaging.subvoxel import REACH_MM
from .outline_facts import hip_part, surface_of

FIELD_MM, PIXELS = 92.0, 230  # of each plane: head, joint and near neck
PLANES = ("coronal", "axial", "sagittal")
EDGES = {"coronal": ("R", "L"), "axial": ("R", "L"), "sagittal": ("A", "P")}
_QUALITY = 68  # of WebP: about 12 kB for the three planes
_PIXEL_MM = FIELD_MM / PIXELS


@dataclass(frozen=True)
class HipPicture:
    """One hip.

    Attributes:
        webp: base64 of the three planes beside each other, ``3 * PIXELS`` by ``PIXELS``.
        head, necrosis: lines of the outlines in its pixels, as the ``d`` of an SVG path.
    """

    webp: str
    head: str
    necrosis: str


def draw(image: Image, labels: Image, side: str, centre: tuple[float, float, float]) -> HipPicture:
    """Three planes through ``centre`` (LPS mm).

    Args:
        labels: outlines of the image, on its voxels or on finer ones, with a head of ``side``.
    """
    from PIL import Image as Picture

    low, high = window_about(image, [np.asarray(centre)])
    part = hip_part(labels, side)
    masks = {"head": head_mask(part.array, side), "necrosis": part.array == NECROSIS[side]}
    fields = {name: surface_of(part.like(m.astype(np.uint8))) for name, m in masks.items() if m.any()}
    strip = np.zeros((PIXELS, PIXELS * len(PLANES)), np.uint8)
    lines: dict[str, list[str]] = {"head": [], "necrosis": []}
    for place, (plane, grid) in enumerate(plane_grids(centre).items()):
        grey = as_seen(image.resampled_to(grid), plane)
        grey = np.clip((grey - low) / (high - low), 0.0, 1.0) * 255.0
        strip[:, place * PIXELS : (place + 1) * PIXELS] = np.nan_to_num(grey).astype(np.uint8)
        for name, field in fields.items():
            flat = as_seen(field.resampled_to(grid, fill=REACH_MM), plane)
            lines[name] += _paths(flat, place * PIXELS)
    stream = io.BytesIO()
    Picture.fromarray(strip).save(stream, "WEBP", quality=_QUALITY, method=4)
    webp = base64.b64encode(stream.getvalue()).decode("ascii")
    return HipPicture(webp, "".join(lines["head"]), "".join(lines["necrosis"]))


def plane_grids(centre: tuple[float, float, float]) -> dict[str, Image]:
    """Empty one-slice grids of the three planes about a point, along the patient's axes (LPS)."""
    half = 0.5 * (PIXELS - 1) * _PIXEL_MM
    x, y, z = centre
    spacing, n = (_PIXEL_MM,) * 3, PIXELS
    return {
        "coronal": Image(np.zeros((n, 1, n), np.float32), spacing, (x - half, y, z - half)),
        "axial": Image(np.zeros((1, n, n), np.float32), spacing, (x - half, y - half, z)),
        "sagittal": Image(np.zeros((n, n, 1), np.float32), spacing, (x, y - half, z - half)),
    }


def as_seen(image: Image, plane: str) -> np.ndarray:
    """The one slice as rows from the top: LPS x (to the patient's left) and y (to the back) run to the right."""
    flat = {"coronal": image.array[:, 0, :], "axial": image.array[0], "sagittal": image.array[:, :, 0]}[plane]
    return np.asarray(flat if plane == "axial" else flat[::-1], np.float32)


def outlined_sides(labels: Image) -> list[str]:
    """Sides with an outlined head, right before left."""
    return [side for side in HEAD if head_mask(labels.array, side).any()]


def _paths(field: np.ndarray, shift: int) -> list[str]:
    """Lines at zero, in pixels whose first begins at 0, as moves and lines of SVG."""
    if not field.min() < 0.0 < field.max():
        return []
    from contourpy import contour_generator

    found = []
    for line in contour_generator(z=field).lines(0.0):
        drawn = np.asarray(line, float)
        moved = drawn[:: 2 if len(drawn) > 24 else 1] + np.array([shift + 0.5, 0.5])
        text = " ".join(f"{x:g} {y:g}" for x, y in np.round(moved, 1))
        closed = "Z" if np.allclose(drawn[0], drawn[-1]) else ""
        found.append(f"M{text}{closed}")
    return found
