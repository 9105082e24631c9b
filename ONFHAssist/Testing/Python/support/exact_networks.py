"""Networks that see exactly: what the tests of detection and outlining put in the place of trained ones."""

from __future__ import annotations

import numpy as np
import torch
from scipy import ndimage


class BallFinder(torch.nn.Module):
    """A box for every ball above ``level``: class 0 for value 1, class 1 for a darker one; ``left`` is its side."""

    def __init__(self, left: float = 0.5, score: float = 0.9, level: float = 0.53) -> None:
        super().__init__()
        self.left, self.score, self.level = left, score, level

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        array = x[0, 0].numpy()
        pieces, count = ndimage.label(array > self.level)
        rows = []
        for piece in range(1, count + 1):
            where = pieces == piece
            middle = np.array(ndimage.center_of_mass(where)) + 0.5
            edge = (where.sum() / (4 / 3 * np.pi)) ** (1 / 3)
            kind = 0 if array[where].max() > 0.9 else 1
            rows.append([*(middle - edge), *(middle + edge), self.score, 1.0 - kind, float(kind), self.left])
        rows = np.array(rows, np.float32).reshape(-1, 10)
        rows[:, 6:] = np.log(
            np.clip(rows[:, 6:], 1e-6, 1 - 1e-6) / (1 - np.clip(rows[:, 6:], 1e-6, 1 - 1e-6))
        )
        return torch.from_numpy(rows)[None]


class Brightness(torch.nn.Module):
    """Background, head or necrosis, of a cube in which they are 5, 60 and 100 bright; remembers what it was shown.

    Scaled they are 0, 0.58 and 1, and the limits lie midway, so that a voxel of which half is head is head.
    """

    HEAD, NECROSIS = 0.29, 0.79

    def forward(self, x):
        self.seen = x.detach().clone()
        logits = [x < self.HEAD, (x >= self.HEAD) & (x < self.NECROSIS), x >= self.NECROSIS]
        return torch.cat([8.0 * part.float() for part in logits], 1)


def rotation(a, b, c):
    x = np.array([[1, 0, 0], [0, np.cos(a), -np.sin(a)], [0, np.sin(a), np.cos(a)]])
    y = np.array([[np.cos(b), 0, np.sin(b)], [0, 1, 0], [-np.sin(b), 0, np.cos(b)]])
    z = np.array([[np.cos(c), -np.sin(c), 0], [np.sin(c), np.cos(c), 0], [0, 0, 1]])
    return z @ y @ x
