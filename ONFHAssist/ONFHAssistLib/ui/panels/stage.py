"""First half of ONFHPredict: both hips staged, heat over the slices, in 3D and in a table; the scope comes first."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from slicer.i18n import tr as _

from ...bundles.defaults import default_stager
from ...core import language
from ...stage.answer import I_OR_II
from ..run import PanelJob, run_check
from ..texts import of_other_image
from .model_banner import ModelBanner

if TYPE_CHECKING:
    from ...case.result import HipResult
    from ...scene.transaction import Steps
    from ..protocols import ChosenCase, StageWidgets

FLAG = "background: #fdecea; color: #8a1c12; border: 1px solid #c0392b; padding: 4px;"


class StagePanel:
    """The group "Stage" of the panel.

    Args:
        ui: widgets of the panel; those of this group start with ``stage``.
        chosen: gives the volume and the segmentation that the panel has chosen (either may be None).
    """

    def __init__(self, ui: StageWidgets, chosen: ChosenCase) -> None:
        self.ui, self.chosen = ui, chosen
        self.nodes: dict[str, Any] | None = None  # of the staging that is shown
        self.volume: Any = None
        self.job = PanelJob(ui.stageButton, ui.stageProgressBar, ui.stageStatusLabel)
        ui.stageFlagLabel.styleSheet = FLAG
        ui.stageFlagLabel.visible = False
        self.banner = ModelBanner(ui.stageBannerLabel)
        self.banner.show(default_stager())
        self._show_controls(False)
        ui.stageButton.connect("clicked()", self.on_stage)
        ui.stageHeatCombo.connect("currentIndexChanged(int)", self.on_heat)
        ui.stageThresholdSlider.connect("valueChanged(double)", self.on_threshold)
        ui.stageLegendCheckBox.connect("toggled(bool)", self.on_heat)
        ui.stage3dButton.connect("clicked()", self.on_3d)

    def forget_case(self) -> None:
        """The patient's scene is closed: his heat goes, and its threshold, which might hide the heat of the next."""
        self.job.cancel()
        self.turn_away()

    def turn_away(self) -> None:
        """Another image is chosen."""
        from ...scene.results.heatmaps import SHOWN_FROM

        self.nodes = self.volume = None
        self._show_controls(False)
        self.ui.stageFlagLabel.visible = False
        self.ui.stageHeatCombo.clear()
        self.ui.stageThresholdSlider.value = SHOWN_FROM
        self.ui.stageLegendCheckBox.checked = True

    def update(self) -> None:
        """Enable what can be done now; forget nodes that the scene no longer has."""
        from ...scene.results.radiographs import why_no_mri

        volume, segmentation = self.chosen()
        why = why_no_mri(volume)
        self.ui.stageButton.enabled = volume is not None and not why
        if volume is None or why:
            tip = why or _("Choose an MRI.")
        elif segmentation is None:
            tip = _("Find both femoral heads, stage them and show what the stage rests on.")
        else:
            tip = _("Stage the outlined femoral heads and show what the stage rests on.")
        self.ui.stageButton.toolTip = tip
        held = [] if self.nodes is None else [self.nodes["table"], *self.nodes["heatmaps"].values()]
        if any(node.GetScene() is None for node in held):
            self.nodes = None
            self._show_controls(False)
            self.ui.stageFlagLabel.visible = False
            self.ui.stageAnswerLabel.text = ""
        if self.nodes is None and volume is not None:
            self._take_known(volume)

    def _take_known(self, volume: Any) -> None:
        """The heat that *Run all*, or a saved scene, brought; the slices stay as they are."""
        from ...scene.results.heatmaps import BOTH, known_staging

        self.nodes, self.volume = known_staging(volume), volume
        if self.nodes is not None:
            self._fill_heat(BOTH, shown=None)
            self._show_threshold()
            self._show_controls(bool(self.nodes["heatmaps"]))

    def _show_threshold(self) -> None:
        """That of the heat over the slices; where none is, of the first that can be chosen."""
        node = self._node() or next(iter(self._heatmaps().values()))
        slider = self.ui.stageThresholdSlider
        slider.blockSignals(True)
        slider.value = node.GetDisplayNode().GetLowerThreshold()
        slider.blockSignals(False)

    def on_stage(self) -> None:
        """Start in the worker, or cancel."""
        if self.job.running or run_check(self.job, _("Checking packages ..."), _check_packages):
            volume, segmentation = self.chosen()
            self.job.toggle(
                _("Staging ..."),
                "run_case",
                lambda folder: request(volume, segmentation, folder),
                lambda value: self.show_in_steps(volume, value),
                needs_all=True,
                nodes=[volume, segmentation],
            )

    def show(self, volume: Any, result: Mapping[str, Any]) -> str:
        """:meth:`show_in_steps`, all at once."""
        from ...scene.transaction import run_all_steps

        return run_all_steps(self.show_in_steps(volume, result))

    def show_in_steps(self, volume: Any, answer: Mapping[str, Any]) -> Steps[str]:
        """The answer into scene and panel; its value is the status line."""
        from ...case.result import STAGE, CaseResult
        from ...scene.results.case_result import keep_result
        from ...scene.results.heatmaps import BOTH, staging_in_steps

        result = CaseResult.from_json(answer["result"])
        step = result.steps[STAGE]
        nodes = yield from staging_in_steps(volume, result)
        keep_result(volume, result)
        yield
        staged = sum(hip.computed_stage is not None for hip in result.hips)
        words = _("one hip") if staged == 1 else _("{n} hips").format(n=staged)
        told = _("Staged {hips}; heatmaps, regions and table are in the scene.").format(hips=words)
        if self.chosen()[0] is not volume and self.chosen()[0] is not None:
            return of_other_image(volume, told)
        self.nodes, self.volume = nodes, volume
        flags = [*step.out_of_scope, *(hip.failures[STAGE] for hip in result.hips if STAGE in hip.failures)]
        self.ui.stageFlagLabel.text = "<br>".join(
            [_("<b>Out of scope: no stage is given.</b>"), *map(language.sentence, flags)]
            if step.out_of_scope
            else [*map(language.sentence, flags)]
        )
        self.ui.stageFlagLabel.visible = bool(flags)
        warnings = [language.sentence(w) for w in step.warnings if w not in flags]
        if step.out_of_scope:
            lines = [_("No answer.")]
        else:
            lines = [sentence(hip) for hip in result.hips if hip.stage is not None]
        self.ui.stageAnswerLabel.text = "<br>".join([*lines, *warnings, _("It is not a diagnosis.")])
        self.ui.stageAnswerLabel.toolTip = language.sentence(step.statement)
        self.ui.stageView.setMRMLTableNode(self.nodes["table"])
        self._fill_heat(BOTH, shown=not step.out_of_scope)
        self._show_controls(bool(self.nodes["heatmaps"]))
        return told

    def _fill_heat(self, both: str, shown: bool | None) -> None:
        """Offer the heatmaps; show the first, none, or (None) leave the slices and choose what they show."""
        combo = self.ui.stageHeatCombo
        combo.blockSignals(True)
        combo.clear()
        for key in (both, "R", "L"):
            if key in self._heatmaps():
                combo.addItem(_("Both hips") if key == both else _("Hip {side}").format(side=key), key)
        combo.addItem(_("None"), "")
        from ...scene.results.heatmaps import shown_heat

        keys = [combo.itemData(i) for i in range(combo.count)]
        now = shown_heat(self._heatmaps()) if shown is None else keys[0] if shown else ""
        combo.currentIndex = keys.index(now)
        combo.blockSignals(False)
        if shown is not None:
            self.on_heat(None)

    def _show_controls(self, shown: bool) -> None:
        for name in ("stageHeatCombo", "stageThresholdSlider", "stageLegendCheckBox", "stage3dButton"):
            getattr(self.ui, name).enabled = shown

    def _heatmaps(self) -> dict[str, Any]:
        """Those of the staging that is shown: "both" and sides to volumes."""
        return {} if self.nodes is None else self.nodes["heatmaps"]

    def _node(self) -> Any:
        combo = self.ui.stageHeatCombo
        return self._heatmaps().get(combo.itemData(combo.currentIndex))

    def on_heat(self, _value: Any) -> None:
        """Show the chosen heatmap over the slices."""
        from ...scene.results.heatmaps import show_heat

        if self.nodes is not None and self.volume.GetScene() is not None:
            show_heat(self.volume, self._node(), self.ui.stageLegendCheckBox.checked)
            self.on_threshold(self.ui.stageThresholdSlider.value)

    def on_threshold(self, value: float) -> None:
        """Show heat from here on."""
        from ...scene.results.heatmaps import set_threshold

        node = self._node()
        if node is not None and node.GetScene() is not None:
            set_threshold(node, value)

    def on_3d(self) -> None:
        """Regions and outlined heads in the 3D view."""
        from ...scene.results.heatmaps import show_3d

        if self.nodes is not None:
            show_3d(self.nodes["regions"], self.chosen()[1])


def _check_packages(_progress: Any) -> str:
    from ..packages import ensure_packages

    ensure_packages("stage")
    return ""


def request(volume: Any, segmentation: Any, folder: Path) -> dict[str, Any]:
    """Arguments of the worker's task; without a segmentation the heads are found."""
    from ...scene.exchange import case_of, run_arguments

    return run_arguments(case_of(volume, segmentation), ("stage",), folder, {"stager": default_stager()})


def sentence(hip: HipResult) -> str:
    """ "Right: stage II (83%, spread 4%); region of 3.2 ml"."""
    from ...scene.words import side_name
    from ..texts import percent

    result = hip.stage
    assert result is not None
    text = f"<b>{side_name(hip.side)}: {_('stage')} {result.stage}</b> ("
    text += f"{percent(result.probability)}"
    if result.uncertainty is not None:
        text += f", {_('spread')} {percent(result.uncertainty)}"
    text += ")"
    if result.stage == I_OR_II:
        text += "; " + _("MRI alone does not tell the two apart")
    if result.heat is not None and result.heat.volume_ml > 0:
        text += "; " + _("heat of 0.5 or more in {ml} ml").format(ml=f"{result.heat.volume_ml:.1f}")
    return text
