"""What the probability model says of one hip; light, so that whoever only reads answers imports no model."""

from __future__ import annotations

from dataclasses import dataclass

LIKELY, UNLIKELY = "early osteonecrosis likely", "early osteonecrosis unlikely"


@dataclass(frozen=True)
class FeatureContribution:
    """What one feature adds to the answer.

    Attributes:
        feature: its name.
        value: of this hip.
        z: standard deviations from the mean of the training hips; None where the model does not scale.
        coefficient: of the linear model; None for other kinds.
        contribution: share of the log-odds; None for models that are not linear.
    """

    feature: str
    value: float | None
    z: float | None
    coefficient: float | None
    contribution: float | None


@dataclass(frozen=True)
class ProbabilityAnswer:
    """Probability of early osteonecrosis of one hip.

    Attributes:
        probability: 0..1.
        threshold: from which on the model calls it likely.
        reading: :data:`LIKELY` or :data:`UNLIKELY`.
        intercept: log-odds of the average hip; None unless the model is linear.
        contributions: of the features, the strongest first.
    """

    probability: float
    threshold: float
    reading: str
    intercept: float | None = None
    contributions: tuple[FeatureContribution, ...] = ()
