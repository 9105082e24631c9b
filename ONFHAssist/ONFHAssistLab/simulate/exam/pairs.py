"""A patient examined twice: the necrosis grown or healed by a known volume in its place, the surface perhaps sunk
further, drilled perhaps, on another scanner and in another position.

NAME/earlier, NAME/later     examinations as :mod:`.study` writes them
NAME/pair.json               what is true of both, written last
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from ONFHAssistLib.core.atomic_files import write_text
from ONFHAssistLib.core.errors import InputError

from ..anatomy.parameters import FIBROUS, FLUID, Course, HipParameters, PatientParameters, draw_patient
from ..anatomy.patient import Patient, build_patient
from .motion import draw_pose
from .plan import HIPS, SCANNERS, ExamPlan, SeriesPlan, description_of
from .study import ATTEMPTS, RETRY, TRUTH, Visit, write_exam

PAIR = "pair.json"
EARLIER, LATER = "earlier", "later"
MOST_MM, MOST_DEGREES = 6.0, 8.0  # of a hip between the two dates, beside where the table stands
MOST_GROWN_ML, MOST_HEALED_ML = 8.0, 3.0
MAX_CASES = 10_000
COLUMNS = (
    "case", "side", "earlier", "later", "months", "growth_ml", "sunk_mm", "tracks_earlier", "tracks_later",
    "necrosis_ml_earlier", "necrosis_ml_later", "collapse_mm_earlier", "collapse_mm_later", "scanner_earlier",
    "scanner_later", "patient_seed",
)  # fmt: skip
_TABLE_MM = (12.0, 15.0, 25.0)
_KINDS, _KIND_SHARES = ("0", "I", "II", "IIIA"), (0.1, 0.35, 0.4, 0.15)


@dataclass(frozen=True)
class PairPlan:
    """One patient's two examinations before anything is built.

    Attributes:
        number: from 0. name: of the patient's folder.
        kinds: "right" and "left" to what each hip has at the earlier date.
        before: side to the course at the earlier date (drill tracks). after: at the later one.
        months: from one to the other. exams: their plans.
    """

    number: int
    name: str
    kinds: dict[str, str]
    before: dict[str, Course]
    after: dict[str, Course]
    months: int
    exams: tuple[ExamPlan, ExamPlan]


def plan_pair(number: int, seed: int) -> PairPlan:
    """The plan of a pair, drawn from a seed: no growth in a third of the hips, else up to 8 ml or healing up to 3 ml."""
    rng = np.random.default_rng([seed, 307, number])
    kinds = {side: str(rng.choice(_KINDS, p=_KIND_SHARES)) for side in ("right", "left")}
    before, after = {}, {}
    for side, kind in zip("RL", kinds.values(), strict=True):
        before[side], after[side] = _courses(rng, kind)
    name = f"pair_{number + 1:04d}"
    scanners = rng.permutation(SCANNERS)[:2]
    exams = tuple(
        ExamPlan(number, name, str(scanner), dict(kinds), _series(rng, str(scanner))) for scanner in scanners
    )
    return PairPlan(number, name, kinds, before, after, int(rng.integers(4, 30)), (exams[0], exams[1]))


def _courses(rng: np.random.Generator, kind: str) -> tuple[Course, Course]:
    grown = float(rng.choice([0.0, 1.0, -1.0], p=(0.36, 0.52, 0.12)))
    volume = float(rng.uniform(0.3, MOST_GROWN_ML if grown > 0 else MOST_HEALED_ML))
    sunk = float(rng.uniform(1.0, 3.0)) if rng.random() < 0.3 and grown >= 0 else 0.0
    spread = (
        (1.0, float(rng.uniform(0.2, 1.0))) if rng.random() < 0.5 else (float(rng.uniform(0.2, 1.0)), 1.0)
    )
    drilled = rng.random()
    content = str(rng.choice([FLUID, FIBROUS]))
    old = 3 if 0.2 <= drilled < 0.35 else 0
    new = 3 if drilled < 0.3 else 0  # of which the last third lay there before
    if kind == "0":
        grown, sunk = 0.0, 0.0
    return Course(0.0, 0.0, spread, old, content), Course(
        round(grown * volume, 2), round(sunk, 2), spread, new, content
    )


def _series(rng: np.random.Generator, scanner: str) -> tuple[SeriesPlan, ...]:
    """Three series as a follow-up has them: T1 and a fluid-sensitive one coronal, and another plane."""
    third = [("pdfs", "sagittal"), ("t2fs", "axial"), ("t1", "axial"), ("pdfs", "axial")]
    weighting, plane = third[int(rng.integers(len(third)))]
    fluid = str(rng.choice(["t2fs", "stir", "pdfs"], p=(0.4, 0.4, 0.2)))
    rows: list[dict[str, Any]] = [
        {"weighting": "t1", "plane": "coronal"},
        {"weighting": fluid, "plane": "coronal"},
        {"weighting": weighting, "plane": plane},
    ]
    return tuple(
        SeriesPlan(number=n, kind=HIPS, description=description_of({"kind": HIPS, **row}, scanner), **row)
        for n, row in enumerate(rows, 1)
    )


def make_pair(plan: PairPlan, seed: int, out: Path) -> Path:
    """Build the patient as he was and as he became, scan both and write them; ``pair.json`` comes last."""
    parameters, patients = _build(plan, seed)
    rng = np.random.default_rng([seed, 311, plan.number])
    folder = out / plan.name
    rest = np.eye(4)
    rest[:3, 3] = np.subtract(patients[1].parameters.table_position_mm, parameters.table_position_mm)
    lying = [
        {side: draw_pose(rng, np.asarray(one.truth[side]["centre"]), mm, degrees) for side in "RL"}
        for one, mm, degrees in zip(
            patients, (0.5 * MOST_MM, MOST_MM), (0.5 * MOST_DEGREES, MOST_DEGREES), strict=True
        )
    ]  # of both dates, or one of them alone would be scanned as it was built
    dates = _dates(rng, plan.months)
    visits = (Visit(1, dates[0], lying[0], EARLIER), Visit(2, dates[1], lying[1], LATER))
    for patient, exam, visit in zip(patients, plan.exams, visits, strict=True):
        write_exam(patient, exam, seed, folder, (3.0, 3.0), visit)
    truths = [json.loads((folder / name / TRUTH).read_text(encoding="utf-8")) for name in (EARLIER, LATER)]
    hips = {side: _hip(plan, side, [truth["hips"][side] for truth in truths]) for side in "RL"}
    pair = {
        "pair": plan.name, "seed": seed, "patient_seed": parameters.seed, "months": plan.months, "dates": dates,
        "scanners": [exam.scanner for exam in plan.exams], "rest_to_rest": rest.tolist(), "hips": hips,
    }  # fmt: skip
    write_text(folder / PAIR, json.dumps(pair, indent=1) + "\n")
    return folder


def _hip(plan: PairPlan, side: str, truths: list[dict[str, Any]]) -> dict[str, Any]:
    before, after = truths
    names = ("necrosis_ml", "collapse_mm", "combined_necrotic_angle", "oedema", "effusion_mm")
    return {
        "growth_ml": round(after.get("growth_ml", 0.0), 4),
        "sunk_mm": plan.after[side].sunk_mm,
        "tracks": [before.get("tracks", []), after.get("tracks", [])],
        **{name: [truth[name] for truth in truths] for name in names},
    }


def _dates(rng: np.random.Generator, months: int) -> tuple[str, str]:
    year, month, day = int(rng.integers(2018, 2022)), int(rng.integers(1, 13)), int(rng.integers(1, 28))
    whole = year * 12 + month - 1 + months
    return f"{year:04d}{month:02d}{day:02d}", f"{whole // 12:04d}{whole % 12 + 1:02d}{day:02d}"


def _build(plan: PairPlan, seed: int) -> tuple[PatientParameters, tuple[Patient, Patient]]:
    """The patient at both dates; the next seed where a lesion has no room."""
    number = seed * 100_003 + plan.number * 7 + 2
    for attempt in range(ATTEMPTS * 3):
        try:
            parameters = draw_patient(number + RETRY * attempt, **plan.kinds)
            later = _with(parameters, plan.after, np.random.default_rng([seed, 313, plan.number]))
            return parameters, (build_patient(_with(parameters, plan.before)), build_patient(later))
        except InputError:
            if attempt + 1 == ATTEMPTS * 3:
                raise
    raise AssertionError("unreachable")


def _with(
    parameters: PatientParameters, courses: dict[str, Course], rng: np.random.Generator | None = None
) -> PatientParameters:
    """With the course of each hip; with ``rng`` elsewhere on the table and with other oedema and effusion."""
    hips = {}
    for side, name in (("R", "right"), ("L", "left")):
        hip: HipParameters = replace(parameters.hip(side), course=courses[side])
        if rng is not None:
            oedema = float(rng.uniform(0.2, 0.9)) if hip.necrotic and rng.random() < 0.5 else 0.0
            hip = replace(
                hip, oedema=round(oedema, 2), effusion_mm=round(float(abs(rng.normal(1.0, 1.2))), 2)
            )
        hips[name] = hip
    if rng is None:
        return replace(parameters, **hips)  # type: ignore[arg-type]
    x, y, z = (
        float(round(v + rng.normal(0.0, s)))
        for v, s in zip(parameters.table_position_mm, _TABLE_MM, strict=True)
    )
    return replace(parameters, table_position_mm=(x, y, z), **hips)  # type: ignore[arg-type]


def simulate_pairs(
    cases: int,
    seed: int,
    out: str | os.PathLike,
    resume: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, Any]:
    """Make pairs of examinations on disk; arguments and answer as of :func:`.cohort.simulate_exams`.

    Raises:
        InputError: an argument is out of range, or the folder is not empty or holds another cohort.
    """
    for name, value, low, high in (("cases", cases, 1, MAX_CASES), ("seed", seed, 0, 2**20)):
        if not low <= value <= high:
            raise InputError(f"{name} is {value!r}; it must be a whole number from {low} to {high}.")
    folder = Path(out)
    _prepare(folder, seed, resume)
    for number in range(cases):
        plan = plan_pair(number, seed)
        if not (folder / plan.name / PAIR).is_file():
            make_pair(plan, seed, folder)
        if progress:
            progress(number + 1, cases)
    return _table(folder, cases, seed)


def _prepare(out: Path, seed: int, resume: bool) -> None:
    if out.exists() and not out.is_dir():
        raise InputError(f"{out} is a file; choose a folder for the pairs.")
    manifest, settings = out / "cohort.json", {"protocol": "pairs", "seed": seed}
    if out.is_dir() and any(out.iterdir()):
        if not resume:
            raise InputError(f"{out} is not empty; choose a new folder, or resume the pairs that are in it.")
        if not manifest.is_file() or json.loads(manifest.read_text(encoding="utf-8")) != settings:
            raise InputError(f"{out} holds no pairs of seed {seed} to resume; choose a new folder.")
    write_text(manifest, json.dumps(settings) + "\n")


def _table(out: Path, cases: int, seed: int) -> dict[str, Any]:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for number in range(cases):
        name = plan_pair(number, seed).name
        pair = json.loads((out / name / PAIR).read_text(encoding="utf-8"))
        for side, hip in pair["hips"].items():
            both = {
                f"{key}_{date}": hip[key][place]
                for key in ("necrosis_ml", "collapse_mm")
                for place, date in enumerate((EARLIER, LATER))
            }
            writer.writerow({
                "case": name, "side": side, "earlier": f"{name}/{EARLIER}", "later": f"{name}/{LATER}",
                "months": pair["months"], "growth_ml": hip["growth_ml"], "sunk_mm": hip["sunk_mm"],
                "tracks_earlier": len(hip["tracks"][0]), "tracks_later": len(hip["tracks"][1]), **both,
                "scanner_earlier": pair["scanners"][0], "scanner_later": pair["scanners"][1],
                "patient_seed": pair["patient_seed"],
            })  # fmt: skip
    write_text(out / "cohort.csv", text.getvalue())
    digest = hashlib.sha256(text.getvalue().encode()).hexdigest()
    return {"cases": cases, "table": str(out / "cohort.csv"), "sha256": digest, "folder": str(out)}
