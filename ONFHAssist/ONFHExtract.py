"""ONFHExtract: radiomics features of the femoral heads, as numeric tables."""

from typing import Optional

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

from ONFHAssistLib.ui.module_widget import ModuleWidget


class ONFHExtract(ScriptedLoadableModule):
    def __init__(self, parent):
        ScriptedLoadableModule.__init__(self, parent)
        parent.title = _("ONFHExtract")
        parent.categories = [translate("qSlicerAbstractCoreModule", "Quantification")]
        parent.dependencies = ["ONFHSegment"]
        parent.contributors = ["The ONFHAssist developers"]
        parent.helpText = _(
            "Step 2. Radiomics features of each outlined femoral head, necrosis included, with PyRadiomics' definitions "
            "and names. The preset dlr-mri gives the 1,197 features of the DLR study. The table is numeric: it can be "
            "sorted, plotted and exported."
        )
        parent.acknowledgementText = _("Feature definitions: van Griethuysen 2017; IBSI: Zwanenburg 2020.")


@parameterNodeWrapper
class ONFHExtractParameterNode:
    """What the panel keeps in the scene.

    volume: MRI. segmentation: with the femoral heads. preset: name. engine: "native" or "pyradiomics".
    """

    volume: Optional[vtkMRMLScalarVolumeNode] = None  # noqa: UP045 - the wrapper knows typing.Optional
    segmentation: Optional[vtkMRMLSegmentationNode] = None  # noqa: UP045
    preset: str = "dlr-mri"
    engine: str = ""


class ONFHExtractWidget(ModuleWidget):
    parameters_class = ONFHExtractParameterNode

    def __init__(self, parent=None):
        self.logic_class = ONFHExtractLogic
        ModuleWidget.__init__(self, parent)
        self.job = None

    def fill_choices(self):
        for name in self.logic.presets():
            self.ui.presetCombo.addItem(name)
        for name in self.logic.engines():
            self.ui.engineCombo.addItem(name)

    def connect_signals(self):
        from ONFHAssistLib.ui.run import PanelJob

        self.job = PanelJob(self.ui)
        self.ui.presetCombo.connect("currentIndexChanged(int)", self.on_choice)
        self.ui.engineCombo.connect("currentIndexChanged(int)", self.on_choice)
        self.ui.applyButton.connect("clicked()", self.on_apply)
        self.ui.filterEdit.connect("textChanged(QString)", self.on_filter)

    def on_choice(self, _index):
        if self.parameters is not None:
            self.parameters.preset = self.ui.presetCombo.currentText
            self.parameters.engine = self.ui.engineCombo.currentText

    def update_panel(self):
        ready = self.parameters.volume is not None and self.parameters.segmentation is not None
        self.ui.applyButton.enabled = ready
        self.ui.applyButton.toolTip = (
            _("Radiomics of the whole femoral head of each outlined hip.")
            if ready
            else _("Choose an MRI and a segmentation with a femoral head.")
        )
        index = self.ui.presetCombo.findText(self.parameters.preset)
        if index >= 0:
            self.ui.presetCombo.currentIndex = index

    def on_filter(self, text):
        table = self.logic.table()
        if table is not None:
            self.ui.featureView.setMRMLTableNode(self.logic.filtered(table, text))

    def on_apply(self):
        from ONFHAssistLib.ui.run import run_step

        if self.job.running or run_step(self.ui, _("Checking packages ..."), self._check_packages):
            parameters = self.parameters
            volume, segmentation = parameters.volume, parameters.segmentation
            preset, engine = parameters.preset, parameters.engine or None
            self.job.toggle(
                _("Extracting ..."),
                "extract_hips",
                lambda folder: self.logic.request(volume, segmentation, preset, engine, folder),
                lambda value: self._show(volume, value),
            )

    def _check_packages(self, _progress):
        from ONFHAssistLib.ui.packages import ensure_packages

        ensure_packages("extract")
        return ""

    def _show(self, volume, value):
        table, results = self.logic.to_scene(volume, value)
        self.ui.featureView.setMRMLTableNode(table)
        count = len(next(iter(results.values())).features)
        seconds = sum(result.seconds for result in results.values())
        return _("{count} features of {hips} in {seconds:.1f} s.").format(
            count=count, hips=_("one hip") if len(results) == 1 else _("two hips"), seconds=seconds
        )


class ONFHExtractLogic(ScriptedLoadableModuleLogic):
    """The work of the panel, callable from scripts."""

    def presets(self):
        """Names of the shipped presets, the DLR study's first."""
        from ONFHAssistLib.resources import resource_path

        names = sorted(path.stem for path in resource_path("Presets").glob("*.yaml"))
        return sorted(names, key=lambda name: name != "dlr-mri")

    def engines(self):
        """Engines that can be chosen, the default first."""
        from ONFHAssistLib.extract.radiomics import DEFAULT_ENGINE, ENGINES

        return sorted(ENGINES, key=lambda name: name != DEFAULT_ENGINE)

    def extract(self, volume, segmentation, preset, engine=None, progress=None):
        """Features of each outlined hip into the table "radiomics", at once (the panel uses the worker).

        Returns:
            The table node and a mapping of side to :class:`ONFHAssistLib.extract.radiomics.RadiomicsResult`.

        Raises:
            InputError: no femoral head, NaN in it, an unknown preset.
        """
        from ONFHAssistLib.extract.radiomics import DEFAULT_ENGINE
        from ONFHAssistLib.hips import extract_hips
        from ONFHAssistLib.scene.answers import radiomics_to_scene
        from ONFHAssistLib.scene.exchange import case_images

        image, labels = case_images(volume, segmentation)
        results = extract_hips(image, labels, preset, engine or DEFAULT_ENGINE, progress)
        return radiomics_to_scene(volume, results), results

    def request(self, volume, segmentation, preset, engine, folder):
        """Arguments of the worker's task, with the images written into ``folder``."""
        from ONFHAssistLib.scene.exchange import case_arguments

        return {**case_arguments(volume, segmentation, folder), "preset": preset, "engine": engine}

    def to_scene(self, volume, value):
        """The worker's answer as the table "radiomics"; returns it and the results a side."""
        from ONFHAssistLib.extract.radiomics import RadiomicsResult
        from ONFHAssistLib.scene.answers import radiomics_to_scene

        results = {side: RadiomicsResult(**fields) for side, fields in value.items()}
        return radiomics_to_scene(volume, results), results

    def table(self):
        """The radiomics table of the scene, or None."""
        from ONFHAssistLib.scene.case import find_node

        return find_node("vtkMRMLTableNode", "radiomics")

    def filtered(self, table, text):
        """``table`` itself for an empty ``text``, else a table (not in the scene) of the rows that hold it."""
        from ONFHAssistLib.scene.tables import rows_with

        return rows_with(table, "feature", text)


class ONFHExtractTest(ScriptedLoadableModuleTest):
    """The table's path into the scene with Slicer's packages; the extraction itself where its packages are there."""

    def setUp(self):
        slicer.mrmlScene.Clear(0)

    def runTest(self):
        self.setUp()
        self.test_feature_table_is_numeric_and_can_be_searched()
        self.setUp()
        self.test_extraction_gives_1197_features_of_the_phantom()

    def test_feature_table_is_numeric_and_can_be_searched(self):
        import vtk

        from ONFHAssistLib.extract.radiomics import RadiomicsResult
        from ONFHAssistLib.scene.answers import radiomics_to_scene
        from ONFHAssistLib.scene.selftest import ball_phantom

        volume = ball_phantom()[0]
        features = {"original_firstorder_Mean": 1.5, "original_glcm_Contrast": 0.1 + 0.2}
        result = RadiomicsResult(features, "native", "dlr-mri", "0" * 64, 0.0)
        table = radiomics_to_scene(volume, {"R": result})
        column = table.GetTable().GetColumnByName("R")
        self.assertTrue(column.IsA("vtkDoubleArray") or isinstance(column, vtk.vtkDoubleArray))
        self.assertEqual(column.GetValue(1), 0.1 + 0.2)
        found = ONFHExtractLogic().filtered(table, "glcm")
        self.assertEqual(found.GetTable().GetNumberOfRows(), 1)
        self.delayDisplay("The feature table is numeric")

    def test_extraction_gives_1197_features_of_the_phantom(self):
        from ONFHAssistLib.scene.outlines import sphere_to_scene
        from ONFHAssistLib.scene.selftest import ball_phantom
        from ONFHAssistLib.ui.packages import missing_packages

        missing = missing_packages("extract")
        if missing:
            self.delayDisplay(f"Extraction was not tested: {', '.join(missing)} are not installed")
            return
        volume, centre, radius = ball_phantom()
        points = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLMarkupsFiducialNode")
        points.AddControlPoint(*centre)
        segmentation, _head, _warnings = sphere_to_scene(volume, None, points, radius, True, "self-test")
        table, results = ONFHExtractLogic().extract(volume, segmentation, "dlr-mri")
        self.assertEqual(len(results["R"].features), 1197)
        self.assertEqual(table.GetTable().GetNumberOfRows(), 1197)
        self.delayDisplay("1,197 features of the phantom")
