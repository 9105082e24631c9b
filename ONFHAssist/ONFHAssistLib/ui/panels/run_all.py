"""*Run all*: the steps of a case in the worker, by the one pipeline; the scene changes once, at the end.

Until then the answer stays in a folder of its own. The change itself is made in small steps between events, and taken
back as a whole where it fails or is cancelled, so that such a run leaves the scene as it was.
"""

from __future__ import annotations

import importlib.util
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from slicer.i18n import tr as _

from ...core.language import sentence
from ..jobs import Job, JobRunner
from ..run import NodesWatch, report_failure, run_step
from ..scheduling import BackgroundThread, StepScheduler
from ..temporary_folders import temporary_folder
from ..texts import of_other_image

if TYPE_CHECKING:
    from ...case.case import Case
    from ...case.result import CaseResult
    from ...imaging.image import Image
    from ...scene.transaction import Steps

STEPS = ("segment", "extract", "predict", "survival")  # as the panel offers them
TASK = "run_case"
RADIOGRAPH_PRESET = "dlrc-xray"
# What each step of the panel is in the pipeline.
PIPELINE = {
    "segment": ("segment", "measure"),
    "extract": ("extract",),
    "predict": ("probability", "stage"),
    "survival": ("radiograph", "survival"),
}
_PANEL_STEP = {inner: step for step, inners in PIPELINE.items() for inner in inners}
_PACKAGES = {
    "radiograph": "deep",
    "segment": "segment",
    "extract": "deep",
    "probability": "predict dlr",
    "stage": "stage",
}


@dataclass
class _Run:
    """One run from its button to the scene."""

    volume: Any
    segmentation: Any
    case: Case
    steps: list[str]  # of the pipeline, in order
    shares: list[tuple[str, float, float]]  # each step with the share of the time at which it begins and ends
    known: str | None
    settings: dict[str, Any]
    folder: tempfile.TemporaryDirectory
    radiograph: Any = None  # where its features are wanted
    arguments: dict[str, Any] = field(default_factory=dict)
    remarks: dict[str, list[str]] = field(default_factory=dict)  # step to what is said beside its result
    result: CaseResult | None = None
    job: Job | None = None
    work: BackgroundThread | StepScheduler | None = None  # before the job, and after it
    started: float = 0.0
    seconds: dict[str, float] = field(default_factory=dict)  # of each step, by the clock

    @property
    def path(self) -> Path:
        return Path(self.folder.name)


class RunAll:
    """The buttons *Run all* and *Redo* of the home panel.

    Args:
        ui: widgets ``runAllButton``, ``progressBar``, ``statusLabel``.
        chosen: gives the volume, the segmentation and the radiograph of the panel (any may be None).
        on_done: called with the image and its outlines when the results are in the scene.
        on_idle: called when a run has ended, however it ended.
        runner: whose worker to use; the shared one unless a test gives its own.
        digest: hashes the outlines of a segmentation on a volume, and remembers them.
    """

    def __init__(
        self,
        ui: Any,
        chosen: Callable[[], tuple[Any, Any, Any]],
        on_done: Callable[[Any, Any], None],
        on_idle: Callable[[], None] = lambda: None,
        runner: JobRunner | None = None,
        digest: Callable[[Any, Any], object] = lambda _segmentation, _volume: None,
    ) -> None:
        self._ui, self._chosen, self._on_done = ui, chosen, on_done
        self._on_idle, self._digest = on_idle, digest
        self.runner = runner or JobRunner.shared()
        self._run: _Run | None = None
        self._watch: NodesWatch | None = None
        self._loading: BackgroundThread | None = None
        self._label = ui.runAllButton.text
        self.seconds: dict[str, float] = {}  # of the last run

    @property
    def running(self) -> bool:
        """Whether a run is under way."""
        return self._run is not None or self._loading is not None

    def toggle(self, steps: tuple[str, ...] = STEPS) -> None:
        """Start these steps, or cancel the run that is under way."""
        if self.running:
            self.cancel()
        else:
            self._ui.statusLabel.text = _("Preparing ...")
            self._ui.runAllButton.text = _("Cancel")
            self._loading = BackgroundThread(_import_modules, lambda: self._loaded(steps), self._on_failure)

    def _loaded(self, steps: tuple[str, ...]) -> None:
        self._loading = None
        if not run_step(self._ui, _("Preparing ..."), lambda _progress: self._prepare(steps)):
            self._idle()

    def cancel(self) -> None:
        """End the run; what has been put into the scene is taken back."""
        run = self._run
        if self._loading is not None:
            self._loading.cancel()
            self._end(_("Cancelled; the scene is as it was."))
        elif run is None:
            return
        elif run.work is not None:
            run.work.cancel()
            self._end(_("Cancelled; the scene is as it was."))
        elif run.job is not None:
            self.runner.cancel(run.job)

    def _on_removed(self, text: str) -> None:
        self.cancel()
        self._ui.statusLabel.text = text

    def forget_case(self) -> None:
        """The patient's scene is closed."""
        self.cancel()

    # from the button to the worker --------------------------------------------------------------------------

    def _prepare(self, steps: tuple[str, ...]) -> str:
        """Read the case from the scene, list the steps and start to write the images.

        Raises:
            InputError: no volume, no outlines for a step that needs them, a missing package.
        """
        from ...case.pipeline import plan, shares
        from ...scene.exchange import case_of
        from ...scene.images.outlines_of import require_one_patient, require_own
        from ...scene.results.case_result import known_text
        from ...scene.results.found_heads import is_uncorrected
        from ...scene.results.measurements import measured_sagittally

        volume, segmentation, radiograph = self._chosen()
        require_own(segmentation, volume)
        if radiograph is not None and "survival" in steps:
            require_one_patient(volume, radiograph)
        find = "segment" in steps and (segmentation is None or is_uncorrected(segmentation, volume))
        case = case_of(volume, None if find else segmentation)
        if case.labels is None and not find:
            case.outlines  # noqa: B018 - says what is missing
        radiograph_images, remarks = radiograph_images_of(radiograph) if "survival" in steps else (None, [])
        if radiograph_images is not None:
            case = replace(case, radiograph=radiograph_images[0], radiograph_labels=radiograph_images[1])
        wanted = [inner for step in STEPS if step in steps for inner in PIPELINE[step]]
        planned = [step for step, _start, _end in plan(case, wanted)]
        missing = _drop_unavailable_tasks(planned)
        run = _Run(
            volume,
            segmentation,
            case,
            planned,
            shares(planned),
            known_text(volume),
            {"sagittal": measured_sagittally(volume)},
            temporary_folder("run"),
            radiograph if radiograph_images is not None else None,
            remarks={step: texts for step, texts in (("survival", remarks), ("stage", missing)) if texts},
        )
        self._run = run
        used = [run.volume, None if find else segmentation, run.radiograph]
        self._watch = NodesWatch(used, self._on_removed)
        run.work = BackgroundThread(lambda: _write(run), self._ask, self._on_failure)
        return _("Preparing ...")

    def _on_failure(self, error: Exception) -> None:
        self._end("")
        report_failure(self._ui, error)

    def _ask(self) -> None:
        run = self._run
        assert run is not None
        run.work, run.started = None, time.perf_counter()
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
        run = self._run
        assert run is not None
        inner = next((step for step, _start, end in run.shares if fraction < end), run.steps[-1])
        step = _PANEL_STEP[inner]
        self._ui.progressBar.value = round(100 * fraction)
        self._ui.statusLabel.text = _("Step {number} of 4, {step}: {text}").format(
            number=STEPS.index(step) + 1, step=_step_name(step), text=text or _("starting")
        )

    # from the worker into the scene ---------------------------------------------------------------------------

    def _on_result(self, answer: Mapping[str, Any]) -> None:
        from ...case.result import CaseResult
        from ...scene.results.case_result import result_in_steps
        from ...scene.transaction import rolled_back_on_failure

        run = self._run
        assert run is not None
        run.result = result = CaseResult.from_json(answer["result"])
        run.seconds = {step: record.seconds for step, record in result.steps.items()}
        run.seconds["worker"] = time.perf_counter() - run.started
        add_failures(run.remarks, result)
        self._ui.statusLabel.text = _("Putting the results into the scene ...")
        run.started = time.perf_counter()
        steps = result_in_steps(run.volume, run.segmentation, result, run.radiograph, run.remarks)
        steps = _remembered(steps, run.volume, self._digest)
        run.work = StepScheduler(rolled_back_on_failure(steps), self._shown, self._on_failure)

    def _failed(self, message: str) -> None:
        import slicer

        self._end(message)
        slicer.util.errorDisplay(message)

    def _shown(self, result: tuple[Any, list[str]]) -> None:
        run = self._run
        assert run is not None
        segmentation, _notes = result
        run.seconds["scene"] = time.perf_counter() - run.started
        self.seconds = run.seconds
        volume, done = run.volume, _("Done; please check the outlines.")
        shown = self._chosen()[0] in (None, volume)  # None: the panel is not open
        self._end(done if shown else of_other_image(volume, done))
        self._on_done(volume, segmentation)

    def _idle(self) -> None:
        self._run = self._loading = None
        if self._watch is not None:
            self._watch.end()
            self._watch = None
        self._ui.progressBar.visible = False
        self._ui.runAllButton.text = self._label
        self._on_idle()

    def _end(self, text: str) -> None:
        if self._run is not None:
            self._run.folder.cleanup()
        self._idle()
        self._ui.statusLabel.text = text


def add_failures(remarks: dict[str, list[str]], result: CaseResult) -> None:
    """A sentence on each step that failed as a whole, with what else is said of the step."""
    for step, record in result.steps.items():
        if record.failure:
            name = _step_name(_PANEL_STEP[step]).capitalize()
            told = _("{step} failed: {why}").format(step=name, why=sentence(record.failure))
            remarks.setdefault(step, []).append(told)


def _remembered(
    steps: Steps[tuple[Any, list[str]]], volume: Any, digest: Callable[[Any, Any], object]
) -> Steps[tuple[Any, list[str]]]:
    """The steps, then the outlines' hash in a turn of its own, so that the panel need not wait for it."""
    result = yield from steps
    yield
    digest(result[0], volume)
    yield
    return result


def _import_modules() -> None:
    """What a run imports in this process, a quarter of a second of it on a first use."""
    for name in ("case.pipeline", "scene.exchange", "scene.results.case_result", "scene.transaction"):
        importlib.import_module(f"ONFHAssistLib.{name}")


def radiograph_images_of(radiograph: Any) -> tuple[tuple[Image, Image] | None, list[str]]:
    """Image and outlines of the radiograph, or None with a sentence why the clinical model has to answer alone."""
    if radiograph is None or radiograph.GetScene() is None:
        return None, []
    from ...scene.exchange import case_images
    from ...scene.results.radiographs import is_radiograph_volume
    from .signature import outlines_of

    clinical = _("the survival is that of the clinical model alone.")
    outlines = outlines_of(radiograph)
    if not is_radiograph_volume(radiograph):
        why = _("'{name}' is no radiograph, so {clinical} ONFHSegment can declare a single slice one.")
    elif outlines is None:
        why = _(
            "No femoral head is outlined on '{name}', so {clinical} Set a circle in ONFHSegment and redo step 4."
        )
    else:
        return case_images(radiograph, outlines), []
    return None, [why.format(name=radiograph.GetName(), clinical=clinical)]


def _write(run: _Run) -> None:
    """The images for the worker, as files; nothing of the scene is touched here."""
    from ...scene.exchange import run_arguments

    run.arguments = run_arguments(run.case, run.steps, run.path, run.settings, run.known)


def _drop_unavailable_tasks(steps: list[str]) -> list[str]:
    """Install packages with consent; take the staging out of ``steps`` where no bundle is there for it, and say so.

    Raises:
        InputError: a package is still missing.
    """
    from ...bundles.defaults import default_stager, is_available
    from ..packages import ensure_packages

    notes = []
    if "stage" in steps and not is_available(default_stager()):
        steps.remove("stage")
        notes.append(
            _("The bundle {name} is not installed, so no stage is given.").format(name=default_stager())
        )
    for step in steps:
        if step in _PACKAGES:
            ensure_packages(_PACKAGES[step])
        if step == "radiograph":
            ensure_packages("survival model")
    return notes


def _step_name(step: str) -> str:
    names = {
        "segment": _("outline and measure"),
        "extract": _("features"),
        "predict": _("stage and probability"),
        "survival": _("survival"),
    }
    return names[step]
