"""Internal-external validation from a cohort's file to a report. Joins the rooms survival and report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..core.errors import InputError
from ..core.progress import Progress
from ..evaluate.estimate import json_figure
from .options import report_folder
from .survival import protocol_from_options
from .validate_survival import external_source

if TYPE_CHECKING:
    import numpy as np

    from ..evaluate.centres import InternalExternal
    from ..tabular.tables.feature_table import TableSource


def validate_by_centre(arguments: Mapping[str, Any], progress: Progress | None = None) -> dict[str, Any]:
    """Develop the models on all centres but one, judge them in that one, and pool the figures.

    Args:
        arguments: as :func:`.survival.develop_survival`, and ``centre`` (column).
        progress: called with a share 0..1 and a text.

    Returns:
        ``report``, ``folder``, ``metrics`` (name -> value, low, high), ``warnings``, ``tables``, ``centres``, ``hips``,
        ``events``.

    Raises:
        InputError: fewer than two centres that can be judged; as the development.
    """
    from ..core.provenance import provenance, sha256_of_file
    from ..report.centres_page import write_centres
    from ..survival.develop.centres import internal_external
    from ..survival.develop.cohort_table import read_survival_cohort
    from ..tabular.tables.reader import column_of, need_column, read_hips

    report = progress or (lambda _share, _text: None)
    out = report_folder(arguments["out"])
    protocol = protocol_from_options({**arguments, "bootstraps": 0})
    name = str(arguments["centre"])
    clinical = arguments.get("clinical")
    source = replace(
        external_source(arguments), clinical=None if clinical is None else tuple(clinical), apart=(name,)
    )
    cohort = read_survival_cohort(source)
    table = read_hips(source.path, source.features, keys_needed=False)
    need_column(table, name, source.path.name)
    centre = column_of(table, name)
    if centre.isna().any():
        raise InputError(f"Column '{name}' is empty in some row; every hip needs its centre.")

    def told(done: int, total: int) -> None:
        report(0.05 + 0.85 * done / total, f"Centre {done} of {total}")

    found = internal_external(cohort, centre.to_numpy(), protocol, told)
    record = provenance(
        packages=("pandas", "scipy"), cohort=source.path.name, cohort_sha256=sha256_of_file(source.path)
    )
    page, tables = write_centres(found, out, record)
    report(1.0, "Done")
    return {
        "report": str(page),
        "folder": str(out),
        "metrics": centre_metrics(found),
        "warnings": [*cohort.outcome.warnings, *found.warnings],
        "tables": {key: str(path) for key, path in tables.items()},
        "centres": len(set(found.centres["centre"])),
        "hips": len(cohort),
        "events": cohort.outcome.events,
    }


def validate_dlr_by_centre(arguments: Mapping[str, Any], progress: Progress | None = None) -> dict[str, Any]:
    """Develop probabilities on all centres but one, judge them in that one, and pool the figures.

    Args:
        arguments: as :func:`.dlr.develop_dlr`, and ``centre`` (column).
        progress: called with a share 0..1 and a text.

    Returns:
        As :func:`validate_by_centre`.

    Raises:
        InputError: fewer than two centres that can be judged; as the development.
    """
    from ..core.provenance import provenance, sha256_of_file
    from ..early.centres import develop_by_centre
    from ..report.centres_page import write_centres
    from ..tabular.tables.feature_table import TableSource, read_feature_table
    from .dlr import protocol_from_options as early_protocol

    report = progress or (lambda _share, _text: None)
    out = report_folder(arguments["out"])
    protocol = early_protocol(arguments)
    source = TableSource(
        Path(arguments["cohort"]),
        str(arguments["outcome"]),
        arguments.get("patient"),
        tuple(Path(p) for p in arguments.get("features") or ()),
        tuple(arguments.get("groups") or ()),
        arguments.get("scanner"),
    )
    table = read_feature_table(source)

    def told(done: int, total: int) -> None:
        report(0.05 + 0.9 * done / total, f"Training {done} of {total}")

    found = develop_by_centre(table, centres_of(source, str(arguments["centre"])), protocol, told)
    record = provenance(
        packages=("pandas", "scikit-learn", "scipy"),
        cohort=source.path.name,
        cohort_sha256=sha256_of_file(source.path),
        protocol=repr(protocol),
    )
    title = "Early osteonecrosis: internal-external validation by centre"
    page, tables = write_centres(found, out, record, title)
    report(1.0, "Done")
    return {
        "report": str(page),
        "folder": str(out),
        "metrics": centre_metrics(found),
        "warnings": list(found.warnings),
        "tables": {key: str(path) for key, path in tables.items()},
        "centres": len(set(found.centres["centre"])),
        "hips": len(table.features),
        "events": int(table.outcome.sum()),
    }


def centres_of(source: TableSource, centre: str) -> np.ndarray:
    """(n,) the centre of every hip of a table, in its order.

    Raises:
        InputError: a missing column, an empty cell.
    """
    from ..tabular.tables.reader import column_of, need_column, read_hips

    table = read_hips(source.path, source.features)
    need_column(table, centre, source.path.name)
    found = column_of(table, centre)
    if found.isna().any():
        raise InputError(f"Column '{centre}' is empty in some row; every hip needs its centre.")
    values: np.ndarray = found.astype(str).to_numpy()
    return values


def centre_metrics(found: InternalExternal) -> dict[str, dict[str, float | None]]:
    """Name -> value, low, high of the mean, and of the next centre."""
    metrics: dict[str, dict[str, float | None]] = {}
    for model, figures in found.pooled.items():
        for figure, one in figures.items():
            metrics[f"{model} {figure}"] = json_figure(one.mean.value, one.mean.low, one.mean.high)
            metrics[f"{model} {figure}, next centre"] = json_figure(
                one.mean.value, one.low_next, one.high_next
            )
    return metrics
