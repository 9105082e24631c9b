"""Which voxels about a known femoral head are proximal femur: head, neck, trochanters and the upper shaft.

The network (MONAI's residual U-Net) sees a block of 128 x 96 x 144 mm at 2 mm along the patient's axes, placed by the
centre of the head; a left hip is mirrored, so that it looks like a right one. What it is for is the way of a drill through
the bone (:mod:`..drilling`), so its outline returns as a probability on voxels of any size, not as labels of 2 mm.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import ndimage

from ..bundles.bundle import Bundle
from ..bundles.defaults import default_femur
from ..bundles.kinds import FEMUR
from ..bundles.loading import load
from ..core.errors import InputError
from ..imaging.image import Image
from .grids import patient_grid, resample_for_network, scale_intensities

if TYPE_CHECKING:
    import torch

SPACING_MM = 2.0
SIZE = (72, 48, 64)  # (z, y, x)
OUTWARD_MM, UP_MM = 25.0, -35.0  # of the block's middle from the centre of the head
NETWORK: dict[str, Any] = {
    "spatial_dims": 3,
    "in_channels": 1,
    "out_channels": 1,
    "channels": [16, 32, 64, 128],
    "strides": [2, 2, 2],
    "num_res_units": 2,
    "norm": "batch",
}


@dataclass(frozen=True)
class FemurFinder:
    """A network ready to use, and the bundle that it came from."""

    network: torch.nn.Module
    bundle: Bundle | None = None


def build_network() -> torch.nn.Module:
    """The U-Net, untrained."""
    from monai.networks.nets import UNet

    return UNet(**NETWORK)


def block_about(centre: np.ndarray, side: str, size: tuple[int, int, int] = SIZE) -> Image:
    """The empty grid of the network about a head centre (LPS mm) of side "R" or "L"."""
    outward = 1.0 if side == "L" else -1.0  # x grows to the patient's left
    middle = np.asarray(centre, float) + np.array([outward * OUTWARD_MM, 0.0, UP_MM])
    return patient_grid(middle, size, SPACING_MM)
