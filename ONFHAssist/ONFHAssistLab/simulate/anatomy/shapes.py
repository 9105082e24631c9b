"""Implicit shapes on a voxel grid: signed distances in mm, negative inside, and the canvas they are painted on.

A voxel of the canvas holds two tissues and the share of the first, so that surfaces stay smooth below the voxel size
and thin plates (cortex, cartilage, fat planes) keep their contrast. Coordinates here are the patient frame of the
simulator: LPS directions, mm, origin half-way between the two femoral heads.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ONFHAssistLib.core.vectors import Box, as_box, as_point

from . import kernels

Coordinates = tuple[np.ndarray, np.ndarray, np.ndarray]


@dataclass
class NoiseTile:
    """Smooth random texture, periodic, mean 0 and standard deviation 1, float32 (n, n, n)."""

    values: np.ndarray

    @classmethod
    def draw(
        cls, rng: np.random.Generator, scale: tuple[float, float, float], size: int = 96, power: float = 2.0
    ) -> NoiseTile:
        """Gaussian noise low-passed to features of about ``scale`` (z, y, x) voxels."""
        white = np.fft.rfftn(rng.standard_normal((size, size, size), dtype=np.float32))
        kz, ky, kx = (np.fft.fftfreq(size), np.fft.fftfreq(size), np.fft.rfftfreq(size))
        k2 = (
            (kz[:, None, None] * scale[0]) ** 2
            + (ky[None, :, None] * scale[1]) ** 2
            + (kx[None, None, :] * scale[2]) ** 2
        )
        values = np.fft.irfftn(white * np.exp(-power * k2), (size, size, size), axes=(0, 1, 2))
        values -= values.mean()
        return cls((values / values.std()).astype(np.float32))

    def crop(self, shape: tuple[int, ...], offset: tuple[int, int, int]) -> np.ndarray:
        """A part of the periodic texture, shape (z, y, x), starting at ``offset``."""
        out = np.empty(shape, np.float32)
        kernels.crop(self.values, tuple(int(o) for o in offset), out)
        return out


@dataclass
class Textures:
    """Periodic textures shared by all painters, drawn once for a patient (see :class:`NoiseTile`)."""

    fine: NoiseTile
    middle: NoiseTile
    coarse: NoiseTile
    fibres: NoiseTile

    @classmethod
    def draw(cls, seed: int, spacing: float) -> Textures:
        rng = np.random.default_rng([seed, 21])
        scales = [(1.6,) * 3, (5.0,) * 3, (14.0,) * 3, (12.0, 2.4, 2.4)]
        return cls(*(NoiseTile.draw(rng, as_point(s / spacing for s in scale)) for scale in scales))


class Canvas:
    """Tissue map in the making.

    Attributes:
        tissue: uint8 (z, y, x), the tissue with the larger share.
        partner: uint8, the other tissue of the voxel.
        share: uint8, 255 times the share of ``tissue``.
    """

    def __init__(self, low: np.ndarray, high: np.ndarray, spacing: float) -> None:
        self.spacing = float(spacing)
        self.low = np.asarray(low, float)
        # Steps in fours: every second and fourth voxel is one of the coarser grids used for soft tissue.
        steps = 4 * np.ceil((np.asarray(high) - self.low) / (4 * spacing)).astype(int)
        self.shape = tuple(int(n) + 1 for n in steps[::-1])
        self.tissue = np.zeros(self.shape, np.uint8)
        self.partner = np.zeros(self.shape, np.uint8)
        self.share = np.full(self.shape, 255, np.uint8)

    def box(self, low: np.ndarray, high: np.ndarray) -> Box:
        """Index slices (z, y, x) that cover a box of the patient frame, cut to the canvas."""
        first = np.floor((np.asarray(low) - self.low) / self.spacing).astype(int)
        last = np.ceil((np.asarray(high) - self.low) / self.spacing).astype(int) + 1
        n = np.array(self.shape[::-1])
        first, last = np.clip(first, 0, n), np.clip(last, 0, n)
        return as_box(slice(int(a), int(max(b, a))) for a, b in zip(first[::-1], last[::-1], strict=True))

    def coordinates(self, box: Box) -> Coordinates:
        """Patient-frame x, y, z of the voxels of a box as open float32 arrays that broadcast to (z, y, x)."""
        z, y, x = (
            (self.low[a] + self.spacing * np.arange(s.start, s.stop)).astype(np.float32)
            for a, s in zip((2, 1, 0), box, strict=True)
        )
        return x[None, None, :], y[None, :, None], z[:, None, None]

    def paint(
        self,
        box: tuple[slice, slice, slice],
        distance: np.ndarray,
        tissue: int,
        only: np.ndarray | None = None,
    ) -> None:
        """Fill the inside of a signed distance (mm, shape of the box) with a tissue, edges by their share."""
        distance = np.ascontiguousarray(distance, np.float32)
        allowed = np.zeros((1, 1, 1), bool) if only is None else only
        kernels.paint(
            self.tissue[box],
            self.partner[box],
            self.share[box],
            distance,
            int(tissue),
            np.float32(1.0 / self.spacing),
            allowed,
            only is not None,
        )

    def mix(
        self, box: tuple[slice, slice, slice], where: np.ndarray, partner: int, amount: np.ndarray
    ) -> None:
        """Let a tissue into voxels without changing what they are: ``amount`` 0..0.49 of ``partner``."""
        amount = np.broadcast_to(np.asarray(amount, np.float32), where.shape)
        kernels.mix(self.partner[box], self.share[box], where, int(partner), amount)


def sphere(at: Coordinates, centre: np.ndarray, radius: float) -> np.ndarray:
    """Signed distance to a ball."""
    return length(at, centre) - np.float32(radius)


def length(at: Coordinates, centre: np.ndarray) -> np.ndarray:
    """Distance of every voxel to a point."""
    x, y, z = (c - np.float32(o) for c, o in zip(at, centre, strict=True))
    return np.sqrt(x * x + y * y + z * z)


def along(at: Coordinates, origin: np.ndarray, direction: np.ndarray) -> np.ndarray:
    """Coordinate along a unit direction, zero at ``origin``."""
    x, y, z = (np.float32(d) * (c - np.float32(o)) for c, o, d in zip(at, origin, direction, strict=True))
    return x + y + z


def ellipsoid(at: Coordinates, centre: np.ndarray, semi: np.ndarray) -> np.ndarray:
    """Distance to an axis-parallel ellipsoid, to first order (exact on its surface)."""
    x, y, z = ((c - np.float32(o)) / np.float32(s) for c, o, s in zip(at, centre, semi, strict=True))
    k0 = np.sqrt(x * x + y * y + z * z)
    k1 = np.sqrt(
        (x / np.float32(semi[0])) ** 2 + (y / np.float32(semi[1])) ** 2 + (z / np.float32(semi[2])) ** 2
    )
    return k0 * (k0 - 1.0) / np.maximum(k1, 1e-6)


def cone(at: Coordinates, a: np.ndarray, b: np.ndarray, ra: float, rb: float) -> np.ndarray:
    """Capsule from ``a`` to ``b`` whose radius runs from ``ra`` to ``rb``."""
    return tube(at, np.array([a, b], float), np.array([ra, rb]))


def tube(
    at: Coordinates,
    points: np.ndarray,
    radii: np.ndarray,
    thin: npt.ArrayLike | None = None,
    ratio: float = 1.0,
) -> np.ndarray:
    """Tube along a polyline, flattened in the unit direction ``thin``: there its half-width is radius / ratio.

    Stretching space along ``thin`` makes the section round; the distance is divided by the mean stretch.
    """
    points = np.asarray(points, float)
    stretch = np.eye(3)
    if thin is not None and ratio != 1.0:
        q = np.asarray(thin, float) / np.linalg.norm(thin)
        stretch += (ratio - 1.0) * np.outer(q, q)
    x, y, z = (np.ascontiguousarray(c.ravel()) for c in at)
    out = np.empty((len(z), len(y), len(x)), np.float32)
    stretched = (points @ stretch.T).astype(np.float32)
    axis = stretched[1:] - stretched[:-1]
    kernels.tube_distance(
        x,
        y,
        z,
        stretched,
        axis,
        np.maximum((axis * axis).sum(axis=1), np.float32(1e-6)),
        np.asarray(radii, np.float32),
        stretch.astype(np.float32),
        out,
    )
    if ratio != 1.0:
        out *= np.float32(1.0 / np.sqrt(ratio))
    return out


def smooth_min(a: np.ndarray, b: np.ndarray, width: float) -> np.ndarray:
    """Union of two shapes with a fillet of about ``width`` mm (polynomial smooth minimum)."""
    h = np.maximum(np.float32(width) - np.abs(a - b), 0.0) / np.float32(width)
    return np.minimum(a, b) - h * h * np.float32(width * 0.25)


class Union:
    """Smooth union of parts, each evaluated only in its own box of the canvas."""

    def __init__(self, canvas: Canvas, low: np.ndarray, high: np.ndarray) -> None:
        self.canvas = canvas
        self.box = canvas.box(low, high)
        self.values = np.full(tuple(s.stop - s.start for s in self.box), 1e3, np.float32)
        self.coordinates = canvas.coordinates(self.box)

    def local(self, low: np.ndarray, high: np.ndarray) -> tuple[Box, Coordinates]:
        """Slices into ``values`` and coordinates of a smaller box."""
        whole = self.canvas.box(low, high)
        inner = as_box(
            slice(max(w.start, b.start) - b.start, max(min(w.stop, b.stop), w.start, b.start) - b.start)
            for w, b in zip(whole, self.box, strict=True)
        )
        x, y, z = self.coordinates
        return inner, (x[:, :, inner[2]], y[:, inner[1], :], z[inner[0], :, :])

    def add_tube(
        self,
        points: np.ndarray,
        radii: np.ndarray,
        width: float = 5.0,
        thin: np.ndarray | None = None,
        ratio: float = 1.0,
    ) -> None:
        """Join a (flattened) tube; see :func:`tube`."""
        points = np.asarray(points, float)
        margin = np.asarray(radii, float).max() + width + 4.0
        inner, at = self.local(points.min(axis=0) - margin, points.max(axis=0) + margin)
        part = self.values[inner]
        if part.size:
            self.values[inner] = smooth_min(part, tube(at, points, radii, thin, ratio), width)


def upsample(coarse: np.ndarray) -> np.ndarray:
    """Linear interpolation to half the spacing: shape n to 2 n - 1 along every axis."""
    for axis in range(3):
        first = np.moveaxis(coarse, axis, 0)
        fine = np.empty((2 * first.shape[0] - 1, *first.shape[1:]), coarse.dtype)
        fine[::2] = first
        np.add(first[1:], first[:-1], out=fine[1::2])
        fine[1::2] *= 0.5
        coarse = np.moveaxis(fine, 0, axis)
    return coarse
