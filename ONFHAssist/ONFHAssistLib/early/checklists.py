"""CLEAR and METRICS, filled in where the run knows the answer; the rest is marked for the author.

CLEAR: Kocak et al., Insights Imaging 2023;14:75 (58 items). METRICS: Kocak et al., Insights Imaging 2024;15:8 (30 items
and their weights). The topics are named here in short; the full wording is in the papers.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from ..tabular.protocol import NESTED, SPLIT
from .develop import DevelopmentResult

YES, NO, NOT_APPLICABLE, AUTHOR = "yes", "no", "n/a", "author"

CLEAR_TOPICS: dict[str, tuple[str, ...]] = {
    "Title, abstract, keywords": ("Title names the radiomic method", "Structured summary", "Keywords"),
    "Introduction": ("Background", "Why radiomics", "Objectives"),
    "Study design": (
        "Guidelines followed",
        "Ethics",
        "Sample size",
        "Study nature",
        "Eligibility criteria",
        "Flowchart of the pipeline",
    ),
    "Data": (
        "Data source",
        "Overlap with earlier studies",
        "Data split",
        "Imaging protocol",
        "Non-radiomic predictors",
        "Reference standard",
    ),
    "Segmentation": ("Segmentation strategy", "Operators"),
    "Pre-processing": ("Image pre-processing", "Resampling", "Discretisation", "Image types"),
    "Feature extraction": (
        "Extraction software",
        "Feature classes",
        "Number of features",
        "Other settings at default",
    ),
    "Data preparation": (
        "Missing data",
        "Class imbalance",
        "Reliability of the segmentation",
        "Feature scaling",
        "Dimension reduction",
    ),
    "Modelling": ("Algorithms", "Training and tuning", "Confounders", "Model selection"),
    "Evaluation": (
        "Testing technique",
        "Performance metrics",
        "Uncertainty",
        "Statistical comparison",
        "Comparison with non-radiomic methods",
        "Interpretability",
    ),
    "Results": (
        "Baseline characteristics",
        "Flowchart of eligibility",
        "Feature statistics",
        "Model performance",
        "Comparison with non-radiomic methods",
    ),
    "Discussion": ("Main findings", "Previous work", "Practical implications", "Strengths and limitations"),
    "Open science": (
        "Images and segmentations shared",
        "Features shared",
        "Pre-processing settings shared",
        "Modelling code shared",
        "Model files shared",
        "Ready-to-use system shared",
    ),
}

METRICS_TOPICS: dict[str, tuple[tuple[str, float], ...]] = {
    "Study design": (
        ("Checklists followed", 0.0368),
        ("Representative eligibility criteria", 0.0735),
        ("High-quality reference standard", 0.0919),
    ),
    "Imaging data": (
        ("Multi-centre", 0.0438),
        ("Clinically translatable imaging", 0.0292),
        ("Imaging protocol with parameters", 0.0438),
        ("Interval between imaging and reference", 0.0292),
    ),
    "Segmentation": (
        ("Segmentation described", 0.0337),
        ("Automatic segmentation evaluated", 0.0225),
        ("Test masks by a single reader or tool", 0.0112),
    ),
    "Image processing and feature extraction": (
        ("Pre-processing appropriate and described", 0.0622),
        ("Standardised extraction software", 0.0311),
        ("Extraction parameters reported", 0.0415),
    ),
    "Feature processing": (
        ("Non-robust features removed", 0.0200),
        ("Redundant features removed", 0.0200),
        ("Dimensionality fits the data size", 0.0300),
        ("Robustness of end-to-end deep learning", 0.0200),
    ),
    "Preparation for modelling": (("Proper data partitioning", 0.0599), ("Confounders handled", 0.0300)),
    "Metrics and comparison": (
        ("Appropriate performance metrics", 0.0352),
        ("Uncertainty considered", 0.0234),
        ("Calibration assessed", 0.0176),
        ("Single imaging set, or proof that it is inferior", 0.0117),
        ("Comparison with a non-radiomic approach", 0.0293),
        ("Comparison with simple models", 0.0176),
    ),
    "Testing": (("Internal testing", 0.0375), ("External testing", 0.0749)),
    "Open science": (("Data available", 0.0075), ("Code available", 0.0075), ("Model available", 0.0075)),
}


def clear_checklist(result: DevelopmentResult) -> pd.DataFrame:
    """The 58 items of CLEAR.

    Returns:
        Columns ``item`` (number), ``section``, ``topic``, ``answer`` ("yes", "n/a" or "author"), ``detail``.
    """
    known = _clear_answers(result)
    topics = [(section, topic) for section, names in CLEAR_TOPICS.items() for topic in names]
    rows = [
        (number, section, topic, *known.get(number, (AUTHOR, "")))
        for number, (section, topic) in enumerate(topics, start=1)
    ]
    return pd.DataFrame(rows, columns=["item", "section", "topic", "answer", "detail"])


def metrics_checklist(result: DevelopmentResult) -> pd.DataFrame:
    """The 30 items of METRICS.

    Returns:
        Columns ``item``, ``section``, ``topic``, ``weight``, ``answer`` ("yes", "no", "n/a" or "author"), ``detail``.
    """
    known = _metrics_answers(result)
    topics = [(section, *topic) for section, names in METRICS_TOPICS.items() for topic in names]
    rows = [
        (number, *topic, *known.get(number, (AUTHOR, ""))) for number, topic in enumerate(topics, start=1)
    ]
    return pd.DataFrame(rows, columns=["item", "section", "topic", "weight", "answer", "detail"])


def metrics_score(checklist: pd.DataFrame) -> tuple[float, float]:
    """Least and largest METRICS score in per cent, with the author's items all "no" and all "yes".

    Items that do not apply leave the sum and the total, as in the published tool.
    """
    counted = checklist[checklist["answer"] != NOT_APPLICABLE]
    total = counted["weight"].sum()
    sure = counted.loc[counted["answer"] == YES, "weight"].sum()
    open_ = counted.loc[counted["answer"] == AUTHOR, "weight"].sum()
    return 100 * sure / total, 100 * (sure + open_) / total


def checklist_markdown(checklist: pd.DataFrame, title: str) -> str:
    """A checklist as a Markdown table, the author's items with an empty box."""
    lines = [
        f"# {title}",
        "",
        "| item | section | topic | answer | from this run |",
        "| --- | --- | --- | --- | --- |",
    ]
    for row in checklist.itertuples():
        answer = "☐ to be filled in by the author" if row.answer == AUTHOR else row.answer
        detail = row.detail.replace("|", "\\|")  # as in |r|, which would end the cell
        lines.append(f"| {row.item} | {row.section} | {row.topic} | {answer} | {detail} |")
    return "\n".join(lines) + "\n"


def _validation_words(result: DevelopmentResult) -> str:
    protocol, parts = result.protocol, []
    validations = set(result.predictions["validation"]) if len(result.predictions) else set()
    if SPLIT in validations:
        test = result.predictions.query("validation == @SPLIT")["row"].nunique()
        parts.append(
            f"split by patient, stratified: {result.facts['cases'] - test} training, {test} test hips"
        )
    if NESTED in validations:
        parts.append(
            f"nested cross-validation by patient, {protocol.outer_folds} x {protocol.inner_folds} folds"
        )
    return "; ".join(parts)


def _steps_words(result: DevelopmentResult) -> str:
    steps = next(iter(result.selection_logs.values()), [])
    return ", then ".join(story.step for story in steps)


def _clear_answers(result: DevelopmentResult) -> dict[int, tuple[str, str]]:
    p, facts = result.protocol, result.facts
    counts = ", ".join(f"{name} {number}" for name, number in facts["features"].items())
    classes = f"{facts['events']} with and {facts['cases'] - facts['events']} without the outcome"
    answers = {
        9: (AUTHOR, f"{facts['cases']} hips of {facts['patients']} patients; say how the number was reached"),
        27: (YES, f"features before selection: {counts}"),
        30: (YES, f"{classes}; folds and split are stratified, no class is weighted or resampled"),
        32: (YES, "z-score, fitted on training cases only"),
        33: (YES, f"{_steps_words(result)}; inside every training part"),
        34: (YES, f"{', '.join(p.keys)}; {_versions(facts)}"),
        35: (YES, f"grid search over {p.inner_folds} inner folds by patient for the mean AUC; seed {p.seed}"),
        37: (YES, "the classifier with the largest inner AUC, so chosen on training cases"),
    }
    if facts.get("preset_sha256"):
        answers[28] = (AUTHOR, f"settings are those of the preset with SHA-256 {facts['preset_sha256']}")
    dropped = sum(
        "missing" in why
        for stories in result.selection_logs.values()
        for s in stories
        for why in s.removed.values()
    )
    answers[29] = (
        YES,
        f"features with any missing training value are dropped ({dropped} in the final trainings)",
    )
    if facts.get("scanners"):
        answers[21] = (
            AUTHOR,
            f"features harmonised by ComBat over {', '.join(facts['scanners'])}, fitted on training cases",
        )
    if len(result.performance):
        words = _validation_words(result)
        answers |= {
            15: (YES, words),
            38: (AUTHOR, f"internal: {words}; external testing is the author's to add"),
            39: (
                YES,
                "AUC, accuracy, sensitivity, specificity, PPV, NPV, F1 at a threshold fixed on training cases; Brier",
            ),
            40: (YES, f"{p.level:.0%} intervals: {p.bootstraps} bootstraps by patient, DeLong, Wilson"),
            41: (
                YES,
                "paired DeLong, NRI, IDI and McNemar between the feature groups; no correction for several tests",
            ),
            43: (YES, "weights or contributions of every selected feature"),
            46: (YES, "the funnel of every group, and why each feature left"),
            47: (YES, "tables of performance and calibration, with ROC, calibration and decision curves"),
        }
    return answers


def _metrics_answers(result: DevelopmentResult) -> dict[int, tuple[str, str]]:
    facts = result.facts
    answers = {
        1: (YES, "CLEAR and METRICS are part of this report"),
        15: (YES, _steps_words(result)),
        17: (NOT_APPLICABLE, "features are tabular"),
    }
    largest = max((len(model.terms) for model in result.models.values()), default=0)
    if largest:
        smaller = min(facts["events"], facts["cases"] - facts["events"])
        fits = facts["cases"] >= 10 * largest
        detail = f"at most {largest} features for {facts['cases']} hips ({smaller} in the smaller class)"
        answers[16] = (YES if fits else NO, f"{detail}; ten hips a feature are asked for")
    if facts.get("scanners"):
        answers[19] = (AUTHOR, "the scanner was harmonised; name other confounders")
    if len(result.performance):
        answers |= {
            18: (
                YES,
                f"{_validation_words(result)}; a patient's hips are never in two parts, selection inside",
            ),
            20: (YES, "AUC, and figures at a fixed threshold"),
            21: (YES, "confidence intervals by bootstrap over patients, DeLong and Wilson"),
            22: (YES, "slope, intercept, Brier, Hosmer-Lemeshow, calibration curve"),
            26: (YES, _validation_words(result)),
            27: (AUTHOR, "no external cases were given to this run"),
        }
        if "LR" in result.protocol.keys:
            answers[25] = (YES, "logistic regression is among the classifiers")
    return answers


def _versions(facts: dict[str, Any]) -> str:
    return ", ".join(f"{name} {version}" for name, version in facts["versions"].items())
