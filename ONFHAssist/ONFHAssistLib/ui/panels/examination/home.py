"""What the home panel runs: the chosen series alone, or the series of its examination together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...jobs import JobRunner
from ..run_all import STEPS, RunAll
from .run import ExaminationRun
from .series_table import SeriesTable


class HomeRun:
    """The buttons *Run all* and *Redo*, and the table of series that says what *Run all* is about.

    Args:
        ui, chosen, on_done, on_idle: as of :class:`..run_all.RunAll`.
        choose: makes a volume the chosen one of the panel, as the reference of an examination that was read.
        digest: as of :class:`..run_all.RunAll`.

    Attributes:
        series: the table.
    """

    def __init__(
        self,
        ui: Any,
        chosen: Callable[[], tuple[Any, Any, Any]],
        on_done: Callable[[Any, Any], None],
        on_idle: Callable[[], None],
        choose: Callable[[Any], None],
        digest: Callable[[Any, Any], object],
    ) -> None:
        self._ui, self._chosen, self._on_done, self._choose = ui, chosen, on_done, choose
        self.series = SeriesTable(ui, lambda: chosen()[0], on_idle)
        self._alone = RunAll(ui, chosen, on_done, on_idle, digest=digest)
        self._together = ExaminationRun(ui, chosen, self.series.asked, self._examined, on_idle, digest=digest)
        self._last: RunAll = self._alone

    @property
    def running(self) -> bool:
        """Whether a run is under way."""
        return self._alone.running or self._together.running

    @property
    def seconds(self) -> dict[str, float]:
        """Of the last run, by step."""
        return self._last.seconds

    @property
    def runner(self) -> JobRunner:
        """Whose worker is used."""
        return self._alone.runner

    @runner.setter
    def runner(self, runner: JobRunner) -> None:
        self._alone.runner = self._together.runner = runner

    def toggle(self, steps: tuple[str, ...] = STEPS) -> None:
        """Start, or cancel what is under way; all steps are of the examination where its series are read together."""
        if not self.running:
            self._last = self._together if steps == STEPS and self.series.together else self._alone
        self._last.toggle(steps)

    def cancel(self) -> None:
        """End what is under way."""
        self._last.cancel()

    def forget_case(self) -> None:
        """The patient's scene is closed."""
        for part in (self._alone, self._together, self.series):
            part.forget_case()

    def _examined(self, volume: Any, segmentation: Any) -> None:
        if self._chosen()[0] is not None:  # the panel is open
            text = self._ui.statusLabel.text
            self._choose(volume)  # which clears what was said of the former image
            self._ui.statusLabel.text = text
        self._on_done(volume, segmentation)
