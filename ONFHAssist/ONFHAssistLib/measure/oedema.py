"""Bone marrow oedema about the head, suggested from the signal of living marrow against the marrow of the ilium.

With fat suppressed, oedema is bright and fatty marrow dark (Iida 2000, AJR 174:743-747); on T1 it is dark, but so is red
marrow, and only what takes half of the marrow is suggested there. On T2 without fat suppression both are bright, and
nothing is suggested. The living marrow is that of the head, away from its surface
and from the necrosis, and of the near neck, taken as a cylinder in the usual direction of a neck; the reference is the
marrow of the ilium above the roof of the same side, so that coil shading and grey scale cancel.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from ..core.errors import InputError
from ..core.vectors import Box, as_box, as_index, box_of
from ..imaging.head_sphere import lateral_axis, neck_direction
from ..imaging.image import Image
from ..imaging.labels import head_mask, necrosis_mask
from ..imaging.series_kind import kind_of

BRIGHT = 1.5  # times the reference: oedematous where fat is suppressed
DARK = 0.85  # times the reference: oedematous on T1
# Share of the living marrow from which on oedema is suggested. On T1 red marrow and trabeculae are as dark: healthy real
# hips have up to 0.32 of it, so that less than half of the marrow tells nothing there.
MIN_SHARE = {"fat suppressed": 0.15, "T1": 0.5}
_FAT_BRIGHT = 1.15  # reference over muscle: fat is not suppressed
_FAT_DARK = 0.9  # it is, where the sequence is not stated
_FROM_SURFACE_MM, _FROM_NECROSIS_MM = 3.0, 3.0
_NECK = (0.3, 1.9, 0.42)  # from, to and radius of the neck's cylinder, in head radii


@dataclass(frozen=True)
class Oedema:
    """A suggestion, to be confirmed by a reader.

    Attributes:
        suggested: whether enough of the living marrow looks oedematous.
        extent: share of the living marrow of head and near neck that does, 0..1.
        extent_ml: its volume in ml.
        contrast: "fat suppressed" or "T1": by which it was judged.
        ratio: median of the living marrow over the reference.
    """

    suggested: bool
    extent: float
    extent_ml: float
    contrast: str
    ratio: float


def suggest_oedema(image: Image, labels: Image, side: str, centre: np.ndarray, radius: float) -> Oedema:
    """Judge the marrow of one hip.

    Args:
        image: MRI; ``metadata["sequence"]`` tells T1 from T2 where fat is bright.
        labels: segmentation on the same grid.
        side: "R" or "L".
        centre: LPS mm of the head.
        radius: of it in mm.

    Raises:
        InputError: the sequence cannot tell, T1 does not, or too little marrow of head, neck or ilium is in the image.
    """
    image.require_same_grid(labels, "the image", "The segmentation")
    reach = 2.6 * radius / np.asarray(image.spacing)
    middle = image.point_to_index(np.asarray(centre, float))
    start = as_index(np.floor(middle - reach).astype(int))
    stop = as_index(np.ceil(middle + reach).astype(int) + 1)
    part, outlines = image.cropped(start, stop), labels.cropped(start, stop)
    offset = part.points() - np.asarray(centre, float)
    distance = np.sqrt(np.einsum("...i,...i", offset, offset))
    values = np.asarray(part.array, np.float32)
    ilium, muscle = _reference_regions(offset, distance, side, radius)
    living = _living_marrow(outlines, offset, distance, side, radius)
    millilitres = [float(region.sum()) * part.voxel_volume_ml for region in (living, ilium, muscle)]
    if min(millilitres) < 1.0:
        missing = ("living marrow of head and neck", "ilium above the hip", "muscle beside the hip")
        name = missing[int(np.argmin(millilitres))]
        raise InputError(f"Marrow oedema {side} cannot be judged: too little {name} is in the image.")
    reference = max(float(np.median(values[ilium])), 1e-6)
    contrast = _contrast(image, reference / max(float(np.median(values[muscle])), 1e-6), side)
    marrow = values[living] / reference
    found = marrow > BRIGHT if contrast == "fat suppressed" else marrow < DARK
    extent = float(found.mean())
    if contrast == "T1" and extent < MIN_SHARE[contrast]:
        raise InputError(
            f"Marrow oedema {side} cannot be told from red marrow on T1, short of half of the marrow; a fat-suppressed "
            "or STIR series shows it."
        )
    return Oedema(
        extent >= MIN_SHARE[contrast], extent, extent * millilitres[0], contrast, float(np.median(marrow))
    )


def _contrast(image: Image, fat_to_muscle: float, side: str) -> str:
    kind = kind_of(image.metadata)
    sequence = image.metadata.get("sequence", "") or (kind.name if kind else "")
    if sequence == "T1" and fat_to_muscle > _FAT_BRIGHT:
        return "T1"
    stated = sequence.endswith("FS") or sequence == "STIR"
    if (stated and fat_to_muscle < _FAT_BRIGHT) or (not sequence and fat_to_muscle < _FAT_DARK):
        return "fat suppressed"
    raise InputError(
        f"Marrow oedema {side} cannot be judged on this sequence ({sequence or 'not stated'}); a fat-suppressed or "
        "STIR series shows it."
    )


def _reference_regions(
    offset: np.ndarray, distance: np.ndarray, side: str, radius: float
) -> tuple[np.ndarray, np.ndarray]:
    """Marrow of the ilium above the roof, and the gluteal muscles beside it, near the mid-coronal plane.

    Args:
        offset: of each voxel from the head's centre, LPS mm. distance: its length.
    """
    near = (offset[..., 2] > 0) & (np.abs(offset[..., 1]) < 12.0)
    near &= (distance > radius + 7.0) & (distance < radius + 30.0)
    away, outside = offset[near], distance[near] - radius  # angles of these alone: an arctangent is slow
    angle = np.degrees(np.arctan2(away @ lateral_axis(side), away[:, 2]))
    ilium, muscle = np.zeros_like(near), np.zeros_like(near)
    ilium[near] = (outside < 20.0) & (angle > -30) & (angle < 8)
    muscle[near] = (outside > 14.0) & (angle > 45) & (angle < 80)
    return ilium, muscle


def _living_marrow(
    labels: Image, offset: np.ndarray, distance: np.ndarray, side: str, radius: float
) -> np.ndarray:
    """Head without its rim and necrosis, and the near neck.

    Args:
        labels: on the voxels of ``offset`` and ``distance``, as in :func:`_reference_regions`.
    """
    start, stop, wide = (share * radius for share in _NECK)
    down = offset @ neck_direction(side)
    living = (down > start) & (down < stop) & (distance**2 - down**2 < wide**2)
    head, necrosis = head_mask(labels.array, side), necrosis_mask(labels.array, side)
    # Distances are needed within the head and near the necrosis alone, not in all of the crop.
    box, sampling = _box_with_margin(head, labels, 0.0), labels.spacing[::-1]
    if box is not None:
        living[box] |= ndimage.distance_transform_edt(head[box], sampling) > _FROM_SURFACE_MM
    box = _box_with_margin(necrosis, labels, _FROM_NECROSIS_MM)
    if box is not None:
        living[box] &= ndimage.distance_transform_edt(~necrosis[box], sampling) > _FROM_NECROSIS_MM
    return living


def _box_with_margin(mask: np.ndarray, grid: Image, margin_mm: float) -> Box | None:
    """The box of a mask with a voxel and ``margin_mm`` about it, within the array; None where nothing is set."""
    found = box_of(mask)
    if found is None:
        return None
    wider = [int(np.ceil(margin_mm / mm)) + 1 for mm in grid.spacing[::-1]]
    return as_box(slice(max(s.start - w, 0), s.stop + w) for s, w in zip(found, wider, strict=True))
