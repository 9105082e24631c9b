"""Validate and update: the model that answers above, on the hips of the table of the same group.

One panel for both modules; what is a probability's and what is survival's stands in :class:`ModelKind`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from slicer.i18n import tr as _

from ....core.language import sentence
from ...run import PanelJob, run_check

if TYPE_CHECKING:
    from ...protocols import Button, Label, OtherHipsWidgets, ProbabilityHipsWidgets, ProgressBar

UPDATED = "updated-model"  # folder of the new bundle, in the folder of the report


@dataclass(frozen=True)
class ModelKind:
    """What differs between a probability and a survival model.

    Attributes:
        task: of the worker that judges. packages: step whose packages both buttons need.
        missing: what to choose first. shown: beginnings of the figures that the status line names.
        model: gives the name or path of the model that is chosen above; "" where it cannot be judged.
        ready: whether table, columns and folder are chosen.
        check: refuses what was typed, before packages are asked for.
        arguments: of the development, given the folder of the job.
        to_scene: puts a validation's figures into the scene.
        renewed: called with the path of the new bundle.
        on_report: called with the path of a finished validation's page.
    """

    task: str
    packages: str
    missing: str
    shown: tuple[str, ...]
    model: Callable[[], str]
    ready: Callable[[], bool]
    check: Callable[[], Any]
    arguments: Callable[[Path], dict[str, Any]]
    to_scene: Callable[[Mapping[str, Any]], Any]
    renewed: Callable[[str], None]
    on_report: Callable[[str], None]


class OtherHipsPanel:
    """Two buttons beside *Develop models*; both work in the worker, and cancel while they do."""

    def __init__(
        self, kind: ModelKind, validate: Button, update: Button, bar: ProgressBar, status: Label
    ) -> None:
        self._kind, self._buttons = kind, (validate, update)
        self.validation, self.updating = PanelJob(validate, bar, status), PanelJob(update, bar, status)
        validate.connect("clicked()", self.on_validate)
        update.connect("clicked()", self.on_update)

    @property
    def running(self) -> bool:
        """Whether one of the two works."""
        return self.validation.running or self.updating.running

    def update(self) -> None:
        """Enable the buttons where there are a model, a table, its columns and a folder; say what is missing."""
        ready = self._kind.ready() and bool(self._kind.model())
        told = (
            _(
                "Discrimination, calibration and decision curve of the model above on these hips; nothing is fitted."
            ),
            _(
                "Baseline, slope or all coefficients anew, as a test chooses; the new model then answers above."
            ),
        )
        jobs = self.validation, self.updating
        for button, job, words in zip(self._buttons, jobs, told, strict=True):
            button.enabled = ready or job.running
            button.toolTip = words if ready else self._kind.missing

    def on_validate(self) -> None:
        """Judge the model on the hips of the table."""
        self._start(
            self.validation, _("Judging the model ..."), self._kind.task, self._validate, self._judged
        )

    def on_update(self) -> None:
        """Bring the model up to date on the hips of the table."""
        self._start(self.updating, _("Updating the model ..."), "update_bundle", self._renew, self._renewed)

    def _start(
        self,
        job: PanelJob,
        words: str,
        task: str,
        arguments: Callable[[Path], dict[str, Any]],
        finish: Callable[[Mapping[str, Any]], str],
    ) -> None:
        if job.running or run_check(job, _("Checking packages ..."), self._check):
            job.toggle(words, task, arguments, finish)

    def _check(self, _progress: Any) -> str:
        from ...packages import ensure_packages

        self._kind.check()
        ensure_packages(self._kind.packages)
        return ""

    def _validate(self, folder: Path) -> dict[str, Any]:
        given = self._kind.arguments(folder)
        return {**given, "bundle": self._kind.model(), "bootstraps": max(given["bootstraps"], 100)}

    def _renew(self, folder: Path) -> dict[str, Any]:
        given = self._kind.arguments(folder)
        out = str(Path(given["out"]) / UPDATED)
        return {**given, "table": given["cohort"], "bundle": self._kind.model(), "out": out, "method": None}

    def _judged(self, result: Mapping[str, Any]) -> str:
        self._kind.to_scene(result)
        self._kind.on_report(str(result["report"]))
        shown = [
            f"{name} {value['value']:.2f} ({value['low']:.2f} to {value['high']:.2f})"
            for name, value in result["metrics"].items()
            if name.startswith(self._kind.shown) and None not in value.values()
        ]
        return _("{hips} hips, {events} with the event: {figures}. Report in {folder}.").format(
            hips=result["hips"], events=result["events"], figures="; ".join(shown), folder=result["folder"]
        )

    def _renewed(self, result: Mapping[str, Any]) -> str:
        if result["bundle"]:
            self._kind.renewed(result["bundle"])
        return " ".join([str(result["choice"]), *map(sentence, map(str, result["warnings"]))])


def survival_hips(
    ui: OtherHipsWidgets, arguments: Callable[[], dict[str, Any]], on_report: Callable[[str], None]
) -> OtherHipsPanel:
    """The panel of ONFHSurvival.

    Args:
        arguments: gives the table, its columns and the folder, as the development takes them.
        on_report: called with the path of a finished validation's page.
    """
    from ....scene.results.survival import validation_to_scene

    def model() -> str:
        from ....survival.calculator import shipped_models

        if ui.modelEdit.enabled:
            return str(ui.modelEdit.currentPath)
        names = ["", *shipped_models()]
        index = ui.modelCombo.currentIndex
        return names[index] if 0 <= index < len(names) else ""

    def ready() -> bool:
        columns = [combo.currentText for combo in (ui.patientCombo, ui.timeCombo, ui.eventCombo)]
        return all(columns) and bool(ui.reportEdit.currentPath)

    def renewed(bundle: str) -> None:
        ui.modelCombo.currentIndex = ui.modelCombo.count - 1
        ui.modelEdit.currentPath = bundle

    def reported(page: str) -> None:
        on_report(page)
        ui.openReportButton.enabled = True

    missing = _(
        "Choose a model above that comes as a bundle or is your own, a table, its columns for patient, time and event, "
        "and a folder."
    )
    kind = ModelKind(
        "validate_survival",
        "develop survival",
        missing,
        ("C-index", "Observed", "Calibration slope"),
        model,
        ready,
        arguments,
        lambda _folder: arguments(),
        validation_to_scene,
        renewed,
        reported,
    )
    parts = ui.developProgressBar, ui.developStatusLabel
    panel = OtherHipsPanel(kind, ui.validateButton, ui.updateButton, *parts)
    ui.modelCombo.connect("currentIndexChanged(int)", lambda _index: panel.update())
    ui.modelEdit.connect("currentPathChanged(QString)", lambda _path: panel.update())
    return panel


def probability_hips(
    ui: ProbabilityHipsWidgets,
    arguments: Callable[[Path], dict[str, Any]],
    on_report: Callable[[str], None],
    on_models: Callable[[Mapping[str, str]], None],
) -> OtherHipsPanel:
    """The panel of ONFHPredict.

    Args:
        arguments: gives the table, its columns and the folder of the report; a table of the scene goes into the job's.
        on_report: called with the path of a finished validation's page.
        on_models: called with the updated bundle, as the development tells its models.
    """
    from ....scene.results.development import validation_to_scene

    def ready() -> bool:
        columns = ui.developOutcomeCombo.currentText, ui.developPatientCombo.currentText
        return all(columns) and bool(ui.developOutEdit.currentPath)

    def given(folder: Path) -> dict[str, Any]:
        wanted = ("cohort", "outcome", "patient", "scanner", "bootstraps", "out")
        return {name: value for name, value in arguments(folder).items() if name in wanted}

    def renewed(bundle: str) -> None:
        on_models({UPDATED: bundle})
        ui.bundleCombo.currentIndex = ui.bundleCombo.findText(bundle)

    def reported(page: str) -> None:
        on_report(page)
        ui.developReportButton.enabled = True

    missing = _(
        "Choose a model above, a table with its features, the columns for outcome and patient, and a folder."
    )
    kind = ModelKind(
        "validate_dlr",
        "develop dlr",
        missing,
        ("auc", "observed to expected", "slope"),
        lambda: str(ui.bundleCombo.currentText),
        ready,
        lambda: None,
        given,
        validation_to_scene,
        renewed,
        reported,
    )
    parts = ui.developProgressBar, ui.developStatusLabel
    panel = OtherHipsPanel(kind, ui.developValidateButton, ui.developUpdateButton, *parts)
    ui.bundleCombo.connect("currentIndexChanged(int)", lambda _index: panel.update())
    return panel
