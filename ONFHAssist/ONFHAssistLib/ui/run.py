"""Running a step from a button: progress, one clear sentence when it fails, and the scene as it was.

Quick steps run at once (:func:`run_step`); what takes longer runs in the worker (:class:`PanelJob`), and its button
cancels it meanwhile.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import slicer
import vtk
from slicer.i18n import tr as _

from ..core.errors import Cancelled, InputError
from ..core.language import sentence
from ..core.progress import Progress
from .jobs import Job, JobRunner
from .scheduling import StepScheduler
from .texts import was_removed

if TYPE_CHECKING:
    from ..scene.transaction import Steps
    from .protocols import Button, JobRunnerLike, Label, ProgressBar, StatusPanel

Finish = Callable[[Any], "str | Steps[str]"]


def run_step(ui: StatusPanel, text: str, work: Callable[[Progress], str]) -> bool:
    """Do ``work(progress)``, which changes the scene, with the panel's progress bar and status line.

    Args:
        ui: widgets of the panel; ``statusLabel`` and, where there is one, ``progressBar``.
        text: what the status line says meanwhile.
        work: does the step and returns what the status line says afterwards.

    Returns:
        Whether it succeeded. A failure was told to the user, and the scene is as it was; what the user added to it
        while the step ran stays.
    """
    from ..scene.transaction import one_change

    return _run(ui, text, work, one_change())


def run_check(ui: StatusPanel, text: str, work: Callable[[Progress], str]) -> bool:
    """As :func:`run_step`, for work that leaves the scene alone, such as looking for packages or installing them."""
    return _run(ui, text, work, nullcontext(nullcontext))


def _run(
    ui: StatusPanel,
    text: str,
    work: Callable[[Progress], str],
    change: AbstractContextManager[Callable[[], AbstractContextManager[None]]],
) -> bool:
    bar = getattr(ui, "progressBar", None)
    ui.statusLabel.text = text
    if bar is not None:
        bar.visible = True
    try:
        with change as others:

            def report(fraction: float, message: str = "") -> None:
                if bar is not None:
                    bar.value = round(100 * fraction)
                if message:
                    ui.statusLabel.text = sentence(message)
                with others():
                    slicer.app.processEvents()

            report(0.0)
            told = work(report)
    except Cancelled:
        ui.statusLabel.text = _("Cancelled; the scene is as it was.")
    except Exception as error:  # noqa: BLE001 - whatever it is, the panel says it
        report_failure(ui, error)
    else:
        ui.statusLabel.text = told
        return True
    finally:
        if bar is not None:
            bar.visible = False
    return False


def report_failure(ui: StatusPanel, error: Exception) -> None:
    """A mistake in the input in its own words; anything else as our fault, with the details in the error log."""
    message = sentence(str(error))
    if not isinstance(error, InputError):
        logging.error("ONFHAssist step failed", exc_info=error)
        message = _("This is a fault of ONFHAssist ({kind}: {error}); the error log has the details.").format(
            kind=type(error).__name__, error=error
        )
    ui.statusLabel.text = message
    slicer.util.errorDisplay(message)


class NodesWatch:
    """Tells at once, and once, when one of some nodes is taken out of the scene.

    Args:
        nodes: those that the work is about; None is left out.
        on_removed: told the sentence for the status line.
    """

    def __init__(self, nodes: Iterable[Any], on_removed: Callable[[str], None]) -> None:
        self._nodes = [node for node in nodes if node is not None]
        self._on_removed = on_removed
        scene = slicer.mrmlScene
        # Before others hear of it, and while the node is still there, so that all can be taken back as it was.
        self._tag: int | None = scene.AddObserver(scene.NodeAboutToBeRemovedEvent, self._removed, 1.0)

    def end(self) -> None:
        """Tell no more."""
        if self._tag is not None:
            slicer.mrmlScene.RemoveObserver(self._tag)
            self._tag = None

    @vtk.calldata_type(vtk.VTK_OBJECT)
    def _removed(self, _scene: Any, _event: str, node: Any) -> None:
        if self._tag is not None and any(one is node for one in self._nodes):
            self.end()
            self._on_removed(was_removed(node.GetName()))


class PanelJob:
    """One panel's work in the worker: its button starts it, and cancels it while it runs.

    Args:
        button: starts and cancels.
        bar: shows the progress.
        status: label for sentences.
        runner: whose worker to use; the shared one unless a test gives its own.

    Attributes:
        on_idle: called when a job has ended, however it ended.
    """

    def __init__(
        self, button: Button, bar: ProgressBar, status: Label, runner: JobRunnerLike | None = None
    ) -> None:
        self._button, self._bar, self._status = button, bar, status
        self._runner: JobRunnerLike = runner or JobRunner.shared()
        self._job: Job | None = None
        self._folder: Any = None
        self._steps: StepScheduler | None = None  # the answer on its way into the scene
        self._watch: NodesWatch | None = None
        self._label = button.text
        self.on_idle: Callable[[], None] = lambda: None

    @property
    def statusLabel(self) -> Label:
        """As :func:`run_step` knows it."""
        return self._status

    @property
    def running(self) -> bool:
        """Whether the job waits or runs, or its answer is on its way into the scene."""
        return self._job is not None or self._steps is not None

    def toggle(
        self,
        text: str,
        task: str,
        prepare: Callable[[Path], Mapping[str, Any]],
        finish: Finish,
        needs_all: bool = False,
        nodes: Iterable[Any] = (),
    ) -> None:
        """Start the job, or cancel the one that runs.

        Args:
            text: for the status line.
            task: name in the worker's table.
            prepare: writes the job's files into a folder and returns the task's arguments.
            finish: puts the task's value into the scene and returns the status line, at once or as a generator that does
                so in small steps; what it did is taken back where it fails.
            needs_all: as of :class:`.jobs.Job`.
            nodes: what the job is about; it ends when one of them is taken out of the scene.
        """
        if self.running:
            self.cancel()
            return
        self._status.text = text
        self._bar.value = 0
        self._bar.visible = True
        self._button.text = _("Cancel")
        job = Job(
            task,
            prepare,
            on_result=lambda value: self._finish(value, finish),
            on_error=self._fail,
            on_progress=self._progress,
            on_cancelled=self._cancelled,
            needs_all=needs_all,
        )
        self._job = job
        self._watch = NodesWatch(nodes, self._on_removed)
        self._runner.submit(job)

    def forget_case(self) -> None:
        """The patient's scene is closed: what was asked of him is not for the next."""
        self.cancel()

    def cancel(self) -> None:
        """End the job, if there is one; what its answer has put into the scene is taken back."""
        if self._steps is not None:
            self._steps.cancel()
            self._cancelled()
        elif self._job is not None:
            self._runner.cancel(self._job)

    def _on_removed(self, text: str) -> None:
        self.cancel()
        self._status.text = text

    def _progress(self, fraction: float, text: str) -> None:
        self._bar.value = round(100 * fraction)
        if text:
            self._status.text = text

    def _idle(self) -> None:
        self._job = self._steps = None
        if self._watch is not None:
            self._watch.end()
            self._watch = None
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None
        self._bar.visible = False
        self._button.text = self._label
        self.on_idle()

    def _finish(self, value: Any, finish: Finish) -> None:
        from ..scene.transaction import rolled_back_on_failure

        self._status.text = _("Putting the result into the scene ...")
        job, self._job = self._job, None
        if job is not None:
            self._folder, job.folder = job.folder, None  # the answer's files are read in the steps
        self._steps = StepScheduler(
            rolled_back_on_failure(_steps_of(finish, value)), self._shown, self._on_failure
        )

    def _shown(self, text: str) -> None:
        self._idle()
        self._status.text = text

    def _on_failure(self, error: Exception) -> None:
        self._idle()
        report_failure(self, error)

    def _fail(self, message: str) -> None:
        self._idle()
        self._status.text = message
        slicer.util.errorDisplay(message)

    def _cancelled(self) -> None:
        self._idle()
        self._status.text = _("Cancelled; the scene is as it was.")


def _steps_of(finish: Finish, value: Any) -> Steps[str]:
    result = finish(value)
    return result if isinstance(result, str) else (yield from result)
