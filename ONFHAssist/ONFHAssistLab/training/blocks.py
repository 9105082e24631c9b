"""Blocks for a batch, cut from larger prepared volumes: shifted and of other contrast at random."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch

from .outline_judging import GREYS
from .volumes import TrainingArrays

MARGIN = 4  # voxels more on every side, so that training can shift the block


def shifted_blocks(
    prepared: Sequence[TrainingArrays], size: Sequence[int], rng: np.random.Generator | None
) -> tuple[torch.Tensor, np.ndarray]:
    """A block of each prepared volume.

    Args:
        prepared: image (uint8, :data:`.outline_judging.GREYS` greys to one) and labels, of ``size`` and
            :data:`MARGIN` on every side.
        size: of the blocks, (z, y, x).
        rng: shifts each block and changes its contrast; without it the middle is taken as it is.

    Returns:
        Images (batch, 1, z, y, x), float32, and labels of the same shape.
    """
    images, targets = [], []
    for image, target in prepared:
        corner = np.full(3, MARGIN) if rng is None else rng.integers(0, 2 * MARGIN + 1, 3)
        where = tuple(slice(c, c + n) for c, n in zip(corner, size, strict=True))
        block = image[where].astype(np.float32) / GREYS
        if rng is not None:
            block = np.clip(block, 0, None) ** np.float32(np.exp(rng.normal(0, 0.2)))
            block = block * np.float32(rng.uniform(0.85, 1.15))
            block += rng.normal(0, rng.uniform(0, 0.05), block.shape).astype(np.float32) * (block > 0)
        images.append(block)
        targets.append(target[where])
    stacked = np.ascontiguousarray(np.stack(images), np.float32)[:, None]
    return torch.from_numpy(stacked), np.stack(targets)[:, None]
