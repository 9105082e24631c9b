"""Hips from elsewhere for a survival model that is finished: outcome, patients, and what the model needs of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ONFHAssistLib.evaluate.survival.outcome import Outcome, check_outcome

from ...bundles.bundle import METADATA, Bundle, bundle_folders
from ...bundles.kinds import SURVIVAL
from ...bundles.loading import load
from ...bundles.patients import LEARNED_PATIENTS
from ...core.errors import InputError
from ...core.names import is_deep, is_radiomics
from ...tabular.tables.checks import preset_of
from ...tabular.tables.reader import column_of, need_column, read_hips, yes_or_no
from ...tabular.tables.units import refuse_other_units
from ..calculator import model_file
from ..cox.model import read_json
from ..develop.cohort_table import CohortTable, in_months, patients_of
from ..develop.missing import empty_cells
from ..develop.models import DevelopedModel


@dataclass(frozen=True)
class ExternalHips:
    """Hips that no model has seen.

    Attributes:
        table: indexed as it was read, a row a hip, with every column of the file.
        outcome: checked follow-up in months; ``patient`` (n,).
    """

    table: pd.DataFrame
    outcome: Outcome
    patient: np.ndarray

    def take(self, rows: np.ndarray) -> ExternalHips:
        """The hips ``rows`` (a mask or positions)."""
        table = self.table.iloc[np.arange(len(self.table))[rows]]
        return ExternalHips(table, self.outcome.take(rows), self.patient[rows])


@dataclass(frozen=True)
class NamedModel:
    """A developed model with what its bundle says of it; ``bundle`` is None for a JSON file.

    ``learned`` are the digests of the patients that it learned from, None where it keeps none.
    """

    name: str
    model: DevelopedModel
    bundle: Bundle | None = None
    learned: Mapping[str, Any] | None = None

    @property
    def accepts(self) -> Mapping[str, Any]:
        """What its features must be made with."""
        return {} if self.bundle is None else self.bundle.metadata.get("accepts", {})


def read_external_hips(source: CohortTable) -> ExternalHips:
    """Read follow-up (events 0/1, or 0/1/2 with competing events) and patients of a table.

    Raises:
        InputError: an unreadable file, a missing column, a wrong outcome, times that look like days without a unit.
    """
    table = read_hips(source.path, source.features, keys_needed=False)
    for name in (source.patient, source.time, source.event):
        need_column(table, name, source.path.name)
    table = in_months(table, source)
    event = yes_or_no(column_of(table, source.event))
    names = (source.time, source.event)
    outcome = check_outcome(table[source.time].to_numpy(), event.to_numpy(), names=names, competing=True)
    return ExternalHips(table, outcome, patients_of(table, source).to_numpy())


def load_named_model(name_or_path: str | Path) -> NamedModel:
    """A survival bundle by name or folder, or a development's model: its JSON file, or the folder.

    Raises:
        InputError: no such model, damaged, or of another kind.
    """
    path = Path(name_or_path)
    if str(name_or_path) in bundle_folders() or (path / METADATA).is_file() or not path.exists():
        return load(name_or_path, SURVIVAL, _opened)
    file = model_file(path)
    content = read_json(file)
    return NamedModel(file.stem, DevelopedModel.from_dict(content), None, content.get(LEARNED_PATIENTS))


def _opened(bundle: Bundle) -> NamedModel:
    model = DevelopedModel.from_dict(bundle.model_json())
    return NamedModel(bundle.name, model, bundle, bundle.metadata.get(LEARNED_PATIENTS))


def imputed_findings(named: NamedModel, hips: ExternalHips) -> list[str]:
    """A sentence where cells that the model reads are empty: how many, and that its own imputation fills them."""
    counts = empty_cells(hips.table, named.model.encoding.columns)
    if not counts:
        return []
    listed = ", ".join(f"{name} in {count} of {len(hips.table)} hips" for name, count in counts.items())
    return [
        f"Empty: {listed}. {named.name} takes what it expects there from the other covariates, as it would for a new "
        "patient; its figures are those with such gaps."
    ]


def model_covariates_of(named: NamedModel, hips: ExternalHips) -> pd.DataFrame:
    """Covariates of the model for the hips.

    Raises:
        InputError: a finding or feature is missing or in other units, or was made with another preset than the model's;
            an empty finding that the model cannot complete, an empty feature.
    """
    model, table = named.model, hips.table
    wanted, found = named.accepts.get("preset_sha256"), preset_of(table)
    if wanted and found and wanted != found and "radiomics" in model.signatures:
        raise InputError(
            f"The radiomics were extracted with the preset {found[:12]}, {named.name} was developed with "
            f"{wanted[:12]}; extract them again with the preset of the model."
        )
    features = {
        "radiomics": table[[c for c in table.columns if is_radiomics(c)]],
        "dl": table[[c for c in table.columns if is_deep(c)]],
    }
    empty_cells(table, model.encoding.columns)  # refuses too many
    covariates = model.covariates(table, features)  # refuses what is missing
    for name, cut in model.encoding.cuts.items():
        refuse_other_units(name, table[name].to_numpy(float), cut)
    for signature in model.signatures.values():
        for name, mean, scale in zip(signature.features, signature.mean, signature.scale, strict=True):
            refuse_other_units(name, table[name].to_numpy(float), float(mean), float(scale))
    return covariates
