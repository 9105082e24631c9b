"""After a correction: what rests on the outlines of that case, computed anew from the corrected ones, for each reader."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from ...case.case import Case
from ...case.pipeline import ALL_STEPS, run_case
from ...case.result import (
    EXTRACT,
    MEASURE,
    PROBABILITY,
    RADIOGRAPH,
    SEGMENT,
    SURVIVAL,
    CaseResult,
    StepRecord,
)
from ...case.work import Settings
from ...core.atomic_files import write_text
from ...core.errors import InputError
from ...core.progress import Progress
from ...core.serial import from_json_value, to_json_value
from ...imaging.files import read_image
from ...imaging.image import Image
from .corrections import corrected_digest, fine_path, read_correction, result_path, standing
from .folder import ReviewCase, ReviewFolder, open_folder
from .state import ReviewState

_OF_EXAM = (MEASURE, EXTRACT, PROBABILITY)
_ALONE = (
    "After a correction the probability rests on the reference series alone; the stage of all series does not rest "
    "on the outlines and stays."
)


def recompute(folder: ReviewFolder, key: str, reader: str, progress: Progress | None = None) -> CaseResult:
    """Measurements, features and answers of a case from a reader's corrected outlines, with the settings of the cohort.

    Steps that the cohort did not do are not done here either; what does not rest on the outlines is taken.

    Raises:
        InputError: no such case, no correction of the reader, or an image that cannot be read.
    """
    case = folder.case(key)
    image = _with_header(case)
    held = standing(ReviewState(folder.path), case, reader)
    labels = read_correction(folder, case, reader, image)
    if labels is None:
        raise InputError(f"{reader} has corrected nothing of {key}.")
    before = case.result
    steps = _steps(case)
    settings = replace(settings_of(folder), image_suffix=".mha", checked=False)
    with tempfile.TemporaryDirectory(prefix="onfh-review-") as temporary:
        given = Case(image, before.name, labels, dict(before.edges))
        newer = run_case(given, temporary, steps, settings, before, progress).without_files()
    whole = before.updated(replace(newer, input=before.input))
    if case.exam is not None and PROBABILITY in whole.steps:
        record = whole.steps[PROBABILITY]
        whole = whole.with_step(PROBABILITY, replace(record, warnings=(*record.warnings, _ALONE)))
    files = {corrected_digest(side): changes[0].sha256 for side, changes in held.items()}
    whole = whole.with_step(SEGMENT, _by_hand(before.steps.get(SEGMENT, StepRecord()), reader, files))
    last = max((changes[0] for changes in held.values()), key=lambda one: one.time)
    path = folder.path / last.path
    finer = str(fine_path(path)) if fine_path(path).is_file() else None
    whole = replace(whole, segmentation=str(path), segmentation_fine=finer)
    write_text(result_path(case, reader), whole.to_json(path.parent) + "\n")
    return whole


def recompute_case(arguments: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """The worker's task: :func:`recompute` of ``folder``, ``case`` and ``reader``; gives ``result`` as JSON text."""
    folder = open_folder(Path(arguments["folder"]))
    result = recompute(folder, str(arguments["case"]), str(arguments["reader"]), progress)
    return {"result": result.to_json()}


def settings_of(folder: ReviewFolder) -> Settings:
    """The settings of the pipeline that the cohort was worked up with; the usual ones where none are stated."""
    known = {f.name for f in fields(Settings)} - {"image_suffix", "checked"}
    stated = {name: value for name, value in folder.settings.items() if name in known}
    return from_json_value(Settings, {**to_json_value(Settings()), **stated}, "The settings of the cohort")


def _with_header(case: ReviewCase) -> Image:
    """The image with what the header of its source says, which the file in the case's folder may not hold.

    A source that is not there any more is done without: the look of the image decides then.
    """
    image, source = case.image(), str(case.facts.get("source") or "")
    if image.metadata.get("sequence") or case.facts.get("kind") != "image" or not source:
        return image
    try:
        found = read_image(source)
    except (InputError, OSError):
        return image
    return replace(image, metadata=found.metadata) if found.same_grid(image) else image


def _steps(case: ReviewCase) -> tuple[str, ...]:
    """Those that the cohort did and that rest on the outlines or need nothing but them."""
    done = set(case.result.steps) - {SEGMENT, RADIOGRAPH}
    if case.exam is not None:
        done &= set(_OF_EXAM)
    if SURVIVAL in done and MEASURE not in done:
        done.discard(SURVIVAL)
    return tuple(step for step in ALL_STEPS if step in done) or (MEASURE,)


def _by_hand(record: StepRecord, reader: str, files: Mapping[str, str]) -> StepRecord:
    return replace(record, provenance={**record.provenance, "corrected_by": reader, **files})
