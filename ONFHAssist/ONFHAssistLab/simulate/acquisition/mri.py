"""MR acquisition of a simulated patient: slices through the fine map, k-space, coils, noise."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace

import numpy as np
from scipy import fft, ndimage

from ONFHAssistLib.core.vectors import as_point
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.imaging.labels import HEAD, NECROSIS

from ..anatomy import kernels
from ..anatomy.grain import IN_BONE, Grain
from ..anatomy.patient import Patient
from ..anatomy.tissues import Tissue, column
from .physics import (
    FAT_SHIFT_PPM,
    GYROMAGNETIC_MHZ_T,
    diffusion_signals,
    fat_shift_pixels,
    gradient_echo_signals,
    null_inversion_time,
    tissue_signals,
)
from .protocols import PROTOCOLS, MrProtocol, get_protocol
from .shading import Coil, Shading, metal_distance

__all__ = ["PROTOCOLS", "MrProtocol", "acquire", "get_protocol", "truth_labels"]

# Array axes (z, y, x) that become slice, row and column, and the index axes' LPS directions (i, j, k).
GEOMETRY = {
    "coronal": ((1, 0, 2), (False, True, False), ((1, 0, 0), (0, 0, -1), (0, 1, 0))),
    "axial": ((0, 1, 2), (False, False, False), ((1, 0, 0), (0, 1, 0), (0, 0, 1))),
    "sagittal": ((2, 0, 1), (True, True, False), ((0, 1, 0), (0, 0, -1), (-1, 0, 0))),
}
COVER_MM = {"coronal": (-72.0, 72.0), "axial": (-80.0, 62.0), "sagittal": (-128.0, 128.0)}
LOW_B = 50.0  # s/mm2 of the other image of an ADC map
KEEP = 0.015  # k-space window: fraction of the edge rolled off by a scanner's standard filter is 1 - this


@dataclass
class _Slab:
    """The fine map with axes (slice, row, column) as the scanner sees them."""

    tissue: np.ndarray
    partner: np.ndarray
    share: np.ndarray
    metal_mm: np.ndarray | None
    grains: tuple[np.ndarray, np.ndarray, np.ndarray]


def acquire(patient: Patient, protocol: MrProtocol | str, seed: int) -> Image:
    """Scan a patient.

    Args:
        patient: see :func:`.patient.build_patient`.
        protocol: a protocol or the name of a preset.
        seed: of noise, shading, motion, grey scale and slice position; same seed, same image.

    Returns:
        int16 volume, LPS geometry of the plane; metadata ``modality`` "MR", ``sequence``, ``plane``, ``field_t``,
        ``repetition_time_ms``, ``echo_time_ms``, ``inversion_time_ms`` (STIR), ``slice_thickness_mm``, ``manufacturer``,
        ``model``, ``protocol``; all text.
    """
    if isinstance(protocol, str):
        protocol = get_protocol(protocol)
    if protocol.sequence == "ADC":
        return _diffusion_map(patient, protocol, seed)
    rng = np.random.default_rng([seed, patient.parameters.seed, zlib.crc32(protocol.name.encode())])
    order, flips, axes = GEOMETRY[protocol.plane]
    slab = _slab(patient, order, flips)
    fine = patient.tissue.spacing[0]
    # Geometry depends on the plane only: sequences of one session lie on one grid.
    planning = np.random.default_rng([seed, patient.parameters.seed, zlib.crc32(protocol.plane.encode())])
    rows, columns, positions = _field_of_view(patient, protocol, slab.tissue.shape, planning)
    tables = _signal_tables(protocol, rng)
    shading = Shading(protocol, rng)
    coil = Coil(patient, protocol, seed, _frame(patient, order, flips))
    kspace = _KSpace(protocol, (rows.stop - rows.start, columns.stop - columns.start), fine, tables, rng)
    slices = []
    for number, position in enumerate(positions):
        water, fat = _slice_signal(slab, position, protocol, fine, rows, columns, tables)
        water, fat = shading.apply(
            water, fat, number / max(len(positions) - 1, 1), _metal(slab, position, rows, columns)
        )
        gain = coil.gain(position, rows, columns)
        slices.append(kspace.image(water * gain, fat * gain))
    scale = protocol.scale * float(np.exp(rng.normal(0, 0.12)))
    array = np.clip(np.round(np.stack(slices) * scale), 0, 32767).astype(np.int16)
    first = _point(patient, order, flips, (positions[0], rows.start, columns.start))
    down, across = kspace.pixel
    spacing = (across, down, protocol.slice_mm + protocol.gap_mm)
    direction = np.array(axes, float).T.ravel()
    metadata = _metadata(protocol)
    if protocol.sequence == "DWI":
        metadata["grey_of_one"] = repr(scale)
    return Image(array, spacing, first, tuple(direction), metadata)


def _diffusion_map(patient: Patient, protocol: MrProtocol, seed: int) -> Image:
    """Apparent diffusion coefficient in 1e-6 mm2/s from b 50 and the protocol's b; 0 where there is only noise."""
    low, high = (
        acquire(patient, replace(protocol, name=f"{protocol.name}_b{b:g}", sequence="DWI", b_value=b), seed)
        for b in (LOW_B, protocol.b_value)
    )
    first, last = low.array.astype(float), high.array.astype(float)
    # Grey scales of two scans differ; a scanner's map is made from one scan, so both are put on the protocol's.
    ratio = (first / _grey(low)) / np.maximum(last / _grey(high), 1e-9)
    value = 1e6 * np.log(np.clip(ratio, 1e-3, 1e3)) / (protocol.b_value - LOW_B)
    value[first < 0.06 * np.percentile(first, 99)] = 0.0
    array = np.clip(value, 0.0, 4095.0).round().astype(np.int16)
    return Image(array, low.spacing, low.origin, low.direction, _metadata(protocol))


def _grey(image: Image) -> float:
    return float(image.metadata["grey_of_one"])


def _slab(patient: Patient, order: tuple[int, int, int], flips: tuple[bool, bool, bool]) -> _Slab:
    turn = tuple(slice(None, None, -1) if f else slice(None) for f in flips)
    tissue, partner, share = (
        i.array.transpose(order)[turn] for i in (patient.tissue, patient.partner, patient.share)
    )
    rng = np.random.default_rng([patient.parameters.seed, 61])
    grain = Grain.draw(rng, patient.tissue.spacing[0], order)
    metal = None
    if any(t["prosthesis"] for t in patient.truth.values()):
        metal = metal_distance(patient).transpose(order)[turn]
    return _Slab(tissue, partner, share, metal, (*grain.mixed(), IN_BONE))


def _field_of_view(
    patient: Patient, protocol: MrProtocol, shape: tuple[int, ...], rng: np.random.Generator
) -> tuple[slice, slice, list[float]]:
    """Rows and columns of the fine map that are seen (may reach past it) and fractional indices of slice centres."""
    order, flips, _ = GEOMETRY[protocol.plane]
    fine = patient.tissue.spacing[0]
    middle = patient.tissue.point_to_index(np.array(patient.parameters.table_position_mm))[::-1]
    at = [
        middle[a] if not f else patient.tissue.array.shape[a] - 1 - middle[a]
        for a, f in zip(order, flips, strict=True)
    ]
    spans = []
    for axis, whole in ((1, order[1] == 0), (2, False)):
        size = (
            shape[axis] * fine
            if whole
            else protocol.width_mm
            if axis == 2 or protocol.plane != "axial"
            else None
        )
        if size is None:  # front to back in axial images: the body with a margin
            size = min(shape[axis] * fine + 16.0, protocol.width_mm)
        pixels = 4 * int(size / fine / 4)
        start = 0 if whole else round(at[axis] - pixels / 2 + (rng.normal(0, 3) if axis == 2 else 0))
        spans.append(slice(start, start + pixels))
    low, high = COVER_MM[protocol.plane]
    step = (protocol.slice_mm + protocol.gap_mm) / fine
    sign = -1.0 if flips[0] else 1.0
    first, last = sorted((at[0] + sign * low / fine, at[0] + sign * high / fine))
    count = int((last - first) / step)
    begin = first + rng.uniform(0, 1) * step
    positions = [begin + i * step for i in range(count)]
    edge = 0.5 * protocol.slice_mm / fine
    return spans[0], spans[1], [p for p in positions if edge <= p <= shape[0] - 1 - edge]


def _signal_tables(
    protocol: MrProtocol, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Water and fat signal and texture of every tissue; bodies differ by a few percent, contrast agent by more."""
    water, fat = _signals(protocol, rng)
    vary = np.exp(rng.normal(0, 0.02, len(water))).astype(np.float32)
    if protocol.sequence == "Dixon water":
        fat = fat * np.float32(0.03)
    elif protocol.sequence == "Dixon fat":
        water = water * np.float32(0.03)
    return water * vary, fat * vary, column("texture")


def _signals(protocol: MrProtocol, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    field, tr, te = protocol.field_t, protocol.repetition_time_ms, protocol.echo_time_ms
    agent = protocol.contrast_mmol_l
    if agent > 0:
        agent *= float(np.exp(rng.normal(0, 0.5)))
    if protocol.gradient_echo:
        return gradient_echo_signals(field, tr, te, protocol.flip_deg, agent)
    if protocol.sequence == "DWI":
        return diffusion_signals(field, tr, te, protocol.b_value)
    ti = protocol.inversion_time_ms
    if protocol.sequence == "STIR" and ti is None:
        ti = null_inversion_time(field, tr) * float(rng.normal(1.0, 0.03))
    return tissue_signals(field, tr, te, ti, agent)


def _window(array: np.ndarray, rows: slice, columns: slice, fill: float = 0) -> np.ndarray:
    """Part of a plane; what lies outside it is ``fill``."""
    out = np.full((rows.stop - rows.start, columns.stop - columns.start), fill, array.dtype)
    r0, r1 = max(rows.start, 0), min(rows.stop, array.shape[0])
    c0, c1 = max(columns.start, 0), min(columns.stop, array.shape[1])
    out[r0 - rows.start : r1 - rows.start, c0 - columns.start : c1 - columns.start] = array[r0:r1, c0:c1]
    return out


def _profile(position: float, protocol: MrProtocol, fine: float, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Planes of the fine map in a slice and their weights: a box with soft flanks, a tenth of the thickness each."""
    half, soft = 0.5 * protocol.slice_mm / fine, 0.12 * protocol.slice_mm / fine + 0.3
    planes = np.arange(
        int(np.ceil(position - half - 2 * soft)), int(np.floor(position + half + 2 * soft)) + 1
    )
    planes = planes[(planes >= 0) & (planes < count)]
    weights = 1.0 / (1.0 + np.exp((np.abs(planes - position) - half) * 2.2 / soft))
    return planes, (weights / weights.sum()).astype(np.float32)


def _slice_signal(
    slab: _Slab,
    position: float,
    protocol: MrProtocol,
    fine: float,
    rows: slice,
    columns: slice,
    tables: tuple[np.ndarray, np.ndarray, np.ndarray],
) -> tuple[np.ndarray, np.ndarray]:
    """Water and fat of one slice on the fine in-plane grid, shape of the field of view."""
    plane_shape = slab.tissue.shape[1:]
    planes, weights = _profile(position, protocol, fine, len(slab.tissue))
    total = np.zeros((2, *plane_shape), np.float32)
    for plane, weight in zip(planes, weights, strict=True):
        kernels.slice_signal(
            slab.tissue, slab.partner, slab.share, slab.grains, int(plane), weight, tables, total
        )
    return _window(total[0], rows, columns), _window(total[1], rows, columns)


def _metal(slab: _Slab, position: float, rows: slice, columns: slice) -> np.ndarray | None:
    if slab.metal_mm is None:
        return None
    return _window(slab.metal_mm[round(position)], rows, columns, 1000.0)


class _KSpace:
    """Acquired matrix, chemical shift, ghosts, noise and zero-filling of one protocol."""

    def __init__(
        self,
        protocol: MrProtocol,
        shape: tuple[int, int],
        fine: float,
        tables: tuple[np.ndarray, np.ndarray, np.ndarray],
        rng: np.random.Generator,
    ) -> None:
        self.shape, self.rng = shape, rng
        self.target = tuple(max(8, 2 * round(n * fine / protocol.pixel_mm / 2)) for n in shape)
        self.pixel = tuple(n * fine / t for n, t in zip(shape, self.target, strict=True))
        kept = [
            min(2 * int(n * fine / protocol.acquired_mm / 2), n, t)
            for n, t in zip(shape, self.target, strict=True)
        ]
        self.kept = tuple(kept)
        frequency = [np.fft.fftshift(np.fft.fftfreq(k)) for k in kept]
        # Frequency runs along columns (side to side or front to back), phase along rows.
        shift = fat_shift_pixels(protocol.field_t, protocol.bandwidth_hz)
        self.ramp = np.exp(-2j * np.pi * shift * frequency[1])[None, :].astype(np.complex64)
        if protocol.sequence.startswith("GRE"):
            # Water and fat drift apart until the echo of a gradient echo; a spin echo brings them together again.
            turns = 1e-3 * FAT_SHIFT_PPM * GYROMAGNETIC_MHZ_T * protocol.field_t * protocol.echo_time_ms
            self.ramp = (self.ramp * np.exp(-2j * np.pi * turns)).astype(np.complex64)
        roll = [1.0 / (1.0 + np.exp((np.abs(f) - 0.46) / KEEP)) for f in frequency]
        self.filter = (roll[0][:, None] * roll[1][None, :]).astype(np.float32)
        cycles = rng.uniform(18, 60)
        ghost = np.cos(2 * np.pi * cycles * frequency[0] + rng.uniform(0, 6.28)) + 0.5 * rng.standard_normal(
            kept[0]
        )
        self.ghost = (1.0 + protocol.motion * ghost)[:, None].astype(np.float32)
        muscle = float(tables[0][Tissue.MUSCLE] + tables[1][Tissue.MUSCLE])
        loudest = max(muscle, 0.25 * float((tables[0] + tables[1] * (not protocol.fat_suppressed)).max()))
        self.sigma = loudest / protocol.snr

    def image(self, water: np.ndarray, fat: np.ndarray) -> np.ndarray:
        """Magnitude image of a slice, float32, on the target matrix."""
        k = self._centre(water) + self._centre(fat) * self.ramp
        noise = self.rng.standard_normal((2, *self.kept), dtype=np.float32)
        # White noise that has standard deviation sigma in each channel of the image.
        size = self.kept[0] * self.kept[1]
        k = k * self.ghost + (noise[0] + 1j * noise[1]) * np.float32(
            self.sigma * np.sqrt(size) * self.shape[0] * self.shape[1] / size
        )
        k = k * self.filter
        filled = np.zeros(self.target, np.complex64)
        r0, c0 = ((t - n) // 2 for t, n in zip(self.target, self.kept, strict=True))
        filled[r0 : r0 + self.kept[0], c0 : c0 + self.kept[1]] = k
        gain = self.target[0] * self.target[1] / (self.shape[0] * self.shape[1])
        return (np.abs(fft.ifft2(fft.ifftshift(filled))) * gain).astype(np.float32)

    def _centre(self, plane: np.ndarray) -> np.ndarray:
        k = fft.fftshift(fft.fft2(plane))
        r0, c0 = ((n - m) // 2 for n, m in zip(self.shape, self.kept, strict=True))
        return k[r0 : r0 + self.kept[0], c0 : c0 + self.kept[1]]


def _point(
    patient: Patient,
    order: tuple[int, int, int],
    flips: tuple[bool, bool, bool],
    index: tuple[float, float, float],
) -> tuple[float, float, float]:
    """LPS mm of an index (slice, row, column) of the turned map."""
    back = [0.0, 0.0, 0.0]
    for axis, flip, value in zip(order, flips, index, strict=True):
        back[axis] = patient.tissue.array.shape[axis] - 1 - value if flip else value
    return as_point(patient.tissue.index_to_point(np.array(back[::-1])))


def _frame(patient: Patient, order: tuple[int, int, int], flips: tuple[bool, bool, bool]) -> np.ndarray:
    corners = [(0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1)]
    return np.array([_point(patient, order, flips, corner) for corner in corners])


def _metadata(protocol: MrProtocol) -> dict[str, str]:
    values = {
        "modality": "MR",
        "sequence": protocol.sequence,
        "plane": protocol.plane,
        "field_t": f"{protocol.field_t:g}",
        "repetition_time_ms": f"{protocol.repetition_time_ms:g}",
        "echo_time_ms": f"{protocol.echo_time_ms:g}",
        "echo_train": str(protocol.echo_train),
        "bandwidth_hz": f"{protocol.bandwidth_hz:g}",
        "acquired_mm": f"{protocol.acquired_mm:g}",
        "slice_thickness_mm": f"{protocol.slice_mm:g}",
        "manufacturer": protocol.manufacturer,
        "model": protocol.model,
        "protocol": protocol.name,
        "body_part": "HIP",
        "source": "simulated",
    }
    if protocol.gradient_echo:
        values["flip_deg"] = f"{protocol.flip_deg:g}"
    if protocol.sequence == "DWI":
        values["b_value"] = f"{protocol.b_value:g}"
    if protocol.sequence == "STIR":
        ti = protocol.inversion_time_ms or null_inversion_time(protocol.field_t, protocol.repetition_time_ms)
        values["inversion_time_ms"] = f"{ti:.0f}"
    return values


def truth_labels(patient: Patient, grid: Image) -> Image:
    """The patient's true segmentation on another grid.

    A voxel is head where at least half of it is head, and necrosis where at least half of that is.

    Args:
        patient: with labels on its fine map.
        grid: gives size, spacing, origin and direction; any orientation.

    Returns:
        uint8 label image on ``grid``.
    """
    out = np.zeros(grid.array.shape, np.uint8)
    # An odd number of samples along every axis: with an even one "at least half" would count ties, and grow what lies
    # across the slices by half a sample at either end (3% of a head in slices of 6 mm).
    parts = [max(1, int(np.ceil(s / patient.labels.spacing[0] - 1e-6))) // 2 * 2 + 1 for s in grid.spacing]
    for side in ("R", "L"):
        box = _side_box(patient, side, grid)
        if box is None:
            continue
        low, high = box
        axes = [np.arange(a, b) for a, b in zip(low, high, strict=True)]
        index = np.stack(np.meshgrid(*axes, indexing="ij"), -1).reshape(-1, 3).astype(float)
        votes = np.zeros((2, len(index)), np.int32)
        steps = [(np.arange(p) + 0.5) / p - 0.5 for p in parts]
        for step in np.stack(np.meshgrid(*steps, indexing="ij"), -1).reshape(-1, 3):
            points = patient.labels.point_to_index(grid.index_to_point(index + step))[:, ::-1]
            label = ndimage.map_coordinates(patient.labels.array, points.T, order=0, mode="constant")
            votes[0] += label == HEAD[side]
            votes[1] += label == NECROSIS[side]
        head = votes.sum(axis=0) * 2 >= np.prod(parts)
        value = np.where(head, np.where(votes[1] * 2 >= votes.sum(axis=0), NECROSIS[side], HEAD[side]), 0)
        x, y, z = index.astype(int).T
        out[z, y, x] = np.maximum(out[z, y, x], value.astype(np.uint8))
    return grid.like(out)


def _side_box(patient: Patient, side: str, grid: Image) -> tuple[np.ndarray, np.ndarray] | None:
    """Index box (x, y, z) of ``grid`` around one femoral head, or None."""
    truth = patient.truth[side]
    if truth["centre"] is None:
        return None
    reach = truth["radius"] + 3.0
    corners = np.array([[i, j, k] for i in (-1, 1) for j in (-1, 1) for k in (-1, 1)]) * reach
    index = grid.point_to_index(np.array(truth["centre"]) + corners)
    low = np.clip(np.floor(index.min(axis=0)).astype(int), 0, grid.size)
    high = np.clip(np.ceil(index.max(axis=0)).astype(int) + 1, 0, grid.size)
    return None if np.any(high <= low) else (low, high)
