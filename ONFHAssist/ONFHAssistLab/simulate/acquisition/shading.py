"""What shades the slices of a scan: the body coil, uneven fat suppression, metal, and the surface-coil array."""

from __future__ import annotations

from typing import Any

import numpy as np
import SimpleITK as sitk  # noqa: N813

from ..anatomy.patient import Patient
from ..anatomy.soft_tissue import body_half_size
from ..anatomy.tissues import Tissue
from .coil import CoilArray, spread
from .protocols import MrProtocol

VOID_MM = 7.0


class Shading:
    """Coil sensitivity, uneven fat suppression and what metal does to both."""

    def __init__(self, protocol: MrProtocol, rng: np.random.Generator) -> None:
        self.protocol = protocol
        self.coil = rng.normal(0, 1, 10)
        self.coil /= np.linalg.norm(self.coil)
        self.field = rng.normal(0, 1, 10)
        self.residual = float(protocol.fat_residual * np.exp(rng.normal(0, 0.35)))

    @staticmethod
    def _polynomial(weights: np.ndarray, shape: tuple[int, int], depth: float) -> np.ndarray:
        """Second-order field about -1..1 over the volume."""
        r = np.linspace(-1, 1, shape[0], dtype=np.float32)[:, None]
        c = np.linspace(-1, 1, shape[1], dtype=np.float32)[None, :]
        d = np.float32(2 * depth - 1)
        terms: tuple[Any, ...] = (
            r,
            c,
            d,
            r * c,
            r * d,
            c * d,
            r * r - 0.33,
            c * c - 0.33,
            d * d - 0.33,
            r * c * d,
        )
        field: Any = sum(np.float32(w) * t for w, t in zip(weights, terms, strict=True))
        return field

    def apply(
        self, water: np.ndarray, fat: np.ndarray, depth: float, metal: np.ndarray | None
    ) -> tuple[np.ndarray, np.ndarray]:
        """Water and fat of a slice at relative depth 0..1 through the stack, as the coil receives them."""
        gain = np.exp(self.protocol.bias * self._polynomial(self.coil, water.shape, depth))
        if self.protocol.fat_suppressed:
            left = self.residual * (
                1.0 + np.clip(self._polynomial(self.field, water.shape, depth), -0.8, 2.5) ** 2
            )
            if metal is not None:
                left = left + 0.9 * np.exp(-np.clip(metal - VOID_MM, 0, None) / 9.0)
            fat = fat * np.minimum(left, 1.0)
        if metal is not None:
            void = np.clip((metal - VOID_MM) / 3.0, 0, 1) * (
                1 + 0.9 * np.exp(-(((metal - VOID_MM - 3.5) / 2.0) ** 2))
            )
            gain = gain * void
        return water * gain, fat * gain


class Coil:
    """The surface-coil array of a session about its patient."""

    def __init__(self, patient: Patient, protocol: MrProtocol, seed: int, frame: np.ndarray) -> None:
        """``frame``: LPS mm of the index (slice, row, column) 0 0 0 of the turned map, and of 1 along each axis."""
        self.strength = protocol.surface_coil
        self.zero, self.steps = frame[0] - patient.parameters.table_position_mm, frame[1:] - frame[0]
        # One array for all scans of a session.
        rng = np.random.default_rng([seed, patient.parameters.seed, 81])
        self.array = CoilArray.about(body_half_size(patient.parameters), rng)

    def gain(self, position: float, rows: slice, columns: slice) -> np.ndarray:
        """Sensitivity on the fine grid of a slice, float32."""
        if self.strength == 0.0:
            return np.ones((1, 1), np.float32)
        r = np.linspace(rows.start, rows.stop - 1, 15)[:, None, None]
        c = np.linspace(columns.start, columns.stop - 1, 15)[None, :, None]
        points = self.zero + position * self.steps[0] + r * self.steps[1] + c * self.steps[2]
        coarse = (self.array.gain(points) ** self.strength).astype(np.float32)
        return spread(coarse, (rows.stop - rows.start, columns.stop - columns.start))


def metal_distance(patient: Patient) -> np.ndarray:
    """Distance in mm to the nearest metal, float32 on the fine map, from every second voxel."""
    half = (patient.tissue.array[::2, ::2, ::2] == Tissue.METAL).astype(np.uint8)
    image = sitk.GetImageFromArray(half)
    image.SetSpacing([2.0 * s for s in patient.tissue.spacing])
    distance = sitk.GetArrayFromImage(
        sitk.SignedMaurerDistanceMap(
            image, insideIsPositive=False, squaredDistance=False, useImageSpacing=True
        )
    )
    fine = np.repeat(np.repeat(np.repeat(distance, 2, 0), 2, 1), 2, 2)
    return fine[tuple(slice(0, n) for n in patient.tissue.array.shape)]
