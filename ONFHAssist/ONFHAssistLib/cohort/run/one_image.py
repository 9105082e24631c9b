"""The steps of a case that is one image: each is a step of the one pipeline, its answer a part of the case's result."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from ...case.case import Case
from ...case.features import deep_features
from ...case.pipeline import run_case
from ...case.result import (
    EXTRACT,
    MEASURE,
    PROBABILITY,
    SEGMENT,
    STAGE,
    SURVIVAL,
    CaseResult,
    DeepFeatures,
    StepRecord,
)
from ...case.work import Settings
from ...core.errors import InputError, is_disk_full, is_out_of_memory
from ...core.progress import Progress
from ...core.provenance import sha256_of_file
from ...core.serial import from_json_value, to_json_value
from ...imaging.contrast import CONTRASTS_OF_SEQUENCE
from ...imaging.files import read_image, read_mask, write_image
from ...imaging.image import Image
from ...imaging.masks.fine import fine_labels
from .folder import IMAGE
from .kept import Answer, without_times
from .sources import Source
from .steps import DEEP, RADIOMICS

_LOG = logging.getLogger(__name__)
OUTLINES, FINE = "segmentation", "segmentation_fine"
_HEADER = ("modality", "sequence", "laterality", "series_uid", "manufacturer", "scanner", "field_t")
Values = Mapping[str, Mapping[str, Any]]  # step to the value of its answer


class CaseSteps(Protocol):
    """The steps of one kind of case."""

    def do(self, step: str, values: Values, progress: Progress) -> Answer:
        """Do a step, with the answers of those before it; its images are written into the case's folder."""

    def result(self, values: Values) -> CaseResult:
        """What the answers say together, with absolute names of files."""

    def page(self, result: CaseResult) -> list[str]:
        """Write tables and report of the case into its folder; their names."""

    @property
    def image_file(self) -> str:
        """The reference volume: a name in the case's folder, or an absolute path."""


class ImageSteps:
    """One volume or series.

    Args:
        source: of the case. place: where its files are now. folder: of the case.
    """

    def __init__(self, source: Source, place: Path, folder: Path, settings: Settings) -> None:
        self._source, self._place, self._folder, self._settings = source, place, folder, settings

    @cached_property
    def image(self) -> Image:
        """The volume, with what the table states of it."""
        source = self._source
        image = read_image(self._place, source.series or None)
        image.require_volume(str(self._place))
        return _with_stated(image, source)

    @property
    def name(self) -> str:
        """How messages call it."""
        return Path(self._source.path).name

    @property
    def image_file(self) -> str:
        """See :class:`CaseSteps`."""
        return IMAGE if self._place.is_dir() or _is_dicom(self._place) else self._source.path

    @cached_property
    def case(self) -> Case:
        """The image with the outlines in its folder, exactly on its grid, whatever a file kept of that."""
        return outlined(self.image, self.name, self._folder)

    def do(self, step: str, values: Values, progress: Progress) -> Answer:
        """See :class:`CaseSteps`."""
        if step == SEGMENT:
            return self._outline(progress)
        known = self.result(values)
        if step == DEEP:
            return deep_answer(self.case, known)
        result, final = one_step(self.case, self._folder, step, self._settings, known, progress)
        if step == PROBABILITY:
            result = without_features(result)
        return answer_of({"result": result}, self._folder, final, heatmaps_of(result))

    def result(self, values: Values) -> CaseResult:
        """See :class:`CaseSteps`."""
        known = result_in(values[SEGMENT], self._folder)
        for step in (MEASURE, RADIOMICS, STAGE, PROBABILITY, SURVIVAL):
            if step in values:
                known = merged(known, result_in(values[step], self._folder))
        return with_deep(known, values)

    def page(self, result: CaseResult) -> list[str]:
        """See :class:`CaseSteps`."""
        from ...report.case_folder import PAGE, write_case

        write_case(result, self.case, self._folder, self._source.case)
        return [
            name
            for name in ("measurements.csv", "radiomics.csv", "deep.csv", PAGE)
            if (self._folder / name).is_file()
        ]

    def _outline(self, progress: Progress) -> Answer:
        source, folder = self._source, self._folder
        (folder / f"{FINE}.nii.gz").unlink(missing_ok=True)  # of other outlines
        if source.segmentation:
            labels = read_mask(source.segmentation, self.image, in_full=True)
            case = Case(self.image, self.name, labels)
            warnings = case.side_warnings
            result = run_case(
                case, folder, (SEGMENT,), self._settings
            )  # nothing but the heads of the given outlines
            result = replace(
                result.with_step(SEGMENT, StepRecord(warnings=warnings)),
                segmentation=str(write_image(case.outlines, folder / f"{OUTLINES}.nii.gz")),
                segmentation_fine=None
                if case.fine is None
                else str(write_image(case.fine, folder / f"{FINE}.nii.gz")),
            )
        else:
            result = run_case(
                Case(self.image, self.name), folder, (SEGMENT,), self._settings, progress=progress
            )
        files = [Path(path) for path in (result.segmentation, result.segmentation_fine) if path]
        if self.image_file == IMAGE:
            files.append(write_image(self.image, folder / IMAGE))
        return answer_of({"result": result, "header": header_of(self.image)}, folder, True, files)


def _with_stated(image: Image, source: Source) -> Image:
    """With sequence and side as the table states them, where the file does not."""
    facts = dict(image.metadata)
    for column, name, stated in (
        ("side", "laterality", source.side),
        ("sequence", "sequence", source.sequence),
    ):
        if not stated:
            continue
        if column == "sequence" and stated not in CONTRASTS_OF_SEQUENCE:
            raise InputError(f"The sequence is '{stated}'; {', '.join(CONTRASTS_OF_SEQUENCE)} are known.")
        if facts.get(name, stated) != stated:
            raise InputError(
                f"The table says that the {column} is {stated}, but the header of the image says {facts[name]}."
            )
        facts[name] = stated
    return replace(image, metadata=facts)


def _is_dicom(path: Path) -> bool:
    return not path.name.lower().endswith((".nii", ".nii.gz", ".nrrd", ".nhdr", ".mha", ".mhd"))


# what both kinds of cases share ---------------------------------------------------------------------------------


def outlined(image: Image, name: str, folder: Path) -> Case:
    """An image with the outlines that lie in a case's folder."""
    labels = read_image(folder / f"{OUTLINES}.nii.gz").array.astype(np.uint8)
    finer = folder / f"{FINE}.nii.gz"
    fine = fine_labels(read_image(finer), image) if finer.is_file() else None
    if fine is not None:
        fine = replace(fine, array=fine.array.astype(np.uint8), metadata={})
    return Case(image, name, replace(image, metadata={}).like(labels), fine=fine)


def header_of(image: Image) -> dict[str, str]:
    """What readers of the case's folder need of the header, which an image in it does not hold; not whose it is."""
    return {name: image.metadata[name] for name in _HEADER if image.metadata.get(name)}


def one_step(
    case: Case, folder: Path, step: str, settings: Settings, known: CaseResult | None, progress: Progress
) -> tuple[CaseResult, bool]:
    """One step of the pipeline; that it cannot be done stands in its record.

    Returns:
        Its result, and whether that is the answer to this input: a fault of ours may be mended tomorrow.
    """
    pipeline = EXTRACT if step == RADIOMICS else step
    chosen = replace(settings, deep=False) if step == RADIOMICS else settings
    final = True
    try:
        return run_case(case, folder, (pipeline,), chosen, known, progress), True
    except InputError as error:
        if is_disk_full(error):
            raise
        failure = str(error)
    except Exception as error:
        if is_out_of_memory(error) or is_disk_full(error):
            raise
        _LOG.exception("step %s", step)
        failure, final = f"this is a fault of ONFHAssist ({type(error).__name__}: {error})", False
    return (
        CaseResult(
            case.name, case.input, case.content_sha256, case.outlines_sha256,
            steps={pipeline: StepRecord(failure=failure)}, hip_outlines=case.hip_outlines, hip_content=case.hip_content,
        ),
        final,
    )  # fmt: skip


def deep_answer(case: Case, known: CaseResult) -> Answer:
    """Deep features of every outlined hip."""
    sides = tuple(hip.side for hip in known.hips if hip.side in case.hip_outlines)
    found = deep_features(case.image, case.outlines, sides)
    return Answer({"deep": {side: to_json_value(one) for side, one in found.items()}})


def merged(known: CaseResult, newer: CaseResult) -> CaseResult:
    """Two answers on the same outlines; heads and files of the outlines are those of the first."""
    whole = known.updated(newer)
    heads = {hip.side: hip.head for hip in known.hips}
    return replace(
        whole,
        hips=tuple(replace(hip, head=heads.get(hip.side) or hip.head) for hip in whole.hips),
        segmentation=known.segmentation,
        segmentation_fine=known.segmentation_fine,
    )


def with_deep(result: CaseResult, values: Values) -> CaseResult:
    """With the deep features, where they were made."""
    for side, value in values.get(DEEP, {}).get("deep", {}).items():
        result = result.with_hip(replace(result.hip(side), deep=from_json_value(DeepFeatures, value)))
    return result


def result_in(value: Mapping[str, Any], folder: Path) -> CaseResult:
    """The result that an answer holds."""
    import json

    return CaseResult.from_json(json.dumps(value["result"]), folder)


def answer_of(value: Mapping[str, Any], folder: Path, final: bool, images: list[Path]) -> Answer:
    """An answer without times; a :class:`CaseResult` in it names its files relative to the case's folder."""
    import json

    content = {
        name: json.loads(one.to_json(folder)) if isinstance(one, CaseResult) else to_json_value(one)
        for name, one in value.items()
    }
    files = {path.relative_to(folder).as_posix(): sha256_of_file(path) for path in images}
    return Answer(without_times(content), files, final=final)


def without_features(result: CaseResult) -> CaseResult:
    """Without the features that the probability was made of: those that were asked for are the answer of their step."""
    return replace(result, hips=tuple(replace(hip, radiomics=None, deep=None) for hip in result.hips))


def heatmaps_of(result: CaseResult) -> list[Path]:
    """Files of the heat of each hip."""
    answers = [hip.computed_stage for hip in result.hips]
    return [Path(one.heatmap) for one in answers if one is not None and one.heatmap]
