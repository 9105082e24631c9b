"""Who is in a cohort: case mix, splits and clinical facts of the three studies, drawn case by case from the seed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from .anatomy.parameters import HipParameters, PatientParameters, draw_patient
from .outcome import draw_outcome, log_hazard, sclerosis_of

PROTOCOLS = ("dlr", "onfhnet", "dlrc")
STUDY_SIZES = {"dlr": 150, "onfhnet": 209, "dlrc": 144}  # patients
SPLITS = {"dlr": (("train", 0.7), ("test", 0.3)), "onfhnet": (("train", 0.8), ("validation", 0.1), ("test", 0.1)),
          "dlrc": (("train", 1.0),)}  # fmt: skip
AETIOLOGY = {"idiopathic": 121 / 212, "corticosteroid": 58 / 212, "alcohol": 33 / 212}
RETRY = 10_000_019
INTERNAL = "A"  # the hospital on whose patients models are trained

# How hard the DLR study's question is: what these two numbers act on is clinical reasoning (_dlr_healthy, _faint).
LOOK_ALIKE_SHARE = 0.5  # of the hips without osteonecrosis that show what may be taken for it
FAINTNESS = 0.75  # of a stage I: 0 as it is in the other cohorts, 1 no more than the trace of a band
DLR_SCANNERS = {"dlr": 0.5, "prisma": 0.25, "ingenia": 0.25}
DLR_LOOK_ALIKES: dict[str, float] = {
    "transient osteoporosis": 0.22,
    "insufficiency fracture": 0.16,
    "subchondral cyst": 0.28,  # with arthrosis
    "bone island": 0.12,
    "red marrow": 0.22,
}


@dataclass(frozen=True)
class CasePlan:
    """One patient of a cohort before anything is built.

    Attributes:
        number: from 0.
        name: folder and identifier.
        split: "train", "validation", "test" or "external".
        kinds: what each side has, as :func:`.parameters.draw_patient` takes it.
        index_side: the hip that the study looks at, or None for both.
        hospital: "A" to "D"; in the protocol onfhnet A is internal, B, C and D are external, as in the study.
        images: name in the folder -> name of the MR preset, or "AP" and "frog-leg" for radiographs.
    """

    number: int
    name: str
    split: str
    kinds: dict[str, Any]
    index_side: str | None
    hospital: str
    images: dict[str, str]


def plan_case(protocol: str, number: int, cases: int, seed: int) -> CasePlan:
    """The plan of case ``number`` of ``cases``; the mix is exact over the cohort, the order is shuffled by the seed."""
    order = np.random.default_rng([seed, 101, PROTOCOLS.index(protocol)]).permutation(cases)
    rank = int(order[number])
    rng = np.random.default_rng([seed, 102, PROTOCOLS.index(protocol), number])
    name = f"{protocol}_{number + 1:04d}"
    quantile = (rank + 0.5) / cases
    draw = {"dlr": _plan_dlr, "onfhnet": _plan_onfhnet, "dlrc": _plan_dlrc}[protocol]
    kinds, index_side, hospital, images = draw(rng, quantile)
    return CasePlan(number, name, _split(protocol, rank, cases), kinds, index_side, hospital, images)


def _split(protocol: str, rank: int, cases: int) -> str:
    """Stratified: neighbours in rank are of one kind, and each run of them is dealt out by the shares."""
    position = (rank * 0.6180339887 + 0.31) % 1.0 if cases > 3 else rank / cases
    total = 0.0
    for name, share in SPLITS[protocol]:
        total += share
        if position < total:
            return name
    return SPLITS[protocol][-1][0]


def _plan_dlr(rng: np.random.Generator, quantile: float) -> tuple:
    """80 without and 70 with early osteonecrosis (ARCO I, II); T2 FS, and T1 beside it, by one of three scanners.

    Patients come to that scan because a hip hurts: half of those without osteonecrosis have what else hurts there or
    looks like it, and a stage I is small and faint.
    """
    scanner = str(rng.choice(list(DLR_SCANNERS), p=list(DLR_SCANNERS.values())))
    plane = "" if scanner == "dlr" else "_coronal"
    images = {name: f"{scanner}_{name}{plane}" for name in ("t2fs", "t1")}
    index = "R" if rng.random() < 0.5 else "L"
    if quantile < 80 / 150:
        first, more = _dlr_healthy(rng)
        return _sides(index, first, "0") | more, index, INTERNAL, images
    first = _faint(rng) if quantile < (80 + 35) / 150 else "II"
    other = str(rng.choice(["0", "I", "II"], p=(0.42, 0.29, 0.29)))
    return _sides(index, first, _faint(rng) if other == "I" else other), index, INTERNAL, images


def _dlr_healthy(rng: np.random.Generator) -> tuple[Any, dict[str, float]]:
    """A hip without osteonecrosis, and what its patient has to be for that."""
    if rng.random() >= LOOK_ALIKE_SHARE:
        return "0", {}
    kind = str(rng.choice(list(DLR_LOOK_ALIKES), p=list(DLR_LOOK_ALIKES.values())))
    if kind == "bone island":
        return {"bone_islands": int(rng.integers(1, 4))}, {}
    if kind == "red marrow":
        return "0", {"red_marrow": round(float(rng.uniform(0.7, 1.0)), 2)}
    return kind, {}


def _faint(rng: np.random.Generator) -> dict[str, Any]:
    """Stage I as it is missed: a small fatty lesion (Mitchell A) with the trace of a band, seldom with oedema."""
    jic = str(rng.choice(["A", "B", "C1"], p=(0.2, 0.35, 0.45)))
    middle = {"A": 110.0, "B": 145.0, "C1": 175.0}[jic] - 30.0 * FAINTNESS
    return {
        "arco": "I",
        "jic_type": jic,
        "combined_angle_deg": round(
            float(np.clip(rng.normal(middle, 25), 85 if jic in "AB" else 118, 260)), 1
        ),
        "content": "A" if rng.random() < 0.4 + 0.4 * FAINTNESS else "mixed",
        "lesion_subtlety": round(float(1.0 - (1.0 - FAINTNESS) * (1.0 - rng.beta(4, 2))), 3),
        "lesion_sclerosis": round(float(rng.beta(2, 4)), 3),
        "oedema": round(float(rng.uniform(0.2, 0.6)), 2) if rng.random() < 0.25 else 0.0,
    }


def _plan_onfhnet(rng: np.random.Generator, quantile: float) -> tuple:
    """Stages 0, I and II about evenly by hip, four hospitals, two scanners.

    As in the study, hospital A is internal, with both scanners, and B, C and D are external: two external sets, B and C
    on the one scanner and D on the other. They scan everybody again on a scanner that no model has seen.
    """
    site = int(rng.choice([1, 2, 3, 4], p=(0.38, 0.24, 0.18, 0.20)))
    hospital, scanner = INTERNAL, "ingenia" if site == 2 else "prisma"
    if outside := site == 4:
        scanner = str(rng.choice(["prisma", "ingenia"]))
        # B or C by the last digits of the place in the cohort, which no stage depends on
        hospital = "D" if scanner == "ingenia" else "BC"[int(quantile * 997) % 2]
    plane = str(rng.choice(["coronal", "axial", "sagittal"], p=(0.6, 0.25, 0.15)))
    images = {"t2": f"{scanner}_t2_{plane}", "t1": f"{scanner}_t1_{plane}"}
    if outside:
        images["t2_unseen"] = f"signa_t2_{plane}"
    first = "0" if quantile < 0.30 else "I" if quantile < 0.66 else "II"
    if first == "0":
        second = str(
            rng.choice(
                ["0", "prosthesis", "transient osteoporosis", "insufficiency fracture"],
                p=(0.9, 0.05, 0.03, 0.02),
            )
        )
    else:
        second = str(rng.choice(["0", "I", "II", "prosthesis", "IIIA"], p=(0.36, 0.27, 0.26, 0.06, 0.05)))
    return _sides("R" if rng.random() < 0.5 else "L", first, second), None, hospital, images


def _plan_dlrc(rng: np.random.Generator, quantile: float) -> tuple:
    """Hips before multiple drilling: bilateral, unilateral, or the other side replaced; AP and frog-leg radiographs."""
    first = _dlrc_hip(rng)
    if quantile < 66 / 146:
        second: Any = _dlrc_hip(rng)
    elif quantile < (66 + 57) / 146:
        second = "0"
    else:
        second = "prosthesis"
    images = {"ap": "AP", "frog_r": "frog-leg R", "frog_l": "frog-leg L"}
    return _sides("R" if rng.random() < 0.5 else "L", first, second), None, INTERNAL, images


def _dlrc_hip(rng: np.random.Generator) -> dict[str, Any]:
    """Stage, JIC type, angle and oedema by the published case mix; lesion sclerosis independent of all of them."""
    arco = str(rng.choice(["I", "II", "IIIA"], p=(49 / 212, 108 / 212, 55 / 212)))
    jic = str(rng.choice(["B", "C1", "C2"], p=(15 / 212, 67 / 212, 130 / 212)))
    middle = {"B": 165.0, "C1": 190.0, "C2": 228.0}[jic]
    angle = float(np.clip(rng.normal(middle, 38.0), 105, 320 if jic == "C2" else 262))
    return {
        "arco": arco,
        "jic_type": jic,
        "combined_angle_deg": round(angle, 1),
        "oedema": round(float(rng.uniform(0.3, 0.9)), 2) if rng.random() < 129 / 212 else 0.0,
        "lesion_sclerosis": sclerosis_of(float(rng.normal())),
    }


def _sides(index: str, first: Any, second: Any) -> dict[str, Any]:
    return {"right": first, "left": second} if index == "R" else {"right": second, "left": first}


def patient_of(plan: CasePlan, protocol: str, seed: int, attempt: int) -> PatientParameters:
    """The patient of a plan; ``attempt`` moves on where a lesion could not be placed."""
    rng = np.random.default_rng([seed, 103, PROTOCOLS.index(protocol), plan.number])
    held: dict[str, Any] = dict(plan.kinds)
    if protocol == "dlrc":
        held["sex"] = "M" if rng.random() < 170 / 212 else "F"
        held["age"] = float(np.clip(rng.normal(41.5, 11.0), 18, 68).round())
        held["bmi"] = float(np.clip(rng.normal(23.9, 3.3), 17, 36).round(1))
    elif protocol == "onfhnet":
        held["sex"] = "M" if rng.random() < 0.5617 else "F"
        held["age"] = float(np.clip(rng.normal(52.5, 10.5), 18, 68).round())
    number = seed * 100_003 + plan.number * 7 + PROTOCOLS.index(protocol) + 1 + RETRY * attempt
    return draw_patient(number, **held)


def clinical_facts(plan: CasePlan, protocol: str, parameters: PatientParameters, seed: int) -> dict[str, Any]:
    """Facts of the patient that the table holds, and per side follow-up and collapse."""
    rng = np.random.default_rng([seed, 104, PROTOCOLS.index(protocol), plan.number])
    necrotic = [s for s in ("R", "L") if parameters.hip(s).necrotic]
    replaced = [s for s in ("R", "L") if parameters.hip(s).prosthesis]
    facts: dict[str, Any] = {
        "age": int(parameters.age),
        "sex": parameters.sex,
        "height_cm": parameters.height_cm,
        "bmi": parameters.bmi,
        "aetiology": str(rng.choice(list(AETIOLOGY), p=list(AETIOLOGY.values()))) if necrotic else "",
        "symptom_months": round(float(np.exp(rng.normal(np.log(2.2), 1.0))), 1) if necrotic else "",
        "bisphosphonate": int(rng.random() < 97 / 212) if necrotic else "",
        "laterality": _laterality(necrotic, replaced),
    }
    outcomes = {}
    for side in ("R", "L"):
        hip = parameters.hip(side)
        months: float | str = ""
        collapse: int | str = ""
        if protocol == "dlrc" and hip.necrotic:
            months, collapse = draw_outcome(rng, _risk(hip))
        outcomes[side] = {"follow_up_months": months, "collapse": collapse}
    return facts | {"sides": outcomes}


def _risk(hip: HipParameters) -> float:
    from .outcome import imaging_score

    assert hip.combined_angle_deg is not None  # a necrotic hip has its angle
    return log_hazard(hip.arco, hip.oedema > 0, float(hip.combined_angle_deg), imaging_score(hip.rim_mm))


def _laterality(necrotic: list[str], replaced: list[str]) -> str:
    if not necrotic:
        return "none"
    if len(necrotic) == 2:
        return "bilateral"
    return "unilateral_contralateral_tha" if replaced else "unilateral"
