"""The group "SlicerRadiomics" of ONFHExtract: the same features by that extension, where it is installed."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import slicer
from slicer.i18n import tr as _

from ....core.errors import InputError
from ....scene.exchange import case_images
from ....scene.results import slicer_radiomics as scene
from ....scene.transaction import one_change, remove_nodes
from ...run import NodesWatch, report_failure, run_check
from ...temporary_folders import temporary_folder

if TYPE_CHECKING:
    from ....extract.presets import Preset
    from ...protocols import ModulePanel, SlicerRadiomicsWidgets


def how_to_get() -> str:
    """Where the extension comes from."""
    return _(
        "SlicerRadiomics is not installed: choose View > Extensions Manager in Slicer's menu, install 'SlicerRadiomics', "
        "and restart Slicer."
    )


class SlicerRadiomicsPanel:
    """Runs the extension's command-line module hip by hip, in Slicer's own background; its button cancels it.

    Args:
        ui: widgets of the group.
        panel: the module's widget, with the chosen volume, segmentation and preset.
    """

    def __init__(self, ui: SlicerRadiomicsWidgets, panel: ModulePanel) -> None:
        self._ui, self._panel = ui, panel
        self._label = ui.slicerRadiomicsButton.text
        self._work: _Work | None = None
        ui.slicerRadiomicsButton.connect("clicked()", self.on_compare)
        ui.slicerRadiomicsOpenButton.connect("clicked()", self.on_open)

    @property
    def running(self) -> bool:
        """Whether the extension is at work."""
        return self._work is not None

    @property
    def statusLabel(self) -> Any:
        """As :func:`..run.run_check` knows it."""
        return self._ui.slicerRadiomicsStatusLabel

    def forget_case(self) -> None:
        """The patient's scene is closed."""
        self._end("")

    def update(self) -> None:
        """Follow the chosen nodes."""
        parameters, ui = self._panel.parameters, self._ui
        ready = None not in (parameters.volume, parameters.segmentation)
        there = scene.command_line_module() is not None
        ui.slicerRadiomicsButton.enabled = (ready or not there) or self.running
        ui.slicerRadiomicsOpenButton.enabled = ready or not scene.has_panel()
        tip = _("Choose an MRI or a radiograph, and a segmentation with a femoral head.")
        ui.slicerRadiomicsButton.toolTip = (
            (_("The same hips and preset by that extension, beside ours.") if ready else tip)
            if there
            else how_to_get()
        )
        ui.slicerRadiomicsOpenButton.toolTip = (
            (_("Open that module with this image, segmentation and preset chosen.") if ready else tip)
            if scene.has_panel()
            else how_to_get()
        )

    def on_open(self) -> None:
        """Open the extension's own panel, or say where to get it."""
        if not scene.has_panel():
            self.statusLabel.text = how_to_get()
            return
        parameters = self._panel.parameters
        try:
            path = self._preset().path
            scene.open_with(parameters.volume, parameters.segmentation, Path(str(path)))
        except InputError as error:
            report_failure(self, error)

    def on_compare(self) -> None:
        """Start the extension, or cancel it."""
        if self.running:
            self._end(_("Cancelled; the scene is as it was."))
            return
        module = scene.command_line_module()
        if module is None:
            self.statusLabel.text = how_to_get()
            return
        if not run_check(self, _("Checking packages ..."), self._check):
            return
        parameters = self._panel.parameters
        try:
            self._work = _Work(module, parameters.volume, parameters.segmentation, self._preset(), self._told)
            self._ui.slicerRadiomicsButton.text = _("Cancel")
            self._work.next_side()
        except Exception as error:  # noqa: BLE001 - whatever it is, the panel says it
            self._end("")
            report_failure(self, error)

    def _preset(self) -> Preset:
        from ....extract.presets import load_preset

        return load_preset(self._panel.parameters.preset)

    def _check(self, _progress: Any) -> str:
        from ...packages import ensure_packages

        ensure_packages("extract")
        return ""

    def _told(self, text: str, error: Exception | None = None) -> None:
        """What the work says; "" when it has ended."""
        if text:
            self.statusLabel.text = text
            return
        work = self._work
        if error is not None or work is None:
            self._end("")
            if error is not None:
                report_failure(self, error)
            return
        try:
            with one_change():
                said = work.to_scene()
        except Exception as failure:  # noqa: BLE001 - whatever it is, the panel says it
            self._end("")
            report_failure(self, failure)
        else:
            self._end(said)

    def _end(self, text: str) -> None:
        work, self._work = self._work, None
        if work is not None:
            work.close()
            self._ui.slicerRadiomicsButton.text = self._label
            self.statusLabel.text = text


class _Work:
    """One comparison: a run of the command-line module a hip.

    Args:
        module: the command-line module.
        tell: told a sentence while it runs, and "" at the end, with the error where there is one.

    Raises:
        InputError: our own features of these outlines are not there, or the inputs are no case.
    """

    def __init__(self, module: Any, volume: Any, segmentation: Any, preset: Preset, tell: Any) -> None:
        from ....extract.slicer_radiomics import write_parameter_file

        self._module, self._volume, self._segmentation = module, volume, segmentation
        self._preset, self._tell = preset, tell
        self._node: Any = None
        self._tag: int | None = None
        self._rows: dict[str, dict[str, str]] = {}
        self._ours = scene.our_features(volume, segmentation, preset)
        self._folder = temporary_folder("job")
        try:
            self._file = write_parameter_file(preset, Path(self._folder.name))
            self._handed = scene.hand_over(*case_images(volume, segmentation))
        except BaseException:
            self._folder.cleanup()
            raise
        self._left = list(self._handed.regions)
        self._watch = NodesWatch([volume, segmentation], lambda text: self._tell("", InputError(text)))

    def next_side(self) -> None:
        """Start the next hip, or say that all are done."""
        if not self._left:
            self._tell("")
            return
        self._side = self._left.pop(0)
        self._tell(_("SlicerRadiomics is at work on hip {side} ...").format(side=self._side))
        parameters = self._handed.parameters(self._side, self._file)
        self._node = slicer.cli.run(self._module, self._node, parameters, update_display=False)
        if self._tag is None:
            self._tag = self._node.AddObserver("ModifiedEvent", self._on_modified)
        self._on_modified(self._node, "ModifiedEvent")

    def _on_modified(self, node: Any, _event: str) -> None:
        if self._side in self._rows or node.IsBusy() or not node.GetStatus() & node.Completed:
            return
        if node.GetStatus() & node.ErrorsMask:
            self._tell("", InputError(_failed(node)))
            return
        try:
            self._rows[self._side] = self._handed.row()
            self.next_side()
        except Exception as error:  # noqa: BLE001 - an observer's exception would be lost
            self._tell("", error)

    def to_scene(self) -> str:
        """The table; returns what it says."""
        volume, segmentation = self._volume, self._segmentation
        return scene.comparison_to_scene(volume, segmentation, self._preset, self._ours, self._rows)[1]

    def close(self) -> None:
        """End what runs, and take away what it was handed."""
        self._watch.end()
        if self._node is not None:
            self._node.RemoveObserver(self._tag)
            if self._node.IsBusy():
                self._node.Cancel()
        remove_nodes([*self._handed.nodes(), self._node])
        with suppress(
            OSError
        ):  # on Windows a process that was just ended may hold it; the next session sweeps it
            self._folder.cleanup()


def _failed(node: Any) -> str:
    """Why the extension failed: the last line that it said."""
    lines = [line.strip() for line in node.GetErrorText().splitlines() if line.strip()]
    return _("SlicerRadiomics failed: {reason}").format(
        reason=lines[-1] if lines else _("it gave no reason.")
    )
