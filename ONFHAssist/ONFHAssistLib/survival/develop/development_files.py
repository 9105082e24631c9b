"""A finished development as files: models and signatures as JSON, tables as CSV, figures as PNG and SVG."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from ONFHAssistLib.evaluate.figures import survival as sf
from ONFHAssistLib.evaluate.figures.binary import save_figure
from ONFHAssistLib.evaluate.survival import metrics as sm
from ONFHAssistLib.evaluate.survival.outcome import TooFewEvents

from ...bundles.patients import LEARNED_PATIENTS, patient_digests
from ...core.atomic_files import write_text
from ..cox.model import write_json
from ..names import TITLES, readable_covariate
from ..nomogram.figure import draw_nomogram
from ..nomogram.nomogram import nomogram
from .development import Development

_AUC_STEP = 6.0
_DPI = 150


def tables(development: Development) -> dict[str, pd.DataFrame]:
    """Every table by the name of its file."""
    found = {
        "univariate": development.univariate,
        "performance": development.performance,
        "comparison": development.comparison,
        "stability": development.stability().reset_index(),
        "funnel": pd.DataFrame({name: s.selection_counts for name, s in development.signatures.items()})
        .rename_axis("step")
        .reset_index(),
    }
    found["calibration"] = calibration_table(development)
    for name, model in development.models.items():
        test = development.proportional_hazards[name].rename(columns=lambda c: f"proportional_hazards_{c}")
        found[f"cox_{name}"] = model.cox.summary().join(test, how="right").reset_index()
    return found


def calibration_table(development: Development) -> pd.DataFrame:
    """A row a model and month: observed over expected collapses and the integrated calibration index, held out."""
    rows = []
    for name, panels in development.calibration.items():
        for month, (_, curve, weak) in panels.items():
            row: dict[str, object] = {"model": name, "month": month}
            found = {
                "observed_to_expected": curve.observed_to_expected,
                "intercept": weak.intercept,
                "slope": weak.slope,
                "ici": curve.ici,
            }
            for figure, value in found.items():
                row |= {figure: value.value, f"{figure}_low": value.low, f"{figure}_high": value.high}
            row["diagonal_in_band"] = float(
                ((curve.low <= curve.predicted) & (curve.predicted <= curve.high)).mean()
            )
            rows.append(row)
    return pd.DataFrame(rows)


def curves(development: Development) -> dict[str, pd.DataFrame]:
    """What charts of the scene are drawn from, a column a curve: risk groups over time, net benefit, calibration."""
    outcome = development.cohort.outcome
    found = {}
    for name in ("dlrc", "clinical"):
        if name in development.models:
            high = development.risk_groups(name)
            months = np.arange(0.0, np.floor(outcome.time.max()) + 1)
            columns = {"months": months}
            for label, rows in (("low_risk", ~high), ("high_risk", high)):
                if outcome.event[rows].any():
                    curve = sm.kaplan_meier(outcome.time[rows], outcome.event[rows])
                    columns[label] = curve.at(months)[0]
            found[f"curve_kaplan_meier_{name}"] = pd.DataFrame(columns)
    for month, models in development.decision.items():
        if models:
            first = next(iter(models.values()))
            columns = {"threshold": first.thresholds, "act_on_all": first.everyone}
            columns |= {name: curve.model for name, curve in models.items()}
            found[f"curve_decision_{month:g}"] = pd.DataFrame(columns)
    for month, (_, held_out, _weak) in development.calibration.get("dlrc", {}).items():
        columns = {
            "predicted": 1 - held_out.predicted,
            "observed": 1 - held_out.observed,
            "perfect": 1 - held_out.predicted,
        }
        found[f"curve_calibration_{month:g}"] = pd.DataFrame(columns)
    return found


def figures(development: Development) -> dict[str, Figure]:
    """Every figure by the name of its file; those refused for too few events are left out."""
    outcome = development.cohort.outcome
    found: dict[str, Figure] = {}
    found["kaplan_meier_all"] = sf.draw_kaplan_meier(
        {"All hips": (outcome.time, outcome.event)},
        patients={"All hips": development.cohort.patient},
        title="No-collapse survival of the cohort",
    )
    for name in ("dlrc", "clinical"):
        if name in development.models:
            high = development.risk_groups(name)
            groups = {
                label: (outcome.time[rows], outcome.event[rows])
                for label, rows in (("Low risk", ~high), ("High risk", high))
                if rows.any()
            }
            p = development.held_out.log_rank(name)[1]
            title = f"{TITLES[name]} model, hips judged by models that had not seen them"
            patients = {
                label: development.cohort.patient[rows]
                for label, rows in (("Low risk", ~high), ("High risk", high))
            }
            found[f"kaplan_meier_{name}"] = sf.draw_kaplan_meier(
                groups, patients=patients, p=p, test_name="Log-rank within held-out folds", title=title
            )
            cox = development.models[name].cox
            months = [m for m in development.protocol.months if m <= cox.last_time_]
            found[f"nomogram_{name}"] = draw_nomogram(
                nomogram(cox, months),
                labels={covariate: readable_covariate(covariate) for covariate in cox.names_},
                title=f"{TITLES[name]} nomogram",
            )
    for name, panels in development.calibration.items():
        if panels:
            named = {f"{month:g} months": (one.groups, one.curve) for month, one in panels.items()}
            found[f"calibration_{name}"] = sf.draw_calibration(
                named, title=f"{TITLES[name]} model, held-out hips"
            )
    auc = _auc_over_time(development)
    if auc:
        found["time_dependent_auc"] = sf.draw_time_dependent_auc(auc, title="Apparent, all hips")
    for month, curves in development.decision.items():
        if curves:
            by_title = {TITLES[name]: curve for name, curve in curves.items()}
            found[f"decision_curve_{month:g}"] = sf.draw_decision_curves(
                by_title, month, title="Held-out hips"
            )
    for name, signature in development.signatures.items():
        lasso = signature.lasso
        if lasso is not None:
            spread = development.cohort.features[name][list(signature.candidates)].std(ddof=0).to_numpy()
            chosen = {"min": lasso.penalty_min_, "1se": lasso.penalty_1se_}
            found[f"lasso_{name}"] = sf.draw_lasso(
                lasso.path_.penalties,
                lasso.path_.coef * spread,
                lasso.deviance_,
                lasso.deviance_se_,
                chosen,
                title=f"{TITLES[name]} signature",
            )
    return found


def _auc_over_time(development: Development) -> dict[str, tuple]:
    outcome = development.cohort.outcome
    curves = {}
    for name, score in development.log_hazard.items():
        rows = []
        for month in np.arange(_AUC_STEP, outcome.time.max(), _AUC_STEP):
            try:
                found = sm.time_dependent_auc(
                    outcome.time, outcome.event, score, month, cluster=development.cohort.patient
                )
            except TooFewEvents:
                continue
            rows.append((month, found.value, found.low, found.high))
        if rows:
            curves[TITLES[name]] = tuple(zip(*rows, strict=True))
    return curves


def save_development(development: Development, folder: str | Path) -> list[Path]:
    """Write everything below ``folder`` (made if missing): models/, tables/, figures/ and warnings.txt."""
    folder = Path(folder)
    for name in ("models", "tables", "figures"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    learned = patient_digests(development.cohort.patient)
    written = [
        write_json(folder / "models" / f"{name}.json", {**model.to_dict(), LEARNED_PATIENTS: learned})
        for name, model in development.models.items()
    ]
    written += [
        signature.signature.save(folder / "models" / f"signature_{name}.json")
        for name, signature in development.signatures.items()
    ]
    written += [
        write_text(folder / "tables" / f"{name}.csv", table.to_csv(index=False))
        for name, table in (tables(development) | curves(development)).items()
    ]
    for name, figure in figures(development).items():
        suffixes = (".png", ".svg") if name.startswith("nomogram") else (".png",)
        written += [save_figure(figure, folder / "figures" / f"{name}{suffix}", _DPI) for suffix in suffixes]
    written.append(write_text(folder / "warnings.txt", "\n".join(development.warnings) + "\n"))
    return written
