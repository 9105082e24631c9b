"""Report, model card and bundle of a model for several kinds of sequences (:mod:`.on_real`)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from ONFHAssistLib.bundles import cards
from ONFHAssistLib.bundles.bundle import Bundle, save_bundle
from ONFHAssistLib.bundles.cards import CardSection, markdown_table
from ONFHAssistLib.early.develop import DevelopmentResult
from ONFHAssistLib.early.model_bundle import BundleFacts, bundle_metadata
from ONFHAssistLib.early.performance import calibration_table, decision_table, performance_table
from ONFHAssistLib.tabular.by_sequence import ModelBySequence, SequencePart
from ONFHAssistLib.tabular.linear_model import LinearModel, package_versions
from ONFHAssistLib.tabular.protocol import NESTED, DlrProtocol
from ONFHAssistLib.tabular.tables.checks import check_patients, preset_of
from ONFHAssistLib.tabular.tables.feature_table import FeatureTable, TableSource

from .figures import LARGE_ML, Figure
from .parts import INNER_FOLDS, REAL_WEIGHT

_SHOWN = 30  # weights of a part in the card
HOW = (
    "Every hip is read at the head that the shipped networks outline. Those networks are not held out: where they "
    "learned from the same patients, as the outliner of the extension did from its eleven pelves, a head may be outlined "
    "better than a stranger's. Held out by patient: number of features, penalty, "
    "line and threshold of a fold come from an inner cross-validation of the others; every interval has the patient as "
    f"its unit. A real hip counts {REAL_WEIGHT:g} times as much as a simulated one, and both classes alike. Threshold "
    f"for bright marrow: that at which the smaller of two shares is largest, real hips with nothing to see below it "
    f"and painted necrosis over {LARGE_ML:g} ml above it; for "
    "suppressed marrow Youden's of all hips."
)


def study_result(
    model: ModelBySequence, answers: pd.DataFrame, table: FeatureTable, folds: int, seed: int, bootstraps: int
) -> DevelopmentResult:
    """The held-out answers with every figure of the project, each part a group of its own.

    Args:
        answers: of :func:`.on_real.develop_parts`.
    """
    protocol = DlrProtocol(
        classifiers=("LR",),
        outer_folds=folds,
        inner_folds=INNER_FOLDS,
        test_share=0.0,
        bootstraps=bootstraps,
        seed=seed,
    )
    group = [f"{model.name}, {title}" for title in answers["part"]]
    predictions = pd.DataFrame(
        {
            "validation": NESTED,
            "group": group,
            "classifier": "LR",
            "fold": answers["fold"].to_numpy(),
            "row": range(len(answers)),
            "case": [" ".join(map(str, key)) for key in answers.index],
            "patient": check_patients(table.patients, table.features),
            "outcome": answers["early_onfh"].to_numpy(),
            "probability": answers["probability"].to_numpy(),
            "threshold": answers["threshold"].to_numpy(),
        }
    )
    models: dict[str, Any] = {f"{model.name}, {part.title}": part.model for part in model.parts}
    result = DevelopmentResult(protocol, _facts(table, models))
    result.predictions = predictions.sort_values("group", kind="stable").reset_index(drop=True)
    result.chosen = pd.DataFrame(
        [(NESTED, name, "LR") for name in models], columns=["validation", "group", "classifier"]
    )
    result.performance = performance_table(result.predictions, protocol)
    result.calibration = calibration_table(result.predictions)
    curves = [  # each part has hips of its own
        decision_table(own, result.chosen[result.chosen["group"] == name], protocol.level)
        for name, own in result.predictions.groupby("group", sort=False)
    ]
    result.decision = pd.concat(curves, ignore_index=True)
    result.models = models
    return result


def _facts(table: FeatureTable, models: Mapping[str, LinearModel]) -> dict[str, Any]:
    return {
        "cases": len(table.features),
        "patients": int(table.patients.nunique()),
        "events": int(table.outcome.sum()),
        "outcome": str(table.outcome.name),
        "features": {name: len(one.feature_names) for name, one in models.items()},
        "preset_sha256": preset_of(table.features),
        "scanners": None,
        "versions": package_versions(),
    }


def save_real_bundle(
    result: DevelopmentResult,
    model: ModelBySequence,
    folder: Path,
    facts: BundleFacts,
    notes: str,
    figures: list[Figure],
) -> Bundle:
    """Write the models with their card; an older bundle there is replaced."""
    metadata = bundle_metadata(result, model.name, facts, model)
    titles = " and one for ".join(f"{part.title} ({', '.join(part.sequences)})" for part in model.parts)
    metadata["description"] = (
        f"Penalised logistic regression, one model for {titles}; the sequence of the image chooses."
    )
    metadata["metrics"] = {
        f["what"]: {end: float(f[end]) for end in ("value", "low", "high")} for f in figures
    }
    card = cards.model_card(
        metadata,
        "Probability of early osteonecrosis of the femoral head (1) against a hip without it (0) from one MRI sequence. "
        f"One model for {titles}: what the image states chooses between them, and without that what it looks like.",
        learned=f"Region: {facts.region}. Outcome column: `{result.facts['outcome']}`. {HOW}",
        figures=CardSection("Figures, on simulated hips and on real ones with painted disease", notes),
        sections=[CardSection(part.title.capitalize(), _part_words(part)) for part in model.parts],
        takes="Made with " + ", ".join(f"{name} {v}" for name, v in result.facts["versions"].items()) + ".",
        limits="No patient with osteonecrosis was in its training, nor any real image but T1. Judge it on your own "
        "patients before you rely on it (`onfh evaluate dlr`).",
    )
    return save_bundle(folder, metadata, card, model_json=model.to_dict())


def _part_words(part: SequencePart) -> str:
    model = part.model
    assert isinstance(model, LinearModel)
    said = model.training
    pairs = sorted(zip(model.feature_names, model.coefficients, strict=True), key=lambda pair: -abs(pair[1]))
    rows = [(f"`{name}`", f"{weight:+.4f}") for name, weight in pairs[:_SHOWN]]
    return (
        f"Answers for {', '.join(part.sequences)}. Learned from {said['cases']} hips of {said['patients']} patients "
        f"({said['events']} with early osteonecrosis); {len(pairs)} features, {said['penalty']}. log-odds = "
        f"{model.intercept:+.4f} + the sum of coefficient x (value - mean) / standard deviation; threshold "
        f"{part.threshold:.3f}. The {len(rows)} heaviest of the coefficients:\n\n"
        + markdown_table(("feature", "coefficient"), rows)
    )


def write_real_report(
    result: DevelopmentResult, page: Path, source: TableSource, figures: list[Figure]
) -> dict[str, Any]:
    """Tables, figures and page; what comes back is that of :func:`ONFHAssistLib.develop.dlr.write_study`."""
    from ONFHAssistLib.develop.dlr import PAINTED_BANNER, collect_warnings, study_provenance
    from ONFHAssistLib.early.development_files import write_development
    from ONFHAssistLib.report.case_page import Section
    from ONFHAssistLib.report.model_page import write_model_page

    written = write_development(result, page)
    parts = page / "tables" / "by_parts.csv"
    pd.DataFrame(figures).to_csv(parts, index=False)
    rows = [
        (
            f["what"],
            str(f["hips"]),
            str(f["patients"]),
            f"{f['value']:.3f} ({f['low']:.3f} to {f['high']:.3f})",
        )
        for f in figures
    ]
    columns = ("", "Hips", "Patients", "Figure (95% interval)")
    warnings = collect_warnings(result)
    index = write_model_page(
        result,
        page,
        study_provenance(source, result),
        figures=[p for n, p in written.items() if n.startswith("figure ")],
        title="Early osteonecrosis: a model for bright and one for suppressed marrow",
        banner=PAINTED_BANNER,
        before=[Section("Part by part", HOW, columns=columns, rows=rows)],
        warnings=warnings,
    )
    kinds = ("figure", "model", "run")
    return {
        "report": str(index),
        "folder": str(page),
        "warnings": warnings,
        "models": {n.removeprefix("model "): str(p) for n, p in written.items() if n.startswith("model ")},
        "bundles": {},
        "tables": {n: str(p) for n, p in {**written, "by_parts": parts}.items() if not n.startswith(kinds)},
        "funnel": {},
        "hips": result.facts["cases"],
        "patients": result.facts["patients"],
        "events": result.facts["events"],
        "complete": True,
    }
