"""What an outline tells of itself: fit of the sphere, whether its necrosis hangs together and reaches the surface."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from ...core.errors import InputError
from ...imaging.head_sphere import sphere_residual
from ...imaging.image import Image
from ...imaging.labels import head_mask, necrosis_mask
from ...imaging.subvoxel import signed_distance, smooth_field, subdivision

LEAST_PIECE_ML = 0.05  # a smaller piece is a voxel or two
NEAR_SURFACE_MM = (
    3.0  # necrosis nearer than this reaches the surface; cartilage and slices leave a little between
)
_MARGIN = 4


@dataclass(frozen=True)
class OutlineFacts:
    """One outlined hip.

    Attributes:
        residual_mm: root mean square distance of the articular surface from its sphere; NaN where none could be fitted.
        head_pieces: of the outline of the head, of 0.05 ml and more. necrosis_pieces: likewise; 0 without necrosis.
        surface_gap_mm: least distance of the necrosis from the surface of the head; NaN without necrosis.
        centre: middle of the head, LPS mm.
    """

    residual_mm: float
    head_pieces: int
    necrosis_pieces: int
    surface_gap_mm: float
    centre: tuple[float, float, float]


def outline_facts(labels: Image, side: str) -> OutlineFacts:
    """Facts of one hip.

    Args:
        labels: outlines on any grid, with a head of ``side``.

    Raises:
        InputError: no head of that side.
    """
    part = hip_part(labels, side)
    head, dead = head_mask(part.array, side), necrosis_mask(part.array, side)
    middle = part.index_to_point(np.argwhere(head).mean(axis=0)[::-1])
    surface = surface_of(part.like(head.astype(np.uint8)))
    try:
        residual = sphere_residual(surface.like((surface.array < 0.0).astype(np.uint8)), side)
    except InputError:  # too small for a sphere
        residual = float("nan")
    gap = float("nan")
    if dead.any():
        depth = signed_distance(part.like(head.astype(np.uint8))).array
        gap = max(0.0, float(-depth[dead].max()))
    x, y, z = (float(v) for v in middle)
    return OutlineFacts(residual, _pieces(head, part), _pieces(dead, part), gap, (x, y, z))


def hip_part(labels: Image, side: str) -> Image:
    """The box of one hip's outlines with a margin of four voxels.

    Raises:
        InputError: no head of that side.
    """
    found = np.argwhere(head_mask(labels.array, side))
    if not len(found):
        raise InputError(f"No femoral head {side} is outlined.")
    low = np.maximum(found.min(axis=0) - _MARGIN, 0)
    high = np.minimum(found.max(axis=0) + 1 + _MARGIN, labels.array.shape)
    (a, b, c), (d, e, f) = low[::-1].tolist(), high[::-1].tolist()
    return labels.cropped((a, b, c), (d, e, f))


def surface_of(mask: Image) -> Image:
    """Function in about mm that is negative inside; between thick slices the smooth surface that they stand for."""
    return signed_distance(mask) if subdivision(mask.spacing)[1] == 1 else smooth_field(mask)


def _pieces(mask: np.ndarray, grid: Image) -> int:
    pieces, count = ndimage.label(mask, np.ones((3, 3, 3)))
    if not count:
        return 0
    volumes = np.bincount(pieces.ravel())[1:] * grid.voxel_volume_ml
    return max(1, int(np.count_nonzero(volumes >= LEAST_PIECE_ML)))
