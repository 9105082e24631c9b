"""Cohorts of examinations: each depends on the seed and its number alone, so that a run may be stopped and resumed."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from ONFHAssistLib.core.atomic_files import write_text
from ONFHAssistLib.core.errors import InputError

from .plan import plan_exam
from .study import IMAGES, OUTLINES, TRUTH, make_exam

COLUMNS = (
    "case", "side", "study", "segmentation", "scanner", "series", "strays", "stage", "arco", "jic_type", "oedema",
    "centre_x", "centre_y", "centre_z", "radius", "head_ml", "necrosis_ml", "necrotic_share", "arc_a", "arc_b",
    "combined_necrotic_angle", "patient_seed",
)  # fmt: skip
MAX_CASES = 10_000


def simulate_exams(
    cases: int,
    seed: int,
    out: str | os.PathLike,
    workers: int = 1,
    resume: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, Any]:
    """Make examinations on disk (:mod:`.study`).

    Args:
        cases: patients. seed: same seed, same bytes.
        out: folder; must be new or empty unless ``resume``.
        workers: processes.
        resume: leave the examinations that are whole.
        progress: called with the examinations done and those in all.

    Returns:
        ``cases``, ``table`` (path of cohort.csv, one row a hip), ``sha256`` of the table, ``folder``.

    Raises:
        InputError: an argument is out of range, or the folder is not empty or holds another cohort.
    """
    for name, value, low, high in (
        ("cases", cases, 1, MAX_CASES),
        ("seed", seed, 0, 2**20),
        ("workers", workers, 1, 256),
    ):
        if not low <= value <= high:
            raise InputError(f"{name} is {value!r}; it must be a whole number from {low} to {high}.")
    folder = Path(out)
    _prepare(folder, seed, resume)
    waiting = [n for n in range(cases) if not (folder / plan_exam(n, seed).name / TRUTH).is_file()]
    done = cases - len(waiting)
    for _ in _made(waiting, seed, folder, workers):
        done += 1
        if progress:
            progress(done, cases)
    return _table(folder, cases, seed)


def _prepare(out: Path, seed: int, resume: bool) -> None:
    if out.exists() and not out.is_dir():
        raise InputError(f"{out} is a file; choose a folder for the examinations.")
    manifest, settings = out / "cohort.json", {"protocol": "exam", "seed": seed}
    if out.is_dir() and any(out.iterdir()):
        if not resume:
            raise InputError(
                f"{out} is not empty; choose a new folder, or resume the examinations that are in it."
            )
        if not manifest.is_file() or json.loads(manifest.read_text(encoding="utf-8")) != settings:
            raise InputError(f"{out} holds no examinations of seed {seed} to resume; choose a new folder.")
    write_text(manifest, json.dumps(settings) + "\n")


def _made(numbers: list[int], seed: int, out: Path, workers: int) -> Iterator[None]:
    if workers == 1 or len(numbers) < 2:
        for number in numbers:
            make_one(number, seed, str(out))
            yield
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(workers, len(numbers)), mp_context=context) as pool:
        for future in [pool.submit(make_one, number, seed, str(out)) for number in numbers]:
            future.result()
            yield


def make_one(number: int, seed: int, out: str) -> None:
    """One examination of a cohort."""
    make_exam(plan_exam(number, seed), seed, Path(out))


def _table(out: Path, cases: int, seed: int) -> dict[str, Any]:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for number in range(cases):
        name = plan_exam(number, seed).name
        writer.writerows(_rows(json.loads((out / name / TRUTH).read_text(encoding="utf-8"))))
    write_text(out / "cohort.csv", text.getvalue())
    digest = hashlib.sha256(text.getvalue().encode()).hexdigest()
    return {"cases": cases, "table": str(out / "cohort.csv"), "sha256": digest, "folder": str(out)}


def _rows(truth: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """One row a hip."""
    name, series = truth["exam"], truth["series"]
    for side, hip in truth["hips"].items():
        place = dict(zip(("centre_x", "centre_y", "centre_z"), hip["centre"], strict=True))
        kept = {key: "" if hip[key] is None else hip[key] for key in COLUMNS if key in hip}
        yield {
            **kept,
            **place,
            "case": name,
            "side": side,
            "study": f"{name}/{IMAGES}",
            "segmentation": f"{name}/{OUTLINES}",
            "scanner": truth["scanner"],
            "series": sum(one["belongs"] for one in series),
            "strays": "; ".join(one["kind"] for one in series if not one["belongs"]),
            "oedema": int(hip["oedema"]),
            "patient_seed": truth["patient_seed"],
        }
