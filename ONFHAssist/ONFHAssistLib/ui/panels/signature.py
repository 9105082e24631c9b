"""Signatures of a hip from its radiograph, without leaving ONFHSurvival: radiomics and deep features in the worker."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import slicer
from slicer.i18n import tr as _

from ...core.language import sentence
from ..run import PanelJob, run_check

if TYPE_CHECKING:
    from slicer import vtkMRMLScalarVolumeNode, vtkMRMLSegmentationNode

    from ..protocols import SignatureWidgets

PRESET = "dlrc-xray"


class SignaturePanel:
    """Radiograph chosen -> the features that a DLRC model asks for, as tables of the scene.

    Args:
        ui: widgets ``radiographSelector``, ``signaturesButton``, ``signaturesProgressBar``, ``signaturesStatusLabel``.
        on_features: called when the tables are there.
    """

    def __init__(self, ui: SignatureWidgets, on_features: Callable[[], None]) -> None:
        self._ui, self._on_features = ui, on_features
        self.job = PanelJob(ui.signaturesButton, ui.signaturesProgressBar, ui.signaturesStatusLabel)
        ui.radiographSelector.connect("currentNodeChanged(vtkMRMLNode*)", lambda _node: self.update())
        ui.signaturesButton.connect("clicked()", self.on_compute)
        ui.radiographGroup.connect("contentsCollapsed(bool)", self.on_collapsed)
        self.update()

    def forget_case(self) -> None:
        """The patient's scene is closed."""
        self.job.cancel()

    def update(self) -> None:
        """Say in the button's tool tip what is missing."""
        from ...scene.results.radiographs import is_radiograph_volume

        volume = self._ui.radiographSelector.currentNode()
        if volume is None:
            reason = _("Choose a radiograph.")
        elif not is_radiograph_volume(volume):
            reason = _("This volume is no radiograph (DX, CR); ONFHSegment can declare a single slice one.")
        elif outlines_of(volume) is None:
            reason = _("Outline the femoral heads on it first: ONFHSegment, circle tool.")
        else:
            reason = ""
        self._ui.signaturesButton.enabled = not reason or self.job.running
        self._ui.signaturesButton.toolTip = reason or _(
            "Radiomics and deep features of both outlined heads; a DLRC model takes its signatures from them."
        )

    def on_collapsed(self, _collapsed: bool) -> None:
        """The bar is there while features are extracted, also after the group was opened."""
        self._ui.signaturesProgressBar.visible = self.job.running

    def on_compute(self) -> None:
        from ...scene.exchange import case_of, run_arguments

        volume = self._ui.radiographSelector.currentNode()
        outlines = None if self.job.running else outlines_of(volume)
        if self.job.running or run_check(self.job, _("Checking packages ..."), self._check):
            self.job.toggle(
                _("Extracting features of the radiograph ..."),
                "run_case",
                lambda folder: run_arguments(
                    case_of(volume, outlines), ("extract",), Path(folder), {"preset": PRESET}
                ),
                lambda result: self._show(volume, result),
                nodes=[volume, outlines],
            )

    def _check(self, _progress: Any) -> str:
        from ..packages import ensure_packages

        ensure_packages("deep")
        return ""

    def _show(self, volume: vtkMRMLScalarVolumeNode, result: Mapping[str, Any]) -> str:
        from ...case.result import EXTRACT, CaseResult
        from ...scene.results.features_and_prediction import deep_to_scene, radiomics_to_scene

        hips = CaseResult.from_json(result["result"]).hips
        radiomics = {hip.side: hip.radiomics for hip in hips if hip.radiomics is not None}
        radiomics_to_scene(volume, radiomics)
        deep_to_scene(volume, {hip.side: hip.deep for hip in hips if hip.deep is not None})
        self._on_features()
        failures = [
            _("Hip {side} failed: {reason}").format(side=hip.side, reason=sentence(hip.failures[EXTRACT]))
            for hip in hips
            if EXTRACT in hip.failures
        ]
        return " ".join(
            [
                _("Features of hip {sides} are in the scene.").format(sides=_(" and ").join(radiomics)),
                *failures,
            ]
        )


def outlines_of(volume: vtkMRMLScalarVolumeNode) -> vtkMRMLSegmentationNode | None:
    """The segmentation with a femoral head that was made on ``volume``, or None."""
    from ...scene.images.outlines_of import made_on
    from ...scene.segmentations import has_head

    nodes = slicer.util.getNodesByClass("vtkMRMLSegmentationNode")
    return next((node for node in nodes if made_on(node) is volume and has_head(node)), None)
