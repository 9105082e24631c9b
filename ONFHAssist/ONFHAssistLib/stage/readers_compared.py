"""Readers beside the stager, set by set: their own figures with intervals by patient, and McNemar's test by patient."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from ..core.errors import InputError
from ..evaluate.binary.comparison import mcnemar_test
from ..evaluate.clusters.bootstrap import patient_bootstrap
from ..evaluate.clusters.proportions import clustered_share
from .answer import I_OR_II, STAGES

READER_FIGURES = ("right", "sensitivity", "specificity", "f1", "kappa")
_RESAMPLES = 1000


def compare_readers(
    results: pd.DataFrame, readings: pd.DataFrame, n_resamples: int = _RESAMPLES, level: float = 0.95
) -> list[dict[str, Any]]:
    """The stager against each reader on the hips that both staged, each set of patients by itself.

    Args:
        results: columns ``case`` (the patient), ``side``, ``truth``, ``called`` (answers as text), and ``set`` where
            there is more than one. "I or II" is right for neither.
        readings: as :func:`.evaluation.read_readers` gives them.

    Returns:
        One mapping a set and reader: ``set``, ``reader``, ``hips``, ``patients``; for ``reader`` and ``stager`` each of
        :data:`READER_FIGURES` (``reader_right``, ``reader_right_low``, ``reader_right_high``, ...);
        ``stager_i_or_ii`` (share of hips that the stager calls "I or II"), ``only_stager``, ``only_reader``,
        ``statistic``, ``p`` (Durkalski's), ``p_exact`` and ``p_mid`` (by exchange within patients).

    Raises:
        InputError: a reader read none of the hips.
    """
    sets = results["set"] if "set" in results else pd.Series("", index=results.index)
    rows: list[dict[str, Any]] = []
    for reader, own in readings.groupby("reader", sort=True):
        found = 0
        for name, part in results.groupby(sets, sort=False):
            both = part.merge(own, on=["case", "side"])
            found += len(both)
            if len(both):
                rows.append({"set": str(name), "reader": reader, **_compared(both, n_resamples, level)})
        if not found:
            raise InputError(f"Reader {reader} read none of the {len(results)} hips that were staged.")
    return rows


def _compared(both: pd.DataFrame, n_resamples: int, level: float) -> dict[str, Any]:
    truth, patients = both["truth"].to_numpy(), both["case"].to_numpy()
    answers = {"stager": both["called"].to_numpy(), "reader": both["stage"].to_numpy()}
    row: dict[str, Any] = {"hips": len(both), "patients": both["case"].nunique()}
    for who, called in answers.items():
        for figure, (value, low, high) in reader_figures(truth, called, patients, n_resamples, level).items():
            row |= {f"{who}_{figure}": value, f"{who}_{figure}_low": low, f"{who}_{figure}_high": high}
    test = mcnemar_test(answers["stager"] == truth, answers["reader"] == truth, patients)
    return row | {
        "stager_i_or_ii": float((answers["stager"] == I_OR_II).mean()),
        "only_stager": test.only_first,
        "only_reader": test.only_second,
        "statistic": test.statistic,
        "p": test.p,
        "p_exact": test.p_exact,
        "p_mid": test.p_mid,
    }


def reader_figures(
    truth: np.ndarray,
    called: np.ndarray,
    patients: np.ndarray,
    n_resamples: int = _RESAMPLES,
    level: float = 0.95,
    seed: int = 0,
) -> dict[str, tuple[float, float, float]]:
    """Value, low and high of each of :data:`READER_FIGURES`.

    ``right`` with Wilson's interval by patient; the others by bias-corrected bootstrap of patients. Sensitivity,
    specificity and F1 are means over the stages that occur, each against the rest, as the study gives them; kappa is
    Cohen's (Educ Psychol Meas 1960;20:37) against the reference standard. Where every hip is right no resample differs:
    then the lower bounds are what the lower bound of ``right`` leaves of them.
    """
    whole = clustered_share(called == truth, patients, level)
    result = {"right": (whole.value, whole.low, whole.high)}
    cells = np.stack([(truth == k) & (called == c) for k in STAGES for c in (*STAGES, I_OR_II)], axis=1)

    def figure(weights: np.ndarray, number: int) -> np.ndarray:
        counts = (weights.astype(float) @ cells).reshape(len(weights), len(STAGES), -1)
        return _stage_figures(counts)[:, number]

    for k, name in enumerate(READER_FIGURES[1:]):
        value, low, high = patient_bootstrap(
            partial(figure, number=k), len(truth), patients, n_resamples, seed, level
        )
        if low == high:
            chance = float(sum(np.mean(truth == s) ** 2 for s in STAGES))
            least = (whole.low - chance) / (1 - chance) if name == "kappa" and chance < 1 else whole.low
            low = min(low, least)
        result[name] = (value, low, high)
    return result


def _stage_figures(counts: np.ndarray) -> np.ndarray:
    """Sensitivity, specificity, F1 and kappa, (resamples, 4), of counts (resamples, true, called)."""
    right = np.diagonal(counts, axis1=1, axis2=2)
    of, said, total = counts.sum(axis=2), counts.sum(axis=1)[:, : len(STAGES)], counts.sum(axis=(1, 2))
    everyone = total[:, None]
    with np.errstate(invalid="ignore", divide="ignore"):
        sensitivity = np.where(of > 0, right / of, np.nan)
        specificity = np.where(of < everyone, 1 - (said - right) / (everyone - of), np.nan)
        f1 = np.where(of > 0, 2 * right / (of + said), np.nan)
        chance = (of * said).sum(axis=1) / total**2
        kappa = (right.sum(axis=1) / total - chance) / (1 - chance)
        means = [np.nanmean(values, axis=1) for values in (sensitivity, specificity, f1)]
    return np.stack([*means, kappa], axis=1)
