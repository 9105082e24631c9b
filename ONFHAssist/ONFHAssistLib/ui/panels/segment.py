"""Parts of the ONFHSegment panel: find and outline in the worker, measure with edges, compare readers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import slicer
import vtk
from slicer.i18n import tr as _

from ..run import PanelJob, run_check, run_step
from ..texts import of_other_image

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from ...scene.transaction import Steps
    from ..protocols import FindWidgets, MeasureWidgets, ModulePanel, ReaderWidgets

TASK = "run_case"


class FindPanel:
    """*Find and outline*: the worker finds both heads; its button cancels meanwhile.

    Args:
        ui: widgets ``findButton``, ``twiceCheckBox``, ``progressBar`` and ``statusLabel``.
        panel: the module's widget, with ``parameters``, ``logic`` and ``update_panel``.
    """

    def __init__(self, ui: FindWidgets, panel: ModulePanel) -> None:
        self._ui, self._panel = ui, panel
        self.job = PanelJob(ui.findButton, ui.progressBar, ui.statusLabel)
        ui.findButton.connect("clicked()", self.on_find)

    def update(self, is_radiograph: bool) -> None:
        """Follow the chosen volume."""
        button, volume = self._ui.findButton, self._panel.parameters.volume
        button.enabled = self.job.running or (volume is not None and not is_radiograph)
        if is_radiograph:
            button.toolTip = _("The networks know MRI only; use the circle tool on a radiograph.")
        elif volume is None:
            button.toolTip = _("Choose a hip MRI first.")
        else:
            button.toolTip = _("Find both femoral heads and outline them and any necrosis.")

    def forget_case(self) -> None:
        """The patient's scene is closed."""
        self.job.cancel()

    def on_find(self) -> None:
        if self.job.running or run_check(self._ui, _("Checking packages ..."), self._check_packages):
            parameters = self._panel.parameters
            volume, twice = parameters.volume, parameters.twice
            self.job.toggle(
                _("Looking for the femoral heads ..."),
                TASK,
                lambda folder: self._request(volume, twice, folder),
                lambda result: self._show(volume, result),
                needs_all=True,
                nodes=[volume],
            )

    def _check_packages(self, _progress: Any) -> str:
        from ..packages import ensure_packages

        ensure_packages("segment")
        return ""

    def _request(self, volume: Any, twice: bool, folder: Path) -> Mapping[str, Any]:
        from ...scene.exchange import case_of, run_arguments

        return run_arguments(case_of(volume, None), ("segment",), folder, {"twice": twice})

    def _show(self, volume: Any, answer: Mapping[str, Any]) -> Steps[str]:
        from ...case.result import CaseResult
        from ...scene.images.outlines_of import outlines_on
        from ...scene.results.case_result import keep_result
        from ...scene.results.found_heads import found_in_steps

        parameters, shown = self._panel.parameters, self._panel.shows(volume)
        chosen = parameters.segmentation if shown and parameters is not None else outlines_on(volume)
        result = CaseResult.from_json(answer["result"])
        node, heads, _warnings = yield from found_in_steps(volume, chosen, result)
        keep_result(volume, result)
        text = " ".join(_head_text(head) for head in heads) + _(" Please check the outlines.")
        if not self._panel.shows(volume):
            return of_other_image(volume, text)
        if parameters is not None:
            parameters.segmentation = node
        return text


class PointsWatch:
    """Tells when points are added to, moved in or taken from the chosen list, however it came into the scene.

    Args:
        on_change: called without arguments.
    """

    _EVENTS = ("PointAddedEvent", "PointRemovedEvent", "PointPositionDefinedEvent")

    def __init__(self, on_change: Callable[[], None]) -> None:
        self._on_change = on_change
        self._points: Any = None
        self._tags: list[int] = []

    def follow(self, points: Any) -> None:
        """Watch this list from now on, and no other; None for none."""
        if points is self._points:
            return
        for tag in self._tags:
            self._points.RemoveObserver(tag)
        self._points, self._tags = points, []
        if points is not None:
            events = (getattr(type(points), name) for name in self._EVENTS)
            self._tags = [points.AddObserver(event, lambda *_: self._on_change()) for event in events]

    def forget_case(self) -> None:
        """The patient's scene is closed."""
        self.follow(None)


class OutlineEditor:
    """Slicer's Segment Editor in the panel, set up so that a head stays whole.

    Segments may overlap in it, since the necrosis lies within the head: painting it takes nothing from the head, and
    erasing it, with whatever effect, leaves living head. Slicer's own default would cut holes.

    Args:
        editor: ``qMRMLSegmentEditorWidget``.
    """

    def __init__(self, editor: Any) -> None:
        self._editor = editor
        self._node: Any = None
        self._tag: int | None = None

    def show(self, segmentation: Any, volume: Any) -> None:
        """Edit this segmentation over this volume."""
        if self._node is None or self._node.GetScene() is None:
            self._node = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLSegmentEditorNode", "ONFH editor")
            self._node.SetOverwriteMode(self._node.OverwriteNone)
            self._tag = self._node.AddObserver(vtk.vtkCommand.ModifiedEvent, self._on_effect)
            self._editor.setMRMLSegmentEditorNode(self._node)
        self._editor.setSegmentationNode(segmentation)
        if segmentation is not None:  # else the editor logs an error
            self._editor.setSourceVolumeNode(volume)

    def _on_effect(self, node: Any, _event: str) -> None:
        """Outlines that were made elsewhere are made fit for it, before the first change of theirs."""
        from ...scene.segmentations import make_heads_whole

        if node.GetActiveEffectName():
            make_heads_whole(node.GetSegmentationNode())

    def forget_case(self) -> None:
        """The patient's scene is closed; as Slicer's own editor, it would keep his outlines."""
        if self._node is not None and self._tag is not None:
            self._node.RemoveObserver(self._tag)
        self._editor.setSegmentationNode(None)
        self._node = self._tag = None


def _head_text(head: Any) -> str:
    text = _("Femoral head {side}: {head:.1f} ml").format(side=head.side, head=head.head_ml)
    if head.necrosis_ml > 0:
        text += _(", necrosis {necrosis:.1f} ml ({share:.0f}%)").format(
            necrosis=head.necrosis_ml, share=100 * head.necrosis_ml / head.head_ml
        )
    return text + "."


class MeasurePanel:
    """*Measure*, and the acetabular edges that it needs.

    Args:
        ui: widgets ``measureButton``, ``edgeRButton``, ``edgeLButton``, ``findingsLabel``, ``measurementsView``.
        panel: the module's widget.
    """

    def __init__(self, ui: MeasureWidgets, panel: ModulePanel) -> None:
        self._ui, self._panel = ui, panel
        self.job = PanelJob(ui.measureButton, ui.progressBar, ui.statusLabel)
        ui.measureButton.connect("clicked()", self.on_measure)
        ui.edgeRButton.connect("clicked()", lambda: self.on_edge("R"))
        ui.edgeLButton.connect("clicked()", lambda: self.on_edge("L"))

    def update(self, is_radiograph: bool) -> None:
        """Follow the chosen nodes."""
        ui, parameters = self._ui, self._panel.parameters
        ready = not is_radiograph and None not in (parameters.volume, parameters.segmentation)
        ready = ready or self.job.running
        for button in (ui.measureButton, ui.edgeRButton, ui.edgeLButton):
            button.enabled = ready
        if is_radiograph:
            ui.measureButton.toolTip = _(
                "A radiograph has no volumes and no arcs; measure the MRI, and go on to Extract with the radiograph."
            )
        elif ready:
            ui.measureButton.toolTip = _("Volumes, arcs, combined angle, JIC type and depth of each hip.")
        else:
            ui.measureButton.toolTip = _("Choose an MRI and a segmentation with a femoral head.")

    def forget_case(self) -> None:
        """The patient's scene is closed."""
        self.job.cancel()

    def on_edge(self, side: str) -> None:
        self._panel.logic.start_edge(self._panel.parameters.volume, side)
        self._ui.statusLabel.text = _(
            "Click on the lateral end of the acetabular roof {side}, on the coronal slice through the head's centre; "
            "then measure."
        ).format(side=side)

    def on_measure(self) -> None:
        parameters = self._panel.parameters
        volume, segmentation = parameters.volume, parameters.segmentation
        options = {"sagittal": parameters.sagittal, "find_edges": parameters.findEdges}
        self.job.toggle(
            _("Measuring ..."),
            TASK,
            lambda folder: self._request(volume, segmentation, folder, options),
            lambda result: self._show(volume, segmentation, result),
            nodes=[volume, segmentation],
        )

    @staticmethod
    def _request(volume: Any, segmentation: Any, folder: Path, settings: dict[str, Any]) -> dict[str, Any]:
        from ...scene.exchange import case_of, run_arguments
        from ...scene.results.case_result import known_text

        case, known = case_of(volume, segmentation), known_text(volume)
        return run_arguments(case, ("measure",), folder, settings, known)

    def _show(self, volume: Any, segmentation: Any, answer: Mapping[str, Any]) -> Steps[str]:
        from ...case.result import MEASURE, CaseResult
        from ...scene.results.case_result import keep_result
        from ...scene.results.measurements import findings_in_steps
        from ...scene.results.warnings import said_of_hips
        from ...scene.segmentations import left_out

        result = CaseResult.from_json(answer["result"])
        hips = [hip.findings for hip in result.hips if hip.findings is not None]
        table = yield from findings_in_steps(volume, segmentation, hips, result.hip_outlines)
        keep_result(volume, result, remarks={MEASURE: left_out(segmentation)})
        if not self._panel.shows(volume):
            return of_other_image(volume, _("Measured; table and angles are in the scene."))
        self._ui.measurementsView.setMRMLTableNode(table)
        notes = said_of_hips({hip.measurement.side: hip.notes for hip in hips})
        self._ui.findingsLabel.text = "<br>".join(
            [*(_hip_text(hip) for hip in hips), *(f"<i>{note}</i>" for note in notes)]
        )
        return _("Measured; table and angles are in the scene.")


def _hip_text(hip: Any) -> str:
    m = hip.measurement
    parts = []
    if m.necrosis_ml > 0:
        parts.append(
            _("combined angle {angle:.0f}\u00b0 (A {a:.0f}\u00b0, B {b:.0f}\u00b0 {plane})").format(
                angle=m.combined_necrotic_angle, a=m.arc_a, b=m.arc_b, plane=m.arc_b_plane
            )
        )
        parts.append(
            _("{share:.0f}% of the head, {extent}").format(share=100 * m.necrotic_share, extent=m.steinberg)
        )
        if m.jic_type:
            edge = _("edge marked") if hip.edge_source == "marked" else _("edge found, please check")
            parts.append(_("JIC {type} ({edge})").format(type=m.jic_type, edge=edge))
        parts.append(_("{depth:.0f} mm deep").format(depth=m.depth_mm))
    else:
        parts.append(_("no necrosis outlined"))
    if hip.oedema is not None:
        found = (
            _("marrow oedema suggested, {share:.0f}% of head and near neck").format(
                share=100 * hip.oedema.extent
            )
            if hip.oedema.suggested
            else _("no marrow oedema seen")
        )
        if hip.oedema.contrast == "T1":
            found += _(" on T1, which shows it less well than a fat-suppressed series")
        parts.append(found)
    return f"<b>{m.side}</b>: " + "; ".join(parts) + "."


class ReadersPanel:
    """*Compare readers*: agreement with a second segmentation, consensus, confirmation.

    Args:
        ui: widgets ``otherSelector``, ``compareButton``, ``consensusButton``, ``confirmButton``, ``confirmedLabel``,
            ``agreementView``.
        panel: the module's widget.
    """

    def __init__(self, ui: ReaderWidgets, panel: ModulePanel) -> None:
        self._ui, self._panel = ui, panel
        ui.compareButton.connect("clicked()", self.on_compare)
        ui.consensusButton.connect("clicked()", self.on_consensus)
        ui.confirmButton.connect("clicked()", self.on_confirm)

    def update(self, is_radiograph: bool) -> None:
        """Follow the chosen nodes."""
        from ...scene.results.readers import confirmation_of

        ui, parameters = self._ui, self._panel.parameters
        chosen, other = parameters.segmentation, parameters.other
        both = None not in (parameters.volume, chosen, other) and chosen is not other and not is_radiograph
        for button in (ui.compareButton, ui.consensusButton):
            button.enabled = both
        ui.confirmButton.enabled = chosen is not None and bool(parameters.reader.strip())
        ui.confirmButton.toolTip = (
            _("Record that {reader} confirms the segmentation chosen at the top, and when.").format(
                reader=parameters.reader.strip()
            )
            if ui.confirmButton.enabled
            else _("Choose a segmentation and enter your name as reader at the top.")
        )
        confirmed = confirmation_of(chosen)
        ui.confirmedLabel.text = (
            _("Confirmed by {by}, {at}.").format(by=confirmed["by"], at=confirmed["at"].replace("T", " "))
            if confirmed
            else _("Not confirmed yet.")
        )

    def on_compare(self) -> None:
        run_step(self._ui, _("Comparing ..."), self._compare)

    def _compare(self, _progress: Any) -> str:
        parameters = self._panel.parameters
        table, result = self._panel.logic.compare(
            parameters.volume, parameters.segmentation, parameters.other
        )
        self._ui.agreementView.setMRMLTableNode(table)
        return " ".join(
            _("{structure}: Dice {dice:.2f}.").format(structure=part.structure, dice=part.dice)
            for part in result.structures
        )

    def on_consensus(self) -> None:
        run_step(self._ui, _("Making the consensus ..."), self._consensus)
        self._panel.update_panel()

    def _consensus(self, _progress: Any) -> str:
        parameters = self._panel.parameters
        node = self._panel.logic.consensus(
            parameters.volume, [parameters.segmentation, parameters.other], "staple"
        )
        return _("The consensus is '{name}'; choose it at the top to correct, measure or confirm it.").format(
            name=node.GetName()
        )

    def on_confirm(self) -> None:
        parameters = self._panel.parameters

        def work(_progress: Any) -> str:
            self._panel.logic.confirm(parameters.segmentation, parameters.reader)
            return _("Confirmed.")

        run_step(self._ui, _("Confirming ..."), work)
        self._panel.update_panel()
