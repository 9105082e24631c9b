"""The group *Train*: what there is, training in the worker with its curve, before and after, use or discard."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import qt
from slicer.i18n import tr as _

from ....bundles.accepting import use_bundle
from ....core.errors import InputError
from ....core.language import sentence
from ...jobs import JobRunner
from ...run import PanelJob, run_check
from .trainings import Waiting, curve, interrupted, new_folder, waiting

LOOK, TRAIN = "own_inventory", "train_own_patients"
CURVE_MS = 3000
FEWEST_CORRECTED = 6  # patients, of whom a paired test can show a difference
_MOST_ROWS = 6


class TrainPanel:
    """Trains a shipped network further on the cohort whose folder is open above.

    A training belongs to no patient: it has a worker of its own beside the day's, goes on when the scene is closed, and
    its curve comes into the scene only when the user asks for it. The new model is a candidate that answers nothing until
    the user presses *Use*; it waits on the disk, where it is found again after a restart.

    Args:
        ui: widgets whose names begin with ``train``, and ``folderEdit``.
        runner: whose worker to use in place of the two.

    Attributes:
        candidate: the new model that waits for a decision.
    """

    def __init__(self, ui: Any, runner: JobRunner | None = None) -> None:
        self._ui = ui
        self.candidate: Waiting | None = None
        self._under_way: tuple[Path, str] | None = None  # work folder and network of the training
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
        status = ui.trainStatusLabel
        self.looking = PanelJob(ui.trainLookButton, ui.trainProgressBar, status, runner or JobRunner.shared())
        self.training = PanelJob(
            ui.trainButton, ui.trainProgressBar, status, runner or JobRunner.for_training()
        )
        self.looking.on_idle = self.update
        self.training.on_idle = self._ended
        self._timer = qt.QTimer()
        self._timer.setInterval(CURVE_MS)
        self._timer.connect("timeout()", self.draw_curve)
        self._set_up_tables()
        ui.trainLookButton.connect("clicked()", self.on_look)
        ui.trainButton.connect("clicked()", self.on_train)
        ui.trainChartButton.connect("clicked()", self.on_chart)
        ui.trainUseButton.connect("clicked()", self.on_use)
        ui.trainDiscardButton.connect("clicked()", self.on_discard)
        ui.trainModelCombo.connect("currentIndexChanged(int)", lambda _index: self._chosen())
        ui.trainStepsSpin.connect("valueChanged(int)", lambda _steps: self.update())
        self._counted = ui.folderEdit.currentPath.strip()  # the cohort of the table
        for edit in (ui.folderEdit, ui.trainOutEdit):
            edit.connect("currentPathChanged(QString)", lambda _path: self._chosen())
        ui.trainGroup.connect("contentsCollapsed(bool)", lambda _collapsed: self.update())
        self.update()

    def _set_up_tables(self) -> None:
        ui = self._ui
        found = ("", _("hips"), _("before"), _("after"), _("difference (95%)"), "p")
        for table, names, widths in (
            (ui.trainTable, (_("network"), _("patients"), _("needed"), _("better"), ""), (176, 58, 52, 46)),
            (ui.trainResultTable, found, (118, 34, 46, 46, 124)),
        ):
            table.setColumnCount(len(names))
            table.setHorizontalHeaderLabels(list(names))
            table.horizontalHeader().setStretchLastSection(True)
            table.horizontalHeader().minimumSectionSize = 30
            table.setHorizontalScrollBarPolicy(qt.Qt.ScrollBarAlwaysOff)  # the columns fit the panel
            table.verticalHeader().hide()
            for column, width in enumerate((*widths, 30)):  # the last one stretches from there
                table.setColumnWidth(column, width)
            table.visible = False

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
            "out": str(new_folder(self.work, self.model)),
            "steps": steps,
            "goes_on": self._goes_on(),
        }
        self._under_way = self.work, self.model
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
                _("too few") if row["problem"] else _("to try it") if row["advice"] else _("enough"),
            )
            for row in found["models"]
        ]  # fmt: skip
        told = {row["model"]: sentence(row["problem"] or row["advice"]) for row in found["models"]}
        _fill(self._ui.trainTable, rows, [told[row["model"]] for row in found["models"]])
        stages = ", ".join(f"{stage}: {count}" for stage, count in found["stages"].items())
        counted = _(
            "{patients} patients with {hips} hips: {corrected} corrected, {accepted} accepted as the network drew them, "
            "{lesions} with a necrosis. Hips of stage {told}."
        ).format(
            told=stages,
            accepted=found["hips"] - found["corrected"],
            **{name: found[name] for name in ("patients", "hips", "corrected", "lesions")},
        )
        return "\n".join(part for part in (counted, told[self.model]) if part)

    def _trained(self, done: Mapping[str, Any]) -> str:
        words = _("Trained on {hips} hips of {learned} patients; {held} others judged it.").format(
            **{name: done[name] for name in ("hips", "learned", "held")}
        )
        return f"{sentence(done['began_anew'])} {words}".strip()

    def _show_candidate(self, new: Waiting | None) -> None:
        """The figures of a new model that waits, or none."""
        if new == self.candidate:
            return
        self.candidate = new
        rows = []
        for one in [] if new is None else new.record["compared"]:
            rows.append(_cells(self._figures.get(one["figure"], one["figure"]), one))
            if one.get("corrected"):
                rows.append(_cells("    " + _("corrected hips"), one["corrected"]))
        _fill(self._ui.trainResultTable, rows)
        self._ui.trainResultLabel.text = "" if new is None else self._verdict(new)

    def _verdict(self, new: Waiting) -> str:
        """What the test says of the first figure: of corrected hips where there are enough, of all otherwise."""
        first = new.record["compared"][0]
        some = first.get("corrected") or {}
        trusted = int(some.get("patients", 0)) >= FEWEST_CORRECTED
        words = {
            "better": _("It is better on the patients that were held back."),
            "worse": _("It is worse on the patients that were held back; discard it."),
        }.get(
            (some if trusted else first)["verdict"],
            _("No difference is shown on the patients that were held back."),
        )
        if trusted:
            words += " " + _("The verdict is that of the corrected hips.")
        waits = _("A new model waits for your decision: {network}.").format(network=self._words[new.model])
        warned = [sentence(words) for words in new.record.get("warnings", [])]
        return "\n".join([waits, words, *warned, _("It answers nothing until you decide.")])

    def _ended(self) -> None:
        self._timer.stop()
        self.draw_curve()
        self._under_way = None
        self._chosen()

    # the curve ----------------------------------------------------------------------------------------------

    def curve(self) -> list[dict[str, Any]]:
        """Lines of the training under way, or of the newest one of the network that is chosen."""
        return curve(*(self._under_way or (self.work, self.model)))

    def draw_curve(self) -> None:
        """Bring the chart to what the training has written, where the scene has it."""
        from ....scene.review.training import curve_to_scene, has_curve

        lines = self.curve()
        self._ui.trainChartButton.enabled = bool(lines)
        if lines and has_curve():
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
        done = use_bundle(self.candidate.folder)
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
        if self.candidate is not None:
            shutil.rmtree(self.candidate.folder)
        self._show_candidate(None)

    # the panel ----------------------------------------------------------------------------------------------

    def _chosen(self) -> None:
        """Another network or folder: an interrupted training of it is offered as it was asked for.

        What was counted in one cohort does not stand beside the name of another.
        """
        folder = self._ui.folderEdit.currentPath.strip()
        if folder != self._counted:
            self._counted = folder
            _fill(self._ui.trainTable, [])
        steps = self._interrupted()
        if steps is not None and not self.training.running:
            self._ui.trainStepsSpin.value = steps
        self.update()

    def update(self) -> None:
        """Enable what can be done now."""
        ui = self._ui
        named = bool(ui.folderEdit.currentPath.strip())
        running = self.training.running or self.looking.running
        if not self.training.running:
            self._show_candidate(waiting(self.work, self._words) if named else None)
        ui.trainLookButton.enabled = self.looking.running or (named and not running)
        ui.trainButton.enabled = self.training.running or (named and not running)
        ui.trainProgressBar.visible = running
        if not running:
            ui.trainButton.text = _("Go on") if self._goes_on() else _("Train")
            ui.trainChartButton.enabled = named and bool(self.curve())
        waits = self.candidate is not None and not running
        ui.trainUseButton.enabled = ui.trainDiscardButton.enabled = waits

    def _interrupted(self) -> int | None:
        named = bool(self._ui.folderEdit.currentPath.strip())
        return interrupted(self.work, self.model) if named else None

    def _goes_on(self) -> bool:
        """Whether *Train* takes up an interrupted training: of the chosen network, with as many batches as then."""
        return self._interrupted() == int(self._ui.trainStepsSpin.value)

    def forget_case(self) -> None:
        """The scene is closed; a training goes on, its curve is drawn anew."""

    def cancel(self) -> None:
        """End what is under way; the application closes."""
        self._timer.stop()
        self.training.cancel()
        self.looking.cancel()


def _cells(name: str, one: Mapping[str, Any]) -> tuple[str, ...]:
    change = f"{one['difference']:+.3f}\n({one['low']:+.3f}, {one['high']:+.3f})"
    return name, str(one["hips"]), f"{one['before']:.3f}", f"{one['after']:.3f}", change, f"{one['p']:.3f}"


def _fill(table: Any, rows: Sequence[Sequence[str]], tips: Sequence[str] = ()) -> None:
    table.setRowCount(len(rows))
    for place, row in enumerate(rows):
        for column, text in enumerate(row):
            item = qt.QTableWidgetItem(text)
            item.setToolTip(tips[place] if tips else text.strip())
            table.setItem(place, column, item)
    table.visible = bool(rows)  # before rows are measured: hidden, the last column is not stretched yet
    table.resizeRowsToContents()
    heights = [table.rowHeight(i) for i in range(min(len(rows), _MOST_ROWS))]
    table.minimumHeight = table.maximumHeight = sum(heights) + table.horizontalHeader().height + 6
