"""Simulated cohorts of the three studies: images, outlines, a second reader and a clinical table on disk.

Each case depends on the seed and its number alone, so the files are the same on any number of workers, and a run that
was stopped goes on where it was.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import multiprocessing
import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from pathlib import Path
from typing import Any

import numpy as np

from ONFHAssistLib.core.atomic_files import write_text
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.imaging.files import write_image
from ONFHAssistLib.imaging.image import Image

from .acquisition.dicom_radiograph import write_dicom_radiograph
from .acquisition.dicom_series import seeded_uid, write_dicom_series
from .acquisition.mri import acquire, get_protocol, truth_labels
from .acquisition.radiograph import radiograph
from .anatomy.patient import Patient, build_patient
from .plans import INTERNAL, PROTOCOLS, STUDY_SIZES, CasePlan, clinical_facts, patient_of, plan_case
from .second_reader import second_reader

FORMATS = ("nifti", "dicom")
IMAGE_COLUMNS = {"t1": "image_t1", "t2_unseen": "image_unseen_scanner"}
MAX_CASES = 100_000
ATTEMPTS = 6
COLUMNS = (
    "case", "side", "split", "hospital", "index_hip", "included",
    "image", "image_t1", "image_unseen_scanner", "scanner", "segmentation", "segmentation_reader2", "radiograph_frog",
    "age", "sex", "height_cm", "bmi", "aetiology", "symptom_months", "bisphosphonate", "laterality",
    "ficat_arlet_stage", "arco_stage", "early_onfh", "jic_type", "bone_marrow_oedema",
    "arc_a_deg", "arc_b_deg", "combined_necrotic_angle_deg", "necrosis_degree_index",
    "necrosis_ml", "head_ml", "necrotic_share", "centre_x", "centre_y", "centre_z", "head_radius_mm",
    "prosthesis", "look_alike", "follow_up_months", "collapse", "patient_seed",
)  # fmt: skip


def simulate_cohort(
    protocol: str,
    cases: int | None,
    seed: int,
    out: str | os.PathLike,
    image_format: str = "nifti",
    workers: int = 1,
    resume: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, Any]:
    """Make a cohort on disk.

    Args:
        protocol: "dlr" (early osteonecrosis against healthy, T2 FS), "onfhnet" (stages 0, I, II, two scanners) or "dlrc"
            (survival without collapse, radiographs).
        cases: patients; None for as many as the study had.
        seed: same seed, same bytes.
        out: folder; must be new or empty unless ``resume``.
        image_format: "nifti" or "dicom"; outlines are NIfTI either way.
        workers: processes.
        resume: go on in ``out`` where a run with the same arguments stopped.
        progress: called with the cases done and the cases in all; what it raises stops the run after the current cases.

    Returns:
        ``cases``, ``hips``, ``table`` (path of cohort.csv, one row a hip), ``sha256`` of the table, ``folder``.

    Raises:
        InputError: an argument is out of range, the folder is not empty, or it holds another cohort.
    """
    cases = _check(protocol, cases, seed, image_format, workers)
    out = Path(out)
    _prepare(out, {"protocol": protocol, "cases": cases, "seed": seed, "image_format": image_format}, resume)
    jobs = [(protocol, number, cases, seed, str(out), image_format) for number in range(cases)]
    waiting = [job for job in jobs if not _done(out, plan_case(protocol, job[1], cases, seed))]
    done = cases - len(waiting)
    if progress:
        progress(done, cases)
    for _ in _run(waiting, workers):
        done += 1
        if progress:
            progress(done, cases)
    return _table(out, protocol, cases, seed)


def _check(protocol: str, cases: int | None, seed: int, image_format: str, workers: int) -> int:
    if protocol not in PROTOCOLS:
        raise InputError(f'protocol is "{protocol}"; it must be one of {", ".join(PROTOCOLS)}.')
    if image_format not in FORMATS:
        raise InputError(f'image_format is "{image_format}"; it must be one of {", ".join(FORMATS)}.')
    cases = STUDY_SIZES[protocol] if cases is None else cases
    for name, value, low, high in (
        ("cases", cases, 1, MAX_CASES),
        ("seed", seed, 0, 2**31 - 1),
        ("workers", workers, 1, 256),
    ):
        if isinstance(value, bool) or not isinstance(value, int | np.integer) or not low <= value <= high:
            raise InputError(f"{name} is {value!r}; it must be a whole number from {low} to {high}.")
    return int(cases)


def _prepare(out: Path, settings: dict[str, Any], resume: bool) -> None:
    """Make the folder, or see that it holds the same cohort."""
    if out.exists() and not out.is_dir():
        raise InputError(f"{out} is a file; choose a folder for the cohort.")
    manifest = out / "cohort.json"
    if out.is_dir() and any(out.iterdir()):
        if not resume:
            raise InputError(f"{out} is not empty; choose a new folder, or resume the cohort that is in it.")
        try:
            found = json.loads(manifest.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise InputError(
                f"{out} holds no cohort to resume (no readable cohort.json); choose a new folder."
            ) from error
        for name, value in settings.items():
            if found.get(name) != value:
                raise InputError(
                    f"{out} holds a cohort with {name} {found.get(name)!r}, not {value!r}; resume it as it was begun."
                )
        return
    (out / "cases").mkdir(parents=True, exist_ok=True)
    write_text(manifest, json.dumps(settings, indent=1, sort_keys=True) + "\n")


def _done(out: Path, plan: CasePlan) -> bool:
    return (out / "cases" / plan.name / "case.json").exists()


def _run(jobs: list[tuple], workers: int) -> Iterator[None]:
    """Make the cases, yielding as each is done."""
    if workers == 1 or len(jobs) < 2:
        for job in jobs:
            make_case(*job)
            yield
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(workers, len(jobs)), mp_context=context) as pool:
        pending: set[Future] = {pool.submit(make_case, *job) for job in jobs}
        try:
            while pending:
                finished, pending = wait(pending, return_when=FIRST_COMPLETED)
                for future in finished:
                    future.result()
                    yield
        finally:
            for future in pending:
                future.cancel()


def make_case(protocol: str, number: int, cases: int, seed: int, out: str, image_format: str) -> str:
    """Build, image and write one case; its case.json comes last and says that the case is whole."""
    plan = plan_case(protocol, number, cases, seed)
    folder = Path(out) / "cases" / plan.name
    if folder.exists():
        shutil.rmtree(folder)  # what an interrupted run left
    folder.mkdir(parents=True)
    patient = build_planned(plan, protocol, seed)
    write = _write_radiographs if protocol == "dlrc" else _write_mri
    files = write(patient, plan, folder, seed, image_format)
    rows = [_row(plan, protocol, patient, side, files, seed) for side in ("R", "L")]
    write_text(folder / "case.json", json.dumps({"case": plan.name, "rows": rows}, indent=1) + "\n")
    return plan.name


def build_planned(plan: CasePlan, protocol: str, seed: int) -> Patient:
    """The patient of a plan; another of the same plan where a lesion does not fit the head that was drawn."""
    for attempt in range(ATTEMPTS):
        try:
            return build_patient(patient_of(plan, protocol, seed, attempt))
        except InputError:
            if attempt + 1 == ATTEMPTS:
                raise
    raise AssertionError("unreachable")


def _scan_seed(seed: int, number: int) -> int:
    return seed * 1_000_003 + number


def _write_mri(
    patient: Patient, plan: CasePlan, folder: Path, seed: int, image_format: str
) -> dict[str, str]:
    """MR volumes on one grid, true outlines on it and the second reader's."""
    files: dict[str, str] = {}
    labels: Image | None = None
    study = seeded_uid("cohort study", plan.name, seed)
    for name, preset in plan.images.items():
        image = acquire(patient, get_protocol(preset), _scan_seed(seed, plan.number))
        column = IMAGE_COLUMNS.get(name, "image")
        files[column] = _write_volume(image, folder, name, image_format, plan, patient, study)
        if labels is None:
            labels = truth_labels(patient, image)
    assert labels is not None  # a plan has at least one image
    files["segmentation"] = _relative(write_image(labels, folder / "segmentation.nii.gz"))
    second = second_reader(labels, _scan_seed(seed, plan.number))
    files["segmentation_reader2"] = _relative(write_image(second, folder / "segmentation_reader2.nii.gz"))
    return files


def _write_volume(
    image: Image, folder: Path, name: str, image_format: str, plan: CasePlan, patient: Patient, study: str
) -> str:
    if image_format == "nifti":
        return _relative(write_image(image, folder / f"{name}.nii.gz"))
    about = patient.parameters
    weight = about.bmi * (about.height_cm / 100.0) ** 2
    return _relative(
        write_dicom_series(
            image, folder / name, plan.name, study, sex=about.sex, age=about.age, weight_kg=weight
        )
    )


def _write_radiographs(
    patient: Patient, plan: CasePlan, folder: Path, seed: int, image_format: str
) -> dict[str, str]:
    """AP pelvis with projected heads, and a frog-leg view of every hip that is not replaced."""
    files: dict[str, str] = {}
    study = seeded_uid("cohort study", plan.name, seed)
    for name, view in plan.images.items():
        if view != "AP" and patient.parameters.hip(view[-1]).prosthesis:
            continue
        image, labels = radiograph(patient, _scan_seed(seed, plan.number), view)
        if image_format == "nifti":
            path = write_image(image, folder / f"{name}.nii.gz")
        else:
            about = patient.parameters
            path = write_dicom_radiograph(
                image, folder / f"{name}.dcm", plan.name, study, sex=about.sex, age=about.age
            )
        files["image" if view == "AP" else f"frog {view[-1]}"] = _relative(path)
        mask = _relative(write_image(labels, folder / f"{name}_segmentation.nii.gz"))
        if view == "AP":
            files["segmentation"] = mask
            second = second_reader(labels, _scan_seed(seed, plan.number))
            files["segmentation_reader2"] = _relative(
                write_image(second, folder / "ap_segmentation_reader2.nii.gz")
            )
    return files


def _relative(path: Path) -> str:
    """cases/NAME/FILE with forward slashes, the same on every system."""
    return "/".join(path.parts[-3:])


def _row(
    plan: CasePlan, protocol: str, patient: Patient, side: str, files: dict[str, str], seed: int
) -> dict[str, Any]:
    """One hip of the table; numbers are rounded, so that they read the same everywhere."""
    truth, hip = patient.truth[side], patient.parameters.hip(side)
    facts = clinical_facts(plan, protocol, patient.parameters, seed)
    outcome = facts.pop("sides")[side]
    included = not hip.prosthesis and not hip.look_alike
    if protocol == "dlr":
        included = side == plan.index_side  # look-alikes are among the healthy
    elif protocol == "onfhnet":
        included = included and hip.arco != "IIIA"
    else:
        included = hip.necrotic
    centre = truth["centre"] or ("", "", "")
    row: dict[str, Any] = dict.fromkeys(COLUMNS, "")
    kept = ("image", "image_t1", "image_unseen_scanner", "segmentation", "segmentation_reader2")
    row |= {k: files.get(k, "") for k in kept}
    row |= facts | outcome
    row |= {
        "case": plan.name,
        "side": side,
        "split": "external" if protocol == "onfhnet" and plan.hospital != INTERNAL else plan.split,
        "hospital": plan.hospital,
        "scanner": "" if protocol == "dlrc" else next(iter(plan.images.values())).split("_")[0],
        "index_hip": int(plan.index_side in (None, side)),
        "included": int(included),
        "radiograph_frog": files.get(f"frog {side}", ""),
        "ficat_arlet_stage": "" if hip.prosthesis else hip.stage,
        "arco_stage": "" if hip.prosthesis else hip.arco,
        "early_onfh": "" if hip.prosthesis else int(hip.necrotic),
        "jic_type": truth["jic_type"] or "",
        "bone_marrow_oedema": int(truth["oedema"]),
        "prosthesis": int(hip.prosthesis),
        "look_alike": hip.look_alike or "",
        "patient_seed": patient.parameters.seed,
    }
    index = truth["arc_a"] / 180.0 * truth["arc_b"] / 180.0 * 100.0
    numbers = {
        "arc_a_deg": truth["arc_a"], "arc_b_deg": truth["arc_b"], "necrosis_degree_index": index,
        "combined_necrotic_angle_deg": truth["combined_necrotic_angle"], "necrosis_ml": truth["necrosis_ml"],
        "head_ml": truth["head_ml"], "necrotic_share": truth["necrotic_share"], "head_radius_mm": truth["radius"],
    }  # fmt: skip
    if not hip.prosthesis:
        row |= {name: round(float(value), 4) for name, value in numbers.items()}
        row |= {f"centre_{axis}": round(float(v), 3) for axis, v in zip("xyz", centre, strict=True)}
    return row


def _table(out: Path, protocol: str, cases: int, seed: int) -> dict[str, Any]:
    """Gather the cases into cohort.csv."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    hips = 0
    for number in range(cases):
        plan = plan_case(protocol, number, cases, seed)
        case = json.loads((out / "cases" / plan.name / "case.json").read_text(encoding="utf-8"))
        writer.writerows(case["rows"])
        hips += sum(row["included"] for row in case["rows"])
    write_text(out / "cohort.csv", text.getvalue())
    digest = hashlib.sha256(text.getvalue().encode("utf-8")).hexdigest()
    return {
        "cases": cases,
        "hips": hips,
        "table": str(out / "cohort.csv"),
        "sha256": digest,
        "folder": str(out),
    }
