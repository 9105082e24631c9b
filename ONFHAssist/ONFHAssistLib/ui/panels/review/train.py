"""The group *Train*: what there is, training in the worker with its curve, before and after, use or discard."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import qt
from slicer.i18n import tr as _

from ....bundles.accepting import use_bundle
from ....bundles.bundle import METADATA
from ....core.errors import InputError
from ...jobs import JobRunner
from ...run import PanelJob, run_check

LOOK, TRAIN = "own_inventory", "train_own_patients"
CURVES, CHECKPOINTS = "curves.jsonl", "network-*.pt"  # as the training names them
CURVE_MS = 3000
_MOST_ROWS = 6


class TrainPanel:
    """Trains a shipped network further on the cohort whose folder is open above.

    A training belongs to no patient: it goes on when the scene is closed. The new model is a candidate that answers
    nothing until the user presses *Use*.

    Args:
        ui: widgets whose names begin with ``train``, and ``folderEdit``.
        runner: whose worker to use.

    Attributes:
        candidate: folder of the new model that waits for a decision.
    """

    def __init__(self, ui: Any, runner: JobRunner | None = None) -> None:
        self._ui = ui
        self.candidate: Path | None = None
        self._words = {
            "outliner": _("Outlines of femoral head and necrosis"),
            "detector": _("Finding the femoral heads"),
            "stage": _("Stages 0, I and II"),
            "backbone": _("Deep features"),
        }
        self._figures = {  # as the training names them
            "Dice of the necrosis": _("Dice of the necrosis"),
            "Dice of the femoral head": _("Dice of the femoral head"),
            "error of the head's centre, mm": _("error of the head's centre, mm"),
            "probability of the true stage": _("probability of the true stage"),
            "hips of the right stage": _("share of hips staged right"),
        }
        for name, words in self._words.items():
            ui.trainModelCombo.addItem(words, name)
        shared = runner or JobRunner.shared()
        self.looking = PanelJob(ui.trainLookButton, ui.trainProgressBar, ui.trainStatusLabel, shared)
        self.training = PanelJob(ui.trainButton, ui.trainProgressBar, ui.trainStatusLabel, shared)
        self.looking.on_idle = self.update
        self.training.on_idle = self._ended
        self._timer = qt.QTimer()
        self._timer.setInterval(CURVE_MS)
        self._timer.connect("timeout()", self.draw_curve)
        for table, names in (
            (ui.trainTable, (_("network"), _("patients"), _("needed"), _("better"), "")),
            (ui.trainResultTable, ("", _("before"), _("after"), _("difference"), "p")),
        ):
            table.setColumnCount(len(names))
            table.setHorizontalHeaderLabels(list(names))
            table.horizontalHeader().setStretchLastSection(True)
            table.verticalHeader().hide()
        for column, width in enumerate((150, 56, 56, 50)):
            ui.trainTable.setColumnWidth(column, width)
        for column, width in enumerate((150, 50, 50, 160, 44)):
            ui.trainResultTable.setColumnWidth(column, width)
        ui.trainTable.visible = ui.trainResultTable.visible = False
        ui.trainLookButton.connect("clicked()", self.on_look)
        ui.trainButton.connect("clicked()", self.on_train)
        ui.trainChartButton.connect("clicked()", self.on_chart)
        ui.trainUseButton.connect("clicked()", self.on_use)
        ui.trainDiscardButton.connect("clicked()", self.on_discard)
        ui.folderEdit.connect("currentPathChanged(QString)", lambda _path: self.update())
        ui.trainGroup.connect("contentsCollapsed(bool)", lambda _collapsed: self.update())
        self.update()

    # what is asked for --------------------------------------------------------------------------------------

    @property
    def model(self) -> str:
        """The network that is chosen."""
        return str(self._ui.trainModelCombo.itemData(self._ui.trainModelCombo.currentIndex))

    @property
    def work(self) -> Path:
        """Where curves, checkpoints and candidates are kept."""
        chosen = self._ui.trainOutEdit.currentPath.strip()
        return Path(chosen) if chosen else Path(self._ui.folderEdit.currentPath.strip()) / "training"

    def on_look(self) -> None:
        """Count what there is."""
        if self.looking.running or run_check(self.looking, _("Checking packages ..."), self._check):
            cohort = self._ui.folderEdit.currentPath.strip()
            self.looking.toggle(
                _("Looking at the outlines ..."), LOOK, lambda _f: {"cohort": cohort}, self._looked
            )

    def on_train(self) -> None:
        """Start, or go on; or cancel what runs, whose last checkpoint stays."""
        if self.training.running:
            self.training.cancel()
            return
        if not run_check(self.training, _("Checking packages ..."), self._check_decided):
            return
        steps = int(self._ui.trainStepsSpin.value) or None
        arguments = {
            "cohort": self._ui.folderEdit.currentPath.strip(),
            "model": self.model,
            "work": str(self.work),
            "out": str(self.work / f"new-{self.model}"),
            "steps": steps,
        }
        self._timer.start()
        self.training.toggle(_("Reading the patients ..."), TRAIN, lambda _f: arguments, self._trained)
        self.update()

    def _check(self, _progress: Any) -> str:
        from ...packages import ensure_packages

        ensure_packages("train")
        return ""

    def _check_decided(self, progress: Any) -> str:
        if self.candidate is not None:
            raise InputError(_("A new model waits for your decision; use it or discard it first."))
        return self._check(progress)

    # what comes back ----------------------------------------------------------------------------------------

    def _looked(self, found: Mapping[str, Any]) -> str:
        rows = [
            (
                self._words[row["model"]], str(row["patients"]), str(row["needed"]), str(row["advised"]),
                row["problem"] or row["advice"] or _("enough"),
            )
            for row in found["models"]
        ]  # fmt: skip
        _fill(self._ui.trainTable, rows)
        stages = ", ".join(f"{stage}: {count}" for stage, count in found["stages"].items())
        return _(
            "{patients} patients, {hips} accepted or corrected hips, {lesions} with a necrosis; hips of stage {told}."
        ).format(told=stages, **{name: found[name] for name in ("patients", "hips", "lesions")})

    def _trained(self, done: Mapping[str, Any]) -> str:
        self.candidate = Path(done["bundle"])
        rows = [
            (
                self._figures.get(one["figure"], one["figure"]), f"{one['before']:.3f}", f"{one['after']:.3f}",
                f"{one['difference']:+.3f} ({one['low']:+.3f}, {one['high']:+.3f})", f"{one['p']:.3f}",
            )
            for one in done["comparisons"]
        ]  # fmt: skip
        _fill(self._ui.trainResultTable, rows)
        self._ui.trainResultLabel.text = self._verdict(done)
        return _("Trained on {hips} hips of {learned} patients; {held} others judged it.").format(
            **{name: done[name] for name in ("hips", "learned", "held")}
        )

    def _verdict(self, done: Mapping[str, Any]) -> str:
        first = done["comparisons"][0]
        words = {
            "better": _("The new model is better on the patients that were held back."),
            "worse": _("The new model is worse on the patients that were held back; discard it."),
        }.get(first["verdict"], _("No difference is shown on the patients that were held back."))
        return " ".join([words, *done["warnings"], _("It answers nothing until you decide.")])

    def _ended(self) -> None:
        self._timer.stop()
        self.draw_curve()
        self.update()

    # the curve ----------------------------------------------------------------------------------------------

    def curve(self) -> list[dict[str, Any]]:
        """Lines of the newest training that are whole."""
        files = sorted(self.work.glob(f"{self.model}-*/{CURVES}"), key=lambda path: path.stat().st_mtime)
        if not files:
            return []
        lines = files[-1].read_text(encoding="utf-8").splitlines(keepends=True)
        return [json.loads(line) for line in lines if line.endswith("\n")]

    def draw_curve(self) -> None:
        """Bring the chart to what the training has written."""
        from ....scene.review.training import curve_to_scene

        lines = self.curve()
        self._ui.trainChartButton.enabled = bool(lines)
        if lines:
            curve_to_scene(lines)

    def on_chart(self) -> None:
        """Show the curve in a layout with a plot."""
        from ....scene.results.features_and_prediction import show_chart
        from ....scene.review.training import curve_to_scene

        lines = self.curve()
        if lines:
            show_chart(curve_to_scene(lines))

    # deciding -----------------------------------------------------------------------------------------------

    def on_use(self) -> None:
        """The candidate answers from now on."""
        run_check(self.training, _("Putting the new model into use ..."), self._use)
        self.update()

    def _use(self, _progress: Any) -> str:
        assert self.candidate is not None
        done = use_bundle(self.candidate)
        self._forget_candidate()
        text = _("{model} is in use; results of before were made with the model before it.").format(
            model=done.bundle.name
        )
        if done.earlier is not None:
            text += " " + _("That is kept in {folder}.").format(folder=done.earlier)
        return text

    def on_discard(self) -> None:
        """The candidate goes; nothing else changes."""
        run_check(self.training, _("Discarding ..."), self._discard)
        self.update()

    def _discard(self, _progress: Any) -> str:
        self._forget_candidate()
        return _("The new model is discarded; what is in use stays.")

    def _forget_candidate(self) -> None:
        if self.candidate is not None and (self.candidate / METADATA).is_file():
            shutil.rmtree(self.candidate)
        self.candidate = None
        self._ui.trainResultTable.visible = False
        self._ui.trainResultLabel.text = ""

    # the panel ----------------------------------------------------------------------------------------------

    def update(self) -> None:
        """Enable what can be done now."""
        ui = self._ui
        named = bool(ui.folderEdit.currentPath.strip())
        running = self.training.running or self.looking.running
        ui.trainLookButton.enabled = self.looking.running or (named and not running)
        ui.trainButton.enabled = self.training.running or (named and not running)
        ui.trainProgressBar.visible = running
        if not running:
            ui.trainButton.text = _("Go on") if named and self._interrupted() else _("Train")
        waits = self.candidate is not None and not running
        ui.trainUseButton.enabled = ui.trainDiscardButton.enabled = waits

    def _interrupted(self) -> bool:
        """Whether a training of the chosen network was ended before it wrote what it found."""
        folders = [path.parent for path in self.work.glob(f"{self.model}-*/{CHECKPOINTS}")]
        return any(not (folder / "before-and-after.json").is_file() for folder in folders)

    def forget_case(self) -> None:
        """The scene is closed; a training goes on, its curve is drawn anew."""

    def cancel(self) -> None:
        """End what is under way; the application closes."""
        self._timer.stop()
        self.training.cancel()
        self.looking.cancel()


def _fill(table: Any, rows: Sequence[Sequence[str]]) -> None:
    table.setRowCount(len(rows))
    for place, row in enumerate(rows):
        for column, text in enumerate(row):
            item = qt.QTableWidgetItem(text)
            item.setToolTip(text)
            table.setItem(place, column, item)
    table.resizeRowsToContents()
    heights = [table.rowHeight(i) for i in range(min(len(rows), _MOST_ROWS))]
    table.minimumHeight = table.maximumHeight = sum(heights) + table.horizontalHeader().height + 6
    table.visible = bool(rows)
