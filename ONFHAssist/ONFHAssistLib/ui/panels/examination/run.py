"""*Run all* on an examination: its series go to the worker together; what they gave stands on the reference series."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from slicer.i18n import tr as _

from ...jobs import Job, JobRunner
from ...run import NodesWatch
from ...scheduling import BackgroundThread, StepScheduler
from ...temporary_folders import temporary_folder
from ...texts import of_other_image
from ..run_all import RunAll, add_failures, radiograph_images_of

if TYPE_CHECKING:
    import tempfile
    from pathlib import Path

    from ....exam.study import FoundSeries
    from ....imaging.image import Image
    from ....scene.examination.series import LoadedSeries
    from ....scene.transaction import Steps

TASK = "run_exam"
_PACKAGES = ("segment", "deep", "predict dlr", "stage")


@dataclass
class _Examination:
    """One run from its button to the scene."""

    series: list[LoadedSeries]
    wishes: Mapping[str, tuple[str, ...]]
    name: str
    folder: tempfile.TemporaryDirectory
    chosen: Any
    radiograph: Any = None  # where it is outlined
    radiograph_images: tuple[Image, Image] | None = None
    remarks: dict[str, list[str]] = field(default_factory=dict)  # step to what is said beside its result
    edges: dict[str, Any] = field(
        default_factory=dict
    )  # side to the series that a reader marked its edge on, and where
    found: list[FoundSeries] = field(default_factory=list)
    arguments: dict[str, Any] = field(default_factory=dict)
    job: Job | None = None
    work: BackgroundThread | StepScheduler | None = None
    started: float = 0.0
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def path(self) -> Path:
        from pathlib import Path

        return Path(self.folder.name)


class ExaminationRun(RunAll):
    """The button *Run all* where the series of an examination are to be read together.

    Args:
        ui: as of :class:`..run_all.RunAll`. chosen: likewise.
        series: gives the series of the panel's table and what their user wants of them.
        on_done: called with the volume of the reference and its outlines when the results are in the scene.
        on_idle: called when a run has ended. runner: whose worker to use.
        digest: as of :class:`..run_all.RunAll`.
    """

    def __init__(
        self,
        ui: Any,
        chosen: Callable[[], tuple[Any, Any, Any]],
        series: Callable[[], tuple[list[LoadedSeries], Mapping[str, tuple[str, ...]]]],
        on_done: Callable[[Any, Any], None],
        on_idle: Callable[[], None] = lambda: None,
        runner: JobRunner | None = None,
        digest: Callable[[Any, Any], object] = lambda _segmentation, _volume: None,
    ) -> None:
        super().__init__(ui, chosen, on_done, on_idle, runner, digest)
        self._series = series

    def _prepare(self, _steps: tuple[str, ...]) -> str:
        """Take the voxels of all series, a volume a step, then write them in a thread."""
        from ....scene.examination.series import edges_of_series
        from ....scene.images.outlines_of import require_one_patient
        from ...packages import ensure_packages

        for step in _PACKAGES:
            ensure_packages(step)
        series, wishes = self._series()
        chosen, _segmentation, radiograph = self._chosen()
        if radiograph is not None and chosen is not None:
            require_one_patient(chosen, radiograph)
        images, remarks = radiograph_images_of(radiograph)
        if images is not None:
            ensure_packages("survival model")
        run = _Examination(
            series,
            wishes,
            "" if chosen is None else chosen.GetName(),
            temporary_folder("run"),
            chosen,
            None if images is None else radiograph,
            images,
            {"survival": remarks} if remarks else {},
        )
        run.edges = edges_of_series(series, chosen)
        self._run = run  # type: ignore[assignment]  # in the place of the run of a case
        nodes = [one.volume for one in series if not one.found.problem]
        nodes += [] if run.radiograph is None else [run.radiograph]
        self._watch = NodesWatch(nodes, self._on_removed)
        run.work = StepScheduler(_take_voxels(run), lambda _value: self._write(), self._on_failure)
        return _("Preparing ...")

    @property
    def _examination(self) -> _Examination:
        run: Any = self._run
        assert isinstance(run, _Examination)
        return run

    def _write(self) -> None:
        run = self._examination
        run.work = BackgroundThread(lambda: _write(run), self._ask, self._on_failure)

    def _ask(self) -> None:
        run = self._examination
        run.work, run.started, run.found = None, time.perf_counter(), []
        self._ui.progressBar.visible = True
        self._progress(0.0, "")
        run.job = Job(
            TASK,
            lambda _folder: run.arguments,
            on_result=self._on_result,
            on_error=self._failed,
            on_progress=self._progress,
            on_cancelled=lambda: self._end(_("Cancelled; the scene is as it was.")),
            needs_all=True,
        )
        self.runner.submit(run.job)

    def _progress(self, fraction: float, text: str) -> None:
        self._ui.progressBar.value = round(100 * fraction)
        self._ui.statusLabel.text = _("Examination of {count} series: {text}").format(
            count=sum(not one.found.problem for one in self._examination.series), text=text or _("starting")
        )

    def _on_result(self, answer: Mapping[str, Any]) -> None:
        from ....scene.transaction import rolled_back_on_failure

        run = self._examination
        run.seconds["worker"] = time.perf_counter() - run.started
        self._ui.statusLabel.text = _("Putting the results into the scene ...")
        run.started = time.perf_counter()
        steps = rolled_back_on_failure(_into_scene(run, answer, self._digest))
        run.work = StepScheduler(steps, self._shown, self._on_failure)

    def _shown(self, result: tuple[Any, Any]) -> None:
        run = self._examination
        volume, segmentation = result
        run.seconds["scene"] = time.perf_counter() - run.started
        self.seconds = run.seconds
        done = _("Done; please check the outlines.")
        shown = self._chosen()[0] in (None, run.chosen)
        self._end(done if shown else of_other_image(volume, done))
        if shown:
            self._on_done(volume, segmentation)


def _take_voxels(run: _Examination) -> Steps[None]:
    """A copy of each volume, so that nothing that its user does meanwhile reaches the worker."""
    from ....core.errors import InputError
    from ....scene.files.headers import read_in_steps
    from ....scene.volumes import image_from_volume

    for one in run.series:
        volume = one.volume
        if one.found.other:  # another patient's: nothing of it goes into this one's result
            continue
        if one.found.problem or volume is None:
            run.found.append(one.found)
            continue
        yield from read_in_steps(volume)
        yield
        try:
            run.found.append(one.with_image(image_from_volume(volume)))
        except InputError as error:
            from dataclasses import replace

            run.found.append(replace(one.found, problem=str(error)))
        yield


def _write(run: _Examination) -> None:
    """The series for the worker, as files; nothing of the scene is touched here."""
    from ....worker.examination import series_arguments
    from ....worker.tasks import image_argument

    run.arguments = {
        "series": series_arguments(run.found, run.path),
        "out": str(run.path),
        "name": run.name,
        "wishes": {number: list(uses) for number, uses in run.wishes.items()},
        "edges": run.edges,
    }
    if run.radiograph_images is not None:
        for name, image in zip(("radiograph", "radiograph_labels"), run.radiograph_images, strict=True):
            run.arguments[name] = image_argument(image, run.path / f"{name}.mha")


def _into_scene(
    run: _Examination, answer: Mapping[str, Any], digest: Callable[[Any, Any], object]
) -> Steps[tuple[Any, Any]]:
    """The answers on the volume of the reference, then the examination with its table."""
    from ....case.result import CaseResult
    from ....core.errors import InputError
    from ....exam.result import ExamResult
    from ....scene.examination.aligned import remove_aligned
    from ....scene.examination.hanging import prepared_in_steps
    from ....scene.examination.results import exam_in_steps
    from ....scene.images.outlines_of import outlines_on
    from ....scene.results.case_result import result_in_steps
    from ....scene.results.found_heads import is_uncorrected

    exam, result = ExamResult.from_json(answer["exam"]), CaseResult.from_json(answer["result"])
    volumes = {
        one.found.number: one.volume for one in run.series if one.volume is not None and not one.found.problem
    }
    volume = volumes.get(exam.reference)
    if volume is None:
        raise InputError(_("The reference series was removed from the scene meanwhile; run again."))
    before = outlines_on(volume)
    yield
    keep = before if before is not None and is_uncorrected(before, volume) else None
    add_failures(run.remarks, result)
    segmentation, _notes = yield from result_in_steps(volume, keep, result, run.radiograph, run.remarks)
    yield
    remove_aligned(volume)
    yield from exam_in_steps(volumes, exam, result.hip_outlines)
    yield from prepared_in_steps(volume)
    digest(segmentation, volume)  # remembered, so that the panel need not wait for it
    yield
    return volume, segmentation
