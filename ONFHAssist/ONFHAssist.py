"""ONFHAssist, the home of the extension: the case at a glance and the way to the four steps."""

from typing import Optional

import slicer
from slicer import vtkMRMLScalarVolumeNode
from slicer.i18n import tr as _
from slicer.i18n import translate
from slicer.parameterNodeWrapper import parameterNodeWrapper
from slicer.ScriptedLoadableModule import (
    ScriptedLoadableModule,
    ScriptedLoadableModuleLogic,
    ScriptedLoadableModuleTest,
)

from ONFHAssistLib.ui.module_widget import ModuleWidget

STEPS = {
    "segmentButton": "ONFHSegment",
    "extractButton": "ONFHExtract",
    "predictButton": "ONFHPredict",
    "survivalButton": "ONFHSurvival",
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
        slicer.app.connect("startupCompleted()", register_samples)


def register_samples():
    """Samples join the Sample Data module once Slicer is up; its module may not exist in a trimmed application."""
    from ONFHAssistLib.scene.sample_data import register_sample_data

    if hasattr(slicer.modules, "sampledata"):
        register_sample_data()


@parameterNodeWrapper
class ONFHAssistParameterNode:
    """What the home panel keeps in the scene.

    volume: the MRI of the case.
    """

    volume: Optional[vtkMRMLScalarVolumeNode] = None  # noqa: UP045 - the wrapper knows typing.Optional


class ONFHAssistWidget(ModuleWidget):
    parameters_class = ONFHAssistParameterNode

    def __init__(self, parent=None):
        self.logic_class = ONFHAssistLogic
        ModuleWidget.__init__(self, parent)

    def connect_signals(self):
        from ONFHAssistLib.ui.texts import research_banner

        self.ui.researchBanner.text = research_banner()
        for button, module in STEPS.items():
            getattr(self.ui, button).connect("clicked()", lambda name=module: self.open_step(name))
        scene = slicer.mrmlScene
        for event in (scene.NodeAddedEvent, scene.NodeRemovedEvent):
            self.addObserver(scene, event, self.on_scene_changed)

    def on_scene_changed(self, _caller, _event):
        if self.parameters is not None:
            self.update_panel()

    def open_step(self, module):
        slicer.util.selectModule(module)

    def enter(self):
        ModuleWidget.enter(self)
        self.update_panel()

    def update_panel(self):
        self.ui.glanceLabel.text = self.logic.glance(self.parameters.volume)


class ONFHAssistLogic(ScriptedLoadableModuleLogic):
    """Reads the results of the four steps from the scene."""

    def glance(self, volume):
        """What is known of the case, as rich text: one line a step and hip."""
        from ONFHAssistLib.scene.summary import case_lines

        if volume is None:
            return _("Load a hip MRI (DICOM, NIfTI or NRRD), or take one from the Sample Data module.")
        lines = case_lines()
        return "<br>".join(lines) if lines else _("No result yet. Start with step 1.")


class ONFHAssistTest(ScriptedLoadableModuleTest):
    """The glance follows the scene; needs only the packages that Slicer brings."""

    def setUp(self):
        slicer.mrmlScene.Clear(0)

    def runTest(self):
        self.setUp()
        self.test_glance_names_a_survival_that_is_in_the_scene()

    def test_glance_names_a_survival_that_is_in_the_scene(self):
        import numpy as np

        from ONFHAssistLib.image import Image
        from ONFHAssistLib.scene.survival_answers import survival_to_scene
        from ONFHAssistLib.scene.volumes import volume_from_image
        from ONFHAssistLib.survival.clinical import ClinicalInput

        logic = ONFHAssistLogic()
        volume = volume_from_image(Image(np.zeros((3, 4, 5), np.int16)), "hip")
        self.assertIn("No result yet", logic.glance(volume))
        survival_to_scene(volume, "R", ClinicalInput("IIIA", True, 228.0))
        text = logic.glance(volume)
        self.assertIn("34.6%", text)
        self.assertIn("Right", text)
        self.delayDisplay("The glance shows the survival of the right hip")
