"""Develop mode of ONFHPredict: a table of features, its outcome, the protocol; models, charts, report and bundles."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ctk
import qt
from slicer.i18n import tr as _

from ...core.errors import InputError
from ...core.language import mark, sentence
from ...core.names import is_feature
from ...tabular.names import CLASSIFIERS, GROUPS
from ..run import PanelJob, run_check
from .cohort.other_hips import probability_hips
from .cohort.sample_size import SampleSizePanel, binary_size
from .survival import column_names

if TYPE_CHECKING:
    from ..protocols import DlrDevelopWidgets

PROTOCOLS = (
    # words, share of the test part, outer folds
    (mark("Split 7:3 and nested cross-validation"), 0.3, 5),
    (mark("Nested cross-validation"), 0.0, 5),
    (mark("Split 7:3"), 0.3, 0),
)
_LIKELY = {
    "Outcome": ("early_onfh", "onfh", "outcome", "label"),
    "Patient": ("patient", "patient_id", "case"),
}


class DlrDevelopPanel:
    """Runs in the worker. Its button stops it: once keeps what is finished, twice ends it at once.

    Args:
        ui: widgets ``developGroup``, ``developTableSelector``, ``developCohortEdit``, ``developOutcomeCombo``,
            ``developPatientCombo``, ``developScannerCombo``, ``developGroupsCombo``, ``developProtocolCombo``,
            ``developClassifiersCombo``, ``developComponentsSpin``, ``developBootstrapsSpin``, ``developOutEdit``,
            ``developButton``, ``developProgressBar``, ``developStatusLabel``, ``developView``, ``developChartCombo``,
            ``developChartButton``, ``developReportButton``, ``comparatorsCheckBox``, and those of
            :class:`.cohort.other_hips.OtherHipsPanel` and :class:`.cohort.sample_size.SampleSizePanel`.
        on_models: called with the bundles (group to path) of a finished development.
    """

    def __init__(self, ui: DlrDevelopWidgets, on_models: Callable[[Mapping[str, str]], None]) -> None:
        self._ui, self._on_models = ui, on_models
        self._stop: Path | None = None
        self._charts: dict[str, Any] = {}
        self.report = ""
        self.job = PanelJob(ui.developButton, ui.developProgressBar, ui.developStatusLabel)
        ui.developCohortEdit.filters = ctk.ctkPathLineEdit.Files
        ui.developCohortEdit.nameFilters = ["CSV (*.csv)"]
        ui.developOutEdit.filters = ctk.ctkPathLineEdit.Dirs
        for words, _share, _folds in PROTOCOLS:
            ui.developProtocolCombo.addItem(_(words))
        for words in (_("Rad, DL and DLR, as far as there are columns"), *GROUPS):
            ui.developGroupsCombo.addItem(words)
        for words in (_("All that are installed"), *CLASSIFIERS):
            ui.developClassifiersCombo.addItem(words)
        ui.developGroup.connect("contentsCollapsed(bool)", self.on_collapsed)
        ui.developTableSelector.connect("currentNodeChanged(vtkMRMLNode*)", lambda _node: self.on_source())
        ui.developCohortEdit.connect("currentPathChanged(QString)", lambda _path: self.on_source())
        ui.developOutEdit.connect("currentPathChanged(QString)", lambda _path: self.update())
        for combo in (ui.developOutcomeCombo, ui.developPatientCombo):
            combo.connect("currentIndexChanged(int)", lambda _index: self.update())
        ui.developButton.connect("clicked()", self.on_develop)
        ui.developChartButton.connect("clicked()", self.on_chart)
        ui.developReportButton.connect("clicked()", self.on_report)
        self.other_hips = probability_hips(ui, self.arguments, self._judged, on_models)
        self.sample_size = SampleSizePanel(ui, binary_size)
        self.on_source()

    def on_collapsed(self, _collapsed: bool) -> None:
        """The bar is there while models are developed, also after the group was opened."""
        self._ui.developProgressBar.visible = self.job.running or self.other_hips.running

    def _judged(self, report: str) -> None:
        self.report = report

    def forget_case(self) -> None:
        """The scene is closed and its charts with it; a development goes on, and its report stays."""
        self._charts = {}
        self._ui.developChartCombo.clear()
        self._ui.developChartButton.enabled = False

    def columns(self) -> list[str]:
        """Of the table node, else of the CSV file."""
        node = self._ui.developTableSelector.currentNode()
        if node is not None:
            return [node.GetColumnName(i) for i in range(node.GetNumberOfColumns())]
        return column_names(Path(self._ui.developCohortEdit.currentPath))

    def on_source(self) -> None:
        """Offer the columns that are no features, the likely ones chosen."""
        ui = self._ui
        ui.developCohortEdit.enabled = ui.developTableSelector.currentNode() is None
        names = [name for name in self.columns() if not is_feature(name)]
        for role, likely in _LIKELY.items():
            combo = getattr(ui, f"develop{role}Combo")
            combo.clear()
            for name in names:
                combo.addItem(name)
            combo.currentIndex = next((names.index(n) for n in likely if n in names), -1)
        ui.developScannerCombo.clear()
        for name in (_("No harmonisation"), *names):
            ui.developScannerCombo.addItem(name)
        self.update()

    def update(self) -> None:
        """Say what is missing in the tool tip of the button."""
        ui = self._ui
        ready = bool(
            ui.developOutcomeCombo.currentText
            and ui.developPatientCombo.currentText
            and ui.developOutEdit.currentPath
        )
        ui.developButton.enabled = ready or self.job.running
        ui.developButton.toolTip = (
            _("Select, tune and validate; takes minutes. Press it then to stop and keep what is finished.")
            if ready
            else _("Choose a table, its columns for outcome and patient, and a folder for the report.")
        )
        self.other_hips.update()

    def arguments(self, folder: Path) -> dict[str, Any]:
        """Of the worker's task; a table of the scene is written into ``folder``."""
        ui = self._ui
        node = ui.developTableSelector.currentNode()
        cohort = Path(ui.developCohortEdit.currentPath)
        if node is not None:
            from ...scene.results.development import table_to_csv

            cohort = table_to_csv(node, folder / f"{node.GetName()}.csv")
        self._stop = folder / "stop"
        _words, share, folds = PROTOCOLS[ui.developProtocolCombo.currentIndex]
        groups, kinds = ui.developGroupsCombo, ui.developClassifiersCombo
        scanner = ui.developScannerCombo
        return {
            "cohort": str(cohort),
            "outcome": ui.developOutcomeCombo.currentText,
            "patient": ui.developPatientCombo.currentText,
            "scanner": scanner.currentText if scanner.currentIndex > 0 else None,
            "groups": [groups.currentText] if groups.currentIndex > 0 else None,
            "classifiers": [kinds.currentText] if kinds.currentIndex > 0 else None,
            "components": int(ui.developComponentsSpin.value) or None,
            "test_share": share,
            "outer_folds": folds,
            "bootstraps": int(ui.developBootstrapsSpin.value),
            "comparators": bool(ui.comparatorsCheckBox.checked),
            "out": str(ui.developOutEdit.currentPath),
            "stop": str(self._stop),
        }

    def on_develop(self) -> None:
        """Start; or stop after the training under way, or at once where that was asked for already."""
        if self.job.running and self._stop is not None and not self._stop.exists():
            self._stop.touch()
            self._ui.developStatusLabel.text = _(
                "Stopping after the training under way, to keep what is finished; press again to stop at once."
            )
        elif self.job.running or run_check(self.job, _("Checking packages ..."), self._check):
            self._stop = None
            self.job.toggle(_("Developing models ..."), "develop_dlr", self.arguments, self._show)

    def _check(self, _progress: Any) -> str:
        from ..packages import ensure_packages

        if Path(self._ui.developOutEdit.currentPath).is_file():
            raise InputError(
                _("{path} is a file; choose a folder for the report.").format(
                    path=self._ui.developOutEdit.currentPath
                )
            )
        ensure_packages("develop dlr")
        return ""

    def _show(self, result: Mapping[str, Any]) -> str:
        from ...scene.results.development import development_to_scene

        ui = self._ui
        nodes = development_to_scene(result)
        self._charts = nodes["charts"]
        ui.developView.setMRMLTableNode(nodes["tables"].get("summary"))
        ui.developChartCombo.clear()
        for name in self._charts:
            ui.developChartCombo.addItem(name)
        ui.developChartButton.enabled = bool(self._charts)
        self.report = result["report"]
        ui.developReportButton.enabled = True
        self._on_models(result["bundles"])
        words = _(
            "{hips} hips of {patients} patients, {events} with the outcome; report in {folder}."
        ).format(**result)
        stopped = "" if result["complete"] else _("Stopped; what was finished is kept.")
        told, more = [*map(sentence, result["warnings"][:2])], len(result["warnings"]) - 2
        rest = _("{count} more warnings are in the report.").format(count=more) if more > 0 else ""
        return " ".join(part for part in (stopped, words, *told, rest) if part)

    def on_chart(self) -> None:
        """Show the chosen chart in a layout with a plot."""
        from ...scene.results.features_and_prediction import show_chart

        show_chart(self._charts[self._ui.developChartCombo.currentText])

    def on_report(self) -> None:
        qt.QDesktopServices.openUrl(qt.QUrl.fromLocalFile(self.report))
