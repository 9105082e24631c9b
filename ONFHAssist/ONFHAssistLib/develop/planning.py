"""An analysis written down before the hips are looked at, from the options that the development takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ..core.errors import InputError
from .reporting.plan import AnalysisPlan, write_plan

STUDIES = ("dlr", "dlrc")


def plan_analysis(
    path: str | Path,
    study: str,
    options: Mapping[str, Any],
    columns: Mapping[str, str | None] | None = None,
    primary: str = "",
    cohort: str | Path | None = None,
) -> AnalysisPlan:
    """Write a plan; every setting that ``options`` do not name has its usual value and stands in the file too.

    Args:
        study: "dlr" (early osteonecrosis) or "dlrc" (survival).
        options: as :func:`.dlr.develop_dlr` or :func:`.survival.develop_survival` take them.
        columns, primary, cohort: as :func:`.reporting.plan.write_plan`.

    Raises:
        InputError: another study, or an option out of range.
    """
    if study not in STUDIES:
        raise InputError(f"The study is '{study}'; {' or '.join(STUDIES)} is accepted.")
    if study == "dlr":
        from .dlr import protocol_from_options as early_protocol

        protocol = asdict(early_protocol(options))
    else:
        from .survival import protocol_from_options as survival_protocol

        protocol = asdict(survival_protocol(options))
    return write_plan(path, study, protocol, columns, primary, cohort)
