"""The four models of the DLRC study: clinical, radiomics, DL, and all three together (DLRC)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.evaluate.survival.outcome import Outcome

from ..cox import partial_likelihood as pl
from ..cox.clinical_selection import Encoding, eliminate, encode, screen, split_at
from ..cox.model import CoxModel
from .cohort import FEATURE_SETS, SurvivalCohort
from .completion import completed_inside, completions
from .missing import UsualHips, with_empty_findings
from .signature import (
    DevelopedSignature,
    FeaturePool,
    Signature,
    SignatureProtocol,
    prevalidate_signature,
    reproducible_features,
    select_signature,
)

FORMAT = "onfh-survival-model/1"
GRID_STEP = 6.0  # months
GROUPS = ("low", "high")


@dataclass(frozen=True)
class SurvivalProtocol:
    """How models are developed and validated.

    Attributes:
        signature: selection and LASSO-Cox of the signatures.
        enter_below, keep_below: p of the univariate models to enter and of the multivariate one to stay.
        prevalidation: folds in which a signature is developed again to weigh it in the Cox models by hips that it has
            not seen; 0 is the study's way, which weighs it by its own hips and so predicts too extreme risks.
        months: horizons of AUC, calibration and the like.
        folds, repeats: of the nested cross-validation, by patients.
        bootstraps: resamples for intervals.
        redevelop: resamples in which all models are developed again, for the optimism; 0 leaves it out.
        imputations: completions of findings with empty cells on which the finished models rest.
        permutations: deals of the outcome in which they are developed again, for a p of each model; 0 leaves it out.
        threads: that develop at the same time.
        seed: of everything random.
    """

    signature: SignatureProtocol = field(default_factory=SignatureProtocol)
    enter_below: float = 0.1
    keep_below: float = 0.05
    prevalidation: int = 5
    months: tuple[float, ...] = (36.0, 60.0)
    folds: int = 5
    repeats: int = 5
    bootstraps: int = 500
    redevelop: int = 500
    permutations: int = 0
    imputations: int = 20
    threads: int = 2
    seed: int = 0

    @property
    def grid(self) -> tuple[float, ...]:
        """The horizons and every half year before the last of them, for figures over time."""
        steps = np.arange(GRID_STEP, max(self.months), GRID_STEP)
        return tuple(sorted({*self.months, *map(float, steps)}))


@dataclass(frozen=True)
class PreparedCohort:
    """A cohort made ready for many developments: features sorted once, clinical columns encoded.

    What is done here never looks at the outcome, so it needs no repeating inside a resample.
    """

    cohort: SurvivalCohort
    encoding: Encoding
    pools: Mapping[str, FeaturePool]
    n_reproducible: Mapping[str, int]
    patient: np.ndarray

    @classmethod
    def of(cls, cohort: SurvivalCohort, protocol: SurvivalProtocol) -> PreparedCohort:
        encoding = encode(cohort.clinical, list(cohort.clinical.columns))
        completed = completions(cohort.clinical, cohort.outcome, 1, protocol.seed)[0]
        encoding.apply(completed)  # refuses odd cells before any work is done
        pools, counts = {}, {}
        for name, table in cohort.features.items():
            kept = reproducible_features(
                table, cohort.readings.get(name, ()), protocol.signature.icc_at_least
            )
            counts[name] = len(kept)
            pools[name] = FeaturePool(table[kept], protocol.signature.outlier_above)
        return cls(cohort, encoding, pools, counts, cohort.patient_code)

    def encoding_on(self, rows: np.ndarray, clinical: pd.DataFrame) -> Encoding:
        """The encoding with the splits of the hips ``rows`` of completed findings."""
        cuts = {name: split_at(clinical[name].iloc[rows].to_numpy(float)) for name in self.encoding.cuts}
        return replace(self.encoding, cuts=cuts)


def group_cut(score: np.ndarray) -> float:
    """Score above which a hip is of high risk: the median, as in the study.

    Where nobody lies above it (a model of one finding that most hips have), halfway to the next smaller score, so that
    those who have the finding are the high-risk group instead of nobody.
    """
    middle = float(np.median(score))
    lower = score[score < middle]
    return middle if (score > middle).any() or not lower.size else (middle + float(lower.max())) / 2


_NO_COVARIATES = pl.Fit(np.empty(0), np.empty((0, 0)), np.empty(0), 0.0, 0.0)


class LightCoxModel:
    """A light Cox fit on arrays, for resampling: no tables, no robust variance.

    ``names`` may be empty: then every hip has the same risk. ``inside`` are the covariates of the hips of ``outcome``.
    """

    def __init__(self, names: Sequence[str], inside: pd.DataFrame, outcome: Outcome) -> None:
        sets = pl.risk_sets(outcome.time, outcome.event)
        self.names = list(names)
        while True:
            x = inside[self.names].to_numpy(float)
            try:
                fitted = pl.fit(sets, x) if self.names else _NO_COVARIATES
                break
            except pl.NotIdentified as error:
                self.names = [n for k, n in enumerate(self.names) if k not in error.columns[-1:]]
        self.coef, self.means = fitted.coef, fitted.means
        self.baseline = pl.baseline(sets, x, fitted)
        self.cut = group_cut((x - self.means) @ self.coef)

    def log_hazard(self, covariates: pd.DataFrame) -> np.ndarray:
        return (covariates[self.names].to_numpy(float) - self.means) @ self.coef

    def survival(self, log_hazard: np.ndarray, months: Sequence[float]) -> np.ndarray:
        hazard = np.concatenate([[0.0], self.baseline.hazard])
        return np.exp(
            -np.outer(np.exp(log_hazard), hazard[np.searchsorted(self.baseline.times, months, side="right")])
        )


def signature_column(name: str) -> str:
    """Covariate that holds the score of the signature ``name``."""
    return f"{name}_signature"


def redevelop(
    prepared: PreparedCohort, rows: np.ndarray, protocol: SurvivalProtocol
) -> tuple[dict[str, LightCoxModel], pd.DataFrame, list[str]]:
    """Develop all models again on the hips ``rows`` (positions, may repeat), from the first selection on.

    Returns the models, the covariates of all n hips by the selection made on ``rows``, and what was selected.
    """
    cohort, outcome = prepared.cohort, prepared.cohort.outcome.take(rows)
    clinical = completed_inside(cohort.clinical, cohort.outcome, rows, protocol.seed + int(rows.sum()))
    encoding = prepared.encoding_on(rows, clinical)
    covariates = encoding.apply(clinical)
    inside = covariates.iloc[rows]
    entered = screen(inside, encoding.covariates, outcome, protocol.enter_below)
    chosen: list[str] = []
    if entered:
        chosen, _ = eliminate(inside, entered, pl.risk_sets(outcome.time, outcome.event), protocol.keep_below)
    selected = [name.split(">=")[0] for name in chosen]
    signatures = []
    for name, pool in prepared.pools.items():
        found = select_signature(pool, cohort.outcome, prepared.patient, rows, protocol.signature, name)
        covariates[signature_column(name)] = found.signature.score(cohort.features[name])
        selected.extend(found.signature.features)
        prevalidated = prevalidated_score(prepared, found, rows, protocol)
        inside = inside.assign(**{signature_column(name): prevalidated})
        if is_informative(prevalidated, outcome):
            signatures.append(name)
    used = model_covariates(chosen, list(prepared.pools), signatures)
    models = {}
    for name, names in used.items():
        models[name] = LightCoxModel(names, inside, outcome)
        while wrong := reversed_signatures(models[name].names, models[name].coef):
            kept = [covariate for covariate in models[name].names if covariate not in wrong]
            models[name] = LightCoxModel(kept, inside, outcome)
    return models, covariates, selected


def prevalidated_score(
    prepared: PreparedCohort, found: DevelopedSignature, rows: np.ndarray, protocol: SurvivalProtocol
) -> np.ndarray:
    """Score of ``rows`` by which the Cox models weigh a signature: pre-validated unless the protocol says otherwise."""
    cohort, name = prepared.cohort, found.signature.name
    if not found.signature.features:
        return np.zeros(rows.size)
    if not protocol.prevalidation:
        return found.signature.score(cohort.features[name])[rows]
    penalty = float(found.signature.trained_on["penalty"])
    pool = prepared.pools[name]
    return prevalidate_signature(
        pool, cohort.outcome, prepared.patient, rows, protocol.signature, penalty, protocol.prevalidation
    )


def is_informative(score: np.ndarray, outcome: Outcome) -> bool:
    """Whether a larger score goes with earlier events at all; one that does not is left out of the models."""
    try:
        return bool(pl.fit(pl.risk_sets(outcome.time, outcome.event), score[:, None]).coef[0] > 0)
    except pl.NotIdentified as error:
        return error.kind == "separated"


def reversed_signatures(names: Sequence[str], coef: np.ndarray) -> list[str]:
    """Signatures that a model weighs the wrong way round: a larger score is earlier collapse by their making.

    Beside another that says the same, one can get a negative weight by chance; it is then left out of that model.
    """
    return [
        name
        for name, weight in zip(names, coef, strict=True)
        if weight < 0 and name in map(signature_column, FEATURE_SETS)
    ]


def model_covariates(findings: list[str], offered: list[str], signatures: list[str]) -> dict[str, list[str]]:
    """Covariates of each model, from the clinical findings and the informative ones of the offered signatures."""
    used = {"clinical": findings}
    used |= {name: [signature_column(name)] if name in signatures else [] for name in offered}
    return used | {"dlrc": [*findings, *(signature_column(name) for name in signatures)]}


@dataclass(frozen=True)
class DevelopedModel:
    """A finished survival model that can be applied to another cohort and kept as JSON.

    Attributes:
        name: "clinical", "radiomics", "dl" or "dlrc".
        encoding: of the clinical columns; ``signatures`` by name; both only as far as ``cox`` uses them.
        cox: the fitted Cox model on their covariates.
        cut: median log hazard of the development cohort; above it is high risk.
        groups: "low" and "high" -> Kaplan-Meier survival of that risk group at each month from 0, as models saw it that
            had not met the hip; empty where it was not estimated.
        usual: what it takes for a finding without a value; None in models of before, which refuse such hips.
    """

    name: str
    encoding: Encoding
    signatures: Mapping[str, Signature]
    cox: CoxModel
    cut: float
    groups: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    usual: UsualHips | None = None

    def covariates(self, clinical: pd.DataFrame | None, features: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
        """Covariates of the Cox model for new hips; empty cells of findings get what the model expects there.

        Raises:
            InputError: a clinical column or a feature table that the model needs is missing; an empty cell that the model
                cannot complete.
        """
        parts = []
        where: Mapping[str, np.ndarray] = {}
        if self.encoding.covariates:
            if clinical is None:
                raise InputError(f"The {self.name} model needs the clinical findings; add their table.")
            if self.usual is not None:
                clinical, where = with_empty_findings(clinical, self.encoding)
            encoded = self.encoding.apply(clinical)
            for column, empty in where.items():
                encoded.loc[empty, self.encoding.encoded_of(column)] = np.nan
            parts.append(encoded)
        for name, signature in self.signatures.items():
            if name not in features:
                raise InputError(
                    f"The {self.name} model needs the {name} signature; add the table of {name} features."
                )
            score = signature.score(features[name])
            parts.append(pd.DataFrame({signature_column(name): score}, index=features[name].index))
        if len({len(part) for part in parts}) > 1:
            raise InputError("The clinical table and the feature tables have different numbers of rows.")
        joined = pd.concat([part.reset_index(drop=True) for part in parts], axis=1)
        found = joined.set_index(parts[0].index)[list(self.cox.names_)]
        return self.usual.complete(found) if where and self.usual is not None else found

    def log_hazard(self, clinical: pd.DataFrame | None, features: Mapping[str, pd.DataFrame]) -> np.ndarray:
        """Log hazard (n,) against a hip with average covariates."""
        return self.cox.log_hazard(self.covariates(clinical, features))

    def to_dict(self) -> dict[str, Any]:
        """All numbers, ready for JSON."""
        return {
            "format": FORMAT,
            "name": self.name,
            "encoding": {
                "cuts": self.encoding.cuts,
                "categories": {k: list(v) for k, v in self.encoding.categories.items()},
                "binary": list(self.encoding.binary),
                "ordered": list(self.encoding.ordered),
            },
            "signatures": {name: s.to_dict() for name, s in self.signatures.items()},
            "cox": self.cox.to_dict(),
            "cut": self.cut,
            "groups": {name: list(curve) for name, curve in self.groups.items()},
            **({} if self.usual is None else {"usual": self.usual.to_dict()}),
        }

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> DevelopedModel:
        """The model of :meth:`to_dict`.

        Raises:
            InputError: another format or a damaged model.
        """
        if not isinstance(content, Mapping) or content.get("format") != FORMAT:
            raise InputError(
                f"This is not a survival model of the format '{FORMAT}'; choose one that ONFHAssist wrote."
            )
        try:
            kept = content["encoding"]
            encoding = Encoding(
                {str(k): float(v) for k, v in kept["cuts"].items()},
                {str(k): tuple(v) for k, v in kept["categories"].items()},
                tuple(kept["binary"]),
                tuple(kept.get("ordered", ())),
            )
            signatures = {str(k): Signature.from_dict(v) for k, v in content["signatures"].items()}
            groups = {name: curve for name, curve in content.get("groups", {}).items() if name in GROUPS}
            return cls(
                str(content["name"]),
                encoding,
                signatures,
                CoxModel.from_dict(content["cox"]),
                float(content["cut"]),
                {name: tuple(map(float, curve)) for name, curve in groups.items()},
                UsualHips.from_dict(content["usual"]) if "usual" in content else None,
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            if isinstance(error, InputError):
                raise
            raise InputError(f"The survival model is damaged ({error!r}); take another copy.") from None


def restrict_encoding(encoding: Encoding, names: Sequence[str]) -> Encoding:
    """The part of an encoding that the covariates ``names`` come from."""
    return Encoding(
        {c: v for c, v in encoding.cuts.items() if f"{c}>={v:g}" in names},
        {c: v for c, v in encoding.categories.items() if any(f"{c}={level}" in names for level in v)},
        tuple(c for c in encoding.binary if c in names),
        tuple(c for c in encoding.ordered if c in names),
    )
