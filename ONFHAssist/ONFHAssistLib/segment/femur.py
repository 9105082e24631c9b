"""Which voxels about a known femoral head are proximal femur: head, neck, trochanters and the upper shaft.

The network (MONAI's residual U-Net) sees a block of 128 x 96 x 144 mm at 2 mm along the patient's axes, placed by the
centre of the head; a left hip is mirrored, so that it looks like a right one. It is there for the way of a drill through
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


def load_femur_finder(bundle: str | Path | None = None) -> FemurFinder:
    """The femur finder of a bundle, opened once (:func:`ONFHAssistLib.bundles.loading.load`).

    Args:
        bundle: by name or folder; None takes :func:`ONFHAssistLib.bundles.defaults.default_femur`.

    Raises:
        InputError: the bundle is not valid, of another kind, or its weights do not fit its network.
    """
    return load(default_femur() if bundle is None else bundle, FEMUR, _opened)


def _opened(bundle: Bundle) -> FemurFinder:
    return finder_from_state(bundle.state_dict(), bundle.settings(), bundle)


def finder_from_state(
    state: dict[str, torch.Tensor], settings: dict[str, Any], bundle: Bundle | None = None
) -> FemurFinder:
    """A femur finder from weights and the settings of ``inference.json``.

    Raises:
        InputError: another network, or weights that do not fit it.
    """
    from ..bundles.direct_convolution import with_direct_convolutions

    if settings.get("network") != "unet_3d_femur":
        raise InputError(
            f"The bundle's network is '{settings.get('network')}'; a femur finder needs 'unet_3d_femur'."
        )
    network = build_network()
    try:
        network.load_state_dict({k: v.float() if v.is_floating_point() else v for k, v in state.items()})
    except RuntimeError as error:
        raise InputError(
            "The weights of the femur finder do not fit its network; the bundle is refused."
        ) from error
    return FemurFinder(with_direct_convolutions(network.eval()), bundle)


def find_femur(image: Image, side: str, centre: np.ndarray, finder: FemurFinder | None = None) -> Image:
    """Probability of proximal femur about a known head, 0 outside the image and outside the piece that holds the head.

    Args:
        image: MR volume of any orientation and spacing.
        side: "R" or "L". centre: of the head, LPS mm.

    Returns:
        float32 on the block of :func:`block_about`, 0..1.
    """
    import torch

    finder = finder or load_femur_finder()
    grid = block_about(centre, side)
    array = scale_intensities(resample_for_network(image, grid).array)
    turn = slice(None, None, -1) if side == "L" else slice(None)
    with torch.inference_mode():
        x = torch.from_numpy(np.ascontiguousarray(array[:, :, turn]))[None, None]
        probability = torch.sigmoid(finder.network(x))[0, 0].numpy()[:, :, turn]
    seen = image.like(np.ones(image.array.shape, np.uint8)).resampled_to(grid, "nearest").array > 0
    return grid.like(np.where(seen, _piece_about(probability, grid, centre), 0.0).astype(np.float32))


def _piece_about(probability: np.ndarray, grid: Image, centre: np.ndarray) -> np.ndarray:
    """The probability in the connected piece that reaches nearest to the middle of the head, and about it."""
    pieces, count = ndimage.label(probability >= 0.5)
    if count < 2:
        return probability
    near = np.bincount(pieces.ravel(), (grid.distances(centre) < 15.0).ravel(), minlength=count + 1)
    near[0] = 0
    other = (pieces > 0) & (pieces != int(near.argmax()))
    return np.where(other, 0.0, probability)
