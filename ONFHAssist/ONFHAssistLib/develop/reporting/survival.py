"""Further sections of a report on survival models, beside those of :mod:`...report.survival_page`."""

from __future__ import annotations

from dataclasses import asdict
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ...core.atomic_files import write_text
from ...evaluate.figures.binary import save_figure
from ...evaluate.figures.reporting import draw_timed_roc
from ...evaluate.reporting.instability import Instability
from ...evaluate.reporting.subgroups import as_levels, subgroup_concordance
from ...evaluate.reporting.timed_roc import roc_within_folds, timed_roc_curve
from ...evaluate.survival.metrics import Estimate, time_dependent_auc
from ...evaluate.survival.outcome import TooFewEvents
from ...report.case_page import Picture, Section
from ...report.checklists.run_facts import survival_facts
from ...report.figure_texts import interval_text, p_text
from ...survival.compare.learning import survival_learning_curve
from ...survival.compare.plain import compare_plain_survival, two_sided_p
from ...survival.names import TITLES
from .parts import (
    attempt,
    baseline_section,
    checklist_parts,
    instability_section,
    learning_section,
    subgroup_section,
)
from .plan import plan_section

if TYPE_CHECKING:
    from ...survival.develop.cohort_table import CohortTable
    from ...survival.develop.development import Development
    from .early import Further
    from .plan import AnalysisPlan

_DPI = 150
_ORDER = (
    "dlrc",
    "clinical",
    "radiomics",
    "dl",
)  # the model that is looked at closer: the first that there is
_KINDS = {"held_out": "Held-out hips", "apparent": "Apparent, all hips"}


def survival_sections(
    development: Development,
    out: Path,
    source: CohortTable | None = None,
    plan: AnalysisPlan | None = None,
    further: Further | None = None,
) -> tuple[list[Section], list[str]]:
    """Table 1, ROC curves at the horizons, every pair of models, subgroups, instability and checklists.

    Args:
        source: names the columns, to hold them against the plan.
        plan: the analysis that was written down beforehand.
        further: what takes longer and is made on request: plain models, the learning curve.

    Returns:
        The sections, and sentences on what could not be made.
    """
    failures: list[str] = []
    cohort = development.cohort
    event = np.where(cohort.outcome.event, "collapse", "no collapse seen")
    parts = {
        "baseline": attempt(
            lambda: baseline_section(cohort.clinical, event, cohort.patient_code, out), failures, "Table 1"
        ),
        "roc": attempt(lambda: _rocs(development, out), failures, "ROC curves"),
        "pairs": attempt(lambda: _pairs(development, out), failures, "Pairs of models"),
        "subgroups": attempt(lambda: _subgroups(development, out), failures, "Subgroups"),
        "instability": attempt(lambda: _instability(development, out), failures, "Instability"),
    }
    if further is not None and further.comparators:
        parts["plain"] = attempt(lambda: _plain_models(development, out), failures, "Plain models")
    if further is not None and further.learning_curve:
        draws = further.learning_curve
        parts["learning"] = attempt(lambda: _learning(development, draws, out), failures, "Learning curve")
    facts = survival_facts(development).with_sections(
        characteristics="Table 1 by outcome, with tests and standardised differences"
        * bool(parts["baseline"]),
        heterogeneity="concordance in subgroups, with tests of the difference" * bool(parts["subgroups"]),
        clusters="concordance by scanner and centre, with tests of the difference"
        * bool(parts["subgroups"] and {"scanner", "hospital", "centre"} & set(cohort.clinical)),
        fairness="subgroups of the clinical columns are in the report" * bool(parts["subgroups"]),
        sensitivity="instability of single answers over bootstrap developments" * bool(parts["instability"]),
        plan="" if plan is None else plan.words,
    )
    if plan is not None and source is not None:
        columns = {"patient": source.patient, "time": source.time, "event": source.event}
        parts["plan"] = [plan_section(plan, asdict(development.protocol), columns, source.path)]
    parts["checklists"] = checklist_parts(facts, out)
    return [section for made in parts.values() for section in made], failures


def _looked_at(development: Development) -> str | None:
    return next((name for name in _ORDER if name in development.held_out.score), None)


def _rocs(development: Development, out: Path) -> list[Section]:
    """ROC curves at each month, held out and apparent, with their points as tables."""
    outcome, held, protocol = development.cohort.outcome, development.held_out, development.protocol
    pictures = []
    for kind, title in _KINDS.items():
        panels: dict[str, dict[str, tuple[pd.DataFrame, str]]] = {}
        for month in protocol.months:
            panel = {}
            for name in development.log_hazard:
                try:
                    if kind == "held_out":
                        area: Estimate = held.auc(name, month, protocol.bootstraps, protocol.seed)
                        points = roc_within_folds(
                            outcome.time, outcome.event, held.score[name], held.fold, month
                        )
                    else:
                        score = development.log_hazard[name]
                        area = time_dependent_auc(
                            outcome.time, outcome.event, score, month, cluster=development.cohort.patient
                        )
                        points = timed_roc_curve(outcome.time, outcome.event, score, month)
                except (TooFewEvents, KeyError):
                    continue
                panel[TITLES[name]] = (points, f"{area.value:.3f} ({area.low:.3f}-{area.high:.3f})")
                text = points[["false_positive_rate", "sensitivity"]].to_csv(index=False)
                write_text(out / "tables" / f"roc_{kind}_{name}_{month:g}.csv", text)
            if panel:
                panels[f"{month:g} months"] = panel
        if panels:
            figure = draw_timed_roc(panels, title)
            pictures.append(
                Picture(save_figure(figure, out / "figures" / f"timed_roc_{kind}.png", _DPI), title)
            )
    if not pictures:
        return []
    text = (
        "Who has collapsed by then against who is still without, censoring weighted; held out within folds."
    )
    return [Section("ROC curves at the horizons", text, pictures=pictures, wide=True)]


def _pairs(development: Development, out: Path) -> list[Section]:
    """NRI and IDI of every pair of models at every month, held out within folds, with p."""
    held, protocol = development.held_out, development.protocol
    rows = []
    for month in protocol.months:
        step = protocol.grid.index(month)
        for old, new in combinations(held.score, 2):
            try:
                found = held.reclassification(new, old, month, step, protocol.bootstraps, protocol.seed)
            except TooFewEvents:
                continue
            for figure, value in found.items():
                row = {"new": new, "old": old, "month": month, "figure": figure}
                row |= {"value": value.value, "low": value.low, "high": value.high, "p": two_sided_p(value)}
                rows.append(row)
    if not rows:
        return []
    table = pd.DataFrame(rows)
    write_text(out / "tables" / "pairs.csv", table.to_csv(index=False))
    words = {"continuous_nri": "Continuous NRI", "categorical_nri": "NRI of risk groups", "idi": "IDI"}
    texts = []
    for (new, old, month), part in table.groupby(["new", "old", "month"], sort=False):
        by_figure = part.set_index("figure")
        cells: list[str] = []
        for figure in words:
            one = by_figure.loc[figure]
            cells += [interval_text(one["value"], one["low"], one["high"]), p_text(one["p"])]
        texts.append((f"{TITLES[new]} over {TITLES[old]} at {month:g} months", *cells))
    columns = ["", *(text for word in words.values() for text in (word, "p"))]
    note = "Held-out risks within folds, patients drawn; p from the standard error of the draws, two-sided."
    return [Section("Every pair of models: reclassification", columns=columns, rows=texts, note=note)]


def _plain_models(development: Development, out: Path) -> list[Section]:
    """Ridge, elastic net and boosted trees on everything, beside the study's models, on the same folds."""
    found = compare_plain_survival(development)
    write_text(out / "tables" / "plain_models.csv", found.to_csv(index=False))
    full = TITLES[str(found.loc[found["gain"].isna(), "model"].iloc[0])]
    rows = [
        (
            TITLES.get(row["model"], row["model"]),
            interval_text(row["c"], row["low"], row["high"]),
            "" if np.isnan(row["gain"]) else interval_text(row["gain"], row["gain_low"], row["gain_high"]),
            "" if np.isnan(row["gain"]) else p_text(row["p"]),
        )
        for row in found.to_dict("records")
    ]
    text = (
        "An imaging model is worth its price where it beats the clinical one, and a long selection where it beats one "
        "penalty on all findings and features, or trees."
    )
    note = (
        "On the folds of the first repeat, hips compared within theirs; patients are drawn, and intervals are widened "
        "because folds share training hips (Nadeau and Bengio 2003)."
    )
    columns = ("Model", "C, held out", f"Gain of {full} in C", "p")
    return [Section("Beside plain models", text, columns, rows, note=note)]


def _learning(development: Development, draws: int, out: Path) -> list[Section]:
    found = survival_learning_curve(development, draws)
    shown = found.assign(model=found["model"].map(lambda name: TITLES.get(name, name)))
    return [learning_section(shown, out, title="Learning curve", event="Hips that collapsed", what="C")]


def _subgroups(development: Development, out: Path) -> list[Section]:
    name, cohort = _looked_at(development), development.cohort
    levels = as_levels(cohort.clinical.reset_index(drop=True))
    if name is None or not levels.shape[1]:
        return []
    held = development.held_out
    # scores of two folds are on two scales: ranks within the fold are not
    ranks = np.mean([_ranks(s, f) for s, f in zip(held.score[name], held.fold, strict=True)], axis=0)
    outcome = cohort.outcome
    table = subgroup_concordance(outcome.time, outcome.event, ranks, levels, cohort.patient_code)
    return [subgroup_section(table, out, model=f"{TITLES[name]} model", what="Concordance")]


def _ranks(score: np.ndarray, fold: np.ndarray) -> np.ndarray:
    return (
        pd.Series(score).groupby(fold).rank() / (pd.Series(score).groupby(fold).transform("count") + 1)
    ).to_numpy()


def _instability(development: Development, out: Path) -> list[Section]:
    """Of the risk at the first month, from the bootstrap developments that the optimism needed."""
    name = next((n for n in _ORDER if n in development.models and n in development.optimism), None)
    if name is None or len(development.optimism[name].survival) < 2:
        return []
    month, cohort = development.protocol.months[0], development.cohort
    model = development.models[name]
    covariates = model.covariates(cohort.clinical, cohort.features)
    own = 1 - model.cox.predict_survival(covariates, [month])[:, 0]
    repeated = 1 - development.optimism[name].survival[:, :, 0]
    found = Instability(own, repeated, float(np.median(own)))
    return [instability_section(found, out, model=f"{TITLES[name]} model", what=f"risk by {month:g} months")]
