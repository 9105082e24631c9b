"""Sections of a report on models of early osteonecrosis for which the development is repeated again and again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ...core.atomic_files import write_text
from ...early.develop import checked_cohort
from ...early.repeated import learning_curve, permutation_p, repeated_answers
from ...report.case_page import Section
from ...report.figure_texts import p_text
from ...tabular.linear_model import LinearModel
from .parts import instability_section, learning_section

if TYPE_CHECKING:
    from ...early.develop import DevelopmentResult
    from ...tabular.tables.feature_table import FeatureTable


def _final(result: DevelopmentResult, table: FeatureTable) -> tuple[str, str, np.ndarray, float]:
    """Group, classifier, probabilities and threshold of the final model of the richest group."""
    group = list(result.models)[-1]
    model = result.models[group]
    classifier = "LR" if isinstance(model, LinearModel) else model.classifier
    threshold = float("nan") if model.threshold is None else model.threshold
    return group, classifier, model.predict_proba(table.features).to_numpy(), threshold


def stability_sections(
    result: DevelopmentResult, table: FeatureTable, repeats: int, out: Path
) -> list[Section]:
    if not result.models:
        return []
    group, classifier, own, threshold = _final(result, table)
    cohort = checked_cohort(table.features, table.outcome, table.patients, table.groups, table.scanner)
    found = repeated_answers(cohort, result.protocol, group, classifier, own, repeats, threshold)
    return [instability_section(found, out, model=f"{group} model", what="probability")]


def learning_sections(result: DevelopmentResult, table: FeatureTable, draws: int, out: Path) -> list[Section]:
    if not result.models:
        return []
    _, classifier, _, _ = _final(result, table)
    cohort = checked_cohort(table.features, table.outcome, table.patients, table.groups, table.scanner)
    found = learning_curve(cohort, result.protocol, classifier, draws)
    return [
        learning_section(
            found, out, title=f"Learning curve, {classifier}", event="Hips with the outcome", what="AUC"
        )
    ]


def permutation_sections(
    result: DevelopmentResult, table: FeatureTable, permutations: int, out: Path
) -> list[Section]:
    if not result.models:
        return []
    _, classifier, _, _ = _final(result, table)
    cohort = checked_cohort(table.features, table.outcome, table.patients, table.groups, table.scanner)
    found = permutation_p(cohort, result.protocol, classifier, permutations)
    write_text(out / "tables" / "permutations.csv", found.to_csv(index=False))
    rows = [(row.model, f"{row.auc:.3f}", str(row.deals), p_text(row.p)) for row in found.itertuples()]
    text = (
        "How often outcomes dealt anew among the patients give a held-out AUC as large: features selected and settings "
        f"tuned again on each deal. The classifier ({classifier}) was chosen on the outcomes as they are and is the same "
        "for all deals, so that p is a little too small."
    )
    columns = ("Model", "AUC within folds", "Deals", "p")
    return [
        Section("Permutation test", text, columns, rows, note="Radmacher et al., J Comput Biol 2002;9:505.")
    ]
