"""Find the femoral heads in a hip MRI of any orientation, spacing and field of view.

The volume is brought onto a grid of 4 mm along the patient's axes, a :mod:`.yolox` network gives boxes, and each box gets
its side from where it lies in the patient (:mod:`.side`), never from the order in which boxes are found.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ..bundles.bundle import Bundle
from ..bundles.defaults import default_detector
from ..bundles.kinds import DETECTOR, KINDS
from ..bundles.loading import load
from ..core.errors import InputError
from ..core.vectors import as_point
from ..imaging.image import Image
from .grids import grid_around, resample_for_network, scale_intensities, visible_share
from .side import decide_side

if TYPE_CHECKING:
    import torch

DEFAULT_BUNDLE = KINDS[DETECTOR].standard[0]
SPACING_MM = 4.0
SIZE_MULTIPLE = 8  # the coarsest cells of the network
HALF_HIP_MM = 100.0  # two heads further apart than this are the two hips of one patient
MAX_BOX_OVERLAP = 0.2  # boxes that share more than this are one
SIDE_CERTAINTY = 0.9
FAINT = 0.15  # the least score of a candidate: at it no false head was confirmed in 119 real series
PROSTHESIS_SCORE_RATIO = (
    0.5  # a head of this share of a prosthesis' score in the same place stays a candidate for the outliner
)


@dataclass(frozen=True)
class FoundHead:
    """A femoral head (or a prosthesis in its place) as the detector sees it.

    Attributes:
        side: "R" or "L".
        centre: LPS mm. radius: mm, half the mean edge of the box.
        box: two LPS corners in mm (low, high).
        score: 0 to 1.
        left_probability: the network's own probability, from the anatomy, that this is a left hip.
        visible_share: share of the head's sphere inside the field of view.
    """

    side: str
    centre: np.ndarray
    radius: float
    box: tuple[tuple[float, float, float], tuple[float, float, float]]
    score: float
    left_probability: float
    visible_share: float


@dataclass(frozen=True)
class Detection:
    """Heads and prostheses, right before left, and what a reader should know, in sentences.

    Heads are candidates that :mod:`.pipeline` confirms by their outline; a side may have a head and a prosthesis then.
    ``faint`` are candidates below the detector's threshold, best first and without a side, for a side that has no head:
    only an outline that leaves no doubt makes one of them a head.
    """

    heads: tuple[FoundHead, ...]
    prostheses: tuple[FoundHead, ...]
    warnings: tuple[str, ...]
    faint: tuple[FoundHead, ...] = ()


@dataclass(frozen=True)
class Detector:
    """A network with its thresholds, ready to use."""

    network: torch.nn.Module
    threshold: float
    prosthesis_threshold: float
    bundle: Bundle | None = None


def load_detector(bundle: str | Path | None = None) -> Detector:
    """The detector of a bundle, opened once (:func:`ONFHAssistLib.bundles.loading.load`).

    Args:
        bundle: by name or folder; None takes :func:`ONFHAssistLib.bundles.defaults.default_detector`.

    Raises:
        InputError: the bundle is not valid, of another kind, or its weights do not fit its network.
    """
    return load(default_detector() if bundle is None else bundle, DETECTOR, _opened)


def _opened(bundle: Bundle) -> Detector:
    return detector_from_state(bundle.state_dict(), bundle.settings(), bundle)


def detector_from_state(
    state: dict[str, torch.Tensor], settings: dict[str, Any], bundle: Bundle | None = None
) -> Detector:
    """A detector from weights and the settings of ``inference.json``.

    Raises:
        InputError: another network, or weights that do not fit it.
    """
    from ..bundles.direct_convolution import with_direct_convolutions
    from .yolox import Yolox3d

    if settings.get("network") != "yolox_3d":
        raise InputError(f"The bundle's network is '{settings.get('network')}'; a detector needs 'yolox_3d'.")
    network = Yolox3d(int(settings["width"]))
    try:
        network.load_state_dict({k: v.float() if v.is_floating_point() else v for k, v in state.items()})
    except RuntimeError as error:
        raise InputError(
            "The weights of the detector do not fit its network; the bundle is refused."
        ) from error
    return Detector(
        with_direct_convolutions(network.eval()),
        float(settings["threshold"]),
        float(settings["prosthesis_threshold"]),
        bundle,
    )


def find_heads(image: Image, detector: Detector | None = None) -> Detection:
    """Femoral heads and prostheses in an MR volume, at most one a side.

    Args:
        image: MR volume, any orientation and spacing.
        detector: the shipped one by default.

    Raises:
        InputError: a single slice, or a volume without contrast.
    """
    image.require_volume()
    detector = detector or load_detector()
    grid = grid_around(image, SPACING_MM, SIZE_MULTIPLE)
    array = scale_intensities(resample_for_network(image, grid).array)
    if not array.any():
        raise InputError("The volume has one value everywhere; there is nothing to find.")
    rows = run_network(detector.network, array)
    found = {}
    lowest = min(detector.threshold, FAINT)
    for kind, threshold in enumerate((lowest, detector.prosthesis_threshold)):
        found[kind] = [_to_found_head(row, grid, image) for row in best_boxes(rows, kind, threshold)]
    warnings: list[str] = []
    heads = [
        h
        for h in found[0]
        if all(_are_apart(h, p) or h.score >= PROSTHESIS_SCORE_RATIO * p.score for p in found[1])
    ]
    faint = [h for h in heads if h.score < detector.threshold]
    heads = _best_per_side(image, [h for h in heads if h.score >= detector.threshold], warnings)
    prostheses = _best_per_side(image, found[1], [])
    faint = [h for h in faint if all(_are_apart(h, p) for p in prostheses)]
    return Detection(tuple(heads), tuple(prostheses), tuple(warnings), tuple(faint))


def run_network(network: torch.nn.Module, array: np.ndarray) -> np.ndarray:
    """Rows (cells, 10) of :class:`.yolox.Yolox3d` for one volume, scores as probabilities."""
    import torch

    with torch.inference_mode():
        rows = network(torch.from_numpy(array)[None, None])[0]
        rows[:, 6:] = rows[:, 6:].sigmoid()
    return rows.numpy()


def best_boxes(rows: np.ndarray, kind: int, threshold: float) -> list[np.ndarray]:
    """Rows of one class above ``threshold``, best first, without those that overlap a better one; score in column 6."""
    import torch
    from monai.data.box_utils import non_max_suppression

    rows = rows.copy()
    rows[:, 6] *= rows[:, 7 + kind]
    rows = rows[rows[:, 6] >= threshold]
    if len(rows) == 0:
        return []
    kept = non_max_suppression(torch.from_numpy(rows[:, :6]), torch.from_numpy(rows[:, 6]), MAX_BOX_OVERLAP)
    return [rows[i] for i in np.asarray(kept)][:6]


def _to_found_head(row: np.ndarray, grid: Image, image: Image) -> FoundHead:
    """Box in voxels to LPS; its side is decided later."""
    low, high = (grid.index_to_point(corner[::-1] - 0.5) for corner in (row[:3], row[3:6]))
    centre, radius = 0.5 * (low + high), float(0.5 * (high - low).mean())
    box = (as_point(low), as_point(high))
    seen = visible_share(image, centre, radius)
    return FoundHead("?", centre, radius, box, float(row[6]), float(row[9]), seen)


def _are_apart(a: FoundHead, b: FoundHead) -> bool:
    return bool(np.linalg.norm(a.centre - b.centre) > 0.8 * (a.radius + b.radius))


def _best_per_side(image: Image, found: list[FoundHead], warnings: list[str]) -> list[FoundHead]:
    """The best one or two with their sides; two of them must lie as far apart as two hips do."""
    found = sorted(found, key=lambda head: -head.score)
    best = found[:1]
    for other in found[1:]:
        if len(best) == 1 and are_two_hips(other, best[0]):
            best.append(other)
    if len(best) == 2:
        return sides_of_two(best[0], best[1], warnings)
    return [assign_side(image, best[0], warnings)] if best else []


def are_two_hips(a: FoundHead, b: FoundHead) -> bool:
    """Whether two heads lie as far apart as the two hips of a patient."""
    return bool(abs(a.centre[0] - b.centre[0]) > HALF_HIP_MM)


def sides_of_two(a: FoundHead, b: FoundHead, warnings: list[str]) -> list[FoundHead]:
    """The right and the left of two heads."""
    right, left = sorted((a, b), key=lambda head: head.centre[0])
    for head, side in ((right, "R"), (left, "L")):
        _warn_of_side(head, side, warnings)
    return [replace(right, side="R"), replace(left, side="L")]


def assign_side(image: Image, head: FoundHead, warnings: list[str]) -> FoundHead:
    """The head with the side that header, position and, where neither can, anatomy give it; no other box has a say.

    Args:
        warnings: gets what a reader should check.
    """
    side, warning = decide_side(image, head.centre)
    if warning and "assumed midline" in warning and abs(head.left_probability - 0.5) > SIDE_CERTAINTY - 0.5:
        side = "L" if head.left_probability > 0.5 else "R"
        warning = (
            f"The file states no side and the head lies near the scanner's middle; {side} was taken from the anatomy, "
            "please check."
        )
    if warning:
        warnings.append(warning)
    else:
        _warn_of_side(head, side, warnings)
    return replace(head, side=side)


def _warn_of_side(head: FoundHead, side: str, warnings: list[str]) -> None:
    looks = (
        "L"
        if head.left_probability > SIDE_CERTAINTY
        else "R"
        if head.left_probability < 1 - SIDE_CERTAINTY
        else side
    )
    if looks != side:
        warnings.append(
            f"The hip at side {side} looks like a {'left' if looks == 'L' else 'right'} one; is the image's orientation "
            "right?"
        )
