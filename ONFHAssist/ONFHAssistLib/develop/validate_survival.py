"""A finished survival model on a table of other hips: report, tables and figures. Joins the rooms survival and report."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..core.errors import InputError
from ..core.progress import Progress
from ..evaluate.estimate import json_figure
from .options import report_folder, whole_numbers

if TYPE_CHECKING:
    from ..survival.develop.cohort_table import CohortTable
    from ..survival.external.evaluation import ExternalEvaluation

LIMITS = {"bootstraps": (500, 100, 100_000), "seed": (0, 0, 2**31)}


def validate_survival(arguments: Mapping[str, Any], progress: Progress | None = None) -> dict[str, Any]:
    """Judge a survival bundle, or two side by side, on hips with a known follow-up.

    Args:
        arguments: JSON values. ``cohort`` (path), ``bundle`` (name, folder or JSON file), ``patient``, ``time``,
            ``event`` (columns; events 0/1, or 0/1/2 with competing ones), ``out`` (folder); optional ``against``
            (another bundle), ``features`` (paths), ``unit``, ``months``, ``bootstraps``, ``seed``.
        progress: called with a share 0..1 and a text.

    Returns:
        ``report`` (path of index.html), ``folder``, ``metrics`` (name -> value, low, high), ``warnings``, ``tables``,
        ``bundles`` (names and versions), ``hips``, ``patients``, ``events``, ``competing``.

    Raises:
        InputError: see :func:`.survival.external.evaluation.evaluate_survival` and the reading of the table.
    """
    from dataclasses import replace

    import numpy as np

    from ..bundles.patients import caution_of_patients
    from ..core.provenance import provenance, sha256_of_file
    from ..report.external_survival_page import write_external_survival
    from ..survival.external.cohort import load_named_model, read_external_hips
    from ..survival.external.evaluation import evaluate_survival

    report = progress or (lambda _share, _text: None)
    out = report_folder(arguments["out"])
    chosen = whole_numbers(arguments, LIMITS)
    source = external_source(arguments)
    report(0.05, "Reading the hips")
    hips = read_external_hips(source)
    wanted = [arguments["bundle"], *([arguments["against"]] if arguments.get("against") else [])]
    models = [load_named_model(str(name)) for name in wanted]
    if len(models) == 2 and models[0].name == models[1].name:
        raise InputError(
            f"Both models are called {models[0].name}; give two different ones, under different names."
        )
    report(0.1, "Judging")
    months = tuple(float(m) for m in arguments.get("months") or (36.0, 60.0))
    evaluation = evaluate_survival(models, hips, months, chosen["bootstraps"], chosen["seed"])
    report(0.85, "Writing tables and figures")
    record = provenance(
        packages=("pandas", "scipy"),
        cohort=source.path.name,
        cohort_sha256=sha256_of_file(source.path),
        bundles=", ".join(
            f"{m.name} {m.bundle.version} ({m.bundle.sha256[:12]})" if m.bundle else m.name for m in models
        ),
    )
    cautions = [text for m in models for text in caution_of_patients(m.name, m.learned, hips.patient)]
    evaluation = replace(evaluation, warnings=(*cautions, *evaluation.warnings))
    learned = {m.name: str(m.bundle.metadata["training_data"]) if m.bundle else "not stated" for m in models}
    page, tables = write_external_survival(evaluation, out, record, learned)
    report(1.0, "Done")
    other = hips.outcome.competing
    return {
        "report": str(page),
        "folder": str(out),
        "metrics": external_metrics(evaluation),
        "warnings": [*evaluation.warnings, *(f"{name}: {text}" for name, text in learned.items())],
        "tables": {name: str(path) for name, path in tables.items()},
        "bundles": [m.name if m.bundle is None else f"{m.name} {m.bundle.version}" for m in models],
        "hips": len(hips.outcome),
        "patients": int(np.unique(hips.patient).size),
        "events": hips.outcome.events,
        "competing": 0 if other is None else int(other.sum()),
    }


def external_source(arguments: Mapping[str, Any]) -> CohortTable:
    """Where the hips are and what their columns are called."""
    from ..survival.develop.cohort_table import UNITS, CohortTable

    unit = arguments.get("unit")
    if unit not in (None, *UNITS):
        raise InputError(f"The unit '{unit}' is not known; months or days is accepted.")
    return CohortTable(
        Path(arguments["cohort"]),
        str(arguments["patient"]),
        str(arguments["time"]),
        str(arguments["event"]),
        features=tuple(Path(p) for p in arguments.get("features") or ()),
        unit=unit,
    )


def external_metrics(evaluation: ExternalEvaluation) -> dict[str, dict[str, float | None]]:
    """Name -> value, low, high; with two models their names stand before, and the differences after."""
    several = len(evaluation.models) > 1

    def at(month: float) -> str:
        return "" if month != month else f" {month:g} months"  # noqa: PLR0124 - NaN

    found = {
        f"{row.model + ' ' if several else ''}{row.figure}{at(row.month)}": json_figure(
            row.value, row.low, row.high
        )
        for row in evaluation.performance.itertuples()
    }
    return found | {
        f"{row.figure}{at(row.month)}": json_figure(row.value, row.low, row.high)
        for row in evaluation.comparison.itertuples()
    }
