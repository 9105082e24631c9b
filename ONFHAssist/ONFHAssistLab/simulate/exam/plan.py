"""What an examination of both hips holds, drawn from a seed: series, their planes, contrasts and fields of view, and
what else lies in a patient's folder (localisers, a CT, series of somebody else or of the back)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

HIPS, LOCALISER, CT, OTHER_PATIENT, OTHER_PART, OTHER_DATE = (
    "hips", "localiser", "CT", "other patient", "other part", "other date",
)  # fmt: skip
SEQUENCE_NAMES = {"t1": "T1", "t2": "T2", "t2fs": "T2 FS", "stir": "STIR", "pdfs": "PD FS"}
_SPOKEN = {
    "SIEMENS": {"t1": "t1_tse", "t2": "t2_tse", "t2fs": "t2_tse_fs", "stir": "t2_tirm", "pdfs": "pd_tse_fs"},
    "OTHERS": {"t1": "T1 TSE", "t2": "T2 TSE", "t2fs": "T2 SPAIR", "stir": "STIR", "pdfs": "PD SPAIR"},
}
_PLANE_WORDS = {"coronal": "cor", "axial": "tra", "sagittal": "sag"}
SCANNERS = ("prisma", "ingenia", "signa")  # the last one is kept for testing
KINDS = ("0", "I", "II", "IIIA", "IIIB")


@dataclass(frozen=True)
class SeriesPlan:
    """One series before it is scanned.

    Attributes:
        number: Series Number.
        kind: :data:`HIPS` for what shows the patient's hips by MRI, or one of the others.
        weighting: key of :data:`SEQUENCE_NAMES`. plane: "coronal", "axial" or "sagittal".
        description: Series Description.
        side: the one hip that a small field of view shows; None for both.
        repositioned: scanned after the patient left the table: another frame of reference.
        stated: the sequence that the header claims where that is wrong, else "".
    """

    number: int
    kind: str
    weighting: str = "t1"
    plane: str = "coronal"
    description: str = ""
    side: str | None = None
    repositioned: bool = False
    stated: str = ""


@dataclass(frozen=True)
class ExamPlan:
    """One examination before anything is built.

    Attributes:
        number: from 0. name: of its folder and patient.
        scanner: of :data:`SCANNERS`.
        kinds: what each side has, as :func:`..anatomy.parameters.draw_patient` takes it.
        series: by number.
    """

    number: int
    name: str
    scanner: str
    kinds: dict[str, Any]
    series: tuple[SeriesPlan, ...]


def plan_exam(number: int, seed: int, scanner: str | None = None) -> ExamPlan:
    """The plan of an examination: four to eight MRI series of the hips, and what else is in its folder."""
    rng = np.random.default_rng([seed, 211, number])
    drawn = str(rng.choice(SCANNERS, p=(0.4, 0.35, 0.25)))
    kinds = {side: str(rng.choice(KINDS, p=(0.2, 0.27, 0.29, 0.12, 0.12))) for side in ("right", "left")}
    chosen = scanner or drawn
    series = _numbered(rng, [*_series_of_hips(rng), *_strays(rng)], chosen)
    return ExamPlan(number, f"exam_{number + 1:04d}", chosen, kinds, series)


def _series_of_hips(rng: np.random.Generator) -> list[dict[str, Any]]:
    """Four to eight, the usual ones first; each but two may be missing."""
    fluid = str(rng.choice(["t2fs", "stir", "pdfs"], p=(0.4, 0.4, 0.2)))
    small = str(rng.choice(["R", "L"]))
    menu: list[tuple[float, dict[str, Any]]] = [
        (0.95, {"weighting": "t1", "plane": "coronal"}),
        (0.9, {"weighting": fluid, "plane": "coronal"}),
        (0.6, {"weighting": str(rng.choice(["t1", "t2"])), "plane": "axial"}),
        (0.6, {"weighting": str(rng.choice(["t2fs", "pdfs"])), "plane": "axial"}),
        (0.5, {"weighting": "pdfs", "plane": "sagittal"}),
        (0.3, {"weighting": "t2", "plane": "sagittal"}),
        (0.5, {"weighting": str(rng.choice(["pdfs", "t1"])), "plane": str(rng.choice(["sagittal", "coronal"])),
               "side": small}),
        (0.3, {"weighting": "pdfs", "plane": "sagittal", "side": "L" if small == "R" else "R"}),
        (0.3, {"weighting": "t2", "plane": "coronal"}),
    ]  # fmt: skip
    taken = [rng.random() < share for share, _ in menu]
    order = np.argsort(taken, kind="stable")[::-1] if sum(taken) < 4 else np.flatnonzero(taken)
    kept = sorted(int(i) for i in order[: min(max(4, sum(taken)), 8)])
    found = [{"kind": HIPS, **menu[i][1]} for i in kept]
    if rng.random() < 0.25:  # the patient leaves the table after some of the series
        first = int(rng.integers(1, len(found)))
        for one in found[first:]:
            one["repositioned"] = True
    if rng.random() < 0.1:
        liar = found[int(rng.integers(len(found)))]
        liar["stated"] = "T2 FS" if liar["weighting"] in ("t1", "t2") else "T1"
    return found


def _strays(rng: np.random.Generator) -> list[dict[str, Any]]:
    """What lies beside them."""
    shares = ((LOCALISER, 0.8), (CT, 0.1), (OTHER_PATIENT, 0.12), (OTHER_PART, 0.12), (OTHER_DATE, 0.08))
    found = []
    for kind, share in shares:
        if rng.random() < share:
            found.append(
                {"kind": kind, "weighting": "t2", "plane": "axial" if kind == OTHER_PART else "coronal"}
            )
    return found


def _numbered(rng: np.random.Generator, series: list[dict[str, Any]], scanner: str) -> tuple[SeriesPlan, ...]:
    """Localiser first, then the hips in a scanner's order with the strays among them."""
    first = [one for one in series if one["kind"] == LOCALISER]
    others = [one for one in series if one["kind"] != LOCALISER]
    hips = [one for one in others if one["kind"] == HIPS]
    for stray in (one for one in others if one["kind"] != HIPS):
        hips.insert(int(rng.integers(len(hips) + 1)), stray)
    plans = []
    for number, one in enumerate([*first, *hips], 1):
        plans.append(SeriesPlan(number=number, description=description_of(one, scanner), **one))
    return tuple(plans)


def description_of(one: dict[str, Any], scanner: str) -> str:
    if one["kind"] == LOCALISER:
        return "localizer" if scanner == "prisma" else "3-plane localizer"
    if one["kind"] == CT:
        return "Becken 3.0 Br38"
    words = _SPOKEN["SIEMENS" if scanner == "prisma" else "OTHERS"]
    weighting = one["weighting"]
    if one.get("stated"):
        weighting = next(key for key, name in SEQUENCE_NAMES.items() if name == one["stated"])
    where = "_lws" if one["kind"] == OTHER_PART else ""
    text = f"{words[weighting]}_{_PLANE_WORDS[one['plane']]}{where}"
    side = f"_{one['side']}" if one.get("side") else ""
    text += side
    return text if scanner == "prisma" else text.replace("_", " ").upper()
