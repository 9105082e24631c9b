"""The unevenness of tissues: noise of several scales, mixed as real marrow and real soft tissue show it.

The weights of :data:`MARROW` are fitted to eleven real T1 pelves (``benchmarks/simulator_statistics.py``): marrow there
is uneven at every scale from the pixel (trabeculae) to a centimetre (islands of red marrow), more along the body than
across it, as the main trabeculae run.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .shapes import NoiseTile
from .tissues import BONY, Tissue

# Signal-bearing tissues inside bone share the marrow's grain; everything else has that of soft tissue.
IN_BONE = np.array([t in BONY for t in Tissue], np.uint8)


@dataclass(frozen=True)
class Scale:
    """One scale of unevenness: standard deviation of its blur in mm, how much longer it is along the body, its weight."""

    blur_mm: float
    along: float
    weight: float


MARROW = (Scale(0.45, 1.0, 0.70), Scale(1.1, 2.0, 0.36), Scale(2.6, 1.6, 0.52), Scale(6.0, 1.0, 0.22))
SOFT = (Scale(0.42, 1.0, 0.75), Scale(1.4, 2.5, 0.65))


@dataclass(frozen=True)
class Grain:
    """Noise of every scale, each with standard deviation 1, drawn once and mixed at will."""

    marrow: tuple[np.ndarray, ...]
    soft: tuple[np.ndarray, ...]

    @classmethod
    def draw(cls, rng: np.random.Generator, spacing: float, order: tuple[int, int, int] = (0, 1, 2)) -> Grain:
        """Tiles for a map of ``spacing`` mm whose axes are the body's (z, y, x) in ``order``."""
        return cls(
            *(tuple(_tile(rng, scale, spacing, order) for scale in scales) for scales in (MARROW, SOFT))
        )

    def mixed(
        self, weights: np.ndarray | None = None, islands: tuple[float, float] | None = None
    ) -> tuple[np.ndarray, np.ndarray]:
        """Texture of marrow and of soft tissue, float32, mean about 0; marrow of standard deviation about 1.

        Args:
            weights: factors on the weights of the marrow's scales.
            islands: level in standard deviations and depth of dark islands of the coarsest scale (red marrow).
        """
        share = np.array([s.weight for s in MARROW]) * (1.0 if weights is None else weights)
        marrow = sum(np.float32(w) * tile for w, tile in zip(share, self.marrow, strict=True))
        if islands is not None:
            level, depth = islands
            dark = np.clip((self.marrow[-1] - np.float32(level)) * np.float32(2.5), 0, 1)
            marrow = marrow - np.float32(depth) * (dark - dark.mean())
        soft = sum(np.float32(s.weight) * tile for s, tile in zip(SOFT, self.soft, strict=True))
        return np.asarray(marrow, np.float32), np.asarray(soft, np.float32)


def _tile(rng: np.random.Generator, scale: Scale, spacing: float, order: tuple[int, int, int]) -> np.ndarray:
    # A Gaussian low-pass exp(-2 s^2 f^2) is a blur of standard deviation s / pi voxels.
    across = np.pi * scale.blur_mm / spacing
    body = (across * scale.along, across, across)
    return NoiseTile.draw(rng, (body[order[0]], body[order[1]], body[order[2]])).values
