"""The group "Robustness" of ONFHExtract: which features survive another position and another outline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from slicer.i18n import tr as _

from ...run import PanelJob, run_check
from ...texts import of_other_image

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ....scene.transaction import Steps
    from ...protocols import ModulePanel, RobustnessWidgets


class RobustnessPanel:
    """Runs in the worker; its button cancels it.

    Args:
        ui: widgets of the group.
        panel: the module's widget, with the chosen volume, segmentation, preset and engine.
        on_table: told the table of features, which then has the columns of robustness.
    """

    def __init__(self, ui: RobustnessWidgets, panel: ModulePanel, on_table: Callable[[Any], None]) -> None:
        self._ui, self._panel, self._on_table = ui, panel, on_table
        self._usual = ui.perturbationsSpinBox.value
        self.job = PanelJob(ui.robustnessButton, ui.robustnessProgressBar, ui.robustnessStatusLabel)
        ui.robustnessButton.connect("clicked()", self.on_test)
        ui.robustnessGroup.connect("contentsCollapsed(bool)", self.on_collapsed)

    def on_collapsed(self, _collapsed: bool) -> None:
        """The bar is there while hips are perturbed, also after the group was opened."""
        self._ui.robustnessProgressBar.visible = self.job.running

    def forget_case(self) -> None:
        """The patient's scene is closed."""
        self.job.cancel()
        self._ui.perturbationsSpinBox.value = self._usual

    def update(self) -> None:
        """Follow the chosen nodes."""
        parameters, button = self._panel.parameters, self._ui.robustnessButton
        ready = None not in (parameters.volume, parameters.segmentation)
        button.enabled = ready or self.job.running
        button.toolTip = (
            _("Extract again from turned, moved and redrawn hips; press again to cancel.")
            if ready
            else _("Choose an MRI or a radiograph, and a segmentation with a femoral head.")
        )

    def on_test(self) -> None:
        if not self.job.running and not run_check(self.job, _("Checking packages ..."), self._check):
            return
        parameters, logic = self._panel.parameters, self._panel.logic
        volume, segmentation = parameters.volume, parameters.segmentation
        options = {
            "preset": parameters.preset,
            "engine": parameters.engine or None,
            "perturbations": int(self._ui.perturbationsSpinBox.value),
        }
        self.job.toggle(
            _("Perturbing ..."),
            "feature_robustness",
            lambda folder: {**logic.images(volume, segmentation, folder), **options},
            lambda result: self._show(volume, result),
            nodes=[volume, segmentation],
        )

    def _check(self, _progress: Any) -> str:
        from ...packages import ensure_packages

        ensure_packages("robustness")
        return ""

    def _show(self, volume: Any, result: Mapping[str, Any]) -> Steps[str]:
        from ....scene.results.robustness import robustness_in_steps

        table = yield from robustness_in_steps(volume, result)
        yield
        if self._panel.shows(volume):
            self._on_table(table)
        count = len(result["robustness"]["icc"])
        if len(result["radiomics"]) > 1:
            text = _(
                "{stable} of {count} features reach ICC(1,1) {least}; the box above the table filters by it."
            )
        else:
            text = _(
                "{count} features; with one hip there is no ICC, but click a feature to see how far it varies."
            )
        failures = [
            _("Hip {side} failed: {reason}").format(side=side, reason=reason)
            for side, reason in result["failures"].items()
        ]
        told = text.format(
            stable=len(result["surviving"]), count=count, least=result["record"]["icc_threshold"]
        )
        text = " ".join([told, *failures])
        return text if self._panel.shows(volume) else of_other_image(volume, text)
