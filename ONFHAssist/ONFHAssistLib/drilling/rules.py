"""What a plan of drill wires has to keep: numbers, sizes and distances, all of them the user's to change.

Sources:
    Mont MA, Ragland PS, Etienne G (2004) Clin Orthop Relat Res 429:131-138 - several passes of 3 mm from the lateral
        cortex into the lesion, one entry for small and two or three passes for large ones.
    Kim SY, Kim DH, Park IH et al. (2004) Clin Orthop Relat Res 418:139-143 - multiple drilling, tips short of the
        subchondral bone.
    Kim YM, Park et al. (2011) J Korean Hip Soc 23(2) - a subtrochanteric fracture six weeks after multiple drilling,
        from just below the holes.
    Haidukewych GJ, Langford J, in: Rockwood and Green's Fractures in Adults, 7th ed., ch. 49 - the bone from the lower
        edge of the lesser trochanter to 5 cm below it is among the most stressed of the skeleton.
So no entry lies below the lesser trochanter, where it stands out most. Where the outline of the femur does not show it,
it is taken to lie 2.4 head radii below the tip of the greater one, along the shaft. On 67 dry femurs both tips were
67.5 mm apart in space (SD 4.9; Int J Res Med Sci 2019, doi 10.18203/2320-6012.ijrms20190023), which with about 35 mm
across the shaft is 58 mm along it, 2.4 radii of a usual head of 48 mm.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..core.errors import InputError

SINGLE, FAN, SEVERAL = "single", "fan", "several"
ENTRIES = (SINGLE, FAN, SEVERAL)

# Smallest and largest value of each number, with its unit.
_RANGES: dict[str, tuple[float, float, str]] = {
    "wires": (1, 12, "wires"),
    "diameter_mm": (1.0, 10.0, "mm"),
    "reach_mm": (1.0, 15.0, "mm"),
    "wanted_share": (0.1, 1.0, "as a share"),
    "least_tip_gap_mm": (1.0, 20.0, "mm"),
    "most_tip_gap_mm": (2.0, 30.0, "mm"),
    "cortex_margin_mm": (0.0, 10.0, "mm"),
    "neck_margin_mm": (0.0, 10.0, "mm"),
    "wire_gap_mm": (0.0, 15.0, "mm"),
    "fan_window_mm": (2.0, 40.0, "mm"),
    "highest_entry_mm": (5.0, 100.0, "mm"),
    "below_lesser_mm": (-40.0, 40.0, "mm"),
    "least_shaft_angle_deg": (80.0, 170.0, "degrees"),
    "most_shaft_angle_deg": (90.0, 180.0, "degrees"),
    "near_entry_mm": (2.0, 40.0, "mm"),
    "longest_mm": (40.0, 200.0, "mm"),
}


@dataclass(frozen=True)
class DrillingRules:
    """The rules of a plan. Lengths in mm; a number out of range raises :class:`InputError` with its name.

    Attributes:
        wires: how many.
        diameter_mm: of each.
        entry: "single" drills all of them through one hole of the cortex, "fan" through holes of their own within a
            window, "several" anywhere in the zone.
        reach_mm: a voxel of the lesion is reached when the axis of a wire passes it so near.
        wanted_share: of the lesion that should be reached.
        least_tip_gap_mm: and ``most_tip_gap_mm``: from the tip to the nearest joint surface.
        cortex_margin_mm: of bone between the surface of a wire and the outer surface of the femur.
        neck_margin_mm: the same at the isthmus of the neck and 5 mm to both sides of it.
        wire_gap_mm: of bone between the surfaces of two wires; from a single hole, between their tips.
        fan_window_mm: greatest distance of two entries of a fan.
        highest_entry_mm: of an entry below the tip of the greater trochanter, along the shaft.
        below_lesser_mm: how far below the lesser trochanter, where it stands out most, an entry may lie.
        least_shaft_angle_deg: and ``most_shaft_angle_deg``: between wire and shaft, as the angle of neck and shaft.
        near_entry_mm: behind the entry no margin is asked for: there the wire crosses the cortex.
        longest_mm: of a wire inside the bone.
    """

    wires: int = 3
    diameter_mm: float = 3.0
    entry: str = FAN
    reach_mm: float = 5.0
    wanted_share: float = 0.9
    least_tip_gap_mm: float = 5.0
    most_tip_gap_mm: float = 10.0
    cortex_margin_mm: float = 3.0
    neck_margin_mm: float = 4.0
    wire_gap_mm: float = 2.0
    fan_window_mm: float = 20.0
    highest_entry_mm: float = 25.0
    below_lesser_mm: float = 0.0
    least_shaft_angle_deg: float = 110.0
    most_shaft_angle_deg: float = 160.0
    near_entry_mm: float = 12.0
    longest_mm: float = 130.0

    def __post_init__(self) -> None:
        if self.entry not in ENTRIES:
            raise InputError(f"entry is '{self.entry}'; it must be one of {', '.join(ENTRIES)}.")
        if isinstance(self.wires, bool) or not isinstance(self.wires, int):
            raise InputError(f"wires is {self.wires!r}; a whole number is needed.")
        for name, (low, high, unit) in _RANGES.items():
            value = getattr(self, name)
            number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
            if not number or not low <= value <= high:
                raise InputError(f"{name} is {value!r}; it must be from {low:g} to {high:g} {unit}.")
        for low_name, high_name in (
            ("least_tip_gap_mm", "most_tip_gap_mm"),
            ("least_shaft_angle_deg", "most_shaft_angle_deg"),
        ):
            if getattr(self, low_name) >= getattr(self, high_name):
                raise InputError(
                    f"{low_name} is {getattr(self, low_name):g} and {high_name} {getattr(self, high_name):g}; the first "
                    "must be the smaller one."
                )

    @property
    def radius_mm(self) -> float:
        """Of a wire."""
        return 0.5 * self.diameter_mm


def read_rules(path: str | Path, before: DrillingRules | None = None) -> DrillingRules:
    """Rules of a YAML file: names of :class:`DrillingRules` with their values; what it leaves out stays as it was.

    Raises:
        InputError: the file cannot be read, names a rule that there is none of, or gives a value out of range.
    """
    import yaml

    path = Path(path)
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from error
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise InputError(f"{path} is no YAML file of drilling rules.") from error
    if content is None:
        content = {}
    if not isinstance(content, dict):
        raise InputError(f"{path} must hold names of rules with their values, such as 'wires: 4'.")
    return with_values(before or DrillingRules(), content, str(path))


def with_values(rules: DrillingRules, values: Mapping[str, Any], where: str = "") -> DrillingRules:
    """The rules with other values.

    Raises:
        InputError: a name that is no rule's, or a value out of range.
    """
    names = [field.name for field in dataclasses.fields(DrillingRules)]
    unknown = [str(name) for name in values if name not in names]
    if unknown:
        raise InputError(
            f"{where or 'The request'} gives the rule '{unknown[0]}'; known rules are {', '.join(names)}."
        )
    return replace(rules, **dict(values))
