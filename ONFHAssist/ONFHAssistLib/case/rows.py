"""The rows of a case's result tables, hip by hip: the scene's tables, CSV files and the report hold these values.

A number is NaN or None where a hip has none, a text "". Lengths are in mm, volumes in ml, angles in degrees. What is
withheld is :data:`OUT_OF_SCOPE` here without its numbers; they stand in the result alone (:attr:`.HipResult.withheld`).
"""

from __future__ import annotations

import math
from typing import Any

from ..stage.answer import STAGES
from .result import PROBABILITY, STAGE, CaseResult, HipResult

OUT_OF_SCOPE, IN_SCOPE = "out of scope", "in scope"
NOT_STAGED = "not staged"
ROLES = ("measurements", "stage", "prediction", "survival")


def rows_of(result: CaseResult, role: str) -> list[dict[str, Any]]:
    """Rows of one of :data:`ROLES`, right before left, each with its ``side``."""
    make = {
        "measurements": measurement_row,
        "stage": stage_row,
        "prediction": prediction_row,
        "survival": survival_row,
    }[role]
    rows = [make(hip) for hip in result.hips]
    return [row for row in rows if row]


def measurement_row(hip: HipResult) -> dict[str, Any]:
    """What was measured on a hip; empty where nothing was."""
    found = hip.findings
    if found is None:
        return {}
    measured = found.measurement
    row = {name: value for name, value in vars(measured).items() if not isinstance(value, tuple)}
    row = {name: "" if value is None else value for name, value in row.items()}
    row["jic_edge"] = found.edge_source or "none"
    row["oedema"] = "cannot tell"
    if found.oedema is not None:
        row["oedema"] = "suggested" if found.oedema.suggested else "not seen"
    row["oedema_extent"] = math.nan if found.oedema is None else found.oedema.extent
    return row


def stage_row(hip: HipResult) -> dict[str, Any]:
    """The stage of a hip with its scope; empty where nobody tried to stage it."""
    result, withheld = hip.stage, STAGE in hip.withheld
    if result is None and not withheld and STAGE not in hip.failures:
        return {}
    heat = None if result is None else result.heat
    probabilities = {} if result is None else result.probabilities
    return {
        "side": hip.side,
        "stage": OUT_OF_SCOPE if withheld else NOT_STAGED if result is None else result.stage,
        "scope": OUT_OF_SCOPE if withheld else IN_SCOPE,
        **{f"P({stage})": probabilities.get(stage) for stage in STAGES},
        "spread": None if result is None else result.uncertainty,
        "heat volume": None if heat is None else heat.volume_ml,
        "heat surface": None if heat is None else heat.surface_mm2,
        "overlap": None if heat is None else heat.overlap,
        "distance": None if result is None else result.distance,
    }


def prediction_row(hip: HipResult) -> dict[str, Any]:
    """The probability of a hip with its scope; empty without one."""
    result, withheld = hip.probability, PROBABILITY in hip.withheld
    if result is None and not withheld:
        return {}
    return {
        "side": hip.side,
        "probability": None if result is None else result.probability,
        "threshold": None if result is None else result.threshold,
        "reading": OUT_OF_SCOPE if result is None else result.reading,
        "scope": OUT_OF_SCOPE if withheld else IN_SCOPE,
    }


def survival_row(hip: HipResult) -> dict[str, Any]:
    """The survival of a hip: lists over its months; empty without an estimate."""
    result = hip.survival
    if result is None:
        return {}
    return {
        "side": hip.side,
        **result.estimate.as_dict(),
        "assumed": result.assumed,
        "model": result.findings.get("model", result.model),
    }
