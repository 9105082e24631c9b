"""A regression of collapse on findings from a cohort's file to a report. Joins the rooms survival and report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from ..core.errors import InputError
from ..core.progress import Progress
from ..evaluate.estimate import json_figure
from .options import report_folder, whole_numbers
from .validate_survival import external_source

if TYPE_CHECKING:
    import pandas as pd

    from ..survival.regress.analysis import Regression

LIMITS = {
    "imputations": (20, 2, 1000),
    "bootstraps": (200, 100, 100_000),
    "folds": (5, 2, 50),
    "seed": (0, 0, 2**31),
}


def regress_survival(arguments: Mapping[str, Any], progress: Progress | None = None) -> dict[str, Any]:
    """Cox, cause-specific and Fine-Gray models of named findings, empty cells imputed, hips clustered by patient.

    Args:
        arguments: JSON values. ``cohort`` (path), ``patient``, ``time``, ``event`` (columns; 0/1, or 0/1/2 with competing
            events), ``clinical`` (columns), ``out`` (folder); optional ``entry``, ``weight``, ``stratum``,
            ``free_until`` (columns), ``visits`` (months between visits, in place of ``free_until``), ``unit``,
            ``months``, ``imputations``, ``folds``, ``bootstraps``, ``seed``.
        progress: called with a share 0..1 and a text.

    Returns:
        ``report``, ``folder``, ``metrics`` (name -> value, low, high), ``warnings``, ``tables``, ``imputations``,
        ``hips``, ``patients``, ``events``, ``competing``.

    Raises:
        InputError: a column is missing or cannot be used; an imputation with nothing to learn from.
    """
    from ..core.provenance import provenance, sha256_of_file
    from ..report.survival_regression_page import write_regression
    from ..survival.external.cohort import read_external_hips
    from ..survival.regress.analysis import regress
    from ..survival.regress.models import Design

    report = progress or (lambda _share, _text: None)
    out = report_folder(arguments["out"])
    chosen = whole_numbers(arguments, LIMITS)
    source = external_source(arguments)
    hips = read_external_hips(source)
    table, outcome = hips.table, hips.outcome
    named = [str(name) for name in arguments.get("clinical") or ()]
    if not named:
        raise InputError("No finding is named; name the columns whose effect on collapse is asked for.")
    missing = [name for name in named if name not in table.columns]
    if missing:
        raise InputError(f"{source.path.name} lacks the column '{missing[0]}'; name another.")
    design = Design(
        outcome.time,
        outcome.event,
        outcome.competing,
        hips.patient,
        _numbers(table, arguments.get("entry"), 0.0, outcome.time),
        _numbers(table, arguments.get("weight"), 1e-12),
        _strata(table, arguments.get("stratum")),
    )
    free = _numbers(table, arguments.get("free_until"), 0.0)
    visits = arguments.get("visits")
    if free is None and visits is not None:
        if not float(visits) > 0:
            raise InputError(
                f"The time between visits is {float(visits):g} months; give a number greater than 0."
            )
        free = np.maximum(outcome.time - float(visits), 0.0)
    report(0.1, "Fitting")
    found = regress(
        table[named],
        design,
        months=tuple(float(m) for m in arguments.get("months") or (36.0, 60.0)),
        imputations=chosen["imputations"],
        free_until=free,
        folds=chosen["folds"],
        bootstraps=chosen["bootstraps"],
        seed=chosen["seed"],
    )
    report(0.9, "Writing tables and figures")
    record = provenance(
        packages=("pandas", "scipy"), cohort=source.path.name, cohort_sha256=sha256_of_file(source.path)
    )
    page, tables = write_regression(found, out, record)
    report(1.0, "Done")
    other = outcome.competing
    return {
        "report": str(page),
        "folder": str(out),
        "metrics": regression_metrics(found),
        "warnings": [*outcome.warnings, *found.warnings],
        "tables": {name: str(path) for name, path in tables.items()},
        "imputations": found.imputations,
        "hips": len(outcome),
        "patients": int(np.unique(hips.patient).size),
        "events": outcome.events,
        "competing": 0 if other is None else int(other.sum()),
    }


def _numbers(
    table: pd.DataFrame, name: str | None, lowest: float, below: np.ndarray | None = None
) -> np.ndarray | None:
    """A column of numbers from ``lowest``, and below ``below``; None where none is named."""
    if name is None:
        return None
    if name not in table.columns:
        raise InputError(f"The table lacks the column '{name}'; name another.")
    try:
        values = table[name].to_numpy(float)
    except (TypeError, ValueError):
        raise InputError(f"Column '{name}' holds text; give numbers.") from None
    wrong = np.flatnonzero(~np.isfinite(values) | (values < lowest))
    if wrong.size:
        raise InputError(
            f"Column '{name}' has {values[wrong[0]]:g} in row {wrong[0] + 1}; a number of at least "
            f"{max(lowest, 0):g} is needed."
        )
    if below is not None and (values >= below).any():
        row = int(np.flatnonzero(values >= below)[0])
        raise InputError(
            f"In row {row + 1} the hip came under observation at {values[row]:g}, not before its follow-up ended at "
            f"{below[row]:g}; correct it."
        )
    return values


def _strata(table: pd.DataFrame, name: str | None) -> np.ndarray | None:
    if name is None:
        return None
    if name not in table.columns:
        raise InputError(f"The table lacks the column '{name}'; name another.")
    if table[name].isna().any():
        raise InputError(f"Column '{name}' is empty in some row; every hip needs its stratum.")
    return np.unique(table[name].astype(str), return_inverse=True)[1]


def regression_metrics(found: Regression) -> dict[str, dict[str, float | None]]:
    """Name -> value, low, high of hazard ratios and held-out figures."""
    metrics = {
        f"{row.model}, hazard ratio of {row.covariate}": json_figure(row.hr, row.low, row.high)
        for row in found.ratios.itertuples()
    }
    for row in found.held_out.itertuples():
        metrics[f"{row.model}, {row.figure} {row.month:g} months"] = json_figure(row.value, row.low, row.high)
    return metrics
