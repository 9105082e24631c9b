"""Signatures: one number from many features, by the DLRC study's way from a feature table to a linear score.

ICC of two readings -> Mann-Whitney -> Pearson -> LASSO-Cox with cross-validation -> a linear score kept as JSON.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.evaluate.intraclass import intraclass_correlation
from ONFHAssistLib.evaluate.resampling import Labels
from ONFHAssistLib.evaluate.survival.outcome import MIN_EVENTS, Outcome, require_events

from ...tabular.folds import IN_ROUNDS, patient_folds
from ...tabular.selection.association import RankedColumns, redundant
from ..cox.lasso_cox import RULES, LassoCox, lasso_cox_path, mean_and_spread
from ..cox.model import design, read_json, write_json

FORMAT = "onfh-signature/1"


@dataclass(frozen=True)
class SignatureProtocol:
    """Settings of the DLRC study where it publishes them.

    Attributes:
        icc_at_least: smallest ICC(2,1) of each further reading with the first.
        mann_whitney_below: largest p between hips with and without collapse, the patient as the unit. This test
            ignores time, as the study did; it is kept because the number of features that pass it is published.
        pearson_above: of two features with a larger |r| the one with the larger Mann-Whitney p goes.
        outlier_above: features with a value further than this many standard deviations from their mean go; the study
            drops "outlying" features without saying which.
        folds, rule: of the cross-validation of LASSO-Cox; "min" as in the study, or "1se".
        count, ratio, most, tolerance: of the path; ``most`` None means half as many features as events.
    """

    icc_at_least: float = 0.75
    mann_whitney_below: float = 0.05
    pearson_above: float = 0.9
    outlier_above: float = 10.0
    folds: int = 10
    rule: str = "min"
    count: int = 50
    ratio: float = 0.05
    most: int | None = None
    tolerance: float = 1e-7
    seed: int = 0

    def __post_init__(self) -> None:
        if self.rule not in RULES:
            raise InputError(f"The penalty is chosen by {' or '.join(RULES)}, not by {self.rule!r}.")


@dataclass(frozen=True)
class Signature:
    """A linear score: sum of coefficient * (value - mean) / scale over its features.

    Attributes:
        name: "radiomics", "dl" or the user's.
        features: names as in the feature table. ``mean``, ``scale``, ``coefficient``: (k,), k may be 0.
        cut: median score of the hips that it was developed on; above it is high risk.
        trained_on: plain facts: hips, patients, events, penalty, rule, and how many features passed each step.
    """

    name: str
    features: tuple[str, ...]
    mean: np.ndarray
    scale: np.ndarray
    coefficient: np.ndarray
    cut: float
    trained_on: Mapping[str, Any] = field(default_factory=dict)

    def score(self, table: pd.DataFrame) -> np.ndarray:
        """Score (n,) of each row; larger means earlier collapse.

        Raises:
            InputError: a feature is missing or has no number in some row.
        """
        if not self.features:
            return np.zeros(len(table))
        try:
            x = design(table, self.features)
        except InputError as error:
            raise InputError(f"The {self.name} signature cannot be computed: {error}") from None
        return ((x - self.mean) / self.scale) @ self.coefficient

    def contributions(self, table: pd.DataFrame) -> pd.DataFrame:
        """What each feature adds to the score, (n, k); rows add up to :meth:`score`."""
        x = design(table, self.features)
        return pd.DataFrame(
            (x - self.mean) / self.scale * self.coefficient, index=table.index, columns=list(self.features)
        )

    def to_dict(self) -> dict[str, Any]:
        """All numbers, ready for JSON."""
        rows = zip(self.features, self.mean, self.scale, self.coefficient, strict=True)
        return {
            "format": FORMAT,
            "name": self.name,
            "features": [
                {"name": n, "mean": float(m), "scale": float(s), "coefficient": float(c)}
                for n, m, s, c in rows
            ],
            "cut": self.cut,
            "trained_on": dict(self.trained_on),
        }

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> Signature:
        """The signature of :meth:`to_dict`.

        Raises:
            InputError: another format, or a field is missing or not a finite number.
        """
        if not isinstance(content, Mapping) or content.get("format") != FORMAT:
            raise InputError(
                f"This is not a signature of the format '{FORMAT}'; choose a file that ONFHAssist wrote."
            )
        try:
            rows = content["features"]
            numbers = np.array([[r["mean"], r["scale"], r["coefficient"]] for r in rows], float).reshape(
                -1, 3
            )
            names = tuple(str(r["name"]) for r in rows)
            cut, trained = float(content["cut"]), dict(content["trained_on"])
            name = str(content["name"])
        except (KeyError, TypeError, ValueError) as error:
            raise InputError(f"The signature is damaged ({error!r}); take another copy.") from None
        if not np.isfinite(numbers).all() or (numbers[:, 1] <= 0).any() or len(set(names)) < len(names):
            raise InputError(
                "The signature is damaged (a number or name in it cannot be); take another copy."
            )
        mean, scale, coefficient = numbers.T
        return cls(name, names, mean, scale, coefficient, cut, trained)

    def save(self, path: str | Path) -> Path:
        """Write as JSON, at once or not at all."""
        return write_json(path, self.to_dict())

    @classmethod
    def load(cls, path: str | Path) -> Signature:
        """Read a signature written by :meth:`save`."""
        return cls.from_dict(read_json(path))


def reproducible_features(
    features: pd.DataFrame, readings: Sequence[pd.DataFrame], at_least: float
) -> list[str]:
    """Features whose ICC(2,1) of ``features`` with each further reading is ``at_least``, on the hips that both hold.

    Raises:
        InputError: a reading lacks a feature or shares fewer than 5 hips.
    """
    kept = list(features.columns)
    for number, reading in enumerate(readings, 2):
        shared = features.index.intersection(reading.index)
        if len(shared) < 5:
            raise InputError(
                f"Reading {number} shares {len(shared)} hips with the first; at least 5 with the same case and side "
                "are needed for an ICC."
            )
        pair = np.stack([design(table.loc[shared], kept) for table in (features, reading)], axis=1)
        icc = np.nan_to_num(intraclass_correlation(pair, "2,1").icc)  # NaN for a feature that does not vary
        kept = [name for name, value in zip(kept, icc, strict=True) if value >= at_least]
    return kept


class FeaturePool:
    """Features (n, p) of a cohort, sorted once so that any resample of its hips is ranked in one pass."""

    def __init__(self, features: pd.DataFrame, outlier_above: float = np.inf) -> None:
        text = [name for name in features.columns if not pd.api.types.is_numeric_dtype(features[name])]
        if text:
            raise InputError(f"The feature '{text[0]}' holds text; leave this column out of the features.")
        values = features.to_numpy(float)
        finite = np.isfinite(values).all(axis=0)
        spread, centre = np.nanstd(values, axis=0), np.nanmean(values, axis=0)
        varies = finite & (spread > 1e-12 * np.maximum(1, np.abs(centre)))
        with np.errstate(invalid="ignore", divide="ignore"):
            farthest = np.abs(values - centre).max(axis=0) / spread
        usable = varies & ~(farthest > outlier_above)
        self.names = np.array(features.columns, object)[usable]
        self.x = np.ascontiguousarray(values[:, usable])
        self.ranked = RankedColumns(self.x)
        self.offered = features.shape[1]

    def mann_whitney(self, event: np.ndarray, rows: np.ndarray, cluster: Labels | None = None) -> np.ndarray:
        """Two-sided p (p,) between hips with and without event among ``rows`` (positions, may repeat).

        The patient is its unit where ``cluster`` (n,) says whose the hips are; with one hip a patient it is R's
        ``wilcox.test(exact = FALSE)`` (:func:`ONFHAssistLib.tabular.selection.association.mann_whitney`).
        """
        patients = None if cluster is None else np.asarray(cluster)
        return self.ranked.mann_whitney(event, np.bincount(rows, minlength=len(self.x)), patients)[1]


@dataclass(frozen=True)
class DevelopedSignature:
    """A signature, how many features were left after each step, and the LASSO-Cox with its path (None if not run)."""

    signature: Signature
    selection_counts: Mapping[str, int]
    lasso: LassoCox | None
    candidates: tuple[str, ...]


def _candidates(
    pool: FeaturePool,
    outcome: Outcome,
    cluster: Labels | None,
    rows: np.ndarray,
    protocol: SignatureProtocol,
) -> tuple[np.ndarray, np.ndarray]:
    """Positions of the features that differ with the event, and of those among them that do not repeat others."""
    p = pool.mann_whitney(outcome.event, rows, cluster)
    different = np.flatnonzero(p < protocol.mann_whitney_below)
    order = np.argsort(p[different], kind="stable")
    hips, count = np.unique(rows, return_counts=True)
    rival = redundant(pool.x[np.ix_(hips, different)], order, protocol.pearson_above, count=count)
    return different, different[rival < 0]


def prevalidate_signature(
    pool: FeaturePool,
    outcome: Outcome,
    cluster: Labels,
    rows: np.ndarray,
    protocol: SignatureProtocol,
    penalty: float,
    folds: int,
) -> np.ndarray:
    """Score of each of ``rows`` by a signature selected, at the same ``penalty``, without its patient.

    Source: pre-validation, Tibshirani and Efron, Stat Appl Genet Mol Biol 2002. In a model that weighs a signature
    against other covariates these scores stand in for those on the signature's own hips, which would flatter it.
    """
    drawn, patient = outcome.take(rows), np.asarray(cluster)[rows]
    fold = patient_folds(drawn.event, patient, folds, protocol.seed, IN_ROUNDS)
    score = np.zeros(rows.size)
    for k in range(folds):
        train = rows[fold != k]
        _, kept = _candidates(pool, outcome, cluster, train, protocol)
        if kept.size:
            hips, count = np.unique(train, return_counts=True)
            x = pool.x[np.ix_(hips, kept)]
            falling = penalty * np.geomspace(4.0, 1.0, 8)  # down to the penalty in steps, for speed
            path = lasso_cox_path(
                x, outcome.take(hips), penalties=falling, tolerance=protocol.tolerance, count_of_hip=count
            )
            centre = mean_and_spread(x, count)[0]
            score[fold == k] = (pool.x[np.ix_(rows[fold == k], kept)] - centre) @ path.coef[-1]
    return score


def select_signature(
    pool: FeaturePool,
    outcome: Outcome,
    cluster: Labels | None,
    rows: np.ndarray,
    protocol: SignatureProtocol,
    name: str,
) -> DevelopedSignature:
    """Select and weight features on the hips ``rows`` of the cohort (positions, may repeat, as a bootstrap draws)."""
    different, kept = _candidates(pool, outcome, cluster, rows, protocol)
    drawn = outcome.take(rows)
    hips, count = np.unique(rows, return_counts=True)
    x = pool.x[np.ix_(hips, kept)]
    chosen, coef, lasso = np.empty(0, int), np.empty(0), None
    if kept.size:
        lasso = LassoCox(
            protocol.folds,
            count=protocol.count,
            ratio=protocol.ratio,
            most=max(1, drawn.events // 2) if protocol.most is None else protocol.most,
            tolerance=protocol.tolerance,
            seed=protocol.seed,
        ).fit(x, outcome.take(hips), None if cluster is None else np.asarray(cluster)[hips], count)
        coef = lasso.coef(protocol.rule)
        chosen = np.flatnonzero(coef)
    mean, scale = mean_and_spread(x[:, chosen], count)
    weight = coef[chosen] * scale
    score = ((x[:, chosen] - mean) / scale) @ weight if chosen.size else np.zeros(hips.size)
    counts = {
        "offered": pool.offered,
        "usable": pool.x.shape[1],
        "mann_whitney": int(different.size),
        "pearson": int(kept.size),
        "lasso": int(chosen.size),
    }
    facts = {
        "hips": int(rows.size),
        "patients": int(rows.size if cluster is None else np.unique(np.asarray(cluster)[rows]).size),
        "events": drawn.events,
        "penalty": None if lasso is None else getattr(lasso, f"penalty_{protocol.rule}_"),
        "rule": protocol.rule,
        "funnel": counts,
    }
    names = tuple(str(n) for n in pool.names[kept[chosen]])
    signature = Signature(name, names, mean, scale, weight, float(np.median(np.repeat(score, count))), facts)
    return DevelopedSignature(signature, counts, lasso, tuple(str(n) for n in pool.names[kept]))


def develop_signature(
    features: pd.DataFrame,
    outcome: Outcome,
    *,
    cluster: Labels | None = None,
    readings: Sequence[pd.DataFrame] = (),
    protocol: SignatureProtocol | None = None,
    name: str = "radiomics",
) -> DevelopedSignature:
    """Develop a signature from a feature table with a row a hip, in the order of ``outcome``.

    ``readings`` are tables of the same features from further outlines (the same reader again, another reader), with
    the index of ``features``, of some or all hips. The result's apparent performance is optimistic: it saw these hips.

    Raises:
        InputError: rows that do not fit the outcome, text among the features, a reading without shared hips.
        TooFewEvents: fewer than 10 events, or fewer patients with an event than folds.
    """
    protocol = protocol or SignatureProtocol()
    if len(features) != len(outcome):
        raise InputError(
            f"There are {len(features)} rows of features and {len(outcome)} outcomes; give one row a hip."
        )
    require_events(outcome.events, MIN_EVENTS, "A signature")
    stable = (
        reproducible_features(features, readings, protocol.icc_at_least)
        if readings
        else list(features.columns)
    )
    pool = FeaturePool(features[stable], protocol.outlier_above)
    found = select_signature(pool, outcome, cluster, np.arange(len(outcome)), protocol, name)
    counts = {
        "offered": features.shape[1],
        "repeatable": len(stable),
        **dict(list(found.selection_counts.items())[1:]),
    }
    facts = {**found.signature.trained_on, "funnel": counts}
    signature = Signature(**{**vars(found.signature), "trained_on": facts})
    return DevelopedSignature(signature, counts, found.lasso, found.candidates)
