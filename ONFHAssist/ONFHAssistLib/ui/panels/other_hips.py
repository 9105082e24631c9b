"""Validate and update in ONFHSurvival: the model that answers above, on the hips of the table of the same group."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from slicer.i18n import tr as _

from ..run import PanelJob, run_check

if TYPE_CHECKING:
    from ..protocols import OtherHipsWidgets

UPDATED = "updated-model"  # folder of the new bundle, in the folder of the report


class OtherHipsPanel:
    """Two buttons beside *Develop models*; both work in the worker, and cancel while they do.

    Args:
        ui: of :class:`.OtherHipsWidgets`.
        arguments: gives the table, its columns and the folder, as the development takes them.
        on_report: called with the path of a finished validation's page.
    """

    def __init__(
        self,
        ui: OtherHipsWidgets,
        arguments: Callable[[], dict[str, Any]],
        on_report: Callable[[str], None],
    ) -> None:
        self._ui, self._arguments, self._on_report = ui, arguments, on_report
        parts = ui.developProgressBar, ui.developStatusLabel
        self.validation, self.updating = (
            PanelJob(ui.validateButton, *parts),
            PanelJob(ui.updateButton, *parts),
        )
        ui.validateButton.connect("clicked()", self.on_validate)
        ui.updateButton.connect("clicked()", self.on_update)
        ui.modelCombo.connect("currentIndexChanged(int)", lambda _index: self.update())
        ui.modelEdit.connect("currentPathChanged(QString)", lambda _path: self.update())

    def model(self) -> str:
        """Bundle or path of the model that is chosen above; "" for the published one, which has no file."""
        from ...survival.calculator import shipped_models

        if self._ui.modelEdit.enabled:
            return str(self._ui.modelEdit.currentPath)
        names = ["", *shipped_models()]
        index = self._ui.modelCombo.currentIndex
        return names[index] if 0 <= index < len(names) else ""

    def update(self) -> None:
        """Enable the buttons where there are a model, a table, its columns and a folder; say what is missing."""
        ui = self._ui
        columns = [combo.currentText for combo in (ui.patientCombo, ui.timeCombo, ui.eventCombo)]
        ready = all(columns) and bool(ui.reportEdit.currentPath) and bool(self.model())
        missing = _(
            "Choose a model above that comes as a bundle or is your own, a table, its columns for patient, time and "
            "event, and a folder."
        )
        for button, job, words in (
            (
                ui.validateButton,
                self.validation,
                _(
                    "Discrimination, calibration and decision curve of the model above on these hips; nothing is fitted."
                ),
            ),
            (
                ui.updateButton,
                self.updating,
                _(
                    "Baseline, slope or all coefficients anew, as a test chooses; the new model then answers above."
                ),
            ),
        ):
            button.enabled = ready or job.running
            button.toolTip = words if ready else missing

    def on_validate(self) -> None:
        """Judge the model on the hips of the table."""
        self._start(
            self.validation, _("Judging the model ..."), "validate_survival", self._validate, self._judged
        )

    def on_update(self) -> None:
        """Bring the model up to date on the hips of the table."""
        self._start(self.updating, _("Updating the model ..."), "update_bundle", self._renew, self._renewed)

    def _start(
        self,
        job: PanelJob,
        words: str,
        task: str,
        arguments: Callable[[], dict[str, Any]],
        finish: Callable[[Mapping[str, Any]], str],
    ) -> None:
        if job.running or run_check(job, _("Checking packages ..."), self._check):
            job.toggle(words, task, lambda _folder: arguments(), finish)

    def _check(self, _progress: Any) -> str:
        from ..packages import ensure_packages

        self._arguments()
        ensure_packages("develop survival")
        return ""

    def _validate(self) -> dict[str, Any]:
        return {**self._arguments(), "bundle": self.model(), "bootstraps": 500}

    def _renew(self) -> dict[str, Any]:
        given = self._arguments()
        out = str(Path(given["out"]) / UPDATED)
        return {**given, "table": given["cohort"], "bundle": self.model(), "out": out, "method": None}

    def _judged(self, result: Mapping[str, Any]) -> str:
        from ...scene.results.survival import validation_to_scene

        validation_to_scene(result)
        self._on_report(str(result["report"]))
        self._ui.openReportButton.enabled = True
        shown = [
            f"{name} {value['value']:.2f} ({value['low']:.2f} to {value['high']:.2f})"
            for name, value in result["metrics"].items()
            if name.startswith(("C-index", "Observed", "Calibration slope")) and value["low"] is not None
        ]
        return _("{hips} hips, {events} collapses: {figures}. Report in {folder}.").format(
            hips=result["hips"], events=result["events"], figures="; ".join(shown), folder=result["folder"]
        )

    def _renewed(self, result: Mapping[str, Any]) -> str:
        if result["bundle"]:
            self._ui.modelCombo.currentIndex = self._ui.modelCombo.count - 1
            self._ui.modelEdit.currentPath = result["bundle"]
        return " ".join([str(result["choice"]), *map(str, result["warnings"])])
