"""The study's tables by set: the patients of each, and the stager beside every surgeon in each set on its own.

The external sets stand apart, one a scanner, as the study has them. Two hips of a patient are not independent: p-values
are McNemar's with the patient as the unit.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from ONFHAssistLib.evaluate.clusters.matched_pairs import clustered_mcnemar
from ONFHAssistLib.evaluate.clusters.proportions import clustered_share
from ONFHAssistLib.evaluate.reporting.baseline import baseline_table
from ONFHAssistLib.report.case_page import Section
from ONFHAssistLib.report.figure_texts import interval_text, is_missing, p_text
from ONFHAssistLib.stage.answer import STAGES
from ONFHAssistLib.survival.names import readable_covariate

STAGER = "the stager"
DESCRIBED = ("ficat_arlet_stage", "sex", "age", "bmi", "aetiology", "laterality", "scanner")
_MOST_NUMBERED = 5  # groups beside each other on a page


def sets_apart(answered: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Name and hips of each set, the external one a scanner at a time where it has several."""
    for name, part in answered.groupby("set", sort=False):
        scanners = list(part["scanner"].dropna().unique()) if name == "external" else []
        if len(scanners) < 2:
            yield str(name), part
        for scanner in scanners if len(scanners) > 1 else ():
            yield f"external, {scanner}", part[part["scanner"] == scanner]


def stage_calls(truth: np.ndarray, called: np.ndarray, patients: np.ndarray) -> dict[str, float]:
    """Figures of one reader's stages; an answer that is no single stage is right for none.

    Returns:
        ``right`` (share of hips, with ``low`` and ``high`` by patient), macro ``sensitivity``, ``specificity`` and
        ``f1`` (each stage against the rest), ``kappa`` with quadratic weights (Cohen, Psychol Bull 1968;70:213).
    """
    share = clustered_share(truth == called, patients)
    sensitivity, specificity, f1 = [], [], []
    for stage in STAGES:
        is_one, said = truth == stage, called == stage
        if not is_one.any():
            continue
        hit, false = float((is_one & said).sum()), float((~is_one & said).sum())
        sensitivity.append(hit / is_one.sum())
        specificity.append(1 - false / max((~is_one).sum(), 1))
        f1.append(2 * hit / (hit + false + is_one.sum()))
    return {
        "hips": float(len(truth)), "right": share.value, "low": share.low, "high": share.high,
        "sensitivity": float(np.mean(sensitivity)), "specificity": float(np.mean(specificity)),
        "f1": float(np.mean(f1)), "kappa": weighted_kappa(truth, called),
    }  # fmt: skip


def weighted_kappa(truth: np.ndarray, called: np.ndarray) -> float:
    """Agreement beyond chance with quadratic weights, over hips given one stage; NaN where there is no variation."""
    known = np.isin(called, STAGES)
    place = {stage: k for k, stage in enumerate(STAGES)}
    a, b = (np.array([place[v] for v in values[known]]) for values in (truth, called))
    if not len(a):
        return float("nan")
    seen = np.bincount(3 * a + b, minlength=9).reshape(3, 3) / len(a)
    chance = np.outer(seen.sum(axis=1), seen.sum(axis=0))
    apart = (np.arange(3)[:, None] - np.arange(3)) ** 2
    expected = (apart * chance).sum()
    return float(1 - (apart * seen).sum() / expected) if expected > 0 else float("nan")


def readers_by_set(answered: pd.DataFrame, readings: pd.DataFrame) -> pd.DataFrame:
    """The stager and each reader in each set, on the hips that the reader staged.

    Args:
        answered: ``case``, ``side``, ``set``, ``scanner``, ``truth``, ``called``.
        readings: as :func:`.stage.evaluation.read_readers` gives them.

    Returns:
        ``set``, ``reader``, the figures of :func:`stage_calls`, and for readers ``only_stager``, ``only_reader``, ``p``
        (exact by exchange of patients) of being right.
    """
    rows: list[dict[str, Any]] = []
    for name, part in sets_apart(answered):
        truth, called, patient = (part[c].to_numpy() for c in ("truth", "called", "case"))
        read = [
            (reader, part.merge(own, on=["case", "side"]))
            for reader, own in readings.groupby("reader", sort=True)
        ]
        if not any(len(both) for _, both in read):
            continue
        rows.append({"set": name, "reader": STAGER, **stage_calls(truth, called, patient)})
        for reader, both in read:
            if both.empty:
                continue
            truth, given, own_patient = (both[c].to_numpy() for c in ("truth", "stage", "case"))
            right = (both["called"] == both["truth"]).to_numpy().astype(int)
            human = (given == truth).astype(int)
            rows.append(
                {
                    "set": name, "reader": str(reader), **stage_calls(truth, given, own_patient),
                    "only_stager": int(((right == 1) & (human == 0)).sum()),
                    "only_reader": int(((right == 0) & (human == 1)).sum()),
                    "p": clustered_mcnemar(right - human, own_patient).p_exact,
                }
            )  # fmt: skip
    return pd.DataFrame(rows)


def reader_sections(table: pd.DataFrame) -> list[Section]:
    """One section a set."""
    sections = []
    for name, part in table.groupby("set", sort=False) if len(table) else ():
        rows = []
        for row in part.to_dict("records"):
            is_reader = row["reader"] != STAGER
            pairs = f"{row['only_stager']:.0f} / {row['only_reader']:.0f}" if is_reader else ""
            rows.append(
                (
                    row["reader"].capitalize() if not is_reader else f"Reader {row['reader']}",
                    f"{row['hips']:.0f}",
                    interval_text(row["right"], row["low"], row["high"]),
                    *(
                        interval_text(row[k], None, None)
                        for k in ("sensitivity", "specificity", "f1", "kappa")
                    ),
                    pairs,
                    p_text(row["p"]) if is_reader else "",
                )
            )
        columns = (
            "",
            "Hips",
            "Staged right",
            "Sensitivity",
            "Specificity",
            "F1",
            "Kappa",
            "Only stager / only reader",
            "p",
        )
        note = (
            "Sensitivity, specificity and F1: mean over the stages, each against the rest. Kappa with quadratic weights. "
            "p: McNemar with the patient as the unit."
        )
        sections.append(Section(f"Stager and readers, {name}", columns=columns, rows=rows, note=note))
    return sections


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
    names = [c for c in table.columns[4 : table.columns.get_loc("method")] if c != "all"][:_MOST_NUMBERED]
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
