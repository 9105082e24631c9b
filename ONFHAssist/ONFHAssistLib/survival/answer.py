"""What a survival model says of one hip: numbers, curve, and the findings that it was given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .published.clinical import SurvivalEstimate


@dataclass(frozen=True)
class SurvivalAnswer:
    """No-collapse survival of one hip after core decompression.

    Attributes:
        model: for people.
        findings: name to value of what the model was given, and of a developed model its hash.
        estimate: at the model's months. curve: every month from 0 to the end of the model's follow-up.
        references: name of a group to its survival at the curve's months.
        assumed: what was assumed rather than read off the images; "" where nothing was.
        measured_angle_deg: the combined necrotic angle on which it rests; None where a reader set one by hand.
    """

    model: str
    findings: Mapping[str, str]
    estimate: SurvivalEstimate
    curve: SurvivalEstimate
    references: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    assumed: str = ""
    measured_angle_deg: float | None = None
