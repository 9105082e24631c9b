"""Disease painted into a real MR image by the simulator's physics, with exact truth.

What a tissue is worth is its signal over that of fatty marrow by the spin-echo equations (:mod:`..acquisition.physics`).
Without fat suppression the image is multiplied by it, so that coil, texture and anatomy of the real image stay; where
fat is suppressed marrow is next to nothing and the difference is added, on the scale of the muscle about the hip. Every
voxel takes the mean over its own slice thickness and pixel, so that the partial volume is that of the real scan.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import ndimage

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.vectors import as_index
from ONFHAssistLib.imaging.image import Image

from ..acquisition.physics import null_inversion_time, tissue_signals
from ..acquisition.protocols import SEQUENCES, TIMES
from ..anatomy.disease import CONTENT
from ..anatomy.tissues import Tissue
from .lesions import GRID_MM, HeadFields, HybridPlan, build_fields

FAT_LEFT = 0.08  # of the fat's signal under imperfect suppression
BAND_T1 = (0.18, 0.42)  # of the marrow: what real reactive bands show on T1
FINEST_MM = (
    0.95  # of the points that a voxel is averaged from; edges of the fields are soft over a millimetre
)
TISSUE_SPREAD = 0.12  # of the logarithm of each tissue's signal


@dataclass(frozen=True)
class PaintedHead:
    """A head with disease painted in.

    Attributes:
        image: the part of the input about the head, float32.
        corner: index (x, y, z) of its first voxel in the input.
        labels: 0, 1 head, 2 necrosis on the part's voxels: what at least half of the voxel is.
        fields: the exact shapes.
        plan: what was painted.
    """

    image: Image
    corner: tuple[int, int, int]
    labels: np.ndarray
    fields: HeadFields
    plan: HybridPlan


def relative_signals(sequence: str, field_t: float, rng: np.random.Generator) -> np.ndarray:
    """Signal of every tissue over that of fatty marrow (fat-suppressed sequences: over muscle), with its spread.

    Raises:
        InputError: a sequence that the physics does not know.
    """
    if sequence not in SEQUENCES:
        raise InputError(f'The sequence is "{sequence}"; disease can be painted into {", ".join(SEQUENCES)}.')
    tr, te = TIMES[sequence]
    ti = null_inversion_time(field_t, tr) if sequence == "STIR" else None
    water, fat = tissue_signals(field_t, tr, te, ti)
    whole = water + fat * (FAT_LEFT if sequence.endswith("FS") else 1.0)
    whole = whole * np.exp(rng.normal(0, TISSUE_SPREAD, len(whole)))
    reference = Tissue.MUSCLE if fat_suppressed(sequence) else Tissue.YELLOW_MARROW
    ratio = whole / whole[reference]
    if sequence == "T1":
        ratio[Tissue.SCLEROSIS] = rng.uniform(*BAND_T1)
        ratio[Tissue.GRANULATION] = ratio[Tissue.SCLEROSIS] * rng.uniform(0.9, 1.5)
    return ratio


def fat_suppressed(sequence: str) -> bool:
    """Whether marrow is dark in a sequence."""
    return sequence.endswith("FS") or sequence == "STIR"


def paint_head(
    image: Image,
    side: str,
    centre: np.ndarray,
    radius: float,
    plan: HybridPlan,
    rng: np.random.Generator,
    sequence: str = "T1",
    field_t: float = 1.5,
) -> PaintedHead:
    """Paint a plan into one head of a real image.

    Args:
        image: MR volume, any orientation.
        centre: LPS mm. radius: mm, of the sphere at the head's edge. side: "R" or "L".
        sequence: "T1", "T2", "T2 FS", "STIR" or "PD FS"; what the image is.

    Returns:
        The part of the image about the head; the rest of the image is as it was.

    Raises:
        InputError: the head lies outside the image, or the sequence is not known.
    """
    fields = build_fields(centre, radius, side, plan, rng)
    part, corner = _part(image, fields)
    offsets = _offsets(part.spacing)
    signals = relative_signals(sequence, field_t, rng)
    change, marrow, counts = _change(part, fields, plan, signals, offsets, rng, fat_suppressed(sequence))
    array = part.array.astype(np.float32)
    if fat_suppressed(sequence):
        painted = array + change * np.float32(_muscle(part, centre, radius))
    else:
        factor = 1.0 + change / np.maximum(marrow, 0.15)
        noise = _noise_sigma(array) * np.sqrt(np.clip(1.0 - factor**2, 0.0, 1.0))
        painted = array * factor + noise * rng.standard_normal(array.shape, dtype=np.float32)
    painted = np.clip(painted, 0.0, None).astype(np.float32)
    inside, dead = counts
    labels = (inside >= 0.5).astype(np.uint8) + ((inside >= 0.5) & (dead >= 0.5 * inside)).astype(np.uint8)
    return PaintedHead(part.like(painted), corner, labels, fields, plan)


def _part(image: Image, fields: HeadFields) -> tuple[Image, tuple[int, int, int]]:
    size = np.array(fields.grid.size) - 1
    corners = np.array([[i, j, k] for i in (0, 1) for j in (0, 1) for k in (0, 1)]) * size
    index = image.point_to_index(fields.grid.index_to_point(corners))
    low = np.clip(np.floor(index.min(axis=0)), 0, image.size).astype(int)
    high = np.clip(np.ceil(index.max(axis=0)) + 1, 0, image.size).astype(int)
    return image.cropped(as_index(low), as_index(high)), as_index(low)


def _offsets(spacing: tuple[float, float, float]) -> np.ndarray:
    """Places within a voxel, in voxels (x, y, z), evenly over pixel and slice, (n, 3)."""
    steps = [max(1, int(np.ceil(s / FINEST_MM))) for s in spacing]
    axes = [(np.arange(n) + 0.5) / n - 0.5 for n in steps]
    return np.stack(np.meshgrid(*axes, indexing="ij"), -1).reshape(-1, 3)


def _change(
    part: Image,
    fields: HeadFields,
    plan: HybridPlan,
    signals: np.ndarray,
    offsets: np.ndarray,
    rng: np.random.Generator,
    dark_marrow: bool,
) -> tuple[np.ndarray, np.ndarray, tuple[np.ndarray, np.ndarray]]:
    """Mean over every voxel of the change of signal, of the marrow's share, of head and of necrosis."""
    worth = _worth(fields, plan, signals, rng)
    base = signals[Tissue.YELLOW_MARROW] if dark_marrow else 1.0
    marrow = (fields.marrow <= 0).astype(np.float32)
    delta = np.where(marrow > 0, worth - np.float32(base), 0.0)
    if fields.fluid.any():
        fluid = signals[Tissue.FLUID] - (base if dark_marrow else 0.75)
        delta = np.where(marrow > 0, delta, fields.fluid * np.float32(fluid))
        marrow = np.maximum(marrow, fields.fluid)
    labels = fields.labels()
    mean = [np.zeros(part.array.shape, np.float32) for _ in range(4)]
    layers = ((delta, 1), (marrow, 1), (labels > 0, 0), (labels == 2, 0))
    matrix = np.linalg.inv(fields.grid.affine) @ part.affine
    turn = matrix[:3, :3][::-1, ::-1]  # voxel (z, y, x) of the part to the fine grid's (z, y, x)
    for offset in offsets:
        shift = (matrix[:3, :3] @ offset + matrix[:3, 3])[::-1]
        for total, (field, order) in zip(mean, layers, strict=True):
            at = ndimage.affine_transform(field.astype(np.float32), turn, shift, total.shape, order=order)
            np.add(total, at / np.float32(len(offsets)), out=total)
    return mean[0], mean[1], (mean[2], mean[3])


def _worth(fields: HeadFields, plan: HybridPlan, signals: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """What every place of the grid is worth, fatty marrow being ``signals[YELLOW_MARROW]``."""
    normal, wet = signals[Tissue.YELLOW_MARROW], signals[Tissue.OEDEMA]
    worth = np.float32(normal) + fields.oedema * np.float32(wet - normal)
    if fields.spots is not None:
        tissue = {"subchondral cyst": Tissue.FLUID, "red marrow": Tissue.RED_MARROW}.get(
            plan.kind, Tissue.SCLEROSIS
        )
        share = np.clip(0.5 - fields.spots / GRID_MM, 0, 1)
        worth = worth + share * np.float32(signals[tissue] - normal)
    if plan.kind != "necrosis":
        return worth
    clarity = np.float32(1.0 - 0.6 * plan.subtlety)
    depth = -fields.necrosis  # mm inside the outer edge
    outer = np.float32(rng.uniform(0.4, 1.0))  # share of the band that is sclerosis, the rest granulation
    content = _content(fields, plan, signals)
    content = content * (1.0 + np.float32(rng.uniform(0.02, 0.10)) * fields.patches)
    line = np.where(depth < outer * fields.band_mm, signals[Tissue.SCLEROSIS], signals[Tissue.GRANULATION])
    line = line * clarity + (1 - clarity) * np.float32(0.8 * normal)
    within = np.clip((depth - fields.band_mm) / GRID_MM + 0.5, 0, 1)  # soft over one voxel of the grid
    lesion = line * (1 - within) + content * within
    share = np.clip(depth / GRID_MM + 0.5, 0, 1)
    return (worth * (1 - share) + lesion * share).astype(np.float32)


def _content(fields: HeadFields, plan: HybridPlan, signals: np.ndarray) -> np.ndarray:
    """Signal of the dead bone: one Mitchell class, or two in patches."""
    if plan.content == "mixed":
        main, second, edge = Tissue.NECROSIS_FAT, Tissue.NECROSIS_FIBROUS, 0.2
    else:
        main = CONTENT[plan.content]
        second = Tissue.NECROSIS_FIBROUS if main == Tissue.NECROSIS_FAT else Tissue.NECROSIS_FAT
        edge = 1.6
    part = np.clip((fields.patches - edge) / 0.5 + 0.5, 0, 1)
    return np.float32(signals[main]) * (1 - part) + np.float32(signals[second]) * part


def _muscle(part: Image, centre: np.ndarray, radius: float) -> float:
    """Signal of muscle about a hip where fat is suppressed: the lower middle of what lies about the head."""
    distance = np.linalg.norm(part.points() - np.asarray(centre, float), axis=-1)
    shell = part.array[(distance > 1.2 * radius) & (distance < 1.9 * radius)]
    shell = shell[shell > 0.05 * max(float(np.percentile(part.array, 99)), 1e-6)]
    return float(np.median(shell)) if shell.size else float(np.median(part.array))


def _noise_sigma(array: np.ndarray) -> np.float32:
    """Standard deviation of the noise in the plane, from the quietest fifth of the pixel differences' scale."""
    second = array[:, :, 2:] - 2 * array[:, :, 1:-1] + array[:, :, :-2]
    blocks = np.abs(second)[:, ::4, :]
    if blocks.size == 0:
        return np.float32(0.0)
    return np.float32(1.4826 * np.percentile(ndimage.uniform_filter(blocks, (0, 3, 9)), 15) / np.sqrt(6.0))


def paste(image: Image, painted: PaintedHead) -> Image:
    """The whole image with a painted head in its place, of the input's type of numbers."""
    array = np.array(image.array)
    where = tuple(
        slice(c, c + n) for c, n in zip(painted.corner[::-1], painted.image.array.shape, strict=True)
    )
    values = painted.image.array
    if np.issubdtype(array.dtype, np.integer):
        limits = np.iinfo(array.dtype)
        values = np.clip(np.round(values), limits.min, limits.max)
    array[where] = values.astype(array.dtype)
    return replace(image, array=array)
