"""*Drilling plan* in ONFHSegment: wires planned by the worker, dragged by hand, judged while they are dragged."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from slicer.i18n import tr as _

from ...core.language import sentence
from ..run import PanelJob, run_check
from ..texts import of_other_image

if TYPE_CHECKING:
    from ...drilling.result import DrillingPlan
    from ...scene.drilling.live import LivePlan
    from ...scene.transaction import Steps
    from ..protocols import DrillWidgets, ModulePanel

TASK = "drilling_plan"
ENTRIES = ("fan", "single", "several")  # in the order of the combo box


class DrillingPanel:
    """Plans wires in the worker; follows the lines when the user drags one.

    Args:
        ui: widgets ``drillButton``, ``drillUndoButton``, ``drillWiresSpinBox``, ``drillDiameterSpinBox``,
            ``drillEntryCombo``, ``drillProgressBar``, ``drillStatusLabel``, ``drillLabel``, ``drillView``.
        panel: the module's widget.
    """

    def __init__(self, ui: DrillWidgets, panel: ModulePanel) -> None:
        self._ui, self._panel = ui, panel
        self._live: LivePlan | None = None
        self._usual = (
            ui.drillLabel.text,
            ui.drillWiresSpinBox.value,
            ui.drillDiameterSpinBox.value,
            ui.drillEntryCombo.currentIndex,
        )
        self.job = PanelJob(ui.drillButton, ui.drillProgressBar, ui.drillStatusLabel)
        ui.drillButton.connect("clicked()", self.on_plan)
        ui.drillUndoButton.connect("clicked()", self.on_undo)
        ui.drillGroup.connect("contentsCollapsed(bool)", self.on_collapsed)

    def on_collapsed(self, _collapsed: bool) -> None:
        """The bar is there while wires are sought, also after the group was opened."""
        self._ui.drillProgressBar.visible = self.job.running

    @property
    def statusLabel(self) -> Any:
        """Where a step says what it does."""
        return self._ui.drillStatusLabel

    def update(self, is_radiograph: bool) -> None:
        """Follow the chosen nodes."""
        parameters = self._panel.parameters
        ready = not is_radiograph and None not in (parameters.volume, parameters.segmentation)
        self._ui.drillButton.enabled = ready or self.job.running
        self._ui.drillButton.toolTip = (
            _("Look for wires that reach the necrosis without leaving the bone. For research only.")
            if ready
            else _("Choose an MRI and a segmentation with a necrosis.")
        )
        self._ui.drillUndoButton.enabled = self._live is not None and self._live.can_undo

    def forget_case(self) -> None:
        """The patient's scene is closed."""
        self.job.cancel()
        if self._live is not None:
            self._live.end()
        self._live = None
        ui, (text, wires, diameter, entry) = self._ui, self._usual
        ui.drillLabel.text, ui.drillWiresSpinBox.value = text, wires
        ui.drillDiameterSpinBox.value, ui.drillEntryCombo.currentIndex = diameter, entry

    def on_undo(self) -> None:
        """Take the last move of a wire back."""
        if self._live is not None:
            self._live.undo()

    def on_plan(self) -> None:
        """Plan, or cancel the plan that is being made."""
        if not self.job.running and not run_check(self, _("Checking packages ..."), self._check_packages):
            return
        volume, segmentation = self._panel.parameters.volume, self._panel.parameters.segmentation
        rules = {
            "wires": int(self._ui.drillWiresSpinBox.value),
            "diameter_mm": float(self._ui.drillDiameterSpinBox.value),
            "entry": ENTRIES[max(self._ui.drillEntryCombo.currentIndex, 0)],
        }
        self.job.toggle(
            _("Planning wires ..."),
            TASK,
            lambda folder: self._request(volume, segmentation, rules, folder),
            lambda answer: self._show(volume, answer),
            nodes=[volume, segmentation],
        )

    def _check_packages(self, _progress: Any) -> str:
        from ..packages import ensure_packages

        ensure_packages("segment")
        return ""

    @staticmethod
    def _request(volume: Any, segmentation: Any, rules: Mapping[str, Any], folder: Path) -> Mapping[str, Any]:
        from ...scene.drilling.femurs import femur_segments
        from ...scene.exchange import case_of
        from ...worker.tasks import image_argument

        case = case_of(volume, segmentation)
        femurs = femur_segments(segmentation, volume, case.outlines)
        return {
            "image": image_argument(case.image, folder / "image.mha"),
            "labels": image_argument(case.outlines_in_full, folder / "labels.mha"),
            "rules": dict(rules),
            "femurs": {
                side: image_argument(one, folder / f"given_{side}.mha") for side, one in femurs.items()
            },
            "out": str(folder),
        }

    def _show(self, volume: Any, answer: Mapping[str, Any]) -> Steps[str]:
        from ...drilling.bone import hip_bone, views_of
        from ...drilling.plan import FOUND
        from ...drilling.result import DrillingPlan
        from ...imaging.files import read_image
        from ...scene.drilling.live import LiveHip, LivePlan
        from ...scene.drilling.plan import plan_in_steps
        from ...scene.volumes import image_from_volume
        from ...worker.tasks import image_of

        plan = DrillingPlan.from_json(answer["plan"])
        if self._live is not None:
            self._live.end()
            self._live = None
        lines = yield from plan_in_steps(volume, plan)
        labels = image_of(answer["labels"])
        hips = []
        for hip in plan.hips:
            if hip.wires and hip.landmarks is not None:
                femur, centre = read_image(answer["femurs"][hip.side]), np.asarray(hip.landmarks.head_centre)
                views = views_of(image_from_volume(volume), hip.femur_from == FOUND, centre, hip.side)
                bone = hip_bone(labels, hip.side, femur, views=views)
                hips.append(LiveHip(hip, bone, lines[hip.side]))
                yield
        text = _("Wires are in the scene: drag their ends; what breaks a rule turns red.")
        if not any(hip.wires for hip in plan.hips):
            text = _("No plan could be made; the reason stands below.")
        if not self._panel.shows(volume):
            return of_other_image(volume, text)
        self._live = LivePlan(volume, plan, hips, lambda now: self._tell(volume, now))
        self._tell(volume, plan)
        return text

    def _tell(self, volume: Any, plan: DrillingPlan) -> None:
        """What the plan says, as it stands now."""
        from ...scene.drilling.plan import TABLE_ROLE
        from ...scene.images.ownership import find_node

        self._ui.drillView.setMRMLTableNode(find_node("vtkMRMLTableNode", TABLE_ROLE, volume))
        lines = []
        for hip in plan.hips:
            said = sentence(hip.withheld or hip.statement)
            broken = dict.fromkeys(sentence(check.reason) for check in hip.checks if not check.kept)
            lines.append(f"<b>{hip.side}</b>: {said}")
            lines += [f'<span style="color:#c00000">{reason}</span>' for reason in broken]
            lines += [f"<i>{sentence(warning)}</i>" for warning in hip.warnings]
        self._ui.drillLabel.text = "<br>".join([*lines, sentence(plan.disclaimer)])
        self._ui.drillUndoButton.enabled = self._live is not None and self._live.can_undo
