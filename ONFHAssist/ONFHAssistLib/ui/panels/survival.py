"""Parts of the ONFHSurvival panel: the nomogram that follows every change, and the development of models.

The numbers of the published model need nothing but what Slicer brings; its picture appears where matplotlib is installed.
"""

from __future__ import annotations

import csv
import importlib.util
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ctk
import qt
from slicer.i18n import tr as _

from ...core.errors import InputError
from ...core.language import sentence
from ...core.library_logs import quiet_drawing_logs
from ...core.names import is_feature
from ..run import PanelJob, run_check
from ..texts import percent_exactly
from .cohort.other_hips import survival_hips
from .cohort.sample_size import SampleSizePanel, survival_size

if TYPE_CHECKING:
    from ...survival.calculator import Calculator
    from ..protocols import Label, NomogramWidgets, SurvivalDevelopWidgets

PICTURE_DELAY_MS = 80  # while a slider moves, numbers follow at once and the picture when it rests
_DPI = 72
_MARGIN = 8  # pixels around a picture
_WIDTHS_IN = 4.8, 6.6  # of the pictures, least and most
_LIKELY = {
    "patient": ("patient", "patient_id", "case"),
    "time": ("follow_up_months", "months", "time"),
    "event": ("collapse", "event", "status"),
}


class NomogramPanel:
    """Points of one hip in a table, and the nomogram and survival curve as pictures below it.

    Args:
        ui: widgets ``pointsTable``, ``nomogramPicture``, ``curvePicture``.
        on_value: called with a covariate's name and value when the user moves it in the table.
    """

    def __init__(self, ui: NomogramWidgets, on_value: Callable[[str, float], None]) -> None:
        self._ui, self._on_value = ui, on_value
        self._shown: tuple[Calculator, dict[str, float]] | None = None
        self._rows: tuple = ()
        self._controls: dict[str, Any] = {}
        table = ui.pointsTable
        table.setColumnCount(3)
        table.setHorizontalHeaderLabels([_("Finding"), _("Value"), _("Points")])
        table.verticalHeader().hide()
        table.horizontalHeader().setSectionResizeMode(0, qt.QHeaderView.Stretch)
        self._timer = qt.QTimer(table)  # it ends with the panel
        self._timer.setSingleShot(True)
        self._timer.setInterval(PICTURE_DELAY_MS)
        self._timer.connect("timeout()", self.draw)

    def forget_case(self) -> None:
        """The patient's scene is closed: his pictures go at once, and not when the next ones are drawn."""
        self._timer.stop()
        self._shown = None
        for label in (self._ui.nomogramPicture, self._ui.curvePicture):
            label.clear()

    @property
    def controls(self) -> Mapping[str, Any]:
        """Spin box or combo box of each covariate that can be moved in the table."""
        return self._controls

    def show(self, calculator: Calculator, values: Mapping[str, float], movable: set[str]) -> None:
        """Show a hip.

        Args:
            calculator: the model.
            values: of all covariates.
            movable: covariates that the user sets here; the others follow from the findings above.
        """
        rows = (calculator.title, calculator.source, tuple(calculator.ranges.items()), tuple(sorted(movable)))
        if rows != self._rows:
            self._rows = rows
            self._build(calculator, movable)
        self._shown = calculator, dict(values)
        points = calculator.points(values)
        for row, axis in enumerate(calculator.scales.axes):
            control = self._controls.get(axis.name)
            if control is None:
                self._write(row, 1, self._level(calculator, axis, values[axis.name]))
            else:
                self._set(control, axis, values[axis.name])
            self._write(row, 2, f"{points.points[axis.name]:.1f}")
        row = len(calculator.scales.axes)
        self._write(row, 2, f"{points.total:.1f}")
        for survival in points.survival.values():
            row += 1
            self._write(row, 1, percent_exactly(survival))
        self._timer.start()

    def _build(self, calculator: Calculator, movable: set[str]) -> None:
        table, axes = self._ui.pointsTable, calculator.scales.axes
        table.clearContents()
        names = [sentence(calculator.labels.get(axis.name, axis.name)) for axis in axes]
        months = [_("No collapse at {month:g} months").format(month=month) for month in calculator.months]
        table.setRowCount(len(names) + 1 + len(months))
        self._controls = {}
        for row, name in enumerate([*names, _("Total points"), *months]):
            for column in range(3):
                item = qt.QTableWidgetItem("")
                item.setFlags(qt.Qt.ItemIsEnabled)
                table.setItem(row, column, item)
            self._write(row, 0, name)
        for row, axis in enumerate(axes):
            if axis.name in movable:
                self._controls[axis.name] = control = self._control(calculator, axis)
                table.setCellWidget(row, 1, control)
        table.setColumnWidth(1, 110)
        table.setColumnWidth(2, 60)
        table.setMinimumHeight(table.horizontalHeader().height + table.rowCount * table.rowHeight(0) + 6)

    def _control(self, calculator: Calculator, axis: Any) -> Any:
        if axis.discrete:
            box = qt.QComboBox()
            for level in calculator.levels.get(axis.name, (_("no"), _("yes"))):
                box.addItem(level)
            box.connect("currentIndexChanged(int)", lambda index: self._on_value(axis.name, float(index)))
            return box
        spin = qt.QDoubleSpinBox()
        low, high, _usual = calculator.ranges[axis.name]
        span = high - low
        spin.setRange(low - span, high + span)
        spin.setDecimals(2 if span < 20 else 1)
        spin.setSingleStep(span / 50)
        spin.connect("valueChanged(double)", lambda value: self._on_value(axis.name, value))
        return spin

    def _set(self, control: Any, axis: Any, value: float) -> None:
        blocked = control.blockSignals(True)
        if axis.discrete:
            control.currentIndex = int(value)
        else:
            control.value = value
        control.blockSignals(blocked)

    def _level(self, calculator: Calculator, axis: Any, value: float) -> str:
        if axis.discrete:
            return sentence(calculator.levels.get(axis.name, (_("no"), _("yes")))[int(value)])
        return f"{value:.4g}"

    def _write(self, row: int, column: int, text: str) -> None:
        self._ui.pointsTable.item(row, column).setText(text)

    def draw(self) -> bool:
        """Draw nomogram and curve of what is shown; False where matplotlib is not installed."""
        self._timer.stop()
        shown = self._shown if importlib.util.find_spec("matplotlib") is not None else None
        if shown is not None:
            with tempfile.TemporaryDirectory(prefix="onfh-nomogram-") as folder:
                for label, path in zip(
                    (self._ui.nomogramPicture, self._ui.curvePicture),
                    pictures(*shown, Path(folder), self._width_in()),
                    strict=True,
                ):
                    label.setPixmap(qt.QPixmap(str(path)))
        self._ui.nomogramPicture.visible = self._ui.curvePicture.visible = shown is not None
        return shown is not None

    def _width_in(self) -> float:
        """Inches that the panel leaves for a picture: as wide as the table above it."""
        least, most = _WIDTHS_IN
        return min(max((self._ui.pointsTable.width - _MARGIN) / _DPI, least), most)


def pictures(
    calculator: Calculator, values: Mapping[str, float], folder: Path, width_in: float
) -> tuple[Path, Path]:
    """PNG files of the nomogram with the hip marked, and of its survival curve, ``width_in`` inches wide."""
    quiet_drawing_logs()
    from ...evaluate.figures.binary import save_figure
    from ...evaluate.figures.survival import draw_patient_curve
    from ...survival.nomogram.figure import draw_nomogram

    nomogram = draw_nomogram(
        calculator.scales,
        patient=calculator.points(values),
        labels=calculator.labels,
        levels=calculator.levels,
        width=width_in,
    )
    curve = calculator.curve(values)
    references = {
        name: (curve.months, survival) for name, survival in calculator.references(curve.months).items()
    }
    patient = draw_patient_curve(
        curve.months, curve.survival, curve.low, curve.high, references, marks=calculator.months
    )
    patient.set_size_inches(width_in, 4.0)
    return (
        save_figure(nomogram, folder / "nomogram.png", dpi=_DPI),
        save_figure(patient, folder / "curve.png", dpi=_DPI),
    )


class DevelopPanel:
    """Develop mode: a cohort file, its columns, the protocol; runs in the worker, its button cancels it.

    Args:
        ui: widgets ``developGroup``, ``cohortEdit``, ``patientCombo``, ``timeCombo``, ``eventCombo``, ``unitCombo``,
            ``followUpLabel``, ``monthsEdit``, ``bootstrapsSpin``, ``reportEdit``, ``developButton``,
            ``developProgressBar``, ``developStatusLabel``, and those of :class:`.cohort.other_hips.OtherHipsPanel` and
            :class:`.cohort.sample_size.SampleSizePanel`, ``comparatorsCheckBox``.
        to_scene: puts the answer into the scene and returns the status line.
    """

    def __init__(self, ui: SurvivalDevelopWidgets, to_scene: Callable[[Mapping[str, Any]], str]) -> None:
        self._ui, self._to_scene = ui, to_scene
        self.job = PanelJob(ui.developButton, ui.developProgressBar, ui.developStatusLabel)
        ui.developGroup.connect("contentsCollapsed(bool)", self.on_collapsed)
        ui.cohortEdit.filters = ctk.ctkPathLineEdit.Files
        ui.cohortEdit.nameFilters = ["CSV (*.csv)"]
        ui.reportEdit.filters = ctk.ctkPathLineEdit.Dirs
        for unit in ("months", "days"):
            ui.unitCombo.addItem(unit)
        ui.cohortEdit.connect("currentPathChanged(QString)", self.on_cohort)
        ui.reportEdit.connect("currentPathChanged(QString)", lambda _path: self.update())
        for combo in (ui.patientCombo, ui.timeCombo, ui.eventCombo, ui.unitCombo):
            combo.connect("currentIndexChanged(int)", lambda _index: self.update())
        ui.developButton.connect("clicked()", self.on_develop)
        self.report = ""
        self.other_hips = survival_hips(ui, self.arguments, self._judged)
        self.sample_size = SampleSizePanel(ui, survival_size)
        self.update()

    def _judged(self, report: str) -> None:
        self.report = report

    def on_collapsed(self, _collapsed: bool) -> None:
        """The bar is there while models are developed, also after the group was opened."""
        self._ui.developProgressBar.visible = self.job.running or self.other_hips.running

    def on_cohort(self, path: str) -> None:
        """Offer the columns of the file, the likely ones chosen."""
        names = [name for name in column_names(Path(path)) if not is_feature(name)]
        for role, likely in _LIKELY.items():
            combo = getattr(self._ui, f"{role}Combo")
            combo.clear()
            for name in names:
                combo.addItem(name)
            combo.currentIndex = next((names.index(n) for n in likely if n in names), -1)
        self.update()

    def update(self) -> None:
        """Say what the follow-up looks like, and what is missing in the tool tip of the button."""
        ui = self._ui
        path = Path(ui.cohortEdit.currentPath)
        ui.followUpLabel.text = follow_up_note(path, ui.timeCombo.currentText, ui.unitCombo.currentText)
        chosen = [combo.currentText for combo in (ui.patientCombo, ui.timeCombo, ui.eventCombo)]
        ready = all(chosen) and bool(ui.reportEdit.currentPath)
        ui.developButton.enabled = ready or self.job.running
        ui.developButton.toolTip = (
            _("Four models with honest and apparent figures; takes minutes, and this button then cancels it.")
            if ready
            else _(
                "Choose a cohort file, its columns for patient, time and event, and a folder for the report."
            )
        )
        self.other_hips.update()

    def arguments(self) -> dict[str, Any]:
        """Of the worker's task.

        Raises:
            InputError: months that are not numbers.
        """
        ui = self._ui
        try:
            months = [float(part) for part in ui.monthsEdit.text.replace(";", ",").split(",") if part.strip()]
        except ValueError:
            raise InputError(
                _("The months '{text}' are not numbers; write them as in 36, 60.").format(
                    text=ui.monthsEdit.text
                )
            ) from None
        return {
            "cohort": str(ui.cohortEdit.currentPath),
            "patient": ui.patientCombo.currentText,
            "time": ui.timeCombo.currentText,
            "event": ui.eventCombo.currentText,
            "unit": ui.unitCombo.currentText,
            "months": months,
            "bootstraps": int(ui.bootstrapsSpin.value),
            "comparators": bool(ui.comparatorsCheckBox.checked),
            "out": str(ui.reportEdit.currentPath),
        }

    def on_develop(self) -> None:
        status = _Status(self._ui.developStatusLabel)
        if self.job.running or run_check(status, _("Checking packages ..."), self._check):
            self.job.toggle(
                _("Developing models ..."),
                "develop_survival",
                lambda _folder: self.arguments(),
                self._to_scene,
            )

    def _check(self, _progress: Any) -> str:
        from ..packages import ensure_packages

        self.arguments()
        ensure_packages("develop survival")
        return ""


class _Status:
    """A panel of a status line alone, as :func:`.run.run_check` knows it."""

    def __init__(self, label: Label) -> None:
        self.statusLabel = label


def column_names(path: Path) -> list[str]:
    """Header of a CSV file; empty where there is none."""
    if not path.is_file():
        return []
    with path.open(newline="", encoding="utf-8-sig", errors="replace") as file:
        return [name.strip() for name in next(csv.reader(file), [])]


def follow_up_note(path: Path, column: str, unit: str) -> str:
    """One sentence on the follow-up in a column of a CSV file; says when it looks like another unit."""
    from ...evaluate.survival.outcome import MONTHS_SUSPICIOUS

    if not column or not path.is_file():
        return ""
    with path.open(newline="", encoding="utf-8-sig", errors="replace") as file:
        cells = [(row.get(column) or "").strip() for row in csv.DictReader(file, skipinitialspace=True)]
    try:
        values = sorted(float(cell) for cell in cells if cell)
    except ValueError:
        return _("<b>Column {column} holds text.</b>").format(column=column)
    if not values:
        return _("<b>Column {column} is empty.</b>").format(column=column)
    shown = _("{low:g} to {high:g} {unit}, median {median:g}").format(
        low=values[0], high=values[-1], unit=unit, median=values[len(values) // 2]
    )
    doubts = {
        _("A follow-up must be greater than 0."): values[0] <= 0,
        _("These look like days."): unit == "months" and values[-1] > MONTHS_SUSPICIOUS,
        _("These look like months."): unit == "days" and values[-1] < MONTHS_SUSPICIOUS / 5,
    }
    return ". ".join([shown, *(f"<b>{doubt}</b>" for doubt, holds in doubts.items() if holds)])
