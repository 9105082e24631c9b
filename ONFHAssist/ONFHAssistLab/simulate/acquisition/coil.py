"""How loud a surface-coil array hears the body: loops on the skin, in front and behind.

The sensitivity of a loop of radius R on its axis at a distance d goes with (1 + (d/R)^2)^(-3/2) (Biot and Savart); here
the same law holds in every direction. The loops add as the root of the sum of squares (Roemer et al. 1990, MRM
16:192-225), so that fat near the skin is louder than the depth of the body.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

GAP_MM = 12.0  # of the loops from the box that holds the body: clothes and cushions


@dataclass(frozen=True)
class CoilArray:
    """Loops about a body: ``centres`` (n, 3) in mm of the patient frame, ``radius`` in mm, ``loudness`` of each."""

    centres: np.ndarray
    radius: float
    loudness: np.ndarray

    @classmethod
    def about(cls, half: np.ndarray, rng: np.random.Generator) -> CoilArray:
        """Two rows of four loops in front of and behind a body of half width and half depth ``half`` (mm)."""
        x = np.linspace(-0.85, 0.85, 4) * half[0]
        side = np.sqrt(np.clip(1.0 - (x / half[0]) ** 2, 0.2, 1.0)) * half[1] + GAP_MM
        low = rng.normal(-10.0, 15.0)
        rows = [
            (a, sign * b, low + z)
            for z in (-55.0, 55.0)
            for sign in (-1, 1)
            for a, b in zip(x, side, strict=True)
        ]
        loudness = np.exp(rng.normal(0.0, 0.15, len(rows)))
        return cls(np.array(rows), float(rng.uniform(60.0, 85.0)), loudness)

    def gain(self, points: np.ndarray) -> np.ndarray:
        """Sensitivity at points (..., 3) of the patient frame, 1 at the hips' level in the middle of the body."""
        return self._sum(points) / self._sum(np.zeros(3))

    def _sum(self, points: np.ndarray) -> np.ndarray:
        total = np.zeros(np.shape(points)[:-1])
        for centre, loud in zip(self.centres, self.loudness, strict=True):
            square = ((points - centre) ** 2).sum(axis=-1) / self.radius**2
            total += loud**2 * (1.0 + square) ** -3.0
        return np.sqrt(total)
