"""Table 1 of the stager's study: the hips of training, validation and test, and of each external scanner."""

from __future__ import annotations

import pandas as pd

from ONFHAssistLib.evaluate.reporting.baseline import baseline_table
from ONFHAssistLib.report.case_page import Section
from ONFHAssistLib.report.figure_texts import is_missing, p_text
from ONFHAssistLib.survival.names import readable_covariate

DESCRIBED = ("ficat_arlet_stage", "sex", "age", "bmi", "aetiology", "laterality", "scanner")
_MOST_BESIDE = 5  # groups beside each other on a page


def cohort_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Table 1 by set from the cohort's own table: training, validation, test and each external scanner.

    Args:
        rows: the cohort's table with ``case``, ``split``, and some of :data:`DESCRIBED`.
    """
    names = {"train": "training", "val": "validation"}
    split = rows["split"].map(lambda s: names.get(s, s))
    if "scanner" in rows:
        split = split.where(split != "external", "external, " + rows["scanner"].astype(str))
    described = rows[[c for c in DESCRIBED if c in rows and len(rows[c].dropna().unique()) > 1]]
    order = (
        split.map(lambda s: (s.startswith("external"), s != "training", s)).sort_values(kind="stable").index
    )
    return baseline_table(described.loc[order], split.loc[order], rows["case"].loc[order])


def cohort_section(table: pd.DataFrame) -> Section:
    """Table 1 of the sets as a section."""
    names = [c for c in table.columns[4 : table.columns.get_loc("method")] if c != "all"][:_MOST_BESIDE]
    rows = []
    for row in table.to_dict("records"):
        words = readable_covariate(row["variable"])
        words = f"{words}: {str(row['level']).replace('_', ' ')}" if row["level"] else words
        tested = isinstance(row["method"], str) and row["method"]
        ends = (p_text(row["p"]), "–" if is_missing(row["difference"]) else f"{row['difference']:.2f}")
        rows.append((words, str(row["all"]), *(str(row[n]) for n in names), *(ends if tested else ("", ""))))
    note = "p with the patient as the unit; difference: the largest standardised difference of two sets."
    return Section(
        "Table 1: the hips of each set", columns=("", "All", *names, "p", "Difference"), rows=rows, note=note
    )
