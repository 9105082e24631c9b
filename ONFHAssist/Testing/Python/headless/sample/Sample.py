"""A small module as 3D Slicer loads it, for the tests of the package ``headless`` and as its example."""

import enum
from pathlib import Path
from typing import Annotated, Optional

import slicer
import vtk
from slicer.i18n import tr as _
from slicer.parameterNodeWrapper import Choice, Default, WithinRange, parameterNodeWrapper
from slicer.ScriptedLoadableModule import (
    ScriptedLoadableModule,
    ScriptedLoadableModuleLogic,
    ScriptedLoadableModuleTest,
    ScriptedLoadableModuleWidget,
)
from slicer.util import VTKObservationMixin


class Side(enum.Enum):
    A = "right"
    B = "left"


@parameterNodeWrapper
class SampleParameters:
    vol: slicer.vtkMRMLScalarVolumeNode
    maybe: Optional[slicer.vtkMRMLTableNode]  # noqa: UP045 - Slicer takes only this way of writing it
    text: str
    flag: bool = True
    ratio: Annotated[float, WithinRange(0, 10), Default(2.5)]
    count: Annotated[int, WithinRange(0, 10)] = 3
    side: Side = Side.A
    preset: Annotated[str, Choice(["fast", "full"])] = "fast"
    path: Path
    items: list[str]
    d: dict[str, int]
    radius: Annotated[float, WithinRange(1, 60)] = 25.0


class Sample(ScriptedLoadableModule):
    def __init__(self, parent):
        ScriptedLoadableModule.__init__(self, parent)
        parent.title = _("Sample")
        parent.categories = ["Quantification"]
        parent.dependencies = ["Segmentations"]
        parent.contributors = ["A. Author"]
        parent.helpText = _("Help.")


class SampleWidget(ScriptedLoadableModuleWidget, VTKObservationMixin):
    def __init__(self, parent=None):
        ScriptedLoadableModuleWidget.__init__(self, parent)
        VTKObservationMixin.__init__(self)
        self.calls = []

    def setup(self):
        ScriptedLoadableModuleWidget.setup(self)
        panel = slicer.util.loadUI(self.resourcePath("UI/Sample.ui"))
        self.layout.addWidget(panel)
        self.ui = slicer.util.childWidgetVariables(panel)
        panel.setMRMLScene(slicer.mrmlScene)
        self.logic = SampleLogic()
        self.addObserver(slicer.mrmlScene, slicer.mrmlScene.EndCloseEvent, self.onSceneClosed)
        self.ui.applyButton.connect("clicked(bool)", self.onApply)
        self.parameters = None
        self.useParameterNode()

    def useParameterNode(self):
        if self.parameters is not None:
            self.parameters.disconnectGui(self.tag)
        self.parameters = SampleParameters(self.logic.getParameterNode())
        self.tag = self.parameters.connectGui(self.ui)

    def onSceneClosed(self, caller, event):
        self.useParameterNode()

    def onApply(self, checked=False):
        self.calls.append("apply")
        with slicer.util.tryWithErrorDisplay(_("Failed.")):
            self.ui.resultLabel.text = f"{self.logic.mean(self.parameters.vol):.1f}"

    def enter(self):
        self.calls.append("enter")

    def exit(self):
        self.calls.append("exit")

    def cleanup(self):
        self.calls.append("cleanup")
        self.removeObservers()


class SampleLogic(ScriptedLoadableModuleLogic):
    def mean(self, volume):
        if volume is None:
            raise ValueError("choose a volume")
        return float(slicer.util.arrayFromVolume(volume).mean())


class SampleTest(ScriptedLoadableModuleTest):
    def setUp(self):
        slicer.mrmlScene.Clear()

    def runTest(self):
        self.setUp()
        self.delayDisplay("mean of a volume")
        volume = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLScalarVolumeNode")
        image = vtk.vtkImageData()
        image.SetDimensions(2, 2, 2)
        image.AllocateScalars(vtk.VTK_FLOAT, 1)
        image.GetPointData().GetScalars().Fill(4.0)
        volume.SetAndObserveImageData(image)
        self.assertEqual(SampleLogic().mean(volume), 4.0)
