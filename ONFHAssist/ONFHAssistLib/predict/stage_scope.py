"""Whether an image is like those that the stager learned from: what its header says, and how far its features lie.

The distance is Mahalanobis' under a probabilistic principal component model of the features before the classifier
(Tipping and Bishop 1999, J R Stat Soc B 61:611, equation 7; for networks Lee et al. 2018, NeurIPS), one model a
member, averaged. The threshold comes from validation hips.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..image import Image
from .head_crop import Head, share_in_view

COMPONENTS = 24
THRESHOLD_SDS = 3.0  # of the log distance of validation hips
LEAST_IN_VIEW = 0.97


@dataclass(frozen=True)
class Scope:
    """The feature models.

    Attributes:
        mean: (members, size). axes: (members, k, size), each divided by its standard deviation.
        noise: (members,) standard deviation off the axes.
        threshold: of :meth:`distance`.
    """

    mean: np.ndarray
    axes: np.ndarray
    noise: np.ndarray
    threshold: float

    def distance(self, features: np.ndarray) -> np.ndarray:
        """Root mean square distance in standard deviations, averaged over members; (members, n, size) to (n,)."""
        size = self.mean.shape[1]
        total = []
        for mean, axes, noise, x in zip(self.mean, self.axes, self.noise, features, strict=True):
            away = np.asarray(x, float) - mean
            along = away @ axes.T
            length = np.linalg.norm(axes, axis=1)
            rest = (away**2).sum(axis=1) - ((along / length) ** 2).sum(axis=1)
            total.append(np.sqrt(((along**2).sum(axis=1) + np.maximum(rest, 0) / noise**2) / size))
        return np.mean(total, axis=0)


def fit(train: np.ndarray, validation: np.ndarray, fold: np.ndarray | None = None) -> Scope:
    """Models from training hips, threshold from validation hips.

    Args:
        train, validation: (members, n, size) features.
        fold: (n,) which member held a training hip out; its features are then left out of that member's model, so that
            all hips of the model are alike in having been trained on.
    """
    means, axes, noises = [], [], []
    for number, features in enumerate(np.asarray(train, float)):
        own = features if fold is None or not len(fold) else features[fold != number]
        mean = own.mean(axis=0)
        _, s, vt = np.linalg.svd(own - mean, full_matrices=False)
        variance = s**2 / max(len(own) - 1, 1)
        k = min(COMPONENTS, len(variance) - 1)
        noise = variance[k:].sum() / max(features.shape[1] - k, 1)
        means.append(mean)
        axes.append(vt[:k] / np.sqrt(np.maximum(variance[:k], 1e-12))[:, None])
        noises.append(np.sqrt(max(noise, 1e-12)))
    scope = Scope(np.array(means), np.array(axes), np.array(noises), np.inf)
    log = np.log(scope.distance(validation))
    return Scope(scope.mean, scope.axes, scope.noise, float(np.exp(log.mean() + THRESHOLD_SDS * log.std())))


def facts_against(image: Image, accepts: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """What the header says against the bundle (out of scope), and what it does not say (warnings)."""
    against, unsaid = [], []
    for fact in ("modality", "sequence"):
        wanted, found = accepts.get(fact), image.metadata.get(fact)
        if wanted and found and found not in wanted:
            against.append(f"The image's {fact} is {found}; the stager learned from {', '.join(wanted)}.")
        elif wanted and not found:
            unsaid.append(
                f"The image does not state its {fact}; the stager learned from {', '.join(wanted)}."
            )
    low, high = accepts["spacing_mm"]
    if max(image.spacing) > high or min(image.spacing) < low:
        spacing = " x ".join(f"{s:.2f}" for s in image.spacing)
        against.append(
            f"The voxels of {spacing} mm are outside the {low:g} to {high:g} mm of the training images."
        )
    return against, unsaid


def why_not_staged(image: Image, head: Head, crop: np.ndarray) -> str | None:
    """Why a hip cannot be staged at all, in one sentence; None if it can."""
    if not np.isfinite(crop).all():
        return f"Hip {head.side} is not staged: the image holds NaN or infinite values about the head."
    inside = share_in_view(image, head)
    if inside < LEAST_IN_VIEW:
        return f"Hip {head.side} is not staged: only {inside:.0%} of the femoral head lies within the field of view."
    low, high = np.percentile(crop, [2, 98])
    if high - low <= 1e-6 * max(abs(high), abs(low), 1e-30):
        return f"Hip {head.side} is not staged: the image has one value everywhere about the head."
    return None
