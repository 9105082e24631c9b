"""Prediction sets that hold the truth as often as they promise: split conformal, Mondrian, by patient.

Vovk, Gammerman and Shafer, Algorithmic Learning in a Random World, 2005, chapters 2 and 4: a class is in the set of a
hip unless the hip looks stranger for that class than all but a share of the calibration hips of the class. Promised and
counted for each class on its own (Mondrian), so that the rarer class is not left to the commoner one. Hips of a patient
are not exchangeable with those of others one by one; each patient counts once in a class, with the mean over his hips
(Dunn, Wasserman and Ramdas, J Am Stat Assoc 2023;118:2491).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ...core.errors import InputError
from ..clusters.proportions import clustered_share
from ..resampling import Labels, patient_numbers


@dataclass(frozen=True, eq=False)
class ConformalRule:
    """Calibrated sets of a binary model.

    Attributes:
        strangeness: class to scores of its calibration hips, ascending. The score is 1 less the probability of the class.
        weight: class to the weight of each: 1 over the hips of its patient in that class.
    """

    strangeness: tuple[np.ndarray, np.ndarray]
    weight: tuple[np.ndarray, np.ndarray]

    @classmethod
    def calibrate(
        cls, outcome: np.ndarray, probability: np.ndarray, patients: Labels | None = None
    ) -> ConformalRule:
        """From hips that did not train the model.

        Args:
            outcome: 0/1, (n,). probability: of the outcome, (n,).

        Raises:
            InputError: a class is absent.
        """
        labels, values = np.asarray(outcome), np.asarray(probability, float)
        number = patient_numbers(patients, len(labels))
        scores, weights = [], []
        for kind in (0, 1):
            rows = np.flatnonzero(labels == kind)
            if not len(rows):
                raise InputError(
                    f"No hip for calibration has outcome {kind}; prediction sets need both classes."
                )
            strange = _strangeness(values[rows], kind)
            order = np.argsort(strange, kind="stable")
            scores.append(strange[order])
            weights.append(1 / np.bincount(number[rows])[number[rows]][order])
        return cls((scores[0], scores[1]), (weights[0], weights[1]))

    def p_values(self, probability: np.ndarray) -> np.ndarray:
        """(n, 2): how usual each hip would be in class 0 and in class 1; small is strange."""
        values = np.asarray(probability, float)
        found = []
        for kind in (0, 1):
            scores, weight = self.strangeness[kind], self.weight[kind]
            above = np.append(np.cumsum(weight[::-1])[::-1], 0.0)
            at = np.searchsorted(scores, _strangeness(values, kind) - 1e-12, side="left")
            found.append((above[at] + 1) / (weight.sum() + 1))
        return np.stack(found, axis=1)

    def sets(self, probability: np.ndarray, level: float = 0.9) -> np.ndarray:
        """(n, 2) bool: whether class 0 and class 1 are in the set that holds the truth with probability ``level``."""
        return np.asarray(self.p_values(probability) > 1 - level)


def _strangeness(probability: np.ndarray, kind: int) -> np.ndarray:
    return 1 - probability if kind == 1 else probability


def cross_conformal_sets(
    outcome: np.ndarray,
    probability: np.ndarray,
    fold: np.ndarray,
    patients: Labels | None = None,
    level: float = 0.9,
) -> np.ndarray:
    """Sets (n, 2) of held-out hips, each fold calibrated by the held-out hips of the other folds.

    Vovk, Ann Math Artif Intell 2015;74:9. No hip, and no patient, calibrates its own set.

    Args:
        fold: of each hip; a patient's hips are in one fold.
    """
    outcome, probability, fold = np.asarray(outcome), np.asarray(probability, float), np.asarray(fold)
    people = patient_numbers(patients, len(outcome))
    found = np.zeros((len(outcome), 2), bool)
    for one in np.unique(fold):
        out = fold == one
        rule = ConformalRule.calibrate(outcome[~out], probability[~out], people[~out])
        found[out] = rule.sets(probability[out], level)
    return found


def set_summary(
    outcome: np.ndarray, sets: np.ndarray, patients: Labels | None = None, level: float = 0.9
) -> pd.DataFrame:
    """What the sets came to. A row for all hips, class 0 and class 1.

    Returns:
        ``of`` ("all hips", "0", "1"), ``hips``, ``promised``, ``coverage`` with ``low`` and ``high`` (Wilson at the
        effective number of hips), and the shares ``single`` (one class), ``both`` (undecided) and ``none``.
    """
    labels, people = np.asarray(outcome), patient_numbers(patients, len(outcome))
    hit = np.where(labels == 1, sets[:, 1], sets[:, 0])
    size = sets.sum(axis=1)
    rows = []
    for name, chosen in (("all hips", labels >= 0), ("0", labels == 0), ("1", labels == 1)):
        share = clustered_share(hit[chosen], people[chosen])
        rows.append(
            {
                "of": name,
                "hips": int(chosen.sum()),
                "promised": level,
                "coverage": share.value,
                "low": share.low,
                "high": share.high,
                "single": float((size[chosen] == 1).mean()),
                "both": float((size[chosen] == 2).mean()),
                "none": float((size[chosen] == 0).mean()),
            }
        )
    return pd.DataFrame(rows)
