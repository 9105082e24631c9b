"""What the six module widgets share: the panel from its .ui file, the parameter node, the scene's life."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import slicer
import vtk
from slicer.i18n import tr as _
from slicer.ScriptedLoadableModule import ScriptedLoadableModuleWidget
from slicer.util import VTKObservationMixin

from .language import speak_slicers_language

if TYPE_CHECKING:
    from .protocols import CasePart

speak_slicers_language()  # here, since each module takes its widget from this file before it says its title

# Texts on one case, which must not stay for the next patient.
_CASE_TEXTS = (
    *("statusLabel", "notesLabel", "warningsLabel", "findingsLabel", "answerLabel", "mapStatusLabel"),
    *("stageAnswerLabel", "stageFlagLabel", "stageStatusLabel", "signaturesStatusLabel"),
    *("robustnessStatusLabel", "slicerRadiomicsStatusLabel", "drillStatusLabel"),
    "courseStatusLabel",
)
# Views of results, whose digits are those of the measurement; and whose table some of them show.
_READABLE = (
    *("measurementsView", "predictionView", "stageView", "contributionView", "survivalView"),
    *("courseView", "drillView"),
)
# What says a warning already, beside the answer that it is about.
_ANSWERS = ("answerLabel", "stageAnswerLabel", "stageFlagLabel", "findingsLabel", "statusLabel")
_TABLES = {"measurementsView": "measurements", "predictionView": "prediction", "stageView": "stage"}


class ModuleWidget(ScriptedLoadableModuleWidget, VTKObservationMixin):
    """Base of the module widgets.

    A module gives ``logic_class`` and ``parameters_class``, and fills :meth:`connect_signals` and
    :meth:`update_panel`.

    Attributes:
        case_parts: the parts of the panel that keep something of the patient; :meth:`connect_signals` fills it, and each
            is told when the scene is closed.
        takes_radiographs: whether the panel's volume may be one; else a single slice is not chosen by itself.
        warned_steps: whose warnings the panel shows; None for those of all steps.
        answers: names of the labels that are in view when the panel is opened, the most important one first.
        fit: keeps the panel as wide as the others, its texts whole, and an answer in view.
    """

    logic_class: type
    parameters_class: type
    warned_steps: tuple[str, ...] | None = None
    takes_radiographs = False
    answers: tuple[str, ...] = ()

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
        self._headers: Any = None
        self._headers_of: list[str] = []  # IDs of the images whose headers are read
        self._image: str | None = None  # ID of the image that the panel shows
        self._image_name = ""
        self._shared: str | None = None  # ID of the MRI that all panels share, as this one knows it
        self._entered = True  # a panel that was left follows the scene again when it is opened

    def setup(self) -> None:
        from ..scene.readable import ReadableTable
        from .fitting import PanelFit
        from .image_headers import HeaderReading
        from .panels.own_models import apply_setting
        from .run import PanelJob
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
        self.addObserver(slicer.mrmlScene, slicer.mrmlScene.NodeAboutToBeRemovedEvent, self.on_node_leaves)
        self.fill_choices()
        self.connect_signals()
        if hasattr(self.ui, "notesButton"):
            self.ui.notesButton.connect("toggled(bool)", lambda _checked: self.show_warnings())
        for part in [self, *self.case_parts]:
            job = part if isinstance(part, PanelJob) else getattr(part, "job", None)
            if isinstance(job, PanelJob):
                job.on_idle = self.show_warnings
        if hasattr(self.ui, "sequenceCombo"):
            from .panels.sequence_choice import SequenceChoice

            self._sequence = SequenceChoice(self.ui, lambda: self.parameters and self.parameters.volume)
        self._headers = HeaderReading(self._on_headers)
        self.connect_parameters()
        views = vars(self.ui).values()
        self.fit = PanelFit(panel, [view for view in views if hasattr(view, "mrmlTableNode")])

    def cleanup(self) -> None:
        if self.fit is not None:
            self.fit.stop()
        if self._headers is not None:
            self._headers.stop()
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
        self._headers.stop()
        self._headers_of = []
        for part in self.case_parts:  # jobs of the panel end, tables and settings of the case go
            part.forget_case()
        self.disconnect_parameters()

    def on_scene_end_close(self, _caller: Any, _event: str) -> None:
        self.forget_case()
        self._image = self._shared = None
        if self._entered:
            self.connect_parameters()

    @vtk.calldata_type(vtk.VTK_OBJECT)
    def on_node_leaves(self, _caller: Any, _event: str, node: Any) -> None:
        """The results of an image that is removed are not those of the next one that gets its ID."""
        from ..scene.images.ownership import disown, is_image

        if is_image(node) and not slicer.mrmlScene.IsClosing():
            disown(node)

    def on_scene_end_import(self, _caller: Any, _event: str) -> None:
        from ..scene.images.ownership import adopt_results
        from ..scene.tables import restore_precision

        adopt_results()

        for node in slicer.util.getNodesByClass("vtkMRMLTableNode"):
            restore_precision(node)
        if self._entered:
            self.connect_parameters()

    def forget_case(self) -> None:
        """Tables and texts of a patient whose scene was closed; a Qt view would keep showing them."""
        self._image_name = ""
        self._clear_texts()
        self.show_warnings()
        for widget in vars(self.ui).values():
            if hasattr(widget, "mrmlTableNode"):
                widget.setMRMLTableNode(None)
        if hasattr(self.ui, "sideCombo") and self.ui.sideCombo.count:
            self.ui.sideCombo.currentIndex = 0

    def _clear_texts(self) -> None:
        """Texts on the image go; that it was removed while something ran on it is said until something else is."""
        from .texts import was_removed

        last = was_removed(self._image_name)
        for name in _CASE_TEXTS:
            label = getattr(self.ui, name, None)
            if label is not None and label.text != last:
                label.text = label.toolTip = ""

    def connect_parameters(self) -> None:
        """Bind the panel to the scene's parameter node; a scene without one gets one."""
        self.disconnect_parameters()
        self.parameters = self.parameters_class(self.logic.getParameterNode())
        self.choose_volume()
        self._follow_image()
        self._take_outlines()
        self._follow_headers()
        self._connect_gui()
        node = self.parameters.parameterNode
        self.addObserver(node, "ModifiedEvent", self.on_parameters_modified)
        self._update()
        self._show_tables()

    def chosen_case(self) -> tuple[Any, Any]:
        """The volume and the segmentation of the panel; either may be None."""
        parameters = self.parameters
        return (
            (None, None)
            if parameters is None
            else (parameters.volume, getattr(parameters, "segmentation", None))
        )

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
        """An image, where none is chosen or it has left the scene; Slicer's own selector chooses none."""
        from .current_image import first_choice, shared_choice

        volume = self.parameters.volume
        shared = shared_choice()
        identifier = None if shared is None else shared.GetID()
        if identifier not in (None, self._shared):  # chosen in another panel meanwhile
            self._shared = identifier
            if shared is not volume:
                self.parameters.volume = shared
        elif volume is None or volume.GetScene() is None:
            first = first_choice(self.takes_radiographs)
            if first is not None or volume is not None:
                self.parameters.volume = first

    def no_mri(self) -> str:
        """Why the chosen volume is no MRI, in a sentence; "" where it may be one."""
        from ..scene.results.radiographs import why_no_mri

        return why_no_mri(self.parameters.volume)

    def shows(self, volume: Any) -> bool:
        """Whether the panel shows this image; the answer to what was asked of another one is not for its labels."""
        return volume is not None and self._image == volume.GetID()

    def _follow_image(self) -> None:
        """Turn outlines, results, texts and views to the chosen image where it is another one than before."""
        from ..scene.images.ownership import adopt_results
        from .current_image import present, share_choice, turn_to

        volume = self.parameters.volume
        if volume is not None and volume.GetScene() is None:
            volume = None
        identifier = None if volume is None else volume.GetID()
        before, self._image = self._image, identifier
        self._clear_tables_of_others(volume)
        if identifier == before:
            self._remember_outlines(volume)
            return
        if before is not None:
            self.turn_away()
        self._image_name = "" if volume is None else volume.GetName() or ""
        if volume is not None:
            adopt_results()
            turn_to(self.parameters, volume)
            self._shared = share_choice(volume)
            present(self.parameters, volume)

    def _chosen_images(self) -> list[Any]:
        """The volume of the panel, and the radiograph that is chosen beside it."""
        parameters = self.parameters
        nodes = [] if parameters is None else [parameters.volume, getattr(parameters, "radiograph", None)]
        return [node for node in nodes if node is not None and node.GetScene() is not None]

    def _follow_headers(self) -> None:
        """Read what the files of the chosen images say, where others than before are chosen."""
        images = self._chosen_images()
        identifiers = [node.GetID() for node in images]
        if identifiers != self._headers_of:
            self._headers_of = identifiers
            self._headers.follow(*images)

    def _on_headers(self) -> None:
        """All headers of the chosen images are read: what they say is shown."""
        if self.parameters is not None and not slicer.mrmlScene.IsImporting():
            self._update()

    def _remember_outlines(self, volume: Any) -> None:
        """The outlines that are chosen on the image are those that the panels take when they come back to it."""
        from ..scene.images.outlines_of import choose_outlines

        chosen = self.chosen_case()[1]
        if volume is not None and chosen is not None and chosen.GetScene() is not None:
            choose_outlines(chosen, volume)

    def _take_outlines(self) -> None:
        """Outlines of the image that another step made, where this panel has none yet."""
        from ..scene.images.outlines_of import outlines_on

        volume, chosen = self.chosen_case()
        gone = chosen is not None and chosen.GetScene() is None
        takes_outlines = "segmentation" in self.parameters_class.__annotations__ and volume is not None
        if takes_outlines and (chosen is None or gone):
            self.parameters.segmentation = outlines_on(volume)

    def turn_away(self) -> None:
        """Another image is chosen: texts and tables of the former one go; what runs for it goes on, and stays its."""
        from .protocols import ImagePart

        self._clear_texts()
        for part in self.case_parts:
            if isinstance(part, ImagePart):
                part.turn_away()

    def _clear_tables_of_others(self, volume: Any) -> None:
        from ..scene.attributes import ROLE
        from ..scene.images.ownership import belongs_to

        for widget in vars(self.ui).values():
            table = widget.mrmlTableNode() if hasattr(widget, "mrmlTableNode") else None
            if table is None or not table.GetAttribute(ROLE):
                continue
            if not belongs_to(table, volume) and not belongs_to(table, None):  # None: of a cohort
                widget.setMRMLTableNode(None)

    def _show_tables(self) -> None:
        """Tables of the image that another step, or a saved scene, brought."""
        from ..scene.images.ownership import find_node

        volume = self.parameters.volume
        for name, role in _TABLES.items():
            view = getattr(self.ui, name, None)
            shown = None if view is None else view.mrmlTableNode()
            if view is not None and (shown is None or shown.GetScene() is None):
                table = None if volume is None else find_node("vtkMRMLTableNode", role, volume)
                view.setMRMLTableNode(table)

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
            self._follow_image()
            self._follow_headers()
            self._update()
            self._show_tables()

    def _update(self) -> None:
        if self._sequence is not None:
            self._sequence.update()
        self.update_panel()
        self.show_warnings()
        if self.parameters is not None and self.parameters.volume is not None:
            warm_worker()

    def show_warnings(self) -> None:
        """What the panel's steps warned of on the chosen volume, as the scene keeps it, where no answer says it."""
        from ..scene.results.warnings import STEPS, warnings_of
        from ..scene.volumes import sentences_of_volume

        label = self.ui.notesLabel if hasattr(self.ui, "notesLabel") else self.ui.warningsLabel
        volume = None if self.parameters is None else self.parameters.volume
        told = " ".join(getattr(self.ui, name).text for name in _ANSWERS if hasattr(self.ui, name))
        of_files = [text for node in self._chosen_images() for text in sentences_of_volume(node)]
        texts = list(dict.fromkeys([*of_files, *warnings_of(volume, self.warned_steps or STEPS)]))
        texts = [text for text in texts if (text.partition(": ")[2] or text) not in told]
        label.text = "\n".join(f"\u26a0 {text}" for text in texts)
        fold = getattr(self.ui, "notesButton", None)
        label.visible = bool(texts) and (fold is None or bool(fold.checked))
        if fold is not None:
            folded = (
                _("\u25b8 \u26a0 Warnings: {count}")
                if not fold.checked
                else _("\u25be \u26a0 Warnings: {count}")
            )
            fold.text = folded.format(count=len(texts))
            fold.visible = bool(texts)

    def show_answer(self) -> None:
        """Keep the answer in view, where there are outlines on which it may rest."""
        if self.answers and self.chosen_case()[1] is not None:
            self.fit.show(*(getattr(self.ui, name) for name in self.answers))

    # what a module fills -------------------------------------------------------------------------------

    def fill_choices(self) -> None:
        """Put the choices into combo boxes, before anything is connected."""

    def connect_signals(self) -> None:
        """Connect buttons to their work."""

    def update_panel(self) -> None:
        """Enable what can be done now, and say what is missing in the tool tip of what cannot."""


def warm_worker() -> None:
    """A volume is chosen: the worker imports what the steps need; not under automatic testing, which installs nothing."""
    from .jobs import JobRunner

    if not slicer.app.testingEnabled():
        JobRunner.shared().warm_up()
