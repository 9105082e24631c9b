"""The same hip as it would have been imaged and outlined another time: chains of perturbations.

After Zwanenburg et al., Scientific Reports 9 (2019) 614, whose chain of rotation, translation, volume growth or shrinkage
and contour randomisation found nearly the features that a second scan finds. Two things differ, and both are made for
thick slices and a single outline: the grid is turned and moved within the slices only, since values between slices of
4.5 mm would be made up, and the contour is moved by a smooth random field in place of supervoxels.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from ..core.errors import InputError
from ..imaging.image import Image

MARGIN_MM = 40.0  # of the part of the image that is turned; wider than any filter of a preset reaches
CORRELATION_MM = 5.0  # over which the border moves as one
_SPLINE = 3


@dataclass(frozen=True)
class PerturbationLimits:
    """How far one perturbation may go; each draws evenly between the limit and its negative.

    Attributes:
        rotation_deg: of image and outline, in the plane of the slices, about the region's centre.
        shift: of image and outline along both axes of a slice, in pixels; up to 0.5 says all of a grid's position.
        growth: share of the volume by which the outline grows or shrinks.
        contour_mm: standard deviation by which the border is moved in and out, the volume kept.
    """

    rotation_deg: float = 10.0
    shift: float = 0.5
    growth: float = 0.1
    contour_mm: float = 1.0

    def __post_init__(self) -> None:
        ranges = {"rotation_deg": 45.0, "shift": 5.0, "growth": 0.5, "contour_mm": 5.0}
        for name, most in ranges.items():
            value = getattr(self, name)
            if not 0.0 <= value <= most:
                raise InputError(
                    f"The limit {name} of the perturbations is {value:g}; 0 to {most:g} is accepted."
                )


@dataclass(frozen=True)
class Perturbation:
    """One perturbation; see :class:`PerturbationLimits` for the units. ``seed`` is of the border's random field."""

    rotation_deg: float = 0.0
    shift: tuple[float, float] = (0.0, 0.0)
    growth: float = 0.0
    contour_mm: float = 0.0
    seed: int = 0


def draw_perturbations(
    count: int, seed: int = 0, limits: PerturbationLimits | None = None, hip: int = 0
) -> list[Perturbation]:
    """``count`` chains of perturbations of the hip with this number; the first ones stay where more are asked for.

    Each hip has its own, as ICC(1,1) takes them: in common, they would make hips differ less than they do.
    """
    limits = limits or PerturbationLimits()
    drawn = []
    for number in range(count):
        rng = np.random.default_rng([seed, hip, number])
        turn, right, down, growth = rng.uniform(-1.0, 1.0, 4)
        drawn.append(
            Perturbation(
                rotation_deg=float(turn * limits.rotation_deg),
                shift=(float(right * limits.shift), float(down * limits.shift)),
                growth=float(growth * limits.growth),
                contour_mm=limits.contour_mm,
                seed=int(rng.integers(2**31)),
            )
        )
    return drawn


class Perturber:
    """Makes perturbed copies of one region of one image.

    Args:
        image: grey values, shape (z, y, x); a radiograph has one slice.
        region: the outline, boolean, of the same shape.

    Raises:
        InputError: the region is empty.
    """

    def __init__(self, image: Image, region: np.ndarray) -> None:
        if not region.any():
            raise InputError("The region is empty: no voxel is outlined; outline it first.")
        self._image, self._region = image, region
        self._steps = np.asarray(image.spacing[::-1], float)
        single = [axis for axis, size in enumerate(region.shape) if size == 1]
        self._across = single[0] if single else int(np.argmax(self._steps))  # the axis from slice to slice
        self._box = self._box_of(region)
        self._depth = signed_depth(region[self._box], image.spacing)
        self._splines = [
            ndimage.spline_filter(plane, _SPLINE)
            for plane in np.moveaxis(image.array.astype(np.float64), self._across, 0)[self._box[self._across]]
        ]

    def _box_of(self, region: np.ndarray) -> tuple[slice, ...]:
        """The region with a margin, as slices of the image."""
        found = ndimage.find_objects(region.astype(np.uint8))[0]
        margins = np.ceil(MARGIN_MM / self._steps).astype(int)
        return tuple(
            slice(max(part.start - margin, 0), min(part.stop + margin, size))
            for part, margin, size in zip(found, margins, region.shape, strict=True)
        )

    def apply(self, change: Perturbation) -> tuple[Image, Image]:
        """Image and mask (0 and 1) on the grid of the input, after one perturbation.

        Raises:
            InputError: nothing is left of the region.
        """
        values = self._image.array.astype(np.float32)
        depth = self._depth
        if change.rotation_deg or any(change.shift):
            matrix, offset = self._turned(change)
            values[self._box] = self._moved_values(matrix, offset)
            depth = self._moved_depth(matrix, offset)
        mask = np.zeros(self._region.shape, np.uint8)
        mask[self._box] = self._outlined(depth, change)
        return self._image.like(values), self._image.like(mask)

    def _turned(self, change: Perturbation) -> tuple[np.ndarray, np.ndarray]:
        """Matrix and offset from an output pixel of the image's slices to the input pixel that it shows."""
        steps = np.delete(self._steps, self._across)
        angle = np.deg2rad(change.rotation_deg)
        turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        matrix = turn * steps[None, :] / steps[:, None]  # in pixels, which need not be square
        places = np.argwhere(self._region.any(axis=self._across))
        centre = 0.5 * (places.min(axis=0) + places.max(axis=0))
        return matrix, centre - matrix @ centre + np.asarray(change.shift[::-1])

    def _moved_values(self, matrix: np.ndarray, offset: np.ndarray) -> np.ndarray:
        box = [part for axis, part in enumerate(self._box) if axis != self._across]
        shape, start = tuple(part.stop - part.start for part in box), np.array([part.start for part in box])
        planes = [
            ndimage.affine_transform(
                plane, matrix, offset + matrix @ start, shape, order=_SPLINE, mode="nearest", prefilter=False
            )
            for plane in self._splines
        ]
        return np.moveaxis(np.stack(planes), 0, self._across)

    def _moved_depth(self, matrix: np.ndarray, offset: np.ndarray) -> np.ndarray:
        start = np.array([part.start for axis, part in enumerate(self._box) if axis != self._across])
        inside = offset + matrix @ start - start  # from the box to the box
        planes = [
            ndimage.affine_transform(plane, matrix, inside, order=1, mode="nearest")
            for plane in np.moveaxis(self._depth, self._across, 0)
        ]
        return np.moveaxis(np.stack(planes), 0, self._across)

    def _outlined(self, depth: np.ndarray, change: Perturbation) -> np.ndarray:
        """Voxels inside the border, which is moved by the random field and then until the volume is as wanted."""
        if not change.contour_mm and not change.growth:
            return depth > 0
        if change.contour_mm:
            rng = np.random.default_rng(change.seed)
            depth = depth + change.contour_mm * smooth_noise(depth.shape, self._image.spacing, rng)
        wanted = round((1.0 + change.growth) * np.count_nonzero(self._region))
        if not 0 < wanted <= depth.size:
            raise InputError("Nothing of the region is left after the perturbation; use smaller limits.")
        level = np.partition(depth, depth.size - wanted, axis=None)[depth.size - wanted]
        return depth >= level


def signed_depth(region: np.ndarray, spacing: tuple[float, float, float]) -> np.ndarray:
    """Distance in mm to the border, half a voxel from the outermost voxels; positive inside; shape (z, y, x).

    The slice of a radiograph has no border before and behind it.
    """
    step = spacing[::-1]
    beyond = [(0, 0) if size == 1 else (1, 1) for size in region.shape]
    padded = np.pad(region, beyond)
    inside = ndimage.distance_transform_edt(padded, step)
    inside = inside[
        tuple(slice(low, low + size) for (low, _), size in zip(beyond, region.shape, strict=True))
    ]
    outside = ndimage.distance_transform_edt(~region, step)
    half = 0.5 * min(s for s, size in zip(step, region.shape, strict=True) if size > 1)
    return np.where(region, inside - half, half - outside)


def smooth_noise(
    shape: tuple[int, ...], spacing: tuple[float, float, float], rng: np.random.Generator
) -> np.ndarray:
    """Random field of unit variance, correlated over about 5 mm."""
    field = ndimage.gaussian_filter(rng.normal(size=shape), [CORRELATION_MM / (2 * s) for s in spacing[::-1]])
    return field / field.std()
