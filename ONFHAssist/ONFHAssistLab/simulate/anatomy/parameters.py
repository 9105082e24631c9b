"""What describes a simulated patient, in ranges that anatomy allows, and how patients are drawn at random."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

import numpy as np

from ONFHAssistLib.core.errors import InputError

STAGES = ("0", "I", "II")
FLUID, FIBROUS = "fluid", "fibrous"  # what a drill track holds: fresh, and healed
ARCO = ("0", "I", "II", "IIIA", "IIIB")
DRAWN_COLLAPSE_MM = {"IIIA": (0.5, 1.8), "IIIB": (2.0, 4.5)}
JIC_TYPES = ("A", "B", "C1", "C2")
CONTENTS = ("A", "B", "C", "D", "mixed")
LOOK_ALIKES = ("transient osteoporosis", "insufficiency fracture", "subchondral cyst")
# Modified Ficat-Arlet: a crescent is late II. A flattened head (IIIB) is past the stages 0 to II and counts as the last.
STAGE_OF_ARCO = {"0": "0", "I": "I", "II": "II", "IIIA": "II", "IIIB": "II"}
COLLAPSE_MM = {
    "IIIA": (0.0, 1.9),
    "IIIB": (2.0, 6.0),
}  # depression of the articular surface; 2 mm part the two

HIP_RANGES: dict[str, tuple[float, float, str]] = {
    "head_radius_mm": (18.0, 30.0, "mm"),
    "neck_shaft_angle_deg": (110.0, 145.0, "degrees"),
    "anteversion_deg": (-5.0, 40.0, "degrees"),
    "centre_edge_deg": (8.0, 45.0, "degrees"),
    "combined_angle_deg": (40.0, 340.0, "degrees"),
    "necrotic_share": (0.01, 0.8, "as a share of the head volume"),
    "lesion_tilt_deg": (15.0, 65.0, "degrees"),
    "lesion_subtlety": (0.0, 1.0, ""),
    "lesion_sclerosis": (0.0, 1.0, ""),
    "oedema": (0.0, 1.0, ""),
    "effusion_mm": (0.0, 9.0, "mm"),
    "collapse_mm": (0.0, 6.0, "mm"),
    "arthrosis": (0.0, 1.0, ""),
    "cysts": (0, 6, ""),
    "bone_islands": (0, 4, ""),
}
PATIENT_RANGES: dict[str, tuple[float, float, str]] = {
    "age": (16, 95, "years"),
    "height_cm": (135.0, 210.0, "cm"),
    "bmi": (15.0, 45.0, "kg/m2"),
    "red_marrow": (0.0, 1.0, ""),
    "muscle_fat": (0.0, 1.0, ""),
    "hip_flexion_deg": (-5.0, 30.0, "degrees"),
    "hip_adduction_deg": (-12.0, 12.0, "degrees"),
    "hip_rotation_deg": (-15.0, 35.0, "degrees"),
}


def _check_ranges(subject: Any, ranges: Mapping[str, tuple[float, float, str]], where: str) -> None:
    for name, (low, high, unit) in ranges.items():
        value = getattr(subject, name)
        if value is None:
            continue
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise InputError(
                f"{where}{name} is {value!r}; a number from {low:g} to {high:g} {unit}".rstrip()
                + " is needed."
            )
        if not low <= value <= high:
            raise InputError(
                f"{where}{name} is {value:g}; it must be from {low:g} to {high:g} {unit}".rstrip() + "."
            )


def _check_choice(subject: Any, name: str, allowed: tuple, where: str) -> None:
    value = getattr(subject, name)
    if value not in allowed:
        raise InputError(f"{where}{name} is {value!r}; it must be one of {', '.join(map(repr, allowed))}.")


@dataclass(frozen=True)
class Course:
    """What a later hip has in addition to the earlier one that its parameters describe.

    Attributes:
        grown_ml: by how much the necrosis is larger in the same bone; negative where it healed.
        sunk_mm: how much deeper the articular surface is pressed in.
        spread: shares in which opening and depth of the lesion change; (1, 1) is alike.
        tracks: number of drill tracks of 3 mm from the lateral cortex through the neck into the head.
        content: of the tracks, "fluid" or "fibrous".
    """

    grown_ml: float = 0.0
    sunk_mm: float = 0.0
    spread: tuple[float, float] = (1.0, 1.0)
    tracks: int = 0
    content: str = FLUID


@dataclass(frozen=True)
class HipParameters:
    """One hip. Angles in degrees, lengths in mm; values out of range raise :class:`InputError` with name and range.

    Attributes:
        head_radius_mm: outer bone surface of the head.
        neck_shaft_angle_deg: between neck and shaft axis.
        anteversion_deg: of the neck.
        centre_edge_deg: lateral centre-edge angle of the acetabulum (under 20 is dysplasia).
        stage: modified Ficat-Arlet "0", "I" or "II".
        arco: "0", "I", "II", "IIIA" or "IIIB"; goes with the stage (IIIA and IIIB are stage "II").
        combined_angle_deg: target of arc A + arc B (:mod:`.hip`); None without necrosis.
        necrotic_share: target share of the head volume; None picks what fits the angle.
        jic_type: target "A", "B", "C1" or "C2"; None without necrosis.
        content: Mitchell class of the necrosis, "A" to "D" or "mixed".
        lesion_tilt_deg: how far the middle of the lesion lies to the front of straight up.
        lesion_subtlety: 1 leaves little but a faint band, 0 shows the full interface.
        lesion_sclerosis: thickness and density of the sclerotic rim and unrest of the content.
        oedema: extent of bone marrow oedema in head and neck, 0 none.
        effusion_mm: thickness of fluid under the capsule.
        collapse_mm: depression of the articular surface (ARCO IIIA under 2 mm, IIIB from 2 mm on).
        arthrosis: 0 none to 1 (cartilage loss, osteophytes, sclerosis, cysts).
        cysts: subchondral cysts.
        bone_islands: number of enostoses.
        look_alike: a disease that is not osteonecrosis, or None.
        prosthesis: hip replaced: metal in place of head, neck and socket.
        course: what became of it since the examination that the other parameters describe; None where nothing did.
    """

    head_radius_mm: float = 24.5
    neck_shaft_angle_deg: float = 127.0
    anteversion_deg: float = 13.0
    centre_edge_deg: float = 32.0
    stage: str = "0"
    arco: str = "0"
    combined_angle_deg: float | None = None
    necrotic_share: float | None = None
    jic_type: str | None = None
    content: str = "mixed"
    lesion_tilt_deg: float = 42.0
    lesion_subtlety: float = 0.3
    lesion_sclerosis: float = 0.5
    oedema: float = 0.0
    effusion_mm: float = 0.4
    collapse_mm: float = 0.0
    arthrosis: float = 0.0
    cysts: int = 0
    bone_islands: int = 0
    look_alike: str | None = None
    prosthesis: bool = False
    course: Course | None = None

    def __post_init__(self) -> None:
        _check_ranges(self, HIP_RANGES, "")
        _check_choice(self, "stage", STAGES, "")
        _check_choice(self, "arco", ARCO, "")
        _check_choice(self, "content", CONTENTS, "")
        _check_choice(self, "look_alike", (None, *LOOK_ALIKES), "")
        if STAGE_OF_ARCO[self.arco] != self.stage:
            raise InputError(
                f'arco "{self.arco}" goes with stage "{STAGE_OF_ARCO[self.arco]}", not "{self.stage}".'
            )
        if self.stage == "0":
            for name in ("combined_angle_deg", "necrotic_share", "jic_type"):
                if getattr(self, name) is not None:
                    raise InputError(f'{name} is given for a hip of stage "0"; it needs stage "I" or "II".')
        else:
            _check_choice(self, "jic_type", JIC_TYPES, "")
            if self.combined_angle_deg is None:
                raise InputError(
                    'combined_angle_deg is missing; a hip of stage "I" or "II" needs 40 to 340 degrees.'
                )
            if self.prosthesis or self.look_alike:
                raise InputError(
                    'A hip with a prosthesis or a look_alike is not osteonecrosis; its stage must be "0".'
                )
        if self.collapse_mm > 0 and self.arco not in COLLAPSE_MM:
            raise InputError(
                f'collapse_mm is {self.collapse_mm:g}; only arco "IIIA" and "IIIB" have a depression.'
            )
        low, high = COLLAPSE_MM.get(self.arco, (0.0, 0.0))
        if not low <= self.collapse_mm <= high:
            raise InputError(
                f'collapse_mm is {self.collapse_mm:g}; with arco "{self.arco}" it must be from {low:g} to {high:g} mm.'
            )

    @property
    def necrotic(self) -> bool:
        """Whether the hip has osteonecrosis."""
        return self.stage != "0"

    @property
    def lesion_clarity(self) -> float:
        """How much of the interface shows, 0.28 to 1."""
        return 1.0 - 0.72 * self.lesion_subtlety

    @property
    def rim_mm(self) -> float:
        """Mean thickness of the sclerotic rim as it is built; the survival of simulated cohorts follows it."""
        return self.lesion_clarity * (0.8 + 1.3 * self.lesion_sclerosis)


@dataclass(frozen=True)
class PatientParameters:
    """A patient: body, pose and both hips; everything else follows from ``seed``.

    Attributes:
        seed: of all random shape and texture.
        sex: "F" or "M".
        age: years.
        height_cm: body height.
        bmi: kg/m2.
        right: the patient's right hip.
        left: the left hip.
        red_marrow: share of blood-forming marrow beside fatty marrow in pelvis and proximal femur, 0..1.
        muscle_fat: fatty streaks in the muscles, 0..1.
        hip_flexion_deg: thigh raised on the table.
        hip_adduction_deg: thigh toward the midline.
        hip_rotation_deg: thigh rolled outward, as it falls on the table; it turns the neck backward out of the coronal
            plane by as much, on top of the anteversion.
        table_position_mm: LPS mm of the point half-way between the femoral heads.
    """

    seed: int = 0
    sex: str = "M"
    age: float = 42.0
    height_cm: float = 174.0
    bmi: float = 24.5
    right: HipParameters = field(default_factory=HipParameters)
    left: HipParameters = field(default_factory=HipParameters)
    red_marrow: float = 0.3
    muscle_fat: float = 0.2
    hip_flexion_deg: float = 6.0
    hip_adduction_deg: float = 2.0
    hip_rotation_deg: float = 0.0
    table_position_mm: tuple[float, float, float] = (0.0, 0.0, 0.0)

    def __post_init__(self) -> None:
        if isinstance(self.seed, bool) or not isinstance(self.seed, int) or self.seed < 0:
            raise InputError(f"seed is {self.seed!r}; a whole number of 0 or more is needed.")
        _check_ranges(self, PATIENT_RANGES, "")
        _check_choice(self, "sex", ("F", "M"), "")

    def hip(self, side: str) -> HipParameters:
        """The hip of side "R" or "L"."""
        return {"R": self.right, "L": self.left}[side]


def draw_patient(seed: int, **constraints: Any) -> PatientParameters:
    """A random patient.

    Args:
        seed: same seed and constraints, same patient.
        **constraints: fields of :class:`PatientParameters` to hold fixed; ``right`` and ``left`` may be a stage ("0",
            "I", "II"), an ARCO stage ("IIIA"), "prosthesis", a look-alike, a :class:`HipParameters`, or a mapping of
            its fields. Without them about 45 % of hips are necrotic.

    Raises:
        InputError: a constraint is unknown or out of range.
    """
    if isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
        raise InputError(f"seed is {seed!r}; a whole number of 0 or more is needed.")
    known = {f.name for f in fields(PatientParameters)}
    for name in constraints:
        if name not in known:
            raise InputError(f"{name} is no parameter of a patient; known are {', '.join(sorted(known))}.")
    rng = np.random.default_rng([seed, 11])
    sex = constraints.get("sex", "M" if rng.random() < 0.62 else "F")
    male = sex == "M"
    body = {
        "sex": sex,
        "age": float(np.clip(rng.normal(44, 12), 18, 80).round()),
        "height_cm": float(np.clip(rng.normal(172 if male else 160, 6.5), 145, 200).round(1)),
        "bmi": float(np.clip(rng.normal(24.5, 3.6), 17, 42).round(1)),
        "muscle_fat": float(np.clip(rng.beta(2, 5), 0, 1).round(3)),
        "hip_flexion_deg": float(np.clip(rng.normal(7, 6), -4, 26).round(1)),
        "hip_adduction_deg": float(np.clip(rng.normal(2, 3.5), -9, 10).round(1)),
        "table_position_mm": tuple(float(v) for v in rng.normal((0, 0, 0), (12, 25, 60)).round(1)),
    }
    body["red_marrow"] = float(
        np.clip(rng.normal(0.62 - 0.008 * body["age"] + (0.0 if male else 0.12), 0.15), 0, 1).round(3)
    )
    # From a stream of its own, so that a seed keeps what else it drew before thighs were rolled.
    roll = np.random.default_rng([seed, 12]).normal(18.0, 7.0)
    body["hip_rotation_deg"] = float(np.clip(roll, -5.0, 34.0).round(1))
    body |= {k: v for k, v in constraints.items() if k not in ("right", "left")}
    shared = _shared_shape(rng, male, body["height_cm"])
    hips = {}
    for side in ("right", "left"):
        wish = constraints.get(side)
        if wish is None:
            wish = _random_hip_kind(rng)
        hips[side] = wish if isinstance(wish, HipParameters) else _draw_hip(rng, wish, shared)
    return PatientParameters(seed=seed, **(body | hips))


def _shared_shape(rng: np.random.Generator, male: bool, height_cm: float) -> dict[str, float]:
    """Bony shape that both hips have in common."""
    radius = (24.6 if male else 21.9) + 0.07 * (height_cm - (172 if male else 160)) + rng.normal(0, 0.8)
    return {
        "head_radius_mm": float(np.clip(radius, 20.0, 27.0)),
        "neck_shaft_angle_deg": float(np.clip(rng.normal(127, 4.5), 115, 140)),
        "anteversion_deg": float(np.clip(rng.normal(13 if male else 15, 6), 0, 30)),
        "centre_edge_deg": float(np.clip(rng.normal(32, 4.5), 21, 44)),
    }


def _random_hip_kind(rng: np.random.Generator) -> str:
    kinds = ("0", "I", "II", "IIIA", "prosthesis", *LOOK_ALIKES)
    return str(rng.choice(kinds, p=(0.50, 0.19, 0.19, 0.06, 0.02, 0.015, 0.015, 0.01)))


def _draw_hip(
    rng: np.random.Generator, wish: str | Mapping[str, Any], shared: Mapping[str, float]
) -> HipParameters:
    """A hip of a kind (stage, ARCO stage, look-alike, "prosthesis") or with some fields held."""
    held = dict(wish) if isinstance(wish, Mapping) else {}
    kind = str(held.get("arco", held.get("stage", "0"))) if held else str(wish)
    if held.get("look_alike"):
        kind = str(held["look_alike"])
    if kind not in (*ARCO, *LOOK_ALIKES, "prosthesis"):
        raise InputError(
            f'"{kind}" is no kind of hip; it must be one of {", ".join((*ARCO, "prosthesis", *LOOK_ALIKES))}.'
        )
    unknown = set(held) - {f.name for f in fields(HipParameters)}
    if unknown:
        raise InputError(f"{sorted(unknown)[0]} is no parameter of a hip.")
    spread = {
        "head_radius_mm": 0.25,
        "neck_shaft_angle_deg": 1.2,
        "anteversion_deg": 2.0,
        "centre_edge_deg": 2.0,
    }
    limits = {"head_radius_mm": (20, 27), "neck_shaft_angle_deg": (115, 140), "anteversion_deg": (0, 30)}
    values: dict[str, Any] = {
        k: round(float(np.clip(rng.normal(v, spread[k]), *limits.get(k, (20, 44)))), 2)
        for k, v in shared.items()
    }
    if rng.random() < 0.05:
        values["centre_edge_deg"] = round(float(rng.uniform(12, 19.5)), 1)
    values["effusion_mm"] = round(float(abs(rng.normal(0.3, 0.35))), 2)
    values["bone_islands"] = int(rng.random() < 0.08)
    if kind == "0" and rng.random() < 0.10:
        values |= {"arthrosis": round(float(rng.uniform(0.2, 0.9)), 2), "cysts": int(rng.integers(0, 4))}
    if kind == "prosthesis":
        values["prosthesis"] = True
    elif kind in LOOK_ALIKES:
        values |= _draw_look_alike(rng, kind)
    elif kind != "0":
        values |= _draw_necrosis(rng, kind, held)
    return HipParameters(**(values | held))


def _draw_look_alike(rng: np.random.Generator, kind: str) -> dict[str, Any]:
    values: dict[str, Any] = {"look_alike": kind, "effusion_mm": round(float(rng.uniform(1, 5)), 2)}
    if kind == "transient osteoporosis":
        values["oedema"] = round(float(rng.uniform(0.6, 1.0)), 2)
    elif kind == "insufficiency fracture":
        values["oedema"] = round(float(rng.uniform(0.3, 0.8)), 2)
    else:
        values |= {"arthrosis": round(float(rng.uniform(0.3, 0.8)), 2), "cysts": int(rng.integers(1, 4))}
    return values


def _draw_necrosis(rng: np.random.Generator, arco: str, held: Mapping[str, Any]) -> dict[str, Any]:
    """Size, place, content and company of a necrosis by its ARCO stage."""
    jic = held.get("jic_type") or str(
        rng.choice(JIC_TYPES, p={"I": (0.08, 0.14, 0.38, 0.40)}.get(arco, (0.01, 0.06, 0.33, 0.60)))
    )
    middle = {"A": 110.0, "B": 150.0, "C1": 185.0, "C2": 225.0}.get(jic, 185.0) + {"I": -14, "II": 0}.get(
        arco, 10
    )
    angle = float(np.clip(rng.normal(middle, 32), 90 if jic in "AB" else 115, 320 if jic == "C2" else 260))
    late = arco != "I"
    contents = {"I": (0.42, 0.08, 0.05, 0.05, 0.40), "II": (0.18, 0.06, 0.12, 0.16, 0.48)}.get(
        arco, (0.06, 0.06, 0.22, 0.22, 0.44)
    )
    oedema = {"I": 0.35, "II": 0.55}.get(arco, 0.9)
    return {
        "stage": STAGE_OF_ARCO[arco],
        "arco": arco,
        "jic_type": jic,
        "combined_angle_deg": round(angle, 1),
        "lesion_tilt_deg": round(float(np.clip(rng.normal(42, 6), 28, 56)), 1),
        "content": str(rng.choice(CONTENTS, p=contents)),
        "lesion_subtlety": round(float(rng.beta(2, 4) if late else rng.beta(4, 2)), 3),
        "lesion_sclerosis": round(float(rng.beta(4, 2.5) if late else rng.beta(2, 4)), 3),
        "oedema": round(float(rng.uniform(0.25, 0.9)), 2) if rng.random() < oedema else 0.0,
        "effusion_mm": round(float(abs(rng.normal(0.8 if not late else 1.8, 1.2))), 2),
        "collapse_mm": round(float(rng.uniform(*DRAWN_COLLAPSE_MM[arco])), 2)
        if arco in DRAWN_COLLAPSE_MM
        else 0.0,
    }


def with_hip(parameters: PatientParameters, side: str, hip: HipParameters) -> PatientParameters:
    """The same patient with another hip on side "R" or "L"."""
    changed: dict[str, Any] = {{"R": "right", "L": "left"}[side]: hip}
    return replace(parameters, **changed)
