"""ONFHAssist, the home of the extension: the case at a glance and the way to the four steps."""

from typing import Optional

import qt
import slicer
from slicer import vtkMRMLScalarVolumeNode, vtkMRMLSegmentationNode
from slicer.i18n import tr as _
from slicer.i18n import translate
from slicer.parameterNodeWrapper import parameterNodeWrapper
from slicer.ScriptedLoadableModule import (
    ScriptedLoadableModule,
    ScriptedLoadableModuleLogic,
    ScriptedLoadableModuleTest,
)

from ONFHAssistLib.ui.launch import join_slicer
from ONFHAssistLib.ui.module_widget import ModuleWidget

STEPS = {
    "segmentButton": "ONFHSegment",
    "extractButton": "ONFHExtract",
    "predictButton": "ONFHPredict",
    "survivalButton": "ONFHSurvival",
}
REDO = {
    "redoSegmentButton": "segment",
    "redoExtractButton": "extract",
    "redoPredictButton": "predict",
    "redoSurvivalButton": "survival",
}


class ONFHAssist(ScriptedLoadableModule):
    def __init__(self, parent):
        ScriptedLoadableModule.__init__(self, parent)
        parent.title = _("ONFHAssist")
        parent.categories = [translate("qSlicerAbstractCoreModule", "Quantification")]
        parent.dependencies = list(STEPS.values())
        parent.contributors = ["The ONFHAssist developers"]
        parent.helpText = _(
            "Osteonecrosis of the femoral head: the case at a glance. Outline the femoral heads, extract radiomics, "
            "predict early osteonecrosis, and the survival after core decompression. For research, not for diagnosis."
        )
        parent.acknowledgementText = _(
            "Implements the DLR, 3D-ONFHNet and DLRC studies; see the documentation for the papers."
        )
        join_slicer()


@parameterNodeWrapper
class ONFHAssistParameterNode:
    """What the home panel keeps in the scene.

    volume: the MRI of the case. segmentation: the outlines that the results rest on. radiograph: of the same patient.
    """

    volume: Optional[vtkMRMLScalarVolumeNode] = None  # noqa: UP045 - the wrapper knows typing.Optional
    segmentation: Optional[vtkMRMLSegmentationNode] = None  # noqa: UP045
    radiograph: Optional[vtkMRMLScalarVolumeNode] = None  # noqa: UP045


class ONFHAssistWidget(ModuleWidget):
    parameters_class = ONFHAssistParameterNode
    answers = ("glanceLabel", "segmentButton", "runAllButton", "notesLabel")

    def __init__(self, parent=None):
        self.logic_class = ONFHAssistLogic
        ModuleWidget.__init__(self, parent)
        self.run = self.outlines = self.models = self.computer = self.dicom = None
        self.refreshing = False

    def connect_signals(self):
        from ONFHAssistLib.scene.outdated import OutlineWatch
        from ONFHAssistLib.ui.dicom.button import DicomButton
        from ONFHAssistLib.ui.panels.examination.home import HomeRun
        from ONFHAssistLib.ui.panels.own_models import OwnModelsPanel
        from ONFHAssistLib.ui.system_check import SystemCheckPanel

        self.outlines = OutlineWatch()
        self.run_all_tip = self.ui.runAllButton.toolTip
        choose = lambda volume: setattr(self.parameters, "volume", volume)  # noqa: E731
        digest = self.outlines.digest
        self.run = HomeRun(self.ui, self._chosen, self._on_done, self._refresh, choose, digest)
        self.models = OwnModelsPanel(self.ui)
        self.computer = SystemCheckPanel(self.ui)
        self.dicom = DicomButton(self.ui, self._chosen)
        self.case_parts = [self.run, self.outlines, self.dicom]
        self.ui.runAllButton.connect("clicked()", lambda: self.on_run(None))
        for button, module in STEPS.items():
            getattr(self.ui, button).connect("clicked()", lambda name=module: self.open_step(name))
        for button, step in REDO.items():
            getattr(self.ui, button).connect("clicked()", lambda name=step: self.on_run(name))
        self.ui.glanceLabel.connect("linkActivated(QString)", self.on_link)
        self.ui.reportEdit.connect("currentPathChanged(QString)", lambda _path: self._refresh())
        self.ui.reportButton.connect("clicked()", self.on_report)
        scene = slicer.mrmlScene
        for event in (scene.NodeAddedEvent, scene.NodeRemovedEvent):
            self.addObserver(scene, event, self.on_scene_changed)

    def _chosen(self):
        p = self.parameters
        return (p.volume, p.segmentation, p.radiograph) if p else (None, None, None)

    def on_scene_changed(self, _caller, _event):
        """Once for many nodes, and not before a run has ended."""
        if not self.refreshing and not self.run.running:
            self.refreshing = True
            qt.QTimer.singleShot(0, self._refresh)

    def _refresh(self):
        self.refreshing = False
        if self.parameters is not None and not slicer.mrmlScene.IsImporting():
            self.choose_volume()
            self._follow_image()
            self.update_panel()
            self.show_warnings()

    def forget_case(self):
        ModuleWidget.forget_case(self)
        self._forget_page()

    def turn_away(self):
        ModuleWidget.turn_away(self)
        self._forget_page()

    def _forget_page(self):
        self.ui.reportEdit.currentPath = ""  # else the next patient's report would replace this one's
        self.ui.patientCheckBox.checked = False

    def cleanup(self):
        if self.run is not None:
            self.run.cancel()
            self.computer.cancel()
            self.dicom.cancel()
        ModuleWidget.cleanup(self)

    def open_step(self, module):
        slicer.util.selectModule(module)

    def on_run(self, step):
        """*Run all* (step None), *Redo* of one step, or *Cancel* while something runs."""
        self.run.toggle(*() if step is None else ((step,),))
        self._refresh()

    def _on_done(self, volume, segmentation):
        if self.parameters is not None and self.shows(volume):
            self.parameters.segmentation = segmentation
            self._refresh()
            self.logic.show_worst(volume)
            self.show_answer()

    def on_link(self, link):
        from ONFHAssistLib.scene.examination.hanging import follow_link

        if not follow_link(link, self.parameters.volume):
            self.ui.statusLabel.text = _("There is no picture of this result in the scene; redo its step.")

    def on_report(self):
        from ONFHAssistLib.ui.run import run_step

        run_step(self.ui, _("Writing the report ..."), self._report)

    def _report(self, _progress):
        from ONFHAssistLib.ui.packages import ensure_packages

        ensure_packages("report")
        volume, segmentation, _radiograph = self._chosen()
        path = self.logic.report(
            volume, segmentation, self.ui.reportEdit.currentPath, self.ui.patientCheckBox.checked
        )
        return _("The report is {path}.").format(path=path)

    def update_panel(self):
        volume, segmentation, _radiograph = self._chosen()
        why = self.no_mri()
        self.ui.runAllButton.enabled = self.run.running or (volume is not None and not why)
        self.ui.runAllButton.toolTip = why or self.run_all_tip
        for button, step in REDO.items():
            ready = volume is not None and not why and (step == "segment" or segmentation is not None)
            getattr(self.ui, button).enabled = ready and not self.run.running
        self.ui.reportButton.enabled = bool(self.ui.reportEdit.currentPath) and segmentation is not None
        self.run.series.update()
        self.dicom.update()
        digest = self.outlines.digest(segmentation, volume)
        self.ui.glanceLabel.text = self.logic.glance(volume, digest)


class ONFHAssistLogic(ScriptedLoadableModuleLogic):
    """Reads the results of the four steps from the scene."""

    def glance(self, volume, digest=None):
        """What is known of the case, as rich text: one line a hip and step; results of other outlines are marked."""
        from ONFHAssistLib.scene.examination.results import with_exam_lines
        from ONFHAssistLib.scene.results.radiographs import what_to_load
        from ONFHAssistLib.scene.summary import case_lines

        lines = what_to_load(volume) or with_exam_lines(case_lines(volume, digest), volume, digest)
        return "<br>".join(lines or [_("No result yet. Start with step 1.")])

    def show_worst(self, volume):
        """The answer in the views, of the hip with the larger necrosis, else of the first."""
        from ONFHAssistLib.scene.examination.hanging import show_worst

        return show_worst(volume)

    def report(self, volume, segmentation, path, name_patient=False):
        """Write what the scene holds of the case as one HTML page, or a PDF where ``path`` ends so; returns its path.

        Raises:
            InputError: no outlines, no results, a folder that is not there.
        """
        from pathlib import Path

        from ONFHAssistLib.scene.report.case_report import patient_of, write_report

        file, known = Path(path), (".html", ".htm", ".pdf")
        file = file if file.suffix.lower() in known else file.with_name(f"{file.name}.html")
        return write_report(volume, segmentation, file, patient_of(volume) if name_patient else "")


class ONFHAssistTest(ScriptedLoadableModuleTest):
    """A phantom from outlines to glance and report; Run all where its packages are there, and else what is missing."""

    def setUp(self):
        slicer.mrmlScene.Clear(0)

    def runTest(self):
        for test in (
            self.test_an_outlined_phantom_is_measured_answered_and_reported,
            self.test_run_all_answers_the_sample_patient,
        ):
            self.setUp()
            test()

    def test_an_outlined_phantom_is_measured_answered_and_reported(self):
        from ONFHAssistLib.ui.selftest import measured_case

        self.delayDisplay(measured_case(self, ONFHAssistLogic()))

    def test_run_all_answers_the_sample_patient(self):
        from ONFHAssistLib.ui.selftest import run_all_on_the_sample

        self.delayDisplay(run_all_on_the_sample(self))
