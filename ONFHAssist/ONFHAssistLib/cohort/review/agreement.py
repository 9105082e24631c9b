"""How far two readers of a cohort agree: on accepting and rejecting, and in what they corrected.

Cohen J (1960) Educ Psychol Meas 20:37-46 - kappa. Its interval resamples patients, since the hips of one are not
independent; one that can be computed in too few resamples is not given.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from .decisions import ACCEPT, CORRECTED, REJECT, Judgement
from .folder import Hip

RESAMPLES = 1000
_KINDS = (ACCEPT, CORRECTED, REJECT)
_LEAST = 0.9  # of the resamples must have a kappa


@dataclass(frozen=True)
class ReviewAgreement:
    """Two readers.

    Attributes:
        readers: their names. hips: that both decided. same: share of them with the same decision, 0..1.
        kappa: of accept, corrected and reject; NaN where both said the same of all. low, high: 95% interval by patient.
        table: (first's decision, second's) to the number of hips.
        dice: structure to the median Dice of both readers' outlines, over hips that at least one of them corrected.
    """

    readers: tuple[str, str]
    hips: int
    same: float
    kappa: float
    low: float
    high: float
    table: Mapping[tuple[str, str], int] = field(default_factory=dict)
    dice: Mapping[str, float] = field(default_factory=dict)


def agree(
    readers: tuple[str, str],
    first: Mapping[Hip, Judgement],
    second: Mapping[Hip, Judgement],
    patients: Mapping[Hip, str],
    dice: Mapping[str, Sequence[float]] | None = None,
) -> ReviewAgreement:
    """Agreement on the hips that both decided; outdated decisions do not count.

    Args:
        patients: hip to whose it is. dice: structure to the Dice of each hip that at least one of them corrected.
    """
    hips = [h for h in patients if _counts(first.get(h)) and _counts(second.get(h))]
    a = np.array([_KINDS.index(first[h].decision) for h in hips], int)
    b = np.array([_KINDS.index(second[h].decision) for h in hips], int)
    who = np.unique([patients[h] for h in hips], return_inverse=True)[1] if hips else np.zeros(0, int)
    low, high = _interval(a, b, who)
    table = {(_KINDS[x], _KINDS[y]): int(((a == x) & (b == y)).sum()) for x in range(3) for y in range(3)}
    return ReviewAgreement(
        readers,
        len(hips),
        float((a == b).mean()) if hips else math.nan,
        _kappa(a, b),
        low,
        high,
        {pair: count for pair, count in table.items() if count},
        {name: float(np.median(values)) for name, values in (dice or {}).items() if len(values)},
    )


def _counts(one: Judgement | None) -> bool:
    return one is not None and one.decision in _KINDS and not one.outdated


def _kappa(a: np.ndarray, b: np.ndarray) -> float:
    if not len(a):
        return math.nan
    seen = float((a == b).mean())
    chance = sum(float((a == k).mean()) * float((b == k).mean()) for k in range(len(_KINDS)))
    return math.nan if chance >= 1.0 - 1e-12 else (seen - chance) / (1.0 - chance)


def _interval(a: np.ndarray, b: np.ndarray, who: np.ndarray) -> tuple[float, float]:
    """Percentiles over resamples of patients, from counts of each pair of decisions."""
    count = int(who.max()) + 1 if len(who) else 0
    if count < 2:
        return math.nan, math.nan
    cells = np.zeros((count, 9))
    np.add.at(cells, (who, 3 * a + b), 1.0)
    rng = np.random.default_rng(19)
    weights = rng.multinomial(count, np.full(count, 1.0 / count), RESAMPLES)
    tables = (weights @ cells).reshape(RESAMPLES, 3, 3)
    total = tables.sum((1, 2))
    seen = np.trace(tables, axis1=1, axis2=2) / total
    chance = (tables.sum(2) * tables.sum(1)).sum(1) / total**2
    with np.errstate(divide="ignore", invalid="ignore"):
        kappas = (seen - chance) / (1.0 - chance)
    kappas = kappas[np.isfinite(kappas)]
    if len(kappas) < _LEAST * RESAMPLES:
        return math.nan, math.nan
    low, high = np.percentile(kappas, [2.5, 97.5])
    return float(low), float(high)
