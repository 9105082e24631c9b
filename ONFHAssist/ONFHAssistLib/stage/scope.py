"""Whether an image is like those that the stager learned from: what its header says, and how far its features lie.

The distance is Mahalanobis' under a probabilistic principal component model of the features before the classifier
(Tipping and Bishop 1999, J R Stat Soc B 61:611, equation 7; for networks Lee et al. 2018, NeurIPS), one model a
member, averaged. Sequences that the stager learned from have a model each, since their hips look unlike each other,
and the nearest counts. The threshold comes from validation hips of all these sequences.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..imaging.head import FemoralHead
from ..imaging.image import Image
from .head_crop import share_in_view

COMPONENTS = 24
THRESHOLD_SDS = 3.0  # of the log distance of validation hips
MIN_SHARE_IN_VIEW = 0.97
MIN_HIPS = 3 * COMPONENTS  # of a sequence that gets a model of its own


@dataclass(frozen=True)
class Scope:
    """The feature models.

    Attributes:
        mean: (sequences, members, size); with one sequence that axis may be left out, here and below.
        axes: (sequences, members, k, size), each divided by its standard deviation.
        noise: (sequences, members) standard deviation off the axes.
        threshold: of :meth:`distance`.
    """

    mean: np.ndarray
    axes: np.ndarray
    noise: np.ndarray
    threshold: float

    def distance(self, features: np.ndarray) -> np.ndarray:
        """Root mean square distance in standard deviations, averaged over members, from the nearest sequence.

        (members, n, size) to (n,).
        """
        members, size = self.mean.shape[-2:]
        models = zip(
            self.mean.reshape(-1, members, size),
            self.axes.reshape(-1, members, *self.axes.shape[-2:]),
            self.noise.reshape(-1, members),
            strict=True,
        )
        return np.min([_distance(*model, np.asarray(features, float)) for model in models], axis=0)


def _distance(mean: np.ndarray, axes: np.ndarray, noise: np.ndarray, features: np.ndarray) -> np.ndarray:
    """Of one sequence."""
    away = features - mean[:, None]
    along = np.einsum("mns,mks->mnk", away, axes)
    length = np.linalg.norm(axes, axis=2)
    rest = (away**2).sum(axis=2) - ((along / length[:, None]) ** 2).sum(axis=2)
    square = (along**2).sum(axis=2) + np.maximum(rest, 0) / noise[:, None] ** 2
    return np.sqrt(square / mean.shape[-1]).mean(axis=0)


def fit_scope(
    train: np.ndarray,
    validation: np.ndarray,
    fold: np.ndarray | None = None,
    sequences: np.ndarray | None = None,
) -> Scope:
    """Models from training hips, threshold from validation hips.

    Args:
        train, validation: (members, n, size) features.
        fold: (n,) which member held a training hip out; its features are then left out of that member's model, so that
            all hips of the model are alike in having been trained on.
        sequences: (n,) of the training hips; those with too few hips for a model of their own share one.
    """
    train = np.asarray(train, float)
    count = train.shape[1]
    fold = np.full(count, -1) if fold is None or not len(fold) else np.asarray(fold)
    names = np.zeros(count, int) if sequences is None else np.asarray(sequences)
    groups = [names == name for name in np.unique(names)]
    if min(int(own.sum()) for own in groups) < MIN_HIPS:
        groups = [np.ones(count, bool)]
    hips = min(int((own & (fold != number)).sum()) for own in groups for number in range(len(train)))
    k = max(1, min(COMPONENTS, hips - 2, train.shape[2] - 1))
    models = [
        [_model(features[own & (fold != number)], k) for number, features in enumerate(train)]
        for own in groups
    ]
    mean, axes, noise = (np.array([[one[part] for one in group] for group in models]) for part in range(3))
    scope = Scope(mean, axes, noise, np.inf)
    log = np.log(scope.distance(validation))
    return Scope(mean, axes, noise, float(np.exp(log.mean() + THRESHOLD_SDS * log.std())))


def _model(features: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray, float]:
    """Mean, ``k`` axes over their standard deviations, and noise off them of (n, size) features."""
    mean = features.mean(axis=0)
    _, s, vt = np.linalg.svd(features - mean, full_matrices=False)
    variance = s**2 / max(len(features) - 1, 1)
    noise = variance[k:].sum() / max(features.shape[1] - k, 1)
    axes = vt[:k] / np.sqrt(np.maximum(variance[:k], 1e-12))[:, None]
    return mean, axes, float(np.sqrt(max(noise, 1e-12)))


def staging_problem(image: Image, head: FemoralHead, crop: np.ndarray) -> str | None:
    """Why a hip cannot be staged at all, in one sentence; None if it can."""
    if not np.isfinite(crop).all():
        return f"Hip {head.side} is not staged: the image holds NaN or infinite values about the head."
    inside = share_in_view(image, head)
    if inside < MIN_SHARE_IN_VIEW:
        return f"Hip {head.side} is not staged: only {inside:.0%} of the femoral head lies within the field of view."
    low, high = np.percentile(crop, [2, 98])
    if high - low <= 1e-6 * max(abs(high), abs(low), 1e-30):
        return f"Hip {head.side} is not staged: the image has one value everywhere about the head."
    return None
