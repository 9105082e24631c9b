"""One self-contained HTML page of a survival model on hips from elsewhere, or of two side by side, with its files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from ..core.atomic_files import write_text
from ..evaluate.figures import survival as sf
from ..evaluate.figures.binary import save_figure
from ..evaluate.survival.competing import aalen_johansen
from ..evaluate.survival.outcome import follow_up, kaplan_meier
from ..survival.external.evaluation import ExternalEvaluation, ModelOnHips
from .case_page import CasePage, Picture, Section, write_case_page
from .figure_texts import interval_text, p_text

BANNER = (
    "For research, not for diagnosis. Nothing was fitted to these hips: the model is as it was. Look at the calibration "
    "before the discrimination; a model that ranks well can still promise too much."
)
_DPI = 150
_NOTE = (
    "95% intervals by patients. C and AUC: 0.5 is chance. Observed : expected of 1 and an intercept of 0 are right in "
    "the large; a slope below 1 says that risks are too extreme (pseudo-observations, van Geloven 2022). ICI: mean "
    "distance of the smooth curve from the diagonal. Brier score: 0 is perfect."
)


def write_external_survival(
    evaluation: ExternalEvaluation, out: Path, provenance: Mapping[str, str], learned: Mapping[str, str]
) -> tuple[Path, dict[str, Path]]:
    """Tables, figures and ``index.html`` into ``out``; the page, and the tables by name.

    Args:
        learned: model -> what its card says of its training data.
    """
    tables = {"performance": evaluation.performance, "predictions": predictions_table(evaluation)}
    if len(evaluation.comparison):
        tables["comparison"] = evaluation.comparison
    tables["decision"] = decision_table(evaluation)
    written = {
        name: write_text(out / "tables" / f"{name}.csv", table.to_csv(index=False))
        for name, table in tables.items()
    }
    pictures = _pictures(evaluation, out / "figures")
    sections = [
        _cohort(evaluation),
        Section(
            "Warnings",
            "" if evaluation.warnings else "None.",
            ("What to keep in mind",),
            _lines(evaluation.warnings),
        ),
        _performance(evaluation),
    ]
    if len(evaluation.comparison):
        sections.append(_comparison(evaluation))
    sections.append(Section("Figures", columns=("",), pictures=pictures))
    sections.append(
        Section("What the model learned from", columns=("Model", "Learned from"), rows=list(learned.items()))
    )
    names = " and ".join(one.name for one in evaluation.models)
    page = CasePage(
        title=f"No-collapse survival: {names} on other hips",
        banner=BANNER,
        summary=(),
        sections=sections,
        provenance=provenance,
        files={"tables/": "every table as CSV, with each hip's risk", "figures/": "every figure"},
    )
    return write_case_page(page, out / "index.html"), written


def predictions_table(evaluation: ExternalEvaluation) -> pd.DataFrame:
    """A row a hip: follow-up, and of every model log hazard and risks."""
    outcome = evaluation.hips.outcome
    table = pd.DataFrame({"months": outcome.time, "event": outcome.event.astype(int)})
    if outcome.competing is not None:
        table["event"] += 2 * outcome.competing
    for one in evaluation.models:
        table[f"{one.name} log_hazard"] = one.log_hazard
        for month, risk in one.risk.items():
            table[f"{one.name} risk_{month:g}"] = risk
    index = evaluation.hips.table.index.to_frame(index=False)
    return pd.concat([index, table], axis=1)


def decision_table(evaluation: ExternalEvaluation) -> pd.DataFrame:
    """Net benefit with its band: a row a model, month and threshold."""
    parts = [
        pd.DataFrame(
            {
                "model": one.name,
                "month": month,
                "threshold": curve.thresholds,
                "net_benefit": curve.model,
                "low": curve.low,
                "high": curve.high,
                "act_on_all": curve.everyone,
            }
        )
        for one in evaluation.models
        for month, curve in one.decision.items()
    ]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()


def _cohort(evaluation: ExternalEvaluation) -> Section:
    hips, outcome = evaluation.hips, evaluation.hips.outcome
    other = 0 if outcome.competing is None else int(outcome.competing.sum())
    gone = outcome.event if outcome.competing is None else outcome.event | outcome.competing
    middle = follow_up(outcome.time, gone, hips.patient)[0]
    rows = [("Median follow-up, months (reverse Kaplan-Meier)", f"{middle:.1f}")]
    incidence = aalen_johansen(outcome.time, outcome.event, outcome.competing, hips.patient)
    for month in evaluation.months:
        risk, low, high = (float(part[0]) for part in incidence.at([month]))
        rows.append((f"Risk of collapse by {month:g} months", interval_text(risk, low, high)))
        if other:
            naive = 1 - float(kaplan_meier(outcome.time, outcome.event).at([month])[0][0])
            rows.append(("  if competing events were censored", f"{naive:.3f} (too high)"))
    beside = f", {other} competing events" if other else ""
    return Section(
        "Hips",
        f"{len(outcome)} hips of {np.unique(hips.patient).size} patients, {outcome.events} collapses{beside}.",
        columns=("", "All hips (95% interval by patients)"),
        rows=rows,
    )


def _lines(sentences: Sequence[str]) -> list[tuple[str]]:
    return [(sentence,) for sentence in sentences]


def _at(month: float) -> str:
    return "" if np.isnan(month) else f" at {month:g} months"


def _performance(evaluation: ExternalEvaluation) -> Section:
    cells: dict[str, dict[str, str]] = {}
    for row in evaluation.performance.itertuples():
        cells.setdefault(f"{row.figure}{_at(row.month)}", {})[row.model] = interval_text(
            row.value, row.low, row.high
        )
    names = [one.name for one in evaluation.models]
    rows = [(figure, *(found.get(name, "–") for name in names)) for figure, found in cells.items()]
    rows.append(
        ("Log-rank of the risk groups, p by patients", *(p_text(m.log_rank_p) for m in evaluation.models))
    )
    return Section("How good the model is on these hips", columns=("", *names), rows=rows, note=_NOTE)


def _comparison(evaluation: ExternalEvaluation) -> Section:
    first, second = evaluation.models
    rows = [
        (f"{row.figure}{_at(row.month)}", interval_text(row.value, row.low, row.high))
        for row in evaluation.comparison.itertuples()
    ]
    return Section(
        f"{second.name} against {first.name}",
        f"On the same hips; above 0 speaks for {second.name}, of the Brier score below 0.",
        columns=("", "Difference (95%)"),
        rows=rows,
        note="NRI: net reclassification improvement. IDI: integrated discrimination improvement.",
    )


def _pictures(evaluation: ExternalEvaluation, folder: Path) -> list[Picture]:
    folder.mkdir(parents=True, exist_ok=True)
    pictures = []

    def keep(name: str, figure: Figure, caption: str) -> None:
        pictures.append(Picture(save_figure(figure, folder / f"{name}.png", _DPI), caption))

    for one in evaluation.models:
        if one.calibration:
            panels = {f"{month:g} months": (c.groups, c.curve) for month, c in one.calibration.items()}
            drawn = sf.draw_calibration(panels, title=f"{one.name} on these hips")
            keep(f"calibration_{one.name}", drawn, f"Calibration of {one.name}")
        if not np.isnan(one.log_rank_p) and evaluation.hips.outcome.competing is None:
            keep(f"kaplan_meier_{one.name}", _groups(evaluation, one), f"Risk groups of {one.name}")
    for month in evaluation.months:
        curves = {m.name: m.decision[month] for m in evaluation.models if month in m.decision}
        if curves:
            drawn = sf.draw_decision_curves(curves, month, title="On these hips")
            keep(f"decision_curve_{month:g}", drawn, f"Net benefit at {month:g} months")
    return pictures


def _groups(evaluation: ExternalEvaluation, one: ModelOnHips) -> Figure:
    outcome, parts = evaluation.hips.outcome, {"Low risk": ~one.high_risk, "High risk": one.high_risk}
    return sf.draw_kaplan_meier(
        {name: (outcome.time[rows], outcome.event[rows]) for name, rows in parts.items()},
        patients={name: evaluation.hips.patient[rows] for name, rows in parts.items()},
        p=one.log_rank_p,
        test_name="Log-rank by patients",
        title=f"{one.name}, groups by its own cut",
    )
