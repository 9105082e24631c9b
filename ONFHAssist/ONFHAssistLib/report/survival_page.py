"""One self-contained HTML page of a developed survival model: figures honest and apparent, models, warnings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..evaluate.survival_outcome import follow_up, kaplan_meier
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
_MOST_STABLE = 20


def write_survival_page(
    development: Development, folder: Path, provenance: Mapping[str, str], beside: Sequence[Section] = ()
) -> Path:
    """Write ``index.html`` into a folder that :func:`.development_files.save_development` filled.

    ``beside`` are further sections that follow the figures of performance.
    """
    page = CasePage(
        title="No-collapse survival: development of models",
        banner=BANNER,
        summary=(),
        sections=[
            _cohort(development),
            _warnings(development),
            _performance(development.performance),
            _comparison(development.comparison),
            *beside,
            _univariate(development.univariate),
            _funnel(development),
            *(
                _model(name, model.cox.summary(), development.proportional_hazards[name])
                for name, model in development.models.items()
            ),
            _stability(development),
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


def interval_text(value: float, low: float, high: float) -> str:
    """ "0.780 (0.730 to 0.840)", the value alone where it has no interval, a dash where there is none."""
    if _missing(value):
        return "–"
    return f"{value:.3f}" if _missing(low) else f"{value:.3f} ({low:.3f} to {high:.3f})"


def _missing(value: float | None) -> bool:
    return value is None or value != value  # noqa: PLR0124 - NaN


def _cohort(development: Development) -> Section:
    outcome = development.cohort.outcome
    patients = int(development.cohort.patient_code.max()) + 1
    middle, low, high = follow_up(outcome.time, outcome.event)
    curve = kaplan_meier(outcome.time, outcome.event)
    rows = [("Median follow-up, months (reverse Kaplan-Meier)", _months(middle, low, high))]
    for month in development.protocol.months:
        if month <= outcome.time.max():
            survival = (float(column[0]) for column in curve.at([month]))
            rows.append((f"No-collapse survival at {month:g} months", interval_text(*survival)))
            rows.append(
                (f"Hips still followed at {month:g} months", str(int(curve.number_at_risk([month])[0])))
            )
    return Section(
        "Cohort",
        f"{len(outcome)} hips of {patients} patients, {outcome.events} collapses; follow-up up to "
        f"{outcome.time.max():.1f} months. Hips of one patient were never split.",
        columns=("", "All hips (95% interval)"),
        rows=rows,
    )


def _months(middle: float, low: float, high: float) -> str:
    ends = ("not reached" if _missing(v) else f"{v:.1f}" for v in (middle, low, high))
    return "{} ({} to {})".format(*ends)


def _performance(table: pd.DataFrame) -> Section:
    rows = [
        (
            f"{TITLES[row['model']]}, {row['figure']}{_at(row['month'])}",
            interval_text(row["apparent"], row["apparent_low"], row["apparent_high"]),
            interval_text(row["honest"], row["honest_low"], row["honest_high"]),
            interval_text(row.get("bootstrap_632_plus"), None, None),
        )
        for row in table.to_dict("records")
    ]
    note = (
        "Honest: nested cross-validation by patients, every selection repeated inside. 95% intervals by patients. "
        ".632+: the bootstrap's estimate, everything developed again in each sample. Uno C does not depend on how long "
        "hips were followed. Brier scores: 0 is perfect, 0.25 is a coin."
    )
    return Section(
        "How good the models are", columns=("", "Apparent", "Honest", ".632+"), rows=rows, note=note
    )


def _univariate(table: pd.DataFrame) -> Section:
    rows = [
        (
            readable(row["covariate"]),
            row["form"],
            interval_text(row["hr"], row["low"], row["high"]),
            f"{row['p']:.3g}",
            "–" if _missing(row.get("robust_p")) else f"{row['robust_p']:.3g}",
        )
        for row in table.to_dict("records")
    ]
    note = (
        "The protocol takes the median split, as the study did; it throws information away and its cut follows the "
        "cohort, so the continuous forms stand beside it."
    )
    columns = ("", "Form", "Hazard ratio (95%)", "p", "p, clustered by patient")
    return Section("Clinical findings one by one", columns=columns, rows=rows, note=note)


def _funnel(development: Development) -> Section:
    steps = {
        "offered": "Offered",
        "repeatable": f"ICC of two readers at least {development.protocol.signature.icc_at_least:g}",
        "usable": "Complete, varying, without extreme outliers",
        "mann_whitney": f"Mann-Whitney p < {development.protocol.signature.mann_whitney_below:g}",
        "pearson": f"Of pairs with |r| > {development.protocol.signature.pearson_above:g} one",
        "lasso": "LASSO-Cox",
    }
    signatures = development.signatures
    rows = [
        (text, *(str(found.funnel.get(step, "–")) for found in signatures.values()))
        for step, text in steps.items()
    ]
    columns = ("Features that are left", *(TITLES[name] for name in signatures))
    return Section("From features to signatures", columns=columns, rows=rows if signatures else ())


def _stability(development: Development) -> Section:
    table = development.stability().head(_MOST_STABLE)
    rows = [(readable(name), f"{row['selected_in']:.0%}") for name, row in table.iterrows()]
    return Section(
        "What is chosen again",
        f"How often a finding or feature was chosen in {development.held_out.developments} developments of the "
        f"cross-validation; the {len(rows)} most often chosen. What is chosen rarely is there by chance.",
        columns=("", "Chosen in"),
        rows=rows,
    )


def _comparison(table: pd.DataFrame) -> Section:
    rows = [
        (
            f"DLRC against {TITLES[row['old']]}, {row['figure'].replace('_', ' ')}{_at(row['month'])}",
            interval_text(row["value"], row["low"], row["high"]),
        )
        for row in table.to_dict("records")
    ]
    return Section("What DLRC adds, on held-out hips", columns=("", "Difference"), rows=rows)


def _at(month: float) -> str:
    return "" if month != month else f" at {month:g} months"  # noqa: PLR0124 - NaN


def _model(name: str, summary: pd.DataFrame, test: pd.DataFrame) -> Section:
    rows = [
        (
            readable(covariate),
            interval_text(row["hr"], row["low"], row["high"]),
            f"{row['p']:.3g}",
            f"{row['robust_low']:.3f} to {row['robust_high']:.3f}",
            f"{row['robust_p']:.3g}",
            f"{test.loc[covariate, 'p']:.3g}",
        )
        for covariate, row in summary.iterrows()
    ]
    columns = (
        "",
        "Hazard ratio (95%)",
        "p",
        "Clustered by patient (95%)",
        "p, clustered",
        "p, proportional hazards",
    )
    note = f"Schoenfeld test of the whole model: p = {test.loc['GLOBAL', 'p']:.3g}."
    return Section(f"{TITLES[name]} model", columns=columns, rows=rows, note=note)


def _figures(folder: Path) -> Section:
    pictures = []
    for path in sorted(folder.glob("*.png"), key=_place):
        kind = next((k for k in _CAPTIONS if path.stem.startswith(k)), None)
        rest = path.stem.removeprefix(kind or "").strip("_")
        detail = TITLES.get(rest, f"{rest} months" if rest else "")
        caption = f"{_CAPTIONS.get(kind, path.stem)}{', ' + detail if detail else ''}"
        pictures.append(Picture(path, caption))
    return Section("Figures", columns=("",), pictures=pictures)


def _place(path: Path) -> tuple[int, int, str]:
    """Kinds of figures in the order of their captions, DLRC first in each."""
    kind = next((n for n, k in enumerate(_CAPTIONS) if path.stem.startswith(k)), len(_CAPTIONS))
    return kind, 0 if path.stem.endswith("dlrc") else 1, path.stem
