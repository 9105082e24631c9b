"""Which bundle gives the probability of early osteonecrosis where nobody chose one: the same one for every way to ask."""

from __future__ import annotations

from ..resources import resource_path

# The DLR model is what the study puts forward; the Rad model, without PyTorch, stands in where the other is missing.
PREDICTORS = ("dlr-mri", "rad-dlr-mri")


def default_predictor() -> str:
    """The first of :data:`PREDICTORS` that is shipped."""
    return next((name for name in PREDICTORS if is_shipped(name)), PREDICTORS[-1])


def is_shipped(bundle: str) -> bool:
    """Whether a bundle of this name came with the extension."""
    return (resource_path("Models") / bundle / "configs" / "metadata.json").is_file()
