"""A survival study from a cohort's files to a folder with models, tables, figures and a report.

Joins the rooms survival and report; the command line, the worker and the module ONFHSurvival call it.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..core.errors import InputError
from ..core.progress import Progress
from ..evaluate.estimate import json_figure
from .options import report_folder, whole_numbers

if TYPE_CHECKING:
    from ..report.case_page import Section
    from ..survival.develop.development import Development
    from ..survival.develop.models import SurvivalProtocol

LIMITS = {
    # option -> (default, lowest, highest)
    "bootstraps": (500, 0, 100_000),
    "folds": (5, 2, 50),
    "permutations": (0, 0, 10_000),
    "repeats": (5, 1, 100),
    "seed": (0, 0, 2**31),
}
_LAST = 0.94  # share of the work before files are written


def develop_survival(
    arguments: Mapping[str, Any],
    progress: Progress | None = None,
    further_sections: Callable[[Development], Sequence[Section]] | None = None,
) -> dict[str, Any]:
    """Develop the clinical, radiomics, DL and DLRC models on a cohort and write the report.

    Args:
        arguments: JSON values. ``cohort`` (path), ``patient``, ``time``, ``event`` (columns), ``out`` (folder);
            optional ``clinical`` (columns), ``features`` and ``readings`` (paths), ``unit`` ("months" or "days"),
            ``months`` (horizons), ``bootstraps``, ``folds``, ``repeats``, ``permutations``, ``icc``, ``seed``,
            ``threads``, ``plan``, and ``comparators`` and ``learning_curve`` of :class:`.reporting.early.Further`.
        progress: called with a share 0..1 and a text.
        further_sections: gives further sections of the report, after the figures of performance.

    Returns:
        ``report`` (path of index.html), ``folder``, ``metrics`` (name -> value, low, high), ``warnings``, ``models``
        (name -> path), ``tables`` (name -> path), ``hips``, ``patients``, ``events``.

    Raises:
        InputError: see :func:`.cohort_table.read_survival_cohort`; an option out of range.
        TooFewEvents: fewer than 10 events, or fewer patients with one than folds.
    """
    from ..core.provenance import provenance, sha256_of_file
    from ..report.survival_page import write_survival_page
    from ..survival.develop.cohort_table import CohortTable, read_survival_cohort
    from ..survival.develop.development import develop
    from ..survival.develop.development_files import save_development
    from .reporting.early import Further
    from .reporting.parts import TABLE_1
    from .reporting.plan import read_plan
    from .reporting.survival import survival_sections

    report = progress or (lambda _share, _text: None)
    out = report_folder(arguments["out"])
    protocol = protocol_from_options(arguments)
    plan, asked = read_plan(arguments.get("plan"), "dlrc"), Further.of(arguments)
    clinical = arguments.get("clinical")
    source = CohortTable(
        Path(arguments["cohort"]),
        str(arguments["patient"]),
        str(arguments["time"]),
        str(arguments["event"]),
        None if clinical is None else tuple(clinical),
        tuple(Path(p) for p in arguments.get("features") or ()),
        tuple(Path(p) for p in arguments.get("readings") or ()),
        arguments.get("unit"),
    )
    report(0.0, "Reading the cohort")
    cohort = read_survival_cohort(source)
    development = develop(cohort, protocol, _stages(report, protocol.redevelop > 0))
    report(_LAST, "Writing tables and figures")
    written = save_development(development, out)
    record = provenance(
        packages=("pandas", "scipy", "numba"),
        cohort=source.path.name,
        cohort_sha256=sha256_of_file(source.path),
        protocol=repr(protocol),
    )
    own = further_sections(development) if further_sections else ()
    further, left_out = survival_sections(development, out, source, plan, asked)
    first = [one for one in further if one.title.startswith(TABLE_1)]
    last = [one for one in further if not one.title.startswith(TABLE_1)]
    page = write_survival_page(development, out, record, [*first, *own], last, left_out)
    report(1.0, "Done")
    return {
        "report": str(page),
        "folder": str(out),
        "metrics": collect_metrics(development),
        "warnings": [*development.warnings, *left_out],
        "models": {p.stem: str(p) for p in written if p.parent.name == "models"},
        "tables": {p.stem: str(p) for p in written if p.parent.name == "tables"},
        "hips": len(cohort),
        "patients": int(cohort.patient_code.max()) + 1,
        "events": cohort.outcome.events,
    }


def protocol_from_options(arguments: Mapping[str, Any]) -> SurvivalProtocol:
    """The :class:`.models.SurvivalProtocol` of the options in ``arguments``.

    Raises:
        InputError: an option out of range.
    """
    from ..survival.develop.models import SurvivalProtocol
    from ..survival.develop.signature import SignatureProtocol

    months = tuple(float(m) for m in arguments.get("months") or (36.0, 60.0))
    if min(months) <= 0:
        raise InputError(f"Month {min(months):g} is not after the operation; give months greater than 0.")
    chosen = whole_numbers(arguments, LIMITS)
    icc = 0.75 if arguments.get("icc") is None else float(arguments["icc"])
    if not 0 <= icc < 1:
        raise InputError(f"The smallest ICC is {icc:g}; 0 to 1 is accepted.")
    return SurvivalProtocol(
        signature=SignatureProtocol(icc_at_least=icc, seed=chosen["seed"]),
        months=tuple(sorted(set(months))),
        folds=chosen["folds"],
        repeats=chosen["repeats"],
        bootstraps=max(chosen["bootstraps"], 100),  # intervals cost little; only the optimism is expensive
        redevelop=chosen["bootstraps"],
        permutations=chosen["permutations"],
        threads=int(arguments.get("threads") or min(os.cpu_count() or 1, 4)),
        seed=chosen["seed"],
    )


def collect_metrics(development: Development) -> dict[str, dict[str, float | None]]:
    """Name -> value, low, high of the honest figures, and of the apparent ones named so."""
    found: dict[str, dict[str, float | None]] = {}
    for row in development.performance.to_dict("records"):
        for kind in ("honest", "apparent"):
            name = f"{row['model']} {row['figure']}{_at(row['month'])}" + (
                "" if kind == "honest" else " apparent"
            )
            found[name] = json_figure(row[kind], row[f"{kind}_low"], row[f"{kind}_high"])
    for row in development.comparison.to_dict("records"):
        name = f"dlrc - {row['old']} {row['figure'].replace('_', ' ')}{_at(row['month'])}"
        found[name] = json_figure(row["value"], row["low"], row["high"])
    return found


def _at(month: float) -> str:
    return "" if math.isnan(month) else f" {month:g} months"


def _stages(report: Progress, redevelops: bool) -> Callable[[str, int, int], None]:
    """Shares of the two long stages; the bootstrap is by far the longer one."""
    shares = {"nested cross-validation": (0.05, 0.20), "bootstrap": (0.20, _LAST)}
    if not redevelops:
        shares = {"nested cross-validation": (0.05, _LAST)}
    shares["permutations"] = (_LAST, _LAST)  # asked for rarely; its count is told
    words = {
        "nested cross-validation": "Nested cross-validation",
        "bootstrap": "Bootstrap",
        "permutations": "Permutation",
    }

    def report_stage(stage: str, done: int, total: int) -> None:
        start, end = shares[stage]
        report(start + (end - start) * done / total, f"{words[stage]} {done} of {total}")

    return report_stage
