"""The DLRC study's tables beside those of a cohort that was simulated after it: case mix, hazard ratios, figures.

Source of the published numbers: "A radiomics and deep learning nomogram developed and validated for predicting
no-collapse survival in patients with osteonecrosis after multiple drilling" (144 patients, 212 hips, 64 collapses).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ONFHAssistLib.evaluate.survival.outcome import kaplan_meier
from ONFHAssistLib.report.case_page import Section
from ONFHAssistLib.report.figure_texts import interval_text, p_text
from ONFHAssistLib.survival.names import TITLES, readable_covariate
from ONFHAssistLib.survival.published.model import OVERALL_SURVIVAL, PUBLISHED_FIGURES, RISK_GROUPS

from .baseline import baseline_beside

if TYPE_CHECKING:
    from ONFHAssistLib.survival.develop.development import Development

MONTHS = (36.0, 60.0)  # of the published figures
ENDS = ("", "_low", "_high")
HIPS, PATIENTS, COLLAPSES = 212, 144, 64
# hips of the study with this level of a finding
CASE_MIX = {
    ("arco_stage", "I"): 49,
    ("arco_stage", "II"): 108,
    ("arco_stage", "IIIA"): 55,
    ("bone_marrow_oedema", 1): 129,
    ("jic_type", "B"): 15,
    ("jic_type", "C1"): 67,
    ("jic_type", "C2"): 130,
    ("sex", "M"): 170,
    ("aetiology", "idiopathic"): 121,
    ("aetiology", "corticosteroid"): 58,
    ("aetiology", "alcohol"): 33,
    ("bisphosphonate", 1): 97,
    ("laterality", "bilateral"): 132,
    ("laterality", "unilateral"): 57,
    ("laterality", "unilateral_contralateral_tha"): 23,
}
# median and quartiles; mean and standard deviation for the two measurements of the necrosis
MEDIANS = {"age": (42.0, 33.0, 49.0), "bmi": (23.71, 21.58, 26.04), "symptom_months": (2.0, 1.0, 5.0)}
AS_AB = 180 * 180 / 100 / 100  # from A/180 x B/180 x 100 to A x B / 100
MEANS = {"combined_necrotic_angle_deg": (211.53, 44.58), "necrosis_degree_index": (114.91, 46.53)}
# univariate hazard ratio, 95% low and high, p (0.001 stands for less); of a median split where the key ends in ">="
UNIVARIATE = {
    "arco_stage=IIIA": (2.12, 1.25, 3.59, 0.005),
    "bone_marrow_oedema": (2.13, 1.19, 3.81, 0.011),
    "combined_necrotic_angle_deg>=": (2.42, 1.44, 4.07, 0.001),
    "necrosis_degree_index>=": (2.35, 1.39, 3.95, 0.001),
    "jic_type=C1": (0.64, 0.36, 1.13, 0.124),
    "jic_type=C2": (1.73, 1.00, 2.98, None),
    "aetiology=corticosteroid": (1.47, 0.87, 2.50, 0.151),
    "age>=": (1.42, 0.86, 2.37, 0.174),
    "bmi>=": (1.35, 0.82, 2.22, 0.238),
    "symptom_months>=": (0.85, 0.52, 1.40, 0.526),
    "sex=M": (1.21, 0.65, 2.28, 0.545),
    "laterality=unilateral": (1.33, 0.77, 2.31, 0.302),
    "bisphosphonate": (1.14, 0.69, 1.89, 0.602),
}
# the multivariate model: as UNIVARIATE
MULTIVARIATE = {
    "arco_stage=IIIA": (2.12, 1.25, 3.58, 0.037),
    "bone_marrow_oedema": (2.13, 1.19, 3.81, 0.010),
    "combined_necrotic_angle_deg>=": (2.41, 1.43, 4.07, 0.001),
}
FEATURES = {"radiomics": (1562, 184, 14), "dl": (512, None, 21)}  # offered, before LASSO-Cox, selected
PENALTIES = {"radiomics": 0.054, "dl": 0.712}  # of LASSO-Cox, as printed
FOLLOW_UP = (29.55, 19.48, 40.83)  # median and quartiles of the follow-up, months


def publication_sections(development: Development, figures: pd.DataFrame) -> list[Section]:
    """Cohort, hazard ratios, features and figures of the study beside those of a development."""
    return [
        _figures(figures),
        _cohort(development),
        baseline_beside(development),
        _hazard_ratios(development),
        _multivariate(development),
        _features(development),
    ]


def risk_group_survival(development: Development) -> dict[tuple[str, float], tuple[float, float, float]]:
    """Held-out survival with interval of DLRC's low- and high-risk hips at the study's months, if followed so long."""
    if "dlrc" not in development.models:
        return {}
    outcome, high = development.cohort.outcome, development.risk_groups("dlrc")
    found = {}
    for group, rows in (("low", ~high), ("high", high)):
        for month in MONTHS:
            if rows.any() and outcome.time[rows].max() >= month:
                curve = kaplan_meier(
                    outcome.time[rows], outcome.event[rows], development.cohort.patient[rows]
                )
                survival, low, high = curve.at([month])
                found[group, month] = (float(survival[0]), float(low[0]), float(high[0]))
    return found


def compare_with_publication(
    performance: pd.DataFrame, groups: Mapping[tuple[str, float], tuple[float, float, float]]
) -> pd.DataFrame:
    """A row for each published figure: the paper's beside the apparent and the honest one here."""
    rows = []
    for (model, figure, month), paper in PUBLISHED_FIGURES.items():
        found = performance[(performance["model"] == model) & (performance["figure"] == figure)]
        found = found[found["month"].isna() if month is None else found["month"] == month]
        row: dict[str, Any] = {"what": f"{TITLES[model]}, {figure}", "month": month, "paper": paper[0]}
        row |= dict(zip(("paper_low", "paper_high"), paper[1:], strict=False))
        if len(found):
            one = found.iloc[0]
            for kind in ("apparent", "honest"):
                row |= {f"{kind}{end}": one[f"{kind}{end}"] for end in ENDS}
        rows.append(row)
    for group, paper in RISK_GROUPS.items():
        for month, value in zip(MONTHS, paper, strict=True):
            row = {"what": f"DLRC, survival of the {group}-risk group", "month": month, "paper": value}
            values = groups.get((group, month), (None, None, None))
            rows.append(row | {f"honest{end}": v for end, v in zip(ENDS, values, strict=True)})
    return pd.DataFrame(rows)


def _figures(table: pd.DataFrame) -> Section:
    def cell(row: Mapping[str, Any], kind: str) -> str:
        value, low, high = (row.get(f"{kind}{end}") for end in ENDS)
        return "–" if value is None or pd.isna(value) else interval_text(value, low, high)

    rows = [
        (
            row["what"] + ("" if pd.isna(row["month"]) else f" at {row['month']:g} months"),
            *(cell(row, kind) for kind in ("paper", "apparent", "honest")),
        )
        for row in table.to_dict("records")
    ]
    return Section(
        "Beside the paper: figures",
        "The study's figures are of its patients and apparent; those here are of simulated patients, so that the two say "
        "whether the same protocol was followed, not whether it works in a clinic.",
        columns=("", "Paper", "Apparent here", "Honest here"),
        rows=rows,
    )


def _cohort(development: Development) -> Section:
    cohort = development.cohort
    clinical, outcome = cohort.clinical, cohort.outcome
    rows = [
        ("Patients", str(PATIENTS), str(int(cohort.patient_code.max()) + 1)),
        ("Hips", str(HIPS), str(len(cohort))),
        ("Collapses", _share(COLLAPSES, HIPS), _share(outcome.events, len(cohort))),
    ]
    here = np.quantile(outcome.time, [0.5, 0.25, 0.75])
    rows.append(("Follow-up, months, median (quartiles)", _quartiles(*FOLLOW_UP), _quartiles(*here)))
    for (column, level), count in CASE_MIX.items():
        if column in clinical:
            name = readable_covariate(column if level == 1 else f"{column}={level}")
            rows.append(
                (name, _share(count, HIPS), _share(int((clinical[column] == level).sum()), len(cohort)))
            )
    for column, paper in MEDIANS.items():
        if column in clinical:
            here = clinical[column].quantile([0.5, 0.25, 0.75])
            rows.append(
                (f"{readable_covariate(column)}, median (quartiles)", _quartiles(*paper), _quartiles(*here))
            )
    for column, (mean, spread) in MEANS.items():
        if column in clinical:
            here = f"{clinical[column].mean():.1f} ± {clinical[column].std():.1f}"
            rows.append((f"{readable_covariate(column)}, mean ± SD", f"{mean:.1f} ± {spread:.1f}", here))
    if "necrosis_degree_index" in clinical:
        other = clinical["necrosis_degree_index"] * AS_AB
        mean, spread = MEANS["necrosis_degree_index"]
        here = f"{other.mean():.1f} ± {other.std():.1f}"
        rows.append(("The same, read as A x B / 100", f"{mean:.1f} ± {spread:.1f}", here))
    curve = kaplan_meier(outcome.time, outcome.event, cohort.patient)
    for known in OVERALL_SURVIVAL:
        if known.month <= outcome.time.max():
            value, low, high = (float(column[0]) for column in curve.at([known.month]))
            here = interval_text(value, low, high)
            theirs = interval_text(known.survival, known.low, known.high)
            rows.append((f"No-collapse survival at {known.month:g} months", theirs, here))
    note = (
        "The study's necrosis degree index cannot come from its printed formula, by which the angles of its patients "
        "give about 34; here the formula is used as printed. Read as A x B / 100 it is 3.24 times as large, which gives "
        "the study's figures, and its cut of 109.7 is one of 33.8 by the formula."
    )
    return Section("Beside the paper: the cohort", columns=("", "Paper", "Here"), rows=rows, note=note)


def _share(count: int, of: int) -> str:
    return f"{count} ({count / of:.0%})"


def _quartiles(middle: float, low: float, high: float) -> str:
    return f"{middle:.1f} ({low:.1f} to {high:.1f})"


def _hazard_ratios(development: Development) -> Section:
    table = development.univariate.set_index("covariate")
    table = table[table["form"].isin(["as coded", "median split"])]
    rows = []
    for key, (ratio, low, high, p) in UNIVARIATE.items():
        name = next((n for n in table.index if n == key or (key.endswith(">=") and n.startswith(key))), None)
        if name is not None:
            rows.append(
                (
                    readable_covariate(name),
                    *_ratio(ratio, low, high, p),
                    *_ratio_here(table, name),
                )
            )
    columns = ("", "Paper: hazard ratio (95%)", "p", "Here: hazard ratio (95%)", "p")
    note = "Splits at the median of each cohort; the study's were 210.5 degrees, 109.67, 42 years, 23.71 and 2 months."
    return Section("Beside the paper: clinical findings one by one", columns=columns, rows=rows, note=note)


def _multivariate(development: Development) -> Section:
    """The study's multivariate model, and what backward elimination left here."""
    found = development.elimination
    summary = pd.DataFrame() if found is None else found.model.summary()
    rows, shown = [], set()
    for key, paper in MULTIVARIATE.items():
        name = next(
            (n for n in summary.index if n == key or (key.endswith(">=") and n.startswith(key))), None
        )
        shown.add(name)
        words = readable_covariate(key.removesuffix(">=") if name is None else name)
        rows.append((words, *_ratio(*paper), *_ratio_here(summary, name)))
    rows += [
        (readable_covariate(name), "–", "–", *_ratio_here(summary, name))
        for name in summary.index
        if name not in shown
    ]
    columns = ("", "Paper: hazard ratio (95%)", "p", "Here: hazard ratio (95%)", "p")
    note = (
        "A dash here: not in the multivariate model of this cohort. p by the plain variance, as the study's."
    )
    return Section("Beside the paper: the clinical model", columns=columns, rows=rows, note=note)


def _ratio(ratio: float, low: float, high: float, p: float | None) -> tuple[str, str]:
    text = "–" if p is None else "< 0.001" if p <= 0.001 else f"{p:.3f}"
    return f"{ratio:.2f} ({low:.2f} to {high:.2f})", text


def _ratio_here(summary: pd.DataFrame, name: str | None) -> tuple[str, str]:
    if name is None:
        return "–", "–"
    here = summary.loc[name]
    return interval_text(here["hr"], here["low"], here["high"]), p_text(here["p"])


def _features(development: Development) -> Section:
    rows = []
    for name, (offered, before, selected) in FEATURES.items():
        if name in development.signatures:
            here = development.signatures[name].selection_counts
            rows += [
                (f"{TITLES[name]}, offered", str(offered), str(here["offered"])),
                (
                    f"{TITLES[name]}, before LASSO-Cox",
                    "–" if before is None else str(before),
                    str(here["pearson"]),
                ),
                (f"{TITLES[name]}, in the signature", str(selected), str(here["lasso"])),
            ]
            lasso = development.signatures[name].lasso
            if lasso is not None:
                chosen = f"{lasso.penalty_min_:.3f}"
                rows.append((f"{TITLES[name]}, penalty at the minimum", f"{PENALTIES[name]:.3f}", chosen))
    return Section("Beside the paper: features", columns=("", "Paper", "Here"), rows=rows)
