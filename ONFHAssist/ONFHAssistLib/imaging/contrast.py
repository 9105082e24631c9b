"""What a series looks like about the femoral heads: T1-weighted, T2-weighted or fat-suppressed, for files that do not say
and against files that say otherwise.

Fatty marrow and fat are bright on T1 and on T2 alike, and dark where fat is suppressed; muscle is 0.35 to 0.6 times as
bright as marrow on T1 and 0.15 to 0.3 times on T2, whose fluid outshines fat. Necrosis, oedema, effusion and the coil
(fat at its surface is 1.5 times as bright as marrow on real pelves) move each of these, so that no one of them decides:
nine ratios of grey values (:data:`RATIOS`) go through one linear model, whose numbers stand in
``Resources/contrast.json`` and were fitted on simulated and real series by ``benchmarks/contrast.py``. A series whose
ratios lie outside those that its class had is none of the three. Docs/stage.md has the figures.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from ..core.resources import resource_path
from ..core.vectors import as_index, as_point
from .image import Image

T1, T2, FAT_SUPPRESSED = "T1-weighted", "T2-weighted", "fat-suppressed"
CONTRASTS = (T1, T2, FAT_SUPPRESSED)
CONTRASTS_OF_SEQUENCE = {
    "T1": (T1,),
    "T2": (T2,),
    "T2 FS": (FAT_SUPPRESSED,),
    "STIR": (FAT_SUPPRESSED,),
    "PD": (T1, T2),  # without fat suppression it lies between the two
    "PD FS": (FAT_SUPPRESSED,),
}
# What may be meant by a contrast. PD is left out: its marrow and muscle are those of T1, its fluid that of T2.
SEQUENCES_OF_CONTRAST = {T1: ("T1",), T2: ("T2",), FAT_SUPPRESSED: ("T2 FS", "STIR", "PD FS")}
_REGIONS = {"head": (0.0, 0.8), "joint": (0.95, 1.2), "around": (1.2, 2.2)}  # in head radii from the centre
_PERCENTILES = {"head": (10,), "joint": (50, 90, 99), "around": (10, 25, 50, 75, 99)}
RATIOS = tuple(f"{region} {percent}%" for region, percents in _PERCENTILES.items() for percent in percents)
_MARROW_PERCENTILE = 75  # of the head: necrosis is darker on T1
_AIR = 0.05  # of the brightest (99%) there: what is darker is outside the body
_DOUBT = 0.01  # least probability of a class at a head, so that one head never decides against the other
_LEAST = 1e-3  # ratio below which it makes no difference
_MIN_VOXELS = 50
_FINE_MM = 1.5


@dataclass(frozen=True)
class ContrastModel:
    """The linear model of the contrasts.

    Attributes:
        intercept: (classes,). weights: (classes, ratios), of the logarithms of :data:`RATIOS`.
        low: (classes, ratios) logarithm of the least ratio that a series of the class has. high: of the most.
        certainty: the least probability that is an answer.
    """

    intercept: np.ndarray
    weights: np.ndarray
    low: np.ndarray
    high: np.ndarray
    certainty: float

    def log_probability(self, ratios: np.ndarray) -> np.ndarray:
        """Of each class of :data:`CONTRASTS`, at each head: (heads, ratios) to (heads, classes)."""
        score = np.log(ratios) @ self.weights.T + self.intercept
        score -= score.max(axis=1, keepdims=True)
        return np.asarray(score - np.log(np.exp(score).sum(axis=1, keepdims=True)))

    def contrast_of(self, ratios: np.ndarray) -> str | None:
        """Of a series, from (heads, ratios); None where no class is certain, or the ratios are not its own."""
        each = np.maximum(self.log_probability(ratios), np.log(_DOUBT))
        mean = np.exp(each.mean(axis=0))
        best = int(mean.argmax())
        logs = np.log(ratios)
        own = np.all((logs >= self.low[best]) & (logs <= self.high[best]))
        return CONTRASTS[best] if own and mean[best] / mean.sum() >= self.certainty else None


@cache
def contrast_model() -> ContrastModel:
    """The fitted numbers of ``Resources/contrast.json``."""
    numbers: Mapping[str, Any] = json.loads(resource_path("contrast.json").read_text(encoding="utf-8"))
    classes = [numbers["contrasts"][name] for name in CONTRASTS]
    rows = {
        part: np.array([[one[part][ratio] for ratio in RATIOS] for one in classes])
        for part in ("weights", "least", "most")
    }
    intercept = np.array([one["intercept"] for one in classes])
    low, high = np.log(rows["least"]), np.log(rows["most"])
    return ContrastModel(intercept, rows["weights"], low, high, float(numbers["certainty"]))


def infer_contrast(image: Image, heads: Iterable[Any]) -> str | None:
    """How a series looks about all of its heads together.

    Args:
        image: MR volume; any orientation and spacing.
        heads: with ``centre`` (LPS mm) and ``radius`` (mm).

    Returns:
        One of :data:`CONTRASTS`, or None where none is certain, or a head is not in the field of view.
    """
    found = [tissue_ratios(image, np.asarray(head.centre, float), float(head.radius)) for head in heads]
    known = [ratios for ratios in found if ratios is not None]
    if not known or len(known) < len(found):
        return None
    return contrast_model().contrast_of(np.array([list(ratios.values()) for ratios in known]))


def contrast_excludes(contrast: str | None, sequences: Iterable[str]) -> bool:
    """Whether a look is that of none of these sequences; False where nothing is clear or no sequence is known here."""
    known = {look for name in sequences for look in CONTRASTS_OF_SEQUENCE.get(name, ())}
    return contrast is not None and bool(known) and contrast not in known


def tissue_ratios(image: Image, centre: np.ndarray, radius: float) -> dict[str, float] | None:
    """The ratios of :data:`RATIOS` at one head.

    Each is a percentile of the head (within 0.8 radii of its centre), of the joint about it (0.95 to 1.2 radii) or of
    what lies around (1.2 to 2.2 radii), over the marrow, which is the 75th percentile of the head. Air is left out.

    Args:
        image: MR volume. centre: LPS mm. radius: mm.

    Returns:
        None where too little of this is in the field of view, or the marrow is not positive.
    """
    middle = image.point_to_index(centre)
    reach = _REGIONS["around"][1] * radius / np.asarray(image.spacing)
    low = np.clip(np.floor(middle - reach), 0, image.size).astype(int)
    high = np.clip(np.ceil(middle + reach) + 1, 0, image.size).astype(int)
    if np.any(high <= low):
        return None
    part = _subsampled(image.cropped(as_index(low), as_index(high)))
    distance = part.distances(centre) / radius
    near = distance < _REGIONS["around"][1]
    distance, values = distance[near], np.nan_to_num(np.asarray(part.array[near], float))
    if not values.size:
        return None
    body = (values > _AIR * np.percentile(values, 99)) | (distance < _REGIONS["head"][1])
    regions = {
        name: values[body & (distance >= inner) & (distance < outer)]
        for name, (inner, outer) in _REGIONS.items()
    }
    if min(region.size for region in regions.values()) < _MIN_VOXELS:
        return None
    marrow = float(np.percentile(regions["head"], _MARROW_PERCENTILE))
    if marrow <= 0:
        return None
    found = np.concatenate([np.percentile(regions[name], _PERCENTILES[name]) for name in _REGIONS])
    return dict(zip(RATIOS, (float(ratio) for ratio in np.maximum(found / marrow, _LEAST)), strict=True))


def _subsampled(image: Image) -> Image:
    """Every second or further voxel of an axis that is finer than needed; the percentiles stay."""
    steps = [max(1, int(_FINE_MM / s)) for s in image.spacing]
    spacing = as_point(s * n for s, n in zip(image.spacing, steps, strict=True))
    array = image.array[tuple(slice(None, None, n) for n in steps[::-1])]
    return Image(array, spacing, image.origin, image.direction)
