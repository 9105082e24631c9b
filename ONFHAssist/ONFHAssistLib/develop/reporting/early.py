"""Further sections of a report on models of early osteonecrosis, beside those of :mod:`...report.model_page`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ...core.atomic_files import write_text
from ...core.names import is_feature
from ...early.comparators import compare_plain_models, plain_model_table
from ...evaluate.binary.cross_validated import auc_over_folds
from ...evaluate.binary.discrimination import auc_by_patient
from ...evaluate.binary.usefulness import decision_curve
from ...evaluate.figures.binary import draw_calibration, draw_decision_curve, draw_roc, save_figure
from ...evaluate.figures.reporting import draw_prediction_sets
from ...evaluate.reporting.conformal import ConformalRule, cross_conformal_sets, set_summary
from ...evaluate.reporting.subgroups import as_levels, subgroup_auc
from ...report.case_page import Picture, Section
from ...report.checklists.run_facts import early_facts
from ...report.figure_texts import interval_text, p_text
from ...survival.names import readable_covariate
from ...tabular.protocol import NESTED, SPLIT
from ..options import whole_numbers
from .parts import (
    TABLE_1,
    attempt,
    baseline_section,
    checklist_parts,
    subgroup_section,
)
from .plan import plan_section
from .repeated import learning_sections, permutation_sections, stability_sections

if TYPE_CHECKING:
    from ...early.develop import DevelopmentResult
    from ...tabular.tables.feature_table import FeatureTable, TableSource
    from .plan import AnalysisPlan

KNOWN_COLUMNS = (
    "sex", "age", "bmi", "side", "scanner", "field_strength", "hospital", "centre", "aetiology", "laterality",
    "bilateral", "arco_stage", "stage", "jic_type", "bone_marrow_oedema", "symptom_months",
)  # fmt: skip
CLASSES = ("without", "with the outcome")
LEVELS = (0.8, 0.85, 0.9, 0.95)  # of the prediction sets
_DPI = 150


@dataclass(frozen=True)
class Further:
    """What a report holds on request, since it takes longer.

    Attributes:
        comparators: ridge, elastic net, Firth and boosted trees beside the study's models.
        stability: developments on bootstrap samples for the stability of single answers; 0 leaves them out.
        learning_curve: draws of patients for each point of the learning curve; 0 leaves it out.
        permutations: deals of the outcome in which everything is developed again, for a p of the AUC; 0 leaves it out.
    """

    comparators: bool = False
    stability: int = 0
    learning_curve: int = 0
    permutations: int = 0

    @classmethod
    def of(cls, arguments: Mapping[str, Any]) -> Further:
        """From options.

        Raises:
            InputError: an option out of range.
        """
        limits = {
            "stability": (0, 0, 1000),
            "learning_curve": (0, 0, 100),
            "permutations": (0, 0, 10_000),
        }
        numbers = whole_numbers(arguments, limits)
        return cls(bool(arguments.get("comparators")), **numbers)


def clinical_columns(
    source: TableSource, named: Sequence[str] | None = None, cohort: str | Path | None = None
) -> pd.DataFrame:
    """What describes the hips: the columns ``named``, or those of :data:`KNOWN_COLUMNS` that the cohort's table has.

    Args:
        cohort: folder with cohort.csv, or a CSV file, whose columns of the same hips are known beside the features.

    Raises:
        InputError: a named column is missing.
    """
    from ...tabular.tables.reader import need_column, read_hips

    table = read_hips(source.path, source.features)
    beside = None if cohort is None else Path(cohort)
    if beside is not None and beside.is_dir():
        beside = beside / "cohort.csv"
    if beside is not None and beside.is_file() and beside != source.path:
        more = read_hips(beside, ())
        fresh = [c for c in more.columns if c not in table.columns]
        table = table.join(more[fresh])
    for name in named or ():
        need_column(table, name, source.path.name)
    described = table.reset_index("side") if "side" in table.index.names else table
    taken = {source.outcome, source.patient, source.split}
    wanted = [n for n in (named or KNOWN_COLUMNS) if n in described.columns and n not in taken]
    found = described[[n for n in wanted if not is_feature(n)]]
    return found.set_axis(table.index)


def early_sections(
    result: DevelopmentResult,
    table: FeatureTable,
    clinical: pd.DataFrame,
    out: Path,
    source: TableSource,
    plan: AnalysisPlan | None = None,
    further: Further | None = None,
) -> tuple[list[Section], list[str]]:
    """Table 1, training panels, subgroups, prediction sets and checklists.

    Args:
        clinical: of the hips, on the index of ``table``; may have no column.
        source: names the columns, to hold them against the plan.
        plan: the analysis that was written down beforehand.
        further: what takes longer and is made on request.

    Returns:
        The sections, and sentences on what could not be made.
    """
    failures: list[str] = []
    asked = further or Further()
    clinical = clinical.reindex(table.features.index)
    patients = np.asarray(table.patients)
    outcome = table.outcome.to_numpy()
    held = _held_out(result)
    parts: dict[str, list[Section]] = {}

    def described() -> list[Section]:
        groups = np.where(outcome == 1, "with the outcome", "without")
        made = baseline_section(clinical, groups, patients, out)
        split = _of_split(result)
        if len(split):
            part = np.where(np.isin(np.arange(len(outcome)), split["row"].unique()), "test", "training")
            title = f"{TABLE_1}: training and test part"
            made += baseline_section(clinical, part, patients, out, title=title, name="baseline_split")
        return made

    parts["baseline"] = attempt(described, failures, "Table 1")
    parts["training"] = attempt(lambda: training_panels(result, table, out), failures, "Training panels")
    if held is not None:
        parts["subgroups"] = attempt(lambda: _subgroups(held, clinical, out), failures, "Subgroups")
        parts["plain"] = attempt(
            lambda: _plain_models(held, table, clinical, result.protocol.seed, asked.comparators, out),
            failures,
            "Plain models",
        )
        parts["sets"] = attempt(lambda: _sets(held, out), failures, "Prediction sets")
    if asked.stability:
        parts["stability"] = attempt(
            lambda: stability_sections(result, table, asked.stability, out),
            failures,
            "Stability of single answers",
        )
    if asked.learning_curve:
        parts["learning"] = attempt(
            lambda: learning_sections(result, table, asked.learning_curve, out), failures, "Learning curve"
        )
    if asked.permutations:
        parts["permutations"] = attempt(
            lambda: permutation_sections(result, table, asked.permutations, out), failures, "Permutation test"
        )
    facts = early_facts(result).with_sections(
        characteristics="Table 1 by outcome and by part, with tests and standardised differences"
        * bool(parts["baseline"]),
        heterogeneity="performance in subgroups, with tests of the difference" * bool(parts.get("subgroups")),
        clusters="performance by scanner and centre, with tests of the difference"
        * bool(parts.get("subgroups") and {"scanner", "hospital", "centre"} & set(clinical)),
        fairness="subgroups of sex and age are in the report" * bool(parts.get("subgroups")),
        sensitivity="instability of single answers over repeated developments" * bool(parts.get("stability")),
        plan="" if plan is None else plan.words,
    )
    if plan is not None:
        columns = {"outcome": source.outcome, "patient": source.patient, "scanner": source.scanner}
        parts["plan"] = [plan_section(plan, asdict(result.protocol), columns, source.path)]
    parts["checklists"] = checklist_parts(facts, out)
    return [section for made in parts.values() for section in made], failures


def _held_out(result: DevelopmentResult) -> pd.DataFrame | None:
    """Held-out answers of the richest feature group: of the nested cross-validation, else of the split.

    Models of two folds are on two scales, so that ``rank`` within the fold goes into figures of ranking.
    """
    if not len(result.predictions):
        return None
    chosen = result.predictions.merge(result.chosen)
    for validation in (NESTED, SPLIT):
        part = chosen[chosen["validation"] == validation]
        if len(part):
            group = list(dict.fromkeys(part["group"]))[-1]
            own = part[part["group"] == group].sort_values("row").reset_index(drop=True)
            ranks = own.groupby("fold")["probability"].rank()
            return own.assign(rank=ranks / (own.groupby("fold")["row"].transform("count") + 1))
    return None


def _of_split(result: DevelopmentResult) -> pd.DataFrame:
    """Held-out answers of the split; empty where there was none."""
    found = result.predictions
    return found[found["validation"] == SPLIT] if len(found) else found


def training_panels(result: DevelopmentResult, table: FeatureTable, out: Path) -> list[Section]:
    """ROC, calibration and decision curves of the split's models on the very hips that they were trained on."""
    split = _of_split(result)
    if not len(split) or not result.split_models:
        return []
    rows = np.setdiff1d(np.arange(len(table.features)), split["row"].unique())
    outcome, patients = table.outcome.iloc[rows].to_numpy(), np.asarray(table.patients)[rows]
    features = table.features.iloc[rows]
    models = {
        group: (outcome, model.predict_proba(features).to_numpy())
        for group, model in result.split_models.items()
    }
    title = "Training part (apparent)"
    curve = decision_curve(outcome, {name: p for name, (_, p) in models.items()}, patients=patients)
    write_text(out / "tables" / "decision_training.csv", curve.to_csv(index=False))
    drawn = {
        "roc": draw_roc(
            models, title, areas={name: auc_by_patient(y, p, patients) for name, (y, p) in models.items()}
        ),
        "calibration": draw_calibration(models, title, patients=dict.fromkeys(models, patients)),
        "decision": draw_decision_curve(curve, title),
    }
    words = {"roc": "ROC curves", "calibration": "Calibration", "decision": "Decision curves"}
    pictures = [
        Picture(save_figure(figure, out / "figures" / f"training_{name}.png", _DPI), words[name])
        for name, figure in drawn.items()
    ]
    text = (
        "As papers show them: on the hips that chose the features and fitted the models. They are too good; the test "
        "part and the cross-validation are what counts."
    )
    return [Section("Training part", text, pictures=pictures)]


def _subgroups(held: pd.DataFrame, clinical: pd.DataFrame, out: Path) -> list[Section]:
    levels = as_levels(clinical.iloc[held["row"]])
    if not levels.shape[1]:
        return []
    table = subgroup_auc(
        held["outcome"].to_numpy(),
        held["rank"].to_numpy(),
        levels.reset_index(drop=True),
        held["patient"].to_numpy(),
    )
    return [subgroup_section(table, out, model=f"{held['group'].iloc[0]} model", what="AUC")]


def _plain_models(
    held: pd.DataFrame, table: FeatureTable, clinical: pd.DataFrame, seed: int, every: bool, out: Path
) -> list[Section]:
    """Clinical columns alone, and other plain models, on the folds of the nested cross-validation."""
    known = clinical.drop(columns=[c for c in ("side", "scanner") if c in clinical])
    known = known.loc[:, [len(known[c].dropna().unique()) > 1 for c in known]]
    if held["fold"].nunique() < 2 or not (every or known.shape[1]):
        return []
    rows = held["row"].to_numpy()
    outcome, patients, fold = (held[c].to_numpy() for c in ("outcome", "patient", "fold"))
    group = str(held["group"].iloc[0])
    features = table.features[list(table.groups[group])].iloc[rows]
    found = compare_plain_models(features, known.iloc[rows], outcome, patients, fold, seed, not every)
    if not found.shape[1]:
        return []
    beside = plain_model_table(found, held["probability"].to_numpy(), outcome, patients, fold)
    write_text(out / "tables" / "plain_models.csv", beside.to_csv(index=False))
    models = {group: (outcome, held["rank"].to_numpy())}
    for name in found:
        ranks = found[name].groupby(fold).rank() / (found[name].groupby(fold).transform("count") + 1)
        models[name] = (outcome, ranks.to_numpy())
    areas = {name: auc_over_folds(outcome, ranks, fold, patients) for name, (_, ranks) in models.items()}
    figure = draw_roc(models, f"{group} and plain models, ranks within folds", areas=areas)
    path = save_figure(figure, out / "figures" / "plain_models.png", _DPI)
    cells = [
        (
            row["model"],
            interval_text(row["auc"], row["low"], row["high"]),
            f"{row['brier']:.3f}",
            interval_text(row["gain"], row["gain_low"], row["gain_high"]),
            p_text(row["p"]),
        )
        for row in beside.to_dict("records")
    ]
    text = (
        "An imaging model is worth its price where it beats what is known without it, and a long selection where it "
        f"beats one penalty. Clinical columns: {', '.join(readable_covariate(str(c)) for c in known) or 'none'}."
    )
    columns = ("Model", "AUC, held out", "Brier score", f"Gain of {group} in AUC", "p")
    note = (
        "On the same folds, hips compared within theirs; patients are the unit, and the interval and p of the gain are "
        "widened because folds share training hips (Nadeau and Bengio 2003)."
    )
    return [Section("Beside plain models", text, columns, cells, [Picture(path, "ROC curves")], note=note)]


def _sets(held: pd.DataFrame, out: Path) -> list[Section]:
    """Prediction sets with the coverage that they had; only where folds calibrate each other."""
    if held["fold"].nunique() < 2:
        return []
    outcome, probability = held["outcome"].to_numpy(), held["probability"].to_numpy()
    patients, fold = held["patient"].to_numpy(), held["fold"].to_numpy()
    tables = [
        set_summary(
            outcome, cross_conformal_sets(outcome, probability, fold, patients, level), patients, level
        )
        for level in LEVELS
    ]
    table = pd.concat(tables, ignore_index=True)
    write_text(out / "tables" / "prediction_sets.csv", table.to_csv(index=False))
    figure = draw_prediction_sets(table, f"{held['group'].iloc[0]} model, held-out hips", CLASSES)
    path = save_figure(figure, out / "figures" / "prediction_sets.png", _DPI)
    rule = ConformalRule.calibrate(outcome, probability, patients)
    rows = [
        (
            f"{row['promised']:.0%}, {'all hips' if row['of'] == 'all hips' else CLASSES[int(row['of'])]}",
            interval_text(row["coverage"], row["low"], row["high"]),
            f"{row['single']:.0%}",
            f"{row['both']:.0%}",
            f"{row['none']:.0%}",
        )
        for row in table.to_dict("records")
    ]
    grid = np.linspace(0, 1, 1001)
    inside = rule.sets(grid, 0.9)
    cuts = []
    if inside[:, 1].any() and inside[:, 0].any():
        cuts = [
            f"At 90% a hip is called with the outcome alone from a probability of {grid[~inside[:, 0]].min():.2f}"
            if (~inside[:, 0]).any()
            else "At 90% no probability rules the outcome's absence out",
            f"and without it alone below {grid[~inside[:, 1]].max():.2f}."
            if (~inside[:, 1]).any()
            else "and none rules the outcome out.",
        ]
    text = (
        "Instead of a threshold, the answer may be a set of classes that holds the truth as often as promised, in each "
        "class on its own; where the set has both, the model cannot tell. " + ", ".join(cuts)
    )
    columns = ("Promised", "Sets that hold the truth", "One class", "Both", "None")
    return [
        Section(
            "Prediction sets", text, columns, rows, [Picture(path, "Coverage and size of the sets")], wide=True,
            note="Mondrian cross-conformal sets, each patient once a class (Vovk et al. 2005; Dunn et al. 2023).",
        )
    ]  # fmt: skip
