"""Outline the femoral head and any necrosis in it, around a head that :mod:`.detector` found.

The network (MONAI's residual U-Net) sees an 80 mm cube at 1.25 mm along the patient's axes; a left hip is mirrored, so
that it looks like a right one. Its probabilities return to the axes of the input, on voxels of about 1 mm, before they
become labels (:mod:`..imaging.masks.fine`): on slices of 5 mm an outline would step.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import ndimage

from ..bundles.bundle import Bundle
from ..bundles.defaults import default_outliner
from ..bundles.kinds import KINDS, OUTLINER
from ..bundles.loading import load
from ..core.errors import InputError
from ..core.vectors import as_index, box_of
from ..imaging.image import Image
from ..imaging.masks.fine import fine_grid
from .grids import patient_grid, resample_for_network, scale_intensities

if TYPE_CHECKING:
    import torch

DEFAULT_BUNDLE = KINDS[OUTLINER].standard[0]
SPACING_MM = 1.25
SECOND_SPACING_MM = 1.15  # of a second look: the same hip, a little larger
SIZE = 64
CLASSES = ("background", "femoral head", "necrosis")
NETWORK: dict[str, Any] = {
    "spatial_dims": 3,
    "in_channels": 1,
    "out_channels": len(CLASSES),
    "channels": [24, 48, 96, 160],
    "strides": [2, 2, 2],
    "num_res_units": 2,
    "norm": "batch",
}
MIN_NECROSIS_ML = 0.4  # smaller islands are noise of the network more often than disease
BALL_MM = 33.0  # nothing of a head lies farther from its centre


@dataclass(frozen=True)
class Outliner:
    """A network ready to use.

    Attributes:
        necrosis_threshold: share of necrosis among head at which a voxel is necrosis.
        necrosis_certainty: mean share in a connected piece of them at which the piece is necrosis.
    """

    network: torch.nn.Module
    necrosis_threshold: float
    necrosis_certainty: float = 0.0
    bundle: Bundle | None = None


@dataclass(frozen=True)
class HeadOutline:
    """One femoral head on the finer voxels of the input.

    Attributes:
        head: boolean (z, y, x) on ``grid``, necrosis included.
        necrosis: likewise.
        grid: the empty finer voxels of a part of the input.
        corner: index (x, y, z) of the voxel of the input at which the part begins.
        certainty: mean probability of head inside the outline.
        repairs: what post-processing had to do, in sentences.
    """

    head: np.ndarray
    necrosis: np.ndarray
    grid: Image
    corner: tuple[int, int, int]
    certainty: float
    repairs: tuple[str, ...]


def build_network() -> torch.nn.Module:
    """The U-Net, untrained."""
    from monai.networks.nets import UNet

    return UNet(**NETWORK)


def load_outliner(bundle: str | Path | None = None) -> Outliner:
    """The outliner of a bundle, opened once (:func:`ONFHAssistLib.bundles.loading.load`).

    Args:
        bundle: by name or folder; None takes :func:`ONFHAssistLib.bundles.defaults.default_outliner`.

    Raises:
        InputError: the bundle is not valid, of another kind, or its weights do not fit its network.
    """
    return load(default_outliner() if bundle is None else bundle, OUTLINER, _opened)


def _opened(bundle: Bundle) -> Outliner:
    return outliner_from_state(bundle.state_dict(), bundle.settings(), bundle)


def outliner_from_state(
    state: dict[str, torch.Tensor], settings: dict[str, Any], bundle: Bundle | None = None
) -> Outliner:
    """An outliner from weights and the settings of ``inference.json``.

    Raises:
        InputError: another network, or weights that do not fit it.
    """
    from ..bundles.direct_convolution import with_direct_convolutions

    if settings.get("network") != "unet_3d_outliner":
        raise InputError(
            f"The bundle's network is '{settings.get('network')}'; an outliner needs 'unet_3d_outliner'."
        )
    network = build_network()
    try:
        network.load_state_dict({k: v.float() if v.is_floating_point() else v for k, v in state.items()})
    except RuntimeError as error:
        raise InputError(
            "The weights of the outliner do not fit its network; the bundle is refused."
        ) from error
    return Outliner(
        with_direct_convolutions(network.eval()),
        float(settings["necrosis_threshold"]),
        float(settings.get("necrosis_certainty", 0.0)),  # bundles of before have none
        bundle,
    )


def outline(
    image: Image,
    side: str,
    centre: np.ndarray,
    outliner: Outliner | None = None,
    twice: bool = False,
) -> HeadOutline | None:
    """Outline one head.

    Args:
        image: MR volume.
        side: "R" or "L". centre: LPS mm, from the detector.
        twice: look a second time, on voxels of :data:`SECOND_SPACING_MM`, and take the mean; twice the time.

    Returns:
        None where the network sees no head at the centre.
    """
    outliner = outliner or load_outliner()
    grid = patient_grid(centre, (SIZE,) * 3, SPACING_MM)
    probability = _look(image, side, grid, outliner)
    if twice:
        nearer = patient_grid(centre, (SIZE,) * 3, SECOND_SPACING_MM)
        probability = mean_of_looks(probability, grid, _look(image, side, nearer, outliner), nearer)
    return outline_of(image, grid, probability, outliner, np.asarray(centre, float))


def _look(image: Image, side: str, grid: Image, outliner: Outliner) -> np.ndarray:
    """(3, z, y, x) probabilities on ``grid``."""
    array = scale_intensities(resample_for_network(image, grid).array)
    turn = slice(None, None, -1) if side == "L" else slice(None)
    return probabilities(outliner.network, array[:, :, turn])[..., turn]


def mean_of_looks(first: np.ndarray, grid: Image, second: np.ndarray, nearer: Image) -> np.ndarray:
    """Mean of two (3, z, y, x) probabilities on ``grid``; the first alone where the nearer look does not reach."""
    back = [
        Image(one, nearer.spacing, nearer.origin, nearer.direction).resampled_to(grid).array
        for one in (*second, np.ones_like(second[0]))
    ]
    reached = back[-1] > 0.999
    return np.where(reached, 0.5 * (first + np.stack(back[:-1])), first)


def probabilities(network: torch.nn.Module, array: np.ndarray) -> np.ndarray:
    """(3, z, y, x) probabilities of a cube (z, y, x) of a right hip."""
    import torch

    with torch.inference_mode():
        x = torch.from_numpy(np.ascontiguousarray(array))[None, None]
        return torch.softmax(network(x), 1)[0].numpy()


def outline_of(
    image: Image, grid: Image, probability: np.ndarray, outliner: Outliner, centre: np.ndarray
) -> HeadOutline | None:
    """Probabilities (3, z, y, x) on ``grid`` as the outline of one head on the finer voxels of ``image``."""
    reach = 0.5 * SIZE * SPACING_MM / np.asarray(image.spacing)
    index = image.point_to_index(centre)
    low = np.clip(np.floor(index - reach), 0, image.size).astype(int)
    high = np.clip(np.ceil(index + reach) + 1, 0, image.size).astype(int)
    if np.any(high <= low):
        return None
    part = fine_grid(image, as_index(low), as_index(high))
    inside = Image(1.0 - probability[0], grid.spacing, grid.origin, grid.direction).resampled_to(part).array
    dead = Image(probability[2], grid.spacing, grid.origin, grid.direction).resampled_to(part).array
    head, repairs = one_head(inside >= 0.5, part, centre)
    if head is None:
        return None
    certainty = float(inside[head].mean())
    share = share_of_necrosis(inside, dead)
    necrosis, removed = sure_pieces(
        head & (share >= outliner.necrosis_threshold),
        share,
        part.voxel_volume_ml,
        outliner.necrosis_certainty,
    )
    repairs += removed
    return HeadOutline(head, necrosis, part, as_index(low), certainty, tuple(repairs))


def one_head(mask: np.ndarray, part: Image, centre: np.ndarray) -> tuple[np.ndarray | None, list[str]]:
    """The connected piece about ``centre``, filled; what had to be repaired, in sentences.

    Args:
        mask: (z, y, x) of ``part``. centre: LPS mm.
    """
    repairs: list[str] = []
    pieces, count = ndimage.label(mask)
    if count == 0:
        return None, repairs
    distance = part.distances(centre)
    sizes = np.bincount(pieces.ravel(), minlength=count + 1)
    near = np.bincount(pieces.ravel(), (distance < 15.0).ravel(), minlength=count + 1)
    near[0] = 0
    best = int(near.argmax())
    if near[best] == 0:
        return None, repairs
    dropped_ml = (sizes[1:].sum() - sizes[best]) * part.voxel_volume_ml
    if dropped_ml > 0.3:
        repairs.append(f"{dropped_ml:.1f} ml apart from the head were left out.")
    head = (pieces == best) & (distance <= BALL_MM)
    filled = fill_head(head)
    added_ml = (filled.sum() - head.sum()) * part.voxel_volume_ml
    if added_ml > 0.3:
        repairs.append(f"{added_ml:.1f} ml of holes in the head were filled.")
    return filled, repairs


def fill_head(head: np.ndarray) -> np.ndarray:
    """A head without holes, also none that opens only where the field of view cuts the head.

    Each face of the part is shut by a lid over the cut that it makes through the head, holes of the cut included, before
    what is enclosed is filled.
    """
    found = box_of(head)
    if found is None:
        return head.copy()
    # One voxel more about it, so that only a face of the part itself is taken for a cut.
    box = tuple(slice(max(s.start - 1, 0), s.stop + 1) for s in found)
    filled = head.copy()
    filled[box] = _filled(head[box])
    return filled


def _filled(head: np.ndarray) -> np.ndarray:
    padded = np.pad(head, 1)
    for axis in range(3):
        for end, first in ((0, 1), (-1, -2)):
            face, lid = [slice(1, -1)] * 3, [slice(1, -1)] * 3
            face[axis], lid[axis] = first, end  # type: ignore[call-overload]
            padded[tuple(lid)] = ndimage.binary_fill_holes(padded[tuple(face)])
    return np.asarray(ndimage.binary_fill_holes(padded)[1:-1, 1:-1, 1:-1])


def share_of_necrosis(inside: np.ndarray, dead: np.ndarray) -> np.ndarray:
    """Share of necrosis among head in each voxel, from the probabilities of head (with necrosis) and of necrosis."""
    return np.asarray(dead / np.maximum(inside, 0.5))


def pieces_of_necrosis(necrosis: np.ndarray, share: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Connected pieces: their numbers in (z, y, x), 0 outside; voxels and mean share of each, 0 for what is outside."""
    pieces, count = ndimage.label(necrosis)
    sizes = np.bincount(pieces.ravel(), minlength=count + 1)
    total = np.bincount(pieces.ravel(), share.ravel(), minlength=count + 1)
    sizes[0], total[0] = 0, 0.0
    return pieces, sizes, total / np.maximum(sizes, 1)


def sure_pieces(
    necrosis: np.ndarray, share: np.ndarray, voxel_ml: float, certainty: float
) -> tuple[np.ndarray, list[str]]:
    """Necrosis without specks and without pieces that the network is not sure of; what was left out, in sentences.

    A lesion has a border that is seen, so that the network is sure of nearly all of it. A dark or uneven patch of marrow
    without one gets shares in between throughout, however large it is.
    """
    pieces, sizes, mean = pieces_of_necrosis(necrosis, share)
    volume = sizes * voxel_ml
    small = (volume < MIN_NECROSIS_ML) & (volume > 0)
    unsure = (volume >= MIN_NECROSIS_ML) & (mean < certainty)
    said = [
        f"{volume[which].sum():.1f} ml {what} left out."
        for which, what in ((small, "of specks of necrosis were"), (unsure, "of doubtful necrosis were"))
        if volume[which].sum() > 0.3
    ]
    return necrosis & ~(small | unsure)[pieces], said
