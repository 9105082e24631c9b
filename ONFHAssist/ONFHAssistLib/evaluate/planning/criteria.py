"""What every calculation of a sample size returns, and what hips of one patient cost."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

from ...core.errors import InputError


@dataclass(frozen=True)
class Criterion:
    """One demand on the study and how many hips it takes.

    Attributes:
        name: what is asked for, in words.
        hips: the smallest number that meets it.
        detail: the figure behind it, such as the expected shrinkage.
    """

    name: str
    hips: int
    detail: str = ""


@dataclass(frozen=True)
class SampleSize:
    """The largest of the criteria, and what it means for events and patients.

    Attributes:
        hips: the smallest number of hips that meets every criterion.
        events: expected among them.
        criteria: all demands, in the order of the publication.
        facts: further figures by name.
        patients: None until :func:`for_patients` was asked.
    """

    hips: int
    events: float
    criteria: tuple[Criterion, ...]
    facts: dict[str, float]
    patients: int | None = None

    def as_dict(self) -> dict[str, Any]:
        """As JSON takes it."""
        return {
            "hips": self.hips,
            "events": self.events,
            "patients": self.patients,
            "criteria": [{"name": one.name, "hips": one.hips, "detail": one.detail} for one in self.criteria],
            **self.facts,
        }


def design_effect(hips_per_patient: float, correlation: float) -> float:
    """By how much the two hips of a patient inflate a sample of independent hips: 1 + (m - 1) rho.

    Kish, Survey Sampling, 1965. The formulas of Riley et al. take independent cases; this is the usual correction.

    Raises:
        InputError: a number out of range.
    """
    if not 1 <= hips_per_patient <= 2:
        raise InputError(
            f"{hips_per_patient:g} hips a patient were given; 1 to 2 is accepted, such as 1.5 where every second "
            "patient brings both."
        )
    if not 0 <= correlation <= 1:
        raise InputError(f"The correlation of the hips of a patient is {correlation:g}; 0 to 1 is accepted.")
    return 1 + (hips_per_patient - 1) * correlation


def for_patients(size: SampleSize, hips_per_patient: float, correlation: float) -> SampleSize:
    """The same demands where patients bring ``hips_per_patient`` hips whose outcomes correlate."""
    effect = design_effect(hips_per_patient, correlation)
    hips = math.ceil(size.hips * effect - 1e-9)
    return replace(
        size,
        hips=hips,
        events=size.events * hips / size.hips,
        patients=math.ceil(hips / hips_per_patient - 1e-9),
        facts={**size.facts, "design_effect": effect, "independent_hips": size.hips},
    )


def check_share(name: str, value: float) -> float:
    """A share strictly between 0 and 1, or a sentence that names it.

    Raises:
        InputError: otherwise.
    """
    if not 0 < value < 1:
        raise InputError(f"The {name} is {value:g}; a number between 0 and 1 is needed.")
    return float(value)


def check_positive(name: str, value: float) -> float:
    """A number above 0, or a sentence that names it.

    Raises:
        InputError: otherwise.
    """
    if not (value > 0 and math.isfinite(value)):
        raise InputError(f"The {name} is {value:g}; a number greater than 0 is needed.")
    return float(value)
