"""What the five module widgets share: the panel from its .ui file, the parameter node, the scene's life."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import slicer
from slicer.ScriptedLoadableModule import ScriptedLoadableModuleWidget
from slicer.util import VTKObservationMixin

if TYPE_CHECKING:
    from .protocols import CasePart

# Texts on one case, which must not stay for the next patient.
_CASE_TEXTS = (
    *("statusLabel", "notesLabel", "warningsLabel", "findingsLabel", "answerLabel", "mapStatusLabel"),
    *("stageAnswerLabel", "stageFlagLabel", "stageStatusLabel", "signaturesStatusLabel"),
)
# Views of results, whose digits are those of the measurement; and whose table some of them show.
_READABLE = ("measurementsView", "predictionView", "stageView", "contributionView", "survivalView")
_TABLES = {"measurementsView": "measurements", "predictionView": "prediction", "stageView": "stage"}


class ModuleWidget(ScriptedLoadableModuleWidget, VTKObservationMixin):
    """Base of the module widgets.

    A module gives ``logic_class`` and ``parameters_class``, and fills :meth:`connect_signals` and
    :meth:`update_panel`.

    Attributes:
        case_parts: the parts of the panel that keep something of the patient; :meth:`connect_signals` fills it, and each
            is told when the scene is closed.
        fit: keeps the panel as wide as the others, its texts whole, and an answer in view.
    """

    logic_class: type
    parameters_class: type

    def __init__(self, parent: Any = None) -> None:
        ScriptedLoadableModuleWidget.__init__(self, parent)
        VTKObservationMixin.__init__(self)
        self.logic: Any = None
        self.parameters: Any = None
        self.ui: Any = None
        self._gui_tag: Any = None
        self._gui_observers: list[int] = []
        self._sequence: Any = None
        self._readable: list[Any] = []
        self.case_parts: list[CasePart] = []
        self.fit: Any = None
        self._entered = True  # a panel that was left follows the scene again when it is opened

    def setup(self) -> None:
        from ..scene.readable import ReadableTable
        from .fitting import PanelFit
        from .panels.own_models import apply_setting
        from .texts import research_banner

        ScriptedLoadableModuleWidget.setup(self)
        apply_setting()
        panel = slicer.util.loadUI(self.resourcePath(f"UI/{self.moduleName}.ui"))
        self.layout.addWidget(panel)
        self.ui = slicer.util.childWidgetVariables(panel)
        self.ui.researchBanner.text = research_banner()
        self._readable = [ReadableTable(getattr(self.ui, n)) for n in _READABLE if hasattr(self.ui, n)]
        panel.setMRMLScene(slicer.mrmlScene)
        self.logic = self.logic_class()
        self.addObserver(slicer.mrmlScene, slicer.mrmlScene.StartCloseEvent, self.on_scene_start_close)
        self.addObserver(slicer.mrmlScene, slicer.mrmlScene.EndCloseEvent, self.on_scene_end_close)
        self.addObserver(slicer.mrmlScene, slicer.mrmlScene.EndImportEvent, self.on_scene_end_import)
        self.fill_choices()
        self.connect_signals()
        if hasattr(self.ui, "sequenceCombo"):
            from .panels.sequence_choice import SequenceChoice

            self._sequence = SequenceChoice(self.ui, lambda: self.parameters and self.parameters.volume)
        self.connect_parameters()
        self.fit = PanelFit(panel)

    def cleanup(self) -> None:
        if self.fit is not None:
            self.fit.stop()
        self.disconnect_parameters()
        self.removeObservers()

    def enter(self) -> None:
        self._entered = True
        self.connect_parameters()
        self.fit.start()
        self.show_answer()

    def exit(self) -> None:
        self._entered = False
        self.fit.stop()
        self.disconnect_parameters()

    def on_scene_start_close(self, _caller: Any, _event: str) -> None:
        for part in self.case_parts:  # jobs of the panel end, tables and settings of the case go
            part.forget_case()
        self.disconnect_parameters()

    def on_scene_end_close(self, _caller: Any, _event: str) -> None:
        self.forget_case()
        if self._entered:
            self.connect_parameters()

    def on_scene_end_import(self, _caller: Any, _event: str) -> None:
        from ..scene.tables import restore_precision

        for node in slicer.util.getNodesByClass("vtkMRMLTableNode"):
            restore_precision(node)
        if self._entered:
            self.connect_parameters()

    def forget_case(self) -> None:
        """Tables and texts of a patient whose scene was closed; a Qt view would keep showing them."""
        for name in _CASE_TEXTS:
            label = getattr(self.ui, name, None)
            if label is not None:
                label.text = label.toolTip = ""
        for widget in vars(self.ui).values():
            if hasattr(widget, "mrmlTableNode"):
                widget.setMRMLTableNode(None)
        if hasattr(self.ui, "sideCombo") and self.ui.sideCombo.count:
            self.ui.sideCombo.currentIndex = 0

    def connect_parameters(self) -> None:
        """Bind the panel to the scene's parameter node; a scene without one gets one."""
        self.disconnect_parameters()
        self.parameters = self.parameters_class(self.logic.getParameterNode())
        self.choose_volume()
        self._choose_outlines()
        self._connect_gui()
        node = self.parameters.parameterNode
        self.addObserver(node, "ModifiedEvent", self.on_parameters_modified)
        self._update()
        self._show_tables()

    def chosen_case(self) -> tuple[Any, Any]:
        """The volume and the segmentation of the panel; either may be None."""
        parameters = self.parameters
        return (None, None) if parameters is None else (parameters.volume, parameters.segmentation)

    def _connect_gui(self) -> None:
        """Bind the widgets to the parameter node, which lives as long as the application.

        Slicer before 5.12 observes the node for this and never ends it, so that each opening of a panel would leave a
        wrapper behind that reads all parameters at every change; hence the observers are noted.
        """
        node, tags = self.parameters.parameterNode, self._gui_observers

        def observe(event: Any, callback: Any, priority: float = 0.0) -> int:
            tags.append(node.AddObserver(event, callback, priority))
            return tags[-1]

        self.parameters.AddObserver = observe
        self._gui_tag = self.parameters.connectGui(self.ui)

    def choose_volume(self) -> None:
        """The first volume of the scene, where none is chosen; Slicer's own selector chooses none."""
        if self.parameters.volume is None:
            first = slicer.mrmlScene.GetFirstNodeByClass("vtkMRMLScalarVolumeNode")
            if first is not None and not first.IsA("vtkMRMLLabelMapVolumeNode"):
                self.parameters.volume = first

    def _choose_outlines(self) -> None:
        """Outlines of the chosen volume that another step made, where this panel has none yet."""
        if "segmentation" not in self.parameters_class.__annotations__ or self.parameters.volume is None:
            return
        if self.parameters.segmentation is None:
            from ..scene.case import outlines_on

            self.parameters.segmentation = outlines_on(self.parameters.volume)

    def _show_tables(self) -> None:
        """Tables that another step, or a saved scene, brought."""
        from ..scene.case import find_node

        for name, role in _TABLES.items():
            view = getattr(self.ui, name, None)
            shown = None if view is None else view.mrmlTableNode()
            if view is not None and (shown is None or shown.GetScene() is None):
                view.setMRMLTableNode(find_node("vtkMRMLTableNode", role))

    def disconnect_parameters(self) -> None:
        if self.parameters is None:
            return
        self.parameters.disconnectGui(self._gui_tag)
        while self._gui_observers:
            self.parameters.parameterNode.RemoveObserver(self._gui_observers.pop())
        self.removeObserver(self.parameters.parameterNode, "ModifiedEvent", self.on_parameters_modified)
        self.parameters = None

    def on_parameters_modified(self, _caller: Any, _event: str) -> None:
        if self.parameters is not None and not slicer.mrmlScene.IsImporting():  # its tables are not read yet
            self._update()

    def _update(self) -> None:
        if self._sequence is not None:
            self._sequence.update()
        self.update_panel()
        if self.parameters is not None and self.parameters.volume is not None:
            warm_worker()

    # what a module fills -------------------------------------------------------------------------------

    def fill_choices(self) -> None:
        """Put the choices into combo boxes, before anything is connected."""

    def connect_signals(self) -> None:
        """Connect buttons to their work."""

    def show_answer(self) -> None:
        """Bring the answer into view, where there is one, with ``self.fit.show``."""

    def update_panel(self) -> None:
        """Enable what can be done now, and say what is missing in the tool tip of what cannot."""


def warm_worker() -> None:
    """A volume is chosen: the worker imports what the steps need; not under automatic testing, which installs nothing."""
    from .jobs import JobRunner

    if not slicer.app.testingEnabled():
        JobRunner.shared().warm_up()
