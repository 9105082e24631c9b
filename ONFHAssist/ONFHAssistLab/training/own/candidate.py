"""The new bundle as a candidate: it lies where it is written, answers nothing by itself, and tells what it came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch

from ONFHAssistLib import __version__
from ONFHAssistLib.bundles.bundle import NO_DISEASE, NO_PATIENT, Bundle, save_bundle
from ONFHAssistLib.bundles.cards import CardSection, markdown_table, model_card
from ONFHAssistLib.bundles.kinds import BACKBONE, KINDS
from ONFHAssistLib.bundles.patients import LEARNED_PATIENTS, patient_digests
from ONFHAssistLib.core.serial import to_json_value

from ..starts import LEARNED_IMAGES
from .comparison import Comparison
from .inventory import MODELS
from .loop import Pace

OWN_TRAINING = (
    "own_training"  # entry of the metadata: what was compared, for whoever decides about the bundle
)


@dataclass(frozen=True)
class Candidate:
    """What is to be said of a new bundle.

    Attributes:
        model: of :data:`.inventory.MODELS`.
        learned: patients that it learned from, of whom the bundle holds digests of the ids. images: digests of the
            voxels of their images. hips: theirs.
        comparisons: before and after. warnings: what has to stand beside them.
        pace: of the training; None for the common weights of several hospitals. command: that makes it again.
    """

    model: str
    learned: tuple[str, ...]
    images: tuple[str, ...]
    hips: int
    comparisons: tuple[Comparison, ...]
    warnings: tuple[str, ...]
    pace: Pace | None
    command: str

    @property
    def sources(self) -> str:
        """What it learned from, in words."""
        mine = f"{self.hips} hips of {len(self.learned)} patients of one hospital"
        if self.pace is None:
            return f"Common weights of hospitals, trained on {mine} and on patients of others, whom it does not list"
        return f"Trained further on {mine}"

    @property
    def learning(self) -> str:
        """How it learned, in words."""
        if self.pace is None:
            return (
                "Federated averaging: each hospital trained on its own patients, and only weights went round."
            )
        return (
            f"AdamW, {self.pace.steps} batches of {self.pace.batch_size}, learning rate {self.pace.learning_rate:g} with "
            "a cosine schedule, statistics of the batch normalisation kept, average of the weights."
        )


def write_candidate(
    out: str | Path, start: Bundle, state: Mapping[str, torch.Tensor], new: Candidate
) -> Bundle:
    """Write the bundle.

    Args:
        start: that it was trained further from; name, input and settings stay its own.
        state: weights, by the names of the start's and stored as those are.
    """
    before = start.state_dict()
    kept = {key: value.to(before[key].dtype) for key, value in state.items()}
    first = new.comparisons[0]
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
        "kind": MODELS[new.model],
        "changelog": {__version__: f"trained further from {start.name} {start.sha256[:12]} on own patients"},
        "training_data": f"{new.sources}; "
        f"{len(first.patients)} other patients judged it ({first.hips} hips, {first.corrected_hips} with a reader's "
        f"truth). It started from the weights of {start.name} {start.version} ({start.sha256[:12]}). Of that: {told}",
        "metrics": _metrics(new.comparisons),
        "command": new.command,
        LEARNED_PATIENTS: patient_digests(new.learned, start.metadata.get(LEARNED_PATIENTS)),
        LEARNED_IMAGES: sorted({*start.metadata.get(LEARNED_IMAGES, ()), *new.images}),
        OWN_TRAINING: {
            "started_from": start.sha256,
            "learned": len(new.learned),
            "hips": new.hips,
            "compared": [_without_names(one) for one in new.comparisons],
            "warnings": list(new.warnings),
        },
    }
    return save_bundle(out, metadata, _card(metadata, new), state_dict=kept, inference=start.settings())


def _metrics(comparisons: Sequence[Comparison]) -> dict[str, dict[str, float]]:
    """After, and by how much it changed, with the interval; the value before is the difference to both."""
    figures = {}
    for one in comparisons:
        key = one.figure.split(",")[0].replace("'s", "").replace(" ", "_").lower()
        for some, name in ((one, f"own_{key}"), (one.corrected, f"own_{key}_of_corrected_hips")):
            if some is None:
                continue
            figures[f"{name}_change"] = {"value": some.difference, "low": some.low, "high": some.high}
            figures[name] = {"value": some.after, "low": some.after + some.low - some.difference,
                             "high": some.after + some.high - some.difference}  # fmt: skip
    return figures


def _without_names(one: Comparison) -> dict[str, Any]:
    """A comparison without whose figures they are: a bundle holds no ids."""
    content = dict(to_json_value(replace(one, corrected=None)))
    content["patients"] = len(one.patients)
    content["corrected"] = None if one.corrected is None else _without_names(one.corrected)
    return content


def comparison_table(comparisons: Sequence[Comparison]) -> str:
    """Markdown: figure, before, after, difference with its interval, p; corrected hips alone in a row beneath."""
    rows = [
        (
            name, len(some.patients), some.hips, some.corrected_hips, f"{some.before:.3f}", f"{some.after:.3f}",
            f"{some.difference:+.3f} ({some.low:+.3f} to {some.high:+.3f})", f"{some.p:.3f}", some.verdict,
        )
        for one in comparisons
        for some, name in ((one, one.figure), (one.corrected, f"{one.figure}: corrected hips alone"))
        if some is not None
    ]  # fmt: skip
    columns = ("", "patients", "hips", "of them corrected", "before", "after", "difference (95% interval)", "p",
               "by the paired test")  # fmt: skip
    return markdown_table(columns, rows)


def _card(metadata: Mapping[str, Any], new: Candidate) -> str:
    limits = (
        "It knows one hospital's scanners and readers better than its start did, and may know others worse: judge it "
        "there before it is used there."
    )
    if metadata["kind"] == BACKBONE:
        limits += (
            " Its deep features are other numbers than its start's: models that rest on those refuse it, and have to be "
            "developed anew."
        )
    cautions = "".join(f"\n\n**Caution.** {words}" for words in new.warnings)
    return model_card(
        metadata,
        f"{KINDS[metadata['kind']].title.capitalize()} trained further on a hospital's own patients.",
        learned=new.learning,
        figures=CardSection(
            "Figures on held-out patients of the hospital, before and after",
            f"{comparison_table(new.comparisons)}\n\nMeans over patients of whom and of whose images it learned nothing; "
            "Wilcoxon's signed-rank test over patients, interval of the difference by a bootstrap of patients. Corrected "
            "are hips whose truth is a reader's drawing or stage; the others a network drew and a reader accepted."
            f"{cautions}",
        ),
        limits=limits,
    )
