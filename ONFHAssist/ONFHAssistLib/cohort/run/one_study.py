"""The steps of a case that is a study: the examination of all its series, its answers, each by itself."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from ...case.case import Case
from ...case.examination import as_case, fluid_case, joined, measured_of, of_series, reference_case
from ...case.result import MEASURE, PROBABILITY, SEGMENT, STAGE, SURVIVAL, CaseResult, HipResult
from ...case.work import Settings
from ...core.progress import Progress, part_of
from ...core.serial import from_json_value, to_json_value
from ...early.predictor import load_predictor
from ...exam.answers import ExamProbability, ExamStage
from ...exam.examine import outlined_examination, with_answers
from ...exam.predictions import probable, staged
from ...exam.result import ExamResult
from ...exam.study import FoundSeries, read_study
from ...exam.work import Work
from ...imaging.files import read_mask, write_image
from ...imaging.image import Image
from ...stage.stager import load_stager
from .folder import IMAGE
from .kept import Answer, without_times
from .looks import FILE as LOOKS
from .looks import keep_looks, kept_looks
from .one_image import (
    FINE,
    OUTLINES,
    Values,
    answer_of,
    deep_answer,
    header_of,
    heatmaps_of,
    merged,
    one_step,
    outlined,
    result_in,
    with_deep,
    without_features,
)
from .sources import Source
from .steps import DEEP, RADIOMICS

_EXAM = "exam"  # folder of the outlines on the canvas of all series


class StudySteps:
    """All series of a study.

    Args:
        source: of the case. place: where its files are now. folder: of the case.
    """

    def __init__(self, source: Source, place: Path, folder: Path, settings: Settings) -> None:
        self._source, self._place, self._folder, self._settings = source, place, folder, settings
        self._heads: Mapping[str, Any] = {}
        self._exam: ExamResult | None = None

    image_file = IMAGE

    @cached_property
    def found(self) -> list[FoundSeries]:
        """The series, each read once at most."""
        return [replace(one, read=cache(one.read)) for one in read_study(self._place)]

    @cached_property
    def case(self) -> Case:
        """The reference with its outlines."""
        exam = self._examined
        image = next(one for one in self.found if one.number == exam.reference).read()
        return outlined(image, f"series {exam.reference}", self._folder)

    @cached_property
    def features_case(self) -> Case:
        """The series that features are of: the fluid-sensitive one where that shows every outlined hip."""
        outlines = self._outlines()
        return fluid_case(self.found, self._examined, outlines, set(self.case.hip_outlines)) or self.case

    @cached_property
    def work(self) -> Work:
        """The aligned series with their outlines, as they were kept."""
        return kept_looks(self._examined, self.found, self._heads, self._folder)

    def do(self, step: str, values: Values, progress: Progress) -> Answer:
        """See :class:`.one_image.CaseSteps`."""
        if step == SEGMENT:
            return self._outline(progress)
        self._take(values)
        settings, folder = self._settings, self._folder
        if step == MEASURE:  # of all series, made with the outlines
            return Answer({})
        if step == DEEP:
            return deep_answer(self.features_case, self._base(values))
        if step in (RADIOMICS, PROBABILITY):
            return self._of_features(step, values, progress)
        if step == STAGE:
            stages = staged(self.work, part_of(progress, 0.0, 0.7), load_stager(settings.stager))
            result, final = one_step(self.case, folder, step, settings, None, part_of(progress, 0.7, 1.0))
            return answer_of({"stages": _plain(stages), "result": result}, folder, final, heatmaps_of(result))
        result, final = one_step(self.case, folder, step, settings, self._joined(values), progress)
        return answer_of({"result": result}, folder, final, [])

    def result(self, values: Values) -> CaseResult:
        """See :class:`.one_image.CaseSteps`."""
        self._take(values)
        whole = self._joined(values)
        if SURVIVAL in values:
            whole = merged(whole, result_in(values[SURVIVAL], self._folder))
        return whole

    def exam(self, values: Values) -> ExamResult:
        """The examination with its answers; its files are named as they lie in the case's folder."""
        self._take(values)
        exam = self._examined
        stages = _read(ExamStage, values.get(STAGE, {}).get("stages", {}))
        probabilities = _read(ExamProbability, values.get(PROBABILITY, {}).get("probabilities", {}))
        return replace(exam, hips=with_answers(exam.hips, stages, probabilities))

    def page(self, result: CaseResult) -> list[str]:
        """See :class:`.one_image.CaseSteps`."""
        import tempfile

        from ...case.files import write_features, write_measurements
        from ...core.errors import InputError
        from ...report.case_answers import ResultAnswers
        from ...report.case_folder import PAGE
        from ...report.case_page import write_case_page
        from ...report.case_report import case_page
        from ...report.exam_sections import exam_sections

        folder, name = self._folder, self._source.case
        files = [*write_features(result, folder, name), write_measurements(result, folder, name)]
        written = [path.name for path in files if path is not None]
        with tempfile.TemporaryDirectory(prefix="onfh-report-") as scratch:
            try:
                page = case_page(ResultAnswers(result), self.case.image, self.case.outlines, Path(scratch))
            except InputError:  # steps that leave no row, such as the features alone, have no page
                return written
            sections = exam_sections(self._examined, self._image_of, self._outlines(), Path(scratch))
            first = [one for one in sections if one.pictures]
            rest = [one for one in sections if one not in first]
            write_case_page(replace(page, sections=[*first, *page.sections, *rest]), folder / PAGE)
        return [*written, PAGE]

    # parts --------------------------------------------------------------------------------------------------

    def _outline(self, progress: Progress) -> Answer:
        folder = self._folder
        (folder / f"{FINE}.nii.gz").unlink(missing_ok=True)  # of other outlines
        work, exam = outlined_examination(self.found, folder / _EXAM, None, progress, self._source.case)
        heads = keep_looks(work, folder)
        image = work.reference.found.read()
        case = reference_case(exam, image, read_mask(exam.files["segmentation"]))
        result = as_case(exam, case, folder, self._settings, OUTLINES)
        written = [
            write_image(image, folder / IMAGE),
            Path(exam.files["segmentation"]),
            folder / LOOKS,
            folder / f"{OUTLINES}.nii.gz",
        ]
        if case.fine is not None:
            written.append(folder / f"{FINE}.nii.gz")
        plain = json.loads(replace(exam, files={"segmentation": f"{_EXAM}/segmentation.nii.gz"}).to_json())
        value = {"exam": plain, "heads": heads, "result": result, "header": header_of(image)}
        return answer_of(value, folder, True, written)

    def _of_features(self, step: str, values: Values, progress: Progress) -> Answer:
        case, folder, settings = self.features_case, self._folder, self._settings
        if step == RADIOMICS:
            result, final = one_step(case, folder, step, settings, None, progress)
            return answer_of({"result": of_series(result, case)}, folder, final, [])
        probabilities = probable(self.work, part_of(progress, 0.0, 0.7), load_predictor(settings.predictor))
        known = with_deep(result_in(values[RADIOMICS], folder), values) if RADIOMICS in values else None
        result, final = one_step(case, folder, step, settings, known, part_of(progress, 0.7, 1.0))
        return answer_of(
            {"probabilities": _plain(probabilities), "result": without_features(of_series(result, case))},
            folder,
            final,
            [],
        )

    def _base(self, values: Values) -> CaseResult:
        """The reference as it was outlined and measured by all series."""
        known = result_in(values[SEGMENT], self._folder)
        steps = {**known.steps, MEASURE: measured_of(self.exam(values))}
        return replace(known, steps=steps)

    def _joined(self, values: Values) -> CaseResult:
        known, exam = self._base(values), self.exam(values)
        heads = tuple(HipResult(hip.side, head=hip.head) for hip in known.hips)
        nothing = replace(known, hips=heads, steps={})
        features = nothing
        for step in (RADIOMICS, PROBABILITY):
            if step in values:
                newer = result_in(values[step], self._folder)
                features = newer if features is nothing else features.updated(newer)
        features = with_deep(features, values)
        stages = result_in(values[STAGE], self._folder) if STAGE in values else nothing
        return joined(exam, known, features, stages)

    def _take(self, values: Values) -> None:
        """What the answer of the outlines says of the examination."""
        if self._exam is None:
            value = values[SEGMENT]
            self._heads = value["heads"]
            self._exam = ExamResult.from_json(json.dumps(value["exam"]))

    @property
    def _examined(self) -> ExamResult:
        assert self._exam is not None, "the study is outlined first"
        return self._exam

    def _outlines(self) -> Image:
        return read_mask(self._folder / _EXAM / "segmentation.nii.gz")

    def _image_of(self, number: str) -> Image | None:
        return next((one.read() for one in self.found if one.number == number and not one.problem), None)


def _plain(by_side: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = without_times({side: to_json_value(one) for side, one in by_side.items()})
    return found


def _read(kind: type[Any], by_side: Mapping[str, Any]) -> dict[str, Any]:
    return {side: from_json_value(kind, one) for side, one in by_side.items()}
