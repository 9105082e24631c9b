"""The new bundle as a candidate: it lies where it is written, answers nothing by itself, and tells what it came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch

from ONFHAssistLib import __version__
from ONFHAssistLib.bundles.bundle import NO_DISEASE, NO_PATIENT, Bundle, save_bundle
from ONFHAssistLib.bundles.cards import CardSection, markdown_table, model_card
from ONFHAssistLib.bundles.kinds import BACKBONE, KINDS
from ONFHAssistLib.bundles.patients import LEARNED_PATIENTS, patient_digests
from ONFHAssistLib.core.serial import to_json_value

from .comparison import Comparison
from .inventory import MODELS
from .loop import Pace

OWN_TRAINING = (
    "own_training"  # entry of the metadata: what was compared, for whoever decides about the bundle
)


def write_candidate(
    out: str | Path,
    start: Bundle,
    state: Mapping[str, torch.Tensor],
    comparisons: Sequence[Comparison],
    learned: Sequence[str],
    hips: int,
    pace: Pace,
    model: str,
    command: str,
) -> Bundle:
    """Write the bundle.

    Args:
        start: that it was trained further from; name, input and settings stay its own.
        state: weights, by the names of the start's and stored as those are.
        learned: patients; the bundle holds digests of their ids.
        hips: that it learned from.
    """
    before = start.state_dict()
    kept = {key: value.to(before[key].dtype) for key, value in state.items()}
    held = comparisons[0].patients
    told = str(start.metadata["training_data"])
    for words in (
        NO_PATIENT,
        NO_DISEASE,
    ):  # what held for the start no longer holds after patients of a hospital
        told = told.replace(f"; {words}", "").replace(words, "")
    metadata: dict[str, Any] = {
        key: value for key, value in start.metadata.items() if key not in ("sha256", "earlier_sha256")
    }
    metadata |= {
        "version": __version__,
        "kind": MODELS[model],
        "changelog": {__version__: f"trained further from {start.name} {start.sha256[:12]} on own patients"},
        "training_data": f"Trained further on {hips} hips of {len(learned)} patients of one hospital; {len(held)} other "
        f"patients of it judged it. It started from the weights of {start.name} {start.version} "
        f"({start.sha256[:12]}). Of that: {told}",
        "metrics": _metrics(comparisons),
        "command": command,
        LEARNED_PATIENTS: patient_digests(learned, start.metadata.get(LEARNED_PATIENTS)),
        OWN_TRAINING: {
            "started_from": start.sha256,
            "compared": [_without_names(one) for one in comparisons],
        },
    }
    return save_bundle(
        out, metadata, _card(metadata, comparisons, pace), state_dict=kept, inference=start.settings()
    )


def _metrics(comparisons: Sequence[Comparison]) -> dict[str, dict[str, float]]:
    """After, and by how much it changed, with the interval; the value before is the difference to both."""
    figures = {}
    for one in comparisons:
        key = one.figure.split(",")[0].replace("'s", "").replace(" ", "_").lower()
        figures[f"own_{key}_change"] = {"value": one.difference, "low": one.low, "high": one.high}
        figures[f"own_{key}"] = {"value": one.after, "low": one.after + one.low - one.difference,
                                 "high": one.after + one.high - one.difference}  # fmt: skip
    return figures


def _without_names(one: Comparison) -> dict[str, Any]:
    """A comparison without whose figures they are: a bundle holds no ids."""
    content = dict(to_json_value(one))
    content["patients"] = len(one.patients)
    return content


def comparison_table(comparisons: Sequence[Comparison]) -> str:
    """Markdown: figure, before, after, difference with its interval, p."""
    rows = [
        (
            one.figure, len(one.patients), f"{one.before:.3f}", f"{one.after:.3f}",
            f"{one.difference:+.3f} ({one.low:+.3f} to {one.high:+.3f})", f"{one.p:.3f}", one.verdict,
        )
        for one in comparisons
    ]  # fmt: skip
    return markdown_table(
        ("", "patients", "before", "after", "difference (95% interval)", "p", "by the paired test"), rows
    )


def _card(metadata: Mapping[str, Any], comparisons: Sequence[Comparison], pace: Pace) -> str:
    limits = (
        "It knows one hospital's scanners and readers better than its start did, and may know others worse: judge it "
        "there before it is used there."
    )
    if metadata["kind"] == BACKBONE:
        limits += (
            " Its deep features are other numbers than its start's: models that rest on those refuse it, and have to be "
            "developed anew."
        )
    return model_card(
        metadata,
        f"{KINDS[metadata['kind']].title.capitalize()} trained further on a hospital's own patients.",
        learned=f"AdamW, {pace.steps} batches of {pace.batch_size}, learning rate {pace.learning_rate:g} with a cosine "
        "schedule, statistics of the batch normalisation kept, average of the weights.",
        figures=CardSection(
            "Figures on held-out patients of the hospital, before and after",
            f"{comparison_table(comparisons)}\n\nMeans over patients of whom it learned from none; Wilcoxon's "
            "signed-rank test over patients, interval of the difference by a bootstrap of patients.",
        ),
        limits=limits,
    )
