"""Batches for training the stager: windows, shifts, turns, brightness, noise.

Flips: a hip is mirrored left-right only together with its side, which cutting already does (left hips are mirrored
onto right); every other flip would make a hip that no patient has. The study's protocol, which names flips, mirrors
at random.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch.nn import functional

from ONFHAssistLib.stage.head_crop import SHAPE

from .data import WIDEN

STUDY_LEVEL, STUDY_WIDTH = 300.0, 1500.0
PERCENTILES = (1.0, 99.0)
OUTLINE_SHAPE = (8, 14, 16)


@dataclass(frozen=True)
class Augmentation:
    """Standard deviations (shares: probabilities) of what is varied at random.

    Attributes:
        shift_mm: shift along each axis, on a head of 24 mm radius.
        turn_deg: rotation about each axis.
        scale: log of the size.
        gain: log of the contrast.
        offset: brightness, of the window's width.
        gamma: log of the exponent.
        noise: largest standard deviation of Gaussian noise, of the window's width.
        shading: log of a linear shading at the faces of the crop.
        mirror: share mirrored lateral to medial.
        study_window: share windowed by the study's level and width instead of percentiles.
    """

    shift_mm: float = 2.5
    turn_deg: float = 5.0
    scale: float = 0.05
    gain: float = 0.12
    offset: float = 0.05
    gamma: float = 0.18
    noise: float = 0.05
    shading: float = 0.12
    mirror: float = 0.0
    study_window: float = 0.1


STUDY_AUGMENTATION = Augmentation(
    shift_mm=0.0, turn_deg=0.0, scale=0.0, gain=0.0, offset=0.1, gamma=0.0, noise=0.05, shading=0.0, mirror=0.5,
    study_window=1.0,
)  # fmt: skip
NO_AUGMENTATION = Augmentation(0, 0, 0, 0, 0, 0, 0, 0, 0, 0)


def central_crop(wide: np.ndarray) -> np.ndarray:
    """The network's part (32, 112, 64) of wide crops (..., 40, 140, 80)."""
    z, y, x = ((n - m) // 2 for n, m in zip(wide.shape[-3:], SHAPE, strict=True))
    return wide[..., z : z + SHAPE[0], y : y + SHAPE[1], x : x + SHAPE[2]]


def windowed(crop: np.ndarray, low: float, high: float) -> np.ndarray:
    """Grey values as 0..1 between ``low`` and ``high``, cut there."""
    return np.clip((crop.astype(np.float32) - np.float32(low)) / np.float32(max(high - low, 1e-6)), 0.0, 1.0)


def make_batch(
    crops: np.ndarray,
    labels: np.ndarray,
    windows: np.ndarray,
    rng: np.random.Generator,
    augmentation: Augmentation,
) -> tuple[torch.Tensor, torch.Tensor]:
    """Augmented inputs (n, 1, 32, 112, 64) and outlines (n, 2, 8, 14, 16), shares of head and of necrosis.

    Args:
        crops: (n, 40, 140, 80) int16 wide crops.
        labels: the same shape, uint8.
        windows: (n, 2) percentile window of each.
    """
    n = len(crops)
    low, high = windows[:, 0].copy(), windows[:, 1].copy()
    study = rng.random(n) < augmentation.study_window
    low[study], high[study] = STUDY_LEVEL - STUDY_WIDTH / 2, STUDY_LEVEL + STUDY_WIDTH / 2
    grey = np.stack([windowed(c, a, b) for c, a, b in zip(crops, low, high, strict=True)])
    theta = _random_affine(n, rng, augmentation)
    x = _sampled(torch.from_numpy(grey)[:, None], theta, SHAPE)
    marked = torch.from_numpy(np.stack([labels > 0, labels == 2], axis=1).astype(np.float32))
    outlines = _sampled(marked, theta, tuple(2 * m for m in OUTLINE_SHAPE))
    return _intensity(x, rng, augmentation), functional.avg_pool3d(outlines, 2)


def _random_affine(n: int, rng: np.random.Generator, how: Augmentation) -> torch.Tensor:
    """(n, 3, 4) from output to input coordinates of ``grid_sample``, in which both cubes are -1..1."""
    theta = np.zeros((n, 3, 4), np.float32)
    for i in range(n):
        a, b, c = np.radians(rng.normal(0, how.turn_deg, 3))
        about_x = np.array([[1, 0, 0], [0, np.cos(a), -np.sin(a)], [0, np.sin(a), np.cos(a)]])
        about_y = np.array([[np.cos(b), 0, np.sin(b)], [0, 1, 0], [-np.sin(b), 0, np.cos(b)]])
        about_z = np.array([[np.cos(c), -np.sin(c), 0], [np.sin(c), np.cos(c), 0], [0, 0, 1]])
        matrix = about_z @ about_y @ about_x * np.exp(rng.normal(0, how.scale))
        if rng.random() < how.mirror:
            matrix = matrix @ np.diag([-1.0, 1.0, 1.0])
        theta[i, :, :3] = matrix / WIDEN
        theta[i, :, 3] = np.clip(rng.normal(0, how.shift_mm, 3), -6, 6) / 32.0 / WIDEN
    return torch.from_numpy(theta)


def _sampled(volume: torch.Tensor, theta: torch.Tensor, shape: tuple[int, ...]) -> torch.Tensor:
    grid = functional.affine_grid(theta, [len(theta), 1, *shape], align_corners=False)
    return functional.grid_sample(volume, grid, padding_mode="border", align_corners=False)


def _intensity(x: torch.Tensor, rng: np.random.Generator, how: Augmentation) -> torch.Tensor:
    n = len(x)

    def drawn(spread: float) -> torch.Tensor:
        return torch.from_numpy(rng.normal(0, spread, (n, 1, 1, 1, 1)).astype(np.float32))

    if how.gamma:
        x = x.clamp(1e-4, 1).pow(torch.exp(drawn(how.gamma)))
    if how.shading:
        axes = torch.meshgrid(*(torch.linspace(-1, 1, m) for m in x.shape[2:]), indexing="ij")
        field: Any = sum(drawn(how.shading) * axis for axis in axes)
        x = x * torch.exp(field)
    x = x * torch.exp(drawn(how.gain)) + drawn(how.offset)
    if how.noise:
        strength = torch.from_numpy(rng.uniform(0, how.noise, (n, 1, 1, 1, 1)).astype(np.float32))
        generator = torch.Generator().manual_seed(int(rng.integers(2**31)))
        x = x + strength * torch.randn(x.shape, generator=generator)
    return x.clamp(0, 1)
