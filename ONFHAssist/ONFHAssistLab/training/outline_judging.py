"""How an outliner is judged on validation cubes, and how its rule for necrosis is chosen on them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import torch

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.segment.outliner import (
    MIN_NECROSIS_ML,
    SIZE,
    SPACING_MM,
    pieces_of_necrosis,
    probabilities,
    share_of_necrosis,
    sure_pieces,
)

from .volumes import TrainingArrays

GREYS = 170  # of 255 in a cube that stand for the brightness of marrow
THRESHOLDS = np.linspace(0.3, 0.9, 13)
LESION_ML = 2.0  # lesions whose outline is judged
FOUND_ML = 1.0  # lesions that have to be found
ALARM_ML = 0.5
HEAD_ML = 15.0  # less of a head is no head to judge
LOST = 0.01  # share of lesions that the certainty may lose more than without it
VOXEL_ML = SPACING_MM**3 / 1000

Pairs = Iterable[tuple[torch.nn.Module, Iterable[TrainingArrays]]]
Metrics = dict[str, dict[str, float]]


@dataclass(frozen=True)
class NecrosisRule:
    """Share from which on a voxel is necrosis; mean share from which on a connected piece of them is."""

    threshold: float
    certainty: float = 0.0


@dataclass
class _Cubes:
    """What was seen of the cubes with a head: found (z, y, x), share and truth; kept small (half precision)."""

    inside: list[np.ndarray] = field(default_factory=list)
    share: list[np.ndarray] = field(default_factory=list)
    truth: list[np.ndarray] = field(default_factory=list)

    def lesion_ml(self) -> np.ndarray:
        """Volume of the true necrosis in each."""
        return np.array([(truth == 2).sum() * VOXEL_ML for truth in self.truth])

    def necrosis(self, number: int, rule: NecrosisRule) -> np.ndarray:
        """What the rule makes of one cube."""
        share = self.share[number].astype(np.float32)
        found = self.inside[number] & (share >= rule.threshold)
        return sure_pieces(found, share, VOXEL_ML, rule.certainty)[0]


def validate(pairs: Pairs) -> tuple[NecrosisRule, Metrics]:
    """The rule for necrosis with a good Dice, few false alarms and volumes without bias, and the figures at it.

    Args:
        pairs: networks and the cubes that each is judged on.

    Raises:
        InputError: the cubes hold no lesion, or no healthy head.
    """
    cubes = _seen(pairs)
    lesions = cubes.lesion_ml()
    if not (lesions > LESION_ML).any() or not (lesions == 0).any():
        raise InputError("The validation patients show no lesion, or no healthy head; use more patients.")
    options = []
    for threshold in THRESHOLDS:
        rule = NecrosisRule(float(round(threshold, 3)), _certainty(cubes, float(threshold)))
        options.append((rule, *_judged(cubes, rule)))
    merit = np.array(
        [np.median(dice) - alarms.mean() + found.mean() for _, dice, _, alarms, found in options]
    )
    # Among thresholds that are as good as the best, the one that makes lesions neither larger nor smaller.
    bias = np.array([abs(np.median(ratios) - 1.0) for _, _, ratios, _, _ in options])
    best = int(np.argmin(np.where(merit >= merit.max() - 0.02, bias, np.inf)))
    return options[best][0], _figures(cubes, options[best][0])


def evaluate_at(pairs: Pairs, rule: NecrosisRule) -> Metrics:
    """Figures at a rule that is given, over networks and the cubes that each is judged on."""
    return _figures(_seen(pairs), rule)


def _seen(pairs: Pairs) -> _Cubes:
    cubes = _Cubes()
    for network, arrays in pairs:
        network.eval()
        for cube in arrays:
            image, truth = _middle(cube)
            if (truth > 0).sum() * VOXEL_ML < HEAD_ML:
                continue
            found = probabilities(network, image)
            inside = 1.0 - found[0]
            cubes.inside.append(inside >= 0.5)
            cubes.share.append(share_of_necrosis(inside, found[2]).astype(np.float16))
            cubes.truth.append(truth)
    return cubes


def _middle(cube: TrainingArrays) -> tuple[np.ndarray, np.ndarray]:
    """Image and labels of a cube as the network sees them."""
    where = tuple(slice((edge - SIZE) // 2, (edge - SIZE) // 2 + SIZE) for edge in cube[0].shape)
    return cube[0][where].astype(np.float32) / GREYS, cube[1][where]


def _certainty(cubes: _Cubes, threshold: float) -> float:
    """The mean share of a piece that parts false alarms from lesions, halfway where nothing lies between.

    Of all that lose no more than ``LOST`` of the lesions over ``FOUND_ML`` it is the one with the fewest alarms; among
    those the middle, since neither hospitals' lesions nor their healthy marrow are quite those of the validation.
    """
    lesions, alarms = [], []
    for number, volume in enumerate(cubes.lesion_ml()):
        share = cubes.share[number].astype(np.float32)
        pieces, sizes, mean = pieces_of_necrosis(cubes.inside[number] & (share >= threshold), share)
        large = sizes * VOXEL_ML >= MIN_NECROSIS_ML
        if volume == 0:
            alarms.append(mean[large].max(initial=0.0))
        elif volume > FOUND_ML:
            shared = np.bincount(pieces[cubes.truth[number] == 2], minlength=len(sizes)) * large
            lesions.append(mean[shared > 0].max(initial=0.0))
    found, false = np.array(lesions), np.array(alarms)
    limit = float(np.quantile(found[found > 0], LOST, method="lower")) if (found > 0).any() else 0.0
    levels = np.arange(0.0, max(limit, 0.0) + 1e-9, 0.005)
    left = np.array([(false >= max(level, 1e-6)).sum() for level in levels])
    best = levels[left == left.min()]
    return float(round(0.5 * (best[0] + best[-1]), 3)) if false.max(initial=0.0) > 0 else 0.0


def _judged(cubes: _Cubes, rule: NecrosisRule) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Dice and volume ratio of each larger lesion; alarm of each healthy head; whether each lesion was found."""
    dice, ratios, alarms, found = [], [], [], []
    for number, volume in enumerate(cubes.lesion_ml()):
        dead, truth = cubes.necrosis(number, rule), cubes.truth[number] == 2
        if volume == 0:
            alarms.append(dead.sum() * VOXEL_ML > ALARM_ML)
        if volume > LESION_ML:
            dice.append(_dice(dead, truth))
            ratios.append(dead.sum() / truth.sum())
        if volume > FOUND_ML:
            found.append((dead & truth).any())
    return np.array(dice), np.array(ratios), np.array(alarms, float), np.array(found, float)


def _figures(cubes: _Cubes, rule: NecrosisRule) -> Metrics:
    dice, _, alarms, found = _judged(cubes, rule)
    heads = [_dice(inside, truth > 0) for inside, truth in zip(cubes.inside, cubes.truth, strict=True)]
    figures = {"head_dice": _spread(heads)} if heads else {}
    if len(dice):
        figures["necrosis_dice_over_2_ml"] = _spread(dice)
    if len(found):
        figures["necroses_over_1_ml_found"] = _proportion(found)
    if len(alarms):
        figures["healthy_heads_called_necrotic"] = _proportion(alarms)
    return figures


def _dice(a: np.ndarray, b: np.ndarray) -> float:
    return float(2 * (a & b).sum() / max(a.sum() + b.sum(), 1))


def _spread(values: Sequence[float] | np.ndarray) -> dict[str, float]:
    low, high = np.percentile(values, [5, 95])
    return {"value": float(np.median(values)), "low": float(low), "high": float(high)}


def _proportion(values: np.ndarray) -> dict[str, float]:
    from ONFHAssistLib.evaluate.binary.discrimination import wilson_interval

    low, high = wilson_interval(int(values.sum()), len(values))
    return {"value": float(values.mean()), "low": float(low), "high": float(high)}
