"""One self-contained HTML page of a developed survival model: figures honest and apparent, models, warnings."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ..survival.names import TITLES, readable
from .case_page import CasePage, Picture, Section, write_case_page

if TYPE_CHECKING:
    import pandas as pd

    from ..survival.develop import Development

BANNER = (
    "For research, not for diagnosis. Judge the models by the honest figures, which come from hips that were not used to "
    "develop them; apparent figures are too good."
)
_CAPTIONS = {
    "kaplan_meier": "No-collapse survival of the held-out low- and high-risk groups",
    "nomogram": "Nomogram",
    "calibration": "Calibration on held-out hips",
    "time_dependent_auc": "AUC over time, apparent",
    "decision_curve": "Net benefit on held-out hips",
    "lasso": "LASSO-Cox: path of the coefficients and cross-validated deviance",
}


def write_survival_page(development: Development, folder: Path, provenance: Mapping[str, str]) -> Path:
    """Write ``index.html`` into a folder that :func:`.development_files.save_development` filled."""
    outcome = development.cohort.outcome
    patients = int(development.cohort.patient_code.max()) + 1
    page = CasePage(
        title="No-collapse survival: development of models",
        banner=BANNER,
        summary=(),
        sections=[
            Section(
                "Cohort",
                f"{len(outcome)} hips of {patients} patients, {outcome.events} collapses; follow-up up to "
                f"{outcome.time.max():.1f} months. Hips of one patient were never split.",
            ),
            _warnings(development),
            _performance(development.performance),
            _comparison(development.comparison),
            *(_model(name, model.cox.summary()) for name, model in development.models.items()),
            _figures(folder / "figures"),
        ],
        provenance=provenance,
        files={
            f"{name}/": meaning
            for name, meaning in (
                ("models", "fitted models and signatures as JSON; ONFHSurvival loads them"),
                ("tables", "every table as CSV"),
                ("figures", "every figure; nomograms also as SVG"),
            )
        },
    )
    return write_case_page(page, folder / "index.html")


def _warnings(development: Development) -> Section:
    rows = [(sentence,) for sentence in development.warnings]
    return Section("Warnings", "" if rows else "None.", columns=("What to keep in mind",), rows=rows)


def _interval(value: float, low: float, high: float) -> str:
    if value != value:  # noqa: PLR0124 - NaN
        return "–"
    return f"{value:.3f}" if low != low else f"{value:.3f} ({low:.3f} to {high:.3f})"  # noqa: PLR0124


def _performance(table: pd.DataFrame) -> Section:
    rows = [
        (
            f"{TITLES[row['model']]}, {row['figure']}{_at(row['month'])}",
            _interval(row["apparent"], row["apparent_low"], row["apparent_high"]),
            _interval(row["honest"], row["honest_low"], row["honest_high"]),
        )
        for row in table.to_dict("records")
    ]
    note = "Honest: nested cross-validation by patients, every selection repeated inside. 95% intervals by patients."
    return Section("How good the models are", columns=("", "Apparent", "Honest"), rows=rows, note=note)


def _comparison(table: pd.DataFrame) -> Section:
    rows = [
        (
            f"DLRC against {TITLES[row['old']]}, {row['figure'].replace('_', ' ')}{_at(row['month'])}",
            _interval(row["value"], row["low"], row["high"]),
        )
        for row in table.to_dict("records")
    ]
    return Section("What DLRC adds, on held-out hips", columns=("", "Difference"), rows=rows)


def _at(month: float) -> str:
    return "" if month != month else f" at {month:g} months"  # noqa: PLR0124 - NaN


def _model(name: str, summary: pd.DataFrame) -> Section:
    rows = [
        (
            readable(covariate),
            _interval(row["hr"], row["low"], row["high"]),
            f"{row['p']:.3g}",
            f"{row['robust_low']:.3f} to {row['robust_high']:.3f}",
            f"{row['robust_p']:.3g}",
        )
        for covariate, row in summary.iterrows()
    ]
    columns = ("", "Hazard ratio (95%)", "p", "Clustered by patient (95%)", "p, clustered")
    return Section(f"{TITLES[name]} model", columns=columns, rows=rows)


def _figures(folder: Path) -> Section:
    pictures = []
    for path in sorted(folder.glob("*.png")):
        kind = next((k for k in _CAPTIONS if path.stem.startswith(k)), None)
        rest = path.stem.removeprefix(kind or "").strip("_")
        detail = TITLES.get(rest, f"{rest} months" if rest else "")
        caption = f"{_CAPTIONS.get(kind, path.stem)}{', ' + detail if detail else ''}"
        pictures.append(Picture(path, caption))
    return Section("Figures", columns=("",), pictures=pictures)
