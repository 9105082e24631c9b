"""Which bundle gives the probability of early osteonecrosis where nobody chose one: the same one for every way to ask."""

from __future__ import annotations

from typing import Any

from ..core.resources import resource_path
from .bundle import bundle_folders, list_bundles, load_bundle

# The DLR model is what the study puts forward; the Rad model, without PyTorch, stands in where the other is missing.
PREDICTORS = ("dlr-mri", "rad-dlr-mri")


def default_predictor() -> str:
    """The first of :data:`PREDICTORS` that is shipped."""
    return next((name for name in PREDICTORS if is_shipped(name)), PREDICTORS[-1])


def default_stager() -> str:
    """The bundle that stages where nobody chose one."""
    return "stage-onfhnet"


def default_survival() -> str:
    """The bundle of the nomogram for hips with a radiograph, where nobody chose one."""
    return "dlrc-xray"


def predictors() -> list[dict[str, Any]]:
    """Rows of :func:`list_bundles` that give a probability, from radiomics (rad-) or deep features too (dlr-); the
    default first."""
    named = [row for row in list_bundles() if row["valid"] and row["name"].startswith(("rad-", "dlr-"))]
    return sorted(
        (row for row in named if can_answer(row["name"])), key=lambda row: row["name"] != default_predictor()
    )


def can_answer(bundle: str) -> bool:
    """Whether a model can be applied: its file holds the scaling of its features, which the published formula lacks."""
    opened = load_bundle(bundle)
    has_file = (opened.path / "models" / "model.json").is_file()
    return not has_file or opened.model_json().get("mean", ()) is not None


def is_at_hand(bundle: str) -> bool:
    """Whether a bundle of this name is there, the user's own or one that came with the extension."""
    return bundle in bundle_folders()


def is_shipped(bundle: str) -> bool:
    """Whether a bundle of this name came with the extension."""
    return (resource_path("Models") / bundle / "configs" / "metadata.json").is_file()
