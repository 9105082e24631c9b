"""What happens to a random volume after its contrast: masses, metal, blur, shading, ghosts, noise, slices, cut edges."""

from __future__ import annotations

import numpy as np
from scipy import ndimage

from ONFHAssistLib.core.vectors import Box, as_box

from ..anatomy.tissues import Tissue
from .coil import CoilArray
from .domain import Domain

OPEN = ((slice(None), None, None), (None, slice(None), None), (None, None, slice(None)))


def add_masses(image: np.ndarray, labels: np.ndarray, rng: np.random.Generator, spacing: float) -> None:
    """Round or lobed masses in soft tissue (tumour, haematoma, bursa), never within 4 mm of a head."""
    z, y, x = (np.arange(n, dtype=np.float32)[s] for n, s in zip(image.shape, OPEN, strict=True))
    free = labels == 0
    if not free.all():
        free = ~ndimage.binary_dilation(~free, iterations=max(1, round(4.0 / spacing)))
    noise = ndimage.gaussian_filter(rng.standard_normal(image.shape, dtype=np.float32), 2.0) * 8.0
    for _ in range(int(rng.integers(1, 4))):
        c = rng.uniform(0, 1, 3) * image.shape
        semi = rng.uniform(9, 34, 3) / spacing
        inside = (
            ((z - c[0]) / semi[0]) ** 2
            + ((y - c[1]) / semi[1]) ** 2
            + ((x - c[2]) / semi[2]) ** 2
            + 0.25 * noise
        )
        level = rng.uniform(0.1, 0.9)
        chosen = (inside < 1.0) & free & (image > 0.03)
        image[chosen] = np.clip(level + rng.uniform(0, 0.12) * noise[chosen], 0.0, 1.2)
        if rng.random() < 0.4:  # a capsule or a rim of oedema
            shell = (inside >= 1.0) & (inside < 1.25) & free & (image > 0.03)
            image[shell] = rng.uniform(0.0, 1.0)


def add_metal(image: np.ndarray, distance_mm: np.ndarray, rng: np.random.Generator) -> None:
    """The void around a prosthesis with the bright seam of piled-up signal, in place."""
    void = rng.uniform(2.0, 10.0)
    seam = rng.uniform(0.0, 1.0) * np.exp(-(((distance_mm - void - 3.5) / 2.0) ** 2))
    image *= np.clip((distance_mm - void) / 3.0, 0, 1) * (1 + seam)


def shade_by_coils(
    image: np.ndarray, matrix: np.ndarray, offset: np.ndarray, half: np.ndarray, rng: np.random.Generator
) -> None:
    """Shade a volume by a surface-coil array about its patient, in place.

    Args:
        image: float32 (z, y, x).
        matrix: (3, 3) from index (z, y, x) to mm of the patient frame (x, y, z), with ``offset`` (3,).
        half: half width and half depth of the body in mm.
        rng: draws the array and how much of its profile the scanner's normalisation leaves.
    """
    coarse = [np.linspace(0, n - 1, 9) for n in image.shape]
    points = np.stack(np.meshgrid(*coarse, indexing="ij"), -1) @ matrix.T + offset
    array = CoilArray.about(half * rng.uniform(0.85, 1.05), rng)
    if rng.random() < 0.3:  # the array behind or in front alone
        near = array.centres[:, 1] * rng.choice([-1, 1]) > 0
        array = CoilArray(array.centres[near], array.radius, array.loudness[near])
    gain = np.clip(array.gain(points), 0.05, 20.0) ** rng.uniform(0.15, 1.0)
    before = float(image.mean())
    image *= _spread(gain.astype(np.float32), image.shape)
    # The noise that follows is that of an image of this brightness.
    image *= np.float32(before / max(float(image.mean()), 1e-6))


def _spread(coarse: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """Linear interpolation of a coarse field whose corners are those of the volume."""
    for axis, n in enumerate(shape):
        at = np.linspace(0, coarse.shape[axis] - 1, n)
        low = np.minimum(at.astype(int), coarse.shape[axis] - 2)
        weights = np.zeros((n, coarse.shape[axis]), np.float32)
        weights[np.arange(n), low] = 1 - (at - low)
        weights[np.arange(n), low + 1] = at - low
        coarse = np.moveaxis(np.tensordot(weights, coarse, (1, axis)), 0, axis)
    return coarse


def corrupt(
    image: np.ndarray,
    rng: np.random.Generator,
    domain: Domain,
    table: np.ndarray,
    slices: tuple[int, float],
) -> tuple[slice, slice, slice]:
    """Blur, shading, ghosts, noise, slices, gamma and a tight field of view, in place.

    Args:
        image: float32 (z, y, x).
        table: signal of every tissue; noise goes with the muscle's.
        slices: axis and distance in voxels of the imagined scan's slices.

    Returns:
        The part (z, y, x) that lies in the field of view; zeros fill the rest.
    """
    amount = domain.corruption
    if rng.random() < 0.6 * amount:
        ndimage.gaussian_filter(image, rng.uniform(0.0, 0.9, 3), output=image)
    image *= np.exp(_shading(image.shape, rng, amount))
    if rng.random() < 0.25 * amount:
        axis, by = int(rng.integers(3)), int(rng.integers(8, image.shape[0] // 2))
        image += np.float32(rng.uniform(0.02, 0.12)) * np.roll(image, by, axis)
    if rng.random() < 0.2 * amount:
        axis = int(rng.integers(3))
        k = np.fft.rfft(image, axis=axis)
        keep = int(k.shape[axis] * rng.uniform(0.55, 0.85))
        k[(slice(None),) * axis + (slice(keep, None),)] = 0
        image[...] = np.abs(np.fft.irfft(k, image.shape[axis], axis=axis))
    sigma = np.float32(amount * rng.uniform(0.005, 0.07) * float(table[Tissue.MUSCLE] * 0.5 + 0.5))
    noise = rng.standard_normal((2, *image.shape), dtype=np.float32) * sigma
    np.hypot(image + noise[0], noise[1], out=image)
    axis, step = slices
    if step > 1.3:
        as_scanned = _slices_and_back(image.shape[axis], step, rng.uniform(0, 1) * step)
        image[...] = np.moveaxis(np.tensordot(as_scanned, image, (1, axis)), 0, axis)
    if rng.random() < 0.5 * amount:
        np.power(np.clip(image, 0, None), np.float32(np.exp(rng.normal(0, 0.2))), out=image)
    image *= np.float32(rng.uniform(0.6, 1.4))
    if rng.random() < 0.2 * amount:
        image += np.float32(rng.uniform(0.0, 0.08)) * (image > 0)
    return _cut_field_of_view(image, rng, domain)


def _shading(shape: tuple[int, ...], rng: np.random.Generator, amount: float) -> np.ndarray:
    z, y, x = (np.linspace(-1, 1, n, dtype=np.float32)[s] for n, s in zip(shape, OPEN, strict=True))
    w = (rng.normal(0, 0.22 * amount, 9)).astype(np.float32)
    squares = (w[0] * z + w[1] * z * z) + (w[2] * y + w[3] * y * y) + (w[4] * x + w[5] * x * x)
    return squares + w[6] * z * y + w[7] * x * y


def _slices_and_back(count: int, step: float, first: float) -> np.ndarray:
    """Matrix (count, count) that reads a line at every ``step`` voxels and interpolates between, as a viewer does."""
    positions = np.arange(first - step, count + step, step)
    low = np.clip(np.floor(positions).astype(int), 0, count - 1)
    high = np.clip(low + 1, 0, count - 1)
    part = np.clip(positions - low, 0, 1)
    read = np.zeros((len(positions), count), np.float32)
    read[np.arange(len(positions)), low] += 1 - part
    read[np.arange(len(positions)), high] += part
    where = (np.arange(count) - positions[0]) / step
    lower = np.clip(np.floor(where).astype(int), 0, len(positions) - 2)
    weight = where - lower
    back = np.zeros((count, len(positions)), np.float32)
    back[np.arange(count), lower] = 1 - weight
    back[np.arange(count), lower + 1] += weight
    return back @ read


def _cut_field_of_view(image: np.ndarray, rng: np.random.Generator, domain: Domain) -> Box:
    seen = [slice(0, n) for n in image.shape]
    if rng.random() < domain.tight:
        for axis, n in enumerate(image.shape):
            low, high = (
                int(rng.uniform(0, domain.tightest) * n) if rng.random() < 0.5 else 0 for _ in range(2)
            )
            seen[axis] = slice(low, n - high)
    outside = np.ones(image.shape, bool)
    outside[tuple(seen)] = False
    image[outside] = 0.0
    return as_box(seen)
