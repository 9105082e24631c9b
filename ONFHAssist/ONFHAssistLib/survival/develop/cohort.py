"""A cohort for survival: follow-up, patients, clinical findings, radiomics and deep features, a row a hip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.evaluate.survival.outcome import Outcome, check_outcome

from ...core.names import is_deep, is_radiomics

FEATURE_SETS = ("radiomics", "dl")


@dataclass(frozen=True)
class SurvivalCohort:
    """What a survival model is developed on.

    Attributes:
        outcome: checked follow-up of n hips.
        patient: (n,) name or number of the patient; hips of one patient are never split.
        clinical: (n, c) findings as they were recorded.
        features: "radiomics" and "dl" -> (n, p) table; a set may be missing.
        readings: the same sets -> further readings of the same hips, for the ICC.
    """

    outcome: Outcome
    patient: np.ndarray
    clinical: pd.DataFrame
    features: Mapping[str, pd.DataFrame]
    readings: Mapping[str, tuple[pd.DataFrame, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        n = len(self.outcome)
        sizes = {"patient": len(self.patient), "clinical": len(self.clinical)}
        sizes |= {name: len(table) for name, table in self.features.items()}
        for name, size in sizes.items():
            if size != n:
                raise InputError(
                    f"The cohort has {n} outcomes and {size} rows of '{name}'; give one row a hip."
                )
        unknown = set(self.features) - set(FEATURE_SETS)
        if unknown:
            raise InputError(f"The feature set '{min(unknown)}' is not one of {', '.join(FEATURE_SETS)}.")

    def __len__(self) -> int:
        return len(self.outcome)

    @property
    def patient_code(self) -> np.ndarray:
        """(n,) patients numbered from 0."""
        return np.unique(self.patient, return_inverse=True)[1]

    @classmethod
    def from_table(
        cls,
        table: pd.DataFrame,
        *,
        time: str,
        event: str,
        patient: str | None,
        clinical: Sequence[str],
        unit: str = "months",
        readings: Sequence[pd.DataFrame] = (),
    ) -> SurvivalCohort:
        """Take a cohort table apart: ``DL_0`` ... are deep features, PyRadiomics' names are radiomics.

        Args:
            table: a row a hip, indexed by case and side where ``patient`` is None (then the case is the patient).
            time, event, patient, clinical: columns.
            unit: of ``time``.
            readings: feature tables of further readings, with the index of ``table``.

        Raises:
            InputError: a column is missing, or the outcome is wrong (see :func:`check_outcome`).
        """
        asked = [time, event, *clinical, *([patient] if patient else [])]
        missing = [name for name in asked if name not in table.columns]
        if missing:
            raise InputError(f"The cohort table lacks the column '{missing[0]}'; add it or name another.")
        outcome = check_outcome(
            table[time].to_numpy(), table[event].to_numpy(), unit=unit, names=(time, event)
        )
        if patient is None and "case" not in table.index.names:
            raise InputError("Which hips belong to one patient is not said; name the patient's column.")
        patients = table[patient] if patient else table.index.get_level_values("case")
        names = {
            "radiomics": [c for c in table.columns if is_radiomics(c)],
            "dl": [c for c in table.columns if is_deep(c)],
        }
        features = {key: table[columns] for key, columns in names.items() if columns}
        more = {
            key: tuple(r[[c for c in names[key] if c in r.columns]] for r in readings) for key in features
        }
        more = {key: tuple(t for t in tables if t.shape[1]) for key, tables in more.items()}
        return cls(outcome, np.asarray(patients), table[list(clinical)], features, more)
