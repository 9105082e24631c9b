"""What a stager is worth: figures a class, macro and weighted, with intervals by patient; readers beside it.

One-against-rest figures a stage; "macro" is their mean, "weighted" their mean weighted by how many hips have the
stage. The study's accuracy, sensitivity and specificity are such macro means: that accuracy is the mean of the three
one-against- rest accuracies, and is larger than the share of hips staged right, which is given beside it as
``share_right``. These one-against-rest figures and the calibration error take the most probable stage, since the
study has no other answer. What the stager answers may also be "I or II" (:func:`.answer.stage_of`): that is never
right in ``share_right`` and is counted apart (:data:`ANSWER_FIGURES`).
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pandas as pd

from ..core.errors import InputError
from ..evaluate.binary.calibration import expected_calibration_error
from ..evaluate.clusters.bootstrap import percentile_bounds
from ..evaluate.resampling import patient_weights
from .answer import ANSWERS, I_OR_II, STAGES, stage_of
from .figure_intervals import FIGURES, Part, mean_interval, share_part, stage_part

# share_right: one stage was given, and it is right. share_exact: one stage was given. share_i_or_ii: "I or II" was.
# exact_right: right of those that were given one stage. necrosis_*: necrosis or none, "I or II" being necrosis.
# stage_or_both_right: right, "I or II" counted as right where the stage is I or II.
ANSWER_FIGURES = (
    "share_right", "share_exact", "share_i_or_ii", "exact_right", "stage_or_both_right",
    "necrosis_accuracy", "necrosis_sensitivity", "necrosis_specificity",
)  # fmt: skip
MAX_READERS = 3
BINS = 10  # of the calibration error


def stage_metrics(
    stages: np.ndarray,
    probability: np.ndarray,
    patients: np.ndarray | None = None,
    n_resamples: int = 1000,
    seed: int = 0,
    level: float = 0.95,
    certainty: float = 0.5,
) -> dict[str, dict[str, float]]:
    """All figures with intervals that know the patient (:mod:`.figure_intervals`).

    Args:
        stages: (n,) 0, 1, 2.
        probability: (n, 3).
        patients: (n,) labels; None takes every hip as its own patient.
        n_resamples: of patients, for the interval of the calibration error alone.
        certainty: of the stager (:func:`.answer.stage_of`); at 0.5 it never answers "I or II".

    Returns:
        ``macro_auc``, ``weighted_f1``, ``I_sensitivity``, ..., :data:`ANSWER_FIGURES`, ``ece``, each with ``value``,
        ``low``, ``high``, and ``ece_if_calibrated`` (:func:`expected_error_if_calibrated`). A figure of a stage that no
        hip has is NaN and left out of the means.
    """
    stages, probability = np.asarray(stages), np.asarray(probability, float)
    if probability.shape != (len(stages), len(STAGES)) or not len(stages):
        raise InputError(
            f"Probabilities of shape {probability.shape} do not fit {len(stages)} hips and {len(STAGES)} stages."
        )
    found = _figures(stages, probability, patients, level)
    for name, part in _answer_parts(stages, called_stages(probability, certainty), patients, level).items():
        found[name] = part.value, part.low, part.high
    weights = patient_weights(patients, len(stages), n_resamples, seed)
    drawn = np.array([confidence_error(stages, probability, row) for row in weights])
    found["ece"] = confidence_error(stages, probability), *percentile_bounds(drawn, level)
    result = {
        name: dict(zip(("value", "low", "high"), map(float, three), strict=True))
        for name, three in found.items()
    }
    result["ece_if_calibrated"] = expected_error_if_calibrated(
        probability, max(n_resamples, 200), seed, level
    )
    return result


def _figures(
    stages: np.ndarray, probability: np.ndarray, patients: np.ndarray | None, level: float
) -> dict[str, tuple[float, float, float]]:
    """Each of :data:`FIGURES`: the mean over the stages, the mean weighted by their hips, and of each stage."""
    called = probability.argmax(axis=1)
    result: dict[str, tuple[float, float, float]] = {}
    by_stage: dict[str, tuple[float, float, float]] = {}
    for figure in FIGURES:
        parts = [
            stage_part(figure, stages == k, called == k, probability[:, k], patients, level)
            for k in range(len(STAGES))
        ]
        by_stage |= {
            f"{stage}_{figure}": (part.value, part.low, part.high)
            for stage, part in zip(STAGES, parts, strict=True)
        }
        known = [k for k, part in enumerate(parts) if part.known]
        if not known:
            result |= {f"{kind}_{figure}": (np.nan, np.nan, np.nan) for kind in ("macro", "weighted")}
            continue
        hips = np.array([np.count_nonzero(stages == k) for k in known], float)
        for kind, weight in (("macro", np.ones(len(known))), ("weighted", hips)):
            total = weight.sum()
            share = weight / total if total else np.full(len(known), 1 / len(known))
            result[f"{kind}_{figure}"] = mean_interval([parts[k] for k in known], share, patients)
    return result | by_stage


def called_stages(probability: np.ndarray, certainty: float) -> np.ndarray:
    """(n,) answers as text, from (n, 3) probabilities."""
    return np.array(
        [stage_of(dict(zip(STAGES, row, strict=True)), certainty) for row in np.asarray(probability)]
    )


def _answer_parts(
    stages: np.ndarray, called: np.ndarray, patients: np.ndarray | None, level: float
) -> dict[str, Part]:
    """:data:`ANSWER_FIGURES`."""
    truth = np.array(STAGES)[stages]
    everyone = np.ones(len(stages), bool)
    both, necrotic, called_necrotic = called == I_OR_II, truth != "0", called != "0"
    right = called == truth
    parts = {
        "share_right": (right, everyone),
        "share_exact": (~both, everyone),
        "share_i_or_ii": (both, everyone),
        "exact_right": (right, ~both),
        "stage_or_both_right": (right | (both & necrotic), everyone),
        "necrosis_accuracy": (called_necrotic == necrotic, everyone),
        "necrosis_sensitivity": (called_necrotic, necrotic),
        "necrosis_specificity": (~called_necrotic, ~necrotic),
    }
    return {name: share_part(hit, of, patients, level) for name, (hit, of) in parts.items()}


def confidence_error(
    stages: np.ndarray, probability: np.ndarray, weights: np.ndarray | None = None, bins: int = BINS
) -> float:
    """Expected calibration error of the answered stage: mean gap of its probability and of being right, over 10 bins.

    Guo et al. 2017, ICML, equation 3, bins of equal width.
    """
    called = np.asarray(probability).argmax(axis=1)
    confidence = np.take_along_axis(np.asarray(probability), called[:, None], axis=1)[:, 0]
    w = np.ones(len(called)) if weights is None else np.asarray(weights, float)
    which = np.minimum((confidence * bins).astype(int), bins - 1)
    gap = np.bincount(which, weights=w * (confidence - (called == stages)), minlength=bins)
    return float(np.abs(gap).sum() / w.sum())


def expected_error_if_calibrated(
    probability: np.ndarray, n_draws: int = 2000, seed: int = 0, level: float = 0.95
) -> dict[str, float]:
    """What :func:`confidence_error` would be if every probability were true, on hips with these probabilities.

    With few hips chance alone makes a calibration error, so that the figure has to be read beside this one. Hips are
    drawn independently.

    Args:
        probability: (n, 3).

    Returns:
        ``value`` (mean over the draws), ``low``, ``high`` (95% of them lie between).
    """
    confidence = np.asarray(probability, float).max(axis=1)
    right = np.random.default_rng(seed).random((n_draws, len(confidence))) < confidence
    which = np.minimum((confidence * BINS).astype(int), BINS - 1)
    gaps = (confidence - right) @ np.eye(BINS)[which]
    errors = np.abs(gaps).sum(axis=1) / len(confidence)
    low, high = np.quantile(errors, [0.5 - level / 2, 0.5 + level / 2])
    return {"value": float(errors.mean()), "low": float(low), "high": float(high)}


def classwise_error(stages: np.ndarray, probability: np.ndarray) -> float:
    """Mean over stages of the expected calibration error of that stage's probability; NaN with hips of one stage only."""
    present = [k for k in range(len(STAGES)) if 0 < np.count_nonzero(stages == k) < len(stages)]
    errors = [expected_calibration_error((stages == k).astype(int), probability[:, k]) for k in present]
    return float(np.mean(errors)) if errors else float("nan")


def confusion(stages: np.ndarray, called: np.ndarray) -> np.ndarray:
    """Counts (true, called), 3 x 3."""
    return np.bincount(3 * np.asarray(stages) + np.asarray(called), minlength=9).reshape(3, 3)


# readers ------------------------------------------------------------------------------------------------


def read_readers(path: str | Path) -> pd.DataFrame:
    """Stages that readers gave: columns ``case``, ``side``, ``reader``, ``stage``.

    Raises:
        InputError: a column is missing, a stage or side is unknown, more than three readers, or a hip read twice.
    """
    path = Path(path)
    if not path.is_file():
        raise InputError(
            f"{path} does not exist; a CSV with the columns case, side, reader, stage is expected."
        )
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        for name in ("case", "side", "reader", "stage"):
            if name not in (reader.fieldnames or []):
                raise InputError(f"{path} lacks the column '{name}'; case, side, reader, stage are needed.")
        rows = [{k: (row[k] or "").strip() for k in ("case", "side", "reader", "stage")} for row in reader]
    for number, row in enumerate(rows, 2):
        if row["stage"] not in ANSWERS:
            raise InputError(
                f"{path} line {number}: stage '{row['stage']}'; 0, I, II or 'I or II' is expected."
            )
        if row["side"] not in ("R", "L"):
            raise InputError(f"{path} line {number}: side '{row['side']}'; R or L is expected.")
    table = pd.DataFrame(rows, columns=["case", "side", "reader", "stage"])
    if table.empty:
        raise InputError(f"{path} holds no reading.")
    double = table.duplicated(["case", "side", "reader"])
    if double.any():
        row = table[double].iloc[0]
        raise InputError(f"{path}: reader {row['reader']} read {row['case']} {row['side']} twice; keep one.")
    if table["reader"].nunique() > MAX_READERS:
        raise InputError(f"{path} has {table['reader'].nunique()} readers; up to {MAX_READERS} are compared.")
    return table
