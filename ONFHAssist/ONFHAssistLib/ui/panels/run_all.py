"""*Run all*: the four steps of a case in the worker, one after the other; the scene changes once, at the end.

Until then every answer stays in a folder of its own. The change itself is made in small steps between events, and taken
back as a whole where it fails or is cancelled, so that such a run leaves the scene as it was.
"""

from __future__ import annotations

import importlib
import importlib.util
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from slicer.i18n import tr as _

from ...bundles.defaults import default_predictor, is_shipped
from ...scene.attributes import FILM
from ..jobs import Job, JobRunner
from ..run import run_step, tell_failure
from ..scheduling import Aside, Pieces
from ..temporary_folders import scratch_folder

STEPS = ("segment", "extract", "predict", "survival")
PRESET = "dlr-mri"
FILM_PRESET = "dlrc-xray"
STAGER = "stage-onfhnet"
# What each step asks of the worker.
TASKS = {
    "segment": ("segment_hips", "measure_hips"),
    "extract": ("extract_hips",),
    "predict": ("predict_hips", "stage_hips"),
    "survival": (FILM,),
}
_PACKAGES = {
    FILM: "deep",
    "segment_hips": "segment",
    "extract_hips": "deep",
    "predict_hips": "predict dlr",
    "stage_hips": "stage",
}


@dataclass
class _Run:
    """One run from its button to the scene."""

    volume: Any
    segmentation: Any
    steps: tuple[str, ...]
    tasks: list[tuple[str, str]]  # (step, task), in order
    folder: tempfile.TemporaryDirectory
    digest: str | None = None  # of the outlines given; None where they are found
    radiograph: Any = None  # where its features are wanted
    film: dict[str, Any] = field(default_factory=dict)  # its image and labels as files
    edges: dict[str, list[float]] = field(default_factory=dict)  # acetabular, as a reader marked them
    images: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    done: int = 0
    job: Job | None = None
    work: Aside | Pieces | None = None  # before the first job, and after the last
    started: float = 0.0
    seconds: dict[str, float] = field(default_factory=dict)  # of each task, by the clock

    @property
    def path(self) -> Path:
        return Path(self.folder.name)


class RunAll:
    """The buttons *Run all* and *Redo* of the home panel.

    Args:
        ui: widgets ``runAllButton``, ``progressBar``, ``statusLabel``, ``notesLabel``.
        chosen: gives the volume, the segmentation and the radiograph of the panel (any may be None).
        on_done: told the segmentation when the results are in the scene.
        on_idle: told when a run has ended, however it ended.
        runner: whose worker to use; the shared one unless a test gives its own.
    """

    def __init__(
        self,
        ui: Any,
        chosen: Callable[[], tuple[Any, Any, Any]],
        on_done: Callable[[Any], None],
        on_idle: Callable[[], None] = lambda: None,
        runner: JobRunner | None = None,
    ) -> None:
        self._ui, self._chosen, self._on_done = ui, chosen, on_done
        self._on_idle = on_idle
        self.runner = runner or JobRunner.shared()
        self._run: _Run | None = None
        self._loading: Aside | None = None
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
            film = "survival" in steps and self._chosen()[2] is not None
            self._ui.statusLabel.text = _("Preparing ...")
            self._ui.runAllButton.text = _("Cancel")
            self._loading = Aside(lambda: _load_code(film), lambda: self._loaded(steps), self._fell)

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

    def forget_case(self) -> None:
        """The patient's scene is closed."""
        self.cancel()

    # one job after the other ------------------------------------------------------------------------------

    def _prepare(self, steps: tuple[str, ...]) -> str:
        """List the tasks and start to write the images.

        Raises:
            InputError: no volume, no outlines for a step that needs them, a missing package.
        """
        from ...scene.outdated import digest_of
        from ...scene.results.found_heads import is_untouched
        from ...scene.results.measurements import marked_edges
        from ...scene.segmentations import labels_from_segmentation
        from ...scene.volumes import image_from_volume

        volume, segmentation, radiograph = self._chosen()
        image = image_from_volume(volume)
        find = "segment" in steps and (segmentation is None or is_untouched(segmentation, volume))
        labels = None if find else labels_from_segmentation(segmentation, volume)
        tasks = [(s, t) for s in steps for t in TASKS[s] if t != "segment_hips" or find]
        film, notes = _film_of(radiograph) if "survival" in steps else (None, [])
        if film is None and ("survival", FILM) in tasks:
            tasks.remove(("survival", FILM))
        notes += _leave_out_what_is_missing(tasks)
        run = _Run(volume, segmentation, steps, tasks, scratch_folder("run"), notes=notes)
        run.edges = {side: [float(v) for v in edge] for side, edge in marked_edges().items()}
        run.digest = None if labels is None else digest_of(labels)
        self._run = run
        self._ui.notesLabel.visible = False
        run.radiograph = radiograph if film is not None else None
        run.work = Aside(lambda: _write(run, image, labels, film), self._next, self._fell)
        return _("Preparing ...")

    def _fell(self, error: Exception) -> None:
        self._end("")
        tell_failure(self._ui, error)

    def _next(self) -> None:
        run = self._run
        run.work, run.started = None, time.perf_counter()
        if run.done == len(run.tasks):
            self._finish()
            return
        step, task = run.tasks[run.done]
        self._ui.progressBar.visible = True
        self._progress(0.0, "")
        run.job = Job(
            "extract_hips" if task == FILM else task,
            lambda _folder: self._arguments(task),
            on_result=lambda answer: self._answered(task, answer),
            on_error=lambda message: self._failed(step, task, message),
            on_progress=self._progress,
            on_cancelled=lambda: self._end(_("Cancelled; the scene is as it was.")),
        )
        self.runner.submit(run.job)

    def _arguments(self, task: str) -> Mapping[str, Any]:
        run = self._run
        out = run.path / task
        out.mkdir(exist_ok=True)
        if task == FILM:
            return {**run.film, "preset": FILM_PRESET, "engine": None, "deep": True}
        more = {
            "segment_hips": {
                "out": str(out / "labels.mha"),
                "name": run.volume.GetName(),
                "radiomics_next": ("extract", "extract_hips") in run.tasks,
            },
            "measure_hips": {"edges": run.edges},
            "extract_hips": {"preset": PRESET, "engine": None, "deep": True},
            "predict_hips": {"bundle": default_predictor()},
            "stage_hips": {"bundle": STAGER, "out": str(out)},
        }[task]
        return {**run.images, **more}

    def _progress(self, fraction: float, text: str) -> None:
        run = self._run
        step = run.tasks[run.done][0]
        self._ui.progressBar.value = round(100 * (run.done + fraction) / len(run.tasks))
        self._ui.statusLabel.text = _("Step {number} of 4, {step}: {text}").format(
            number=STEPS.index(step) + 1, step=_step_name(step), text=text or _("starting")
        )

    def _answered(self, task: str, answer: Any) -> None:
        run = self._run
        run.answers[task] = answer
        run.seconds[task] = time.perf_counter() - run.started
        if task == "segment_hips":
            run.images["labels"] = {"path": answer["labels"], "facts": run.images["image"]["facts"]}
        run.done += 1
        self._next()

    def _failed(self, step: str, task: str, message: str) -> None:
        """Without outlines nothing can go on; any other step that fails is told and the others are done."""
        import slicer

        run = self._run
        if task == "segment_hips" or len(run.tasks) == 1:
            self._end(message)
            slicer.util.errorDisplay(message)
            return
        run.notes.append(_("{step} failed: {why}").format(step=_step_name(step).capitalize(), why=message))
        run.done += 1
        self._next()

    def _finish(self) -> None:
        from ...scene.results.run_all import answers_in_steps
        from ...scene.transaction import taken_back_on_failure

        run = self._run
        self._ui.statusLabel.text = _("Putting the results into the scene ...")
        steps = answers_in_steps(
            run.volume, run.segmentation, run.steps, run.answers, run.digest, run.radiograph
        )
        run.work = Pieces(taken_back_on_failure(steps), self._shown, self._fell)

    def _shown(self, answer: tuple[Any, list[str]]) -> None:
        run = self._run
        segmentation, notes = answer
        run.seconds["scene"] = time.perf_counter() - run.started
        self.seconds = run.seconds
        texts = dict.fromkeys([*run.notes, *notes])
        self._end(_("Done; please check the outlines."))
        self._ui.notesLabel.text = "\n".join(f"\u26a0 {text}" for text in texts)
        self._ui.notesLabel.visible = bool(texts)
        self._on_done(segmentation)

    def _idle(self) -> None:
        self._run = self._loading = None
        self._ui.progressBar.visible = False
        self._ui.runAllButton.text = self._label
        self._on_idle()

    def _end(self, text: str) -> None:
        if self._run is not None:
            self._run.folder.cleanup()
        self._idle()
        self._ui.statusLabel.text = text


def _load_code(film: bool) -> None:
    """What a run imports in this process, a quarter of a second of it on a first use."""
    more = ("survival.develop.models",) if film and importlib.util.find_spec("pandas") else ()
    for name in (
        *more,
        "scene.results.found_heads",
        "scene.results.measurements",
        "scene.results.run_all",
        "scene.transaction",
        "worker.tasks",
    ):
        importlib.import_module(f"ONFHAssistLib.{name}")


def _film_of(radiograph: Any) -> tuple[tuple[Any, Any] | None, list[str]]:
    """Image and outlines of the radiograph, or None with a sentence why the clinical model has to answer alone."""
    if radiograph is None or radiograph.GetScene() is None:
        return None, []
    from ...scene.exchange import case_images
    from ...scene.results.radiographs import is_radiograph_volume
    from .signature import outlines_of

    clinical = _("the survival is that of the clinical model alone.")
    if not is_radiograph_volume(radiograph):
        why = _("'{name}' is no radiograph, so {clinical} ONFHSegment can declare a single slice one.")
    elif outlines_of(radiograph) is None:
        why = _(
            "No femoral head is outlined on '{name}', so {clinical} Set a circle in ONFHSegment and redo step 4."
        )
    else:
        return case_images(radiograph, outlines_of(radiograph)), []
    return None, [why.format(name=radiograph.GetName(), clinical=clinical)]


def _write(run: _Run, image: Any, labels: Any, film: tuple[Any, Any] | None) -> None:
    """The images for the worker, as files; nothing of the scene is touched here."""
    from ...worker.tasks import image_argument

    run.images["image"] = image_argument(image, run.path / "image.mha")
    if labels is not None:
        run.images["labels"] = image_argument(labels, run.path / "labels.mha")
    for name, one in zip(("image", "labels"), film or (), strict=False):
        run.film[name] = image_argument(one, run.path / f"film-{name}.mha")


def _leave_out_what_is_missing(tasks: list[tuple[str, str]]) -> list[str]:
    """Install packages with consent; take the staging out of ``tasks`` where its bundle is not there, and say so.

    Raises:
        InputError: a package is still missing.
    """
    from ..packages import ensure_packages

    notes = []
    if ("predict", "stage_hips") in tasks and not is_shipped(STAGER):
        tasks.remove(("predict", "stage_hips"))
        notes.append(_("The bundle {name} is not installed, so no stage is given.").format(name=STAGER))
    for _step, task in tasks:
        if task in _PACKAGES:
            ensure_packages(_PACKAGES[task])
        if task == FILM:
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
