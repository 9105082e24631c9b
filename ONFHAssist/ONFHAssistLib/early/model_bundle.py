"""The bundle of a developed model: its numbers, what it accepts, and a model card filled in from the run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from .. import __version__
from ..bundles import cards
from ..bundles.bundle import NO_PATIENT, Bundle, save_bundle
from ..bundles.cards import CardSection, markdown_table
from ..bundles.kinds import PROBABILITY
from ..bundles.patients import LEARNED_PATIENTS, patient_digests
from ..core.errors import InputError
from ..core.names import is_deep
from ..extract.presets import list_presets, load_preset
from ..tabular.by_sequence import ProbabilityModel
from ..tabular.classifiers import CLASSIFIERS
from ..tabular.linear_model import LinearModel
from ..tabular.portable_classifier import PortableClassifier
from ..tabular.protocol import NESTED, SPLIT
from .develop import DevelopmentResult

_FIGURES = ("auc", "accuracy", "sensitivity", "specificity", "ppv", "npv", "f1", "brier")
_GROUP_WORDS = {
    "Rad": "radiomics",
    "DL": "deep features",
    "DLR": "radiomics and deep features together",
}
_PAPER = {"Rad": "0.944 (0.862 to 1.000)", "DL": "0.930 (0.838 to 1.000)", "DLR": "0.968 (0.909 to 1.000)"}


@dataclass(frozen=True)
class BundleFacts:
    """What the run cannot know of itself.

    Attributes:
        name: of the bundle.
        cohort: whose hips they were, one phrase such as "150 simulated patients".
        simulated: whether no patient stands behind them, or no diseased one (``real``).
        real: the real images among the simulated ones, in words with their licence; "" without any.
        sequence: of the MRI; empty where it is not known, and then no image is refused for its sequence.
        backbone, backbone_sha256: that made the deep features.
        command: that made the bundle.
        region: what was outlined.
        patients: ids of those whose hips they were, which the bundle keeps as digests; empty of simulated ones.
    """

    name: str
    cohort: str
    simulated: bool = False
    real: str = ""
    sequence: tuple[str, ...] = ()
    backbone: str = ""
    backbone_sha256: str = ""
    command: str = ""
    region: str = "the whole femoral head, necrosis included"
    patients: tuple[str, ...] = ()


def save_dlr_bundle(
    result: DevelopmentResult,
    group: str,
    folder: str | Path,
    facts: BundleFacts,
    notes: str = "",
    metrics: Mapping[str, Mapping[str, float]] | None = None,
) -> Bundle:
    """Write the final model of a feature group as a bundle.

    Args:
        folder: of the bundle; an older bundle there is replaced.
        notes: Markdown that the card holds before the weights, such as a test on other outlines.
        metrics: further figures for the metadata, name to value, low and high.

    Raises:
        InputError: the run has no final model of this group (it was cancelled), or ``folder`` holds something else.
    """
    if group not in result.models:
        raise InputError(
            f"There is no final model '{group}' to put into a bundle; let the development finish."
        )
    model = result.models[group]
    metadata = bundle_metadata(result, group, facts)
    metadata["metrics"] |= metrics or {}
    return save_bundle(folder, metadata, model_card(result, group, facts, notes), model_json=model.to_dict())


def preset_name(sha256: str | None) -> str | None:
    """Name of the preset that comes with the extension and has this hash, or None."""
    for name in list_presets() if sha256 else ():
        if load_preset(name).sha256 == sha256:
            return name
    return None


def collect_metrics(result: DevelopmentResult, groups: tuple[str, ...] = ()) -> dict[str, dict[str, float]]:
    """Figures of the chosen models: "DLR split auc" -> value, low, high by patient."""
    found = {}
    for validation, group, _ in result.chosen.itertuples(index=False):
        for figure in _FIGURES if not groups or group in groups else ():
            value = result.figure(validation, group, figure)
            # a figure without any case to count is left out: JSON has no NaN
            if all(v == v for v in value):  # noqa: PLR0124 - NaN
                found[f"{group} {validation} {figure}"] = dict(
                    zip(("value", "low", "high"), value, strict=True)
                )
    return found


def _training_sentence(result: DevelopmentResult, facts: BundleFacts) -> str:
    counts: Mapping[str, Any] = result.facts
    sentence = (
        f"Trained on {counts['cases']} hips of {facts.cohort} ({counts['events']} with early osteonecrosis, "
        f"{counts['cases'] - counts['events']} without)"
    )
    if facts.real:
        return f"{sentence}; no image of a diseased hip was used, and its figures say little about patients."
    if facts.simulated:
        return f"{sentence}; {NO_PATIENT}, and its figures say nothing about patients."
    return f"{sentence}; it was not tested in another hospital."


def bundle_metadata(
    result: DevelopmentResult, group: str, facts: BundleFacts, model: ProbabilityModel | None = None
) -> dict[str, Any]:
    """What ``configs/metadata.json`` says of the final model of a feature group, or of ``model`` in its place."""
    model = model or result.models[group]
    deep = any(map(is_deep, model.feature_names))
    accepts: dict[str, Any] = {
        "preset": preset_name(model.preset_sha256),
        "preset_sha256": model.preset_sha256,
        "modality": ["MR"],
        "sequence": list(facts.sequence),
        "spacing_mm": [0.3, 6.0],
        "orientation": "any; the study acquired coronal slices",
        "field_of_view": "the whole femoral head",
        "region": facts.region,
    }
    if deep:
        accepts |= {"backbone": facts.backbone, "backbone_sha256": facts.backbone_sha256}
    learned = {LEARNED_PATIENTS: patient_digests(facts.patients)} if facts.patients else {}
    return {
        "name": facts.name,
        "kind": PROBABILITY,
        "version": __version__,
        "task": f"Probability of early osteonecrosis of the femoral head from {_GROUP_WORDS.get(group, group)} of one "
        "MRI sequence",
        "description": f"{group} model after the DLR study: Mann-Whitney, Pearson, mRMR, LASSO, then "
        f"{CLASSIFIERS[_key(model)].title.lower()}.",
        "authors": "The ONFHAssist developers" if facts.simulated else "Whoever trained it",
        "copyright": "Copyright the ONFHAssist developers, Apache-2.0"
        if facts.simulated
        else "Whoever trained it",
        "changelog": {__version__: "as trained"},
        "intended_use": "Research and teaching; a start for training on a hospital's own patients. Not for diagnosis.",
        "training_data": _training_sentence(result, facts),
        "metrics": collect_metrics(result, (group,)),
        "accepts": accepts,
        "network_data_format": {},
        "command": facts.command,
        **learned,
    }


def _key(model: ProbabilityModel) -> str:
    return model.classifier if isinstance(model, PortableClassifier) else "LR"


def model_card(result: DevelopmentResult, group: str, facts: BundleFacts, notes: str = "") -> str:
    """The model card: data, figures of every model, selection, weights, limits."""
    model = result.models[group]
    figures = [
        _figure_words(result),
        _figures(result),
        _calibration(result, group),
        "The study published test AUCs of "
        + ", ".join(f"{name} {figure}" for name, figure in _PAPER.items())
        + " on 45 of its own patients; figures of other hips are not comparable.",
        notes,
    ]
    versions: Mapping[str, str] = cast(Any, result.facts["versions"])
    steps = [(_cell(s["step"]), s["went_in"], s["came_out"]) for s in model.funnel]
    return cards.model_card(
        bundle_metadata(result, group, facts),
        "Probability of early osteonecrosis of the femoral head (1) against healthy (0) from "
        f"{_GROUP_WORDS.get(group, group)} of one MRI sequence, after the DLR study.",
        learned=f"Region: {facts.region}. Outcome column: `{result.facts['outcome']}`.",
        figures=CardSection(
            f"Figures{_whose(facts)}",
            "\n\n".join(part for part in figures if part),
        ),
        sections=(
            CardSection("Selection, on all hips", markdown_table(("step", "in", "out"), steps)),
            CardSection("Model", _weights(model)),
        ),
        takes="Made with " + ", ".join(f"{name} {v}" for name, v in versions.items()) + ".",
        limits="Judge it on your own patients before you rely on it (`onfh evaluate dlr`).",
    )


def _whose(facts: BundleFacts) -> str:
    if facts.real:
        return ", on simulated hips and on real ones with painted disease"
    return ", on simulated hips only" if facts.simulated else ""


def _figure_words(result: DevelopmentResult) -> str:
    words = []
    validations = set(result.chosen["validation"]) if len(result.chosen) else set()
    p = result.protocol
    if NESTED in validations:
        words.append(
            f"nested: {p.outer_folds} x {p.inner_folds}-fold cross-validation by patient with every step, the choice of "
            "the classifier and the threshold inside"
        )
    if SPLIT in validations:
        words.append(
            "split: the study's split by patient, stratified and seeded; the test part was looked at once"
        )
    return (
        "; ".join(words).capitalize()
        + ". 95% intervals, the patient as the unit: AUC logit (DeLong, Obuchowski; nested: mean of the folds), "
        "proportions Wilson."
        if words
        else ""
    )


def _figures(result: DevelopmentResult) -> str:
    figures = collect_metrics(result)
    columns = [f for f in _FIGURES if f != "brier"]
    rows = []
    for validation, group, classifier in result.chosen.itertuples(index=False):
        cells = [figures.get(f"{group} {validation} {f}") for f in columns]
        rows.append((group, validation, classifier, *(_interval(cell) for cell in cells)))
    return markdown_table(("model", "validation", "classifier", *columns), rows) if rows else ""


def _calibration(result: DevelopmentResult, group: str) -> str:
    if not len(result.calibration):
        return ""
    names = ("brier", "slope", "intercept", "ece", "hosmer_lemeshow_p")
    lines = [
        (row["validation"], *(_number(row[name]) for name in names))
        for row in result.calibration.merge(result.chosen).to_dict("records")
        if row["group"] == group
    ]
    return markdown_table(("validation", "Brier", "slope", "intercept", "ECE", "Hosmer-Lemeshow p"), lines)


def _weights(model: LinearModel | PortableClassifier) -> str:
    if isinstance(model, LinearModel):
        pairs = sorted(
            zip(model.feature_names, model.coefficients, strict=True), key=lambda pair: -abs(pair[1])
        )
        return (
            f"log-odds = {model.intercept:+.4f} + the sum of coefficient x (value - mean) / standard deviation; "
            f"threshold {model.threshold:.3f} (Youden on held-out training hips).\n\n"
            + markdown_table(
                ("feature", "coefficient"), [(f"`{name}`", f"{weight:+.4f}") for name, weight in pairs]
            )
        )
    return (
        f"{CLASSIFIERS[model.classifier].title}, {dict(model.parameters)}, threshold {model.threshold:.3f} (Youden on "
        "held-out training hips).\n\n"
        + markdown_table(("feature",), [(f"`{name}`",) for name in model.terms])
    )


def _cell(text: object) -> str:
    return str(text).replace("|", "&#124;")


def _interval(cell: Mapping[str, float] | None) -> str:
    return "–" if cell is None else f"{cell['value']:.3f} ({cell['low']:.3f} to {cell['high']:.3f})"


def _number(value: float) -> str:
    return "–" if value is None or value != value else f"{value:.3f}"  # noqa: PLR0124 - NaN
