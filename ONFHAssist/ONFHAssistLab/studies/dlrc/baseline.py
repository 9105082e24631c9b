"""Table 1 of the DLRC study beside that of a cohort: every column of hips with and without collapse.

The study's standardised differences are computed here from its printed counts, means and standard deviations; medians
with quartiles have none.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ONFHAssistLib.evaluate.reporting.baseline import baseline_table, standardised_difference
from ONFHAssistLib.report.case_page import Section
from ONFHAssistLib.report.figure_texts import is_missing, p_text
from ONFHAssistLib.survival.names import readable_covariate

if TYPE_CHECKING:
    from ONFHAssistLib.survival.develop.development import Development

HIPS = (148, 64)  # without and with collapse


@dataclass(frozen=True)
class _Numbers:
    """Of the hips without and with collapse: mean and standard deviation, or median and quartiles."""

    without: tuple[float, ...]
    collapsed: tuple[float, ...]


# (column, level) -> hips without and with collapse
COUNTS = {
    ("sex", "M"): (118, 52), ("sex", "F"): (30, 12), ("bisphosphonate", ""): (70, 27),
    ("laterality", "bilateral"): (92, 40), ("laterality", "unilateral"): (39, 18),
    ("laterality", "unilateral_contralateral_tha"): (17, 6), ("aetiology", "idiopathic"): (84, 37),
    ("aetiology", "corticosteroid"): (37, 21), ("aetiology", "alcohol"): (27, 6), ("arco_stage", "I"): (39, 10),
    ("arco_stage", "II"): (77, 31), ("arco_stage", "IIIA"): (32, 23), ("bone_marrow_oedema", ""): (80, 49),
    ("jic_type", "B"): (13, 2), ("jic_type", "C1"): (51, 16), ("jic_type", "C2"): (84, 46),
}  # fmt: skip
NUMBERS = {
    "age": _Numbers((40.5, 33.0, 50.0), (42.5, 35.75, 47.25)),
    "bmi": _Numbers((23.66, 21.22, 26.05), (23.79, 22.32, 25.86)),
    "symptom_months": _Numbers((2.0, 1.0, 4.25), (2.0, 1.0, 5.0)),
    "combined_necrotic_angle_deg": _Numbers((204.23, 44.67), (228.4, 39.82)),
    "necrosis_degree_index": _Numbers((107.59, 45.18), (131.84, 45.52)),
}
_KINDS = {2: "mean", 3: "median"}


def baseline_beside(development: Development) -> Section:
    """The study's Table 1 and that of ``development``, as the study describes each column."""
    cohort = development.cohort
    kinds = {name: _KINDS[len(found.without)] for name, found in NUMBERS.items()}
    known = [c for c in cohort.clinical.columns if c in NUMBERS or any(c == name for name, _ in COUNTS)]
    groups = np.where(cohort.outcome.event, "collapse", "no collapse")
    order = np.argsort(cohort.outcome.event, kind="stable")
    kinds = {name: kind for name, kind in kinds.items() if name in known}
    table = baseline_table(
        cohort.clinical[known].iloc[order], groups[order], cohort.patient_code[order], kinds
    )
    rows = []
    for row in table.to_dict("records"):
        name, level = row["variable"], row["level"]
        words = readable_covariate(name if not level else f"{name}={level}")
        ends = ("", "", "")
        if isinstance(row["method"], str) and row["method"]:
            theirs = paper_difference(name)
            here = "–" if is_missing(row["difference"]) else f"{row['difference']:.2f}"
            ends = ("–" if is_missing(theirs) else f"{theirs:.2f}", here, p_text(row["p"]))
        rows.append((words, *_paper(name, level), str(row["no collapse"]), str(row["collapse"]), *ends))
    events = int(cohort.outcome.event.sum())
    columns = (
        "", f"Paper: no collapse ({HIPS[0]})", f"collapse ({HIPS[1]})", f"Here: no collapse ({len(cohort) - events})",
        f"collapse ({events})", "Difference, paper", "Difference, here", "p, here",
    )  # fmt: skip
    note = (
        "As the study describes each column: mean ± SD, median (quartiles) or count (share). Difference: standardised, "
        "the study's from its printed figures. p by patient; the study prints none in its text."
    )
    return Section("Beside the paper: Table 1", columns=columns, rows=rows, note=note)


def paper_difference(name: str) -> float:
    """The study's standardised difference of a column; NaN where medians are all that it prints."""
    if name in NUMBERS:
        first, second = NUMBERS[name].without, NUMBERS[name].collapsed
        if len(first) != 2:
            return math.nan
        return abs(first[0] - second[0]) / math.sqrt((first[1] ** 2 + second[1] ** 2) / 2)
    counts = [pair for (column, _), pair in COUNTS.items() if column == name]
    if len(counts) == 1:
        counts.append((HIPS[0] - counts[0][0], HIPS[1] - counts[0][1]))
    without, collapsed = (np.repeat(np.arange(len(counts)), [pair[k] for pair in counts]) for k in (0, 1))
    return standardised_difference(without, collapsed, len(counts))


def _paper(name: str, level: str) -> tuple[str, str]:
    if name in NUMBERS:
        return _text(NUMBERS[name].without), _text(NUMBERS[name].collapsed)
    counts = COUNTS.get((name, level))
    if counts is None:
        return "–", "–"
    first, second = (f"{n} ({n / of:.1%})" for n, of in zip(counts, HIPS, strict=True))
    return first, second


def _text(values: tuple[float, ...]) -> str:
    if len(values) == 2:
        return f"{values[0]:.1f} ± {values[1]:.1f}"
    return f"{values[0]:.1f} ({values[1]:.1f} to {values[2]:.1f})"
