"""What a drilling plan says: wires with their figures, rules kept and broken, reach of the lesion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..core.serial import from_json_value, to_json_value
from ..core.vectors import Point
from .rules import DrillingRules

DISCLAIMER = (
    "This plan is not a medical device and is for research only: whoever drills answers for every wire, under "
    "fluoroscopy."
)


@dataclass(frozen=True)
class RuleCheck:
    """One rule on one wire, or on all of them.

    Attributes:
        rule: in words, with its limit.
        kept: whether it is.
        value: what was measured, in mm or degrees; NaN where there is no number.
        wires: numbers of the wires that it is about, from 1.
        reason: a sentence where it is broken, "" otherwise.
    """

    rule: str
    kept: bool
    value: float
    wires: tuple[int, ...]
    reason: str = ""


@dataclass(frozen=True)
class Wire:
    """One wire with what the theatre needs of it.

    Attributes:
        number: from 1.
        entry: on the lateral cortex, LPS mm. tip: the end in the head, LPS mm.
        length_mm: from entry to tip.
        angle_to_shaft_deg: between wire and shaft in space, as the angle of neck and shaft is given (about 130).
        angle_to_shaft_front_deg: the same as the view from the front shows it, projected on the coronal plane.
        angle_to_coronal_deg: between wire and coronal plane, positive where the tip lies before the entry.
        below_trochanter_mm: entry below the tip of the greater trochanter, along the shaft.
        before_shaft_mm: entry before (positive) or behind the axis of the shaft.
        tip_gap_mm: from the tip to the nearest joint surface.
        reach_share: of the lesion that this wire alone reaches, 0..1.
    """

    number: int
    entry: Point
    tip: Point
    length_mm: float
    angle_to_shaft_deg: float
    angle_to_shaft_front_deg: float
    angle_to_coronal_deg: float
    below_trochanter_mm: float
    before_shaft_mm: float
    tip_gap_mm: float
    reach_share: float


@dataclass(frozen=True)
class FemurLandmarks:
    """Axes and landmarks of one proximal femur; points in LPS mm, directions as unit vectors.

    Attributes:
        head_centre: and ``head_radius``: of the sphere, mm.
        shaft_point: on the axis of the shaft. shaft: down it.
        neck: from the head's centre down the neck.
        isthmus: centre of the neck where it is narrowest. isthmus_radius: of a circle of the same area, mm.
        trochanter_tip: highest point of the greater trochanter.
        lesser_trochanter_mm: how far below that tip, along the shaft, the lesser trochanter stands out most.
        lesser_trochanter_found: whether it was seen, or estimated from the size of the head.
        neck_shaft_angle_deg: between both axes.
        shaft_seen_mm: length of the shaft that the image shows below the lesser trochanter.
    """

    head_centre: Point
    head_radius: float
    shaft_point: Point
    shaft: Point
    neck: Point
    isthmus: Point
    isthmus_radius: float
    trochanter_tip: Point
    lesser_trochanter_mm: float
    lesser_trochanter_found: bool
    neck_shaft_angle_deg: float
    shaft_seen_mm: float


@dataclass(frozen=True)
class HipPlan:
    """The plan of one hip.

    Attributes:
        side: "R" or "L", the patient's.
        wires: in the order of their numbers; () where the plan is withheld.
        checks: every rule, measured on the bone and not taken from the search.
        reach_share: of the lesion within ``rules.reach_mm`` of a wire, 0..1.
        lesion_ml: volume of the lesion.
        statement: what the plan reaches, in sentences, and whether more is ruled out or was not found.
        bound_share: no plan of so many wires can reach more; 1 where nothing is proven.
        share_by_wires: greatest share that the search found with 1, 2, ... wires that keep the rules, up to twelve; it
            ends where no more wires fit.
        tried_share: of the lesion that all wires together reach that keep the rules alone and were tried, hundreds or
            thousands, 0..1.
        one_wire_bound: no wire alone can reach more of the lesion, 0..1.
        wires_needed: fewest wires of ``share_by_wires`` that reach ``rules.wanted_share``; None where none do.
        femur_from: "given" or "found".
        landmarks: None where the plan is withheld before they are known.
        withheld: why there is no plan, "" where there is one.
        warnings: sentences.
    """

    side: str
    wires: tuple[Wire, ...] = ()
    checks: tuple[RuleCheck, ...] = ()
    reach_share: float = 0.0
    lesion_ml: float = 0.0
    statement: str = ""
    bound_share: float = 1.0
    share_by_wires: tuple[float, ...] = ()
    tried_share: float = 0.0
    one_wire_bound: float = 1.0
    wires_needed: int | None = None
    femur_from: str = ""
    landmarks: FemurLandmarks | None = None
    withheld: str = ""
    warnings: tuple[str, ...] = ()

    @property
    def kept(self) -> bool:
        """Whether there is a plan and every rule is kept."""
        return bool(self.wires) and all(check.kept for check in self.checks)


@dataclass(frozen=True)
class DrillingPlan:
    """Plans of the hips of one image, right before left.

    Attributes:
        rules: that they keep.
        hips: one for every outlined lesion.
        warnings: about the whole.
        disclaimer: to be shown wherever the plan is.
        provenance: what it rests on.
    """

    rules: DrillingRules
    hips: tuple[HipPlan, ...]
    warnings: tuple[str, ...] = ()
    disclaimer: str = DISCLAIMER
    provenance: Mapping[str, Any] | None = None

    def to_json(self) -> dict[str, Any]:
        """Numbers, text and lists only."""
        value: dict[str, Any] = to_json_value(self)
        return value

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> DrillingPlan:
        """What :meth:`to_json` gave, as it was.

        Raises:
            InputError: a field is missing, unknown or of another kind.
        """
        return from_json_value(cls, value, "The drilling plan")
